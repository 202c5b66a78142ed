//! The team's side of conversations.

use axum::http::{Method, StatusCode};
use domain::{language::Language, shop::CustomerKey, staff::Role, time::HOUR_MS};
use insta::assert_snapshot;
use serde_json::{Value, json};
use server::tokens::{Identity, sign_identity};

use crate::desk::{Answer, Member, NOW, TestDesk, desk};

async fn act(desk: &TestDesk, member: &Member, id: &str, action: &str, body: Value) -> Answer {
    desk.console(member, Method::POST, &format!("/api/console/conversations/{id}/{action}"), Some(body)).await
}

async fn look(desk: &TestDesk, member: &Member, id: &str, what: &str) -> Answer {
    desk.console(member, Method::GET, &format!("/api/console/conversations/{id}{what}"), None).await
}

/// A conversation in the queue with one question.
async fn waiting(desk: &TestDesk) -> (String, String) {
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "我要找人工 <b>急</b>").await;
    let path = format!("/api/widget/conversations/{id}/human");
    desk.shopper(&token, Method::POST, &path, Some(json!({}))).await;
    (token, id)
}

#[tokio::test]
async fn the_inbox() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (_, id) = waiting(&desk).await;
    desk.chat().await;
    let queue = desk.console(&agent, Method::GET, "/api/console/inbox?view=queue", None).await;
    assert_snapshot!(queue.shown(), @r#"
    200 {
      counts: {"bot":1,"mine":0,"open":2,"queue":1,"snoozed":0,"waiting":1}
      items: [
        {
          controller: {"kind":"queue","queue":"que_1"}
          conversation: "cnv_1"
          deadline: {"due_at":1795312980000,"kind":"first_reply","mark":0,"started_at":1795312800000,"target_ms":180000}
          emotion: "worried"
          language: "zh"
          last: {"at":1795312800000,"by":"shopper","text":"我要找人工 <b>急</b>"}
          reason: "asked"
          seq: 4
          shop: "shp_1"
          shopper: {"id":"per_1","level":0,"verified":false}
          stage: "open"
          started_at: 1795312800000
          tags: []
          unread: 1
          waiting_since: 1795312800000
        }
      ]
      next: null
    }
    "#);
    let bot = desk.console(&agent, Method::GET, "/api/console/inbox?view=bot&limit=1", None).await;
    assert_eq!(bot.json["items"].as_array().map(Vec::len), Some(1));
    let by_id = desk.console(&agent, Method::GET, &format!("/api/console/inbox?text={id}"), None).await;
    assert_eq!(by_id.text("/items/0/conversation"), id);
    let bad = desk.console(&agent, Method::GET, "/api/console/inbox?view=all", None).await;
    assert_snapshot!(bad.shown(), @"422 invalid: query has the wrong form [query type]");
    let cursor = desk.console(&agent, Method::GET, "/api/console/inbox?cursor=nonsense", None).await;
    assert_snapshot!(cursor.shown(), @"422 invalid: cursor does not exist [cursor unknown]");
    let other = desk.member(Role::Agent, &desk.other_shop).await;
    let theirs = desk.console(&other, Method::GET, "/api/console/inbox?view=open", None).await;
    assert_snapshot!(theirs.shown(), @r#"200 {"counts":{"bot":0,"mine":0,"open":0,"queue":0,"snoozed":0,"waiting":0},"items":[],"next":null}"#);
    let path = format!("/api/console/inbox?shop={}", desk.shop.id);
    assert_eq!(desk.console(&other, Method::GET, &path, None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn serving_a_shopper() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (token, id) = waiting(&desk).await;
    let before = act(&desk, &agent, &id, "messages", json!({"client_id": "a1", "text": "hello"})).await;
    assert_snapshot!(before.shown(), @"409 not_controller: Only whoever serves this conversation may do this.");
    let taken = act(&desk, &agent, &id, "take-over", json!({})).await;
    assert_snapshot!(taken.shown(), @r#"
    200 {
      agent_name: "agent 0"
      card: {
        ask: {"seq":2,"text":"买家表示要找人工 <b>急</b>"}
        due_at: 1795312980000
        emotion: {"level":"worried","quote":{"seq":2,"text":"我要找人工 <b>急</b>"}}
        failed: []
        identity: {"verified":false}
        intents: []
        language: "zh"
        promises: []
        reason: "asked"
        reason_text: "买家要求人工"
        slots: []
        suggested: [{"text":"身份未验证：涉及订单前请先核实买家身份"},{"text":"直接从诉求开始，不必重复询问卡片上已有的信息"}]
        tried: []
        version: 2
        written_at: 1795312800000
      }
      control_epoch: 3
      controller: {"agent":"stf_1","kind":"agent"}
      deadlines: [
        {"due_at":1795312980000,"kind":"first_reply","mark":0,"started_at":1795312800000,"target_ms":180000}
        {
          due_at: 1795438800000
          kind: "resolution"
          mark: 0
          started_at: 1795312800000
          target_ms: 86400000
        }
      ]
      id: "cnv_1"
      language: "zh"
      may: {"hand_back":true,"note":true,"reopen":false,"reply":true,"resolve":true,"take_over":false}
      read: {"shopper":0,"team":0}
      seq: 5
      shop: "shp_1"
      shopper: {"id":"per_1","language":"zh","level":0,"verified":false}
      stage: "open"
      started_at: 1795312800000
      tags: []
    }
    "#);
    assert_eq!(act(&desk, &agent, &id, "take-over", json!({})).await.text("/code"), "already_so");
    let replied = act(&desk, &agent, &id, "messages", json!({"client_id": "a1", "text": "您好"})).await;
    assert_snapshot!(replied.shown(), @r#"200 {"duplicate":false,"message":{"body":{"text":"您好"},"client_id":"a1","id":"msg_2"},"seq":6}"#);
    let again = act(&desk, &agent, &id, "messages", json!({"client_id": "a1", "text": "您好"})).await;
    assert_eq!(again.json["duplicate"], true);
    let noted = act(&desk, &agent, &id, "notes", json!({"text": "老客户"})).await;
    assert_eq!(noted.status, StatusCode::OK);
    assert_eq!(act(&desk, &agent, &id, "notes", json!({"text": " "})).await.status.as_u16(), 422);
    assert_eq!(act(&desk, &agent, &id, "typing", json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(act(&desk, &agent, &id, "read", json!({"seq": 6})).await.status, StatusCode::NO_CONTENT);
    let events = look(&desk, &agent, &id, "/events").await;
    assert_snapshot!(events.shown(), @r#"
    200 {
      events: [
        {"at":1795312800000,"by":"shopper","controller":{"kind":"bot"},"kind":"started","seq":1}
        {
          at: 1795312800000
          by: "shopper"
          kind: "message"
          message: {"body":{"text":"我要找人工 <b>急</b>"},"client_id":"c1","id":"msg_1"}
          seq: 2
        }
        {
          at: 1795312800000
          by: "shopper"
          controller: {"kind":"queue","queue":"que_1"}
          kind: "controller_changed"
          reason: "asked"
          seq: 3
        }
        {
          at: 1795312800000
          by: "shopper"
          card: {
            ask: {"seq":2,"text":"买家表示要找人工 <b>急</b>"}
            due_at: 1795312980000
            emotion: {"level":"worried","quote":{"seq":2,"text":"我要找人工 <b>急</b>"}}
            failed: []
            identity: {"verified":false}
            intents: []
            language: "zh"
            promises: []
            reason: "asked"
            reason_text: "买家要求人工"
            slots: []
            suggested: [{"text":"身份未验证：涉及订单前请先核实买家身份"},{"text":"直接从诉求开始，不必重复询问卡片上已有的信息"}]
            tried: []
            version: 2
            written_at: 1795312800000
          }
          kind: "handoff"
          reason: "asked"
          seq: 4
        }
        {
          at: 1795312800000
          by: "agent"
          controller: {"agent":"stf_1","kind":"agent"}
          kind: "controller_changed"
          reason: "taken_over"
          seq: 5
          staff: {"id":"stf_1","name":"agent 0"}
        }
        {
          at: 1795312800000
          by: "agent"
          kind: "message"
          message: {"body":{"text":"您好"},"client_id":"a1","id":"msg_2"}
          seq: 6
          staff: {"id":"stf_1","name":"agent 0"}
        }
        {
          at: 1795312800000
          by: "agent"
          kind: "note"
          message: {"body":{"text":"老客户"},"id":"msg_3"}
          note: "note"
          seq: 7
          staff: {"id":"stf_1","name":"agent 0"}
        }
      ]
      more: false
      seq: 7
    }
    "#);

    // The shopper sees neither the note nor the card.
    let path = format!("/api/widget/conversations/{id}/events");
    let seen = desk.shopper(&token, Method::GET, &path, None).await;
    assert_snapshot!(seen.shown(), @r#"
    200 {
      events: [
        {"at":1795312800000,"by":"shopper","controller":"bot","kind":"started","seq":1}
        {
          at: 1795312800000
          by: "shopper"
          kind: "message"
          message: {"body":{"text":"我要找人工 <b>急</b>"},"client_id":"c1","id":"msg_1"}
          seq: 2
        }
        {
          at: 1795312800000
          by: "shopper"
          controller: "queue"
          kind: "controller_changed"
          reason: "handed_off"
          seq: 3
        }
        {
          agent: {"id":"stf_1","name":"agent 0"}
          at: 1795312800000
          by: "agent"
          controller: "agent"
          kind: "controller_changed"
          reason: "taken_over"
          seq: 5
        }
        {
          agent: {"id":"stf_1","name":"agent 0"}
          at: 1795312800000
          by: "agent"
          kind: "message"
          message: {"body":{"text":"您好"},"client_id":"a1","id":"msg_2"}
          seq: 6
        }
      ]
      more: false
      seq: 7
    }
    "#);
}

#[tokio::test]
async fn passing_a_conversation_on() {
    let desk = desk().await;
    let (first, second) = (desk.agent().await, desk.agent().await);
    let supervisor = desk.member(Role::Supervisor, &desk.shop).await;
    let (_, id) = waiting(&desk).await;
    act(&desk, &first, &id, "take-over", json!({})).await;
    for (action, body) in [
        ("take-over", json!({})),
        ("messages", json!({"client_id": "x", "text": "me too"})),
        ("hand-back", json!({})),
        ("queue", json!({})),
        ("resolve", json!({})),
        ("typing", json!({})),
    ] {
        let answer = act(&desk, &second, &id, action, body).await;
        assert_eq!((answer.status, answer.text("/code")), (StatusCode::CONFLICT, "not_controller".into()), "{action}");
    }
    let released = act(&desk, &first, &id, "queue", json!({"note": "needs a refund"})).await;
    assert_eq!(released.text("/controller/kind"), "queue");
    assert_eq!(released.text("/card/reason"), "agent_released");
    act(&desk, &second, &id, "take-over", json!({})).await;
    let taken = act(&desk, &supervisor, &id, "take-over", json!({})).await;
    assert_eq!(taken.text("/controller/agent"), supervisor.id);
    let back = act(&desk, &supervisor, &id, "hand-back", json!({})).await;
    assert_eq!(back.text("/controller/kind"), "bot");
    let ended = act(&desk, &supervisor, &id, "resolve", json!({})).await;
    assert_eq!((ended.text("/stage"), &ended.json["resolved_at"]), ("resolved".into(), &json!(NOW.0)));
    assert_eq!(act(&desk, &supervisor, &id, "resolve", json!({})).await.text("/code"), "resolved");
    let open = act(&desk, &first, &id, "reopen", json!({})).await;
    assert_eq!(open.text("/controller/agent"), first.id);
    assert_eq!(act(&desk, &first, &id, "reopen", json!({})).await.text("/code"), "still_open");
}

#[tokio::test]
async fn other_shops_and_other_roles() {
    let desk = desk().await;
    let (_, id) = waiting(&desk).await;
    let elsewhere = desk.member(Role::Agent, &desk.other_shop).await;
    let operator = desk.member(Role::Operator, &desk.shop).await;
    let admin = desk.member(Role::Admin, &desk.shop).await;
    for (member, status) in
        [(&elsewhere, StatusCode::NOT_FOUND), (&operator, StatusCode::FORBIDDEN), (&admin, StatusCode::FORBIDDEN)]
    {
        for what in ["", "/events", "/orders", "/transfer"] {
            assert_eq!(look(&desk, member, &id, what).await.status, status, "{what}");
        }
        for (action, body) in [
            ("messages", json!({"client_id": "x", "text": "hi"})),
            ("notes", json!({"text": "hi"})),
            ("take-over", json!({})),
            ("hand-back", json!({})),
            ("queue", json!({})),
            ("transfer", json!({"to": {"kind": "bot"}})),
            ("resolve", json!({})),
            ("reopen", json!({})),
            ("read", json!({"seq": 1})),
            ("typing", json!({})),
        ] {
            assert_eq!(act(&desk, member, &id, action, body).await.status, status, "{action}");
        }
    }
    let agent = desk.agent().await;
    for unknown in ["cnv_00000000000000000000000001", "nonsense"] {
        assert_eq!(look(&desk, &agent, unknown, "").await.status, StatusCode::NOT_FOUND);
    }
    assert_snapshot!(look(&desk, &operator, &id, "").await.shown(), @"403 forbidden: You are not allowed to do this.");
}

#[tokio::test]
async fn why_the_bot_said_it() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "你好").await;
    desk.work().await;
    let events = look(&desk, &agent, &id, "/events").await;
    let replied = events.json["events"].as_array().unwrap().iter().find(|event| event["by"] == "bot").unwrap();
    let trace = replied["trace"].as_str().unwrap();
    let path = format!("/api/console/traces/{trace}");
    let shown = desk.console(&agent, Method::GET, &path, None).await;
    assert_eq!((shown.text("/conversation"), shown.text("/outcome")), (id, "replied".into()));
    let elsewhere = desk.member(Role::Supervisor, &desk.other_shop).await;
    assert_eq!(desk.console(&elsewhere, Method::GET, &path, None).await.status, StatusCode::NOT_FOUND);
    let unknown = "/api/console/traces/trc_00000000000000000000000001";
    assert_eq!(desk.console(&agent, Method::GET, unknown, None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn orders_of_a_verified_shopper() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let (_, anonymous) = desk.chat().await;
    assert_snapshot!(look(&desk, &agent, &anonymous, "/orders").await.shown(), @r#"200 {"orders":[],"unavailable":false}"#);
    let identity = Identity { customer: CustomerKey::from("demo-chen"), name: None };
    let identity = sign_identity(&desk.shop, &identity, NOW.plus_ms(HOUR_MS)).unwrap();
    let body = json!({"shop": "demo", "identity": identity});
    let connected = desk.ask(Method::POST, "/api/widget/connect", Some(body)).await;
    let opened =
        desk.shopper(&connected.text("/token"), Method::POST, "/api/widget/conversations", Some(json!({}))).await;
    let panel = look(&desk, &agent, &opened.text("/id"), "/orders").await;
    assert_eq!(panel.text("/customer/name"), "陈思远");
    assert!(panel.text("/customer/phone_masked").contains("****"), "{}", panel.shown());
    assert!(panel.json["customer"].get("phone").is_none());
    assert_eq!(panel.json["orders"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn how_things_stand() {
    let desk = desk().await;
    let agent = desk.agent().await;
    waiting(&desk).await;
    desk.clock.advance_ms(60_000);
    let overview = desk.console(&agent, Method::GET, "/api/console/overview", None).await;
    assert_snapshot!(overview.shown(), @r#"
    200 {
      agents: [{"id":"stf_1","name":"agent 0","open":0,"presence":"online"}]
      longest_wait_ms: 60000
      model: {"embedding":"missing"}
      queue: 1
      today: {"answered_by_bot":0,"conversations":1,"handed_off":1,"rated":0,"resolved":0}
      with_agents: 0
      with_bot: 0
    }
    "#);
    let operator = desk.member(Role::Operator, &desk.shop).await;
    assert_eq!(desk.console(&operator, Method::GET, "/api/console/overview", None).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn products_for_agents() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let base = format!("/api/console/shops/{}/products", desk.shop.id);
    let found = desk.console(&agent, Method::GET, &format!("{base}?text=tent"), None).await;
    let key = found.text("/items/0/key");
    let one = desk.console(&agent, Method::GET, &format!("{base}/{key}"), None).await;
    assert_eq!((one.status, one.text("/key")), (StatusCode::OK, key));
    let unknown = desk.console(&agent, Method::GET, &format!("{base}/none"), None).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let elsewhere = desk.member_with(&[Role::Agent], &desk.other_shop, Language::Zh).await;
    assert_eq!(desk.console(&elsewhere, Method::GET, &base, None).await.status, StatusCode::NOT_FOUND);
    let own = format!("/api/console/shops/{}/products", desk.other_shop.id);
    assert_snapshot!(desk.console(&elsewhere, Method::GET, &own, None).await.shown(), @"503 unavailable: 服务暂时不可用，请稍后再试");
}
