//! The end of a turn: the reply, its trace and what the bot remembers go into the log in one append.

use domain::{
    actor::Actor,
    conversation::{Command, Fact, ReplyKind, Seq},
    handoff::HandoffReason,
    id::{MessageId, TraceId},
    message::QuickAction,
    trace::{Trace, TurnOutcome, TurnStage},
};
use serde_json::json;

use super::{draft::Draft, texts, trace::words, turn::Turn};
use crate::{
    conversations::{Change, change, to_json},
    error::Result,
    handoff::{self, Passing},
    review, routing,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Replied(ReplyKind),
    HandedOff(HandoffReason),
    /// Control had passed; recorded, not delivered.
    Withheld,
    Skipped,
}

pub async fn deliver(
    mut turn: Turn<'_>,
    answers: Seq,
    mut draft: Draft,
    handoff: Option<HandoffReason>,
) -> Result<Outcome> {
    let desk = turn.desk;
    let conversation = &turn.stored.conversation;
    let (id, epoch, language) = (conversation.id, conversation.control_epoch, turn.language());
    if handoff.is_some() && desk.store.agents_online(turn.shop.id).await? == 0 {
        draft.body.text = format!("{}\n\n{}", draft.body.text, texts::nobody_there(language));
    }
    if handoff.is_none() && draft.kind == ReplyKind::Answered && turn.understood.asked_before > 0 {
        draft = draft.with_action(texts::talk_to_human(language), QuickAction::Human);
    }
    let is_question = turn.understood.social.is_none() && !turn.answers_flow;
    if matches!(draft.kind, ReplyKind::Answered | ReplyKind::Clarified) && is_question {
        let text = turn.understood.text.clone();
        let vector = turn.vectors.of(desk, &text).await;
        turn.memory.note_asked(answers, &text, vector.as_deref());
    }
    turn.memory.note_shown(&draft.body.cards);
    turn.memory.choice = draft.choice.take();
    turn.memory.proposal = draft.proposal.take();
    turn.memory.emotion = turn.understood.emotion;
    turn.tracing.step(
        TurnStage::Deliver,
        handoff.map_or("回复买家".to_owned(), |reason| format!("回复并转人工：{}", words::reason(reason).zh)),
        handoff.map_or("Reply".to_owned(), |reason| format!("Reply and hand off: {}", words::reason(reason).en)),
        json!({ "kind": draft.kind, "handoff": handoff }),
    );
    let trace = Trace {
        id: TraceId::from_bits(desk.ids.bits()),
        conversation: id,
        seq: answers,
        at: desk.now(),
        took_ms: turn.tracing.took_ms(),
        language,
        epoch,
        outcome: if handoff.is_some() { TurnOutcome::HandedOff } else { TurnOutcome::Replied },
        sources: draft.body.sources.clone(),
        steps: turn.tracing.steps,
    };
    let passing = match handoff {
        Some(reason) => {
            let card = handoff::compose(desk, id, reason).await?;
            let queue = routing::queue_for(desk, conversation, reason, &card).await?;
            Some(Passing::new(desk, queue, reason, Some(epoch), &card)?)
        }
        None => None,
    };
    let message = MessageId::from_bits(desk.ids.bits());
    let (sought, terms) = (turn.sought.take(), turn.settings.guarantee);
    let (taken, handoff_terms) = (turn.taken.take(), turn.settings.handoff);
    let memory = to_json(&turn.memory)?;
    let reply = Command::BotReply { message, epoch, answers, reply: draft.kind, trace: Some(trace.id) };
    let changes_language = language != conversation.language;
    let changed = change(desk, id, |stored| {
        let mut planned = Change::default().with_message(message, &draft.body, "bot")?;
        let is_current = stored.conversation.is_with_bot() && stored.conversation.control_epoch == epoch;
        if changes_language && is_current && stored.conversation.language != language {
            planned.commands.push((Actor::Bot, Command::ChooseLanguage { language }));
        }
        planned.commands.push((Actor::Bot, reply.clone()));
        if let Some(passing) = passing.as_ref().filter(|_| is_current) {
            passing.plan(&mut planned, Actor::Bot);
        }
        planned.trace = Some(trace.clone());
        planned.memory = is_current.then(|| memory.clone());
        Ok(planned)
    })
    .await;
    let withheld = match changed {
        // Another worker was faster with the same turn.
        Err(crate::error::DeskError::Refused(domain::conversation::Refusal::AlreadyAnswered)) => {
            return Ok(Outcome::Skipped);
        }
        other => other?.events.iter().any(|event| matches!(event.fact, Fact::ReplyWithheld { .. })),
    };
    if let Some(sought) = sought.filter(|_| !withheld) {
        review::note(desk, turn.shop.id, &terms, id, answers, &sought).await?;
    }
    if let Some(taken) = taken.filter(|_| !withheld) {
        handoff::note(desk, &handoff_terms, turn.shop.id, (id, answers), language, taken).await?;
    }
    Ok(match (withheld, handoff) {
        (true, _) => Outcome::Withheld,
        (false, Some(reason)) => Outcome::HandedOff(reason),
        (false, None) => Outcome::Replied(draft.kind),
    })
}

impl Outcome {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Replied(ReplyKind::Answered) => "answered",
            Self::Replied(ReplyKind::Clarified) => "clarified",
            Self::Replied(ReplyKind::Abstained) => "abstained",
            Self::Replied(ReplyKind::Social) => "social",
            Self::HandedOff(_) => "handed_off",
            Self::Withheld => "withheld",
            Self::Skipped => "skipped",
        }
    }
}
