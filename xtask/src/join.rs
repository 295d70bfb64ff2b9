//! The package's scripts, joined: each file that an entry loads costs Node half a millisecond, and a page a way to the server.
//!
//! `shared.js` holds what entries have in common, once, so that `instanceof` holds across them; `client.js` the client, which the root and
//! `/slim` are both; and each other entry the rest of itself. Names stay, so that a stack trace can be read.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::fingerprint::files;
use crate::node::tool;
use crate::process::quiet;
use crate::workspace::{Workspace, read_text, write};

const SHARED: &str = "shared.js";

/// What `shared.js` is made of. A module that is not here is in each script that uses it: harmless, unless it keeps state.
const SHARED_MODULES: [&str; 7] = [
    "errors.js",
    "input.js",
    "instance.js",
    "callback.js",
    "handles.js",
    "order-tools.js",
    "packer.js",
];

/// Entries that are one: they share `client.js`.
const CLIENT: [&str; 3] = ["index.js", "index.workerd.js", "slim.js"];

/// Entries of which nobody loads two of one artifact: each stands for itself.
const OTHERS: [&str; 4] = [
    "order.js",
    "order.workerd.js",
    "sandbox.js",
    "sandbox.workerd.js",
];

/// Joins the scripts of the folder `from` into few, in the folder `to`.
pub fn join(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    let mut shared = String::new();
    for module in SHARED_MODULES {
        // Writing to a String does not fail.
        let _ = writeln!(shared, "export * from \"./{module}\";");
    }
    write(&from.join(SHARED), shared)?;
    // First: from here on, the others know its modules by its name alone.
    esbuild(workspace, from, to, &[SHARED], &[])?;
    for file in files(from)? {
        let script = read_text(&file)?;
        write(&file, import_shared(&script))?;
    }

    let external = format!("--external:./{SHARED}");
    for entry in OTHERS {
        esbuild(workspace, from, to, &[entry], &[&external])?;
    }
    // Without a hash in its name there can be one chunk only; a second one fails the build.
    let split = [&external, "--splitting", "--chunk-names=client"];
    esbuild(workspace, from, to, &CLIENT, &split)?;
    let client = to.join("client.js");
    ensure!(
        client.is_file(),
        "esbuild has put no client.js beside {}",
        CLIENT.join(", ")
    );
    for script in OTHERS.map(|entry| to.join(entry)).iter().chain([&client]) {
        write(script, import_once(&read_text(script)?))?;
    }
    in_lines(workspace, to)
}

/// Breaks the scripts into lines: of an error that nobody catches Node prints the line, whatever its length. The wasm stays in one.
fn in_lines(workspace: &Workspace, folder: &Path) -> Result<()> {
    // A name, since texts are broken too; with a number behind it, since an entry may have two.
    const WASM: &str = "THE_WASM_STANDS_HERE_";

    let scripts = [SHARED, "client.js"]
        .into_iter()
        .chain(CLIENT)
        .chain(OTHERS);
    let scripts: Vec<_> = scripts.map(|script| folder.join(script)).collect();
    let mut long = Vec::new();
    for script in &scripts {
        let text = read_text(script)?;
        let mut short = text.clone();
        for wasm in text.split('"').filter(|literal| literal.len() > 10_000) {
            let (name, literal) = (format!("{WASM}{}", long.len()), format!("\"{wasm}\""));
            short = short.replace(&literal, &name);
            long.push((script, name, literal));
        }
        if short != text {
            write(script, short)?;
        }
    }
    let mut command = tool(workspace, "esbuild/bin/esbuild");
    command
        .args(["--minify-whitespace", "--line-limit=400"])
        .args(["--log-level=warning", "--allow-overwrite", "--outdir=."])
        .args(&scripts)
        .current_dir(folder);
    quiet(workspace, &mut command)?;
    // From the last one: the name of an earlier one may begin a later one's.
    for (script, name, literal) in long.into_iter().rev() {
        let text = read_text(script)?;
        ensure!(
            text.contains(&name),
            "{} has lost its wasm",
            script.display()
        );
        write(script, text.replace(&name, &literal))?;
    }
    Ok(())
}

/// The script with one import of `shared.js` instead of one for each module that was joined.
fn import_once(script: &str) -> String {
    const BEGIN: &str = "import{";
    let end = format!("}}from\"./{SHARED}\";");
    let mut rest = String::new();
    let mut names = Vec::new();
    let mut parts = script.split(&end).peekable();
    while let Some(part) = parts.next() {
        match part.rsplit_once(BEGIN) {
            Some((before, imported)) if parts.peek().is_some() && !imported.contains('}') => {
                rest.push_str(before);
                names.extend(imported.split(','));
            }
            _ => {
                rest.push_str(part);
                // An export from it, which stays.
                rest.push_str(parts.peek().map_or("", |_| end.as_str()));
            }
        }
    }
    if names.is_empty() {
        return rest;
    }
    format!("{BEGIN}{}{end}{rest}", names.join(","))
}

/// The script with `shared.js` for the modules in it.
fn import_shared(script: &str) -> String {
    let mut script = script.to_owned();
    for module in SHARED_MODULES {
        for quote in ['"', '\''] {
            script = script.replace(
                &format!("{quote}./{module}{quote}"),
                &format!("\"./{SHARED}\""),
            );
        }
    }
    script
}

fn esbuild(
    workspace: &Workspace,
    from: &Path,
    to: &Path,
    entries: &[&str],
    words: &[&str],
) -> Result<()> {
    let mut command = tool(workspace, "esbuild/bin/esbuild");
    command
        .args(["--bundle", "--format=esm", "--log-level=warning"])
        .args(["--minify-whitespace", "--minify-syntax"])
        // The bundler of a Worker compiles it.
        .arg("--external:*.wasm?module")
        .arg(format!("--outdir={}", to.display()))
        .args(words)
        .args(entries)
        .current_dir(from);
    quiet(workspace, &mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_imported_module_by_module_is_imported_once() {
        let script = "var x=1;import{A}from\"./shared.js\";f();import{A as A2,b}from\"./shared.js\";export{x};import{c}from\"./client.js\";";

        assert_eq!(
            import_once(script),
            "import{A,A as A2,b}from\"./shared.js\";var x=1;f();export{x};import{c}from\"./client.js\";"
        );
        let export = "export{x};export{y}from\"./shared.js\";";
        assert_eq!(import_once(export), export);
    }

    #[test]
    fn modules_that_are_shared_are_imported_from_one_file() {
        let script = "import{a}from\"./errors.js\";\nimport { b } from './instance.js';\nimport \"./calls.js\";";

        assert_eq!(
            import_shared(script),
            "import{a}from\"./shared.js\";\nimport { b } from \"./shared.js\";\nimport \"./calls.js\";"
        );
    }
}
