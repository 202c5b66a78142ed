//! What the shopper's chat calls.

use axum::http::{Method, StatusCode, header};
use insta::assert_snapshot;
use serde_json::json;
use server::tokens::{Bearer, TokenKind};

use crate::desk::{NOW, desk, desk_with, request};

const UNKNOWN: &str = "cnv_00000000000000000000000001";

#[tokio::test]
async fn the_chat_of_a_shop() {
    let desk = desk().await;
    let answer = desk.ask(Method::GET, "/api/widget/config?shop=demo", None).await;
    assert_snapshot!(answer.shown(), @r##"
    200 {
      agents_online: 0
      business_open: true
      colors: {"accent":"#2f6f5e"}
      greeting: {
        en: "Hi, I'm the shop's assistant. I can look up orders, track parcels and answer questions; you can ask for a person at any time."
        zh: "您好，我是智能客服，可以查订单、查物流、解答商品和售后问题；您也可以随时转人工。"
      }
      languages: ["zh","en"]
      limits: {
        file_bytes: 8388608
        file_types: ["image/png","image/jpeg","image/webp","image/gif","application/pdf","text/plain"]
        files_per_message: 5
        message_chars: 2000
      }
      shop: {"id":"shp_1","key":"demo","name":{"en":"demo","zh":"山岚生活"}}
      suggestions: {
        en: ["Where is my parcel?","How do I return an item?","When will my order ship?"]
        zh: ["我的快递到哪了？","怎么申请退货？","多久发货？"]
      }
    }
    "##);
    let unknown = desk.ask(Method::GET, "/api/widget/config?shop=nobody", None).await;
    assert_snapshot!(unknown.shown(), @"404 not_found: Not found.");
    let without = desk.ask(Method::GET, "/api/widget/config", None).await;
    assert_snapshot!(without.shown(), @"422 invalid: query has the wrong form [query type]");
}

#[tokio::test]
async fn a_visitor_comes_back() {
    let desk = desk().await;
    let first = desk.ask(Method::POST, "/api/widget/connect", Some(json!({"shop": "demo", "language": "en"}))).await;
    assert_snapshot!(first.shown(), @r#"
    200 {
      conversation: null
      expires_at: 1795399200000
      shopper: {"id":"per_1","verified":false}
      token: "…"
      visitor: "…"
    }
    "#);
    let token = first.text("/token");
    let opened = desk.shopper(&token, Method::POST, "/api/widget/conversations", Some(json!({}))).await;
    let again = json!({"shop": "demo", "visitor": first.text("/visitor")});
    let second = desk.ask(Method::POST, "/api/widget/connect", Some(again)).await;
    assert_eq!(second.text("/shopper/id"), first.text("/shopper/id"));
    assert_eq!(second.text("/conversation/id"), opened.text("/id"));
    assert_eq!(second.text("/conversation/language"), "en");
    // A token of another kind, of another shop or of nobody is simply a new visitor.
    for visitor in [token.as_str(), "nonsense"] {
        let body = json!({"shop": "demo", "visitor": visitor});
        let other = desk.ask(Method::POST, "/api/widget/connect", Some(body)).await;
        assert_eq!(other.status, StatusCode::OK);
        assert_ne!(other.text("/shopper/id"), first.text("/shopper/id"));
    }
    let elsewhere = json!({"shop": "other", "visitor": first.text("/visitor")});
    let elsewhere = desk.ask(Method::POST, "/api/widget/connect", Some(elsewhere)).await;
    assert_ne!(elsewhere.text("/shopper/id"), first.text("/shopper/id"));
}

#[tokio::test]
async fn one_open_conversation() {
    let desk = desk().await;
    let token = desk.visitor().await;
    let page = json!({"url": "https://shop.example/p/1", "title": "Tent", "product": "ridge-tent-2"});
    let wish = json!({"language": "zh", "page": page});
    let opened = desk.shopper(&token, Method::POST, "/api/widget/conversations", Some(wish)).await;
    assert_snapshot!(opened.shown(), @r#"
    201 {
      controller: "bot"
      id: "cnv_1"
      language: "zh"
      read: {"shopper":0,"team":0}
      seq: 1
      shop: "shp_1"
      stage: "open"
      started_at: 1795312800000
    }
    "#);
    let again = desk.shopper(&token, Method::POST, "/api/widget/conversations", Some(json!({}))).await;
    assert_eq!((again.status, again.text("/id")), (StatusCode::OK, opened.text("/id")));
    let list = desk.shopper(&token, Method::GET, "/api/widget/conversations", None).await;
    assert_eq!(list.text("/items/0/id"), opened.text("/id"));
    let one = format!("/api/widget/conversations/{}", opened.text("/id"));
    assert_eq!(desk.shopper(&token, Method::GET, &one, None).await.json, again.json);
    let script = json!({"page": {"url": "javascript:alert(1)", "title": ""}});
    let refused = desk.shopper(&token, Method::POST, "/api/widget/conversations", Some(script)).await;
    assert_snapshot!(refused.shown(), @"422 invalid: page.url has the wrong form [page.url type]");
}

#[tokio::test]
async fn saying_something_once() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    let said = desk.say(&token, &id, "c1", "<img src=x onerror=alert(1)> 在吗").await;
    assert_snapshot!(said.shown(), @r#"
    200 {
      duplicate: false
      message: {"body":{"text":"<img src=x onerror=alert(1)> 在吗"},"client_id":"c1","id":"msg_1"}
      seq: 2
    }
    "#);
    let again = desk.say(&token, &id, "c1", "something else").await;
    assert_eq!(again.json["duplicate"], true);
    assert_eq!(again.json["message"], said.json["message"]);
    let events = desk.shopper(&token, Method::GET, &format!("/api/widget/conversations/{id}/events"), None).await;
    assert_snapshot!(events.shown(), @r#"
    200 {
      events: [
        {"at":1795312800000,"by":"shopper","controller":"bot","kind":"started","seq":1}
        {
          at: 1795312800000
          by: "shopper"
          kind: "message"
          message: {"body":{"text":"<img src=x onerror=alert(1)> 在吗"},"client_id":"c1","id":"msg_1"}
          seq: 2
        }
      ]
      more: false
      seq: 2
    }
    "#);
    let after = format!("/api/widget/conversations/{id}/events?after=1&limit=1");
    let after = desk.shopper(&token, Method::GET, &after, None).await;
    assert_eq!(after.json["events"].as_array().map(Vec::len), Some(1));
    assert_eq!((&after.json["seq"], &after.json["more"]), (&json!(2), &json!(false)));
}

#[tokio::test]
async fn messages_that_are_refused() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    assert_snapshot!(desk.say(&token, &id, "c1", "  ").await.shown(), @"422 invalid: text must not be empty [text empty]");
    assert_snapshot!(desk.say(&token, &id, "", "hi").await.shown(), @"422 invalid: client_id must not be empty [client_id empty]");
    assert_snapshot!(desk.say(&token, &id, "c1", &"长".repeat(2_001)).await.shown(), @"422 invalid: text is too long [text too_long]");
    assert_snapshot!(desk.say(&token, &id, "c1", &"x".repeat(300_000)).await.shown(), @"413 too_large: This is too large.");
    let path = format!("/api/widget/conversations/{id}/messages");
    let unknown_file = json!({"client_id": "c1", "text": "", "attachments": ["fil_00000000000000000000000001"]});
    let answer = desk.shopper(&token, Method::POST, &path, Some(unknown_file)).await;
    assert_snapshot!(answer.shown(), @"422 invalid: attachments does not exist [attachments unknown]");
    let answer = desk.shopper(&token, Method::POST, &path, Some(json!({"client_id": 1, "text": "hi"}))).await;
    assert_snapshot!(answer.shown(), @"422 invalid: client_id has the wrong form [client_id type]");
    let answer = desk.shopper(&token, Method::POST, &path, Some(json!({"client_id": "a", "txt": "hi"}))).await;
    assert_snapshot!(answer.shown(), @"422 invalid: txt does not exist [txt unknown]");
    let bearer = format!("Bearer {token}");
    let mut broken =
        request(Method::POST, &path, None, &[("authorization", &bearer), ("content-type", "application/json")]);
    *broken.body_mut() = "{\"client_id\":".into();
    assert_snapshot!(desk.send(broken).await.shown(), @"400 invalid: The request can't be read.");
    let mut form = request(Method::POST, &path, None, &[("authorization", &bearer), ("content-type", "text/plain")]);
    *form.body_mut() = "client_id=a".into();
    assert_snapshot!(desk.send(form).await.shown(), @"415 unsupported_type: This type is not supported.");
}

#[tokio::test]
async fn nobody_reaches_anothers_conversation() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    let stranger = desk.visitor().await;
    for target in [id.as_str(), UNKNOWN, "nonsense", "msg_00000000000000000000000001"] {
        let base = format!("/api/widget/conversations/{target}");
        let read = [base.clone(), format!("{base}/events")];
        for path in &read {
            assert_eq!(desk.shopper(&stranger, Method::GET, path, None).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for (action, body) in [
            ("messages", json!({"client_id": "a", "text": "hi"})),
            ("human", json!({})),
            ("bot", json!({})),
            ("rating", json!({"stars": 5})),
            ("read", json!({"seq": 1})),
            ("contact", json!({"contact": "13800000000"})),
        ] {
            let path = format!("{base}/{action}");
            let answer = desk.shopper(&stranger, Method::POST, &path, Some(body)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {}", answer.shown());
        }
    }
    assert_eq!(desk.stored(&id).await.conversation.seq, 1);
    let own = desk.shopper(&token, Method::GET, &format!("/api/widget/conversations/{id}"), None).await;
    assert_eq!(own.status, StatusCode::OK);
}

#[tokio::test]
async fn tokens_that_are_refused() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    let path = format!("/api/widget/conversations/{id}");
    assert_snapshot!(desk.ask(Method::GET, &path, None).await.shown(), @"401 unauthenticated: Please sign in first.");
    assert_snapshot!(desk.shopper("nonsense", Method::GET, &path, None).await.shown(), @"401 forged_token: The token is not valid.");
    let bearer = desk.app.keys.check(TokenKind::Connection, &token, NOW).unwrap();
    let visitor = desk.app.keys.issue(TokenKind::Visitor, bearer).unwrap();
    assert_eq!(desk.shopper(&visitor, Method::GET, &path, None).await.text("/code"), "forged_token");
    let stolen = Bearer { expires_at: NOW.plus_ms(86_400_000), ..bearer };
    let foreign = server::tokens::Keys::from_secret(&[8; 32]).issue(TokenKind::Connection, stolen).unwrap();
    assert_eq!(desk.shopper(&foreign, Method::GET, &path, None).await.text("/code"), "forged_token");
    desk.clock.advance_ms(24 * 3_600_000 + 1);
    assert_snapshot!(desk.shopper(&token, Method::GET, &path, None).await.shown(), @"401 expired_token: The token has expired.");
}

#[tokio::test]
async fn bot_person_and_back() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    let base = format!("/api/widget/conversations/{id}");
    let queued = desk.shopper(&token, Method::POST, &format!("{base}/human"), Some(json!({}))).await;
    assert_snapshot!(queued.shown(), @r#"
    200 {
      controller: "queue"
      id: "cnv_1"
      language: "zh"
      queue: {"agents_online":0,"position":1,"waiting_since":1795312800000}
      read: {"shopper":0,"team":0}
      seq: 3
      shop: "shp_1"
      stage: "open"
      started_at: 1795312800000
    }
    "#);
    let again = desk.shopper(&token, Method::POST, &format!("{base}/human"), Some(json!({}))).await;
    assert_snapshot!(again.shown(), @"409 already_so: It already is so.");
    let back = desk.shopper(&token, Method::POST, &format!("{base}/bot"), Some(json!({}))).await;
    assert_eq!(back.text("/controller"), "bot");
    let prefers = desk.visitor().await;
    let wish = json!({"prefer": "human"});
    let opened = desk.shopper(&prefers, Method::POST, "/api/widget/conversations", Some(wish)).await;
    assert_eq!((opened.status, opened.text("/controller")), (StatusCode::CREATED, "queue".into()));
}

#[tokio::test]
async fn rating_reading_and_leaving_a_contact() {
    let desk = desk().await;
    let (token, id) = desk.chat().await;
    let base = format!("/api/widget/conversations/{id}");
    desk.say(&token, &id, "c1", "hi").await;
    let read = desk.shopper(&token, Method::POST, &format!("{base}/read"), Some(json!({"seq": 99}))).await;
    assert_eq!(read.status, StatusCode::NO_CONTENT);
    let far = desk.shopper(&token, Method::POST, &format!("{base}/rating"), Some(json!({"stars": 6}))).await;
    assert_snapshot!(far.shown(), @"422 invalid: stars is out of range [stars range]");
    let rated =
        desk.shopper(&token, Method::POST, &format!("{base}/rating"), Some(json!({"stars": 4, "comment": "ok"}))).await;
    assert_snapshot!(rated.shown(), @r#"
    200 {
      controller: "bot"
      id: "cnv_1"
      language: "zh"
      rated: 4
      read: {"shopper":2,"team":0}
      seq: 3
      shop: "shp_1"
      stage: "open"
      started_at: 1795312800000
    }
    "#);
    let twice = desk.shopper(&token, Method::POST, &format!("{base}/rating"), Some(json!({"stars": 5}))).await;
    assert_snapshot!(twice.shown(), @"409 already_rated: This conversation has been rated already.");
    let contact = json!({"contact": "nobody"});
    let bad = desk.shopper(&token, Method::POST, &format!("{base}/contact"), Some(contact)).await;
    assert_snapshot!(bad.shown(), @"422 invalid: contact is not in the expected form [contact malformed]");
    let contact = json!({"contact": "li@example.com", "text": "请回电"});
    let left = desk.shopper(&token, Method::POST, &format!("{base}/contact"), Some(contact)).await;
    assert_eq!((left.status, left.text("/controller")), (StatusCode::OK, "queue".into()));
}

#[tokio::test]
async fn too_much_has_to_wait() {
    let desk =
        desk_with(&[("TANDEM_LIMITS__MESSAGES_PER_MINUTE", "3"), ("TANDEM_LIMITS__CONNECTS_PER_MINUTE", "2")]).await;
    let (token, id) = desk.chat().await;
    desk.say(&token, &id, "c1", "1").await;
    desk.say(&token, &id, "c2", "2").await;
    let refused = desk.say(&token, &id, "c3", "3").await;
    assert_snapshot!(refused.shown(), @"429 rate_limited: Too many requests. Please wait a moment.");
    assert!(refused.header(header::RETRY_AFTER).parse::<u64>().unwrap() >= 1);
    // Another shopper isn't concerned; another connect of the same address is.
    let (other, other_id) = desk.chat().await;
    assert_eq!(desk.say(&other, &other_id, "c1", "1").await.status, StatusCode::OK);
    let third = desk.ask(Method::POST, "/api/widget/connect", Some(json!({"shop": "demo"}))).await;
    assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn every_origin_may_chat_without_cookies() {
    let desk = desk().await;
    let preflight = request(
        Method::OPTIONS,
        "/api/widget/connect",
        None,
        &[
            ("origin", "https://shop.example"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,content-type"),
        ],
    );
    let answer = desk.send(preflight).await;
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "https://shop.example");
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "");
    let get = request(Method::GET, "/api/widget/config?shop=demo", None, &[("origin", "https://shop.example")]);
    assert_eq!(desk.send(get).await.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "https://shop.example");
    // The console is nobody else's.
    let me = request(Method::GET, "/api/console/me", None, &[("origin", "https://shop.example")]);
    assert_eq!(desk.send(me).await.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
}
