//! What the runtime itself has to say, on stderr: the host takes it for the daemon's log.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

const INTERVAL: Duration = Duration::from_secs(1);

/// Logs a warning. A closed stderr must not end the daemon, as it would with `eprintln!`.
pub(crate) fn warn(message: fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "WARN rustbridge: {message}");
}

/// Logs an error.
pub(crate) fn error(message: fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "ERROR rustbridge: {message}");
}

/// Keeps reports about a misbehaving peer from becoming a flood: admits one a second.
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
