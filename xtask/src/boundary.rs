//! The boundary tests, tests/wasm: one binary, run in Node, Chromium and Firefox by wasm-bindgen's test runner, which is part of
//! xtask.
//!
//! The binary must not contain `wasm_bindgen_test_configure!`: the environment chooses where it runs only if the binary does not.

use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::browser;
use crate::checks::Check;
use crate::node::install_tools;
use crate::process::{answer, cargo, shown};
use crate::toolchain::add_wasm_target;
use crate::workspace::{Workspace, read_text};

/// The hidden command that cargo runs the test binary with.
pub const RUNNER: &str = "test-runner";

/// Longer than any run whose tests ran.
const HUNG: Duration = Duration::from_mins(4);

const TEST: &str = "tests/wasm/main.rs";

/// Stands between cargo and the runner.
const FIREFOX_RUNNER: &str = "tests/wasm/firefox.js";

pub fn checks() -> Vec<Check> {
    vec![
        Check::new("boundary tests: Node", in_node),
        Check::new("boundary tests: Chromium", in_chromium),
        Check::new("boundary tests: Firefox", in_firefox),
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
    require_tests(workspace)?;
    let driver = browser::driver(workspace)?;
    let options = browser::options(workspace)?;
    let mut command = tests(workspace)?;
    command
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", options)
        // Seconds; the default of 20 is short for a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("CHROMEDRIVER", driver)
        // The runner would prefer these.
        .env_remove("GECKODRIVER")
        .env_remove("SAFARIDRIVER");
    // On a busy machine a fresh Chromium sometimes never answers its driver; that says nothing of the tests, which fail in seconds.
    let began = Instant::now();
    let result = shown(&mut command);
    if result.is_err() && began.elapsed() > HUNG {
        println!("Chromium hung; once more");
        return shown(&mut command);
    }
    result
}

/// In the Firefox that the other tests have: the runner would need geckodriver, which Debian has no package of.
fn in_firefox(workspace: &Workspace) -> Result<()> {
    require_tests(workspace)?;
    install_tools(workspace)?;
    let firefox = browser::firefox(workspace)?;
    let driver = workspace.path(FIREFOX_RUNNER);
    let before = ["node", &driver.to_string_lossy()];
    shown(tests_by(workspace, &before)?.env("FIREFOX", firefox))
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
        "{TEST} must not choose where it runs: it runs in Node and in a browser"
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
