//! The command `stats`: what this daemon has done so far.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use rustbridge::{Context, Error};
use serde::Serialize;

use crate::watch::Watches;

/// Counts what all searches do.
pub struct Counters {
    started: Instant,
    searches: AtomicU64,
    running: AtomicU64,
    files: AtomicU64,
    hits: AtomicU64,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            searches: AtomicU64::new(0),
            running: AtomicU64::new(0),
            files: AtomicU64::new(0),
            hits: AtomicU64::new(0),
        }
    }
}

impl Counters {
    pub fn search_started(self: &Arc<Self>) -> Running {
        self.searches.fetch_add(1, Relaxed);
        self.running.fetch_add(1, Relaxed);
        Running(Arc::clone(self))
    }
}

/// A search that runs, until this is dropped.
pub struct Running(Arc<Counters>);

impl Running {
    pub fn finished(self, files: u64, hits: u64) {
        self.0.files.fetch_add(files, Relaxed);
        self.0.hits.fetch_add(hits, Relaxed);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Relaxed);
    }
}

/// The answer of `stats`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// Searches since the start, those that run among them.
    searches: u64,
    running: u64,
    /// Files searched, by searches that have ended.
    files: u64,
    /// Hits found, by searches that have ended.
    hits: u64,
    watches: usize,
    uptime_ms: u64,
    pid: u32,
}

pub async fn stats(context: Context, (): ()) -> Result<Stats, Error> {
    let counters = context.state::<Counters>();
    Ok(Stats {
        searches: counters.searches.load(Relaxed),
        running: counters.running.load(Relaxed),
        files: counters.files.load(Relaxed),
        hits: counters.hits.load(Relaxed),
        watches: context.state::<Watches>().count(),
        uptime_ms: u64::try_from(counters.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        pid: std::process::id(),
    })
}
