//! What all connections of a daemon share.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::command::Methods;
use crate::events::{Events, Hub};
use crate::wire::encode;

/// The limits of a daemon, each settable on the builder.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub(crate) max_message_size: usize,
    pub(crate) max_in_flight: usize,
    pub(crate) drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message_size: 50 * 1024 * 1024,
            max_in_flight: 65_536,
            drain_time: Duration::from_secs(10),
        }
    }
}

/// Shared values of the daemon's own, one of a type.
#[derive(Default)]
pub(crate) struct States(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl States {
    pub(crate) fn insert<S: Send + Sync + 'static>(&mut self, state: S) -> bool {
        self.0.insert(TypeId::of::<S>(), Arc::new(state)).is_none()
    }

    fn get<S: Send + Sync + 'static>(&self) -> Option<Arc<S>> {
        Arc::clone(self.0.get(&TypeId::of::<S>())?).downcast().ok()
    }
}

/// A daemon, ready to serve.
pub(crate) struct Daemon {
    pub(crate) version: String,
    pub(crate) methods: Methods,
    pub(crate) states: States,
    pub(crate) limits: Limits,
    pub(crate) hub: Arc<Hub>,
    pub(crate) connections: AtomicU64,
}

impl Daemon {
    pub(crate) fn methods(&self) -> &Methods {
        &self.methods
    }

    pub(crate) fn method_names(&self) -> Vec<&str> {
        self.methods.keys().map(String::as_str).collect()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    pub(crate) fn events(&self) -> Events {
        Events::to_all(&self.hub, self.limits.max_message_size)
    }

    pub(crate) fn state<S: Send + Sync + 'static>(&self) -> Option<Arc<S>> {
        self.states.get()
    }

    pub(crate) fn next_connection_id(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed)
    }

    /// The first line of every connection.
    pub(crate) fn ready_event(&self) -> Vec<u8> {
        encode::event("ready", &json!({ "version": self.version }))
            .expect("the ready event is plain JSON")
    }
}
