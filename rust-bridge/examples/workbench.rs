//! Commands that behave well and badly: to try a host against, and for the tests of this crate.
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustbridge::{Blob, Context, Error, Sidecar, Sink, Upload};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio_stream::Stream;

#[derive(Deserialize)]
struct Millis {
    ms: u64,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
struct Size {
    size: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Count {
    to: u64,
    #[serde(default)]
    delay_ms: u64,
}

#[derive(Serialize)]
struct Counted {
    chunks: u64,
}

#[derive(Deserialize)]
struct Emit {
    name: String,
    data: Value,
}

/// How many numbers `count` has sent, to all hosts together.
#[derive(Default)]
struct Sent(AtomicU64);

async fn echo(_: Context, params: Value) -> Result<Value, Error> {
    Ok(params)
}

async fn void(_: Context, (): ()) -> Result<(), Error> {
    Ok(())
}

async fn sleep(_: Context, Millis { ms }: Millis) -> Result<u64, Error> {
    tokio::time::sleep(Duration::from_millis(ms)).await;
    Ok(ms)
}

/// Blocks a thread of the runtime, as no handler should.
async fn block(_: Context, Millis { ms }: Millis) -> Result<u64, Error> {
    std::thread::sleep(Duration::from_millis(ms));
    Ok(ms)
}

async fn in_place(_: Context, (): ()) -> Result<(), Error> {
    tokio::task::block_in_place(|| ());
    Ok(())
}

async fn count(context: Context, count: Count, numbers: Sink<u64>) -> Result<Counted, Error> {
    let sent = context.state::<Sent>();
    for number in 0..count.to {
        if count.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(count.delay_ms)).await;
        }
        numbers.send(number).await?;
        sent.0.fetch_add(1, Ordering::Relaxed);
    }
    Ok(Counted { chunks: count.to })
}

async fn sent(context: Context, (): ()) -> Result<u64, Error> {
    Ok(context.state::<Sent>().0.load(Ordering::Relaxed))
}

/// Counts on a thread of its own, which outlives the handler: its last chunks come too late.
async fn overrun(_: Context, Count { to, .. }: Count, numbers: Sink<u64>) -> Result<(), Error> {
    std::thread::spawn(move || (0..to).try_for_each(|number| numbers.blocking_send(number)));
    tokio::task::yield_now().await;
    Ok(())
}

fn numbers(_: Context, count: Count) -> impl Stream<Item = Result<u64, Error>> {
    let end = (count.delay_ms > 0).then(|| Err(Error::new("counted too far")));
    tokio_stream::iter((0..count.to).map(Ok).chain(end))
}

async fn sum(_: Context, (): (), mut numbers: Upload<i64>) -> Result<i64, Error> {
    let mut sum = 0;
    while let Some(number) = numbers.next().await {
        sum += number?;
    }
    Ok(sum)
}

/// Answers after the first item, though the host may have more.
async fn first(_: Context, (): (), mut items: Upload<Value>) -> Result<Option<Value>, Error> {
    items.next().await.transpose()
}

async fn double(_: Context, (): (), numbers: Upload<i64>, doubled: Sink<i64>) -> Result<(), Error> {
    use tokio_stream::StreamExt;
    doubled
        .send_all(numbers.map(|number| number.map(|number| 2 * number)))
        .await
}

async fn echo_bytes(
    _: Context,
    (): (),
    mut blobs: Upload<Blob>,
    echo: Sink<Blob>,
) -> Result<usize, Error> {
    let mut length = 0;
    while let Some(blob) = blobs.next().await {
        let blob = blob?;
        length += blob.len();
        echo.send(blob).await?;
    }
    Ok(length)
}

async fn download(_: Context, Size { size }: Size, bytes: Sink<Blob>) -> Result<usize, Error> {
    bytes
        .send(Blob((0..size).map(|at| at as u8).collect()))
        .await?;
    Ok(size)
}

/// What the handler knows about its call.
async fn describe(context: Context, (): ()) -> Result<Value, Error> {
    let left = context
        .deadline()
        .map(|deadline| deadline - std::time::Instant::now());
    Ok(json!({
        "method": context.method(),
        "leftMs": left.map(|left| left.as_millis() as u64),
        "traceId": context.trace().and_then(|trace| trace.trace_id()),
        "tracestate": context.trace().and_then(|trace| trace.tracestate()),
        "takesCalls": context.host().takes_calls(),
    }))
}

/// Waits until it is cancelled, and tells by an event that it was.
async fn wait(context: Context, (): ()) -> Result<(), Error> {
    struct Dropped(Context);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.events().emit("dropped", &self.0.is_cancelled());
        }
    }
    context.events().emit("waiting", &())?;
    let _dropped = Dropped(context);
    std::future::pending().await
}

/// Panics when it is dropped.
async fn clumsy(context: Context, (): ()) -> Result<(), Error> {
    struct Clumsy;
    impl Drop for Clumsy {
        fn drop(&mut self) {
            panic!("dropped it");
        }
    }
    let _clumsy = Clumsy;
    context.events().emit("waiting", &())?;
    std::future::pending().await
}

async fn graceful(context: Context, Text { text }: Text) -> Result<String, Error> {
    context.stop_gracefully();
    context.events().emit("waiting", &())?;
    context.cancelled().await;
    tokio::task::yield_now().await;
    Ok(text)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ask {
    method: String,
    params: Value,
    timeout_ms: Option<u64>,
}

async fn ask(context: Context, ask: Ask) -> Result<Value, Error> {
    let mut host = context.host();
    if let Some(millis) = ask.timeout_ms {
        host = host.timeout(Duration::from_millis(millis));
    }
    host.call(&ask.method, &ask.params).await
}

#[derive(Deserialize)]
struct AskMany {
    method: String,
    times: u64,
}

/// Asks many times at once, and counts the calls that the host refused because there were too many.
async fn ask_many(context: Context, AskMany { method, times }: AskMany) -> Result<u64, Error> {
    let calls: Vec<_> = (0..times)
        .map(|number| {
            let (host, method) = (context.host(), method.clone());
            tokio::spawn(async move { host.call::<_, Value>(&method, &number).await })
        })
        .collect();
    let mut refused = 0;
    for call in calls {
        if let Err(error) = call.await.map_err(Error::other)? {
            refused += u64::from(error.code() == Some(rustbridge::code::UNAVAILABLE));
        }
    }
    Ok(refused)
}

/// Asks from a task that outlives the command.
async fn ask_behind(context: Context, ask: Ask) -> Result<(), Error> {
    let (asked, wait) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let _ = asked.send(());
        let answer = context
            .host()
            .call::<_, Value>(&ask.method, &ask.params)
            .await;
        let answer = answer.err().map(|error| error.message().to_owned());
        let _ = context.events().emit("askedBehind", &answer);
    });
    wait.await.map_err(Error::other)?;
    tokio::time::sleep(Duration::from_millis(50)).await;
    Ok(())
}

async fn print(_: Context, Text { text }: Text) -> Result<(), Error> {
    print!("{text}");
    std::io::stdout().flush()?;
    Ok(())
}

async fn log(context: Context, Text { text }: Text) -> Result<(), Error> {
    tracing::info!(length = text.len(), "{text}");
    let thread = std::thread::spawn(move || context.in_scope(|| tracing::warn!("from a thread")));
    thread.join().map_err(|_| "the thread panicked")?;
    Ok(())
}

async fn fail(_: Context, Text { text }: Text) -> Result<(), Error> {
    Err(Error::new(text).with_code("OUT_OF_LUCK").with_details(42))
}

async fn panics(_: Context, Text { text }: Text) -> Result<(), Error> {
    panic!("{text}")
}

async fn big(_: Context, Size { size }: Size) -> Result<String, Error> {
    Ok("x".repeat(size))
}

async fn emit(context: Context, Emit { name, data }: Emit) -> Result<(), Error> {
    context.events().emit(&name, &data)
}

async fn emit_to_caller(context: Context, Emit { name, data }: Emit) -> Result<(), Error> {
    context.caller().events().emit(&name, &data)
}

async fn emit_from_thread(context: Context, (): ()) -> Result<(), Error> {
    let thread = std::thread::spawn(move || {
        context.events().emit("outside", &())?;
        context.in_scope(|| context.events().emit("inside", &()))
    });
    thread.join().map_err(|_| "the thread panicked")?
}

/// Reads what a child process of the daemon gets on its stdin.
async fn child_stdin(_: Context, (): ()) -> Result<usize, Error> {
    let output = tokio::task::spawn_blocking(|| {
        std::process::Command::new("cat")
            .stdout(std::process::Stdio::piped())
            .output()
    });
    Ok(output.await??.stdout.len())
}

fn main() -> std::process::ExitCode {
    Sidecar::new()
        .version(env!("CARGO_PKG_VERSION"))
        .max_message_size(1024 * 1024)
        .drain_time(Duration::from_secs(2))
        .state(Sent::default())
        .command("echo", echo)
        .command("void", void)
        .command("sleep", sleep)
        .command("block", block)
        .command("inPlace", in_place)
        .on_workers("inPlace")
        .streaming("count", count)
        .command("sent", sent)
        .streaming("overrun", overrun)
        .command("print", print)
        .command("log", log)
        .command("fail", fail)
        .command("panic", panics)
        .command("big", big)
        .command("emit", emit)
        .command("emitToCaller", emit_to_caller)
        .command("emitFromThread", emit_from_thread)
        .command("childStdin", child_stdin)
        .stream("numbers", numbers)
        .upload("sum", sum)
        .upload("first", first)
        .duplex("double", double)
        .duplex("echoBytes", echo_bytes)
        .streaming("download", download)
        .command("describe", describe)
        .command("wait", wait)
        .command("clumsy", clumsy)
        .command("graceful", graceful)
        .command("ask", ask)
        .command("askMany", ask_many)
        .command("askBehind", ask_behind)
        .command("one", sleep)
        .limit("one", 1)
        .command("askOne", ask)
        .limit("askOne", 1)
        .concurrency(20)
        .max_in_flight(100)
        .main()
}
