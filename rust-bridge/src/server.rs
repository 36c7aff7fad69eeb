//! The daemon as a server on a Unix socket, for several hosts at once.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustix::fs::Mode;
use rustix::process::geteuid;
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinSet;
use tracing::warn;

use crate::connection::{Connection, Transport};
use crate::daemon::Daemon;
use crate::shutdown::Shutdown;
use crate::stdio::is_peer_gone;

/// After a failed accept (out of descriptors, for instance) the next one waits.
const ACCEPT_BACKOFF: Duration = Duration::from_millis(100);

/// A listening socket, readable and writable by its owner only; its file goes when it does.
pub(crate) struct Server {
    listener: UnixListener,
    path: PathBuf,
}

impl Server {
    /// Listens on `path`. A socket file that is there already is replaced only if nobody accepts on it.
    pub(crate) fn bind(path: &Path) -> io::Result<Self> {
        remove_stale(path)?;
        // The mask is the process's: it is narrowed before any other thread of the daemon's can create files.
        let mask = rustix::process::umask(Mode::RWXG | Mode::RWXO | Mode::XUSR);
        let listener = UnixListener::bind(path);
        rustix::process::umask(mask);
        Ok(Self {
            listener: listener?,
            path: path.to_owned(),
        })
    }

    /// Serves every host that connects, until the daemon is to end and each connection has drained.
    pub(crate) async fn serve(self, daemon: Arc<Daemon>, shutdown: Shutdown) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted.and_then(|(stream, _)| transport(stream)) {
                    Ok(transport) => {
                        connections.spawn(Connection::serve(Arc::clone(&daemon), transport, shutdown.clone()));
                    }
                    Err(error) => {
                        warn!("a host could not be accepted: {error}");
                        if error.kind() != io::ErrorKind::PermissionDenied {
                            tokio::time::sleep(ACCEPT_BACKOFF).await;
                        }
                    }
                },
                Some(_) = connections.join_next() => {}
                () = shutdown.requested() => break,
            }
        }
        // From here on nobody can connect to a daemon that is about to go.
        drop(self);
        while connections.join_next().await.is_some() {}
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            warn!("the socket {} stays behind: {error}", self.path.display());
        }
    }
}

fn transport(stream: UnixStream) -> io::Result<Transport> {
    let peer = stream.peer_cred()?.uid();
    if !is_welcome(peer, geteuid().as_raw()) {
        let error =
            format!("it runs as user {peer}, and only the daemon's own user and root may connect");
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, error));
    }
    let watched = stream.as_fd().try_clone_to_owned()?;
    let (reader, writer) = stream.into_split();
    Ok(Transport {
        reader: Box::new(reader),
        writer: Box::new(writer),
        peer_gone: Box::new(move || is_peer_gone(watched.as_fd())),
    })
}

/// The mode of the socket file says the same, but can be changed, and not every system heeds it.
fn is_welcome(peer: u32, own: u32) -> bool {
    peer == own || peer == 0
}

fn remove_stale(path: &Path) -> io::Result<()> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.file_type().is_socket() => {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "a file that is no socket is in the way; remove it or choose another path",
            ));
        }
        Ok(_) => {}
    }
    match StdUnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            std::fs::remove_file(path)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err(io::Error::new(
            io::ErrorKind::AddrInUse,
            "another daemon accepts connections on it; stop that one or choose another path",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::is_welcome;

    #[test]
    fn only_the_daemons_own_user_and_root_are_welcome() {
        assert!(is_welcome(1_000, 1_000) && is_welcome(0, 1_000));
        assert!(!is_welcome(1_001, 1_000) && !is_welcome(1_000, 0));
    }
}
