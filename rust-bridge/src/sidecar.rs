//! The builder of a daemon.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::background::{Background, Task};
use crate::command::{Method, Methods};
use crate::context::Context;
use crate::daemon::{Daemon, Limits, States};
use crate::error::Error;
use crate::events::{Events, Hub};
use crate::shutdown::Shutdown;
use crate::sink::{Chunk, Sink};
use crate::upload::{Upload, UploadItem};

/// A daemon in the making: commands, state, limits. [`main`](Self::main) or [`run`](Self::run) brings it to life.
#[must_use = "a sidecar does nothing until it is run"]
pub struct Sidecar {
    version: String,
    methods: Methods,
    states: States,
    limits: Limits,
    hub: Arc<Hub>,
    extended_only: bool,
    tasks: Vec<Task>,
}

impl Default for Sidecar {
    fn default() -> Self {
        Self::new()
    }
}

impl Sidecar {
    /// A daemon without commands.
    pub fn new() -> Self {
        Self {
            version: "0.0.0".to_owned(),
            methods: Methods::new(),
            states: States::default(),
            limits: Limits::default(),
            hub: Arc::default(),
            extended_only: false,
            tasks: Vec::new(),
        }
    }

    /// The version that the ready event tells; usually `env!("CARGO_PKG_VERSION")`.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Adds a command that answers once: `async fn(Context, Params) -> Result<Answer, Error>`.
    ///
    /// # Panics
    /// If there is a command of that name, or the name is reserved (it begins with `$`).
    pub fn command<P, R, E, F, Fut>(self, name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        self.method(Method::unary(name, handler))
    }

    /// Adds a command that sends chunks before its answer:
    /// `async fn(Context, Params, Sink<Chunk>) -> Result<Answer, Error>`.
    ///
    /// # Panics
    /// As for [`command`](Self::command).
    pub fn streaming<P, C, R, E, F, Fut>(self, name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        C: Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P, Sink<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        self.method(Method::streaming(name, handler))
    }

    /// Adds a command whose chunks are those of a stream: `fn(Context, Params) -> impl Stream<Item = Result<Chunk, Error>>`.
    /// Its answer is `null`, or the stream's first error.
    ///
    /// # Panics
    /// As for [`command`](Self::command).
    pub fn stream<P, C, E, F, S>(self, name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        C: Chunk + Send + Sync + 'static,
        E: Into<Error> + Send + 'static,
        F: Fn(Context, P) -> S + Send + Sync + 'static,
        S: Stream<Item = Result<C, E>> + Send + 'static,
    {
        self.streaming(name, move |context: Context, params: P, sink: Sink<C>| {
            let chunks = handler(context, params);
            async move { sink.send_all(chunks).await }
        })
    }

    /// Adds a command to which the host uploads items:
    /// `async fn(Context, Params, Upload<Item>) -> Result<Answer, Error>`. Classic hosts can't.
    ///
    /// # Panics
    /// As for [`command`](Self::command).
    pub fn upload<P, T, R, E, F, Fut>(self, name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        T: UploadItem + Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P, Upload<T>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        self.method(Method::upload(name, handler))
    }

    /// Adds a command to which the host uploads items, and which sends chunks:
    /// `async fn(Context, Params, Upload<Item>, Sink<Chunk>) -> Result<Answer, Error>`.
    ///
    /// # Panics
    /// As for [`command`](Self::command).
    pub fn duplex<P, T, C, R, E, F, Fut>(self, name: &str, handler: F) -> Self
    where
        P: DeserializeOwned + Send + 'static,
        T: UploadItem + Send + 'static,
        C: Send + 'static,
        R: Serialize + Send + 'static,
        E: Into<Error>,
        F: Fn(Context, P, Upload<T>, Sink<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        self.method(Method::duplex(name, handler))
    }

    /// How many calls of one command run at once; more wait. Default: as many as all commands together.
    ///
    /// Commands that come while a handler waits for the answer of its host do not wait: that answer may depend on
    /// them, and all would stand still.
    ///
    /// # Panics
    /// If there is no such command yet, or `calls` is 0.
    pub fn limit(mut self, command: &str, calls: usize) -> Self {
        assert!(
            calls > 0,
            "a limit of 0 would keep `{command}` from ever running"
        );
        self.existing(command).permits = Some(Arc::new(Semaphore::new(calls)));
        self
    }

    /// Keeps a command on the threads of the workers, even if its handler is quick: for handlers that need such a
    /// thread, by `tokio::task::block_in_place` for instance.
    ///
    /// # Panics
    /// If there is no such command yet.
    pub fn on_workers(mut self, command: &str) -> Self {
        self.existing(command).on_workers = true;
        self
    }

    /// How many calls of all commands and hosts run at once; more wait. Default: 1,024. As with
    /// [`limit`](Self::limit), those that come while a handler waits for its host do not wait.
    ///
    /// # Panics
    /// If `calls` is 0.
    pub fn concurrency(mut self, calls: usize) -> Self {
        assert!(
            calls > 0,
            "a concurrency of 0 would keep every command from running"
        );
        self.limits.concurrency = calls;
        self
    }

    /// Refuses hosts that speak only the classic protocol.
    pub fn extended_only(mut self) -> Self {
        self.extended_only = true;
        self
    }

    /// Adds a value that all handlers share: [`Context::state`] finds it by its type.
    ///
    /// # Panics
    /// If there is one of this type already.
    pub fn state<S: Send + Sync + 'static>(mut self, state: S) -> Self {
        assert!(
            self.states.insert(state),
            "there is a state of type {} already",
            std::any::type_name::<S>()
        );
        self
    }

    /// Adds a task that runs for as long as the daemon does, from before its ready event: for events that nobody
    /// asked for, caches to be kept fresh, and so on.
    pub fn background<F, Fut>(mut self, task: F) -> Self
    where
        F: FnOnce(Background) -> Fut + Send + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        self.tasks
            .push(Box::new(|background| Box::pin(task(background))));
        self
    }

    /// The largest message in either direction, in bytes without the newline. Default: 50 MiB, as on the host.
    pub fn max_message_size(mut self, bytes: usize) -> Self {
        self.limits.max_message_size = bytes;
        self
    }

    /// How many calls of one host may be in flight, those that wait to run included; more are refused at once.
    /// Default: 65,536.
    pub fn max_in_flight(mut self, calls: usize) -> Self {
        self.limits.max_in_flight = calls;
        self
    }

    /// How long calls in flight may take to finish when the daemon is to end. Default: 4 s,
    /// less than the 5 s that a host waits for the exit by default.
    pub fn drain_time(mut self, time: Duration) -> Self {
        self.limits.drain_time = time;
        self
    }

    /// Events to all hosts that are connected, for parts of the daemon that are no handlers.
    pub fn events(&self) -> Events {
        Events::to_all(&self.hub)
    }

    fn method(mut self, method: Method) -> Self {
        let name = method.name.clone();
        assert!(
            !name.starts_with('$'),
            "the command name `{name}` is reserved: choose one without `$`"
        );
        let other = self.methods.insert(name.clone(), Arc::new(method));
        assert!(other.is_none(), "there is a command `{name}` already");
        self
    }

    fn existing(&mut self, command: &str) -> &mut Method {
        self.methods
            .get_mut(command)
            .and_then(Arc::get_mut)
            .unwrap_or_else(|| panic!("there is no command `{command}` yet"))
    }

    /// The daemon, with its background running.
    pub(crate) fn start(self, workers: Handle, shutdown: &Shutdown) -> Arc<Daemon> {
        let daemon = Arc::new(Daemon {
            workers,
            version: self.version,
            methods: self.methods,
            states: self.states,
            permits: Arc::new(Semaphore::new(self.limits.concurrency)),
            limits: self.limits,
            hub: self.hub,
            extended_only: self.extended_only,
            connections: AtomicU64::new(1),
        });
        for task in self.tasks {
            let background = Background::new(&daemon, shutdown);
            daemon.workers.spawn(task(background));
        }
        daemon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "there is a command `a` already")]
    fn a_command_can_not_be_added_twice() {
        let handler = |_: Context, (): ()| async { Ok::<_, Error>(()) };
        let _ = Sidecar::new().command("a", handler).command("a", handler);
    }

    #[test]
    #[should_panic(expected = "reserved")]
    fn a_reserved_name_is_refused() {
        let _ = Sidecar::new().command("$ping", |_: Context, (): ()| async { Ok::<_, Error>(()) });
    }
}
