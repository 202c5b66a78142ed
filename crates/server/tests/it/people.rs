//! Signing in, one's own settings, quick phrases, accounts and the audit list.

use axum::http::{Method, StatusCode, header};
use domain::{language::Language, staff::Role};
use insta::assert_snapshot;
use serde_json::json;

use crate::desk::{Member, PASSWORD, desk, request};

#[tokio::test]
async fn signing_in_and_out() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let me = desk.console(&agent, Method::GET, "/api/console/me", None).await;
    assert_snapshot!(me.shown(), @r#"
    200 {
      csrf: "…"
      email: "agent0@example.com"
      id: "stf_1"
      language: "en"
      name: "agent 0"
      permissions: ["read_conversations","serve","read_knowledge"]
      presence: "online"
      roles: ["agent"]
      shops: [{"id":"shp_1","key":"demo","name":{"en":"demo","zh":"山岚生活"}}]
    }
    "#);
    let body = json!({"email": "AGENT0@example.com ", "password": PASSWORD});
    let signed_in = desk.ask(Method::POST, "/api/console/sign-in", Some(body)).await;
    let cookie = signed_in.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Max-Age=43200"));
    assert!(!cookie.contains("Secure"), "over plain HTTP the browser would drop it");

    let out = desk.console(&agent, Method::POST, "/api/console/sign-out", None).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_snapshot!(desk.console(&agent, Method::GET, "/api/console/me", None).await.shown(), @"401 unauthenticated: Please sign in first.");
}

#[tokio::test]
async fn wrong_passwords() {
    let desk = desk().await;
    desk.agent().await;
    let attempt = |email: &str| {
        desk.ask(Method::POST, "/api/console/sign-in", Some(json!({"email": email, "password": "wrong password"})))
    };
    let known = attempt("agent0@example.com").await;
    assert_snapshot!(known.shown(), @"401 unauthenticated: The e-mail address or the password is wrong.");
    // An unknown account answers the same.
    assert_eq!(attempt("nobody@example.com").await.shown(), known.shown());
    for _ in 0..9 {
        let body = json!({"email": "agent0@example.com", "password": "wrong password"});
        desk.ask(Method::POST, "/api/console/sign-in", Some(body)).await;
    }
    let right = json!({"email": "agent0@example.com", "password": PASSWORD});
    let answer = desk.ask(Method::POST, "/api/console/sign-in", Some(right.clone())).await;
    assert_snapshot!(answer.shown(), @"429 rate_limited: Too many requests. Please wait a moment.");
    assert_eq!(answer.header(header::RETRY_AFTER), "900");
    desk.clock.advance_ms(15 * 60_000 + 1);
    assert_eq!(desk.ask(Method::POST, "/api/console/sign-in", Some(right)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn changes_need_the_token_of_our_own_page() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let body = || Some(json!({"presence": "online"}));
    let path = "/api/console/me/presence";
    let without = Member { csrf: String::new(), ..agent.clone() };
    assert_snapshot!(desk.console(&without, Method::PUT, path, body()).await.shown(), @"403 csrf: This page is out of date. Please reload it and try again.");
    let send = |origin: &'static str| {
        let headers = [
            ("cookie", agent.cookie.as_str()),
            ("x-csrf-token", agent.csrf.as_str()),
            ("host", "desk.example"),
            ("origin", origin),
        ];
        desk.send(request(Method::PUT, path, body(), &headers))
    };
    assert_eq!(send("https://evil.example").await.text("/code"), "csrf");
    let own = send("https://desk.example").await;
    assert_eq!((own.status, own.text("/presence")), (StatusCode::OK, "online".into()));
    let login = request(
        Method::POST,
        "/api/console/sign-in",
        Some(json!({"email": "agent0@example.com", "password": PASSWORD})),
        &[("host", "desk.example"), ("origin", "https://evil.example")],
    );
    assert_eq!(desk.send(login).await.text("/code"), "csrf");
}

#[tokio::test]
async fn ones_own_settings() {
    let desk = desk().await;
    let agent = desk.agent().await;
    let language = json!({"language": "zh"});
    let set = desk.console(&agent, Method::PUT, "/api/console/me/language", Some(language)).await;
    assert_eq!(set.text("/language"), "zh");
    // From now on errors are in Chinese, whatever the browser says.
    let unknown =
        desk.console(&agent, Method::PUT, "/api/console/me/presence", Some(json!({"presence": "away"}))).await;
    assert_snapshot!(unknown.shown(), @"422 invalid: presence 格式不正确 [presence type]");
    let change = |current: &str, new: &str| Some(json!({"current": current, "new": new}));
    let path = "/api/console/me/password";
    let wrong = desk.console(&agent, Method::PUT, path, change("wrong password", "a new long password")).await;
    assert_snapshot!(wrong.shown(), @"422 invalid: current 不正确 [current wrong]");
    let short = desk.console(&agent, Method::PUT, path, change(PASSWORD, "short")).await;
    assert_snapshot!(short.shown(), @"422 invalid: new 太短了 [new too_short]");
    let changed = desk.console(&agent, Method::PUT, path, change(PASSWORD, "a new long password")).await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.console(&agent, Method::GET, "/api/console/me", None).await.status, StatusCode::UNAUTHORIZED);
    desk.sign_in("agent0@example.com", "a new long password").await;
}

#[tokio::test]
async fn quick_phrases() {
    let desk = desk().await;
    let (agent, colleague) = (desk.agent().await, desk.agent().await);
    let supervisor = desk.member(Role::Supervisor, &desk.shop).await;
    let path = "/api/console/phrases";
    let own = json!({"owner": agent.id, "shortcut": "hi", "text": {"zh": "您好"}, "group": "开场"});
    let made = desk.console(&agent, Method::POST, path, Some(own.clone())).await;
    assert_snapshot!(made.shown(), @r#"201 {"group":"开场","id":"phr_1","owner":"stf_1","shortcut":"hi","text":{"zh":"您好"},"used":0}"#);
    assert_snapshot!(desk.console(&agent, Method::POST, path, Some(own)).await.shown(), @"422 invalid: shortcut is already in use [shortcut taken]");
    let team = json!({"shop": desk.shop.id.to_string(), "shortcut": "bye", "text": {"zh": "再见", "en": "Bye"}});
    assert_eq!(desk.console(&agent, Method::POST, path, Some(team.clone())).await.status, StatusCode::FORBIDDEN);
    let teams = desk.console(&supervisor, Method::POST, path, Some(team)).await;
    assert_eq!(teams.status, StatusCode::CREATED);
    let nothing = json!({"owner": agent.id, "shortcut": "x", "text": {}});
    assert_snapshot!(desk.console(&agent, Method::POST, path, Some(nothing)).await.shown(), @"422 invalid: text must not be empty [text empty]");

    let filled = json!({"owner": agent.id, "shortcut": "y", "text": {"zh": "{{ customer }}，{{order}}已发", "en": "{{shopper}}"}});
    assert_eq!(desk.console(&agent, Method::POST, path, Some(filled)).await.status, StatusCode::CREATED);
    let unknown = json!({"owner": agent.id, "shortcut": "z", "text": {"zh": "{{name}}"}});
    assert_snapshot!(desk.console(&agent, Method::POST, path, Some(unknown)).await.shown(), @"422 invalid: text has an unknown variable; there are {{shopper}}, {{order}}, {{agent}} and {{shop}} [text unknown_variable]");

    let list = desk.console(&colleague, Method::GET, path, None).await;
    assert_eq!(list.json.as_array().map(Vec::len), Some(1), "{}", list.shown());
    let one = format!("{path}/{}", made.text("/id"));
    let draft = json!({"owner": agent.id, "shortcut": "hello", "text": {"en": "Hello"}});
    let theirs = json!({"owner": colleague.id, "shortcut": "hello", "text": {"en": "Hello"}});
    assert_eq!(desk.console(&colleague, Method::PUT, &one, Some(theirs)).await.status, StatusCode::NOT_FOUND);
    let changed = desk.console(&agent, Method::PUT, &one, Some(draft)).await;
    assert_eq!(changed.text("/shortcut"), "hello");
    let used = desk.console(&agent, Method::POST, &format!("{one}/used"), None).await;
    assert_eq!(used.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.console(&colleague, Method::DELETE, &one, None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.console(&agent, Method::DELETE, &one, None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.console(&agent, Method::DELETE, &one, None).await.status, StatusCode::NOT_FOUND);
    let elsewhere = desk.member(Role::Supervisor, &desk.other_shop).await;
    let teams = format!("{path}/{}", teams.text("/id"));
    assert_eq!(desk.console(&elsewhere, Method::DELETE, &teams, None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn accounts() {
    let desk = desk().await;
    let admin = desk.member(Role::Admin, &desk.shop).await;
    let path = "/api/console/staff";
    let draft = |email: &str, shop: String| {
        Some(json!({"email": email, "name": "Mei", "roles": ["agent"], "shops": [shop], "language": "zh",
            "password": PASSWORD}))
    };
    let own = desk.shop.id.to_string();
    let made = desk.console(&admin, Method::POST, path, draft("Mei@example.com", own.clone())).await;
    assert_snapshot!(made.shown(), @r#"
    201 {
      created_at: 1795312800000
      disabled: false
      email: "mei@example.com"
      id: "stf_2"
      language: "zh"
      name: "Mei"
      presence: "offline"
      roles: ["agent"]
      shops: ["shp_1"]
    }
    "#);
    let taken = desk.console(&admin, Method::POST, path, draft("mei@example.com", own.clone())).await;
    assert_snapshot!(taken.shown(), @"422 invalid: email is already in use [email taken]");
    let foreign =
        desk.console(&admin, Method::POST, path, draft("x@example.com", desk.other_shop.id.to_string())).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let unknown = desk.console(&admin, Method::POST, path, draft("x@example.com", "shp_x".into())).await;
    assert_snapshot!(unknown.shown(), @"422 invalid: shops does not exist [shops unknown]");

    let mei = desk.sign_in("mei@example.com", PASSWORD).await;
    assert_eq!(desk.console(&mei, Method::GET, path, None).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.console(&mei, Method::GET, "/api/console/audit", None).await.status, StatusCode::FORBIDDEN);
    let one = format!("{path}/{}", made.text("/id"));
    let promote = json!({"roles": ["agent", "supervisor"]});
    let promoted = desk.console(&admin, Method::PUT, &one, Some(promote)).await;
    assert_eq!(promoted.json["roles"], json!(["agent", "supervisor"]));
    let disabled = desk.console(&admin, Method::PUT, &one, Some(json!({"disabled": true}))).await;
    assert_eq!(disabled.json["disabled"], true);
    assert_eq!(desk.console(&mei, Method::GET, "/api/console/me", None).await.status, StatusCode::UNAUTHORIZED);
    let oneself = format!("{path}/{}", admin.id);
    let locked_out = desk.console(&admin, Method::PUT, &oneself, Some(json!({"disabled": true}))).await;
    assert_snapshot!(locked_out.shown(), @"422 invalid: disabled can't be done to your own account [disabled oneself]");
    let list = desk.console(&admin, Method::GET, path, None).await;
    assert_eq!(list.json["items"].as_array().map(Vec::len), Some(2));
    let stranger = desk.member(Role::Admin, &desk.other_shop).await;
    let other = desk.console(&stranger, Method::PUT, &one, Some(json!({"disabled": false}))).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);

    let foreign = desk.console(&stranger, Method::GET, "/api/console/audit", None).await;
    let foreign = foreign.json["items"].as_array().unwrap().clone();
    assert!(foreign.iter().all(|entry| entry["subject"] == stranger.id.as_str()), "{foreign:?}");
    let audit = format!("/api/console/audit?subject={}", made.text("/id"));
    let audit = desk.console(&admin, Method::GET, &audit, None).await;
    assert_snapshot!(audit.shown(), @r#"
    200 {
      items: [
        {
          action: "staff.created"
          at: 1795312800000
          by: {"id":"stf_1","name":"admin 0"}
          detail: {"email":"mei@example.com"}
          id: "aud_2"
          subject: "stf_2"
        }
        {
          action: "staff.updated"
          at: 1795312800000
          by: {"id":"stf_1","name":"admin 0"}
          detail: {"disabled":true,"grants":false,"name":false,"password":false}
          id: "aud_3"
          subject: "stf_2"
        }
        {
          action: "staff.updated"
          at: 1795312800000
          by: {"id":"stf_1","name":"admin 0"}
          detail: {"disabled":null,"grants":true,"name":false,"password":false}
          id: "aud_4"
          subject: "stf_2"
        }
      ]
      next: null
    }
    "#);
}

#[tokio::test]
async fn a_disabled_language_is_no_language() {
    let desk = desk().await;
    let agent = desk.member_with(&[Role::Agent, Role::Supervisor], &desk.shop, Language::Zh).await;
    let answer = desk.console(&agent, Method::PUT, "/api/console/me/language", Some(json!({"language": "fr"}))).await;
    assert_eq!((answer.status.as_u16(), answer.text("/detail")), (422, "language 格式不正确".into()));
}
