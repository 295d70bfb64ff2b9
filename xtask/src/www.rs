//! `cargo xtask www`: the order desk, built and served on this machine, and its tests in real browsers.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};

use crate::build::build;
use crate::checks::Check;
use crate::fingerprint::{Fingerprint, Stamp};
use crate::node::{node, tool};
use crate::process::{quiet, shown};
use crate::step::{Outcome, step};
use crate::workspace::Workspace;
use crate::{browser, package};

const PAGE: &str = "www/build.js";
const SERVER: &str = "www/server.js";
/// The tests of time, which run when nothing else does.
const TIMED: &str = "frames.test.js";

pub fn checks() -> Vec<Check> {
    vec![
        Check::of_package("www: types", types),
        Check::of_package("browser: Chromium", |workspace| {
            in_browser(
                workspace,
                "Chromium",
                ("CHROMIUM", &browser::chromium(workspace)?),
            )
        }),
        Check::of_package("browser: Firefox", |workspace| {
            in_browser(
                workspace,
                "Firefox",
                ("FIREFOX", &browser::firefox(workspace)?),
            )
        }),
    ]
}

/// Builds everything that is needed, and serves it until it is interrupted.
pub fn www(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    build(workspace)?;
    page(workspace)?;
    serve(workspace, arguments)
}

/// The same without the build of the package, for those who have just done it.
pub fn open(workspace: &Workspace) -> Result<ExitCode> {
    page(workspace)?;
    serve(workspace, &[])
}

fn serve(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    let status = node(workspace)
        .args([SERVER, "--end-with-parent"])
        .args(arguments)
        .status()
        .context("cannot start node")?;
    // Ended by a signal: that is how it is meant to end.
    let code = status
        .code()
        .map_or(Some(0), |code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

fn page(workspace: &Workspace) -> Result<()> {
    step("page: target/www", || {
        let fingerprint = Fingerprint::new()
            .folder(&workspace.path("www"))?
            .file(&workspace.path("package-lock.json"))?
            .file(&package::tarball(workspace)?)?
            .finish();
        let stamp = Stamp::new(workspace.path("target/www/.built"));
        if stamp.says(&fingerprint) {
            return Ok(Outcome::UpToDate);
        }
        stamp.clear()?;
        shown(node(workspace).arg(PAGE))?;
        stamp.write(&fingerprint)?;
        Ok(Outcome::Done)
    })
}

fn types(workspace: &Workspace) -> Result<()> {
    quiet(
        workspace,
        tool(workspace, "typescript/bin/tsc").args(["-p", "www"]),
    )
}

/// Every test of tests/browser, in this browser.
fn in_browser(workspace: &Workspace, name: &str, program: (&str, &std::path::Path)) -> Result<()> {
    page(workspace)?;
    let (alone, together): (Vec<_>, Vec<_>) = tests(workspace)?
        .into_iter()
        .partition(|file| file.ends_with(TIMED));
    ensure!(!alone.is_empty(), "there is no tests/browser/{TIMED}");
    for files in [together, alone] {
        shown(
            node(workspace)
                .args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
                .args(files)
                .env("BROWSER", name)
                .envs([program]),
        )?;
    }
    Ok(())
}

fn tests(workspace: &Workspace) -> Result<Vec<std::path::PathBuf>> {
    let mut found = crate::fingerprint::files(&workspace.path("tests/browser"))?;
    found.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    ensure!(!found.is_empty(), "there is no tests/browser/*.test.js");
    Ok(found)
}
