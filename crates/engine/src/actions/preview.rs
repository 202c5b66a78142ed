//! The dry run: may it be done, and what exactly would happen, in words and amounts that code works out.

use domain::{
    action::{Action, Sums},
    language::Bilingual,
};
use serde::Serialize;
use skills::policy::{ActorKind, Judgement, Step, Verdict};

use super::{
    Wish,
    look::{self, Look, Place},
    token, words,
};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preview {
    pub action: Action,
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What will happen, line by line, in both languages.
    pub lines: Vec<Bilingual>,
    pub sums: Sums,
    /// How long it could be undone after it is done.
    pub undo_ms: Option<i64>,
    /// To be given back with the confirmation; there is none for what is refused.
    pub token: Option<String>,
    /// Every rule that was looked at, in order.
    pub steps: Vec<Step>,
}

/// Changes nothing.
pub async fn preview(desk: &Desk, wish: &Wish) -> Result<Preview> {
    let (place, look) = look::of_wish(desk, wish).await?;
    let judgement = look.judge(&wish.action, place.actor, desk.now());
    let mut preview = shown(&wish.action, &look, judgement);
    if !matches!(preview.verdict, Verdict::Refused { .. }) {
        preview.token = Some(token::make(desk, &place, &preview).await?);
    }
    Ok(preview)
}

pub(super) fn shown(action: &Action, look: &Look, judgement: Judgement) -> Preview {
    let Judgement { verdict, sums, items, undo_ms, steps } = judgement;
    let lines = match &verdict {
        Verdict::Refused { text, .. } => vec![text.clone()],
        _ => words::lines(action, look.order.as_ref(), look.customer.as_ref(), &items, &sums),
    };
    Preview { action: action.clone(), verdict, lines, sums, undo_ms, token: None, steps }
}

/// What would happen if: the same decision for any hand, without a token. For the policy viewer, so the caller has
/// checked that whoever asks may see the order.
pub async fn what_if(desk: &Desk, wish: &Wish, actor: ActorKind) -> Result<Preview> {
    if wish.doer.staff().is_none() {
        return Err(DeskError::Forbidden);
    }
    let (place, look) = look::of_wish(desk, wish).await?;
    let place = Place { actor, ..place };
    let judgement = look.judge(&wish.action, place.actor, desk.now());
    Ok(shown(&wish.action, &look, judgement))
}
