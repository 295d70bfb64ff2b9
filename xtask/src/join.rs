//! The package's scripts, joined: each file that an entry loads costs Node half a millisecond, and a page a way to the server.
//!
//! One esbuild run over all entries: what several have in common is in chunks, so that it is there once and `instanceof` holds across
//! them. Nothing is minified: a stack trace can be read, and a bundler makes it small.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::fingerprint::files;
use crate::node::tool;
use crate::process::{answer, quiet};
use crate::workspace::{Workspace, read_bytes, read_text, write};

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

/// What is loaded when a workbook comes: a wasm and nothing else, so it stays as it is. Joined with the rest, what it has in common with that,
/// if only a line, would be one more file for each entry.
const LATER: [&str; 2] = [
    "giftcard_partners_workbook.inline.js",
    "workbook.workerd.js",
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
        .args(LATER.map(|name| format!("--external:./{name}")))
        .arg(format!("--outdir={}", to.display()))
        .arg("--outbase=entries")
        .args(ENTRIES.map(|entry| format!("entries/{entry}")))
        .current_dir(from);
    quiet(workspace, &mut command)?;
    for name in LATER {
        write(&to.join(name), read_bytes(&from.join(name))?)?;
    }
    drop_empty(to)
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

/// Drops the chunks that nothing is in, which esbuild makes of modules that only re-export: each costs Node a millisecond at import.
fn drop_empty(folder: &Path) -> Result<()> {
    let mut scripts = Vec::new();
    let mut empty = Vec::new();
    for file in files(folder)? {
        if file.extension().is_some_and(|kind| kind == "js") {
            let text = read_text(&file)?;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            if text.is_empty() && name.starts_with("chunk-") {
                empty.push(format!("import \"./{name}\";\n"));
                fs::remove_file(&file)
                    .with_context(|| format!("cannot remove {}", file.display()))?;
            } else {
                scripts.push((file, text));
            }
        }
    }
    for (file, text) in scripts {
        let without = empty
            .iter()
            .fold(text.clone(), |text, line| text.replace(line, ""));
        if without != text {
            write(&file, without)?;
        }
    }
    Ok(())
}
