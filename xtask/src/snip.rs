//! Between wasm-bindgen and wasm-opt: what the glue never calls is cut out of the wasm, and what it imports and exports gets short names.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use walrus::{Module, ModuleConfig};

use crate::export_names;

/// Something that a wasm imports.
#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    /// The script that wasm-bindgen meant it to come from, and its name there.
    pub script: String,
    pub name: String,
}

/// Drops the exports that the `glue` never calls, and has what is left import `0`, `1` and so on from a module called `name`: the names that
/// wasm-bindgen gives hold hashes, which do not compress (4 KB after gzip of the client), and one module's wasm is refused by the engine
/// where another's is started. Returns what stands behind the numbers.
pub fn snip(input: &Path, glue: &str, name: &str, result: &Path) -> Result<Vec<Import>> {
    let mut module = with_exports(input, |export| {
        export == "__wbindgen_start" || glue.contains(&format!("wasm.{export}"))
    })?;
    let names = export_names::of(glue);
    for export in module.exports.iter_mut() {
        if let Some(short) = names.get(export.name.as_str()) {
            export.name.clone_from(short);
        }
    }
    let mut imports = Vec::new();
    for import in module.imports.iter_mut() {
        let number = imports.len().to_string();
        imports.push(Import {
            script: std::mem::replace(&mut import.module, name.to_owned()),
            name: std::mem::replace(&mut import.name, number),
        });
    }
    emit(&mut module, result)?;
    Ok(imports)
}

/// A wasm with no more exports than these, and without what none of them needs.
pub fn with_exports(input: &Path, is_kept: impl Fn(&str) -> bool) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    config.generate_name_section(false);
    let mut module = config
        .parse_file(input)
        .with_context(|| format!("cannot read {}", input.display()))?;
    let unused = module
        .exports
        .iter()
        .filter(|export| !is_kept(&export.name));
    for id in unused.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    walrus::passes::gc::run(&mut module);
    Ok(module)
}

pub fn emit(module: &mut Module, result: &Path) -> Result<()> {
    module
        .emit_wasm_file(result)
        .with_context(|| format!("cannot write {}", result.display()))
}

/// The imports as text, to keep them between the steps of a build.
pub fn to_json(imports: &[Import]) -> String {
    let pairs: Vec<_> = imports
        .iter()
        .map(|import| json!([import.script, import.name]))
        .collect();
    Value::from(pairs).to_string()
}

/// The imports that [`to_json`] wrote.
pub fn from_json(text: &str) -> Result<Vec<Import>> {
    let pairs: Vec<(String, String)> = serde_json::from_str(text)?;
    let imports = pairs.into_iter();
    Ok(imports
        .map(|(script, name)| Import { script, name })
        .collect())
}
