//! Which crate may depend on which: `server, sim -> evaluation -> engine -> store, knowledge, models, understanding,
//! skills, signals -> domain`.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Finding;
use crate::tree::root;

const RULE: &str = "edge";
/// Each of our crates with those of ours it may use.
const ALLOWED: [(&str, &[&str]); 12] = [
    ("tandem-domain", &[]),
    ("tandem-store", &["tandem-domain"]),
    ("tandem-knowledge", &["tandem-domain"]),
    ("tandem-models", &["tandem-domain"]),
    ("tandem-understanding", &["tandem-domain"]),
    ("tandem-skills", &["tandem-domain"]),
    ("tandem-signals", &["tandem-domain"]),
    ("tandem-engine", BELOW_ENGINE),
    ("tandem-evaluation", ABOVE_ENGINE),
    ("tandem-sim", ABOVE_ENGINE),
    ("tandem", ABOVE_ENGINE_AND_EVALUATION),
    ("xtask", &[]),
];

const BELOW_ENGINE: &[&str] = &[
    "tandem-domain",
    "tandem-store",
    "tandem-knowledge",
    "tandem-models",
    "tandem-understanding",
    "tandem-skills",
    "tandem-signals",
];
const ABOVE_ENGINE: &[&str] = &[
    "tandem-domain",
    "tandem-store",
    "tandem-knowledge",
    "tandem-models",
    "tandem-understanding",
    "tandem-skills",
    "tandem-signals",
    "tandem-engine",
];
const ABOVE_ENGINE_AND_EVALUATION: &[&str] = &[
    "tandem-domain",
    "tandem-store",
    "tandem-knowledge",
    "tandem-models",
    "tandem-understanding",
    "tandem-skills",
    "tandem-signals",
    "tandem-engine",
    "tandem-evaluation",
];

pub fn check() -> Result<Vec<Finding>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .context("cargo can't be started")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    Ok(findings(&serde_json::from_slice(&output.stdout)?))
}

fn findings(metadata: &Value) -> Vec<Finding> {
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let path = manifest.strip_prefix(root).unwrap_or(manifest).trim_start_matches('/');
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            let what = format!("`{name}` is a new crate: say in xtask/src/tidy/edges.rs what it may use");
            findings.push(Finding::new(path, 1, RULE, what));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let other = dependency["name"].as_str().unwrap_or_default();
            // Only crates of this workspace have a path.
            if dependency["path"].is_string() && !allowed.contains(&other) {
                let what = format!("`{name}` must not depend on `{other}`; see the map in ARCHITECTURE.md");
                findings.push(Finding::new(path, 1, RULE, what));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(name: &str, dependencies: &[(&str, bool)]) -> Vec<String> {
        let dependencies: Vec<Value> = dependencies
            .iter()
            .map(|(name, is_ours)| json!({"name": name, "path": is_ours.then_some("/p/crates/x")}))
            .collect();
        let metadata = json!({"workspace_root": "/p", "packages": [
            {"name": name, "manifest_path": "/p/crates/x/Cargo.toml", "dependencies": dependencies},
        ]});
        findings(&metadata).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn edges_of_the_map_are_fine() {
        assert!(found("tandem-engine", &[("tandem-store", true), ("tokio", false)]).is_empty());
    }

    #[test]
    fn other_edges_and_unknown_crates_are_found() {
        assert_eq!(
            found("tandem-domain", &[("tandem-store", true)]),
            [
                "crates/x/Cargo.toml:1: edge: `tandem-domain` must not depend on `tandem-store`; see the map in ARCHITECTURE.md"
            ]
        );
        assert_eq!(found("tandem-models", &[("tandem-knowledge", true)]).len(), 1);
        assert_eq!(found("tandem-common", &[]).len(), 1);
    }
}
