//! Articles as comma-separated values, written so that Excel opens them as UTF-8.

use domain::article::ArticleDraft;

use super::{Conventions, ExchangeError, cells, columns::Column, report::ImportReport, table};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn import(text: &str, conventions: &Conventions) -> Result<ImportReport, ExchangeError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter_of(text))
        .from_reader(text.as_bytes());
    let mut table = table::TableReader::new(conventions);
    // Decoded text can't fail to be read; a stray quote is taken as it stands.
    for (index, record) in reader.records().map_while(Result::ok).enumerate() {
        table.read(index + 1, &record)?;
    }
    table.into_report()
}

/// The separator that the heading has most of; no known heading contains any.
fn delimiter_of(text: &str) -> u8 {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| heading.bytes().filter(|&byte| byte == delimiter).count();
    [b';', b'\t', b','].into_iter().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

pub(super) fn export(drafts: &[ArticleDraft], conventions: &Conventions) -> Result<Vec<u8>, ExchangeError> {
    let failed = |error: csv::Error| ExchangeError::Write(error.into());
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(Column::ALL.map(|column| column.heading(conventions.headings))).map_err(failed)?;
    for row in drafts.iter().flat_map(|draft| table::rows_of(draft, conventions)) {
        writer.write_record(row.map(|cell| cells::guarded(&cell))).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ExchangeError::Write(error.to_string().into()))
}
