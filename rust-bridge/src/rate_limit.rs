//! Keeps reports about a misbehaving peer from becoming a flood.

use std::time::{Duration, Instant};

const INTERVAL: Duration = Duration::from_secs(1);

/// Admits one report a second.
#[derive(Default)]
pub(crate) struct RateLimit {
    last: Option<Instant>,
    suppressed: u64,
}

impl RateLimit {
    /// How many reports were suppressed since the last one, if one may be made now.
    pub(crate) fn admit(&mut self) -> Option<u64> {
        if self.last.is_some_and(|last| last.elapsed() < INTERVAL) {
            self.suppressed += 1;
            return None;
        }
        self.last = Some(Instant::now());
        Some(std::mem::take(&mut self.suppressed))
    }
}
