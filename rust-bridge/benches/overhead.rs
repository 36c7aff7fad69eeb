//! What the SDK costs: the same traffic against a daemon on it, and against a loop that uses only std.
//!
//! `cargo bench -p rustbridge` drives both over socket pairs, as the bridge does, and prints them side by side.

use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustbridge::{Blob, Context, Error, Sidecar, Sink};
use serde::Deserialize;
use serde_json::value::RawValue;

const CHUNKS: usize = 1_000_000;
const BYTES: usize = 1 << 30;
const PIECE: usize = 64 * 1024;
const WINDOWS: [usize; 2] = [64, 1_000];
const PERIOD: Duration = Duration::from_secs(2);

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("std-daemon") => std_daemon().expect("the std daemon"),
        Some("sdk-daemon") => {
            sdk_daemon();
        }
        _ => compare(),
    }
}

// ── the daemons ──

#[derive(Deserialize)]
struct Amount {
    to: usize,
}

async fn echo(_: Context, params: Box<RawValue>) -> Result<Box<RawValue>, Error> {
    Ok(params)
}

/// Has to wait, as most handlers do: it moves to the threads of the workers.
async fn wait(_: Context, params: Box<RawValue>) -> Result<Box<RawValue>, Error> {
    tokio::task::yield_now().await;
    Ok(params)
}

async fn count(_: Context, amount: Amount, numbers: Sink<usize>) -> Result<usize, Error> {
    for number in 0..amount.to {
        numbers.send(number).await?;
    }
    Ok(amount.to)
}

async fn bytes(_: Context, amount: Amount, blobs: Sink<Blob>) -> Result<usize, Error> {
    let piece = vec![7_u8; PIECE];
    for _ in 0..amount.to / piece.len() {
        blobs.send(Blob(piece.clone())).await?;
    }
    Ok(amount.to)
}

fn sdk_daemon() -> std::process::ExitCode {
    Sidecar::new()
        .command("echo", echo)
        .command("wait", wait)
        .streaming("count", count)
        .streaming("bytes", bytes)
        .main()
}

/// Does just enough: finds id and params by their places, joins writes until its input is drained.
fn std_daemon() -> std::io::Result<()> {
    let mut input = BufReader::with_capacity(64 * 1024, std::io::stdin().lock());
    let mut output = BufWriter::with_capacity(64 * 1024, std::io::stdout().lock());
    output.write_all(b"{\"event\":\"ready\",\"data\":{}}\n")?;
    let mut line = String::new();
    loop {
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let id = between(&line, "\"id\":", ",");
        let params = between(&line, "\"params\":", "}\n");
        match between(&line, "\"method\":\"", "\"") {
            "count" => {
                for number in 0..CHUNKS {
                    writeln!(output, "{{\"id\":{id},\"stream\":true,\"data\":{number}}}")?;
                }
            }
            "bytes" => {
                let piece = vec![7_u8; PIECE];
                for _ in 0..BYTES / piece.len() {
                    writeln!(
                        output,
                        "{{\"id\":{id},\"stream\":true,\"bytes\":{}}}",
                        piece.len()
                    )?;
                    output.write_all(&piece)?;
                    output.write_all(b"\n")?;
                }
            }
            _ => {}
        }
        writeln!(
            output,
            "{{\"id\":{id},\"success\":true,\"result\":{params}}}"
        )?;
    }
}

fn between<'a>(line: &'a str, begin: &str, end: &str) -> &'a str {
    let from = line.find(begin).map_or(0, |at| at + begin.len());
    let length = line[from..].find(end).unwrap_or(0);
    &line[from..from + length]
}

// ── the driver ──

struct Daemon {
    child: Child,
    input: UnixStream,
    output: UnixStream,
    buffer: Vec<u8>,
}

impl Daemon {
    fn start(kind: &str) -> Self {
        let (stdin, input) = UnixStream::pair().unwrap();
        let (stdout, output) = UnixStream::pair().unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .arg(kind)
            .stdin(Stdio::from(OwnedFd::from(stdin)))
            .stdout(Stdio::from(OwnedFd::from(stdout)))
            .spawn()
            .unwrap();
        let mut daemon = Self {
            child,
            input,
            output,
            buffer: vec![0; 256 * 1024],
        };
        daemon.lines(1);
        daemon.send(
            r#"{"id":"h","method":"$hello","params":{"protocol":1,"capabilities":["bytes","credit"]}}"#,
        );
        daemon.lines(1);
        daemon
    }

    fn send(&mut self, line: &str) {
        self.input
            .write_all(format!("{line}\n").as_bytes())
            .unwrap();
    }

    /// Reads at least that many lines; gives back how many there were.
    fn lines(&mut self, least: usize) -> usize {
        let mut lines = 0;
        while lines < least {
            let length = self.output.read(&mut self.buffer).unwrap();
            assert!(length > 0, "the daemon has ended");
            lines += memchr::memchr_iter(b'\n', &self.buffer[..length]).count();
        }
        lines
    }

    fn request(method: &str, id: usize) -> String {
        format!(
            "{{\"id\":\"req_{id}\",\"method\":\"{method}\",\"params\":{{\"name\":\"Ada\",\"n\":{id}}}}}\n"
        )
    }

    /// Median and 99th percentile of one call after another.
    fn sequential(&mut self, method: &str) -> (Duration, Duration) {
        let mut times = Vec::new();
        let begin = Instant::now();
        while begin.elapsed() < PERIOD {
            let request = Self::request(method, times.len());
            let sent = Instant::now();
            self.input.write_all(request.as_bytes()).unwrap();
            self.lines(1);
            times.push(sent.elapsed());
        }
        times.sort();
        (times[times.len() / 2], times[times.len() * 99 / 100])
    }

    /// Calls a second with so many in flight, and the daemon's processor time for each.
    fn in_flight(&mut self, window: usize) -> (f64, Duration) {
        let mut sent = 0;
        let mut batch = String::new();
        let mut more = |count: usize| {
            batch.clear();
            for _ in 0..count {
                batch.push_str(&Self::request("echo", sent));
                sent += 1;
            }
            batch.clone()
        };
        let begin = Instant::now();
        let busy = self.processor_time();
        let mut answered = 0;
        let first = more(window);
        self.input.write_all(first.as_bytes()).unwrap();
        while begin.elapsed() < PERIOD {
            let lines = self.lines(1);
            answered += lines;
            let next = more(lines);
            self.input.write_all(next.as_bytes()).unwrap();
        }
        let rate = answered as f64 / begin.elapsed().as_secs_f64();
        let busy = (self.processor_time() - busy) / answered as u32;
        self.lines(window);
        (rate, busy)
    }

    /// The processor time that the daemon has used so far.
    fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<_> = stat[stat.rfind(')').unwrap()..].split(' ').collect();
        let ticks = [12, 13].map(|at| fields[at].parse::<u64>().unwrap());
        // The clock of /proc ticks a hundred times a second.
        Duration::from_millis(10) * u32::try_from(ticks[0] + ticks[1]).unwrap()
    }

    /// Chunks a second, and the daemon's processor time for each.
    fn chunks(&mut self) -> (f64, Duration) {
        let begin = Instant::now();
        let busy = self.processor_time();
        self.send(&format!(
            r#"{{"id":"s","method":"count","params":{{"to":{CHUNKS}}}}}"#
        ));
        self.lines(CHUNKS + 1);
        let rate = CHUNKS as f64 / begin.elapsed().as_secs_f64();
        (rate, (self.processor_time() - busy) / CHUNKS as u32)
    }

    /// Bytes a second, raw or as base64, and the daemon's peak of memory after it in KiB.
    fn bytes(&mut self, raw: bool) -> (f64, u64) {
        let begin = Instant::now();
        self.send(&format!(
            r#"{{"id":"b","method":"bytes","params":{{"to":{BYTES}}},"bytes":{raw}}}"#
        ));
        // Raw chunks have a line before and a newline behind the bytes, which are no newlines themselves.
        let lines = if raw { 2 } else { 1 };
        self.lines(lines * BYTES / PIECE + 1);
        let rate = BYTES as f64 / begin.elapsed().as_secs_f64();
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        (
            rate,
            between(&status, "VmHWM:", "kB").trim().parse().unwrap(),
        )
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn compare() {
    for kind in ["std-daemon", "sdk-daemon"].repeat(2) {
        let mut daemon = Daemon::start(kind);
        daemon.in_flight(64);
        let (median, tail) = daemon.sequential("echo");
        let (waiting, _) = daemon.sequential("wait");
        let rates = WINDOWS.map(|window| {
            let (rate, busy) = daemon.in_flight(window);
            format!("{:.0} k/s ({busy:?} of processor each)", rate / 1e3)
        });
        let (chunks, busy) = daemon.chunks();
        let chunks = chunks / 1e6;
        let (bytes, peak) = daemon.bytes(true);
        let bytes = bytes / 1e9;
        let base64 = match kind {
            "sdk-daemon" => format!("{:.2} GB/s as base64", daemon.bytes(false).0 / 1e9),
            _ => "no base64".to_owned(),
        };
        println!(
            "{kind}: one by one p50 {median:?} p99 {tail:?}, p50 with a wait {waiting:?}; 64 in flight {}; 1,000 in flight {}; \
             {chunks:.2} M chunks/s ({busy:?} of processor each); {bytes:.2} GB/s raw, {base64}, peak {peak} KiB",
            rates[0], rates[1]
        );
    }
}
