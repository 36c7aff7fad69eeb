//! When the daemon ends: signals, and the loss of its parent.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::getppid;
use tokio::signal::unix::{SignalKind, signal};

use crate::latch::Latch;

/// How long an orphan may go unnoticed.
const PARENT_CHECK: Duration = Duration::from_millis(500);

/// Tells all connections that the daemon is to end: first requested (finish what is in flight), then aborted.
#[derive(Clone, Default)]
pub(crate) struct Shutdown {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    requested: Latch,
    aborted: Latch,
}

impl Shutdown {
    pub(crate) fn request(&self) {
        self.inner.requested.raise();
    }

    pub(crate) fn abort(&self) {
        self.inner.requested.raise();
        self.inner.aborted.raise();
    }

    pub(crate) fn is_requested(&self) -> bool {
        self.inner.requested.is_raised()
    }

    pub(crate) async fn requested(&self) {
        self.inner.requested.wait().await;
    }

    pub(crate) async fn aborted(&self) {
        self.inner.aborted.wait().await;
    }

    /// SIGTERM asks the daemon to end, a second one insists. SIGINT does the same, unless the daemon is a child:
    /// Ctrl-C reaches the whole process group, and it is the host's to say when its daemon ends.
    pub(crate) fn on_signals(&self, is_child: bool) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let shutdown = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {
                        if is_child {
                            continue;
                        }
                    }
                }
                if shutdown.is_requested() {
                    shutdown.abort();
                } else {
                    shutdown.request();
                }
            }
        });
        Ok(())
    }

    /// A child whose parent is another than at the start has nobody left to serve. (Not PR_SET_PDEATHSIG: that
    /// fires when the *thread* that spawned the daemon ends.)
    pub(crate) fn on_orphaned(&self) {
        let parent = getppid();
        let shutdown = self.clone();
        tokio::spawn(async move {
            while getppid() == parent {
                tokio::time::sleep(PARENT_CHECK).await;
            }
            shutdown.abort();
        });
    }
}
