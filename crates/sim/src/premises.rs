//! Where a simulated service takes place: a database with a shop, a few articles and its team. Furnished once;
//! every seed gets a copy of its own (SQLite) or a shop of its own (PostgreSQL).

use std::{collections::HashMap, path::Path, sync::Arc};

use anyhow::{Context, ensure};
use domain::{
    id::{QueueId, ShopId, StaffId},
    language::{Bilingual, Language},
    staff::{Presence, Role},
    time::Timestamp,
};
use engine::{
    bus::Bus,
    clock::{Clock, Ids},
    desk::{Desk, DeskParts, Limits},
    library,
    shop::{Connector, demo::DemoShop},
};
use store::{Grant, OpenOptions, Shop, Staff, Store};

use crate::plan::MAX_AGENTS;

/// When every simulated service begins.
pub const START: Timestamp = Timestamp(1_795_000_000_000);
/// Readers of one node: a turn that stands still keeps one, and others go on beside it.
const CONNECTIONS: u32 = 4;
/// Memory where there is any: thousands of small databases are made and thrown away.
const MEMORY_FOLDER: &str = "/dev/shm";
const DEMO_SEED: u64 = 1;

const ARTICLES: &str = r#"
- key: returns-how-to
  category: returns
  zh: {question: 怎么申请退货, aliases: [不想要了怎么退, 如何退货], answer: 在「我的订单」点「申请售后」，7 天内可退。}
  en: {question: How do I return an item, aliases: [return something I bought], answer: Open My orders and choose Request after-sales within 7 days.}
- key: invoice
  category: invoice
  zh: {question: 怎么开发票, aliases: [发票在哪开, 可以开发票吗], answer: 下单时选择电子发票，发货后发到邮箱。}
  en: {question: How do I get an invoice, aliases: [need an invoice], answer: Choose e-invoice at checkout.}
- key: shipping-time
  category: shipping
  zh: {question: 多久发货, aliases: [什么时候发货], answer: 付款后 48 小时内发货。}
  en: {question: When will my order ship, aliases: [how long until it ships], answer: We ship within 48 hours of payment.}
"#;

enum Ground {
    Sqlite { folder: tempfile::TempDir },
    Postgres { url: String, run: u64 },
}

pub struct Premises {
    ground: Ground,
    connector: Arc<Connector>,
}

/// What one seed plays on.
pub struct Lot {
    pub url: String,
    pub shop: Shop,
    /// The supervisor is the last.
    pub team: Vec<Staff>,
    /// Mixed into the identifiers, so that runs on one PostgreSQL don't meet.
    pub salt: u64,
    pub connector: Arc<Connector>,
    /// Removed with the lot.
    file: Option<std::path::PathBuf>,
}

impl Premises {
    /// On a PostgreSQL address, or on SQLite files in memory.
    pub async fn furnish(database: Option<&str>) -> anyhow::Result<Self> {
        let connector = Arc::new(Connector::Demo(DemoShop::in_memory(DEMO_SEED, START)?));
        let ground = match database {
            Some(url) => {
                let store = Store::open(url, OpenOptions::default()).await?;
                store.migrate().await?;
                let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
                Ground::Postgres { url: url.to_owned(), run: since_1970.as_millis() as u64 }
            }
            None => {
                let memory = Path::new(MEMORY_FOLDER);
                let builder = || tempfile::Builder::new().prefix("tandem-sim-").to_owned();
                let folder = if memory.is_dir() { builder().tempdir_in(memory) } else { builder().tempdir() }?;
                for has_articles in [true, false] {
                    let url = format!("sqlite://{}", template(folder.path(), has_articles).display());
                    let store = Store::open(&url, OpenOptions::default()).await?;
                    store.migrate().await?;
                    move_in(&store, &connector, 0, has_articles).await?;
                    store.close().await;
                }
                Ground::Sqlite { folder }
            }
        };
        Ok(Self { ground, connector })
    }

    pub async fn lot(&self, seed: u64, has_articles: bool) -> anyhow::Result<Lot> {
        let connector = self.connector.clone();
        match &self.ground {
            Ground::Sqlite { folder } => {
                let file = folder.path().join(format!("seed-{seed}.db"));
                std::fs::copy(template(folder.path(), has_articles), &file)
                    .context("copying the furnished database")?;
                let url = format!("sqlite://{}", file.display());
                Ok(Lot { url, shop: shop(0), team: team(0), salt: 0, connector, file: Some(file) })
            }
            Ground::Postgres { url, run } => {
                let salt = run.wrapping_mul(1 << 20).wrapping_add(seed);
                let store = Store::open(url, OpenOptions::default()).await?;
                move_in(&store, &connector, salt, has_articles).await?;
                store.close().await;
                Ok(Lot { url: url.clone(), shop: shop(salt), team: team(salt), salt, connector, file: None })
            }
        }
    }
}

impl Lot {
    pub async fn open_desk(&self, clock: &Clock, ids: &Ids) -> anyhow::Result<Arc<Desk>> {
        let store =
            Store::open(&self.url, OpenOptions { max_connections: CONNECTIONS, ..OpenOptions::default() }).await?;
        Ok(Desk::open(parts(store, clock.clone(), ids.clone(), self.shop.id, &self.connector)).await?)
    }
}

impl Drop for Lot {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            for suffix in ["", "-wal", "-shm"] {
                // What is left goes with the folder.
                let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
            }
        }
    }
}

fn template(folder: &Path, has_articles: bool) -> std::path::PathBuf {
    folder.join(if has_articles { "with-articles.db" } else { "without-articles.db" })
}

fn parts(store: Store, clock: Clock, ids: Ids, shop: ShopId, connector: &Arc<Connector>) -> DeskParts {
    DeskParts {
        store,
        bus: Bus::local(),
        clock,
        ids,
        embedder: None,
        shops: HashMap::from([(shop, connector.clone())]),
        limits: Limits::default(),
        // Nothing is uploaded here.
        files_dir: std::path::PathBuf::new(),
    }
}

async fn move_in(store: &Store, connector: &Arc<Connector>, salt: u64, has_articles: bool) -> anyhow::Result<()> {
    let shop = shop(salt);
    store.create_shop(&shop).await?;
    for staff in team(salt) {
        store.create_staff(&staff).await?;
    }
    let operator = person(salt, MAX_AGENTS + 1, Role::Operator);
    store.create_staff(&operator).await?;
    if !has_articles {
        return Ok(());
    }
    let clock = Clock::manual(START);
    let ids = Ids::seeded(clock.clone(), salt);
    let desk = Desk::open(parts(store.clone(), clock, ids, shop.id, connector)).await?;
    let outcome = library::load_drafts(&desk, &operator, shop.id, ARTICLES.as_bytes()).await?;
    ensure!(outcome.rejected.is_empty(), "articles were rejected: {:?}", outcome.rejected);
    Ok(())
}

fn shop(salt: u64) -> Shop {
    Shop {
        id: ShopId::from_bits(u128::from(salt) << 8 | 7),
        key: format!("sim-{salt}"),
        name: Bilingual::new("山岚生活", "Shanlan Living"),
        settings: String::new(),
        identity_secret: "unused".into(),
        queue: QueueId::from_bits(u128::from(salt) << 8 | 1),
        assigns: false,
        created_at: START,
    }
}

fn team(salt: u64) -> Vec<Staff> {
    let role = |place| if place < MAX_AGENTS { Role::Agent } else { Role::Supervisor };
    (0..=MAX_AGENTS).map(|place| person(salt, place, role(place))).collect()
}

fn person(salt: u64, place: usize, role: Role) -> Staff {
    Staff {
        id: StaffId::from_bits(u128::from(salt) << 8 | place as u128),
        email: format!("{}-{place}-{salt}@sim.invalid", role.as_str()),
        name: format!("{} {place}", role.as_str()),
        // Nobody signs in with a password here.
        password_hash: "none".into(),
        language: Language::Zh,
        presence: Presence::Online,
        disabled: false,
        grants: vec![Grant { shop: shop(salt).id, role }],
        created_at: START,
    }
}
