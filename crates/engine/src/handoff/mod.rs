//! Passing a conversation to the queue, with the card that saves everybody from asking twice.

pub mod asked_again;
mod card;
pub mod certificate;
mod decision;
mod drafts;
pub(crate) mod history;
pub mod model;
mod slots;
mod terms;
mod texts;

use domain::{
    actor::Actor,
    conversation::{Command, Conversation, Seq},
    handoff::{CardIntent, HandoffCard, HandoffReason},
    id::{ConversationId, MessageId, QueueId, ShopperId},
    message::Body,
    shop::{Order, OrderKey},
};
use store::{ActionFilter, Stored};
use understanding::{
    ask::Part,
    entities::{Entity, Moment, entities},
};

pub use card::CardSources;
pub(crate) use certificate::{Taken, counts, note};
pub use decision::{Course, Wait, Weighed, weigh};
pub use model::{Models, learn};
pub use terms::Terms;
pub(crate) use texts::reason_text;

use crate::{
    actions::{self, Record},
    bot::vectors::Vectors,
    conversations::{Change, change, to_json},
    desk::Desk,
    error::{DeskError, Result},
    routing::queue_for,
    settings::ShopSettings,
};

/// Events read for a card: the last stretch of even a long conversation.
const CARD_EVENTS: i64 = 400;
/// Actions on orders looked at; a card shows fewer.
const CARD_ACTIONS: i64 = 20;
/// Chance of being right from which an intent is told to a person.
const RELIABLE_INTENT: f32 = 0.4;

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
    let shop = desk.store.shop(conversation.shop).await?.ok_or(DeskError::NotFound)?;
    let settings = ShopSettings::of(&shop)?;
    let shopper = desk.store.shopper(conversation.shopper).await?;
    let memory = crate::bot::Memory::read(stored.memory.as_deref());
    let said = card::said(&events);
    let ask = card::ask_of(&events, &said);
    let order = order_of(desk, conversation, &memory, &said).await;
    let product = match (&memory.product, desk.connector(conversation.shop)) {
        (Some(product), Some(connector)) => connector.product(product).await.ok(),
        _ => None,
    };
    let actions = desk.store.actions(&ActionFilter::Conversation(id), CARD_ACTIONS).await?;
    let actions: Vec<Record> = actions.into_iter().map(Record::of).collect();
    let allowed = match &order {
        Some(order) => actions::allowed(desk, conversation, order).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let vectors = Vectors::default();
    let drafts =
        drafts::of(desk, &settings, conversation, (&ask, &vectors), order.as_ref(), memory.product.clone()).await;
    Ok(card::compose(CardSources {
        now: desk.now(),
        reason,
        conversation,
        events: &events,
        intents: intents(desk, conversation, &ask, &vectors).await,
        slots: slots::of(&said, &memory, &moment(desk, &settings), conversation.language),
        ask: &ask,
        shopper_name: shopper.and_then(|shopper| shopper.name),
        order: order.as_ref(),
        product: product.as_ref(),
        actions: &actions,
        allowed: &allowed,
        drafts,
        reply_within_minutes: settings.handoff.reply_within_minutes,
    }))
}

pub(crate) fn moment(desk: &Desk, settings: &ShopSettings) -> Moment {
    let zone = jiff::tz::TimeZone::get(&settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    Moment::new(desk.now(), zone)
}

/// The order the bot had in mind, or the last one the shopper named; only the shopper's own exists.
async fn order_of(
    desk: &Desk,
    conversation: &Conversation,
    memory: &crate::bot::Memory,
    said: &[(Seq, String)],
) -> Option<Order> {
    let (customer, connector) = (conversation.customer.as_ref()?, desk.connector(conversation.shop)?);
    let named = said.iter().rev().find_map(|(_, text)| {
        let found = entities(text, &Moment::new(desk.now(), jiff::tz::TimeZone::UTC)).into_iter();
        found.into_iter().find_map(|found| match found.entity {
            Entity::OrderNumber(number) => Some(OrderKey::from(number.as_str())),
            _ => None,
        })
    });
    for key in [memory.order.clone(), named].into_iter().flatten() {
        if let Ok(order) = connector.order_of(customer, &key).await {
            return Some(order);
        }
    }
    None
}

/// What each part of the ask wants, as the reader of intents has it.
async fn intents(desk: &Desk, conversation: &Conversation, ask: &[Part], vectors: &Vectors) -> Vec<CardIntent> {
    let skills = desk.skills.skills();
    let mut intents: Vec<CardIntent> = Vec::new();
    for part in ask {
        let vector = vectors.of(desk, &part.text).await;
        let Some(reading) = crate::reader::read(desk, conversation.shop, &part.text, vector.as_deref()) else {
            continue;
        };
        let skill = reading.intents.first().and_then(|intent| skills.get(intent.skill.as_ref()?));
        let Some(skill) = skill.filter(|_| reading.reliability >= RELIABLE_INTENT) else { continue };
        if intents.iter().all(|known| known.name != skill.name) {
            let text = skill.title.in_language(conversation.language).to_owned();
            intents.push(CardIntent { name: skill.name.clone(), text, seq: Some(part.seq) });
        }
    }
    intents
}

/// A message body; a card or anything unreadable is none.
fn read_body(json: &str) -> Option<Body> {
    serde_json::from_str(json).ok()
}
