//! From `xtask/unlzma` to the wasm that unpacks the others: cargo and wasm-opt, and no wasm-bindgen, since numbers are all that crosses.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::compile::{STANDARD_LIBRARY, optimise, tools};
use crate::fingerprint::Stamp;
use crate::process::{cargo, quiet};
use crate::snip::{emit, with_exports};
use crate::step::Outcome;
use crate::workspace::Workspace;

const NAME: &str = "unlzma";
/// What shared/unpack.js uses of it.
const EXPORTS: [&str; 2] = ["memory", NAME];

/// The wasm.
pub fn wasm(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join(NAME).join("optimised.wasm")
}

/// Makes it, unless nothing that it is made from has changed.
pub fn compile(workspace: &Workspace) -> Result<Outcome> {
    let folder = workspace.scratch().join(NAME);
    let stamp = Stamp::new(folder.join("sources.stamp"));
    let sources = tools(workspace)?
        .file(&workspace.path("xtask/src/unpacker.rs"))?
        .folder(&workspace.path("xtask/unlzma"))?
        .file(&workspace.path("Cargo.toml"))?
        .finish();
    if stamp.says(&sources) && wasm(workspace).is_file() {
        return Ok(Outcome::UpToDate);
    }

    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let mut command = cargo(workspace);
    command
        .args(["build", "--release", "--package", NAME])
        .args(["--target", "wasm32-unknown-unknown"])
        .args(STANDARD_LIBRARY)
        .env("RUSTC_BOOTSTRAP", "1");
    quiet(workspace, &mut command)?;
    let made = workspace
        .cargo_target()
        .join("wasm32-unknown-unknown/release/unlzma.wasm");
    let snipped = folder.join("snipped.wasm");
    let mut module = with_exports(&made, |export| EXPORTS.contains(&export))?;
    emit(&mut module, &snipped)?;
    optimise(workspace, &snipped, &wasm(workspace))?;
    stamp.write(&sources)?;
    Ok(Outcome::Done)
}
