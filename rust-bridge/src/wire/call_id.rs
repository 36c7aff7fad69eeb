//! How a call is named on the wire.

use std::fmt;
use std::sync::Arc;

/// A call's id, kept as the JSON string that goes back over the wire.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CallId(Arc<str>);

impl CallId {
    pub(crate) fn new(id: &str) -> Self {
        Self(serde_json::Value::from(id).to_string().into())
    }

    /// From a JSON token; `None` if that is not a string. Two spellings of one string are one id.
    pub(crate) fn from_token(token: &str) -> Option<Self> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_an_id_are_one() {
        assert_eq!(
            CallId::from_token(r#""\u0061b""#),
            CallId::from_token(r#""ab""#)
        );
        assert_eq!(CallId::from_token("1"), None);
    }
}
