//! The examples of the package, each run and compiled with the libraries that it is for, and the starter Worker in the tools of today:
//! tests/examples and tests/worker-tools, which have their own tools.

use anyhow::Result;

use crate::checks::Check;
use crate::node;
use crate::npm_checks::{COMPILERS, node_tests};
use crate::process::quiet;
use crate::step::step;
use crate::workspace::Workspace;

pub const FOLDER: &str = "tests/examples";
const WORKER_TOOLS: &str = "tests/worker-tools";
const PROJECTS: [&str; 2] = ["tsconfig.json", "tsconfig.workers.json"];

pub fn checks() -> Vec<Check> {
    vec![
        Check::of_package("examples", examples),
        Check::of_package("starter Worker: tools of today", worker_tools),
    ]
}

fn worker_tools(workspace: &Workspace) -> Result<()> {
    step("tools: tests/worker-tools", || {
        node::install_tools_of(workspace, &workspace.path(WORKER_TOOLS))
    })?;
    node_tests(node::node(workspace), workspace, &[WORKER_TOOLS])
}

fn examples(workspace: &Workspace) -> Result<()> {
    step("tools: tests/examples", || {
        node::install_tools_of(workspace, &workspace.path(FOLDER))
    })?;
    // They copy the examples beside their libraries, where the compilers find them.
    node_tests(node::node(workspace), workspace, &[FOLDER])?;
    for project in PROJECTS {
        for compiler in COMPILERS {
            let mut command = node::tool(workspace, compiler);
            quiet(
                workspace,
                command.arg("-p").arg(format!("{FOLDER}/{project}")),
            )?;
        }
    }
    Ok(())
}
