//! One wasm as two files: the core, and the bulk part, which is loaded when a file of recipients is. Both together are the whole.
//!
//! The bulk part is what only its exports reach. It shares the core's memory, tables and stack, and imports what it calls of the core,
//! which never calls it. What is reached by way of the table goes by its name, since nothing says who asks for which place of it.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataId, ElementId, ElementItems, ElementKind, ExportItem, Function, FunctionId,
    FunctionKind, Global, GlobalId, GlobalKind, ImportId, ImportKind, ImportedFunction, Memory,
    Module, ModuleConfig, Table, passes,
};

use crate::names::letters;

/// The module that the bulk part imports the core by. Those of the glue are letters.
pub const CORE: &str = "_";

/// What the names of exports begin with whose code is the bulk part's.
const BULK_EXPORTS: [&str; 4] = [
    "campaign_",
    "claimsCsv",
    "importreport_",
    "recipientimport_",
];

/// What stands in the names of functions that only the bulk part asks for.
const BULK_CODE: [&str; 3] = [
    "::bulk::",
    "::wasm::campaign::",
    "::wasm::recipient_import::",
];

/// Whether an export belongs to the bulk part, by the name that wasm-bindgen gave it.
pub fn is_bulk(export: &str) -> bool {
    let name = export.strip_prefix("__wbg_").unwrap_or(export);
    BULK_EXPORTS.iter().any(|begin| name.starts_with(begin))
}

/// Writes the two parts of the wasm `whole`, which must have the names of its functions still. `is_bulk` is asked of its exports.
pub fn split(whole: &Path, is_bulk: impl Fn(&str) -> bool, core: &Path, part: &Path) -> Result<()> {
    let mut first = read(whole)?;
    keep_exports(&mut first, |name| !is_bulk(name));
    keep_places(&mut first, |name| !is_bulk_code(name))?;
    passes::gc::run(&mut first);
    let in_core: HashSet<_> = first.funcs.iter().map(|one| one.id().index()).collect();

    let mut second = read(whole)?;
    keep_exports(&mut second, is_bulk);
    keep_places(&mut second, is_bulk_code)?;
    import_all(&mut second, |function| in_core.contains(&function.index()))?;
    passes::gc::run(&mut second);
    link(&mut first, &mut second)?;

    write(&mut first, core)?;
    write(&mut second, part)
}

fn is_bulk_code(name: &str) -> bool {
    BULK_CODE.iter().any(|part| name.contains(part))
}

fn read(path: &Path) -> Result<Module> {
    ModuleConfig::new()
        .generate_producers_section(false)
        .parse_file(path)
        .with_context(|| format!("cannot read {}", path.display()))
}

fn write(module: &mut Module, path: &Path) -> Result<()> {
    module
        .emit_wasm_file(path)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn keep_exports(module: &mut Module, keep: impl Fn(&str) -> bool) {
    let others = module.exports.iter().filter(|export| !keep(&export.name));
    for id in others.map(walrus::Export::id).collect::<Vec<_>>() {
        module.exports.delete(id);
    }
}

/// Of the table's places, leaves those whose functions have such names. The others stay empty until the other part fills them.
fn keep_places(module: &mut Module, keep: impl Fn(&str) -> bool) -> Result<()> {
    let segments: Vec<ElementId> = module.elements.iter().map(walrus::Element::id).collect();
    for id in segments {
        let segment = module.elements.get(id);
        let (ElementKind::Active { table, offset }, ElementItems::Functions(functions)) =
            (&segment.kind, &segment.items)
        else {
            bail!("the wasm has a segment of elements that is not a list of functions for a table");
        };
        let ConstExpr::Value(Value::I32(begin)) = *offset else {
            bail!("the wasm has a segment of elements without a fixed place");
        };
        let (table, functions) = (*table, functions.clone());
        let is_kept = |function: &FunctionId| {
            let name = module.funcs.get(*function).name.as_deref();
            name.map(&keep)
                .context("the wasm has lost the names of its functions")
        };
        let kept = functions.iter().map(is_kept).collect::<Result<Vec<_>>>()?;

        module.tables.get_mut(table).elem_segments.remove(&id);
        module.elements.delete(id);
        let mut place = 0;
        for run in kept.chunk_by(|one, next| one == next) {
            let items = functions[place..place + run.len()].to_vec();
            let offset = ConstExpr::Value(Value::I32(begin + i32::try_from(place)?));
            place += run.len();
            if run[0] {
                let kind = ElementKind::Active { table, offset };
                let id = module.elements.add(kind, ElementItems::Functions(items));
                module.tables.get_mut(table).elem_segments.insert(id);
            }
        }
    }
    Ok(())
}

/// Makes imports of the memory, the tables, the globals, and of the functions that the core has. They get their names from [`link`].
fn import_all(part: &mut Module, in_core: impl Fn(FunctionId) -> bool) -> Result<()> {
    let contents: Vec<DataId> = part.data.iter().map(walrus::Data::id).collect();
    for id in contents {
        part.data.delete(id);
    }
    for memory in part.memories.iter_mut() {
        memory.data_segments.clear();
        memory.import = Some(part.imports.add(CORE, "", memory.id()));
    }
    for table in part.tables.iter_mut() {
        table.import = Some(part.imports.add(CORE, "", table.id()));
    }
    let globals: Vec<GlobalId> = part.globals.iter().map(Global::id).collect();
    for id in globals {
        part.globals.get_mut(id).kind = GlobalKind::Import(part.imports.add(CORE, "", id));
    }
    for function in part.funcs.iter_mut() {
        let ty = function.ty();
        // What the glue provides both parts import from the glue.
        if in_core(function.id()) && matches!(function.kind, FunctionKind::Local(_)) {
            let import = part.imports.add(CORE, "", function.id());
            function.kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
    }
    ensure!(
        part.start.is_none(),
        "the wasm has a start function, which belongs to one part"
    );
    Ok(())
}

/// Has the core export what the part imports of it: by the name that it exports it by already, else by a new one.
fn link(core: &mut Module, part: &mut Module) -> Result<()> {
    let imports: Vec<ImportId> = part.imports.iter().map(walrus::Import::id).collect();
    let mut names = 0;
    for id in imports {
        let import = part.imports.get_mut(id);
        if import.module != CORE {
            continue;
        }
        // Both were read from one file: what has the same place in both is the same.
        let item: Option<ExportItem> = match import.kind {
            ImportKind::Function(one) => {
                let mut all = core.funcs.iter().map(Function::id);
                all.find(|id| id.index() == one.index()).map(Into::into)
            }
            ImportKind::Table(one) => {
                let mut all = core.tables.iter().map(Table::id);
                all.find(|id| id.index() == one.index()).map(Into::into)
            }
            ImportKind::Memory(one) => {
                let mut all = core.memories.iter().map(Memory::id);
                all.find(|id| id.index() == one.index()).map(Into::into)
            }
            ImportKind::Global(one) => {
                let mut all = core.globals.iter().map(Global::id);
                all.find(|id| id.index() == one.index()).map(Into::into)
            }
            ImportKind::Tag(_) => None,
        };
        let item = item.context("the core lacks what the bulk part needs")?;
        import.name = exported(core, item, &mut names);
    }
    Ok(())
}

/// The name that the core exports an item by, which is new unless it had one.
fn exported(core: &mut Module, item: ExportItem, names: &mut usize) -> String {
    let known = core
        .exports
        .iter()
        .find(|export| match (export.item, item) {
            (ExportItem::Function(one), ExportItem::Function(other)) => one == other,
            (ExportItem::Table(one), ExportItem::Table(other)) => one == other,
            (ExportItem::Memory(one), ExportItem::Memory(other)) => one == other,
            (ExportItem::Global(one), ExportItem::Global(other)) => one == other,
            _ => false,
        });
    if let Some(export) = known {
        return export.name.clone();
    }
    // Upper case, since the glue's names are lower case.
    let name = letters(*names).to_ascii_uppercase();
    *names += 1;
    core.exports.add(&name, item);
    name
}
