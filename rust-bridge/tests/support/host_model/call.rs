//! How far a call is.

use std::collections::VecDeque;

use serde_json::Value;
use tokio::time::Instant;

/// Where a call is.
#[derive(Debug, PartialEq)]
pub(super) enum At {
    /// Waits for the right to run.
    Queued,
    /// Is to be run.
    Starting,
    Running,
    /// A chunk waits for credit.
    Stalled(Value),
    /// Waits for an item.
    Taking,
    /// Waits for the host's answer.
    Calling(String),
}

#[derive(Debug)]
pub(super) struct Call {
    pub(super) at: At,
    /// Chunks that may still be sent; `None` is without limit.
    pub(super) credit: Option<u64>,
    pub(super) upload: Option<Upload>,
    pub(super) deadline: Option<Instant>,
    /// What the host answered to the handler's call.
    pub(super) heard: Option<&'static str>,
}

#[derive(Debug, Default)]
pub(super) struct Upload {
    pub(super) granted: u64,
    pub(super) items: VecDeque<u64>,
    /// How it ended, as the handler is told it next.
    pub(super) end: Option<&'static str>,
}

impl Upload {
    pub(super) fn is_open(&self) -> bool {
        self.end.is_none() && self.granted > 0
    }

    /// What a handler gets that asks for an item now.
    pub(super) fn next(&mut self) -> Option<String> {
        if let Some(item) = self.items.pop_front() {
            return Some(format!("item {item}"));
        }
        let news = self.end?;
        // An error is told once.
        self.end = Some("end of items");
        Some(news.to_owned())
    }
}
