//! The way out of a session: whole lines, from any thread, in large pieces.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

const PIECE: usize = 64 * 1024;

/// Where a session writes to.
pub struct Output {
    sink: Mutex<Box<dyn Write + Send>>,
    muted: AtomicBool,
}

impl Output {
    pub fn new(sink: impl Write + Send + 'static) -> Self {
        Self {
            sink: Mutex::new(Box::new(sink)),
            muted: AtomicBool::new(false),
        }
    }

    /// Writes bytes as they are. A host that is gone is noticed by the end of its input.
    pub fn write(&self, bytes: &[u8]) {
        if self.muted.load(Ordering::Relaxed) {
            return;
        }
        let mut sink = self.sink.lock().expect("writing does not panic");
        let written = sink.write_all(bytes).and_then(|()| sink.flush());
        if written.is_err() {
            self.mute();
        }
    }

    /// Swallows everything from now on.
    pub fn mute(&self) {
        self.muted.store(true, Ordering::Relaxed);
    }
}

/// Lines on their way to the output: one for each thread that answers.
pub struct Batch {
    pub lines: Vec<u8>,
    pub output: Arc<Output>,
}

impl Batch {
    pub fn new(output: &Arc<Output>) -> Self {
        Self {
            lines: Vec::with_capacity(PIECE + PIECE / 4),
            output: Arc::clone(output),
        }
    }

    /// Adds the parts of one line, without its newline.
    pub fn line(&mut self, parts: &[&[u8]]) {
        for part in parts {
            self.lines.extend_from_slice(part);
        }
        self.lines.push(b'\n');
        if self.lines.len() >= PIECE {
            self.flush();
        }
    }

    /// Writes what has gathered.
    pub fn flush(&mut self) {
        if !self.lines.is_empty() {
            self.output.write(&self.lines);
            self.lines.clear();
        }
    }
}
