//! THIRD-PARTY-LICENSES.txt of the package: whose work is in the wasm, and on which terms.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};

use crate::crates::{Crate, shipped};
use crate::fingerprint::files;
use crate::process::answer;
use crate::workspace::{Workspace, read_text};

/// The name of the file.
pub const NAME: &str = "THIRD-PARTY-LICENSES.txt";

const HEAD: &str = "\
The WebAssembly of this package and the JavaScript beside it are made from giftcard-partners (MIT OR Apache-2.0, see LICENSE-MIT and
LICENSE-APACHE) and from the works below. Where a work may be had on several terms, it is used here on those that are printed.
";

/// The terms of the MIT licence, for works that allow it and bring no file.
const MIT: &str = r#"Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."#;

/// The text of the file.
pub fn text(workspace: &Workspace) -> Result<String> {
    // Works with the same terms, to the letter, stand together.
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for work in shipped(workspace)? {
        let title = format!(
            "{} {} ({}), {}",
            work.name, work.version, work.licence, work.repository
        );
        groups.entry(terms(&work)?).or_default().push(title);
    }
    let fflate = workspace.path("node_modules/fflate");
    let version = read_text(&fflate.join("package.json"))?;
    let version: serde_json::Value = serde_json::from_str(&version)?;
    groups
        .entry(tidy(&read_text(&fflate.join("LICENSE"))?))
        .or_default()
        .push(format!(
            "fflate {} (MIT), https://github.com/101arrowz/fflate, of which inflateSync is in the JavaScript",
            version["version"].as_str().unwrap_or_default()
        ));
    let compiler = answer(std::process::Command::new("rustc").arg("--version"))?;
    let version = compiler.split(' ').nth(1).unwrap_or_default();
    groups
        .entry(mit_of("The Rust Project Contributors"))
        .or_default()
        .push(format!(
            "The Rust standard library {version} (MIT OR Apache-2.0), https://github.com/rust-lang/rust"
        ));

    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|(_, a), (_, b)| a.cmp(b));
    let mut text = HEAD.to_owned();
    for (terms, titles) in groups {
        let rule = "-".repeat(72);
        // Writing to a String does not fail.
        let _ = write!(text, "\n{rule}\n{}\n\n{terms}\n", titles.join("\n"));
    }
    Ok(text)
}

/// The terms of a work: of MIT, if that may be chosen; else all that it brings.
fn terms(work: &Crate) -> Result<String> {
    let found: Vec<_> = files(&work.folder)?
        .into_iter()
        .filter(|path| path.parent() == Some(work.folder.as_path()))
        .filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().to_ascii_uppercase();
            ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"]
                .iter()
                .any(|start| name.starts_with(start))
                .then_some((name, path))
        })
        .collect();
    let may_choose_mit = work.licence.contains("MIT") && !work.licence.contains("AND");
    let mit = found.iter().find(|(name, _)| name.contains("MIT"));
    let chosen: Vec<_> = match mit {
        Some(one) if may_choose_mit => vec![one],
        _ => found.iter().collect(),
    };
    if chosen.is_empty() {
        may_choose_mit.then_some(()).with_context(|| {
            format!(
                "{} {} brings no licence, and MIT is none of its own ({})",
                work.name, work.version, work.licence
            )
        })?;
        return Ok(mit_of(&work.authors.join(", ")));
    }
    let texts = chosen
        .iter()
        .map(|(_, path)| Ok(tidy(&read_text(path)?)))
        .collect::<Result<Vec<_>>>()?;
    Ok(texts.join("\n\n"))
}

fn mit_of(holders: &str) -> String {
    format!("Copyright (c) {holders}\n\n{MIT}")
}

/// Without the spaces that differ from one copy to the next.
fn tidy(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}
