//! Shoppers who talk to the bot while their place in the queue is kept hear, once, when it is their turn.

use std::collections::BTreeSet;

use domain::{actor::Actor, conversation::Command, id::ShopId};

use super::round::settled;
use crate::{
    conversations::{Change, change},
    desk::Desk,
    error::Result,
    queue,
};

/// Places looked at in one round; the rest has its turn in the next.
const MAX_PLACES: i64 = 100;

/// Their turn is when they would be next and somebody is there. They stay with the bot until they say otherwise, so that
/// no agent waits for somebody who has gone.
pub(super) async fn tell(desk: &Desk, shop: ShopId) -> Result<()> {
    // Who has waited longest comes first: where it isn't their turn, it is nobody's who came later.
    let mut later = BTreeSet::new();
    for conversation in desk.store.keeping_places(shop, MAX_PLACES).await? {
        let Some(kept) = conversation.place_kept_at(desk.now()).filter(|kept| !later.contains(&kept.queue)) else {
            continue;
        };
        let place = queue::place(desk, &conversation).await?;
        if place.is_some_and(|place| place.position == 1 && place.agents_online > 0) {
            let told = change(desk, conversation.id, |_| Ok(Change::one(Actor::System, Command::TellTurn))).await;
            settled(told)?;
        } else {
            later.insert(kept.queue);
        }
    }
    Ok(())
}
