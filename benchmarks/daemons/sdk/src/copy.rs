//! A plain copy: bytes, and nothing around them.

use std::io::{self, Write};
use std::os::unix::net::UnixListener;
use std::process::ExitCode;

use crate::PIECE;

/// Writes as many bytes to each who connects.
pub fn serve(bytes: &str, path: &str) -> ExitCode {
    match bytes
        .parse()
        .map_err(io::Error::other)
        .and_then(|bytes| copy(bytes, path))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-sdk --copy {bytes} {path}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn copy(bytes: usize, path: &str) -> io::Result<()> {
    let piece = vec![7; PIECE];
    for connection in UnixListener::bind(path)?.incoming() {
        let mut connection = connection?;
        let mut left = bytes;
        while left > 0 {
            let part = left.min(PIECE);
            connection.write_all(&piece[..part])?;
            left -= part;
        }
    }
    Ok(())
}
