//! Saving a merchant's choices. They count from the next message, in every process.

use domain::{id::ShopId, staff::Permission};
use serde::Serialize;
use serde_json::json;
use store::Staff;
use understanding::compliance::{Compliance, Terms};

use super::{Choice, packs};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    settings::{ShopSettings, change},
    staff::can,
};

/// What a merchant chooses, as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComplianceSettings {
    pub platform: String,
    pub words: Vec<String>,
    pub exceptions: Vec<String>,
    pub competitors: Vec<String>,
}

impl ComplianceSettings {
    pub fn of(settings: &ShopSettings) -> Self {
        let Choice { platform, exceptions, competitors } = settings.compliance.clone();
        Self { platform, words: settings.banned_words.clone(), exceptions, competitors }
    }

    fn tidied(mut self) -> Self {
        for words in [&mut self.words, &mut self.exceptions, &mut self.competitors] {
            crate::settings::tidy(words, str::to_owned);
        }
        self
    }

    fn check(&self) -> Result<()> {
        let Self { platform, words, exceptions, competitors } = self.clone();
        let terms = Terms { platform, words, exceptions, competitors, hosts: Vec::new() };
        Compliance::new(packs().clone(), &terms).map(drop).map_err(|fault| DeskError::invalid(fault.field, fault.code))
    }
}

pub async fn save(desk: &Desk, by: &Staff, shop: ShopId, wanted: ComplianceSettings) -> Result<ComplianceSettings> {
    if !can(by, Some(shop), Permission::WriteKnowledge) {
        return Err(DeskError::NotFound);
    }
    let wanted = wanted.tidied();
    wanted.check()?;
    change(desk, by, shop, "compliance.changed", |settings| {
        let before = ComplianceSettings::of(settings);
        let ComplianceSettings { platform, words, exceptions, competitors } = wanted.clone();
        settings.banned_words = words;
        settings.compliance = Choice { platform, exceptions, competitors };
        json!({ "before": before, "after": wanted })
    })
    .await?;
    Ok(wanted)
}
