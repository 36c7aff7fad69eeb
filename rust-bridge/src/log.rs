//! What the runtime itself has to say, on stderr: the host takes it for the daemon's log.

use std::fmt;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
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
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    last: Option<Instant>,
    suppressed: u64,
}

impl RateLimit {
    /// How many reports were suppressed since the last one, if one may be made now.
    pub(crate) fn admit(&self) -> Option<u64> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last.is_some_and(|last| last.elapsed() < INTERVAL) {
            state.suppressed += 1;
            return None;
        }
        state.last = Some(Instant::now());
        Some(std::mem::take(&mut state.suppressed))
    }
}
