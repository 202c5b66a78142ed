//! What a skill is, once its file has been read.

use domain::language::{Bilingual, Language};
use serde::{Deserialize, Serialize};

use crate::{
    expression::Expression,
    shape::{self, Shape},
    template::Template,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Skill {
    pub name: String,
    pub title: Bilingual,
    pub group: Group,
    pub needs_verified: bool,
    /// Skills that a shopper wants instead of this one, never beside it.
    pub excludes: Vec<String>,
    pub examples: Examples,
    /// In the order of the file.
    pub slots: Vec<Slot>,
    pub steps: Vec<Step>,
    /// Changes with the file, so that a flow begun with another version isn't continued in the wrong place.
    pub version: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    PreSale,
    InSale,
    AfterSale,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Examples {
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

impl Examples {
    pub fn of(&self, language: Language) -> &[String] {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    pub name: String,
    pub kind: Kind,
    pub title: Bilingual,
    pub ask: Option<Template>,
    pub from: Sources,
    pub when: Option<Expression>,
    pub optional: bool,
    pub default: Option<Expression>,
    pub of: Option<String>,
    pub filter: Option<Expression>,
    pub prefer: Option<Expression>,
    pub none: Option<Template>,
    pub options: Vec<ChoiceOption>,
    pub replies: Vec<Bilingual>,
    /// Answers that only the result of a call knows.
    pub replies_from: Option<Expression>,
    pub checks: Vec<Check>,
    pub at_most: Option<usize>,
    pub tries: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sources {
    pub message: bool,
    pub focus: bool,
    pub single: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub that: Expression,
    pub say: Template,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    pub value: String,
    pub label: Bilingual,
    /// Words by which shoppers mean it.
    pub says: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Order,
    Item,
    Items,
    Product,
    Variant,
    Choice,
    Address,
    Date,
    Text,
    Picture,
    Amount,
    Phone,
    Email,
    Invoice,
    YesNo,
}

impl Kind {
    pub const ALL: [Self; 15] = [
        Self::Order,
        Self::Item,
        Self::Items,
        Self::Product,
        Self::Variant,
        Self::Choice,
        Self::Address,
        Self::Date,
        Self::Text,
        Self::Picture,
        Self::Amount,
        Self::Phone,
        Self::Email,
        Self::Invoice,
        Self::YesNo,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Item => "item",
            Self::Items => "items",
            Self::Product => "product",
            Self::Variant => "variant",
            Self::Choice => "choice",
            Self::Address => "address",
            Self::Date => "date",
            Self::Text => "text",
            Self::Picture => "picture",
            Self::Amount => "amount",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Invoice => "invoice",
            Self::YesNo => "yes_no",
        }
    }

    pub const fn shape(self) -> Shape {
        match self {
            Self::Order => shape::ORDER,
            Self::Item => shape::ITEM,
            Self::Items => shape::ITEMS,
            Self::Product => shape::PRODUCT,
            Self::Variant => shape::VARIANT,
            Self::Choice => shape::CHOICE,
            Self::Address => shape::ADDRESS,
            Self::Invoice => shape::INVOICE,
            Self::Amount => shape::MONEY,
            Self::Picture => shape::TEXTS,
            Self::Date | Self::Text | Self::Phone | Self::Email | Self::YesNo => shape::LEAF,
        }
    }

    /// What one of several candidates looks like, for kinds that have candidates.
    pub const fn candidate(self) -> Option<Shape> {
        match self {
            Self::Item | Self::Items => Some(shape::ITEM),
            Self::Order | Self::Product | Self::Variant => Some(self.shape()),
            _ => None,
        }
    }

    /// What people call it.
    pub fn title(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Order => ("订单", "order"),
            Self::Item | Self::Items | Self::Product => ("商品", "item"),
            Self::Variant => ("规格", "option"),
            Self::Choice => ("选项", "choice"),
            Self::Address => ("地址", "address"),
            Self::Date => ("日期", "date"),
            Self::Text => ("说明", "description"),
            Self::Picture => ("照片", "picture"),
            Self::Amount => ("金额", "amount"),
            Self::Phone => ("电话", "phone number"),
            Self::Email => ("邮箱", "email"),
            Self::Invoice => ("发票信息", "invoice details"),
            Self::YesNo => ("回答", "answer"),
        };
        Bilingual::new(zh, en)
    }
}

/// One step; branches are flattened into jumps when the file is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The author's `id`, or the step's key and number.
    pub id: String,
    pub does: Does,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    Fill(Vec<String>),
    Call {
        tool: String,
        with: Arguments,
        into: String,
    },
    Say(Say),
    /// Goes on with the next step, or with the one given when the condition doesn't hold.
    Branch {
        condition: Expression,
        otherwise: usize,
    },
    Jump(usize),
    Preview {
        action: String,
        with: Arguments,
        into: String,
    },
    Act(Box<Act>),
    Offer {
        say: Option<Template>,
        skills: Vec<String>,
    },
    HandOff(Template),
    End,
}

pub type Arguments = Vec<(String, Expression)>;

#[derive(Debug, Clone, PartialEq)]
pub struct Say {
    pub text: Template,
    pub cards: Vec<Expression>,
    pub replies: Vec<Reply>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub label: Bilingual,
    pub action: Option<domain::message::QuickAction>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    pub action: String,
    pub with: Arguments,
    pub confirm: Template,
    pub done: Template,
    pub declined: Option<Template>,
    pub refused: Option<Template>,
    /// What the buttons say; usually 确认 and 取消.
    pub yes: Option<Bilingual>,
    pub no: Option<Bilingual>,
}

impl Skill {
    pub fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    /// The actions it can carry out.
    pub fn actions(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match &step.does {
            Does::Act(act) => Some(act.action.as_str()),
            _ => None,
        })
    }

    /// Whether it only looks things up.
    pub fn is_read_only(&self) -> bool {
        self.actions().next().is_none()
    }

    /// Whether a shopper who wants the one no longer wants the other; it is enough that one of them says so.
    pub fn rules_out(&self, other: &Self) -> bool {
        self.excludes.contains(&other.name) || other.excludes.contains(&self.name)
    }

    /// The first step that fills a slot.
    pub fn filled_at(&self, slot: &str) -> Option<usize> {
        self.steps.iter().position(|step| matches!(&step.does, Does::Fill(slots) if slots.iter().any(|it| it == slot)))
    }
}
