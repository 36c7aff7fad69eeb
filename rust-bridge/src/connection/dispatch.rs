//! Runs commands, each as a task of its own, and answers each exactly once.

use std::sync::Arc;

use tokio::sync::{AcquireError, SemaphorePermit};

use super::Connection;
use super::calls::{Call, Stop};
use crate::command::{Method, Params};
use crate::context::Context;
use crate::error::{Error, code};
use crate::shutdown::Shutdown;
use crate::wire::capability::Capability;
use crate::wire::encode;
use crate::wire::frame::{CallId, Request};

impl Connection {
    pub(super) fn dispatch(self: &Arc<Self>, request: &Request<'_>, shutdown: &Shutdown) {
        let call = Arc::new(Call::new(request));
        if !self.calls.insert(&call) {
            if let Some(call) = self.calls.get(&call.id) {
                call.stop(Stop::Violated);
            }
            return;
        }
        let method = match self.admit(request, shutdown) {
            Ok(method) => Arc::clone(method),
            Err(error) => return self.finish(&call, Err(error)),
        };
        let context = Context::new(Arc::clone(self), Arc::clone(&call), Arc::clone(&method));
        let params = Params::new(request.params);
        let connection = Arc::clone(self);
        // While the daemon waits for the host, the host's handler may need this very command to come to an end.
        let at_once = self.host_calls.is_waiting();
        tokio::spawn(async move {
            let work = async {
                let _permits = match at_once {
                    true => None,
                    false => Some(connection.permits(&method).await?),
                };
                method.run(context, params).await
            };
            let answer = tokio::select! {
                biased;
                reason = call.abandoned() => Err(reason.error()),
                answer = work => answer,
            };
            connection.finish(&call, answer);
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
        if self.calls.len() > limit {
            return Err(Error::unavailable(format!(
                "{limit} calls are in flight already"
            )));
        }
        if method.takes_upload && !request.upload {
            let error = format!("`{}` takes an upload, and none was announced", method.name);
            return Err(Error::invalid_params(error));
        }
        Ok(method)
    }

    /// Waits for the right to run: first the method's own, so that a crowded method holds up no other.
    async fn permits<'m>(
        &'m self,
        method: &'m Method,
    ) -> Result<(Option<SemaphorePermit<'m>>, SemaphorePermit<'m>), AcquireError> {
        let own = match &method.permits {
            Some(permits) => Some(permits.acquire().await?),
            None => None,
        };
        Ok((own, self.daemon.permits.acquire().await?))
    }

    fn finish(&self, call: &Call, answer: Result<Vec<u8>, Error>) {
        let answer = answer.and_then(|line| self.outbox.check("result", &line).map(|()| line));
        let line = answer.unwrap_or_else(|error| self.failure(&call.id, &error));
        self.outbox.push_if(&line, || call.claim_answer());
        self.calls.remove(&call.id);
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
