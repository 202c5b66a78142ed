//! What must not be in the repository: things that are built, things that are secret, things that are large.

use std::fs;

use super::Finding;
use crate::tree::root;

const RULE: &str = "tracked";
const BYTES_MAX: u64 = 1_000_000;
const BUILT: [&str; 7] =
    ["node_modules", "target", "dist", "test-results", "playwright-report", ".tandem", "__pycache__"];
/// Folders of the root that hold what others gave: data sets and databases stay with their owners.
const FOREIGN: [&str; 2] = ["shared", "data"];
const PRIVATE_ENDS: [&str; 6] = [".db", ".db-wal", ".db-shm", ".env", ".pem", ".log"];

pub fn check(tracked: &[String]) -> Vec<Finding> {
    let size = |path: &String| fs::symlink_metadata(root().join(path)).map_or(0, |metadata| metadata.len());
    tracked.iter().filter_map(|path| judge(path, size(path))).collect()
}

fn judge(path: &str, bytes: u64) -> Option<Finding> {
    let found = |what: String| Some(Finding::new(path, 1, RULE, what));
    let mut folders = path.split('/');
    if FOREIGN.contains(&folders.next().unwrap_or_default()) {
        return found("not the project's own: git rm --cached".to_owned());
    }
    if path.split('/').any(|part| BUILT.contains(&part)) {
        return found("built, not written: git rm --cached and name it in .gitignore".to_owned());
    }
    if PRIVATE_ENDS.iter().any(|end| path.ends_with(end)) {
        return found("belongs to one machine: git rm --cached".to_owned());
    }
    if bytes > BYTES_MAX {
        return found(format!("{bytes} bytes, at most {BYTES_MAX}: fetch it or make it when it is needed"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_private_and_large_files_are_found() {
        for path in ["web/a/node_modules/b.js", "web/widget/dist/tandem.js", "shared/a.md", "data/tandem.db", "x/.env"]
        {
            assert!(judge(path, 10).is_some(), "{path}");
        }
        assert!(judge("docs/film.gif", BYTES_MAX + 1).is_some());
    }

    #[test]
    fn the_projects_files_are_fine() {
        for path in ["crates/a/src/lib.rs", "web/console/dev/data.mjs", "docs/screenshots/inbox.png"] {
            assert_eq!(judge(path, 1_000), None, "{path}");
        }
    }
}
