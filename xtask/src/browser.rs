//! The browsers of the tests, which are installed where they are missing.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{answer, quiet};
use crate::workspace::Workspace;

/// The path of Chromium, which is installed if need be.
pub fn chromium(workspace: &Workspace) -> Result<PathBuf> {
    program(workspace, "CHROMIUM", "/usr/bin/chromium", "chromium")
}

/// The path of Firefox, which is installed if need be.
pub fn firefox(workspace: &Workspace) -> Result<PathBuf> {
    program(workspace, "FIREFOX", "/usr/bin/firefox-esr", "firefox-esr")
}

/// The path of WebKitGTK's driver, which is installed, with a display for it, if need be.
pub fn webkit_driver(workspace: &Workspace) -> Result<PathBuf> {
    const DISPLAY: &str = "/usr/bin/Xvfb";
    if !Path::new(DISPLAY).exists() {
        install(workspace, &["xvfb"]).context("apt-get install xvfb (Debian)")?;
    }
    program(
        workspace,
        "WEBKITDRIVER",
        "/usr/bin/WebKitWebDriver",
        "webkit2gtk-driver",
    )
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
