//! One connection: JSON text frames in and out, with limits on size, silence and slowness.

use std::time::Duration;

use axum::{
    body::Bytes,
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code},
};
use serde::Serialize;
use tokio::time::{Instant, timeout};

use crate::{config, observe::metrics::SOCKET_CLOSED, problem::Code};

/// What came from the client.
pub enum Heard {
    Text(String),
    /// Pings, pongs: handled already.
    Nothing,
    Gone,
}

pub struct Line {
    socket: WebSocket,
    send_timeout: Duration,
    silence: Duration,
    heard_at: Instant,
    malformed: u32,
    max_malformed: u32,
    /// Frames of the present window, and when it began.
    frames: u32,
    window_at: Instant,
    max_frames: u32,
}

/// Frames are counted over this long.
const WINDOW: Duration = Duration::from_secs(10);

/// The connection is over; why is on the metrics.
#[derive(Debug)]
pub struct Closed;

pub type Told = Result<(), Closed>;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Frame<'a> {
    Error { code: &'a str, detail: &'a str },
    Bye { reason: &'a str },
}

impl Line {
    /// With explicit buffers: the library's defaults are made for few and busy connections.
    pub fn limited(upgrade: WebSocketUpgrade, settings: &config::Sockets) -> WebSocketUpgrade {
        upgrade
            .max_frame_size(settings.frame_bytes)
            .max_message_size(settings.frame_bytes)
            .read_buffer_size(settings.read_buffer_bytes)
            .write_buffer_size(settings.write_buffer_bytes)
            // A frame of ours may be larger than a client's: a page of events.
            .max_write_buffer_size(usize::MAX)
    }

    pub fn new(socket: WebSocket, settings: &config::Sockets) -> Self {
        Self {
            socket,
            send_timeout: Duration::from_millis(settings.send_timeout_ms),
            silence: Duration::from_millis(settings.ping_ms),
            heard_at: Instant::now(),
            malformed: 0,
            max_malformed: settings.malformed_frames,
            frames: 0,
            window_at: Instant::now(),
            max_frames: settings.frames_per_10s,
        }
    }

    /// A client that doesn't take it in time is closed; it resumes by seq.
    async fn send(&mut self, message: Message) -> Told {
        match timeout(self.send_timeout, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Closed),
            Err(_) => {
                metrics::counter!(SOCKET_CLOSED, "reason" => "slow").increment(1);
                Err(Closed)
            }
        }
    }

    pub async fn tell(&mut self, frame: &impl Serialize) -> Told {
        match serde_json::to_string(frame) {
            Ok(text) => self.send(Message::Text(text.into())).await,
            Err(error) => {
                tracing::error!(%error, "a frame can't be written");
                Err(Closed)
            }
        }
    }

    /// A frame that isn't understood is answered; only a stubborn client is closed.
    pub async fn not_understood(&mut self, language: domain::language::Language) -> Told {
        self.malformed += 1;
        let frame = Frame::Error { code: Code::Malformed.as_str(), detail: Code::Malformed.text(language) };
        self.tell(&frame).await?;
        if self.malformed >= self.max_malformed {
            metrics::counter!(SOCKET_CLOSED, "reason" => "malformed").increment(1);
            self.close(close_code::POLICY, "malformed").await;
            return Err(Closed);
        }
        Ok(())
    }

    pub fn understood(&mut self) {
        self.malformed = 0;
    }

    /// The process ends; the client comes back elsewhere.
    pub async fn bye(&mut self, reason: &str) {
        if self.tell(&Frame::Bye { reason }).await.is_ok() {
            self.close(close_code::AWAY, reason).await;
        }
    }

    async fn close(&mut self, code: u16, reason: &str) {
        let frame = CloseFrame { code, reason: reason.to_owned().into() };
        let _ = self.send(Message::Close(Some(frame))).await;
    }

    /// Cancel-safe: nothing is lost when another branch of a select wins.
    pub async fn hear(&mut self) -> Heard {
        let Some(message) = self.socket.recv().await else { return Heard::Gone };
        self.heard_at = Instant::now();
        if self.is_flooding() {
            metrics::counter!(SOCKET_CLOSED, "reason" => "flood").increment(1);
            self.close(close_code::POLICY, "too many frames").await;
            return Heard::Gone;
        }
        match message {
            Ok(Message::Text(text)) => Heard::Text(text.to_string()),
            // Binary frames are no part of the protocol: not understood, like any other nonsense.
            Ok(Message::Binary(_)) => Heard::Text(String::new()),
            Ok(Message::Ping(_) | Message::Pong(_)) => Heard::Nothing,
            Ok(Message::Close(_)) => Heard::Gone,
            Err(error) => {
                // By its text: axum hides which library it comes from.
                let is_too_large = error.to_string().contains("too long") || error.to_string().contains("too large");
                if is_too_large {
                    metrics::counter!(SOCKET_CLOSED, "reason" => "too_large").increment(1);
                    self.close(close_code::SIZE, "frame too large").await;
                }
                Heard::Gone
            }
        }
    }

    /// Each frame may cost reads of the database, so only so many are taken in a while.
    fn is_flooding(&mut self) -> bool {
        if self.window_at.elapsed() >= WINDOW {
            self.window_at = self.heard_at;
            self.frames = 0;
        }
        self.frames += 1;
        self.frames > self.max_frames
    }

    /// Called at every beat of the silence: a dead peer answers no ping.
    pub async fn beat(&mut self) -> Told {
        let silent = self.heard_at.elapsed();
        if silent > self.silence * 3 {
            metrics::counter!(SOCKET_CLOSED, "reason" => "silent").increment(1);
            return Err(Closed);
        }
        if silent >= self.silence { self.send(Message::Ping(Bytes::new())).await } else { Ok(()) }
    }
}
