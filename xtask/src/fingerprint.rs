//! What is up to date: a hash over all inputs of a step, kept beside its result.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace::{read_bytes, write};

/// A hash over named inputs.
pub struct Fingerprint(blake3::Hasher);

impl Fingerprint {
    pub fn new() -> Self {
        Self(blake3::Hasher::new())
    }

    pub fn text(mut self, text: &str) -> Self {
        self.part(text.as_bytes());
        self
    }

    /// A file, by name and content. A missing one counts too: that it appears is a change.
    pub fn file(mut self, path: &Path) -> Result<Self> {
        self.part(path.to_string_lossy().as_bytes());
        match path.is_file() {
            true => self.part(&read_bytes(path)?),
            false => self.part(b"(absent)"),
        }
        Ok(self)
    }

    /// Every file under a folder.
    pub fn folder(self, path: &Path) -> Result<Self> {
        files(path)?
            .iter()
            .try_fold(self, |fingerprint, file| fingerprint.file(file))
    }

    pub fn finish(&self) -> String {
        self.0.finalize().to_hex().to_string()
    }

    /// Length first, so that no two lists of parts read the same.
    fn part(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }
}

/// Where a step wrote down the fingerprint of what it last made.
pub struct Stamp(PathBuf);

impl Stamp {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub fn says(&self, fingerprint: &str) -> bool {
        fs::read_to_string(&self.0).is_ok_and(|found| found == fingerprint)
    }

    pub fn write(&self, fingerprint: &str) -> Result<()> {
        write(&self.0, fingerprint)
    }

    /// Before the work begins: a step that fails half way is not up to date.
    pub fn clear(&self) -> Result<()> {
        match self.0.exists() {
            true => fs::remove_file(&self.0)
                .with_context(|| format!("cannot remove {}", self.0.display())),
            false => Ok(()),
        }
    }
}

/// Every file under a folder, sorted; none if there is no such folder.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        collect(folder, &mut found).with_context(|| format!("cannot list {}", folder.display()))?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let one = Fingerprint::new().text("ab").text("c").finish();

        let other = Fingerprint::new().text("a").text("bc").finish();

        assert_ne!(one, other);
    }

    #[test]
    fn a_new_file_in_a_folder_is_a_change() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        write(&folder.join("a/one.rs"), "1")?;
        let before = Fingerprint::new().folder(&folder)?.finish();

        write(&folder.join("a/two.rs"), "")?;

        let after = Fingerprint::new().folder(&folder)?.finish();
        fs::remove_dir_all(&folder)?;
        assert_ne!(before, after);
        Ok(())
    }
}
