//! A daemon whose handlers do what a test tells them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rustbridge::{Context, Error, Sidecar, Sink, Upload};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// What a handler is to do.
#[derive(Debug)]
pub enum Do {
    Chunk(Value),
    Take,
    Ask,
    Return(Value),
    Fail(String),
}

/// Where handlers are told what to do, and tell what they were told.
#[derive(Default)]
pub struct Stage {
    actors: Mutex<HashMap<String, UnboundedSender<Do>>>,
    told: Mutex<Vec<String>>,
}

impl Stage {
    /// Tells a handler what to do; false if it has ended.
    pub fn direct(&self, who: &str, what: Do) -> bool {
        let actors = self.actors.lock().unwrap();
        actors
            .get(who)
            .is_some_and(|actor| actor.send(what).is_ok())
    }

    /// What handlers told since this was asked last.
    pub fn told(&self) -> Vec<String> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    fn tell(&self, who: &str, what: &str) {
        self.told.lock().unwrap().push(format!("{who} {what}"));
    }
}

/// Commands `work`, `take` with an upload, and `one`, of which one runs at a time. Parameter `who` names a handler.
pub fn daemon(stage: &Arc<Stage>) -> Sidecar {
    Sidecar::new()
        .state(Arc::clone(stage))
        .streaming("work", |context, params: Value, sink| {
            act(context, params, None, sink)
        })
        .streaming("one", |context, params: Value, sink| {
            act(context, params, None, sink)
        })
        .limit("one", 1)
        .duplex("take", |context, params: Value, items, sink| {
            act(context, params, Some(items), sink)
        })
}

async fn act(
    context: Context,
    params: Value,
    mut items: Option<Upload<Value>>,
    sink: Sink<Value>,
) -> Result<Value, Error> {
    let who = params["who"].as_str().unwrap_or("a").to_owned();
    let stage = Arc::clone(&context.state::<Arc<Stage>>());
    let (actor, mut script) = unbounded_channel();
    stage.actors.lock().unwrap().insert(who.clone(), actor);
    stage.tell(&who, "started");
    let mut exit = Exit {
        stage: &stage,
        who: &who,
        planned: false,
    };
    loop {
        match script.recv().await.expect("a script ends with an answer") {
            Do::Chunk(chunk) => sink.send(chunk).await?,
            Do::Take => {
                let item = items.as_mut().expect("an upload is announced").next().await;
                let news = match item {
                    Some(Ok(item)) => format!("item {item}"),
                    Some(Err(_)) => "source failed".to_owned(),
                    None => "end of items".to_owned(),
                };
                stage.tell(&who, &news);
            }
            Do::Ask => {
                let answer = context.host().call("authorize", &json!({"who": who})).await;
                let news = match answer {
                    Ok::<Value, _>(answer) => format!("answer {answer}"),
                    Err(error) => format!("refused {}", error.code().unwrap_or("without a code")),
                };
                stage.tell(&who, &news);
            }
            Do::Return(result) => {
                exit.planned = true;
                return Ok(result);
            }
            Do::Fail(code) => {
                exit.planned = true;
                return Err(Error::new("as told").with_code(code));
            }
        }
    }
}

/// Tells when a handler ends otherwise than it was told to.
struct Exit<'a> {
    stage: &'a Stage,
    who: &'a str,
    planned: bool,
}

impl Drop for Exit<'_> {
    fn drop(&mut self) {
        if !self.planned {
            self.stage.tell(self.who, "stopped");
        }
    }
}
