//! The examples of the package, each run and compiled with the libraries that it is for: tests/examples, which has its own tools.

use anyhow::Result;

use crate::checks::Check;
use crate::node;
use crate::npm_checks::{COMPILERS, node_tests};
use crate::process::quiet;
use crate::step::step;
use crate::workspace::Workspace;

pub const FOLDER: &str = "tests/examples";
const PROJECTS: [&str; 2] = ["tsconfig.json", "tsconfig.workers.json"];

pub fn checks() -> Vec<Check> {
    vec![Check::of_package("examples", examples)]
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
