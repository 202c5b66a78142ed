//! Articles as one Markdown file: a heading for each question, a small block of fields, and the answer.

use std::fmt::Write;

use domain::{article::ArticleDraft, language::Language};

use super::{
    Conventions, ExchangeError,
    columns::Column,
    gathering::Gathering,
    report::ImportReport,
    table::{Fields, add_fields, text_of},
};

const HEADING: &str = "## ";
const LIST_ENTRY: &str = "- ";

pub(super) fn import(text: &str, conventions: &Conventions) -> Result<ImportReport, ExchangeError> {
    let mut gathering = Gathering::default();
    let lines: Vec<&str> = text.lines().collect();
    let headings: Vec<usize> = (0..lines.len()).filter(|&at| is_heading(lines[at])).collect();
    for (index, &start) in headings.iter().enumerate() {
        let end = headings.get(index + 1).copied().unwrap_or(lines.len());
        let fields = read_section(&lines[start..end]);
        add_fields(&mut gathering, start + 1, &fields, conventions)?;
    }
    Ok(gathering.into_report())
}

fn is_heading(line: &str) -> bool {
    line.starts_with(HEADING) || line == HEADING.trim_end()
}

fn read_section(lines: &[&str]) -> Fields {
    let mut fields = Fields::default();
    let (heading, mut rest) = lines.split_first().map_or(("", lines), |(heading, rest)| (*heading, rest));
    fields.set(Column::Question, heading.trim_start_matches('#').trim_start());
    if let Some(first) = rest.iter().position(|line| !line.trim().is_empty()).filter(|&at| field_of(rest[at]).is_some())
    {
        rest = &rest[first..];
    }
    while let Some((column, value)) = rest.first().and_then(|line| field_of(line)) {
        rest = &rest[1..];
        let mut value = value.to_owned();
        while let Some(entry) = rest.first().and_then(|line| line.trim_start().strip_prefix(LIST_ENTRY)) {
            // Entries stand alone on their line, so a bar in them is only a bar.
            value = format!("{value}\n{}", entry.replace('\\', "\\\\").replace('|', "\\|"));
            rest = &rest[1..];
        }
        fields.set(column, value);
    }
    let answer: Vec<&str> = rest.iter().map(|line| unescaped(line)).collect();
    fields.set(Column::Answer, answer.join("\n"));
    fields
}

/// `name: value` with a known name, other than the two that stand elsewhere.
fn field_of(line: &str) -> Option<(Column, &str)> {
    let (name, value) = line.split_once([':', '：'])?;
    let column = Column::from_heading(name)?;
    (!matches!(column, Column::Question | Column::Answer)).then_some((column, value.trim()))
}

/// A line of an answer that would be taken for a heading gets a backslash, as Markdown has it.
fn escaped(line: &str) -> String {
    if is_heading(line.trim_start_matches('\\')) { format!("\\{line}") } else { line.to_owned() }
}

fn unescaped(line: &str) -> &str {
    match line.strip_prefix('\\') {
        Some(rest) if is_heading(rest.trim_start_matches('\\')) => rest,
        _ => line,
    }
}

pub(super) fn export(drafts: &[ArticleDraft], conventions: &Conventions) -> String {
    let mut text = String::new();
    for draft in drafts {
        for language in Language::ALL {
            if draft.wording(language).is_some() {
                write_section(&mut text, draft, language, conventions);
            }
        }
    }
    text
}

fn write_section(text: &mut String, draft: &ArticleDraft, language: Language, conventions: &Conventions) {
    let Some(wording) = draft.wording(language) else {
        return;
    };
    // Writing to a string can't fail.
    let mut line = |line: std::fmt::Arguments<'_>| _ = writeln!(text, "{line}");
    line(format_args!("{HEADING}{}", wording.question));
    for column in Column::ALL {
        if matches!(column, Column::Question | Column::Answer | Column::Aliases) {
            continue;
        }
        let value = text_of(draft, language, wording, column, conventions);
        if !value.is_empty() {
            line(format_args!("{}: {value}", column.name()));
        }
    }
    if !wording.aliases.is_empty() {
        line(format_args!("{}:", Column::Aliases.name()));
        wording.aliases.iter().for_each(|alias| line(format_args!("{LIST_ENTRY}{alias}")));
    }
    line(format_args!(""));
    wording.answer.split('\n').for_each(|part| line(format_args!("{}", escaped(part))));
    line(format_args!(""));
}
