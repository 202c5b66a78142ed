//! What the bot keeps between turns of a conversation. Written with the reply it belongs to, never apart from it.

use domain::{
    conversation::Seq,
    handoff::Emotion,
    id::ArticleId,
    message::Card,
    shop::{OrderKey, ProductKey},
};
use serde::{Deserialize, Serialize};
use skills::Progress;
use understanding::context::{Earlier, is_same_question};

use super::pointing::pointed;
use crate::chat::Proposal;

/// Earlier questions compared with a new one; older ones are another matter.
const MAX_ASKED: usize = 12;
/// Products pointed at that are kept; nobody speaks of older ones.
const MAX_PICKED: usize = 4;
/// Wishes put off until the flow under way is over.
const MAX_LATER: usize = 3;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    pub order: Option<OrderKey>,
    pub product: Option<ProductKey>,
    /// The products last shown together, in their order: 「第二个」 means one of these.
    pub shown: Vec<ProductKey>,
    /// The products shown together before those: 「刚才第一个」.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shown_before: Vec<ProductKey>,
    /// The products pointed at, the latest last; another list doesn't take them away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub picked: Vec<ProductKey>,
    /// The choice last offered.
    pub choice: Option<Choice>,
    /// Questions already answered.
    pub asked: Vec<Asked>,
    pub last_article: Option<ArticleId>,
    /// The skill that waits for the shopper's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<Progress>,
    /// A flow left for another wish; offered once when that is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<Progress>,
    /// The skill that spoke last: 「不是这单，是那单」 asks for it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_skill: Option<String>,
    /// What a model proposed and the shopper was asked to confirm; it stands for one turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// The control epoch it belongs to; control that comes back begins another one.
    pub epoch: i64,
    /// How the shopper sounded last.
    #[serde(skip_serializing_if = "is_calm")]
    pub emotion: Emotion,
    /// Skills to offer when the flow under way is over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<String>,
}

fn is_calm(emotion: &Emotion) -> bool {
    *emotion == Emotion::Calm
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub seq: Seq,
    pub text: String,
    /// What it means, a byte for each dimension; there when there is a model.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "meaning")]
    pub meaning: Option<Vec<i8>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub question: String,
    pub options: Vec<ChoiceOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// What the shopper saw on the button.
    pub label: String,
    pub target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Article(ArticleId),
    Skill(String),
    /// The flow that was left, from where it stands.
    Paused,
    /// None of what is offered.
    Nothing,
}

impl Memory {
    pub fn read(json: Option<&str>) -> Self {
        // A memory an older version wrote differently is no reason to fail a turn.
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    /// Keeps what a reply shows in mind.
    pub fn note_shown(&mut self, cards: &[Card]) {
        let products = cards.iter().filter_map(|card| match card {
            Card::Product(card) => Some(card.product.clone()),
            Card::Order(_) => None,
        });
        let shown: Vec<ProductKey> = products.collect();
        match &shown[..] {
            [] => {}
            [one] => {
                self.product = Some(one.clone());
                // One of the list stays one of the list; another one is a list of its own.
                if !self.shown.contains(one) {
                    self.show(shown);
                }
            }
            _ => self.show(shown),
        }
    }

    fn show(&mut self, list: Vec<ProductKey>) {
        let before = std::mem::replace(&mut self.shown, list);
        if !before.is_empty() && before != self.shown {
            self.shown_before = before;
        }
    }

    /// Control is the bot's in this epoch. What was under way before somebody else spoke isn't continued by a stray
    /// 「好的」: it is offered, and the shopper takes it up again or doesn't.
    pub fn take_up(&mut self, epoch: i64) {
        let is_back = self.epoch != 0 && self.epoch != epoch;
        self.epoch = epoch;
        if !is_back {
            return;
        }
        self.choice = None;
        self.proposal = None;
        self.asked.clear();
        self.last_skill = None;
        for flow in [self.flow.take(), self.paused.take()].into_iter().flatten() {
            self.put_off(&flow.skill);
        }
    }

    /// Leaves a flow for another wish. Only one is kept where it stands; an earlier one would begin anew.
    pub fn pause(&mut self, flow: Progress) {
        if let Some(earlier) = self.paused.replace(flow) {
            self.put_off(&earlier.skill);
        }
    }

    /// 「第二个」 after a list puts that product into focus.
    pub fn point_at(&mut self, said: &str) {
        if let [product] = &pointed(said, self)[..] {
            self.product = Some(product.clone());
            self.picked.retain(|picked| picked != product);
            self.picked.push(product.clone());
            let surplus = self.picked.len().saturating_sub(MAX_PICKED);
            self.picked.drain(..surplus);
        }
    }

    /// How often something that means the same was asked before. Questions about other numbers are other questions,
    /// however alike.
    pub fn asked_before(&self, text: &str, vector: &[f32]) -> usize {
        let figures = figures_of(text);
        let is_same = |asked: &&Asked| {
            let Some(meaning) = asked.meaning.as_ref().filter(|_| figures_of(&asked.text) == figures) else {
                return false;
            };
            let earlier: Vec<f32> = normalised(meaning);
            let one = Earlier { text, vector: Some(vector) };
            is_same_question(&one, &Earlier { text: &asked.text, vector: Some(&earlier) })
        };
        self.asked.iter().filter(is_same).count()
    }

    pub fn note_asked(&mut self, seq: Seq, text: &str, vector: Option<&[f32]>) {
        self.asked.push(Asked { seq, text: text.to_owned(), meaning: vector.map(in_bytes) });
        let surplus = self.asked.len().saturating_sub(MAX_ASKED);
        self.asked.drain(..surplus);
    }

    pub fn put_off(&mut self, skill: &str) {
        if self.later.len() < MAX_LATER && !self.later.iter().any(|later| later == skill) {
            self.later.push(skill.to_owned());
        }
    }
}

/// A unit vector in bytes: a cosine of two of them is right to a thousandth.
fn in_bytes(vector: &[f32]) -> Vec<i8> {
    let largest = vector.iter().fold(0.0_f32, |most, number| most.max(number.abs())).max(f32::MIN_POSITIVE);
    vector.iter().map(|number| (number / largest * f32::from(i8::MAX)).round() as i8).collect()
}

fn normalised(bytes: &[i8]) -> Vec<f32> {
    let length = bytes.iter().map(|byte| f32::from(*byte).powi(2)).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    bytes.iter().map(|byte| f32::from(*byte) / length).collect()
}

/// Figures and Latin words of codes: what two questions must share to be the same.
fn figures_of(text: &str) -> Vec<String> {
    let pieces = text.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    pieces.filter(|piece| piece.bytes().any(|byte| byte.is_ascii_digit())).map(str::to_lowercase).collect()
}

/// Bytes as hexadecimal digits: a list of numbers would be three times as long.
mod meaning {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &Option<Vec<i8>>, serializer: S) -> Result<S::Ok, S::Error> {
        match bytes {
            Some(bytes) => {
                let bytes: Vec<u8> = bytes.iter().map(|byte| byte.cast_unsigned()).collect();
                serializer.serialize_str(&hex::encode(bytes))
            }
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<i8>>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let bytes = hex::decode(text).map_err(D::Error::custom)?;
        Ok(Some(bytes.into_iter().map(u8::cast_signed).collect()))
    }
}

impl Choice {
    /// The option a reply picks: by its label, a part of it, or its number in the list.
    pub fn picked(&self, reply: &str) -> Option<&ChoiceOption> {
        let reply = super::normal::normal(reply);
        if reply.is_empty() {
            return None;
        }
        let exact = self.options.iter().find(|option| super::normal::normal(&option.label) == reply);
        exact.or_else(|| self.options.get(skills::words::ordinal(&reply, self.options.len())?)).or_else(|| match &self
            .matching(&reply)[..]
        {
            [one] => Some(one),
            _ => None,
        })
    }

    fn matching(&self, reply: &str) -> Vec<&ChoiceOption> {
        let names =
            |option: &&ChoiceOption| reply.chars().count() >= 2 && super::normal::normal(&option.label).contains(reply);
        self.options.iter().filter(names).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_other_words_is_the_same_when_it_means_the_same() {
        let mut memory = Memory::default();
        memory.note_asked(1, "快递到哪了", Some(&[0.6, 0.8]));
        memory.note_asked(2, "帐篷 2 人够用吗", Some(&[0.6, 0.8]));
        let memory = Memory::read(Some(&serde_json::to_string(&memory).unwrap()));
        assert_eq!(memory.asked_before("包裹现在在什么地方", &[0.61, 0.79]), 1, "other figures, another question");
        assert_eq!(memory.asked_before("怎么开发票", &[-0.8, 0.6]), 0);
    }

    #[test]
    fn what_was_under_way_before_a_person_spoke_is_offered_and_not_continued() {
        let skills = crate::bot::skill::Shelf::default().skills();
        let skill = skills.get("return_items").unwrap();
        let flow = Progress::new(skill, "run".into(), domain::time::Timestamp(0));
        let mut memory = Memory { epoch: 1, flow: Some(flow), ..Memory::default() };
        memory.take_up(1);
        assert!(memory.flow.is_some(), "the same stretch goes on");
        memory.take_up(3);
        assert_eq!((memory.flow, memory.later, memory.epoch), (None, vec!["return_items".to_owned()], 3));
    }

    #[test]
    fn picks_by_label_number_or_part() {
        let option = |label: &str, key: &str| ChoiceOption { label: label.into(), target: Target::Skill(key.into()) };
        let choice = Choice {
            question: "办哪个".into(),
            options: vec![option("退货", "return_items"), option("价格保护", "protect_price")],
        };
        let picked = |reply: &str| choice.picked(reply).map(|option| option.label.as_str());
        assert_eq!(picked("第二个"), Some("价格保护"));
        assert_eq!(picked("1"), Some("退货"));
        assert_eq!(picked("价格"), Some("价格保护"));
        assert_eq!(picked("怎么开发票"), None);
    }
}
