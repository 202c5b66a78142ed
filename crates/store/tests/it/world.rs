//! A fresh database for each check, and the shops, people and conversations they need.

use std::{
    ops::Deref,
    sync::atomic::{AtomicU64, Ordering},
};

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Conversation, Event, Fact, Opening, decide},
    id::*,
    language::{Bilingual, Language},
    message::Body,
    staff::{Presence, Role},
    time::Timestamp,
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use store::*;

/// The start of every check's time.
pub const T0: Timestamp = Timestamp(1_763_800_000_000);

pub struct World {
    pub store: Store,
    pub url: String,
    next: AtomicU64,
    place: Place,
}

enum Place {
    Folder(tempfile::TempDir),
    Schema { server: String, name: String },
}

impl Deref for World {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

pub fn postgres_url() -> Option<String> {
    let url = std::env::var("TANDEM_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        eprintln!("skipped: PostgreSQL conformance (TANDEM_TEST_POSTGRES is not set)");
        assert!(std::env::var("TANDEM_REQUIRE_ALL").as_deref() != Ok("1"), "TANDEM_TEST_POSTGRES is required");
    }
    url
}

impl World {
    pub async fn on_sqlite() -> Self {
        let world = Self::empty_sqlite().await;
        world.migrate().await.unwrap();
        world
    }

    pub async fn empty_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/tandem.db", folder.path().display());
        Self::open(url, Place::Folder(folder)).await
    }

    pub async fn on_postgres() -> Option<Self> {
        let world = Self::empty_postgres().await?;
        world.migrate().await.unwrap();
        Some(world)
    }

    /// In a schema of its own, so that checks run beside each other.
    pub async fn empty_postgres() -> Option<Self> {
        static SCHEMAS: AtomicU64 = AtomicU64::new(0);
        let server = postgres_url()?;
        let name = format!("check_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&server).await.expect("TANDEM_TEST_POSTGRES can be reached");
        run_postgres(&mut connection, format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await;
        run_postgres(&mut connection, format!("CREATE SCHEMA {name}")).await;
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options[search_path]={name}&application_name={name}");
        Some(Self::open(url, Place::Schema { server, name }).await)
    }

    /// An empty database of the same kind as this one.
    pub async fn another_empty(&self) -> Self {
        match self.place {
            Place::Folder(_) => Self::empty_sqlite().await,
            Place::Schema { .. } => Self::empty_postgres().await.unwrap(),
        }
    }

    async fn open(url: String, place: Place) -> Self {
        let options = OpenOptions { max_connections: 4, ..OpenOptions::default() };
        let store = Store::open(&url, options).await.unwrap();
        Self { store, url, next: AtomicU64::new(1), place }
    }

    pub async fn end(self) {
        self.store.close().await;
        if let Place::Schema { server, name } = &self.place {
            let mut connection = PgConnection::connect(server).await.unwrap();
            run_postgres(&mut connection, format!("DROP SCHEMA {name} CASCADE")).await;
        }
    }

    /// The file of a SQLite database.
    pub fn file(&self) -> Option<std::path::PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder.path().join("tandem.db")),
            Place::Schema { .. } => None,
        }
    }

    /// What no function of the store would do: damage and inspection.
    pub async fn run_raw(&self, text: &str) {
        match self.place {
            Place::Folder(_) => {
                let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Place::Schema { .. } => {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                run_postgres(&mut connection, text.to_owned()).await;
                connection.close().await.unwrap();
            }
        }
    }

    /// The first column of every row.
    pub async fn raw_texts(&self, text: &str) -> Vec<String> {
        let text = sqlx::AssertSqlSafe(text);
        match self.place {
            Place::Folder(_) => {
                let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap()
            }
            Place::Schema { .. } => {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                sqlx::query_scalar(text).fetch_all(&mut connection).await.unwrap()
            }
        }
    }

    /// Every text of every column of every table, as lines.
    pub async fn all_texts(&self) -> Vec<String> {
        let tables = match self.place {
            Place::Folder(_) => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
            }
            Place::Schema { .. } => {
                "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
                 WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_%'"
            }
        };
        let mut lines = Vec::new();
        for table in self.raw_texts(tables).await {
            let columns = match self.place {
                Place::Folder(_) => format!("SELECT name FROM pragma_table_info('{table}')"),
                Place::Schema { .. } => format!(
                    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns \
                     WHERE table_schema = current_schema() AND table_name = '{table}'"
                ),
            };
            for column in self.raw_texts(&columns).await {
                let values = format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE {column} IS NOT NULL");
                let values = self.raw_texts(&values).await;
                lines.extend(values.into_iter().map(|value| format!("{table}.{column}: {value}")));
            }
        }
        assert!(!lines.is_empty());
        lines
    }

    /// Bits for the next id; later ones are greater.
    pub fn next(&self) -> u128 {
        self.next.fetch_add(1, Ordering::Relaxed).into()
    }

    pub async fn shop(&self) -> Shop {
        let n = self.next();
        let shop = Shop {
            id: ShopId::from_bits(n),
            key: format!("shop-{n}"),
            name: Bilingual::new("小店", "The shop"),
            settings: "{}".into(),
            identity_secret: "secret".into(),
            queue: QueueId::from_bits(n),
            assigns: false,
            created_at: T0,
        };
        self.create_shop(&shop).await.unwrap();
        shop
    }

    pub async fn shopper(&self, shop: &Shop) -> Shopper {
        let shopper = Shopper {
            id: ShopperId::from_bits(self.next()),
            shop: shop.id,
            customer: None,
            name: None,
            language: Language::Zh,
            level: 0,
            prefers: None,
            contact: None,
            created_at: T0,
            seen_at: T0,
        };
        self.create_shopper(&shopper).await.unwrap();
        shopper
    }

    pub async fn agent(&self, shop: &Shop, name: &str) -> Staff {
        let n = self.next();
        let staff = Staff {
            id: StaffId::from_bits(n),
            email: format!("{n}@shop.example"),
            name: name.into(),
            password_hash: "hash".into(),
            language: Language::Zh,
            presence: Presence::Online,
            disabled: false,
            grants: vec![Grant { shop: shop.id, role: Role::Agent }],
            created_at: T0,
        };
        self.create_staff(&staff).await.unwrap();
        staff
    }

    /// A conversation of a new shopper with the bot.
    pub async fn talk(&self, shop: &Shop, at: Timestamp) -> Talk {
        let shopper = self.shopper(shop).await;
        let talk = self.new_talk(shop, shopper.id, Controller::Bot, at);
        assert_eq!(self.append(talk.opening()).await.unwrap(), Appended::Done);
        talk
    }

    /// Not stored yet.
    pub fn new_talk(&self, shop: &Shop, shopper: ShopperId, controller: Controller, at: Timestamp) -> Talk {
        let opening = Opening {
            id: ConversationId::from_bits(self.next()),
            shop: shop.id,
            shopper,
            customer: None,
            language: Language::Zh,
            controller,
        };
        let (state, event) = opening.start(at);
        Talk { state, shopper, last: vec![event] }
    }
}

async fn run_postgres(connection: &mut PgConnection, text: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(connection).await.unwrap();
}

/// A conversation as a process holds it: loaded, decided on, appended.
#[derive(Clone)]
pub struct Talk {
    pub state: Conversation,
    pub shopper: ShopperId,
    /// The events of the latest decision.
    pub last: Vec<Event>,
}

impl Talk {
    pub fn opening(&self) -> Append<'_> {
        self.append_from(0)
    }

    fn append_from(&self, expected_seq: i64) -> Append<'_> {
        Append {
            state: &self.state,
            expected_seq,
            events: &self.last,
            bodies: bodies(&self.last, "text"),
            jobs: vec![],
            deadlines: vec![],
            trace: None,
            memory: None,
            preview: None,
            page: None,
            seat: None,
            notices: vec![],
        }
    }

    /// Decides and folds; `None` when refused.
    pub fn decide(&mut self, now: Timestamp, by: Actor, command: Command) -> Option<i64> {
        let expected_seq = self.state.seq;
        let facts = decide(now, &self.state, by, command).ok()?;
        self.last.clear();
        for fact in facts {
            let event = Event { conversation: self.state.id, seq: self.state.seq + 1, at: now, by, fact };
            self.state.apply(&event);
            self.last.push(event);
        }
        Some(expected_seq)
    }

    /// Decides and appends what must not be refused.
    pub async fn act(&mut self, world: &World, now: Timestamp, by: Actor, command: Command) -> Appended {
        let expected_seq = self.decide(now, by, command).expect("the command isn't refused");
        world.append(self.append_from(expected_seq)).await.unwrap()
    }

    pub async fn say(&mut self, world: &World, now: Timestamp, text: &str) {
        let message = MessageId::from_bits(world.next());
        let command = Command::Say { message, client: format!("client-{message}") };
        let expected_seq = self.decide(now, Actor::Shopper(self.shopper), command).expect("the shopper may speak");
        let append = Append {
            bodies: bodies(&self.last, text),
            preview: Some(Preview { by: "shopper", text: text.into() }),
            ..self.append_from(expected_seq)
        };
        assert_eq!(world.append(append).await.unwrap(), Appended::Done);
    }

    pub async fn enter_queue(&mut self, world: &World, now: Timestamp, queue: QueueId) {
        let command = Command::HandOff {
            queue,
            reason: domain::handoff::HandoffReason::Asked,
            epoch: None,
            card: MessageId::from_bits(world.next()),
            emotion: domain::handoff::Emotion::Calm,
        };
        assert_eq!(self.act(world, now, Actor::Bot, command).await, Appended::Done);
    }

    pub async fn take_over(&mut self, world: &World, now: Timestamp, agent: StaffId) {
        let command = Command::TakeOver { may_supervise: false };
        assert_eq!(self.act(world, now, Actor::Agent(agent), command).await, Appended::Done);
    }

    pub async fn resolve(&mut self, world: &World, now: Timestamp) {
        let command = Command::Resolve { may_supervise: false };
        assert_eq!(self.act(world, now, Actor::System, command).await, Appended::Done);
    }

    pub async fn assert_consistent(&self, world: &World) {
        assert_eq!(world.verify_conversation(self.state.id).await.unwrap(), vec![]);
        assert_eq!(world.conversation(self.state.id).await.unwrap().unwrap().conversation, self.state);
    }
}

/// A body with this text for each event that points to one.
pub fn bodies(events: &[Event], text: &str) -> Vec<NewBody> {
    let json = serde_json::to_string(&Body::text(text)).unwrap();
    let ids = events.iter().filter_map(|event| event.fact.message());
    ids.map(|id| NewBody { id, json: json.clone() }).collect()
}

pub fn append(talk: &Talk, expected_seq: i64) -> Append<'_> {
    talk.append_from(expected_seq)
}

/// The bot's answer to what was last said.
pub fn bot_reply(world: &World, state: &Conversation) -> Command {
    Command::BotReply {
        message: MessageId::from_bits(world.next()),
        epoch: state.control_epoch,
        answers: state.last_shopper_seq,
        reply: domain::conversation::ReplyKind::Answered,
        trace: None,
    }
}

pub fn is_shopper_said(event: &StoredEvent) -> bool {
    matches!(event.event.fact, Fact::ShopperSaid { .. })
}

pub fn job(world: &World, kind: &'static str, key: &str, run_at: Timestamp) -> NewJob {
    NewJob {
        id: JobId::from_bits(world.next()),
        kind,
        key: key.into(),
        payload: format!("{{\"key\":\"{key}\"}}"),
        run_at,
        max_attempts: 3,
    }
}
