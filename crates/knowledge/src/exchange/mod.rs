//! Articles as files: CSV, XLSX, Markdown, JSON Lines and YAML, in and out. Nothing is stored here; an import
//! says which drafts it read, which rows it refused and why, in both languages.
//!
//! # Tables (CSV and XLSX)
//!
//! One row for each article and language. The first row names the columns, in English or Chinese and in any order:
//!
//! | column | Chinese | content |
//! |---|---|---|
//! | `key` | 编号 | the merchant's stable name; when the file has no such column it is derived from the question |
//! | `category` | 分类 | free text |
//! | `language` | 语言 | `zh` or `en` (also 中文, 英文, `zh-CN`, …); guessed from the question when there is no such column |
//! | `question` | 问题 | needed |
//! | `aliases` | 相似问法 | other ways to ask, separated by a vertical bar or by lines; `\|` is a bar, `\\` a backslash |
//! | `answer` | 答案 | needed; Markdown |
//! | `valid_from` | 生效日期 | a date (`2026-11-01`, `2026/11/1`, `2026年11月1日`) or a moment (`2026-11-01T08:00`, RFC 3339) |
//! | `valid_until` | 失效日期 | the first day or moment at which it no longer holds |
//! | `products` | 适用商品 | the shop's product keys, separated like aliases |
//! | `categories` | 适用类目 | the shop's category keys, separated like aliases |
//!
//! Rows with the same key and different languages become one draft. When one row of a key is refused, all of
//! them are, so that an import never silently drops a language. CSV may be UTF-8 (with or without a byte order
//! mark), UTF-16 with one, or GB18030 (which includes GBK), separated by comma, semicolon or tab. Cells that a
//! spreadsheet would take for a formula are written with a `'` in front, and read without it.
//!
//! # Markdown
//!
//! One file with many articles. Text before the first `## ` is ignored. In an answer a line that begins with
//! `## ` is written `\## `.
//!
//! ```text
//! ## 怎么申请退货？
//! key: return-how-to
//! language: zh
//! category: returns
//! products: kettle | tent
//! aliases:
//! - 退货在哪点
//! - 东西不想要了
//!
//! 在「我的订单」里点「申请售后」。
//! ```
//!
//! # JSON Lines and YAML
//!
//! One record for each article, `{key, category, scope: {products, categories}, valid_from, valid_until,
//! zh: {question, aliases, answer}, en: {…}}`, a line each, or as a YAML list.
//!
//! # Round trips
//!
//! Exporting writes the canonical form of a draft ([`canonical`]): texts trimmed, names and questions on one
//! line, no control characters, no empty list entries. Reading an export gives exactly that form back.

mod canonical;
mod cells;
mod columns;
mod csv;
mod dates;
mod encoding;
mod gathering;
mod markdown;
mod records;
mod report;
mod table;
mod xlsx;

pub use canonical::canonical;
pub use cells::guarded;
pub use report::{Accepted, ImportReport, ImportWarning, RejectedRow, Rule};

use domain::{article::ArticleDraft, language::Language};

/// A table of 100,000 short articles in two languages fits; more belongs into several files.
pub const MAX_FILE_BYTES: usize = 64 << 20;
/// 100,000 articles in two languages: what one index is measured with.
pub const MAX_ROWS: usize = 200_000;
/// An XLSX file may unpack to this; a packed bomb is refused before anything is parsed.
pub const MAX_UNPACKED_BYTES: u64 = 256 << 20;
/// Cells further right are ignored: ten columns are known, and a stray cell must cost nothing.
pub const MAX_COLUMNS: usize = 64;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// An Excel workbook; the first sheet counts.
    Xlsx,
    /// One Markdown file with many articles.
    Markdown,
    /// A JSON object on each line.
    Jsonl,
    /// A YAML list.
    Yaml,
}

impl Format {
    /// All of them, in the order a menu shows them.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Csv, Self::Markdown, Self::Jsonl, Self::Yaml];

    /// Without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Markdown => "md",
            Self::Jsonl => "jsonl",
            Self::Yaml => "yaml",
        }
    }

    /// For a `Content-Type` header.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Jsonl => "application/jsonl; charset=utf-8",
            Self::Yaml => "application/yaml; charset=utf-8",
        }
    }

    /// `stem.extension`.
    pub fn file_name(self, stem: &str) -> String {
        format!("{stem}.{}", self.extension())
    }

    /// By the name's extension; `None` for files of other kinds.
    pub fn from_file_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "md" | "markdown" => Some(Self::Markdown),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// How dates and headings are written and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conventions {
    /// Days begin at midnight this far east of UTC.
    pub utc_offset_minutes: i32,
    /// The language of column names that are written. Both are always read.
    pub headings: Language,
}

impl Default for Conventions {
    /// China's time and Chinese headings.
    fn default() -> Self {
        Self { utc_offset_minutes: 8 * 60, headings: Language::Zh }
    }
}

/// Why a whole file couldn't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// More than [`MAX_FILE_BYTES`].
    #[error("the file is larger than {MAX_FILE_BYTES} bytes")]
    FileTooLarge,
    /// More than [`MAX_ROWS`].
    #[error("the file has more than {MAX_ROWS} rows")]
    TooManyRows,
    /// More than [`MAX_UNPACKED_BYTES`].
    #[error("the workbook unpacks to more than {MAX_UNPACKED_BYTES} bytes")]
    UnpacksTooLarge,
    /// Neither UTF-8, UTF-16 nor GB18030.
    #[error("the text is in an unknown encoding")]
    UnknownEncoding,
    /// The table names no question or no answer column.
    #[error("the column `{0}` is missing")]
    MissingColumn(&'static str),
    /// The file isn't a workbook, or a broken one.
    #[error("the workbook can't be read")]
    Workbook(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file isn't YAML, or not a list.
    #[error("the YAML can't be read")]
    Yaml(#[source] serde_yaml_ng::Error),
    /// The drafts don't fit the format, such as a cell longer than a workbook allows.
    #[error("the file can't be written")]
    Write(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Reads a file into drafts. Rows that break a rule are in the report; only a file that can't be read at all fails.
pub fn import(format: Format, bytes: &[u8], conventions: &Conventions) -> Result<ImportReport, ExchangeError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ExchangeError::FileTooLarge);
    }
    match format {
        Format::Csv => csv::import(&encoding::decode(bytes)?, conventions),
        Format::Xlsx => xlsx::import(bytes, conventions),
        Format::Markdown => markdown::import(&encoding::decode(bytes)?, conventions),
        Format::Jsonl => records::import_lines(&encoding::decode(bytes)?, conventions),
        Format::Yaml => records::import_yaml(&encoding::decode(bytes)?, conventions),
    }
}

/// Writes drafts, in their canonical form, as a file.
pub fn export(format: Format, drafts: &[ArticleDraft], conventions: &Conventions) -> Result<Vec<u8>, ExchangeError> {
    let drafts: Vec<ArticleDraft> = drafts.iter().map(canonical).collect();
    match format {
        Format::Csv => csv::export(&drafts, conventions),
        Format::Xlsx => xlsx::export(&drafts, conventions),
        Format::Markdown => Ok(markdown::export(&drafts, conventions).into_bytes()),
        Format::Jsonl => records::export_lines(&drafts, conventions),
        Format::Yaml => records::export_yaml(&drafts, conventions),
    }
}
