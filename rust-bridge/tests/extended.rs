//! The extended protocol: each capability, each rule.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Daemon, Ends};

const ALL: [&str; 8] = [
    "cancel", "credit", "deadline", "trace", "errors", "calls", "upload", "bytes",
];
const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// A daemon that was greeted with these capabilities, in the order of [`ALL`].
fn greeted(capabilities: &[&str]) -> Daemon {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    let hello = json!({"protocol": 1, "capabilities": capabilities});
    let answer = daemon.call("$hello", hello);
    assert_eq!(
        answer["result"],
        json!({"protocol": 1, "capabilities": capabilities})
    );
    daemon
}

fn extended() -> Daemon {
    greeted(&ALL)
}

/// The next line must be this one.
fn expect(daemon: &Daemon, line: Value) {
    assert_eq!(daemon.output.next(), line);
}

fn expect_code(daemon: &Daemon, id: &str, code: &str) {
    let answer = daemon.output.next();
    assert_eq!(
        (&answer["id"], &answer["code"]),
        (&json!(id), &json!(code)),
        "{answer}"
    );
    assert_eq!(answer["success"], false);
}

/// Everything that was sent before this is done, and it left nothing unsaid.
fn expect_quiet(daemon: &mut Daemon) {
    daemon.request("quiet", "$ping", json!({}));
    expect(
        daemon,
        json!({"id": "quiet", "success": true, "result": null}),
    );
}

// ── negotiation ──

#[test]
fn the_ready_event_announces_what_the_daemon_can_do() {
    let daemon = Daemon::spawn("workbench", &[], Ends::Pipes);
    let block = daemon.output.next()["data"]["rustbridge"].clone();
    assert_eq!(
        (&block["protocol"], &block["minProtocol"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(block["maxMessageSize"], 1024 * 1024);
    assert_eq!(block["capabilities"], json!(ALL));
    let methods = block["methods"].as_array().unwrap();
    for method in [
        json!({"name": "echo"}),
        json!({"name": "count", "stream": true}),
        json!({"name": "sum", "upload": true}),
        json!({"name": "double", "stream": true, "upload": true}),
    ] {
        assert!(methods.contains(&method), "{method}");
    }
}

#[test]
fn hello_is_in_force_for_the_very_next_line() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    daemon.send_raw(
        b"{\"id\":\"h\",\"method\":\"$hello\",\"params\":{\"protocol\":1,\"capabilities\":[\"errors\"]}}\n\
          {\"id\":\"e\",\"method\":\"fail\",\"params\":{\"text\":\"t\"}}\n",
    );
    assert_eq!(daemon.output.next()["id"], "h");
    expect(
        &daemon,
        json!({"id": "e", "success": false, "error": "t", "code": "OUT_OF_LUCK", "details": 42}),
    );
}

#[test]
fn without_a_common_version_the_connection_stays_classic() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    let hello = json!({"protocol": 9, "minProtocol": 9, "capabilities": ALL});
    assert_eq!(daemon.call("$hello", hello)["success"], true);
    let answer = daemon.call("fail", json!({"text": "t"}));
    assert_eq!(
        answer,
        json!({"id": "call", "success": false, "error": "t"})
    );
}

#[test]
fn a_bad_hello_is_an_error() {
    for hello in [
        json!({}),
        json!({"protocol": "1"}),
        json!({"protocol": 1, "capabilities": 1}),
    ] {
        let mut daemon = Daemon::start("workbench", Ends::Sockets);
        assert_eq!(daemon.call("$hello", hello)["code"], "INVALID_PARAMS");
    }
}

#[test]
fn hello_has_to_be_the_first_command() {
    let mut daemon = extended();
    let hello = json!({"protocol": 1, "capabilities": []});
    assert_eq!(
        daemon.call("$hello", hello.clone())["code"],
        "INVALID_PARAMS"
    );
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    daemon.call("void", json!({}));
    assert_eq!(daemon.call("$hello", hello)["success"], false);
    assert!(
        daemon
            .call("fail", json!({"text": "t"}))
            .get("code")
            .is_none()
    );
}

#[test]
fn a_classic_host_is_served_as_far_as_that_goes() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    // Members that were not agreed on are unknown members.
    daemon.send(
        r#"{"id":"s","method":"count","params":{"to":3},"credit":"x","deadlineMs":0,"trace":1}"#,
    );
    assert_eq!(daemon.output.answer("s")["success"], true);
    let asked = daemon.call("ask", json!({"method": "m", "params": {}}));
    assert_eq!(asked["error"], "this host takes no calls");
    assert_eq!(daemon.call("sum", json!({}))["success"], false);
    daemon.send(r#"{"id":"d","method":"download","params":{"size":3},"bytes":true}"#);
    expect(&daemon, json!({"id": "d", "stream": true, "data": "AAEC"}));
    expect(&daemon, json!({"id": "d", "success": true, "result": 3}));
}

#[test]
fn ping_is_answered_at_once_however_busy_the_daemon_is() {
    let mut daemon = extended();
    for number in 0..100 {
        daemon.request(&format!("busy{number}"), "sleep", json!({"ms": 60_000}));
    }
    expect_quiet(&mut daemon);
    daemon.signal("TERM");
    expect_quiet(&mut daemon);
}

#[test]
fn ping_is_answered_while_handlers_block_all_threads() {
    let mut daemon = extended();
    for number in 0..20 {
        daemon.request(&format!("blocked{number}"), "block", json!({"ms": 60_000}));
    }
    expect_quiet(&mut daemon);
}

// ── cancel ──

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

// ── credit ──

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

// ── deadline and trace ──

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

// ── errors ──

#[test]
fn the_runtime_has_a_code_for_each_of_its_errors() {
    let mut daemon = extended();
    for (method, params, code) in [
        ("nope", json!({}), "UNKNOWN_METHOD"),
        ("$nope", json!({}), "UNKNOWN_METHOD"),
        ("sleep", json!({"ms": "x"}), "INVALID_PARAMS"),
        ("panic", json!({"text": "p"}), "INTERNAL"),
        ("big", json!({"size": 2_000_000}), "TOO_LARGE"),
        ("sum", json!({}), "INVALID_PARAMS"),
    ] {
        assert_eq!(daemon.call(method, params)["code"], code, "{method}");
    }
    daemon.send(r#"{"id":"x"}"#);
    expect_code(&daemon, "x", "INVALID_PARAMS");
}

#[test]
fn a_result_over_the_hosts_limit_is_an_error() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    let hello = json!({"protocol": 1, "maxMessageSize": 300, "capabilities": ["errors", "credit"]});
    daemon.call("$hello", hello);
    assert_eq!(daemon.call("big", json!({"size": 100}))["success"], true);
    assert_eq!(
        daemon.call("big", json!({"size": 300}))["code"],
        "TOO_LARGE"
    );
    let event = json!({"name": "e", "data": "x".repeat(300)});
    assert_eq!(daemon.call("emitToCaller", event)["code"], "TOO_LARGE");
    let long = daemon.call("fail", json!({"text": "x".repeat(300)}));
    assert_eq!(long["code"], "TOO_LARGE");
}

#[test]
fn more_calls_than_may_be_in_flight_are_refused_at_once() {
    let mut daemon = extended();
    for number in 0..100 {
        daemon.request(&format!("r{number}"), "sleep", json!({"ms": 60_000}));
    }
    daemon.request("over", "void", json!({}));
    expect_code(&daemon, "over", "UNAVAILABLE");
    daemon.send(r#"{"id":"r99","cancel":true}"#);
    expect_code(&daemon, "r99", "CANCELLED");
}

// ── calls of the host ──

fn asked(daemon: &mut Daemon, id: &str) -> String {
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

// ── upload ──

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
    assert!(closed.elapsed() < Duration::from_secs(1));
}

// ── bytes ──

/// Reads raw chunks up to the answer.
fn raw_chunks(daemon: &Daemon, id: &str) -> (Vec<Vec<u8>>, Value) {
    let mut chunks = Vec::new();
    loop {
        let line = daemon.output.next();
        if line["id"] != id || line.get("credit").is_some() {
            continue;
        }
        let Some(length) = line["bytes"].as_u64() else {
            return (chunks, line);
        };
        chunks.push(daemon.output.payload(usize::try_from(length).unwrap()));
    }
}

#[test]
fn bytes_come_raw_in_pieces_of_64_kib() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"d","method":"download","params":{"size":150000},"bytes":true}"#);
    let (chunks, answer) = raw_chunks(&daemon, "d");
    assert_eq!(answer["result"], 150_000);
    assert_eq!(
        chunks.iter().map(Vec::len).collect::<Vec<_>>(),
        [65_536, 65_536, 18_928]
    );
    assert!(
        chunks
            .concat()
            .iter()
            .enumerate()
            .all(|(at, byte)| *byte == at as u8)
    );
}

#[test]
fn bytes_come_as_base64_where_the_caller_did_not_ask_for_raw_ones() {
    let mut daemon = extended();
    daemon.request("d", "download", json!({"size": 3}));
    expect(&daemon, json!({"id": "d", "stream": true, "data": "AAEC"}));
}

#[test]
fn raw_pieces_need_credit_as_all_chunks_do() {
    let mut daemon = extended();
    daemon
        .send(r#"{"id":"d","method":"download","params":{"size":70000},"bytes":true,"credit":1}"#);
    assert_eq!(daemon.output.next()["bytes"], 65_536);
    daemon.output.payload(65_536);
    expect_quiet(&mut daemon);
    daemon.send(r#"{"id":"d","credit":1}"#);
    assert_eq!(daemon.output.next()["bytes"], 70_000 - 65_536);
}

#[test]
fn bytes_are_uploaded_raw_or_as_base64() {
    let mut daemon = extended();
    daemon.send(r#"{"id":"u","method":"echoBytes","params":{},"upload":true,"bytes":true}"#);
    assert!(daemon.output.next()["credit"].as_u64().unwrap() >= 3);
    daemon.send_raw(b"{\"id\":\"u\",\"stream\":true,\"bytes\":6}\n\n\"}\n\r\x00\n");
    daemon.send_raw(b"{\"id\":\"u\",\"stream\":true,\"bytes\":0}\n\n");
    daemon.send(r#"{"id":"u","stream":true,"data":"AAEC"}"#);
    daemon.send(r#"{"id":"u","end":true}"#);
    let (chunks, answer) = raw_chunks(&daemon, "u");
    assert_eq!(chunks, [b"\n\"}\n\r\x00".to_vec(), vec![], vec![0, 1, 2]]);
    assert_eq!(answer["result"], 9);
}

#[test]
fn raw_bytes_for_calls_that_take_none_are_passed_over() {
    let mut daemon = extended();
    let payload = r#"{"id":"evil","method":"void"}"#;
    let line = |id| {
        format!(
            "{{\"id\":{id},\"stream\":true,\"bytes\":{}}}\n{payload}",
            payload.len()
        )
    };
    daemon.send(line("\"never\""));
    daemon.send(line("7"));
    expect_quiet(&mut daemon);
    daemon.request("s", "sleep", json!({"ms": 60_000}));
    daemon.send(line("\"s\""));
    expect_code(&daemon, "s", "INVALID_PARAMS");
    expect_quiet(&mut daemon);
}

#[test]
fn a_count_that_makes_no_sense_ends_the_connection() {
    for count in [
        "-1",
        "1.5",
        "\"3\"",
        "1048577",
        "1e2",
        "99999999999999999999999",
        "null",
    ] {
        let mut daemon = extended();
        daemon.request("s", "sleep", json!({"ms": 60_000}));
        daemon.send(format!(r#"{{"id":"x","stream":true,"bytes":{count}}}"#));
        assert_eq!(daemon.output.answer("s")["success"], false, "{count}");
        assert_eq!(daemon.output.raw(), None);
        assert!(daemon.exit().success());
    }
}

#[test]
fn a_payload_without_a_newline_behind_it_ends_the_connection() {
    let mut daemon = extended();
    daemon.send_raw(b"{\"id\":\"x\",\"stream\":true,\"bytes\":1}\nab\n");
    assert_eq!(daemon.output.raw(), None);
    daemon.exit();
}

#[test]
fn an_oversized_line_ends_a_connection_on_which_payloads_may_follow() {
    let mut daemon = extended();
    daemon.send_raw(&[b'x'; 1024 * 1024 + 10]);
    assert_eq!(daemon.output.raw(), None);
    daemon.exit();
}

#[test]
fn a_header_of_bytes_that_were_not_agreed_on_is_a_line_like_any_other() {
    let mut daemon = greeted(&["errors", "upload"]);
    daemon.send("{\"id\":\"x\",\"stream\":true,\"bytes\":9}");
    expect_quiet(&mut daemon);
}
