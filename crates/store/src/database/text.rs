//! Reading what columns hold, and making patterns to search them.

use std::error::Error;

use domain::language::Language;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Result, StoreError};

pub(crate) fn corrupt(what: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Corrupt { what, source: source.into() }
}

/// An id or a word from a column.
pub(crate) fn parse<T>(what: &'static str, text: &str) -> Result<T>
where
    T: std::str::FromStr<Err: Into<Box<dyn Error + Send + Sync>>>,
{
    text.parse().map_err(|error: T::Err| corrupt(what, error))
}

pub(crate) fn language(what: &'static str, text: &str) -> Result<Language> {
    Language::from_tag(text).ok_or_else(|| corrupt(what, "unknown language"))
}

pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| corrupt(what, error))
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Refused(error.into()))
}

/// A pattern for `LIKE … ESCAPE '\'` that matches texts containing exactly `text`.
pub(crate) fn contains(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// A change to a row that has gone meanwhile is a conflict.
pub(crate) fn one_changed(rows: u64) -> Result<()> {
    if rows == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_they_say() {
        assert_eq!(contains("100%_\\x"), "%100\\%\\_\\\\x%");
    }
}
