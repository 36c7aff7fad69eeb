//! Events from a task in the background, and state that all handlers share.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustbridge::{Context, Error, Sidecar};

#[derive(Default)]
struct Ticks(AtomicU64);

/// Begins to tick, until the host that asked for it goes.
async fn start(context: Context, interval_ms: u64) -> Result<(), Error> {
    let caller = context.caller();
    let interval = Duration::from_millis(interval_ms.max(1));
    tokio::spawn(async move {
        let ticks = context.state::<Ticks>();
        let ticking = async {
            loop {
                tokio::time::sleep(interval).await;
                let count = ticks.0.fetch_add(1, Ordering::Relaxed) + 1;
                if let Err(error) = context.events().emit("tick", &count) {
                    tracing::error!("{error}");
                }
            }
        };
        tokio::select! {
            () = ticking => {}
            () = caller.closed() => {}
        }
    });
    Ok(())
}

async fn ticks(context: Context, (): ()) -> Result<u64, Error> {
    Ok(context.state::<Ticks>().0.load(Ordering::Relaxed))
}

fn main() -> std::process::ExitCode {
    Sidecar::new()
        .state(Ticks::default())
        .command("start", start)
        .command("ticks", ticks)
        .main()
}
