//! Doing what was shown and confirmed: decided again on the order as it is now, written down before the shop is asked,
//! and done once under its key.

use std::time::Duration;

use domain::id::ActionId;
use skills::policy::{Approver, Verdict};
use store::StoreError;

use super::{
    Wish,
    look::{self, Place},
    preview::{self, Preview},
    record::{Record, Shown, State},
    settle, token,
};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

/// Letters of a key: a random id fits several times.
const KEY_CHARS_MAX: usize = 128;
/// How long another hand's work on the same key or order is waited for; shops answer in less.
const WAIT_TRIES: usize = 60;
const WAIT: Duration = Duration::from_millis(100);

/// What came of a confirmation.
#[derive(Debug, Clone, PartialEq)]
pub enum Performed {
    /// Written down: done, running, waiting for approval, refused or failed.
    Recorded(Box<Record>),
    /// It isn't what was shown any more, or nothing was shown; this is how it stands now. Nothing was done.
    Changed(Box<Preview>),
}

impl Performed {
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Recorded(record) => Some(record),
            Self::Changed(_) => None,
        }
    }
}

/// `token` is the one of the preview that was confirmed; `key` names this wish, and is never done twice.
pub async fn perform(desk: &Desk, wish: &Wish, token: &str, key: &str) -> Result<Performed> {
    if key.trim().is_empty() || key.chars().count() > KEY_CHARS_MAX || key.chars().any(char::is_control) {
        return Err(DeskError::invalid("key", "malformed"));
    }
    let place = look::place(desk, &wish.doer, &wish.whom).await?;
    let mut tries = 0;
    loop {
        if let Some(known) = known(desk, &place, wish, key).await? {
            return Ok(Performed::Recorded(Box::new(known)));
        }
        let look = look::look(desk, &place, &wish.action, None).await?;
        let judgement = look.judge(&wish.action, place.actor, desk.now());
        let now = preview::shown(&wish.action, &look, judgement);
        if !token::check(desk, &place, &now, token).await? {
            // Perhaps it changed because another hand has just done this very wish.
            if let Some(known) = known(desk, &place, wish, key).await? {
                return Ok(Performed::Recorded(Box::new(known)));
            }
            return Ok(Performed::Changed(Box::new(with_token(desk, &place, now).await?)));
        }
        let record = new_record(desk, &place, wish, key, &now);
        match settle::write_down(desk, &wish.doer, &record).await {
            Ok(()) if record.state == State::Running => {
                let done = settle::decide_again_and_carry_out(desk, &place, record).await?;
                return Ok(Performed::Recorded(Box::new(done)));
            }
            Ok(()) => return Ok(Performed::Recorded(Box::new(record))),
            // Somebody else has this key, or is at work on this order.
            Err(DeskError::Store(StoreError::Conflict)) if tries < WAIT_TRIES => {
                tries += 1;
                tokio::time::sleep(WAIT).await;
            }
            Err(DeskError::Store(StoreError::Conflict)) => return Err(DeskError::Conflict),
            Err(other) => return Err(other),
        }
    }
}

/// The wish of this key, waited for while another hand is at it.
async fn known(desk: &Desk, place: &Place, wish: &Wish, key: &str) -> Result<Option<Record>> {
    for tries in 0.. {
        let Some(stored) = desk.store.action_by_key(place.shop, key).await? else { return Ok(None) };
        let record = Record::of(stored);
        let is_same = record.action.as_ref() == Some(&wish.action)
            && record.customer == place.customer
            && record.conversation == place.conversation;
        if !is_same {
            return Err(DeskError::invalid("key", "taken"));
        }
        if record.state != State::Running || tries == WAIT_TRIES {
            return Ok(Some(record));
        }
        tokio::time::sleep(WAIT).await;
    }
    Ok(None)
}

async fn with_token(desk: &Desk, place: &Place, mut preview: Preview) -> Result<Preview> {
    if !matches!(preview.verdict, Verdict::Refused { .. }) {
        preview.token = Some(token::make(desk, place, &preview).await?);
    }
    Ok(preview)
}

fn new_record(desk: &Desk, place: &Place, wish: &Wish, key: &str, preview: &Preview) -> Record {
    let now = desk.now();
    let (state, rule, approver, text): (_, _, Option<Approver>, _) = match &preview.verdict {
        Verdict::Allowed => (State::Running, None, None, None),
        Verdict::NeedsApproval { role, rule, text } => {
            (State::AwaitingApproval, Some(rule.clone()), Some(*role), Some(text.clone()))
        }
        Verdict::Refused { rule, text } => (State::Refused, Some(rule.clone()), None, Some(text.clone())),
    };
    Record {
        id: ActionId::from_bits(desk.ids.bits()),
        shop: place.shop,
        conversation: place.conversation,
        customer: place.customer.clone(),
        order: wish.action.order().cloned(),
        key: key.to_owned(),
        name: wish.action.name().to_owned(),
        action: Some(wish.action.clone()),
        by: place.actor.as_str().to_owned(),
        by_id: wish.doer.id(),
        state,
        rule,
        approver,
        shown: Shown { lines: preview.lines.clone(), sums: preview.sums.clone(), text },
        outcome: None,
        decided_by: None,
        undo_until: None,
        created_at: now,
        updated_at: now,
    }
}
