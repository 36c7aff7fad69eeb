//! One host: reads its lines, answers in batches.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use crate::commands::{self, Request};
use crate::daemon::{Daemon, rest};
use crate::options::DieAt;
use crate::os;
use crate::output::{Batch, Output};

/// Says ready and serves until the input ends.
pub fn serve(daemon: &'static Daemon, input: impl Read, output: &Arc<Output>) {
    greet(daemon, output);
    let mut reader = BufReader::with_capacity(256 * 1024, input);
    let mut batch = Batch::new(output);
    let mut line = Vec::new();
    loop {
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
        let text = line.trim_ascii_end();
        if !text.is_empty() {
            receive(daemon, text, &mut batch);
        }
        // one write for all that came together
        if !reader.buffer().contains(&b'\n') {
            batch.flush();
        }
    }
    batch.flush();
}

fn greet(daemon: &'static Daemon, output: &Output) {
    let options = &daemon.options;
    for line in &options.before_ready {
        output.write(format!("{line}\n").as_bytes());
    }
    if options.die_at == Some(DieAt::Start) {
        daemon.die(options.die_how, output, b"null");
    }
    thread::sleep(options.ready_delay);
    if !options.never_ready {
        output.write(daemon.ready().as_bytes());
    }
    if options.die_at == Some(DieAt::Ready) {
        daemon.die(options.die_how, output, b"null");
    }
    misbehave(daemon, output, 0);
}

fn receive(daemon: &'static Daemon, line: &[u8], batch: &mut Batch) {
    let options = &daemon.options;
    let Some(request) = Request::parse(line) else {
        daemon.counts.ignored.fetch_add(1, Ordering::Relaxed);
        return;
    };
    let number = daemon.counts.received.fetch_add(1, Ordering::Relaxed) + 1;
    if options.die_at == Some(DieAt::Command(number)) {
        batch.flush();
        daemon.die(options.die_how, &batch.output, request.id);
    }
    if options.stop_writing_after == Some(number) {
        batch.flush();
        batch.output.mute();
    }
    commands::run(daemon, &request, batch);
    if options.stop_reading_after == Some(number) || options.close_stdout_after == Some(number) {
        batch.flush();
        misbehave(daemon, &batch.output, number);
    }
}

/// What was ordered for the moment after the Nth command, or after ready.
fn misbehave(daemon: &'static Daemon, output: &Output, number: u64) {
    let options = &daemon.options;
    if options.close_stdout_after == Some(number) {
        output.mute();
        os::close_stdout();
    }
    if number == 0 && options.stop_writing_after == Some(0) {
        output.mute();
    }
    if options.stop_reading_after == Some(number) {
        rest();
    }
}
