//! The npm package: put together in target/npm, packed, and installed into node_modules, so that what is tested is what is shipped.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use flate2::read::GzDecoder;

use crate::artifact::{ARTIFACTS, Artifact};
use crate::compile::Output;
use crate::fingerprint::{Fingerprint, Stamp, files};
use crate::inline;
use crate::join::{self, join};
use crate::node::{node, npm};
use crate::process::quiet;
use crate::seam;
use crate::step::Outcome;
use crate::third_party;
use crate::unpacker;
use crate::workspace::{Workspace, empty_folder, read_bytes, read_text, write};

const NAME: &str = "giftcard-partners";
const PAGES: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
/// Makes docs/reference.md of the package's .d.ts files.
const REFERENCE: &str = "xtask/reference.js";
/// The JSON Schema of an order.
const SCHEMA: &str = "order.schema.json";
const NO_VERSION: &str = "\"version\": \"0.0.0\"";
/// The starter Worker: where it is shipped, and what of its folder is. What a developer leaves there beside it, secrets above all, is not.
const WORKER: &str = "templates/worker";
const WORKER_FILES: [&str; 7] = [
    "README.md",
    "dev.vars.example",
    "gitignore",
    "package.json",
    "test/worker.test.js",
    "tsconfig.json",
    "wrangler.jsonc",
];
const NO_DEPENDENCY: &str = "\"giftcard-partners\": \"0.0.0\"";

/// The folder that becomes the tarball.
pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path("target/npm").join(NAME)
}

pub fn tarball(workspace: &Workspace) -> Result<PathBuf> {
    Ok(workspace
        .path("target/npm")
        .join(format!("{NAME}-{}.tgz", workspace.version()?)))
}

/// Assembles, packs and installs the package, unless nothing that it is made from has changed.
pub fn package(workspace: &Workspace) -> Result<Outcome> {
    let inputs = inputs(workspace)?;
    // In node_modules, so that it goes when `npm ci` removes the installed package.
    let stamp = Stamp::new(workspace.path("node_modules/.xtask/package"));
    let tarball = tarball(workspace)?;
    if stamp.says(&inputs)
        && tarball.is_file()
        && installed(workspace).is_dir()
        && folder(workspace).is_dir()
    {
        return Ok(Outcome::UpToDate);
    }

    stamp.clear()?;
    assemble(workspace)?;
    pack(workspace, &tarball)?;
    install(workspace, &tarball)?;
    stamp.write(&inputs)?;
    Ok(Outcome::Done)
}

fn inputs(workspace: &Workspace) -> Result<String> {
    let mut fingerprint = Fingerprint::new()
        .folder(&workspace.path("xtask/src"))?
        .file(&workspace.path(REFERENCE))?
        .file(&workspace.path(join::SCRIPT))?
        .folder(&templates(workspace))?
        .file(&workspace.path("Cargo.lock"))?
        .file(&workspace.path("package-lock.json"))?
        .file(&workspace.path("Cargo.toml"))?;
    for page in PAGES {
        fingerprint = fingerprint.file(&workspace.path(page))?;
    }
    for file in worker_files(workspace)? {
        fingerprint = fingerprint.file(&file)?;
    }
    fingerprint = fingerprint.file(&unpacker::wasm(workspace))?;
    for artifact in &ARTIFACTS {
        let output = Output::of(workspace, artifact);
        fingerprint = fingerprint
            .file(&output.wasm())?
            .file(&output.glue(artifact))?;
    }
    Ok(fingerprint.finish())
}

fn assemble(workspace: &Workspace) -> Result<()> {
    // From nothing, so that nothing stale is shipped.
    empty_folder(&folder(workspace))?;
    empty_folder(&scripts(workspace))?;
    copy_templates(workspace)?;
    copy_worker(workspace)?;
    for page in PAGES {
        // The guides stand beside them in the package.
        let text = read_text(&workspace.path(page))?;
        add(workspace, page, text.replace("](pkg-templates/npm/", "]("))?;
    }
    add(workspace, third_party::NAME, third_party::text(workspace)?)?;
    for artifact in &ARTIFACTS {
        add_artifact(workspace, artifact)?;
    }
    add_script(
        workspace,
        "unlzma.inline.js",
        inline::module_of_unpacker(&read_bytes(&unpacker::wasm(workspace))?),
    )?;
    quiet(
        workspace,
        node(workspace).arg(REFERENCE).arg(folder(workspace)),
    )?;
    join(workspace, &scripts(workspace), &folder(workspace))
}

/// Copies the hand-written files.
fn copy_templates(workspace: &Workspace) -> Result<()> {
    let templates = templates(workspace);
    for file in files(&templates)? {
        let name = file
            .strip_prefix(&templates)?
            .to_string_lossy()
            .replace('\\', "/");
        let content = match name.as_str() {
            "package.json" => manifest(
                &read_text(&file)?,
                &workspace.version()?,
                workspace.repository()?.as_deref(),
            )?
            .into_bytes(),
            _ => read_bytes(&file)?,
        };
        if name == SCHEMA {
            // `orderSchema` has it too, without the indentation: no text of JSON holds a line break.
            let text = read_text(&file)?;
            add_script(
                workspace,
                &name,
                text.lines().map(str::trim).collect::<String>(),
            )?;
        }
        match is_script(&name) {
            true => add_script(workspace, &name, content)?,
            false => add(workspace, &name, content)?,
        }
        if name.starts_with("bin/") {
            make_executable(&folder(workspace).join(&name))?;
        }
    }
    Ok(())
}

/// Copies the starter Worker, which is to be installed with the package that it came with.
fn copy_worker(workspace: &Workspace) -> Result<()> {
    let template = worker(workspace);
    for file in worker_files(workspace)? {
        let name = file.strip_prefix(&template)?.to_string_lossy().into_owned();
        let content = match name.as_str() {
            "package.json" => {
                worker_manifest(&read_text(&file)?, &workspace.version()?)?.into_bytes()
            }
            _ => read_bytes(&file)?,
        };
        add(workspace, &format!("{WORKER}/{name}"), content)?;
    }
    Ok(())
}

fn worker_files(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let template = worker(workspace);
    let mut found: Vec<_> = WORKER_FILES
        .iter()
        .map(|name| template.join(name))
        .collect();
    found.extend(files(&template.join("src"))?);
    Ok(found)
}

fn worker_manifest(template: &str, version: &str) -> Result<String> {
    ensure!(
        template.matches(NO_DEPENDENCY).count() == 1,
        "pkg-templates/worker/package.json must say {NO_DEPENDENCY}, once: the version is filled in from Cargo.toml"
    );
    Ok(template.replace(
        NO_DEPENDENCY,
        &format!("\"giftcard-partners\": \"^{version}\""),
    ))
}

/// The template with what Cargo.toml says filled in: the version, and where the repository is. npm's provenance holds only what was built
/// from it, and users want to know where to ask, so without one the package is private: npm refuses to publish it.
fn manifest(template: &str, version: &str, repository: Option<&str>) -> Result<String> {
    let found = template.matches(NO_VERSION).count();
    ensure!(
        found == 1 && template.matches("\"version\"").count() == 1,
        "pkg-templates/npm/package.json must say {NO_VERSION}, once: the version is filled in from Cargo.toml"
    );
    let known = match repository {
        Some(url) => format!(
            "\"repository\": {{ \"type\": \"git\", \"url\": \"git+{url}.git\" }},\n  \
             \"homepage\": \"{url}#readme\",\n  \"bugs\": \"{url}/issues\""
        ),
        None => "\"private\": true".to_owned(),
    };
    Ok(template.replace(
        NO_VERSION,
        &format!("\"version\": \"{version}\",\n  {known}"),
    ))
}

fn add_artifact(workspace: &Workspace, artifact: &Artifact) -> Result<()> {
    let (output, name) = (Output::of(workspace, artifact), artifact.name);
    let wasm = read_bytes(&output.wasm())?;
    seam::copy_glue(&output.bindgen(), name, &scripts(workspace))?;
    let imports = output.read_imports()?;
    add_script(
        workspace,
        &format!("{name}.js"),
        seam::module(name, &imports),
    )?;
    add_script(
        workspace,
        &format!("{name}.inline.js"),
        inline::module(&wasm)?,
    )?;
    add(workspace, &format!("{name}.wasm"), inline::marked(wasm))
}

/// Whether a template is a script to be joined; the executable is no download, and stays as it is written.
fn is_script(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| kind == "js") && !name.starts_with("bin/")
}

/// Where the scripts lie that are to be joined.
fn scripts(workspace: &Workspace) -> PathBuf {
    workspace.scratch().join("scripts")
}

fn add(workspace: &Workspace, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
    add_to(&folder(workspace), name, content)
}

fn add_script(workspace: &Workspace, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
    add_to(&scripts(workspace), name, content)
}

/// Adds a file that must not be there yet: two sources for one file would hide one of them.
fn add_to(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<()> {
    let path = folder.join(name);
    ensure!(
        !path.exists(),
        "{name} is in pkg-templates/npm and also put there by the build"
    );
    write(&path, content)
}

fn pack(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let mut npm = npm(workspace);
    npm.current_dir(folder(workspace)).args([
        "pack",
        "--ignore-scripts",
        "--pack-destination",
        "..",
    ]);
    quiet(workspace, &mut npm)?;
    ensure!(
        tarball.is_file(),
        "npm pack did not make {}",
        tarball.display()
    );
    Ok(())
}

/// Unpacks the tarball where the tests and the demo resolve it by name.
fn install(workspace: &Workspace, tarball: &Path) -> Result<()> {
    let target = installed(workspace);
    empty_folder(&target)?;
    let bytes = read_bytes(tarball)?;
    let mut archive = tar::Archive::new(GzDecoder::new(bytes.as_slice()));
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let path = target.join(path.strip_prefix("package")?);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        entry
            .unpack(&path)
            .with_context(|| format!("cannot unpack {}", path.display()))?;
    }
    Ok(())
}

fn installed(workspace: &Workspace) -> PathBuf {
    workspace.path("node_modules").join(NAME)
}

fn templates(workspace: &Workspace) -> PathBuf {
    workspace.path("pkg-templates/npm")
}

fn worker(workspace: &Workspace) -> PathBuf {
    workspace.path("pkg-templates/worker")
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(path, executable)
        .with_context(|| format!("cannot make {} executable", path.display()))
}

/// npm marks what `bin` names as executable when it packs; elsewhere than on Unix that is all there is to do.
#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_filled_in() -> Result<()> {
        let filled = manifest("{ \"version\": \"0.0.0\" }", "1.2.3", None)?;

        let read: serde_json::Value = serde_json::from_str(&filled)?;
        assert_eq!(read["version"], "1.2.3");
        Ok(())
    }

    #[test]
    fn without_a_repository_the_package_is_private_and_cannot_be_published() -> Result<()> {
        let template = "{ \"version\": \"0.0.0\" }";

        let unknown: serde_json::Value = serde_json::from_str(&manifest(template, "1.2.3", None)?)?;
        let known: serde_json::Value = serde_json::from_str(&manifest(
            template,
            "1.2.3",
            Some("https://git.example/a/b"),
        )?)?;

        assert_eq!(unknown["private"], true);
        assert_eq!(known["private"], serde_json::Value::Null);
        Ok(())
    }

    #[test]
    fn the_repository_is_filled_in() -> Result<()> {
        let url = "https://git.example/a/b";

        let filled = manifest("{ \"version\": \"0.0.0\" }", "1.2.3", Some(url))?;

        let read: serde_json::Value = serde_json::from_str(&filled)?;
        assert_eq!(read["repository"]["url"], "git+https://git.example/a/b.git");
        assert_eq!(read["homepage"], "https://git.example/a/b#readme");
        assert_eq!(read["bugs"], "https://git.example/a/b/issues");
        Ok(())
    }

    #[test]
    fn the_starter_worker_depends_on_the_version_that_it_came_with() -> Result<()> {
        let filled = worker_manifest("{ \"giftcard-partners\": \"0.0.0\" }", "1.2.3")?;

        assert_eq!(filled, "{ \"giftcard-partners\": \"^1.2.3\" }");
        assert!(worker_manifest("{ \"giftcard-partners\": \"*\" }", "1.2.3").is_err());
        Ok(())
    }

    #[test]
    fn a_template_with_another_version_is_refused() {
        assert!(manifest("{ \"version\": \"0.1.0\" }", "0.1.0", None).is_err());
    }
}
