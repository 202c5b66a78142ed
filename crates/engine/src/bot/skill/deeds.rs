//! Actions as skills see them. They go through `engine::actions` like everybody's; here only words are translated.

use domain::{action::Action, language::Bilingual};
use serde_json::json;
use skills::tool::{CallResult, Deed, Performed, Preview, Verdict};

use crate::{
    actions::{self, Doer, For, Record, State, Wish},
    bot::turn::Turn,
    error::{DeskError, Result},
};

fn wish(turn: &Turn<'_>, intent: &Action) -> Wish {
    Wish { doer: Doer::Bot, whom: For::Conversation(turn.stored.conversation.id), action: intent.clone() }
}

pub async fn preview(turn: &Turn<'_>, intent: &Action) -> Result<CallResult> {
    match actions::preview(turn.desk, &wish(turn, intent)).await {
        Ok(preview) => Ok(CallResult::Previewed(shown(preview))),
        Err(error) => unanswered(turn, error),
    }
}

pub async fn perform(turn: &Turn<'_>, intent: &Action, key: &str, token: Option<&str>) -> Result<CallResult> {
    match actions::perform(turn.desk, &wish(turn, intent), token.unwrap_or_default(), key).await {
        Ok(actions::Performed::Recorded(record)) => Ok(CallResult::Performed(done(&record))),
        Ok(actions::Performed::Changed(preview)) => Ok(CallResult::Performed(Performed {
            outcome: Deed::Changed,
            rule: preview.verdict.rule().map(str::to_owned),
            say: None,
            amount: None,
            reference: None,
            facts: json!({}),
            undo_until: None,
        })),
        Err(error) => unanswered(turn, error),
    }
}

/// The shop doesn't answer: that is a result too. Whatever else failed is the desk's own.
fn unanswered(turn: &Turn<'_>, error: DeskError) -> Result<CallResult> {
    match error {
        DeskError::Shop(error) => {
            tracing::warn!(shop = %turn.shop.id, %error, "an action got no answer");
            Ok(CallResult::Unavailable)
        }
        other => Err(other),
    }
}

fn shown(preview: actions::Preview) -> Preview {
    use skills::policy::Verdict as Judged;
    let rule = preview.verdict.rule().map(str::to_owned);
    let (verdict, say) = match preview.verdict {
        Judged::Allowed => (Verdict::Allowed, None),
        Judged::NeedsApproval { text, .. } => (Verdict::Approval, Some(text)),
        Judged::Refused { text, .. } => (Verdict::Refused, Some(text)),
    };
    let facts = json!({ "charge": preview.sums.charge, "lines": preview.lines, "undo_ms": preview.undo_ms });
    Preview { verdict, rule, say, amount: preview.sums.refund, facts, token: preview.token }
}

fn done(record: &Record) -> Performed {
    let outcome = match record.state {
        State::Done => Deed::Done,
        State::Running => Deed::UnderWay,
        State::AwaitingApproval => Deed::Waits,
        State::Undone | State::Refused | State::Failed => Deed::Refused,
    };
    let sums = record.outcome.as_ref().map_or(&record.shown.sums, |done| &done.sums);
    let say: Option<Bilingual> = record.shown.text.clone().filter(|_| outcome != Deed::Done);
    Performed {
        outcome,
        rule: record.rule.clone(),
        say,
        amount: sums.refund.clone(),
        reference: record.outcome.as_ref().and_then(|done| done.reference.clone()),
        facts: json!({ "charge": sums.charge, "lines": record.shown.lines }),
        undo_until: record.undo_until,
    }
}
