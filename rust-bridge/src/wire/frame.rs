//! What one line from the host means.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::call_id::CallId;
use super::capability::{Capabilities, Capability};
use super::members::Members;
use crate::trace::TraceContext;

/// The most that credit can be; it means "without limit".
pub(crate) const UNLIMITED: u64 = (1 << 53) - 1;

/// A line from the host, classified.
#[derive(Debug)]
pub(crate) enum Frame<'a> {
    Request(Request<'a>),
    /// The host gives a call up.
    Cancel(CallId),
    /// So many more chunks may be sent.
    Credit(CallId, u64),
    /// An uploaded item.
    Item(CallId, &'a RawValue),
    /// The header of an uploaded item of raw bytes: that many follow, whatever becomes of the item.
    Payload {
        id: Option<CallId>,
        length: usize,
    },
    /// The end of an upload, or why it failed.
    End(CallId, Option<String>),
    /// The answer to a call of the daemon's.
    Response(Response<'a>),
    /// No line of the protocol.
    Violation(Violation),
    /// Where the next line begins can't be known any more: the connection has to end.
    Fatal(String),
}

/// A command of the host.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) id: CallId,
    pub(crate) method: Cow<'a, str>,
    /// `None` where the host left them out.
    pub(crate) params: Option<&'a RawValue>,
    /// How many chunks may be sent at first; `None` means any number.
    pub(crate) credit: Option<u64>,
    pub(crate) deadline_ms: Option<u64>,
    pub(crate) trace: Option<TraceContext>,
    /// The host is going to send items.
    pub(crate) upload: bool,
    /// The caller wants raw bytes.
    pub(crate) bytes: bool,
}

/// The answer to a call of the daemon's.
#[derive(Debug)]
pub(crate) struct Response<'a> {
    pub(crate) id: CallId,
    pub(crate) success: bool,
    pub(crate) result: Option<&'a RawValue>,
    pub(crate) error: Option<&'a RawValue>,
    pub(crate) code: Option<&'a RawValue>,
    pub(crate) details: Option<&'a RawValue>,
}

/// A line that means nothing, with what can be said about it.
#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) reason: String,
    /// The id, as far as it could be read.
    pub(crate) id: Option<CallId>,
    pub(crate) kind: Kind,
}

/// What a broken line was meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A command, which wants an answer even if it can't be understood.
    Command,
    /// Something about a call that exists: answering it would end that call.
    Control,
    /// The answer to a call of the daemon's.
    Response,
}

/// Classifies a whole line.
pub(crate) fn parse(line: &[u8], capabilities: Capabilities, limit: usize) -> Frame<'_> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let members = Members::of_prefix(line);
            return Frame::Violation(violation(&members, format!("not UTF-8: {error}")));
        }
    };
    let mut members = Members::default();
    match members.read(text) {
        Ok(()) => classify(&members, capabilities, limit)
            .unwrap_or_else(|reason| Frame::Violation(violation(&members, reason))),
        Err(error) => Frame::Violation(violation(&members, format!("not a JSON object: {error}"))),
    }
}

/// What is known of an oversized line by its kept beginning.
pub(crate) fn oversized(prefix: &[u8], limit: usize) -> Violation {
    let reason = format!("line over the limit of {limit} bytes");
    violation(&Members::of_prefix(prefix), reason)
}

fn violation(members: &Members<'_>, reason: String) -> Violation {
    Violation {
        reason,
        id: members.call_id(),
        kind: members.kind(),
    }
}

fn classify<'a>(
    members: &Members<'a>,
    capabilities: Capabilities,
    limit: usize,
) -> Result<Frame<'a>, String> {
    let has = |capability| capabilities.has(capability);
    let is_raw = members.is_stream() && members.data.is_none() && members.bytes.is_some();
    if is_raw && members.method.is_none() && has(Capability::Bytes) {
        return Ok(payload(members, limit));
    }
    let Some(id) = members.call_id() else {
        return Err(match members.id {
            Some(_) => "`id` is not a string".to_owned(),
            None => "no `id`".to_owned(),
        });
    };
    if members.method.is_some() {
        return request(members, id, capabilities).map(Frame::Request);
    }
    if members.is_stream() && has(Capability::Upload) {
        if let Some(data) = members.data {
            return Ok(Frame::Item(id, data));
        }
    }
    if let (Some(success), true) = (members.success, has(Capability::Calls)) {
        return Ok(Frame::Response(Response {
            id,
            success: success.get() == "true",
            result: members.result,
            error: members.error,
            code: members.code,
            details: members.details,
        }));
    }
    if let (Some(credit), true) = (members.credit, has(Capability::Credit)) {
        return Ok(Frame::Credit(id, read_credit(credit)?));
    }
    if is_true(members.cancel) && has(Capability::Cancel) {
        return Ok(Frame::Cancel(id));
    }
    if is_true(members.end) && has(Capability::Upload) {
        return Ok(Frame::End(id, members.error.map(text_of)));
    }
    Err("neither a command nor anything else that was agreed on".to_owned())
}

fn payload<'a>(members: &Members<'a>, limit: usize) -> Frame<'a> {
    let count = members.bytes.map_or("", RawValue::get);
    match count.parse() {
        Ok(length) if length <= limit => Frame::Payload {
            id: members.call_id(),
            length,
        },
        _ => Frame::Fatal(format!("`bytes` is {count:.40}, and may be 0 to {limit}")),
    }
}

fn request<'a>(
    members: &Members<'a>,
    id: CallId,
    capabilities: Capabilities,
) -> Result<Request<'a>, String> {
    let agreed = |capability, member: Option<&'a RawValue>| {
        member.filter(|member| capabilities.has(capability) && member.get() != "null")
    };
    Ok(Request {
        id,
        method: members
            .method
            .and_then(string_of)
            .ok_or("`method` is not a string")?,
        params: members.params,
        credit: agreed(Capability::Credit, members.credit)
            .map(read_credit)
            .transpose()?,
        deadline_ms: agreed(Capability::Deadline, members.deadline_ms)
            .map(|deadline| read_number("deadlineMs", deadline))
            .transpose()?,
        // As W3C has it, a trace that can't be read is none; the call goes on.
        trace: agreed(Capability::Trace, members.trace)
            .and_then(|trace| serde_json::from_str(trace.get()).ok()),
        upload: is_true(agreed(Capability::Upload, members.upload)),
        bytes: is_true(agreed(Capability::Bytes, members.bytes)),
    })
}

fn read_credit(credit: &RawValue) -> Result<u64, String> {
    read_number("credit", credit).map(|credit| credit.min(UNLIMITED))
}

fn read_number(name: &str, number: &RawValue) -> Result<u64, String> {
    let text = number.get();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Only a number beyond 2^64 fails now.
        return Ok(text.parse().unwrap_or(u64::MAX));
    }
    Err(format!(
        "`{name}` is {text:.40}, and must be a whole number"
    ))
}

/// Only the literal counts.
fn is_true(member: Option<&RawValue>) -> bool {
    member.is_some_and(|member| member.get() == "true")
}

fn string_of(value: &RawValue) -> Option<Cow<'_, str>> {
    let json = value.get();
    let plain = json
        .strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'));
    match plain.filter(|plain| !plain.contains('\\')) {
        Some(plain) => Some(plain.into()),
        None => serde_json::from_str::<String>(json).ok().map(Cow::from),
    }
}

/// A string's content, any other value as its JSON.
pub(crate) fn text_of(value: &RawValue) -> String {
    serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Capabilities {
        Capability::ALL
            .into_iter()
            .fold(Capabilities::default(), Capabilities::with)
    }

    /// What a line is, in a word, with everything agreed on and with nothing.
    fn kinds(line: &str) -> (&'static str, &'static str) {
        let kind = |capabilities| match parse(line.as_bytes(), capabilities, 100) {
            Frame::Request(_) => "request",
            Frame::Cancel(_) => "cancel",
            Frame::Credit(..) => "credit",
            Frame::Item(..) => "item",
            Frame::Payload { .. } => "payload",
            Frame::End(..) => "end",
            Frame::Response(_) => "response",
            Frame::Violation(_) => "violation",
            Frame::Fatal(_) => "fatal",
        };
        (kind(all()), kind(Capabilities::default()))
    }

    #[test]
    fn each_line_is_told_by_its_members() {
        for (line, extended, classic) in [
            (r#"{"id":"a","method":"m"}"#, "request", "request"),
            (
                r#"{"id":"a","method":"m","stream":true,"bytes":1}"#,
                "request",
                "request",
            ),
            (r#"{"id":"a","cancel":true}"#, "cancel", "violation"),
            (r#"{"id":"a","cancel":"true"}"#, "violation", "violation"),
            (r#"{"id":"a","credit":1}"#, "credit", "violation"),
            (r#"{"id":"a","credit":1.0}"#, "violation", "violation"),
            (
                r#"{"id":"a","stream":true,"data":null}"#,
                "item",
                "violation",
            ),
            (
                r#"{"id":"a","stream":1,"data":null}"#,
                "violation",
                "violation",
            ),
            (r#"{"id":"a","stream":true}"#, "violation", "violation"),
            (
                r#"{"id":"a","stream":true,"data":1,"bytes":2}"#,
                "item",
                "violation",
            ),
            (
                r#"{"id":"a","stream":true,"bytes":100}"#,
                "payload",
                "violation",
            ),
            (r#"{"stream":true,"bytes":0}"#, "payload", "violation"),
            (
                r#"{"id":"a","stream":true,"bytes":101}"#,
                "fatal",
                "violation",
            ),
            (r#"{"id":"a","end":true}"#, "end", "violation"),
            (r#"{"id":"a","success":false}"#, "response", "violation"),
            (r#"{"event":"e"}"#, "violation", "violation"),
            (r#"{"id":1,"method":"m"}"#, "violation", "violation"),
            (r#"{"id":"a","method":"m"} x"#, "violation", "violation"),
            ("[]", "violation", "violation"),
            ("", "violation", "violation"),
        ] {
            assert_eq!(kinds(line), (extended, classic), "{line}");
        }
    }

    /// Its twin is `HostVectorTests` of the bridge.
    #[test]
    fn what_hosts_write_in_the_vectors_is_understood() {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../protocol/vectors/host.jsonl"
        );
        let vectors = std::fs::read_to_string(file).expect("vectors are part of the repository");
        for vector in vectors.lines() {
            let vector: serde_json::Value = serde_json::from_str(vector).unwrap();
            let names: Vec<Capability> =
                serde_json::from_value(vector["capabilities"].clone()).unwrap();
            let agreed = names
                .into_iter()
                .fold(Capabilities::default(), Capabilities::with);
            let steps = vector["steps"].as_array().unwrap();
            for line in steps
                .iter()
                .filter_map(|step| step["out"].as_array())
                .flatten()
            {
                let line = line.to_string().replace("\"*\"", "1");
                let frame = parse(line.as_bytes(), agreed, 100);
                let understood = !matches!(frame, Frame::Violation(_) | Frame::Fatal(_));
                assert!(understood, "{}: {line}", vector["name"]);
            }
        }
    }

    #[test]
    fn of_members_with_one_name_the_last_counts() {
        let Frame::Request(request) = parse(br#"{"id":"a","id":"b","method":"m"}"#, all(), 100)
        else {
            panic!("no request");
        };
        assert_eq!(request.id, CallId::new("b"));
    }

    #[test]
    fn the_id_of_a_broken_line_is_found_as_far_as_it_goes() {
        for (line, id) in [
            (r#"{"id":"a","method":"m","params":[[["#, Some("a")),
            (r#"{"params":{},"id":"a""#, Some("a")),
            (r#"{"params":{},"id":"a"#, None),
            (r#"{"params":{"id":"inner"},"#, None),
        ] {
            assert_eq!(
                oversized(line.as_bytes(), 1).id,
                id.map(CallId::new),
                "{line}"
            );
        }
    }
}
