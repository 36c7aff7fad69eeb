use serde_json::json;

use crate::support::{Daemon, Ends};
use crate::{ALL, expect, expect_quiet, extended};

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
