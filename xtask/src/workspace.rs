//! Where things are: the root of the repository and the folders that the commands write to.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The repository, and how much to say about the work in it.
pub struct Workspace {
    root: PathBuf,
    pub verbose: bool,
}

impl Workspace {
    /// Finds the root: cargo names this crate's folder, a copied or moved binary looks above itself and above the current folder.
    pub fn find(verbose: bool) -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let starts = [manifest, env::current_exe().ok(), env::current_dir().ok()];

        for start in starts.iter().flatten() {
            if let Some(root) = start.ancestors().find(|folder| is_root(folder)) {
                let root = root.to_owned();
                return Ok(Self { root, verbose });
            }
        }
        bail!(
            "no folder with xtask/Cargo.toml and rust-toolchain.toml above this program or the current folder"
        )
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What xtask keeps between runs.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    /// Where cargo writes: the one folder that a developer may have moved.
    pub fn cargo_target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |moved| self.root.join(moved))
    }

    /// The version of the package: the crate's, the only place where it is written.
    pub fn version(&self) -> Result<String> {
        let version = self.package_field("version")?;
        version.with_context(|| "no version = \"…\" under [package] in Cargo.toml")
    }

    /// The address of the repository, where Cargo.toml names one.
    pub fn repository(&self) -> Result<Option<String>> {
        self.package_field("repository")
    }

    /// A text under `[package]` in Cargo.toml.
    fn package_field(&self, name: &str) -> Result<Option<String>> {
        let manifest = read_text(&self.path("Cargo.toml"))?;
        let found = manifest
            .lines()
            .skip_while(|line| line.trim() != "[package]")
            .find_map(|line| {
                let value = line.strip_prefix(name)?.strip_prefix(" = \"")?;
                value.strip_suffix('"')
            });
        Ok(found.map(str::to_owned))
    }
}

/// Reads a text file; the error names it.
pub fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a file; the error names it.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it; the error names it.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// An empty folder at this path, whatever was there.
pub fn empty_folder(path: &Path) -> Result<()> {
    if path.exists() {
        std::fs::remove_dir_all(path)
            .with_context(|| format!("cannot empty {}", path.display()))?;
    }
    std::fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

fn is_root(folder: &Path) -> bool {
    folder.join("xtask/Cargo.toml").is_file() && folder.join("rust-toolchain.toml").is_file()
}
