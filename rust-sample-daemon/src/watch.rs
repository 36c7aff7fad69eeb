//! The commands `watch` and `unwatch`, and the event `fileChanged`.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use notify::event::{ModifyKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use rustbridge::{Context, Error, Events};
use serde::{Deserialize, Serialize};

use crate::query::existing_root;

/// A file that is written piece by piece changes once, not at each piece.
const QUIET: Duration = Duration::from_millis(100);

/// The watches of all hosts. Each ends with `unwatch`, or with its host's connection.
#[derive(Default)]
pub struct Watches(Mutex<HashMap<Key, RecommendedWatcher>>);

/// A host and a root: two hosts that watch one folder don't know of each other.
type Key = (u64, PathBuf);

impl Watches {
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, RecommendedWatcher>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the watches of a host, or only the one on `root`; says how many there were.
    fn remove(&self, host: u64, root: Option<&Path>) -> usize {
        let mut watches = self.lock();
        let before = watches.len();
        watches.retain(|(owner, watched), _| {
            *owner != host || root.is_some_and(|root| root != watched)
        });
        before - watches.len()
    }
}

/// The parameters of `watch`.
#[derive(Debug, Deserialize)]
pub struct Watch {
    root: PathBuf,
}

/// The parameters of `unwatch`; without a root all watches of this host end.
#[derive(Debug, Deserialize)]
pub struct Unwatch {
    root: Option<PathBuf>,
}

/// The answer of `watch`.
#[derive(Debug, Serialize)]
pub struct Watched {
    /// The root as the events name it.
    root: PathBuf,
}

/// The answer of `unwatch`.
#[derive(Debug, Serialize)]
pub struct Unwatched {
    stopped: usize,
}

/// The event `fileChanged`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct FileChanged {
    root: String,
    /// Relative to the root.
    path: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Created,
    Modified,
    Removed,
}

pub async fn watch(context: Context, Watch { root }: Watch) -> Result<Watched, Error> {
    existing_root(&root)?;
    let root = root.canonicalize()?;
    let caller = context.caller();
    let key = (caller.id(), root.clone());
    let watches = context.state::<Watches>();
    if watches.lock().contains_key(&key) {
        return Ok(Watched { root });
    }
    let mut changes = Changes::new(root.clone(), caller.events());
    let watched = root.clone();
    // A recursive watch walks the whole tree first.
    let watcher = tokio::task::spawn_blocking(move || {
        let mut watcher = notify::recommended_watcher(move |event| changes.report(event))?;
        watcher.watch(&watched, RecursiveMode::Recursive)?;
        Ok::<_, notify::Error>(watcher)
    })
    .await?
    .map_err(|error| Error::unavailable(format!("cannot watch {}: {error}", root.display())))?;
    watches.lock().insert(key, watcher);
    tokio::spawn(async move {
        caller.closed().await;
        watches.remove(caller.id(), None);
    });
    Ok(Watched { root })
}

pub async fn unwatch(context: Context, Unwatch { root }: Unwatch) -> Result<Unwatched, Error> {
    // A root that was removed meanwhile can still be named as `watch` answered it.
    let root = root.map(|root| root.canonicalize().unwrap_or(root));
    let stopped = context
        .state::<Watches>()
        .remove(context.caller().id(), root.as_deref());
    Ok(Unwatched { stopped })
}

/// Turns what the system reports into events.
struct Changes {
    root: PathBuf,
    events: Events,
    last: Option<(FileChanged, Instant)>,
}

impl Changes {
    fn new(root: PathBuf, events: Events) -> Self {
        Self {
            root,
            events,
            last: None,
        }
    }

    fn report(&mut self, event: notify::Result<notify::Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                tracing::warn!("watching {}: {error}", self.root.display());
                return;
            }
        };
        for path in &event.paths {
            if let Some(change) = self.change(&event.kind, path) {
                if let Err(error) = self.events.emit("fileChanged", &change) {
                    tracing::warn!("fileChanged: {error}");
                }
                self.last = Some((change, Instant::now()));
            }
        }
    }

    fn change(&self, event: &EventKind, path: &Path) -> Option<FileChanged> {
        let relative = path.strip_prefix(&self.root).ok()?;
        // git's own files change with every command of git's, and nobody searches them.
        if relative.iter().any(|part| part == OsStr::new(".git")) {
            return None;
        }
        let change = FileChanged {
            root: self.root.to_string_lossy().into_owned(),
            path: relative.to_string_lossy().into_owned(),
            kind: kind(event, path)?,
        };
        let is_repeated = self
            .last
            .as_ref()
            .is_some_and(|(last, at)| *last == change && at.elapsed() < QUIET);
        (!is_repeated).then_some(change)
    }
}

fn kind(event: &EventKind, path: &Path) -> Option<Kind> {
    match event {
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
            Some(Kind::Created)
        }
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            Some(Kind::Removed)
        }
        // Some systems tell only that a name changed: whether it is the old or the new one, the file says.
        EventKind::Modify(ModifyKind::Name(RenameMode::Any | RenameMode::Other)) => {
            Some(if path.exists() {
                Kind::Created
            } else {
                Kind::Removed
            })
        }
        // Both names in one: they were reported one by one before.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both) | ModifyKind::Metadata(_)) => None,
        EventKind::Modify(_) => Some(Kind::Modified),
        EventKind::Access(_) | EventKind::Any | EventKind::Other => None,
    }
}
