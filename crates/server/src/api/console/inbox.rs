//! The team's lists of conversations.

use axum::{Json, extract::State};
use domain::{conversation::normal_tag, staff::Permission};
use serde::Deserialize;
use store::{InboxFilter, InboxView};
use utoipa::{IntoParams, ToSchema};

use super::SignedIn;
use crate::{
    api::extract::{Asked, page_size, parse_id},
    app::App,
    problem::Result,
    wire::{
        conversations::{InboxPage, InboxRow},
        problems::ReadProblems,
    },
};

/// Longer searches find nothing anyway.
const MAX_SEARCH_CHARS: usize = 100;

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Waiting for an agent, whoever has waited longest first.
    Queue,
    /// A human owes an answer; the longest wait first.
    Waiting,
    /// With me, and not asleep.
    Mine,
    /// Mine, and asleep.
    Snoozed,
    /// With the bot.
    Bot,
    #[default]
    Open,
    Resolved,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    #[serde(default)]
    #[param(inline)]
    pub view: View,
    /// Only this shop, `shp_…`.
    pub shop: Option<String>,
    /// In the shopper's name or the last line, or a conversation's id.
    pub text: Option<String>,
    /// Carrying this tag.
    pub tag: Option<String>,
    /// Waiting in this queue, `que_…`.
    pub queue: Option<String>,
    pub cursor: Option<String>,
    /// At most 200.
    pub limit: Option<i64>,
}

/// Conversations of one's shops, with the counts of all lists.
#[utoipa::path(
    get, path = "/api/console/inbox", tag = "conversations", params(Wish), security(("console" = [])),
    responses((status = 200, description = "A page of the list", body = InboxPage), ReadProblems)
)]
pub async fn read_inbox(State(app): State<App>, me: SignedIn, Asked(wish): Asked<Wish>) -> Result<Json<InboxPage>> {
    let shops = me.shops(wish.shop.as_deref(), Permission::ReadConversations)?;
    let text: Option<String> = wish
        .text
        .map(|text| text.trim().chars().take(MAX_SEARCH_CHARS).collect())
        .filter(|text: &String| !text.is_empty());
    let tag = wish.tag.as_deref().and_then(normal_tag);
    let queue = wish.queue.as_deref().map(|id| parse_id(id, "queue")).transpose()?;
    let page = app
        .desk
        .store
        .inbox(&InboxFilter {
            shops: &shops,
            view: match wish.view {
                View::Queue => InboxView::Queue,
                View::Waiting => InboxView::Waiting,
                View::Snoozed => InboxView::Snoozed(Some(me.staff.id)),
                View::Mine => InboxView::Mine(me.staff.id),
                View::Bot => InboxView::Bot,
                View::Open => InboxView::Open,
                View::Resolved => InboxView::Resolved,
            },
            text: text.as_deref(),
            tag: tag.as_deref(),
            queue,
            cursor: wish.cursor.as_deref(),
            limit: page_size(wish.limit),
        })
        .await?;
    let counts = app.desk.store.inbox_counts(&shops, me.staff.id).await?;
    let ids: Vec<_> = page.rows.iter().map(|row| row.conversation.id).collect();
    let deadlines = app.desk.store.running_deadlines(&ids).await?;
    Ok(Json(InboxPage {
        items: page.rows.into_iter().map(|row| InboxRow::with(row, &deadlines)).collect(),
        next: page.next,
        counts: counts.into(),
    }))
}
