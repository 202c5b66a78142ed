//! Files written by programs: the API document from the server, the TypeScript types from the document.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::tree::root;

/// The API document, as committed.
pub const OPENAPI: &str = "web/api/openapi.json";
/// The types made from it.
pub const SCHEMA: &str = "web/api/src/schema.ts";

pub fn write() -> Result<()> {
    let document = root().join(OPENAPI);
    fs::write(&document, openapi()?)?;
    fs::write(root().join(SCHEMA), schema(&document)?)?;
    println!("wrote {OPENAPI} and {SCHEMA}");
    Ok(())
}

/// What the server says its API is.
pub fn openapi() -> Result<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["run", "--quiet", "--package", "tandem", "--", "openapi"])
        .output()
        .context("cargo can't be started")?;
    ensure!(output.status.success(), "tandem openapi: {}", last_line(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The types that the generator makes of a document.
pub fn schema(document: &Path) -> Result<String> {
    let generator = root().join("web/node_modules/.bin/openapi-typescript");
    ensure!(generator.is_file(), "web/node_modules is not complete: run `npm ci` in web");
    let target = scratch("schema.ts")?;
    let output = Command::new(generator)
        .current_dir(root().join("web/api"))
        .arg(document)
        .arg("--output")
        .arg(&target)
        .arg("--alphabetize")
        .output()
        .context("openapi-typescript can't be started")?;
    ensure!(output.status.success(), "openapi-typescript: {}", last_line(&output.stderr));
    Ok(fs::read_to_string(target)?)
}

fn scratch(name: &str) -> Result<PathBuf> {
    let folder = root().join("target/xtask");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

fn last_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("failed without a word").trim().to_owned()
}
