//! The life of a daemon: where it is served, on which threads, and until when.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::oneshot;

use crate::connection::{Connection, Source};
use crate::error::RunError;
#[cfg(feature = "logging")]
use crate::logging;
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::sidecar::Sidecar;
use crate::stdio;

impl Sidecar {
    /// Runs the daemon on tokio runtimes of its own until it is to end. Meant as the last line of
    /// `fn main() -> ExitCode`.
    ///
    /// The command line says how it is served: `--management` (the default) on standard input and output,
    /// `--socket PATH` on a Unix socket, and with both on both. Other arguments are the daemon's own.
    ///
    /// It ends on SIGTERM, and with the end of its standard input where that is a pipe or a socket: then it is some
    /// host's child, and also ends when its parent does, but not on SIGINT.
    pub fn main(self) -> ExitCode {
        let ended = runtime(Builder::new_multi_thread()).and_then(|workers| {
            let ended = runtime(Builder::new_current_thread())
                .and_then(|connections| connections.block_on(self.serve(workers.handle().clone())));
            // Threads in code that never returns must not keep the process.
            workers.shutdown_background();
            ended
        });
        match ended {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                // Whether or not anything is logged, and even if stderr is closed.
                let _ = writeln!(io::stderr(), "ERROR rustbridge: {error}");
                ExitCode::from(if matches!(error, RunError::Usage(_)) {
                    2
                } else {
                    1
                })
            }
        }
    }

    /// Like [`main`](Self::main), with handlers on the current tokio runtime.
    ///
    /// # Errors
    /// When the daemon could not start.
    pub async fn run(self) -> Result<(), RunError> {
        let workers = Handle::current();
        let connections = runtime(Builder::new_current_thread())?;
        let (ended, end) = oneshot::channel();
        std::thread::Builder::new()
            .name("rustbridge".to_owned())
            .spawn(move || ended.send(connections.block_on(self.serve(workers))))
            .map_err(RunError::Runtime)?;
        end.await
            .unwrap_or_else(|_| Err(RunError::Runtime(io::Error::other("its thread panicked"))))
    }

    async fn serve(self, workers: Handle) -> Result<(), RunError> {
        #[cfg(feature = "logging")]
        logging::init();
        let endpoints = Endpoints::from_args(std::env::args_os().skip(1))?;
        let shutdown = Shutdown::default();
        let leash = match endpoints.stdio {
            true => None,
            false => stdio::leash().map_err(RunError::Stdio)?,
        };
        let is_child = leash.is_some() || endpoints.stdio && !stdio::is_terminal();
        shutdown.on_signals(is_child).map_err(RunError::Runtime)?;
        if is_child {
            shutdown.on_orphaned();
        }
        let server = endpoints
            .socket
            .map(|path| Server::bind(&path).map_err(|source| RunError::Socket { path, source }));
        // The ready event on stdio tells that the socket is there too.
        let server = server.transpose()?;
        let stdio = endpoints.stdio.then(stdio::claim);
        let stdio = stdio.transpose().map_err(RunError::Stdio)?;

        let daemon = self.start(workers, &shutdown);
        let by_stdio = async {
            if let Some(transport) = stdio {
                Connection::serve(Arc::clone(&daemon), transport, shutdown.clone()).await;
                // It belongs to the host that started it, whoever else it serves.
                shutdown.request();
            }
        };
        let by_socket = async {
            if let Some(server) = server {
                server.serve(Arc::clone(&daemon), shutdown.clone()).await;
            }
        };
        let on_leash = async {
            if let Some(leash) = leash {
                tokio::select! {
                    () = end_of(leash) => shutdown.request(),
                    () = shutdown.requested() => {}
                }
            }
        };
        tokio::join!(by_stdio, by_socket, on_leash);
        Ok(())
    }
}

/// Where a daemon is served.
#[derive(Debug, PartialEq, Eq)]
struct Endpoints {
    stdio: bool,
    socket: Option<PathBuf>,
}

/// Waits until no more can be read; what can be is of no interest.
async fn end_of(mut source: Source) {
    // An error is an end too.
    let _ = tokio::io::copy(&mut source, &mut tokio::io::sink()).await;
}

fn runtime(mut builder: Builder) -> Result<Runtime, RunError> {
    builder.enable_all().build().map_err(RunError::Runtime)
}

impl Endpoints {
    /// Arguments that are not known are left to the daemon.
    fn from_args(mut args: impl Iterator<Item = OsString>) -> Result<Self, RunError> {
        let (mut management, mut socket) = (false, None);
        while let Some(arg) = args.next() {
            let path = match arg.to_str() {
                Some("--management") => {
                    management = true;
                    continue;
                }
                Some("--socket") => args.next(),
                Some(arg) => match arg.strip_prefix("--socket=") {
                    Some(path) => Some(path.into()),
                    None => continue,
                },
                None => continue,
            };
            match path {
                Some(path) if !path.is_empty() => socket = Some(path.into()),
                _ => return Err(RunError::Usage("--socket needs a path".to_owned())),
            }
        }
        Ok(Self {
            stdio: management || socket.is_none(),
            socket,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoints(args: &[&str]) -> Option<(bool, Option<PathBuf>)> {
        let endpoints = Endpoints::from_args(args.iter().map(OsString::from)).ok()?;
        Some((endpoints.stdio, endpoints.socket))
    }

    #[test]
    fn stdio_is_the_default() {
        assert_eq!(endpoints(&[]), Some((true, None)));
        assert_eq!(endpoints(&["--management", "--own"]), Some((true, None)));
    }

    #[test]
    fn a_socket_is_taken_in_both_spellings() {
        let expected = Some((false, Some("/run/d.sock".into())));
        assert_eq!(endpoints(&["--socket", "/run/d.sock"]), expected);
        assert_eq!(endpoints(&["--socket=/run/d.sock"]), expected);
    }

    #[test]
    fn both_can_be_served_at_once() {
        let expected = Some((true, Some("/run/d.sock".into())));
        assert_eq!(
            endpoints(&["--socket", "/run/d.sock", "--management"]),
            expected
        );
    }

    #[test]
    fn a_socket_without_a_path_is_refused() {
        assert_eq!(endpoints(&["--socket"]), None);
        assert_eq!(endpoints(&["--socket="]), None);
    }
}
