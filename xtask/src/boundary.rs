//! The boundary tests, tests/wasm: one binary, run in Node, Chromium, Firefox and WebKitGTK by wasm-bindgen's test runner, which is
//! part of xtask.
//!
//! The binary must not contain `wasm_bindgen_test_configure!`: the environment chooses where it runs only if the binary does not.

use std::env;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::browser;
use crate::checks::Check;
use crate::node::install_tools;
use crate::process::{answer, cargo, shown};
use crate::toolchain::add_wasm_target;
use crate::workspace::{Workspace, read_text};

/// The hidden command that cargo runs the test binary with.
pub const RUNNER: &str = "test-runner";

const TEST: &str = "tests/wasm/main.rs";

/// Stands between cargo and the runner.
const BROWSER_RUNNER: &str = "tests/wasm/browser.js";

pub fn checks() -> Vec<Check> {
    vec![
        Check::new("boundary tests: Node", in_node),
        Check::new("boundary tests: Chromium", in_chromium),
        Check::new("boundary tests: Firefox", in_firefox),
        Check::new("boundary tests: WebKitGTK", in_webkit),
    ]
}

/// Acts as wasm-bindgen-test-runner. The words begin with the name of the command, as a program's own name would.
pub fn runner(words: &[String]) -> Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(words)
}

fn in_node(workspace: &Workspace) -> Result<()> {
    require_tests(workspace)?;
    // As ES modules: the JavaScript that our Rust imports is that.
    shown(tests(workspace)?.env("WASM_BINDGEN_USE_NODE_EXPERIMENTAL", "1"))
}

fn in_chromium(workspace: &Workspace) -> Result<()> {
    let program = browser::chromium(workspace)?;
    shown(in_browser(workspace, "Chromium")?.env("CHROMIUM", program))
}

fn in_firefox(workspace: &Workspace) -> Result<()> {
    let program = browser::firefox(workspace)?;
    shown(in_browser(workspace, "Firefox")?.env("FIREFOX", program))
}

fn in_webkit(workspace: &Workspace) -> Result<()> {
    let driver = browser::webkit_driver(workspace)?;
    shown(in_browser(workspace, "WebKitGTK")?.env("WEBKITDRIVER", driver))
}

fn in_browser(workspace: &Workspace, browser: &str) -> Result<Command> {
    require_tests(workspace)?;
    install_tools(workspace)?;
    let script = workspace.path(BROWSER_RUNNER);
    tests_by(workspace, &["node", &script.to_string_lossy(), browser])
}

/// The runner is content with a binary that holds no test.
fn require_tests(workspace: &Workspace) -> Result<()> {
    let list = answer(tests(workspace)?.args(["--", "--list"]))?;
    let any = list.lines().any(|line| line.ends_with(": test"));
    ensure!(any, "there is no #[wasm_bindgen_test] in {TEST}");
    Ok(())
}

fn tests(workspace: &Workspace) -> Result<Command> {
    tests_by(workspace, &[])
}

/// The tests, by a program that is handed the runner.
fn tests_by(workspace: &Workspace, before: &[&str]) -> Result<Command> {
    add_wasm_target(workspace)?;
    let source = read_text(&workspace.path(TEST))?;
    ensure!(
        !source.contains("wasm_bindgen_test_configure!"),
        "{TEST} must not choose where it runs: it runs in Node and in browsers"
    );

    // A list, so that the path may contain spaces.
    let program = env::current_exe().context("xtask cannot find itself")?;
    let program = program.to_string_lossy();
    let runner = serde_json::to_string(&[before, &[&program, RUNNER]].concat())?;
    let mut command = cargo(workspace);
    command
        .args([
            "test",
            "--package",
            "giftcard-partners",
            "--test",
            "wasm",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .arg("--config")
        .arg(format!("target.wasm32-unknown-unknown.runner={runner}"));
    Ok(command)
}
