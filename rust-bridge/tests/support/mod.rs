//! Real daemons in real processes, driven byte by byte.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take before the test counts as failed.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What a daemon's standard streams are.
#[derive(Debug, Clone, Copy)]
pub enum Ends {
    Pipes,
    /// A socket pair each, as the bridge gives them.
    Sockets,
}

/// The binary of an example.
pub fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).unwrap();
    let path = profile.join("examples").join(name);
    assert!(
        path.exists(),
        "{} is not built: run the tests by `cargo test`",
        path.display()
    );
    path
}

/// Waits until `condition` gives a value.
pub fn eventually<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(Instant::now() < deadline, "in vain: {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// The lines that come out of a stream, read by a thread of their own.
pub struct Lines {
    pieces: Receiver<Vec<u8>>,
    /// What was received but not yet asked for.
    rest: RefCell<Vec<u8>>,
}

impl Lines {
    pub fn of(mut source: impl Read + Send + 'static) -> Self {
        let (sender, pieces) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(length @ 1..) = source.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            pieces,
            rest: RefCell::default(),
        }
    }

    /// The next line with its newline, or `None` at the end of the stream.
    pub fn raw(&self) -> Option<Vec<u8>> {
        let mut scanned = 0;
        loop {
            let found = {
                let rest = self.rest.borrow();
                let found = rest[scanned..].iter().position(|byte| *byte == b'\n');
                found.map(|at| scanned + at + 1).or_else(|| {
                    scanned = rest.len();
                    None
                })
            };
            match found {
                Some(end) => return Some(self.rest.borrow_mut().drain(..end).collect()),
                None if self.more() => {}
                None => {
                    let rest = self.rest.take();
                    return (!rest.is_empty()).then_some(rest);
                }
            }
        }
    }

    /// That many raw bytes, and the newline behind them.
    pub fn payload(&self, length: usize) -> Vec<u8> {
        while self.rest.borrow().len() <= length {
            assert!(self.more(), "the stream has ended within a payload");
        }
        let mut payload: Vec<_> = self.rest.borrow_mut().drain(..=length).collect();
        assert_eq!(payload.pop(), Some(b'\n'));
        payload
    }

    /// Waits for more; false at the end of the stream.
    fn more(&self) -> bool {
        match self.pieces.recv_timeout(PATIENCE) {
            Ok(piece) => self.rest.borrow_mut().extend(piece),
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => panic!("nothing within {PATIENCE:?}"),
        }
        true
    }

    pub fn next(&self) -> Value {
        let line = self.raw().expect("the stream has ended");
        assert!(line.ends_with(b"\n"), "a line without its end");
        serde_json::from_slice(&line)
            .unwrap_or_else(|error| panic!("{error}: {}", line.escape_ascii()))
    }

    /// The final response of `id`; what comes before it is skipped.
    pub fn answer(&self, id: &str) -> Value {
        loop {
            let line = self.next();
            if line["id"] == id && line.get("success").is_some() {
                return line;
            }
        }
    }

    pub fn nothing_within(&self, time: Duration) -> bool {
        self.rest.borrow().is_empty()
            && matches!(
                self.pieces.recv_timeout(time),
                Err(RecvTimeoutError::Timeout)
            )
    }
}

/// A daemon as a child process.
pub struct Daemon {
    pub child: Child,
    input: Option<Box<dyn Write + Send>>,
    pub output: Lines,
    pub errors: Lines,
}

impl Daemon {
    /// Starts an example on stdio and takes its ready event.
    pub fn start(name: &str, ends: Ends) -> Self {
        let daemon = Self::spawn(name, &["--management"], ends);
        assert_eq!(daemon.output.next()["event"], "ready");
        daemon
    }

    pub fn spawn(name: &str, args: &[&str], ends: Ends) -> Self {
        let mut command = Command::new(example(name));
        command.args(args);
        Self::of(command, ends)
    }

    pub fn of(mut command: Command, ends: Ends) -> Self {
        match ends {
            Ends::Pipes => {
                let mut child = command
                    .stdin(Stdio::piped())
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap();
                Self {
                    input: Some(Box::new(child.stdin.take().unwrap())),
                    output: Lines::of(child.stdout.take().unwrap()),
                    errors: Lines::of(child.stderr.take().unwrap()),
                    child,
                }
            }
            Ends::Sockets => {
                let [(stdin, input), (stdout, output), (stderr, errors)] =
                    [(); 3].map(|()| UnixStream::pair().unwrap());
                let stdio = |end: UnixStream| Stdio::from(OwnedFd::from(end));
                let child = command
                    .stdin(stdio(stdin))
                    .stdout(stdio(stdout))
                    .stderr(stdio(stderr))
                    .spawn()
                    .unwrap();
                Self {
                    child,
                    input: Some(Box::new(input)),
                    output: Lines::of(output),
                    errors: Lines::of(errors),
                }
            }
        }
    }

    /// Sends a line.
    pub fn send(&mut self, line: impl AsRef<[u8]>) {
        self.send_raw(&[line.as_ref(), b"\n"].concat());
    }

    pub fn send_raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    pub fn request(&mut self, id: &str, method: &str, params: Value) {
        self.send(json!({"id": id, "method": method, "params": params}).to_string());
    }

    /// Sends a command and gives back its final response.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.request("call", method, params);
        self.output.answer("call")
    }

    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Closes all ends, as the death of the host does.
    pub fn abandon(&mut self) {
        self.close_input();
        self.output = Lines::of(std::io::empty());
    }

    pub fn signal(&self, name: &str) {
        kill(self.child.id(), name);
    }

    /// Waits for the exit.
    pub fn exit(&mut self) -> ExitStatus {
        let child = &mut self.child;
        eventually("the daemon's exit", || child.try_wait().unwrap())
    }

    /// The first line on stderr with this text.
    pub fn error_with(&self, text: &str) -> String {
        loop {
            let line = self
                .errors
                .raw()
                .unwrap_or_else(|| panic!("no `{text}` on stderr"));
            let line = String::from_utf8_lossy(&line).into_owned();
            if line.contains(text) {
                return line;
            }
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn kill(pid: u32, signal: &str) {
    let killed = Command::new("kill")
        .args([format!("-{signal}"), pid.to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
}

/// A host on a socket.
pub struct Host {
    stream: UnixStream,
    pub output: Lines,
}

impl Host {
    /// Connects, as soon as something listens there, and takes the ready event.
    pub fn connect(path: &Path) -> Self {
        let stream = eventually("a connection", || UnixStream::connect(path).ok());
        let output = Lines::of(stream.try_clone().unwrap());
        assert_eq!(output.next()["event"], "ready");
        Self { stream, output }
    }

    /// Connects, but reads nothing.
    pub fn connect_deaf(path: &Path) -> UnixStream {
        eventually("a connection", || UnixStream::connect(path).ok())
    }

    pub fn send(&mut self, line: impl AsRef<[u8]>) {
        self.stream
            .write_all(&[line.as_ref(), b"\n"].concat())
            .unwrap();
    }

    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.send(json!({"id": "call", "method": method, "params": params}).to_string());
        self.output.answer("call")
    }

    pub fn close_input(&mut self) {
        self.stream.shutdown(Shutdown::Write).unwrap();
    }
}

/// A folder of a test's own.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rustbridge-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // The thread that reads holds the stream too.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}
