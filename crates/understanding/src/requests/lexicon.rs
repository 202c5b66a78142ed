//! The everyday words of order work in both languages: what is asked for, what it is about, and why.

use std::{collections::BTreeSet, sync::LazyLock};

use domain::shop::PaymentKind;

use super::tokens::{Tokens, compact, words};

/// What a word or phrase does in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    Cancel,
    Return,
    /// Exchange, swap: of goods unless something else is named.
    Exchange,
    /// Change, modify: of whatever is named.
    Change,
    /// 换成, 改成: change, and what follows is how it shall be.
    ChangeTo,
    /// Money back: a return unless one is being spoken of.
    Refund,
    /// Not wanted any more.
    Drop,
    /// «I'd rather have», «instead».
    Want,
    /// Send to, deliver to.
    Ship,
    /// Pay with, charge to.
    Pay,
    PaymentNoun,
    AddressNoun,
    ItemNoun,
    OrderNoun,
    /// Send it soon.
    Urge,
    /// «Quickly»: send it soon, where something is to be sent.
    Haste,
    /// Still not sent: a complaint, and a wish where nothing else is asked for.
    Waiting,
    Invoice,
    /// Price protection.
    Protect,
    /// The price is lower now.
    PriceFell,
    /// A difference to be paid: of an exchange, or of a price that fell.
    Difference,
    /// «Arrange», «at what time»: a day follows.
    Appoint,
    /// A day, and that it be brought then.
    Schedule,
    /// The address in the customer's own record.
    Home,
    /// Between how it is and how it shall be.
    To,
    /// Such a word only after swap and replace.
    With,
    /// As it is now, or another of the same kind.
    Same,
    All,
    Except,
    /// Sets a new thing apart from what was said before.
    Next,
    And,
    LatestOrder,
    Ending,
    Bigger,
    Smaller,
    Cheapest,
    Dearest,
    /// «instead of», «rather than»: what follows is how it is now.
    InsteadOf,
    Determiner,
    Preposition,
    Negation,
    /// Looks like one of the others and isn't.
    Nothing,
}

/// A word for a way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Kind(PaymentKind),
    /// Just «card».
    Card,
    /// The way the order was paid.
    Original,
}

/// The phrases of all meanings, for people to read and to add to.
static TEXT: &str = include_str!("lexicon.txt");

/// Phrases in the form in which tokens are compared.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub cues: Vec<(String, Cue)>,
    /// Why something is cancelled or sent back: a stable code.
    pub reasons: Vec<(String, &'static str)>,
    pub ways: Vec<(String, Way)>,
    /// Every single word of these phrases.
    pub words: BTreeSet<String>,
}

pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(TEXT));

impl Lexicon {
    /// Lines of `meaning: phrase; phrase`, gone on with in lines that begin with a space, below `[cues]`, `[reasons]`
    /// and `[ways]`. A meaning that isn't known is left out; the test holds that there is none.
    fn parse(text: &'static str) -> Self {
        let mut lexicon = Self::default();
        let (mut section, mut meaning) = ("", "");
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
                continue;
            }
            let phrases = match line.split_once(": ") {
                Some((name, phrases)) if !line.starts_with(' ') => {
                    meaning = name;
                    phrases
                }
                _ => line,
            };
            for phrase in phrases.split(';').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                lexicon.add(section, meaning, compact(phrase));
                lexicon.words.extend(words(phrase));
            }
        }
        lexicon
    }

    fn add(&mut self, section: &str, meaning: &'static str, phrase: String) {
        match section {
            "cues" => self.cues.extend(cue(meaning).map(|cue| (phrase, cue))),
            "ways" => self.ways.extend(way(meaning).map(|way| (phrase, way))),
            _ => self.reasons.push((phrase, meaning)),
        }
    }
}

fn cue(name: &str) -> Option<Cue> {
    Some(match name {
        "cancel" => Cue::Cancel,
        "return" => Cue::Return,
        "exchange" => Cue::Exchange,
        "change" => Cue::Change,
        "change_to" => Cue::ChangeTo,
        "refund" => Cue::Refund,
        "drop" => Cue::Drop,
        "want" => Cue::Want,
        "ship" => Cue::Ship,
        "pay" => Cue::Pay,
        "payment_noun" => Cue::PaymentNoun,
        "address_noun" => Cue::AddressNoun,
        "item_noun" => Cue::ItemNoun,
        "order_noun" => Cue::OrderNoun,
        "urge" => Cue::Urge,
        "haste" => Cue::Haste,
        "waiting" => Cue::Waiting,
        "invoice" => Cue::Invoice,
        "protect" => Cue::Protect,
        "price_fell" => Cue::PriceFell,
        "difference" => Cue::Difference,
        "appoint" => Cue::Appoint,
        "home" => Cue::Home,
        "to" => Cue::To,
        "with" => Cue::With,
        "same" => Cue::Same,
        "all" => Cue::All,
        "except" => Cue::Except,
        "next" => Cue::Next,
        "and" => Cue::And,
        "latest_order" => Cue::LatestOrder,
        "ending" => Cue::Ending,
        "bigger" => Cue::Bigger,
        "smaller" => Cue::Smaller,
        "cheapest" => Cue::Cheapest,
        "dearest" => Cue::Dearest,
        "instead_of" => Cue::InsteadOf,
        "determiner" => Cue::Determiner,
        "preposition" => Cue::Preposition,
        "negation" => Cue::Negation,
        "nothing" => Cue::Nothing,
        _ => return None,
    })
}

fn way(name: &str) -> Option<Way> {
    Some(match name {
        "card" => Way::Card,
        "original" => Way::Original,
        "gift_card" => Way::Kind(PaymentKind::GiftCard),
        "credit_card" => Way::Kind(PaymentKind::CreditCard),
        "paypal" => Way::Kind(PaymentKind::Paypal),
        "wallet" => Way::Kind(PaymentKind::Wallet),
        "bank_transfer" => Way::Kind(PaymentKind::BankTransfer),
        _ => return None,
    })
}

/// The longest phrase that begins at this token, and where it ends; the earlier in the table when two are as long.
pub fn longest<T: Copy>(table: &[(String, T)], tokens: &Tokens, at: usize) -> Option<(usize, T)> {
    let mut best: Option<(usize, T)> = None;
    for (phrase, meaning) in table {
        if let Some(end) = tokens.matches(at, phrase)
            && best.is_none_or(|(longest, _)| end > longest)
        {
            best = Some((end, *meaning));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_in_the_text_is_known() {
        let names = |section: &str| -> Vec<&str> {
            let own = TEXT
                .split(&format!("[{section}]"))
                .nth(1)
                .and_then(|rest| rest.split("\n[").next())
                .unwrap_or_default();
            own.lines()
                .filter(|line| !line.starts_with([' ', '#']))
                .filter_map(|line| Some(line.split_once(": ")?.0))
                .collect()
        };
        assert!(names("cues").len() > 20 && names("ways").len() > 5 && names("reasons").len() > 5);
        assert_eq!(names("cues").iter().find(|name| cue(name).is_none()), None);
        assert_eq!(names("ways").iter().find(|name| way(name).is_none()), None);
    }
}
