//! `cargo xtask demo`: the built package at work, offline, in Node.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::build::build;
use crate::node::node;
use crate::workspace::Workspace;
use crate::www;

const SCRIPT: &str = "xtask/demo.js";
/// Opens the order desk where all went well.
const OPEN: &str = "--open";

/// Builds and runs the script with the caller's terminal; its exit status is ours.
pub fn demo(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    build(workspace)?;

    let script = workspace.path(SCRIPT);
    ensure!(script.is_file(), "there is no {SCRIPT}");
    let (open, arguments): (Vec<&String>, Vec<&String>) =
        arguments.iter().partition(|word| *word == OPEN);
    let status = node(workspace)
        .arg(script)
        .args(arguments)
        .status()
        .context("cannot start node")?;
    if status.success() && !open.is_empty() {
        return www::open(workspace);
    }
    // Ended by a signal: no code of its own.
    let code = status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(1);
    Ok(ExitCode::from(code))
}
