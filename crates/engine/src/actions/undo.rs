//! Taking back what was done, while the policy allows it and nothing else has happened to the order.

use domain::{id::ActionId, language::Bilingual};

use super::{
    Doer, For,
    look::{self, connector},
    record::{Record, State},
    settle::{advance, shop_rule},
};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

/// Why something stays done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotUndone {
    pub rule: String,
    pub text: Bilingual,
}

/// For the same shopper or customer it was done for; what is another's doesn't exist. The record comes back undone, or
/// as it is with the rule that keeps it done.
pub async fn undo(desk: &Desk, doer: &Doer, whom: &For, id: ActionId) -> Result<Result<Record, NotUndone>> {
    let place = look::place(desk, doer, whom).await?;
    let stored = desk.store.action(id).await?.ok_or(DeskError::NotFound)?;
    let mut record = Record::of(stored);
    let is_theirs = match (&record.customer, &place.customer) {
        (Some(own), Some(asking)) => own == asking,
        (None, None) => record.conversation.is_some() && record.conversation == place.conversation,
        _ => false,
    };
    if record.shop != place.shop || !is_theirs {
        return Err(DeskError::NotFound);
    }
    let policy = desk.policies.of(place.shop);
    let not =
        |rule: &str, zh: &str, en: &str| Ok(Err(NotUndone { rule: rule.to_owned(), text: Bilingual::new(zh, en) }));
    match record.state {
        State::Undone => return Ok(Ok(record)),
        State::Done => {}
        _ => return not("not_done", "这项操作没有完成，无需撤销。", "It was not done, so there is nothing to undo."),
    }
    if !policy.actions.get(&record.name).is_some_and(|own| own.who.contains(&place.actor)) {
        return not("who_may", "这项操作不能由当前身份撤销。", "This may not be undone from here.");
    }
    if record.undo_until.is_none_or(|until| desk.now() > until) {
        return not("undo_window", "已超过可以撤销的时间。", "The time in which it can be undone is over.");
    }
    match connector(desk, place.shop)?.undo(&record.id.to_string(), desk.now()).await {
        Ok(()) => {}
        Err(failure) if failure.is_passing() => return Err(failure.into()),
        Err(failure) => {
            let zh = "订单后来又有变化，不能撤销。";
            return not(&shop_rule(&failure), zh, "The order has changed since, so it can't be undone.");
        }
    }
    record.state = State::Undone;
    advance(desk, doer.staff(), &mut record, State::Done, None).await?;
    Ok(Ok(record))
}
