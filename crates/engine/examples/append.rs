//! What it costs to write down what happens in conversations that people serve: statements and time by kind of event.
//! `cargo run --release -p tandem-engine --example append` prints one JSON object.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use domain::{
    id::{QueueId, ShopId},
    language::{Bilingual, Language},
    staff::Role,
    time::Timestamp,
};
use engine::{
    bus::Bus,
    clock::{Clock, Ids},
    conversations::{self, NewNote, Outgoing, Wish},
    desk::{Desk, DeskParts, Limits},
    shoppers, staff, workspace,
};
use serde_json::json;
use store::{Grant, OpenOptions, Shop, Store};
use tracing::{Event, Subscriber};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
};

const CONVERSATIONS: usize = 40;
const TURNS: usize = 10;
const SHOP: ShopId = ShopId::from_bits(7);
const START: Timestamp = Timestamp(1_795_000_000_000);

/// Counts what is sent to the database.
struct Statements(Arc<AtomicU64>);

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Cost {
    times: u64,
    statements: u64,
    ms: f64,
}

struct Measured {
    statements: Arc<AtomicU64>,
    costs: BTreeMap<&'static str, Cost>,
}

impl Measured {
    async fn of<T>(&mut self, what: &'static str, doing: impl Future<Output = T>) -> T {
        let (before, began) = (self.statements.load(Ordering::Relaxed), Instant::now());
        let done = doing.await;
        let cost = self.costs.entry(what).or_default();
        cost.times += 1;
        cost.statements += self.statements.load(Ordering::Relaxed) - before;
        cost.ms += began.elapsed().as_secs_f64() * 1e3;
        done
    }
}

async fn desk(folder: &std::path::Path) -> anyhow::Result<Arc<Desk>> {
    let store =
        Store::open(&format!("sqlite://{}", folder.join("tandem.db").display()), OpenOptions::default()).await?;
    store.migrate().await?;
    let shop = Shop {
        id: SHOP,
        key: "main".into(),
        name: Bilingual::new("小店", "Shop"),
        settings: String::new(),
        identity_secret: "secret".into(),
        queue: QueueId::from_bits(1),
        assigns: false,
        created_at: START,
    };
    store.create_shop(&shop).await?;
    let clock = Clock::manual(START);
    let parts = DeskParts {
        store,
        bus: Bus::local(),
        ids: Ids::seeded(clock.clone(), 1),
        clock,
        embedder: None,
        shops: HashMap::new(),
        limits: Limits::default(),
        files_dir: folder.join("files"),
    };
    Ok(Desk::open(parts).await?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let statements = Arc::new(AtomicU64::new(0));
    let counting = tracing_subscriber::registry().with(Statements(statements.clone()));
    tracing::subscriber::set_global_default(counting)?;
    let folder = tempfile::tempdir()?;
    let desk = desk(folder.path()).await?;
    let new = staff::NewStaff {
        email: "agent@example.com".into(),
        name: "Agent".into(),
        language: Language::Zh,
        grants: vec![Grant { shop: SHOP, role: Role::Agent }],
        password: "a long enough password".into(),
    };
    let agent = staff::create(&desk, None, new).await?;
    let mut measured = Measured { statements, costs: BTreeMap::new() };
    let began = Instant::now();
    for _ in 0..CONVERSATIONS {
        let shopper = shoppers::visitor(&desk, SHOP, Language::Zh).await?;
        let wish = Wish { language: Language::Zh, prefers_human: false, page: None };
        let (opened, _) = conversations::open(&desk, &shopper, wish).await?;
        let id = opened.conversation.id;
        measured.of("asks_for_a_person", conversations::ask_human(&desk, id, shopper.id)).await?;
        measured.of("is_taken_over", conversations::take_over(&desk, id, &agent)).await?;
        for turn in 0..TURNS {
            desk.clock.advance_ms(20_000);
            let words = |text: &str| Outgoing { client: turn.to_string(), text: text.into(), files: Vec::new() };
            measured.of("shopper_says", conversations::say(&desk, id, shopper.id, words("多久能到？"))).await?;
            let note = NewNote { text: "在查".into(), ..NewNote::default() };
            measured.of("note", conversations::note(&desk, id, &agent, note)).await?;
            measured.of("tag", workspace::tag(&desk, id, &agent, &format!("t{turn}"))).await?;
            measured.of("agent_replies", conversations::reply(&desk, id, &agent, words("明天送到。"))).await?;
        }
        measured.of("is_resolved", conversations::resolve(&desk, id, &agent)).await?;
    }
    let each = |cost: &Cost| {
        let times = cost.times as f64;
        json!({ "n": cost.times, "statements": cost.statements as f64 / times, "ms": cost.ms / times })
    };
    let metrics: BTreeMap<_, _> = measured.costs.iter().map(|(what, cost)| (*what, each(cost))).collect();
    let report = json!({
        "eval": "append",
        "data": "made up, SQLite in a file",
        "n": CONVERSATIONS,
        "metrics": metrics,
        "floors": {},
        "seconds": began.elapsed().as_secs_f64(),
    });
    println!("{report}");
    Ok(())
}
