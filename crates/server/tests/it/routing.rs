//! Who serves whom, from outside: reading and changing the plan, trying it, passing conversations on.

use axum::http::{Method, StatusCode};
use domain::{
    id::{QueueId, StaffId},
    staff::Role,
};
use serde_json::{Value, json};

use crate::desk::{TestDesk, desk};

fn path(desk: &TestDesk, what: &str) -> String {
    format!("/api/console/routing/{what}?shop={}", desk.shop.id)
}

#[tokio::test]
async fn the_plan_is_read_by_the_team_and_changed_by_few() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let supervisor = desk.member(Role::Supervisor, &desk.shop).await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let elsewhere = desk.member(Role::Supervisor, &desk.other_shop).await;
    let (plan, trial, staffing) = (path(&desk, "plan"), path(&desk, "dry-run"), path(&desk, "staffing"));
    let read = desk.console(&agent, Method::GET, &plan, None).await;
    assert_eq!(
        (read.status, &read.json["version"], &read.json["may_change"]),
        (StatusCode::OK, &json!(0), &json!(false))
    );
    assert_eq!(desk.console(&elsewhere, Method::GET, &plan, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.ask(Method::GET, &plan, None).await.status, StatusCode::UNAUTHORIZED);

    let mut wanted = read.json["plan"].clone();
    wanted["limits"]["assigns"] = json!(true);
    wanted["seats"] = json!([{ "staff": agent.id, "skills": ["refund"], "weight": 100, "capacity": 200 }]);
    wanted["rules"] = json!([{ "name": "退款", "when": "ask.contains('退')", "skills": ["refund"] }]);
    let change = json!({ "version": 0, "plan": wanted });
    for (member, status) in [(&agent, StatusCode::FORBIDDEN), (&elsewhere, StatusCode::NOT_FOUND)] {
        assert_eq!(desk.console(member, Method::PUT, &plan, Some(change.clone())).await.status, status);
        let tried = desk.console(member, Method::POST, &trial, Some(json!({ "plan": wanted }))).await;
        assert_eq!(tried.status, status);
        assert_eq!(desk.console(member, Method::GET, &staffing, None).await.status, status);
    }
    let run = desk.console(&operator, Method::POST, &trial, Some(json!({ "plan": wanted }))).await;
    assert_eq!((run.status, &run.json["conversations"]), (StatusCode::OK, &json!(0)), "{}", run.shown());
    let saved = desk.console(&operator, Method::PUT, &plan, Some(change.clone())).await;
    assert_eq!((saved.status, &saved.json["version"]), (StatusCode::OK, &json!(1)), "{}", saved.shown());
    assert_eq!(saved.json["plan"]["limits"]["assigns"], json!(true));
    // Somebody else has saved since.
    assert_eq!(desk.console(&supervisor, Method::PUT, &plan, Some(change)).await.status, StatusCode::CONFLICT);

    let bad = |key: &str, value: Value| {
        let mut plan = wanted.clone();
        plan[key] = value;
        json!({ "version": 1, "plan": plan })
    };
    for (change, field) in [
        (bad("rules", json!([{ "name": "x", "when": "1 +" }])), "rules.when"),
        (bad("queues", json!([])), "queues"),
        (bad("seats", json!([{ "staff": agent.id, "weight": 100, "capacity": 1 }])), "seats.capacity"),
    ] {
        let refused = desk.console(&supervisor, Method::PUT, &plan, Some(change)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = refused.json["fields"].as_array().cloned().unwrap_or_default();
        assert!(fields.iter().any(|fault| fault["field"] == field), "{field}: {}", refused.shown());
    }
    let told = desk.console(&supervisor, Method::GET, &staffing, None).await;
    assert_eq!(told.json["hours"].as_array().map(Vec::len), Some(24));
    assert_eq!(told.json.get("handle_ms"), None, "too little to tell from");
    let absurd = desk.console(&supervisor, Method::GET, &format!("{staffing}&share=2"), None).await;
    assert_eq!(absurd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_conversation_is_transferred() {
    let desk = desk().await;
    let (first, second) = (desk.agent().await, desk.agent().await);
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "我要找人工").await;
    desk.shopper(&token, Method::POST, &format!("/api/widget/conversations/{id}/human"), Some(json!({}))).await;
    let transfer = format!("/api/console/conversations/{id}/transfer");
    let pass = |to: Value| json!({ "to": to, "note": "已核实" });
    let to_second = pass(json!({ "kind": "agent", "agent": second.id }));
    let early = desk.console(&first, Method::POST, &transfer, Some(to_second.clone())).await;
    assert_eq!((early.status, early.text("/code")), (StatusCode::CONFLICT, "not_controller".into()));
    desk.console(&first, Method::POST, &format!("/api/console/conversations/{id}/take-over"), Some(json!({}))).await;
    let targets = desk.console(&first, Method::GET, &transfer, None).await;
    assert_eq!(targets.text("/agents/0/id"), second.id);
    assert_eq!(targets.json["queues"].as_array().map(Vec::len), Some(1));
    let passed = desk.console(&first, Method::POST, &transfer, Some(to_second)).await;
    assert_eq!(passed.text("/controller/agent"), second.id, "{}", passed.shown());
    assert_eq!(passed.text("/card/reason"), "transferred");
    let nobody = pass(json!({ "kind": "agent", "agent": StaffId::from_bits(9) }));
    let nowhere = pass(json!({ "kind": "queue", "queue": QueueId::from_bits(9) }));
    for to in [nobody, nowhere] {
        let refused = desk.console(&second, Method::POST, &transfer, Some(to)).await;
        assert_eq!((refused.status, refused.text("/fields/0/field")), (StatusCode::UNPROCESSABLE_ENTITY, "to".into()));
    }
    let back = desk.console(&second, Method::POST, &transfer, Some(json!({ "to": { "kind": "bot" } }))).await;
    assert_eq!(back.text("/controller/kind"), "bot");
}

#[tokio::test]
async fn a_shopper_keeps_the_place_or_asks_to_be_called() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "我要找人工").await;
    let go = |what: &str| format!("/api/widget/conversations/{id}/{what}");
    desk.shopper(&token, Method::POST, &go("human"), Some(json!({}))).await;
    let kept = desk.shopper(&token, Method::POST, &go("bot"), Some(json!({}))).await;
    assert_eq!((kept.text("/controller"), &kept.json["queue"]["position"]), ("bot".into(), &json!(1)));
    desk.shopper(&token, Method::POST, &go("human"), Some(json!({}))).await;
    let call = |contact: &str| json!({ "contact": contact, "call_back": true });
    let refused = desk.shopper(&token, Method::POST, &go("contact"), Some(call("a@b.cn"))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "an address can't be called");
    let left = desk.shopper(&token, Method::POST, &go("contact"), Some(call("13800138000"))).await;
    assert_eq!(left.text("/controller"), "queue", "{}", left.shown());
    let agent = desk.agent().await;
    let log = desk.console(&agent, Method::GET, &format!("/api/console/conversations/{id}/events"), None).await;
    assert!(log.shown().contains("请回电：13800138000（买家已同意）"), "{}", log.shown());
}
