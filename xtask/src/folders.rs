//! The order of the folders in `src`: nothing points back, and nothing in a circle.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use crate::imports::{self, Source};
use crate::workspace::Workspace;

/// Folders whose modules stand in rows, each above the ones before it. A module may import from the rows before its own, and from nothing
/// else of the folder: not from one beside it.
const ORDERS: [Order; 3] = [
    Order {
        folder: "",
        rows: &[
            // The ground: no rule of the API.
            &["answer", "json", "order_type", "sorted"],
            &["buffer", "compose", "hash", "money"],
            &["amount", "sheet_rows"],
            // Before sending.
            &["catalog"],
            &["order"],
            &["error"],
            // The wire.
            &["api"],
            &["reconcile"],
            &["flow"],
            // Files, and nothing of recipients.
            &["workbook"],
            // A campaign records what the machines told; it drives none.
            &["bulk"],
            // It has its own of everything, so that a mistake in one shows in the other.
            &["sandbox"],
            // Converts and drives.
            &["wasm"],
        ],
    },
    Order {
        folder: "bulk",
        rows: &[
            &["identity", "payment"],
            // Rows out of bytes, and what is written in their cells.
            &["csv", "formats"],
            &["columns"],
            &["line"],
            &["import"],
            &["campaign"],
        ],
    },
    // A folder for each job.
    Order {
        folder: "wasm",
        rows: &[
            &["shared"],
            &["order"],
            &["bulk", "client", "sandbox", "workbook"],
        ],
    },
];

struct Order {
    folder: &'static str,
    rows: &'static [&'static [&'static str]],
}

/// Circles that are meant: of a folder, modules that import each other.
const CIRCLES: [(&str, &[&str]); 2] = [
    // States lead to each other.
    ("flow/placement", &["inquiry", "posting", "searching"]),
    // One validator, a file for each kind of rule.
    (
        "order",
        &[
            "catalog_rules",
            "duplicates",
            "scan",
            "text_rules",
            "validate",
        ],
    ),
];

/// Fails on an import that points back, on a module that has no row, and on a circle within any folder.
pub fn check(workspace: &Workspace) -> Result<()> {
    let sources = imports::read(&workspace.path("src"))?;
    let mut faults: Vec<_> = ORDERS
        .iter()
        .flat_map(|order| order.faults(&sources))
        .collect();
    let circles = circles(&sources);
    let meant = CIRCLES.map(|(folder, names)| {
        (
            folder.to_owned(),
            names.iter().map(|name| (*name).to_owned()).collect(),
        )
    });
    for (folder, names) in &circles {
        if !meant.contains(&(folder.clone(), names.clone())) {
            faults.push(format!(
                "src/{folder}: these import each other: {}",
                names.join(", ")
            ));
        }
    }
    for known in meant.iter().filter(|known| !circles.contains(known)) {
        faults.push(format!(
            "src/{}: this circle is no more: {}",
            known.0,
            known.1.join(", ")
        ));
    }
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

impl Order {
    fn faults(&self, sources: &[Source]) -> Vec<String> {
        let mut faults = Vec::new();
        for source in sources {
            // The folder's own file hands out what is in it.
            let Some(module) = self.child(&source.module) else {
                continue;
            };
            let place = format!("src/{}", source.file.display());
            let Some(own) = self.row(module) else {
                faults.push(format!("{place}: no row has {module}"));
                continue;
            };
            for import in &source.imports {
                // `crate::{…}` names none that has a row, and so fails.
                let other = match self.child(&import.target) {
                    Some(other) => other,
                    None if import.target.iter().map(String::as_str).eq(self.names()) => "",
                    None => continue,
                };
                if other != module && self.row(other).is_none_or(|row| row >= own) {
                    let line = import.line;
                    faults.push(format!(
                        "{place}:{line}: {module} points at {}",
                        import.target.join("::")
                    ));
                }
            }
        }
        faults
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.folder.split('/').filter(|name| !name.is_empty())
    }

    /// The module of the folder that a path leads into.
    fn child<'a>(&self, path: &'a [String]) -> Option<&'a str> {
        let mut names = path.iter().map(String::as_str);
        for name in self.names() {
            if names.next() != Some(name) {
                return None;
            }
        }
        names.next()
    }

    fn row(&self, module: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.contains(&module))
    }
}

type Edges = BTreeMap<String, BTreeSet<String>>;

/// Of each folder the modules in it that import each other. The folder's own file is none of them.
fn circles(sources: &[Source]) -> Vec<(String, Vec<String>)> {
    let modules: BTreeSet<&[String]> = sources
        .iter()
        .map(|source| source.module.as_slice())
        .collect();
    let mut folders: BTreeMap<String, Edges> = BTreeMap::new();
    for source in sources {
        let imports = source.imports.iter().filter(|import| !import.in_tests);
        for target in imports.map(|import| &import.target) {
            let pairs = source.module.iter().zip(target);
            let depth = pairs.take_while(|(own, other)| own == other).count();
            let (Some(own), Some(other)) = (source.module.get(depth), target.get(depth)) else {
                continue;
            };
            if modules.contains(&target[..=depth]) || is_folder(&modules, &target[..=depth]) {
                let edges = folders.entry(target[..depth].join("/")).or_default();
                edges.entry(own.clone()).or_default().insert(other.clone());
            }
        }
    }
    let mut found = Vec::new();
    for (folder, edges) in folders {
        let mut left: BTreeSet<_> = edges.keys().cloned().collect();
        while let Some(first) = left.pop_first() {
            let ahead = reached(&edges, &first);
            let mut circle: Vec<_> = ahead
                .iter()
                .filter(|name| reached(&edges, name).contains(&first))
                .cloned()
                .collect();
            if circle.len() > 1 {
                circle.sort();
                left.retain(|name| !circle.contains(name));
                found.push((folder.clone(), circle));
            }
        }
    }
    found
}

fn is_folder(modules: &BTreeSet<&[String]>, path: &[String]) -> bool {
    modules.iter().any(|module| module.starts_with(path))
}

/// All that is imported from there on, by way of others too.
fn reached(edges: &Edges, from: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut next = vec![from];
    while let Some(name) = next.pop() {
        for other in edges.get(name).into_iter().flatten() {
            if all.insert(other.clone()) {
                next.push(other);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::imports::Import;

    fn sources(all: &[(&str, &[&str])]) -> Vec<Source> {
        let names = |path: &str| path.split('/').map(str::to_owned).collect();
        let source = |(module, targets): &(&str, &[&str])| Source {
            file: PathBuf::from(format!("{module}.rs")),
            module: names(module),
            imports: targets
                .iter()
                .map(|target| Import {
                    line: 7,
                    in_tests: false,
                    target: names(target),
                })
                .collect(),
        };
        all.iter().map(source).collect()
    }

    #[test]
    fn an_import_that_points_back_or_beside_or_at_the_folder_itself_is_told() {
        let order = Order {
            folder: "bulk",
            rows: &[&["csv", "formats"], &["line"]],
        };
        let faults =
            |module: &str, target: &str| order.faults(&sources(&[(module, &[target])])).len();

        for target in ["bulk/csv/row", "bulk/line/step", "order/Report"] {
            assert_eq!(faults("bulk/line/builder", target), 0, "{target}");
        }
        for target in ["bulk/line", "bulk/formats/date", "bulk/Row", "bulk"] {
            assert_eq!(faults("bulk/csv/row", target), 1, "{target}");
        }
        assert_eq!(faults("bulk/other", "json"), 1);
        assert_eq!(faults("order/other", "bulk/line"), 0);
        assert_eq!(faults("bulk", "bulk/line"), 0);
    }

    #[test]
    fn modules_of_a_folder_that_import_each_other_are_a_circle() {
        let all = sources(&[
            ("order/a", &["order/b/deep/X"]),
            ("order/b/deep", &["order/c"]),
            ("order/c", &["order/a", "order/d"]),
            ("order/d", &["json", "order/Exported"]),
            ("json", &["money"]),
        ]);

        let circle = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(circles(&all), [("order".to_owned(), circle)]);
    }

    #[test]
    fn a_module_has_one_row() {
        for order in &ORDERS {
            let all: Vec<_> = order.rows.iter().flat_map(|row| row.iter()).collect();
            let once: BTreeSet<_> = all.iter().collect();
            assert_eq!(all.len(), once.len(), "{}", order.folder);
        }
    }
}
