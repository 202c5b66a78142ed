//! Order actions by the hand of the team: offered, previewed, done once, undone, approved; and every refusal.

use axum::http::{Method, StatusCode};
use domain::{
    language::Language,
    shop::CustomerKey,
    staff::Role,
    time::{HOUR_MS, MINUTE_MS},
};
use engine::shop::{Connector, demo::*};
use serde_json::{Value, json};
use server::tokens::{Identity, sign_identity};

use crate::desk::{Answer, Member, NOW, TestDesk, desk};

/// A verified customer's conversation.
async fn talk(desk: &TestDesk, customer: &str) -> String {
    let identity = Identity { customer: CustomerKey::from(customer), name: None };
    let identity = sign_identity(&desk.shop, &identity, NOW.plus_ms(HOUR_MS)).unwrap();
    let body = json!({"shop": "demo", "identity": identity});
    let connected = desk.ask(Method::POST, "/api/widget/connect", Some(body)).await;
    let token = connected.text("/token");
    desk.shopper(&token, Method::POST, "/api/widget/conversations", Some(json!({}))).await.text("/id")
}

fn told(desk: &TestDesk, order: &DemoOrder) -> String {
    let connector = desk.desk.connector(desk.shop.id).expect("a shop");
    let Connector::Demo(demo) = connector.as_ref() else { panic!("the demo shop") };
    demo.order_key(order).expect("an order of the stories").0
}

fn cancel(order: &str) -> Value {
    json!({"action": "cancel_order", "order": order, "reason": "changed their mind"})
}

fn move_to(order: &str, street: &str) -> Value {
    json!({"action": "change_address", "order": order, "address": {
        "recipient": "王雨桐", "phone": "13800000000", "country": "CN", "province": "浙江省", "city": "杭州市",
        "district": "西湖区", "street": street,
    }})
}

async fn preview(desk: &TestDesk, me: &Member, conversation: &str, action: &Value) -> Answer {
    let path = format!("/api/console/conversations/{conversation}/actions/preview");
    desk.console(me, Method::POST, &path, Some(json!({"action": action}))).await
}

async fn confirm(desk: &TestDesk, me: &Member, conversation: &str, action: &Value, token: &str, key: &str) -> Answer {
    let path = format!("/api/console/conversations/{conversation}/actions");
    desk.console(me, Method::POST, &path, Some(json!({"action": action, "token": token, "key": key}))).await
}

async fn offered(desk: &TestDesk, me: &Member, conversation: &str, order: &str) -> Answer {
    let path = format!("/api/console/conversations/{conversation}/orders/{order}/actions");
    desk.console(me, Method::GET, &path, None).await
}

fn offer<'a>(answer: &'a Answer, name: &str) -> &'a Value {
    let offers = answer.json["offers"].as_array().unwrap_or_else(|| panic!("{}", answer.shown()));
    offers.iter().find(|offer| offer["name"] == name).unwrap_or_else(|| panic!("{name} is not told"))
}

fn refusal(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.text("/code"))
}

#[tokio::test]
async fn what_may_be_done_to_an_order_is_told_with_its_limits() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (talk, order) = (talk(&desk, WANG.key).await, told(&desk, &WANG_PAID));
    let answer = offered(&desk, &agent, &talk, &order).await;
    let cancel = offer(&answer, "cancel_order");
    assert_eq!(cancel["verdict"], "allowed");
    assert!(cancel["sums"]["refund"]["minor"].as_i64().unwrap() > 0);
    let address = offer(&answer, "change_address");
    assert_eq!((&address["verdict"], &address["undo_ms"]), (&json!("allowed"), &json!(10 * MINUTE_MS)));
    let conditions: Vec<&str> =
        address["conditions"].as_array().unwrap().iter().filter_map(|it| it["rule"].as_str()).collect();
    assert_eq!(conditions, ["same_region", "mainland_only"]);
    let returns = offer(&answer, "return_items");
    assert_eq!((&returns["verdict"], &returns["rule"]), (&json!("refused"), &json!("delivered")));
    assert_eq!(returns["text"]["en"], "Only a delivered order can be returned.");
    assert!(returns["text"]["zh"].as_str().unwrap().contains("退货"));

    // Another shopper's order, another shop's people, and people of the shop who serve nobody.
    let lins = told(&desk, &LIN_STUCK);
    assert_eq!(refusal(&offered(&desk, &agent, &talk, &lins).await), (404, "not_found".into()));
    let (_, visitors) = desk.chat().await;
    assert_eq!(refusal(&offered(&desk, &agent, &visitors, &order).await), (404, "not_found".into()));
    let elsewhere = desk.member(Role::Agent, &desk.other_shop).await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    assert_eq!(refusal(&offered(&desk, &elsewhere, &talk, &order).await), (404, "not_found".into()));
    assert_eq!(refusal(&offered(&desk, &operator, &talk, &order).await), (403, "forbidden".into()));
}

#[tokio::test]
async fn a_preview_is_confirmed_once_and_undone() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (talk, order) = (talk(&desk, WANG.key).await, told(&desk, &WANG_PAID));
    let action = move_to(&order, "文三路 1 号");
    let shown = preview(&desk, &agent, &talk, &action).await;
    assert_eq!((shown.status, shown.text("/verdict")), (StatusCode::OK, "allowed".into()), "{}", shown.shown());
    assert!(shown.json["lines"].to_string().contains("文三路"));
    let token = shown.text("/token");
    let done = confirm(&desk, &agent, &talk, &action, &token, "k1").await;
    assert_eq!((done.text("/state"), done.text("/by")), ("done".into(), "agent".into()), "{}", done.shown());
    assert_eq!(done.text("/by_staff/id"), agent.id);
    let again = confirm(&desk, &agent, &talk, &action, &token, "k1").await;
    assert_eq!(again.text("/id"), done.text("/id"), "a repeated request is the same action");
    let taken = confirm(&desk, &agent, &talk, &cancel(&order), &token, "k1").await;
    assert_eq!(taken.shown(), "422 invalid: key is already in use [key taken]");
    let used = confirm(&desk, &agent, &talk, &action, &token, "k2").await;
    assert_eq!(refusal(&used), (409, "action_changed".into()), "once an order");

    let orders = desk.console(&agent, Method::GET, &format!("/api/console/conversations/{talk}/orders"), None).await;
    let own = orders.json["orders"].as_array().unwrap().iter().find(|it| it["key"] == order.as_str()).unwrap();
    assert_eq!(own["address"]["street"], "文三路 1 号");
    assert_eq!(own["deeds"][0]["action"], "change_address");

    let undo = format!("/api/console/conversations/{talk}/actions/{}/undo", done.text("/id"));
    // Of another shopper's conversation it isn't.
    let other = self::talk(&desk, LIN.key).await;
    let wrong = format!("/api/console/conversations/{other}/actions/{}/undo", done.text("/id"));
    assert_eq!(refusal(&desk.console(&agent, Method::POST, &wrong, None).await), (404, "not_found".into()));
    let elsewhere = desk.member(Role::Supervisor, &desk.other_shop).await;
    assert_eq!(refusal(&desk.console(&elsewhere, Method::POST, &undo, None).await), (404, "not_found".into()));
    let undone = desk.console(&agent, Method::POST, &undo, None).await;
    assert_eq!(undone.text("/state"), "undone", "{}", undone.shown());
    let path = format!("/api/console/conversations/{talk}/actions");
    let listed = desk.console(&agent, Method::GET, &path, None).await;
    assert_eq!(listed.json.as_array().unwrap().len(), 1);
    assert_eq!(listed.text("/0/state"), "undone");
    assert_eq!(refusal(&desk.console(&elsewhere, Method::GET, &path, None).await), (404, "not_found".into()));
}

#[tokio::test]
async fn what_can_not_be_undone_says_which_rule_keeps_it() {
    let desk = desk().await;
    let agent = desk.member_with(&[Role::Agent], &desk.shop, Language::Zh).await;
    let (talk, order) = (talk(&desk, WANG.key).await, told(&desk, &WANG_PAID));
    let action = move_to(&order, "文三路 1 号");
    let token = preview(&desk, &agent, &talk, &action).await.text("/token");
    let done = confirm(&desk, &agent, &talk, &action, &token, "k").await;
    desk.clock.advance_ms(10 * MINUTE_MS + 1);
    let undo = format!("/api/console/conversations/{talk}/actions/{}/undo", done.text("/id"));
    let late = desk.console(&agent, Method::POST, &undo, None).await;
    assert_eq!(refusal(&late), (409, "not_undone".into()));
    assert_eq!((late.text("/rule"), late.text("/detail")), ("undo_window".into(), "已超过可以撤销的时间。".into()));
}

#[tokio::test]
async fn only_what_was_previewed_is_done() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (talk, order) = (talk(&desk, WANG.key).await, told(&desk, &WANG_PAID));
    let action = cancel(&order);
    let token = preview(&desk, &agent, &talk, &action).await.text("/token");
    for (token, key, expected) in [
        ("", "k", (409, "action_changed")),
        ("x.y", "k", (409, "action_changed")),
        (token.as_str(), " ", (422, "invalid")),
    ] {
        let answer = confirm(&desk, &agent, &talk, &action, token, key).await;
        assert_eq!(refusal(&answer), (expected.0, expected.1.to_owned()), "{token} {key}");
    }
    // A preview of another person's hand is not this person's.
    let supervisor = desk.member(Role::Supervisor, &desk.shop).await;
    let theirs = confirm(&desk, &supervisor, &talk, &action, &token, "k").await;
    assert_eq!(refusal(&theirs), (409, "action_changed".into()));
    // Nor is what was previewed before the order changed.
    let connector = desk.desk.connector(desk.shop.id).unwrap().clone();
    let moved = move_to(&order, "文三路 1 号");
    let other = preview(&desk, &agent, &talk, &moved).await.text("/token");
    assert_eq!(confirm(&desk, &agent, &talk, &moved, &other, "m").await.text("/state"), "done");
    let again = move_to(&order, "文三路 2 号");
    assert_eq!(preview(&desk, &agent, &talk, &again).await.text("/rule"), "address_once");
    assert_eq!(connector.order(&order.as_str().into()).await.unwrap().address.street, "文三路 1 号");
    desk.clock.advance_ms(engine::actions::CONFIRM_WITHIN_MS + 1);
    let late = confirm(&desk, &agent, &talk, &action, &token, "k").await;
    assert_eq!(refusal(&late), (409, "confirmation_expired".into()));
    // Malformed wishes name their field, and nothing is done by those who may only read.
    let path = format!("/api/console/conversations/{talk}/actions/preview");
    let wrong = json!({"action": {"action": "give_everything", "order": order}});
    assert_eq!(desk.console(&agent, Method::POST, &path, Some(wrong)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let elsewhere = desk.member(Role::Agent, &desk.other_shop).await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    for (stranger, expected) in [(&elsewhere, (404, "not_found")), (&operator, (403, "forbidden"))] {
        let expected = (expected.0, expected.1.to_owned());
        assert_eq!(refusal(&preview(&desk, stranger, &talk, &action).await), expected);
        let answer = confirm(&desk, stranger, &talk, &action, &token, "k").await;
        assert_eq!(refusal(&answer), expected);
    }
    assert_eq!(connector.order(&order.as_str().into()).await.unwrap().state, domain::shop::OrderState::Paid);
}

/// The demo's policy, but a supervisor has to agree to every refund.
async fn with_supervised_refunds(desk: &TestDesk) {
    let text = "form: tandem-policy/1\nextends: default\ntitle: {zh: 我的, en: Mine}\nactions:\n  cancel_order:\n    \
                approval:\n      - name: refund_seen\n        when: amount.refund > 0\n        by: supervisor\n        \
                text: {zh: 退款需要主管同意。, en: A supervisor has to agree to a refund.}\n";
    let policy = desk.desk.policies.read("own.yaml", text).unwrap_or_else(|faults| panic!("{faults:?}"));
    desk.desk.policies.set(desk.shop.id, policy);
}

#[tokio::test]
async fn a_supervisor_agrees_or_does_not() {
    let desk = desk().await;
    with_supervised_refunds(&desk).await;
    let agent = desk.agent().await;
    let supervisor = desk.member(Role::Supervisor, &desk.shop).await;
    let (talk, order) = (talk(&desk, WANG.key).await, told(&desk, &WANG_PAID));
    let offers = offered(&desk, &agent, &talk, &order).await;
    let cancelling = offer(&offers, "cancel_order");
    assert_eq!((&cancelling["verdict"], &cancelling["approver"]), (&json!("needs_approval"), &json!("supervisor")));
    let ask = async |key: &str| {
        let shown = preview(&desk, &agent, &talk, &cancel(&order)).await;
        assert_eq!(shown.text("/verdict"), "needs_approval", "{}", shown.shown());
        confirm(&desk, &agent, &talk, &cancel(&order), &shown.text("/token"), key).await
    };
    let first = ask("a").await;
    assert_eq!((first.text("/state"), first.text("/rule")), ("awaiting_approval".into(), "refund_seen".into()));
    let waiting = async |me: &Member| desk.console(me, Method::GET, "/api/console/actions/waiting", None).await;
    let seen = waiting(&supervisor).await;
    assert_eq!((seen.text("/0/id"), &seen.json[0]["may_decide"]), (first.text("/id"), &json!(true)));
    assert_eq!(waiting(&agent).await.json[0]["may_decide"], json!(false));
    let elsewhere = desk.member(Role::Supervisor, &desk.other_shop).await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    assert_eq!(waiting(&elsewhere).await.json, json!([]));
    assert_eq!(refusal(&waiting(&operator).await), (403, "forbidden".into()));

    let decide = async |me: &Member, id: &str, how: &str| {
        let body = (how == "refuse").then(|| json!({"reason": "Ask for a picture first."}));
        desk.console(me, Method::POST, &format!("/api/console/actions/{id}/{how}"), body).await
    };
    let id = first.text("/id");
    for how in ["approve", "refuse"] {
        assert_eq!(refusal(&decide(&agent, &id, how).await), (403, "forbidden".into()), "{how}");
        for stranger in [&elsewhere, &operator] {
            assert_eq!(refusal(&decide(stranger, &id, how).await), (404, "not_found".into()), "{how}");
        }
    }
    let refused = decide(&supervisor, &id, "refuse").await;
    assert_eq!((refused.text("/state"), refused.text("/rule")), ("refused".into(), "not_approved".into()));
    assert_eq!(refused.text("/text/zh"), "Ask for a picture first.");
    assert_eq!(refusal(&decide(&supervisor, &id, "approve").await), (409, "conflict".into()));

    let second = ask("b").await;
    let approved = decide(&supervisor, &second.text("/id"), "approve").await;
    assert_eq!((approved.text("/state"), approved.text("/decided_by/id")), ("done".into(), supervisor.id.clone()));
    assert_eq!(waiting(&supervisor).await.json, json!([]));
    // Whoever could agree needs nobody's approval; nobody agrees to their own wish.
    let chens = told(&desk, &CHEN_PACKING);
    let chen = self::talk(&desk, CHEN.key).await;
    let shown = preview(&desk, &supervisor, &chen, &cancel(&chens)).await;
    assert_eq!(shown.text("/verdict"), "allowed", "{}", shown.shown());
}
