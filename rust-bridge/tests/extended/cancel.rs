use serde_json::json;

use crate::{expect, expect_code, expect_quiet, extended, greeted};

#[test]
fn a_cancelled_call_is_answered_once_and_its_handler_dropped() {
    let mut daemon = extended();
    daemon.request("w", "wait", json!({}));
    assert_eq!(daemon.output.next()["event"], "waiting");
    daemon.send(r#"{"id":"w","cancel":true}"#);
    daemon.send(r#"{"id":"w","cancel":true}"#);
    let lines = [daemon.output.next(), daemon.output.next()];
    assert!(
        lines.contains(&json!({"event": "dropped", "data": true})),
        "{lines:?}"
    );
    let answer = json!({"id": "w", "success": false, "error": "cancelled", "code": "CANCELLED"});
    assert!(lines.contains(&answer), "{lines:?}");
    expect_quiet(&mut daemon);
}

#[test]
fn a_call_that_still_waits_to_run_is_cancelled_without_being_started() {
    let mut daemon = extended();
    daemon.request("running", "one", json!({"ms": 60_000}));
    daemon.request("queued", "one", json!({"ms": 0}));
    daemon.send(r#"{"id":"queued","cancel":true}"#);
    expect_code(&daemon, "queued", "CANCELLED");
    daemon.send(r#"{"id":"running","cancel":true}"#);
    expect_code(&daemon, "running", "CANCELLED");
}

#[test]
fn cancel_of_unknown_and_finished_calls_is_ignored() {
    let mut daemon = extended();
    daemon.request("done", "void", json!({}));
    daemon.output.answer("done");
    daemon.send(r#"{"id":"done","cancel":true}"#);
    daemon.send(r#"{"id":"never","cancel":true}"#);
    expect_quiet(&mut daemon);
}

#[test]
fn a_handler_that_panics_when_it_is_dropped_is_answered_all_the_same() {
    let mut daemon = extended();
    daemon.request("c", "clumsy", json!({}));
    assert_eq!(daemon.output.next()["event"], "waiting");
    daemon.send(r#"{"id":"c","cancel":true}"#);
    expect_code(&daemon, "c", "INTERNAL");
    expect_quiet(&mut daemon);
}

#[test]
fn a_handler_may_see_to_its_end_itself() {
    let mut daemon = extended();
    daemon.request("g", "graceful", json!({"text": "tidied up"}));
    expect(&daemon, json!({"event": "waiting", "data": null}));
    daemon.send(r#"{"id":"g","cancel":true}"#);
    expect(
        &daemon,
        json!({"id": "g", "success": true, "result": "tidied up"}),
    );
}

#[test]
fn a_cancelled_stream_ends_while_it_waits_for_credit() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"s","method":"count","params":{"to":9},"credit":1}"#);
    expect(&daemon, json!({"id": "s", "stream": true, "data": 0}));
    daemon.send(r#"{"id":"s","cancel":true}"#);
    expect_code(&daemon, "s", "CANCELLED");
    daemon.send(r#"{"id":"s","credit":5}"#);
    expect_quiet(&mut daemon);
}

#[test]
fn cancel_that_was_not_agreed_on_fails_the_call_as_any_violation_does() {
    let mut daemon = greeted(&["errors"]);
    daemon.request("w", "sleep", json!({"ms": 60_000}));
    daemon.send(r#"{"id":"w","cancel":true}"#);
    expect_code(&daemon, "w", "INVALID_PARAMS");
}
