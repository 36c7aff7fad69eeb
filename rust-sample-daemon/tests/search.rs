//! The daemon as a process, compared with `grep` where that finds the same.

#[path = "../../rust-bridge/tests/support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Daemon, Ends, Folder, eventually};

fn start() -> Daemon {
    let daemon = Daemon::of(
        Command::new(env!("CARGO_BIN_EXE_code-search")),
        Ends::Sockets,
    );
    assert_eq!(daemon.output.next()["event"], "ready");
    daemon
}

/// All hits, and the final response.
fn search(daemon: &mut Daemon, params: &Value) -> (Vec<Value>, Value) {
    daemon.request("s", "search", params.clone());
    let mut hits = Vec::new();
    loop {
        let line = daemon.output.next();
        if line["id"] != "s" {
            continue;
        }
        if line["stream"] != true {
            return (hits, line);
        }
        hits.push(line["data"].clone());
    }
}

fn places(hits: &[Value]) -> BTreeSet<(String, u64)> {
    hits.iter()
        .map(|hit| {
            (
                hit["path"].as_str().unwrap().to_owned(),
                hit["line"].as_u64().unwrap(),
            )
        })
        .collect()
}

fn write(root: &Path, name: &str, content: impl AsRef<[u8]>) {
    let file = root.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, content).unwrap();
}

/// A tree with the files that make searching hard.
fn tree(folder: &Folder) -> std::path::PathBuf {
    let root = folder.file("tree");
    for number in 0..300 {
        write(
            &root,
            &format!("src/m{}/f{number}.rs", number % 7),
            format!("fn f{number}() {{}}\n// needle {number}\n\n").repeat(number % 5),
        );
    }
    write(&root, "latin1.txt", b"caf\xe9 needle \xff\nno\n");
    write(&root, "crlf.txt", b"one\r\nneedle two\r\n");
    write(&root, "no-newline", "the needle ends it");
    write(&root, "binary", b"needle\n\0\0\0needle\n");
    write(
        &root,
        "long",
        "x".repeat(300_000) + "needle" + &"y".repeat(300_000),
    );
    write(&root, ".hidden", "needle");
    write(&root, "empty", "");
    let odd = root.join(std::ffi::OsStr::from_bytes(b"odd\xff.txt"));
    fs::write(odd, "needle").unwrap();
    root
}

#[test]
fn the_hits_are_those_of_grep() {
    let folder = Folder::new("grep");
    let root = tree(&folder);
    let mut daemon = start();
    for pattern in ["needle", "f[0-9]+", "^$", "n.*[0-9]$", "x{3,}|e$"] {
        let params = json!({"root": root, "pattern": pattern, "hidden": true, "noIgnore": true});
        let (hits, answer) = search(&mut daemon, &params);
        let grep = Command::new("grep")
            .args(["-rnIZE", pattern, "."])
            .env("LC_ALL", "C")
            .current_dir(&root)
            .output()
            .unwrap();
        let expected: BTreeSet<_> = grep
            .stdout
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| {
                let line = String::from_utf8_lossy(line);
                let (path, rest) = line.split_once('\0').unwrap();
                let number = rest.split(':').next().unwrap().parse().unwrap();
                (path.trim_start_matches("./").to_owned(), number)
            })
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(places(&hits), expected, "{pattern}");
        assert_eq!(answer["result"]["hits"], hits.len());
        assert_eq!(answer["result"]["truncated"], false);
    }
}

#[test]
fn a_hit_tells_place_and_text() {
    let folder = Folder::new("hit");
    write(&folder.file("t"), "a/b.rs", "\nlet é = find(find);\n");
    let params = json!({"root": folder.file("t"), "pattern": "find"});
    let (hits, _) = search(&mut start(), &params);
    assert_eq!(
        hits,
        [
            json!({"path": "a/b.rs", "line": 2, "column": 9, "text": "let é = find(find);",
            "matches": [[8, 12], [13, 17]]})
        ]
    );
}

#[test]
fn hidden_and_ignored_files_are_left_out() {
    let folder = Folder::new("ignored");
    let root = folder.file("t");
    for name in [".hidden", "ignored.log", "seen.txt"] {
        write(&root, name, "needle");
    }
    write(&root, ".ignore", "*.log");
    let (hits, _) = search(&mut start(), &json!({"root": root, "pattern": "needle"}));
    assert_eq!(places(&hits), [("seen.txt".to_owned(), 1)].into());
}

#[test]
fn a_glob_chooses_files() {
    let folder = Folder::new("glob");
    let root = tree(&folder);
    let mut daemon = start();
    let (hits, _) = search(
        &mut daemon,
        &json!({"root": root, "pattern": "needle", "glob": "*.txt"}),
    );
    assert!(
        hits.iter()
            .all(|hit| hit["path"].as_str().unwrap().ends_with(".txt"))
    );
    assert_eq!(hits.len(), 3);
    let (hits, _) = search(
        &mut daemon,
        &json!({"root": root, "pattern": "needle", "glob": "!*.txt"}),
    );
    assert!(
        hits.iter()
            .all(|hit| !hit["path"].as_str().unwrap().ends_with(".txt"))
    );
}

#[test]
fn case_can_be_ignored() {
    let folder = Folder::new("case");
    write(&folder.file("t"), "f", "Needle\nNEEDLE\n");
    let mut daemon = start();
    let mut count = |ignore| {
        let params = json!({"root": folder.file("t"), "pattern": "needle", "ignoreCase": ignore});
        search(&mut daemon, &params).0.len()
    };
    assert_eq!((count(false), count(true)), (0, 2));
}

#[test]
fn no_more_hits_than_asked_for_are_sent() {
    let folder = Folder::new("max");
    write(&folder.file("t"), "f", "needle\n".repeat(10));
    let mut daemon = start();
    for (max, truncated) in [(3, true), (10, false), (0, true)] {
        let params = json!({"root": folder.file("t"), "pattern": "needle", "maxHits": max});
        let (hits, answer) = search(&mut daemon, &params);
        assert_eq!(hits.len(), max);
        assert_eq!(answer["result"]["truncated"], truncated, "{max}");
    }
}

#[test]
fn the_root_may_be_a_file() {
    let folder = Folder::new("file");
    write(&folder.file("t"), "f", "needle");
    let (hits, _) = search(
        &mut start(),
        &json!({"root": folder.file("t/f"), "pattern": "needle"}),
    );
    assert_eq!(hits.len(), 1);
}

#[test]
fn bad_input_is_an_error_that_says_what_is_wrong() {
    let mut daemon = start();
    for (params, expected) in [
        (
            json!({"root": ".", "pattern": "a(b"}),
            "bad regular expression `a(b`",
        ),
        (
            json!({"root": ".", "pattern": "a\nb"}),
            "bad regular expression",
        ),
        (
            json!({"root": "/no/such/root", "pattern": "a"}),
            "/no/such/root",
        ),
        (json!({"root": "", "pattern": "a"}), "`root` is empty"),
        (
            json!({"root": ".", "pattern": "a", "glob": "{a"}),
            "bad glob `{a`",
        ),
        (json!({"root": "."}), "missing field `pattern`"),
    ] {
        let (hits, answer) = search(&mut daemon, &params);
        let error = answer["error"].as_str().unwrap();
        assert!(hits.is_empty() && error.contains(expected), "{error}");
    }
}

#[test]
fn a_host_that_goes_ends_its_searches() {
    let mut daemon = start();
    daemon.request(
        "s",
        "search",
        json!({"root": "/", "pattern": ".", "noIgnore": true}),
    );
    assert_eq!(daemon.output.next()["stream"], true);
    daemon.abandon();
    assert!(daemon.exit().success());
}

/// A tree in which there is more to find than any host could read in a moment.
fn endless(folder: &Folder) -> std::path::PathBuf {
    let root = folder.file("endless");
    for number in 0..10 {
        write(&root, &format!("f{number}"), "x\n".repeat(1_000_000));
    }
    root
}

/// A daemon that was told to search such a tree.
fn searching(folder: &Folder, credit: u64) -> Daemon {
    let mut daemon = start();
    let hello = json!({"protocol": 1, "capabilities": ["cancel", "credit", "deadline", "errors"]});
    assert_eq!(daemon.call("$hello", hello)["success"], true);
    daemon.send(
        json!({"id": "s", "method": "search", "credit": credit,
            "params": {"root": endless(folder), "pattern": "x"}})
        .to_string(),
    );
    daemon
}

fn until_none_runs(daemon: &mut Daemon) {
    eventually("the end of the search", || {
        let stats = daemon.call("stats", json!({}))["result"].clone();
        (stats["searches"] == 1 && stats["running"] == 0).then_some(())
    });
}

#[test]
fn only_as_many_hits_are_sent_as_the_host_wants() {
    let folder = Folder::new("credit");
    let mut daemon = searching(&folder, 3);
    for _ in 0..3 {
        assert_eq!(daemon.output.next()["stream"], true);
    }
    assert!(daemon.output.nothing_within(Duration::from_millis(200)));
    daemon.send(r#"{"id":"s","credit":1}"#);
    assert_eq!(daemon.output.next()["stream"], true);
}

#[test]
fn a_cancelled_search_stops_its_walk_even_while_it_waits_for_credit() {
    let folder = Folder::new("cancel");
    for credit in [1, 1_000_000_000] {
        let mut daemon = searching(&folder, credit);
        assert_eq!(daemon.output.next()["stream"], true);
        daemon.send(r#"{"id":"s","cancel":true}"#);
        assert_eq!(daemon.output.answer("s")["code"], "CANCELLED");
        until_none_runs(&mut daemon);
    }
}

#[test]
fn errors_have_codes_for_hosts_that_know_them() {
    let folder = Folder::new("codes");
    let mut daemon = searching(&folder, 0);
    let mut code = |params| daemon.call("search", params)["code"].clone();
    assert_eq!(code(json!({"root": ".", "pattern": "("})), "INVALID_PARAMS");
    assert_eq!(
        code(json!({"root": "/no/such/root", "pattern": "a"})),
        "NOT_FOUND"
    );
}

#[test]
fn its_commands_are_announced() {
    let daemon = Daemon::of(
        Command::new(env!("CARGO_BIN_EXE_code-search")),
        Ends::Sockets,
    );
    let methods = daemon.output.next()["data"]["rustbridge"]["methods"].clone();
    let search = json!({"name": "search", "stream": true});
    assert_eq!(
        methods,
        json!([search, {"name": "stats"}, {"name": "unwatch"}, {"name": "watch"}])
    );
}

#[test]
fn stats_count_what_was_done() {
    let folder = Folder::new("stats");
    write(&folder.file("t"), "f", "needle\nneedle\n");
    let mut daemon = start();
    search(
        &mut daemon,
        &json!({"root": folder.file("t"), "pattern": "needle"}),
    );
    let stats = daemon.call("stats", json!({}))["result"].clone();
    assert_eq!(
        (&stats["searches"], &stats["running"]),
        (&json!(1), &json!(0))
    );
    assert_eq!((&stats["files"], &stats["hits"]), (&json!(1), &json!(2)));
}

#[test]
fn changes_of_a_watched_tree_are_events_until_it_is_unwatched() {
    let folder = Folder::new("watch");
    let root = folder.file("t");
    write(&root, "sub/f", "1");
    let mut daemon = start();
    let watched = daemon.call("watch", json!({"root": root}))["result"]["root"].clone();
    daemon.call("watch", json!({"root": root}));
    assert_eq!(daemon.call("stats", json!({}))["result"]["watches"], 1);

    let expect = |daemon: &Daemon, path: &str, kind: &str| loop {
        let event = daemon.output.next();
        if event["data"] == json!({"root": watched, "path": path, "kind": kind}) {
            assert_eq!(event["event"], "fileChanged");
            return;
        }
    };
    write(&root, "sub/f", "2");
    expect(&daemon, "sub/f", "modified");
    fs::rename(root.join("sub/f"), root.join("g")).unwrap();
    expect(&daemon, "sub/f", "removed");
    expect(&daemon, "g", "created");
    fs::remove_file(root.join("g")).unwrap();
    expect(&daemon, "g", "removed");

    assert_eq!(
        daemon.call("unwatch", json!({"root": root}))["result"]["stopped"],
        1
    );
    write(&root, "late", "1");
    assert!(daemon.output.nothing_within(Duration::from_millis(200)));
    assert_eq!(daemon.call("unwatch", json!({}))["result"]["stopped"], 0);
}
