//! One request of a turn: within what the turn may still use, noted in the ledger, and with the shopper seeing that an
//! answer is being written.

use std::time::{Duration, Instant};

use models::chat::{Budget, ChatError, Reply, Request};

use super::ledger;
use crate::{
    bot::Turn,
    bus::{Hint, TypingBy},
};

/// The chat shows "is typing" a little longer than this.
const TYPING_EVERY: Duration = Duration::from_secs(3);

/// `at_most` cuts the time of this request shorter than the turn's terms do.
pub(super) async fn ask(turn: &mut Turn<'_>, request: &Request, at_most: Duration) -> Result<Reply, ChatError> {
    let desk = turn.desk;
    let connected = desk.chat.connected().ok_or(ChatError::NotSetUp)?;
    let budget = turn.chat.left(&connected.terms).ok_or(ChatError::Spent)?;
    let budget = Budget { time: budget.time.min(at_most), ..budget };
    let hint = Hint::Typing { conversation: turn.stored.conversation.id, shop: turn.shop.id, by: TypingBy::Bot };
    let mut shown = Instant::now();
    let mut said = |_: &str| {
        if shown.elapsed() >= TYPING_EVERY {
            shown = Instant::now();
            desk.bus.send(hint.clone());
        }
    };
    let answer = connected.model.stream(request, budget, desk.now().0, &mut said).await;
    ledger::note(desk, turn.shop.id, connected, request, &answer).await;
    turn.chat.note(request, &answer);
    answer
}
