//! Saying something: the shopper to the desk, an agent to the shopper.

use domain::{
    actor::Actor,
    conversation::{Command, Seq},
    id::{ConversationId, FileId, MessageId, ShopperId},
    message::{Attachment, Body, MAX_ATTACHMENTS, MAX_MESSAGE_CHARS},
};
use store::{Staff, StoredFile};

use super::{Change, change, see};
use crate::{
    compliance,
    desk::Desk,
    error::{DeskError, Fault, Result},
    handoff::asked_again,
};

pub const MAX_CLIENT_CHARS: usize = 64;

/// A message as its sender gives it.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The sender's own id; sending the same again is the same message.
    pub client: String,
    pub text: String,
    pub files: Vec<FileId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    pub seq: Seq,
    pub message: MessageId,
    /// It was in the log already.
    pub duplicate: bool,
}

pub async fn say(desk: &Desk, id: ConversationId, shopper: ShopperId, outgoing: Outgoing) -> Result<Sent> {
    let stored = see::of_shopper(desk, id, shopper).await?;
    let uploader = shopper.to_string();
    let by = Actor::Shopper(shopper);
    send(desk, id, &outgoing, stored.conversation.shop, &uploader, "shopper", |message, client| {
        (by, Command::Say { message, client })
    })
    .await
}

pub async fn reply(desk: &Desk, id: ConversationId, staff: &Staff, outgoing: Outgoing) -> Result<Sent> {
    let stored = see::served_by(desk, id, staff).await?;
    let uploader = staff.id.to_string();
    let by = Actor::Agent(staff.id);
    if let Err(refusal) = compliance::may_send(desk, stored.conversation.shop, staff, &outgoing.text).await {
        // What is in the log already was sent under the rules of its time.
        let client = format!("agent:{}", outgoing.client);
        if desk.store.event_by_client(id, &client).await?.is_none() {
            return Err(refusal);
        }
    }
    let sent = send(desk, id, &outgoing, stored.conversation.shop, &uploader, "agent", |message, client| {
        (by, Command::Reply { message, client })
    })
    .await?;
    // A figure, and no part of sending: what can't be noted is missing from it.
    if let (false, Err(error)) = (sent.duplicate, asked_again::record(desk, id, staff, sent.seq, &outgoing.text).await)
    {
        tracing::warn!(%error, conversation = %id, "what the agent asked for was not noted");
    }
    Ok(sent)
}

async fn send(
    desk: &Desk,
    id: ConversationId,
    outgoing: &Outgoing,
    shop: domain::id::ShopId,
    uploader: &str,
    side: &'static str,
    command: impl Fn(MessageId, String) -> (Actor, Command),
) -> Result<Sent> {
    check(outgoing)?;
    // The client id is unique per conversation; each side has its own names.
    let client = format!("{side}:{}", outgoing.client);
    if let Some((seq, message)) = desk.store.event_by_client(id, &client).await? {
        return Ok(Sent { seq, message, duplicate: true });
    }
    let body = Body {
        text: outgoing.text.trim().to_owned(),
        attachments: attachments(desk, &outgoing.files, shop, uploader).await?,
        ..Body::default()
    };
    let message = MessageId::from_bits(desk.ids.bits());
    let changed = change(desk, id, |_| {
        let (by, command) = command(message, client.clone());
        Change::one(by, command).with_message(message, &body, side)
    })
    .await?;
    if changed.duplicate {
        let (seq, message) = desk.store.event_by_client(id, &client).await?.ok_or(DeskError::Conflict)?;
        return Ok(Sent { seq, message, duplicate: true });
    }
    let seq = changed.events.iter().find(|event| event.fact.message() == Some(message)).map(|event| event.seq);
    Ok(Sent { seq: seq.unwrap_or(changed.stored.conversation.seq), message, duplicate: false })
}

fn check(outgoing: &Outgoing) -> Result<()> {
    let mut faults = Vec::new();
    let mut fault = |field, code| faults.push(Fault { field, code });
    match outgoing.client.chars().count() {
        0 => fault("client_id", "empty"),
        n if n > MAX_CLIENT_CHARS => fault("client_id", "too_long"),
        _ => {}
    }
    if outgoing.text.trim().is_empty() && outgoing.files.is_empty() {
        fault("text", "empty");
    }
    if outgoing.text.chars().count() > MAX_MESSAGE_CHARS {
        fault("text", "too_long");
    }
    if outgoing.files.len() > MAX_ATTACHMENTS {
        fault("attachments", "too_many");
    }
    if faults.is_empty() { Ok(()) } else { Err(DeskError::Invalid(faults)) }
}

/// Only files the sender uploaded to the same shop can be sent.
async fn attachments(desk: &Desk, ids: &[FileId], shop: domain::id::ShopId, uploader: &str) -> Result<Vec<Attachment>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let known = desk.store.files(ids).await?;
    ids.iter()
        .map(|id| {
            known
                .iter()
                .find(|file| file.id == *id && file.shop == shop && file.uploader == uploader)
                .map(attachment_of)
                .ok_or_else(|| DeskError::invalid("attachments", "unknown"))
        })
        .collect()
}

fn attachment_of(file: &StoredFile) -> Attachment {
    let side = |pixels: Option<i64>| pixels.and_then(|pixels| u32::try_from(pixels).ok());
    Attachment {
        file: file.id,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        bytes: file.bytes.unsigned_abs(),
        width: side(file.width),
        height: side(file.height),
    }
}
