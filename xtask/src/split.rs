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
const BULK_EXPORTS: [&str; 5] = [
    "campaign_",
    "claimsCsv",
    "resultsCsv",
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
    let known = match item {
        ExportItem::Function(one) => core.exports.get_exported_func(one),
        ExportItem::Table(one) => core.exports.get_exported_table(one),
        ExportItem::Memory(one) => core.exports.get_exported_memory(one),
        ExportItem::Global(one) => core.exports.get_exported_global(one),
        ExportItem::Tag(_) => None,
    };
    if let Some(export) = known {
        return export.name.clone();
    }
    // Upper case, since the glue's names are lower case.
    let name = letters(*names).to_ascii_uppercase();
    *names += 1;
    core.exports.add(&name, item);
    name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use walrus::{FunctionBuilder, RefType, ValType};

    use super::*;

    /// A module of a core function, a bulk function that calls it and reads the memory, and both in a table.
    fn whole() -> Module {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        module.exports.add("memory", memory);
        let stack =
            module
                .globals
                .add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(64)));
        let function = |module: &mut Module, name: &str, calls: Option<FunctionId>| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
            builder.name(name.to_owned());
            let mut body = builder.func_body();
            match calls {
                Some(other) => body.call(other),
                None => body.global_get(stack),
            };
            builder.finish(Vec::new(), &mut module.funcs)
        };
        let shared = function(&mut module, "crate::order::check", None);
        let bulk = function(&mut module, "crate::wasm::campaign::new", Some(shared));
        let (near, far) = (
            function(&mut module, "crate::order::rule", None),
            function(&mut module, "crate::bulk::rule", Some(shared)),
        );
        module.exports.add("c", bulk);

        let table = module.tables.add_local(false, 8, None, RefType::FUNCREF);
        let kind = ElementKind::Active {
            table,
            offset: ConstExpr::Value(Value::I32(1)),
        };
        let places = ElementItems::Functions(vec![near, far, near]);
        let places = module.elements.add(kind, places);
        module.tables.get_mut(table).elem_segments.insert(places);

        let ty = module.types.add(&[], &[ValType::I32]);
        let mut core = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        core.name("crate::wasm::validate".to_owned());
        core.func_body().call(shared).call_indirect(ty, table);
        let core = core.finish(Vec::new(), &mut module.funcs);
        module.exports.add("v", core);
        module
    }

    fn parts(test: &str) -> Result<[Module; 2]> {
        let folder =
            std::env::temp_dir().join(format!("xtask-split-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let [whole_file, core, part] = ["whole", "core", "part"].map(|name| folder.join(name));
        whole().emit_wasm_file(&whole_file)?;
        split(&whole_file, |export| export == "c", &core, &part)?;
        let parts = [read(&core)?, read(&part)?];
        std::fs::remove_dir_all(&folder)?;
        Ok(parts)
    }

    #[test]
    fn each_export_is_in_one_part_and_what_both_need_in_the_core() -> Result<()> {
        let [core, part] = parts("exports")?;

        let local = |module: &Module| -> BTreeSet<String> {
            let all = module.funcs.iter_local();
            all.filter_map(|(id, _)| module.funcs.get(id).name.clone())
                .collect()
        };
        assert!(core.exports.get_func("v").is_ok() && core.exports.get_func("c").is_err());
        assert!(part.exports.get_func("c").is_ok() && part.exports.get_func("v").is_err());
        assert_eq!(
            local(&core),
            BTreeSet::from(
                [
                    "crate::order::check",
                    "crate::order::rule",
                    "crate::wasm::validate"
                ]
                .map(str::to_owned)
            )
        );
        assert_eq!(
            local(&part),
            BTreeSet::from(["crate::bulk::rule", "crate::wasm::campaign::new"].map(str::to_owned))
        );
        Ok(())
    }

    #[test]
    fn the_part_imports_what_the_core_exports() -> Result<()> {
        let [core, part] = parts("imports")?;

        let exported: BTreeSet<_> = core.exports.iter().map(|one| one.name.as_str()).collect();
        let imported: BTreeSet<_> = part.imports.iter().map(|one| one.name.as_str()).collect();
        assert!(
            !imported.is_empty() && imported.is_subset(&exported),
            "{imported:?} of {exported:?}"
        );
        assert!(part.imports.iter().all(|one| one.module == CORE));
        assert_eq!(core.imports.iter().count(), 0);
        Ok(())
    }

    #[test]
    fn each_place_of_the_table_is_filled_by_one_part() -> Result<()> {
        let [core, part] = parts("places")?;

        for (module, offsets) in [(&core, vec![1, 3]), (&part, vec![2])] {
            let found = module.elements.iter().map(|segment| match &segment.kind {
                ElementKind::Active {
                    offset: ConstExpr::Value(Value::I32(offset)),
                    ..
                } => *offset,
                other => panic!("{other:?}"),
            });
            assert_eq!(
                found.collect::<BTreeSet<_>>(),
                offsets.into_iter().collect()
            );
        }
        Ok(())
    }

    #[test]
    fn exports_are_told_by_their_names() {
        for name in [
            "campaign_new",
            "__wbg_campaign_free",
            "claimsCsv",
            "importreport___summary",
            "__wbg_recipientimport_free",
        ] {
            assert!(is_bulk(name), "{name}");
        }
        for name in [
            "validateOrder",
            "__wbg_catalog_free",
            "giftcardpartners___maxCampaignValue",
            "memory",
        ] {
            assert!(!is_bulk(name), "{name}");
        }
    }
}
