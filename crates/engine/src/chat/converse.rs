//! Answering with tools where the desk alone has no answer: the model looks things up and words a reply, within rounds,
//! time and tokens. What it says is judged against what its tools told; without that, nothing is said.

use std::time::{Duration, Instant};

use domain::{
    conversation::{Fact, ReplyKind},
    language::Language,
    message::{Body, Source},
    trace::TurnStage,
};
use models::chat::{Message, Request, Role, Tool, ToolCall};
use serde_json::{Value, json};

use super::{
    ask::ask,
    hiding::Hiding,
    prompts::{NOTHING, converse_prompt},
    proposal::Proposal,
    tools::{self, Answer},
};
use crate::{
    bot::{Draft, Turn, guard::Evidence, skill::Acted},
    error::Result,
};

/// Requests with tools in one turn; the one after them has to be the answer.
const ROUNDS_MAX: usize = 4;
/// Calls carried out in one turn: several wishes of two look-ups each.
const CALLS_MAX: usize = 10;
/// Earlier messages the model is shown, and how much of each.
const HISTORY: usize = 6;
const HISTORY_CHARS: usize = 300;
/// Of the log, with what is no message.
const HISTORY_EVENTS: i64 = 15;
/// A shopper's message is hardly longer.
const QUESTION_CHARS_MAX: usize = 1_500;
/// Letters in a row that a reply and an article share when the one rests on the other.
const SHARED_LETTERS: usize = 6;

/// What the tools brought to light in this turn.
#[derive(Default)]
struct Found {
    evidence: Evidence,
    sources: Vec<(Source, String)>,
    proposal: Option<Proposal>,
    calls: usize,
    refused: usize,
}

/// The embedded answer, or one of the model where there is none or it leaves something open.
pub(crate) async fn converse(turn: &mut Turn<'_>, acted: Acted) -> Result<Acted> {
    let Some(connected) = turn.desk.chat.connected() else { return Ok(acted) };
    let Some(wishes) = left_open(turn, &acted) else { return Ok(acted) };
    let model = connected.model.name();
    let begun = Instant::now();
    let mut hiding = Hiding::of(turn).await;
    // Nobody can guess it, and it is worth nothing elsewhere.
    let mark = format!("{:016x}", turn.desk.ids.bits() as u64);
    let prompt = converse_prompt(turn.language(), &today(turn), &mark)
        .inspect_err(|error| tracing::error!(%error, "the shipped prompt is unsound"));
    let Ok(prompt) = prompt else { return Ok(acted) };
    let (sought, mut found) = (turn.sought.take(), Found::default());
    let said = talk(turn, &prompt, &wishes, &mut hiding, &mut found, connected.terms.reply_tokens).await?;
    let said = said.and_then(|text| usable(&text, &hiding, &found));
    let (zh, en) = match &said {
        Ok(_) => (
            format!("由模型 {model} 回答，用了 {} 次工具", found.calls),
            format!("Answered by the model {model} with {} calls of tools", found.calls),
        ),
        Err(code) => (format!("模型没有可用的回答（{code}）"), format!("No usable answer of the model ({code})")),
    };
    let detail = json!({
        "model": model, "took_ms": begun.elapsed().as_millis() as i64, "wishes": wishes.len(), "calls": found.calls,
        "refused_calls": found.refused, "hidden": hiding.count(), "proposes": found.proposal.as_ref().map(Proposal::name),
        "error": said.as_ref().err(),
    });
    turn.tracing.step(TurnStage::Compose, zh, en, detail);
    if said.is_err() || turn.sought.is_none() {
        turn.sought = sought;
    }
    let Ok(text) = said else { return Ok(acted) };
    let draft = drafted(turn, acted.draft, &text, found, vec![prompt, mark]);
    Ok(Acted { draft: Some(draft), handoff: None })
}

/// What the desk alone has no answer to; `None` when it needs no model, or mustn't ask one.
fn left_open(turn: &Turn<'_>, acted: &Acted) -> Option<Vec<String>> {
    let is_busy = acted.handoff.is_some() || turn.memory.flow.is_some() || turn.answers_flow;
    if is_busy || turn.understood.social.is_some() || turn.understood.said.trim().is_empty() {
        return None;
    }
    let asks = &turn.understood.understood.asks;
    match &acted.draft {
        None if asks.len() > 1 => Some(asks.clone()),
        None => Some(vec![turn.understood.text.clone()]),
        Some(draft) if draft.kind == ReplyKind::Answered && draft.choice.is_none() && !turn.unmet.is_empty() => {
            Some(turn.unmet.clone())
        }
        Some(_) => None,
    }
}

fn today(turn: &Turn<'_>) -> String {
    let zone = jiff::tz::TimeZone::get(&turn.settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let now = jiff::Timestamp::from_millisecond(turn.now.0).unwrap_or_default();
    now.to_zoned(zone).date().to_string()
}

/// Rounds of calls and answers until the model speaks. Failures of the desk are errors, those of the model a code.
async fn talk(
    turn: &mut Turn<'_>,
    prompt: &str,
    wishes: &[String],
    hiding: &mut Hiding,
    found: &mut Found,
    reply_tokens: u32,
) -> Result<std::result::Result<String, &'static str>> {
    let offered = tools::offered(turn);
    let mut messages = vec![Message::new(Role::System, prompt)];
    messages.extend(history(turn, hiding).await?);
    let question: String = wishes.join("\n").chars().take(QUESTION_CHARS_MAX).collect();
    messages.push(Message::new(Role::User, hiding.hide(&question)));
    for round in 0..=ROUNDS_MAX {
        let mut request = Request::new(messages.clone(), reply_tokens);
        if round < ROUNDS_MAX && found.calls < CALLS_MAX {
            request.tools.clone_from(&offered);
        }
        let reply = match ask(turn, &request, Duration::MAX).await {
            Ok(reply) => reply,
            Err(error) => return Ok(Err(error.code())),
        };
        if reply.calls.is_empty() {
            return Ok(Ok(reply.text));
        }
        messages.push(Message::said(&reply));
        for call in &reply.calls {
            let answer = called(turn, hiding, found, &request.tools, call, round).await?;
            messages.push(Message::answer(call, hiding.hide(&answer)));
        }
    }
    Ok(Err("tool_rounds"))
}

/// What was said before in this stretch, oldest first.
async fn history(turn: &Turn<'_>, hiding: &mut Hiding) -> Result<Vec<Message>> {
    let conversation = &turn.stored.conversation;
    let answered = conversation.answered_seq;
    let rows = turn.desk.store.events(conversation.id, (answered - HISTORY_EVENTS).max(0), 2 * HISTORY_EVENTS).await?;
    let said = rows.into_iter().filter_map(|row| {
        let role = match row.event.fact {
            // What came after is what is asked now.
            Fact::ShopperSaid { .. } if row.event.seq <= answered => Role::User,
            Fact::BotReplied { .. } => Role::Model,
            _ => return None,
        };
        let body: Body = serde_json::from_str(&row.body?).ok()?;
        let text: String = body.text.chars().take(HISTORY_CHARS).collect();
        (!text.trim().is_empty()).then_some((role, text))
    });
    let said: Vec<(Role, String)> = said.collect();
    let latest = said.len().saturating_sub(HISTORY);
    Ok(said[latest..].iter().map(|(role, text)| Message::new(*role, hiding.hide(text))).collect())
}

/// Carries a call out, or says why not; told in the trace without the arguments.
async fn called(
    turn: &mut Turn<'_>,
    hiding: &Hiding,
    found: &mut Found,
    offered: &[Tool],
    call: &ToolCall,
    round: usize,
) -> Result<String> {
    found.calls += 1;
    let known = offered.iter().find(|tool| tool.name == call.name).map(|tool| tool.name.clone());
    let arguments: Option<Value> = hiding.restore_json(&call.arguments);
    let answer = match (&known, call.fault, arguments) {
        (_, Some(_), _) | (None, ..) => {
            Answer::note("malformed", "Refused: there is no such tool, or not with these arguments.")
        }
        (_, _, None) => Answer::note("unknown_mark", "Refused: a mark in it stands for nothing."),
        _ if found.calls > CALLS_MAX => Answer::note("too_many", "Refused: too many calls. Answer now."),
        (Some(name), None, Some(arguments)) => tools::carry_out(turn, name, &arguments).await?,
    };
    // What was never offered is not repeated: a model may write anything there.
    let name = known.as_deref().unwrap_or("?");
    let outcome = answer.outcome;
    if matches!(outcome, "malformed" | "unknown_mark" | "too_many") {
        found.refused += 1;
    }
    turn.tracing.step(
        TurnStage::Act,
        format!("模型调用工具 {name}：{outcome}"),
        format!("The model calls {name}: {outcome}"),
        json!({ "tool": name, "round": round + 1, "outcome": outcome, "fault": call.fault }),
    );
    found.evidence.extend(answer.evidence);
    found.sources.extend(answer.sources.into_iter().map(|source| (source, answer.text.clone())));
    found.proposal = answer.proposal.or(found.proposal.take());
    Ok(answer.text)
}

/// The text that may go on to the guard. Without a source there is none.
fn usable(text: &str, hiding: &Hiding, found: &Found) -> std::result::Result<String, &'static str> {
    let text = hiding.restore(text.trim()).ok_or("unknown_mark")?;
    if text.is_empty() || text.trim_end_matches(['.', '。']) == NOTHING {
        return Err("no_answer");
    }
    if found.evidence.is_empty() { Err("no_source") } else { Ok(text) }
}

/// The model's text: behind what skills answered or in the place of one article, and before what is to be confirmed.
fn drafted(turn: &Turn<'_>, had: Option<Draft>, text: &str, mut found: Found, instructions: Vec<String>) -> Draft {
    let mut draft = match had {
        Some(had) if had.evidence.is_passage(&had.body.text) => {
            let passage = had.body.text.clone();
            let mut draft = had.worded_by_model(text, instructions);
            let sources = std::mem::take(&mut draft.body.sources);
            found.sources.extend(sources.into_iter().map(|source| (source, passage.clone())));
            draft
        }
        Some(had) => {
            let text = format!("{}\n\n{text}", had.body.text);
            had.worded_by_model(text, instructions)
        }
        None => Draft::by_model(ReplyKind::Answered, text, instructions),
    };
    if let Some(proposal) = found.proposal.take() {
        asks_to_confirm(&mut draft, proposal, turn.language());
    }
    draft.evidence.extend(found.evidence);
    for (source, passage) in found.sources {
        if !draft.body.sources.contains(&source) && rests_on(text, &passage) {
            draft.evidence.add(source.title.clone());
            draft.body.sources.push(source);
        }
    }
    draft
}

/// The question stands under the text, and alone when the guard holds the text back and nothing else was answered.
fn asks_to_confirm(draft: &mut Draft, proposal: Proposal, language: Language) {
    let question = proposal.draft(language);
    draft.kind = question.kind;
    draft.body.text = format!("{}\n\n{}", draft.body.text, question.body.text);
    draft.body.quick_replies.extend(question.body.quick_replies.clone());
    draft.evidence.extend(question.evidence.clone());
    draft.proposal.clone_from(&question.proposal);
    draft.instead.get_or_insert_with(|| Box::new(question));
}

/// Whether the reply takes something over from the passage.
fn rests_on(text: &str, passage: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|symbol| symbol.is_alphanumeric()).collect::<Vec<char>>();
    let passage: String = letters(passage).into_iter().collect();
    letters(text).windows(SHARED_LETTERS).any(|run| passage.contains(&run.iter().collect::<String>()))
}
