//! Runs commands, and answers each exactly once.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, Waker};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tokio::task::coop::unconstrained;

use super::Connection;
use super::calls::{Call, Stop};
use super::outbox::Offer;
use crate::command::{AnswerFuture, Method, Params};
use crate::context::Context;
use crate::error::{Error, code};
use crate::shutdown::Shutdown;
use crate::wire::call_id::CallId;
use crate::wire::capability::Capability;
use crate::wire::encode;
use crate::wire::frame::Request;

/// Handlers with larger params don't run on the thread of the connections: binding them takes time.
const SMALL_PARAMS: usize = 4 * 1024;

/// The right to run, while it is held: of the method where that is limited, and of the daemon.
type Permits = (Option<OwnedSemaphorePermit>, OwnedSemaphorePermit);

impl Connection {
    pub(super) fn dispatch(self: &Arc<Self>, request: &Request<'_>, shutdown: &Shutdown) {
        let call = Arc::new(Call::new(request));
        if let Some(pending) = self.calls.get(&call.id) {
            return pending.stop(Stop::Violated);
        }
        let method = match self.admit(request, shutdown) {
            Ok(method) => Arc::clone(method),
            Err(error) => return self.finish(&call, Err(error)),
        };
        let context = Context::new(Arc::clone(self), Arc::clone(&call));
        let params = Params::new(request.params);
        let is_small = params.len() <= SMALL_PARAMS;
        let work = method.run(context, params);

        // While the daemon waits for the host, the host's handler may need this very command to come to an end.
        let permits = match self.host_calls.is_waiting() {
            true => Ok(None),
            false => self.try_permits(&method).map(Some),
        };
        match permits {
            Ok(permits) if is_small && method.is_quick() && !call.is_expired() => {
                self.run_here(call, &method, work, permits);
            }
            Ok(permits) => self.spawn(call, async move {
                let _permits = permits;
                watched(&method, work).await
            }),
            Err(_) => {
                let connection = Arc::clone(self);
                self.spawn(call, async move {
                    let _permits = connection.permits(&method).await?;
                    watched(&method, work).await
                });
            }
        }
    }

    /// Runs a quick handler on this very thread, as far as it gets without waiting.
    fn run_here(
        self: &Arc<Self>,
        call: Arc<Call>,
        method: &Method,
        mut work: AnswerFuture,
        permits: Option<Permits>,
    ) {
        let workers = self.daemon.workers.enter();
        // It has the reader's share of time otherwise, and would be told to wait when that is used up.
        let mut here = unconstrained(&mut work);
        // Polled again by its task, if it has to wait: no waker is needed before.
        let mut task = Task::from_waker(Waker::noop());
        let polled = method.pace.watch(|| Pin::new(&mut here).poll(&mut task));
        drop(workers);
        match polled {
            Poll::Ready(answer) => self.finish(&call, answer),
            Poll::Pending => self.spawn(call, async move {
                let _permits = permits;
                work.await
            }),
        }
    }

    /// Runs a handler as a task of its own, until it has an answer or is to be dropped.
    fn spawn(
        self: &Arc<Self>,
        call: Arc<Call>,
        work: impl Future<Output = Result<Vec<u8>, Error>> + Send + 'static,
    ) {
        self.calls.insert(&call);
        let unanswered = Unanswered {
            connection: Arc::clone(self),
            call,
        };
        self.daemon.workers.spawn(async move {
            let answer = tokio::select! {
                biased;
                reason = unanswered.call.abandoned() => Err(reason.error()),
                answer = work => answer,
            };
            unanswered.connection.finish(&unanswered.call, answer);
        });
    }

    /// The method that a request is for, or why it is not even queued.
    fn admit(&self, request: &Request<'_>, shutdown: &Shutdown) -> Result<&Arc<Method>, Error> {
        if self.daemon.extended_only && self.agreement.get().is_none() {
            return Err(self.daemon.needs_extended());
        }
        let method = self.daemon.method(&request.method)?;
        if shutdown.is_requested() {
            return Err(Stop::ShuttingDown.error());
        }
        let limit = self.daemon.limits().max_in_flight;
        if self.calls.len() >= limit {
            let error = format!("{limit} calls are in flight already");
            return Err(Error::unavailable(error));
        }
        if method.takes_upload && !request.upload {
            let error = format!("`{}` takes an upload, and none was announced", method.name);
            return Err(Error::invalid_params(error));
        }
        Ok(method)
    }

    /// The right to run, if it can be had at once.
    fn try_permits(&self, method: &Method) -> Result<Permits, TryAcquireError> {
        let own = method.permits.clone().map(Semaphore::try_acquire_owned);
        Ok((
            own.transpose()?,
            self.daemon.permits.clone().try_acquire_owned()?,
        ))
    }

    /// Waits for the right to run: first the method's own, so that a crowded method holds up no other.
    async fn permits(&self, method: &Method) -> Result<Permits, AcquireError> {
        let own = match method.permits.clone() {
            Some(permits) => Some(permits.acquire_owned().await?),
            None => None,
        };
        Ok((own, self.daemon.permits.clone().acquire_owned().await?))
    }

    fn finish(&self, call: &Call, answer: Result<Vec<u8>, Error>) {
        let answer = answer.and_then(|line| self.outbox.check("result", &line).map(|()| line));
        let line = answer.unwrap_or_else(|error| self.failure(&call.id, &error));
        // Forgotten before the host can see the answer, and no chunk comes after it: both at one moment.
        let offer = self.outbox.push_if(&line, || {
            self.calls.remove(&call.id);
            call.claim_answer()
        });
        if offer == Offer::Closed {
            self.calls.remove(&call.id);
        }
        call.ended.raise();
    }

    /// Answers a request that never became a call.
    pub(super) fn answer_unstarted(&self, id: &CallId, error: &Error) {
        self.outbox.push(&self.failure(id, error));
    }

    fn failure(&self, id: &CallId, error: &Error) -> Vec<u8> {
        let structured = self.has(Capability::Errors);
        let line = encode::failure(id, error, structured);
        if self.outbox.check("error", &line).is_ok() {
            return line;
        }
        let short = Error::new("the error message is over the limit").with_code(code::TOO_LARGE);
        encode::failure(id, &short, structured)
    }
}

/// A call on its way to its answer. Dropped without one, it gets one all the same: a destructor in the handler may
/// have panicked, or the runtime of the workers ended.
struct Unanswered {
    connection: Arc<Connection>,
    call: Arc<Call>,
}

impl Drop for Unanswered {
    fn drop(&mut self) {
        if !self.call.is_answered() {
            let error = Error::internal("the handler ended without an answer");
            self.connection.finish(&self.call, Err(error));
        }
    }
}

/// Takes note of how quickly a handler comes to its first `await`.
async fn watched(method: &Method, mut work: AnswerFuture) -> Result<Vec<u8>, Error> {
    let mut first = true;
    poll_fn(|task| match std::mem::take(&mut first) {
        true => method.pace.watch(|| work.as_mut().poll(task)),
        false => work.as_mut().poll(task),
    })
    .await
}
