//! The SDK in all conversations of `protocol/vectors/daemon.jsonl`.

#[path = "support/stage.rs"]
mod stage;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustbridge::testing::TestHost;
use serde_json::{Value, json};
use stage::{Do, Stage};
use tokio::runtime::Builder;

/// The longest line that the daemons of the vectors take.
const MAX_MESSAGE_SIZE: usize = 1024;
/// Longer than any deadline in a vector.
const EXPIRY: Duration = Duration::from_secs(61);
/// The clock is paused: it goes on when nothing is left to be done.
const SILENCE: Duration = Duration::from_millis(1);

#[test]
fn the_sdk_says_what_the_vectors_say() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../protocol/vectors/daemon.jsonl");
    let vectors = std::fs::read_to_string(file).expect("vectors are part of the repository");
    let failures: Vec<_> = vectors
        .lines()
        .filter_map(|line| {
            let vector: Value = serde_json::from_str(line).unwrap();
            // shown where the harness itself panics
            println!("{}", vector["name"]);
            let runtime = Builder::new_current_thread()
                .enable_time()
                .start_paused(true)
                .build()
                .unwrap();
            let failure = runtime.block_on(play(&vector)).err();
            failure.map(|failure| format!("{}: {failure}\n    {}", vector["name"], vector["steps"]))
        })
        .collect();
    assert!(
        failures.is_empty(),
        "{} vectors failed:\n{}",
        failures.len(),
        failures[..failures.len().min(20)].join("\n")
    );
}

async fn play(vector: &Value) -> Result<(), String> {
    let stage = Arc::new(Stage::default());
    let daemon = stage::daemon(&stage).max_message_size(MAX_MESSAGE_SIZE);
    let mut host = TestHost::classic(daemon).await;
    if vector["capabilities"] != json!([]) {
        let hello = json!({"protocol": 1, "capabilities": vector["capabilities"]});
        host.call::<Value>("$hello", hello)
            .await
            .map_err(|error| format!("it refused the host: {error}"))?;
    }
    let mut ids = HashMap::new();
    for (number, step) in list(&vector["steps"]).iter().enumerate() {
        let was_closed = host.is_closed();
        act(&mut host, &stage, step, &ids).await;
        let mut lines = host.lines_until_silent(SILENCE).await;
        lines.retain(|line| line["id"] != "z");
        let mut told = stage.told();
        told.retain(|signal| !signal.starts_with("z "));
        if host.is_closed() && !was_closed {
            told.push("connection ended".to_owned());
        }
        let at = |what: String| format!("step {}: {what}", number + 1);
        check_lines(lines, step, &vector["may"], &mut ids).map_err(at)?;
        let expected: Vec<_> = list(&step["told"])
            .iter()
            .map(|signal| signal.as_str().unwrap().to_owned())
            .collect();
        if by_whom(&told) != by_whom(&expected) {
            return Err(at(format!("told were {told:?}, not {expected:?}")));
        }
    }
    Ok(())
}

async fn act(host: &mut TestHost, stage: &Stage, step: &Value, ids: &HashMap<String, String>) {
    if let Some(line) = step["in"].as_str() {
        let line = ids
            .iter()
            .fold(line.to_owned(), |line, (name, id)| line.replace(name, id));
        return host.send(&line).await;
    }
    let what = match step["do"].as_str().unwrap() {
        "crowd" => {
            let other = json!({"id": "z", "method": "one", "params": {"who": "z"}});
            return host.send(&other.to_string()).await;
        }
        "permit" => {
            assert!(stage.direct("z", Do::Return(Value::Null)));
            return;
        }
        "expire" => return tokio::time::sleep(EXPIRY).await,
        "chunk" => Do::Chunk(json_of(&step["value"])),
        "take" => Do::Take,
        "ask" => Do::Ask,
        "return" => Do::Return(json_of(&step["value"])),
        "fail" => Do::Fail(step["value"].as_str().unwrap().to_owned()),
        other => panic!("no step: {other}"),
    };
    assert!(stage.direct("a", what), "the handler has ended: {step}");
}

/// All lines that must have come, those of one id in their order, and none besides those that may.
fn check_lines(
    mut lines: Vec<Value>,
    step: &Value,
    may: &Value,
    ids: &mut HashMap<String, String>,
) -> Result<(), String> {
    for pattern in list(&step["out"]) {
        let found = lines
            .iter()
            .position(|line| matches(pattern, line, ids))
            .ok_or_else(|| format!("{pattern} is missing among {}", json!(lines)))?;
        let line = lines.remove(found);
        let overtaken = lines[..found].iter().find(|other| {
            other["id"] == line["id"] && !list(may).iter().any(|may| matches(may, other, ids))
        });
        if let Some(other) = overtaken {
            return Err(format!("{line} came after {other}"));
        }
    }
    lines.retain(|line| !list(may).iter().any(|may| matches(may, line, ids)));
    match lines.is_empty() {
        true => Ok(()),
        false => Err(format!("lines that must not come: {}", json!(lines))),
    }
}

/// `*` stands for any value, `@…` for an id that is bound by the first line that has it.
fn matches(pattern: &Value, line: &Value, ids: &mut HashMap<String, String>) -> bool {
    match (pattern, line) {
        (Value::String(any), _) if any == "*" => true,
        (Value::String(name), Value::String(id)) if name.starts_with('@') => {
            ids.entry(name.clone()).or_insert_with(|| id.clone()) == id
        }
        (Value::Object(pattern), Value::Object(line)) => {
            // Members that tell lines apart first: no id is bound by a line of another shape.
            pattern.len() == line.len()
                && pattern.keys().all(|name| line.contains_key(name))
                && pattern
                    .iter()
                    .all(|(name, value)| matches(value, &line[name], ids))
        }
        _ => pattern == line,
    }
}

fn by_whom(told: &[String]) -> BTreeMap<&str, Vec<&str>> {
    let mut signals = BTreeMap::<_, Vec<_>>::new();
    for signal in told {
        let (who, what) = signal.split_once(' ').unwrap();
        signals.entry(who).or_default().push(what);
    }
    signals
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn json_of(text: &Value) -> Value {
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}
