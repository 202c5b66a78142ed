//! What an import did, row by row, in words a merchant can act on.

use domain::{
    article::{ArticleDraft, DraftFault, DraftRule},
    language::{Bilingual, Language},
};
use serde::Serialize;

/// A draft that was read, and the row where it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The row of a table (its heading is row 1), the line of a text, or the item of a YAML list.
    pub row: usize,
    /// In canonical form, without faults.
    pub draft: ArticleDraft,
}

/// A row that was not taken, with one reason; a row can be listed several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedRow {
    /// As in [`Accepted::row`].
    pub row: usize,
    /// The column or field at fault.
    pub field: String,
    /// The stable code of the reason.
    pub rule: Rule,
    /// The reason in Chinese.
    pub message_zh: String,
    /// The reason in English.
    pub message_en: String,
}

/// Something that was overlooked on purpose and may surprise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportWarning {
    /// The column or field it is about.
    pub field: String,
    /// The stable code.
    pub rule: Rule,
    /// In Chinese.
    pub message_zh: String,
    /// In English.
    pub message_en: String,
}

/// What an import read and refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// In the order of the file.
    pub accepted: Vec<Accepted>,
    /// In the order of the file.
    pub rejected: Vec<RejectedRow>,
    /// About the file as a whole.
    pub warnings: Vec<ImportWarning>,
}

/// Why a row was refused or a warning given. The serialised names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A needed text is empty.
    Empty,
    /// A text is longer than its limit.
    TooLong,
    /// A list has more entries than its limit.
    TooMany,
    /// There is no wording in any language.
    NoLanguage,
    /// The end isn't later than the start.
    EndsBeforeStart,
    /// Not a date or a moment.
    BadDate,
    /// Not a language the desk speaks.
    UnknownLanguage,
    /// The key already has a wording in this language.
    Duplicate,
    /// Another row of the same key says something else.
    Conflict,
    /// Another row of the same key was refused.
    SiblingRejected,
    /// Not the record it should be.
    Malformed,
    /// Warning: the column isn't known and was ignored.
    UnknownColumn,
    /// Warning: there was no key column, so keys were derived from the questions.
    KeysDerived,
}

impl Rule {
    /// The reason in words.
    pub fn message(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Empty => ("不能为空", "must not be empty"),
            Self::TooLong => ("超过长度上限", "is too long"),
            Self::TooMany => ("条数超过上限", "has too many entries"),
            Self::NoLanguage => {
                ("至少需要一种语言的问题和答案", "needs a question and an answer in at least one language")
            }
            Self::EndsBeforeStart => ("失效时间必须晚于生效时间", "must be later than the start"),
            Self::BadDate => ("不是有效的日期，请写成 2026-11-01", "is not a date; write it as 2026-11-01"),
            Self::UnknownLanguage => ("语言只能是 zh 或 en", "must be zh or en"),
            Self::Duplicate => ("同一编号和语言已经出现过", "has appeared before with this key and language"),
            Self::Conflict => ("与同一编号的其他行不一致", "differs from another row with the same key"),
            Self::SiblingRejected => {
                ("同一编号的其他行有错误，整条未导入", "another row with the same key was refused")
            }
            Self::Malformed => ("内容格式不正确", "is not in the expected form"),
            Self::UnknownColumn => ("未知的列，已忽略", "is not a known column and was ignored"),
            Self::KeysDerived => {
                ("没有编号列，已根据问题生成编号", "no key column; keys were derived from the questions")
            }
        };
        Bilingual::new(zh, en)
    }
}

impl From<DraftRule> for Rule {
    fn from(rule: DraftRule) -> Self {
        match rule {
            DraftRule::Empty => Self::Empty,
            DraftRule::TooLong => Self::TooLong,
            DraftRule::TooMany => Self::TooMany,
            DraftRule::NoLanguage => Self::NoLanguage,
            DraftRule::EndsBeforeStart => Self::EndsBeforeStart,
        }
    }
}

/// A reason before it is tied to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) field: String,
    pub(super) rule: Rule,
}

impl Fault {
    pub(super) fn new(field: impl Into<String>, rule: Rule) -> Self {
        Self { field: field.into(), rule }
    }

    pub(super) fn rejects(self, row: usize) -> RejectedRow {
        let Bilingual { zh, en } = self.rule.message();
        RejectedRow { row, field: self.field, rule: self.rule, message_zh: zh, message_en: en }
    }

    pub(super) fn warns(self) -> ImportWarning {
        let message = self.rule.message();
        let in_language = |language: Language| message.in_language(language).to_owned();
        let (message_zh, message_en) = (in_language(Language::Zh), in_language(Language::En));
        ImportWarning { field: self.field, rule: self.rule, message_zh, message_en }
    }
}

impl From<DraftFault> for Fault {
    fn from(fault: DraftFault) -> Self {
        Self::new(fault.field, fault.rule.into())
    }
}
