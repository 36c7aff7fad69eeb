//! The write side of a connection: many senders, one writer, as few writes as possible.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::Notify;
use tracing::warn;

use crate::error::Error;

/// Chunks wait while more than this is queued: enough to keep writes large, little enough to stay flat.
const HIGH_WATER: usize = 256 * 1024;
/// Events are dropped while more than this of them is queued for a host that does not read.
const EVENT_LIMIT: usize = 4 * 1024 * 1024;
/// The host's commands are not read on while more than this is queued.
const READ_LIMIT: usize = 4 * 1024 * 1024;
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
pub(crate) struct Outbox {
    /// The largest message that the host takes.
    limit: AtomicUsize,
    /// Whether its events may carry a trace.
    traces: AtomicBool,
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
    /// How much of `bytes` are events.
    event_bytes: usize,
    dropped_events: u64,
}

impl Outbox {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit: AtomicUsize::new(limit),
            traces: AtomicBool::new(false),
            queue: Mutex::default(),
            filled: Notify::new(),
            drained: Notify::new(),
        }
    }

    /// The host told what it takes.
    pub(crate) fn limit(&self, bytes: usize) {
        self.limit.store(bytes, Ordering::Relaxed);
    }

    /// The host continues traces.
    pub(crate) fn take_traces(&self) {
        self.traces.store(true, Ordering::Relaxed);
    }

    pub(crate) fn takes_traces(&self) -> bool {
        self.traces.load(Ordering::Relaxed)
    }

    /// Fails if a frame is larger than the host takes; its newline does not count.
    pub(crate) fn check(&self, what: &str, frame: &[u8]) -> Result<(), Error> {
        let (length, limit) = (frame.len() - 1, self.limit.load(Ordering::Relaxed));
        match length > limit {
            true => Err(Error::too_large(what, length, limit)),
            false => Ok(()),
        }
    }

    /// Queues a control line. There is always room for those: calls in flight bound them.
    pub(crate) fn push(&self, frame: &[u8]) -> Offer {
        self.offer(frame, |_| Offer::Queued)
    }

    /// Queues a final response, unless `valid` says at the very moment of queueing that there was one already.
    pub(crate) fn push_if(&self, frame: &[u8], valid: impl FnOnce() -> bool) -> Offer {
        self.offer(frame, |_| {
            if valid() {
                Offer::Queued
            } else {
                Offer::Closed
            }
        })
    }

    /// Queues a chunk, if there is room and `valid` says so at the very moment of queueing.
    pub(crate) fn offer_chunk(&self, frame: &[u8], valid: impl FnOnce() -> bool) -> Offer {
        self.offer(frame, |queue| {
            if queue.bytes.len() >= HIGH_WATER {
                Offer::Full
            } else if valid() {
                Offer::Queued
            } else {
                Offer::Closed
            }
        })
    }

    /// Queues an event, or drops it where the host is too slow for events.
    pub(crate) fn offer_event(&self, frame: &[u8]) -> Offer {
        let mut dropped = 0;
        let offer = self.offer(frame, |queue| {
            if queue.event_bytes >= EVENT_LIMIT {
                queue.dropped_events += 1;
                dropped = queue.dropped_events;
                return Offer::Full;
            }
            queue.event_bytes += frame.len();
            Offer::Queued
        });
        // The first, then every power of two: a flood of drops must not become a flood of log lines.
        if dropped.is_power_of_two() {
            warn!("the host does not keep up: {dropped} events dropped so far");
        }
        offer
    }

    fn offer(&self, frame: &[u8], judge: impl FnOnce(&mut Queue) -> Offer) -> Offer {
        let mut queue = self.lock();
        if queue.closed {
            return Offer::Closed;
        }
        let offer = judge(&mut queue);
        if offer != Offer::Queued {
            return offer;
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
        self.below(HIGH_WATER).await;
    }

    /// Waits until the host has read enough of what it got to send more, or the connection has ended.
    pub(crate) async fn read_on(&self) {
        self.below(READ_LIMIT).await;
    }

    async fn below(&self, limit: usize) {
        let is_below = || {
            let queue = self.lock();
            queue.closed || queue.bytes.len() < limit
        };
        while !is_below() {
            let drained = self.drained.notified();
            tokio::pin!(drained);
            // Registered before another look: a writer that drains in between is not missed.
            drained.as_mut().enable();
            if is_below() {
                return;
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
                    queue.event_bytes = 0;
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
