//! Putting what the desk knows into the shapes of the wire: names, places in the queue, bodies with links.

use domain::{
    actor::Controller,
    conversation::{Fact, Seq},
    handoff::HandoffCard,
    id::{ConversationId, MessageId, StaffId},
    message::Body,
};
use engine::{conversations, conversations::Sent, queue};
use store::{Staff, Stored, StoredEvent};

use crate::{
    app::App,
    problem::{Problem, Result},
    wire::{
        basics::StaffName,
        conversations::{ConsoleConversation, Rating, ShopperConversation, ShopperView, snoozed_of, stage_of},
        events::{
            ConsoleEvent, ConsoleEvents, Names, SentMessage, ShopperEvent, ShopperEvents, message_of, read_body,
            staff_in,
        },
    },
};

/// Events of a log sent at once; the client asks for more.
pub const EVENTS_PER_PAGE: i64 = 200;
/// How far back a card or a comment is looked for in one read.
const LOOK_BACK: i64 = 100;

async fn name_of(app: &App, staff: StaffId) -> Result<Option<StaffName>> {
    Ok(app.desk.store.staff(staff).await?.map(|known| StaffName { id: staff, name: known.name }))
}

pub async fn names_in(app: &App, events: &[StoredEvent]) -> Result<Names> {
    let mut names = Names::new();
    for staff in events.iter().flat_map(|stored| staff_in(&stored.event)) {
        if let std::collections::hash_map::Entry::Vacant(entry) = names.entry(staff) {
            entry.insert(app.desk.store.staff(staff).await?.map(|known| known.name).unwrap_or_default());
        }
    }
    Ok(names)
}

pub async fn shopper_conversation(app: &App, stored: &Stored) -> Result<ShopperConversation> {
    let conversation = &stored.conversation;
    let controller = conversation.controller();
    let agent = match controller.and_then(Controller::agent) {
        Some(agent) => name_of(app, agent).await?,
        None => None,
    };
    Ok(ShopperConversation {
        id: conversation.id,
        shop: conversation.shop,
        stage: stage_of(conversation),
        controller: crate::wire::basics::Controller::from(controller).into(),
        agent,
        language: conversation.language.into(),
        seq: conversation.seq,
        queue: queue::place(&app.desk, conversation).await?.map(Into::into),
        read: stored.read.into(),
        rated: conversation.rating,
        started_at: conversation.started_at,
    })
}

async fn page_of(app: &App, id: ConversationId, after: Seq, limit: Option<i64>) -> Result<(Vec<StoredEvent>, bool)> {
    let limit = limit.unwrap_or(EVENTS_PER_PAGE).clamp(1, EVENTS_PER_PAGE);
    let mut events = app.desk.store.events(id, after.max(0), limit + 1).await?;
    let more = events.len() as i64 > limit;
    events.truncate(limit as usize);
    Ok((events, more))
}

fn read_up_to(events: &[StoredEvent], after: Seq) -> Seq {
    events.last().map_or(after.max(0), |stored| stored.event.seq)
}

/// The caller has checked that the reader may see the conversation.
pub async fn shopper_events(app: &App, id: ConversationId, after: Seq, limit: Option<i64>) -> Result<ShopperEvents> {
    let (stored, more) = page_of(app, id, after, limit).await?;
    let names = names_in(app, &stored).await?;
    let links = app.file_links();
    let events = stored.iter().filter_map(|event| ShopperEvent::new(event, &names, &links)).collect();
    Ok(ShopperEvents { events, seq: read_up_to(&stored, after), more })
}

/// The caller has checked that the reader may see the conversation.
pub async fn console_events(
    app: &App,
    of: &Stored,
    reader: &Staff,
    after: Seq,
    limit: Option<i64>,
) -> Result<ConsoleEvents> {
    let (mut stored, more) = page_of(app, of.conversation.id, after, limit).await?;
    let read_up_to = read_up_to(&stored, after);
    stored.retain(|row| conversations::sees(reader, of.conversation.shop, &row.event));
    let names = names_in(app, &stored).await?;
    let links = app.file_links();
    let events = stored.iter().filter_map(|event| ConsoleEvent::new(event, &names, &links)).collect();
    Ok(ConsoleEvents { events, seq: read_up_to, more })
}

/// A message that was just sent, as it lies in the log.
pub async fn sent_message(app: &App, id: ConversationId, sent: Sent) -> Result<SentMessage> {
    let stored = app.desk.store.events(id, sent.seq - 1, 1).await?;
    let message = stored.first().and_then(|event| message_of(event, &app.file_links()));
    let message = message.ok_or_else(Problem::not_found)?;
    Ok(SentMessage { seq: sent.seq, message, duplicate: sent.duplicate })
}

/// Looks for an event from the end of the log backwards.
async fn look_back<T>(
    app: &App,
    id: ConversationId,
    last: Seq,
    find: impl Fn(&StoredEvent) -> Option<T>,
) -> Result<Option<T>> {
    let mut end = last;
    while end > 0 {
        let after = (end - LOOK_BACK).max(0);
        let events = app.desk.store.events(id, after, end - after).await?;
        if let Some(found) = events.iter().rev().find_map(&find) {
            return Ok(Some(found));
        }
        end = after;
    }
    Ok(None)
}

async fn card_of(app: &App, stored: &Stored) -> Result<Option<HandoffCard>> {
    let Some(wanted): Option<MessageId> = stored.conversation.card else { return Ok(None) };
    look_back(app, stored.conversation.id, stored.conversation.seq, |event| match event.event.fact {
        Fact::CardWritten { card, .. } if card == wanted => Some(read_body(event)),
        _ => None,
    })
    .await
    .map(Option::flatten)
}

async fn rating_of(app: &App, stored: &Stored) -> Result<Option<Rating>> {
    let Some(stars) = stored.conversation.rating else { return Ok(None) };
    let comment = look_back(app, stored.conversation.id, stored.conversation.seq, |event| match event.event.fact {
        Fact::Rated { .. } => Some(read_body::<Body>(event).map(|body| body.text)),
        _ => None,
    })
    .await?
    .flatten();
    Ok(Some(Rating { stars, comment }))
}

pub async fn console_conversation(app: &App, stored: &Stored, reader: &Staff) -> Result<ConsoleConversation> {
    let conversation = &stored.conversation;
    let shopper = app.desk.store.shopper(conversation.shopper).await?.ok_or_else(Problem::not_found)?;
    let controller = conversation.controller();
    let agent_name = match controller.and_then(Controller::agent) {
        Some(agent) => name_of(app, agent).await?.map(|agent| agent.name),
        None => None,
    };
    let resolved_at = match conversation.stage {
        domain::conversation::Stage::Resolved { at, .. } => Some(at),
        domain::conversation::Stage::Open { .. } => None,
    };
    let running = app.desk.store.running_deadlines(&[conversation.id]).await?;
    let deadlines = running.get(&conversation.id).into_iter().flatten().map(Into::into).collect();
    Ok(ConsoleConversation {
        id: conversation.id,
        shop: conversation.shop,
        shopper: ShopperView {
            id: shopper.id,
            name: shopper.name,
            verified: conversation.customer.is_some(),
            customer: conversation.customer.as_ref().map(|key| key.0.clone()),
            level: shopper.level,
            language: shopper.language.into(),
            contact: shopper.contact,
        },
        stage: stage_of(conversation),
        controller: controller.into(),
        agent_name,
        control_epoch: conversation.control_epoch,
        language: conversation.language.into(),
        seq: conversation.seq,
        started_at: conversation.started_at,
        resolved_at,
        rating: rating_of(app, stored).await?,
        card: card_of(app, stored).await?,
        read: stored.read.into(),
        may: conversations::may(stored, reader).into(),
        deadlines,
        tags: conversation.tags.clone(),
        snoozed: snoozed_of(conversation),
        page: stored.page.clone().map(Into::into),
    })
}
