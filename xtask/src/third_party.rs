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
    let rule = "-".repeat(72);
    let mut text = HEAD.to_owned();
    let (mut holders, mut others) = (String::new(), String::new());
    for (terms, titles) in groups {
        let titles = titles.join("\n");
        // Writing to a String does not fail.
        let _ = match before_mit(&terms) {
            Some(holder) => write!(holders, "\n{titles}\n{holder}\n"),
            None => write!(others, "\n{rule}\n{titles}\n\n{terms}\n"),
        };
    }
    let _ = write!(text, "\n{rule}\n{holders}\n{MIT}\n{others}");
    Ok(text)
}

/// What stands before the terms of MIT, where they are those to the letter: breaks of lines and forms of quotes differ from one copy to the next.
fn before_mit(terms: &str) -> Option<&str> {
    let start = terms.find("Permission is hereby granted")?;
    let (holder, terms) = terms.split_at(start);
    (words(terms) == words(MIT)).then(|| holder.trim())
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.replace(['\u{201c}', '\u{201d}'], "\""))
        .collect()
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
        Some(_) if work.licence.contains("(MIT OR Apache-2.0) AND") => found
            .iter()
            .filter(|(name, _)| !name.contains("APACHE"))
            .collect(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_mit_are_known_in_any_layout_and_no_others_are_taken_for_them() {
        let changed = MIT.replace("without limitation", "with limitation");

        assert_eq!(
            before_mit(&format!("MIT License\n\nCopyright (c) A\n\n{MIT}")),
            Some("MIT License\n\nCopyright (c) A")
        );
        assert_eq!(
            before_mit(&MIT.replace('"', "\u{201d}").replace('\n', " \n")),
            Some("")
        );
        assert_eq!(before_mit(&changed), None);
    }
}
