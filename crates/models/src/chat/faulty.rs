//! A chat server for tests that does what it is told, and mostly wrong: slow, cut off, nonsense, refusals, limits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request.
#[derive(Clone)]
pub enum Behaviour {
    /// Status line and headers, then these pieces, then the connection ends.
    Says(&'static str, &'static str, Vec<String>),
    /// Takes the request and says nothing.
    Silent,
    /// One event each so often, without end.
    Drips(Duration),
}

/// Listens on the loopback address until the runtime ends.
pub struct FaultyServer {
    /// As it stands in the settings.
    pub address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl FaultyServer {
    pub async fn start(behaviour: Behaviour) -> Self {
        Self::in_turn(vec![behaviour]).await
    }

    /// Each request meets the next behaviour, and the last one again and again.
    ///
    /// # Panics
    /// When there is none, or no port is free.
    pub async fn in_turn(behaviours: Vec<Behaviour>) -> Self {
        assert!(!behaviours.is_empty(), "a server has to do something");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/v1", listener.local_addr().expect("its address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        tokio::spawn(async move {
            let mut count = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let behaviour = behaviours[count.min(behaviours.len() - 1)].clone();
                count += 1;
                tokio::spawn(serve(stream, behaviour, seen.clone()));
            }
        });
        Self { address, requests }
    }

    /// Every request as it came, head and body.
    pub fn seen(&self) -> Vec<String> {
        self.requests.lock().unwrap_or_else(|broken| broken.into_inner()).clone()
    }

    /// The JSON of a request; `null` when there is none.
    pub fn body(&self, number: usize) -> Value {
        let seen = self.seen();
        let body = seen.get(number).and_then(|request| request.split_once("\r\n\r\n"));
        body.and_then(|(_, body)| serde_json::from_str(body).ok()).unwrap_or_default()
    }
}

async fn serve(mut stream: TcpStream, behaviour: Behaviour, seen: Arc<Mutex<Vec<String>>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let Ok(count @ 1..) = stream.read(&mut buffer).await else { return };
        request.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            seen.lock().unwrap_or_else(|broken| broken.into_inner()).push(text);
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

/// One server-sent event.
pub fn event(piece: Value) -> String {
    format!("data: {piece}\n\n")
}

/// A whole body.
pub fn ok(body: impl Into<String>) -> Behaviour {
    Behaviour::Says("200 OK", "content-type: application/json\r\n", vec![body.into()])
}

/// A text in two pieces and its end, as a stream.
pub fn streams(text: &str, finish: &str) -> Behaviour {
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    let (first, second) = text.split_at(half);
    streams_pieces([
        json!({ "choices": [{ "delta": { "role": "assistant", "content": first } }] }),
        json!({ "choices": [{ "delta": { "content": second }, "finish_reason": finish }] }),
    ])
}

/// Calls of tools, each by its name and its arguments as they are written, as a stream.
pub fn calls(calls: &[(&str, &str)]) -> Behaviour {
    let calls: Vec<Value> = calls
        .iter()
        .enumerate()
        .map(|(index, (name, arguments))| {
            json!({ "index": index, "id": format!("c{index}"), "type": "function",
                "function": { "name": name, "arguments": arguments } })
        })
        .collect();
    streams_pieces([json!({ "choices": [{ "delta": { "tool_calls": calls }, "finish_reason": "tool_calls" }] })])
}

fn streams_pieces(pieces: impl IntoIterator<Item = Value>) -> Behaviour {
    let usage = json!({ "choices": [], "usage": { "prompt_tokens": 100, "completion_tokens": 10 } });
    let mut events: Vec<String> = pieces.into_iter().chain([usage]).map(event).collect();
    events.push("data: [DONE]\n\n".to_owned());
    Behaviour::Says("200 OK", "content-type: text/event-stream\r\n", events)
}
