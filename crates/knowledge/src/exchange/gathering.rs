//! Brings the rows of a file together into drafts: one for each key, with its languages.

use std::collections::HashMap;

use domain::{article::ArticleDraft, language::Language};

use super::{
    ExchangeError, MAX_ROWS,
    report::{Accepted, Fault, ImportReport, RejectedRow, Rule},
};

#[derive(Default)]
pub(super) struct Gathering {
    groups: Vec<Group>,
    by_key: HashMap<String, usize>,
    rejected: Vec<RejectedRow>,
    warnings: Vec<Fault>,
    rows: usize,
}

/// The rows of one key.
struct Group {
    draft: ArticleDraft,
    rows: Vec<usize>,
    has_refused_row: bool,
}

impl Gathering {
    pub(super) fn warn(&mut self, fault: Fault) {
        if !self.warnings.contains(&fault) {
            self.warnings.push(fault);
        }
    }

    /// Adds what one row says of an article: `part` in canonical form, with the faults found while reading it.
    pub(super) fn add(&mut self, row: usize, part: ArticleDraft, mut faults: Vec<Fault>) -> Result<(), ExchangeError> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(ExchangeError::TooManyRows);
        }
        for fault in part.faults().into_iter().map(Fault::from) {
            // A field that couldn't be read isn't empty as well.
            if !faults.iter().any(|known| known.field == fault.field) {
                faults.push(fault);
            }
        }
        let known = self.by_key.get(&part.key).copied();
        let is_refused = if faults.is_empty() {
            let clashes = known.map(|group| self.groups[group].join(&part)).unwrap_or_default();
            faults.extend(clashes);
            !faults.is_empty()
        } else {
            true
        };
        self.rejected.extend(faults.into_iter().map(|fault| fault.rejects(row)));
        if let Some(group) = known {
            self.groups[group].has_refused_row |= is_refused;
            if !is_refused {
                self.groups[group].rows.push(row);
            }
        } else if !part.key.is_empty() {
            self.by_key.insert(part.key.clone(), self.groups.len());
            let rows = if is_refused { Vec::new() } else { vec![row] };
            self.groups.push(Group { draft: part, rows, has_refused_row: is_refused });
        }
        Ok(())
    }

    /// A row that couldn't even be read as part of an article.
    pub(super) fn refuse(&mut self, row: usize, fault: Fault) -> Result<(), ExchangeError> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(ExchangeError::TooManyRows);
        }
        self.rejected.push(fault.rejects(row));
        Ok(())
    }

    pub(super) fn into_report(mut self) -> ImportReport {
        let mut accepted = Vec::new();
        for group in self.groups {
            // Rows that are good alone may not be good together: a start from one and an end from another.
            let faults: Vec<Fault> = group.draft.faults().into_iter().map(Fault::from).collect();
            match group.rows.first() {
                Some(&row) if !group.has_refused_row && faults.is_empty() => {
                    accepted.push(Accepted { row, draft: group.draft });
                }
                Some(&row) if !group.has_refused_row => {
                    self.rejected.extend(faults.into_iter().map(|fault| fault.rejects(row)));
                }
                _ => {
                    let siblings = group.rows.into_iter();
                    self.rejected.extend(siblings.map(|row| Fault::new("key", Rule::SiblingRejected).rejects(row)));
                }
            }
        }
        self.rejected.sort_by_key(|rejected| rejected.row);
        let warnings = self.warnings.into_iter().map(Fault::warns).collect();
        ImportReport { accepted, rejected: self.rejected, warnings }
    }
}

impl Group {
    /// Takes over what the part adds; on any fault nothing is taken.
    fn join(&mut self, part: &ArticleDraft) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut joined = self.draft.clone();
        let mut clash = |field: &str, rule| faults.push(Fault::new(field, rule));
        for language in Language::ALL {
            let (own, other) = match language {
                Language::Zh => (&mut joined.zh, &part.zh),
                Language::En => (&mut joined.en, &part.en),
            };
            match (own.is_some(), other) {
                (true, Some(_)) => clash("key", Rule::Duplicate),
                (false, Some(wording)) => *own = Some(wording.clone()),
                (_, None) => {}
            }
        }
        let mut adopt = |field: &str, is_clash: bool| {
            if is_clash {
                clash(field, Rule::Conflict);
            }
        };
        adopt("category", !fill(&mut joined.category, &part.category, String::is_empty));
        adopt("valid_from", !fill(&mut joined.valid_from, &part.valid_from, Option::is_none));
        adopt("valid_until", !fill(&mut joined.valid_until, &part.valid_until, Option::is_none));
        adopt("products", !fill(&mut joined.scope.products, &part.scope.products, Vec::is_empty));
        adopt("categories", !fill(&mut joined.scope.categories, &part.scope.categories, Vec::is_empty));
        if faults.is_empty() {
            self.draft = joined;
        }
        faults
    }
}

/// Sets what isn't set yet; `false` when both are set and differ.
fn fill<T: Clone + PartialEq>(own: &mut T, other: &T, is_unset: impl Fn(&T) -> bool) -> bool {
    if is_unset(own) {
        *own = other.clone();
        return true;
    }
    is_unset(other) || own == other
}
