//! The write side of a connection: many senders, one writer, as few writes as possible.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;

use crate::log;

/// Chunks wait while more than this is queued: enough to keep writes large, little enough to stay flat.
const HIGH_WATER: usize = 256 * 1024;
/// Events are dropped while more than this is queued for a host that does not read.
const EVENT_LIMIT: usize = 4 * 1024 * 1024;
/// A buffer that grew beyond this for a large frame is given back after it.
const RETAINED_CAPACITY: usize = 1024 * 1024;

/// What became of a frame that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offer {
    Queued,
    /// There is no room now.
    Full,
    /// The connection has ended, or the call the frame belongs to.
    Closed,
}

/// The frames that wait to be written. Frames of one sender keep their order; a frame is never split by another.
#[derive(Default)]
pub(crate) struct Outbox {
    queue: Mutex<Queue>,
    /// Wakes the writer.
    filled: Notify,
    /// Wakes senders of chunks.
    drained: Notify,
}

#[derive(Default)]
struct Queue {
    bytes: Vec<u8>,
    closed: bool,
    /// The writer sleeps: whoever adds to the queue wakes it.
    idle: bool,
    dropped_events: u64,
}

impl Outbox {
    /// Queues a control line or a final response. There is always room for those: calls in flight bound them.
    pub(crate) fn push(&self, frame: &[u8]) -> Offer {
        self.offer(frame, usize::MAX, || true)
    }

    /// Queues a chunk, if there is room and `valid` says so at the very moment of queueing.
    pub(crate) fn offer_chunk(&self, frame: &[u8], valid: impl FnOnce() -> bool) -> Offer {
        self.offer(frame, HIGH_WATER, valid)
    }

    /// Queues a final response, unless `valid` says at the very moment of queueing that there was one already.
    pub(crate) fn push_if(&self, frame: &[u8], valid: impl FnOnce() -> bool) -> Offer {
        self.offer(frame, usize::MAX, valid)
    }

    /// Queues an event, or drops it where the host is too slow for events.
    pub(crate) fn offer_event(&self, frame: &[u8]) -> Offer {
        let offer = self.offer(frame, EVENT_LIMIT, || true);
        if offer == Offer::Full {
            let mut queue = self.lock();
            queue.dropped_events += 1;
            // The first, then every power of two: a flood of drops must not become a flood of log lines.
            if queue.dropped_events.is_power_of_two() {
                let count = queue.dropped_events;
                drop(queue);
                log::warn(format_args!(
                    "the host does not keep up: {count} events dropped so far"
                ));
            }
        }
        offer
    }

    fn offer(&self, frame: &[u8], high_water: usize, valid: impl FnOnce() -> bool) -> Offer {
        let mut queue = self.lock();
        if queue.closed {
            return Offer::Closed;
        }
        if queue.bytes.len() >= high_water {
            return Offer::Full;
        }
        if !valid() {
            return Offer::Closed;
        }
        queue.bytes.extend_from_slice(frame);
        let wake = std::mem::take(&mut queue.idle);
        drop(queue);
        if wake {
            self.filled.notify_one();
        }
        Offer::Queued
    }

    /// Waits until a chunk may be queued again, or the connection has ended.
    pub(crate) async fn room(&self) {
        loop {
            let drained = self.drained.notified();
            tokio::pin!(drained);
            // Registered before the look: a writer that drains in between is not missed.
            drained.as_mut().enable();
            {
                let queue = self.lock();
                if queue.closed || queue.bytes.len() < HIGH_WATER {
                    return;
                }
            }
            drained.await;
        }
    }

    /// Takes no more frames; the writer ends when it has written those it has.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_one();
        self.drained.notify_waiters();
    }

    /// Writes until the outbox is closed and empty, or writing fails.
    pub(crate) async fn write_to(&self, mut sink: impl AsyncWrite + Unpin) -> io::Result<()> {
        let mut batch = Vec::new();
        loop {
            {
                let mut queue = self.lock();
                if !queue.bytes.is_empty() {
                    std::mem::swap(&mut queue.bytes, &mut batch);
                } else if queue.closed {
                    return Ok(());
                } else {
                    queue.idle = true;
                }
            }
            if batch.is_empty() {
                self.filled.notified().await;
                continue;
            }
            self.drained.notify_waiters();
            let written = async {
                sink.write_all(&batch).await?;
                sink.flush().await
            };
            if let Err(error) = written.await {
                self.lock().bytes = Vec::new();
                self.close();
                return Err(error);
            }
            batch.clear();
            if batch.capacity() > RETAINED_CAPACITY {
                batch = Vec::new();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // No user code runs under this lock, so a poisoned one is still whole.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
