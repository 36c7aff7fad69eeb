//! Lines to the host.

use serde::Serialize;

use super::frame::CallId;
use crate::error::Error;

/// The final response of a call that went well.
pub(crate) fn success<T: Serialize + ?Sized>(
    id: &CallId,
    result: &T,
) -> serde_json::Result<Vec<u8>> {
    let mut line = Vec::with_capacity(128);
    line.extend_from_slice(b"{\"id\":");
    line.extend_from_slice(id.json().as_bytes());
    line.extend_from_slice(b",\"success\":true,\"result\":");
    serde_json::to_writer(&mut line, result)?;
    line.extend_from_slice(b"}\n");
    Ok(line)
}

/// The final response of a call that failed.
pub(crate) fn failure(id: &CallId, error: &Error) -> Vec<u8> {
    let mut line = Vec::with_capacity(128);
    line.extend_from_slice(b"{\"id\":");
    line.extend_from_slice(id.json().as_bytes());
    line.extend_from_slice(b",\"success\":false,\"error\":");
    write_str(&mut line, error.message());
    line.extend_from_slice(b"}\n");
    line
}

/// What every chunk of one call begins with.
pub(crate) fn chunk_prefix(id: &CallId) -> Box<[u8]> {
    [
        b"{\"id\":",
        id.json().as_bytes(),
        b",\"stream\":true,\"data\":",
    ]
    .concat()
    .into()
}

/// Appends one chunk; `line` is as it was if the value can't be written as JSON.
pub(crate) fn chunk<T: Serialize + ?Sized>(
    line: &mut Vec<u8>,
    prefix: &[u8],
    data: &T,
) -> serde_json::Result<()> {
    let before = line.len();
    line.extend_from_slice(prefix);
    if let Err(error) = serde_json::to_writer(&mut *line, data) {
        line.truncate(before);
        return Err(error);
    }
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// An event.
pub(crate) fn event<T: Serialize + ?Sized>(name: &str, data: &T) -> serde_json::Result<Vec<u8>> {
    let mut line = Vec::with_capacity(128);
    line.extend_from_slice(b"{\"event\":");
    write_str(&mut line, name);
    line.extend_from_slice(b",\"data\":");
    serde_json::to_writer(&mut line, data)?;
    line.extend_from_slice(b"}\n");
    Ok(line)
}

fn write_str(line: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(line, text)
        .expect("a string is always valid JSON, a Vec always writable");
}
