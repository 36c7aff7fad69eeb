//! Streams: by a sink, which waits for the host's demand, and by any `Stream`.
use std::time::Duration;

use rustbridge::{Context, Error, Sidecar, Sink};
use serde::{Deserialize, Serialize};
use tokio_stream::{Stream, StreamExt};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Countdown {
    from: u32,
    interval_ms: u64,
}

#[derive(Serialize)]
struct LiftOff {
    ticks: u32,
}

/// Chunks, and a final answer. If the host gives up, this is dropped at its next `await`.
async fn countdown(_: Context, countdown: Countdown, ticks: Sink<u32>) -> Result<LiftOff, Error> {
    for tick in (1..=countdown.from).rev() {
        ticks.send(tick).await?;
        tokio::time::sleep(Duration::from_millis(countdown.interval_ms)).await;
    }
    Ok(LiftOff {
        ticks: countdown.from,
    })
}

/// Only chunks.
fn squares(_: Context, to: u64) -> impl Stream<Item = Result<u64, Error>> {
    tokio_stream::iter(1..=to).map(|number| {
        number
            .checked_mul(number)
            .ok_or_else(|| Error::new(format!("the square of {number} is too large")))
    })
}

fn main() -> std::process::ExitCode {
    Sidecar::new()
        .streaming("countdown", countdown)
        .stream("squares", squares)
        .main()
}
