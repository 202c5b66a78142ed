//! The demo's shop.

use axum::http::{Method, StatusCode, header};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::desk::{Answer, TestDesk, desk, request};

async fn shop(desk: &TestDesk, cookie: &str, method: Method, path: &str, body: Option<Value>) -> Answer {
    desk.send(request(method, path, body, &[("cookie", cookie)])).await
}

async fn signed_in(desk: &TestDesk, customer: &str) -> String {
    let answer = desk.ask(Method::POST, "/shop/api/sign-in", Some(json!({"customer": customer}))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.shown());
    assert!(answer.header(header::SET_COOKIE).contains("HttpOnly"));
    answer.header(header::SET_COOKIE).split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn looking_around() {
    let desk = desk().await;
    let all = desk.ask(Method::GET, "/shop/api/products?limit=2", None).await;
    assert_eq!(all.json["items"].as_array().map(Vec::len), Some(2));
    assert!(all.json["next"].is_string());
    let found = desk.ask(Method::GET, "/shop/api/products?text=%E5%B8%90%E7%AF%B7", None).await;
    assert!(found.text("/items/0/title/zh").contains("帐篷"), "{}", found.shown());
    let category = found.text("/items/0/category");
    let same = desk.ask(Method::GET, &format!("/shop/api/products?category={category}"), None).await;
    assert!(same.json["items"].as_array().unwrap().iter().all(|product| product["category"] == category.as_str()));
    let key = found.text("/items/0/key");
    let one = desk.ask(Method::GET, &format!("/shop/api/products/{key}"), None).await;
    assert_eq!(one.text("/key"), key);
    assert_eq!(desk.ask(Method::GET, "/shop/api/products/nothing", None).await.status, StatusCode::NOT_FOUND);
    let picture = desk.ask(Method::GET, &format!("/shop/pictures/{key}.svg"), None).await;
    assert_eq!((picture.status, picture.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/svg+xml"));
    let people = desk.ask(Method::GET, "/shop/api/demo-customers", None).await;
    assert_eq!(people.text("/0/key"), "demo-lin");
}

#[tokio::test]
async fn being_a_customer() {
    let desk = desk().await;
    assert_snapshot!(desk.ask(Method::GET, "/shop/api/me", None).await.shown(), @r#"200 {"customer":null}"#);
    let cookie = signed_in(&desk, "demo-lin").await;
    let me = shop(&desk, &cookie, Method::GET, "/shop/api/me", None).await;
    assert_snapshot!(me.shown(), @r#"200 {"customer":{"key":"demo-lin","level":1,"name":"林晓"},"identity":"…"}"#);
    let connect = json!({"shop": "demo", "identity": me.text("/identity")});
    let connected = desk.ask(Method::POST, "/api/widget/connect", Some(connect)).await;
    assert_eq!(connected.json["shopper"]["verified"], true);
    let forged = cookie.replace("demo-lin", "demo-chen");
    assert!(shop(&desk, &forged, Method::GET, "/shop/api/me", None).await.json["customer"].is_null());
    let somebody = json!({"customer": "c0001"});
    assert_eq!(desk.ask(Method::POST, "/shop/api/sign-in", Some(somebody)).await.status.as_u16(), 422);
    let out = shop(&desk, &cookie, Method::POST, "/shop/api/sign-out", None).await;
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
}

#[tokio::test]
async fn buying() {
    let desk = desk().await;
    assert_eq!(desk.ask(Method::GET, "/shop/api/orders", None).await.status, StatusCode::UNAUTHORIZED);
    let cookie = signed_in(&desk, "demo-wang").await;
    let product = desk.ask(Method::GET, "/shop/api/products/desk-lamp", None).await;
    let variant = product.text("/variants/0/key");
    let address = json!({"recipient": "王雨桐", "phone": "13800000000", "country": "CN", "province": "浙江省",
        "city": "杭州市", "district": "西湖区", "street": "文三路 1 号"});
    let cart = json!({"lines": [{"variant": variant, "quantity": 2}], "address": address});
    let placed = shop(&desk, &cookie, Method::POST, "/shop/api/orders", Some(cart)).await;
    assert_eq!((placed.status, placed.text("/state")), (StatusCode::CREATED, "unpaid".into()), "{}", placed.shown());
    let path = format!("/shop/api/orders/{}", placed.text("/key"));
    assert_eq!(shop(&desk, &cookie, Method::GET, &path, None).await.json, placed.json);
    let paid = shop(&desk, &cookie, Method::POST, &format!("{path}/pay"), Some(json!({}))).await;
    assert_eq!(paid.text("/state"), "paid");
    let twice = shop(&desk, &cookie, Method::POST, &format!("{path}/pay"), Some(json!({}))).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let orders = shop(&desk, &cookie, Method::GET, "/shop/api/orders", None).await;
    assert_eq!(orders.text("/0/key"), placed.text("/key"));

    let stranger = signed_in(&desk, "demo-chen").await;
    assert_eq!(shop(&desk, &stranger, Method::GET, &path, None).await.status, StatusCode::NOT_FOUND);
    let pay = shop(&desk, &stranger, Method::POST, &format!("{path}/pay"), Some(json!({}))).await;
    assert_eq!(pay.status, StatusCode::NOT_FOUND);
    let empty = json!({"lines": [], "address": address});
    assert_snapshot!(shop(&desk, &cookie, Method::POST, "/shop/api/orders", Some(empty)).await.shown(), @"422 invalid: lines must not be empty [lines empty]");
    let nowhere = json!({"lines": [{"variant": "none", "quantity": 1}], "address": address});
    let nowhere = shop(&desk, &cookie, Method::POST, "/shop/api/orders", Some(nowhere)).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
}
