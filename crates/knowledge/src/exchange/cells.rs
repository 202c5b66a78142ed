//! Lists inside a cell, and the guard against cells that a spreadsheet would run as formulas.

const SEPARATOR: char = '|';

/// Joins with bars; bars and backslashes inside are escaped.
pub(super) fn join<'a>(entries: impl Iterator<Item = &'a str>, between: &str) -> String {
    let escaped = entries.map(|entry| entry.replace('\\', "\\\\").replace(SEPARATOR, "\\|"));
    escaped.collect::<Vec<_>>().join(between)
}

/// Splits at bars and line ends; a backslash that escapes neither a bar nor itself stands for itself.
pub(super) fn split(cell: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut rest = cell.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = if c == '\\' { rest.next_if(|&next| next == SEPARATOR || next == '\\') } else { None };
        match (escaped, entries.last_mut()) {
            (Some(escaped), Some(entry)) => entry.push(escaped),
            (None, _) if matches!(c, SEPARATOR | '\n' | '\r') => entries.push(String::new()),
            (None, Some(entry)) => entry.push(c),
            (_, None) => {}
        }
    }
    entries.iter().map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}

/// Puts a `'` before what a spreadsheet would take for a formula, and before what already has one there.
pub fn guarded(cell: &str) -> String {
    if is_formula_like(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The inverse of [`guarded`].
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula_like(rest) => rest,
        _ => cell,
    }
}

fn is_formula_like(cell: &str) -> bool {
    // Full-width signs count too: East Asian spreadsheets take them for the narrow ones.
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches('\'').starts_with(signs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_guarded() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+86 10", "'+86 10"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("'quoted'", "'quoted'"),
            ("1-1", "1-1"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
    }

    #[test]
    fn lists_split_at_bars_and_lines() {
        assert_eq!(split(" a | b\nc\r\n\n|d\\|e|f\\\\|g\\h"), ["a", "b", "c", "d|e", "f\\", "g\\h"]);
        assert_eq!(split(""), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn guard_and_back(cell in "['=+@\\-\t＝a]{0,6}") {
            let there = guarded(&cell);
            prop_assert_eq!(unguarded(&there), cell);
        }

        #[test]
        fn lists_and_back(entries in prop::collection::vec("[a-c|\\\\]{1,6}", 0..6)) {
            prop_assert_eq!(split(&join(entries.iter().map(String::as_str), " | ")), entries);
        }
    }
}
