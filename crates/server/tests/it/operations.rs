//! Health, numbers, documents, headers and what is nowhere.

use axum::http::{Method, StatusCode, header};
use insta::assert_snapshot;

use crate::desk::{desk, request};

#[tokio::test]
async fn health() {
    let desk = desk().await;
    assert_snapshot!(desk.ask(Method::GET, "/healthz", None).await.shown(), @r#"200 {"status":"ok","version":"0.1.0"}"#);
    assert_snapshot!(desk.ask(Method::GET, "/readyz", None).await.shown(), @r#"200 {"articles":0,"database":"ok","draining":false,"embedding":false,"migrations":"ok","ready":true}"#);
    desk.stop.send(true).unwrap();
    assert_snapshot!(desk.ask(Method::GET, "/readyz", None).await.shown(), @r#"503 {"articles":0,"database":"ok","draining":true,"embedding":false,"migrations":"ok","ready":false}"#);
}

#[tokio::test]
async fn not_ready_without_a_database() {
    let desk = desk().await;
    desk.desk.store.close().await;
    let answer = desk.ask(Method::GET, "/readyz", None).await;
    assert_eq!((answer.status, answer.text("/database")), (StatusCode::SERVICE_UNAVAILABLE, "failed".into()));
    let config = desk.ask(Method::GET, "/api/widget/config?shop=demo", None).await;
    assert_snapshot!(config.shown(), @"503 unavailable: This is unavailable at the moment. Please try again soon.");
}

#[test]
fn numbers_by_route_and_status() {
    let recorder = server::observe::metrics::recorder().unwrap();
    let handle = recorder.handle();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    metrics::with_local_recorder(&recorder, || {
        runtime.block_on(async {
            let desk = desk().await;
            desk.ask(Method::GET, "/api/widget/config?shop=demo", None).await;
            desk.ask(Method::GET, "/api/widget/conversations/x", None).await;
        });
    });
    let text = handle.render();
    assert!(
        text.contains(r#"tandem_http_request_seconds_count{route="/api/widget/config",method="GET",status="200"} 1"#)
    );
    assert!(text.contains(r#"route="/api/widget/conversations/{id}",method="GET",status="401""#), "{text}");
}

/// Run `tandem openapi > web/api/openapi.json` when it isn't.
#[test]
fn the_committed_openapi_document_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/api/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(committed == server::openapi::print(), "stale: cargo run -p tandem -- openapi > web/api/openapi.json");
}

#[tokio::test]
async fn documents() {
    let desk = desk().await;
    let document = desk.ask(Method::GET, "/api/openapi.json", None).await;
    assert_eq!(document.text("/info/title"), "Tandem");
    let viewer = desk.ask(Method::GET, "/api/docs/", None).await;
    assert_eq!(viewer.status, StatusCode::OK);
    assert!(viewer.header(header::CONTENT_SECURITY_POLICY).contains("script-src 'self'"));
}

#[tokio::test]
async fn browsers_are_told_what_pages_may_do() {
    let desk = desk().await;
    let answer = desk.ask(Method::GET, "/api/console/me", None).await;
    assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(answer.header(header::X_FRAME_OPTIONS), "DENY");
    assert!(answer.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"));
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.header("x-request-id").len(), 32);
    assert_eq!(answer.text("/request_id"), answer.header("x-request-id"));
}

#[tokio::test]
async fn errors_speak_the_callers_language() {
    let desk = desk().await;
    for (wish, detail) in [("zh-CN", "请先登录"), ("en-GB,en", "Please sign in first."), ("fr", "请先登录")] {
        let asked = request(Method::GET, "/api/console/me", None, &[]);
        let mut asked = asked;
        asked.headers_mut().insert(header::ACCEPT_LANGUAGE, wish.parse().unwrap());
        let answer = desk.send(asked).await;
        assert_eq!(answer.text("/detail"), detail, "{wish}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    }
}

#[tokio::test]
async fn an_error_in_full() {
    let desk = desk().await;
    let answer = desk.ask(Method::POST, "/api/widget/connect", Some(serde_json::json!({"shop": 1}))).await;
    let expected = serde_json::json!({
        "type": "about:blank",
        "title": "What was sent is not right.",
        "status": 422,
        "code": "invalid",
        "detail": "shop has the wrong form",
        "request_id": answer.header("x-request-id"),
        "fields": [{"field": "shop", "code": "type", "detail": "has the wrong form"}],
    });
    assert_eq!(answer.json, expected);
}

#[tokio::test]
async fn what_is_nowhere() {
    let desk = desk().await;
    assert_snapshot!(desk.ask(Method::GET, "/api/nothing", None).await.shown(), @"404 not_found: Not found.");
    assert_snapshot!(desk.ask(Method::DELETE, "/api/widget/connect", None).await.shown(), @"405 method_not_allowed: This method is not allowed here.");
    let script = desk.ask(Method::GET, "/console/assets/gone-12345678.js", None).await;
    assert_eq!(script.status, StatusCode::NOT_FOUND);
    let up = desk.ask(Method::GET, "/console/../../Cargo.toml", None).await;
    assert_eq!(up.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.ask(Method::GET, "/", None).await.header(header::LOCATION), "/shop/");
    assert_eq!(desk.ask(Method::GET, "/console", None).await.header(header::LOCATION), "/console/");
}
