//! The daemon's own calls of the host that have no answer yet.

use std::collections::HashMap;
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::value::RawValue;
use tokio::sync::oneshot;

use crate::error::{Error, code};
use crate::wire::call_id::CallId;
use crate::wire::frame::{Response, text_of};

/// The host's answer; a missing result is `null`.
pub(crate) type HostAnswer = Result<Box<RawValue>, Error>;

#[derive(Default)]
pub(crate) struct HostCalls {
    next: AtomicU64,
    pending: Mutex<HashMap<CallId, oneshot::Sender<HostAnswer>>>,
}

impl HostCalls {
    /// An id that no call of this connection had before.
    pub(crate) fn next_id(&self) -> CallId {
        let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        CallId::new(&format!("d_{number}"))
    }

    /// Begins a call; its answer comes where this says.
    pub(crate) fn begin(&self, id: &CallId) -> oneshot::Receiver<HostAnswer> {
        let (sender, receiver) = oneshot::channel();
        self.lock().insert(id.clone(), sender);
        receiver
    }

    /// Forgets a call; false if it was answered already.
    pub(crate) fn forget(&self, id: &CallId) -> bool {
        self.lock().remove(id).is_some()
    }

    /// Whether the daemon waits for the host right now.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.lock().is_empty()
    }

    /// Takes an answer. One that nobody waits for any more is ignored.
    pub(crate) fn answer(&self, response: &Response<'_>) {
        let answer = match response.success {
            true => Ok(response
                .result
                .map_or_else(|| RawValue::NULL.to_owned(), ToOwned::to_owned)),
            false => Err(error_of(response)),
        };
        self.settle(&response.id, answer);
    }

    /// Fails a call whose answer can't be understood; false if there is no such call.
    pub(crate) fn fail(&self, id: &CallId, reason: &str) -> bool {
        self.settle(
            id,
            Err(Error::internal(format!("bad answer of the host: {reason}"))),
        )
    }

    /// Fails all calls, in an order that is the same in every run: no answer will come any more.
    pub(crate) fn end(&self) {
        let mut left: Vec<_> = mem::take(&mut *self.lock()).into_iter().collect();
        left.sort_by(|(one, _), (other, _)| one.cmp(other));
        // Who waits sees that its sender is gone.
        drop(left);
    }

    fn settle(&self, id: &CallId, answer: HostAnswer) -> bool {
        let waiting = self.lock().remove(id);
        // Whoever waited may have gone at this very moment.
        waiting.is_some_and(|waiting| waiting.send(answer).is_ok())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CallId, oneshot::Sender<HostAnswer>>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn error_of(response: &Response<'_>) -> Error {
    let message = response
        .error
        .map_or_else(|| "the host gave no reason".to_owned(), text_of);
    let mut error = Error::new(message);
    if let Some(code) = response.code {
        error = error.with_code(text_of(code));
    }
    if let Some(details) = response.details {
        error = error.with_details(details);
    }
    error
}

/// The error of a call that the host does not take.
pub(crate) fn not_taken() -> Error {
    Error::new("this host takes no calls").with_code(code::UNAVAILABLE)
}
