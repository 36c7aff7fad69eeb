//! Lines to the host.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Result, Value, to_writer};

use super::call_id::CallId;
use crate::error::Error;
use crate::trace::TraceContext;

/// The final response of a call that went well.
pub(crate) fn success<T: Serialize + ?Sized>(id: &CallId, result: &T) -> Result<Vec<u8>> {
    let mut line = begin(id);
    line.extend_from_slice(b",\"success\":true,\"result\":");
    to_writer(&mut line, result)?;
    line.extend_from_slice(b"}\n");
    Ok(line)
}

/// The final response of a call that failed; code and details are for hosts that know them.
pub(crate) fn failure(id: &CallId, error: &Error, structured: bool) -> Vec<u8> {
    let mut line = begin(id);
    line.extend_from_slice(b",\"success\":false,\"error\":");
    write_plain(&mut line, error.message());
    if structured {
        if let Some(code) = error.code() {
            line.extend_from_slice(b",\"code\":");
            write_plain(&mut line, code);
        }
        if let Some(details) = error.details() {
            line.extend_from_slice(b",\"details\":");
            write_plain(&mut line, details);
        }
    }
    line.extend_from_slice(b"}\n");
    line
}

/// What every chunk of one call begins with.
pub(crate) fn chunk_prefix(id: &CallId) -> Vec<u8> {
    let mut line = begin(id);
    line.extend_from_slice(b",\"stream\":true,");
    line
}

/// Appends a chunk.
pub(crate) fn chunk<T: Serialize + ?Sized>(
    line: &mut Vec<u8>,
    prefix: &[u8],
    data: &T,
) -> Result<()> {
    line.extend_from_slice(prefix);
    line.extend_from_slice(b"\"data\":");
    to_writer(&mut *line, data)?;
    line.extend_from_slice(b"}\n");
    Ok(())
}

/// Appends a chunk of raw bytes: a line that counts them, and the bytes.
pub(crate) fn raw_chunk(line: &mut Vec<u8>, prefix: &[u8], bytes: &[u8]) {
    line.extend_from_slice(prefix);
    line.extend_from_slice(b"\"bytes\":");
    write_plain(line, &bytes.len());
    line.extend_from_slice(b"}\n");
    line.extend_from_slice(bytes);
    line.push(b'\n');
}

/// An event.
pub(crate) fn event<T: Serialize + ?Sized>(name: &str, data: &T) -> Result<Vec<u8>> {
    let mut line = Vec::with_capacity(128);
    line.extend_from_slice(b"{\"event\":");
    write_plain(&mut line, name);
    line.extend_from_slice(b",\"data\":");
    to_writer(&mut line, data)?;
    line.extend_from_slice(b"}\n");
    Ok(line)
}

/// An event as hosts get it that continue traces.
pub(crate) fn traced(event: &[u8], trace: &TraceContext) -> Vec<u8> {
    let mut line = event.to_vec();
    line.truncate(event.len() - b"}\n".len());
    write_trace(&mut line, trace);
    line.extend_from_slice(b"}\n");
    line
}

/// A call of the host.
pub(crate) fn call<T: Serialize + ?Sized>(
    id: &CallId,
    method: &str,
    params: &T,
    deadline: Option<Duration>,
    trace: Option<&TraceContext>,
) -> Result<Vec<u8>> {
    let mut line = begin(id);
    line.extend_from_slice(b",\"method\":");
    write_plain(&mut line, method);
    line.extend_from_slice(b",\"params\":");
    to_writer(&mut line, params)?;
    if let Some(deadline) = deadline {
        line.extend_from_slice(b",\"deadlineMs\":");
        let millis = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
        write_plain(&mut line, &millis);
    }
    if let Some(trace) = trace {
        write_trace(&mut line, trace);
    }
    line.extend_from_slice(b"}\n");
    Ok(line)
}

/// Gives a call of the host up.
pub(crate) fn cancel(id: &CallId) -> Vec<u8> {
    let mut line = begin(id);
    line.extend_from_slice(b",\"cancel\":true}\n");
    line
}

/// Lets the host send so many more items.
pub(crate) fn credit(id: &CallId, items: u64) -> Vec<u8> {
    let mut line = begin(id);
    line.extend_from_slice(b",\"credit\":");
    write_plain(&mut line, &items);
    line.extend_from_slice(b"}\n");
    line
}

/// The answer to `$hello`.
pub(crate) fn greeting(id: &CallId, answer: &Value) -> Vec<u8> {
    success(id, answer).expect("a JSON value can always be written")
}

fn begin(id: &CallId) -> Vec<u8> {
    let mut line = Vec::with_capacity(128);
    line.extend_from_slice(b"{\"id\":");
    line.extend_from_slice(id.json().as_bytes());
    line
}

fn write_trace(line: &mut Vec<u8>, trace: &TraceContext) {
    line.extend_from_slice(b",\"trace\":");
    write_plain(line, trace);
}

/// Writes what can't fail to be JSON: strings, numbers, JSON itself.
fn write_plain<T: Serialize + ?Sized>(line: &mut Vec<u8>, value: &T) {
    to_writer(line, value).expect("plain values are valid JSON, a Vec is always writable");
}
