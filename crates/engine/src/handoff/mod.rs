//! Passing a conversation to the queue, with the card that saves everybody from asking twice.

mod ask;
mod card;

use domain::{
    actor::Actor,
    conversation::Command,
    handoff::{HandoffCard, HandoffReason},
    id::{ConversationId, MessageId, QueueId, ShopperId},
    message::Body,
};
use store::Stored;

pub use card::CardSources;
pub(crate) use card::reason_text;

use crate::{
    conversations::{Change, change, to_json},
    desk::Desk,
    error::{DeskError, Result},
    routing::queue_for,
};

/// Events read for a card: the last stretch of even a long conversation.
const CARD_EVENTS: i64 = 400;

/// Who wants the human.
#[derive(Debug, Clone, Copy)]
pub enum Asker {
    Shopper(ShopperId),
    /// The desk, for a bot that didn't come back.
    System(HandoffReason),
}

/// Into the queue, with a fresh card.
pub async fn to_queue(desk: &Desk, id: ConversationId, asker: Asker) -> Result<Stored> {
    let (by, reason) = match asker {
        Asker::Shopper(shopper) => (Actor::Shopper(shopper), HandoffReason::Asked),
        Asker::System(reason) => (Actor::System, reason),
    };
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    let card = compose(desk, id, reason).await?;
    let queue = queue_for(desk, &stored.conversation, reason, &card).await?;
    let passing = Passing::new(desk, queue, reason, None, &card)?;
    Ok(change(desk, id, |_| {
        let mut planned = Change::default();
        passing.plan(&mut planned, by);
        Ok(planned)
    })
    .await?
    .stored)
}

/// A hand-off ready to be put into a change.
pub(crate) struct Passing {
    command: Command,
    body: store::NewBody,
}

impl Passing {
    pub(crate) fn new(
        desk: &Desk,
        queue: QueueId,
        reason: HandoffReason,
        epoch: Option<i64>,
        card: &HandoffCard,
    ) -> Result<Self> {
        let id = MessageId::from_bits(desk.ids.bits());
        let command = Command::HandOff { queue, reason, epoch, card: id, emotion: card.emotion.level };
        Ok(Self { command, body: store::NewBody { id, json: to_json(card)? } })
    }

    pub(crate) fn plan(&self, change: &mut Change, by: Actor) {
        change.commands.push((by, self.command.clone()));
        change.bodies.push(self.body.clone());
    }
}

/// The card as the conversation stands now.
pub async fn compose(desk: &Desk, id: ConversationId, reason: HandoffReason) -> Result<HandoffCard> {
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    let conversation = &stored.conversation;
    let from = (conversation.seq - CARD_EVENTS).max(0);
    let events = desk.store.events(id, from, CARD_EVENTS).await?;
    let events: Vec<_> = events.into_iter().map(|row| (row.event, row.body.as_deref().and_then(read_body))).collect();
    let shopper = desk.store.shopper(conversation.shopper).await?;
    let memory = crate::bot::Memory::read(stored.memory.as_deref());
    let order = match (&conversation.customer, &memory.order, desk.connector(conversation.shop)) {
        (Some(customer), Some(order), Some(connector)) => connector.order_of(customer, order).await.ok(),
        _ => None,
    };
    let product = match (&memory.product, desk.connector(conversation.shop)) {
        (Some(product), Some(connector)) => connector.product(product).await.ok(),
        _ => None,
    };
    Ok(card::compose(CardSources {
        now: desk.now(),
        reason,
        conversation,
        events: &events,
        shopper_name: shopper.and_then(|shopper| shopper.name),
        order: order.as_ref(),
        product: product.as_ref(),
    }))
}

/// A message body; a card or anything unreadable is none.
fn read_body(json: &str) -> Option<Body> {
    serde_json::from_str(json).ok()
}
