//! A turn with skills: begin what is wanted, hear the answer to what was asked, answer something else in between and
//! come back. One flow that does something is under way at a time.

use std::sync::Arc;

use domain::{
    conversation::ReplyKind,
    handoff::HandoffReason,
    message::{Body, QuickAction},
};
use skills::{Input, Message, Progress, Skill, Then};

use super::{
    Wanted,
    converse::{Reply, Spoken, move_on, offer, under_way},
    message,
};
use crate::{
    bot::{draft::Draft, passages, texts, turn::Turn, understand::Social},
    error::Result,
};

/// Surer than this a message is about another skill than the one under way.
const ELSEWHERE_CHANCE: f64 = 0.6;

/// What a turn came to.
#[derive(Default)]
pub struct Acted {
    pub draft: Option<Draft>,
    pub handoff: Option<HandoffReason>,
}

impl Acted {
    fn said(draft: Draft) -> Self {
        Self { draft: Some(draft), handoff: None }
    }
}

pub fn has_flow(turn: &Turn<'_>) -> bool {
    under_way(turn).is_some()
}

/// Begins the skills that are wanted. What only looks things up is answered together; of the others the first that
/// waits for the shopper is under way, and the rest is offered after it.
pub async fn begin(turn: &mut Turn<'_>, wanted: Vec<Wanted>, bodies: &[&Body]) -> Result<Acted> {
    let message = message::read(turn, bodies).await;
    let is_one = wanted.len() == 1;
    let mut together: Option<Draft> = None;
    for wish in &wanted {
        if turn.memory.flow.is_some() {
            turn.memory.put_off(&wish.skill.name);
            continue;
        }
        let heard = if is_one { message.clone() } else { part_of(turn, &message, &wish.text).await };
        let (reply, progress) = match begin_one(turn, &wish.skill, heard).await? {
            Begun::SignIn(draft) => {
                together = Some(join(together, *draft));
                continue;
            }
            Begun::Said(reply, progress) => (*reply, *progress),
        };
        if reply.then == Then::HandsOff {
            return Ok(Acted { draft: Some(join(together, reply.draft)), handoff: Some(HandoffReason::NeedsPerson) });
        }
        if matches!(reply.then, Then::Broken(_)) && is_one {
            return Ok(Acted::default());
        }
        together = Some(join(together, reply.draft));
        if progress.is_waiting() {
            turn.memory.flow = Some(progress);
        }
    }
    Ok(Acted { draft: together.map(|draft| with_later(turn, draft)), handoff: None })
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
        Some(general) => join(Some(draft), general),
        None => draft,
    })
}

/// The shopper says something while a skill waits for an answer.
pub async fn go_on(turn: &mut Turn<'_>, wanted: &[Wanted], bodies: &[&Body]) -> Result<Acted> {
    let Some((skill, mut progress)) = under_way(turn) else { return Ok(Acted::default()) };
    turn.answers_flow = true;
    let mut message = message::read(turn, bodies).await;
    let other = wanted.iter().find(|it| it.skill.name != skill.name && it.chance >= ELSEWHERE_CHANCE).cloned();
    message.is_elsewhere = other.is_some();
    if let Some(requested) = turn.requested.iter().find(|it| it.skill.name == skill.name) {
        requested.fill(&mut message);
    }
    let has_called_off = message.calls_off;
    let reply = match move_on(turn, &skill, &mut progress, Input::Message(message)).await? {
        Spoken::Said(reply) => *reply,
        Spoken::Aside => return aside(turn, &skill, progress, other, bodies).await,
    };
    let mut acted = settle(turn, progress, reply);
    // 「算了，帮我查一下物流」: the flow is off, and the rest is a wish of its own.
    if let (true, Some(other), None) = (has_called_off, other, acted.handoff)
        && turn.memory.flow.is_none()
    {
        let more = Box::pin(begin(turn, vec![other], bodies)).await?;
        acted.handoff = more.handoff;
        acted.draft = match (acted.draft, more.draft) {
            (Some(first), Some(second)) => Some(join(Some(first), second)),
            (first, second) => second.or(first),
        };
    }
    Ok(acted)
}

/// Something else in the middle of a flow: answered if it can be, then the open question again.
async fn aside(
    turn: &mut Turn<'_>,
    skill: &Arc<Skill>,
    mut progress: Progress,
    other: Option<Wanted>,
    bodies: &[&Body],
) -> Result<Acted> {
    // What is answered now may put another order or product into focus; the flow's own stays.
    let focus = (turn.memory.order.clone(), turn.memory.product.clone());
    let answer = answer_aside(turn, other, bodies).await?;
    (turn.memory.order, turn.memory.product) = focus;
    let input = if answer.is_some() { Input::Resume } else { Input::Unclear };
    let reply = match move_on(turn, skill, &mut progress, input).await? {
        Spoken::Said(reply) => *reply,
        Spoken::Aside => return Ok(Acted::default()),
    };
    let mut acted = settle(turn, progress, reply);
    if let Some(answer) = answer {
        acted.draft = Some(match acted.draft {
            Some(question) => join(Some(answer), question),
            None => answer,
        });
    }
    Ok(acted)
}

async fn answer_aside(turn: &mut Turn<'_>, other: Option<Wanted>, bodies: &[&Body]) -> Result<Option<Draft>> {
    let language = turn.language();
    if let Some(social) = turn.understood.social.filter(|it| *it != Social::Confirm) {
        return Ok(Some(Draft::plain(ReplyKind::Social, turn.settings.tone.usable().social(social, language))));
    }
    if let Some(other) = other {
        if !other.skill.is_read_only() {
            turn.memory.put_off(&other.skill.name);
            let title = other.skill.title.in_language(language);
            return Ok(Some(Draft::plain(ReplyKind::Answered, texts::one_after_the_other(title, language))));
        }
        let message = message::read(turn, bodies).await;
        if let Begun::Said(reply, progress) = begin_one(turn, &other.skill, message).await?
            && !progress.is_waiting()
            && matches!(reply.then, Then::Finished | Then::Offers(_))
        {
            return Ok(Some(reply.draft));
        }
    }
    // What neither asks nor wishes is an answer that wasn't understood; an article would answer something else.
    if !turn.understood.wants_something() {
        return Ok(None);
    }
    let question = turn.understood.text.clone();
    Ok(passages::answer(turn, &question).await?.filter(|it| it.kind == ReplyKind::Answered))
}

/// What the end of a move means for the turn.
fn settle(turn: &mut Turn<'_>, progress: Progress, reply: Reply) -> Acted {
    turn.memory.flow = progress.is_waiting().then_some(progress);
    match reply.then {
        Then::HandsOff => Acted { draft: Some(reply.draft), handoff: Some(HandoffReason::NeedsPerson) },
        Then::Broken(_) => Acted::default(),
        _ => Acted::said(with_later(turn, reply.draft)),
    }
}

/// What was put off is offered when nothing is under way any more.
pub fn with_later(turn: &mut Turn<'_>, draft: Draft) -> Draft {
    if turn.memory.flow.is_some() || turn.memory.later.is_empty() || draft.choice.is_some() {
        return draft;
    }
    let later = std::mem::take(&mut turn.memory.later);
    let more = Draft::plain(draft.kind, texts::what_was_put_off(turn.language()));
    let draft = join(Some(draft), more);
    offer(turn, draft, &later)
}

/// One reply of two; what the second asks is what is open.
fn join(first: Option<Draft>, second: Draft) -> Draft {
    let Some(mut first) = first else { return second };
    if !second.body.text.is_empty() {
        let parts = [first.body.text.as_str(), second.body.text.as_str()];
        first.body.text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
    first.evidence.extend(second.evidence);
    for card in second.body.cards {
        if !first.body.cards.contains(&card) {
            first.body.cards.push(card);
        }
    }
    for source in second.body.sources {
        if !first.body.sources.contains(&source) {
            first.body.sources.push(source);
        }
    }
    for reply in second.body.quick_replies {
        if !first.body.quick_replies.contains(&reply) {
            first.body.quick_replies.push(reply);
        }
    }
    first.choice = second.choice.or(first.choice);
    first.kind =
        if first.kind == ReplyKind::Answered && second.kind == ReplyKind::Abstained { first.kind } else { second.kind };
    first
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
