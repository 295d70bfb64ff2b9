//! Chromium, for the boundary tests.

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
        install(workspace).context(ADVICE)?;
    }
    Ok(DRIVER.into())
}

/// The options of a session, as a file.
pub fn options(workspace: &Workspace) -> Result<PathBuf> {
    let path = workspace.scratch().join("webdriver.json");
    write(&path, OPTIONS)?;
    Ok(path)
}

fn install(workspace: &Workspace) -> Result<()> {
    let user = answer(Command::new("id").arg("-u"))?;
    ensure!(
        user == "0",
        "{DRIVER} is missing, and only root can install it"
    );
    quiet(workspace, apt().arg("update"))?;
    quiet(
        workspace,
        apt().args([
            "install",
            "-y",
            "--no-install-recommends",
            "chromium",
            "chromium-driver",
        ]),
    )
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
