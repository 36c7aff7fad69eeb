use serde_json::json;

use crate::support::{Daemon, Ends};
use crate::{expect_code, extended};

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
