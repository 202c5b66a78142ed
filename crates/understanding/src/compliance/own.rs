//! The rules of one merchant: a platform, and words, exceptions, competitors and hosts of their own on top.

use std::sync::Arc;

use domain::language::Bilingual;
use serde::{Deserialize, Serialize};

use super::{
    Severity,
    pack::{Extent, PlatformText},
    rules::Packs,
    words::Words,
};

/// Words of one list of a merchant: more would be a mistake.
pub const OWN_WORDS_MAX: usize = 500;
/// Shorter ones stand in every other sentence.
const WORD_CHARS_MIN: usize = 2;
/// Longer ones would never be met.
const WORD_CHARS_MAX: usize = 40;
/// The platform of who sells in a shop of their own.
pub(super) const OWN_SHOP: &str = "own_shop";

/// What a merchant chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// A platform's key.
    pub platform: String,
    pub words: Vec<String>,
    /// Never found, whatever rule they break.
    pub exceptions: Vec<String>,
    pub competitors: Vec<String>,
    /// Hosts that may be linked to.
    #[serde(skip)]
    pub hosts: Vec<String>,
}

impl Default for Terms {
    fn default() -> Self {
        let none = Vec::new;
        Self { platform: OWN_SHOP.into(), words: none(), exceptions: none(), competitors: none(), hosts: none() }
    }
}

/// A field that can't be used, and the rule it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {code}")]
pub struct TermsFault {
    pub field: &'static str,
    pub code: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnWord {
    Word,
    Competitor,
    Exception,
}

/// Rules ready to judge texts with.
pub struct Compliance {
    pub(super) packs: Arc<Packs>,
    pub(super) platform: usize,
    pub(super) own: Words<OwnWord>,
    pub(super) hosts: Vec<String>,
}

/// What a merchant's word comes to.
pub(super) struct OwnRule {
    pub category: &'static str,
    pub id: &'static str,
    pub severity: Severity,
    pub title: Bilingual,
    pub reason: Bilingual,
    pub instead: Bilingual,
    pub extent: Extent,
}

impl OwnWord {
    pub fn rule(self) -> Option<OwnRule> {
        match self {
            Self::Exception => None,
            Self::Word => Some(OwnRule {
                category: "own",
                id: "own",
                severity: Severity::MustChange,
                title: Bilingual::new("商家禁用词", "The merchant's own words"),
                reason: Bilingual::new("这是本店规定不说的词", "The shop has decided not to say this"),
                instead: Bilingual::new("", ""),
                extent: Extent::Word,
            }),
            Self::Competitor => Some(OwnRule {
                category: "competitor",
                id: "competitor.named",
                severity: Severity::MustChange,
                title: Bilingual::new("贬低或提及同行", "Speaking of competitors"),
                reason: Bilingual::new("不点名同行，以免被认定为商业诋毁", "Competitors are not named"),
                instead: Bilingual::new("其他品牌", "other brands"),
                extent: Extent::Word,
            }),
        }
    }
}

impl Compliance {
    pub fn new(packs: Arc<Packs>, terms: &Terms) -> Result<Self, TermsFault> {
        let platforms = &packs.platforms.platforms;
        let fault = |field, code| TermsFault { field, code };
        let platform = platforms.iter().position(|it| it.key == terms.platform);
        let platform = platform.ok_or(fault("platform", "unknown"))?;
        let lists = [
            ("words", &terms.words, OwnWord::Word),
            ("exceptions", &terms.exceptions, OwnWord::Exception),
            ("competitors", &terms.competitors, OwnWord::Competitor),
        ];
        let mut own: Vec<(String, OwnWord)> = Vec::new();
        for (field, words, owner) in lists {
            if words.len() > OWN_WORDS_MAX {
                return Err(fault(field, "too_many"));
            }
            for word in words {
                let signs = super::view::View::plain(word).text.chars().filter(|it| it.is_alphanumeric()).count();
                if signs < WORD_CHARS_MIN {
                    return Err(fault(field, "too_short"));
                }
                if word.chars().count() > WORD_CHARS_MAX {
                    return Err(fault(field, "too_long"));
                }
                own.push((word.clone(), owner));
            }
        }
        own.extend(platforms[platform].allowed.iter().map(|word| (word.clone(), OwnWord::Exception)));
        let own = Words::new(own, false).map_err(|_| fault("words", "malformed"))?;
        Ok(Self { packs, platform, own, hosts: terms.hosts.clone() })
    }

    pub(super) fn platform(&self) -> &PlatformText {
        &self.packs.platforms.platforms[self.platform]
    }
}
