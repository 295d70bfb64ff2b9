//! Chromium, for the boundary tests, and both Chromium and Firefox, for the pages of tests/packaging.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{answer, quiet};
use crate::workspace::{Workspace, write};

const DRIVER: &str = "/usr/bin/chromedriver";
const ADVICE: &str = "install Chromium and its driver (Debian: apt-get install chromium chromium-driver), or set CHROMEDRIVER to its path";

/// As root, without a window, and without calls home. The driver makes a fresh profile for each session.
const OPTIONS: &str = r#"{
  "goog:chromeOptions": {
    "args": [
      "--no-sandbox",
      "--headless",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync"
    ]
  }
}
"#;

/// The path of chromedriver, which is installed if need be.
pub fn driver(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMEDRIVER") {
        return Ok(named.into());
    }
    if !Path::new(DRIVER).exists() {
        install(workspace, &["chromium", "chromium-driver"]).context(ADVICE)?;
    }
    Ok(DRIVER.into())
}

/// The path of Chromium, which is installed if need be.
pub fn chromium(workspace: &Workspace) -> Result<PathBuf> {
    program(workspace, "CHROMIUM", "/usr/bin/chromium", "chromium")
}

/// The path of Firefox, which is installed if need be.
pub fn firefox(workspace: &Workspace) -> Result<PathBuf> {
    program(workspace, "FIREFOX", "/usr/bin/firefox-esr", "firefox-esr")
}

fn program(workspace: &Workspace, variable: &str, path: &str, package: &str) -> Result<PathBuf> {
    if let Some(named) = env::var_os(variable) {
        return Ok(named.into());
    }
    if !Path::new(path).exists() {
        install(workspace, &[package]).with_context(|| {
            format!("apt-get install {package} (Debian), or set {variable} to its path")
        })?;
    }
    Ok(path.into())
}

/// The options of a session, as a file.
pub fn options(workspace: &Workspace) -> Result<PathBuf> {
    let path = workspace.scratch().join("webdriver.json");
    write(&path, OPTIONS)?;
    Ok(path)
}

fn install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    let user = answer(Command::new("id").arg("-u"))?;
    ensure!(
        user == "0",
        "{} is missing, and only root can install it",
        packages.join(", ")
    );
    quiet(workspace, apt().arg("update"))?;
    quiet(
        workspace,
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
