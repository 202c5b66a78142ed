//! What one member of the team should look at. Rows are written with the event they are about; what is said stands in
//! the log and not here.

use domain::{
    conversation::Seq,
    id::{ConversationId, NoticeId, ShopId, StaffId, TaskId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Tx, parse, sql},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// A conversation was given to them.
    Assigned,
    Mention,
    Question,
    Answer,
    Whisper,
    Invitation,
    /// What they put to sleep is awake.
    Woken,
    /// A colleague would like to see their draft.
    DraftWanted,
    TaskDue,
    /// Taken back from a colleague who left the shopper waiting; for supervisors.
    Reclaimed,
}

impl NoticeKind {
    pub const ALL: [Self; 10] = [
        Self::Assigned,
        Self::Mention,
        Self::Question,
        Self::Answer,
        Self::Whisper,
        Self::Invitation,
        Self::Woken,
        Self::DraftWanted,
        Self::TaskDue,
        Self::Reclaimed,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Mention => "mention",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Whisper => "whisper",
            Self::Invitation => "invitation",
            Self::Woken => "woken",
            Self::DraftWanted => "draft_wanted",
            Self::TaskDue => "task_due",
            Self::Reclaimed => "reclaimed",
        }
    }
}

impl std::str::FromStr for NoticeKind {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or("unknown kind of notice")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    pub id: NoticeId,
    pub to: StaffId,
    pub shop: ShopId,
    pub conversation: Option<ConversationId>,
    pub seq: Option<Seq>,
    pub task: Option<TaskId>,
    pub kind: NoticeKind,
    pub by: Option<StaffId>,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub notice: NewNotice,
    pub by_name: Option<String>,
    /// The body of the event it is about, JSON.
    pub body: Option<String>,
    pub task_text: Option<String>,
    pub shopper_name: Option<String>,
    pub seen_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    staff_id: String,
    shop_id: String,
    conversation_id: Option<String>,
    seq: Option<i64>,
    task_id: Option<String>,
    kind: String,
    by_id: Option<String>,
    at: i64,
    seen_at: Option<i64>,
    by_name: Option<String>,
    body: Option<String>,
    task_text: Option<String>,
    shopper_name: Option<String>,
}

impl Row {
    fn decode(self) -> Result<Notice> {
        let notice = NewNotice {
            id: parse("notice", &self.id)?,
            to: parse("notice", &self.staff_id)?,
            shop: parse("notice", &self.shop_id)?,
            conversation: self.conversation_id.as_deref().map(|id| parse("notice", id)).transpose()?,
            seq: self.seq,
            task: self.task_id.as_deref().map(|id| parse("notice", id)).transpose()?,
            kind: parse("notice", &self.kind)?,
            by: self.by_id.as_deref().map(|id| parse("notice", id)).transpose()?,
            at: Timestamp(self.at),
        };
        Ok(Notice {
            notice,
            by_name: self.by_name,
            body: self.body,
            task_text: self.task_text,
            shopper_name: self.shopper_name,
            seen_at: self.seen_at.map(Timestamp),
        })
    }
}

pub(crate) async fn insert(tx: &mut Tx, notice: &NewNotice) -> Result<()> {
    sql("INSERT INTO notices (id, staff_id, shop_id, conversation_id, seq, task_id, kind, by_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(notice.id)
    .bind(notice.to)
    .bind(notice.shop)
    .bind(notice.conversation)
    .bind(notice.seq)
    .bind(notice.task)
    .bind(notice.kind.as_str())
    .bind(notice.by)
    .bind(notice.at)
    .execute(tx.on())
    .await
    .map(drop)
}

impl Store {
    /// What follows from no event of a log.
    pub async fn notify(&self, notice: &NewNotice) -> Result<()> {
        let mut tx = self.write().await?;
        insert(&mut tx, notice).await?;
        tx.commit().await
    }

    /// The latest first: the unseen ones, and with `seen` the others too.
    pub async fn notices(&self, to: StaffId, shops: &[ShopId], seen: bool, limit: i64) -> Result<Vec<Notice>> {
        let query = sql("SELECT n.id, n.staff_id, n.shop_id, n.conversation_id, n.seq, n.task_id, n.kind, n.by_id, \
             n.at, n.seen_at, s.name AS by_name, b.json AS body, k.text AS task_text, p.name AS shopper_name \
             FROM notices n LEFT JOIN staff s ON s.id = n.by_id LEFT JOIN tasks k ON k.id = n.task_id \
             LEFT JOIN conversations c ON c.id = n.conversation_id LEFT JOIN shoppers p ON p.id = c.shopper_id \
             LEFT JOIN events e ON e.conversation_id = n.conversation_id AND e.seq = n.seq \
             LEFT JOIN bodies b ON b.id = e.message_id WHERE n.staff_id = $1 AND n.shop_id IN ")
        .bind(to)
        .push_list(shops.iter().copied())
        .push(if seen { "" } else { " AND n.seen_at IS NULL" })
        .push(" ORDER BY n.at DESC, n.id DESC LIMIT ")
        .push_bind(limit);
        let rows: Vec<Row> = query.all(self.read().await?.on()).await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// Marks one's own notices as seen: those named, or all about a conversation. Returns how many were not yet.
    pub async fn see_notices(
        &self,
        to: StaffId,
        ids: &[NoticeId],
        about: Option<ConversationId>,
        now: Timestamp,
    ) -> Result<u64> {
        let mut tx = self.write().await?;
        let seen = sql("UPDATE notices SET seen_at = $1 WHERE staff_id = $2 AND seen_at IS NULL \
             AND (conversation_id = $3 OR id IN ")
        .bind(now)
        .bind(to)
        .bind(about)
        .push_list(ids.iter().copied())
        .push(")")
        .execute(tx.on())
        .await?;
        tx.commit().await?;
        Ok(seen)
    }
}
