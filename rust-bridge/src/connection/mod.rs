//! One connection to a host: its life, and what the handlers of its calls share.
//!
//! `reader` takes the host's lines, `dispatch` runs commands and answers them, `outbox` writes.

pub(crate) mod calls;
mod credit;
mod dispatch;
pub(crate) mod host_calls;
pub(crate) mod inbox;
pub(crate) mod outbox;
mod reader;

use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use self::calls::{Calls, Stop};
use self::host_calls::HostCalls;
use self::outbox::Outbox;
use self::reader::Reader;
use crate::daemon::Daemon;
use crate::latch::Latch;
use crate::shutdown::Shutdown;
use crate::wire::capability::{Agreement, Capability};

/// How often a host that closed its sending side is asked whether it still reads.
const PEER_CHECK: Duration = Duration::from_millis(50);
/// What stopped calls get to end, and then the writer to write their answers.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The ends of a connection.
pub(crate) struct Transport {
    pub(crate) reader: Source,
    pub(crate) writer: Box<dyn AsyncWrite + Send + Unpin>,
    /// Whether the host can't read any more what is written.
    pub(crate) peer_gone: Box<dyn Fn() -> bool + Send + Sync>,
}

pub(crate) type Source = Box<dyn AsyncRead + Send + Unpin>;

/// What the handlers of a connection share with it.
pub(crate) struct Connection {
    pub(crate) id: u64,
    pub(crate) daemon: Arc<Daemon>,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) host_calls: HostCalls,
    calls: Calls,
    /// Unset, the connection is classic.
    agreement: OnceLock<Agreement>,
    /// Raised when the connection has ended.
    pub(crate) closed: Latch,
}

impl Connection {
    /// Serves a host until it goes, or the daemon shuts down.
    pub(crate) async fn serve(daemon: Arc<Daemon>, transport: Transport, shutdown: Shutdown) {
        let connection = Arc::new(Self {
            id: daemon.next_connection_id(),
            outbox: Arc::new(Outbox::new(daemon.limits().max_message_size)),
            host_calls: HostCalls::default(),
            calls: Calls::default(),
            agreement: OnceLock::new(),
            closed: Latch::default(),
            daemon,
        });
        connection.outbox.push(&connection.daemon.ready_event());
        let registration = connection.daemon.hub().add(&connection.outbox);

        let reader = Reader::new(&connection, transport.reader, shutdown.clone());
        // One task reads and writes: what the lines of one read bring about is written at its end, in one piece.
        let mut writer = pin!(connection.outbox.write_to(transport.writer));
        let can_write = tokio::select! {
            biased;
            () = connection.run(reader, &transport.peer_gone, &shutdown) => true,
            _ = &mut writer => false,
        };

        drop(registration);
        connection.calls.stop_all(match can_write {
            true => Stop::ShuttingDown,
            false => Stop::Disconnected,
        });
        let last_words = async {
            // Handlers in code that never awaits can't be stopped: they are left behind.
            let _ = timeout(LAST_WORDS, connection.calls.empty()).await;
            connection.closed.raise();
            connection.outbox.close();
        };
        match can_write {
            true => drop(timeout(2 * LAST_WORDS, async { tokio::join!(last_words, writer) }).await),
            false => last_words.await,
        }
    }

    /// Runs until nothing more is to be done for this host: it is gone, or all calls are drained.
    async fn run(
        &self,
        reader: Reader,
        peer_gone: &(dyn Fn() -> bool + Send + Sync),
        shutdown: &Shutdown,
    ) {
        let reading = async {
            reader.read().await;
            self.end_of_input(peer_gone, shutdown).await;
        };
        let draining = async {
            shutdown.requested().await;
            let drained = async {
                tokio::select! {
                    () = self.calls.empty() => {}
                    () = shutdown.aborted() => {}
                }
            };
            let _ = timeout(self.daemon.limits().drain_time, drained).await;
        };
        tokio::select! {
            () = reading => {}
            () = draining => {}
        }
    }

    /// The host sends no more: finish what is in flight, unless nobody is left to read it.
    async fn end_of_input(
        &self,
        peer_gone: &(dyn Fn() -> bool + Send + Sync),
        shutdown: &Shutdown,
    ) {
        self.calls.end_input();
        self.host_calls.end();
        let gone = async {
            while !peer_gone() {
                tokio::time::sleep(PEER_CHECK).await;
            }
        };
        tokio::select! {
            () = self.calls.empty() => {}
            () = gone => self.calls.stop_all(Stop::Disconnected),
            () = shutdown.aborted() => {}
            () = tokio::time::sleep(self.daemon.limits().drain_time) => {}
        }
    }

    /// Whether both sides know a capability.
    pub(crate) fn has(&self, capability: Capability) -> bool {
        self.agreement
            .get()
            .is_some_and(|agreement| agreement.capabilities.has(capability))
    }
}
