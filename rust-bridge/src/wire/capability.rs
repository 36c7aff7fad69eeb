//! What both sides of a connection agreed on beyond the classic protocol.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The newest version of the extended protocol that this crate speaks.
pub(crate) const PROTOCOL: u64 = 1;
/// The oldest one.
pub(crate) const MIN_PROTOCOL: u64 = 1;

/// One capability of the extended protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Capability {
    Cancel,
    Credit,
    Deadline,
    Trace,
    Errors,
    Calls,
    Upload,
    Bytes,
}

impl Capability {
    /// All that this crate can do.
    pub(crate) const ALL: [Self; 8] = [
        Self::Cancel,
        Self::Credit,
        Self::Deadline,
        Self::Trace,
        Self::Errors,
        Self::Calls,
        Self::Upload,
        Self::Bytes,
    ];
}

/// A set of capabilities. Empty is classic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Capabilities(u8);

impl Capabilities {
    pub(crate) fn has(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u8) != 0
    }

    pub(crate) fn with(self, capability: Capability) -> Self {
        Self(self.0 | (1 << capability as u8))
    }

    fn list(self) -> Vec<Capability> {
        Capability::ALL
            .into_iter()
            .filter(|capability| self.has(*capability))
            .collect()
    }
}

/// The parameters of `$hello`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Hello {
    protocol: u64,
    #[serde(default)]
    min_protocol: u64,
    max_message_size: Option<usize>,
    /// Names this crate does not know are none of its business.
    #[serde(default)]
    capabilities: Vec<Value>,
}

/// What is in force on a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) capabilities: Capabilities,
    /// The largest message that the host takes, if it said so.
    pub(crate) max_message_size: Option<usize>,
}

impl Agreement {
    /// What both announced, at the highest common version; `None` if there is no such version.
    pub(crate) fn with(hello: &Hello) -> Option<Self> {
        if PROTOCOL.min(hello.protocol) < MIN_PROTOCOL.max(hello.min_protocol) {
            return None;
        }
        let capabilities = hello
            .capabilities
            .iter()
            .filter_map(|name| Capability::deserialize(name).ok())
            .fold(Capabilities::default(), Capabilities::with);
        Some(Self {
            capabilities,
            max_message_size: hello.max_message_size,
        })
    }

    /// The answer to `$hello`.
    pub(crate) fn answer(agreement: Option<&Self>) -> Value {
        match agreement {
            Some(agreement) => {
                json!({"protocol": PROTOCOL, "capabilities": agreement.capabilities.list()})
            }
            None => json!({"protocol": null, "capabilities": []}),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(hello: Value) -> Option<Agreement> {
        Agreement::with(&serde_json::from_value(hello).unwrap())
    }

    #[test]
    fn what_both_know_is_in_force() {
        let agreed = agree(json!({
            "protocol": 1, "maxMessageSize": 9, "capabilities": ["cancel", "teleport", 7, "bytes"]
        }));
        let agreed = agreed.unwrap();
        assert_eq!(
            agreed.capabilities.list(),
            [Capability::Cancel, Capability::Bytes]
        );
        assert_eq!(agreed.max_message_size, Some(9));
    }

    #[test]
    fn a_newer_host_that_still_speaks_our_version_is_met_there() {
        assert!(agree(json!({"protocol": 5, "minProtocol": 1})).is_some());
    }

    #[test]
    fn without_a_common_version_nothing_is_in_force() {
        assert_eq!(agree(json!({"protocol": 5, "minProtocol": 2})), None);
        assert_eq!(agree(json!({"protocol": 0})), None);
    }
}
