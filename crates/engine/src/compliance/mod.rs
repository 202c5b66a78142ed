//! The rules of what may be said in a shop: the shipped packs with the merchant's choices on top, for the bot, agents,
//! quick phrases and articles alike.

mod save;

use std::sync::{Arc, LazyLock};

use domain::{id::ShopId, message::MAX_MESSAGE_CHARS, staff::Permission};
use serde::{Deserialize, Serialize};
use store::Staff;
use understanding::compliance::{Compliance, Finding, PackTexts, Packs, Severity, Speaker, Terms};

pub use save::{ComplianceSettings, save};

use crate::{
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
    staff::can,
};

macro_rules! packs {
    ($($name:literal),*) => { [$(include_str!(concat!("../../../../content/compliance/", $name, ".yaml"))),*] };
}

static PACKS: LazyLock<Arc<Packs>> = LazyLock::new(|| {
    let categories = packs!(
        "absolute",
        "medical",
        "diversion",
        "off_platform_payment",
        "abuse",
        "over_promise",
        "price",
        "competitor",
        "personal_data",
        "secrets",
        "platform",
        "machine"
    );
    let [contexts, platforms] = packs!("contexts", "platforms");
    let read = Packs::read(&PackTexts { contexts, platforms, categories: &categories });
    Arc::new(read.expect("content/compliance is read by a test"))
});

/// The shipped packs.
pub fn packs() -> &'static Arc<Packs> {
    &PACKS
}

/// What a merchant chooses besides `banned_words`. Stored with the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    pub platform: String,
    pub exceptions: Vec<String>,
    pub competitors: Vec<String>,
}

impl Default for Choice {
    fn default() -> Self {
        Self { platform: Terms::default().platform, exceptions: Vec::new(), competitors: Vec::new() }
    }
}

/// Without any merchant's choices.
pub fn shipped() -> Compliance {
    Compliance::new(PACKS.clone(), &Terms::default()).expect("the shipped platforms have a shop of one's own")
}

/// Choices that can't be used were refused when they were saved; the shipped rules hold in any case.
pub fn of(settings: &ShopSettings) -> Compliance {
    Compliance::new(PACKS.clone(), &terms(settings)).unwrap_or_else(|_| shipped())
}

fn terms(settings: &ShopSettings) -> Terms {
    let Choice { platform, exceptions, competitors } = settings.compliance.clone();
    Terms {
        platform,
        words: settings.banned_words.clone(),
        exceptions,
        competitors,
        hosts: settings.link_hosts.clone(),
    }
}

/// What was found in a text, and the text put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub findings: Vec<Finding>,
    pub rewritten: Option<String>,
}

pub async fn check_text(desk: &Desk, by: &Staff, shop: ShopId, text: &str) -> Result<Checked> {
    if !can(by, Some(shop), Permission::ReadKnowledge) {
        return Err(DeskError::NotFound);
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long"));
    }
    let rules = of_shop(desk, shop).await?;
    Ok(checked(&rules, text))
}

pub(crate) fn checked(rules: &Compliance, text: &str) -> Checked {
    let findings = rules.check(text, Speaker::Agent);
    Checked { findings, rewritten: rules.rewritten(text, Speaker::Agent) }
}

pub(crate) async fn of_shop(desk: &Desk, shop: ShopId) -> Result<Compliance> {
    let shop = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
    Ok(of(&ShopSettings::of(&shop)?))
}

/// Refuses what is never sent, and what has to be changed unless a supervisor sends it.
pub(crate) async fn may_send(desk: &Desk, shop: ShopId, by: &Staff, text: &str) -> Result<()> {
    let from = if can(by, Some(shop), Permission::Supervise) { Severity::Block } else { Severity::MustChange };
    refuse(of_shop(desk, shop).await?.check(text, Speaker::Agent), from).map(drop)
}

/// The findings in texts that are saved to be sent later, for the shops they are for; what is never sent isn't saved.
pub async fn check_saved(desk: &Desk, shops: &[ShopId], texts: &[&str]) -> Result<Vec<Finding>> {
    let mut found: Vec<Finding> = Vec::new();
    for shop in shops {
        let rules = of_shop(desk, *shop).await?;
        for finding in texts.iter().flat_map(|text| rules.check(text, Speaker::Agent)) {
            match found.iter_mut().find(|it| it.matched == finding.matched && it.rule == finding.rule) {
                Some(known) => known.severity = known.severity.max(finding.severity),
                None => found.push(finding),
            }
        }
    }
    refuse(found, Severity::Block)
}

fn refuse(found: Vec<Finding>, from: Severity) -> Result<Vec<Finding>> {
    match found.iter().filter(|it| it.severity >= from).max_by_key(|it| it.severity) {
        Some(worst) => Err(DeskError::NotCompliant { rule: worst.rule.clone(), reason: worst.reason.clone() }),
        None => Ok(found),
    }
}
