//! Looking at what an agent is about to say: words the shop never says. A hint before sending; people decide.

use domain::{id::ConversationId, language::Bilingual, message::MAX_MESSAGE_CHARS};
use store::Staff;

use crate::{
    bot::guard::banned::Banned,
    conversations,
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
};

/// A word that had better not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// As it stands in the draft, without the blanks that may hide in it.
    pub text: String,
    /// Stable: the category in the list, or `own` for the merchant's words.
    pub category: String,
    pub title: Bilingual,
}

pub async fn check_words(desk: &Desk, id: ConversationId, staff: &Staff, text: &str) -> Result<Vec<Slip>> {
    let stored = conversations::of_staff(desk, id, staff).await?;
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long"));
    }
    let shop = desk.store.shop(stored.conversation.shop).await?.ok_or(DeskError::NotFound)?;
    let settings = ShopSettings::of(&shop)?;
    // A list that can't be used was refused when it was saved; the shipped one holds in any case.
    let own = if settings.banned_words.is_empty() { None } else { Banned::with_own(&settings.banned_words).ok() };
    let banned = own.as_ref().unwrap_or_else(|| Banned::shipped());
    let title = |key: &str| banned.categories().iter().find(|category| category.key == key).map(|it| it.title.clone());
    Ok(banned
        .find(text)
        .into_iter()
        .map(|found| {
            let category = found.rule.strip_prefix("banned.").unwrap_or(&found.rule).to_owned();
            let title = title(&category).unwrap_or_else(|| Bilingual::new("禁用词", "Banned word"));
            Slip { text: found.text, category, title }
        })
        .collect())
}
