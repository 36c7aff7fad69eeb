//! The members of a line, each still unread JSON.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::call_id::CallId;
use super::frame::Kind;

/// Declares the known members once: as fields, and as names to look for.
macro_rules! members {
    ($($field:ident $variant:ident,)*) => {
        /// The known members of a line. Others are ignored; of two with one name the last counts.
        #[derive(Default)]
        pub(super) struct Members<'a> {
            $(pub(super) $field: Option<&'a RawValue>,)*
        }

        #[derive(Deserialize)]
        #[serde(field_identifier, rename_all = "camelCase")]
        enum Member {
            $($variant,)*
            #[serde(other)]
            Other,
        }

        impl<'a> Members<'a> {
            fn slot(&mut self, member: &Member) -> Option<&mut Option<&'a RawValue>> {
                match member {
                    $(Member::$variant => Some(&mut self.$field),)*
                    Member::Other => None,
                }
            }
        }
    };
}

members! {
    id Id,
    method Method,
    params Params,
    credit Credit,
    deadline_ms DeadlineMs,
    trace Trace,
    upload Upload,
    bytes Bytes,
    stream Stream,
    data Data,
    cancel Cancel,
    end End,
    success Success,
    result Result,
    error Error,
    code Code,
    details Details,
    event Event,
}

impl<'a> Members<'a> {
    /// Reads a whole line. On an error, what was read before it stays.
    pub(super) fn read(&mut self, text: &'a str) -> serde_json::Result<()> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        Reading(self).deserialize(&mut deserializer)?;
        deserializer.end()
    }

    /// The members that can be read in a line that is cut off or no text.
    pub(super) fn of_prefix(prefix: &'a [u8]) -> Self {
        let readable = match std::str::from_utf8(prefix) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&prefix[..error.valid_up_to()]).unwrap_or_default(),
        };
        let mut members = Self::default();
        // It ends early: what was read up to there is what is asked for.
        let _ = members.read(readable);
        members
    }

    pub(super) fn call_id(&self) -> Option<CallId> {
        CallId::from_token(self.id?.get())
    }

    pub(super) fn is_stream(&self) -> bool {
        self.stream.is_some_and(|stream| stream.get() == "true")
    }

    /// What the line was meant to be.
    pub(super) fn kind(&self) -> Kind {
        let control = [self.stream, self.cancel, self.credit, self.end, self.event];
        if self.method.is_some() {
            Kind::Command
        } else if self.success.is_some() {
            Kind::Response
        } else if control.iter().any(Option::is_some) {
            Kind::Control
        } else {
            Kind::Command
        }
    }
}

/// Fills [`Members`] as it goes.
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
        while let Some(member) = map.next_key::<Member>()? {
            match self.0.slot(&member) {
                Some(slot) => *slot = Some(map.next_value()?),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}
