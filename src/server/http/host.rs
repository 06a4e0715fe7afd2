//! `Hosts`: the host names under which a server answers.
//!
//! A page of any website can make a browser send requests to this machine, under a host name of its
//! own that resolves to it. A server that only this machine reaches therefore answers only to local
//! names.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::uri::Authority;
use axum::http::{Request, StatusCode, Version, header};

use super::problem::Problem;
use crate::error::excerpt;
use crate::server::net::listen::Listen;

/// The host names under which a server answers.
#[derive(Clone, Debug)]
pub(crate) struct Hosts {
    /// Further names, in lower case.
    names: Vec<String>,
    /// Whether it answers to every name: the server is open to other machines, and no name was
    /// given.
    are_all: bool,
}

impl Hosts {
    /// The names of a server at an address: the given ones, and local ones.
    pub(crate) fn new(listen: &Listen, names: &[String]) -> Self {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        // No website can reach a socket in the file system.
        let is_reached_by_pages =
            matches!(listen, Listen::Address(address) if address.ip().is_loopback());
        Self {
            are_all: names.is_empty() && !is_reached_by_pages,
            names,
        }
    }

    /// Checks the host of a request.
    ///
    /// # Errors
    /// It has no host or several, or one under which the server does not answer.
    pub(crate) fn check<B>(&self, request: &Request<B>) -> Result<(), Problem> {
        let mut given = request.headers().get_all(header::HOST).iter();
        let host = given.next();
        if given.next().is_some() {
            return Err(Problem::bad("`Host` is given twice; give it once"));
        }
        let is_required = request.version() >= Version::HTTP_11;
        if host.is_none() && is_required {
            return Err(Problem::bad("there is no `Host`; give one"));
        }
        let host = host.map(|host| host.to_str().unwrap_or_default());
        let target = request.uri().authority().map(Authority::as_str);
        for host in host.into_iter().chain(target) {
            if !self.have(host) {
                let host = excerpt(host);
                let detail = format!(
                    "this server does not answer as `{host}`; ask for localhost, or start the \
                     server with that name"
                );
                return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail));
            }
        }
        Ok(())
    }

    fn have(&self, host: &str) -> bool {
        if self.are_all {
            return true;
        }
        let name = plain(without_port(host));
        let address = name.trim_start_matches('[').trim_end_matches(']');
        let is_local = match address.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => address.is_loopback(),
            Ok(IpAddr::V6(address)) => address == Ipv6Addr::LOCALHOST,
            Err(_) => name == "localhost" || name.ends_with(".localhost"),
        };
        is_local || self.names.contains(&name)
    }
}

/// A name in lower case, without a trailing dot.
fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit())
                && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(address: &str, names: &[&str], host: &str) -> bool {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        Hosts::new(&address.parse().unwrap(), &names).have(host)
    }

    #[test]
    fn names_of_a_server() {
        let local = "127.0.0.1:8080";
        for (host, expected) in [
            ("localhost", true),
            ("LOCALHOST.:8080", true),
            ("hcpcs.localhost:1", true),
            ("127.0.0.1:8080", true),
            ("127.8.9.10", true),
            ("[::1]:8080", true),
            ("[::1]", true),
            ("hcpcs", false),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("10.0.0.1", false),
            ("", false),
        ] {
            assert_eq!(answers(local, &[], host), expected, "{host}");
            assert!(answers("0.0.0.0:80", &[], host), "{host}");
        }
        assert!(answers(local, &["Hcpcs"], "hcpcs:443"));
        assert!(answers(local, &["hcpcs"], "localhost"));
        assert!(!answers("0.0.0.0:80", &["hcpcs"], "evil.example"));
        #[cfg(unix)]
        {
            assert!(answers("unix:/x", &[], "any"));
            assert!(!answers("unix:/x", &["hcpcs"], "any"));
        }
    }

    #[test]
    fn one_host_is_named() {
        let hosts = Hosts::new(&"127.0.0.1:1".parse().unwrap(), &[]);
        let request = |hosts: &[&str], target: &str, version| {
            let mut request = Request::builder().uri(target).version(version);
            for host in hosts {
                request = request.header(header::HOST, *host);
            }
            request.body(()).unwrap()
        };
        let status = |request| {
            hosts
                .check(&request)
                .err()
                .map(|problem| problem.status().as_u16())
        };
        let (old, new) = (Version::HTTP_10, Version::HTTP_11);
        assert_eq!(status(request(&["localhost"], "/", new)), None);
        assert_eq!(status(request(&[], "/", old)), None);
        assert_eq!(status(request(&[], "/", new)), Some(400));
        assert_eq!(
            status(request(&["localhost", "localhost"], "/", old)),
            Some(400)
        );
        assert_eq!(status(request(&["x"], "/", new)), Some(421));
        assert_eq!(status(request(&["localhost"], "http://x/", new)), Some(421));
    }
}
