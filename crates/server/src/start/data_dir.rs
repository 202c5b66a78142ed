//! The folder in which everything lies that the desk writes. Only its owner may read it.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::Path,
};

use anyhow::Context;

const OWNER_ONLY: u32 = 0o700;

pub fn prepare(folder: &Path) -> anyhow::Result<()> {
    for folder in [folder.to_owned(), folder.join("files"), folder.join("shops")] {
        DirBuilder::new()
            .recursive(true)
            .mode(OWNER_ONLY)
            .create(&folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
    }
    Ok(())
}

/// Whether others than the owner can look inside.
pub fn is_open_to_others(folder: &Path) -> std::io::Result<bool> {
    Ok(fs::metadata(folder)?.permissions().mode() & 0o077 != 0)
}

/// Writes a file nobody else may read, whole or not at all.
pub fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let partial = path.with_extension("part");
    let _ = fs::remove_file(&partial);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&partial, path)
}
