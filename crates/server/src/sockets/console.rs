//! The team's socket: pointers to what changed in one's shops. It never carries what was said.

use std::{collections::HashSet, time::Duration};

use axum::{
    extract::{State, WebSocketUpgrade},
    http::HeaderMap,
    response::Response,
};
use domain::{
    conversation::Seq,
    handoff::HandoffReason,
    id::{ConversationId, ShopId, StaffId},
    staff::Permission,
};
use engine::{
    bus::{Doing, Hint, TypingBy},
    conversations, staff,
};
use serde::{Deserialize, Serialize};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{MissedTickBehavior, interval},
};

use super::{
    Heard, Line, Place,
    line::{Closed, Told},
};
use crate::{
    api::console::{SignedIn, is_own_origin},
    app::App,
    client_address::ClientAddress,
    problem::{Code, Problem, Result},
};

/// Conversations one looks at: open tabs, at most.
const MAX_WATCHED: usize = 50;
/// Lists change with every message; a console asks for them at most this often.
const INBOX_EVERY: Duration = Duration::from_millis(500);

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Asking {
    Ping,
    Watch {
        conversations: Vec<ConversationId>,
    },
    /// What one does in a conversation, for colleagues who look at it too.
    Look {
        conversation: ConversationId,
        doing: Deed,
    },
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    Came,
    Reads,
    Writes,
    Left,
}

impl From<Deed> for Doing {
    fn from(deed: Deed) -> Self {
        match deed {
            Deed::Came => Self::Came,
            Deed::Reads => Self::Reads,
            Deed::Writes => Self::Writes,
            Deed::Left => Self::Left,
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Telling<'a> {
    Inbox,
    Conversation {
        id: ConversationId,
        seq: Seq,
    },
    Typing {
        conversation: ConversationId,
        by: &'static str,
        name: Option<&'a str>,
    },
    Presence,
    Alert {
        conversation: ConversationId,
        reason: &'static str,
    },
    /// The desk gave a conversation to whoever listens.
    Assigned {
        conversation: ConversationId,
    },
    /// A deadline of one's own conversation, or of anybody's for supervisors, has passed a mark.
    Deadline {
        conversation: ConversationId,
        percent: u8,
    },
    Notice,
    Looking {
        conversation: ConversationId,
        staff: StaffId,
        name: &'a str,
        doing: &'static str,
    },
    Pong,
}

struct Session {
    app: App,
    me: SignedIn,
    /// Shops whose conversations one may read.
    shops: HashSet<ShopId>,
    line: Line,
    /// Empty: everything of one's shops.
    watched: HashSet<ConversationId>,
    inbox_changed: bool,
    _place: Place,
}

pub async fn accept(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response> {
    // Cookies go with a socket from any page; only our own may open one.
    if !is_own_origin(&app.config.public_url, &headers) {
        return Err(Problem::new(Code::Csrf));
    }
    let me = SignedIn::of_cookie(&app, &headers).await?;
    let place = app.sockets.take(address, "console")?;
    let upgrade = Line::limited(upgrade, &app.config.sockets);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let session = Session {
            shops: staff::shops_with(&me.staff, Permission::ReadConversations).into_iter().collect(),
            line: Line::new(socket, &app.config.sockets),
            me,
            watched: HashSet::new(),
            inbox_changed: false,
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
        let mut inbox = interval(INBOX_EVERY);
        let mut resyncs = interval(Duration::from_millis(settings.resync_ms));
        for ticks in [&mut beats, &mut inbox, &mut resyncs] {
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        }
        loop {
            let told = tokio::select! {
                heard = self.line.hear() => match heard {
                    Heard::Text(text) => self.heard(&text).await,
                    Heard::Nothing => Ok(()),
                    Heard::Gone => Err(Closed),
                },
                hint = hints.recv() => match hint {
                    Ok(hint) => self.hinted(hint).await,
                    // Too slow for the bus: say that anything may have changed.
                    Err(RecvError::Lagged(_)) => {
                        self.inbox_changed = true;
                        self.line.tell(&Telling::Presence).await
                    }
                    Err(RecvError::Closed) => Err(Closed),
                },
                _ = inbox.tick(), if self.inbox_changed => {
                    self.inbox_changed = false;
                    self.line.tell(&Telling::Inbox).await
                }
                _ = beats.tick() => self.line.beat().await,
                _ = resyncs.tick() => self.still_welcome().await,
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

    /// Signed out, disabled or with other grants since: the socket must not outlive that.
    async fn still_welcome(&mut self) -> Told {
        match staff::who(&self.app.desk, &self.me.token).await {
            Ok(Some((staff, _))) => {
                self.shops = staff::shops_with(&staff, Permission::ReadConversations).into_iter().collect();
                self.me.staff = staff;
                // Heals a lost hint.
                self.line.tell(&Telling::Inbox).await
            }
            Ok(None) => {
                self.line.bye("signed_out").await;
                Err(Closed)
            }
            // The database will be back.
            Err(_) => Ok(()),
        }
    }

    async fn heard(&mut self, text: &str) -> Told {
        let Ok(asking) = serde_json::from_str::<Asking>(text) else {
            return self.line.not_understood(self.me.staff.language).await;
        };
        self.line.understood();
        match asking {
            Asking::Ping => self.line.tell(&Telling::Pong).await,
            Asking::Watch { conversations } => {
                self.watched = conversations.into_iter().take(MAX_WATCHED).collect();
                Ok(())
            }
            Asking::Look { conversation, doing } => {
                // What one may not read one can't be seen to read either.
                if let Ok(stored) = conversations::of_staff(&self.app.desk, conversation, &self.me.staff).await {
                    let (staff, name) = (self.me.staff.id, self.me.staff.name.clone());
                    let shop = stored.conversation.shop;
                    self.app.desk.bus.send(Hint::Looking { conversation, shop, staff, name, doing: doing.into() });
                }
                Ok(())
            }
        }
    }

    async fn hinted(&mut self, hint: Hint) -> Told {
        match hint {
            Hint::Inbox { shop } => {
                self.inbox_changed |= self.shops.contains(&shop);
                Ok(())
            }
            Hint::Conversation { id, shop, seq } if self.is_seen(shop, id) => {
                self.line.tell(&Telling::Conversation { id, seq }).await
            }
            Hint::Typing { conversation, shop, by } if self.is_seen(shop, conversation) => {
                let (by, name) = match &by {
                    TypingBy::Shopper => ("shopper", None),
                    TypingBy::Bot => ("bot", None),
                    TypingBy::Agent { name } => ("agent", Some(name.as_str())),
                };
                self.line.tell(&Telling::Typing { conversation, by, name }).await
            }
            Hint::Alert { conversation, shop, reason } if self.shops.contains(&shop) => {
                let reason: HandoffReason = reason;
                self.line.tell(&Telling::Alert { conversation, reason: reason.as_str() }).await
            }
            Hint::Assigned { conversation, agent, .. } if agent == self.me.staff.id => {
                self.line.tell(&Telling::Assigned { conversation }).await
            }
            Hint::Deadline { conversation, shop, agent, percent } if self.is_told_of(shop, agent, percent) => {
                self.line.tell(&Telling::Deadline { conversation, percent }).await
            }
            Hint::Notice { staff } if staff == self.me.staff.id => self.line.tell(&Telling::Notice).await,
            Hint::Looking { conversation, shop, staff, name, doing }
                if staff != self.me.staff.id && self.is_seen(shop, conversation) =>
            {
                let doing = doing.as_str();
                self.line.tell(&Telling::Looking { conversation, staff, name: &name, doing }).await
            }
            Hint::Presence { .. } => self.line.tell(&Telling::Presence).await,
            Hint::Conversation { .. }
            | Hint::Typing { .. }
            | Hint::Alert { .. }
            | Hint::Assigned { .. }
            | Hint::Deadline { .. }
            | Hint::Notice { .. }
            | Hint::Looking { .. }
            | Hint::Articles => Ok(()),
        }
    }

    /// Agents hear of what they hold; supervisors of what is missed, whoever holds it.
    fn is_told_of(&self, shop: ShopId, agent: Option<StaffId>, percent: u8) -> bool {
        let supervises = percent >= 100 && staff::can(&self.me.staff, Some(shop), Permission::Supervise);
        self.shops.contains(&shop) && (agent == Some(self.me.staff.id) || supervises)
    }

    fn is_seen(&self, shop: ShopId, conversation: ConversationId) -> bool {
        self.shops.contains(&shop) && (self.watched.is_empty() || self.watched.contains(&conversation))
    }
}
