//! Tests a daemon in memory: no process, no socket, the same lines.
//!
//! ```
//! use rustbridge::testing::TestHost;
//! use rustbridge::{Context, Error, Sidecar};
//!
//! async fn double(_: Context, number: i64) -> Result<i64, Error> {
//!     Ok(2 * number)
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let mut host = TestHost::start(Sidecar::new().command("double", double)).await;
//! assert_eq!(host.call::<i64>("double", 21).await, Ok(42));
//! # });
//! ```

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, DuplexStream, ReadHalf, WriteHalf, duplex, split};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::connection::{Connection, Transport};
use crate::error::Error;
use crate::shutdown::Shutdown;
use crate::sidecar::Sidecar;
use crate::wire::lines::{Line, LineReader};

/// How long a daemon may be silent before the test counts as failed.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes in flight between the two, as in a socket's buffer.
const BUFFER: usize = 64 * 1024;

type Answerer = Box<dyn FnMut(Value) -> Result<Value, Error> + Send>;

/// A host in memory. Its methods panic where the daemon breaks the protocol or says nothing for 10 s.
pub struct TestHost {
    input: WriteHalf<DuplexStream>,
    output: LineReader<ReadHalf<DuplexStream>>,
    /// Lines that came while another was waited for.
    waiting: VecDeque<Value>,
    answerers: HashMap<String, Answerer>,
    calls: u64,
    ready: Value,
    closed: bool,
    shutdown: Shutdown,
    served: JoinHandle<()>,
}

impl TestHost {
    /// Connects to a daemon, and agrees on all of the extended protocol but raw bytes: blobs come as base64.
    pub async fn start(sidecar: Sidecar) -> Self {
        let mut host = Self::classic(sidecar).await;
        let hello = json!({
            "protocol": 1,
            "capabilities": ["cancel", "credit", "deadline", "trace", "errors", "calls", "upload"],
        });
        host.call::<Value>("$hello", hello)
            .await
            .unwrap_or_else(|error| panic!("the daemon refused this host: {error}"));
        host
    }

    /// Connects to a daemon as a host that speaks only the classic protocol.
    pub async fn classic(sidecar: Sidecar) -> Self {
        let (ours, theirs) = duplex(BUFFER);
        let (reader, writer) = split(theirs);
        let transport = Transport {
            reader: Box::new(reader),
            writer: Box::new(writer),
            peer_gone: Box::new(|| false),
        };
        let shutdown = Shutdown::default();
        let daemon = sidecar.start(Handle::current(), &shutdown);
        let served = tokio::spawn(Connection::serve(daemon, transport, shutdown.clone()));
        let (reader, input) = split(ours);
        let mut host = Self {
            input,
            output: LineReader::new(reader, usize::MAX / 2),
            waiting: VecDeque::new(),
            answerers: HashMap::new(),
            calls: 0,
            ready: Value::Null,
            closed: false,
            shutdown,
            served,
        };
        host.ready = host.event("ready").await;
        host
    }

    /// The data of the ready event.
    pub fn ready(&self) -> &Value {
        &self.ready
    }

    /// Answers calls of the daemon to this host. Methods that nobody answers are unknown.
    pub fn on_call(
        &mut self,
        method: &str,
        answer: impl FnMut(Value) -> Result<Value, Error> + Send + 'static,
    ) {
        self.answerers.insert(method.to_owned(), Box::new(answer));
    }

    /// Sends a command and waits for its answer; chunks are passed over.
    ///
    /// # Errors
    /// What the daemon answered.
    pub async fn call<R: DeserializeOwned>(
        &mut self,
        method: &str,
        params: impl Serialize,
    ) -> Result<R, Error> {
        self.stream::<Value, R>(method, params).await.1
    }

    /// Sends a command; gives back its chunks and its answer.
    pub async fn stream<C: DeserializeOwned, R: DeserializeOwned>(
        &mut self,
        method: &str,
        params: impl Serialize,
    ) -> (Vec<C>, Result<R, Error>) {
        let id = self.begin(method, params).await;
        let mut chunks = Vec::new();
        loop {
            let line = self.line_of(&id).await;
            match line.get("success") {
                Some(_) => return (chunks, answer_of(line)),
                None => chunks.push(bind(&line["data"])),
            }
        }
    }

    /// Sends a command and does not wait; gives back its id.
    pub async fn begin(&mut self, method: &str, params: impl Serialize) -> String {
        self.calls += 1;
        let id = format!("test_{}", self.calls);
        let request = json!({"id": id, "method": method, "params": params});
        self.send(&request.to_string()).await;
        id
    }

    /// Gives a call up.
    pub async fn cancel(&mut self, id: &str) {
        self.send(&json!({"id": id, "cancel": true}).to_string())
            .await;
    }

    /// Waits for the answer to a call that was [begun](Self::begin); its chunks are passed over.
    ///
    /// # Errors
    /// What the daemon answered.
    pub async fn answer<R: DeserializeOwned>(&mut self, id: &str) -> Result<R, Error> {
        loop {
            let line = self.line_of(id).await;
            if line.get("success").is_some() {
                return answer_of(line);
            }
        }
    }

    /// Waits for the next line about a call.
    pub async fn line_of(&mut self, id: &str) -> Value {
        self.next(|line| line["id"] == id).await
    }

    /// Waits for an event; gives back its data.
    pub async fn event(&mut self, name: &str) -> Value {
        self.next(|line| line["event"] == name).await["data"].take()
    }

    /// Sends a line as it is, whatever the protocol has to say about it.
    pub async fn send(&mut self, line: &str) {
        self.send_bytes(&[line.as_bytes(), b"\n"].concat()).await;
    }

    /// Sends bytes as they are: a part of a line, or several.
    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        let sent = self.input.write_all(bytes).await;
        sent.expect("the daemon has closed the connection");
    }

    /// Sends no more: what the daemon has begun, it finishes, and then closes the connection.
    pub async fn end_input(&mut self) {
        let ended = self.input.shutdown().await;
        ended.expect("the daemon has closed the connection");
    }

    /// Takes all lines that came and that come until the daemon is silent for `time`; calls of the daemon are among
    /// them, unanswered. Where the clock is [paused](tokio::time::pause), that is until it has nothing more to do.
    pub async fn lines_until_silent(&mut self, time: Duration) -> Vec<Value> {
        let mut lines = Vec::from(std::mem::take(&mut self.waiting));
        while !self.closed {
            match timeout(time, self.output.next()).await {
                Ok(Ok(Some(line))) => lines.push(parse(line)),
                Ok(Ok(None)) => self.closed = true,
                Ok(Err(error)) => panic!("memory is always readable: {error}"),
                Err(_) => break,
            }
        }
        lines
    }

    /// Whether [`lines_until_silent`](Self::lines_until_silent) has come to the end of the connection.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Asks the daemon to end, as SIGTERM does, and waits until it has.
    pub async fn shut_down(self) {
        self.shutdown.request();
        timeout(2 * PATIENCE, self.served)
            .await
            .expect("the daemon does not end")
            .expect("the daemon ends in good order");
    }

    /// The first line, of those that waited or are still to come, that is asked for.
    async fn next(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).unwrap_or_default();
        }
        loop {
            let line = self.receive().await;
            if line["id"].is_string() && line["method"].is_string() {
                self.answer_call(line).await;
            } else if wanted(&line) {
                return line;
            } else {
                self.waiting.push_back(line);
            }
        }
    }

    async fn receive(&mut self) -> Value {
        let line = timeout(PATIENCE, self.output.next())
            .await
            .unwrap_or_else(|_| panic!("the daemon says nothing for {PATIENCE:?}"))
            .expect("memory is always readable")
            .expect("the daemon has closed the connection");
        parse(line)
    }

    async fn answer_call(&mut self, mut call: Value) {
        let method = call["method"].as_str().unwrap_or_default();
        let answer = match self.answerers.get_mut(method) {
            Some(answer) => answer(call["params"].take()),
            None => {
                Err(Error::new(format!("unknown method `{method}`")).with_code("UNKNOWN_METHOD"))
            }
        };
        let id = &call["id"];
        let line = match answer {
            Ok(result) => json!({"id": id, "success": true, "result": result}),
            Err(error) => json!({
                "id": id, "success": false, "error": error.message(),
                "code": error.code(), "details": error.details(),
            }),
        };
        self.send(&line.to_string()).await;
    }
}

fn parse(line: Line<'_>) -> Value {
    let Line::Whole(line) = line else {
        panic!("a line without an end");
    };
    serde_json::from_slice(line).unwrap_or_else(|error| panic!("{error}: {}", line.escape_ascii()))
}

fn answer_of<R: DeserializeOwned>(line: Value) -> Result<R, Error> {
    if line["success"] == true {
        return Ok(bind(&line["result"]));
    }
    let mut error = Error::new(line["error"].as_str().unwrap_or("no reason given"));
    if let Some(code) = line["code"].as_str() {
        error = error.with_code(code.to_owned());
    }
    if let Some(details) = line.get("details") {
        error = error.with_details(details);
    }
    Err(error)
}

fn bind<T: DeserializeOwned>(value: &Value) -> T {
    T::deserialize(value).unwrap_or_else(|error| panic!("{error}: {value}"))
}
