//! The order of the folders in `src`: nothing points back.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

/// The modules of the crate, each row above the ones before it. A module may import from the rows before its own, and from nothing
/// else: not from one beside it.
const ROWS: [&[&str]; 16] = [
    // The ground: no rule of the API.
    &["answer", "json", "order_type", "sheet_rows", "sorted"],
    &["buffer", "compose", "hash", "money"],
    &["amount"],
    // Before sending.
    &["catalog"],
    &["order"],
    &["error"],
    // The wire.
    &["api"],
    &["reconcile"],
    &["flow"],
    // Files, and nothing of recipients.
    &["workbook"],
    // A campaign records what the machines told; it drives none.
    &["bulk"],
    // It has its own of everything, so that a mistake in one shows in the other.
    &["sandbox"],
    // Converts and drives, a folder for each job.
    &["wasm::shared"],
    &["wasm::order"],
    &[
        "wasm::bulk",
        "wasm::client",
        "wasm::sandbox",
        "wasm::workbook",
    ],
    &["wasm"],
];

const WASM: &str = "wasm";

/// Fails on an import that points back, and on a module that has no row.
pub fn check(workspace: &Workspace) -> Result<()> {
    let source = workspace.path("src");
    let mut faults = Vec::new();
    for file in files(&source)? {
        let relative = file.strip_prefix(&source)?;
        let module = module_of(relative);
        if module == "lib" {
            continue;
        }
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let Some(own) = row_of(&module) else {
            faults.push(format!("src/{}: no row has {module}", relative.display()));
            continue;
        };
        for (number, line) in (1..).zip(text.lines()) {
            for other in imported(line).filter(|other| *other != module) {
                if row_of(other).is_none_or(|row| row >= own) {
                    faults.push(format!(
                        "src/{}:{number}: {module} points at {other}",
                        relative.display()
                    ));
                }
            }
        }
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

fn row_of(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// The module of the crate that a file under `src` belongs to. Of `wasm` each job is one.
fn module_of(file: &Path) -> String {
    let path = file.with_extension("");
    let mut names = path.iter().map(|name| name.to_string_lossy());
    let first = names.next().unwrap_or_default();
    match names.next() {
        Some(job) if first == WASM && job != "mod" => format!("{first}::{job}"),
        _ => first.into_owned(),
    }
}

/// The modules that a line names by `crate::`, comments aside. `crate::{…}` names none that has a row, and so fails.
fn imported(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or_default();
    code.split("crate::").skip(1).map(|path| {
        let first = name_in(path);
        match path[first.len()..].strip_prefix("::") {
            Some(job) if first == WASM => &path[..first.len() + 2 + name_in(job).len()],
            _ => first,
        }
    })
}

/// The name that a path begins with.
fn name_in(path: &str) -> &str {
    let end = path.find(|character: char| character != '_' && !character.is_alphanumeric());
    &path[..end.unwrap_or(path.len())]
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_the_modules_that_it_imports_from_and_a_comment_none() {
        let of = |line| imported(line).collect::<Vec<_>>();

        assert_eq!(of("use crate::order::{PoNumber, quote::Quote};"), ["order"]);
        assert_eq!(
            of("fn f(a: crate::json::Text) -> crate::money::Amount {"),
            ["json", "money"]
        );
        assert_eq!(
            of("use crate::wasm::shared::{convert, error};"),
            ["wasm::shared"]
        );
        assert_eq!(of("    // crate::flow drives it"), [""; 0]);
        assert_eq!(of("/// [`crate::flow`]"), [""; 0]);
    }

    #[test]
    fn each_job_of_the_boundary_is_a_module() {
        let of = |file| module_of(Path::new(file));

        assert_eq!(of("json/reader.rs"), "json");
        assert_eq!(of("answer.rs"), "answer");
        assert_eq!(of("wasm/client/run.rs"), "wasm::client");
        assert_eq!(of("wasm/sandbox.rs"), "wasm::sandbox");
        assert_eq!(of("wasm/mod.rs"), "wasm");
    }

    #[test]
    fn a_module_has_one_row() {
        let all: Vec<_> = ROWS.iter().flat_map(|row| row.iter()).collect();

        for module in &all {
            assert_eq!(
                all.iter().filter(|other| other == &module).count(),
                1,
                "{module}"
            );
        }
    }
}
