//! A correct classic daemon that misbehaves on demand, for tests of hosts: `--help` lists how, and
//! [`commands`] and [`misbehaviour`] what can be asked of it. Unix only.
#![deny(unsafe_code)]

mod commands;
mod daemon;
mod json;
mod misbehaviour;
mod options;
mod os;
mod output;
mod questions;
mod server;
mod session;
mod timer;

use std::io::{self, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use daemon::Daemon;
use options::{Options, USAGE};
use output::Output;

fn main() {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            std::process::exit(2);
        }
    };
    if let Some(seconds) = options.hold {
        thread::sleep(Duration::from_secs(seconds));
        return;
    }
    let daemon: &'static Daemon = Box::leak(Box::new(Daemon::new(options)));
    let options = &daemon.options;
    if options.note_sigterm {
        daemon.watch_sigterm();
    }
    for line in &options.stderr {
        eprintln!("{line}");
    }
    flood_stderr(options.stderr_flood);
    if options.stderr_line_bytes > 0 {
        eprintln!("{}", "x".repeat(options.stderr_line_bytes));
    }
    match &options.socket {
        Some(path) => server::run(daemon, path),
        None => {
            let output = Arc::new(Output::new(io::stdout()));
            session::serve(daemon, io::stdin().lock(), &output);
            daemon.finish();
        }
    }
}

/// Writes numbered lines to stderr in large pieces.
fn flood_stderr(lines: u64) {
    let mut stderr = io::BufWriter::with_capacity(64 * 1024, io::stderr().lock());
    for number in 0..lines {
        if writeln!(stderr, "INFO chaos: line {number} of a flood").is_err() {
            return;
        }
    }
}
