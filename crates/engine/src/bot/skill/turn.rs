//! A turn with skills: begin what is wanted, and hear the answer to what was asked. One flow is under way at a time.

use std::sync::Arc;

use domain::{
    conversation::ReplyKind,
    handoff::HandoffReason,
    message::{Body, QuickAction},
};
use skills::{Input, Message, Progress, Skill, Then};

use super::{
    Wanted,
    aside::{aside, begin_after, is_clear, others, with_later},
    converse::{Reply, Spoken, move_on, under_way},
    message,
};
use crate::{
    bot::{draft::Draft, passages, texts, turn::Turn},
    error::Result,
};

/// What a turn came to.
#[derive(Default)]
pub struct Acted {
    pub draft: Option<Draft>,
    pub handoff: Option<HandoffReason>,
}

impl Acted {
    pub fn said(draft: Draft) -> Self {
        Self { draft: Some(draft), handoff: None }
    }
}

pub fn has_flow(turn: &Turn<'_>) -> bool {
    under_way(turn).is_some()
}

/// Begins the skills that are wanted, and tells from the articles what was asked beside them. What only looks things up is
/// answered together; of the others the first that waits for the shopper is under way, and the rest is offered after it.
pub async fn begin(turn: &mut Turn<'_>, wanted: Vec<Wanted>, bodies: &[&Body]) -> Result<Acted> {
    let rest = std::mem::take(&mut turn.unmet);
    let (told, open) = passages::answer_each(turn, &rest).await?;
    turn.unmet = open;
    let acted = begin_together(turn, wanted, bodies, told).await?;
    Ok(Acted { draft: acted.draft.map(|draft| with_later(turn, draft)), handoff: acted.handoff })
}

pub(super) async fn begin_together(
    turn: &mut Turn<'_>,
    wanted: Vec<Wanted>,
    bodies: &[&Body],
    told: Option<Draft>,
) -> Result<Acted> {
    let message = message::read(turn, bodies).await;
    let is_one = wanted.len() == 1 && told.is_none();
    let mut together = told;
    for wish in &wanted {
        if turn.memory.flow.is_some() {
            turn.memory.put_off(&wish.skill.name);
            continue;
        }
        let heard = if is_one { message.clone() } else { part_of(turn, &message, &wish.text).await };
        let (reply, progress) = match begin_one(turn, &wish.skill, heard).await? {
            Begun::SignIn(draft) => {
                together = Some(Draft::join(together, *draft));
                continue;
            }
            Begun::Said(reply, progress) => (*reply, *progress),
        };
        if reply.then == Then::HandsOff {
            let draft = Draft::join(together, reply.draft);
            return Ok(Acted { draft: Some(draft), handoff: Some(HandoffReason::NeedsPerson) });
        }
        if matches!(reply.then, Then::Broken(_)) && is_one {
            return Ok(Acted::default());
        }
        together = Some(Draft::join(together, reply.draft));
        if progress.is_waiting() {
            turn.memory.flow = Some(progress);
        }
    }
    Ok(Acted { draft: together, handoff: None })
}

enum Begun {
    SignIn(Box<Draft>),
    Said(Box<Reply>, Box<Progress>),
}

async fn begin_one(turn: &mut Turn<'_>, skill: &Arc<Skill>, message: Message) -> Result<Begun> {
    if skill.needs_verified && turn.stored.conversation.customer.is_none() {
        return Ok(Begun::SignIn(Box::new(please_sign_in(turn).await?)));
    }
    let mut message = message;
    message::point(&mut message, skill, &turn.memory);
    if let Some(requested) = turn.requested.iter().find(|it| it.skill.name == skill.name) {
        requested.fill(&mut message);
    }
    let run = format!("{}:{}", turn.stored.conversation.id, turn.stored.conversation.last_shopper_seq);
    let mut progress = Progress::new(skill, run, turn.now);
    turn.memory.last_skill = Some(skill.name.clone());
    match move_on(turn, skill, &mut progress, Input::Begin(message)).await? {
        Spoken::Said(reply) => Ok(Begun::Said(reply, Box::new(progress))),
        // A flow that has just begun waits for nothing that could be missed.
        Spoken::Aside => {
            let draft = Draft::plain(ReplyKind::Abstained, texts::abstain(turn.language()));
            Ok(Begun::Said(Box::new(Reply { draft, then: Then::Finished }), Box::new(progress)))
        }
    }
}

/// Records are for those the shop vouches for; its rules are for everybody.
async fn please_sign_in(turn: &mut Turn<'_>) -> Result<Draft> {
    let language = turn.language();
    let draft = Draft::plain(ReplyKind::Answered, texts::please_sign_in(language))
        .with_action(texts::sign_in(language), QuickAction::SignIn);
    let question = turn.understood.text.clone();
    let general = passages::answer(turn, &question).await?.filter(|it| it.kind == ReplyKind::Answered);
    Ok(match general {
        Some(general) => Draft::join(Some(draft), general),
        None => draft,
    })
}

/// The shopper says something while a skill waits for an answer.
pub async fn go_on(turn: &mut Turn<'_>, wanted: &[Wanted], bodies: &[&Body]) -> Result<Acted> {
    let Some((skill, mut progress)) = under_way(turn) else { return Ok(Acted::default()) };
    turn.answers_flow = true;
    let mut message = message::read(turn, bodies).await;
    message::point(&mut message, &skill, &turn.memory);
    let others = others(turn, &skill, &progress, wanted);
    message.is_elsewhere = others.iter().any(|other| is_clear(turn, &skill, other));
    if let Some(requested) = turn.requested.iter().find(|it| it.skill.name == skill.name) {
        requested.fill(&mut message);
    }
    let has_called_off = message.calls_off;
    let reply = match move_on(turn, &skill, &mut progress, Input::Message(message)).await? {
        Spoken::Said(reply) => *reply,
        Spoken::Aside => return aside(turn, &skill, progress, others, bodies).await,
    };
    let acted = settle(turn, progress, reply);
    // 「算了，帮我查一下物流」: the flow is off, and the rest is a wish of its own.
    if has_called_off && !others.is_empty() && acted.handoff.is_none() && turn.memory.flow.is_none() {
        return Box::pin(begin_after(turn, acted.draft, others, bodies)).await;
    }
    Ok(acted)
}

/// What the end of a move means for the turn.
pub(super) fn settle(turn: &mut Turn<'_>, progress: Progress, reply: Reply) -> Acted {
    turn.memory.flow = progress.is_waiting().then_some(progress);
    match reply.then {
        Then::HandsOff => Acted { draft: Some(reply.draft), handoff: Some(HandoffReason::NeedsPerson) },
        Then::Broken(_) => Acted::default(),
        _ => Acted::said(with_later(turn, reply.draft)),
    }
}

/// The message cut down to one of the things asked in it; what isn't tied to a place in the text stays.
async fn part_of(turn: &Turn<'_>, message: &Message, text: &str) -> Message {
    let mut part = Message { text: text.to_owned(), ..message.clone() };
    if let Some(connector) = turn.desk.connector(turn.shop.id) {
        let mentioned = connector.mentions(text).await.unwrap_or_default();
        if !mentioned.is_empty() {
            part.products.retain(|product| mentioned.iter().any(|it| it.product == *product));
            part.likely = part.products.clone();
        }
    }
    let named: Vec<String> =
        part.numbers.iter().filter(|number| text.to_uppercase().contains(number.as_str())).cloned().collect();
    if !named.is_empty() {
        part.numbers = named;
    }
    part
}
