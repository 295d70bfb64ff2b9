//! Child processes: silent unless they fail, or with their output shown as it comes.

use std::env;
use std::ffi::OsString;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Cargo, in the root of the workspace.
pub fn cargo(workspace: &Workspace) -> Command {
    // Inside `cargo run` this is the very cargo that runs us; elsewhere rustup's proxy reads rust-toolchain.toml.
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(workspace.root());
    command
}

/// Runs the command; its output is shown only if it fails (or with -v).
pub fn quiet(workspace: &Workspace, command: &mut Command) -> Result<()> {
    if workspace.verbose {
        return shown(command);
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    bail!(
        "{} failed ({})\n{}",
        line(command),
        output.status,
        String::from_utf8_lossy(&said).trim_end()
    )
}

/// Runs the command with its output shown.
pub fn shown(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("{} failed ({status})", line(command));
    }
    Ok(())
}

/// Runs the command for what it prints.
pub fn answer(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!(
            "{} failed ({})\n{}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn cannot_start(command: &Command) -> String {
    format!(
        "cannot start {}: is it installed?",
        command.get_program().to_string_lossy()
    )
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
