//! Panics without their words.
//!
//! A panic aborts, and on this target its message is printed nowhere; but the code that formats messages, and std's that carries
//! them along, would be shipped all the same. Here the functions that begin a panic become a trap, and wasm-opt removes what only
//! they called. What JavaScript sees is the same as before: a `RuntimeError` with the message "unreachable".

use std::path::Path;

use anyhow::{Context, Result, ensure};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionKind, Module, ModuleConfig};

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

    forget_places(&mut module);
    let unused = module
        .exports
        .iter()
        .filter(|export| !glue.contains(&export.name));
    for id in unused.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
    let names = shorten(&mut module)?;
    module
        .emit_wasm_file(result)
        .with_context(|| format!("cannot write {}", result.display()))?;
    Ok(names)
}

/// Blanks the places in source files that panics would name: text and numbers that do not compress, and paths of the machine
/// that built the file. wasm-opt drops runs of zeros.
fn forget_places(module: &mut Module) {
    let segments: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for segment in segments {
        let data = module.data.get_mut(segment);
        let DataKind::Active {
            offset: ConstExpr::Value(Value::I32(start)),
            ..
        } = data.kind
        else {
            continue;
        };
        let start = usize::try_from(start).unwrap_or_default();
        let bytes = &mut data.value;
        let mut places = Vec::new();
        for at in (0..bytes.len().saturating_sub(15)).step_by(4) {
            let word = |at: usize| {
                let word = bytes[at..at + 4].try_into().unwrap_or_default();
                u32::from_le_bytes(word) as usize
            };
            let path =
                word(at).saturating_sub(start)..(word(at) + word(at + 4)).saturating_sub(start);
            if word(at) >= start && bytes.get(path.clone()).is_some_and(is_source) {
                places.extend([at..at + 16, path]);
            }
        }
        for place in places {
            bytes[place].fill(0);
        }
    }
}

fn is_source(path: &[u8]) -> bool {
    let from = [b"/".as_slice(), b"src/"];
    path.len() < 250
        && path.ends_with(b".rs")
        && from.iter().any(|start| path.starts_with(start))
        && path.iter().all(u8::is_ascii_graphic)
}

/// Nobody reads the names between the wasm and its glue, and each import's holds a hash that does not compress.
fn shorten(module: &mut Module) -> Result<Names> {
    let mut names = Names::default();
    for import in module.imports.iter_mut() {
        // The other modules are the package's own files, whose exports have names for people.
        if import.module.ends_with("_bg.js") {
            import.name = names.import(&import.name)?;
        }
        import.module = names.module(&import.module);
    }
    for export in module.exports.iter_mut() {
        if export.name != "memory" {
            export.name = names.export(&export.name)?;
        }
    }
    Ok(names)
}
