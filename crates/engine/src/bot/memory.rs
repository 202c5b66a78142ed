//! What the bot keeps between turns of a conversation. Written with the reply it belongs to, never apart from it.

use domain::{
    conversation::Seq,
    id::ArticleId,
    message::Card,
    shop::{OrderKey, ProductKey},
};
use serde::{Deserialize, Serialize};
use skills::Progress;

use crate::chat::Proposal;

/// Earlier questions compared with a new one; older ones are another matter.
const MAX_ASKED: usize = 12;
/// Wishes put off until the flow under way is over.
const MAX_LATER: usize = 3;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    pub order: Option<OrderKey>,
    pub product: Option<ProductKey>,
    /// The products last shown together, in their order: 「第二个」 means one of these.
    pub shown: Vec<ProductKey>,
    /// The choice last offered.
    pub choice: Option<Choice>,
    /// Questions already answered.
    pub asked: Vec<Asked>,
    pub last_article: Option<ArticleId>,
    /// The skill that waits for the shopper's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<Progress>,
    /// The skill that spoke last: 「不是这单，是那单」 asks for it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_skill: Option<String>,
    /// What a model proposed and the shopper was asked to confirm; it stands for one turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// Skills to offer when the flow under way is over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub seq: Seq,
    pub text: String,
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
            [one] => self.product = Some(one.clone()),
            _ => self.shown = shown,
        }
    }

    pub fn note_asked(&mut self, seq: Seq, text: &str) {
        self.asked.push(Asked { seq, text: text.to_owned() });
        let surplus = self.asked.len().saturating_sub(MAX_ASKED);
        self.asked.drain(..surplus);
    }

    pub fn put_off(&mut self, skill: &str) {
        if self.later.len() < MAX_LATER && !self.later.iter().any(|later| later == skill) {
            self.later.push(skill.to_owned());
        }
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
