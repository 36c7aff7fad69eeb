//! The harness for authors of daemons, used as they would.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustbridge::testing::TestHost;
use rustbridge::{Context, Error, Sidecar, Sink, Upload};
use serde_json::{Value, json};

#[derive(Default)]
struct Visits(AtomicU32);

async fn visit(context: Context, (): ()) -> Result<u32, Error> {
    let visits = context.state::<Visits>().0.fetch_add(1, Ordering::Relaxed) + 1;
    context.events().emit("visited", &visits)?;
    Ok(visits)
}

async fn count(_: Context, to: u32, numbers: Sink<u32>) -> Result<&'static str, Error> {
    for number in 0..to {
        numbers.send(number).await?;
    }
    Ok("done")
}

async fn authorized(context: Context, user: String) -> Result<bool, Error> {
    context.host().call("authorize", &user).await
}

async fn sum(_: Context, (): (), mut numbers: Upload<i64>) -> Result<i64, Error> {
    let mut sum = 0;
    while let Some(number) = numbers.next().await {
        sum += number?;
    }
    Ok(sum)
}

async fn for_ever(_: Context, (): ()) -> Result<(), Error> {
    std::future::pending().await
}

fn daemon() -> Sidecar {
    Sidecar::new()
        .version("1.2.3")
        .state(Visits::default())
        .command("visit", visit)
        .streaming("count", count)
        .command("authorized", authorized)
        .upload("sum", sum)
        .command("forEver", for_ever)
}

#[tokio::test]
async fn the_ready_event_can_be_looked_at() {
    let host = TestHost::classic(daemon()).await;
    assert_eq!(host.ready()["version"], "1.2.3");
}

#[tokio::test]
async fn calls_share_state_and_emit_events() {
    let mut host = TestHost::start(daemon()).await;
    assert_eq!(host.call::<u32>("visit", ()).await, Ok(1));
    assert_eq!(host.call::<u32>("visit", ()).await, Ok(2));
    assert_eq!(host.event("visited").await, 1);
    assert_eq!(host.event("visited").await, 2);
}

#[tokio::test]
async fn a_stream_gives_chunks_and_answer() {
    let mut host = TestHost::start(daemon()).await;
    let (chunks, answer) = host.stream::<u32, String>("count", 10_000).await;
    assert_eq!(chunks, (0..10_000).collect::<Vec<_>>());
    assert_eq!(answer.as_deref(), Ok("done"));
}

#[tokio::test]
async fn the_daemon_calls_the_test() {
    let mut host = TestHost::start(daemon()).await;
    host.on_call("authorize", |user| Ok((user == "ada").into()));
    assert_eq!(host.call("authorized", "ada").await, Ok(true));
    assert_eq!(host.call("authorized", "eve").await, Ok(false));
    host.on_call("authorize", |_| {
        Err(Error::new("asleep").with_code("ASLEEP"))
    });
    let error = host.call::<bool>("authorized", "ada").await.unwrap_err();
    assert_eq!((error.message(), error.code()), ("asleep", Some("ASLEEP")));
}

#[tokio::test]
async fn a_call_can_be_cancelled() {
    let mut host = TestHost::start(daemon()).await;
    let id = host.begin("forEver", ()).await;
    host.cancel(&id).await;
    let error = host.answer::<Value>(&id).await.unwrap_err();
    assert_eq!(error.code(), Some("CANCELLED"));
}

#[tokio::test]
async fn lines_can_be_sent_as_they_are() {
    let mut host = TestHost::start(daemon()).await;
    host.send(r#"{"id":"u","method":"sum","params":{},"upload":true}"#)
        .await;
    assert!(host.line_of("u").await["credit"].as_u64() >= Some(2));
    host.send(r#"{"id":"u","stream":true,"data":40}"#).await;
    host.send(r#"{"id":"u","stream":true,"data":2}"#).await;
    host.send(r#"{"id":"u","end":true}"#).await;
    assert_eq!(host.answer("u").await, Ok(42));
}

#[tokio::test]
async fn a_missing_state_is_an_error_that_names_it() {
    let mut host = TestHost::start(Sidecar::new().command("visit", visit)).await;
    let error = host.call::<u32>("visit", ()).await.unwrap_err();
    assert!(error.message().contains("Visits"), "{error}");
}

#[tokio::test]
async fn a_daemon_that_wants_the_extended_protocol_refuses_classic_hosts() {
    let mut host = TestHost::classic(daemon().extended_only()).await;
    assert_eq!(host.ready()["rustbridge"]["classic"], json!(false));
    let error = host.call::<u32>("visit", ()).await.unwrap_err();
    assert!(error.message().contains("extended protocol"), "{error}");
    let mut host = TestHost::classic(daemon().extended_only()).await;
    let hello = json!({"protocol": 9, "minProtocol": 9});
    assert!(host.call::<Value>("$hello", hello).await.is_err());
    let mut host = TestHost::start(daemon().extended_only()).await;
    assert_eq!(host.call::<u32>("visit", ()).await, Ok(1));
}

#[tokio::test(start_paused = true)]
async fn the_background_runs_until_the_daemon_ends() {
    let daemon = daemon().background(|background| async move {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let visits = background.state::<Visits>().0.load(Ordering::Relaxed);
            background.events().emit("visits", &visits).unwrap();
        }
    });
    let mut host = TestHost::start(daemon).await;
    host.call::<u32>("visit", ()).await.unwrap();
    assert_eq!(host.event("visits").await, 1);
    assert_eq!(host.event("visits").await, 1);
    host.shut_down().await;
}

#[tokio::test(start_paused = true)]
async fn a_daemon_ends_when_it_is_told_to() {
    let mut host = TestHost::start(daemon()).await;
    host.begin("forEver", ()).await;
    host.call::<u32>("visit", ()).await.unwrap();
    host.shut_down().await;
}
