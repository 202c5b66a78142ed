//! Putting an article's answer into words that fit the question. What the model says is judged like every reply, and the
//! passage stands in for it whenever something is wrong.

use std::time::{Duration, Instant};

use domain::{conversation::ReplyKind, trace::TurnStage};
use models::chat::{Message, Request, Role};
use serde_json::json;

use super::{
    ask::ask,
    hiding::Hiding,
    prompts::{SENTENCES, compose_instruction, compose_prompt},
};
use crate::bot::{Draft, Turn, guard::Author};

/// Longer questions are cut: what is asked for stands at one end, and the article has been found already.
const QUESTION_CHARS_MAX: usize = 600;

/// The draft as it goes on to the guard.
pub(crate) async fn compose(turn: &mut Turn<'_>, draft: Option<Draft>) -> Option<Draft> {
    let draft = draft?;
    let Some(connected) = turn.desk.chat.connected() else { return Some(draft) };
    if !is_from_article(turn, &draft) {
        return Some(draft);
    }
    let begun = Instant::now();
    let mut hiding = Hiding::of(turn).await;
    let Some((request, instruction)) = request(turn, &draft, &mut hiding, connected.terms.reply_tokens) else {
        return Some(draft);
    };
    let answer = ask(turn, &request, Duration::MAX).await;
    let took_ms = begun.elapsed().as_millis() as i64;
    let usage = answer.as_ref().map(|reply| reply.usage).unwrap_or_default();
    let worded = match &answer {
        Ok(reply) => hiding.restore(reply.text.trim()).ok_or("unknown_mark"),
        Err(error) => Err(error.code()),
    };
    let model = connected.model.name();
    let (zh, en) = match &worded {
        Ok(_) => (format!("由模型 {model} 措辞"), format!("Worded by the model {model}")),
        Err(code) => (
            format!("模型没有可用的回复（{code}），用原文"),
            format!("No usable reply of the model ({code}); the passage is used"),
        ),
    };
    let detail = json!({
        "model": model, "took_ms": took_ms, "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens, "hidden": hiding.count(), "error": worded.as_ref().err(),
    });
    turn.tracing.step(TurnStage::Compose, zh, en, detail);
    Some(match worded {
        Ok(text) => draft.worded_by_model(text, vec![instruction]),
        Err(_) => draft,
    })
}

/// Only what is one article's answer word for word: skills and choices say exactly what they must.
fn is_from_article(turn: &Turn<'_>, draft: &Draft) -> bool {
    draft.kind == ReplyKind::Answered
        && draft.author == Author::Desk
        && draft.body.sources.len() == 1
        && draft.evidence.is_passage(&draft.body.text)
        && draft.body.cards.is_empty()
        && draft.choice.is_none()
        && turn.cited.is_empty()
        && turn.memory.flow.is_none()
}

/// `None`: the prompt can't be filled in, which a test of the shipped one excludes.
fn request(turn: &Turn<'_>, draft: &Draft, hiding: &mut Hiding, max_tokens: u32) -> Option<(Request, String)> {
    let question: String = turn.understood.text.chars().take(QUESTION_CHARS_MAX).collect();
    let question = hiding.hide(&question);
    let passage = hiding.hide(&draft.body.text);
    let filled = compose_prompt(turn.language(), &passage, SENTENCES)
        .and_then(|prompt| Ok((prompt, compose_instruction(turn.language())?)));
    let (prompt, instruction) =
        filled.inspect_err(|error| tracing::error!(%error, "the shipped prompt is unsound")).ok()?;
    let messages = vec![Message::new(Role::System, prompt), Message::new(Role::User, question)];
    Some((Request::new(messages, max_tokens), instruction))
}
