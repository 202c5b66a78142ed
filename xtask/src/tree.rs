//! The files of the project as git sees them. Must not judge them.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

/// The project's folder, wherever the tool is started.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Paths of files that git tracks, from the root, with `/`.
pub fn tracked() -> Result<Vec<String>> {
    list(&[])
}

/// Paths that are tracked or would be by `git add`, and are there.
pub fn present() -> Result<Vec<String>> {
    let root = root();
    let mut paths = list(&["--cached", "--others", "--exclude-standard"])?;
    paths.retain(|path| root.join(path).is_file());
    Ok(paths)
}

fn list(options: &[&str]) -> Result<Vec<String>> {
    // In a container the folder may belong to another user, which git refuses by default.
    let output = Command::new("git")
        .current_dir(root())
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(options)
        .output()
        .context("git is needed to list the project's files")?;
    ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    let text = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    let mut paths: Vec<String> = text.split('\0').filter(|path| !path.is_empty()).map(String::from).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}
