//! What to do about what was understood. Pure; the hard rules come first and never bend.

use domain::{
    conversation::Conversation,
    handoff::{Emotion, HandoffReason},
    id::ArticleId,
    shop::{OrderKey, ProductKey},
};
use serde::Serialize;

use super::{
    memory::{Memory, Target},
    understand::{Social, Topic, Understanding},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    HandOff(HandoffReason),
    Social(Social),
    /// From the shop's records; when nothing is found there, from the articles.
    LookUp {
        topic: Topic,
        order: Option<OrderKey>,
        product: Option<ProductKey>,
    },
    /// The article the shopper picked from a choice.
    Tell {
        article: ArticleId,
        question: String,
    },
    /// From the articles.
    Search {
        question: String,
    },
}

pub fn decide(conversation: &Conversation, understood: &Understanding, memory: &Memory) -> Plan {
    if let Some(reason) = hard_rule(understood) {
        return Plan::HandOff(reason);
    }
    if let Some(plan) = picked(understood, memory) {
        return plan;
    }
    if let Some(social) = understood.social {
        return Plan::Social(social);
    }
    match topic_of(conversation, understood, memory) {
        Some(topic) => Plan::LookUp { topic, order: None, product: None },
        None => Plan::Search { question: understood.text.clone() },
    }
}

fn hard_rule(understood: &Understanding) -> Option<HandoffReason> {
    if understood.wants_human {
        Some(HandoffReason::Asked)
    } else if understood.risk.is_some() {
        Some(HandoffReason::Risk)
    } else if understood.foreign.is_some() {
        Some(HandoffReason::UnsupportedLanguage)
    } else if understood.emotion >= Emotion::Angry {
        Some(HandoffReason::Upset)
    } else if understood.is_repeated && understood.social.is_none() {
        Some(HandoffReason::Repeated)
    } else {
        None
    }
}

/// The shopper answered the question the bot asked.
fn picked(understood: &Understanding, memory: &Memory) -> Option<Plan> {
    let choice = memory.choice.as_ref()?;
    let option = choice.picked(&understood.text)?;
    Some(match &option.target {
        Target::Article(article) => Plan::Tell { article: *article, question: choice.question.clone() },
        Target::Order(order) => Plan::LookUp {
            topic: choice.topic.unwrap_or(Topic::OrderStatus),
            order: Some(order.clone()),
            product: None,
        },
        Target::Product(product) => Plan::LookUp {
            topic: choice.topic.unwrap_or(Topic::ProductFacts),
            order: None,
            product: Some(product.clone()),
        },
    })
}

/// The first topic the shop's records can answer. Rules of the shop ("多久发货") are for the articles, the
/// shopper's own order ("我的怎么还没发货") is for the records.
fn topic_of(conversation: &Conversation, understood: &Understanding, memory: &Memory) -> Option<Topic> {
    let names_order = !understood.order_numbers.is_empty();
    let is_personal = understood.is_own || names_order || memory.order.is_some();
    let found = understood.topics.iter().copied().find(|topic| match topic {
        Topic::Logistics | Topic::RefundStatus => is_personal || conversation.customer.is_some(),
        Topic::OrderStatus => is_personal,
        // Whether a product is meant shows only in the catalogue.
        Topic::ProductPrice | Topic::ProductStock | Topic::ProductFacts => true,
    });
    found.or(names_order.then_some(Topic::OrderStatus))
}
