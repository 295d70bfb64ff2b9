//! `cargo xtask bench`: the package against what people would use instead. The work is tests/bench/bench.js.

use anyhow::{Context, Result};

use crate::build::build;
use crate::checks::Check;
use crate::fingerprint::{Fingerprint, Stamp};
use crate::node::{node, npm};
use crate::process::{quiet, shown};
use crate::step::{Outcome, step};
use crate::workspace::Workspace;

const FOLDER: &str = "tests/bench";

/// Builds, installs the peers, and hands the words on: `--quick`, or parts of names of runtimes and jobs.
pub fn bench(workspace: &Workspace, words: &[String]) -> Result<()> {
    build(workspace)?;
    step("peers: npm ci", || install_peers(workspace))?;
    run(workspace, words)
}

/// That the harness still works and every contender is still right; its figures are worth nothing.
pub fn checks() -> Vec<Check> {
    vec![Check::of_package("bench, a quick run", |workspace| {
        install_peers(workspace)?;
        run(workspace, &["--quick".to_owned()])
    })]
}

fn run(workspace: &Workspace, words: &[String]) -> Result<()> {
    let mut command = node(workspace);
    shown(
        command
            .current_dir(workspace.path(FOLDER))
            .arg("bench.js")
            .args(words),
    )
}

/// The peers have a lock of their own, so that nothing else installs them.
fn install_peers(workspace: &Workspace) -> Result<Outcome> {
    let folder = workspace.path(FOLDER);
    let fingerprint = Fingerprint::new()
        .file(&folder.join("package.json"))?
        .file(&folder.join("package-lock.json"))?
        .finish();
    let stamp = Stamp::new(folder.join("node_modules/.xtask-peers"));
    if stamp.says(&fingerprint) {
        return Ok(Outcome::UpToDate);
    }

    let mut npm = npm(workspace);
    npm.current_dir(&folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    quiet(workspace, &mut npm).context("the peers cannot be installed")?;
    stamp.write(&fingerprint)?;
    Ok(Outcome::Done)
}
