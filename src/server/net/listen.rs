//! `Listen`: the address of a server, as people write it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::{Error, Result, excerpt};

/// The prefix of a Unix socket's path.
const UNIX: &str = "unix:";

/// The address of a server: a network address, or a Unix socket.
///
/// ```
/// use hcpcs::server::Listen;
///
/// assert_eq!("8080".parse::<Listen>()?.to_string(), "http://127.0.0.1:8080");
/// assert_eq!("unix:/run/hcpcs.sock".parse::<Listen>()?.to_string(), "unix:/run/hcpcs.sock");
/// # Ok::<(), hcpcs::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Listen {
    /// An address with a port; port 0 takes any free one.
    Address(SocketAddr),
    /// A socket in the file system.
    Unix(PathBuf),
}

impl FromStr for Listen {
    type Err = Error;

    /// Reads a port (on the loopback address), an address or a name with a port, or `unix:` and a
    /// path.
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix(UNIX) {
            if !cfg!(unix) || path.is_empty() {
                let reason = format!("`{text}` is no Unix socket; give `unix:/run/hcpcs.sock`");
                return Err(Error::query(reason));
            }
            return Ok(Self::Unix(path.into()));
        }
        if let Ok(port) = text.parse::<u16>() {
            let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
            return Ok(Self::Address((loopback, port).into()));
        }
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        let wrong = |why: &str| {
            let shown = excerpt(text);
            Error::query(format!(
                "cannot listen on `{shown}`{why}; give a port (8080), an address (0.0.0.0:80), \
                 a name (localhost:8080) or unix:/run/hcpcs.sock"
            ))
        };
        let named = text
            .to_socket_addrs()
            .map_err(|cause| wrong(&format!(": {cause}")))?;
        let named: Vec<SocketAddr> = named.collect();
        let usual = named.iter().find(|address| address.is_ipv4());
        let address = usual.or(named.first()).ok_or_else(|| wrong(""))?;
        Ok(Self::Address(*address))
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "http://{address}"),
            Self::Unix(path) => write!(f, "{UNIX}{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_to_listen() {
        for (text, expected) in [
            ("8080", "http://127.0.0.1:8080"),
            ("0", "http://127.0.0.1:0"),
            ("localhost:8080", "http://127.0.0.1:8080"),
            ("0.0.0.0:80", "http://0.0.0.0:80"),
            ("[::1]:8080", "http://[::1]:8080"),
            (" 127.0.0.1:1 ", "http://127.0.0.1:1"),
        ] {
            let listen: Listen = text.parse().unwrap();
            assert_eq!(listen.to_string(), expected, "{text}");
        }
        for bad in [
            "",
            "x",
            "99999",
            "unix:",
            "localhost",
            "1.2.3.4",
            "localhost:x",
        ] {
            let error = bad.parse::<Listen>().unwrap_err();
            assert!(error.to_string().contains("give"), "{bad}: {error}");
        }
    }
}
