//! The read side of a connection: takes line after line, and never waits for handlers.

use std::io;
use std::sync::Arc;
use tracing::{debug, warn};

use super::calls::{Call, Stop};
use super::inbox::Item;
use super::{Connection, Source};
use crate::error::{Error, code};
use crate::rate_limit::RateLimit;
use crate::shutdown::Shutdown;
use crate::wire::capability::{Agreement, Capabilities, Capability, Hello};
use crate::wire::encode;
use crate::wire::frame::{self, CallId, Frame, Kind, Request, Violation};
use crate::wire::lines::{Line, LineReader};

/// After so many full reads it is the writer's turn, however much there is still to read.
const READS: u32 = 4;

pub(super) struct Reader {
    connection: Arc<Connection>,
    lines: LineReader<Source>,
    shutdown: Shutdown,
    /// What is in force, as of the line that is read.
    capabilities: Capabilities,
    /// `$hello` has to be the first command.
    commanded: bool,
    violations: RateLimit,
}

impl Reader {
    pub(super) fn new(connection: &Arc<Connection>, source: Source, shutdown: Shutdown) -> Self {
        let limit = connection.daemon.limits().max_message_size;
        Self {
            connection: Arc::clone(connection),
            lines: LineReader::new(source, limit),
            shutdown,
            capabilities: Capabilities::default(),
            commanded: false,
            violations: RateLimit::default(),
        }
    }

    /// Reads until the host sends no more, or something from which no line can be told any more.
    pub(super) async fn read(mut self) {
        match self.read_lines().await {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {
                debug!("the host went without a goodbye: {error}");
                self.connection.calls.stop_all(Stop::Disconnected);
            }
            Err(error) => {
                warn!("nothing more can be read from the host: {error}");
                self.connection.calls.stop_all(Stop::Violated);
            }
        }
    }

    async fn read_lines(&mut self) -> io::Result<()> {
        let connection = Arc::clone(&self.connection);
        let limit = connection.daemon.limits().max_message_size;
        loop {
            if self.lines.is_flooded(READS) {
                tokio::task::yield_now().await;
            }
            // A host that sends but does not read must not fill the memory with answers.
            connection.outbox.read_on().await;
            let Some(line) = self.lines.next().await? else {
                return Ok(());
            };
            let frame = match line {
                Line::Whole(line) => match frame::parse(line, self.capabilities, limit) {
                    Frame::Violation(violation) => {
                        report(&mut self.violations, &violation, line);
                        Frame::Violation(violation)
                    }
                    frame => frame,
                },
                Line::Oversized(prefix) => {
                    let violation = frame::oversized(prefix, limit);
                    report(&mut self.violations, &violation, prefix);
                    if self.capabilities.has(Capability::Bytes) {
                        return Err(io::Error::other(violation.reason));
                    }
                    connection.refuse(violation, code::TOO_LARGE);
                    continue;
                }
            };
            match frame {
                Frame::Request(request) if request.method == "$hello" => {
                    let first = !std::mem::replace(&mut self.commanded, true);
                    connection.greet(&request, first);
                    self.capabilities = connection.capabilities();
                    if self.capabilities.has(Capability::Bytes) {
                        self.lines.end_at_oversized();
                    }
                }
                Frame::Request(request) if request.method == "$ping" => {
                    connection.pong(&request.id)
                }
                Frame::Request(request) => {
                    self.commanded = true;
                    connection.dispatch(&request, &self.shutdown);
                }
                Frame::Payload { id, length } => {
                    let call = id.and_then(|id| connection.calls.get(&id));
                    receive(&mut self.lines, call, length).await?;
                }
                Frame::Violation(violation) => connection.refuse(violation, code::INVALID_PARAMS),
                Frame::Fatal(reason) => return Err(io::Error::other(reason)),
                frame => connection.control(frame),
            }
        }
    }
}

/// Takes a payload in, or skips it where its call takes none.
async fn receive(
    lines: &mut LineReader<Source>,
    call: Option<Arc<Call>>,
    length: usize,
) -> io::Result<()> {
    let inbox = call.as_ref().and_then(|call| call.inbox.as_ref());
    let Some(inbox) = inbox.filter(|inbox| inbox.is_open()) else {
        lines.skip_payload(length).await?;
        if let Some(call) = call {
            call.stop(Stop::Violated);
        }
        return Ok(());
    };
    let payload = lines.payload(length).await?;
    // The handler may have ended meanwhile; then nobody misses it.
    inbox.push(Item::Raw(payload));
    Ok(())
}

fn report(limit: &mut RateLimit, violation: &Violation, line: &[u8]) {
    if let Some(suppressed) = limit.admit() {
        let excerpt: String = line.escape_ascii().take(120).map(char::from).collect();
        warn!(
            "skipped a line ({}): {excerpt} ({suppressed} more since the last report)",
            violation.reason
        );
    }
}

impl Connection {
    /// The host tells what it can do.
    fn greet(&self, request: &Request<'_>, first: bool) {
        let params = request.params.map_or("{}", |params| params.get());
        let greeted = match serde_json::from_str::<Hello>(params) {
            Ok(_) if !first => Err(Error::invalid_params(
                "`$hello` has to be the first command",
            )),
            Ok(hello) => Ok(Agreement::with(&hello)),
            Err(error) => Err(Error::invalid_params(format!("bad `$hello`: {error}"))),
        };
        let greeted = greeted.and_then(|agreement| match agreement {
            None if self.daemon.extended_only => Err(self.daemon.needs_extended()),
            agreement => Ok(agreement),
        });
        let line = match greeted {
            Ok(agreement) => {
                let answer = Agreement::answer(agreement.as_ref());
                if let Some(agreement) = agreement {
                    if let Some(limit) = agreement.max_message_size {
                        self.outbox.limit(limit);
                    }
                    if agreement.capabilities.has(Capability::Trace) {
                        self.outbox.take_traces();
                    }
                    // Only the first command gets here, so nothing is set yet.
                    let _ = self.agreement.set(agreement);
                }
                encode::greeting(&request.id, &answer)
            }
            Err(error) => encode::failure(&request.id, &error, true),
        };
        self.outbox.push(&line);
    }

    fn capabilities(&self) -> Capabilities {
        self.agreement
            .get()
            .map_or_else(Capabilities::default, |agreement| agreement.capabilities)
    }

    /// Proves life, however busy the handlers are.
    fn pong(&self, id: &CallId) {
        if let Ok(line) = encode::success(id, &()) {
            self.outbox.push(&line);
        }
    }

    /// A line about a call. Calls that are unknown or finished are ignored: the line and the answer crossed.
    fn control(&self, frame: Frame<'_>) {
        match frame {
            Frame::Cancel(id) => {
                if let Some(call) = self.calls.get(&id) {
                    call.stop(Stop::Cancelled);
                }
            }
            Frame::Credit(id, chunks) => {
                if let Some(call) = self.calls.get(&id) {
                    call.credit.grant(chunks);
                }
            }
            Frame::Item(id, data) => {
                self.upload(&id, |inbox| inbox.push(Item::Json(data.to_owned())))
            }
            Frame::End(id, error) => {
                let end = error.map_or(Ok(()), |error| Err(Error::new(error)));
                self.upload(&id, |inbox| inbox.end(end));
            }
            Frame::Response(response) => self.host_calls.answer(&response),
            Frame::Request(_) | Frame::Payload { .. } | Frame::Violation(_) | Frame::Fatal(_) => {
                unreachable!("no line about a call")
            }
        }
    }

    fn upload(&self, id: &CallId, take: impl FnOnce(&super::inbox::Inbox) -> bool) {
        if let Some(call) = self.calls.get(id) {
            let taken = call.inbox.as_ref().is_some_and(|inbox| take(inbox));
            if !taken {
                call.stop(Stop::Violated);
            }
        }
    }

    /// A line that can't be understood fails the call that it belongs to.
    fn refuse(&self, violation: Violation, code: &'static str) {
        let Some(id) = violation.id else { return };
        if violation.kind == Kind::Response {
            self.host_calls.fail(&id, &violation.reason);
        } else if let Some(call) = self.calls.get(&id) {
            call.stop(Stop::Violated);
        } else if !self.host_calls.fail(&id, &violation.reason) && violation.kind == Kind::Command {
            let error = Error::new(violation.reason).with_code(code);
            self.answer_unstarted(&id, &error);
        }
    }
}
