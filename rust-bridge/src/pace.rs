//! Which handlers may run on the thread of the connections.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A handler that comes to its first `await`, or its end, within this time holds nobody up.
const QUICK: Duration = Duration::from_micros(20);
/// So many times in a row before it is trusted to do so again.
const TRUSTED_AFTER: u32 = 100;

/// How quickly a command's handler comes to its first `await` or its end.
///
/// A hop to another thread and back costs more than most handlers do. So a handler that was quick a hundred times
/// in a row runs where its command is read; the first time it is not, it goes back to the workers. A handler that
/// blocks is never trusted, and can hold up its own kind only.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    quick_in_a_row: AtomicU32,
}

impl Pace {
    pub(crate) fn is_quick(&self) -> bool {
        self.quick_in_a_row.load(Ordering::Relaxed) >= TRUSTED_AFTER
    }

    /// Watches one handler until its first `await`.
    pub(crate) fn watch<T>(&self, run: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = run();
        let in_a_row = match begin.elapsed() < QUICK {
            true => self
                .quick_in_a_row
                .load(Ordering::Relaxed)
                .saturating_add(1),
            false => 0,
        };
        self.quick_in_a_row.store(in_a_row, Ordering::Relaxed);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_is_earned_and_lost() {
        let pace = Pace::default();
        assert!(!pace.is_quick());
        while !pace.is_quick() {
            pace.watch(|| ());
        }
        pace.watch(|| std::thread::sleep(2 * QUICK));
        assert!(!pace.is_quick());
    }
}
