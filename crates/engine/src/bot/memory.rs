//! What the bot keeps between turns of a conversation. Written with the reply it belongs to, never apart from it.

use domain::{
    conversation::Seq,
    id::ArticleId,
    shop::{OrderKey, ProductKey},
};
use serde::{Deserialize, Serialize};

use super::understand::Topic;

/// Earlier questions compared with a new one; older ones are another matter.
const MAX_ASKED: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    pub order: Option<OrderKey>,
    pub product: Option<ProductKey>,
    /// The choice last offered.
    pub choice: Option<Choice>,
    /// Questions already answered.
    pub asked: Vec<Asked>,
    pub last_article: Option<ArticleId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub seq: Seq,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub question: String,
    pub topic: Option<Topic>,
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
    Order(OrderKey),
    Product(ProductKey),
}

impl Memory {
    pub fn read(json: Option<&str>) -> Self {
        // A memory an older version wrote differently is no reason to fail a turn.
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    pub fn note_asked(&mut self, seq: Seq, text: &str) {
        self.asked.push(Asked { seq, text: text.to_owned() });
        let surplus = self.asked.len().saturating_sub(MAX_ASKED);
        self.asked.drain(..surplus);
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
        exact.or_else(|| self.options.get(ordinal(&reply)?)).or_else(|| match &self.matching(&reply)[..] {
            [one] => Some(one),
            _ => None,
        })
    }

    fn matching(&self, reply: &str) -> Vec<&ChoiceOption> {
        let names = |option: &&ChoiceOption| match &option.target {
            Target::Order(order) => reply.contains(&order.as_str().to_lowercase()),
            _ => reply.chars().count() >= 2 && super::normal::normal(&option.label).contains(reply),
        };
        self.options.iter().filter(names).collect()
    }
}

/// The position a short reply names: 「第二个」, `2`, "the first one".
fn ordinal(reply: &str) -> Option<usize> {
    const NAMES: [(&[&str], usize); 4] = [
        (&["第一", "1", "first", "一"], 0),
        (&["第二", "2", "second", "二"], 1),
        (&["第三", "3", "third", "三"], 2),
        (&["第四", "4", "fourth", "四"], 3),
    ];
    let short = reply.trim_end_matches(['个', '.', '。', '!', '吧', '的']).trim();
    NAMES.iter().find_map(|(names, index)| {
        names
            .iter()
            .any(|name| short == *name || short == format!("the {name}") || short == format!("the {name} one"))
            .then_some(*index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_by_label_number_or_part() {
        let option = |label: &str, key: &str| ChoiceOption { label: label.into(), target: Target::Order(key.into()) };
        let choice = Choice {
            question: "哪个订单".into(),
            topic: None,
            options: vec![option("帐篷 11-20", "SL2026112000001"), option("咖啡壶 11-21", "SL2026112100002")],
        };
        let picked = |reply: &str| choice.picked(reply).map(|option| option.label.as_str());
        assert_eq!(picked("第二个"), Some("咖啡壶 11-21"));
        assert_eq!(picked("1"), Some("帐篷 11-20"));
        assert_eq!(picked("sl2026112100002"), Some("咖啡壶 11-21"));
        assert_eq!(picked("怎么退货"), None);
    }
}
