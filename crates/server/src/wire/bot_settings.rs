//! How the bot sounds, what it never says and how far it goes alone, as the console edits it.

use std::collections::BTreeMap;

use engine::{
    actions::{self, BotMay},
    bot::tone,
    settings,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::Bilingual;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Warmth {
    /// Polite and short.
    Plain,
    Warm,
    /// 亲, as on marketplaces.
    Dear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormOfAddress {
    /// 您
    Formal,
    /// 你
    Familiar,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Tone {
    pub warmth: Warmth,
    pub address: FormOfAddress,
    /// Only in small talk.
    pub emoji: bool,
    /// Before the first answer of a conversation.
    pub opening: Bilingual,
    /// After an answer without buttons.
    pub closing: Bilingual,
    /// After thanks and goodbyes.
    pub sign_off: Bilingual,
}

/// How far the bot goes with a kind of action, within the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Alone,
    /// It prepares it, and somebody of the team confirms.
    Asks,
    /// It leaves it to people.
    Never,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BotReach {
    /// By the name of the action; those that aren't named are done alone.
    pub actions: BTreeMap<String, Reach>,
    /// A refund above it is confirmed by somebody of the team, in the currency's smallest unit; absent: no limit here.
    #[serde(default)]
    pub refund_limit: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BotSettings {
    pub tone: Tone,
    /// Never said, besides the shipped words; up to 500 of at least two characters.
    pub banned_words: Vec<String>,
    /// Hosts the bot may always link to, without `https://`.
    pub link_hosts: Vec<String>,
    pub bot_may: BotReach,
}

fn words(text: Bilingual) -> domain::language::Bilingual {
    domain::language::Bilingual::new(text.zh, text.en)
}

impl From<BotSettings> for settings::BotSettings {
    fn from(sent: BotSettings) -> Self {
        let Tone { warmth, address, emoji, opening, closing, sign_off } = sent.tone;
        let reach = |reach| match reach {
            Reach::Alone => actions::Reach::Alone,
            Reach::Asks => actions::Reach::Asks,
            Reach::Never => actions::Reach::Never,
        };
        Self {
            tone: tone::Tone {
                warmth: match warmth {
                    Warmth::Plain => tone::Warmth::Plain,
                    Warmth::Warm => tone::Warmth::Warm,
                    Warmth::Dear => tone::Warmth::Dear,
                },
                address: match address {
                    FormOfAddress::Formal => tone::Address::Formal,
                    FormOfAddress::Familiar => tone::Address::Familiar,
                },
                emoji,
                opening: words(opening),
                closing: words(closing),
                sign_off: words(sign_off),
            },
            banned_words: sent.banned_words,
            link_hosts: sent.link_hosts,
            bot_may: BotMay {
                actions: sent.bot_may.actions.into_iter().map(|(name, it)| (name, reach(it))).collect(),
                refund_limit: sent.bot_may.refund_limit,
            },
        }
    }
}

impl From<settings::BotSettings> for BotSettings {
    fn from(stored: settings::BotSettings) -> Self {
        let tone::Tone { warmth, address, emoji, opening, closing, sign_off } = stored.tone;
        let reach = |reach| match reach {
            actions::Reach::Alone => Reach::Alone,
            actions::Reach::Asks => Reach::Asks,
            actions::Reach::Never => Reach::Never,
        };
        Self {
            tone: Tone {
                warmth: match warmth {
                    tone::Warmth::Plain => Warmth::Plain,
                    tone::Warmth::Warm => Warmth::Warm,
                    tone::Warmth::Dear => Warmth::Dear,
                },
                address: match address {
                    tone::Address::Formal => FormOfAddress::Formal,
                    tone::Address::Familiar => FormOfAddress::Familiar,
                },
                emoji,
                opening: opening.into(),
                closing: closing.into(),
                sign_off: sign_off.into(),
            },
            banned_words: stored.banned_words,
            link_hosts: stored.link_hosts,
            bot_may: BotReach {
                actions: stored.bot_may.actions.into_iter().map(|(name, it)| (name, reach(it))).collect(),
                refund_limit: stored.bot_may.refund_limit,
            },
        }
    }
}
