use serde_json::json;

use crate::{TRACE, expect, expect_code, expect_quiet, extended, greeted};

#[test]
fn a_call_over_its_deadline_is_given_up() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"d","method":"wait","params":{},"deadlineMs":50}"#);
    assert_eq!(daemon.output.next()["event"], "waiting");
    expect(&daemon, json!({"event": "dropped", "data": true}));
    expect_code(&daemon, "d", "DEADLINE_EXCEEDED");
}

#[test]
fn a_call_without_time_left_is_not_started() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"d","method":"wait","params":{},"deadlineMs":0}"#);
    expect_code(&daemon, "d", "DEADLINE_EXCEEDED");
    expect_quiet(&mut daemon);
}

#[test]
fn a_deadline_runs_while_the_call_waits_to_run() {
    let mut daemon = extended();
    daemon.request("running", "one", json!({"ms": 60_000}));
    daemon.send(r#"{"id":"queued","method":"one","params":{"ms":0},"deadlineMs":50}"#);
    expect_code(&daemon, "queued", "DEADLINE_EXCEEDED");
}

#[test]
fn a_handler_knows_its_deadline_and_its_trace() {
    let mut daemon = extended();
    daemon.send(format!(
        r#"{{"id":"d","method":"describe","deadlineMs":30000,"trace":{{"traceparent":"{TRACE}","tracestate":"a=b"}}}}"#
    ));
    let known = daemon.output.next()["result"].clone();
    assert!(
        (25_000..=30_000).contains(&known["leftMs"].as_u64().unwrap()),
        "{known}"
    );
    assert_eq!(known["traceId"], "4bf92f3577b34da6a3ce929d0e0e4736");
    assert_eq!(known["tracestate"], "a=b");
    assert_eq!(known["takesCalls"], true);
}

#[test]
fn a_deadline_beyond_all_time_is_none_and_a_bad_one_an_error() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"d","method":"void","deadlineMs":18446744073709551615}"#);
    assert_eq!(daemon.output.next()["success"], true);
    daemon.send(r#"{"id":"d","method":"void","deadlineMs":-1}"#);
    expect_code(&daemon, "d", "INVALID_PARAMS");
    daemon.send(r#"{"id":"d","method":"void","trace":"junk"}"#);
    assert_eq!(daemon.output.next()["success"], true);
}

#[test]
fn an_event_of_a_handler_carries_the_trace_of_its_call() {
    let mut daemon = extended();
    for emit in ["emit", "emitToCaller"] {
        daemon.send(format!(
            r#"{{"id":"{emit}","method":"{emit}","params":{{"name":"e","data":1}},"trace":{{"traceparent":"{TRACE}","tracestate":"a=b"}}}}"#
        ));
        let trace = json!({"traceparent": TRACE, "tracestate": "a=b"});
        expect(&daemon, json!({"event": "e", "data": 1, "trace": trace}));
        daemon.output.answer(emit);
    }
}

#[test]
fn an_event_of_a_call_without_a_trace_carries_none() {
    let mut daemon = extended();
    daemon.request("d", "emit", json!({"name": "e", "data": 1}));
    expect(&daemon, json!({"event": "e", "data": 1}));
}

#[test]
fn where_traces_were_not_agreed_on_events_carry_none() {
    let mut daemon = greeted(&["cancel"]);
    daemon.send(format!(
        r#"{{"id":"d","method":"emit","params":{{"name":"e","data":1}},"trace":{{"traceparent":"{TRACE}"}}}}"#
    ));
    expect(&daemon, json!({"event": "e", "data": 1}));
}

#[test]
fn an_event_of_a_thread_carries_the_trace_within_the_scope_of_the_call() {
    let mut daemon = extended();
    daemon.send(format!(
        r#"{{"id":"d","method":"emitFromThread","trace":{{"traceparent":"{TRACE}"}}}}"#
    ));
    expect(&daemon, json!({"event": "outside", "data": null}));
    let trace = json!({"traceparent": TRACE});
    expect(
        &daemon,
        json!({"event": "inside", "data": null, "trace": trace}),
    );
}

#[test]
fn log_lines_tell_level_and_call_and_trace() {
    let mut daemon = extended();
    daemon.send(format!(
        r#"{{"id":"l","method":"log","params":{{"text":"two\nlines"}},"trace":{{"traceparent":"{TRACE}"}}}}"#
    ));
    daemon.output.answer("l");
    let call = r#"method=log id="l" trace_id=4bf92f3577b34da6a3ce929d0e0e4736"#;
    assert_eq!(
        daemon.error_with("INFO"),
        format!("INFO workbench: two\\nlines length=9 {call}\n")
    );
    assert_eq!(
        daemon.error_with("WARN"),
        format!("WARN workbench: from a thread {call}\n")
    );
    daemon.call("panic", json!({"text": "oh no"}));
    let panic = daemon.error_with("ERROR panic: ");
    assert!(
        panic.contains("oh no") && panic.contains("method=panic"),
        "{panic}"
    );
}
