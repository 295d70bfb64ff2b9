//! The package in the hands of its users: tests/packaging, which has its own tools, and what registries know of all tools.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::checks::Check;
use crate::process::shown;
use crate::step::step;
use crate::workspace::Workspace;
use crate::{browser, examples, licences, node};

const FOLDER: &str = "tests/packaging";

pub fn checks() -> Vec<Check> {
    vec![
        Check::new("packaging: licences", licences::check),
        Check::new("packaging: npm audit", audit),
        Check::of_package("packaging: consumers", consumers),
    ]
}

/// Installs the tools of tests/packaging, then takes the tarball into each.
fn consumers(workspace: &Workspace) -> Result<()> {
    step("tools: tests/packaging", || {
        node::install_tools_of(workspace, &workspace.path(FOLDER))
    })?;
    let browsers = [
        ("CHROMIUM", browser::chromium(workspace)?),
        ("FIREFOX", browser::firefox(workspace)?),
        ("WEBKITDRIVER", browser::webkit_driver(workspace)?),
    ];
    let mut command = node::node(workspace);
    command.arg(format!("{FOLDER}/run.js")).envs(browsers);
    shown(&mut command)
}

/// What the registry knows against the tools. The package itself depends on nothing.
fn audit(workspace: &Workspace) -> Result<()> {
    for folder in [".", FOLDER, examples::FOLDER] {
        let mut command = node::npm(workspace);
        command
            .current_dir(workspace.path(folder))
            .args(["audit", "--json", "--audit-level=high"]);
        let output = command.output().context("cannot start npm")?;
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        match &report["metadata"]["vulnerabilities"] {
            Value::Null => println!("  not run: {folder}, the registry answers no audit"),
            counts if output.status.success() => println!("  {folder}: {counts}"),
            counts => bail!("npm audit in {folder} finds {counts}"),
        }
    }
    Ok(())
}
