use serde_json::{Value, json};

use crate::support::Daemon;
use crate::{expect, expect_code, expect_quiet, extended, greeted};

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
