//! What all connections of a daemon share.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::command::{Method, Methods};
use crate::error::{Error, code};
use crate::events::{Events, Hub};
use crate::wire::capability::{Capability, MIN_PROTOCOL, PROTOCOL};
use crate::wire::encode;

/// The limits of a daemon, each settable on the builder.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub(crate) max_message_size: usize,
    pub(crate) max_in_flight: usize,
    pub(crate) concurrency: usize,
    pub(crate) drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message_size: 50 * 1024 * 1024,
            max_in_flight: 65_536,
            concurrency: 1_024,
            // Less than hosts wait for the exit after they have closed the input.
            drain_time: Duration::from_secs(4),
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
    /// Where handlers run. Connections have a thread of their own: handlers that block it would block them all.
    pub(crate) workers: Handle,
    /// Classic hosts are refused.
    pub(crate) extended_only: bool,
    /// How many handlers run at once, over all connections.
    pub(crate) permits: Arc<Semaphore>,
    pub(crate) connections: AtomicU64,
}

impl Daemon {
    pub(crate) fn method(&self, name: &str) -> Result<&Arc<Method>, Error> {
        self.methods.get(name).ok_or_else(|| {
            let known: Vec<_> = self.methods.keys().map(String::as_str).collect();
            let known = known.join(", ");
            Error::new(format!("unknown method `{name}`; this daemon has: {known}"))
                .with_code(code::UNKNOWN_METHOD)
        })
    }

    pub(crate) fn needs_extended(&self) -> Error {
        Error::unavailable(
            "this daemon serves only hosts that speak the extended protocol, version 1",
        )
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    pub(crate) fn events(&self) -> Events {
        Events::to_all(&self.hub)
    }

    pub(crate) fn state<S: Send + Sync + 'static>(&self) -> Option<Arc<S>> {
        self.states.get()
    }

    pub(crate) fn next_connection_id(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed)
    }

    /// The first line of every connection.
    pub(crate) fn ready_event(&self) -> Vec<u8> {
        let methods: Vec<_> = self
            .methods
            .values()
            .map(|method| method.describe())
            .collect();
        let mut block = json!({
            "protocol": PROTOCOL,
            "minProtocol": MIN_PROTOCOL,
            "maxMessageSize": self.limits.max_message_size,
            "capabilities": Capability::ALL,
            "methods": methods,
        });
        if self.extended_only {
            block["classic"] = false.into();
        }
        let data = json!({"version": self.version, "rustbridge": block});
        encode::event("ready", &data).expect("the ready event is plain JSON")
    }
}
