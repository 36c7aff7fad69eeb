//! The commands of `bench-classic` on the SDK, to tell what the SDK costs; and bytes in
//! bulk, which that daemon can't send.
//!
//! With `--copy BYTES PATH` it is no daemon: it listens on a Unix socket and writes so many
//! bytes to each who connects. That is what bytes in bulk are compared with.
#![forbid(unsafe_code)]

mod copy;

use std::process::ExitCode;

use rustbridge::{Blob, Context, Error, Sidecar, Sink};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz";
/// Of each chunk of bytes.
const PIECE: usize = 64 * 1024;

#[derive(Deserialize)]
struct Stream {
    count: u64,
    size: usize,
}

#[derive(Serialize)]
struct Tick {
    n: u64,
    text: String,
}

#[derive(Serialize)]
struct Count {
    count: u64,
}

#[derive(Serialize, Deserialize)]
struct Size {
    size: usize,
}

#[derive(Serialize, Deserialize)]
struct Text {
    text: String,
}

fn text(size: usize) -> String {
    let mut text = ALPHABET.repeat(size / ALPHABET.len() + 1);
    text.truncate(size);
    text
}

async fn echo(_: Context, params: Box<RawValue>) -> Result<Box<RawValue>, Error> {
    Ok(params)
}

async fn stream(_: Context, ask: Stream, ticks: Sink<Tick>) -> Result<Count, Error> {
    let text = text(ask.size);
    for n in 0..ask.count {
        let text = text.clone();
        ticks.send(Tick { n, text }).await?;
    }
    Ok(Count { count: ask.count })
}

async fn result(_: Context, ask: Size) -> Result<Text, Error> {
    Ok(Text {
        text: text(ask.size),
    })
}

async fn sink(_: Context, blob: Text) -> Result<Size, Error> {
    Ok(Size {
        size: blob.text.len(),
    })
}

/// Raw bytes if the host asked for them, else base64.
async fn bytes(_: Context, ask: Size, blobs: Sink<Blob>) -> Result<Size, Error> {
    let piece = vec![7; PIECE];
    let mut left = ask.size;
    while left > 0 {
        let part = left.min(PIECE);
        blobs.send(Blob(piece[..part].to_vec())).await?;
        left -= part;
    }
    Ok(ask)
}

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args().skip(1).collect();
    if let [copy, bytes, path] = &args[..]
        && copy == "--copy"
    {
        return copy::serve(bytes, path);
    }
    Sidecar::new()
        .command("echo", echo)
        .streaming("stream", stream)
        .command("result", result)
        .command("sink", sink)
        .streaming("bytes", bytes)
        .main()
}
