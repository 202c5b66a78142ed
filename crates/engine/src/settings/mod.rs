//! What a merchant sets per shop. Stored as JSON with the shop; every field has a default.

mod save;

use domain::language::Bilingual;
use serde::{Deserialize, Serialize};
use store::Shop;

use crate::error::{DeskError, Result};

pub use save::{BotSettings, save_bot};
pub(crate) use save::{change, tidy};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopSettings {
    pub greeting: Bilingual,
    pub suggestions: Suggestions,
    /// The widget's accent colour, `#rrggbb`.
    pub accent: String,
    /// IANA name of the zone in which business hours are meant.
    pub time_zone: String,
    /// Minutes after midnight at which people start and stop serving.
    pub opens_minute: u16,
    pub closes_minute: u16,
    /// Chance of being right an article needs for the bot to answer from it.
    pub answer_chance: f32,
    /// What is promised of the answers the bot gives alone; once certified, its chance replaces `answer_chance`.
    pub guarantee: crate::review::Terms,
    /// When the bot hands over, besides what it always does.
    pub handoff: crate::handoff::Terms,
    /// Chance that one of a few articles is right from which they are offered as a choice.
    pub choice_chance: f32,
    /// Cosine an article needs instead, while there are too few phrasings to judge chances.
    pub answer_threshold: crate::bot::Threshold,
    /// Runners-up this close to the best are offered as a choice.
    pub clarify_margin: f32,
    /// How the bot sounds.
    pub tone: crate::bot::tone::Tone,
    /// Words that are never said, besides the shipped rules.
    pub banned_words: Vec<String>,
    /// Where the shop sells, and whom and what the rules of compliance know besides.
    pub compliance: crate::compliance::Choice,
    /// Hosts the bot may always link to, such as the shop's own; other links must stand in an article.
    pub link_hosts: Vec<String>,
    /// What the bot may do to orders without a person.
    pub bot_may: crate::actions::BotMay,
    /// How long a shopper may wait for people.
    pub service_levels: crate::deadlines::ServiceLevels,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Suggestions {
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

impl Default for ShopSettings {
    fn default() -> Self {
        Self {
            greeting: Bilingual::new(
                "您好，我是智能客服，可以查订单、查物流、解答商品和售后问题；您也可以随时转人工。",
                "Hi, I'm the shop's assistant. I can look up orders, track parcels and answer questions; you can ask for a person at any time.",
            ),
            suggestions: Suggestions {
                zh: ["我的快递到哪了？", "怎么申请退货？", "多久发货？"].map(String::from).into(),
                en: ["Where is my parcel?", "How do I return an item?", "When will my order ship?"]
                    .map(String::from)
                    .into(),
            },
            accent: "#2f6f5e".into(),
            time_zone: "Asia/Shanghai".into(),
            opens_minute: 9 * 60,
            closes_minute: 22 * 60,
            answer_chance: crate::bot::DEFAULT_ANSWER_CHANCE,
            guarantee: crate::review::Terms::default(),
            handoff: crate::handoff::Terms::default(),
            choice_chance: crate::bot::DEFAULT_CHOICE_CHANCE,
            answer_threshold: crate::bot::DEFAULT_ANSWER_THRESHOLD,
            clarify_margin: crate::bot::DEFAULT_CLARIFY_MARGIN,
            tone: crate::bot::tone::Tone::default(),
            banned_words: Vec::new(),
            compliance: crate::compliance::Choice::default(),
            link_hosts: Vec::new(),
            bot_may: crate::actions::BotMay::default(),
            service_levels: crate::deadlines::ServiceLevels::default(),
        }
    }
}

impl ShopSettings {
    pub fn of(shop: &Shop) -> Result<Self> {
        if shop.settings.trim().is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(&shop.settings).map_err(|source| DeskError::Corrupt { what: "shop settings", source })
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
