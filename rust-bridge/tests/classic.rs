//! The classic protocol over standard input and output.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Daemon, Ends};

/// Runs a test over pipes and over socket pairs.
fn over_both(test: impl Fn(Daemon)) {
    for ends in [Ends::Pipes, Ends::Sockets] {
        test(Daemon::start("workbench", ends));
    }
}

#[test]
fn the_smallest_daemon_greets() {
    let mut daemon = Daemon::start("greeter", Ends::Sockets);
    let answer = daemon.call("greet", json!({"name": "Ada"}));
    assert_eq!(
        answer,
        json!({"id": "call", "success": true, "result": "Hello, Ada!"})
    );
}

#[test]
fn the_ready_event_comes_first_and_tells_the_version() {
    let daemon = Daemon::spawn("workbench", &[], Ends::Pipes);
    let ready = daemon.output.next();
    assert_eq!(ready["event"], "ready");
    assert_eq!(ready["data"]["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_command_is_answered() {
    over_both(|mut daemon| {
        let params = json!({"a": [1, 2.5, null, "ü\u{2028}"], "big": 9_007_199_254_740_993_u64});
        assert_eq!(daemon.call("echo", params.clone())["result"], params);
    });
}

#[test]
fn a_slow_command_does_not_hold_up_others() {
    over_both(|mut daemon| {
        daemon.request("slow", "sleep", json!({"ms": 60_000}));
        assert_eq!(daemon.call("echo", json!({}))["success"], true);
    });
}

#[test]
fn many_calls_of_a_quick_command_are_answered_wherever_they_run() {
    over_both(|mut daemon| {
        for number in 0..1_000 {
            assert_eq!(daemon.call("echo", json!(number))["result"], number);
        }
    });
}

#[test]
fn a_command_that_needs_a_worker_stays_there() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    for _ in 0..1_000 {
        assert_eq!(daemon.call("inPlace", json!({}))["success"], true);
    }
}

#[test]
fn chunks_come_in_order_before_the_result() {
    over_both(|mut daemon| {
        daemon.request("s", "count", json!({"to": 20_000}));
        for number in 0..20_000 {
            let expected = json!({"id": "s", "stream": true, "data": number});
            assert_eq!(daemon.output.next(), expected);
        }
        assert_eq!(daemon.output.next()["result"], json!({"chunks": 20_000}));
    });
}

#[test]
fn no_chunk_comes_after_the_result() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    daemon.request("s", "overrun", json!({"to": 100_000}));
    daemon.output.answer("s");
    assert_eq!(daemon.call("void", json!({}))["success"], true);
    daemon.close_input();
    assert_eq!(daemon.output.raw(), None);
}

#[test]
fn a_command_without_params_is_answered() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    for line in [
        r#"{"id":"v","method":"void"}"#,
        r#"{"id":"v","method":"void","params":{}}"#,
        r#"{"id":"v","method":"void","params":null}"#,
    ] {
        daemon.send(line);
        assert_eq!(
            daemon.output.answer("v"),
            json!({"id": "v", "success": true, "result": null})
        );
    }
}

#[test]
fn the_order_of_members_and_unknown_ones_do_not_matter() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.send(r#"{"x":{"id":"no"},"params":{"id":1},"method":"echo","jsonrpc":"2.0","id":"m"}"#);
    assert_eq!(daemon.output.answer("m")["result"], json!({"id": 1}));
}

#[test]
fn an_id_may_be_any_string() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    for id in ["", "ü", "a\"b\\c", "\u{1}", "req_k3x9q2_17"] {
        daemon.request(id, "void", json!({}));
        assert_eq!(daemon.output.answer(id)["success"], true);
    }
}

#[test]
fn carriage_returns_and_blank_lines_are_tolerated() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.send_raw(b"\r\n\n  \n{\"id\":\"c\",\"method\":\"void\"}\r\n");
    assert_eq!(daemon.output.next()["id"], "c");
}

#[test]
fn a_line_may_come_byte_by_byte() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    for byte in b"{\"id\":\"b\",\"method\":\"void\"}\n" {
        daemon.send_raw(&[*byte]);
    }
    assert_eq!(daemon.output.next()["id"], "b");
}

#[test]
fn noise_is_skipped_and_logged() {
    over_both(|mut daemon| {
        daemon.send("42");
        daemon.send("null");
        daemon.send("[1,2]");
        daemon.send("hello");
        daemon.send(b"\xff\xfe\x00");
        daemon.send(r#"{"event":"x","data":1}"#);
        assert_eq!(daemon.call("void", json!({}))["success"], true);
        assert!(daemon.error_with("skipped a line").contains("42"));
    });
}

#[test]
fn a_bad_request_is_answered_where_its_id_can_be_read() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    for line in [
        r#"{"id":"bad"}"#,
        r#"{"id":"bad","method":7}"#,
        r#"{"id":"bad","method":"echo","params":{"#,
        r#"{"method":"echo","id":"bad","params":tru}"#,
    ] {
        daemon.send(line);
        let answer = daemon.output.next();
        assert_eq!(
            (&answer["id"], &answer["success"]),
            (&json!("bad"), &json!(false)),
            "{line}"
        );
        assert!(answer["error"].is_string());
    }
}

#[test]
fn an_unknown_method_is_named_along_with_the_known_ones() {
    let mut daemon = Daemon::start("greeter", Ends::Pipes);
    let answer = daemon.call("great", json!({}));
    assert_eq!(
        answer["error"],
        "unknown method `great`; this daemon has: greet"
    );
}

#[test]
fn params_that_do_not_fit_are_an_error_that_says_why() {
    let mut daemon = Daemon::start("greeter", Ends::Pipes);
    let error = daemon.call("greet", json!({}))["error"].clone();
    assert!(
        error.as_str().unwrap().contains("missing field `name`"),
        "{error}"
    );
}

#[test]
fn an_error_is_only_text_for_a_classic_host() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    let answer = daemon.call("fail", json!({"text": "no luck"}));
    assert_eq!(
        answer,
        json!({"id": "call", "success": false, "error": "no luck"})
    );
}

#[test]
fn a_panic_is_an_error_and_the_daemon_lives_on() {
    over_both(|mut daemon| {
        let error = daemon.call("panic", json!({"text": "oh no"}))["error"].clone();
        assert!(error.as_str().unwrap().contains("oh no"), "{error}");
        assert_eq!(daemon.call("void", json!({}))["success"], true);
    });
}

#[test]
fn what_the_daemon_prints_goes_to_stderr() {
    over_both(|mut daemon| {
        daemon.call("print", json!({"text": "{\"event\":\"fake\"}\n"}));
        daemon.error_with("fake");
        daemon.close_input();
        assert_eq!(daemon.output.raw(), None);
    });
}

#[test]
fn a_child_process_of_the_daemon_can_not_eat_its_input() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    assert_eq!(daemon.call("childStdin", json!({}))["result"], 0);
}

#[test]
fn an_oversized_command_is_refused_and_its_tail_is_not_a_line() {
    over_both(|mut daemon| {
        let tail = r#"{"id":"tail","method":"void"}"#.repeat(50_000);
        daemon.send(format!(
            r#"{{"id":"large","method":"echo","params":"{tail}"}}"#
        ));
        let answer = daemon.output.next();
        assert_eq!(
            (&answer["id"], &answer["success"]),
            (&json!("large"), &json!(false))
        );
        assert!(answer["error"].as_str().unwrap().contains("1048576"));
        daemon.request("after", "void", json!({}));
        assert_eq!(daemon.output.next()["id"], "after");
    });
}

#[test]
fn an_oversized_result_is_an_error() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    let answer = daemon.call("big", json!({"size": 2_000_000}));
    assert!(
        answer["error"].as_str().unwrap().contains("over the limit"),
        "{answer}"
    );
    let fits = daemon.call("big", json!({"size": 1_000_000}));
    assert_eq!(fits["result"].as_str().unwrap().len(), 1_000_000);
}

#[test]
fn an_id_in_flight_can_not_be_used_again() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.request("twice", "sleep", json!({"ms": 60_000}));
    daemon.request("twice", "void", json!({}));
    assert_eq!(daemon.output.next()["success"], false);
    daemon.request("after", "void", json!({}));
    assert_eq!(daemon.output.next()["id"], "after");
}

#[test]
fn events_are_sent_under_any_name() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    daemon.call_and_event("emit", "watch:w_1");
    daemon.call_and_event("emitToCaller", "ready");
}

impl Daemon {
    fn call_and_event(&mut self, method: &str, name: &str) {
        self.request("e", method, json!({"name": name, "data": [1]}));
        assert_eq!(self.output.next(), json!({"event": name, "data": [1]}));
        self.output.answer("e");
    }
}

#[test]
fn calls_in_flight_are_finished_after_the_end_of_input() {
    over_both(|mut daemon| {
        daemon.request("s", "count", json!({"to": 20, "delayMs": 10}));
        daemon.close_input();
        assert_eq!(daemon.output.answer("s")["result"], json!({"chunks": 20}));
        assert_eq!(daemon.output.raw(), None);
        assert!(daemon.exit().success());
    });
}

#[test]
fn calls_that_outlast_the_drain_time_are_answered_with_an_error() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.request("s", "sleep", json!({"ms": 60_000}));
    daemon.close_input();
    let error = daemon.output.answer("s")["error"].clone();
    assert_eq!(error, "the daemon is shutting down");
    assert!(daemon.exit().success());
}

#[test]
fn a_line_without_its_end_still_counts_at_the_end_of_input() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.send_raw(br#"{"id":"l","method":"void"}"#);
    daemon.close_input();
    assert_eq!(daemon.output.next()["id"], "l");
}

#[test]
fn sigterm_finishes_what_is_in_flight_and_refuses_what_is_new() {
    over_both(|mut daemon| {
        daemon.request("running", "sleep", json!({"ms": 1500}));
        daemon.call("void", json!({}));
        daemon.signal("TERM");
        let refused = support::eventually("a refusal", || {
            let answer = daemon.call("void", json!({}));
            answer["error"].is_string().then_some(answer)
        });
        assert_eq!(refused["error"], "the daemon is shutting down");
        assert_eq!(daemon.output.answer("running")["result"], 1500);
        assert!(daemon.exit().success());
    });
}

#[test]
fn a_second_sigterm_insists() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.request("s", "sleep", json!({"ms": 60_000}));
    daemon.call("void", json!({}));
    daemon.signal("TERM");
    support::eventually("a refusal", || {
        daemon.call("void", json!({}))["error"]
            .is_string()
            .then_some(())
    });
    daemon.signal("TERM");
    assert_eq!(daemon.output.answer("s")["success"], false);
    assert!(daemon.exit().success());
}

#[test]
fn sigint_is_the_hosts_to_handle() {
    let mut daemon = Daemon::start("workbench", Ends::Pipes);
    daemon.signal("INT");
    for _ in 0..50 {
        assert_eq!(daemon.call("void", json!({}))["success"], true);
    }
}

#[test]
fn a_host_that_does_not_read_holds_up_nothing_but_its_chunks() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    daemon.request("s", "count", json!({"to": 2_000_000}));
    daemon.request("slow", "sleep", json!({"ms": 1}));
    assert_eq!(daemon.output.answer("slow")["success"], true);
}

#[test]
fn a_host_that_is_gone_ends_the_daemon_and_its_streams() {
    let mut daemon = Daemon::start("workbench", Ends::Sockets);
    daemon.request("s", "count", json!({"to": 1_000_000_000_u64}));
    assert_eq!(daemon.output.next()["data"], Value::from(0));
    daemon.abandon();
    assert!(daemon.exit().success());
}

#[test]
fn a_daemon_whose_parent_died_ends_although_its_input_is_open() {
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "exec 3<&0; \"$0\" --management <&3 & wait"]);
    shell.arg(support::example("workbench"));
    let mut daemon = Daemon::of(shell, Ends::Pipes);
    assert_eq!(daemon.output.next()["event"], "ready");
    daemon.request("s", "sleep", json!({"ms": 60_000}));
    let killed = Instant::now();
    daemon.child.kill().unwrap();
    while daemon.output.raw().is_some() {}
    assert!(killed.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_socket_without_a_path_is_a_usage_error() {
    let mut daemon = Daemon::spawn("workbench", &["--socket"], Ends::Pipes);
    assert_eq!(daemon.exit().code(), Some(2));
    daemon.error_with("--socket needs a path");
}

#[test]
fn a_quiet_daemon_says_nothing() {
    let daemon = Daemon::start("workbench", Ends::Pipes);
    assert!(daemon.output.nothing_within(Duration::from_millis(100)));
}
