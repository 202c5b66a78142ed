//! A shopper as the desk sees one: connects through the public API, talks over the WebSocket, resumes by `seq`.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use futures::{SinkExt, StreamExt};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// A refused or broken step is tried again this often before it counts as failed.
const MAX_TRIES: usize = 8;
const RETRY_PAUSE: Duration = Duration::from_millis(500);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
    pub conversation: String,
    socket: Option<Socket>,
    /// How far the log was read.
    seq: i64,
    /// Who controls the conversation, as last told.
    pub controller: String,
    /// The `seq` of the last message by the bot or an agent.
    pub answered_seq: i64,
}

impl Client {
    /// Connects as a new visitor, and opens a conversation.
    pub async fn open(http: reqwest::Client, base: &str, shop: &str) -> Result<Self> {
        let base = base.trim_end_matches('/').to_owned();
        let connected = send(&http, None, &format!("{base}/api/widget/connect"), &json!({ "shop": shop })).await?;
        let token = text(&connected, "token")?;
        let opened = send(&http, Some(&token), &format!("{base}/api/widget/conversations"), &json!({})).await?;
        let mut client = Self {
            http,
            base,
            token,
            conversation: text(&opened, "id")?,
            socket: None,
            seq: 0,
            controller: text(&opened, "controller")?,
            answered_seq: 0,
        };
        client.follow().await?;
        Ok(client)
    }

    /// Opens the socket and resumes after what was read.
    async fn follow(&mut self) -> Result<()> {
        let address = format!("{}/api/widget/ws?token={}", self.base.replacen("http", "ws", 1), self.token);
        let mut tries = 0;
        let mut socket = loop {
            match connect_async(address.as_str()).await {
                Ok((socket, _)) => break socket,
                Err(error) if tries + 1 >= MAX_TRIES => return Err(error).context("the WebSocket can't be opened"),
                Err(_) => tokio::time::sleep(RETRY_PAUSE * (tries as u32 + 1)).await,
            }
            tries += 1;
        };
        let frame = json!({ "type": "follow", "conversation": self.conversation, "after": self.seq });
        socket.send(Message::text(frame.to_string())).await?;
        self.socket = Some(socket);
        Ok(())
    }

    /// Says something; returns once the desk has it. A lost connection or a limit only delays it.
    pub async fn say(&mut self, client_id: &str, message: &str, patience: Duration) -> Result<i64> {
        let frame = json!({
            "type": "say", "conversation": self.conversation, "client_id": client_id, "text": message,
        });
        for _ in 0..MAX_TRIES {
            let deadline = Instant::now() + patience;
            if self.write(&frame).await.is_err() {
                self.follow().await?;
                continue;
            }
            loop {
                match self.read(deadline).await? {
                    Some(Heard::Accepted { client, seq }) if client == client_id => return Ok(seq),
                    Some(Heard::Refused { code, .. }) if code == "rate_limited" => {
                        tokio::time::sleep(RETRY_PAUSE * 4).await;
                        break;
                    }
                    Some(Heard::Refused { code, detail }) => bail!("refused: {code}: {detail}"),
                    Some(Heard::Closed) => {
                        self.follow().await?;
                        break;
                    }
                    Some(_) => {}
                    None => break,
                }
            }
        }
        bail!("a message was not acknowledged")
    }

    /// Waits until something after `seq` was answered, or a human is in charge. `false`: neither came in time.
    pub async fn await_answer(&mut self, seq: i64, patience: Duration) -> Result<bool> {
        let deadline = Instant::now() + patience;
        while self.answered_seq <= seq && self.controller == "bot" {
            match self.read(deadline).await? {
                Some(Heard::Closed) => self.follow().await?,
                Some(_) => {}
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The whole log as a fresh reader would see it.
    pub async fn log(&self) -> Result<Vec<Value>> {
        let mut events = Vec::new();
        let mut after = 0;
        loop {
            let url =
                format!("{}/api/widget/conversations/{}/events?after={after}&limit=200", self.base, self.conversation);
            let page: Value = self
                .http
                .get(&url)
                .bearer_auth(&self.token)
                .timeout(REQUEST_TIMEOUT)
                .send()
                .await?
                .error_for_status()?
                .json()
                .await?;
            events.extend(page["events"].as_array().cloned().unwrap_or_default());
            after = page["seq"].as_i64().context("`seq` is missing")?;
            if page["more"] != Value::Bool(true) {
                return Ok(events);
            }
        }
    }

    pub async fn controller_now(&self) -> Result<String> {
        let url = format!("{}/api/widget/conversations/{}", self.base, self.conversation);
        let view: Value = self
            .http
            .get(&url)
            .bearer_auth(&self.token)
            .timeout(REQUEST_TIMEOUT)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        text(&view, "controller")
    }

    async fn write(&mut self, frame: &Value) -> Result<()> {
        let socket = self.socket.as_mut().context("no connection")?;
        Ok(socket.send(Message::text(frame.to_string())).await?)
    }

    /// The next frame before `deadline`; `None` when it passes.
    async fn read(&mut self, deadline: Instant) -> Result<Option<Heard>> {
        let Some(socket) = self.socket.as_mut() else { return Ok(Some(Heard::Closed)) };
        let frame = match tokio::time::timeout_at(deadline.into(), socket.next()).await {
            Err(_) => return Ok(None),
            Ok(Some(Ok(Message::Text(frame)))) => frame,
            Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) => {
                self.socket = None;
                return Ok(Some(Heard::Closed));
            }
            Ok(Some(Ok(_))) => return Ok(Some(Heard::Other)),
        };
        let frame: Value = serde_json::from_str(&frame).context("a frame that isn't JSON")?;
        Ok(Some(self.take(&frame)))
    }

    fn take(&mut self, frame: &Value) -> Heard {
        let field = |name: &str| frame[name].as_str().unwrap_or_default().to_owned();
        match frame["type"].as_str().unwrap_or_default() {
            "events" => {
                for event in frame["events"].as_array().into_iter().flatten() {
                    self.take_event(event);
                }
                self.seq = self.seq.max(frame["seq"].as_i64().unwrap_or_default());
                Heard::Other
            }
            "state" => {
                if let Some(controller) = frame["conversation"]["controller"].as_str() {
                    self.controller = controller.to_owned();
                }
                Heard::Other
            }
            "accepted" => {
                Heard::Accepted { client: field("client_id"), seq: frame["seq"].as_i64().unwrap_or_default() }
            }
            "refused" | "error" => Heard::Refused { code: field("code"), detail: field("detail") },
            "bye" => {
                self.socket = None;
                Heard::Closed
            }
            _ => Heard::Other,
        }
    }

    fn take_event(&mut self, event: &Value) {
        let seq = event["seq"].as_i64().unwrap_or_default();
        match (event["kind"].as_str(), event["by"].as_str()) {
            (Some("message"), Some("bot" | "agent")) => self.answered_seq = self.answered_seq.max(seq),
            (Some("controller_changed"), _) => {
                self.controller = event["controller"].as_str().unwrap_or(&self.controller).to_owned();
            }
            _ => {}
        }
    }
}

enum Heard {
    Accepted { client: String, seq: i64 },
    Refused { code: String, detail: String },
    Closed,
    Other,
}

/// Posts JSON; waits as long as the desk asks to when a limit is reached.
async fn send(http: &reqwest::Client, token: Option<&str>, url: &str, body: &Value) -> Result<Value> {
    for attempt in 1..=MAX_TRIES {
        let mut request = http.post(url).json(body).timeout(REQUEST_TIMEOUT);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let pause = match request.send().await {
            Ok(answer) if answer.status().is_success() => return Ok(answer.json().await?),
            Ok(answer) if answer.status() == StatusCode::TOO_MANY_REQUESTS => {
                let wait = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
                Duration::from_secs(wait.unwrap_or(1))
            }
            Ok(answer) if !answer.status().is_server_error() => {
                bail!("{url} answered {}: {}", answer.status(), answer.text().await.unwrap_or_default())
            }
            Ok(_) | Err(_) => RETRY_PAUSE * attempt as u32,
        };
        tokio::time::sleep(pause).await;
    }
    bail!("{url} didn't answer")
}

fn text(value: &Value, field: &str) -> Result<String> {
    Ok(value[field].as_str().with_context(|| format!("`{field}` is missing in the answer"))?.to_owned())
}
