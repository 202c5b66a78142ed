//! A report as a table for spreadsheets. What people named themselves can't become a formula.

use domain::{
    language::Language,
    measures::{Interval, Unit, Value},
};
use knowledge::exchange::guarded;
use rust_xlsxwriter::{Format, Workbook};

use super::{Figure, Report};
use crate::error::{DeskError, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Csv,
    Xlsx,
}

const COLUMNS: [(&str, &str); 9] = [
    ("范围", "scope"),
    ("指标", "measure"),
    ("单位", "unit"),
    ("数值", "value"),
    ("样本量", "n"),
    ("命中", "hits"),
    ("未决", "undecided"),
    ("下限", "low"),
    ("上限", "high"),
];
const WIDE: f64 = 26.0;

enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

/// `name_of` turns a group's id into what people call it.
pub fn file(
    report: &Report,
    kind: FileKind,
    language: Language,
    day: impl Fn(domain::time::Timestamp) -> String,
    name_of: impl Fn(&str) -> String,
) -> Result<Vec<u8>> {
    let zh = language == Language::Zh;
    let all = if zh { "全部" } else { "all" };
    let mut rows = lines(all, &report.all);
    for counts in &report.suggestions {
        let edited = counts.sent - counts.unchanged;
        rows.push(share(all, &format!("suggestions_used.{}", counts.kind), counts.used, counts.shown));
        rows.push(share(all, &format!("suggestions_edited.{}", counts.kind), edited, counts.sent));
    }
    for (group, figures) in &report.groups {
        rows.extend(lines(&name_of(group), figures));
    }
    for (begins, figures) in &report.days {
        rows.extend(lines(&day(*begins), figures));
    }
    let head: Vec<&str> = COLUMNS.iter().map(|(chinese, english)| if zh { *chinese } else { *english }).collect();
    match kind {
        FileKind::Csv => csv_of(&head, &rows),
        FileKind::Xlsx => xlsx_of(&head, &rows),
    }
    .ok_or(DeskError::Internal("a report could not be written"))
}

fn share(scope: &str, name: &str, hits: i64, of: i64) -> Vec<Cell> {
    row(scope, name, Unit::Share, &Value::rate(hits.unsigned_abs(), of.unsigned_abs()))
}

fn lines(scope: &str, figures: &[Figure]) -> Vec<Vec<Cell>> {
    figures.iter().map(|figure| line(scope, figure)).collect()
}

fn line(scope: &str, figure: &Figure) -> Vec<Cell> {
    let name = serde_json::to_value(figure.measure).ok().and_then(|name| name.as_str().map(str::to_owned));
    row(scope, &name.unwrap_or_default(), figure.measure.unit(), &figure.value)
}

fn row(scope: &str, name: &str, unit: Unit, figure: &Value) -> Vec<Cell> {
    // Seconds are what people calculate with; shares stay shares.
    let (unit, scale) = match unit {
        Unit::Share => ("share", 1.0),
        Unit::Median | Unit::Mean => ("s", 1000.0),
    };
    let number = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::Number(value / scale));
    let bound = |of: fn(Interval) -> f64| number(figure.interval.map(of));
    let count = |count: u64| Cell::Number(count as f64);
    vec![
        Cell::Text(scope.to_owned()),
        Cell::Text(name.to_owned()),
        Cell::Text(unit.to_owned()),
        number(figure.value),
        count(figure.n),
        figure.hits.map_or(Cell::Empty, count),
        count(figure.censored),
        bound(|interval| interval.low),
        bound(|interval| interval.high),
    ]
}

fn csv_of(head: &[&str], rows: &[Vec<Cell>]) -> Option<Vec<u8>> {
    // Excel takes a CSV for GBK without the mark.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(head).ok()?;
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            Cell::Text(text) => guarded(text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        });
        writer.write_record(cells).ok()?;
    }
    writer.into_inner().ok()
}

fn xlsx_of(head: &[&str], rows: &[Vec<Cell>]) -> Option<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(head) {
        sheet.write_string_with_format(0, column, *name, &bold).ok()?;
        sheet.set_column_width(column, if column < 2 { WIDE } else { WIDE / 2.0 }).ok()?;
    }
    sheet.set_freeze_panes(1, 0).ok()?;
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                // Written as a string it is never run; guarded for whoever saves it as something else.
                Cell::Text(text) => sheet.write_string(line, column, guarded(text)).map(drop).ok()?,
                Cell::Number(number) => sheet.write_number(line, column, *number).map(drop).ok()?,
                Cell::Empty => {}
            }
        }
    }
    book.save_to_buffer().ok()
}

#[cfg(test)]
mod tests {
    use domain::{measures::Measure, time::Timestamp};

    use super::*;

    fn report() -> Report {
        let figure = Figure { measure: Measure::HandoffRate, value: Value::rate(1, 4), ninth_decile_ms: None };
        Report {
            all: vec![figure.clone()],
            days: vec![(Timestamp(0), vec![figure.clone()])],
            groups: vec![("a".into(), vec![figure])],
            suggestions: vec![store::SuggestionCounts {
                kind: "article".into(),
                shown: 8,
                used: 4,
                sent: 4,
                unchanged: 3,
                edits: 5,
                chars: 90,
            }],
        }
    }

    #[test]
    fn names_of_people_are_no_formulas() {
        let evil = |_: &str| "=HYPERLINK(\"http://evil\")".to_owned();
        let csv = file(&report(), FileKind::Csv, Language::Zh, |_| "2026-11-22".into(), evil).unwrap();
        let text = String::from_utf8(csv).unwrap();
        assert!(text.starts_with("\u{feff}范围,指标"), "{text}");
        assert!(text.contains("全部,handoff_rate,share,0.25,4,1,0,"), "{text}");
        assert!(text.contains("全部,suggestions_used.article,share,0.5,8,4,0,"), "{text}");
        assert!(text.contains("全部,suggestions_edited.article,share,0.25,4,1,0,"), "{text}");
        assert!(text.contains("\"'=HYPERLINK"), "{text}");
        let xlsx = file(&report(), FileKind::Xlsx, Language::En, |_| "2026-11-22".into(), evil).unwrap();
        assert!(xlsx.starts_with(b"PK"));
    }
}
