//! Node and the development tools of package.json.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::fingerprint::{Fingerprint, Stamp};
use crate::process::{answer, quiet};
use crate::step::Outcome;
use crate::workspace::Workspace;

/// Runs `npm ci` when node_modules is not what package-lock.json says.
pub fn install_tools(workspace: &Workspace) -> Result<Outcome> {
    install_tools_of(workspace, workspace.root())
}

/// The same in another folder that has a package.json and a lockfile.
pub fn install_tools_of(workspace: &Workspace, folder: &Path) -> Result<Outcome> {
    require_node()?;
    let fingerprint = Fingerprint::new()
        .file(&folder.join("package.json"))?
        .file(&folder.join("package-lock.json"))?
        .finish();
    // In node_modules, so that it goes when node_modules goes.
    let stamp = Stamp::new(folder.join("node_modules/.xtask/tools"));
    if stamp.says(&fingerprint) {
        return Ok(Outcome::UpToDate);
    }

    // No install script: none of the tools needs one, and a build should run no stranger's code unasked.
    let ci = || {
        let mut npm = npm(workspace);
        npm.current_dir(folder)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        quiet(workspace, &mut npm)
    };
    // Registries hiccup.
    ci().or_else(|_| ci()).context("npm ci failed twice")?;
    stamp.write(&fingerprint)?;
    Ok(Outcome::Done)
}

pub fn npm(workspace: &Workspace) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(workspace.root());
    command
}

/// Node, running a program of an installed package, e.g. `publint/src/cli.js`.
///
/// The path, not node_modules/.bin: two TypeScripts both call themselves `tsc` there.
pub fn tool(workspace: &Workspace, program: &str) -> Command {
    let mut command = node(workspace);
    command.arg(tool_path(workspace, program));
    command
}

pub fn node(workspace: &Workspace) -> Command {
    let mut command = Command::new("node");
    command.current_dir(workspace.root());
    command
}

fn tool_path(workspace: &Workspace, program: &str) -> PathBuf {
    workspace.path("node_modules").join(program)
}

fn require_node() -> Result<()> {
    let version =
        answer(Command::new("node").arg("--version")).context("Node 20 or newer is needed")?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    ensure!(
        major.is_some_and(|major| major >= 20),
        "Node 20 or newer is needed, found {version}"
    );
    Ok(())
}
