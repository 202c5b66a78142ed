//! Statements written once and run on either database. Text is only ever put together from literals; everything
//! else is bound.

use domain::{id, time::Timestamp};
use sqlx::{
    AssertSqlSafe, FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, pool::PoolConnection,
    postgres::PgRow, sqlite::SqliteRow,
};

use super::{Pools, Store};
use crate::{Result, StoreError};

/// What can be bound: the column types both databases share.
#[derive(Debug)]
pub(crate) enum Value {
    Text(Option<String>),
    Integer(Option<i64>),
    Truth(bool),
}

/// A statement with its values. `$1`, `$2`, … are the placeholders of both databases.
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

pub(crate) fn sql(text: &'static str) -> Sql {
    Sql { text: text.to_owned(), values: Vec::new() }
}

/// One connection of either kind.
pub(crate) enum On<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

/// A connection for statements that stand alone.
pub(crate) enum Reader {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A transaction; dropping it undoes it.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Rows that can be read from both.
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl Store {
    pub(crate) async fn read(&self) -> Result<Reader> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Reader::Sqlite(read.acquire().await?),
            Pools::Postgres(pool) => Reader::Postgres(pool.acquire().await?),
        })
    }

    pub(crate) async fn write(&self) -> Result<Tx> {
        Ok(match &self.pools {
            // Takes the write lock at once: a transaction that reads first and writes later could lose its snapshot.
            Pools::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            // Whatever the server's default is: a statement has to see what was committed while it waited for a lock.
            Pools::Postgres(pool) => begin(pool, "BEGIN ISOLATION LEVEL READ COMMITTED").await?,
        })
    }

    /// Several reads of one moment.
    pub(crate) async fn snapshot(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            // By default PostgreSQL shows each statement the newest state.
            Pools::Postgres(pool) => begin(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
        })
    }
}

/// In a task of its own: a caller that goes away while BEGIN is on its way would leave a connection in the pool that is
/// inside a transaction without knowing it. The task goes on, and the transaction nobody takes is undone.
async fn begin(pool: &sqlx::PgPool, statement: &'static str) -> Result<Tx> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await }).await;
    let begun = begun.map_err(|stopped| sqlx::Error::Io(std::io::Error::other(stopped)))?;
    Ok(Tx::Postgres(begun?))
}

impl Reader {
    pub(crate) fn on(&mut self) -> On<'_> {
        match self {
            Self::Sqlite(connection) => On::Sqlite(connection),
            Self::Postgres(connection) => On::Postgres(connection),
        }
    }
}

impl Tx {
    pub(crate) fn on(&mut self) -> On<'_> {
        match self {
            Self::Sqlite(tx) => On::Sqlite(tx),
            Self::Postgres(tx) => On::Postgres(tx),
        }
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub(crate) async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// Binds values of the shared types to a query of either database.
macro_rules! bind {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Integer(number) => query.bind(number),
                Value::Truth(truth) => query.bind(truth),
            };
        }
        query
    }};
}

/// Binds the values of `$sql` and runs `$fetch` on whichever database `$on` is.
macro_rules! run {
    ($sql:ident, $on:ident, $query:ident $(::<$row:ident>)?, $fetch:ident) => {{
        let text = AssertSqlSafe($sql.text);
        match $on {
            On::Sqlite(connection) => bind!(sqlx::$query::<Sqlite $(, $row)?>(text), $sql.values).$fetch(connection).await?.into(),
            On::Postgres(connection) => bind!(sqlx::$query::<Postgres $(, $row)?>(text), $sql.values).$fetch(connection).await?.into(),
        }
    }};
}

/// How many rows a statement touched, from either database's answer.
struct Touched(u64);

impl From<sqlx::sqlite::SqliteQueryResult> for Touched {
    fn from(result: sqlx::sqlite::SqliteQueryResult) -> Self {
        Self(result.rows_affected())
    }
}

impl From<sqlx::postgres::PgQueryResult> for Touched {
    fn from(result: sqlx::postgres::PgQueryResult) -> Self {
        Self(result.rows_affected())
    }
}

impl Sql {
    /// The value of the next placeholder in the text.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    pub(crate) fn push(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder with its value.
    pub(crate) fn push_bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self.text.push_str(&format!("${}", self.values.len()));
        self
    }

    /// Adds `($3, $4, …)`; an empty list matches nothing.
    pub(crate) fn push_list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        let mut separator = "(";
        for value in values {
            self.text.push_str(separator);
            self = self.push_bind(value);
            separator = ", ";
        }
        self.text.push_str(if separator == "(" { "(NULL)" } else { ")" });
        self
    }

    /// Returns how many rows were touched.
    pub(crate) async fn execute(self, on: On<'_>) -> Result<u64> {
        let touched: Touched = run!(self, on, query, execute);
        Ok(touched.0)
    }

    pub(crate) async fn all<T: Row>(self, on: On<'_>) -> Result<Vec<T>> {
        Ok(run!(self, on, query_as::<T>, fetch_all))
    }

    pub(crate) async fn optional<T: Row>(self, on: On<'_>) -> Result<Option<T>> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// For statements that always have a row, such as a count.
    pub(crate) async fn one<T: Row>(self, on: On<'_>) -> Result<T> {
        self.optional(on).await?.ok_or_else(|| StoreError::Refused("a row was expected".into()))
    }
}

impl From<String> for Value {
    /// PostgreSQL has no NUL in text, so neither has SQLite here.
    fn from(text: String) -> Self {
        Self::Text(Some(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        at.0.into()
    }
}

impl From<Option<Timestamp>> for Value {
    fn from(at: Option<Timestamp>) -> Self {
        at.map(|at| at.0).into()
    }
}

macro_rules! optional_texts {
    ($($text:ty),*) => {$(
        impl From<Option<$text>> for Value {
            fn from(text: Option<$text>) -> Self {
                text.map_or(Self::Text(None), Self::from)
            }
        }
    )*};
}
optional_texts!(String, &str, &String);

macro_rules! ids {
    ($($id:ident),*) => {$(
        impl From<id::$id> for Value {
            fn from(id: id::$id) -> Self {
                Self::Text(Some(id.to_string()))
            }
        }
        optional_texts!(id::$id);
    )*};
}
ids!(
    ConversationId,
    MessageId,
    ShopId,
    ShopperId,
    StaffId,
    QueueId,
    ArticleId,
    TraceId,
    FileId,
    JobId,
    PhraseId,
    AuditId,
    ActionId,
    SampleId,
    NoticeId,
    TaskId,
    ViewId,
    SuggestionId
);
