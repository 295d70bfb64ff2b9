//! The package's scripts, joined: each file that an entry loads costs Node half a millisecond, and a page a way to the server.
//!
//! One esbuild run over all entries (`xtask/join.js`): what several have in common is in chunks, so that it is there once and `instanceof`
//! holds across them. Nothing is minified: a stack trace can be read, and a bundler makes it small. (esbuild would drop `@__PURE__` with the
//! white space, and bundlers then keep what nobody uses.)

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::fingerprint::files;
use crate::node::node;
use crate::process::quiet;
use crate::workspace::{Workspace, read_bytes, read_text, write};

/// The script that knows esbuild.
pub const SCRIPT: &str = "xtask/join.js";

/// What is loaded when a workbook comes, and is not joined.
const LATER: [&str; 2] = [
    "giftcard_partners_workbook.inline.js",
    "workbook.workerd.js",
];

/// Joins the scripts of the folder `from` into few, in the folder `to`.
pub fn join(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    quiet(workspace, node(workspace).arg(SCRIPT).arg(from).arg(to))?;
    for name in LATER {
        write(&to.join(name), read_bytes(&from.join(name))?)?;
    }
    drop_empty(to)
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
