//! A server that does everything wrong, one thing at a time: every reply ends within its budget with its own error.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// What the server does with a request.
#[derive(Clone)]
enum Behaviour {
    /// Status line and headers, then these pieces, then the connection ends.
    Says(&'static str, &'static str, Vec<String>),
    /// Takes the request and says nothing.
    Silent,
    /// One event each so often, without end.
    Drips(Duration),
}

struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/v1", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, behaviour.clone(), seen.clone()));
            }
        });
        Self { address, requests }
    }

    fn seen(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    fn body(&self) -> Value {
        serde_json::from_str(self.seen()[0].split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn model(&self, failures: u32) -> ChatModel {
        // Other tests may have done so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let key = Some("sk-very-secret".into());
        let settings = ChatSettings { base: self.address.clone(), model: "tiny".into(), key };
        let chat = OpenAiChat::new(settings, reqwest::Client::builder()).unwrap();
        ChatModel::over(chat, BreakerSettings { failures, rest: Duration::from_secs(30) })
    }
}

async fn serve(mut stream: tokio::net::TcpStream, behaviour: Behaviour, seen: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let Ok(count @ 1..) = stream.read(&mut buffer).await else { return };
        request.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            seen.lock().unwrap().push(text);
            break;
        }
    }
    match behaviour {
        Behaviour::Says(status, headers, pieces) => {
            let head = format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\n\r\n");
            for piece in std::iter::once(head).chain(pieces) {
                if stream.write_all(piece.as_bytes()).await.is_err() {
                    return;
                }
            }
            let _ = stream.shutdown().await;
        }
        Behaviour::Silent => std::future::pending().await,
        Behaviour::Drips(every) => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n".to_owned();
            let mut piece = head;
            while stream.write_all(piece.as_bytes()).await.is_ok() {
                tokio::time::sleep(every).await;
                piece = event(json!({ "choices": [{ "delta": { "content": "嗯" } }] }));
            }
        }
    }
}

fn event(piece: Value) -> String {
    format!("data: {piece}\n\n")
}

fn says(text: &str, finish: &str) -> String {
    json!({
        "choices": [{ "message": { "role": "assistant", "content": text }, "finish_reason": finish }],
        "usage": { "prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14 },
    })
    .to_string()
}

fn ok(body: impl Into<String>) -> Behaviour {
    Behaviour::Says("200 OK", "content-type: application/json\r\n", vec![body.into()])
}

fn request() -> Request {
    Request::new(vec![Message::new(Role::System, "Answer."), Message::new(Role::User, "运费多少？")], 100)
}

const BUDGET: Budget = Budget { time: Duration::from_millis(600), tokens: 1_000 };
/// Above the budget, below anything a person would call waiting.
const AT_MOST: Duration = Duration::from_millis(2_500);

async fn asked(behaviour: Behaviour, request: &Request) -> Result<Reply, ChatError> {
    let model = Server::start(behaviour).await.model(3);
    let begun = Instant::now();
    let reply = model.complete(request, BUDGET, 0).await;
    assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
    reply
}

async fn streamed(behaviour: Behaviour) -> (Result<Reply, ChatError>, String) {
    let model = Server::start(behaviour).await.model(3);
    let (begun, mut heard) = (Instant::now(), String::new());
    let reply = model.stream(&request(), BUDGET, 0, &mut |text| heard.push_str(text)).await;
    assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
    (reply, heard)
}

fn code(reply: Result<Reply, ChatError>) -> &'static str {
    reply.expect_err("an error").code()
}

#[tokio::test]
async fn a_reply_comes_with_its_usage_and_the_key_is_sent_but_never_shown() {
    let server = Server::start(ok(says("八元。", "stop"))).await;
    let model = server.model(3);
    let reply = model.complete(&request(), BUDGET, 0).await.unwrap();
    assert_eq!(reply.text, "八元。");
    assert_eq!(reply.usage, Usage { prompt_tokens: 11, completion_tokens: 3 });
    let seen = server.seen().concat();
    assert!(seen.contains("Bearer sk-very-secret") && seen.starts_with("POST /v1/chat/completions "), "{seen}");
    assert_eq!(server.body()["messages"][1], json!({ "role": "user", "content": "运费多少？" }));
    assert_eq!(server.body()["max_tokens"], 100);
    assert!(!format!("{model:?}").contains("secret"));
}

#[tokio::test]
async fn a_stream_is_heard_piece_by_piece() {
    let pieces = vec![
        ": a comment\n\n".to_owned(),
        event(json!({ "choices": [{ "delta": { "role": "assistant", "content": "" } }] })),
        event(json!({ "choices": [{ "delta": { "content": "八" } }] })),
        event(json!({ "choices": [{ "delta": { "content": "元" }, "finish_reason": "stop" }] })),
        event(json!({ "choices": [], "usage": { "prompt_tokens": 9, "completion_tokens": 2 } })),
        "data: [DONE]\n\n".to_owned(),
    ];
    let (reply, heard) = streamed(Behaviour::Says("200 OK", "content-type: text/event-stream\r\n", pieces)).await;
    let reply = reply.unwrap();
    assert_eq!((reply.text.as_str(), heard.as_str()), ("八元", "八元"));
    assert_eq!(reply.usage, Usage { prompt_tokens: 9, completion_tokens: 2 });
}

#[tokio::test]
async fn a_slow_server_ends_with_the_budget() {
    assert_eq!(code(asked(Behaviour::Silent, &request()).await), "timed_out");
    let (reply, heard) = streamed(Behaviour::Drips(Duration::from_millis(50))).await;
    assert_eq!(code(reply), "timed_out");
    assert!(heard.contains('嗯'), "it did speak");
}

#[tokio::test]
async fn a_stream_cut_in_the_middle_is_no_reply() {
    let half = event(json!({ "choices": [{ "delta": { "content": "运费" } }] }));
    for pieces in [vec![half.clone()], vec![half, "data: {\"choices\": [{\"del".to_owned()]] {
        let (reply, heard) = streamed(Behaviour::Says("200 OK", "", pieces)).await;
        assert_eq!((code(reply), heard.as_str()), ("cut_off", "运费"));
    }
    let promised = Behaviour::Says("200 OK", "content-length: 5000\r\n", vec![says("八元", "stop")]);
    assert_eq!(code(asked(promised, &request()).await), "cut_off");
    let whole = says("八元", "stop");
    assert_eq!(code(asked(ok(&whole[..whole.len() / 2]), &request()).await), "cut_off");
}

#[tokio::test]
async fn what_is_not_the_protocol_is_malformed() {
    for body in ["<html>busy</html>", "[1, 2]", "{\"choices\": 7}", &says("  ", "stop")] {
        assert_eq!(code(asked(ok(body), &request()).await), "malformed", "{body}");
    }
    let (reply, _) = streamed(Behaviour::Says("200 OK", "", vec!["data: {nonsense}\n\n".into()])).await;
    assert_eq!(code(reply), "malformed");
    let schema = Some(JsonSchema { name: "asks".into(), schema: json!({ "type": "object" }) });
    let wants_json = Request { json_schema: schema, ..request() };
    assert_eq!(code(asked(ok(says("Sure! {\"a\": 1}", "stop")), &wants_json).await), "malformed");
    let reply = asked(ok(says("{\"a\": 1}", "stop")), &wants_json).await.unwrap();
    assert_eq!(reply.json::<Value>().unwrap(), json!({ "a": 1 }));
}

#[tokio::test]
async fn refusals_limits_and_faults_have_their_own_errors() {
    let refusal = json!({ "choices": [{ "message": { "content": null, "refusal": "No." }, "finish_reason": "stop" }] });
    assert_eq!(code(asked(ok(refusal.to_string()), &request()).await), "refused");
    assert_eq!(code(asked(ok(says("", "content_filter")), &request()).await), "refused");
    assert_eq!(code(asked(ok(says("很长", "length")), &request()).await), "reply_too_long");
    let limited = Behaviour::Says("429 Too Many Requests", "retry-after: 7\r\n", vec![]);
    let error = asked(limited, &request()).await.expect_err("limited");
    assert_eq!((error.code(), error.retry_after()), ("rate_limited", Some(Duration::from_secs(7))));
    let too_long = json!({ "error": { "code": "context_length_exceeded" } }).to_string();
    let statuses = [
        ("401 Unauthorized", "", "denied"),
        ("400 Bad Request", too_long.as_str(), "request_too_long"),
        ("400 Bad Request", "what", "bad_status"),
        ("503 Service Unavailable", "", "bad_status"),
        ("302 Found", "", "bad_status"),
    ];
    for (status, body, expected) in statuses {
        let behaviour = Behaviour::Says(status, "location: http://127.0.0.1:1/\r\n", vec![body.into()]);
        assert_eq!(code(asked(behaviour, &request()).await), expected, "{status}");
    }
}

#[tokio::test]
async fn a_huge_answer_is_dropped_before_it_fills_the_memory() {
    let piece = event(json!({ "choices": [{ "delta": { "content": "长".repeat(10_000) } }] }));
    let (reply, _) = streamed(Behaviour::Says("200 OK", "", vec![piece.clone(); 200])).await;
    assert_eq!(code(reply), "reply_too_long");
    assert_eq!(code(asked(ok(piece.repeat(200)), &request()).await), "reply_too_long");
}

#[tokio::test]
async fn tools_that_were_offered_can_be_called() {
    let tool = Tool { name: "order".into(), description: "Reads an order".into(), parameters: json!({}) };
    let with_tool = Request { tools: vec![tool], ..request() };
    let calls = |name: &str, arguments: &str| {
        let call = json!({ "id": "c1", "type": "function", "function": { "name": name, "arguments": arguments } });
        json!({ "choices": [{ "message": { "tool_calls": [call] }, "finish_reason": "tool_calls" }] }).to_string()
    };
    let reply = asked(ok(calls("order", "{\"number\": \"M1\"}")), &with_tool).await.unwrap();
    let expected = ToolCall { id: "c1".into(), name: "order".into(), arguments: json!({ "number": "M1" }) };
    assert_eq!(reply.calls, [expected]);
    assert_eq!(code(asked(ok(calls("refund", "{}")), &with_tool).await), "malformed", "never offered");
    assert_eq!(code(asked(ok(calls("order", "{\"number\":")), &with_tool).await), "malformed");
}

#[tokio::test]
async fn a_request_beyond_the_budget_is_never_sent() {
    let server = Server::start(ok(says("好", "stop"))).await;
    let long = Request::new(vec![Message::new(Role::User, "长".repeat(2_000))], 100);
    assert_eq!(code(server.model(3).complete(&long, BUDGET, 0).await), "request_too_long");
    assert!(server.seen().is_empty());
    assert_eq!(code(ChatModel::None.complete(&request(), BUDGET, 0).await), "not_set_up");
}

#[tokio::test]
async fn a_server_that_keeps_failing_is_left_alone_and_then_tried_once() {
    let server = Server::start(Behaviour::Says("500 Internal Server Error", "", vec![])).await;
    let model = server.model(2);
    for _ in 0..2 {
        assert_eq!(code(model.complete(&request(), BUDGET, 1_000).await), "bad_status");
    }
    assert!(matches!(model.breaker_state(2_000), BreakerState::Open { .. }));
    assert_eq!(code(model.complete(&request(), BUDGET, 2_000).await), "resting");
    assert_eq!(server.seen().len(), 2);
    assert_eq!(code(model.complete(&request(), BUDGET, 60_000).await), "bad_status");
    assert_eq!(server.seen().len(), 3);
    assert_eq!(code(model.complete(&request(), BUDGET, 61_000).await), "resting");
}
