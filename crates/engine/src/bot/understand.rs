//! What the shopper says: `understanding::reading` with the conversation around it, and the topics of look-ups. Pure; no
//! look-ups here.

use domain::{handoff::Emotion, language::Language, time::Timestamp};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;
pub use understanding::text::language_of;
use understanding::{
    acts::{Act, is_question},
    context::{Earlier, Focus},
    entities::{Entity, Moment},
    reading::{Input, Understood, read},
};

use super::{
    lexicon,
    memory::Asked,
    normal::{has_any, normal},
};

/// Asked this often before, an answer that doesn't help is repeated no more.
const REPEATS_UNTIL_HUMAN: usize = 2;
/// A completion as sure as this stands for what was said; a less sure one is only shown in the trace.
const COMPLETED_CONFIDENCE: f32 = 0.7;

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
    /// What is asked: the unanswered messages as one text, completed from the conversation where something was left out.
    pub text: String,
    /// The unanswered messages as they were written.
    #[serde(skip)]
    pub said: String,
    pub language: Language,
    /// A language the desk doesn't speak, by its English name.
    pub foreign: Option<String>,
    pub social: Option<Social>,
    pub wants_human: bool,
    pub risk: Option<&'static str>,
    pub emotion: Emotion,
    /// The words the emotion was read from.
    pub emotion_sign: Option<String>,
    pub topics: Vec<Topic>,
    /// It's about something of the shopper's own rather than about the rules.
    pub is_own: bool,
    pub order_numbers: Vec<String>,
    /// The same question was asked and answered this often before.
    pub asked_before: usize,
    pub is_repeated: bool,
    /// Everything that was read; in the trace without the shopper's words.
    #[serde(serialize_with = "without_words")]
    pub understood: Understood,
}

impl Understanding {
    /// Whether the last message asks something, rather than telling or wishing.
    pub fn asks_something(&self) -> bool {
        self.understood.act == Act::Question || is_question(&self.said)
    }

    /// Whether it asks or wishes; an answer does neither.
    pub fn wants_something(&self) -> bool {
        self.asks_something() || self.understood.act == Act::Request
    }

    /// Only marks such as 「？？？」, or a yes with a question mark: nothing is asked and nothing answered.
    pub fn says_nothing(&self) -> bool {
        self.social.is_none() && self.understood.asks.is_empty() && !self.said.trim().is_empty()
    }

    /// Also counts questions asked before in other words, by what they mean.
    pub fn note_meant_before(&mut self, times: usize) {
        self.asked_before = self.asked_before.max(times);
        self.is_repeated = self.asked_before >= REPEATS_UNTIL_HUMAN;
    }
}

/// What the messages are read against.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    pub moment: Moment,
    pub focus: Focus<'a>,
}

impl Situation<'_> {
    /// Nothing is known but the text; days can't be told from it.
    pub fn none() -> Self {
        Self { moment: Moment::new(Timestamp(0), TimeZone::UTC), focus: Focus::default() }
    }
}

/// Reads messages by themselves.
pub fn understand(messages: &[String], fallback: Language, before: &[Asked]) -> Understanding {
    understand_in(messages, fallback, before, &Situation::none())
}

/// Reads the unanswered messages; `before` are the questions asked earlier in this conversation.
pub fn understand_in(
    messages: &[String],
    fallback: Language,
    before: &[Asked],
    situation: &Situation<'_>,
) -> Understanding {
    let earlier: Vec<Earlier<'_>> = before.iter().map(|asked| Earlier { text: &asked.text, vector: None }).collect();
    let understood = read(&Input {
        messages,
        fallback,
        earlier: &earlier,
        // Meaning is compared afterwards, with the completed text.
        vector: None,
        focus: situation.focus,
        moment: &situation.moment,
    });
    let said = messages.join("\n");
    let completed = understood.completed.as_ref().filter(|completed| completed.confidence >= COMPLETED_CONFIDENCE);
    let text = completed.map_or_else(|| said.clone(), |completed| completed.text.clone());
    let folded = normal(&text);
    Understanding {
        language: understood.language,
        foreign: understood.foreign.clone(),
        social: social_of(&understood),
        wants_human: understood.wants_human,
        risk: understood.risk.map(|(_, sign)| sign),
        emotion: understood.mood.emotion(),
        emotion_sign: understood.mood.sign.clone(),
        topics: topics_of(&folded),
        is_own: has_any(&folded, lexicon::OWN),
        order_numbers: numbers_in(&understood),
        asked_before: understood.asked_before,
        is_repeated: understood.asked_before >= REPEATS_UNTIL_HUMAN,
        understood,
        text,
        said,
    }
}

fn social_of(understood: &Understood) -> Option<Social> {
    understood.is_social.then_some(match understood.act {
        Act::Greet => Social::Greeting,
        Act::Thank => Social::Thanks,
        Act::Goodbye => Social::Goodbye,
        _ => Social::Confirm,
    })
}

/// Numbers an order may be found by: its own and its parcel's.
fn numbers_in(understood: &Understood) -> Vec<String> {
    let number = |found: &understanding::entities::Found| match &found.entity {
        Entity::OrderNumber(number) | Entity::TrackingNumber(number) => Some(number.clone()),
        _ => None,
    };
    understood.entities.iter().filter_map(number).collect()
}

/// For the trace: what was made of the words, not the words.
fn without_words<S: Serializer>(understood: &Understood, serializer: S) -> Result<S::Ok, S::Error> {
    let kinds: Vec<_> = understood
        .entities
        .iter()
        .map(|found| json!({ "kind": json!(found.entity)["kind"], "confidence": found.confidence }))
        .collect();
    json!({
        "act": understood.act,
        "entities": kinds,
        "mood": understood.mood.kind,
        "mood_level": understood.mood.level,
        "risk": understood.risk.map(|(risk, _)| risk),
        "completed": understood.completed.as_ref().map(|completed| {
            json!({ "how": completed.how, "confidence": completed.confidence })
        }),
        "asks": understood.asks.len(),
    })
    .serialize(serializer)
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
        let before: Vec<Asked> =
            (1..=2).map(|seq| Asked { seq, text: "怎么申请退货呢".into(), meaning: None }).collect();
        let again = understand(&["怎么申请退货".into()], Language::Zh, &before);
        assert!(again.is_repeated);
        assert!(!understand(&["发票怎么开".into()], Language::Zh, &before).is_repeated);
    }

    #[test]
    fn reads_a_follow_up_as_the_whole_question() {
        let situation = Situation {
            focus: Focus {
                product: Some("双人帐篷"), last_question: Some("双人帐篷有货吗"), ..Focus::default()
            },
            ..Situation::none()
        };
        let understood = understand_in(&["那红色的呢".into()], Language::Zh, &[], &situation);
        assert_eq!((understood.text.as_str(), understood.said.as_str()), ("红色的双人帐篷有货吗", "那红色的呢"));
        assert_eq!(understood.topics, [Topic::ProductStock]);
    }

    #[test]
    fn the_trace_has_none_of_the_words() {
        let understood = read("订单 SL2026112200017 寄到杭州西湖区文三路478号");
        let trace = json!(understood)["understood"].to_string();
        assert!(trace.contains("order_number") && trace.contains("address"), "{trace}");
        assert!(!trace.contains("SL2026") && !trace.contains("文三路"), "{trace}");
    }
}
