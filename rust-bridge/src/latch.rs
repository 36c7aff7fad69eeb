//! A flag that is raised once and can be waited for.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

#[derive(Default)]
pub(crate) struct Latch {
    raised: AtomicBool,
    waiters: Notify,
}

impl Latch {
    pub(crate) fn raise(&self) {
        self.raised.store(true, Ordering::Release);
        self.waiters.notify_waiters();
    }

    pub(crate) fn is_raised(&self) -> bool {
        self.raised.load(Ordering::Acquire)
    }

    pub(crate) async fn wait(&self) {
        let raised = self.waiters.notified();
        tokio::pin!(raised);
        // Registered before the look: a raise in between is not missed.
        raised.as_mut().enable();
        if !self.is_raised() {
            raised.await;
        }
    }
}
