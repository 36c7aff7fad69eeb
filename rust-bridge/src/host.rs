//! Calls of the daemon's to its host.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep_until};

use crate::connection::Connection;
use crate::connection::calls::{Call, Stop};
use crate::connection::host_calls::{HostAnswer, not_taken};
use crate::error::Error;
use crate::wire::call_id::CallId;
use crate::wire::capability::Capability;
use crate::wire::encode;

/// The host, as the handler of one of its commands sees it.
///
/// A call of the host ends, at the latest, with the command on whose behalf it is made: it is cancelled with it,
/// inherits its deadline, and carries its trace.
#[derive(Clone)]
pub struct Host {
    connection: Arc<Connection>,
    call: Arc<Call>,
    timeout: Option<Duration>,
}

impl Host {
    pub(crate) fn new(connection: Arc<Connection>, call: Arc<Call>) -> Self {
        Self {
            connection,
            call,
            timeout: None,
        }
    }

    /// Whether this host takes calls at all; classic ones don't.
    pub fn takes_calls(&self) -> bool {
        self.connection.has(Capability::Calls)
    }

    /// The same host, with a limit for each call. Without one, only the command's deadline counts.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Calls a method of the host's, and waits for its answer.
    ///
    /// While it waits, commands of this host start at once, whatever the limits of concurrency: the host may need
    /// them to answer.
    ///
    /// # Errors
    /// What the host answered, with its code and details; `UNAVAILABLE` if it takes no calls;
    /// `DEADLINE_EXCEEDED` if it did not answer in time; `CANCELLED` if the command is over.
    pub async fn call<P, R>(&self, method: &str, params: &P) -> Result<R, Error>
    where
        P: Serialize + ?Sized,
        R: DeserializeOwned,
    {
        let result = self.exchange(method, params).await?;
        serde_json::from_str(result.get()).map_err(|error| {
            Error::internal(format!(
                "the host's answer to `{method}` does not fit: {error}"
            ))
        })
    }

    async fn exchange<P: Serialize + ?Sized>(&self, method: &str, params: &P) -> HostAnswer {
        if !self.takes_calls() {
            return Err(not_taken());
        }
        if self.call.is_answered() {
            return Err(Stop::Cancelled.error());
        }
        let deadline = self.deadline();
        let id = self.connection.host_calls.next_id();
        let line = self.encode(&id, method, params, deadline)?;
        let answer = self.connection.host_calls.begin(&id);
        let _pending = Pending {
            connection: &self.connection,
            id,
        };
        self.connection.outbox.push(&line);
        let expired = async {
            match deadline {
                Some(deadline) => sleep_until(deadline).await,
                None => pending().await,
            }
        };
        tokio::select! {
            biased;
            answer = answer => answer.unwrap_or_else(|_| Err(Stop::Disconnected.error())),
            () = self.call.ended.wait() => Err(Stop::Cancelled.error()),
            () = self.connection.closed.wait() => Err(Stop::Disconnected.error()),
            () = expired => Err(Stop::Expired.error()),
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let own = self
            .timeout
            .and_then(|timeout| Instant::now().checked_add(timeout));
        match (own, self.call.deadline) {
            (Some(own), Some(command)) => Some(own.min(command)),
            (own, command) => own.or(command),
        }
    }

    fn encode<P: Serialize + ?Sized>(
        &self,
        id: &CallId,
        method: &str,
        params: &P,
        deadline: Option<Instant>,
    ) -> Result<Vec<u8>, Error> {
        let left = deadline
            .filter(|_| self.connection.has(Capability::Deadline))
            .map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let trace = self.call.trace.as_ref();
        let line = encode::call(id, method, params, left, trace).map_err(|error| {
            Error::internal(format!(
                "the params of `{method}` are no valid JSON: {error}"
            ))
        })?;
        self.connection.outbox.check("call", &line)?;
        Ok(line)
    }
}

/// A call in flight; dropped before its answer came, it is cancelled.
struct Pending<'c> {
    connection: &'c Connection,
    id: CallId,
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if self.connection.host_calls.forget(&self.id) && self.connection.has(Capability::Cancel) {
            self.connection.outbox.push(&encode::cancel(&self.id));
        }
    }
}
