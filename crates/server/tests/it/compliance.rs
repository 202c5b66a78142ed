//! What may not be said: chosen by operators, told while typing, refused when sent, and warned of when saved.

use axum::http::{Method, StatusCode};
use domain::staff::Role;
use serde_json::{Value, json};

use crate::desk::{Answer, Member, TestDesk, desk};

async fn ask(desk: &TestDesk, me: &Member, method: Method, path: &str, body: Option<Value>) -> Answer {
    desk.console(me, method, &format!("/api/console/{path}?shop={}", desk.shop.id), body).await
}

#[tokio::test]
async fn operators_choose_what_holds_and_everybody_can_try_it() {
    let desk = desk().await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let agent = desk.agent().await;
    let before = ask(&desk, &agent, Method::GET, "compliance", None).await;
    assert_eq!(before.text("/settings/platform"), "own_shop", "{}", before.shown());
    assert_eq!(before.json["platforms"].as_array().unwrap().len(), 5);

    let wanted = json!({
        "platform": "taobao", "words": [" 清仓甩卖 "], "exceptions": ["顶级云杉"], "competitors": ["某宝优选"],
    });
    let refused = ask(&desk, &agent, Method::PUT, "compliance", Some(wanted.clone())).await;
    assert_eq!(refused.text("/code"), "forbidden");
    let saved = ask(&desk, &operator, Method::PUT, "compliance", Some(wanted)).await;
    assert_eq!(saved.json["settings"]["words"], json!(["清仓甩卖"]), "{}", saved.shown());
    let bot = ask(&desk, &operator, Method::GET, "bot-settings", None).await;
    assert_eq!(bot.json["banned_words"], json!(["清仓甩卖"]), "one list");

    let text = json!({ "text": "顶级云杉，清仓甩卖，加我微信" });
    let tried = ask(&desk, &agent, Method::POST, "compliance/check", Some(text)).await;
    let found: Vec<(&str, &str, u64)> = tried.json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["category"].as_str().unwrap(), it["severity"].as_str().unwrap(), it["start"].as_u64().unwrap()))
        .collect();
    assert_eq!(found[0], ("own", "must_change", 5), "{}", tried.shown());
    assert_eq!((found[1].0, found[1].1), ("diversion", "block"));
    let rewritten = json!({ "text": tried.text("/rewritten") });
    let again = ask(&desk, &agent, Method::POST, "compliance/check", Some(rewritten)).await;
    assert_eq!(again.json["findings"], json!([]), "{}", again.shown());

    for (field, value, code) in [("platform", json!("ebay"), "unknown"), ("competitors", json!(["x"]), "too_short")] {
        let mut wrong = saved.json["settings"].clone();
        wrong[field] = value;
        let answer = ask(&desk, &operator, Method::PUT, "compliance", Some(wrong)).await;
        assert_eq!((answer.text("/fields/0/field"), answer.text("/fields/0/code")), (field.into(), code.into()));
    }
    let elsewhere = desk.member(Role::Operator, &desk.other_shop).await;
    for (method, path, body) in [
        (Method::GET, "compliance", None),
        (Method::PUT, "compliance", Some(saved.json["settings"].clone())),
        (Method::POST, "compliance/check", Some(json!({ "text": "好" }))),
    ] {
        assert_eq!(ask(&desk, &elsewhere, method, path, body).await.text("/code"), "not_found");
    }
    let audit = desk.desk.store.audit(None, Some(&desk.shop.id.to_string()), 10).await.unwrap();
    assert_eq!(audit.rows[0].entry.action, "compliance.changed");
}

#[tokio::test]
async fn what_is_saved_to_be_sent_is_warned_of_or_refused() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let phrase = |shortcut: &str, text: &str| json!({ "shop": desk.shop.id.to_string(), "owner": agent.id, "shortcut": shortcut, "text": { "zh": text } });
    let save = async |draft: Value| desk.console(&agent, Method::POST, "/api/console/phrases", Some(draft)).await;
    let fine = save(phrase("a", "您好，请稍等")).await;
    assert_eq!(fine.status, StatusCode::CREATED, "{}", fine.shown());
    assert!(fine.json.get("warnings").is_none());
    let warned = save(phrase("b", "这款销量第一")).await;
    assert_eq!(warned.text("/warnings/0/category"), "absolute", "{}", warned.shown());
    let refused = save(phrase("c", "您直接转账给我")).await;
    assert_eq!(refused.text("/code"), "not_compliant", "{}", refused.shown());
    assert_eq!(refused.text("/rule"), "off_platform_payment.private");
}
