//! Commands that break the rules.

use crate::commands::{Request, answer, finish};
use crate::daemon::{Daemon, rest};
use crate::json::{flag, number, quote, text, texts};
use crate::options::DieHow;
use crate::os;
use crate::output::Batch;
use crate::server;

/// Runs a command that breaks the rules, or answers that there is none of its name.
pub fn run(daemon: &'static Daemon, request: &Request<'_>, batch: &mut Batch) {
    let Request { id, params, .. } = *request;
    match request.method {
        b"die" => {
            batch.flush();
            daemon.die(death(params), &batch.output, id);
        }
        b"exit" => {
            batch.flush();
            daemon.exit("command", number(params, "code").unwrap_or(0) as i32);
        }
        b"ignore" => {}
        b"$hello" if daemon.options.greet => answer(daemon, batch, id, b"{}"),
        b"twice" => {
            answer(daemon, batch, id, br#""first""#);
            batch.line(&[br#"{"id":"#, id, br#","success":true,"result":"second"}"#]);
        }
        b"stranger" => {
            let other = quote(&text(params, "id").unwrap_or_else(|| "req_of_nobody".into()));
            batch.line(&[
                br#"{"id":"#,
                other.as_bytes(),
                br#","success":true,"result":"not yours"}"#,
            ]);
            answer(daemon, batch, id, b"null");
        }
        b"raw" => {
            for line in texts(params, "lines") {
                batch.line(&[line.as_bytes()]);
            }
            if !flag(params, "silent") {
                answer(daemon, batch, id, b"null");
            }
        }
        b"stopReading" => {
            answer(daemon, batch, id, b"null");
            batch.flush();
            rest();
        }
        b"stopWriting" => {
            batch.flush();
            batch.output.mute();
        }
        b"closeStdout" => {
            batch.flush();
            batch.output.mute();
            os::close_stdout();
        }
        b"swapSocket" => {
            answer(daemon, batch, id, b"null");
            batch.flush();
            server::swap(daemon);
        }
        unknown => {
            finish(daemon);
            let message = quote(&format!(
                "unknown method: {}",
                String::from_utf8_lossy(unknown)
            ));
            batch.line(&[
                br#"{"id":"#,
                id,
                br#","success":false,"error":"#,
                message.as_bytes(),
                b"}",
            ]);
        }
    }
}

/// `{"code":N}`, `{"signal":N}`, `{"midLine":true}` or `{"midAnswer":true}`.
pub fn death(params: &[u8]) -> DieHow {
    if flag(params, "midLine") {
        DieHow::MidLine
    } else if flag(params, "midAnswer") {
        DieHow::MidAnswer
    } else if let Some(signal) = number(params, "signal") {
        DieHow::Signal(signal as i32)
    } else {
        DieHow::Exit(number(params, "code").unwrap_or(1) as i32)
    }
}
