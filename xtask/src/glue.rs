//! The last touches to wasm-bindgen's JavaScript: one errors.js for all artifacts, a clear sentence for a call before init, and
//! modules and buffers of another realm.
//!
//! Every replacement must match exactly as often as expected: an update of wasm-bindgen that writes other code fails here, loudly.

use anyhow::{Context, Result, ensure};

use crate::names;
use crate::split::{CORE, is_bulk};

/// The folder, as Rust code names it in `#[wasm_bindgen(module = "/pkg-templates/npm/errors.js")]`.
const TEMPLATES: &str = "/pkg-templates/npm/";
const SNIPPETS: &str = "./snippets/";
const DECLARATION: &str = "let wasmModule, wasmInstance, wasm;";
const GUARD: &str = "if (wasm !== undefined) return wasm;";
const IS_MODULE: &str = "module instanceof WebAssembly.Module";
/// Next.js compiles the wasm of its edge runtime outside of the realm that runs it.
const IS_MODULE_OF_ANY_REALM: &str =
    "Object.prototype.toString.call(module) === '[object WebAssembly.Module]'";

/// Begins what stands in for `encodeInto` where there is none.
const ENCODE_INTO: &str = "if (!('encodeInto' in cachedTextEncoder)) {\n";

const DISPOSAL: &str = "if (Symbol.dispose) ";
const IS_BUFFER: &str = "arg0 instanceof ArrayBuffer";
const IS_BUFFER_OF_ANY_REALM: &str =
    "Object.prototype.toString.call(arg0) === '[object ArrayBuffer]'";

const EXPORTS: &str = "wasm = instance.exports;";
const GUARD_END: &str = "]);";
const GUARDED: &str = "wasm = guard(instance.exports);";

/// What the glue is fitted into.
pub struct Setting<'a> {
    /// What a call before initialisation says.
    pub not_initialised: &'a str,
    /// Whether errors.js exports `ConfigError`, to say it with.
    pub config_error: bool,
    /// The names of the package's own files.
    pub files: &'a [String],
}

/// Fits generated glue into the package.
pub fn finish(glue: &str, setting: &Setting) -> Result<String> {
    let glue = share_modules(glue, setting.files)?;
    let glue = replace(&glue, 1, IS_MODULE, IS_MODULE_OF_ANY_REALM)?;
    let glue = take_objects_only(&glue)?;
    // Every engine that has SIMD has it. Not every artifact writes texts.
    let glue = match glue.contains(ENCODE_INTO) {
        true => replace_block(&glue, ENCODE_INTO, "\n}\n", "")?,
        false => glue,
    };
    // Not every artifact reads buffers; tests/js/validate.test.js hands in one of another realm.
    let glue = glue.replace(IS_BUFFER, IS_BUFFER_OF_ANY_REALM);
    explain_missing_init(&glue, setting)
}

/// Has an instance that traps stop, and say so (instance.js). To be done while the exports have their own names.
pub fn stop_after_a_trap(glue: &str) -> Result<String> {
    let mut callbacks: Vec<_> = exports(glue)
        // What promises and the garbage collector call.
        .filter(|name| name.contains("closure") || name.ends_with("_free"))
        .map(|name| format!("wasm.{name}"))
        .collect();
    callbacks.sort();
    callbacks.dedup();
    let guard = format!(
        "const guard = guarding((wasm) => [{}{GUARD_END}",
        callbacks.join(", ")
    );
    let glue = replace(glue, 1, EXPORTS, GUARDED)?;
    Ok(format!(
        "import {{ guarding }} from './instance.js';\n{guard}\n{glue}"
    ))
}

/// Has the bulk part loaded when it is first used, where its exports are not among those that came first (split.rs). `absent` is what a use
/// of it says that nobody has provided. To be done while the exports have their own names, behind [`stop_after_a_trap`].
pub fn load_bulk(glue: &str, absent: &str) -> Result<String> {
    let mut bulk: Vec<_> = exports(glue).filter(|name| is_bulk(name)).collect();
    bulk.sort_unstable();
    bulk.dedup();
    let first = bulk
        .first()
        .context("the glue calls nothing of the bulk part")?;
    let whole = format!("{GUARDED}\n    if (wasm.{first}) bulk = wasm;");
    let (guard, rest) = glue
        .split_once(GUARD_END)
        .context("the glue has no guard")?;
    let mut rest = rest.to_owned();
    // The callbacks in the guard are of either part, whichever it guards.
    for name in bulk {
        rest = names::replace(
            &rest,
            &format!("wasm.{name}"),
            &format!("bulk.{name}"),
            true,
        )?;
    }
    let rest = replace(&rest, 1, GUARDED, &whole)?;
    let absent = serde_json::to_string(absent)?;
    let loading = format!(
        "{DECLARATION}
let bulkModule = () => {{ throw new NotInitialised({absent}); }};
let bulk = new Proxy({{}}, {{ get: (_, name) => (wasm === uninitialised ? wasm : loadBulk())[name] }});
function loadBulk() {{
    const imports = {{ ...__wbg_get_imports(), {CORE}: wasmInstance.exports }};
    return (bulk = guard(new WebAssembly.Instance(bulkModule(), imports).exports));
}}
export function bulkBy(module) {{
    bulkModule = module;
}}"
    );
    let rest = replace(&rest, 1, DECLARATION, &loading)?;
    Ok([guard, GUARD_END, &rest].concat())
}

/// The exports that the glue calls, each as often as it does.
fn exports(glue: &str) -> impl Iterator<Item = &str> {
    glue.split("wasm.").skip(1).map(|call| {
        let end = call.find(|letter: char| letter != '_' && !letter.is_ascii_alphanumeric());
        call.split_at(end.unwrap_or(call.len())).0
    })
}

/// Imports the package's own files instead of the copies in snippets/: a class that exists twice fails `instanceof`.
fn share_modules(glue: &str, files: &[String]) -> Result<String> {
    let mut shared = String::with_capacity(glue.len());
    for line in glue.split_inclusive('\n') {
        // What disposes of a handle is what frees it, and that is handles.js's.
        if line.starts_with(DISPOSAL) {
            continue;
        }
        match line.find(SNIPPETS) {
            Some(start) if line.starts_with("import ") => {
                shared.push_str(&share_module(line, start, files)?);
            }
            _ => shared.push_str(line),
        }
    }
    ensure!(
        !shared.contains("snippets/"),
        "the glue names a snippet in another way than by an import from {SNIPPETS}"
    );
    Ok(shared)
}

fn share_module(line: &str, start: usize, files: &[String]) -> Result<String> {
    let (before, path) = line.split_at(start);
    let advice = || {
        format!(
            "JavaScript of this crate belongs into pkg-templates/npm (no inline_js, no folder below it): {}",
            line.trim()
        )
    };
    let end = path.find(['\'', '"']).with_context(advice)?;
    let (path, after) = path.split_at(end);
    let (_, file) = path.split_once(TEMPLATES).with_context(advice)?;
    ensure!(files.iter().any(|name| name == file), advice());
    Ok(format!("{}./{file}{after}", import_object(before)))
}

/// A module as a value: the object that it exports for this. Of a namespace a bundler makes an object of getters, at each joining.
fn import_object(before: &str) -> String {
    match before
        .strip_prefix("import * as ")
        .and_then(|rest| rest.split_once(' '))
    {
        Some((name, rest)) => format!("import {{ direct as {name} }} {rest}"),
        None => before.to_owned(),
    }
}

/// Before init `wasm` is undefined, and calls fail with "Cannot read properties of undefined". Here it begins as an object that
/// throws a sentence instead.
fn explain_missing_init(glue: &str, setting: &Setting) -> Result<String> {
    let (import, class) = match setting.config_error {
        true => (
            "import { ConfigError as NotInitialised } from './errors.js';\n",
            "NotInitialised",
        ),
        false => ("", "Error"),
    };
    let sentence = serde_json::to_string(setting.not_initialised)?;
    let declaration = format!(
        "const uninitialised = new Proxy({{}}, {{ get() {{ throw new {class}({sentence}); }} }});\n\
         let wasmModule, wasmInstance, wasm = uninitialised;"
    );
    let glue = replace(glue, 1, DECLARATION, &declaration)?;
    // In initSync and in the async init.
    let glue = replace(&glue, 2, GUARD, "if (wasm !== uninitialised) return wasm;")?;
    Ok(format!("{import}{glue}"))
}

/// The start of an instance is given an object: our entries see to it.
fn take_objects_only(glue: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    for name in ["module", "module_or_path"] {
        let begin = format!("    if ({name} !== undefined) {{\n");
        glue = replace_block(
            &glue,
            &begin,
            "\n    }\n",
            &format!("    ({{{name}}} = {name});\n"),
        )?;
    }
    Ok(glue)
}

/// Replaces what stands between the only `begin` and the first `end` behind it, with both.
fn replace_block(text: &str, begin: &str, end: &str, by: &str) -> Result<String> {
    let lost = || {
        format!(
            "wasm-bindgen's glue has changed at `{}`; adapt xtask/src/glue.rs",
            begin.trim()
        )
    };
    let (before, block) = text.split_once(begin).with_context(lost)?;
    let (_, after) = block.split_once(end).with_context(lost)?;
    ensure!(!after.contains(begin), lost());
    Ok([before, by, after].concat())
}

fn replace(text: &str, times: usize, from: &str, to: &str) -> Result<String> {
    let found = text.matches(from).count();
    ensure!(
        found == times,
        "wasm-bindgen's glue has changed: `{from}` occurs {found} times, not {times}; adapt xtask/src/glue.rs"
    );
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
import { newError } from './snippets/giftcard-partners-e3332fe8ae264577/pkg-templates/npm/errors.js';
let wasmModule, wasmInstance, wasm;
function initSync(module) {
    if (wasm !== undefined) return wasm;
    if (module !== undefined) {
        if (Object.getPrototypeOf(module) === Object.prototype) {
            ({module} = module)
        } else {
            console.warn('deprecated')
        }
    }
    if (!(module instanceof WebAssembly.Module)) module = new WebAssembly.Module(module);
}
async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (module_or_path !== undefined) {
        ({module_or_path} = module_or_path)
    }
}
";

    fn fit(glue: &str, config_error: bool) -> Result<String> {
        let files = ["errors.js".to_owned()];
        finish(
            glue,
            &Setting {
                not_initialised: "say \"init\" first",
                config_error,
                files: &files,
            },
        )
    }

    #[test]
    fn a_snippet_is_imported_from_the_package() -> Result<()> {
        let glue = fit(GLUE, false)?;

        assert!(glue.starts_with("import { newError } from './errors.js';\n"));
        Ok(())
    }

    #[test]
    fn a_call_before_init_throws_the_sentence() -> Result<()> {
        let glue = fit(GLUE, true)?;

        assert!(glue.starts_with("import { ConfigError as NotInitialised } from './errors.js';\n"));
        assert!(glue.contains(r#"throw new NotInitialised("say \"init\" first")"#));
        assert!(glue.contains("wasm = uninitialised;"));
        assert_eq!(
            glue.matches("if (wasm !== uninitialised) return wasm;")
                .count(),
            2
        );
        Ok(())
    }

    #[test]
    fn a_start_is_given_an_object_and_asks_no_further() -> Result<()> {
        let glue = fit(GLUE, true)?;

        assert!(glue.contains("    ({module} = module);\n    if (!("));
        assert!(glue.contains("    ({module_or_path} = module_or_path);\n}"));
        assert!(!glue.contains("deprecated"));
        Ok(())
    }

    #[test]
    fn a_module_of_another_realm_is_a_module() -> Result<()> {
        let glue = fit(GLUE, true)?;

        assert!(!glue.contains("instanceof WebAssembly.Module"));
        assert!(glue.contains("if (!(Object.prototype.toString.call(module) === "));
        Ok(())
    }

    #[test]
    fn disposal_is_left_to_handles_js() -> Result<()> {
        let disposal = "if (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n";

        let glue = fit(&format!("{GLUE}{disposal}"), true)?;

        assert!(!glue.contains("dispose"));
        Ok(())
    }

    #[test]
    fn a_buffer_of_another_realm_is_a_buffer() -> Result<()> {
        let glue = fit(
            &format!("{GLUE}result = arg0 instanceof ArrayBuffer;\n"),
            true,
        )?;

        assert!(glue.ends_with(
            "result = Object.prototype.toString.call(arg0) === '[object ArrayBuffer]';\n"
        ));
        Ok(())
    }

    #[test]
    fn callbacks_stay_silent_after_a_trap() -> Result<()> {
        let glue = "f(wasm.validateOrder, wasm.__wbg_client_free, wasm.invoke_closure, wasm.__wbg_client_free);\n\
            wasm = instance.exports;\n";

        let glue = stop_after_a_trap(glue)?;

        assert!(glue.starts_with("import { guarding } from './instance.js';\n"));
        assert!(glue.contains("(wasm) => [wasm.__wbg_client_free, wasm.invoke_closure]"));
        assert!(glue.contains("wasm = guard(instance.exports);"));
        Ok(())
    }

    #[test]
    fn what_is_loaded_later_is_asked_of_another_object() -> Result<()> {
        let glue = format!(
            "{GLUE}f(wasm.campaign_ledger, wasm.__wbg_campaign_free, wasm.validateOrder);\nwasm = instance.exports;\n"
        );

        let glue = load_bulk(&stop_after_a_trap(&glue)?, "load \"bulk\" first")?;

        assert!(glue.contains("guarding((wasm) => [wasm.__wbg_campaign_free]);"));
        assert!(
            glue.contains("f(bulk.campaign_ledger, bulk.__wbg_campaign_free, wasm.validateOrder);")
        );
        assert!(glue.contains("if (wasm.__wbg_campaign_free) bulk = wasm;"));
        assert!(glue.contains(r#"throw new NotInitialised("load \"bulk\" first")"#));
        Ok(())
    }

    #[test]
    fn a_snippet_outside_the_templates_is_refused() {
        let glue = GLUE.replace("pkg-templates/npm/errors.js", "inline0.js");

        let error = fit(&glue, false).unwrap_err();

        assert!(error.to_string().contains("pkg-templates/npm"), "{error}");
    }

    #[test]
    fn a_file_that_the_package_lacks_is_refused() {
        let glue = GLUE.replace("errors.js", "mistakes.js");

        assert!(fit(&glue, false).is_err());
    }

    #[test]
    fn changed_glue_is_refused() {
        let glue = GLUE.replacen("if (wasm !== undefined) return wasm;", "", 1);

        let error = fit(&glue, false).unwrap_err();

        assert!(
            error.to_string().contains("occurs 1 times, not 2"),
            "{error}"
        );
    }
}
