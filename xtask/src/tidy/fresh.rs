//! Generated files must be what their generator makes now.

use std::fs;

use anyhow::Result;

use super::Finding;
use crate::{
    generated::{self, OPENAPI, SCHEMA},
    tree::root,
};

const RULE: &str = "generated";

pub fn check() -> Vec<Finding> {
    let document = root().join(OPENAPI);
    [judge(OPENAPI, generated::openapi()), judge(SCHEMA, generated::schema(&document))].into_iter().flatten().collect()
}

fn judge(path: &str, made: Result<String>) -> Option<Finding> {
    let committed = fs::read_to_string(root().join(path)).unwrap_or_default();
    difference(path, &committed, made)
}

fn difference(path: &str, committed: &str, made: Result<String>) -> Option<Finding> {
    match made {
        Err(error) => Some(Finding::new(path, 1, RULE, format!("can't be made: {error:#}"))),
        Ok(made) => {
            let mut lines = committed.lines().zip(made.lines());
            let line = lines.position(|(committed, made)| committed != made);
            let line = line.or_else(|| (committed != made).then(|| committed.lines().count()))?;
            Some(Finding::new(path, line + 1, RULE, "stale: run `cargo xtask generate`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(committed: &str, made: Result<String>) -> Option<usize> {
        difference("a", committed, made).map(|finding| finding.line)
    }

    #[test]
    fn tells_the_first_line_that_differs() {
        assert_eq!(line("a\nb\n", Ok("a\nb\n".into())), None);
        assert_eq!(line("a\nb\n", Ok("a\nc\n".into())), Some(2));
        assert_eq!(line("a\n", Ok("a\nb\n".into())), Some(2));
        assert_eq!(line("", Ok("a\n".into())), Some(1));
        assert_eq!(line("a\n", Err(anyhow::anyhow!("no binary"))), Some(1));
    }
}
