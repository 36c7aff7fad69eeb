//! Errors that a handler answers with, and errors that end the daemon.

use std::borrow::Cow;
use std::path::PathBuf;
use std::{fmt, io};

use serde::Serialize;
use serde_json::Value;

/// The codes that the runtime itself answers with. A daemon adds its own.
pub mod code {
    /// The host gave the call up.
    pub const CANCELLED: &str = "CANCELLED";
    /// The call's time was used up.
    pub const DEADLINE_EXCEEDED: &str = "DEADLINE_EXCEEDED";
    /// The daemon has no command of that name.
    pub const UNKNOWN_METHOD: &str = "UNKNOWN_METHOD";
    /// The command's parameters, or the request itself, can't be understood.
    pub const INVALID_PARAMS: &str = "INVALID_PARAMS";
    /// The caller may not do this.
    pub const PERMISSION_DENIED: &str = "PERMISSION_DENIED";
    /// The daemon can't take the call now; it was not started.
    pub const UNAVAILABLE: &str = "UNAVAILABLE";
    /// A message over the limit.
    pub const TOO_LARGE: &str = "TOO_LARGE";
    /// A bug in the daemon, a panic for instance.
    pub const INTERNAL: &str = "INTERNAL";
}

/// What a handler fails with: a message, and optionally a machine-readable code and details.
///
/// The usual errors convert by `?`. An error type of your own (with `thiserror`, say) gets
/// `impl From<MyError> for rustbridge::Error`, where its variants choose their codes; any other goes through
/// [`Error::other`].
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    message: String,
    code: Option<Cow<'static, str>>,
    details: Option<Value>,
}

impl Error {
    /// An error with a message for humans.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: None,
            details: None,
        }
    }

    /// Any error of Rust's, its causes in the message.
    pub fn other(error: impl std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // Many errors repeat their cause in their own text.
            if !message.contains(&text) {
                message.push_str(": ");
                message.push_str(&text);
            }
            cause = error.source();
        }
        Self::new(message)
    }

    /// The parameters make no sense: code [`INVALID_PARAMS`](code::INVALID_PARAMS).
    pub fn invalid_params(message: impl Into<String>) -> Self {
        Self::new(message).with_code(code::INVALID_PARAMS)
    }

    /// Not now: code [`UNAVAILABLE`](code::UNAVAILABLE).
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(message).with_code(code::UNAVAILABLE)
    }

    /// A bug: code [`INTERNAL`](code::INTERNAL).
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(message).with_code(code::INTERNAL)
    }

    /// Sets the machine-readable code, one of [`code`] or the daemon's own.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets details for machines. Details that can't be written as JSON are left out.
    #[must_use]
    pub fn with_details(mut self, details: impl Serialize) -> Self {
        self.details = serde_json::to_value(details).ok();
        self
    }

    /// The message for humans.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The machine-readable code, if there is one.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The details, if there are any.
    pub fn details(&self) -> Option<&Value> {
        self.details.as_ref()
    }

    pub(crate) fn cancelled() -> Self {
        Self::new("cancelled").with_code(code::CANCELLED)
    }

    pub(crate) fn too_large(what: &str, length: usize, limit: usize) -> Self {
        Self::new(format!(
            "{what} of {length} bytes is over the limit of {limit} bytes"
        ))
        .with_code(code::TOO_LARGE)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let result = Self::other(&error);
        match error.kind() {
            io::ErrorKind::NotFound => result.with_code("NOT_FOUND"),
            io::ErrorKind::PermissionDenied => result.with_code(code::PERMISSION_DENIED),
            _ => result,
        }
    }
}

impl From<Box<dyn std::error::Error + Send + Sync>> for Error {
    fn from(error: Box<dyn std::error::Error + Send + Sync>) -> Self {
        Self::other(&*error)
    }
}

macro_rules! from_errors {
    ($($error:ty),* $(,)?) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::other(error)
            }
        }
    )*};
}

from_errors!(
    fmt::Error,
    serde_json::Error,
    std::num::ParseFloatError,
    std::num::ParseIntError,
    std::num::TryFromIntError,
    std::str::ParseBoolError,
    std::str::Utf8Error,
    std::string::FromUtf8Error,
    std::time::SystemTimeError,
    tokio::sync::AcquireError,
);

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        match error.try_into_panic() {
            Ok(panic) => Self::from_panic(&*panic),
            Err(error) => Self::other(error).with_code(code::CANCELLED),
        }
    }
}

impl From<tokio::time::error::Elapsed> for Error {
    fn from(error: tokio::time::error::Elapsed) -> Self {
        Self::other(error).with_code(code::DEADLINE_EXCEEDED)
    }
}

impl Error {
    pub(crate) fn from_panic(panic: &(dyn std::any::Any + Send)) -> Self {
        let message = panic
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("no message");
        Self::internal(format!("handler panicked: {message}"))
    }
}

/// Why a daemon could not run. Each says what to do about it.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// The command line can't be understood.
    Usage(String),
    /// The socket can't be served.
    Socket {
        /// Its path.
        path: PathBuf,
        /// What was wrong.
        source: io::Error,
    },
    /// Standard input and output can't be used.
    Stdio(io::Error),
    /// The runtime or its signal handlers can't be set up.
    Runtime(io::Error),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(problem) => write!(f, "{problem}; usage: [--management] [--socket PATH]"),
            Self::Socket { path, source } => {
                write!(f, "cannot serve on the socket {}: {source}", path.display())
            }
            Self::Stdio(source) => write!(f, "cannot use standard input and output: {source}"),
            Self::Runtime(source) => write!(f, "cannot set up the runtime: {source}"),
        }
    }
}

impl std::error::Error for RunError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Usage(_) => None,
            Self::Socket { source, .. } | Self::Stdio(source) | Self::Runtime(source) => {
                Some(source)
            }
        }
    }
}
