//! Staff with their grants and presence.

use domain::{
    id::{ShopId, StaffId},
    language::Language,
    staff::{Permission, Presence, Role},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Sql, corrupt, language, one_changed, parse, sql},
};

#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    /// Lower-cased, unique.
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub language: Language,
    pub presence: Presence,
    pub disabled: bool,
    pub grants: Vec<Grant>,
    pub created_at: Timestamp,
}

/// Without the password's hash.
impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staff").field("id", &self.id).field("grants", &self.grants).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grant {
    pub shop: ShopId,
    pub role: Role,
}

/// Somebody who may serve shoppers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRow {
    pub id: StaffId,
    pub name: String,
    pub presence: Presence,
    /// Conversations under their control.
    pub open: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    email: String,
    name: String,
    password_hash: String,
    language: String,
    presence: String,
    disabled: bool,
    created_at: i64,
}

impl Row {
    fn decode(self, grants: Vec<Grant>) -> Result<Staff> {
        Ok(Staff {
            id: parse("staff", &self.id)?,
            email: self.email,
            name: self.name,
            password_hash: self.password_hash,
            language: language("staff", &self.language)?,
            presence: presence(&self.presence)?,
            disabled: self.disabled,
            grants,
            created_at: Timestamp(self.created_at),
        })
    }
}

pub(crate) fn presence(text: &str) -> Result<Presence> {
    [Presence::Online, Presence::Paused, Presence::Offline]
        .into_iter()
        .find(|presence| presence.as_str() == text)
        .ok_or_else(|| corrupt("staff", "unknown presence"))
}

/// The roles that serve shoppers.
pub(crate) fn serving_roles() -> impl Iterator<Item = &'static str> {
    Role::ALL.into_iter().filter(|role| role.permissions().contains(&Permission::Serve)).map(Role::as_str)
}

#[derive(sqlx::FromRow)]
struct GrantRow {
    staff_id: String,
    shop_id: String,
    role: String,
}

impl GrantRow {
    fn decode(&self) -> Result<Grant> {
        let role = self.role.parse().map_err(|()| corrupt("staff", "unknown role"))?;
        Ok(Grant { shop: parse("staff", &self.shop_id)?, role })
    }
}

impl Store {
    /// `Conflict` when the address is taken.
    pub async fn create_staff(&self, staff: &Staff) -> Result<()> {
        self.save_staff(
            "INSERT INTO staff (id, email, name, password_hash, language, presence, presence_at, disabled, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $8, $7, $8)",
            staff,
        )
        .await
    }

    /// Replaces everything, grants too. `Conflict` when the address is taken.
    pub async fn update_staff(&self, staff: &Staff) -> Result<()> {
        self.save_staff(
            "UPDATE staff SET email = $2, name = $3, password_hash = $4, language = $5, presence = $6, disabled = $7, \
             created_at = $8 WHERE id = $1",
            staff,
        )
        .await
    }

    async fn save_staff(&self, statement: &'static str, staff: &Staff) -> Result<()> {
        let mut tx = self.write().await?;
        let rows = sql(statement)
            .bind(staff.id)
            .bind(staff.email.to_lowercase())
            .bind(&staff.name)
            .bind(&staff.password_hash)
            .bind(staff.language.as_str())
            .bind(staff.presence.as_str())
            .bind(staff.disabled)
            .bind(staff.created_at)
            .execute(tx.on())
            .await?;
        one_changed(rows)?;
        sql("DELETE FROM staff_grants WHERE staff_id = $1").bind(staff.id).execute(tx.on()).await?;
        for grant in &staff.grants {
            sql("INSERT INTO staff_grants (staff_id, shop_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                .bind(staff.id)
                .bind(grant.shop)
                .bind(grant.role.as_str())
                .execute(tx.on())
                .await?;
        }
        tx.commit().await
    }

    pub async fn staff(&self, id: StaffId) -> Result<Option<Staff>> {
        Ok(self.load_staff(|query| query.push("WHERE s.id = $1").bind(id)).await?.pop())
    }

    pub async fn staff_by_email(&self, email: &str) -> Result<Option<Staff>> {
        let email = email.to_lowercase();
        Ok(self.load_staff(|query| query.push("WHERE s.email = $1").bind(&email)).await?.pop())
    }

    /// By name.
    pub async fn list_staff(&self) -> Result<Vec<Staff>> {
        self.load_staff(|query| query).await
    }

    /// Staff and their grants of one moment.
    async fn load_staff(&self, narrow: impl Fn(Sql) -> Sql) -> Result<Vec<Staff>> {
        let select = sql("SELECT s.id, s.email, s.name, s.password_hash, s.language, s.presence, s.disabled, \
             s.created_at FROM staff s ");
        let select_grants = sql("SELECT g.staff_id, g.shop_id, g.role \
             FROM staff_grants g JOIN staff s ON s.id = g.staff_id ");
        let (select, select_grants) = (narrow(select), narrow(select_grants));
        let mut tx = self.snapshot().await?;
        let rows: Vec<Row> = select.push(" ORDER BY s.name, s.id").all(tx.on()).await?;
        let grants: Vec<GrantRow> = select_grants.push(" ORDER BY g.shop_id, g.role").all(tx.on()).await?;
        tx.rollback().await?;
        rows.into_iter()
            .map(|row| {
                let own = grants.iter().filter(|grant| grant.staff_id == row.id);
                let own = own.map(GrantRow::decode).collect::<Result<_>>()?;
                row.decode(own)
            })
            .collect()
    }

    pub async fn set_presence(&self, id: StaffId, presence: Presence, now: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE staff SET presence = $2, presence_at = $3 WHERE id = $1")
            .bind(id)
            .bind(presence.as_str())
            .bind(now)
            .execute(tx.on())
            .await?;
        one_changed(rows)?;
        crate::routing::note_presence(&mut tx, id, now).await?;
        tx.commit().await
    }

    /// How many who may serve this shop are online.
    pub async fn agents_online(&self, shop: ShopId) -> Result<i64> {
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM staff s WHERE s.presence = 'online' AND NOT s.disabled \
             AND s.id IN (SELECT staff_id FROM staff_grants WHERE shop_id = $1 AND role IN ")
        .bind(shop)
        .push_list(serving_roles())
        .push(")")
        .one(self.read().await?.on())
        .await?;
        Ok(count)
    }

    /// Who may serve at least one of these shops, by name; disabled staff left out.
    pub async fn agents(&self, shops: &[ShopId]) -> Result<Vec<AgentRow>> {
        let rows: Vec<(String, String, String, i64)> = sql("SELECT s.id, s.name, s.presence, \
             (SELECT COUNT(*) FROM conversations c WHERE c.agent_id = s.id AND c.controller = 'agent') \
             FROM staff s WHERE NOT s.disabled AND s.id IN (SELECT staff_id FROM staff_grants WHERE role IN ")
        .push_list(serving_roles())
        .push(" AND shop_id IN ")
        .push_list(shops.iter().copied())
        .push(") ORDER BY s.name, s.id")
        .all(self.read().await?.on())
        .await?;
        rows.into_iter()
            .map(|(id, name, state, open)| {
                Ok(AgentRow { id: parse("staff", &id)?, name, presence: presence(&state)?, open })
            })
            .collect()
    }
}
