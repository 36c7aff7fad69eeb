//! What a daemon has to do with each line of its host: the twin of `DaemonTable` in `bridge-core`, for many calls at
//! once.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::stage::Do;

/// How far a timer may be from its time: the clock of the runtime counts in milliseconds.
const TICK: Duration = Duration::from_millis(2);

/// A line of the host.
#[derive(Debug, Clone)]
pub enum Line {
    Command {
        id: String,
        method: &'static str,
        credit: Option<u64>,
        upload: bool,
        deadline: Option<u64>,
    },
    Cancel(String),
    Credit(String, u64),
    Item(String, u64),
    /// The end of an upload, and whether it failed.
    End(String, bool),
    /// The answer to a call of the daemon's, and whether it is a result.
    Answer(String, bool),
    Ping(usize),
    Broken(String),
    Noise,
}

impl Line {
    pub fn text(&self) -> String {
        let line = match self {
            Self::Command {
                id,
                method,
                credit,
                upload,
                deadline,
            } => {
                let mut line = json!({"id": id, "method": method, "params": {"who": id}});
                if let Some(credit) = credit {
                    line["credit"] = json!(credit);
                }
                if *upload {
                    line["upload"] = json!(true);
                }
                if let Some(deadline) = deadline {
                    line["deadlineMs"] = json!(deadline);
                }
                line
            }
            Self::Cancel(id) => json!({"id": id, "cancel": true}),
            Self::Credit(id, credit) => json!({"id": id, "credit": credit}),
            Self::Item(id, item) => json!({"id": id, "stream": true, "data": item}),
            Self::End(id, false) => json!({"id": id, "end": true}),
            Self::End(id, true) => json!({"id": id, "end": true, "error": "lost"}),
            Self::Answer(id, true) => json!({"id": id, "success": true, "result": 5}),
            Self::Answer(id, false) => {
                json!({"id": id, "success": false, "error": "no", "code": "PERMISSION_DENIED"})
            }
            Self::Ping(number) => json!({"id": format!("p{number}"), "method": "$ping"}),
            Self::Broken(id) => json!({"id": id, "end": 1}),
            Self::Noise => return "hello?\n".to_owned(),
        };
        format!("{line}\n")
    }

    /// Whether it is an item of the same upload as another line.
    pub fn is_item_of(&self, other: &Line) -> bool {
        matches!((self, other), (Self::Item(id, _), Self::Item(other, _)) if id == other)
    }
}

/// Where a call is.
#[derive(Debug, PartialEq)]
pub enum At {
    /// Waits for the right to run.
    Queued,
    /// Is to be run.
    Starting,
    Running,
    /// A chunk waits for credit.
    Stalled(Value),
    /// Waits for an item.
    Taking,
    /// Waits for the host's answer.
    Calling(String),
}

#[derive(Debug)]
struct Call {
    at: At,
    /// Chunks that may still be sent; `None` is without limit.
    credit: Option<u64>,
    upload: Option<Upload>,
    deadline: Option<Instant>,
    /// What the host answered to the handler's call.
    heard: Option<&'static str>,
}

#[derive(Debug, Default)]
struct Upload {
    granted: u64,
    items: VecDeque<u64>,
    /// How it ended, as the handler is told it next.
    end: Option<&'static str>,
}

impl Upload {
    fn is_open(&self) -> bool {
        self.end.is_none() && self.granted > 0
    }

    /// What a handler gets that asks for an item now.
    fn next(&mut self) -> Option<String> {
        if let Some(item) = self.items.pop_front() {
            return Some(format!("item {item}"));
        }
        let news = self.end?;
        // An error is told once.
        self.end = Some("end of items");
        Some(news.to_owned())
    }
}

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

    // What came of it

    /// Checks what was written and told since the last time.
    pub fn settle(&mut self, lines: &[Value], told: &[String]) -> Result<(), String> {
        self.expire(lines, told)?;
        let mut missing = std::mem::take(&mut self.lines);
        for line in lines {
            if let Some(granted) = line["credit"].as_u64() {
                self.granted(line, granted)?;
                continue;
            }
            // In order for each id.
            let next = missing.iter().position(|other| other["id"] == line["id"]);
            match next {
                Some(at) if matches(&missing[at], line) => drop(missing.remove(at)),
                _ => return Err(format!("{line} must not be written; {missing:?} must")),
            }
        }
        if !missing.is_empty() {
            return Err(format!("{missing:?} was not written"));
        }
        let expected = std::mem::take(&mut self.told);
        match sorted_by_whom(told) == sorted_by_whom(&expected) {
            true => Ok(()),
            false => Err(format!("told was {told:?}, not {expected:?}")),
        }
    }

    /// A deadline is met to the millisecond, more or less.
    fn expire(&mut self, lines: &[Value], told: &[String]) -> Result<(), String> {
        let now = Instant::now();
        let mut due: Vec<_> = self
            .calls
            .iter()
            .filter_map(|(id, call)| call.deadline.map(|deadline| (id.clone(), deadline)))
            .filter(|(_, deadline)| *deadline <= now + TICK)
            .collect();
        due.sort_by_key(|(_, deadline)| *deadline);
        for (id, deadline) in due {
            let answered = lines
                .iter()
                .any(|line| line["id"] == *id && line["error"] == "deadline exceeded");
            if answered {
                if told.contains(&format!("{id} started")) {
                    // Its turn came just before.
                    self.wake();
                }
                self.stop(&id, "DEADLINE_EXCEEDED");
            } else if deadline + TICK < now {
                return Err(format!("{id} is over its deadline"));
            }
        }
        self.wake();
        Ok(())
    }

    fn granted(&mut self, line: &Value, granted: u64) -> Result<(), String> {
        let id = line["id"].as_str().unwrap_or_default();
        // A call that ended in this very step may have asked for items before.
        if let Some(call) = self.calls.get_mut(id) {
            let upload = call
                .upload
                .as_mut()
                .filter(|upload| upload.end.is_none() || self.deaf)
                .ok_or_else(|| format!("{line}: nothing is uploaded"))?;
            upload.granted += granted;
        }
        Ok(())
    }
}

fn chunk_of(id: &str, chunk: &Value) -> Value {
    json!({"id": id, "stream": true, "data": chunk})
}

/// Whether a line is as it has to be; `*` stands for any value.
fn matches(pattern: &Value, line: &Value) -> bool {
    let (Some(pattern), Some(line)) = (pattern.as_object(), line.as_object()) else {
        return false;
    };
    pattern.len() == line.len()
        && pattern
            .iter()
            .all(|(name, value)| line.get(name).is_some_and(|it| value == "*" || value == it))
}

/// In order for each who is told something.
fn sorted_by_whom(told: &[String]) -> Vec<&String> {
    let mut sorted: Vec<_> = told.iter().collect();
    sorted.sort_by_key(|signal| signal.split(' ').next());
    sorted
}
