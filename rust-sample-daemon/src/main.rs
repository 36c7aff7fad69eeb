//! `code-search`: ripgrep's own engine as a sidecar daemon.
#![forbid(unsafe_code)]

mod hit;
mod query;
mod search;
mod stats;
mod watch;

use std::process::ExitCode;

use rustbridge::Sidecar;

fn main() -> ExitCode {
    Sidecar::new()
        .version(env!("CARGO_PKG_VERSION"))
        .state(stats::Counters::default())
        .state(watch::Watches::default())
        .streaming("search", search::search)
        // Each has threads of its own, and holds them while its host reads no hits.
        .limit("search", 64)
        .command("stats", stats::stats)
        .command("watch", watch::watch)
        .command("unwatch", watch::unwatch)
        .main()
}
