//! The chunks of a streaming command.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use tokio::runtime::Handle;

use crate::connection::Connection;
use crate::connection::calls::{Call, Stop};
use crate::connection::outbox::Offer;
use crate::context::Context;
use crate::error::Error;
use crate::wire::encode;

/// Where a streaming handler sends its chunks. Clones send to the same stream; chunks sent after the handler has
/// returned are refused.
pub struct Sink<C> {
    connection: Arc<Connection>,
    call: Arc<Call>,
    prefix: Arc<[u8]>,
    runtime: Handle,
    chunk: PhantomData<fn(C)>,
}

impl<C> Clone for Sink<C> {
    fn clone(&self) -> Self {
        Self {
            connection: Arc::clone(&self.connection),
            call: Arc::clone(&self.call),
            prefix: Arc::clone(&self.prefix),
            runtime: self.runtime.clone(),
            chunk: PhantomData,
        }
    }
}

impl<C> Sink<C> {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            connection: Arc::clone(context.connection()),
            call: Arc::clone(context.call()),
            prefix: encode::chunk_prefix(context.id()).into(),
            runtime: Handle::current(),
            chunk: PhantomData,
        }
    }
}

impl<C: Serialize> Sink<C> {
    /// Sends a chunk, and waits while the host does not take any.
    ///
    /// # Errors
    /// When the call is over or to stop, the chunk is larger than a message may be, or no valid JSON.
    pub async fn send(&self, chunk: C) -> Result<(), Error> {
        let frame = self.encode(&chunk)?;
        // A handler that only sends would never let the connection read a cancel.
        tokio::task::coop::consume_budget().await;
        while !self.offer(&frame)? {
            self.connection.outbox.room().await;
        }
        Ok(())
    }

    /// Like [`send`](Self::send), for threads outside of the runtime and for `spawn_blocking`.
    ///
    /// # Errors
    /// As for [`send`](Self::send).
    ///
    /// # Panics
    /// If it has to wait on a thread that runs async tasks.
    pub fn blocking_send(&self, chunk: C) -> Result<(), Error> {
        let frame = self.encode(&chunk)?;
        while !self.offer(&frame)? {
            self.runtime.block_on(self.connection.outbox.room());
        }
        Ok(())
    }

    fn encode(&self, chunk: &C) -> Result<Vec<u8>, Error> {
        let mut frame = Vec::with_capacity(256);
        encode::chunk(&mut frame, &self.prefix, chunk)
            .map_err(|error| Error::internal(format!("a chunk is no valid JSON: {error}")))?;
        let limit = self.connection.daemon.limits().max_message_size;
        match frame.len() - 1 > limit {
            true => Err(Error::too_large("chunk", frame.len() - 1, limit)),
            false => Ok(frame),
        }
    }

    /// Whether the chunk was taken.
    fn offer(&self, frame: &[u8]) -> Result<bool, Error> {
        if let Some(reason) = self.call.stop_reason() {
            return Err(reason.error());
        }
        let offer = self
            .connection
            .outbox
            .offer_chunk(frame, || !self.call.is_answered());
        match offer {
            Offer::Queued => Ok(true),
            Offer::Full => Ok(false),
            Offer::Closed => Err(Stop::Disconnected.error()),
        }
    }
}
