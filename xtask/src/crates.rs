//! What cargo says of the crates: all that are built with, and those of them that end up in the wasm.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::{answer, cargo};
use crate::workspace::Workspace;

const OURS: &str = "giftcard-partners";
const WASM: &str = "wasm32-unknown-unknown";

/// A crate at a version.
pub struct Crate {
    pub name: String,
    pub version: String,
    /// An SPDX expression; empty if the crate names none.
    pub licence: String,
    pub repository: String,
    pub authors: Vec<String>,
    pub folder: PathBuf,
    /// Where it came from; nothing for those of this repository.
    pub source: Option<String>,
}

/// Every crate of Cargo.lock, tools and tests included.
pub fn all(workspace: &Workspace) -> Result<Vec<Crate>> {
    let metadata = metadata(workspace, &[])?;
    list(&metadata, "packages")?.iter().map(read).collect()
}

/// The crates whose code may be in the wasm, sorted by name: what ours needs there at run time, and what that needs. Macros run
/// in the compiler and are not among them.
pub fn shipped(workspace: &Workspace) -> Result<Vec<Crate>> {
    let metadata = metadata(workspace, &["--filter-platform", WASM, "--all-features"])?;
    let packages: BTreeMap<&str, &Value> = list(&metadata, "packages")?
        .iter()
        .map(|package| (text(package, "id"), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"], "nodes")?
        .iter()
        .map(|node| (text(node, "id"), node))
        .collect();
    let ours = packages
        .iter()
        .find(|(_, package)| text(package, "name") == OURS)
        .map(|(id, _)| *id)
        .context("cargo metadata does not know our own crate")?;

    let mut found = BTreeSet::new();
    let mut next = vec![ours];
    while let Some(id) = next.pop() {
        let node = nodes.get(id).context("cargo metadata is incomplete")?;
        for dependency in list(node, "deps")? {
            let id = text(dependency, "pkg");
            let at_run_time = list(dependency, "dep_kinds")?
                .iter()
                .any(|kind| kind["kind"].is_null());
            let package = packages.get(id).context("cargo metadata is incomplete")?;
            if at_run_time && !is_macro(package) && found.insert(id) {
                next.push(id);
            }
        }
    }
    let mut crates = found
        .iter()
        .filter_map(|id| packages.get(id))
        .map(|package| read(package))
        .collect::<Result<Vec<_>>>()?;
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(crates)
}

fn metadata(workspace: &Workspace, words: &[&str]) -> Result<Value> {
    let mut command = cargo(workspace);
    command
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(words);
    Ok(serde_json::from_str(&answer(&mut command)?)?)
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array();
    targets.is_some_and(|targets| {
        targets
            .iter()
            .any(|target| target["kind"] == serde_json::json!(["proc-macro"]))
    })
}

fn read(package: &Value) -> Result<Crate> {
    let manifest = PathBuf::from(text(package, "manifest_path"));
    let authors = list(package, "authors")?.iter().filter_map(Value::as_str);
    Ok(Crate {
        name: text(package, "name").to_owned(),
        version: text(package, "version").to_owned(),
        licence: text(package, "license").to_owned(),
        repository: text(package, "repository").to_owned(),
        authors: authors.map(str::to_owned).collect(),
        folder: manifest
            .parent()
            .context("a manifest lies in no folder")?
            .to_owned(),
        source: package["source"].as_str().map(str::to_owned),
    })
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value[key]
        .as_array()
        .with_context(|| format!("cargo metadata has no list {key}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
