//! The extended protocol: each capability, each rule.

#[path = "../support/mod.rs"]
mod support;

mod bytes;
mod cancel;
mod credit;
mod deadline_and_trace;
mod errors;
mod host_calls;
mod negotiation;
mod upload;

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
