//! What the glue never calls, cut out of the wasm.

use std::path::Path;

use anyhow::{Context, Result};
use walrus::{Module, ModuleConfig};

use crate::names::Names;

/// Drops the exports that the `glue` never calls. Returns the short `names` that imports and exports have got. The names of functions, which
/// are only for debuggers and nearly double a file, stay until the parts of it are told by them (split.rs).
pub fn snip(input: &Path, glue: &str, names: Names, result: &Path) -> Result<Names> {
    let mut config = ModuleConfig::new();
    config.generate_producers_section(false);
    let mut module = config
        .parse_file(input)
        .with_context(|| format!("cannot read {}", input.display()))?;
    let unused = module
        .exports
        .iter()
        .filter(|export| !glue.contains(&export.name));
    for id in unused.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    let names = shorten(&mut module, names)?;
    module
        .emit_wasm_file(result)
        .with_context(|| format!("cannot write {}", result.display()))?;
    Ok(names)
}

/// Nobody reads the names between the wasm and its glue, and each import's holds a hash that does not compress.
fn shorten(module: &mut Module, mut names: Names) -> Result<Names> {
    for import in module.imports.iter_mut() {
        // The other modules are the package's own files, whose exports have names for people.
        if import.module.ends_with("_bg.js") {
            import.name = names.import(&import.name)?;
        }
        import.module = names.module(&import.module)?;
    }
    for export in module.exports.iter_mut() {
        if export.name != "memory" {
            export.name = names.export(&export.name)?;
        }
    }
    Ok(names)
}
