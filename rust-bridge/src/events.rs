//! Events: what a daemon says without being asked.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use serde::Serialize;

use crate::connection::outbox::Outbox;
use crate::error::Error;
use crate::wire::encode;

/// Sends events, from anywhere in the daemon. Cheap to clone.
#[derive(Clone)]
pub struct Events {
    audience: Audience,
    max_message_size: usize,
}

#[derive(Clone)]
enum Audience {
    All(Arc<Hub>),
    One(Weak<Outbox>),
}

impl Events {
    pub(crate) fn to_all(hub: &Arc<Hub>, max_message_size: usize) -> Self {
        Self {
            audience: Audience::All(Arc::clone(hub)),
            max_message_size,
        }
    }

    pub(crate) fn to_one(outbox: &Arc<Outbox>, max_message_size: usize) -> Self {
        Self {
            audience: Audience::One(Arc::downgrade(outbox)),
            max_message_size,
        }
    }

    /// Sends an event to all hosts that are connected now, or to the one these events are for. It never waits: a
    /// host that has megabytes unread loses the event, which is counted and logged.
    ///
    /// # Errors
    /// When the data is larger than a message may be, or no valid JSON.
    pub fn emit<T: Serialize + ?Sized>(&self, name: &str, data: &T) -> Result<(), Error> {
        let frame = encode::event(name, data).map_err(|error| {
            Error::internal(format!("the event `{name}` is no valid JSON: {error}"))
        })?;
        if frame.len() - 1 > self.max_message_size {
            return Err(Error::too_large(
                "event",
                frame.len() - 1,
                self.max_message_size,
            ));
        }
        match &self.audience {
            Audience::All(hub) => {
                for outbox in hub.lock().iter() {
                    outbox.offer_event(&frame);
                }
            }
            Audience::One(outbox) => {
                if let Some(outbox) = outbox.upgrade() {
                    outbox.offer_event(&frame);
                }
            }
        }
        Ok(())
    }
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
