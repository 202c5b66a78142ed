//! Routing plans, and the seats of those who serve.

use domain::{
    conversation::{Event, Fact},
    id::{ShopId, StaffId},
    staff::Presence,
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Tx, parse, sql},
};

/// A shop's plan as it is stored; opaque here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPlan {
    pub version: i64,
    pub json: String,
    pub updated_at: Timestamp,
}

/// An agent as the desk last knew them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSeat {
    pub staff: StaffId,
    pub name: String,
    pub presence: Presence,
    pub presence_at: Timestamp,
    /// What an assignment decided on this state has to name.
    pub version: i64,
    pub assigned_at: Option<Timestamp>,
    pub seen_at: Option<Timestamp>,
    /// Offline because the console vanished, not by choice.
    pub has_vanished: bool,
}

/// Holds an append to the state of the agent it was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatGuard {
    pub staff: StaffId,
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct SeatRow {
    id: String,
    name: String,
    presence: String,
    presence_at: i64,
    version: i64,
    assigned_at: Option<i64>,
    seen_at: Option<i64>,
    away_from: Option<String>,
}

impl SeatRow {
    fn decode(self) -> Result<StoredSeat> {
        Ok(StoredSeat {
            staff: parse("seat", &self.id)?,
            name: self.name,
            presence: crate::team::presence(&self.presence)?,
            presence_at: Timestamp(self.presence_at),
            version: self.version,
            assigned_at: self.assigned_at.map(Timestamp),
            seen_at: self.seen_at.map(Timestamp),
            has_vanished: self.away_from.is_some(),
        })
    }
}

/// Whether the agent's seat is as it was decided on. It changes in the same transaction when the agent is given
/// something, so of two who decided on the same state only one appends.
pub(crate) async fn holds(tx: &mut Tx, guard: SeatGuard) -> Result<bool> {
    ensure(tx, guard.staff).await?;
    // Written though nothing changes, so that it stays so until the end of the transaction.
    let rows = sql("UPDATE seats SET version = version WHERE staff_id = $1 AND version = $2")
        .bind(guard.staff)
        .bind(guard.version)
        .execute(tx.on())
        .await?;
    Ok(rows == 1)
}

/// Writes down who was given something, however it came about.
pub(crate) async fn note_given(tx: &mut Tx, events: &[Event]) -> Result<()> {
    for event in events {
        let Fact::ControlPassed { to, .. } = &event.fact else { continue };
        let Some(agent) = to.agent() else { continue };
        ensure(tx, agent).await?;
        sql("UPDATE seats SET version = version + 1, assigned_at = $2 WHERE staff_id = $1")
            .bind(agent)
            .bind(event.at)
            .execute(tx.on())
            .await?;
    }
    Ok(())
}

/// A change of presence is one of the seat.
pub(crate) async fn note_presence(tx: &mut Tx, staff: StaffId, now: Timestamp) -> Result<()> {
    ensure(tx, staff).await?;
    sql("UPDATE seats SET version = version + 1, seen_at = $2, away_from = NULL WHERE staff_id = $1")
        .bind(staff)
        .bind(now)
        .execute(tx.on())
        .await
        .map(drop)
}

async fn ensure(tx: &mut Tx, staff: StaffId) -> Result<()> {
    sql("INSERT INTO seats (staff_id, version) VALUES ($1, 0) ON CONFLICT DO NOTHING")
        .bind(staff)
        .execute(tx.on())
        .await
        .map(drop)
}

impl Store {
    pub async fn routing_plan(&self, shop: ShopId) -> Result<Option<StoredPlan>> {
        let row: Option<(i64, String, i64)> =
            sql("SELECT version, json, updated_at FROM routing_plans WHERE shop_id = $1")
                .bind(shop)
                .optional(self.read().await?.on())
                .await?;
        Ok(row.map(|(version, json, at)| StoredPlan { version, json, updated_at: Timestamp(at) }))
    }

    /// `false` when somebody else has saved since `expected`; 0 for a shop without a plan.
    pub async fn save_routing_plan(&self, shop: ShopId, expected: i64, json: &str, now: Timestamp) -> Result<bool> {
        let mut tx = self.write().await?;
        let statement = match expected {
            0 => sql("INSERT INTO routing_plans (shop_id, version, json, updated_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT DO NOTHING"),
            _ => sql("UPDATE routing_plans SET version = $2, json = $3, updated_at = $4 \
                 WHERE shop_id = $1 AND version = $2 - 1"),
        };
        let rows = statement.bind(shop).bind(expected + 1).bind(json).bind(now).execute(tx.on()).await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Those who may serve this shop, by id; disabled staff left out.
    pub async fn seats(&self, shop: ShopId) -> Result<Vec<StoredSeat>> {
        let rows: Vec<SeatRow> = sql("SELECT s.id, s.name, s.presence, s.presence_at, \
             COALESCE(t.version, 0) AS version, t.assigned_at, t.seen_at, t.away_from \
             FROM staff s LEFT JOIN seats t ON t.staff_id = s.id WHERE NOT s.disabled \
             AND s.id IN (SELECT staff_id FROM staff_grants WHERE shop_id = $1 AND role IN ")
        .bind(shop)
        .push_list(crate::team::serving_roles())
        .push(") ORDER BY s.id")
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(SeatRow::decode).collect()
    }

    /// The agent's console was heard of. Whoever had vanished is back as they were; `true` then.
    pub async fn touch_seat(&self, staff: StaffId, now: Timestamp) -> Result<bool> {
        let mut tx = self.write().await?;
        ensure(&mut tx, staff).await?;
        let (away_from,): (Option<String>,) =
            sql("SELECT away_from FROM seats WHERE staff_id = $1").bind(staff).one(tx.on()).await?;
        sql("UPDATE seats SET seen_at = $2, away_from = NULL, \
             version = version + CASE WHEN away_from IS NULL THEN 0 ELSE 1 END WHERE staff_id = $1")
        .bind(staff)
        .bind(now)
        .execute(tx.on())
        .await?;
        if let Some(presence) = &away_from {
            sql("UPDATE staff SET presence = $2, presence_at = $3 WHERE id = $1 AND presence = 'offline'")
                .bind(staff)
                .bind(presence)
                .bind(now)
                .execute(tx.on())
                .await?;
        }
        tx.commit().await?;
        Ok(away_from.is_some())
    }

    /// Offline until the console is heard of again. `false` when it was heard of in the meantime.
    pub async fn vanish(&self, staff: StaffId, unseen_since: Timestamp, now: Timestamp) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE seats SET version = version + 1, \
             away_from = (SELECT presence FROM staff WHERE id = $1) \
             WHERE staff_id = $1 AND seen_at < $2 AND away_from IS NULL")
        .bind(staff)
        .bind(unseen_since)
        .execute(tx.on())
        .await?;
        if rows == 1 {
            sql("UPDATE staff SET presence = 'offline', presence_at = $2 WHERE id = $1")
                .bind(staff)
                .bind(now)
                .execute(tx.on())
                .await?;
        }
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Who is online or paused though their console hasn't been heard of since `before`.
    pub async fn vanished_staff(&self, before: Timestamp) -> Result<Vec<StaffId>> {
        let rows: Vec<(String,)> = sql("SELECT s.id FROM staff s JOIN seats t ON t.staff_id = s.id \
             WHERE s.presence <> 'offline' AND t.seen_at < $1 AND s.presence_at < $1 ORDER BY s.id")
        .bind(before)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id,)| parse("staff", &id)).collect()
    }
}
