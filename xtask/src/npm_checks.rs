//! The checks of the npm package: its shape, its types, and what it does in Node and workerd.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::checks::Check;
use crate::fingerprint::files;
use crate::node::{node, tool};
use crate::package::tarball;
use crate::process::{answer, quiet, shown};
use crate::workspace::{Workspace, empty_folder};

/// Today's compiler, and the last one of the generation before, which many people will keep for years.
pub const COMPILERS: [&str; 2] = ["typescript/bin/tsc", "typescript-5/bin/tsc"];

pub fn checks() -> Vec<Check> {
    vec![
        Check::of_package("package: publint", publint),
        Check::of_package("package: attw", attw),
        Check::of_package("types", types),
        Check::of_package("package tests", |workspace| {
            node_tests(node(workspace), workspace, &["tests/js", "tests/workerd"])
        }),
        Check::of_package("package tests: workerd of today", newest_workerd),
        Check::of_package("contract", |workspace| {
            node_tests(node(workspace), workspace, &["tests/contract"])
        }),
    ]
}

fn publint(workspace: &Workspace) -> Result<()> {
    let mut command = tool(workspace, "publint/src/cli.js");
    quiet(workspace, command.arg("--strict").arg(tarball(workspace)?))
}

fn attw(workspace: &Workspace) -> Result<()> {
    // A copy, because attw deletes what it checks.
    let folder = workspace.scratch().join("attw");
    empty_folder(&folder)?;
    let copy = folder.join("package.tgz");
    fs::copy(tarball(workspace)?, &copy).context("cannot copy the tarball")?;

    let mut command = tool(workspace, "@arethetypeswrong/cli/dist/index.js");
    quiet(workspace, command.args(["--profile", "esm-only"]).arg(copy))
}

/// Every project in tests/types, with each compiler.
fn types(workspace: &Workspace) -> Result<()> {
    let is_project = |name: &str| name.starts_with("tsconfig") && has_ending(name, ".json");
    let projects = named(workspace, "tests/types", is_project)?;
    ensure!(
        !projects.is_empty(),
        "there is no tests/types/tsconfig*.json"
    );

    let mut failures = Vec::new();
    for project in &projects {
        for compiler in COMPILERS {
            let mut command = tool(workspace, compiler);
            if let Err(error) = quiet(workspace, command.arg("-p").arg(project)) {
                failures.push(format!("{error:#}"));
            }
        }
    }
    match failures.is_empty() {
        true => Ok(()),
        false => bail!("{}", failures.join("\n")),
    }
}

/// What runs in workerd, in the newest one as well as in the one that miniflare pins: the newest miniflare asks for a newer Node than we do,
/// and its workerd does not.
fn newest_workerd(workspace: &Workspace) -> Result<()> {
    let mut path = node(workspace);
    let path = answer(path.args(["-p", "require(require.resolve('workerd', { paths: [require.resolve('miniflare-newest')] })).default"]))?;
    let mut command = node(workspace);
    // The starter Worker's tests take the newest miniflare too (tests/workerd/miniflare.js).
    command.env("MINIFLARE_WORKERD_PATH", path.trim());
    command.env("MINIFLARE", "newest");
    node_tests(command, workspace, &["tests/workerd"])
}

/// Every `*.test.js` of some folders, in Node.
pub fn node_tests(mut command: Command, workspace: &Workspace, folders: &[&str]) -> Result<()> {
    let is_test = |name: &str| has_ending(name, ".test.js");
    // Node leaves one of two cores idle by itself.
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    for folder in folders {
        let tests = named(workspace, folder, is_test)?;
        ensure!(!tests.is_empty(), "there is no {folder}/*.test.js");
        command.args(tests);
    }
    shown(&mut command)
}

/// The files right in a folder whose names fit.
fn named(workspace: &Workspace, folder: &str, fits: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let folder = workspace.path(folder);
    let mut found = files(&folder)?;
    found.retain(|file| {
        let name = file.file_name().map(|name| name.to_string_lossy());
        file.parent() == Some(folder.as_path()) && name.is_some_and(|name| fits(&name))
    });
    Ok(found)
}

/// Names are compared as they are: `.JSON` is not what a tool would look for.
#[allow(clippy::case_sensitive_file_extension_comparisons)]
fn has_ending(name: &str, ending: &str) -> bool {
    name.ends_with(ending)
}
