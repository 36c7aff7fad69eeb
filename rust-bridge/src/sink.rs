//! The chunks of a streaming command.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use futures_core::Stream;
use serde::Serialize;
use tokio::runtime::Handle;

use crate::blob::Blob;
use crate::connection::Connection;
use crate::connection::calls::{Call, Stop};
use crate::connection::outbox::Offer;
use crate::context::Context;
use crate::error::Error;
use crate::wire::encode;

/// The largest piece of raw bytes: other calls get a word in between.
const PIECE: usize = 64 * 1024;

/// What can be sent as a chunk: anything that serializes, and [`Blob`] for raw bytes.
pub trait Chunk {
    /// Appends the frame of the piece that begins at `offset`; gives back where the next one begins.
    #[doc(hidden)]
    fn encode(
        &self,
        offset: usize,
        format: &ChunkFormat,
        line: &mut Vec<u8>,
    ) -> Result<Option<usize>, Error>;
}

/// How the chunks of one call are written.
#[doc(hidden)]
pub struct ChunkFormat {
    prefix: Vec<u8>,
    raw: bool,
}

impl<T: Serialize> Chunk for T {
    fn encode(
        &self,
        _: usize,
        format: &ChunkFormat,
        line: &mut Vec<u8>,
    ) -> Result<Option<usize>, Error> {
        encode::chunk(line, &format.prefix, self)
            .map_err(|error| Error::internal(format!("a chunk is no valid JSON: {error}")))?;
        Ok(None)
    }
}

impl Chunk for Blob {
    fn encode(
        &self,
        offset: usize,
        format: &ChunkFormat,
        line: &mut Vec<u8>,
    ) -> Result<Option<usize>, Error> {
        let end = self.len().min(offset + PIECE);
        let piece = &self[offset..end];
        if format.raw {
            encode::raw_chunk(line, &format.prefix, piece);
        } else {
            BASE64.encode(piece).encode(0, format, line)?;
        }
        Ok((end < self.len()).then_some(end))
    }
}

/// Where a streaming handler sends its chunks. Clones send to the same stream; chunks sent after the handler has
/// returned are refused.
pub struct Sink<C> {
    connection: Arc<Connection>,
    call: Arc<Call>,
    format: Arc<ChunkFormat>,
    runtime: Handle,
    chunk: PhantomData<fn(C)>,
}

impl<C> Clone for Sink<C> {
    fn clone(&self) -> Self {
        Self {
            connection: Arc::clone(&self.connection),
            call: Arc::clone(&self.call),
            format: Arc::clone(&self.format),
            runtime: self.runtime.clone(),
            chunk: PhantomData,
        }
    }
}

impl<C> Sink<C> {
    pub(crate) fn new(context: &Context) -> Self {
        let call = Arc::clone(context.call());
        Self {
            connection: Arc::clone(context.connection()),
            format: Arc::new(ChunkFormat {
                prefix: encode::chunk_prefix(&call.id),
                raw: call.raw,
            }),
            call,
            runtime: Handle::current(),
            chunk: PhantomData,
        }
    }
}

impl<C: Chunk> Sink<C> {
    /// Sends a chunk, and waits while the host does not want any.
    ///
    /// # Errors
    /// When the call is over or to stop, the chunk is larger than a message may be, or no valid JSON.
    pub async fn send(&self, chunk: C) -> Result<(), Error> {
        let mut next = Some(0);
        while let Some(offset) = next {
            let mut frame = Vec::with_capacity(256);
            next = self.encode(&chunk, offset, &mut frame)?;
            // A handler that only sends would never let the connection read a cancel.
            tokio::task::coop::consume_budget().await;
            while let Some(obstacle) = self.offer(&frame)? {
                self.overcome(obstacle).await;
            }
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
        let mut next = Some(0);
        while let Some(offset) = next {
            let mut frame = Vec::with_capacity(256);
            next = self.encode(&chunk, offset, &mut frame)?;
            while let Some(obstacle) = self.offer(&frame)? {
                self.runtime.block_on(self.overcome(obstacle));
            }
        }
        Ok(())
    }

    /// Sends all that a stream yields, each item when the host wants it.
    ///
    /// # Errors
    /// The first error of the stream, and as for [`send`](Self::send).
    pub async fn send_all<E: Into<Error>>(
        &self,
        chunks: impl Stream<Item = Result<C, E>>,
    ) -> Result<(), Error> {
        let mut chunks = pin!(chunks);
        while let Some(chunk) = poll_fn(|task| chunks.as_mut().poll_next(task)).await {
            self.send(chunk.map_err(Into::into)?).await?;
        }
        Ok(())
    }

    fn encode(
        &self,
        chunk: &C,
        offset: usize,
        frame: &mut Vec<u8>,
    ) -> Result<Option<usize>, Error> {
        let next = chunk.encode(offset, &self.format, frame)?;
        self.connection.outbox.check("chunk", frame)?;
        Ok(next)
    }

    /// What is in the way of the chunk; `None` if it was taken.
    fn offer(&self, frame: &[u8]) -> Result<Option<Obstacle>, Error> {
        if let Some(reason) = self.call.stop_reason() {
            return Err(reason.error());
        }
        let mut has_credit = true;
        let offer = self.connection.outbox.offer_chunk(frame, || {
            !self.call.is_answered() && {
                has_credit = self.call.credit.take();
                has_credit
            }
        });
        match offer {
            Offer::Queued => Ok(None),
            Offer::Full => Ok(Some(Obstacle::Room)),
            Offer::Closed if !has_credit && !self.call.credit.is_closed() => {
                Ok(Some(Obstacle::Credit))
            }
            Offer::Closed => Err(Stop::Disconnected.error()),
        }
    }

    async fn overcome(&self, obstacle: Obstacle) {
        let overcome = async {
            match obstacle {
                Obstacle::Room => self.connection.outbox.room().await,
                Obstacle::Credit => self.call.credit.available().await,
            }
        };
        // Threads that wait are not dropped with the handler: the end of the call wakes them.
        tokio::select! {
            () = overcome => {}
            _ = self.call.stopped() => {}
            () = self.call.ended.wait() => {}
        }
    }
}

/// What a chunk has to wait for.
enum Obstacle {
    Room,
    Credit,
}
