//! Saving what a merchant changes in the console. It counts from the next turn on, in every process, because the bot
//! reads the shop's row for each turn.

use domain::{id::ShopId, staff::Permission};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Staff, StoreError};
use understanding::compliance::{Compliance, Terms};

use super::ShopSettings;
use crate::{
    actions::BotMay,
    bot::{guard::banned::Banned, tone::Tone},
    compliance,
    desk::Desk,
    error::{DeskError, Result},
    staff::{audit_of, can},
};

/// Somebody else saved at the same moment this often in a row: give up and let the caller try again.
const MAX_TRIES: usize = 3;
/// Hosts of one merchant: the shop, its help pages, its carriers.
const LINK_HOSTS_MAX: usize = 50;
/// As long as a host's name can be.
const HOST_CHARS_MAX: usize = 253;

/// How the bot sounds, what it never says, and how far it goes alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BotSettings {
    pub tone: Tone,
    pub banned_words: Vec<String>,
    pub link_hosts: Vec<String>,
    pub bot_may: BotMay,
}

impl BotSettings {
    pub fn of(settings: &ShopSettings) -> Self {
        let ShopSettings { tone, banned_words, link_hosts, bot_may, .. } = settings.clone();
        Self { tone, banned_words, link_hosts, bot_may }
    }

    /// Without blanks around words and without a word twice.
    fn tidied(mut self) -> Self {
        for line in [&mut self.tone.opening, &mut self.tone.closing, &mut self.tone.sign_off] {
            line.zh = line.zh.trim().to_owned();
            line.en = line.en.trim().to_owned();
        }
        tidy(&mut self.banned_words, str::to_owned);
        tidy(&mut self.link_hosts, str::to_lowercase);
        self.bot_may.actions.retain(|_, reach| *reach != crate::actions::Reach::Alone);
        self
    }

    fn check(&self) -> Result<()> {
        if let Err(fault) = self.tone.check() {
            let field = match fault.field {
                "opening" => "tone.opening",
                "closing" => "tone.closing",
                _ => "tone.sign_off",
            };
            return Err(DeskError::invalid(field, fault.rule));
        }
        let terms = Terms { words: self.banned_words.clone(), ..Terms::default() };
        let rules = Compliance::new(compliance::packs().clone(), &terms);
        let banned = rules.map(Banned::from).map_err(|fault| DeskError::invalid("banned_words", fault.code))?;
        // What the guard would hold back from an answer must not stand around it either.
        let lines = [
            ("tone.opening", &self.tone.opening),
            ("tone.closing", &self.tone.closing),
            ("tone.sign_off", &self.tone.sign_off),
        ];
        for (field, line) in lines {
            if [&line.zh, &line.en].into_iter().any(|text| !banned.find(text).is_empty()) {
                return Err(DeskError::invalid(field, "banned_word"));
            }
        }
        if self.link_hosts.len() > LINK_HOSTS_MAX {
            return Err(DeskError::invalid("link_hosts", "too_many"));
        }
        if !self.link_hosts.iter().all(|host| is_host(host)) {
            return Err(DeskError::invalid("link_hosts", "malformed"));
        }
        self.bot_may.fault().map_or(Ok(()), |(field, code)| Err(DeskError::invalid(field, code)))
    }
}

pub(crate) fn tidy(words: &mut Vec<String>, form: fn(&str) -> String) {
    let mut known = std::collections::HashSet::new();
    *words = words.iter().map(|word| form(word.trim())).filter(|word| !word.is_empty()).collect();
    words.retain(|word| known.insert(word.clone()));
}

/// A name with a dot in it, and nothing that belongs to another part of an address.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
    };
    host.len() <= HOST_CHARS_MAX && host.contains('.') && host.split('.').all(is_label)
}

pub async fn save_bot(desk: &Desk, by: &Staff, shop: ShopId, wanted: BotSettings) -> Result<BotSettings> {
    if !can(by, Some(shop), Permission::WriteKnowledge) {
        return Err(DeskError::NotFound);
    }
    let wanted = wanted.tidied();
    wanted.check()?;
    change(desk, by, shop, "bot_settings.changed", |settings| {
        let before = json!(BotSettings::of(settings));
        let BotSettings { tone, banned_words, link_hosts, bot_may } = wanted.clone();
        *settings = ShopSettings { tone, banned_words, link_hosts, bot_may, ..settings.clone() };
        changed(&before, &json!(wanted))
    })
    .await?;
    Ok(wanted)
}

/// What differs, as it was and as it is.
fn changed(before: &Value, after: &Value) -> Value {
    let fields = before.as_object().into_iter().flatten().filter(|(name, value)| after.get(name) != Some(value));
    fields.map(|(name, value)| (name.clone(), json!({ "before": value, "after": after.get(name) }))).collect()
}

/// Changes a shop's settings and says so in the audit list, in one transaction, and without undoing what somebody else
/// saves at the same time. `make` returns the detail of the audit entry.
pub(crate) async fn change(
    desk: &Desk,
    by: &Staff,
    shop: ShopId,
    action: &str,
    make: impl Fn(&mut ShopSettings) -> Value,
) -> Result<()> {
    for _ in 0..MAX_TRIES {
        let row = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
        let mut settings = ShopSettings::of(&row)?;
        let detail = make(&mut settings);
        let audit = audit_of(desk, Some(by), action, &shop.to_string(), detail);
        match desk.store.change_shop_settings(shop, &row.settings, &settings.to_json(), &audit).await {
            Err(StoreError::Conflict) => {}
            other => return Ok(other?),
        }
    }
    Err(DeskError::Conflict)
}

#[cfg(test)]
mod tests {
    use domain::language::Bilingual;

    use super::*;

    fn settings() -> BotSettings {
        BotSettings::of(&ShopSettings::default())
    }

    fn fault(settings: BotSettings) -> Option<(&'static str, &'static str)> {
        match settings.tidied().check() {
            Err(DeskError::Invalid(faults)) => faults.first().map(|fault| (fault.field, fault.code)),
            _ => None,
        }
    }

    #[test]
    fn what_can_not_be_used_is_not_saved() {
        let words = |words: &[&str]| BotSettings {
            banned_words: words.iter().map(|it| (*it).to_owned()).collect(),
            ..settings()
        };
        let hosts = |host: &str| BotSettings { link_hosts: vec![host.to_owned()], ..settings() };
        let closing = |zh: &str, en: &str| {
            let tone = Tone { closing: Bilingual::new(zh, en), ..Tone::default() };
            BotSettings { tone, banned_words: vec!["竞品".into()], ..settings() }
        };
        let may = |name: &str| {
            let actions = [(name.to_owned(), crate::actions::Reach::Never)].into();
            BotSettings { bot_may: BotMay { actions, refund_limit: None }, ..settings() }
        };
        assert_eq!(fault(settings()), None);
        assert_eq!(fault(words(&["竞品", " 竞品 ", ""])), None);
        assert_eq!(fault(words(&["竞"])), Some(("banned_words", "too_short")));
        assert_eq!(fault(words(&[&"长".repeat(41)])), Some(("banned_words", "too_long")));
        assert_eq!(fault(hosts("Shop.Example.com")), None);
        for host in ["https://shop.example.com", "shop", "a..b", "shop.example.com/x", "-a.b"] {
            assert_eq!(fault(hosts(host)), Some(("link_hosts", "malformed")), "{host}");
        }
        assert_eq!(fault(closing("欢迎再来", "See you")), None);
        assert_eq!(fault(closing("比竞品好", "Better")), Some(("tone.closing", "banned_word")));
        assert_eq!(fault(closing("欢迎再来", "")), Some(("tone.closing", "one_language")));
        assert_eq!(fault(may("cancel_order")), None);
        assert_eq!(fault(may("give_everything")), Some(("bot_may.actions", "unknown")));
        let limit = BotSettings { bot_may: BotMay { refund_limit: Some(-1), ..BotMay::default() }, ..settings() };
        assert_eq!(fault(limit), Some(("bot_may.refund_limit", "range")));
    }
}
