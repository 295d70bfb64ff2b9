//! The size of each artifact against its budget, and what grew since the last build on this machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::Add;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::artifact::{ARTIFACTS, Artifact};
use crate::compile::Output;
use crate::inline::base64;
use crate::package::folder;
use crate::workspace::{Workspace, read_bytes, read_text, write};

/// Sizes of one thing that people download.
struct Row {
    label: String,
    weight: Weight,
    /// Most bytes that it should have after gzip.
    budget: Option<usize>,
    /// Bytes past the budget that are let through.
    owed: usize,
}

/// Bytes as they are, and as they are sent.
#[derive(Clone, Copy)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Weight {
    fn of(bytes: &[u8]) -> Result<Self> {
        Ok(Self {
            raw: bytes.len(),
            gzip: gzip(bytes)?,
            brotli: brotli(bytes)?,
        })
    }
}

impl Add for Weight {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// Sizes after gzip at the last build, by label.
type Last = BTreeMap<String, usize>;

/// Prints the table; over budget is an error.
pub fn check(workspace: &Workspace) -> Result<()> {
    let store = workspace.scratch().join("sizes.json");
    let last: Last = read_text(&store)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let mut rows = Vec::new();
    for artifact in &ARTIFACTS {
        rows.extend(measure(workspace, artifact)?);
    }

    println!("\n{}", table(&rows, &last));
    rows.iter()
        .filter_map(debt)
        .for_each(|debt| println!("  {debt}"));
    let now: Last = rows
        .iter()
        .map(|row| (row.label.clone(), row.weight.gzip))
        .collect();
    write(&store, serde_json::to_string_pretty(&now)?)?;
    within_budget(&rows)
}

/// What is loaded at first, the wasm alone and with its JavaScript; and the bulk part and the whole in one file, where there are two. Not
/// counted: the wasm as base64, which is one or the other.
fn measure(workspace: &Workspace, artifact: &Artifact) -> Result<Vec<Row>> {
    let package = folder(workspace);
    let whole = read_bytes(&package.join(format!("{}.wasm", artifact.name)))?;
    let (first, bulk) = match artifact.has_bulk() {
        true => {
            let [core, bulk] = Output::of(workspace, artifact)
                .parts()
                .map(|part| read_bytes(&part));
            (core?, Some(bulk?))
        }
        false => (whole.clone(), None),
    };
    let script = scripts(&package, artifact.entry)?.replace(&base64(&first), "");
    let script = script.replace(&base64(bulk.as_deref().unwrap_or_default()), "");
    let alone = Weight::of(&first)?;
    let part = |name: &str| match bulk {
        Some(_) => format!("{}{name}.wasm", artifact.name),
        None => format!("{}.wasm", artifact.name),
    };
    let row = |label, weight, budget, owed| Row {
        label,
        weight,
        budget,
        owed,
    };
    let mut rows = vec![
        row(part("_core"), alone, artifact.wasm_budget, artifact.owed),
        row(
            format!("  with {} and what it imports", artifact.entry),
            alone + Weight::of(script.as_bytes())?,
            Some(artifact.budget),
            artifact.owed,
        ),
    ];
    if let Some(bulk) = &bulk {
        rows.push(row(
            part("_bulk"),
            Weight::of(bulk)?,
            Some(artifact.bulk_budget),
            0,
        ));
        rows.push(row(part(""), Weight::of(&whole)?, None, 0));
    }
    Ok(rows)
}

/// An entry and all scripts that it imports, one after the other as a bundler would put them.
fn scripts(package: &Path, entry: &str) -> Result<String> {
    let mut names = vec![entry.to_owned()];
    let mut all = String::new();
    let mut next = 0;
    while let Some(name) = names.get(next) {
        let text = read_text(&package.join(name))?;
        for import in imports(&text) {
            if !names.contains(&import) {
                names.push(import);
            }
        }
        all.push_str(&text);
        next += 1;
    }
    Ok(all)
}

/// The scripts beside it that a script imports, minified or not.
fn imports(script: &str) -> Vec<String> {
    let code = script
        .lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .collect::<Vec<_>>()
        .join("\n");
    let mut names = Vec::new();
    for (start, _) in code.match_indices("./") {
        let (before, after) = code.split_at(start);
        let statement = before.trim_end_matches(['"', '\'']).trim_end();
        let imported = statement.ends_with("from") || statement.ends_with("import");
        let name = after[2..].split(['"', '\'']).next().unwrap_or_default();
        let counted = Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "js");
        if imported && counted {
            names.push(name.to_owned());
        }
    }
    names
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner().len())
}

fn table(rows: &[Row], last: &Last) -> String {
    let width = rows.iter().map(|row| row.label.len()).max().unwrap_or(0);
    let mut text = format!(
        "  {:width$}  {:>9}  {:>9}  {:>9}  {:>9}  {:>5}  {:>7}\n",
        "bytes", "raw", "gzip -9", "brotli 11", "budget", "used", "growth"
    );
    for row in rows {
        let (budget, used) = match row.budget {
            Some(budget) => (
                grouped(budget),
                format!("{} %", row.weight.gzip * 100 / budget),
            ),
            None => (String::new(), String::new()),
        };
        let growth = match last.get(&row.label) {
            Some(&before) if row.weight.gzip >= before => {
                format!("+{}", grouped(row.weight.gzip - before))
            }
            Some(&before) => format!("-{}", grouped(before - row.weight.gzip)),
            None => "new".to_owned(),
        };
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "  {:width$}  {:>9}  {:>9}  {:>9}  {budget:>9}  {used:>5}  {growth:>7}",
            row.label,
            grouped(row.weight.raw),
            grouped(row.weight.gzip),
            grouped(row.weight.brotli),
        );
    }
    text
}

/// 12345 as 12,345.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What a row over its budget owes.
fn debt(row: &Row) -> Option<String> {
    let over = row
        .weight
        .gzip
        .checked_sub(row.budget?)
        .filter(|over| *over > 0)?;
    Some(format!(
        "owed: {} is {} over its budget; the build fails at {} over",
        row.label.trim(),
        grouped(over),
        grouped(row.owed + 1)
    ))
}

fn within_budget(rows: &[Row]) -> Result<()> {
    let over = |row: &&Row| {
        row.budget
            .is_some_and(|budget| row.weight.gzip > budget + row.owed)
    };
    let labels: Vec<_> = rows
        .iter()
        .filter(over)
        .map(|row| row.label.trim())
        .collect();
    match labels.is_empty() {
        true => Ok(()),
        false => bail!("over budget: {}", labels.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(gzip: usize, budget: usize) -> Row {
        Row {
            label: "a.wasm".to_owned(),
            weight: Weight {
                raw: 3_000_000,
                gzip,
                brotli: 900,
            },
            budget: Some(budget),
            owed: 0,
        }
    }

    #[test]
    fn the_table_shows_budget_and_growth() {
        let last = Last::from([("a.wasm".to_owned(), 1_500)]);

        let table = table(&[row(1_000, 2_000)], &last);

        let words: Vec<_> = table
            .lines()
            .last()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        assert_eq!(
            words,
            [
                "a.wasm",
                "3,000,000",
                "1,000",
                "900",
                "2,000",
                "50",
                "%",
                "-500"
            ]
        );
    }

    #[test]
    fn only_a_row_past_its_budget_fails() {
        assert!(within_budget(&[row(2_000, 2_000)]).is_ok());
        assert!(within_budget(&[row(2_001, 2_000)]).is_err());
    }

    #[test]
    fn a_debt_is_let_through_and_said_and_does_not_grow() {
        let owing = |gzip| Row {
            owed: 100,
            ..row(gzip, 2_000)
        };

        assert!(debt(&owing(2_000)).is_none());
        assert!(debt(&owing(2_100)).is_some_and(|debt| debt.contains("100 over")));
        assert!(within_budget(&[owing(2_100)]).is_ok());
        assert!(within_budget(&[owing(2_101)]).is_err());
    }

    #[test]
    fn the_base64_module_and_the_wasm_are_not_counted() {
        let script = "import {\n  init,\n} from \"./a.js\";\nimport w from \"./a.wasm?module\";\n\
                      import './b.js';\n// from \"./c.js\"\nexport * from \"./d.js\";\n";

        assert_eq!(imports(script), ["a.js", "b.js", "d.js"]);
    }

    #[test]
    fn the_imports_of_a_minified_script_are_found() {
        let script =
            "import\"./a.js\";import{b as c}from\"./b.js\";export*from\"./c.js\";f(\"./d.js\");";

        assert_eq!(imports(script), ["a.js", "b.js", "c.js"]);
    }
}
