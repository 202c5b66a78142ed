//! What the shopper says: language, wishes, feelings, what is asked about. Pure; no look-ups here.

use domain::{conversation::Seq, handoff::Emotion, language::Language};
use serde::{Deserialize, Serialize};
use understanding::text::foreign_language;
pub use understanding::text::language_of;

use super::{
    lexicon,
    memory::Asked,
    normal::{first_of, has_any, is_only, likeness, normal},
};

/// Two questions this alike are the same one.
pub const SAME_QUESTION: f64 = 0.6;
/// Asked this often before, an answer that doesn't help is repeated no more.
const REPEATS_UNTIL_HUMAN: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Social {
    Greeting,
    Thanks,
    Goodbye,
    Confirm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    OrderStatus,
    Logistics,
    RefundStatus,
    ProductPrice,
    ProductStock,
    ProductFacts,
}

impl Topic {
    pub const fn is_about_product(self) -> bool {
        matches!(self, Self::ProductPrice | Self::ProductStock | Self::ProductFacts)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understanding {
    /// The unanswered messages of the shopper, as one text.
    pub text: String,
    pub language: Language,
    /// A language the desk doesn't speak, by its English name.
    pub foreign: Option<String>,
    pub social: Option<Social>,
    pub wants_human: bool,
    pub risk: Option<&'static str>,
    pub emotion: Emotion,
    /// The words the emotion was read from.
    pub emotion_sign: Option<&'static str>,
    pub topics: Vec<Topic>,
    /// It's about something of the shopper's own rather than about the rules.
    pub is_own: bool,
    pub order_numbers: Vec<String>,
    /// The same question was asked and answered this often before.
    pub asked_before: usize,
    pub is_repeated: bool,
}

/// Reads the unanswered messages; `before` are the questions asked earlier in this conversation.
pub fn understand(messages: &[String], fallback: Language, before: &[Asked]) -> Understanding {
    let text = messages.join("\n");
    let folded = normal(&text);
    let last = messages.last().map(|text| normal(text)).unwrap_or_default();
    let (emotion, emotion_sign) = emotion_of(&folded);
    let asked_before = before.iter().filter(|asked| likeness(&asked.text, &text) >= SAME_QUESTION).count();
    let foreign = foreign_language(&text);
    Understanding {
        language: if foreign.is_some() { fallback } else { language_of(&text).unwrap_or(fallback) },
        foreign,
        social: social_of(&folded, &last),
        wants_human: has_any(&folded, lexicon::WANTS_HUMAN),
        risk: first_of(&folded, lexicon::RISK),
        emotion,
        emotion_sign,
        topics: topics_of(&folded),
        is_own: has_any(&folded, lexicon::OWN),
        order_numbers: order_numbers(&text),
        asked_before,
        is_repeated: asked_before >= REPEATS_UNTIL_HUMAN,
        text,
    }
}

fn social_of(folded: &str, last: &str) -> Option<Social> {
    let kinds = [
        (Social::Thanks, lexicon::THANKS),
        (Social::Goodbye, lexicon::GOODBYE),
        (Social::Greeting, lexicon::GREETING),
        (Social::Confirm, lexicon::CONFIRM),
    ];
    let everything: Vec<&str> = kinds.iter().flat_map(|(_, phrases)| phrases.iter().copied()).collect();
    if !folded.chars().any(char::is_alphanumeric) {
        return Some(Social::Confirm);
    }
    if !is_only(folded, &everything, lexicon::FILLER) {
        return None;
    }
    let found = |text: &str| kinds.iter().find(|(_, phrases)| has_any(text, phrases)).map(|(kind, _)| *kind);
    found(last).or_else(|| found(folded))
}

pub fn emotion_of(folded: &str) -> (Emotion, Option<&'static str>) {
    let levels =
        [(Emotion::Angry, lexicon::ANGRY), (Emotion::Upset, lexicon::UPSET), (Emotion::Worried, lexicon::WORRIED)];
    for (level, signs) in levels {
        if let Some(sign) = first_of(folded, signs) {
            return (level, Some(sign));
        }
    }
    (Emotion::Calm, None)
}

fn topics_of(folded: &str) -> Vec<Topic> {
    let lists = [
        (Topic::RefundStatus, lexicon::REFUND_STATUS),
        (Topic::Logistics, lexicon::LOGISTICS),
        (Topic::OrderStatus, lexicon::ORDER_STATUS),
        (Topic::ProductStock, lexicon::STOCK),
        (Topic::ProductPrice, lexicon::PRICE),
        (Topic::ProductFacts, lexicon::ATTRIBUTE),
    ];
    lists.into_iter().filter(|(_, phrases)| has_any(folded, phrases)).map(|(topic, _)| topic).collect()
}

/// Runs of letters and digits that look like an order or tracking number: ten or more, mostly digits.
pub fn order_numbers(text: &str) -> Vec<String> {
    text.split(|symbol: char| !symbol.is_ascii_alphanumeric())
        .filter(|piece| piece.len() >= 10 && piece.bytes().filter(u8::is_ascii_digit).count() >= 8)
        .map(str::to_ascii_uppercase)
        .collect()
}

/// What the card takes from the shopper's own messages: numbers and contacts already given.
pub fn given_slots(text: &str, seq: Seq) -> Vec<domain::handoff::CardSlot> {
    let slot = |name: &str, value: String| domain::handoff::CardSlot { name: name.to_owned(), value, seq: Some(seq) };
    let mut slots: Vec<_> = order_numbers(text)
        .into_iter()
        .filter(|number| !is_mobile(number))
        .map(|number| slot("number", number))
        .collect();
    let pieces = text.split(|symbol: char| !(symbol.is_ascii_alphanumeric() || "@._-+".contains(symbol)));
    for piece in pieces {
        if is_mobile(piece) {
            slots.push(slot("phone", piece.to_owned()));
        } else if piece.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
            slots.push(slot("email", piece.trim_matches('.').to_owned()));
        }
    }
    slots
}

fn is_mobile(piece: &str) -> bool {
    piece.len() == 11 && piece.starts_with('1') && piece.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Understanding {
        understand(&[text.to_owned()], Language::Zh, &[])
    }

    type Holds = fn(&Understanding) -> bool;

    #[test]
    fn reads_topics_wishes_and_feelings() {
        let cases: [(&str, Holds); 12] = [
            ("我的快递到哪了", |u| u.topics.contains(&Topic::Logistics) && u.is_own),
            ("Where is my parcel?", |u| u.topics.contains(&Topic::Logistics) && u.language == Language::En),
            ("退款什么时候到账", |u| u.topics.first() == Some(&Topic::RefundStatus)),
            ("转人工！", |u| u.wants_human),
            ("can I talk to a human", |u| u.wants_human),
            ("我要找律师起诉你们", |u| u.risk.is_some()),
            ("你们就是骗子", |u| u.emotion == Emotion::Angry),
            ("在吗？", |u| u.social == Some(Social::Greeting)),
            ("谢谢", |u| u.social == Some(Social::Thanks)),
            ("双人帐篷多少钱", |u| u.topics == [Topic::ProductPrice] && u.social.is_none()),
            ("お届けはいつですか", |u| u.foreign.is_some()),
            ("订单 SL2026112200017 怎么样了", |u| u.order_numbers == ["SL2026112200017"]),
        ];
        for (text, holds) in cases {
            let understood = read(text);
            assert!(holds(&understood), "{text}: {understood:?}");
        }
    }

    #[test]
    fn notices_the_same_question_again() {
        let before: Vec<Asked> = (1..=2).map(|seq| Asked { seq, text: "怎么申请退货呢".into() }).collect();
        let again = understand(&["怎么申请退货".into()], Language::Zh, &before);
        assert!(again.is_repeated);
        assert!(!understand(&["发票怎么开".into()], Language::Zh, &before).is_repeated);
    }

    #[test]
    fn slots_already_given() {
        let slots = given_slots("电话13900001234，邮箱 a.b@example.com 单号SL2026112200017", 4);
        let names: Vec<_> = slots.iter().map(|slot| slot.name.as_str()).collect();
        assert_eq!(names, ["number", "phone", "email"]);
    }
}
