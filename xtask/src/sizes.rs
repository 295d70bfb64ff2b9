//! What people download: three programs that import the package as its README says, bundled for a browser. Past its budget a build fails.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Result, bail};

use crate::node::{node, tool};
use crate::process::{answer, quiet};
use crate::workspace::{Workspace, read_text, write};

/// A program of `tests/packaging/app/programs`, and how many bytes it may be, minified, after gzip -9.
struct Program {
    name: &'static str,
    budget: usize,
}

const PROGRAMS: [Program; 3] = [
    Program {
        name: "form",
        budget: 60_000,
    },
    Program {
        name: "client",
        budget: 108_000,
    },
    Program {
        name: "everything",
        budget: 230_000,
    },
];

/// Sizes of one of them.
struct Row {
    label: String,
    weight: Weight,
    budget: usize,
}

/// Bytes as they are, and as they are sent.
#[derive(Clone, Copy)]
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// By the zlib and Brotli of Node, the same in 20, 24 and 26. Other deflates take up to a hundredth more: GNU gzip -9 says 225.1 KB of everything
/// where Node says 224.7.
const WEIGH: &str = "
    const { brotliCompressSync, gzipSync } = require('node:zlib');
    const bytes = require('node:fs').readFileSync(process.argv[1]);
    console.log(JSON.stringify([bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length]));";

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
    for program in &PROGRAMS {
        rows.push(Row {
            label: program.name.to_owned(),
            weight: weight(workspace, program.name)?,
            budget: program.budget,
        });
    }

    println!("\n{}", table(&rows, &last));
    let now: Last = rows
        .iter()
        .map(|row| (row.label.clone(), row.weight.gzip))
        .collect();
    write(&store, serde_json::to_string_pretty(&now)?)?;
    within_budget(&rows)
}

/// Of the program with all that it imports, as a page is sent it.
fn weight(workspace: &Workspace, name: &str) -> Result<Weight> {
    let text = read_text(&workspace.path(&format!("tests/packaging/app/programs/{name}.js")))?;
    // A copy, so that what it imports is what was just built, and not what the tools beside the original have installed.
    let folder = workspace.scratch().join("programs");
    let (program, bundle) = (
        folder.join(format!("{name}.js")),
        folder.join(format!("{name}.min.js")),
    );
    write(&program, text)?;
    let mut command = tool(workspace, "esbuild/bin/esbuild");
    command
        .args(["--bundle", "--minify", "--format=esm", "--platform=browser"])
        .args(["--log-level=warning"])
        .arg(program)
        .arg(format!("--outfile={}", bundle.display()));
    quiet(workspace, &mut command)?;
    let weighed = answer(node(workspace).args(["--eval", WEIGH]).arg(bundle))?;
    let [raw, gzip, brotli] = serde_json::from_str(&weighed)?;
    Ok(Weight { raw, gzip, brotli })
}

fn table(rows: &[Row], last: &Last) -> String {
    let width = rows.iter().map(|row| row.label.len()).max().unwrap_or(0);
    let mut text = format!(
        "  {:width$}  {:>9}  {:>9}  {:>9}  {:>9}  {:>5}  {:>7}\n",
        "bytes", "raw", "gzip -9", "brotli 11", "budget", "used", "growth"
    );
    for row in rows {
        let budget = grouped(row.budget);
        let used = format!("{} %", row.weight.gzip * 100 / row.budget);
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

fn within_budget(rows: &[Row]) -> Result<()> {
    let over = |row: &&Row| row.weight.gzip > row.budget;
    let labels: Vec<_> = rows
        .iter()
        .filter(over)
        .map(|row| row.label.as_str())
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
            label: "form".to_owned(),
            weight: Weight {
                raw: 3_000_000,
                gzip,
                brotli: 900,
            },
            budget,
        }
    }

    #[test]
    fn the_table_shows_budget_and_growth() {
        let last = Last::from([("form".to_owned(), 1_500)]);

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
                "form",
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
}
