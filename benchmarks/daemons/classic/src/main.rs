//! The daemon behind every measurement of the line protocol: it speaks the
//! classic protocol on stdio, or on a Unix socket, and does as little as it can
//! between reading a line and answering it, so that what is measured is the host.
//!
//! It knows only what the benchmark's hosts send: members in the order `id`,
//! `method`, `params`, and ids and methods without escapes. Anything else is
//! answered with an error, which fails the benchmark's check.
#![forbid(unsafe_code)]

mod command;
mod request;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixListener;
use std::thread;

const READ_BUFFER: usize = 256 * 1024;
/// Answers are joined until this much is waiting, or no whole line is left to read.
const WRITE_BUFFER: usize = 64 * 1024;

fn main() -> io::Result<()> {
    let mut args = std::env::args().skip(1);
    match (args.next().as_deref(), args.next()) {
        (None | Some("--management"), _) => {
            // plain files: std's own stdout would look for newlines in what we write
            let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
            let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
            serve(input, output)
        }
        (Some("--socket"), Some(path)) => {
            for connection in UnixListener::bind(path)?.incoming() {
                let input = connection?;
                let output = input.try_clone()?;
                // a host that hangs up ends its own connection, not the daemon
                thread::spawn(move || {
                    if let Err(e) = serve(input, output) {
                        eprintln!("connection ended: {e}");
                    }
                });
            }
            Ok(())
        }
        _ => Err(io::Error::other(
            "usage: bench-classic [--management | --socket PATH]",
        )),
    }
}

fn serve(input: impl Read, mut output: impl Write) -> io::Result<()> {
    output.write_all(b"{\"event\":\"ready\",\"data\":{\"version\":\"0.1.0\"}}\n")?;
    let mut input = BufReader::with_capacity(READ_BUFFER, input);
    let mut line = Vec::new();
    let mut answers = Vec::with_capacity(2 * WRITE_BUFFER);
    while input.read_until(b'\n', &mut line)? > 0 {
        command::answer(&line, &mut answers, &mut output)?;
        line.clear();
        if answers.len() >= WRITE_BUFFER || !input.buffer().contains(&b'\n') {
            output.write_all(&answers)?;
            answers.clear();
        }
    }
    Ok(())
}
