//! How many chunks a call may still send.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::sync::Notify;

use crate::wire::frame::UNLIMITED;

/// The credit of one call. Grants add up; at [`UNLIMITED`] it is not counted any more.
pub(crate) struct Credit {
    left: AtomicU64,
    granted: Notify,
    /// No more grants will come.
    closed: AtomicBool,
}

impl Credit {
    /// The credit that a request came with; none named means without limit.
    pub(crate) fn new(initial: Option<u64>) -> Self {
        Self {
            left: AtomicU64::new(initial.unwrap_or(UNLIMITED)),
            granted: Notify::new(),
            closed: AtomicBool::new(false),
        }
    }

    pub(crate) fn grant(&self, chunks: u64) {
        self.update(|left| Some(left.saturating_add(chunks).min(UNLIMITED)));
        self.granted.notify_waiters();
    }

    /// Nobody is left to grant any.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.granted.notify_waiters();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Takes the right to send one chunk, if there is one.
    pub(crate) fn take(&self) -> bool {
        self.update(|left| match left {
            UNLIMITED => Some(UNLIMITED),
            left => left.checked_sub(1),
        })
    }

    /// Waits until there may be credit, or will never be.
    pub(crate) async fn available(&self) {
        let granted = self.granted.notified();
        tokio::pin!(granted);
        // Registered before the look: a grant in between is not missed.
        granted.as_mut().enable();
        if self.left.load(Ordering::Acquire) == 0 && !self.is_closed() {
            granted.await;
        }
    }

    fn update(&self, change: impl FnMut(u64) -> Option<u64>) -> bool {
        self.left
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, change)
            .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_is_spent_and_granted() {
        let credit = Credit::new(Some(1));
        assert!(credit.take());
        assert!(!credit.take());
        credit.grant(2);
        assert!(credit.take() && credit.take() && !credit.take());
    }

    #[test]
    fn without_a_limit_it_is_never_spent() {
        let credit = Credit::new(None);
        assert!((0..1_000).all(|_| credit.take()));
        credit.grant(5);
        assert_eq!(credit.left.load(Ordering::Relaxed), UNLIMITED);
    }

    #[test]
    fn grants_saturate_at_without_limit() {
        let credit = Credit::new(Some(UNLIMITED - 1));
        credit.grant(u64::MAX);
        assert!(credit.take());
        assert_eq!(credit.left.load(Ordering::Relaxed), UNLIMITED);
    }
}
