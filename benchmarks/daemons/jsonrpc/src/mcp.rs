//! The part of the Model Context Protocol that a tool call needs: the handshake,
//! and one tool for each command. Structured content alone carries the result (text
//! beside it would double the work); chunks are progress notifications, the only
//! thing that MCP has for them.

use crate::work::{Blob, Size, Stream, bad, text};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io;

#[derive(Deserialize)]
struct Message<'a> {
    /// Missing in a notification.
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    method: &'a str,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Initialize<'a> {
    #[serde(rename = "protocolVersion")]
    protocol_version: &'a str,
}

#[derive(Deserialize)]
struct ToolCall<'a> {
    name: &'a str,
    #[serde(borrow)]
    arguments: &'a RawValue,
    #[serde(borrow, rename = "_meta")]
    meta: Option<Meta<'a>>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow, rename = "progressToken")]
    progress_token: &'a RawValue,
}

type Reply<'r> = &'r mut dyn FnMut(&[u8]) -> io::Result<()>;

pub fn answer(message: &[u8], reply: &mut impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let message: Message = serde_json::from_slice(message).map_err(bad)?;
    let Some(id) = message.id else {
        return Ok(());
    };
    let params = message.params.map_or("{}", RawValue::get);
    let result = match message.method {
        "initialize" => {
            let ask: Initialize = serde_json::from_str(params).map_err(bad)?;
            format!(
                r#"{{"protocolVersion":"{}","capabilities":{{"tools":{{}}}},"serverInfo":{{"name":"bench","version":"0.1.0"}}}}"#,
                ask.protocol_version
            )
        }
        "tools/call" => {
            let call: ToolCall = serde_json::from_str(params).map_err(bad)?;
            let result = call_tool(&call, reply)?;
            format!(r#"{{"content":[],"isError":false,"structuredContent":{result}}}"#)
        }
        _ => "{}".to_owned(),
    };
    let id = id.get();
    reply(format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#).as_bytes())
}

fn call_tool(call: &ToolCall, reply: Reply) -> io::Result<String> {
    let arguments = call.arguments.get();
    Ok(match call.name {
        "echo" => arguments.to_owned(),
        "stream" => {
            let Stream { count, size } = serde_json::from_str(arguments).map_err(bad)?;
            let token = call
                .meta
                .as_ref()
                .map_or("null", |meta| meta.progress_token.get());
            let text = text(size);
            for n in 0..count {
                let chunk = format!(
                    r#"{{"jsonrpc":"2.0","method":"notifications/progress","params":{{"progressToken":{token},"progress":{n},"message":"{text}"}}}}"#
                );
                reply(chunk.as_bytes())?;
            }
            format!(r#"{{"count":{count}}}"#)
        }
        "result" => {
            let Size { size } = serde_json::from_str(arguments).map_err(bad)?;
            format!(r#"{{"text":"{}"}}"#, text(size))
        }
        "sink" => {
            let Blob { text } = serde_json::from_str(arguments).map_err(bad)?;
            format!(r#"{{"size":{}}}"#, text.len())
        }
        other => return Err(io::Error::other(format!("unknown tool {other}"))),
    })
}
