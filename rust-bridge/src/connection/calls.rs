//! The calls of one connection that have no answer yet.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::error::{Error, code};
use crate::wire::frame::CallId;

/// Why a call is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Stop {
    /// The host gave it up.
    Cancelled = 1,
    /// The host is gone, nobody waits for the answer.
    Disconnected = 2,
    /// The daemon ends and the call outlasted the drain time.
    ShuttingDown = 3,
    /// The host sent a line for this call that the protocol does not allow.
    Violated = 4,
}

impl Stop {
    fn from_code(code: u8) -> Option<Self> {
        [
            Self::Cancelled,
            Self::Disconnected,
            Self::ShuttingDown,
            Self::Violated,
        ]
        .into_iter()
        .find(|stop| *stop as u8 == code)
    }

    pub(crate) fn error(self) -> Error {
        match self {
            Self::Cancelled => Error::cancelled(),
            Self::Disconnected => Error::new("the host has gone").with_code(code::CANCELLED),
            Self::ShuttingDown => Error::unavailable("the daemon is shutting down"),
            Self::Violated => Error::invalid_params("protocol violation within this call"),
        }
    }
}

/// One call, from the request to its answer.
pub(crate) struct Call {
    pub(crate) id: CallId,
    answered: AtomicBool,
    stop: AtomicU8,
    stopped: Notify,
}

impl Call {
    pub(crate) fn new(id: CallId) -> Self {
        Self {
            id,
            answered: AtomicBool::new(false),
            stop: AtomicU8::new(0),
            stopped: Notify::new(),
        }
    }

    /// Claims the right to answer; true once.
    pub(crate) fn claim_answer(&self) -> bool {
        !self.answered.swap(true, Ordering::AcqRel)
    }

    pub(crate) fn is_answered(&self) -> bool {
        self.answered.load(Ordering::Acquire)
    }

    /// Asks the call to stop; the first reason counts.
    pub(crate) fn stop(&self, reason: Stop) {
        let first =
            self.stop
                .compare_exchange(0, reason as u8, Ordering::AcqRel, Ordering::Acquire);
        if first.is_ok() {
            self.stopped.notify_waiters();
        }
    }

    /// Why the call is to stop, if it is.
    pub(crate) fn stop_reason(&self) -> Option<Stop> {
        Stop::from_code(self.stop.load(Ordering::Acquire))
    }

    /// Waits until the call is to stop.
    pub(crate) async fn stopped(&self) -> Stop {
        loop {
            let stopped = self.stopped.notified();
            tokio::pin!(stopped);
            stopped.as_mut().enable();
            if let Some(reason) = self.stop_reason() {
                return reason;
            }
            stopped.await;
        }
    }
}

/// All calls of a connection that have no answer yet.
#[derive(Default)]
pub(crate) struct Calls {
    table: Mutex<HashMap<CallId, Arc<Call>>>,
    emptied: Notify,
}

impl Calls {
    /// Adds a call; false if one with its id is in flight.
    pub(crate) fn insert(&self, call: &Arc<Call>) -> bool {
        let mut table = self.lock();
        if table.contains_key(&call.id) {
            return false;
        }
        table.insert(call.id.clone(), Arc::clone(call));
        true
    }

    pub(crate) fn get(&self, id: &CallId) -> Option<Arc<Call>> {
        self.lock().get(id).cloned()
    }

    pub(crate) fn remove(&self, id: &CallId) {
        let mut table = self.lock();
        table.remove(id);
        if table.is_empty() {
            drop(table);
            self.emptied.notify_waiters();
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Asks every call to stop.
    pub(crate) fn stop_all(&self, reason: Stop) {
        let calls: Vec<_> = self.lock().values().cloned().collect();
        for call in calls {
            call.stop(reason);
        }
    }

    /// Waits until no call is in flight.
    pub(crate) async fn empty(&self) {
        loop {
            let emptied = self.emptied.notified();
            tokio::pin!(emptied);
            emptied.as_mut().enable();
            if self.len() == 0 {
                return;
            }
            emptied.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CallId, Arc<Call>>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
