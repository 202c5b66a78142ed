//! The columns of a table and the fields of a Markdown block, by all the names merchants give them.

use domain::language::Language;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Key,
    Category,
    Language,
    Question,
    Aliases,
    Answer,
    ValidFrom,
    ValidUntil,
    Products,
    Categories,
}

impl Column {
    pub(super) const ALL: [Self; 10] = [
        Self::Key,
        Self::Category,
        Self::Language,
        Self::Question,
        Self::Aliases,
        Self::Answer,
        Self::ValidFrom,
        Self::ValidUntil,
        Self::Products,
        Self::Categories,
    ];

    /// The name in reports, and the English heading.
    pub(super) const fn name(self) -> &'static str {
        self.names().0
    }

    pub(super) const fn heading(self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.names().1,
            Language::En => self.names().0,
        }
    }

    /// English heading, Chinese heading, and other names that are read.
    const fn names(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Key => ("key", "编号", &["id", "编码", "标识", "知识编号", "知识id"]),
            Self::Category => ("category", "分类", &["类别", "知识分类", "目录"]),
            Self::Language => ("language", "语言", &["lang", "locale", "语种"]),
            Self::Question => ("question", "问题", &["标准问题", "标准问", "问法", "标题", "title"]),
            Self::Aliases => {
                ("aliases", "相似问法", &["alias", "相似问题", "相似问", "同义问法", "扩展问法", "similar questions"])
            }
            Self::Answer => ("answer", "答案", &["回答", "回复", "标准答案", "答复", "内容", "reply"]),
            Self::ValidFrom => ("valid_from", "生效日期", &["生效时间", "开始日期", "开始时间", "start date", "from"]),
            Self::ValidUntil => {
                ("valid_until", "失效日期", &["失效时间", "结束日期", "到期日期", "过期时间", "end date", "until"])
            }
            Self::Products => ("products", "适用商品", &["product", "商品", "关联商品", "商品编号"]),
            Self::Categories => ("categories", "适用类目", &["类目", "商品类目", "商品分类", "适用分类"]),
        }
    }

    pub(super) fn from_heading(heading: &str) -> Option<Self> {
        let heading = simplified(heading);
        Self::ALL.into_iter().find(|column| {
            let (en, zh, others) = column.names();
            [en, zh].iter().chain(others).any(|name| simplified(name) == heading)
        })
    }
}

/// `Valid From`, `valid_from` and `valid-from` are one name.
fn simplified(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn language_from(text: &str) -> Option<Language> {
    match text.trim().to_lowercase().as_str() {
        "中文" | "汉语" | "简体中文" | "chinese" | "cn" => Some(Language::Zh),
        "英文" | "英语" | "english" => Some(Language::En),
        tag => Language::from_tag(tag),
    }
}
