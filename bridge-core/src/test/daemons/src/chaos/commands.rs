//! What hosts can ask for.

use std::io::Write;
use std::process;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use crate::daemon::{Daemon, spawn_grandchild};
use crate::json::{self, flag, number, quote, text, texts};
use crate::misbehaviour::{self, death};
use crate::output::Batch;

/// A command, as slices of its line.
pub struct Request<'a> {
    /// Raw, with its quotes.
    pub id: &'a [u8],
    /// Without quotes.
    pub method: &'a [u8],
    /// Raw.
    pub params: &'a [u8],
}

impl<'a> Request<'a> {
    /// `None` for whatever is no command; one without `params` is none, as with daemons in the
    /// wild.
    pub fn parse(line: &'a [u8]) -> Option<Self> {
        let (mut id, mut method, mut params) = (None, None, None);
        json::members(line, |key, value| match key {
            b"id" => id = Some(value),
            b"method" => method = Some(value),
            b"params" => params = Some(value),
            _ => {}
        })?;
        Some(Self {
            id: id?,
            method: method?.strip_prefix(b"\"")?.strip_suffix(b"\"")?,
            params: params?,
        })
    }
}

/// Runs a command; what takes time runs elsewhere, unless answers must keep their order.
pub fn run(daemon: &'static Daemon, request: &Request<'_>, batch: &mut Batch) {
    let Request { id, params, .. } = *request;
    match request.method {
        b"echo" => answer(daemon, batch, id, params),
        b"void" => {
            finish(daemon);
            batch.line(&[br#"{"id":"#, id, br#","success":true}"#]);
        }
        b"pid" => answer(
            daemon,
            batch,
            id,
            format!(r#"{{"pid":{}}}"#, process::id()).as_bytes(),
        ),
        b"counts" => answer(
            daemon,
            batch,
            id,
            format!("{{{}}}", daemon.counts.json()).as_bytes(),
        ),
        b"big" => big(daemon, batch, id, params),
        b"fail" => fail(daemon, batch, id, params),
        b"sleep" => sleep(daemon, batch, id, params),
        b"stream" => stream(daemon, batch, id, params),
        b"emit" => emit(daemon, batch, id, params),
        b"ask" => ask(daemon, batch, id, params),
        b"queryResult" => query_result(daemon, batch, id, params),
        b"arguments" => {
            let list: Vec<_> = std::env::args().skip(1).map(|arg| quote(&arg)).collect();
            answer(
                daemon,
                batch,
                id,
                format!("[{}]", list.join(",")).as_bytes(),
            );
        }
        b"environment" => {
            let map: Vec<_> = std::env::vars_os()
                .map(|(k, v)| {
                    format!(
                        "{}:{}",
                        quote(&k.to_string_lossy()),
                        quote(&v.to_string_lossy())
                    )
                })
                .collect();
            answer(
                daemon,
                batch,
                id,
                format!("{{{}}}", map.join(",")).as_bytes(),
            );
        }
        b"workingDirectory" => {
            let folder = std::env::current_dir().unwrap_or_default();
            answer(
                daemon,
                batch,
                id,
                quote(&folder.to_string_lossy()).as_bytes(),
            );
        }
        b"stderr" => {
            log(params);
            answer(daemon, batch, id, b"null");
        }
        b"grandchild" => {
            let pid = spawn_grandchild(number(params, "seconds").unwrap_or(60));
            answer(daemon, batch, id, format!(r#"{{"pid":{pid}}}"#).as_bytes());
        }
        _ => misbehaviour::run(daemon, request, batch),
    }
}

pub fn finish(daemon: &Daemon) {
    daemon.counts.answered.fetch_add(1, Ordering::Relaxed);
}

pub fn answer(daemon: &Daemon, batch: &mut Batch, id: &[u8], result: &[u8]) {
    finish(daemon);
    batch.line(&[
        br#"{"id":"#,
        id,
        br#","success":true,"result":"#,
        result,
        b"}",
    ]);
}

/// `{"bytes":N,"idLast":bool}`: a string of N bytes; over the host's limit it is oversized, and
/// with `idLast` its id lies behind the limit.
fn big(daemon: &Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    let filler = vec![b'x'; number(params, "bytes").unwrap_or(0) as usize];
    finish(daemon);
    if flag(params, "idLast") {
        batch.line(&[
            br#"{"success":true,"result":""#,
            &filler,
            br#"","id":"#,
            id,
            b"}",
        ]);
    } else {
        batch.line(&[
            br#"{"id":"#,
            id,
            br#","success":true,"result":""#,
            &filler,
            br#""}"#,
        ]);
    }
}

/// `{"message":…,"code":…,"details":…,"missing":bool}`: `message` may be any JSON value, `missing`
/// leaves `error` out.
fn fail(daemon: &Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    finish(daemon);
    let mut line = [br#"{"id":"#, id, br#","success":false"#].concat();
    if !flag(params, "missing") {
        let message = json::get(params, "message").unwrap_or(br#""failed as asked""#);
        line.extend_from_slice(&[br#","error":"#, message].concat());
    }
    for key in ["code", "details"] {
        if let Some(value) = json::get(params, key) {
            line.extend_from_slice(&[br#",""#, key.as_bytes(), br#"":"#, value].concat());
        }
    }
    batch.line(&[&line, b"}"]);
}

/// `{"ms":N}`.
fn sleep(daemon: &'static Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    let ms = number(params, "ms").unwrap_or(0);
    let pause = Duration::from_millis(ms);
    let result = format!(r#"{{"slept":{ms}}}"#);
    if daemon.options.in_order {
        batch.flush();
        thread::sleep(pause);
        answer(daemon, batch, id, result.as_bytes());
        return;
    }
    let (id, output) = (id.to_vec(), batch.output.clone());
    daemon.counts.in_flight.fetch_add(1, Ordering::Relaxed);
    daemon.timer.after(pause, move || {
        finish(daemon);
        output.write(
            &[
                br#"{"id":"#,
                &id[..],
                br#","success":true,"result":"#,
                result.as_bytes(),
                b"}\n",
            ]
            .concat(),
        );
        daemon.counts.in_flight.fetch_sub(1, Ordering::Release);
    });
}

/// Runs a part that may take long: here where it is short or answers must keep their order, else
/// on a thread of its own.
fn elsewhere(
    daemon: &'static Daemon,
    batch: &mut Batch,
    short: bool,
    task: impl FnOnce(&mut Batch) + Send + 'static,
) {
    if short || daemon.options.in_order {
        task(batch);
        return;
    }
    let output = batch.output.clone();
    daemon.counts.in_flight.fetch_add(1, Ordering::Relaxed);
    thread::spawn(move || {
        let mut own = Batch::new(&output);
        task(&mut own);
        own.flush();
        daemon.counts.in_flight.fetch_sub(1, Ordering::Release);
    });
}

/// `{"count":N,"size":bytes,"delayMs":N,"flush":bool,"text":bool,"failAfter":N,"dieAfter":N}`:
/// chunks `{"index":i}`, with a `pad` of `size` bytes, or bare strings of that size with `text`.
fn stream(daemon: &'static Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    let count = number(params, "count").unwrap_or(10);
    let size = number(params, "size").unwrap_or(0) as usize;
    let delay = Duration::from_millis(number(params, "delayMs").unwrap_or(0));
    let flush = flag(params, "flush") || !delay.is_zero();
    let bare = flag(params, "text");
    let (fail_after, die_after) = (number(params, "failAfter"), number(params, "dieAfter"));
    let death = death(params);
    let id = id.to_vec();
    let short = delay.is_zero() && count.saturating_mul(64 + size as u64) <= 64 * 1024;
    elsewhere(daemon, batch, short, move |batch| {
        let head = [br#"{"id":"#, &id[..], br#","stream":true,"data":"#].concat();
        let pad = vec![b'x'; size];
        for index in 0..count {
            if die_after == Some(index) {
                batch.flush();
                daemon.die(death, &batch.output, &id);
            }
            if fail_after == Some(index) {
                finish(daemon);
                batch.line(&[
                    br#"{"id":"#,
                    &id,
                    br#","success":false,"error":"failed in the middle"}"#,
                ]);
                return;
            }
            batch.lines.extend_from_slice(&head);
            if bare {
                batch.line(&[b"\"", &pad, b"\"}"]);
            } else {
                write!(batch.lines, r#"{{"index":{index}"#).expect("a Vec takes everything");
                match size {
                    0 => batch.line(&[b"}}"]),
                    _ => batch.line(&[br#","pad":""#, &pad, br#""}}"#]),
                }
            }
            if flush {
                batch.flush();
                thread::sleep(delay);
            }
        }
        answer(
            daemon,
            batch,
            &id,
            format!(r#"{{"count":{count}}}"#).as_bytes(),
        );
    });
}

/// `{"event":name,"count":N,"data":any,"delayMs":N}`: events with `data`, else `{"index":i}`; then
/// the answer.
fn emit(daemon: &'static Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    let event = quote(&text(params, "event").unwrap_or_else(|| "tick".into()));
    let count = number(params, "count").unwrap_or(1);
    let delay = Duration::from_millis(number(params, "delayMs").unwrap_or(0));
    let data = json::get(params, "data").map(<[u8]>::to_vec);
    let id = id.to_vec();
    elsewhere(
        daemon,
        batch,
        delay.is_zero() && count <= 1000,
        move |batch| {
            for index in 0..count {
                let own = format!(r#"{{"index":{index}}}"#);
                let data = data.as_deref().unwrap_or(own.as_bytes());
                batch.line(&[
                    br#"{"event":"#,
                    event.as_bytes(),
                    br#","data":"#,
                    data,
                    b"}",
                ]);
                if !delay.is_zero() {
                    batch.flush();
                    thread::sleep(delay);
                }
            }
            answer(
                daemon,
                batch,
                &id,
                format!(r#"{{"emitted":{count}}}"#).as_bytes(),
            );
        },
    );
}

/// `{"event":name,"value":any}`: asks the host by an event with a `correlationId`, and answers
/// with the parameters of the `queryResult` that comes back.
fn ask(daemon: &Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    let event = quote(&text(params, "event").unwrap_or_else(|| "query".into()));
    let correlation = quote(&daemon.questions.ask(id));
    let value = json::get(params, "value").unwrap_or(b"null");
    batch.line(&[
        br#"{"event":"#,
        event.as_bytes(),
        br#","data":{"correlationId":"#,
        correlation.as_bytes(),
        br#","value":"#,
        value,
        b"}}",
    ]);
}

fn query_result(daemon: &Daemon, batch: &mut Batch, id: &[u8], params: &[u8]) {
    let asked = text(params, "correlationId")
        .and_then(|correlation| daemon.questions.answered(&correlation));
    if let Some(asked) = asked {
        answer(daemon, batch, &asked, params);
    }
    answer(daemon, batch, id, b"{}");
}

/// `{"lines":[…],"flood":N,"bytes":N}`: lines, then as many more lines, then bytes without a
/// newline.
fn log(params: &[u8]) {
    for line in texts(params, "lines") {
        eprintln!("{line}");
    }
    crate::flood_stderr(number(params, "flood").unwrap_or(0));
    eprint!(
        "{}",
        "x".repeat(number(params, "bytes").unwrap_or(0) as usize)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_id_method_and_params() {
        let request = Request::parse(br#"{"params":{},"method":"echo","id":"r"}"#).unwrap();
        assert_eq!(
            (request.id, request.method, request.params),
            (&b"\"r\""[..], &b"echo"[..], &b"{}"[..])
        );
    }

    #[test]
    fn a_command_without_params_is_none() {
        assert!(Request::parse(br#"{"id":"r","method":"echo"}"#).is_none());
        assert!(Request::parse(br#"{"id":"r","cancel":true}"#).is_none());
    }
}
