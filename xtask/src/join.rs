//! The package's scripts, joined: each file that an entry loads costs Node half a millisecond, and a page a way to the server.
//!
//! One esbuild run over all entries: what several have in common is in chunks, so that it is there once and `instanceof` holds across
//! them. Nothing is minified: a stack trace can be read, and a bundler makes it small.

use std::path::Path;

use anyhow::Result;

use crate::node::tool;
use crate::process::{answer, quiet};
use crate::workspace::{Workspace, write};

/// The entries, each of which is a file of the package.
const ENTRIES: [&str; 10] = [
    "index.js",
    "index.workerd.js",
    "order.js",
    "order.workerd.js",
    "bulk.js",
    "bulk.workerd.js",
    "locales.js",
    "sandbox.js",
    "sandbox.workerd.js",
    "slim.js",
];

/// Joins the scripts of the folder `from` into few, in the folder `to`.
pub fn join(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    fflate(workspace, from)?;
    let mut command = tool(workspace, "esbuild/bin/esbuild");
    command
        .args(["--bundle", "--splitting", "--format=esm", "--target=es2022"])
        .args(["--chunk-names=chunk-[hash]", "--log-level=warning"])
        // Read once it is asked for.
        .arg("--loader:.json=text")
        // In the glue too (shared/text.js).
        .arg("--inject:shared/text.js")
        // The bundler of a Worker compiles it. It stands beside all scripts: esbuild leaves the name as it is.
        .arg("--external:*.wasm?module")
        .arg(format!("--outdir={}", to.display()))
        .arg("--outbase=entries")
        .args(ENTRIES.map(|entry| format!("entries/{entry}")))
        .current_dir(from);
    quiet(workspace, &mut command)
}

/// What inflates where the platform has no zlib, inside a function: at import its tables would take longer than all the rest.
fn fflate(workspace: &Workspace, to: &Path) -> Result<()> {
    let entry = to.join("shared/fflate-inflate.js");
    write(&entry, "export { inflateSync } from \"fflate\";\n")?;
    let mut command = tool(workspace, "esbuild/bin/esbuild");
    command
        .args(["--bundle", "--format=iife", "--global-name=fflate"])
        .args(["--minify", "--platform=browser", "--target=es2022"])
        // It asks whether there is one.
        .args(["--define:TextDecoder=undefined", "--log-level=warning"])
        .arg(&entry)
        // It is not below the package's scripts.
        .env("NODE_PATH", workspace.path("node_modules"));
    let script = answer(&mut command)?;
    write(
        &to.join("shared/fflate.js"),
        format!("export function makeInflate() {{\n{script}return fflate.inflateSync;\n}}\n"),
    )
}
