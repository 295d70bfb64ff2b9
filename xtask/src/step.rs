//! A step of a command: one line with a name and a time.

use std::io::{IsTerminal, Write, stdout};
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use anyhow::Result;

/// What a step did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    UpToDate,
}

/// Runs a step and prints its line, `  ✓ wasm: giftcard_partners  12.3 s`.
pub fn step(name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
    announce(name);
    let started = Instant::now();
    let result = work();
    let said = match &result {
        Ok(Outcome::UpToDate) => "up to date".to_owned(),
        _ => seconds(started.elapsed()),
    };
    println!("  {} {name}  {said}", mark(result.is_ok()));
    result.map(|_| ())
}

/// Does the same for each at the same time, and waits for all of them.
pub fn together<T: Sync>(all: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    thread::scope(|scope| {
        let started: Vec<_> = all.iter().map(|one| scope.spawn(|| work(one))).collect();
        let ended: Vec<_> = started.into_iter().map(ScopedJoinHandle::join).collect();
        ended
            .into_iter()
            .try_for_each(|one| one.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

pub fn mark(passed: bool) -> char {
    if passed { '✓' } else { '✗' }
}

pub fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// On a terminal, what is being waited for; the step's line replaces it.
fn announce(name: &str) {
    let mut out = stdout();
    if out.is_terminal() {
        // A terminal that is gone is no reason to stop the work.
        let _ = write!(out, "  … {name}\r").and_then(|()| out.flush());
    }
}
