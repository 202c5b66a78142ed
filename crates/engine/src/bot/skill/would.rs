//! What the bot would begin on a sentence, decided by the same code as its turn; for whoever tries sentences out.

use std::sync::Arc;

use domain::{handoff::HandoffReason, language::Language, time::Timestamp};
use skills::Skill;
use store::Shop;
use understanding::{context::Focus, entities::Moment};

use super::intents::{Hearing, reading, wanted};
use crate::{
    bot::{
        decide::{Plan, decide},
        memory::Memory,
        understand::{Situation, language_of, understand_in},
        vectors::Vectors,
    },
    desk::Desk,
    reader::Reading,
};

/// What a sentence would lead to at the beginning of a conversation with somebody the shop vouches for.
#[derive(Debug, Clone)]
pub struct Would {
    /// `None` before the reader's first training.
    pub reading: Option<Reading>,
    pub next: Next,
    /// Of several things asked, those that go to the articles.
    pub rest: Vec<String>,
}

#[derive(Debug, Clone)]
pub enum Next {
    Begin(Vec<Arc<Skill>>),
    HandOff(HandoffReason),
    /// A greeting or thanks.
    Social,
    /// The articles are searched.
    Search,
}

pub async fn would(desk: &Desk, shop: &Shop, text: &str) -> Would {
    let said = [text.to_owned()];
    let names_product = match desk.connector(shop.id) {
        Some(connector) => connector.mentions(text).await.is_ok_and(|found| !found.is_empty()),
        None => false,
    };
    let focus = Focus { names_product, ..Focus::default() };
    let moment = Moment::new(Timestamp(desk.now().0), jiff::tz::TimeZone::UTC);
    let language = language_of(text).unwrap_or(Language::Zh);
    let understood = understand_in(&said, language, &[], &Situation { moment, focus });
    let (memory, vectors) = (Memory::default(), Vectors::default());
    let hearing = Hearing {
        desk,
        shop: shop.id,
        understood: &understood,
        memory: &memory,
        vectors: &vectors,
        requested: &[],
        names_product,
        is_known: true,
    };
    let wants = wanted(hearing).await;
    let wanted = wants.skills;
    let names: Vec<String> = wanted.iter().map(|it| it.skill.name.clone()).collect();
    let next = match decide(&understood, &memory, false, &names, false) {
        Plan::HandOff(reason) => Next::HandOff(reason),
        Plan::Begin(_) => Next::Begin(wanted.into_iter().map(|it| it.skill).collect()),
        Plan::Social(_) => Next::Social,
        Plan::WhichOne | Plan::SayMore | Plan::Search { .. } | Plan::Tell { .. } | Plan::Continue | Plan::TakeUp => {
            Next::Search
        }
    };
    Would { reading: reading(hearing, &understood.text).await, next, rest: wants.rest }
}
