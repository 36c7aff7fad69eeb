//! The same work as `bench-classic` for the two JSON-RPC peers, on stdio:
//! `--lines` speaks as an MCP server does (one message a line, handshake, tools),
//! `--headers` as a language server does (`Content-Length`).
#![forbid(unsafe_code)]

mod framing;
mod lsp;
mod mcp;
mod work;

use framing::Framing;
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::os::fd::AsFd;

const READ_BUFFER: usize = 256 * 1024;
/// Answers are joined until this much is waiting, or no whole message is left to read.
const WRITE_BUFFER: usize = 64 * 1024;

fn main() -> io::Result<()> {
    let framing = match std::env::args().nth(1).as_deref() {
        Some("--lines") => Framing::Lines,
        Some("--headers") => Framing::Headers,
        _ => return Err(io::Error::other("usage: bench-jsonrpc --lines | --headers")),
    };
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut input = BufReader::with_capacity(READ_BUFFER, input);
    let mut message = Vec::new();
    let mut answers = Vec::with_capacity(2 * WRITE_BUFFER);
    while framing.read(&mut input, &mut message)? {
        let mut reply = |json: &[u8]| {
            framing.write(json, &mut answers);
            if answers.len() < WRITE_BUFFER {
                return Ok(());
            }
            output.write_all(&answers)?;
            answers.clear();
            Ok(())
        };
        match framing {
            Framing::Lines => mcp::answer(&message, &mut reply)?,
            Framing::Headers => lsp::answer(&message, &mut reply)?,
        }
        if !framing.holds_whole_message(input.buffer()) {
            output.write_all(&answers)?;
            answers.clear();
        }
    }
    Ok(())
}
