//! A whole desk for one test: two shops, a clock moved by hand, and people who sign in when they are needed.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    id::{ConversationId, QueueId, ShopId},
    language::{Bilingual, Language},
    staff::Role,
    time::Timestamp,
};
use engine::{
    bus::Bus,
    clock::{Clock, Ids},
    desk::{Desk, DeskParts, Limits},
    jobs,
    settings::ShopSettings,
    shop::{Connector, demo::DemoShop},
    staff::{self, NewStaff},
};
use serde_json::{Value, json};
use server::{app::App, config, router::router, storefront::Storefront, tokens::Keys};
use store::{Grant, OpenOptions, Shop, Store};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::shape::Namer;

/// 2026-11-22 10:00 in Shanghai: the shop is open.
pub const NOW: Timestamp = Timestamp(1_795_312_800_000);
pub const PASSWORD: &str = "correct horse battery";
pub const IDENTITY_SECRET: &str = "the secret of this shop, long enough";
const BODY_LIMIT: usize = 64 << 20;

pub struct TestDesk {
    pub app: App,
    pub router: Router,
    pub desk: Arc<Desk>,
    pub clock: Clock,
    /// Where the demo's shop sells.
    pub shop: Shop,
    /// Another one, of other people.
    pub other_shop: Shop,
    pub stop: watch::Sender<bool>,
    pub namer: Namer,
    _dir: tempfile::TempDir,
}

/// A member of staff with a cookie.
#[derive(Clone)]
pub struct Member {
    pub cookie: String,
    pub csrf: String,
    pub id: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// Null when the body isn't JSON.
    pub json: Value,
    shown: String,
}

impl Answer {
    /// Status and body with secrets and identifiers made stable, for snapshots.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    pub fn text(&self, pointer: &str) -> String {
        self.json.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub async fn desk() -> TestDesk {
    desk_with(&[]).await
}

/// `settings` are variables of the environment, such as `TANDEM_LIMITS__FILE_BYTES`.
pub async fn desk_with(settings: &[(&str, &str)]) -> TestDesk {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let clock = Clock::manual(NOW);
    let ids = Ids::seeded(clock.clone(), 7);
    let store = Store::open(&format!("sqlite://{}", dir.path().join("desk.db").display()), OpenOptions::default())
        .await
        .expect("a database");
    store.migrate().await.expect("migrations");
    let shop = shop("demo", "山岚生活", &ids);
    let other_shop = Shop { identity_secret: "another secret".into(), ..self::shop("other", "别家", &ids) };
    for shop in [&shop, &other_shop] {
        store.create_shop(shop).await.expect("a shop");
    }
    let connector = Arc::new(Connector::Demo(DemoShop::in_memory(7, NOW).expect("the demo shop")));
    let parts = DeskParts {
        store,
        bus: Bus::local(),
        clock: clock.clone(),
        ids,
        embedder: None,
        shops: HashMap::from([(shop.id, connector.clone())]),
        limits: Limits { settle_ms: 0, ..Limits::default() },
        files_dir: dir.path().join("files"),
    };
    let desk = Desk::open(parts).await.expect("a desk");
    let variables = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let config = config::read(None, None, variables).expect("settings");
    let (stop, stopping) = watch::channel(false);
    let metrics = server::observe::metrics::recorder().expect("a recorder").handle();
    let storefront = Some(Storefront { shop: shop.id, connector });
    let app = App::new(desk.clone(), config, Keys::from_secret(&[7; 32]), metrics, stopping, storefront);
    TestDesk {
        router: router(app.clone()),
        app,
        desk,
        clock,
        shop,
        other_shop,
        stop,
        namer: Namer::default(),
        _dir: dir,
    }
}

fn shop(key: &str, name: &str, ids: &Ids) -> Shop {
    Shop {
        id: ShopId::from_bits(ids.bits()),
        key: key.into(),
        name: Bilingual::new(name, key),
        settings: ShopSettings::default().to_json(),
        identity_secret: IDENTITY_SECRET.into(),
        queue: QueueId::from_bits(ids.bits()),
        assigns: false,
        created_at: NOW,
    }
}

impl TestDesk {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), BODY_LIMIT).await.expect("a body").to_vec();
        let json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let shown = self.namer.show(status.as_u16(), &json);
        Answer { status, headers, bytes, json, shown }
    }

    /// A request of nobody.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.send(request(method, path, body, &[])).await
    }

    /// A request of a shopper.
    pub async fn shopper(&self, token: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.send(request(method, path, body, &[("authorization", &format!("Bearer {token}"))])).await
    }

    /// A request of the console.
    pub async fn console(&self, member: &Member, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.send(request(method, path, body, &[("cookie", &member.cookie), ("x-csrf-token", &member.csrf)])).await
    }

    /// A new visitor's token.
    pub async fn visitor(&self) -> String {
        let answer = self.ask(Method::POST, "/api/widget/connect", Some(json!({"shop": "demo"}))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.shown());
        answer.text("/token")
    }

    /// A visitor with an open conversation.
    pub async fn chat(&self) -> (String, String) {
        let token = self.visitor().await;
        let answer = self.shopper(&token, Method::POST, "/api/widget/conversations", Some(json!({}))).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.shown());
        (token, answer.text("/id"))
    }

    pub async fn say(&self, token: &str, conversation: &str, client: &str, text: &str) -> Answer {
        let path = format!("/api/widget/conversations/{conversation}/messages");
        self.shopper(token, Method::POST, &path, Some(json!({"client_id": client, "text": text}))).await
    }

    /// Lets the bot and the indexer work until nothing is due.
    pub async fn work(&self) {
        jobs::drain(&self.desk, "test").await.expect("jobs");
    }

    /// Makes an account in a shop and signs it in.
    pub async fn member(&self, role: Role, shop: &Shop) -> Member {
        self.member_with(&[role], shop, Language::En).await
    }

    pub async fn member_with(&self, roles: &[Role], shop: &Shop, language: Language) -> Member {
        let count = self.desk.store.list_staff().await.expect("staff").len();
        let email = format!("{}{count}@example.com", roles[0].as_str());
        let new = NewStaff {
            email: email.clone(),
            name: format!("{} {count}", roles[0].as_str()),
            language,
            grants: roles.iter().map(|&role| Grant { shop: shop.id, role }).collect(),
            password: PASSWORD.into(),
        };
        staff::create(&self.desk, None, new).await.expect("an account");
        self.sign_in(&email, PASSWORD).await
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Member {
        let body = json!({"email": email, "password": password});
        let answer = self.ask(Method::POST, "/api/console/sign-in", Some(body)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.shown());
        let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap_or_default().to_owned();
        Member { cookie, csrf: answer.text("/csrf"), id: answer.text("/id") }
    }

    pub async fn agent(&self) -> Member {
        self.member(Role::Agent, &self.shop).await
    }

    /// The state the log folds to.
    pub async fn stored(&self, conversation: &str) -> store::Stored {
        let id: ConversationId = conversation.parse().expect("an id");
        self.desk.store.conversation(id).await.expect("a database").expect("a conversation")
    }
}

pub fn request(method: Method, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Request<Body> {
    let mut builder = Request::builder().method(method).uri(path).header("accept-language", "en");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    match body {
        Some(json) => builder.header(header::CONTENT_TYPE, "application/json").body(Body::from(json.to_string())),
        None => builder.body(Body::empty()),
    }
    .expect("a request")
}

/// A form with one file.
pub fn upload(path: &str, name: &str, content: &[u8], headers: &[(&str, &str)]) -> Request<Body> {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let mut builder = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("accept-language", "en")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Body::from(body)).expect("a request")
}
