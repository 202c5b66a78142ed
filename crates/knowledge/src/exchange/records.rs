//! Articles as records: a JSON object on each line, or a YAML list (the form of the demo shop's content).

use std::collections::BTreeMap;

use domain::{
    article::{ArticleDraft, Scope, Wording},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use super::{
    Conventions, ExchangeError, canonical, dates,
    gathering::Gathering,
    report::{Fault, ImportReport, Rule},
};

/// Fields of the demo content that mean something to others only.
const OVERLOOKED_FIELDS: [&str; 1] = ["topics"];

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    #[serde(default)]
    key: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    category: String,
    #[serde(default, skip_serializing_if = "Scope::is_everywhere")]
    scope: Scope,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_until: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zh: Option<Wording>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<Wording>,
    #[serde(flatten, skip_serializing)]
    unknown: BTreeMap<String, serde_json::Value>,
}

impl Record {
    fn of(draft: &ArticleDraft, conventions: &Conventions) -> Self {
        let date = |time: Option<Timestamp>| time.map(|time| dates::format(time, conventions));
        Self {
            key: draft.key.clone(),
            category: draft.category.clone(),
            scope: draft.scope.clone(),
            valid_from: date(draft.valid_from),
            valid_until: date(draft.valid_until),
            zh: draft.zh.clone(),
            en: draft.en.clone(),
            unknown: BTreeMap::new(),
        }
    }

    fn gather(self, row: usize, gathering: &mut Gathering, conventions: &Conventions) -> Result<(), ExchangeError> {
        for field in self.unknown.into_keys().filter(|field| !OVERLOOKED_FIELDS.contains(&field.as_str())) {
            gathering.warn(Fault::new(field, Rule::UnknownColumn));
        }
        let mut faults = Vec::new();
        let mut date = |field: &str, text: Option<String>| {
            let text = text?;
            let date = dates::parse(&text, conventions);
            if date.is_none() {
                faults.push(Fault::new(field, Rule::BadDate));
            }
            date
        };
        let part = ArticleDraft {
            key: self.key,
            category: self.category,
            scope: self.scope,
            valid_from: date("valid_from", self.valid_from),
            valid_until: date("valid_until", self.valid_until),
            zh: self.zh,
            en: self.en,
        };
        gathering.add(row, canonical(&part), faults)
    }
}

pub(super) fn import_lines(text: &str, conventions: &Conventions) -> Result<ImportReport, ExchangeError> {
    let mut gathering = Gathering::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Record>(line) {
            Ok(record) => record.gather(index + 1, &mut gathering, conventions)?,
            Err(_) => gathering.refuse(index + 1, Fault::new("record", Rule::Malformed))?,
        }
    }
    Ok(gathering.into_report())
}

pub(super) fn import_yaml(text: &str, conventions: &Conventions) -> Result<ImportReport, ExchangeError> {
    let mut gathering = Gathering::default();
    let items: Option<Vec<serde_yaml_ng::Value>> = serde_yaml_ng::from_str(text).map_err(ExchangeError::Yaml)?;
    for (index, item) in items.unwrap_or_default().into_iter().enumerate() {
        match serde_yaml_ng::from_value::<Record>(item) {
            Ok(record) => record.gather(index + 1, &mut gathering, conventions)?,
            Err(_) => gathering.refuse(index + 1, Fault::new("record", Rule::Malformed))?,
        }
    }
    Ok(gathering.into_report())
}

pub(super) fn export_lines(drafts: &[ArticleDraft], conventions: &Conventions) -> Result<Vec<u8>, ExchangeError> {
    let mut bytes = Vec::new();
    for draft in drafts {
        let record = Record::of(draft, conventions);
        serde_json::to_writer(&mut bytes, &record).map_err(|error| ExchangeError::Write(error.into()))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

pub(super) fn export_yaml(drafts: &[ArticleDraft], conventions: &Conventions) -> Result<Vec<u8>, ExchangeError> {
    let records: Vec<Record> = drafts.iter().map(|draft| Record::of(draft, conventions)).collect();
    let text = serde_yaml_ng::to_string(&records).map_err(|error| ExchangeError::Write(error.into()))?;
    Ok(text.into_bytes())
}
