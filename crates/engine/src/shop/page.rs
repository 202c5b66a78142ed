//! Lists in pages: an opaque cursor and a bounded size.

use serde::{Deserialize, Serialize};

/// Records one page may hold: a screenful several times over, and small enough to answer quickly.
pub const PAGE_SIZE_MAX: usize = 100;
const PAGE_SIZE_USUAL: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// `next` of the page before; `None` for the first.
    pub cursor: Option<String>,
    pub limit: usize,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self::first(PAGE_SIZE_USUAL)
    }
}

impl PageRequest {
    pub const fn first(limit: usize) -> Self {
        Self { cursor: None, limit }
    }

    pub fn after(cursor: impl Into<String>, limit: usize) -> Self {
        Self { cursor: Some(cursor.into()), limit }
    }

    pub(crate) fn size(&self) -> usize {
        self.limit.clamp(1, PAGE_SIZE_MAX)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; `None` on the last.
    #[serde(default = "none")]
    pub next: Option<String>,
}

fn none() -> Option<String> {
    None
}
