//! Events: what a daemon says without being asked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use serde::Serialize;

use crate::connection::outbox::Outbox;
use crate::error::Error;
use crate::scope;
use crate::wire::encode;

/// Sends events, from anywhere in the daemon. Cheap to clone.
///
/// An event that the handler of a command sends carries the trace of its command, as the handler's log lines do, and
/// the listeners in the application go on with it. Work that a handler hands to a task or a thread is part of the
/// command within [`Context::in_scope`](crate::Context::in_scope); what is sent from elsewhere carries no trace.
#[derive(Clone)]
pub struct Events(Audience);

#[derive(Clone)]
enum Audience {
    All(Arc<Hub>),
    One(Weak<Outbox>),
}

impl Events {
    pub(crate) fn to_all(hub: &Arc<Hub>) -> Self {
        Self(Audience::All(Arc::clone(hub)))
    }

    pub(crate) fn to_one(outbox: &Arc<Outbox>) -> Self {
        Self(Audience::One(Arc::downgrade(outbox)))
    }

    /// Sends an event to all hosts that are connected now, or to the one these events are for. It never waits: a
    /// host that has megabytes of events unread loses this one, which is counted and logged.
    ///
    /// # Errors
    /// When the data is no valid JSON, or larger than one of the hosts takes; the others get it all the same.
    pub fn emit<T: Serialize + ?Sized>(&self, name: &str, data: &T) -> Result<(), Error> {
        let plain = encode::event(name, data).map_err(|error| {
            Error::internal(format!("the event `{name}` is no valid JSON: {error}"))
        })?;
        let call = scope::current();
        let trace = call.as_ref().and_then(|call| call.trace.as_ref());
        let traced = trace.map(|trace| encode::traced(&plain, trace));
        let frame_for = |outbox: &Outbox| match &traced {
            Some(traced) if outbox.takes_traces() => traced,
            _ => &plain,
        };
        match &self.0 {
            Audience::All(hub) => hub
                .lock()
                .iter()
                .map(|outbox| offer(outbox, frame_for(outbox)))
                .fold(Ok(()), Result::and),
            Audience::One(outbox) => outbox
                .upgrade()
                .map_or(Ok(()), |outbox| offer(&outbox, frame_for(&outbox))),
        }
    }
}

fn offer(outbox: &Outbox, frame: &[u8]) -> Result<(), Error> {
    outbox.check("event", frame)?;
    outbox.offer_event(frame);
    Ok(())
}

/// The connections that events go to.
#[derive(Default)]
pub(crate) struct Hub {
    outboxes: Mutex<Vec<Arc<Outbox>>>,
}

impl Hub {
    /// Adds a connection, for as long as the registration lives.
    pub(crate) fn add(self: &Arc<Self>, outbox: &Arc<Outbox>) -> Registration {
        self.lock().push(Arc::clone(outbox));
        Registration {
            hub: Arc::clone(self),
            outbox: Arc::clone(outbox),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Outbox>>> {
        self.outboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps a connection among those that events go to.
pub(crate) struct Registration {
    hub: Arc<Hub>,
    outbox: Arc<Outbox>,
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.hub
            .lock()
            .retain(|outbox| !Arc::ptr_eq(outbox, &self.outbox));
    }
}
