//! Opening a conversation; a shopper has at most one open at a time.

use domain::{
    actor::Controller,
    conversation::Opening,
    id::{ConversationId, MessageId},
    language::Language,
};
use store::{Append, Appended, NewBody, Page, Shopper, Stored};

use super::change::{announce, to_json};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    handoff, routing,
    shoppers::{self, Preference},
};

/// How the shopper would like it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub language: Language,
    pub prefers_human: bool,
    /// The page the shopper is on.
    pub page: Option<Page>,
}

/// The shopper's open conversation, or a new one. The flag says whether it is new.
pub async fn open(desk: &Desk, shopper: &Shopper, wish: Wish) -> Result<(Stored, bool)> {
    if let Some(known) = current(desk, shopper).await? {
        return Ok((known, false));
    }
    let prefers_human = wish.prefers_human || is_with_people_again(desk, shopper).await?;
    match start_for(desk, shopper, wish).await? {
        Some(id) => {
            if prefers_human {
                handoff::to_queue(desk, id, handoff::Asker::Shopper(shopper.id)).await?;
            }
            let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
            Ok((stored, true))
        }
        // Two tabs at once: the other one's conversation is as good.
        None => Ok((current(desk, shopper).await?.ok_or(DeskError::Conflict)?, false)),
    }
}

/// What the shopper chose last time, where the shop keeps to it and somebody is there.
async fn is_with_people_again(desk: &Desk, shopper: &Shopper) -> Result<bool> {
    if shoppers::preference(shopper) != Some(Preference::Human) {
        return Ok(false);
    }
    let plan = routing::plan(desk, shopper.shop).await?;
    let is_open = plan.hours.calendar().is_ok_and(|calendar| calendar.is_open(desk.now()));
    Ok(plan.limits.keeps_preference && is_open && desk.store.agents_online(shopper.shop).await? > 0)
}

async fn current(desk: &Desk, shopper: &Shopper) -> Result<Option<Stored>> {
    match desk.store.open_conversation_of(shopper.id).await? {
        Some(id) => Ok(desk.store.conversation(id).await?),
        None => Ok(None),
    }
}

/// `None` when the shopper has an open conversation by now.
async fn start_for(desk: &Desk, shopper: &Shopper, wish: Wish) -> Result<Option<ConversationId>> {
    let opening = Opening {
        id: ConversationId::from_bits(desk.ids.bits()),
        shop: shopper.shop,
        shopper: shopper.id,
        customer: shopper.customer.clone(),
        language: wish.language,
        controller: Controller::Bot,
    };
    let (state, event) = opening.start(desk.now());
    let events = [event];
    let append = Append {
        state: &state,
        expected_seq: 0,
        events: &events,
        bodies: Vec::new(),
        jobs: Vec::new(),
        deadlines: Vec::new(),
        trace: None,
        memory: None,
        preview: None,
        page: wish.page,
        seat: None,
        notices: Vec::new(),
    };
    match desk.store.append(append).await? {
        Appended::Done => {
            announce(desk, &state, &events);
            Ok(Some(state.id))
        }
        Appended::Conflict | Appended::Duplicate { .. } => Ok(None),
    }
}

/// A body for the log, as it is stored.
pub(super) fn body_of(id: MessageId, body: &impl serde::Serialize) -> Result<NewBody> {
    Ok(NewBody { id, json: to_json(body)? })
}
