//! Tables of any kind: from rows of cells to drafts and back.

use domain::{
    article::{ArticleDraft, Scope, Wording},
    language::Language,
    shop::{CategoryKey, ProductKey},
};

use super::{
    Conventions, ExchangeError, canonical, cells,
    columns::{Column, language_from},
    dates,
    gathering::Gathering,
    report::{Fault, ImportReport, Rule},
};
use crate::grams::has_ideographs;

/// The fields of one row or Markdown block; an absent field is empty.
#[derive(Debug, Default)]
pub(super) struct Fields {
    values: [Option<String>; Column::ALL.len()],
}

impl Fields {
    pub(super) fn set(&mut self, column: Column, value: impl Into<String>) {
        self.values[column as usize] = Some(value.into());
    }

    fn get(&self, column: Column) -> &str {
        self.values[column as usize].as_deref().unwrap_or_default()
    }

    fn is_given(&self, column: Column) -> bool {
        self.values[column as usize].is_some()
    }

    fn is_blank(&self) -> bool {
        self.values.iter().flatten().all(|value| value.trim().is_empty())
    }
}

/// Reads the heading and then row after row.
pub(super) struct TableReader {
    columns: Vec<Option<Column>>,
    gathering: Gathering,
    conventions: Conventions,
}

impl TableReader {
    pub(super) fn new(conventions: &Conventions) -> Self {
        Self { columns: Vec::new(), gathering: Gathering::default(), conventions: *conventions }
    }

    pub(super) fn read<'a>(
        &mut self,
        number: usize,
        row: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), ExchangeError> {
        if self.columns.is_empty() {
            return self.read_heading(row);
        }
        let mut fields = Fields::default();
        for (column, cell) in self.columns.iter().zip(row.into_iter().chain(std::iter::repeat(""))) {
            if let Some(column) = column {
                fields.set(*column, cells::unguarded(cell));
            }
        }
        if fields.is_blank() {
            return Ok(());
        }
        add_fields(&mut self.gathering, number, &fields, &self.conventions)
    }

    fn read_heading<'a>(&mut self, row: impl IntoIterator<Item = &'a str>) -> Result<(), ExchangeError> {
        let headings: Vec<&str> = row.into_iter().map(str::trim).collect();
        if headings.iter().all(|heading| heading.is_empty()) {
            return Ok(());
        }
        for heading in headings {
            let column = Column::from_heading(heading).filter(|column| !self.columns.contains(&Some(*column)));
            if column.is_none() && !heading.is_empty() {
                self.gathering.warn(Fault::new(heading, Rule::UnknownColumn));
            }
            self.columns.push(column);
        }
        let missing =
            [Column::Question, Column::Answer].into_iter().find(|column| !self.columns.contains(&Some(*column)));
        missing.map_or(Ok(()), |column| Err(ExchangeError::MissingColumn(column.name())))
    }

    pub(super) fn into_report(self) -> Result<ImportReport, ExchangeError> {
        if self.columns.is_empty() {
            return Err(ExchangeError::MissingColumn(Column::Question.name()));
        }
        Ok(self.gathering.into_report())
    }
}

/// Reads one row's fields as part of an article and gathers it.
pub(super) fn add_fields(
    gathering: &mut Gathering,
    row: usize,
    fields: &Fields,
    conventions: &Conventions,
) -> Result<(), ExchangeError> {
    let mut faults = Vec::new();
    let mut date = |column: Column| {
        let text = fields.get(column).trim();
        let date = dates::parse(text, conventions);
        if date.is_none() && !text.is_empty() {
            faults.push(Fault::new(column.name(), Rule::BadDate));
        }
        date
    };
    let (valid_from, valid_until) = (date(Column::ValidFrom), date(Column::ValidUntil));
    let question = fields.get(Column::Question);
    let guessed = if has_ideographs(question) { Language::Zh } else { Language::En };
    let language = if fields.is_given(Column::Language) {
        language_from(fields.get(Column::Language)).unwrap_or_else(|| {
            faults.push(Fault::new(Column::Language.name(), Rule::UnknownLanguage));
            guessed
        })
    } else {
        guessed
    };
    let mut key = fields.get(Column::Key).to_owned();
    if !fields.is_given(Column::Key) {
        gathering.warn(Fault::new(Column::Key.name(), Rule::KeysDerived));
        key = derived_key(question);
    }
    let wording = Wording {
        question: question.to_owned(),
        aliases: cells::split(fields.get(Column::Aliases)),
        answer: fields.get(Column::Answer).to_owned(),
    };
    let (zh, en) = match language {
        Language::Zh => (Some(wording), None),
        Language::En => (None, Some(wording)),
    };
    let keys = |column| cells::split(fields.get(column)).into_iter();
    let scope = Scope {
        products: keys(Column::Products).map(ProductKey).collect(),
        categories: keys(Column::Categories).map(CategoryKey).collect(),
    };
    let category = fields.get(Column::Category).to_owned();
    let part = ArticleDraft { key, category, scope, valid_from, valid_until, zh, en };
    gathering.add(row, canonical(&part), faults)
}

/// The same question always gets the same key (FNV-1a, which is stable between releases).
fn derived_key(question: &str) -> String {
    let bytes = question.trim().bytes();
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("q-{hash:016x}")
}

/// A draft's rows, one for each language, as text by column.
pub(super) fn rows_of(draft: &ArticleDraft, conventions: &Conventions) -> Vec<[String; Column::ALL.len()]> {
    let wordings = Language::ALL.into_iter().filter_map(|language| Some((language, draft.wording(language)?)));
    wordings
        .map(|(language, wording)| Column::ALL.map(|column| text_of(draft, language, wording, column, conventions)))
        .collect()
}

/// One field of a draft as text; empty when it isn't set.
pub(super) fn text_of(
    draft: &ArticleDraft,
    language: Language,
    wording: &Wording,
    column: Column,
    conventions: &Conventions,
) -> String {
    let date = |time: Option<_>| time.map(|time| dates::format(time, conventions)).unwrap_or_default();
    match column {
        Column::Key => draft.key.clone(),
        Column::Category => draft.category.clone(),
        Column::Language => language.as_str().to_owned(),
        Column::Question => wording.question.clone(),
        Column::Aliases => cells::join(wording.aliases.iter().map(String::as_str), " | "),
        Column::Answer => wording.answer.clone(),
        Column::ValidFrom => date(draft.valid_from),
        Column::ValidUntil => date(draft.valid_until),
        Column::Products => cells::join(draft.scope.products.iter().map(ProductKey::as_str), " | "),
        Column::Categories => cells::join(draft.scope.categories.iter().map(CategoryKey::as_str), " | "),
    }
}
