//! Articles as an Excel workbook. Cells are read as a stream, because one far-off cell in a hostile file would
//! otherwise make a table of billions.

use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use domain::article::ArticleDraft;
use rust_xlsxwriter::{Format, Workbook};

use super::{
    Conventions, ExchangeError, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES, cells, columns::Column,
    report::ImportReport, table,
};

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ExchangeError {
    ExchangeError::Workbook(error.into())
}

pub(super) fn import(bytes: &[u8], conventions: &Conventions) -> Result<ImportReport, ExchangeError> {
    check_unpacked_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = workbook.sheet_names().into_iter().next().ok_or_else(|| broken("it has no sheet"))?;
    let mut reader = workbook.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut table = table::TableReader::new(conventions);
    let mut row: Vec<String> = Vec::new();
    let mut row_index = 0;
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (at_row, at_column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        if at_row != row_index {
            table.read(row_index + 1, row.iter().map(String::as_str))?;
            row.clear();
            row_index = at_row;
        }
        // Twice the rows: blank ones between are no articles.
        if at_row > 2 * MAX_ROWS {
            return Err(ExchangeError::TooManyRows);
        }
        if at_column < MAX_COLUMNS {
            row.resize(row.len().max(at_column + 1), String::new());
            row[at_column] = text_of(cell.get_value());
        }
    }
    table.read(row_index + 1, row.iter().map(String::as_str))?;
    table.into_report()
}

/// Unpacks everything once into nothing, because the sizes that the file states may be lies.
fn check_unpacked_size(bytes: &[u8]) -> Result<(), ExchangeError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(broken)?;
        let unpacked = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).map_err(broken)?;
        left = left.checked_sub(unpacked).ok_or(ExchangeError::UnpacksTooLarge)?;
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Rust prints whole floats without a fraction, as Excel shows them.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(serial) => date_text(serial),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Excel keeps local time, so the text has no offset either.
fn date_text(serial: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, ms) = serial.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}")
}

pub(super) fn export(drafts: &[ArticleDraft], conventions: &Conventions) -> Result<Vec<u8>, ExchangeError> {
    write(drafts, conventions).map_err(|error| ExchangeError::Write(error.into()))
}

fn write(drafts: &[ArticleDraft], conventions: &Conventions) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    sheet.set_freeze_panes(1, 0)?;
    for (index, column) in Column::ALL.into_iter().enumerate() {
        let width = match column {
            Column::Question | Column::Aliases => 36.0,
            Column::Answer => 72.0,
            _ => 16.0,
        };
        sheet.set_column_width(index as u16, width)?;
        sheet.write_string_with_format(0, index as u16, column.heading(conventions.headings), &bold)?;
    }
    let rows = drafts.iter().flat_map(|draft| table::rows_of(draft, conventions));
    for (row, cells) in rows.enumerate() {
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row as u32 + 1, index as u16, cells::guarded(cell), &wrapped)?;
        }
    }
    workbook.save_to_buffer()
}
