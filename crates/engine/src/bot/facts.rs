//! Facts put into words for one shopper, each noted as evidence at the moment it is written out.

use domain::{
    language::{Bilingual, Language},
    shop::Money,
    time::Timestamp,
};

use super::guard::Evidence;

pub struct Facts {
    pub language: Language,
    zone: jiff::tz::TimeZone,
    pub evidence: Evidence,
}

impl Facts {
    /// Times are told in the shop's zone, `zone` by its IANA name.
    pub fn new(language: Language, zone: &str) -> Self {
        let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Self { language, zone, evidence: Evidence::default() }
    }

    fn noted(&mut self, text: String) -> String {
        self.evidence.add(text.clone());
        text
    }

    pub fn text(&mut self, text: &str) -> String {
        self.noted(text.to_owned())
    }

    pub fn both(&mut self, text: &Bilingual) -> String {
        self.noted(text.in_language(self.language).to_owned())
    }

    pub fn money(&mut self, money: &Money) -> String {
        self.noted(amount(money))
    }

    /// Month, day, hour and minute: 「11月22日 14:05」, "22 Nov 14:05".
    pub fn time(&mut self, at: Timestamp) -> String {
        let text = self.format(at, "%-m月%-d日 %H:%M", "%-d %b %H:%M");
        self.noted(text)
    }

    pub fn day(&mut self, at: Timestamp) -> String {
        let text = self.format(at, "%-m月%-d日", "%-d %b");
        self.noted(text)
    }

    fn format(&self, at: Timestamp, zh: &str, en: &str) -> String {
        let Ok(instant) = jiff::Timestamp::from_millisecond(at.0) else { return String::new() };
        let pattern = match self.language {
            Language::Zh => zh,
            Language::En => en,
        };
        instant.to_zoned(self.zone.clone()).strftime(pattern).to_string()
    }
}

/// As shoppers read an amount: `¥129.90`.
pub(crate) fn amount(money: &Money) -> String {
    match money.currency.as_str() {
        "CNY" => format!("¥{}", money.decimal()),
        "USD" => format!("${}", money.decimal()),
        other => format!("{} {other}", money.decimal()),
    }
}
