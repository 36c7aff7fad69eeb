//! What the daemon was told to do wrong.

use std::path::PathBuf;
use std::time::Duration;

/// Printed for `--help` and for every argument that is not known.
pub const USAGE: &str = "\
chaos-daemon: a correct classic daemon that misbehaves on demand

  --management               serve on stdio; what it does anyway, without --socket
  --socket PATH              serve on a Unix socket instead; an old file is replaced
  --exit-with-stdin          with --socket: exit at the end of stdin all the same
  --in-order                 answer strictly in order
  --finish                   at the end of stdin answer what is in flight before the exit

  --greet                    answer $hello with success, whatever it announced

ready:
  --ready-event NAME         default: ready
  --ready-data JSON          default: {\"version\":…,\"pid\":…}
  --ready-delay MS           say it late
  --never-ready              never say it
  --before-ready LINE        write a line before it (may be repeated)
  --after-ready LINE         write a line in the same segment as it (may be repeated)

end:
  --die-at start|ready|N     before ready, after it, or at the Nth command, unanswered
  --die-how exit:N|signal:N|mid-line|mid-answer
                             default: exit:1; mid-line leaves half a line of garbage, mid-answer
                             half an answer to the Nth command
  --ignore-sigterm           it has no effect
  --note-sigterm             exit with 143, exit note written
  --ignore-stdin-end         live on after the end of stdin
  --exit-delay MS            between the end of stdin and the exit
  --exit-note PATH           write a file at each orderly exit: its reason, the counts
  --grandchild SECONDS       start a process that holds stdout and stderr so long

streams:
  --stop-reading-after N     read no further than the Nth command (0: nothing at all)
  --stop-writing-after N     write nothing any more from the Nth command on
  --close-stdout-after N     close stdout after the answer to the Nth command (0: after ready)
  --stderr LINE              write a line to stderr first (may be repeated)
  --stderr-flood N           write N lines to stderr first: never ready if nobody reads them
  --stderr-line-bytes N      write one line of N bytes to stderr first

commands, with their parameters:
  echo any | void | pid | counts | arguments | environment | workingDirectory
  big {bytes, idLast}                         a string of so many bytes
  sleep {ms}
  fail {message: any, code, details, missing}
  stream {count, size, delayMs, flush, text, failAfter, dieAfter, and how as in die}
  emit {event, count, data, delayMs}          events, then the answer
  ask {event, value}, queryResult {correlationId, …}
                                              the reverse call by hand
  stderr {lines, flood, bytes}
  grandchild {seconds}                        holds stdout and stderr
  raw {lines, silent}                         lines as they are, then the answer
  twice | stranger {id} | ignore              answers too often, for another, never
  stopReading | stopWriting | closeStdout | swapSocket
  exit {code}                                 orderly
  die {code, signal, midLine, midAnswer}      at once
";

/// When the daemon dies of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DieAt {
    Start,
    Ready,
    Command(u64),
}

/// How the daemon dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DieHow {
    Exit(i32),
    Signal(i32),
    MidLine,
    MidAnswer,
}

/// Everything that can be asked for on the command line.
#[derive(Debug)]
pub struct Options {
    pub socket: Option<PathBuf>,
    pub exit_with_stdin: bool,
    pub in_order: bool,
    pub finish: bool,
    pub greet: bool,
    pub ready_event: String,
    pub ready_data: Option<String>,
    pub ready_delay: Duration,
    pub never_ready: bool,
    pub before_ready: Vec<String>,
    pub after_ready: Vec<String>,
    pub die_at: Option<DieAt>,
    pub die_how: DieHow,
    pub ignore_sigterm: bool,
    pub note_sigterm: bool,
    pub ignore_stdin_end: bool,
    pub exit_delay: Duration,
    pub exit_note: Option<PathBuf>,
    pub grandchild: Option<u64>,
    pub stop_reading_after: Option<u64>,
    pub stop_writing_after: Option<u64>,
    pub close_stdout_after: Option<u64>,
    pub stderr: Vec<String>,
    pub stderr_flood: u64,
    pub stderr_line_bytes: usize,
    /// Not for users: the role of the grandchild, which only sleeps.
    pub hold: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            socket: None,
            exit_with_stdin: false,
            in_order: false,
            finish: false,
            greet: false,
            ready_event: "ready".into(),
            ready_data: None,
            ready_delay: Duration::ZERO,
            never_ready: false,
            before_ready: Vec::new(),
            after_ready: Vec::new(),
            die_at: None,
            die_how: DieHow::Exit(1),
            ignore_sigterm: false,
            note_sigterm: false,
            ignore_stdin_end: false,
            exit_delay: Duration::ZERO,
            exit_note: None,
            grandchild: None,
            stop_reading_after: None,
            stop_writing_after: None,
            close_stdout_after: None,
            stderr: Vec::new(),
            stderr_flood: 0,
            stderr_line_bytes: 0,
            hold: None,
        }
    }
}

impl Options {
    /// Reads the arguments behind the program's name; an error is for people.
    pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
            match arg.as_str() {
                "--management" => {}
                "--socket" => options.socket = Some(value()?.into()),
                "--exit-with-stdin" => options.exit_with_stdin = true,
                "--in-order" => options.in_order = true,
                "--finish" => options.finish = true,
                "--greet" => options.greet = true,
                "--ready-event" => options.ready_event = value()?,
                "--ready-data" => options.ready_data = Some(value()?),
                "--ready-delay" => {
                    options.ready_delay = Duration::from_millis(number(&arg, &value()?)?)
                }
                "--never-ready" => options.never_ready = true,
                "--before-ready" => options.before_ready.push(value()?),
                "--after-ready" => options.after_ready.push(value()?),
                "--die-at" => options.die_at = Some(die_at(&value()?)?),
                "--die-how" => options.die_how = die_how(&value()?)?,
                "--ignore-sigterm" => options.ignore_sigterm = true,
                "--note-sigterm" => options.note_sigterm = true,
                "--ignore-stdin-end" => options.ignore_stdin_end = true,
                "--exit-delay" => {
                    options.exit_delay = Duration::from_millis(number(&arg, &value()?)?)
                }
                "--exit-note" => options.exit_note = Some(value()?.into()),
                "--grandchild" => options.grandchild = Some(number(&arg, &value()?)?),
                "--stop-reading-after" => {
                    options.stop_reading_after = Some(number(&arg, &value()?)?)
                }
                "--stop-writing-after" => {
                    options.stop_writing_after = Some(number(&arg, &value()?)?)
                }
                "--close-stdout-after" => {
                    options.close_stdout_after = Some(number(&arg, &value()?)?)
                }
                "--stderr" => options.stderr.push(value()?),
                "--stderr-flood" => options.stderr_flood = number(&arg, &value()?)?,
                "--stderr-line-bytes" => options.stderr_line_bytes = number(&arg, &value()?)?,
                "--hold" => options.hold = Some(number(&arg, &value()?)?),
                "--help" => return Err(String::new()),
                _ => return Err(format!("unknown argument {arg}")),
            }
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(arg: &str, value: &str) -> Result<T, String> {
    value
        .parse()
        .map_err(|_| format!("{arg}: {value} is no number"))
}

fn die_at(value: &str) -> Result<DieAt, String> {
    match value {
        "start" => Ok(DieAt::Start),
        "ready" => Ok(DieAt::Ready),
        count => number("--die-at", count).map(DieAt::Command),
    }
}

fn die_how(value: &str) -> Result<DieHow, String> {
    match value.split_once(':') {
        Some(("exit", code)) => number("--die-how", code).map(DieHow::Exit),
        Some(("signal", signal)) => number("--die-how", signal).map(DieHow::Signal),
        None if value == "mid-line" => Ok(DieHow::MidLine),
        None if value == "mid-answer" => Ok(DieHow::MidAnswer),
        _ => Err(format!(
            "--die-how: {value} is none of exit:N, signal:N, mid-line, mid-answer"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_death_is_a_time_and_a_way() {
        let options = parse("--management --die-at 3 --die-how signal:9").unwrap();
        assert_eq!(options.die_at, Some(DieAt::Command(3)));
        assert_eq!(options.die_how, DieHow::Signal(9));
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        assert_eq!(parse("--nope").unwrap_err(), "unknown argument --nope");
        assert_eq!(
            parse("--ready-delay x").unwrap_err(),
            "--ready-delay: x is no number"
        );
        assert_eq!(parse("--socket").unwrap_err(), "--socket needs a value");
    }
}
