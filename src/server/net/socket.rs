//! TCP and Unix sockets behind one type.

use std::io;
#[cfg(unix)]
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncWrite, Interest, Ready};
use tokio::net::{TcpListener, TcpStream, tcp};
#[cfg(unix)]
use tokio::net::{UnixListener, UnixStream, unix};

use super::listen::Listen;

/// A socket that is bound before the runtime starts.
pub(crate) enum Bound {
    Tcp(std::net::TcpListener),
    #[cfg(unix)]
    Unix(std::os::unix::net::UnixListener, SocketFile),
}

/// The file of a Unix socket; removed when it is dropped.
#[cfg(unix)]
pub(crate) struct SocketFile(PathBuf);

#[cfg(unix)]
impl Drop for SocketFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Bound {
    /// Binds a socket. The file of a Unix socket without a listener is replaced.
    pub(crate) fn bind(listen: &Listen) -> io::Result<Self> {
        match listen {
            Listen::Address(address) => {
                let listener = std::net::TcpListener::bind(address)?;
                listener.set_nonblocking(true)?;
                Ok(Self::Tcp(listener))
            }
            #[cfg(unix)]
            Listen::Unix(path) => {
                use std::os::unix::fs::FileTypeExt as _;
                use std::os::unix::net::{UnixListener, UnixStream};
                let is_socket = path
                    .symlink_metadata()
                    .is_ok_and(|data| data.file_type().is_socket());
                if is_socket && UnixStream::connect(path).is_err() {
                    std::fs::remove_file(path)?;
                }
                let listener = UnixListener::bind(path)?;
                listener.set_nonblocking(true)?;
                Ok(Self::Unix(listener, SocketFile(path.clone())))
            }
            #[cfg(not(unix))]
            Listen::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Its address, with the actual port.
    pub(crate) fn listen(&self) -> io::Result<Listen> {
        match self {
            Self::Tcp(listener) => listener.local_addr().map(Listen::Address),
            #[cfg(unix)]
            Self::Unix(_, file) => Ok(Listen::Unix(file.0.clone())),
        }
    }

    /// Listens in the current runtime.
    pub(crate) fn start(self) -> io::Result<Listener> {
        match self {
            Self::Tcp(listener) => TcpListener::from_std(listener).map(Listener::Tcp),
            #[cfg(unix)]
            Self::Unix(listener, file) => {
                UnixListener::from_std(listener).map(|own| Listener::Unix(own, file))
            }
        }
    }
}

/// A listening socket.
pub(crate) enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(
        UnixListener,
        #[expect(dead_code, reason = "removed with it")] SocketFile,
    ),
}

impl Listener {
    /// Waits for a client.
    pub(crate) async fn accept(&self) -> io::Result<Socket> {
        match self {
            Self::Tcp(listener) => {
                let (socket, _) = listener.accept().await?;
                let _ = socket.set_nodelay(true);
                Ok(Socket::Tcp(socket))
            }
            #[cfg(unix)]
            Self::Unix(listener, _) => {
                let (socket, _) = listener.accept().await?;
                Ok(Socket::Unix(socket))
            }
        }
    }
}

/// A client's socket.
pub(crate) enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

impl Socket {
    /// Its halves for reading and writing.
    pub(super) fn into_split(self) -> (ReadHalf, WriteHalf) {
        match self {
            Self::Tcp(socket) => {
                let (reading, writing) = socket.into_split();
                (ReadHalf::Tcp(reading), WriteHalf::Tcp(writing))
            }
            #[cfg(unix)]
            Self::Unix(socket) => {
                let (reading, writing) = socket.into_split();
                (ReadHalf::Unix(reading), WriteHalf::Unix(writing))
            }
        }
    }
}

/// The half that reads from a client.
pub(super) enum ReadHalf {
    Tcp(tcp::OwnedReadHalf),
    #[cfg(unix)]
    Unix(unix::OwnedReadHalf),
}

impl ReadHalf {
    pub(super) fn poll_read_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self::Tcp(half) => AsRef::<TcpStream>::as_ref(half).poll_read_ready(context),
            #[cfg(unix)]
            Self::Unix(half) => AsRef::<UnixStream>::as_ref(half).poll_read_ready(context),
        }
    }

    pub(super) fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(half) => half.try_read(buffer),
            #[cfg(unix)]
            Self::Unix(half) => half.try_read(buffer),
        }
    }

    pub(super) async fn ready(&self, interest: Interest) -> io::Result<Ready> {
        match self {
            Self::Tcp(half) => half.ready(interest).await,
            #[cfg(unix)]
            Self::Unix(half) => half.ready(interest).await,
        }
    }
}

/// The half that writes to a client.
pub(super) enum WriteHalf {
    Tcp(tcp::OwnedWriteHalf),
    #[cfg(unix)]
    Unix(unix::OwnedWriteHalf),
}

/// Calls the same method on either kind.
macro_rules! either {
    ($half:expr, $own:ident => $does:expr) => {
        match $half.get_mut() {
            WriteHalf::Tcp(half) => {
                let $own = Pin::new(half);
                $does
            }
            #[cfg(unix)]
            WriteHalf::Unix(half) => {
                let $own = Pin::new(half);
                $does
            }
        }
    };
}

impl AsyncWrite for WriteHalf {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        either!(self, half => half.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        either!(self, half => half.poll_write_vectored(context, slices))
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Tcp(half) => half.is_write_vectored(),
            #[cfg(unix)]
            Self::Unix(half) => half.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, half => half.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, half => half.poll_shutdown(context))
    }
}
