//! What a handler knows about its call, and can do besides answering it.

use std::any::type_name;
use std::sync::Arc;
use std::time::Instant;

use crate::connection::Connection;
use crate::connection::calls::Call;
use crate::events::Events;
use crate::host::Host;
use crate::scope;
use crate::trace::TraceContext;

/// The context of one call. Cheap to clone, and may outlive the call.
#[derive(Clone)]
pub struct Context {
    connection: Arc<Connection>,
    call: Arc<Call>,
}

impl Context {
    pub(crate) fn new(connection: Arc<Connection>, call: Arc<Call>) -> Self {
        Self { connection, call }
    }

    /// The command's name.
    pub fn method(&self) -> &str {
        &self.call.method
    }

    /// Waits until the call is to stop: the host gave it up or is gone, its deadline has passed, or the daemon ends.
    ///
    /// A handler needs this only for work that it handed elsewhere, or after
    /// [`stop_gracefully`](Self::stop_gracefully): else it is itself dropped at its next `await`.
    pub async fn cancelled(&self) {
        self.call.stopped().await;
    }

    /// Whether the call is to stop, or is over. For loops in code that never awaits.
    pub fn is_cancelled(&self) -> bool {
        self.call.is_answered() || self.call.stop_reason().is_some()
    }

    /// From now on the handler is not dropped when the call is to stop: it has to look at
    /// [`cancelled`](Self::cancelled), and comes to its end itself. What it answers then is the call's answer.
    pub fn stop_gracefully(&self) {
        self.call.stop_gracefully();
    }

    /// When the call's time is used up, if the host set a limit. The handler is dropped then.
    pub fn deadline(&self) -> Option<Instant> {
        self.call.deadline.map(Into::into)
    }

    /// The trace that the call belongs to, if the host sent one.
    pub fn trace(&self) -> Option<&TraceContext> {
        self.call.trace.as_ref()
    }

    /// The host that sent this command, to be called in turn.
    pub fn host(&self) -> Host {
        Host::new(Arc::clone(&self.connection), Arc::clone(&self.call))
    }

    /// Runs `run` as part of this call: its log lines name the call and its trace, its events carry the trace. For
    /// work that a handler hands to tasks and threads; on its own the handler is part of its call anyway.
    pub fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        scope::within(&self.call, run)
    }

    /// Events to all hosts that are connected.
    pub fn events(&self) -> Events {
        self.connection.daemon.events()
    }

    /// The host that sent this command.
    pub fn caller(&self) -> Caller {
        Caller {
            connection: Arc::clone(&self.connection),
        }
    }

    /// The state of type `S` that was given to [`Sidecar::state`](crate::Sidecar::state).
    ///
    /// # Panics
    /// If there is none; the caller gets that as an error that names the type.
    pub fn state<S: Send + Sync + 'static>(&self) -> Arc<S> {
        self.connection.daemon.state().unwrap_or_else(|| {
            panic!(
                "no state of type {0}: give one to Sidecar::state",
                type_name::<S>()
            )
        })
    }

    pub(crate) fn call(&self) -> &Arc<Call> {
        &self.call
    }

    pub(crate) fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }
}

/// One connected host.
#[derive(Clone)]
pub struct Caller {
    connection: Arc<Connection>,
}

impl Caller {
    /// A number that no other connection of this daemon has, had or will have.
    pub fn id(&self) -> u64 {
        self.connection.id
    }

    /// Events to this host only.
    pub fn events(&self) -> Events {
        Events::to_one(&self.connection.outbox)
    }

    /// Waits until the host is gone. What was set up on its behalf can be taken down then.
    pub async fn closed(&self) {
        self.connection.closed.wait().await;
    }
}
