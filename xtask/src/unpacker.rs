//! From `xtask/unlzma` to the wasm that unpacks the others: cargo and wasm-opt, and no wasm-bindgen, since numbers are all that crosses.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walrus::ModuleConfig;

use crate::compile::{STANDARD_LIBRARY, optimise, tools};
use crate::fingerprint::Stamp;
use crate::process::{cargo, quiet};
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
    snip(&made, &snipped)?;
    optimise(workspace, &snipped, &wasm(workspace))?;
    stamp.write(&sources)?;
    Ok(Outcome::Done)
}

/// Drops what nothing asks for.
fn snip(input: &Path, result: &Path) -> Result<()> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    config.generate_name_section(false);
    let mut module = config
        .parse_file(input)
        .with_context(|| format!("cannot read {}", input.display()))?;
    let exports = module.exports.iter();
    let unused = exports.filter(|export| !EXPORTS.contains(&export.name.as_str()));
    for id in unused.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    walrus::passes::gc::run(&mut module);
    module
        .emit_wasm_file(result)
        .with_context(|| format!("cannot write {}", result.display()))
}
