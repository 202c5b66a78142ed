//! The external chat model: how it is set up, how it stands, what it cost, and a trial.

use axum::{Json, extract::State};
use domain::staff::Permission;
use engine::chat;

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::Asked,
    app::App,
    problem::Result,
    wire::{
        chat_model::{ChatModelTrial, ChatModelView},
        problems::{ReadProblems, WriteProblems},
    },
};

/// Operators and admins.
const READERS: &[Permission] = &[Permission::WriteKnowledge, Permission::ManageStaff];

/// Settings without the key, the breaker, and the last thirty days.
#[utoipa::path(
    get, path = "/api/console/chat-model", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "The chat model", body = ChatModelView), ReadProblems)
)]
pub async fn read_chat_model(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<ChatModelView>> {
    let shop = shop(&app, &me, &of.shop, READERS).await?;
    let days = chat::ledger(&app.desk, shop.id).await?;
    Ok(Json(ChatModelView::of(app.desk.chat.connected(), days, app.desk.now().0)))
}

/// Sends one tiny request. Without a model there is nothing to try: 404.
#[utoipa::path(
    post, path = "/api/console/chat-model/test", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "How it went", body = ChatModelTrial), WriteProblems)
)]
pub async fn try_chat_model(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<ChatModelTrial>> {
    let shop = shop(&app, &me, &of.shop, READERS).await?;
    Ok(Json(chat::try_out(&app.desk, &me.staff, shop.id).await?.into()))
}
