//! What one line from the host means.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A call's id, kept as the JSON string that goes back over the wire.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct CallId(Arc<str>);

impl CallId {
    pub(crate) fn new(id: &str) -> Self {
        Self(serde_json::Value::from(id).to_string().into())
    }

    /// From a JSON token; `None` if that is not a string. Two spellings of one string are one id.
    fn from_token(token: &str) -> Option<Self> {
        if token.starts_with('"') && !token.contains('\\') {
            return Some(Self(token.into()));
        }
        serde_json::from_str::<String>(token)
            .ok()
            .map(|id| Self::new(&id))
    }

    /// The id as a JSON string, quotes included.
    pub(crate) fn json(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_matches('"'))
    }
}

impl fmt::Debug for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line from the host, classified.
#[derive(Debug)]
pub(crate) enum Frame<'a> {
    Request(Request<'a>),
    /// No line of the protocol.
    Violation(Violation),
}

/// A command of the host.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) id: CallId,
    pub(crate) method: String,
    /// `None` where the host left them out.
    pub(crate) params: Option<&'a RawValue>,
}

/// A line that means nothing, with what can be said about it.
#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) reason: String,
    /// The id, as far as it could be read.
    pub(crate) id: Option<CallId>,
    /// Whether the line looks like a command, which wants an answer even if it can't be understood.
    pub(crate) wants_answer: bool,
}

/// Classifies a whole line.
pub(crate) fn parse(line: &[u8]) -> Frame<'_> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => return violation(read_prefix(line), format!("not UTF-8: {error}")),
    };
    let mut members = Members::default();
    if let Err(error) = members.read(text) {
        return violation(members, format!("not a JSON object: {error}"));
    }
    classify(members)
}

/// The call that an oversized line belongs to, if its kept beginning tells.
pub(crate) fn oversized(prefix: &[u8], limit: usize) -> Violation {
    match violation(
        read_prefix(prefix),
        format!("line over the limit of {limit} bytes"),
    ) {
        Frame::Violation(violation) => violation,
        Frame::Request(_) => unreachable!("a violation was built"),
    }
}

fn classify(members: Members<'_>) -> Frame<'_> {
    let Some(id) = members.call_id() else {
        let reason = match members.id {
            Some(_) => "`id` is not a string",
            None => "no `id`",
        };
        return violation(members, reason.to_owned());
    };
    let Some(method) = members.method else {
        return violation(members, "`id` without `method`".to_owned());
    };
    match serde_json::from_str::<String>(method.get()) {
        Ok(method) => Frame::Request(Request {
            id,
            method,
            params: members.params,
        }),
        Err(_) => violation(members, "`method` is not a string".to_owned()),
    }
}

fn violation(members: Members<'_>, reason: String) -> Frame<'_> {
    Frame::Violation(Violation {
        reason,
        id: members.call_id(),
        wants_answer: !members.is_control(),
    })
}

/// The members that can be read in a line that is broken or cut off.
fn read_prefix(prefix: &[u8]) -> Members<'_> {
    let valid = match std::str::from_utf8(prefix) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&prefix[..error.valid_up_to()]).unwrap_or_default(),
    };
    let mut members = Members::default();
    // It ends early: what was read up to there is what is asked for.
    let _ = members.read(valid);
    members
}

/// The known members of a line, each still unread JSON. Others are ignored; of two with one name the last counts.
#[derive(Default)]
struct Members<'a> {
    id: Option<&'a RawValue>,
    method: Option<&'a RawValue>,
    params: Option<&'a RawValue>,
    control: bool,
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Member {
    Id,
    Method,
    Params,
    Stream,
    Success,
    Credit,
    Cancel,
    End,
    Event,
    #[serde(other)]
    Other,
}

impl<'a> Members<'a> {
    fn read(&mut self, text: &'a str) -> serde_json::Result<()> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        Reading(self).deserialize(&mut deserializer)?;
        deserializer.end()
    }

    fn call_id(&self) -> Option<CallId> {
        CallId::from_token(self.id?.get())
    }

    /// Whether the line belongs to a call that exists already: answering it would end that call.
    fn is_control(&self) -> bool {
        self.method.is_none() && self.control
    }
}

/// Fills [`Members`] as it goes, so that those before an error stay.
struct Reading<'m, 'a>(&'m mut Members<'a>);

impl<'a> DeserializeSeed<'a> for Reading<'_, 'a> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Reading<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(member) = map.next_key()? {
            let slot = match member {
                Member::Id => &mut self.0.id,
                Member::Method => &mut self.0.method,
                Member::Params => &mut self.0.params,
                Member::Stream
                | Member::Success
                | Member::Credit
                | Member::Cancel
                | Member::End
                | Member::Event => {
                    self.0.control = true;
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                Member::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *slot = Some(map.next_value()?);
        }
        Ok(())
    }
}
