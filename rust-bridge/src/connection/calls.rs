//! The calls of one connection that have no answer yet.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::credit::Credit;
use super::inbox::Inbox;
use crate::error::{Error, code};
use crate::latch::Latch;
use crate::trace::TraceContext;
use crate::wire::call_id::CallId;
use crate::wire::frame::Request;

/// Why a call is to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Stop {
    /// The host gave it up.
    Cancelled = 1,
    /// Its time is used up.
    Expired = 2,
    /// The host is gone, nobody waits for the answer.
    Disconnected = 3,
    /// The daemon ends and the call outlasted the drain time.
    ShuttingDown = 4,
    /// The host sent a line for this call that the protocol does not allow.
    Violated = 5,
}

impl Stop {
    const ALL: [Self; 5] = [
        Self::Cancelled,
        Self::Expired,
        Self::Disconnected,
        Self::ShuttingDown,
        Self::Violated,
    ];

    pub(crate) fn error(self) -> Error {
        match self {
            Self::Cancelled => Error::cancelled(),
            Self::Expired => Error::new("deadline exceeded").with_code(code::DEADLINE_EXCEEDED),
            Self::Disconnected => Error::new("the host has gone").with_code(code::CANCELLED),
            Self::ShuttingDown => Error::unavailable("the daemon is shutting down"),
            Self::Violated => Error::invalid_params("protocol violation within this call"),
        }
    }
}

/// One call, from the request to its answer.
pub(crate) struct Call {
    pub(crate) id: CallId,
    pub(crate) method: Box<str>,
    pub(crate) credit: Credit,
    /// The caller takes chunks as raw bytes.
    pub(crate) raw: bool,
    pub(crate) deadline: Option<Instant>,
    pub(crate) trace: Option<TraceContext>,
    /// What the host uploads, if it does.
    pub(crate) inbox: Option<Arc<Inbox>>,
    answered: AtomicBool,
    /// Raised after the answer: what the handler began on behalf of the call ends with it.
    pub(crate) ended: Latch,
    stop: AtomicU8,
    stopped: Notify,
    /// The handler sees to its end itself.
    graceful: AtomicBool,
}

impl Call {
    pub(crate) fn new(request: &Request<'_>) -> Self {
        let deadline = request
            .deadline_ms
            .and_then(|millis| Instant::now().checked_add(Duration::from_millis(millis)));
        Self {
            id: request.id.clone(),
            method: request.method.as_ref().into(),
            credit: Credit::new(request.credit),
            raw: request.bytes,
            deadline,
            trace: request.trace.clone(),
            inbox: request.upload.then(Arc::default),
            answered: AtomicBool::new(false),
            ended: Latch::default(),
            stop: AtomicU8::new(0),
            stopped: Notify::new(),
            graceful: AtomicBool::new(false),
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
        let code = self.stop.load(Ordering::Acquire);
        Stop::ALL.into_iter().find(|stop| *stop as u8 == code)
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

    /// Waits until the handler is to be dropped: never, if it sees to its end itself.
    pub(crate) async fn abandoned(&self) -> Stop {
        let expired = async {
            match self.deadline {
                // A timer fires on the next millisecond: what has no time left must not start at all.
                Some(_) if self.is_expired() => {}
                Some(deadline) => sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            _ = self.stopped() => {}
            () = expired => self.stop(Stop::Expired),
        }
        let reason = self.stopped().await;
        if self.graceful.load(Ordering::Acquire) && reason != Stop::Violated {
            std::future::pending::<()>().await;
        }
        reason
    }

    pub(crate) fn is_expired(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline <= Instant::now())
    }

    pub(crate) fn stop_gracefully(&self) {
        self.graceful.store(true, Ordering::Release);
    }
}

/// All calls of a connection that have no answer yet.
#[derive(Default)]
pub(crate) struct Calls {
    table: Mutex<HashMap<CallId, Arc<Call>>>,
    emptied: Notify,
}

impl Calls {
    pub(crate) fn insert(&self, call: &Arc<Call>) {
        self.lock().insert(call.id.clone(), Arc::clone(call));
    }

    pub(crate) fn get(&self, id: &CallId) -> Option<Arc<Call>> {
        self.lock().get(id).cloned()
    }

    pub(crate) fn remove(&self, id: &CallId) {
        let mut table = self.lock();
        if table.remove(id).is_some() && table.is_empty() {
            drop(table);
            self.emptied.notify_waiters();
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.lock().len()
    }

    /// Asks every call to stop.
    pub(crate) fn stop_all(&self, reason: Stop) {
        for call in self.all() {
            call.stop(reason);
        }
    }

    /// The host sends no more: neither items nor credit.
    pub(crate) fn end_input(&self) {
        for call in self.all() {
            call.credit.close();
            if let Some(inbox) = &call.inbox {
                inbox.end(Err(Stop::Disconnected.error()));
            }
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

    /// All of them, in an order that is the same in every run.
    fn all(&self) -> Vec<Arc<Call>> {
        let mut all: Vec<_> = self.lock().values().cloned().collect();
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CallId, Arc<Call>>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
