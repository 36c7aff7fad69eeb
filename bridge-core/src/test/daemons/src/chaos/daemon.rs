//! What all sessions of the process share, and the ways in which it ends.

use std::fs;
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::options::{DieHow, Options};
use crate::os;
use crate::output::Output;
use crate::questions::Questions;
use crate::timer::Timer;

/// Counts since the start, of all sessions.
#[derive(Default)]
pub struct Counts {
    /// Commands that came.
    pub received: AtomicU64,
    /// Final responses, each counted when it is handed to the output.
    pub answered: AtomicU64,
    /// Lines that were no command, among them those without `params`.
    pub ignored: AtomicU64,
    /// Commands that run on a timer or a thread.
    pub in_flight: AtomicU64,
}

impl Counts {
    /// The members of a JSON object.
    pub fn json(&self) -> String {
        format!(
            r#""received":{},"answered":{},"ignored":{}"#,
            self.received.load(Ordering::Relaxed),
            self.answered.load(Ordering::Relaxed),
            self.ignored.load(Ordering::Relaxed)
        )
    }
}

/// The process.
pub struct Daemon {
    pub options: Options,
    pub counts: Counts,
    pub timer: Timer,
    pub questions: Questions,
    grandchild: Option<u32>,
}

impl Daemon {
    /// Applies what concerns the process as a whole.
    pub fn new(options: Options) -> Self {
        if options.ignore_sigterm {
            os::ignore(os::SIGTERM);
        }
        let grandchild = options.grandchild.map(spawn_grandchild);
        Self {
            counts: Counts::default(),
            timer: Timer::start(),
            questions: Questions::default(),
            grandchild,
            options,
        }
    }

    /// Exits with 143 and an exit note once SIGTERM came.
    pub fn watch_sigterm(&'static self) {
        os::note_sigterm();
        thread::spawn(move || {
            while !os::terminated() {
                thread::sleep(Duration::from_millis(5));
            }
            self.exit("sigterm", 128 + os::SIGTERM);
        });
    }

    /// The ready event, with the lines that go out together with it.
    pub fn ready(&self) -> String {
        let grandchild = self
            .grandchild
            .map(|pid| format!(r#","grandchild":{pid}"#))
            .unwrap_or_default();
        let default = format!(
            r#"{{"version":"{}","pid":{}{grandchild}}}"#,
            env!("CARGO_PKG_VERSION"),
            process::id()
        );
        let data = self.options.ready_data.as_deref().unwrap_or(&default);
        let mut lines = format!(
            r#"{{"event":"{}","data":{data}}}"#,
            self.options.ready_event
        );
        lines.push('\n');
        for line in &self.options.after_ready {
            lines.push_str(line);
            lines.push('\n');
        }
        lines
    }

    /// The end of stdin: the orderly way out.
    pub fn finish(&self) -> ! {
        if self.options.ignore_stdin_end {
            rest();
        }
        while self.options.finish && self.counts.in_flight.load(Ordering::Acquire) > 0 {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(self.options.exit_delay);
        self.exit("end of stdin", 0)
    }

    /// Exits, after the exit note was written.
    pub fn exit(&self, reason: &str, code: i32) -> ! {
        if let Some(path) = &self.options.exit_note {
            let note = format!(r#"{{"reason":"{reason}",{}}}"#, self.counts.json());
            if let Err(error) = fs::write(path, note) {
                eprintln!("ERROR exit note {}: {error}", path.display());
            }
        }
        process::exit(code)
    }

    /// Dies. `id` is that of the command that brought it about, raw.
    pub fn die(&self, how: DieHow, output: &Output, id: &[u8]) -> ! {
        match how {
            DieHow::Exit(code) => process::exit(code),
            DieHow::Signal(signal) => {
                os::signal_self(signal);
                rest()
            }
            DieHow::MidLine => {
                output.write(br#"{"event":"last","data":{"half":"of a li"#);
                process::exit(1)
            }
            DieHow::MidAnswer => {
                output.write(
                    &[
                        br#"{"id":"#,
                        id,
                        br#","success":true,"result":{"half":"of an ans"#,
                    ]
                    .concat(),
                );
                process::exit(1)
            }
        }
    }
}

/// Does nothing, for ever.
pub fn rest() -> ! {
    loop {
        thread::park();
    }
}

/// Starts a process that holds our stdout and stderr, and nothing else, for some seconds.
pub fn spawn_grandchild(seconds: u64) -> u32 {
    let exe = std::env::current_exe().expect("a running program has a path");
    Command::new(exe)
        .args(["--hold", &seconds.to_string()])
        .stdin(Stdio::null())
        .spawn()
        .expect("this very program can be started")
        .id()
}
