//! A server that does everything wrong, one thing at a time: every reply ends within its budget with its own error.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::faulty::{Behaviour, FaultyServer, event, ok};
use super::*;

fn model(server: &FaultyServer, failures: u32) -> ChatModel {
    // Other tests may have done so already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let key = Some("sk-very-secret".into());
    let settings = ChatSettings { base: server.address.clone(), model: "tiny".into(), key };
    let chat = OpenAiChat::new(settings, reqwest::Client::builder()).unwrap();
    ChatModel::over(chat, BreakerSettings { failures, rest: Duration::from_secs(30) })
}

fn says(text: &str, finish: &str) -> String {
    json!({
        "choices": [{ "message": { "role": "assistant", "content": text }, "finish_reason": finish }],
        "usage": { "prompt_tokens": 11, "completion_tokens": 3, "total_tokens": 14 },
    })
    .to_string()
}

fn request() -> Request {
    Request::new(vec![Message::new(Role::System, "Answer."), Message::new(Role::User, "运费多少？")], 100)
}

const BUDGET: Budget = Budget { time: Duration::from_millis(600), tokens: 1_000 };
/// Above the budget, below anything a person would call waiting.
const AT_MOST: Duration = Duration::from_millis(2_500);

async fn asked(behaviour: Behaviour, request: &Request) -> Result<Reply, ChatError> {
    let server = FaultyServer::start(behaviour).await;
    let model = model(&server, 3);
    let begun = Instant::now();
    let reply = model.complete(request, BUDGET, 0).await;
    assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
    reply
}

async fn streamed(behaviour: Behaviour) -> (Result<Reply, ChatError>, String) {
    let server = FaultyServer::start(behaviour).await;
    let model = model(&server, 3);
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
    let server = FaultyServer::start(ok(says("八元。", "stop"))).await;
    let model = model(&server, 3);
    let reply = model.complete(&request(), BUDGET, 0).await.unwrap();
    assert_eq!(reply.text, "八元。");
    assert_eq!(reply.usage, Usage { prompt_tokens: 11, completion_tokens: 3 });
    let seen = server.seen().concat();
    assert!(seen.contains("Bearer sk-very-secret") && seen.starts_with("POST /v1/chat/completions "), "{seen}");
    assert_eq!(server.body(0)["messages"][1], json!({ "role": "user", "content": "运费多少？" }));
    assert_eq!(server.body(0)["max_tokens"], 100);
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
async fn a_server_that_does_not_stream_is_understood_too() {
    let (reply, _) = streamed(ok(says("八元", "stop"))).await;
    assert_eq!(reply.unwrap().text, "八元");
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
    let parameters =
        json!({ "type": "object", "required": ["number"], "properties": { "number": { "type": "string" } } });
    let tool = Tool { name: "order".into(), description: "Reads an order".into(), parameters };
    let with_tool = Request { tools: vec![tool], ..request() };
    let calls = |name: &str, arguments: &str| {
        let call = json!({ "id": "c1", "type": "function", "function": { "name": name, "arguments": arguments } });
        json!({ "choices": [{ "message": { "tool_calls": [call] }, "finish_reason": "tool_calls" }] }).to_string()
    };
    let reply = asked(ok(calls("order", "{\"number\": \"M1\"}")), &with_tool).await.unwrap();
    let expected =
        ToolCall { id: "c1".into(), name: "order".into(), arguments: json!({ "number": "M1" }), fault: None };
    assert_eq!(reply.calls, [expected]);
    for (name, arguments, fault) in [
        ("refund", "{}", CallFault::Unknown),
        ("order", "{\"number\":", CallFault::NotJson),
        ("order", "{\"number\": 7}", CallFault::Shape),
        ("order", "", CallFault::Shape),
    ] {
        let reply = asked(ok(calls(name, arguments)), &with_tool).await.unwrap();
        assert_eq!(reply.calls[0].fault, Some(fault), "{name} {arguments}");
    }
}

#[tokio::test]
async fn a_schema_holds_for_the_whole_reply() {
    let shape = json!({ "type": "object", "required": ["wishes"], "properties": { "wishes": { "type": "array" } } });
    let wants = Request { json_schema: Some(JsonSchema { name: "wishes".into(), schema: shape }), ..request() };
    assert!(asked(ok(says("{\"wishes\": []}", "stop")), &wants).await.is_ok());
    for wrong in ["{}", "{\"wishes\": 1}", "[]"] {
        assert_eq!(code(asked(ok(says(wrong, "stop")), &wants).await), "malformed", "{wrong}");
    }
}

#[tokio::test]
async fn a_request_beyond_the_budget_is_never_sent() {
    let server = FaultyServer::start(ok(says("好", "stop"))).await;
    let long = Request::new(vec![Message::new(Role::User, "长".repeat(2_000))], 100);
    assert_eq!(code(model(&server, 3).complete(&long, BUDGET, 0).await), "request_too_long");
    assert!(server.seen().is_empty());
    assert_eq!(code(ChatModel::None.complete(&request(), BUDGET, 0).await), "not_set_up");
}

#[tokio::test]
async fn a_server_that_keeps_failing_is_left_alone_and_then_tried_once() {
    let server = FaultyServer::start(Behaviour::Says("500 Internal Server Error", "", vec![])).await;
    let model = model(&server, 2);
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
