//! Commands that behave well and badly: to try a host against, and for the tests of this crate.
use std::io::Write;
use std::time::Duration;

use rustbridge::{Context, Error, Sidecar, Sink};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

async fn count(_: Context, count: Count, numbers: Sink<u64>) -> Result<Counted, Error> {
    for number in 0..count.to {
        if count.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(count.delay_ms)).await;
        }
        numbers.send(number).await?;
    }
    Ok(Counted { chunks: count.to })
}

/// Counts on a thread of its own, which outlives the handler: its last chunks come too late.
async fn overrun(_: Context, Count { to, .. }: Count, numbers: Sink<u64>) -> Result<(), Error> {
    std::thread::spawn(move || (0..to).try_for_each(|number| numbers.blocking_send(number)));
    tokio::task::yield_now().await;
    Ok(())
}

async fn print(_: Context, Text { text }: Text) -> Result<(), Error> {
    print!("{text}");
    std::io::stdout().flush()?;
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
        .command("echo", echo)
        .command("void", void)
        .command("sleep", sleep)
        .command("block", block)
        .streaming("count", count)
        .streaming("overrun", overrun)
        .command("print", print)
        .command("fail", fail)
        .command("panic", panics)
        .command("big", big)
        .command("emit", emit)
        .command("emitToCaller", emit_to_caller)
        .command("childStdin", child_stdin)
        .main()
}
