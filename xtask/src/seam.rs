//! The seam between our JavaScript and wasm-bindgen's, which stays as it was written but for what bundlers cannot drop: `<artifact>.js` re-exports
//! it and says how its instance is made.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::export_names;
use crate::fingerprint::files;
use crate::snip::Import;
use crate::workspace::{read_text, write};

/// Where Rust code names our scripts from: `#[wasm_bindgen(module = "/pkg-templates/npm/shared/errors.js")]`.
const TEMPLATES: &str = "pkg-templates/npm/";

/// The module `<name>.js`, over `<name>_bg.js`.
pub fn module(name: &str, imports: &[Import]) -> String {
    let mut from: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut object = String::new();
    for (number, import) in imports.iter().enumerate() {
        from.entry(&import.script)
            .or_default()
            .push(format!("{} as _{number}", import.name));
        // Writing to a String does not fail.
        let _ = write!(object, " {number}: _{number},");
    }
    let mut text = String::new();
    for (script, names) in from {
        let _ = writeln!(text, "import {{ {} }} from \"{script}\";", names.join(", "));
    }
    let _ = write!(
        text,
        "import {{ __wbg_set_wasm }} from \"./{name}_bg.js\";\n\
         import {{ instanceOf }} from \"./shared/instance.js\";\n\n\
         export * from \"./{name}_bg.js\";\n\
         let made;\n\
         export const instance = () => (made ??= instanceOf(\"{name}\", __wbg_set_wasm, {{{object} }}));\n"
    );
    text
}

/// Copies the glue beside our scripts. Of each script of ours wasm-bindgen has made a copy, and a class that exists twice fails `instanceof`:
/// here each copy exports the one.
pub fn copy_glue(bindgen: &Path, name: &str, scripts: &Path) -> Result<()> {
    let glue = format!("{name}_bg.js");
    write(
        &scripts.join(&glue),
        droppable(&export_names::renamed(&read_text(&bindgen.join(&glue))?)),
    )?;
    let snippets = bindgen.join("snippets");
    if !snippets.is_dir() {
        return Ok(());
    }
    for file in files(&snippets)? {
        let copy = file.strip_prefix(bindgen)?;
        let path = copy.to_string_lossy().replace('\\', "/");
        let advice =
            || format!("JavaScript of this crate belongs into {TEMPLATES} (no inline_js): {path}");
        let (_, original) = path.split_once(TEMPLATES).with_context(advice)?;
        ensure!(scripts.join(original).is_file(), advice());
        let up = "../".repeat(path.matches('/').count());
        write(
            &scripts.join(copy),
            format!("export * from \"{up}{original}\";\n"),
        )?;
    }
    Ok(())
}

/// The glue without what it does when it is loaded, so that bundlers drop the classes that a program does not use: 0.9 KB of everything, most of it
/// what reads workbooks. Where wasm-bindgen writes it in another way, nothing is edited, and the budgets say so.
fn droppable(glue: &str) -> String {
    let mut edited = String::with_capacity(glue.len());
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        // Our classes have it themselves; and the decoder is made at its first use.
        if line.starts_with("if (Symbol.dispose) ") || line == "cachedTextDecoder.decode();" {
            continue;
        }
        // The encoder of shared/text.js has it.
        if line == "if (!('encodeInto' in cachedTextEncoder)) {" {
            lines.find(|line| *line == "}");
            continue;
        }
        edited.push_str(line);
        edited.push('\n');
    }
    for made in [
        "new FinalizationRegistry(",
        "new TextDecoder(",
        "new TextEncoder(",
    ] {
        edited = edited.replace(made, &format!("/* @__PURE__ */ {made}"));
    }
    edited
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_hands_the_wasm_what_it_imports_by_number() {
        let import = |script: &str, name: &str| Import {
            script: script.to_owned(),
            name: name.to_owned(),
        };

        let module = module(
            "a",
            &[
                import("./a_bg.js", "f"),
                import("./b.js", "g"),
                import("./a_bg.js", "h"),
            ],
        );

        assert!(
            module.contains("import { f as _0, h as _2 } from \"./a_bg.js\";"),
            "{module}"
        );
        assert!(
            module.contains("import { g as _1 } from \"./b.js\";"),
            "{module}"
        );
        assert!(
            module.contains("instanceOf(\"a\", __wbg_set_wasm, { 0: _0, 1: _1, 2: _2, }));"),
            "{module}"
        );
    }

    #[test]
    fn what_a_glue_does_when_it_is_loaded_is_left_out() {
        let glue = "class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n\
            const F = (typeof FinalizationRegistry === 'undefined')\n    : new FinalizationRegistry(free);\n\
            let cachedTextDecoder = new TextDecoder('utf-8');\ncachedTextDecoder.decode();\n\
            if (!('encodeInto' in cachedTextEncoder)) {\n    f = function () {\n    }\n}\n\
            function f() {\n    cachedTextDecoder.decode();\n}\n";

        let expected = "class A {}\n\
            const F = (typeof FinalizationRegistry === 'undefined')\n    : /* @__PURE__ */ new FinalizationRegistry(free);\n\
            let cachedTextDecoder = /* @__PURE__ */ new TextDecoder('utf-8');\n\
            function f() {\n    cachedTextDecoder.decode();\n}\n";
        assert_eq!(droppable(glue), expected);
    }
}
