//! From Rust to an artifact: cargo, wasm-bindgen, wasm-opt. Results are kept in target/xtask/<artifact>/.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

use crate::artifact::Artifact;
use crate::fingerprint::{Fingerprint, Stamp};
use crate::node::tool;
use crate::process::{cargo, quiet};
use crate::reorder::reorder;
use crate::snip::{self, Import, snip};
use crate::step::Outcome;
use crate::toolchain;
use crate::workspace::{Workspace, empty_folder, read_bytes, read_text, write};

/// What our build of wasm-bindgen's output uses. Not `--all-features`: that makes a file that Node 20 cannot load.
const WASM_FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-simd",
];

/// Where an artifact's files are between the steps.
pub struct Output(PathBuf);

impl Output {
    pub fn of(workspace: &Workspace, artifact: &Artifact) -> Self {
        Self(workspace.scratch().join(artifact.name))
    }

    /// The optimised wasm.
    pub fn wasm(&self) -> PathBuf {
        self.0.join("optimised.wasm")
    }

    /// The glue as wasm-bindgen wrote it.
    pub fn glue(&self, artifact: &Artifact) -> PathBuf {
        self.bindgen().join(format!("{}_bg.js", artifact.name))
    }

    /// What the wasm imports, in the order of its numbers (snip.rs).
    pub fn read_imports(&self) -> Result<Vec<Import>> {
        snip::from_json(&read_text(&self.imports())?)
    }

    fn imports(&self) -> PathBuf {
        self.0.join("imports.json")
    }

    /// Cargo's output, copied: the next feature set overwrites it.
    fn compiled(&self) -> PathBuf {
        self.0.join("compiled.wasm")
    }

    /// Where wasm-bindgen writes.
    pub fn bindgen(&self) -> PathBuf {
        self.0.join("bindgen")
    }

    fn stamp(&self, step: &str) -> Stamp {
        Stamp::new(self.0.join(format!("{step}.stamp")))
    }
}

/// Makes one artifact, unless nothing that it is made from has changed. Who has the `turn` may use cargo's folder, and wasm-bindgen.
pub fn compile(workspace: &Workspace, artifact: &Artifact, turn: &Mutex<()>) -> Result<Outcome> {
    let output = Output::of(workspace, artifact);
    let sources = sources(workspace, artifact)?;
    let stamp = output.stamp("sources");
    if stamp.says(&sources) && output.wasm().is_file() && output.glue(artifact).is_file() {
        return Ok(Outcome::UpToDate);
    }

    fs::create_dir_all(&output.0)
        .with_context(|| format!("cannot create {}", output.0.display()))?;
    let guard = turn.lock().unwrap_or_else(PoisonError::into_inner);
    build(workspace, artifact, &output)?;
    link(workspace, artifact, &output, guard)?;
    stamp.write(&sources)?;
    Ok(Outcome::Done)
}

fn sources(workspace: &Workspace, artifact: &Artifact) -> Result<String> {
    let fingerprint = tools(workspace)?
        .text(artifact.feature)
        .text(artifact.opt_level)
        .text(&toolchain::version(workspace)?)
        .file(&workspace.path("Cargo.toml"))?
        .file(&workspace.path(".cargo/config.toml"))?
        .folder(&workspace.path("src"))?;
    Ok(fingerprint.finish())
}

/// What else has a say in every result: this file and what it asks, and the versions of its tools.
pub fn tools(workspace: &Workspace) -> Result<Fingerprint> {
    Fingerprint::new()
        .file(&workspace.path("xtask/src/compile.rs"))?
        .file(&workspace.path("xtask/src/snip.rs"))?
        .file(&workspace.path("xtask/src/export_names.rs"))?
        .file(&workspace.path("xtask/src/reorder.rs"))?
        .file(&workspace.path("Cargo.lock"))?
        .file(&workspace.path("package-lock.json"))
}

/// The standard library is built with the crate: for size, and with panics that are a trap and nothing else, since none is reached (the lints
/// of Cargo.toml) and what formats one would be shipped all the same. As it is installed it costs a form 6 % and a client 7, measured. The
/// flags are unstable ones, of the compiler that rust-toolchain.toml names.
pub const STANDARD_LIBRARY: [&str; 4] = [
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
    "--config",
    "target.wasm32-unknown-unknown.rustflags=['-Zunstable-options', '-Cpanic=immediate-abort', '-Zlocation-detail=none']",
];

fn build(workspace: &Workspace, artifact: &Artifact, output: &Output) -> Result<()> {
    let mut command = cargo(workspace);
    command
        .args([
            "build",
            "--release",
            "--lib",
            "--package",
            "giftcard-partners",
        ])
        .args([
            "--target",
            "wasm32-unknown-unknown",
            "--no-default-features",
            "--features",
            artifact.feature,
        ])
        .args(STANDARD_LIBRARY)
        // Makes a stable compiler take these flags.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", artifact.opt_level);
    quiet(workspace, &mut command)?;

    let made = workspace
        .cargo_target()
        .join("wasm32-unknown-unknown/release/giftcard_partners.wasm");
    fs::copy(&made, output.compiled())
        .with_context(|| format!("cargo left no {}", made.display()))?;
    Ok(())
}

/// wasm-bindgen and wasm-opt, unless cargo made the very same file as the last time.
fn link(
    workspace: &Workspace,
    artifact: &Artifact,
    output: &Output,
    turn: MutexGuard<'_, ()>,
) -> Result<()> {
    let compiled = tools(workspace)?.file(&output.compiled())?.finish();
    let stamp = output.stamp("compiled");
    if stamp.says(&compiled) && output.wasm().is_file() && output.glue(artifact).is_file() {
        return Ok(());
    }

    stamp.clear()?;
    bindgen(artifact, output)?;
    drop(turn);
    let bindgen_wasm = output.bindgen().join(format!("{}_bg.wasm", artifact.name));
    let snipped = output.0.join("snipped.wasm");
    let glue = read_text(&output.glue(artifact))?;
    let imports = snip(&bindgen_wasm, &glue, artifact.name, &snipped)?;
    write(&output.imports(), snip::to_json(&imports))?;
    optimise(workspace, &snipped, &output.wasm())?;
    stamp.write(&compiled)
}

fn bindgen(artifact: &Artifact, output: &Output) -> Result<()> {
    let (folder, input) = (output.bindgen(), output.compiled());
    empty_folder(&folder)?;
    // Types are written by hand.
    let flags = ["--target", "bundler"];
    let named = ["--no-typescript", "--out-name", artifact.name, "--out-dir"];
    let words = ["wasm-bindgen"]
        .into_iter()
        .chain(flags)
        .chain(named)
        .map(Path::new);
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(
        words.chain([folder.as_path(), input.as_path()]),
    )
    .with_context(|| format!("wasm-bindgen cannot read {}", input.display()))
}

pub fn optimise(workspace: &Workspace, input: &Path, result: &Path) -> Result<()> {
    // After LZMA, for order, client and bulk: -Os, -Oz and -O3 are within 0.3 % of each other, and so is what --merge-similar-functions,
    // --reorder-locals or no further inlining makes of it. A function that is called once is not inlined unless it is tiny: the file grows by
    // 1 to 2 % and what is sent shrinks by as much, since small functions compress better. With all of them inlined a first call is no faster.
    let mut command = tool(workspace, "binaryen/bin/wasm-opt");
    command
        .args(["-Os", "--one-caller-inline-max-function-size=20"])
        // Another 0.3 to 0.7 %: the memory is the module's own and begins as zeros; engines read no list of features. And 0.5 %: what a load is
        // aligned to is a hint that engines do not use, and without it the same load has the same bytes. And 0.4 %: nothing lies in the first 1,024
        // bytes, which are the end of the stack, so that what is added to an address may stand in the load.
        .args([
            "--converge",
            "--zero-filled-memory",
            "--dealign",
            "--low-memory-unused",
            "--strip-target-features",
        ])
        .args(WASM_FEATURES)
        .arg(input)
        .arg("-o")
        .arg(result);
    quiet(workspace, &mut command)?;
    write(result, reorder(&read_bytes(result)?)?)
}
