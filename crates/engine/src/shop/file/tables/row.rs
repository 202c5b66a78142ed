//! One CSV table and its rows: cells by column name, read into the kinds of values the records use.

use std::{collections::HashMap, fs, path::Path};

use domain::{
    language::Bilingual,
    shop::{Attribute, Money},
    time::Timestamp,
};

use super::super::{
    super::{Outage, ShopError, money},
    FILE_BYTES_MAX, RECORDS_MAX,
};

/// Rows without a zone are the times of a Chinese shop's clock.
const ZONE_HOURS: i8 = 8;
/// Scans are the longest table: this many per record at most.
const ROWS_MAX: usize = 20 * RECORDS_MAX;

pub struct Table {
    pub name: &'static str,
    columns: HashMap<String, usize>,
    records: Vec<(usize, csv::StringRecord)>,
    /// Lines that are not CSV.
    pub broken: Vec<(usize, String)>,
}

impl Table {
    /// `None` when there is no such file; fails when a needed column is missing.
    pub fn open(folder: &Path, name: &'static str, needed: &[&str]) -> Result<Option<Self>, ShopError> {
        let file = folder.join(name);
        let unavailable = |source: std::io::Error| ShopError::unavailable_because(Outage::Storage, source);
        let bytes = match fs::metadata(&file) {
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(other) => return Err(unavailable(other)),
            Ok(found) if found.len() > FILE_BYTES_MAX => {
                return Err(ShopError::bad_answer(format!("{name}: larger than {FILE_BYTES_MAX} bytes")));
            }
            Ok(_) => fs::read(&file).map_err(unavailable)?,
        };
        Self::parse(name, bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes), needed).map(Some)
    }

    fn parse(name: &'static str, bytes: &[u8], needed: &[&str]) -> Result<Self, ShopError> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
        let header = reader.headers().map_err(|flaw| ShopError::bad_answer(format!("{name}: {flaw}")))?.clone();
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(index, column)| (column.to_lowercase(), index)).collect();
        if let Some(missing) = needed.iter().find(|column| !columns.contains_key(**column)) {
            return Err(ShopError::bad_answer(format!("{name}: the column {missing:?} is missing")));
        }
        let (mut records, mut broken) = (Vec::new(), Vec::new());
        for record in reader.records() {
            match record {
                Ok(record) => records.push((line_of(record.position()), record)),
                Err(flaw) => {
                    broken.push((line_of(flaw.position()), "not as many cells as the header, or not UTF-8".into()))
                }
            }
            if records.len() + broken.len() > ROWS_MAX {
                return Err(ShopError::bad_answer(format!("{name}: more than {ROWS_MAX} rows")));
            }
        }
        Ok(Self { name, columns, records, broken })
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|(line, record)| Row { table: self.name, line: *line, columns: &self.columns, record })
    }
}

fn line_of(position: Option<&csv::Position>) -> usize {
    position.map_or(0, |position| usize::try_from(position.line()).unwrap_or(usize::MAX))
}

pub struct Row<'a> {
    pub table: &'static str,
    pub line: usize,
    columns: &'a HashMap<String, usize>,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    /// The cell, unless it is empty or the table has no such column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.record.get(*self.columns.get(column)?).filter(|cell| !cell.is_empty())
    }

    pub fn need(&self, column: &str) -> Result<&str, String> {
        self.get(column).ok_or_else(|| format!("{column}: empty"))
    }

    pub fn text(&self, column: &str) -> String {
        self.get(column).unwrap_or_default().to_owned()
    }

    pub fn optional(&self, column: &str) -> Option<String> {
        self.get(column).map(str::to_owned)
    }

    /// `title_zh` and `title_en`; one of them serves both languages when the other is empty.
    pub fn both(&self, column: &str) -> Bilingual {
        let zh = self.get(&format!("{column}_zh"));
        let en = self.get(&format!("{column}_en"));
        Bilingual::new(zh.or(en).unwrap_or_default(), en.or(zh).unwrap_or_default())
    }

    pub fn list(&self, column: &str) -> Vec<String> {
        let cell = self.get(column).unwrap_or_default();
        cell.split([';', '；']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// `颜色 | Colour = 绿色 | Green; 尺码 | Size = M`.
    pub fn attributes(&self, column: &str) -> Result<Vec<Attribute>, String> {
        self.list(column)
            .iter()
            .map(|pair| {
                let (name, value) = pair.split_once('=').ok_or_else(|| format!("{column}: no `=` in {pair:?}"))?;
                let (name, value) = (split(name), split(value));
                let key = name.en.to_lowercase().replace(' ', "_");
                Ok(Attribute { key, name, value })
            })
            .collect()
    }

    pub fn number<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, String> {
        let parse = |cell: &str| cell.parse().map_err(|_| format!("{column}: not a whole number in range"));
        self.get(column).map(parse).transpose()
    }

    pub fn truth(&self, column: &str, usual: bool) -> Result<bool, String> {
        match self.get(column).map(str::to_lowercase).as_deref() {
            None => Ok(usual),
            Some("true" | "yes" | "1" | "是") => Ok(true),
            Some("false" | "no" | "0" | "否") => Ok(false),
            Some(_) => Err(format!("{column}: neither true nor false")),
        }
    }

    /// A decimal amount in the row's `currency`, CNY when it has none.
    pub fn amount(&self, column: &str) -> Result<Option<Money>, String> {
        let currency = self.get("currency").unwrap_or("CNY");
        let parse = |cell: &str| money::parse_decimal(cell, currency).ok_or_else(|| format!("{column}: not an amount"));
        self.get(column).map(parse).transpose()
    }

    pub fn time(&self, column: &str) -> Result<Option<Timestamp>, String> {
        let parse = |cell: &str| parse_time(cell).ok_or_else(|| format!("{column}: not a time"));
        self.get(column).map(parse).transpose()
    }
}

fn split(text: &str) -> Bilingual {
    let (zh, en) = text.split_once('|').unwrap_or((text, text));
    Bilingual::new(zh.trim(), en.trim())
}

/// RFC 3339, milliseconds since 1970, or `2026-11-22 10:30` on a clock in China.
pub fn parse_time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(ms) = text.parse::<i64>() {
        return Some(Timestamp(ms));
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(instant.as_millisecond()));
    }
    let clock: jiff::civil::DateTime = text.replace('/', "-").parse().ok()?;
    let instant = jiff::tz::offset(ZONE_HOURS).to_timestamp(clock).ok()?;
    Some(Timestamp(instant.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_three_forms() {
        let cases = [
            ("1795314600000", Some(1_795_314_600_000)),
            ("2026-11-22T02:30:00Z", Some(1_795_314_600_000)),
            ("2026-11-22T10:30:00+08:00", Some(1_795_314_600_000)),
            ("2026-11-22 10:30", Some(1_795_314_600_000)),
            ("2026/11/22 10:30:00", Some(1_795_314_600_000)),
            ("yesterday", None),
            ("", None),
        ];
        for (text, ms) in cases {
            assert_eq!(parse_time(text), ms.map(Timestamp), "{text}");
        }
    }
}
