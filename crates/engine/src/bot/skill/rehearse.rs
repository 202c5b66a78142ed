//! Plays conversation tests through the bot's real turn, each on a desk of its own with the demo shop, and says what was
//! not as expected. For `cargo test`, for the command line and for the console.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
};

use domain::{
    conversation::Fact,
    id::{ConversationId, FileId, QueueId, ShopId},
    language::{Bilingual, Language},
    message::Body,
    staff::{Presence, Role},
    time::Timestamp,
    trace::Trace,
};
use serde::Serialize;
use serde_json::Value as Json;
use skills::{
    Fault, Source,
    test::{Observed, Play, Turn, read, resolve},
};
use store::{Grant, OpenOptions, Shop, Shopper, Store};

use super::would::{Would, would};
use crate::{
    bot::Memory,
    bus::Bus,
    clock::{Clock, Ids},
    conversations::{self, Outgoing, Wish},
    desk::{Desk, DeskParts, Limits},
    error::{DeskError, Result},
    files, jobs, library, reader,
    shop::{Connector, demo::DemoShop},
    shoppers, staff,
};

/// When all plays begin: a Wednesday afternoon in the demo's zone.
const START: Timestamp = Timestamp(1_795_000_000_000);
const SHOP: ShopId = ShopId::from_bits(1);
const SEED: u64 = 1;
/// The smallest picture there is.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89,
];

/// What a play came to.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    pub file: String,
    pub name: String,
    /// One for each thing that was not as expected, with the number of the turn from 1.
    pub differences: Vec<(usize, String)>,
    pub turns: Vec<(String, Observed)>,
}

impl Verdict {
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

/// What plays are played on: articles to answer from, and a merchant's folder of skills.
#[derive(Debug, Clone, Default)]
pub struct Stage {
    /// Files of articles, as they are imported.
    pub articles: Vec<Vec<u8>>,
    pub skills: Option<PathBuf>,
}

/// The plays of these files, or the faults of the files that have some.
pub fn plays(files: &[Source]) -> std::result::Result<Vec<(String, Play)>, Vec<Fault>> {
    let (mut plays, mut faults) = (Vec::new(), Vec::new());
    for source in files {
        match read(source) {
            Ok(list) => plays.extend(list.into_iter().map(|play| (source.file.clone(), play))),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(plays) } else { Err(faults) }
}

/// A furnished database that every play begins with a copy of.
pub struct Theatre {
    folder: tempfile::TempDir,
    stage: Stage,
    /// Taught once for all plays.
    readers: reader::Readers,
}

impl Theatre {
    pub async fn open(stage: Stage) -> Result<Self> {
        let folder = tempfile::tempdir().map_err(DeskError::Files)?;
        let theatre = Self { folder, stage, readers: reader::Readers::default() };
        let desk = theatre.desk(&theatre.template()).await?;
        desk.store.create_shop(&demo_shop()).await?;
        let operator = person(&desk, Role::Operator).await?;
        person(&desk, Role::Agent).await?;
        for articles in &theatre.stage.articles {
            library::load_drafts(&desk, &operator, SHOP, articles).await?;
        }
        library::refresh(&desk).await?;
        reader::learn(&desk).await?;
        theatre.readers.take_from(&desk.readers);
        desk.store.close().await;
        Ok(theatre)
    }

    /// What the bot would begin on each of these sentences, said by somebody the shop vouches for.
    pub async fn would(&self, sentences: &[String]) -> Result<Vec<Would>> {
        let desk = self.desk(&self.template()).await?;
        let shop = desk.store.shop(SHOP).await?.ok_or(DeskError::NotFound)?;
        let mut found = Vec::new();
        for sentence in sentences {
            found.push(would(&desk, &shop, sentence).await);
        }
        desk.store.close().await;
        Ok(found)
    }

    fn template(&self) -> PathBuf {
        self.folder.path().join("template.db")
    }

    async fn desk(&self, file: &Path) -> Result<Arc<Desk>> {
        let store = Store::open(&format!("sqlite://{}", file.display()), OpenOptions::default()).await?;
        store.migrate().await?;
        let clock = Clock::manual(START);
        let demo = DemoShop::in_memory(SEED, START)?;
        let desk = Desk::open(DeskParts {
            store,
            bus: Bus::local(),
            clock: clock.clone(),
            ids: Ids::seeded(clock, SEED),
            embedder: None,
            shops: HashMap::from([(SHOP, Arc::new(Connector::Demo(demo)))]),
            limits: Limits { settle_ms: 0, ..Limits::default() },
            files_dir: self.folder.path().join("files"),
        })
        .await?;
        if let Some(folder) = &self.stage.skills {
            desk.skills.read_folder(folder);
        }
        desk.readers.take_from(&self.readers);
        Ok(desk)
    }

    /// Plays one conversation on a fresh desk.
    pub async fn play(&self, file: &str, play: &Play) -> Result<Verdict> {
        let database = self.folder.path().join("play.db");
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(format!("play.db{ending}")));
        }
        std::fs::copy(self.template(), &database).map_err(DeskError::Files)?;
        let desk = self.desk(&database).await?;
        let verdict = perform(&desk, file, play).await;
        desk.store.close().await;
        verdict
    }
}

fn demo_shop() -> Shop {
    Shop {
        id: SHOP,
        key: "demo".into(),
        name: Bilingual::new("山岚生活", "Shanlan Living"),
        settings: String::new(),
        identity_secret: "rehearsal".into(),
        queue: QueueId::from_bits(1),
        assigns: false,
        created_at: START,
    }
}

async fn person(desk: &Desk, role: Role) -> Result<store::Staff> {
    let new = staff::NewStaff {
        email: format!("{}@example.com", role.as_str()),
        name: role.as_str().to_owned(),
        language: Language::Zh,
        grants: vec![Grant { shop: SHOP, role }],
        password: "only for rehearsals".into(),
    };
    let staff = staff::create(desk, None, new).await?;
    staff::set_presence(desk, staff.id, Presence::Online).await?;
    Ok(staff)
}

async fn perform(desk: &Arc<Desk>, file: &str, play: &Play) -> Result<Verdict> {
    let first = play.turns.first().map(|turn| turn.says.as_str()).unwrap_or_default();
    let language = play.language.or_else(|| crate::bot::language_of(first)).unwrap_or_default();
    let shop = desk.store.shop(SHOP).await?.ok_or(DeskError::NotFound)?;
    let shopper = match &play.shopper {
        Some(customer) => shoppers::identify(desk, &shop, None, &customer.as_str().into(), None, language).await?,
        None => shoppers::visitor(desk, SHOP, language).await?,
    };
    let wish = Wish { language, prefers_human: false, page: None };
    let id = conversations::open(desk, &shopper, wish).await?.0.conversation.id;
    let orders: Vec<String> = match desk.connector(SHOP).map(AsRef::as_ref) {
        Some(Connector::Demo(demo)) => demo.records().all_orders().map(|order| order.key.0.clone()).collect(),
        _ => Vec::new(),
    };
    let number_of = |digits: &str| orders.iter().find(|key| key.ends_with(digits)).cloned();
    let mut verdict =
        Verdict { file: file.to_owned(), name: play.name.clone(), differences: Vec::new(), turns: Vec::new() };
    for (number, turn) in (1..).zip(&play.turns) {
        let says = match resolve(&turn.says, &number_of) {
            Ok(says) => says,
            Err(fault) => {
                verdict.differences.push((number, fault));
                break;
            }
        };
        let observed = exchange(desk, id, &shopper, turn, &says, number).await?;
        let differences = turn.bot.differences(&observed, &number_of);
        verdict.differences.extend(differences.into_iter().map(|difference| (number, difference)));
        verdict.turns.push((says, observed));
    }
    Ok(verdict)
}

async fn exchange(
    desk: &Arc<Desk>,
    id: ConversationId,
    shopper: &Shopper,
    turn: &Turn,
    says: &str,
    number: usize,
) -> Result<Observed> {
    let mut pictures: Vec<FileId> = Vec::new();
    for picture in 0..turn.pictures {
        let name = format!("picture-{picture}.png");
        pictures.push(files::put(desk, SHOP, &shopper.id.to_string(), &name, PICTURE).await?.id);
    }
    let before = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?.conversation.seq;
    let outgoing = Outgoing { client: format!("turn-{number}"), text: says.to_owned(), files: pictures };
    conversations::say(desk, id, shopper.id, outgoing).await?;
    jobs::drain(desk, "rehearsal").await?;
    observe(desk, id, before).await
}

async fn observe(desk: &Desk, id: ConversationId, before: i64) -> Result<Observed> {
    let mut observed = Observed::default();
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    observed.handed_off = !stored.conversation.is_with_bot();
    for row in desk.store.events(id, before, MAX_EVENTS).await? {
        let Fact::BotReplied { trace, .. } = row.event.fact else { continue };
        if let Some(body) = row.body.as_deref().and_then(|json| serde_json::from_str::<Body>(json).ok()) {
            observed.cards += body.cards.len();
            observed.offers.extend(body.quick_replies.iter().map(|reply| reply.text.clone()));
            for source in &body.sources {
                let article = desk.store.article(source.article).await?;
                observed.cited.extend(article.map(|article| article.draft.key));
            }
            observed.text.push_str(&body.text);
        }
        if let Some(trace) = trace
            && let Some(trace) = desk.store.trace(trace).await?
        {
            read_trace(&trace, &mut observed);
        }
    }
    let memory = Memory::read(stored.memory.as_deref());
    if let Some(flow) = &memory.flow {
        observed.asks = Some(flow.asked().unwrap_or("confirm").to_owned());
        observed.slots = flow.slots().map(|(name, value)| (name.to_owned(), short(value))).collect::<BTreeMap<_, _>>();
    }
    Ok(observed)
}

/// Events of one turn.
const MAX_EVENTS: i64 = 50;

fn read_trace(trace: &Trace, observed: &mut Observed) {
    for step in &trace.steps {
        let Some(skill) = step.detail.get("skill").and_then(Json::as_str) else { continue };
        observed.skills.retain(|known| known != skill);
        observed.skills.push(skill.to_owned());
        if let Some(at) = step.detail.get("step").and_then(Json::as_str) {
            observed.step = Some(at.to_owned());
        }
        let note = &step.detail["note"];
        if note["what"] == "performed" && matches!(note["detail"]["outcome"].as_str(), Some("done" | "under_way")) {
            observed.performed.extend(note["name"].as_str().map(str::to_owned));
        }
    }
}

/// A slot's value in a word: the key of a record, the value of a choice, or itself.
fn short(value: &Json) -> String {
    let part = |name: &str| value.get(name).and_then(Json::as_str).map(str::to_owned);
    match value {
        Json::String(text) => text.clone(),
        Json::Array(list) => list.iter().map(short).collect::<Vec<_>>().join(", "),
        Json::Object(_) => {
            let found = part("variant").or_else(|| part("key")).or_else(|| part("value")).or_else(|| part("line"));
            found.unwrap_or_else(|| value.to_string())
        }
        other => other.to_string(),
    }
}
