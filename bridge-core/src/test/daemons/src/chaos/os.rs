//! The few calls into the C library that std has no words for.
#![allow(
    unsafe_code,
    reason = "signals and a closed stdout cannot be had from std; plain calls without pointers into Rust"
)]

use std::sync::atomic::{AtomicBool, Ordering};

pub const SIGTERM: i32 = 15;

const SIG_IGN: usize = 1;

unsafe extern "C" {
    fn kill(pid: i32, signal: i32) -> i32;
    fn signal(signal: i32, handler: usize) -> usize;
    fn close(descriptor: i32) -> i32;
}

static TERMINATED: AtomicBool = AtomicBool::new(false);

/// From now on the signal has no effect.
pub fn ignore(number: i32) {
    // SAFETY: SIG_IGN installs no code
    unsafe { signal(number, SIG_IGN) };
}

/// From now on SIGTERM is only noted, see [`terminated`].
pub fn note_sigterm() {
    extern "C" fn on_signal(_: i32) {
        TERMINATED.store(true, Ordering::Relaxed);
    }
    let handler: extern "C" fn(i32) = on_signal;
    // SAFETY: the handler does nothing but store to an atomic, which is async-signal-safe
    unsafe { signal(SIGTERM, handler as usize) };
}

/// Whether SIGTERM came since [`note_sigterm`].
pub fn terminated() -> bool {
    TERMINATED.load(Ordering::Relaxed)
}

/// Sends a signal to this very process.
pub fn signal_self(number: i32) {
    // SAFETY: no memory is involved
    unsafe { kill(std::process::id() as i32, number) };
}

/// Closes stdout for good.
pub fn close_stdout() {
    // SAFETY: std treats a closed stdout as one that swallows everything; nothing opens a file
    // afterwards that could take its number and be written to by mistake
    unsafe { close(1) };
}
