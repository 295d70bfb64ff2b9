//! The checks that cargo does: format, lints, native tests, documentation.

use anyhow::Result;

use crate::artifact::ARTIFACTS;
use crate::checks::Check;
use crate::folders;
use crate::handbook;
use crate::process::{cargo, quiet, shown};
use crate::toolchain::add_wasm_target;
use crate::workspace::Workspace;

pub fn checks() -> Vec<Check> {
    let mut checks = vec![
        Check::new("fmt", |workspace| {
            quiet(
                workspace,
                cargo(workspace).args(["fmt", "--all", "--check"]),
            )
        }),
        Check::new("folders", folders::check),
        Check::new("HACKING.md", handbook::check),
        Check::new("clippy", clippy),
    ];
    for artifact in &ARTIFACTS {
        let name = format!("clippy wasm32: {}", artifact.feature);
        let features = [
            "--lib",
            "--no-default-features",
            "--features",
            artifact.feature,
        ];
        checks.push(Check::new(name, move |workspace| {
            clippy_wasm(workspace, &features)
        }));
    }
    // Not all of `--tests`: the native ones stand on crates that wasm32 does not have.
    checks.push(Check::new("clippy wasm32: tests", |workspace| {
        clippy_wasm(workspace, &["--lib", "--test", "wasm"])
    }));
    checks.push(Check::new("native tests", native_tests));
    checks.push(Check::new("doc", doc));
    checks
}

fn clippy(workspace: &Workspace) -> Result<()> {
    let mut command = cargo(workspace);
    command.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    quiet(workspace, &mut command)
}

fn clippy_wasm(workspace: &Workspace, what: &[&str]) -> Result<()> {
    add_wasm_target(workspace)?;
    let mut command = cargo(workspace);
    command
        .args([
            "clippy",
            "--target",
            "wasm32-unknown-unknown",
            "--package",
            "giftcard-partners",
        ])
        .args(what)
        .args(["--", "-D", "warnings"]);
    quiet(workspace, &mut command)
}

/// Everything, in two goes: together, the features that our tests want of serde_json would have all of xtask built anew.
fn native_tests(workspace: &Workspace) -> Result<()> {
    let ours = shown(cargo(workspace).args(["test", "--workspace", "--exclude", "xtask"]));
    let tools = shown(cargo(workspace).args(["test", "--package", "xtask"]));
    ours.and(tools)
}

fn doc(workspace: &Workspace) -> Result<()> {
    let mut command = cargo(workspace);
    command
        .args(["doc", "--no-deps", "--package", "giftcard-partners"])
        .env("RUSTDOCFLAGS", "-D warnings");
    quiet(workspace, &mut command)
}
