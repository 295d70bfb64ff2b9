//! `cargo xtask build`: the npm package, from the sources to the tarball.

use std::sync::Mutex;

use anyhow::Result;

use crate::artifact::{ARTIFACTS, Artifact};
use crate::step::{step, together};
use crate::workspace::Workspace;
use crate::{compile, node, package, sizes, toolchain, unpacker};

pub fn build(workspace: &Workspace) -> Result<()> {
    step("target: wasm32", || toolchain::add_wasm_target(workspace))?;
    step("source of std", || toolchain::add_source(workspace))?;
    step("tools: npm ci", || node::install_tools(workspace))?;
    step("wasm: unlzma", || unpacker::compile(workspace))?;
    // Cargo works for one after the other, and wasm-opt, which takes as long and has one thread, beside it.
    let turn = Mutex::new(());
    let compile = |artifact: &Artifact| {
        step(&format!("wasm: {}", artifact.name), || {
            compile::compile(workspace, artifact, &turn)
        })
    };
    together(&ARTIFACTS, compile)?;
    step("package: target/npm", || package::package(workspace))?;
    if workspace.repository()?.is_none() {
        println!(
            "  note: Cargo.toml names no `repository`, so the package is private: npm refuses to publish it until one is named"
        );
    }
    sizes::check(workspace)
}
