//! The command `search`: a walk over a tree, parallel over its files.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use grep_regex::RegexMatcher;
use grep_searcher::{BinaryDetection, Searcher, SearcherBuilder, Sink as SearchSink, SinkMatch};
use ignore::{DirEntry, WalkState};
use rustbridge::{Context, Error, Sink};
use serde::Serialize;

use crate::hit::Hit;
use crate::query::Query;
use crate::stats::{Counters, Running};

/// A file with longer lines is skipped: each line is held in memory as a whole.
const MAX_LINE: usize = 64 * 1024 * 1024;

/// The answer of `search`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// How many files were searched.
    files: u64,
    hits: u64,
    /// What could not be read.
    skipped: u64,
    elapsed_ms: u64,
    /// Whether there are more hits than were asked for.
    truncated: bool,
}

pub async fn search(context: Context, query: Query, hits: Sink<Hit>) -> Result<Summary, Error> {
    let counters = context.state::<Counters>();
    let matcher = query.matcher()?;
    // The walk reads folders and waits for the host's demand: that belongs on threads of its own.
    tokio::task::spawn_blocking(move || {
        let walk = query.walk()?;
        let search = Search {
            running: counters.search_started(),
            started: Instant::now(),
            context,
            query,
            matcher,
            hits,
            files: AtomicU64::new(0),
            found: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
            truncated: AtomicBool::new(false),
        };
        walk.build_parallel().run(|| {
            let mut searcher = searcher();
            let search = &search;
            Box::new(move |entry| {
                search
                    .context
                    .in_scope(|| search.visit(&mut searcher, entry))
            })
        });
        Ok(search.finish())
    })
    .await?
}

fn searcher() -> Searcher {
    SearcherBuilder::new()
        // As ripgrep does with files that were not named one by one.
        .binary_detection(BinaryDetection::quit(b'\x00'))
        .line_number(true)
        .heap_limit(Some(MAX_LINE))
        .build()
}

/// One search, shared by the threads that walk.
struct Search {
    running: Running,
    started: Instant,
    context: Context,
    query: Query,
    matcher: RegexMatcher,
    hits: Sink<Hit>,
    files: AtomicU64,
    found: AtomicU64,
    skipped: AtomicU64,
    truncated: AtomicBool,
}

impl Search {
    fn visit(&self, searcher: &mut Searcher, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        if self.is_over() {
            return WalkState::Quit;
        }
        let searched = match entry {
            Ok(entry) if is_file(&entry) => {
                self.files.fetch_add(1, Relaxed);
                self.search_file(searcher, entry.path())
            }
            Ok(_) => Ok(()),
            Err(error) => Err(io::Error::other(error)),
        };
        if self.is_over() {
            return WalkState::Quit;
        }
        if let Err(error) = searched {
            self.skipped.fetch_add(1, Relaxed);
            tracing::warn!("skipped: {error}");
        }
        WalkState::Continue
    }

    fn search_file(&self, searcher: &mut Searcher, path: &Path) -> io::Result<()> {
        let in_file =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let file = File::open(path).map_err(in_file)?;
        let sink = FileHits {
            search: self,
            path: self.relative(path),
        };
        searcher
            .search_reader(&self.matcher, Interruptible { file, search: self }, sink)
            .map_err(in_file)
    }

    fn relative(&self, path: &Path) -> String {
        let relative = path
            .strip_prefix(&self.query.root)
            .ok()
            .filter(|relative| !relative.as_os_str().is_empty());
        relative.unwrap_or(path).to_string_lossy().into_owned()
    }

    fn is_over(&self) -> bool {
        self.truncated.load(Relaxed) || self.context.is_cancelled()
    }

    /// Takes one of the hits that were asked for; false if there are none left.
    fn take_hit(&self) -> bool {
        let limit = self.query.max_hits.unwrap_or(u64::MAX);
        let taken = self.found.fetch_update(Relaxed, Relaxed, |found| {
            (found < limit).then_some(found + 1)
        });
        if taken.is_err() {
            self.truncated.store(true, Relaxed);
        }
        taken.is_ok()
    }

    fn finish(self) -> Summary {
        let summary = Summary {
            files: self.files.into_inner(),
            hits: self.found.into_inner(),
            skipped: self.skipped.into_inner(),
            elapsed_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            truncated: self.truncated.into_inner(),
        };
        self.running.finished(summary.files, summary.hits);
        summary
    }
}

/// A named file is searched even where it is a link to one; within the tree, links are not followed.
fn is_file(entry: &DirEntry) -> bool {
    match entry.depth() {
        0 => entry.path().is_file(),
        _ => entry.file_type().is_some_and(|kind| kind.is_file()),
    }
}

/// Sends the hits in one file.
struct FileHits<'s> {
    search: &'s Search,
    path: String,
}

impl SearchSink for FileHits<'_> {
    type Error = io::Error;

    fn matched(&mut self, _: &Searcher, found: &SinkMatch<'_>) -> io::Result<bool> {
        if !self.search.take_hit() {
            return Ok(false);
        }
        let hit = Hit::new(
            self.path.clone(),
            found.line_number().unwrap_or_default(),
            found.bytes(),
            &self.search.matcher,
        );
        self.search
            .hits
            .blocking_send(hit)
            .map_err(io::Error::other)?;
        Ok(true)
    }
}

/// A file that ends early when its search is over, however large it is.
struct Interruptible<'s> {
    file: File,
    search: &'s Search,
}

impl Read for Interruptible<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.search.is_over() {
            true => Ok(0),
            false => self.file.read(buffer),
        }
    }
}
