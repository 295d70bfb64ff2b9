//! What the modules of the crate import from each other, read from their text: `use` with its groups, and paths in the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A module of the crate, or a name in it: `["order", "validate"]`.
pub type Names = Vec<String>;

/// An import, where it stands and what it names, from the crate's root on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub line: usize,
    /// Whether the file's tests name it, and nothing else of it.
    pub in_tests: bool,
    pub target: Names,
}

/// A file under `src`.
#[derive(Clone, Debug)]
pub struct Source {
    /// From `src` on.
    pub file: PathBuf,
    pub module: Names,
    pub imports: Vec<Import>,
}

/// All files under `src`, what they name by a folder's `pub use` followed to where it is; without `lib.rs`.
pub fn read(source: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut exports = BTreeMap::new();
    for path in files(source)? {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let file = path.strip_prefix(source)?.to_path_buf();
        let module = module_of(&file);
        if module == ["lib"] {
            continue;
        }
        for target in exported(&text, &module) {
            let name = target.last().cloned();
            exports.insert(
                [module.clone(), name.into_iter().collect()].concat(),
                target,
            );
        }
        let imports = imported(&text, &module);
        sources.push(Source {
            file,
            module,
            imports,
        });
    }
    for import in sources.iter_mut().flat_map(|source| &mut source.imports) {
        while let Some(target) = exports.get(&import.target) {
            import.target.clone_from(target);
        }
    }
    Ok(sources)
}

fn module_of(file: &Path) -> Names {
    let path = file.with_extension("");
    let mut names: Names = path
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    if names.len() > 1 && names.last().is_some_and(|name| name == "mod") {
        names.pop();
    }
    names
}

/// What a text names by `crate::` and `super::`. Comments name nothing.
fn imported(text: &str, module: &[String]) -> Vec<Import> {
    let code = without_comments(text);
    let tests = code.find("#[cfg(test)]\nmod ").unwrap_or(code.len());
    let mut imports = Vec::new();
    let mut from = 0;
    while let Some((at, rest)) = next_path(&code, from) {
        from = code.len() - rest.len();
        let mut base = Vec::new();
        let mut rest = rest;
        if code[at..].starts_with("super") {
            base = module.to_vec();
            // From the tests in it the file itself is one up.
            if at < tests {
                base.pop();
            }
            while let Some(further) = rest.strip_prefix("super::") {
                base.pop();
                rest = further;
            }
        }
        let line = code[..at].matches('\n').count() + 1;
        let mut targets = Vec::new();
        tree(rest, base, &mut targets);
        let in_tests = at > tests;
        imports.extend(targets.into_iter().map(|target| Import {
            line,
            in_tests,
            target,
        }));
    }
    imports
}

/// Where the next path begins, and what stands behind its `crate::` or `super::`.
fn next_path(code: &str, from: usize) -> Option<(usize, &str)> {
    let begins = |word: &str| {
        let mut hits = code[from..].match_indices(word).map(|(at, _)| from + at);
        // `pub(in crate::bulk)` says who may see it.
        let is_import = |at: &usize| {
            let before = &code[..*at];
            let is_word = |last: char| last != '_' && last != ':' && !last.is_alphanumeric();
            before.chars().next_back().is_none_or(is_word) && !before.ends_with("(in ")
        };
        hits.find(is_import)
            .map(|at| (at, &code[at + word.len()..]))
    };
    [begins("crate::"), begins("super::")]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
}

/// What a folder hands out by `pub use` of modules in it.
fn exported(text: &str, module: &[String]) -> Vec<Names> {
    let code = without_comments(text);
    let mut all = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let line = code[..at].rsplit('\n').next().unwrap_or_default();
        let rest = &code[at + "use ".len()..];
        if line.starts_with("pub")
            && !["crate::", "super::"]
                .iter()
                .any(|word| rest.starts_with(word))
        {
            tree(rest, module.to_vec(), &mut all);
        }
    }
    all
}

/// The paths of a tree such as `a::{b, c::D}`; returns what stands behind it.
fn tree<'a>(mut rest: &'a str, mut base: Names, paths: &mut Vec<Names>) -> &'a str {
    loop {
        rest = rest.trim_start();
        if let Some(mut group) = rest.strip_prefix('{') {
            loop {
                group = tree(group, base.clone(), paths);
                let Some(end) = group.find([',', '}']) else {
                    return "";
                };
                let is_over = group[end..].starts_with('}');
                group = group[end + 1..].trim_start();
                if is_over {
                    return group;
                }
                if let Some(behind) = group.strip_prefix('}') {
                    return behind;
                }
            }
        }
        let name = name_in(rest);
        rest = &rest[name.len()..];
        if !name.is_empty() && name != "self" {
            base.push(name.to_owned());
        }
        match rest.strip_prefix("::") {
            Some(further) if !name.is_empty() => rest = further,
            _ => {
                paths.push(base);
                return rest;
            }
        }
    }
}

fn without_comments(text: &str) -> String {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
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
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<String> {
        let module = ["bulk", "import", "table"].map(str::to_owned);
        let imports = imported(text, &module);
        imports
            .into_iter()
            .map(|import| import.target.join("::"))
            .collect()
    }

    #[test]
    fn a_text_names_what_it_imports_and_a_comment_nothing() {
        for (text, expected) in [
            (
                "use crate::order::{PoNumber, quote::Quote};",
                &["order::PoNumber", "order::quote::Quote"][..],
            ),
            ("use crate::bulk::{self, Row};", &["bulk", "bulk::Row"]),
            (
                "use crate::a::{\n    b::{c, d as e},\n    F,\n};\nuse crate::g::*;",
                &["a::b::c", "a::b::d", "a::F", "g"],
            ),
            (
                "fn f(a: crate::json::Text) -> crate::money::Amount {",
                &["json::Text", "money::Amount"],
            ),
            ("use super::kept::Kept;", &["bulk::import::kept::Kept"]),
            ("use super::super::csv;", &["bulk::csv"]),
            (
                "use crate::a;\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::b;",
                &["a", "bulk::import::table", "b"],
            ),
            ("    // crate::flow drives it\n/// [`crate::flow`]", &[]),
            ("pub(crate) use other_crate::a;", &[]),
            ("pub(in crate::bulk) fn f() {}", &[]),
        ] {
            assert_eq!(targets(text), expected, "{text}");
        }
    }

    #[test]
    fn a_folder_hands_out_what_it_uses_in_public() {
        let text = "mod a;\nuse a::Hidden;\npub use a::{B, c::D};\npub(crate) use e::F;\npub use crate::g::H;";

        let all: Vec<_> = exported(text, &["order".to_owned()])
            .iter()
            .map(|names| names.join("::"))
            .collect();

        assert_eq!(all, ["order::a::B", "order::a::c::D", "order::e::F"]);
    }

    #[test]
    fn a_file_is_a_module_and_mod_its_folder() {
        for (file, module) in [
            ("json/reader.rs", &["json", "reader"][..]),
            ("answer.rs", &["answer"]),
            ("wasm/client/mod.rs", &["wasm", "client"]),
        ] {
            assert_eq!(module_of(Path::new(file)), module);
        }
    }
}
