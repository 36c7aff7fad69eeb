//! Write a Rust sidecar for a Spring Boot application.
//!
//! A daemon is a [`Sidecar`] with async functions as its commands. The application starts it as a child process
//! (or connects to it on a Unix socket), sends commands, and gets answers, streams of chunks and events.
//!
//! ```no_run
//! use rustbridge::{Context, Error, Sidecar};
//!
//! #[derive(serde::Deserialize)]
//! struct Greeting {
//!     name: String,
//! }
//!
//! async fn greet(_: Context, greeting: Greeting) -> Result<String, Error> {
//!     Ok(format!("Hello, {}!", greeting.name))
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     Sidecar::new().command("greet", greet).main()
//! }
//! ```
//!
//! Handlers run as tasks of tokio's: code that computes or blocks for more than some milliseconds belongs into
//! `tokio::task::spawn_blocking` or a thread. Connections have a thread of their own, which no handler can block,
//! so a daemon whose handlers are all busy still answers `$ping`. Only commands that proved to be quick run there
//! (and none that [`Sidecar::on_workers`] names).
//!
//! Standard output belongs to the protocol; what the daemon prints
//! there goes to standard error, which is its log.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod background;
mod blob;
mod command;
mod connection;
mod context;
mod daemon;
mod error;
mod events;
mod host;
mod latch;
#[cfg(feature = "logging")]
mod logging;
mod pace;
mod rate_limit;
mod run;
mod scope;
mod server;
mod shutdown;
mod sidecar;
mod sink;
mod stdio;
pub mod testing;
mod trace;
mod upload;
mod wire;

pub use background::Background;
pub use blob::Blob;
pub use context::{Caller, Context};
pub use error::{Error, RunError, code};
pub use events::Events;
pub use host::Host;
pub use sidecar::Sidecar;
pub use sink::{Chunk, Sink};
pub use trace::TraceContext;
pub use upload::{Upload, UploadItem};

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
