//! The OpenAI-compatible embedder against a server that obeys, and one that does not.

use crate::server::{Asked, answer, install_tls, serve};
use models::{EmbedError, Embedder, MAX_TEXTS_PER_REQUEST, OpenAiEmbedder, OpenAiSettings, RemoteError, TextKind};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

const KEY: &str = "sk-very-secret";

fn embedder(address: SocketAddr) -> Embedder {
    install_tls();
    let remote = OpenAiEmbedder::new(OpenAiSettings {
        base: format!("http://{address}/v1/"),
        model: "e5-large".into(),
        key: Some(KEY.into()),
        dims: 2,
        query_prefix: "query: ".into(),
        passage_prefix: String::new(),
        timeout: Duration::from_millis(500),
    });
    Embedder::OpenAiCompatible(Arc::new(remote.unwrap()))
}

fn reply(body: &Value) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", body.to_string().as_bytes())
}

/// For the text "n…": the vector (n, 4), in reverse order to show that the index counts.
fn vectors(asked: &Asked) -> Vec<u8> {
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    let texts = body["input"].as_array().unwrap().iter().enumerate().rev();
    let number = |text: &Value| text.as_str().unwrap().trim_start_matches("query: ").parse::<f32>().unwrap();
    let data: Vec<Value> =
        texts.map(|(index, text)| json!({"index": index, "embedding": [number(text), 4.0]})).collect();
    reply(&json!({ "data": data }))
}

#[tokio::test]
async fn vectors_come_back_in_order_and_of_length_one() {
    let (address, log) = serve(|asked, _| vectors(asked)).await;
    let embedder = embedder(address);
    assert_eq!((embedder.name(), embedder.dims()), ("e5-large", 2));
    let texts: Vec<String> = (0..MAX_TEXTS_PER_REQUEST + 1).map(|n| n.to_string()).collect();
    let mut steps = Vec::new();
    let found = embedder.embed_with_progress(TextKind::Query, &texts, &mut |done| steps.push(done)).await.unwrap();
    assert_eq!(found.len(), texts.len());
    assert!((found[3][0] - 0.6).abs() < 1e-6 && (found[3][1] - 0.8).abs() < 1e-6);
    assert_eq!(steps, [64, 65]);
    let asked = log.lock().unwrap().clone();
    assert_eq!(asked[0].path, "/v1/embeddings");
    assert!(asked[0].head.contains(&format!("authorization: bearer {KEY}")));
    assert!(asked[1].body.contains(r#""input":["query: 64"]"#) && asked[1].body.contains(r#""model":"e5-large""#));
}

#[tokio::test]
async fn unusable_replies_are_told_apart() {
    type Case = (Vec<u8>, fn(&RemoteError) -> bool, bool);
    let cases: [Case; 7] = [
        (answer("401 Unauthorized", "", b"bad key"), |e| matches!(e, RemoteError::Status(401)), false),
        (answer("429 Too Many Requests", "", b""), |e| matches!(e, RemoteError::Status(429)), true),
        (answer("200 OK", "", b"<html>"), |e| matches!(e, RemoteError::Malformed(Some(_))), false),
        (reply(&json!({"data": []})), |e| matches!(e, RemoteError::Malformed(None)), false),
        (
            reply(&json!({"data": [{"index": 1, "embedding": [1.0, 0.0]}]})),
            |e| matches!(e, RemoteError::Malformed(None)),
            false,
        ),
        (
            reply(&json!({"data": [{"index": 0, "embedding": [1.0]}]})),
            |e| matches!(e, RemoteError::Dimension { found: 1, expected: 2 }),
            false,
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".to_vec(), |e| matches!(e, RemoteError::Unreachable(_)), true),
    ];
    for (bytes, is_expected, is_transient) in cases {
        let (address, _) = serve(move |_, _| bytes.clone()).await;
        let error = embedder(address).embed(TextKind::Query, &["1".into()]).await.unwrap_err();
        assert_eq!(error.is_transient(), is_transient, "{error:?}");
        let EmbedError::Remote(error) = error else { panic!("{error:?}") };
        assert!(is_expected(&error), "{error:?}");
        assert!(!format!("{error:?} {error}").contains(KEY));
    }
}

#[tokio::test]
async fn a_silent_server_times_out() {
    install_tls();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let embedder = embedder(listener.local_addr().unwrap());
    let error = embedder.embed(TextKind::Query, &["1".into()]).await.unwrap_err();
    assert!(matches!(error, EmbedError::Remote(RemoteError::TimedOut)), "{error:?}");
}

#[test]
fn the_key_is_never_shown_and_embedding_at_once_is_refused() {
    let embedder = embedder("127.0.0.1:9".parse().unwrap());
    assert!(!format!("{embedder:?}").contains("secret"));
    assert!(matches!(embedder.embed_now(TextKind::Query, &[]), Err(EmbedError::NeedsNetwork)));
}
