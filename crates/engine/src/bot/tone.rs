//! How a shop sounds: warmth, form of address, emoji, and lines around answers. It dresses what the desk itself says;
//! facts are never touched, and a line may state none.

use domain::{
    conversation::ReplyKind,
    language::{Bilingual, Language},
};
use serde::{Deserialize, Serialize};

use super::{draft::Draft, guard::unsupported, texts, understand::Social};
use crate::bot::guard::Evidence;

/// A line longer than this is an announcement.
pub const LINE_CHARS_MAX: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warmth {
    /// Polite and short.
    #[default]
    Plain,
    Warm,
    /// 亲, as on marketplaces.
    Dear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// 您
    #[default]
    Formal,
    /// 你
    Familiar,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tone {
    pub warmth: Warmth,
    pub address: Address,
    /// Only in small talk.
    pub emoji: bool,
    /// Before the first answer of a conversation.
    pub opening: Bilingual,
    /// After an answer.
    pub closing: Bilingual,
    /// After thanks and goodbyes, such as the shop's name.
    pub sign_off: Bilingual,
}

/// Why a tone can't be saved; `field` as in the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{field}: {rule}")]
pub struct ToneFault {
    pub field: &'static str,
    /// `one_language`, `too_long`, `several_lines`, `states_facts` or `emoji`.
    pub rule: &'static str,
}

impl Tone {
    /// A line stands in both languages or in none, is short, and states nothing that would need a source.
    pub fn check(&self) -> Result<(), ToneFault> {
        for (field, line) in [("opening", &self.opening), ("closing", &self.closing), ("sign_off", &self.sign_off)] {
            let fault = |rule| Err(ToneFault { field, rule });
            if line.zh.trim().is_empty() != line.en.trim().is_empty() {
                return fault("one_language");
            }
            for text in [&line.zh, &line.en] {
                if text.chars().count() > LINE_CHARS_MAX {
                    return fault("too_long");
                }
                if text.contains(['\n', '\r']) {
                    return fault("several_lines");
                }
                if !unsupported(text, &Evidence::default()).is_empty() {
                    return fault("states_facts");
                }
                if !self.emoji && text.chars().any(is_emoji) {
                    return fault("emoji");
                }
            }
        }
        Ok(())
    }

    /// As it may be used: a tone that breaks the rules, by hand or from before them, is the plain one.
    pub fn usable(&self) -> Self {
        match self.check() {
            Ok(()) => self.clone(),
            Err(fault) => {
                tracing::warn!(%fault, "the shop's tone is not used");
                Self::default()
            }
        }
    }

    /// Small talk in this tone.
    pub fn social(&self, kind: Social, language: Language) -> String {
        let mut text = match self.warmth {
            Warmth::Plain => texts::social(kind, language),
            Warmth::Warm => texts::social_warm(kind, language),
            Warmth::Dear => texts::social_dear(kind, language),
        }
        .to_owned();
        if self.address == Address::Familiar {
            text = text.replace('您', "你");
        }
        let ends = matches!(kind, Social::Thanks | Social::Goodbye);
        let sign_off = self.sign_off.in_language(language).trim();
        if ends && !sign_off.is_empty() {
            text = format!("{text} {sign_off}");
        }
        if self.emoji {
            text = format!("{text} {}", emoji(kind));
        }
        text
    }

    /// Puts the shop's lines around an answer; the answer itself stays as it is.
    pub fn dress(&self, draft: &mut Draft, language: Language, is_first: bool) {
        if draft.kind != ReplyKind::Answered {
            return;
        }
        let opening = self.opening.in_language(language).trim();
        let closing = self.closing.in_language(language).trim();
        if is_first && !opening.is_empty() {
            draft.body.text = format!("{opening}\n{}", draft.body.text);
        }
        // Buttons are what the shopper should see last.
        if !closing.is_empty() && draft.body.quick_replies.is_empty() {
            draft.body.text = format!("{}\n{closing}", draft.body.text);
        }
    }
}

const fn emoji(kind: Social) -> &'static str {
    match kind {
        Social::Greeting => "😊",
        Social::Thanks => "🌷",
        Social::Goodbye => "👋",
        Social::Confirm => "👌",
    }
}

const fn is_emoji(symbol: char) -> bool {
    matches!(symbol, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_warmth_speaks_both_languages() {
        let mut heard = std::collections::HashSet::new();
        for warmth in [Warmth::Plain, Warmth::Warm, Warmth::Dear] {
            let tone = Tone { warmth, ..Tone::default() };
            for kind in [Social::Greeting, Social::Thanks, Social::Goodbye, Social::Confirm] {
                for language in Language::ALL {
                    let text = tone.social(kind, language);
                    assert_eq!(unsupported(&text, &Evidence::default()), [], "{text}");
                    assert!(heard.insert(text.clone()), "{text}");
                }
            }
        }
        let dear = Tone { warmth: Warmth::Dear, emoji: true, ..Tone::default() };
        assert!(dear.social(Social::Greeting, Language::Zh).starts_with('亲'));
        let familiar = Tone { address: Address::Familiar, ..Tone::default() };
        assert!(!familiar.social(Social::Greeting, Language::Zh).contains('您'));
    }

    #[test]
    fn lines_state_no_facts() {
        let line = |zh: &str, en: &str| {
            Tone { closing: Bilingual::new(zh, en), ..Tone::default() }.check().map_err(|fault| fault.rule)
        };
        assert_eq!(line("祝您生活愉快", "Have a nice day"), Ok(()));
        assert_eq!(line("祝您生活愉快", ""), Err("one_language"));
        assert_eq!(line("全场 8 折", "20% off everything"), Err("states_facts"));
        assert_eq!(line("加微信领券", "Add me on WeChat"), Err("states_facts"));
        assert_eq!(line("保证满意", "We guarantee it"), Err("states_facts"));
        assert_eq!(line("看 shop.example.com", "see shop.example.com"), Err("states_facts"));
        assert_eq!(line("好的😊", "Fine😊"), Err("emoji"));
        assert_eq!(line(&"好".repeat(61), "fine"), Err("too_long"));
    }

    #[test]
    fn answers_are_dressed_and_facts_left_alone() {
        let tone = Tone {
            opening: Bilingual::new("亲，您好！", "Hi!"),
            closing: Bilingual::new("还有问题随时找我", "Just ask"),
            ..Tone::default()
        };
        let mut draft = Draft::new(ReplyKind::Answered, "运费 8 元。", Evidence::default());
        tone.dress(&mut draft, Language::Zh, true);
        assert_eq!(draft.body.text, "亲，您好！\n运费 8 元。\n还有问题随时找我");
        let mut question = Draft::new(ReplyKind::Clarified, "哪一个？", Evidence::default());
        tone.dress(&mut question, Language::Zh, true);
        assert_eq!(question.body.text, "哪一个？");
    }
}
