//! Trying the model out: one tiny request, so that an operator sees whether it answers, how fast, and what went wrong.

use std::time::Instant;

use domain::{id::ShopId, staff::Permission};
use models::chat::{Budget, Message, Request, Role, Usage};
use store::Staff;

use super::ledger;
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    staff::can,
};

/// Those who run the desk: what the model costs is nobody else's business.
pub fn may_see(staff: &Staff, shop: ShopId) -> bool {
    [Permission::WriteKnowledge, Permission::ManageStaff].iter().any(|it| can(staff, Some(shop), *it))
}

const ASKED: &str = "Reply with the single word: ready";
const REPLY_TOKENS: u32 = 16;

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub took_ms: i64,
    pub usage: Usage,
    /// A stable code; `None`: it answered.
    pub error: Option<&'static str>,
}

/// Costs a few tokens, which the ledger notes for this shop.
pub async fn try_out(desk: &Desk, staff: &Staff, shop: ShopId) -> Result<Tried> {
    if !may_see(staff, shop) {
        return Err(DeskError::Forbidden);
    }
    let connected = desk.chat.connected().ok_or(DeskError::NotFound)?;
    let request = Request::new(vec![Message::new(Role::User, ASKED)], REPLY_TOKENS);
    let begun = Instant::now();
    let budget = Budget { time: connected.terms.time, tokens: connected.terms.tokens };
    let answer = connected.model.complete(&request, budget, desk.now().0).await;
    ledger::note(desk, shop, connected, &request, &answer).await;
    let usage = answer.as_ref().map(|reply| reply.usage).unwrap_or_default();
    let error = answer.err().map(|error| error.code());
    Ok(Tried { took_ms: begun.elapsed().as_millis() as i64, usage, error })
}
