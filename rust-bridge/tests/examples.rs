//! The examples, each as a process.

mod support;

use std::collections::BTreeSet;

use serde_json::json;
use support::{Daemon, Ends};

/// An example that was greeted by a host that can do all the tests need.
fn start(example: &str) -> Daemon {
    let mut daemon = Daemon::start(example, Ends::Sockets);
    let capabilities = ["errors", "calls", "upload", "bytes"];
    daemon.call(
        "$hello",
        json!({"protocol": 1, "capabilities": capabilities}),
    );
    daemon
}

#[test]
fn every_example_is_tested() {
    let examples: BTreeSet<_> = std::fs::read_dir("examples")
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let tested = [
        "checksum.rs",
        "countdown.rs",
        "gatekeeper.rs",
        "greeter.rs",
        "ticker.rs",
    ];
    // The workbench is what the other tests run.
    let tested: BTreeSet<_> = tested
        .into_iter()
        .chain(["workbench.rs"])
        .map(String::from)
        .collect();
    assert_eq!(examples, tested);
}

#[test]
fn the_greeter_greets() {
    let answer = start("greeter").call("greet", json!({"name": "Ada"}));
    assert_eq!(answer["result"], "Hello, Ada!");
}

#[test]
fn the_countdown_counts_down() {
    let mut daemon = start("countdown");
    daemon.request("c", "countdown", json!({"from": 3, "intervalMs": 1}));
    for tick in [3, 2, 1] {
        assert_eq!(daemon.output.next()["data"], tick);
    }
    assert_eq!(daemon.output.next()["result"], json!({"ticks": 3}));
    daemon.request("s", "squares", json!(3));
    for square in [1, 4, 9] {
        assert_eq!(daemon.output.next()["data"], square);
    }
    assert_eq!(daemon.output.next()["success"], true);
}

#[test]
fn the_ticker_ticks() {
    let mut daemon = start("ticker");
    daemon.call("start", json!(1));
    assert_eq!(daemon.output.next(), json!({"event": "tick", "data": 1}));
    assert_eq!(daemon.output.next(), json!({"event": "tick", "data": 2}));
    assert!(daemon.call("ticks", json!({}))["result"].as_u64() >= Some(2));
}

#[test]
fn the_checksum_of_uploaded_bytes_is_told() {
    let mut daemon = start("checksum");
    let mut upload = |limit: u64| {
        daemon.send(format!(
            r#"{{"id":"u","method":"checksum","params":{{"limit":{limit}}},"upload":true}}"#
        ));
        assert!(daemon.output.next()["credit"].is_u64());
        daemon.send("{\"id\":\"u\",\"stream\":true,\"bytes\":6}\nfoobar");
        daemon.send(r#"{"id":"u","end":true}"#);
        daemon.output.answer("u")
    };
    assert_eq!(
        upload(9)["result"],
        json!({"bytes": 6, "hash": "85944171f73967e8"})
    );
    let refused = upload(5);
    assert_eq!(
        (&refused["code"], &refused["details"]),
        (&json!("TOO_LONG"), &json!({"limit": 5}))
    );
    daemon.send(r#"{"id":"n","method":"noise","params":10,"bytes":true}"#);
    assert_eq!(daemon.output.next()["bytes"], 10);
    assert_eq!(daemon.output.payload(10).len(), 10);
}

#[test]
fn the_gatekeeper_asks_its_host() {
    let mut daemon = start("gatekeeper");
    for (allowed, code) in [(true, json!(null)), (false, json!("PERMISSION_DENIED"))] {
        daemon.request("o", "open", json!({"door": "vault", "user": "ada"}));
        let asked = daemon.output.next();
        assert_eq!(asked["method"], "authorize");
        assert_eq!(asked["params"], json!({"user": "ada", "resource": "vault"}));
        daemon.send(
            json!({"id": asked["id"], "success": true, "result": {"allowed": allowed}}).to_string(),
        );
        assert_eq!(daemon.output.answer("o")["code"], code);
    }
}
