use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::Daemon;
use crate::{TRACE, expect, expect_code, expect_quiet, extended};

pub(crate) fn asked(daemon: &mut Daemon, id: &str) -> String {
    daemon.request(
        id,
        "ask",
        json!({"method": "authorize", "params": {"user": "ada"}}),
    );
    let call = daemon.output.next();
    assert_eq!(
        (&call["method"], &call["params"]),
        (&json!("authorize"), &json!({"user": "ada"}))
    );
    call["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_handler_calls_its_host() {
    let mut daemon = extended();
    let first = asked(&mut daemon, "a");
    let second = asked(&mut daemon, "b");
    assert_ne!(first, second);
    daemon.send(json!({"id": second, "success": true, "result": [2]}).to_string());
    expect(&daemon, json!({"id": "b", "success": true, "result": [2]}));
    daemon.send(json!({"id": first, "success": true}).to_string());
    expect(&daemon, json!({"id": "a", "success": true, "result": null}));
}

#[test]
fn an_error_of_the_host_reaches_the_handler_whole() {
    let mut daemon = extended();
    let id = asked(&mut daemon, "a");
    let no =
        json!({"id": id, "success": false, "error": "no", "code": "DENIED", "details": {"x": 1}});
    daemon.send(no.to_string());
    expect(
        &daemon,
        json!({"id": "a", "success": false, "error": "no", "code": "DENIED", "details": {"x": 1}}),
    );
    let id = asked(&mut daemon, "b");
    daemon.send(json!({"id": id, "success": "true"}).to_string());
    assert_eq!(daemon.output.next()["success"], false);
}

#[test]
fn an_answer_that_comes_twice_or_to_no_call_is_ignored() {
    let mut daemon = extended();
    let id = asked(&mut daemon, "a");
    for _ in 0..2 {
        daemon.send(json!({"id": id, "success": true, "result": 1}).to_string());
    }
    daemon.send(r#"{"id":"d_999","success":true,"result":1}"#);
    daemon.output.answer("a");
    expect_quiet(&mut daemon);
}

#[test]
fn ids_of_both_directions_are_apart() {
    let mut daemon = extended();
    daemon.request("d_1", "ask", json!({"method": "m", "params": {}}));
    assert_eq!(daemon.output.next()["id"], "d_1");
    daemon.send(r#"{"id":"d_1","success":true,"result":"mine"}"#);
    expect(
        &daemon,
        json!({"id": "d_1", "success": true, "result": "mine"}),
    );
}

#[test]
fn a_call_is_cancelled_with_its_command() {
    let mut daemon = extended();
    let id = asked(&mut daemon, "a");
    daemon.send(r#"{"id":"a","cancel":true}"#);
    let lines = [daemon.output.next(), daemon.output.next()];
    assert!(
        lines.contains(&json!({"id": id, "cancel": true})),
        "{lines:?}"
    );
    assert!(lines.iter().any(|line| line["code"] == "CANCELLED"));
    daemon.send(json!({"id": id, "success": true}).to_string());
    expect_quiet(&mut daemon);
}

#[test]
fn a_call_from_a_task_that_outlives_its_command_is_cancelled_too() {
    let mut daemon = extended();
    daemon.request("a", "askBehind", json!({"method": "m", "params": {}}));
    let id = daemon.output.next()["id"].clone();
    expect(&daemon, json!({"id": "a", "success": true, "result": null}));
    let lines = [daemon.output.next(), daemon.output.next()];
    assert!(
        lines.contains(&json!({"id": id, "cancel": true})),
        "{lines:?}"
    );
    assert!(
        lines.contains(&json!({"event": "askedBehind", "data": "cancelled"})),
        "{lines:?}"
    );
}

#[test]
fn a_call_has_the_deadline_and_the_trace_of_its_command() {
    let mut daemon = extended();
    daemon.send(format!(
        r#"{{"id":"a","method":"ask","params":{{"method":"m","params":{{}}}},"deadlineMs":200,"trace":{{"traceparent":"{TRACE}"}}}}"#
    ));
    let call = daemon.output.next();
    assert!(call["deadlineMs"].as_u64().unwrap() <= 200, "{call}");
    assert_eq!(call["trace"], json!({"traceparent": TRACE}));
    let lines = [daemon.output.next(), daemon.output.next()];
    assert!(
        lines.iter().any(|line| line["code"] == "DEADLINE_EXCEEDED"),
        "{lines:?}"
    );
}

#[test]
fn a_call_may_have_a_time_of_its_own() {
    let mut daemon = extended();
    daemon.request(
        "a",
        "ask",
        json!({"method": "m", "params": {}, "timeoutMs": 20}),
    );
    let id = daemon.output.next()["id"].clone();
    expect(&daemon, json!({"id": id, "cancel": true}));
    expect_code(&daemon, "a", "DEADLINE_EXCEEDED");
}

#[test]
fn a_command_that_the_host_sends_meanwhile_waits_for_no_permit() {
    let mut daemon = extended();
    daemon.request("outer", "askOne", json!({"method": "m", "params": {}}));
    let outer = daemon.output.next()["id"].clone();
    // The only permit is taken, by a handler that waits for this very command.
    daemon.request("inner", "askOne", json!({"method": "n", "params": {}}));
    let inner = daemon.output.next();
    assert_eq!(inner["method"], "n");
    daemon.send(json!({"id": inner["id"], "success": true}).to_string());
    daemon.output.answer("inner");
    daemon.send(json!({"id": outer, "success": true}).to_string());
    assert_eq!(daemon.output.answer("outer")["success"], true);
}

#[test]
fn a_broken_answer_fails_its_call_at_once() {
    let mut daemon = extended();
    let id = asked(&mut daemon, "a");
    daemon.send(format!(r#"{{"id":"{id}","success":true,"result":"#));
    expect_code(&daemon, "a", "INTERNAL");
}

#[test]
fn commands_wait_for_their_turn() {
    let mut daemon = extended();
    let begin = Instant::now();
    for number in 0..3 {
        daemon.request(&format!("o{number}"), "one", json!({"ms": 60}));
    }
    for _ in 0..3 {
        assert_eq!(daemon.output.next()["success"], true);
    }
    assert!(begin.elapsed() >= Duration::from_millis(180));
}
