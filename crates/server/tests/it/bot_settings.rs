//! The bot's settings: who may change them, what can't be saved, and that they count at once.

use axum::http::{Method, StatusCode};
use domain::staff::Role;
use serde_json::{Value, json};

use crate::desk::{Answer, Member, TestDesk, desk};

async fn read(desk: &TestDesk, me: &Member) -> Answer {
    desk.console(me, Method::GET, &format!("/api/console/bot-settings?shop={}", desk.shop.id), None).await
}

async fn save(desk: &TestDesk, me: &Member, settings: &Value) -> Answer {
    let path = format!("/api/console/bot-settings?shop={}", desk.shop.id);
    desk.console(me, Method::PUT, &path, Some(settings.clone())).await
}

#[tokio::test]
async fn the_bots_settings_count_from_the_next_message() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let before = read(&desk, &operator).await;
    assert_eq!(before.text("/tone/warmth"), "plain", "{}", before.shown());
    let mut wanted = before.json.clone();
    wanted["tone"]["warmth"] = json!("dear");
    wanted["tone"]["sign_off"] = json!({"zh": "——山岚生活 ", "en": "Shanlan Living"});
    wanted["banned_words"] = json!(["竞品名", " 竞品名 ", ""]);
    wanted["bot_may"] = json!({"actions": {"cancel_order": "never", "urge_shipment": "alone"}, "refund_limit": 5000});
    let saved = save(&desk, &operator, &wanted).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.shown());
    assert_eq!(saved.json["banned_words"], json!(["竞品名"]), "tidied");
    assert_eq!(saved.json["bot_may"]["actions"], json!({"cancel_order": "never"}));
    assert_eq!(read(&desk, &operator).await.json, saved.json);

    let (token, talk) = desk.chat().await;
    desk.say(&token, &talk, "m1", "谢谢").await;
    desk.work().await;
    let events = desk.shopper(&token, Method::GET, &format!("/api/widget/conversations/{talk}/events"), None).await;
    assert!(events.json.to_string().contains("——山岚生活"), "{}", events.shown());

    let audit = desk.desk.store.audit(None, Some(&desk.shop.id.to_string()), 10).await.unwrap();
    let entry = &audit.rows[0].entry;
    assert_eq!(entry.action, "bot_settings.changed");
    let detail: Value = serde_json::from_str(&entry.detail).unwrap();
    assert_eq!(detail["tone"]["before"]["warmth"], "plain");
    assert!(detail.get("link_hosts").is_none(), "only what changed is told");
}

#[tokio::test]
async fn settings_that_can_not_be_used_are_refused_by_field() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let settings = read(&desk, &operator).await.json;
    let with = |pointer: &str, value: Value| {
        let mut changed = settings.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        changed
    };
    for (pointer, value, field, code) in [
        ("/tone/closing", json!({"zh": "全场 8 折", "en": "20% off"}), "tone.closing", "states_facts"),
        ("/tone/opening", json!({"zh": "您好", "en": ""}), "tone.opening", "one_language"),
        ("/banned_words", json!(["竞"]), "banned_words", "too_short"),
        ("/link_hosts", json!(["https://a.example"]), "link_hosts", "malformed"),
        ("/bot_may/actions", json!({"fly": "never"}), "bot_may.actions", "unknown"),
        ("/bot_may/refund_limit", json!(-1), "bot_may.refund_limit", "range"),
    ] {
        let answer = save(&desk, &operator, &with(pointer, value)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{pointer}");
        let found = (answer.text("/fields/0/field"), answer.text("/fields/0/code"));
        assert_eq!(found, (field.to_owned(), code.to_owned()), "{pointer}");
        assert!(!answer.text("/fields/0/detail").is_empty());
    }
    assert_eq!(read(&desk, &operator).await.json, settings, "nothing of it is saved");
    let agent = desk.agent().await;
    assert_eq!(save(&desk, &agent, &settings).await.text("/code"), "forbidden");
    let elsewhere = desk.member(Role::Operator, &desk.other_shop).await;
    assert_eq!(save(&desk, &elsewhere, &settings).await.text("/code"), "not_found");
    assert_eq!(read(&desk, &elsewhere).await.text("/code"), "not_found");
}
