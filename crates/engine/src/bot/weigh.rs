//! Going on or a human now: the model's chance that the reply fails, against the queue. It comes after everything else,
//! when the reply is known; what a hard rule decided stands.

use domain::{
    conversation::{Event, ReplyKind},
    handoff::HandoffReason,
    message::{Body, QuickAction},
    time::MINUTE_MS,
    trace::TurnStage,
};

use super::{draft::Draft, texts, turn::Turn};
use crate::{
    error::Result,
    handoff::{self, Course, Taken, Wait, Weighed},
    queue,
};

/// Events looked at for the past of the turn.
const EVENTS: i64 = 120;

pub async fn weigh(
    turn: &mut Turn<'_>,
    draft: Draft,
    reason: Option<HandoffReason>,
) -> Result<(Draft, Option<HandoffReason>)> {
    // Small talk and the steps of a flow that is getting somewhere are no question of going on.
    let is_plain = turn.answers_flow || !handoff::counts(draft.kind) && reason.is_none();
    if is_plain {
        return Ok((draft, reason));
    }
    if reason.is_some() {
        turn.taken = Some(Taken::by_rule());
        return Ok((draft, reason));
    }
    let Some(model) = turn.desk.handoffs.of(turn.shop.id) else { return Ok((draft, None)) };
    let chance = f64::from(model.chance(&past(turn, &draft).await?));
    let wait = queue::expected(turn.desk, turn.shop).await?;
    let certified = turn.desk.handoffs.certified(turn.shop.id);
    let weighed = handoff::weigh(chance, wait, &turn.settings.handoff, certified);
    turn.taken = Some(Taken::by_weight(&weighed));
    trace(turn, &weighed);
    Ok(match weighed.course {
        Course::GoOn => (draft, None),
        Course::Offer => (offered(turn, draft, wait), None),
        Course::HandOver => (handed_over(turn, draft), Some(HandoffReason::Predicted)),
    })
}

/// What was said so far, this turn's messages, and the reply that would be sent.
async fn past(turn: &Turn<'_>, draft: &Draft) -> Result<Vec<understanding::handoff::Said>> {
    let conversation = &turn.stored.conversation;
    let from = (conversation.seq - EVENTS).max(0);
    let rows = turn.desk.store.events(conversation.id, from, EVENTS).await?;
    let events: Vec<(Event, Option<Body>)> =
        rows.into_iter().map(|row| (row.event, row.body.and_then(|json| serde_json::from_str(&json).ok()))).collect();
    let mut said = handoff::history::of_events(&events, conversation.last_shopper_seq);
    let meaning = turn.vectors.of(turn.desk, &turn.understood.text).await.map(|it| it.to_vec()).unwrap_or_default();
    if let Some(last) = said.iter_mut().rev().find(|turn| turn.by_shopper) {
        last.meaning.clone_from(&meaning);
    }
    said.push(handoff::history::by_bot(&draft.body.text, draft.kind, meaning));
    Ok(said)
}

fn trace(turn: &mut Turn<'_>, weighed: &Weighed) {
    let Weighed { course, chance, going_on, human, threshold, .. } = *weighed;
    let (zh, en) = match course {
        Course::GoOn => ("继续由智能客服答复", "the bot goes on"),
        Course::Offer => ("答复并说明人工需要等待", "it goes on and tells how long a person takes"),
        Course::HandOver => ("转人工", "a person takes over"),
    };
    turn.tracing.step(
        TurnStage::Decide,
        format!("解决不了的可能 {chance:.2}（阈值 {threshold:.2}）；继续的代价 {going_on:.1}，转人工的代价 {human:.1}：{zh}"),
        format!("Chance to fail {chance:.2} (threshold {threshold:.2}); going on costs {going_on:.1}, a person {human:.1}: {en}"),
        weighed,
    );
}

fn offered(turn: &Turn<'_>, mut draft: Draft, wait: Wait) -> Draft {
    let language = turn.language();
    let sentence = match wait.expected_ms {
        Some(ms) => texts::human_takes((ms + MINUTE_MS - 1) / MINUTE_MS, language),
        None => texts::nobody_there_offer(language).to_owned(),
    };
    draft.body.text = format!("{}\n\n{sentence}", draft.body.text);
    let has_button = draft.body.quick_replies.iter().any(|reply| reply.action == Some(QuickAction::Human));
    if has_button { draft } else { draft.with_action(texts::talk_to_human(language), QuickAction::Human) }
}

/// What could be told is told; a question back isn't, since the person asks.
fn handed_over(turn: &Turn<'_>, mut draft: Draft) -> Draft {
    let sentence = texts::handing_over(HandoffReason::Predicted, turn.language());
    if draft.kind != ReplyKind::Answered {
        return Draft::plain(ReplyKind::Social, sentence);
    }
    draft.body.text = format!("{}\n\n{sentence}", draft.body.text);
    draft.body.quick_replies.clear();
    draft.choice = None;
    draft
}
