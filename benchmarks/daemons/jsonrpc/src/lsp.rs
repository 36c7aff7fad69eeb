//! Plain JSON-RPC 2.0: a request for each command, chunks as notifications.

use crate::work::{Blob, Size, Stream, bad, text};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io;

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    method: &'a str,
    #[serde(borrow)]
    params: &'a RawValue,
}

pub fn answer(message: &[u8], reply: &mut impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let request: Request = serde_json::from_slice(message).map_err(bad)?;
    let params = request.params.get();
    let result = match request.method {
        "echo" => params.to_owned(),
        "stream" => {
            let Stream { count, size } = serde_json::from_str(params).map_err(bad)?;
            let text = text(size);
            for n in 0..count {
                let chunk = format!(
                    r#"{{"jsonrpc":"2.0","method":"chunk","params":{{"n":{n},"text":"{text}"}}}}"#
                );
                reply(chunk.as_bytes())?;
            }
            format!(r#"{{"count":{count}}}"#)
        }
        "result" => {
            let Size { size } = serde_json::from_str(params).map_err(bad)?;
            format!(r#"{{"text":"{}"}}"#, text(size))
        }
        "sink" => {
            let Blob { text } = serde_json::from_str(params).map_err(bad)?;
            format!(r#"{{"size":{}}}"#, text.len())
        }
        other => return Err(io::Error::other(format!("unknown method {other}"))),
    };
    let id = request.id.get();
    reply(format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#).as_bytes())
}
