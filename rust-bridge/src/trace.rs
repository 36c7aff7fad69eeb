//! The trace that a call belongs to.

use serde::{Deserialize, Serialize};

/// A W3C trace context, as the host sent it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceContext {
    traceparent: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tracestate: Option<String>,
}

impl TraceContext {
    /// `version-traceid-parentid-flags`.
    pub fn traceparent(&self) -> &str {
        &self.traceparent
    }

    /// What vendors add to it.
    pub fn tracestate(&self) -> Option<&str> {
        self.tracestate.as_deref()
    }

    /// The id of the whole trace: 32 hexadecimal digits. `None` if the host sent something else.
    pub fn trace_id(&self) -> Option<&str> {
        let id = self.traceparent.split('-').nth(1)?;
        let is_id = id.len() == 32 && id.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_id.then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(traceparent: &str) -> TraceContext {
        TraceContext {
            traceparent: traceparent.to_owned(),
            tracestate: None,
        }
    }

    #[test]
    fn the_trace_id_is_part_of_the_parent() {
        let trace = trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assert_eq!(trace.trace_id(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    #[test]
    fn what_is_no_trace_id_is_not_taken_for_one() {
        for parent in [
            "",
            "00",
            "00-xyz-1-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473\n-1-01",
        ] {
            assert_eq!(trace(parent).trace_id(), None);
        }
    }
}
