//! What a daemon does besides answering commands.

use std::any::type_name;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::daemon::Daemon;
use crate::events::Events;
use crate::shutdown::Shutdown;

/// The daemon, as a task in its background sees it. Cheap to clone.
#[derive(Clone)]
pub struct Background {
    daemon: Arc<Daemon>,
    shutdown: Shutdown,
}

/// A task that waits for its daemon.
pub(crate) type Task =
    Box<dyn FnOnce(Background) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

impl Background {
    pub(crate) fn new(daemon: &Arc<Daemon>, shutdown: &Shutdown) -> Self {
        Self {
            daemon: Arc::clone(daemon),
            shutdown: shutdown.clone(),
        }
    }

    /// Events to all hosts that are connected.
    pub fn events(&self) -> Events {
        self.daemon.events()
    }

    /// The state of type `S` that was given to [`Sidecar::state`](crate::Sidecar::state).
    ///
    /// # Panics
    /// If there is none.
    pub fn state<S: Send + Sync + 'static>(&self) -> Arc<S> {
        self.daemon.state().unwrap_or_else(|| {
            panic!(
                "no state of type {}: give one to Sidecar::state",
                type_name::<S>()
            )
        })
    }

    /// Waits until the daemon is to end. It does not wait for its background.
    pub async fn stopping(&self) {
        self.shutdown.requested().await;
    }
}
