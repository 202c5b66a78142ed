//! The shopper's socket: follows conversations from a position in their log, and takes messages.

use std::{collections::HashMap, time::Duration};

use axum::{
    extract::{State, WebSocketUpgrade},
    http::HeaderMap,
    response::Response,
};
use domain::{
    conversation::Seq,
    id::{ConversationId, ShopperId},
    language::Language,
};
use engine::{
    bus::{Hint, TypingBy},
    conversations,
};
use serde::{Deserialize, Serialize};
use store::Side;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, MissedTickBehavior, interval, interval_at},
};

use super::{
    Heard, Line, Place,
    line::{Closed, Told},
};
use crate::{
    api::{
        extract::Asked,
        view::{shopper_conversation, shopper_events},
        widget::{
            Visitor,
            messages::{NewMessage, say_as},
            visit::MayFollow,
        },
    },
    app::App,
    client_address::ClientAddress,
    observe::request::wished_language,
    problem::{Problem, Result},
    wire::{
        basics::Page,
        conversations::ShopperConversation,
        events::{Message, ShopperEvent},
    },
};

/// A shopper looks at one conversation; a few more for quick switches in several tabs of one socket.
const MAX_FOLLOWED: usize = 4;
/// Typing is shown at most this often; more says nothing more.
const TYPING_EVERY: Duration = Duration::from_secs(2);
/// A place in the queue is looked up at most this often: a queue of n must not cost n reads for each of its changes.
const PLACE_EVERY: Duration = Duration::from_secs(1);

#[derive(Debug, Deserialize)]
pub struct Token {
    token: String,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Asking {
    Follow {
        conversation: ConversationId,
        #[serde(default)]
        after: Seq,
        /// Where the shopper is.
        #[serde(default)]
        page: Option<Page>,
    },
    Say {
        conversation: ConversationId,
        #[serde(flatten)]
        message: Said,
    },
    Typing {
        conversation: ConversationId,
    },
    Read {
        conversation: ConversationId,
        seq: Seq,
    },
    Ping,
}

#[derive(Debug, Deserialize)]
struct Said {
    client_id: String,
    text: String,
    #[serde(default)]
    attachments: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Telling<'a> {
    Events { conversation: ConversationId, events: &'a [ShopperEvent], seq: Seq },
    Accepted { client_id: &'a str, seq: Seq, message: &'a Message, duplicate: bool },
    Refused { client_id: Option<&'a str>, code: &'a str, detail: String },
    State { conversation: &'a ShopperConversation },
    Typing { conversation: ConversationId, by: &'static str },
    Pong,
}

/// How far a conversation has been sent, and the state last shown.
struct Followed {
    sent: Seq,
    shown: Option<ShopperConversation>,
}

struct Session {
    app: App,
    shopper: ShopperId,
    language: Language,
    line: Line,
    followed: HashMap<ConversationId, Followed>,
    typed_at: Option<Instant>,
    may_follow: MayFollow,
    /// Others of the queue moved since the place was last shown.
    queue_changed: bool,
    _place: Place,
}

pub async fn accept(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    Asked(asked): Asked<Token>,
    upgrade: WebSocketUpgrade,
) -> Result<Response> {
    let visitor = Visitor::of_token(&app, &asked.token)?;
    let place = app.sockets.take(address, "widget")?;
    let (language, may_follow) = (wished_language(&headers), MayFollow::from(&headers));
    let upgrade = Line::limited(upgrade, &app.config.sockets);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let line = Line::new(socket, &app.config.sockets);
        let session = Session {
            shopper: visitor.shopper,
            language,
            line,
            followed: HashMap::new(),
            typed_at: None,
            may_follow,
            queue_changed: false,
            _place: place,
            app,
        };
        session.run().await;
    }))
}

impl Session {
    async fn run(mut self) {
        let settings = self.app.config.sockets.clone();
        let mut hints = self.app.desk.bus.subscribe();
        let mut stop = self.app.stop.clone();
        let mut beats = interval(Duration::from_millis(settings.ping_ms));
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Not all sockets of a restarted desk at the same moment.
        let spread = Duration::from_millis(rand::random_range(0..settings.resync_ms.max(1)));
        let mut resyncs = interval_at(Instant::now() + spread, Duration::from_millis(settings.resync_ms));
        resyncs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut places = interval(PLACE_EVERY);
        places.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let told = tokio::select! {
                heard = self.line.hear() => match heard {
                    Heard::Text(text) => self.heard(&text).await,
                    Heard::Nothing => Ok(()),
                    Heard::Gone => Err(Closed),
                },
                hint = hints.recv() => self.hinted(hint, &mut hints).await,
                _ = beats.tick() => self.line.beat().await,
                _ = resyncs.tick() => self.catch_up_all().await,
                _ = places.tick(), if self.queue_changed => {
                    self.queue_changed = false;
                    self.catch_up_all().await
                }
                _ = stop.changed() => {
                    self.line.bye("restart").await;
                    Err(Closed)
                }
            };
            if told.is_err() {
                return;
            }
        }
    }

    async fn heard(&mut self, text: &str) -> Told {
        let Ok(asking) = serde_json::from_str::<Asking>(text) else {
            return self.line.not_understood(self.language).await;
        };
        self.line.understood();
        match asking {
            Asking::Ping => self.line.tell(&Telling::Pong).await,
            Asking::Follow { conversation, after, page } => {
                self.follow(conversation, after).await?;
                self.visit(conversation, page).await
            }
            Asking::Say { conversation, message } => self.say(conversation, message).await,
            Asking::Typing { conversation } => self.typing(conversation).await,
            Asking::Read { conversation, seq } => self.read(conversation, seq).await,
        }
    }

    async fn refuse(&mut self, client_id: Option<&str>, problem: &Problem) -> Told {
        problem.log();
        let body = problem.body(self.language, None);
        self.line.tell(&Telling::Refused { client_id, code: &body.code, detail: body.detail }).await
    }

    async fn follow(&mut self, conversation: ConversationId, after: Seq) -> Told {
        if let Err(error) = conversations::of_shopper(&self.app.desk, conversation, self.shopper).await {
            return self.refuse(None, &error.into()).await;
        }
        if self.followed.len() >= MAX_FOLLOWED && !self.followed.contains_key(&conversation) {
            return self.refuse(None, &Problem::field("conversation", "too_many")).await;
        }
        self.followed.insert(conversation, Followed { sent: after.max(0), shown: None });
        self.catch_up(conversation).await
    }

    /// Only of what is followed, so that ownership has been checked. A page that makes no sense is nobody's loss.
    async fn visit(&mut self, conversation: ConversationId, page: Option<Page>) -> Told {
        if self.followed.contains_key(&conversation)
            && let Err(problem) = self.may_follow.note(&self.app, conversation, self.shopper, page).await
        {
            problem.log();
        }
        Ok(())
    }

    async fn say(&mut self, conversation: ConversationId, said: Said) -> Told {
        let Said { client_id, text, attachments } = said;
        let message = NewMessage { client_id: client_id.clone(), text, attachments };
        match say_as(&self.app, self.shopper, conversation, message).await {
            Ok(sent) => {
                let accepted = Telling::Accepted {
                    client_id: &client_id,
                    seq: sent.seq,
                    message: &sent.message,
                    duplicate: sent.duplicate,
                };
                self.line.tell(&accepted).await
            }
            Err(problem) => self.refuse(Some(&client_id), &problem).await,
        }
    }

    async fn typing(&mut self, conversation: ConversationId) -> Told {
        let is_fresh = self.typed_at.is_some_and(|at| at.elapsed() < TYPING_EVERY);
        let Some(shop) = self.followed.get(&conversation).and_then(|it| it.shown.as_ref()).map(|it| it.shop) else {
            return Ok(());
        };
        if !is_fresh {
            self.typed_at = Some(Instant::now());
            self.app.desk.bus.send(Hint::Typing { conversation, shop, by: TypingBy::Shopper });
        }
        Ok(())
    }

    async fn read(&mut self, conversation: ConversationId, seq: Seq) -> Told {
        // Only what this socket follows, so that ownership has been checked.
        if !self.followed.contains_key(&conversation) {
            return self.refuse(None, &Problem::not_found()).await;
        }
        match conversations::mark_read(&self.app.desk, conversation, Side::Shopper, seq).await {
            Ok(()) => Ok(()),
            Err(error) => self.refuse(None, &error.into()).await,
        }
    }

    async fn hinted(&mut self, hint: std::result::Result<Hint, RecvError>, hints: &mut Receiver<Hint>) -> Told {
        match hint {
            Ok(Hint::Conversation { id, .. }) if self.followed.contains_key(&id) => self.catch_up(id).await,
            Ok(Hint::Typing { conversation, by, .. }) if self.followed.contains_key(&conversation) => {
                let by = match by {
                    TypingBy::Bot => "bot",
                    TypingBy::Agent { .. } => "agent",
                    TypingBy::Shopper => return Ok(()),
                };
                self.line.tell(&Telling::Typing { conversation, by }).await
            }
            // Others joined or left the queue: one's place may have changed.
            Ok(Hint::Inbox { shop }) => {
                let waits = |it: &Followed| it.shown.as_ref().is_some_and(|it| it.shop == shop && it.queue.is_some());
                self.queue_changed |= self.followed.values().any(waits);
                Ok(())
            }
            Ok(_) => Ok(()),
            // Too slow for the bus: whatever was missed is in the log.
            Err(RecvError::Lagged(_)) => {
                *hints = hints.resubscribe();
                self.catch_up_all().await
            }
            Err(RecvError::Closed) => Err(Closed),
        }
    }

    async fn catch_up_all(&mut self) -> Told {
        let ids: Vec<ConversationId> = self.followed.keys().copied().collect();
        for id in ids {
            self.catch_up(id).await?;
        }
        Ok(())
    }

    /// Sends what the log has after the last sent position, and the state if it looks different now.
    async fn catch_up(&mut self, id: ConversationId) -> Told {
        loop {
            let Some(followed) = self.followed.get_mut(&id) else { return Ok(()) };
            let page = match shopper_events(&self.app, id, followed.sent, None).await {
                Ok(page) => page,
                Err(problem) => return self.refuse(None, &problem).await,
            };
            let is_first = followed.shown.is_none();
            if page.seq > followed.sent || (is_first && page.events.is_empty()) {
                followed.sent = followed.sent.max(page.seq);
                self.line.tell(&Telling::Events { conversation: id, events: &page.events, seq: page.seq }).await?;
            }
            if !page.more {
                break;
            }
        }
        self.show_state(id).await
    }

    async fn show_state(&mut self, id: ConversationId) -> Told {
        let stored = match conversations::of_shopper(&self.app.desk, id, self.shopper).await {
            Ok(stored) => stored,
            // It became somebody else's, such as the customer's after signing in.
            Err(error) => {
                self.followed.remove(&id);
                return self.refuse(None, &error.into()).await;
            }
        };
        let state = match shopper_conversation(&self.app, &stored).await {
            Ok(state) => state,
            Err(problem) => return self.refuse(None, &problem).await,
        };
        let Some(followed) = self.followed.get_mut(&id) else { return Ok(()) };
        let looks_new = followed.shown.as_ref().is_none_or(|shown| !is_same_view(shown, &state));
        followed.shown = Some(state);
        match &followed.shown {
            Some(state) if looks_new => self.line.tell(&Telling::State { conversation: state }).await,
            _ => Ok(()),
        }
    }
}

/// The seq alone is no news: it came with the events. An estimate that only ran down isn't either.
fn is_same_view(shown: &ShopperConversation, now: &ShopperConversation) -> bool {
    let without = |state: &ShopperConversation| {
        let mut state = state.clone();
        state.seq = 0;
        if let Some(place) = &mut state.queue {
            place.estimate_ms = place.estimate_ms.map(|_| 0);
        }
        state
    };
    without(shown) == without(now)
}
