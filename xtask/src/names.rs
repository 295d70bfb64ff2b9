//! The names that wasm and glue call each other by, made short in both.

use std::collections::HashSet;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// Old names and new ones.
#[derive(Debug, Default)]
pub struct Names {
    /// Where the names of modules begin.
    first: usize,
    modules: Vec<String>,
    imports: Vec<String>,
    exports: Vec<String>,
}

impl Names {
    /// Modules that an artifact may import from.
    const MODULES: usize = 4;

    /// The names of the artifact at that place of the list. Each has other modules, so that another's wasm is refused by the engine
    /// where it is started, instead of calling by the wrong names later.
    pub fn of_artifact(place: usize) -> Self {
        Self {
            first: place * Self::MODULES,
            ..Self::default()
        }
    }

    /// A short name for a module that is imported from.
    pub fn module(&mut self, name: &str) -> Result<String> {
        let known = self.modules.iter().position(|known| known == name);
        let index = known.unwrap_or_else(|| {
            self.modules.push(name.to_owned());
            self.modules.len() - 1
        });
        ensure!(
            index < Self::MODULES,
            "the wasm imports from too many modules"
        );
        Ok(letters(self.first + index))
    }

    /// A short name for an import.
    pub fn import(&mut self, name: &str) -> Result<String> {
        number(&mut self.imports, name)
    }

    /// A short name for an export.
    pub fn export(&mut self, name: &str) -> Result<String> {
        number(&mut self.exports, name)
    }

    /// The short names of the exports whose old names are like that.
    pub fn exports_where(&self, is_meant: impl Fn(&str) -> bool) -> HashSet<String> {
        let all = self.exports.iter().enumerate();
        all.filter(|(_, name)| is_meant(name))
            .map(|(index, _)| letters(index))
            .collect()
    }

    /// The glue with the short names. Each must be found, or wasm-bindgen writes other code than this expects.
    pub fn apply(&self, glue: &str) -> Result<String> {
        let mut short = glue.to_owned();
        for (index, name) in self.modules.iter().enumerate() {
            let (from, to) = (
                format!("\"{name}\": "),
                format!("{}: ", letters(self.first + index)),
            );
            // A module that several functions are imported from stands there several times.
            short = replace(&short, &from, &to, true)?;
        }
        for (index, name) in self.imports.iter().enumerate() {
            short = replace(
                &short,
                &format!("        {name}: "),
                &format!("        {}: ", letters(index)),
                false,
            )?;
        }
        for (index, name) in self.exports.iter().enumerate() {
            // The part that is loaded later is called by another name, and looked for by this one (glue.rs).
            let found: usize = ["wasm", "bulk"]
                .map(|part| {
                    let (from, to) = (
                        format!("{part}.{name}"),
                        format!("{part}.{}", letters(index)),
                    );
                    let (text, found) = exchange(&short, &from, &to);
                    short = text;
                    found
                })
                .iter()
                .sum();
            ensure!(found > 0, lost(name, found));
        }
        Ok(short)
    }

    /// The names as text, to keep them between the steps of a build.
    pub fn to_json(&self) -> String {
        json!([self.modules, self.imports, self.exports, self.first]).to_string()
    }

    /// The names that [`Self::to_json`] wrote.
    pub fn from_json(text: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(text)?;
        let list = |index: usize| -> Result<Vec<String>> {
            let items = value[index].as_array().context("no list of names")?;
            Ok(items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect())
        };
        let first = value[3].as_u64().context("no first module")?;
        Ok(Self {
            first: usize::try_from(first)?,
            modules: list(0)?,
            imports: list(1)?,
            exports: list(2)?,
        })
    }
}

fn number(names: &mut Vec<String>, name: &str) -> Result<String> {
    ensure!(
        !names.iter().any(|known| known == name),
        "the wasm names {name} twice"
    );
    names.push(name.to_owned());
    Ok(letters(names.len() - 1))
}

/// `a` to `z`, `ba`, `bb` and so on.
pub fn letters(mut index: usize) -> String {
    let mut name = String::new();
    loop {
        let digit = u8::try_from(index % 26).unwrap_or_default();
        name.insert(0, char::from(b'a' + digit));
        index /= 26;
        if index == 0 {
            return name;
        }
    }
}

/// Replaces every occurrence that is not the beginning of a longer name; `many` where one is not the only number allowed.
pub fn replace(text: &str, from: &str, to: &str, many: bool) -> Result<String> {
    let (result, found) = exchange(text, from, to);
    ensure!(found == 1 || (many && found > 1), lost(from, found));
    Ok(result)
}

fn lost(name: &str, found: usize) -> String {
    format!(
        "wasm-bindgen's glue has changed: `{name}` occurs {found} times; adapt xtask/src/names.rs"
    )
}

/// The text with `to` for every `from` that is not the beginning of a longer name, and how many there were.
fn exchange(text: &str, from: &str, to: &str) -> (String, usize) {
    let mut result = String::with_capacity(text.len());
    let (mut rest, mut found) = (text, 0);
    while let Some((before, after)) = rest.split_once(from) {
        result.push_str(before);
        let longer = from.ends_with(is_word) && after.starts_with(is_word);
        result.push_str(if longer { from } else { to });
        found += usize::from(!longer);
        rest = after;
    }
    result.push_str(rest);
    (result, found)
}

fn is_word(letter: char) -> bool {
    letter == '_' || letter == '$' || letter.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
    const import0 = {
        __wbg_get_d717: function(arg0) {},
        __wbg_get_2080: function(arg0) {},
    };
    return { \"./x_bg.js\": import0, \"./snippets/y.js\": import1 };
    wasm.take(wasm.take_back());
";

    fn names() -> Result<Names> {
        let mut names = Names::of_artifact(1);
        assert_eq!(names.module("./x_bg.js")?, "e");
        assert_eq!(names.module("./snippets/y.js")?, "f");
        assert_eq!(names.module("./x_bg.js")?, "e");
        names.import("__wbg_get_2080")?;
        names.import("__wbg_get_d717")?;
        names.export("take")?;
        names.export("take_back")?;
        Ok(names)
    }

    #[test]
    fn every_name_becomes_short_where_it_stands() -> Result<()> {
        let glue = Names::from_json(&names()?.to_json())?.apply(GLUE)?;

        assert!(glue.contains("        b: function"), "{glue}");
        assert!(glue.contains("        a: function"), "{glue}");
        assert!(glue.contains("{ e: import0, f: import1 }"), "{glue}");
        assert!(glue.contains("wasm.a(wasm.b())"), "{glue}");
        Ok(())
    }

    #[test]
    fn a_name_that_the_glue_lacks_is_refused() -> Result<()> {
        let mut names = names()?;
        names.import("__wbg_set_1")?;

        assert!(names.apply(GLUE).is_err());
        Ok(())
    }

    #[test]
    fn letters_are_all_different() {
        let all: std::collections::BTreeSet<_> = (0..2_000).map(letters).collect();

        assert_eq!(all.len(), 2_000);
    }
}
