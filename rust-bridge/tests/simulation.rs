//! The SDK against a host that knows what each line has to bring about: commands, credit, items, cancels, deadlines,
//! calls of the host, handlers that do something, and lines that come in pieces, as a seed has it. After each step
//! the daemon must have written, and its handlers been told, what the model says, and nothing else.
//!
//! `RUSTBRIDGE_SIM_SEED=7` plays one seed again, `RUSTBRIDGE_SOAK=1` plays many more.

#[path = "support/dice.rs"]
mod dice;
#[path = "support/host_model/mod.rs"]
mod host_model;
#[path = "support/stage.rs"]
mod stage;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use dice::Dice;
use host_model::{Line, Model};
use rustbridge::testing::TestHost;
use serde_json::{Value, json};
use stage::{Do, Stage};
use tokio::runtime::Builder;
use tokio::time::sleep;

const STEPS: usize = 300;
const MOST_CALLS: usize = 10;
/// The clock is paused: it goes on when nothing is left to be done.
const SILENCE: Duration = Duration::from_millis(1);
const CAPABILITIES: [&str; 7] = [
    "cancel", "credit", "deadline", "trace", "errors", "calls", "upload",
];

#[test]
fn the_sdk_does_what_the_model_says() {
    if let Ok(seed) = std::env::var("RUSTBRIDGE_SIM_SEED") {
        return play(seed.parse().expect("a seed is a number"));
    }
    let seeds = match std::env::var("RUSTBRIDGE_SOAK") {
        Ok(_) => 5_000,
        Err(_) => 100,
    };
    (0..seeds).for_each(play);
}

fn play(seed: u64) {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut simulation = Simulation::begin(seed).await;
        if let Err(what) = simulation.run().await {
            let trace = simulation.trace.join("\n");
            panic!("RUSTBRIDGE_SIM_SEED={seed}: {what}\n{trace}");
        }
    });
}

struct Simulation {
    dice: Dice,
    host: TestHost,
    stage: Arc<Stage>,
    model: Model,
    /// Lines on their way to the daemon, and how much of the first one has arrived.
    wire: VecDeque<Line>,
    arrived: usize,
    calls: usize,
    trace: Vec<String>,
}

type Outcome = Result<(), String>;

impl Simulation {
    async fn begin(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let agreed: Vec<_> = match dice.below(4) {
            0 => Vec::new(),
            1 => CAPABILITIES.to_vec(),
            _ => CAPABILITIES
                .into_iter()
                .filter(|_| dice.below(4) > 0)
                .collect(),
        };
        let stage = Arc::new(Stage::default());
        let mut host = TestHost::classic(stage::daemon(&stage)).await;
        if !agreed.is_empty() {
            let hello = json!({"protocol": 1, "capabilities": agreed});
            host.call::<Value>("$hello", hello).await.unwrap();
        }
        Self {
            dice,
            host,
            stage,
            trace: vec![format!("agreed: {agreed:?}")],
            model: Model::new(agreed),
            wire: VecDeque::new(),
            arrived: 0,
            calls: 0,
        }
    }

    async fn run(&mut self) -> Outcome {
        for _ in 0..STEPS {
            self.step().await?;
        }
        self.finish().await
    }

    async fn step(&mut self) -> Outcome {
        self.relax().await?;
        match self.dice.below(20) {
            0..=7 => self.send(),
            8..=12 => self.deliver().await,
            13..=18 => self.direct(),
            _ => {
                let time = Duration::from_millis(self.dice.below(20) as u64);
                self.note(format!("{time:?} pass"));
                sleep(time).await;
            }
        }
        self.settle().await
    }

    /// Lets deadlines pass that are near.
    async fn relax(&mut self) -> Outcome {
        while self.model.is_tense() {
            sleep(SILENCE).await;
            self.settle().await?;
        }
        Ok(())
    }

    /// Puts a line on the wire.
    fn send(&mut self) {
        let live: Vec<_> = self.model.live().cloned().collect();
        let id = match live.is_empty() || self.dice.below(20) == 0 {
            true => format!("c{}", self.dice.below(self.calls + 1)),
            false => self.dice.one_of(&live).clone(),
        };
        let line = match self.dice.below(16) {
            0..=4 if live.len() < MOST_CALLS => self.command(),
            5..=7 => Line::Credit(id, self.dice.below(4) as u64),
            8..=10 => Line::Item(id, self.dice.below(100) as u64),
            11 => Line::End(id, self.dice.below(2) == 0),
            12 => Line::Cancel(id),
            13 => Line::Ping(self.dice.below(1000)),
            14 => {
                let asked: Vec<_> = self.model.asked().cloned().collect();
                if asked.is_empty() {
                    return;
                }
                Line::Answer(self.dice.one_of(&asked).clone(), self.dice.below(3) > 0)
            }
            15 if self.dice.below(4) == 0 => Line::Broken(id),
            15 => Line::Noise,
            _ => return,
        };
        // A host without manners now and then: else it keeps to the credit that it has.
        let is_rude = self.dice.below(30) == 0;
        let queued = self
            .wire
            .iter()
            .filter(|other| other.is_item_of(&line))
            .count();
        if !is_rude && !self.model.expects(&line, queued as u64) {
            return;
        }
        self.note(format!("send {line:?}"));
        self.wire.push_back(line);
    }

    fn command(&mut self) -> Line {
        self.calls += 1;
        let upload = self.model.has("upload") && self.dice.below(3) == 0;
        Line::Command {
            id: format!("c{}", self.calls),
            method: match self.dice.below(3) {
                _ if upload => "take",
                0 => "one",
                _ => "work",
            },
            credit: (self.dice.below(2) == 0).then(|| self.dice.below(3) as u64),
            upload,
            deadline: (self.dice.below(3) == 0).then(|| 5 + self.dice.below(60) as u64),
        }
    }

    /// Some bytes arrive.
    async fn deliver(&mut self) {
        let mut left = 1 + self.dice.below(200);
        let mut bytes = Vec::new();
        let mut whole = Vec::new();
        while left > 0 {
            let Some(line) = self.wire.front() else { break };
            let text = line.text();
            let end = text.len().min(self.arrived + left);
            bytes.extend_from_slice(&text.as_bytes()[self.arrived..end]);
            left -= end - self.arrived;
            self.arrived = end;
            if end == text.len() {
                self.arrived = 0;
                whole.extend(self.wire.pop_front());
            }
        }
        if bytes.is_empty() {
            return;
        }
        self.note(format!(
            "{} bytes and {} lines arrive",
            bytes.len(),
            whole.len()
        ));
        self.host.send_bytes(&bytes).await;
        self.model.receive(whole);
    }

    /// A handler does something.
    fn direct(&mut self) {
        let running: Vec<_> = self.model.running().cloned().collect();
        if running.is_empty() {
            return;
        }
        let id = self.dice.one_of(&running).clone();
        let what = match self.dice.below(12) {
            0..=4 => Do::Chunk(json!(self.dice.below(100))),
            5..=7 if self.model.uploads(&id) => Do::Take,
            8 | 9 => Do::Ask,
            10 => Do::Return(json!({"n": 7})),
            11 => Do::Fail("NOT_FOUND".to_owned()),
            _ => return,
        };
        self.act(&id, what);
    }

    fn act(&mut self, id: &str, what: Do) {
        self.note(format!("handler of {id}: {what:?}"));
        self.model.act(id, &what);
        assert!(self.stage.direct(id, what), "{id} runs");
    }

    /// Compares what came of a step with what the model says.
    async fn settle(&mut self) -> Outcome {
        let lines = self.host.lines_until_silent(SILENCE).await;
        let told = self.stage.told();
        for line in &lines {
            self.note(format!("    written {line}"));
        }
        for signal in &told {
            self.note(format!("    told {signal}"));
        }
        self.model.settle(&lines, &told)
    }

    /// All calls come to their end; the host may have gone before.
    async fn finish(&mut self) -> Outcome {
        while !self.wire.is_empty() {
            self.relax().await?;
            self.deliver().await;
            self.settle().await?;
        }
        self.relax().await?;
        self.note("the host sends no more".to_owned());
        self.host.end_input().await;
        self.model.end_input();
        self.settle().await?;
        loop {
            self.relax().await?;
            let next = self.model.running().next().cloned();
            let Some(id) = next else { break };
            self.act(&id, Do::Return(Value::Null));
            self.settle().await?;
        }
        let left: Vec<_> = self.model.live().collect();
        if !left.is_empty() {
            return Err(format!("not answered: {left:?}"));
        }
        match self.host.is_closed() {
            true => Ok(()),
            false => Err("the connection is open still".to_owned()),
        }
    }

    fn note(&mut self, what: String) {
        self.trace.push(what);
    }
}
