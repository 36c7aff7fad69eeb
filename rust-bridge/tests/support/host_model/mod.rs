//! What a daemon has to do with each line of its host: the twin of `DaemonTable` in `bridge-core`, for many calls at
//! once.

mod call;
mod check;
mod line;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use call::{At, Call, Upload};
pub use line::Line;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::stage::Do;

/// How far a timer may be from its time: the clock of the runtime counts in milliseconds.
const TICK: Duration = Duration::from_millis(2);

/// All calls of a connection.
pub struct Model {
    agreed: Vec<&'static str>,
    calls: BTreeMap<String, Call>,
    /// The call that has the only right to run `one`, and those that wait for it.
    one: Option<String>,
    queue: VecDeque<String>,
    asks: usize,
    /// Calls of the host whose handlers were stopped, and are still to be dropped.
    leaving: Vec<String>,
    /// The host has sent its last line.
    deaf: bool,
    lines: Vec<Value>,
    told: Vec<String>,
}

impl Model {
    pub fn new(agreed: Vec<&'static str>) -> Self {
        Self {
            agreed,
            calls: BTreeMap::new(),
            one: None,
            queue: VecDeque::new(),
            asks: 0,
            leaving: Vec::new(),
            deaf: false,
            lines: Vec::new(),
            told: Vec::new(),
        }
    }

    pub fn has(&self, capability: &str) -> bool {
        self.agreed.contains(&capability)
    }

    pub fn live(&self) -> impl Iterator<Item = &String> {
        self.calls.keys()
    }

    pub fn running(&self) -> impl Iterator<Item = &String> {
        let running = |(id, call): (_, &Call)| (call.at == At::Running).then_some(id);
        self.calls.iter().filter_map(running)
    }

    /// The daemon's own calls that have no answer yet.
    pub fn asked(&self) -> impl Iterator<Item = &String> {
        self.calls.values().filter_map(|call| match &call.at {
            At::Calling(asked) if call.heard.is_none() => Some(asked),
            _ => None,
        })
    }

    pub fn uploads(&self, id: &str) -> bool {
        self.calls.get(id).is_some_and(|call| call.upload.is_some())
    }

    /// Whether a host with manners sends this line, while as many items are on their way.
    pub fn expects(&self, line: &Line, on_their_way: u64) -> bool {
        let upload = |id| {
            self.calls
                .get(id)
                .and_then(|call: &Call| call.upload.as_ref())
        };
        match line {
            Line::Command { .. } | Line::Ping(_) | Line::Noise => true,
            Line::Cancel(_) => self.has("cancel"),
            Line::Credit(..) => self.has("credit"),
            Line::Item(id, _) => {
                upload(id).is_some_and(|it| it.end.is_none() && it.granted > on_their_way)
            }
            Line::End(id, _) => upload(id).is_some_and(|it| it.end.is_none()),
            Line::Answer(..) => true,
            Line::Broken(_) => true,
        }
    }

    /// Whether a deadline is so near that what comes first is a matter of chance.
    pub fn is_tense(&self) -> bool {
        let soon = Instant::now() + TICK;
        let mut deadlines = self.calls.values().filter_map(|call| call.deadline);
        deadlines.any(|deadline| deadline <= soon)
    }

    // What the host does

    /// Takes lines that come in one piece: handlers see what they brought about after the last.
    pub fn receive(&mut self, lines: Vec<Line>) {
        lines.into_iter().for_each(|line| self.take(line));
        self.wake();
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Command {
                id,
                method,
                credit,
                upload,
                deadline,
            } => {
                let call = Call {
                    at: At::Queued,
                    credit: credit.filter(|_| self.has("credit")),
                    upload: (upload && self.has("upload")).then(Upload::default),
                    deadline: deadline
                        .filter(|_| self.has("deadline"))
                        .map(|millis| Instant::now() + Duration::from_millis(millis)),
                    heard: None,
                };
                self.admit(id, call, method);
            }
            Line::Cancel(id) if self.has("cancel") => self.stop(&id, "CANCELLED"),
            Line::Credit(id, credit) if self.has("credit") => self.grant(&id, credit),
            Line::Item(id, item) if self.has("upload") => self.item(&id, item),
            Line::End(id, failed) if self.has("upload") => self.end(&id, failed),
            Line::Answer(asked, success) => {
                let told = match success {
                    true => "answer 5",
                    false => "refused PERMISSION_DENIED",
                };
                self.hear(&asked, told);
            }
            Line::Ping(number) => {
                let pong = json!({"id": format!("p{number}"), "success": true, "result": null});
                self.lines.push(pong);
            }
            Line::Cancel(id)
            | Line::Credit(id, _)
            | Line::Item(id, _)
            | Line::End(id, _)
            | Line::Broken(id) => self.stop(&id, "INVALID_PARAMS"),
            Line::Noise => {}
        }
    }

    fn admit(&mut self, id: String, call: Call, method: &str) {
        // While the daemon waits for the host, the host may need this very command to answer.
        let waits = !self.leaving.is_empty() || self.asked().next().is_some();
        self.calls.insert(id.clone(), call);
        if method == "one" && !waits {
            if self.one.is_some() {
                return self.queue.push_back(id);
            }
            self.one = Some(id.clone());
        }
        self.start(&id);
    }

    fn start(&mut self, id: &str) {
        self.calls.get_mut(id).unwrap().at = At::Starting;
    }

    fn grant(&mut self, id: &str, credit: u64) {
        if let Some(call) = self.calls.get_mut(id) {
            call.credit = call.credit.map(|left| left + credit);
        }
    }

    /// Handlers go on that have what they waited for.
    fn wake(&mut self) {
        for asked in std::mem::take(&mut self.leaving) {
            if self.has("cancel") {
                self.lines.push(json!({"id": asked, "cancel": true}));
            }
        }
        for (id, call) in &mut self.calls {
            match &call.at {
                At::Starting => self.told.push(format!("{id} started")),
                At::Stalled(chunk) if call.credit != Some(0) => {
                    self.lines.push(chunk_of(id, chunk));
                    call.credit = call.credit.map(|left| left - 1);
                }
                At::Taking => match call.upload.as_mut().and_then(Upload::next) {
                    Some(news) => self.told.push(format!("{id} {news}")),
                    None => continue,
                },
                At::Calling(_) => match call.heard.take() {
                    Some(news) => self.told.push(format!("{id} {news}")),
                    None => continue,
                },
                _ => continue,
            }
            call.at = At::Running;
        }
    }

    fn item(&mut self, id: &str, item: u64) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        let Some(upload) = call.upload.as_mut().filter(|upload| upload.is_open()) else {
            return self.stop(id, "INVALID_PARAMS");
        };
        upload.granted -= 1;
        upload.items.push_back(item);
    }

    fn end(&mut self, id: &str, failed: bool) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        let Some(upload) = call.upload.as_mut().filter(|upload| upload.end.is_none()) else {
            return self.stop(id, "INVALID_PARAMS");
        };
        upload.end = Some(if failed {
            "source failed"
        } else {
            "end of items"
        });
    }

    fn hear(&mut self, asked: &str, news: &'static str) {
        self.leaving.retain(|leaving| leaving != asked);
        let asker = self
            .calls
            .values_mut()
            .find(|call| call.at == At::Calling(asked.to_owned()));
        if let Some(call) = asker {
            call.heard = call.heard.or(Some(news));
        }
    }

    /// The host sends no more: neither items, nor credit, nor answers.
    pub fn end_input(&mut self) {
        self.deaf = true;
        for upload in self
            .calls
            .values_mut()
            .filter_map(|call| call.upload.as_mut())
        {
            upload.end = upload.end.or(Some("source failed"));
        }
        for asked in self.asked().cloned().collect::<Vec<_>>() {
            self.hear(&asked, "refused CANCELLED");
        }
        let stalled =
            |(id, call): (&String, &Call)| matches!(call.at, At::Stalled(_)).then(|| id.clone());
        for id in self.calls.iter().filter_map(stalled).collect::<Vec<_>>() {
            self.stop(&id, "CANCELLED");
        }
        self.wake();
    }

    // What handlers do

    pub fn act(&mut self, id: &str, what: &Do) {
        let call = self.calls.get_mut(id).unwrap();
        match what {
            Do::Chunk(chunk) if call.credit == Some(0) => call.at = At::Stalled(chunk.clone()),
            Do::Chunk(chunk) => {
                call.credit = call.credit.map(|left| left - 1);
                self.lines.push(chunk_of(id, chunk));
            }
            Do::Take => {
                call.at = At::Taking;
                self.wake();
            }
            Do::Ask if !self.has("calls") => self.told.push(format!("{id} refused UNAVAILABLE")),
            Do::Ask => {
                self.asks += 1;
                let asked = format!("d_{}", self.asks);
                let mut line = json!({"id": asked, "method": "authorize", "params": {"who": id}});
                let call = self.calls.get_mut(id).unwrap();
                if call.deadline.is_some() {
                    line["deadlineMs"] = json!("*");
                }
                call.at = At::Calling(asked);
                self.lines.push(line);
            }
            Do::Return(result) => {
                let line = json!({"id": id, "success": true, "result": result});
                self.lines.push(line);
                self.forget(id);
                self.wake();
            }
            Do::Fail(code) => {
                self.fail(id, code);
                self.forget(id);
                self.wake();
            }
        }
    }

    fn stop(&mut self, id: &str, code: &str) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        if let (At::Calling(asked), None) = (&call.at, call.heard) {
            self.leaving.push(asked.clone());
        }
        if call.at != At::Queued && call.at != At::Starting {
            self.told.push(format!("{id} stopped"));
        }
        self.fail(id, code);
        self.forget(id);
    }

    fn fail(&mut self, id: &str, code: &str) {
        let mut line = json!({"id": id, "success": false, "error": "*"});
        if self.has("errors") {
            line["code"] = json!(code);
        }
        self.lines.push(line);
    }

    fn forget(&mut self, id: &str) {
        self.calls.remove(id);
        self.queue.retain(|queued| queued != id);
        if self.one.as_deref() == Some(id) {
            self.one = self.queue.pop_front();
            if let Some(next) = self.one.clone() {
                self.start(&next);
            }
        }
    }
}

fn chunk_of(id: &str, chunk: &Value) -> Value {
    json!({"id": id, "stream": true, "data": chunk})
}
