//! The console's page of the external chat model, through the router: who sees it, what it never shows, and a trial.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use domain::staff::Role;
use engine::chat::{ChatSetUp, Connected, Terms, remote};
use models::chat::faulty::{Behaviour, FaultyServer, ok};
use serde_json::{Value, json};

use crate::desk::{TestDesk, desk};

const KEY: &str = "sk-never-shown";

async fn with_model(behaviour: Behaviour) -> (TestDesk, FaultyServer) {
    // Other tests may have done so already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (desk, server) = (desk().await, FaultyServer::start(behaviour).await);
    let url = server.address.parse().expect("a URL");
    let set_up = ChatSetUp { url, model: "tiny".into(), key: Some(KEY.into()), allows_private_addresses: true };
    let terms = Terms { time: Duration::from_millis(700), completion_price: 10.0, ..Terms::default() };
    assert!(desk.desk.chat.connect(Connected { model: remote(set_up).expect("a client"), terms }));
    (desk, server)
}

fn ready() -> Behaviour {
    ok(json!({
        "choices": [{ "message": { "content": "ready" }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 9, "completion_tokens": 1 },
    })
    .to_string())
}

fn path(desk: &TestDesk, what: &str) -> String {
    format!("/api/console/chat-model{what}?shop={}", desk.shop.id)
}

#[tokio::test]
async fn those_who_run_the_desk_see_how_it_is_set_up_and_never_its_key() {
    let (desk, server) = with_model(ready()).await;
    for role in [Role::Operator, Role::Admin] {
        let member = desk.member(role, &desk.shop).await;
        let shown = desk.console(&member, Method::GET, &path(&desk, ""), None).await;
        assert_eq!(shown.status, StatusCode::OK, "{role:?}: {}", shown.shown());
        assert_eq!(shown.text("/settings/model"), "tiny");
        assert_eq!(shown.text("/breaker"), "closed");
        let tried = desk.console(&member, Method::POST, &path(&desk, "/test"), None).await;
        assert_eq!(tried.status, StatusCode::OK, "{}", tried.shown());
        assert_eq!((tried.json["error"].clone(), tried.json["completion_tokens"].clone()), (Value::Null, json!(1)));
        for answer in [&shown, &tried] {
            assert!(!answer.shown().contains(KEY) && !answer.shown().contains("127.0.0.1"), "{}", answer.shown());
        }
    }
    assert!(server.seen()[0].contains(KEY), "the server itself gets it");
    let member = desk.member(Role::Operator, &desk.shop).await;
    let shown = desk.console(&member, Method::GET, &path(&desk, ""), None).await;
    let day = &shown.json["days"][0];
    assert_eq!(
        (day["calls"].clone(), day["prompt_tokens"].clone(), day["failures"].clone()),
        (json!(2), json!(18), json!(0))
    );
}

#[tokio::test]
async fn nobody_else_sees_or_tries_it() {
    let (desk, server) = with_model(ready()).await;
    for role in [Role::Agent, Role::Supervisor] {
        let member = desk.member(role, &desk.shop).await;
        for (method, what) in [(Method::GET, ""), (Method::POST, "/test")] {
            let answer = desk.console(&member, method.clone(), &path(&desk, what), None).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role:?} {method}: {}", answer.shown());
        }
    }
    let stranger = desk.member(Role::Operator, &desk.other_shop).await;
    for (method, what) in [(Method::GET, ""), (Method::POST, "/test")] {
        let answer = desk.console(&stranger, method.clone(), &path(&desk, what), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.shown());
        let answer = desk.ask(method, &path(&desk, what), None).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    assert!(server.seen().is_empty(), "nobody's request got through");
}

#[tokio::test]
async fn a_trial_says_what_went_wrong_and_without_a_model_there_is_none() {
    for (behaviour, code) in [
        (Behaviour::Silent, "timed_out"),
        (Behaviour::Says("401 Unauthorized", "", vec!["{\"error\": \"bad key sk-never-shown\"}".into()]), "denied"),
        (Behaviour::Says("429 Too Many Requests", "retry-after: 30\r\n", vec![]), "rate_limited"),
        (ok("<html>"), "malformed"),
    ] {
        let (desk, _server) = with_model(behaviour).await;
        let member = desk.member(Role::Operator, &desk.shop).await;
        let tried = desk.console(&member, Method::POST, &path(&desk, "/test"), None).await;
        assert_eq!(tried.text("/error"), code);
        assert!(!tried.shown().contains(KEY));
        let shown = desk.console(&member, Method::GET, &path(&desk, ""), None).await;
        assert_eq!(shown.json["days"][0]["failures"], 1);
        let breaker = if code == "rate_limited" { "open" } else { "closed" };
        assert_eq!(shown.text("/breaker"), breaker, "{code}");
    }
    let desk = desk().await;
    let member = desk.member(Role::Operator, &desk.shop).await;
    let shown = desk.console(&member, Method::GET, &path(&desk, ""), None).await;
    assert_eq!((shown.status, shown.json["settings"].clone()), (StatusCode::OK, Value::Null));
    let tried = desk.console(&member, Method::POST, &path(&desk, "/test"), None).await;
    assert_eq!(tried.status, StatusCode::NOT_FOUND);
}
