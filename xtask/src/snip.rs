//! Panics without their words.
//!
//! A panic aborts, and on this target its message is printed nowhere; but the code that formats messages, and std's that carries
//! them along, would be shipped all the same. Here the functions that begin a panic become a trap, and wasm-opt removes what only
//! they called. What JavaScript sees is the same as before: a `RuntimeError` with the message "unreachable".

use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::{FunctionBuilder, FunctionKind, Module, ModuleConfig};

use crate::names::Names;

/// What the names of the functions hold that begin a panic or report a failed allocation: each of them never returns.
const STARTS: [&str; 8] = [
    "::panicking::",
    "::option::expect_failed",
    "::option::unwrap_failed",
    "::result::unwrap_failed",
    "::slice::index::slice_",
    "::str::slice_error_fail",
    "::raw_vec::handle_error",
    "::raw_vec::capacity_overflow",
];

/// What only the words of a panic need, in artifacts whose own code formats nothing: a table of functions keeps them alive.
const WORDS: [&str; 5] = [
    "::fmt::Debug>::fmt",
    "::fmt::Formatter>::pad_integral",
    "<u32 as core",
    "::cell::BorrowError as",
    "::cell::BorrowMutError as",
];

/// Replaces the functions that begin a panic, and drops the sections that are only for debuggers: together those nearly double a
/// file. `numbers_as_text` says that the artifact's own code formats numbers.
///
/// What the `glue` never calls is not exported any more. Returns the short names that imports and exports have got.
pub fn snip(input: &Path, glue: &str, result: &Path, numbers_as_text: bool) -> Result<Names> {
    let mut config = ModuleConfig::new();
    config
        .generate_name_section(false)
        .generate_producers_section(false);
    let mut module = config
        .parse_file(input)
        .with_context(|| format!("cannot read {}", input.display()))?;

    let starts: Vec<_> = module
        .funcs
        .iter_local()
        .filter(|(id, _)| {
            let name = module.funcs.get(*id).name.as_deref().unwrap_or_default();
            let words = if numbers_as_text { &[][..] } else { &WORDS[..] };
            STARTS.iter().chain(words).any(|part| name.contains(part))
        })
        .map(|(id, function)| (id, function.ty(), function.args.clone()))
        .collect();
    // An update of rustc that names them otherwise would quietly ship them again.
    ensure!(
        !starts.is_empty(),
        "{} has no function that begins a panic: are the names gone?",
        input.display()
    );
    for (id, ty, arguments) in starts {
        let (parameters, results) = module.types.params_results(ty);
        let (parameters, results) = (parameters.to_vec(), results.to_vec());
        let mut body = FunctionBuilder::new(&mut module.types, &parameters, &results);
        body.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }

    let unused: Vec<_> = module
        .exports
        .iter()
        .filter(|export| !glue.contains(&export.name))
        .map(|export| export.id())
        .collect();
    unused.into_iter().for_each(|id| module.exports.delete(id));
    let names = shorten(&mut module)?;
    module
        .emit_wasm_file(result)
        .with_context(|| format!("cannot write {}", result.display()))?;
    Ok(names)
}

/// Nobody reads the names between the wasm and its glue, and each import's holds a hash that does not compress.
fn shorten(module: &mut Module) -> Result<Names> {
    let mut names = Names::default();
    for import in module.imports.iter_mut() {
        import.name = names.import(&import.name)?;
        import.module = names.module(&import.module)?;
    }
    for export in module.exports.iter_mut() {
        if export.name != "memory" {
            export.name = names.export(&export.name)?;
        }
    }
    Ok(names)
}
