//! Who is really there: consoles are heard of every few seconds, and an agent whose console has gone is offline after
//! a grace, until it is heard of again.

use std::sync::PoisonError;

use domain::{routing::LEAST_OFFLINE_GRACE_MS, staff::Permission, time::SECOND_MS};
use store::Staff;

use crate::{bus::Hint, desk::Desk, error::Result, staff::can};

/// A console that is heard of more often isn't written down each time.
const NOTE_EVERY_MS: i64 = 2 * SECOND_MS;

/// The console of somebody who serves is there.
pub async fn seen(desk: &Desk, staff: &Staff) -> Result<()> {
    if !can(staff, None, Permission::Serve) {
        return Ok(());
    }
    let now = desk.now();
    {
        let mut heard = desk.routing.heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.get(&staff.id).is_some_and(|at| (0..NOTE_EVERY_MS).contains(&now.since_ms(*at))) {
            return Ok(());
        }
        heard.insert(staff.id, now);
    }
    if desk.store.touch_seat(staff.id, now).await? {
        desk.bus.send(Hint::Presence { staff: staff.id });
    }
    Ok(())
}

/// Agents whose consoles have been gone for longer than every one of their shops allows; those of several shops have the
/// longest of theirs.
pub(super) async fn sweep(desk: &Desk) -> Result<()> {
    let now = desk.now();
    for staff in desk.store.vanished_staff(now.minus_ms(LEAST_OFFLINE_GRACE_MS)).await? {
        let Some(person) = desk.store.staff(staff).await? else { continue };
        let mut grace_ms = LEAST_OFFLINE_GRACE_MS;
        for grant in &person.grants {
            grace_ms = grace_ms.max(super::plan(desk, grant.shop).await?.limits.offline_grace_ms);
        }
        if desk.store.vanish(staff, now.minus_ms(grace_ms), now).await? {
            desk.bus.send(Hint::Presence { staff });
        }
    }
    Ok(())
}
