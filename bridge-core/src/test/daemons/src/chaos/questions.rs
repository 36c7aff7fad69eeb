//! The reverse call by hand, as daemons of this protocol do it: an event that asks, a command that
//! answers.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Questions without an answer yet.
#[derive(Default)]
pub struct Questions {
    next: AtomicU64,
    open: Mutex<HashMap<String, Vec<u8>>>,
}

impl Questions {
    /// Notes that the command with this raw id waits; its correlation id.
    pub fn ask(&self, command: &[u8]) -> String {
        let correlation = format!("q_{}", self.next.fetch_add(1, Ordering::Relaxed));
        self.open().insert(correlation.clone(), command.to_vec());
        correlation
    }

    /// The raw id of the command that waits for this answer.
    pub fn answered(&self, correlation: &str) -> Option<Vec<u8>> {
        self.open().remove(correlation)
    }

    fn open(&self) -> std::sync::MutexGuard<'_, HashMap<String, Vec<u8>>> {
        self.open.lock().expect("no panic under the lock")
    }
}
