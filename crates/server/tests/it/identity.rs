//! Customers the shop vouches for.

use axum::http::{Method, StatusCode};
use domain::{shop::CustomerKey, time::HOUR_MS};
use insta::assert_snapshot;
use serde_json::json;
use server::tokens::{Identity, sign_identity};
use store::Shop;

use crate::desk::{NOW, TestDesk, desk};

fn identity(shop: &Shop, customer: &str, life_ms: i64) -> String {
    let identity = Identity { customer: CustomerKey::from(customer), name: None };
    sign_identity(shop, &identity, NOW.plus_ms(life_ms)).unwrap()
}

async fn connect(desk: &TestDesk, body: serde_json::Value) -> crate::desk::Answer {
    desk.ask(Method::POST, "/api/widget/connect", Some(body)).await
}

#[tokio::test]
async fn a_vouched_customer_keeps_the_visitors_conversation() {
    let desk = desk().await;
    let first = connect(&desk, json!({"shop": "demo"})).await;
    let opened = desk.shopper(&first.text("/token"), Method::POST, "/api/widget/conversations", Some(json!({}))).await;
    let token = identity(&desk.shop, "demo-lin", HOUR_MS);
    let known = connect(&desk, json!({"shop": "demo", "visitor": first.text("/visitor"), "identity": token})).await;
    assert_snapshot!(known.shown(), @r#"
    200 {
      conversation: {
        controller: "bot"
        id: "cnv_1"
        language: "zh"
        read: {"shopper":0,"team":0}
        seq: 2
        shop: "shp_1"
        stage: "open"
        started_at: 1795312800000
      }
      expires_at: 1795399200000
      shopper: {"id":"per_2","name":"林晓","verified":true}
      token: "…"
      visitor: "…"
    }
    "#);
    assert_eq!(known.text("/conversation/id"), opened.text("/id"));
    // It isn't the visitor's any more.
    let path = format!("/api/widget/conversations/{}", opened.text("/id"));
    let old = desk.shopper(&first.text("/token"), Method::GET, &path, None).await;
    assert_eq!(old.status, StatusCode::NOT_FOUND);
    // On another machine the same customer is the same shopper.
    let elsewhere = connect(&desk, json!({"shop": "demo", "identity": token})).await;
    assert_eq!(elsewhere.text("/shopper/id"), known.text("/shopper/id"));
    // Without the shop's word the customer's own visitor token is only a new visitor.
    let signed_out = connect(&desk, json!({"shop": "demo", "visitor": known.text("/visitor")})).await;
    assert_eq!(signed_out.json["shopper"]["verified"], false);
    assert_ne!(signed_out.text("/shopper/id"), known.text("/shopper/id"));
}

#[tokio::test]
async fn bad_identities_are_refused() {
    let desk = desk().await;
    for (what, token, code) in [
        ("expired", identity(&desk.shop, "demo-lin", -HOUR_MS), "expired_token"),
        ("too long", identity(&desk.shop, "demo-lin", 25 * HOUR_MS), "forged_token"),
        ("of another shop", identity(&desk.other_shop, "demo-lin", HOUR_MS), "forged_token"),
        ("nonsense", "a.b.c".into(), "forged_token"),
    ] {
        let answer = connect(&desk, json!({"shop": "demo", "identity": token})).await;
        assert_eq!((answer.status, answer.text("/code")), (StatusCode::UNAUTHORIZED, code.to_owned()), "{what}");
    }
    // Signed with the right secret for a shop of another key.
    let other_key = Shop { key: "other".into(), ..desk.shop.clone() };
    let answer = connect(&desk, json!({"shop": "demo", "identity": identity(&other_key, "c", HOUR_MS)})).await;
    assert_snapshot!(answer.shown(), @"401 forged_token: The token is not valid.");
}
