use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::host_calls::asked;
use crate::support::Daemon;
use crate::{expect_code, expect_quiet, extended};

/// Sends items as the daemon grants credit, and gives back what else came.
fn upload(daemon: &mut Daemon, id: &str, items: &[String]) -> Vec<Value> {
    let mut others = Vec::new();
    let mut credit = 0;
    for item in items {
        while credit == 0 {
            let line = daemon.output.next();
            match line["credit"].as_u64() {
                Some(more) if line["id"] == id => credit += more,
                _ => others.push(line),
            }
        }
        daemon.send(format!(r#"{{"id":"{id}","stream":true,"data":{item}}}"#));
        credit -= 1;
    }
    others
}

#[test]
fn items_are_uploaded_under_the_daemons_credit() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sum","params":{},"upload":true}"#);
    let items: Vec<_> = (1..=1_000).map(|number| number.to_string()).collect();
    upload(&mut daemon, "u", &items);
    daemon.send(r#"{"id":"u","end":true}"#);
    assert_eq!(daemon.output.answer("u")["result"], 500_500);
}

#[test]
fn an_empty_upload_ends_at_once() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sum","params":{},"upload":true}"#);
    daemon.send(r#"{"id":"u","end":true}"#);
    assert_eq!(daemon.output.answer("u")["result"], 0);
}

#[test]
fn items_become_chunks() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"double","params":{},"upload":true}"#);
    let mut lines = upload(&mut daemon, "u", &["1".into(), "2".into(), "3".into()]);
    daemon.send(r#"{"id":"u","end":true}"#);
    while lines
        .last()
        .is_none_or(|line| line.get("success").is_none())
    {
        lines.push(daemon.output.next());
    }
    let chunks: Vec<_> = lines
        .iter()
        .filter_map(|line| line["data"].as_i64())
        .collect();
    assert_eq!(chunks, [2, 4, 6]);
}

#[test]
fn the_error_of_the_source_reaches_the_handler() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sum","params":{},"upload":true}"#);
    upload(&mut daemon, "u", &["1".into()]);
    daemon.send(r#"{"id":"u","end":true,"error":"the source failed"}"#);
    assert_eq!(daemon.output.answer("u")["error"], "the source failed");
}

#[test]
fn an_item_that_does_not_fit_is_an_error() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sum","params":{},"upload":true}"#);
    upload(&mut daemon, "u", &["\"one\"".into()]);
    assert_eq!(daemon.output.answer("u")["code"], "INVALID_PARAMS");
}

#[test]
fn what_comes_after_an_early_answer_is_ignored() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"first","params":{},"upload":true}"#);
    upload(&mut daemon, "u", &["1".into()]);
    assert_eq!(daemon.output.answer("u")["result"], 1);
    daemon.send(r#"{"id":"u","stream":true,"data":2}"#);
    daemon.send("{\"id\":\"u\",\"stream\":true,\"bytes\":3}\n\n\n\n");
    daemon.send(r#"{"id":"u","end":true}"#);
    expect_quiet(&mut daemon);
}

#[test]
fn items_without_credit_fail_the_call() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sleep","params":{"ms":60000},"upload":true}"#);
    daemon.send(r#"{"id":"u","stream":true,"data":2}"#);
    expect_code(&daemon, "u", "INVALID_PARAMS");
    daemon.request("n", "sleep", json!({"ms": 60_000}));
    daemon.send(r#"{"id":"n","stream":true,"data":2}"#);
    expect_code(&daemon, "n", "INVALID_PARAMS");
}

#[test]
fn items_after_the_end_fail_the_call() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sleep","params":{"ms":60000},"upload":true}"#);
    daemon.send(r#"{"id":"u","end":true}"#);
    daemon.send(r#"{"id":"u","end":true}"#);
    expect_code(&daemon, "u", "INVALID_PARAMS");
}

#[test]
fn an_upload_fails_when_the_input_ends_before_it() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"sum","params":{},"upload":true}"#);
    upload(&mut daemon, "u", &["1".into()]);
    daemon.close_input();
    assert_eq!(daemon.output.answer("u")["success"], false);
    assert!(daemon.exit().success());
}

#[test]
fn nothing_waits_for_what_can_not_come_after_the_end_of_input() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"s","method":"count","params":{"to":5},"credit":0}"#);
    asked(&mut daemon, "a");
    let closed = Instant::now();
    daemon.close_input();
    let lines = [daemon.output.next(), daemon.output.next()];
    assert!(
        lines
            .iter()
            .all(|line| line["error"] == "the host has gone"),
        "{lines:?}"
    );
    assert!(daemon.exit().success());
    // Those who wait do so for the drain time, which is 4 s.
    assert!(closed.elapsed() < Duration::from_secs(3));
}
