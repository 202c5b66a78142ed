//! What the conversation is about when a message comes: looked up once, for reading the message.

use domain::{
    language::Language,
    shop::{OrderKey, ProductKey},
};
use store::Stored;
use understanding::context::Focus;

use super::{memory::Memory, pointing::speaks_of_earlier};
use crate::desk::Desk;

/// Questions looked back on for a name: what was said before them is no longer talked of.
const TURNS: usize = 2;

#[derive(Debug, Default)]
pub struct InFocus {
    product: Option<String>,
    order: Option<OrderKey>,
    list: Vec<String>,
    last_question: Option<String>,
    /// What was asked lately, the oldest first.
    turns: Vec<String>,
    names_product: bool,
}

impl InFocus {
    /// From the bot's memory, the page the shopper has open, and the catalogue. A shop that can't be reached leaves the
    /// product out.
    pub async fn of(desk: &Desk, stored: &Stored, memory: &Memory, said: &[String], language: Language) -> Self {
        let mut focus = Self {
            order: memory.order.clone(),
            list: memory.choice.iter().flat_map(|choice| &choice.options).map(|option| option.label.clone()).collect(),
            turns: memory.asked.iter().rev().take(TURNS).rev().map(|asked| asked.text.clone()).collect(),
            last_question: memory.asked.last().map(|asked| asked.text.clone()),
            ..Self::default()
        };
        let Some(connector) = desk.connector(stored.conversation.shop) else { return focus };
        let page = stored.page.as_ref().and_then(|page| page.product.as_deref()).map(ProductKey::from);
        if let Some(key) = memory.product.clone().or(page)
            && let Ok(product) = connector.product(&key).await
        {
            focus.product = Some(product.title.in_language(language).to_owned());
        }
        if focus.list.is_empty() {
            let is_earlier = speaks_of_earlier(&skills::words::fold(&said.join("\n")));
            let list = if is_earlier && !memory.shown_before.is_empty() { &memory.shown_before } else { &memory.shown };
            for key in list {
                if let Ok(product) = connector.product(key).await {
                    focus.list.push(product.title.in_language(language).to_owned());
                }
            }
        }
        focus.names_product = connector.mentions(&said.join("\n")).await.is_ok_and(|found| !found.is_empty());
        focus
    }

    pub fn focus(&self) -> Focus<'_> {
        Focus {
            product: self.product.as_deref(),
            order: self.order.as_ref().map(OrderKey::as_str),
            list: &self.list,
            last_question: self.last_question.as_deref(),
            turns: &self.turns,
            names_product: self.names_product,
        }
    }
}
