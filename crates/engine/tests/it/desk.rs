//! A desk for a test: the demo shop, a few articles, a manual clock.

use std::{collections::HashMap, sync::Arc};

use domain::{
    conversation::{Event, Fact, Seq},
    handoff::HandoffCard,
    id::{ConversationId, QueueId, ShopId},
    language::{Bilingual, Language},
    message::Body,
    staff::{Presence, Role},
    time::Timestamp,
};
use engine::{
    bus::Bus,
    clock::{Clock, Ids},
    conversations::{self, Outgoing, Sent, Wish},
    desk::{Desk, DeskParts, Limits},
    jobs, library,
    shop::{Connector, demo::DemoShop},
    shoppers, staff,
};
use store::{Grant, OpenOptions, Shop, Shopper, Staff, Store};

pub const START: Timestamp = Timestamp(1_795_000_000_000);
pub const SHOP: ShopId = ShopId::from_bits(7);
pub const WORKER: &str = "worker";

const ARTICLES: &str = r#"
- key: returns-how-to
  category: returns
  zh: {question: 怎么申请退货, aliases: [不想要了怎么退, 如何退货], answer: 在「我的订单」点「申请售后」，7 天内可退。}
  en: {question: How do I return an item, aliases: [return something I bought], answer: Open My orders and choose Request after-sales within 7 days.}
- key: invoice
  category: invoice
  zh: {question: 怎么开发票, aliases: [发票在哪开, 可以开发票吗], answer: 下单时选择电子发票，发货后发到邮箱。}
  en: {question: How do I get an invoice, aliases: [need an invoice], answer: Choose e-invoice at checkout.}
"#;

pub struct Test {
    pub desk: Arc<Desk>,
    pub clock: Clock,
    pub demo: Arc<Connector>,
    pub agent: Staff,
    pub supervisor: Staff,
    pub operator: Staff,
    _folder: tempfile::TempDir,
}

pub async fn test() -> Test {
    with_connector(Connector::Demo(DemoShop::in_memory(1, START).expect("the demo shop"))).await
}

pub async fn with_connector(connector: Connector) -> Test {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("tandem.db").display());
    let store = Store::open(&url, OpenOptions::default()).await.expect("a database");
    store.migrate().await.expect("migrations");
    let shop = Shop {
        id: SHOP,
        key: "demo".into(),
        name: Bilingual::new("山岚生活", "Shanlan Living"),
        settings: String::new(),
        identity_secret: "secret".into(),
        queue: QueueId::from_bits(1),
        assigns: false,
        created_at: START,
    };
    store.create_shop(&shop).await.expect("a shop");
    let clock = Clock::manual(START);
    let demo = Arc::new(connector);
    let parts = DeskParts {
        store,
        bus: Bus::local(),
        clock: clock.clone(),
        ids: Ids::seeded(clock.clone(), 1),
        embedder: None,
        shops: HashMap::from([(SHOP, demo.clone())]),
        limits: Limits { settle_ms: 0, ..Limits::default() },
        files_dir: folder.path().join("files"),
    };
    let desk = Desk::open(parts).await.expect("a desk");
    let operator = person(&desk, "operator", Role::Operator).await;
    let outcome = library::load_drafts(&desk, &operator, SHOP, ARTICLES.as_bytes()).await.expect("articles");
    assert_eq!((outcome.created, outcome.rejected.len()), (2, 0));
    let agent = person(&desk, "agent", Role::Agent).await;
    let supervisor = person(&desk, "supervisor", Role::Supervisor).await;
    Test { desk, clock, demo, agent, supervisor, operator, _folder: folder }
}

pub async fn person(desk: &Desk, name: &str, role: Role) -> Staff {
    let new = staff::NewStaff {
        email: format!("{name}@example.com"),
        name: name.to_owned(),
        language: Language::Zh,
        grants: vec![Grant { shop: SHOP, role }],
        password: "a long enough password".into(),
    };
    let staff = staff::create(desk, None, new).await.expect("a staff member");
    staff::set_presence(desk, staff.id, Presence::Online).await.expect("presence");
    staff
}

impl Test {
    pub async fn visitor(&self) -> Shopper {
        shoppers::visitor(&self.desk, SHOP, Language::Zh).await.expect("a visitor")
    }

    pub async fn shop(&self) -> Shop {
        self.desk.store.shop(SHOP).await.expect("the store").expect("the shop")
    }

    pub async fn customer(&self, key: &str) -> Shopper {
        let shop = self.shop().await;
        shoppers::identify(&self.desk, &shop, None, &key.into(), None, Language::Zh).await.expect("a customer")
    }

    pub async fn open(&self, shopper: &Shopper) -> ConversationId {
        let wish = Wish { language: Language::Zh, prefers_human: false, page: None };
        conversations::open(&self.desk, shopper, wish).await.expect("a conversation").0.conversation.id
    }

    pub async fn say(&self, id: ConversationId, shopper: &Shopper, text: &str) -> Sent {
        let outgoing = Outgoing { client: format!("c{}", self.desk.ids.bits()), text: text.into(), files: vec![] };
        conversations::say(&self.desk, id, shopper.id, outgoing).await.expect("said")
    }

    /// Says it and lets the bot answer; returns what the bot said.
    pub async fn ask(&self, id: ConversationId, shopper: &Shopper, text: &str) -> Body {
        self.say(id, shopper, text).await;
        self.work().await;
        self.last_bot(id).await
    }

    pub async fn work(&self) -> usize {
        jobs::drain(&self.desk, WORKER).await.expect("jobs")
    }

    pub async fn log(&self, id: ConversationId) -> Vec<(Event, Option<String>)> {
        let rows = self.desk.store.events(id, 0, 500).await.expect("a log");
        rows.into_iter().map(|row| (row.event, row.body)).collect()
    }

    pub async fn last_bot(&self, id: ConversationId) -> Body {
        let log = self.log(id).await;
        let said = log.iter().rev().find(|(event, _)| matches!(event.fact, Fact::BotReplied { .. }));
        let body = said.and_then(|(_, body)| body.clone()).expect("the bot said something");
        serde_json::from_str(&body).expect("a body")
    }

    pub async fn card(&self, id: ConversationId) -> (Seq, HandoffCard) {
        let log = self.log(id).await;
        let (event, body) =
            log.iter().rev().find(|(event, _)| matches!(event.fact, Fact::CardWritten { .. })).expect("a card");
        (event.seq, serde_json::from_str(body.as_deref().expect("its body")).expect("a readable card"))
    }

    pub async fn state(&self, id: ConversationId) -> domain::conversation::Conversation {
        self.desk.store.conversation(id).await.expect("the store").expect("a conversation").conversation
    }

    /// The stored row is what the log folds to.
    pub async fn verify(&self, id: ConversationId) {
        let differences = self.desk.store.verify_conversation(id).await.expect("verified");
        assert!(differences.is_empty(), "{differences:?}");
    }
}
