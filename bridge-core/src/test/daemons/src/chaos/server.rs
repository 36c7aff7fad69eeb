//! Socket mode: any number of hosts, each a session of its own.

use std::fs;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use crate::daemon::{Daemon, rest};
use crate::output::Output;
use crate::session;

/// Serves for ever.
pub fn run(daemon: &'static Daemon, path: &Path) -> ! {
    if let Err(error) = listen(daemon, path) {
        eprintln!("ERROR cannot listen on {}: {error}", path.display());
        std::process::exit(1);
    }
    if daemon.options.exit_with_stdin {
        let ended = io::copy(&mut io::stdin().lock(), &mut io::sink());
        if let Err(error) = ended {
            eprintln!("WARN reading stdin: {error}");
        }
        daemon.finish();
    }
    rest()
}

/// Replaces the socket file by one of a new listener; open sessions stay.
pub fn swap(daemon: &'static Daemon) {
    if let Some(path) = &daemon.options.socket
        && let Err(error) = listen(daemon, path)
    {
        eprintln!("ERROR cannot swap {}: {error}", path.display());
    }
}

fn listen(daemon: &'static Daemon, path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    thread::spawn(move || {
        for stream in listener.incoming() {
            let opened = stream.and_then(|stream| open(daemon, stream));
            if let Err(error) = opened {
                eprintln!("WARN session: {error}");
            }
        }
    });
    Ok(())
}

fn open(daemon: &'static Daemon, stream: UnixStream) -> io::Result<()> {
    let output = Arc::new(Output::new(stream.try_clone()?));
    thread::spawn(move || {
        session::serve(daemon, &stream, &output);
        // answers still on their way to this host have nowhere to go
        output.mute();
        if let Err(error) = stream.shutdown(Shutdown::Both) {
            eprintln!("DEBUG host was gone first: {error}");
        }
    });
    Ok(())
}
