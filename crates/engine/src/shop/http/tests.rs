//! The client against a small merchant that answers well, badly, slowly, too much and not at all.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{
    Json, Router,
    body::Body,
    extract::{Path, Request, State},
    http::{StatusCode as Status, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    action::{Action, Sums},
    shop::{CustomerKey, OrderKey, OrderState, ProductKey},
    time::Timestamp,
};
use serde_json::{Value, json};

use super::*;
use crate::shop::{Connector, Errand, demo::DemoShop};

const NOW: Timestamp = Timestamp(1_795_314_600_000);
const SECRET: &str = "whsec-demo-0123456789";

/// A merchant with the demo's goods, and a few keys that make it misbehave.
struct Merchant {
    shop: DemoShop,
    asked: AtomicUsize,
}

async fn product(State(merchant): State<Arc<Merchant>>, Path(key): Path<String>) -> Response {
    let asked = merchant.asked.fetch_add(1, Ordering::SeqCst);
    let some = merchant.shop.records().product(&ProductKey::from("camp-chair")).unwrap();
    match key.as_str() {
        "slow" => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            Json(some).into_response()
        }
        "broken" => Status::INTERNAL_SERVER_ERROR.into_response(),
        "broken-once" if asked == 0 => Status::BAD_GATEWAY.into_response(),
        "broken-once" => Json(Product { key: ProductKey(key), ..some }).into_response(),
        "malformed" => "{\"key\": ".into_response(),
        "another-shape" => Json(json!({"id": 1})).into_response(),
        "another-product" => Json(some).into_response(),
        "negative" => {
            let mut product = Product { key: ProductKey(key), ..some };
            product.variants[0].stock = -1;
            Json(product).into_response()
        }
        "oversize" => vec![b' '; ANSWER_BYTES_MAX + 1].into_response(),
        "oversize-unannounced" => {
            let chunk = || Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]);
            let chunks = futures::stream::iter(std::iter::repeat_with(chunk).take(80));
            Body::from_stream(chunks).into_response()
        }
        "redirect" => (Status::FOUND, [(header::LOCATION, "/products/camp-chair")]).into_response(),
        "created" => (Status::CREATED, Json(some)).into_response(),
        "forbidden" => Status::FORBIDDEN.into_response(),
        "odd" => Status::IM_A_TEAPOT.into_response(),
        "busy" => Status::TOO_MANY_REQUESTS.into_response(),
        _ => answer(merchant.shop.records().product(&key.as_str().into())),
    }
}

fn answer<T: serde::Serialize>(found: Result<T, ShopError>) -> Response {
    found.map_or_else(|_| Status::NOT_FOUND.into_response(), |found| Json(found).into_response())
}

fn page_of(request: &Request) -> (PageRequest, Option<String>) {
    let url = Url::parse(&format!("http://merchant{}", request.uri())).unwrap();
    let get = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let limit = get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(20);
    (PageRequest { cursor: get("cursor"), limit }, get("text"))
}

async fn products(State(merchant): State<Arc<Merchant>>, request: Request) -> Response {
    let records = merchant.shop.records();
    match page_of(&request) {
        (page, Some(text)) => {
            let items: Vec<Product> = records.search(&text, page.limit).into_iter().map(|hit| hit.product).collect();
            Json(json!({"items": items})).into_response()
        }
        (page, None) => answer(records.products(&page)),
    }
}

async fn orders(State(merchant): State<Arc<Merchant>>, Path(key): Path<String>, request: Request) -> Response {
    let records = merchant.shop.records();
    // Asked for this customer's orders it answers with another's.
    let whose = if key == "mixed-up" { "demo-lin" } else { &key };
    answer(records.orders_of(&whose.into(), &page_of(&request).0))
}

async fn refuse_unsigned(request: Request, next: axum::middleware::Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, ANSWER_BYTES_MAX).await.unwrap();
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let method = parts.method.as_str();
    let expected = signature::sign(SECRET.as_bytes(), NOW, method, &format!("/tandem{path}"), &body);
    let given = parts.headers.get(signature::HEADER).and_then(|given| given.to_str().ok());
    if given != Some(expected.as_str()) {
        return Status::UNAUTHORIZED.into_response();
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

/// Carries out what it is asked, once a key; a few keys make it misbehave.
async fn act(State(merchant): State<Arc<Merchant>>, request: Request) -> Response {
    let asked = merchant.asked.fetch_add(1, Ordering::SeqCst);
    let key = request.headers()["Idempotency-Key"].to_str().unwrap().to_owned();
    let body = axum::body::to_bytes(request.into_body(), ANSWER_BYTES_MAX).await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["key"], key.as_str(), "the key stands in both");
    let customer: CustomerKey = serde_json::from_value(body["customer"].clone()).unwrap();
    let action: Action = serde_json::from_value(body.clone()).unwrap();
    let sums: Sums = serde_json::from_value(body["sums"].clone()).unwrap();
    let errand = Errand { key: &key, customer: Some(&customer), action: &action, sums: &sums, now: NOW };
    let done = merchant.shop.carry_out(&errand).await;
    match (key.as_str(), done) {
        // It did it, but nobody heard.
        ("lost-answer", Ok(_)) if asked == 0 => Status::BAD_GATEWAY.into_response(),
        ("busy", _) => Status::CONFLICT.into_response(),
        ("rude", _) => (Status::UNPROCESSABLE_ENTITY, Json(json!({"rule": "No! <b>"}))).into_response(),
        ("other-sums", Ok(_)) => Json(json!({"sums": {"refund": {"minor": 1, "currency": "CNY"}}})).into_response(),
        (_, Ok(done)) => Json(done).into_response(),
        (_, Err(ShopError::Refused { rule })) => {
            (Status::UNPROCESSABLE_ENTITY, Json(json!({"rule": rule}))).into_response()
        }
        (_, Err(_)) => Status::NOT_FOUND.into_response(),
    }
}

async fn take_back(State(merchant): State<Arc<Merchant>>, Path(key): Path<String>) -> Response {
    match merchant.shop.undo(&key).await {
        Ok(()) => Json(json!({})).into_response(),
        Err(ShopError::Refused { rule }) => (Status::UNPROCESSABLE_ENTITY, Json(json!({"rule": rule}))).into_response(),
        Err(_) => Status::NOT_FOUND.into_response(),
    }
}

async fn serve() -> (Url, Arc<Merchant>) {
    let merchant = Arc::new(Merchant { shop: DemoShop::in_memory(7, NOW).unwrap(), asked: AtomicUsize::new(0) });
    let customer = |State(merchant): State<Arc<Merchant>>, Path(key): Path<String>| async move {
        let asked = if key == "mixed-up" { "demo-lin".to_owned() } else { key };
        answer(merchant.shop.records().customer(&asked.as_str().into()))
    };
    let order = |State(merchant): State<Arc<Merchant>>, Path(key): Path<String>| async move {
        answer(merchant.shop.records().order(&key.as_str().into()))
    };
    let api = Router::new()
        .route("/products", get(products))
        .route("/products/{key}", get(product))
        .route("/customers/{key}", get(customer))
        .route("/customers/{key}/orders", get(orders))
        .route("/orders/{key}", get(order))
        .route("/actions", axum::routing::post(act))
        .route("/actions/{key}/undo", axum::routing::post(take_back))
        .route("/health", get(async || Json::<Value>(json!({"warning": "stock is an hour old"}))))
        .layer(axum::middleware::from_fn(refuse_unsigned))
        .with_state(merchant.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/tandem", listener.local_addr().unwrap())).unwrap();
    let app = Router::new().nest("/tandem", api);
    tokio::spawn(async move { axum::serve(listener, app).await });
    (url, merchant)
}

fn client(base_url: Url, secret: &str) -> Connector {
    // Another test may have installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = HttpShopConfig {
        timeout: Duration::from_millis(1_500),
        allows_private_addresses: true,
        ..HttpShopConfig::new(base_url, secret)
    };
    Connector::Http(Box::new(HttpShop::new(config, Clock::manual(NOW)).unwrap()))
}

#[tokio::test]
async fn a_good_merchant_answers_everything() {
    let (url, merchant) = serve().await;
    let shop = client(url, SECRET);
    let here = merchant.shop.records();
    let chair = ProductKey::from("camp-chair");
    assert_eq!(shop.product(&chair).await.unwrap(), here.product(&chair).unwrap());
    assert_eq!(shop.customer(&"demo-lin".into()).await.unwrap().name, "林晓");
    let own = shop.orders_of(&"demo-lin".into(), &PageRequest::first(2)).await.unwrap();
    assert_eq!((own.items.len(), own.next.is_some()), (2, true));
    let rest = shop.orders_of(&"demo-lin".into(), &PageRequest::after(own.next.unwrap(), 2)).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
    let order = shop.order_of(&"demo-lin".into(), &own.items[0].key).await.unwrap();
    assert_eq!(order, own.items[0]);
    let found = shop.search_products("双人帐篷有货吗", 5).await.unwrap();
    assert_eq!(found[0].product.key.as_str(), "ridge-tent-2");
    assert!(found[0].score > 0.4, "{}", found[0].score);
    let named = shop.mentions("手冲壶多少钱").await.unwrap();
    assert_eq!(named[0].product.as_str(), "pourover-kettle");
    assert_eq!(shop.health().await.unwrap().warning.as_deref(), Some("stock is an hour old"));
    assert!(own.items.iter().any(|order| order.state == OrderState::Unpaid));
}

#[tokio::test]
async fn another_customers_order_does_not_exist() {
    let (url, merchant) = serve().await;
    let shop = client(url, SECRET);
    let lins = merchant.shop.order_key(&crate::shop::demo::LIN_STUCK).unwrap();
    assert!(shop.order(&lins).await.is_ok());
    for (customer, order) in [("demo-emma", lins.as_str()), ("demo-lin", "SL2000010100001"), ("nobody", lins.as_str())]
    {
        let refused = shop.order_of(&customer.into(), &order.into()).await;
        assert!(matches!(refused, Err(ShopError::NotFound)), "{customer} {order}: {refused:?}");
    }
    let mixed_up = shop.orders_of(&"mixed-up".into(), &PageRequest::default()).await;
    assert!(matches!(mixed_up, Err(ShopError::BadAnswer { .. })), "{mixed_up:?}");
    assert!(matches!(shop.customer(&"mixed-up".into()).await, Err(ShopError::BadAnswer { .. })));
}

#[tokio::test]
async fn bad_answers_are_told_apart() {
    let (url, _) = serve().await;
    let shop = client(url, SECRET);
    for key in [
        "malformed",
        "another-shape",
        "another-product",
        "negative",
        "oversize",
        "oversize-unannounced",
        "redirect",
        "created",
    ] {
        let answer = shop.product(&key.into()).await;
        assert!(matches!(answer, Err(ShopError::BadAnswer { .. })), "{key}: {answer:?}");
    }
    for key in ["oversize", "oversize-unannounced"] {
        let failure = shop.product(&key.into()).await.unwrap_err();
        assert!(failure.to_string().contains("larger than"), "{key}: {failure}");
    }
    for (key, rule) in [("forbidden", "signature"), ("odd", "http_418")] {
        let answer = shop.product(&key.into()).await;
        assert!(matches!(&answer, Err(ShopError::Refused { rule: given }) if given == rule), "{key}: {answer:?}");
    }
    for key in ["no-such-product", "..", ".", "", "a/b"] {
        let answer = shop.product(&key.into()).await;
        assert!(matches!(answer, Err(ShopError::NotFound)), "{key}: {answer:?}");
    }
}

fn outage<T: std::fmt::Debug>(answer: Result<T, ShopError>) -> Outage {
    match answer {
        Err(ShopError::Unavailable { outage, .. }) => outage,
        other => panic!("expected an outage, got {other:?}"),
    }
}

#[tokio::test]
async fn outages_are_retried_once_and_named() {
    let (url, merchant) = serve().await;
    let shop = client(url.clone(), SECRET);
    assert_eq!(shop.product(&"broken-once".into()).await.unwrap().key.as_str(), "broken-once");
    assert_eq!(merchant.asked.load(Ordering::SeqCst), 2);
    assert_eq!(outage(shop.product(&"broken".into()).await), Outage::Status(500));
    assert_eq!(merchant.asked.load(Ordering::SeqCst), 4);
    assert_eq!(outage(shop.product(&"busy".into()).await), Outage::Status(429));
    assert_eq!(merchant.asked.load(Ordering::SeqCst), 5, "a busy shop is not asked again at once");
    assert_eq!(outage(shop.product(&"slow".into()).await), Outage::Timeout);
    assert_eq!(merchant.asked.load(Ordering::SeqCst), 6, "a shopper has waited long enough");
    let nobody = client(Url::parse("http://127.0.0.1:9/").unwrap(), SECRET);
    assert_eq!(outage(nobody.health().await), Outage::Connect);
    let impostor = client(url, "another-secret-0123");
    assert!(matches!(impostor.health().await, Err(ShopError::Refused { .. })));
}

#[tokio::test]
async fn only_public_https_addresses_are_called() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let make = |url: &str, secret: &str| {
        HttpShop::new(HttpShopConfig::new(Url::parse(url).unwrap(), secret), Clock::manual(NOW))
    };
    for url in ["http://shop.example/", "https://u:p@shop.example/", "https://shop.example/?a=b", "ftp://shop.example/"]
    {
        assert!(matches!(make(url, SECRET), Err(HttpShopConfigError::Url)), "{url}");
    }
    for url in ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://169.254.169.254/"] {
        assert!(matches!(make(url, SECRET), Err(HttpShopConfigError::Address(_))), "{url}");
    }
    assert!(matches!(make("https://shop.example/", "short"), Err(HttpShopConfigError::Secret)));
    // A name that leads home is only found out when it is resolved.
    let shop = Connector::Http(Box::new(make("https://localhost/", SECRET).unwrap()));
    assert_eq!(outage(shop.health().await), Outage::Address);
}

fn cancel(order: &OrderKey) -> Action {
    Action::CancelOrder { order: order.clone(), reason: "no longer needed".into() }
}

#[tokio::test]
async fn a_merchant_carries_out_what_it_is_asked_once_a_key() {
    let (url, merchant) = serve().await;
    let shop = client(url, SECRET);
    let key = merchant.shop.order_key(&crate::shop::demo::WANG_PAID).unwrap();
    let order = shop.order(&key).await.unwrap();
    let (action, sums) = (cancel(&key), Sums { refund: Some(order.total.clone()), charge: None });
    let errand = |key| Errand { key, customer: Some(&order.customer), action: &action, sums: &sums, now: NOW };
    // The first answer is lost on the way; the second try finds it done.
    let done = shop.carry_out(&errand("lost-answer")).await.unwrap();
    assert_eq!((done.sums.clone(), merchant.asked.load(Ordering::SeqCst)), (sums.clone(), 2));
    assert_eq!(shop.carry_out(&errand("lost-answer")).await.unwrap(), done);
    let after = shop.order(&key).await.unwrap();
    assert_eq!((after.state, after.refunds.len(), after.deeds.len()), (OrderState::Cancelled, 1, 1));
    let again = shop.carry_out(&errand("another-key")).await;
    assert!(matches!(&again, Err(ShopError::Refused { .. })), "{again:?}");
    shop.undo("lost-answer", NOW).await.unwrap();
    assert_eq!(shop.order(&key).await.unwrap(), order);
    assert!(matches!(shop.undo("no-such-key", NOW).await, Err(ShopError::NotFound)));
}

#[tokio::test]
async fn a_merchants_odd_answers_to_actions_are_told_apart() {
    let (url, merchant) = serve().await;
    let shop = client(url, SECRET);
    let key = merchant.shop.order_key(&crate::shop::demo::WANG_PAID).unwrap();
    let order = shop.order(&key).await.unwrap();
    let (action, right) = (cancel(&key), Sums { refund: Some(order.total.clone()), charge: None });
    let wrong = Sums::default();
    let errand = |key, sums| Errand { key, customer: Some(&order.customer), action: &action, sums, now: NOW };
    let changed = shop.carry_out(&errand("k", &wrong)).await;
    assert!(matches!(&changed, Err(ShopError::Refused { rule }) if rule == "sums_changed"), "{changed:?}");
    let rude = shop.carry_out(&errand("rude", &wrong)).await;
    assert!(matches!(rude, Err(ShopError::BadAnswer { .. })), "{rude:?}");
    let stranger = "demo-lin".into();
    let others = Errand { customer: Some(&stranger), ..errand("k", &right) };
    assert!(matches!(shop.carry_out(&others).await, Err(ShopError::NotFound)));
    assert_eq!(outage(shop.carry_out(&errand("busy", &wrong)).await), Outage::Status(409));
    let other = shop.carry_out(&errand("other-sums", &right)).await;
    assert!(matches!(other, Err(ShopError::BadAnswer { .. })), "{other:?}");
}
