//! The Rust toolchain: rust-toolchain.toml names the wasm32 target and the standard library's source, but rustup does not add them to
//! a toolchain that is there already.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process::{answer, quiet};
use crate::step::Outcome;
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

pub fn add_wasm_target(workspace: &Workspace) -> Result<Outcome> {
    let folder = answer(rustc(workspace).args(["--print", "target-libdir", "--target", TARGET]))?;
    add(workspace, &folder, &["target", "add", TARGET])
}

/// The source of the standard library, which the artifacts are built with.
pub fn add_source(workspace: &Workspace) -> Result<Outcome> {
    let folder =
        answer(rustc(workspace).args(["--print", "sysroot"]))? + "/lib/rustlib/src/rust/library";
    add(workspace, &folder, &["component", "add", "rust-src"])
}

fn add(workspace: &Workspace, folder: &str, words: &[&str]) -> Result<Outcome> {
    if Path::new(folder).is_dir() {
        return Ok(Outcome::UpToDate);
    }
    let mut rustup = Command::new("rustup");
    quiet(workspace, rustup.current_dir(workspace.root()).args(words))?;
    Ok(Outcome::Done)
}

/// Version and host of the compiler, for fingerprints.
pub fn version(workspace: &Workspace) -> Result<String> {
    answer(rustc(workspace).arg("-vV"))
}

fn rustc(workspace: &Workspace) -> Command {
    let mut command = Command::new("rustc");
    command.current_dir(workspace.root());
    command
}
