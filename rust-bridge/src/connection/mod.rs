//! One connection to a host: reads its commands, runs their handlers, ends when either side does.

pub(crate) mod calls;
pub(crate) mod outbox;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use self::calls::{Call, Calls, Stop};
use self::outbox::Outbox;
use crate::command::Params;
use crate::context::Context;
use crate::daemon::Daemon;
use crate::error::{Error, code};
use crate::latch::Latch;
use crate::log::{self, RateLimit};
use crate::shutdown::Shutdown;
use crate::wire::encode;
use crate::wire::frame::{self, CallId, Frame, Request, Violation};
use crate::wire::lines::{Line, LineReader};

/// How often a host that closed its sending side is asked whether it still reads.
const PEER_CHECK: Duration = Duration::from_millis(50);
/// What stopped calls get to end, and then the writer to write their answers.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The ends of a connection.
pub(crate) struct Transport {
    pub(crate) reader: Box<dyn AsyncRead + Send + Unpin>,
    pub(crate) writer: Box<dyn AsyncWrite + Send + Unpin>,
    /// Whether the host can't read any more what is written.
    pub(crate) peer_gone: Box<dyn Fn() -> bool + Send + Sync>,
}

/// What the handlers of a connection share with it.
pub(crate) struct Connection {
    pub(crate) id: u64,
    pub(crate) daemon: Arc<Daemon>,
    pub(crate) outbox: Arc<Outbox>,
    calls: Calls,
    closed: Latch,
    violations: RateLimit,
}

impl Connection {
    /// Serves a host until it goes, or the daemon shuts down.
    pub(crate) async fn serve(daemon: Arc<Daemon>, transport: Transport, shutdown: Shutdown) {
        let connection = Arc::new(Self {
            id: daemon.next_connection_id(),
            outbox: Arc::default(),
            calls: Calls::default(),
            closed: Latch::default(),
            violations: RateLimit::default(),
            daemon,
        });
        connection.outbox.push(&connection.daemon.ready_event());
        let registration = connection.daemon.hub().add(&connection.outbox);
        let outbox = Arc::clone(&connection.outbox);
        let mut writer = tokio::spawn(async move { outbox.write_to(transport.writer).await });

        let lines = LineReader::new(
            transport.reader,
            connection.daemon.limits().max_message_size,
        );
        let alive = tokio::select! {
            () = connection.run(lines, &transport.peer_gone, &shutdown) => true,
            _ = &mut writer => false,
        };

        drop(registration);
        let reason = match alive {
            true => Stop::ShuttingDown,
            false => Stop::Disconnected,
        };
        connection.calls.stop_all(reason);
        connection.closed.raise();
        // Handlers in code that never awaits can't be stopped: they are left behind.
        let _ = timeout(LAST_WORDS, connection.calls.empty()).await;
        connection.outbox.close();
        if alive && timeout(LAST_WORDS, &mut writer).await.is_err() {
            writer.abort();
        }
    }

    /// Reads until nothing more is to be done for this host: it is gone, or all calls are drained.
    async fn run(
        self: &Arc<Self>,
        mut lines: LineReader<Box<dyn AsyncRead + Send + Unpin>>,
        peer_gone: &(dyn Fn() -> bool + Send + Sync),
        shutdown: &Shutdown,
    ) {
        let reading = async {
            if let Err(error) = self.read(&mut lines, shutdown).await {
                log::warn(format_args!("reading from the host failed: {error}"));
            }
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

    async fn read(
        self: &Arc<Self>,
        lines: &mut LineReader<Box<dyn AsyncRead + Send + Unpin>>,
        shutdown: &Shutdown,
    ) -> io::Result<()> {
        let limit = self.daemon.limits().max_message_size;
        while let Some(line) = lines.next().await? {
            match line {
                Line::Whole(line) => match frame::parse(line) {
                    Frame::Request(request) => self.dispatch(request, shutdown),
                    Frame::Violation(violation) => {
                        self.refuse(violation, code::INVALID_PARAMS, line);
                    }
                },
                Line::Oversized(prefix) => {
                    self.refuse(frame::oversized(prefix, limit), code::TOO_LARGE, prefix);
                }
            }
        }
        Ok(())
    }

    /// The host sends no more: finish what is in flight, unless nobody is left to read it.
    async fn end_of_input(
        &self,
        peer_gone: &(dyn Fn() -> bool + Send + Sync),
        shutdown: &Shutdown,
    ) {
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

    fn dispatch(self: &Arc<Self>, request: Request<'_>, shutdown: &Shutdown) {
        let call = Arc::new(Call::new(request.id));
        if !self.calls.insert(&call) {
            self.fail_pending(&call.id);
            return;
        }
        let Some(method) = self.daemon.methods().get(&request.method) else {
            let known = self.daemon.method_names().join(", ");
            let error = Error::new(format!(
                "unknown method `{}`; this daemon has: {known}",
                request.method
            ));
            return self.finish(&call, Err(error.with_code(code::UNKNOWN_METHOD)));
        };
        if shutdown.is_requested() {
            return self.finish(&call, Err(Stop::ShuttingDown.error()));
        }
        let limit = self.daemon.limits().max_in_flight;
        if self.calls.len() > limit {
            let error = format!("{limit} calls are in flight already");
            return self.finish(&call, Err(Error::unavailable(error)));
        }
        let context = Context::new(Arc::clone(self), Arc::clone(&call), Arc::clone(method));
        let params = Params::new(request.params);
        let connection = Arc::clone(self);
        let method = Arc::clone(method);
        tokio::spawn(async move {
            let answer = tokio::select! {
                biased;
                reason = call.stopped() => Err(reason.error()),
                answer = method.run(context, params) => answer,
            };
            connection.finish(&call, answer);
        });
    }

    /// Answers a call, once.
    fn finish(&self, call: &Call, answer: Result<Vec<u8>, Error>) {
        let limit = self.daemon.limits().max_message_size;
        let answer = answer.and_then(|line| match line.len() - 1 > limit {
            true => Err(Error::too_large("result", line.len() - 1, limit)),
            false => Ok(line),
        });
        let line = answer.unwrap_or_else(|error| encode::failure(&call.id, &error));
        self.outbox.push_if(&line, || call.claim_answer());
        self.calls.remove(&call.id);
    }

    fn refuse(&self, violation: Violation, code: &'static str, line: &[u8]) {
        if let Some(suppressed) = self.violations.admit() {
            let excerpt: String = line.escape_ascii().take(120).map(char::from).collect();
            log::warn(format_args!(
                "skipped a line that is no command ({}): {excerpt} ({suppressed} more since the last report)",
                violation.reason
            ));
        }
        let Some(id) = violation.id else { return };
        if self.calls.get(&id).is_some() {
            self.fail_pending(&id);
        } else if violation.wants_answer {
            let error = Error::new(violation.reason).with_code(code);
            self.outbox.push(&encode::failure(&id, &error));
        }
    }

    fn fail_pending(&self, id: &CallId) {
        if let Some(call) = self.calls.get(id) {
            call.stop(Stop::Violated);
        }
    }

    /// Waits until the connection has ended.
    pub(crate) async fn closed(&self) {
        self.closed.wait().await;
    }
}
