use serde_json::json;

use crate::{expect, expect_code, expect_quiet, extended};

#[test]
fn a_stream_sends_what_it_has_credit_for() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"s","method":"count","params":{"to":5},"credit":2}"#);
    expect(&daemon, json!({"id": "s", "stream": true, "data": 0}));
    expect(&daemon, json!({"id": "s", "stream": true, "data": 1}));
    expect_quiet(&mut daemon);
    daemon.send(r#"{"id":"s","credit":0}"#);
    daemon.send(r#"{"id":"s","credit":1}"#);
    expect(&daemon, json!({"id": "s", "stream": true, "data": 2}));
    expect_quiet(&mut daemon);
    daemon.send(r#"{"id":"s","credit":1}"#);
    daemon.send(r#"{"id":"s","credit":1}"#);
    expect(&daemon, json!({"id": "s", "stream": true, "data": 3}));
    expect(&daemon, json!({"id": "s", "stream": true, "data": 4}));
    expect(
        &daemon,
        json!({"id": "s", "success": true, "result": {"chunks": 5}}),
    );
}

#[test]
fn a_final_response_needs_no_credit() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"s","method":"count","params":{"to":0},"credit":0}"#);
    expect(
        &daemon,
        json!({"id": "s", "success": true, "result": {"chunks": 0}}),
    );
}

#[test]
fn a_stream_without_credit_holds_up_no_other_call() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"stuck","method":"count","params":{"to":5},"credit":0}"#);
    daemon.send(r#"{"id":"free","method":"count","params":{"to":2}}"#);
    assert_eq!(daemon.output.next()["id"], "free");
    daemon.output.answer("free");
}

#[test]
fn grants_saturate_at_without_limit() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"s","method":"count","params":{"to":500},"credit":0}"#);
    daemon.send(r#"{"id":"s","credit":9007199254740991}"#);
    daemon.send(r#"{"id":"s","credit":99999999999999999999999999}"#);
    assert_eq!(daemon.output.answer("s")["success"], true);
}

#[test]
fn credit_for_unknown_calls_is_ignored() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"never","credit":5}"#);
    daemon.send(r#"{"id":"never","credit":"many"}"#);
    expect_quiet(&mut daemon);
}

#[test]
fn credit_that_is_no_number_fails_its_call() {
    let mut daemon = extended();
    for credit in ["-1", "1.5", "\"7\"", "[]"] {
        daemon.send(r#"{"id":"s","method":"count","params":{"to":5},"credit":0}"#);
        daemon.send(format!(r#"{{"id":"s","credit":{credit}}}"#));
        expect_code(&daemon, "s", "INVALID_PARAMS");
        daemon.send(format!(
            r#"{{"id":"s","method":"count","params":{{"to":5}},"credit":{credit}}}"#
        ));
        expect_code(&daemon, "s", "INVALID_PARAMS");
    }
}

#[test]
fn threads_and_streams_wait_for_credit_too() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"s","method":"numbers","params":{"to":3},"credit":1}"#);
    expect(&daemon, json!({"id": "s", "stream": true, "data": 0}));
    expect_quiet(&mut daemon);
    daemon.send(r#"{"id":"s","credit":2}"#);
    expect(&daemon, json!({"id": "s", "stream": true, "data": 1}));
    expect(&daemon, json!({"id": "s", "stream": true, "data": 2}));
    expect(&daemon, json!({"id": "s", "success": true, "result": null}));
}

#[test]
fn the_error_of_a_stream_is_the_answer() {
    let mut daemon = extended();
    daemon.request("s", "numbers", json!({"to": 1, "delayMs": 1}));
    expect(&daemon, json!({"id": "s", "stream": true, "data": 0}));
    expect(
        &daemon,
        json!({"id": "s", "success": false, "error": "counted too far"}),
    );
}
