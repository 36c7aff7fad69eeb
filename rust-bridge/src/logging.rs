//! `tracing` on stderr, in lines that the host understands: the level first, one line for each event, and behind
//! it the call that the event belongs to.

use std::fmt;
use std::io;

use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use crate::scope;

/// Sets `tracing` up, unless the daemon has done so itself. `RUST_LOG` says what is logged, as in `info,mine=debug`.
pub(crate) fn init() {
    let asked = std::env::var("RUST_LOG").ok();
    let filter = asked.as_deref().map(str::parse::<Targets>);
    let is_readable = !matches!(filter, Some(Err(_)));
    let filter = filter
        .and_then(Result::ok)
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .log_internal_errors(false)
        .event_format(Lines);
    if tracing_subscriber::registry()
        .with(layer)
        .with(filter)
        .try_init()
        .is_err()
    {
        return;
    }
    std::panic::set_hook(Box::new(
        |panic| tracing::error!(target: "panic", "{panic}"),
    ));
    if !is_readable {
        tracing::warn!("RUST_LOG can't be understood, so `info` and above is logged: {asked:?}");
    }
}

/// `LEVEL target: message field=value method=… id=… trace_id=…`
struct Lines;

impl<S, N> FormatEvent<S, N> for Lines
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut text = String::new();
        context.format_fields(Writer::new(&mut text), event)?;
        let metadata = event.metadata();
        write!(writer, "{} {}: ", metadata.level(), metadata.target())?;
        write_line(&mut writer, &text)?;
        if let Some(call) = scope::current() {
            write!(writer, " method={} id={}", call.method, call.id.json())?;
            if let Some(trace_id) = call.trace.as_ref().and_then(|trace| trace.trace_id()) {
                write!(writer, " trace_id={trace_id}")?;
            }
        }
        writer.write_char('\n')
    }
}

/// An event is one line, whatever its text.
fn write_line(writer: &mut Writer<'_>, text: &str) -> fmt::Result {
    for character in text.chars() {
        match character {
            '\n' => writer.write_str("\\n")?,
            '\r' => writer.write_str("\\r")?,
            _ => writer.write_char(character)?,
        }
    }
    Ok(())
}
