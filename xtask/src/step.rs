//! A step of a command: one line with a name and a time.

use std::io::{IsTerminal, Write, stdout};
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
