//! HACKING.md names files and folders that are there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::workspace::{Workspace, read_text};

const HANDBOOK: &str = "HACKING.md";

/// What builds and tests make, and so no checkout has.
const MADE: [&str; 5] = [
    "docs/reference.md",
    "node_modules/giftcard-partners",
    "target/npm",
    "target/screenshots",
    "templates/worker",
];

/// Folders without a file of the project's own.
const FOREIGN: [&str; 3] = [".git", "node_modules", "target"];

const ENDINGS: [&str; 9] = ["js", "json", "md", "mjs", "rs", "toml", "ts", "txt", "yaml"];

/// Fails on a path that is the end of none in the project: paths are named from the folder on that a sentence is about.
pub fn check(workspace: &Workspace) -> Result<()> {
    let mut known = BTreeSet::new();
    add(workspace.root(), &mut Vec::new(), &mut known)?;
    let text = read_text(&workspace.path(HANDBOOK))?;
    let missing: Vec<_> = paths(&text)
        .filter(|path| !known.contains(*path) && !MADE.contains(path))
        .collect();
    ensure!(
        missing.is_empty(),
        "{HANDBOOK} names what is not there: {}",
        missing.join(", ")
    );
    Ok(())
}

/// The paths that stand in backticks.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter_map(|word| {
        let path = word.trim_end_matches('/');
        let is_written_so =
            |character: char| character.is_alphanumeric() || "/._-".contains(character);
        let ending = Path::new(path)
            .extension()
            .and_then(|ending| ending.to_str());
        let is_path = path.contains('/') || ending.is_some_and(|ending| ENDINGS.contains(&ending));
        // `/order` is an entry of the package, `.d.ts` an ending.
        let is_other = path.starts_with(['/', '.', '-']);
        (is_path && !is_other && path.chars().all(is_written_so)).then_some(path)
    })
}

/// Adds every path in a folder, from each of the folders on that it is in.
fn add(folder: &Path, names: &mut Vec<String>, known: &mut BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if FOREIGN.contains(&name.as_str()) {
            continue;
        }
        names.push(name);
        known.extend((0..names.len()).map(|from| names[from..].join("/")));
        if entry.file_type()?.is_dir() {
            add(&entry.path(), names, known)?;
        }
        names.pop();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_other_words_in_backticks() {
        let text = "`src/json` and `table.rs`, `src/wasm/` by `cargo test --lib a/b`;\n`Rule`, `/order`, `.d.ts`, `x.tar`, `client` (has `tests/*.rs`)";

        assert_eq!(
            paths(text).collect::<Vec<_>>(),
            ["src/json", "table.rs", "src/wasm"]
        );
    }
}
