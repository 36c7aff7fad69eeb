//! The daemon as a server on a Unix socket.

mod support;

use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use support::{Daemon, Ends, Folder, Host, eventually};

fn serve(path: &Path) -> Daemon {
    Daemon::spawn(
        "workbench",
        &["--socket", path.to_str().unwrap()],
        Ends::Pipes,
    )
}

#[test]
fn only_the_owner_may_connect() {
    let folder = Folder::new("mode");
    let path = folder.file("d.sock");
    let _daemon = serve(&path);
    Host::connect(&path);
    let mode = path.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn several_hosts_are_served_at_once() {
    let folder = Folder::new("several");
    let path = folder.file("d.sock");
    let _daemon = serve(&path);
    let mut hosts: Vec<_> = (0..10).map(|_| Host::connect(&path)).collect();
    for (number, host) in hosts.iter_mut().enumerate() {
        assert_eq!(host.call("echo", json!(number))["result"], number);
    }
}

#[test]
fn a_host_that_does_not_read_stalls_no_other() {
    let folder = Folder::new("stall");
    let path = folder.file("d.sock");
    let _daemon = serve(&path);
    let mut deaf = Host::connect_deaf(&path);
    std::io::Write::write_all(
        &mut deaf,
        b"{\"id\":\"s\",\"method\":\"count\",\"params\":{\"to\":1000000000}}\n",
    )
    .unwrap();
    let mut host = Host::connect(&path);
    for number in 0..1_000 {
        assert_eq!(host.call("echo", json!(number))["result"], number);
        let event = json!({"name": "tick", "data": "x".repeat(10_000)});
        assert_eq!(host.call("emit", event)["success"], true);
    }
}

#[test]
fn an_event_reaches_all_hosts_or_only_the_caller() {
    let folder = Folder::new("events");
    let path = folder.file("d.sock");
    let _daemon = serve(&path);
    let (mut one, mut other) = (Host::connect(&path), Host::connect(&path));
    one.call("emitToCaller", json!({"name": "mine", "data": 1}));
    one.call("emit", json!({"name": "all", "data": 2}));
    assert_eq!(other.output.next(), json!({"event": "all", "data": 2}));
    other.call("void", json!({}));
}

#[test]
fn a_host_that_closed_only_its_sending_side_gets_its_answers() {
    let folder = Folder::new("half");
    let path = folder.file("d.sock");
    let _daemon = serve(&path);
    let mut host = Host::connect(&path);
    host.send(r#"{"id":"s","method":"count","params":{"to":20,"delayMs":10}}"#);
    host.close_input();
    assert_eq!(host.output.answer("s")["success"], true);
    assert_eq!(host.output.raw(), None);
}

#[test]
fn sigterm_ends_the_server_and_removes_its_file() {
    let folder = Folder::new("term");
    let path = folder.file("d.sock");
    let mut daemon = serve(&path);
    let mut host = Host::connect(&path);
    host.send(r#"{"id":"s","method":"count","params":{"to":20,"delayMs":10}}"#);
    host.call("void", json!({}));
    daemon.signal("TERM");
    assert_eq!(host.output.answer("s")["success"], true);
    assert!(daemon.exit().success());
    assert!(!path.exists());
}

#[test]
fn a_stale_file_is_replaced() {
    let folder = Folder::new("stale");
    let path = folder.file("d.sock");
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let _daemon = serve(&path);
    Host::connect(&path);
}

#[test]
fn a_socket_that_somebody_serves_is_left_alone() {
    let folder = Folder::new("taken");
    let path = folder.file("d.sock");
    let _first = serve(&path);
    let mut host = Host::connect(&path);
    let mut second = serve(&path);
    assert_eq!(second.exit().code(), Some(1));
    second.error_with("another daemon accepts connections");
    assert_eq!(host.call("void", json!({}))["success"], true);
    Host::connect(&path);
}

#[test]
fn a_file_that_is_no_socket_is_left_alone() {
    let folder = Folder::new("file");
    let path = folder.file("d.sock");
    std::fs::write(&path, "precious").unwrap();
    let mut daemon = serve(&path);
    assert_eq!(daemon.exit().code(), Some(1));
    daemon.error_with("no socket");
    assert_eq!(std::fs::read(&path).unwrap(), b"precious");
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let folder = Folder::new("missing");
    let path = folder.file("none/d.sock");
    let mut daemon = serve(&path);
    assert_eq!(daemon.exit().code(), Some(1));
    daemon.error_with("none/d.sock");
}

#[test]
fn hosts_that_come_and_go_leave_nothing_behind() {
    let folder = Folder::new("leak");
    let path = folder.file("d.sock");
    let daemon = serve(&path);
    let descriptors = || {
        std::fs::read_dir(format!("/proc/{}/fd", daemon.child.id()))
            .unwrap()
            .count()
    };
    Host::connect(&path);
    let mut host = Host::connect(&path);
    host.call("void", json!({}));
    let before = descriptors();
    for _ in 0..100 {
        Host::connect(&path).call("void", json!({}));
    }
    eventually("as many descriptors as before", || {
        (descriptors() <= before).then_some(())
    });
}

#[test]
fn stdio_and_a_socket_can_be_served_at_once() {
    let folder = Folder::new("both");
    let path = folder.file("d.sock");
    let args = ["--management", "--socket", path.to_str().unwrap()];
    let mut daemon = Daemon::spawn("workbench", &args, Ends::Sockets);
    assert_eq!(daemon.output.next()["event"], "ready");
    assert!(path.exists());
    let mut host = Host::connect(&path);
    assert_eq!(host.call("void", json!({}))["success"], true);
    assert_eq!(daemon.call("void", json!({}))["success"], true);
    daemon.close_input();
    assert_eq!(host.output.raw(), None);
    assert!(daemon.exit().success());
    assert!(!path.exists());
}

#[test]
fn a_daemon_that_a_host_launched_ends_with_its_standard_input() {
    for ends in [Ends::Pipes, Ends::Sockets] {
        let folder = Folder::new("leash");
        let path = folder.file("d.sock");
        let args = ["--socket", path.to_str().unwrap()];
        let mut daemon = Daemon::spawn("workbench", &args, ends);
        let mut host = Host::connect(&path);
        daemon.send("of no interest");
        daemon.signal("INT");
        assert_eq!(host.call("void", json!({}))["success"], true);
        daemon.close_input();
        assert_eq!(host.output.raw(), None);
        assert!(daemon.exit().success());
        assert!(!path.exists());
    }
}

#[test]
fn a_daemon_that_a_host_launched_ends_with_its_parent() {
    let folder = Folder::new("parent");
    let path = folder.file("d.sock");
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 3<&0; \"$0\" --socket \"$1\" <&3 & wait"]);
    shell.arg(support::example("workbench")).arg(&path);
    let mut daemon = Daemon::of(shell, Ends::Pipes);
    let host = Host::connect(&path);
    daemon.child.kill().unwrap();
    assert_eq!(host.output.raw(), None);
    eventually("the end of its socket", || (!path.exists()).then_some(()));
}

#[test]
fn a_daemon_that_stands_alone_needs_no_standard_input() {
    let folder = Folder::new("alone");
    let path = folder.file("d.sock");
    let mut daemon = Command::new(support::example("workbench"))
        .arg("--socket")
        .arg(&path)
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let mut host = Host::connect(&path);
    assert_eq!(host.call("sleep", json!({"ms": 100}))["success"], true);
    support::kill(daemon.id(), "INT");
    assert!(daemon.wait().unwrap().success());
}
