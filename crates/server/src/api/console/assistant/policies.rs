//! What may be done to orders, rule by rule, and "what would happen if".

use axum::{Json, extract::State};
use domain::{action::Action, id::ConversationId, staff::Permission};
use engine::actions::{self, Doer, For, Wish};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::{Asked, JsonBody, parse_id},
    app::App,
    problem::{Code, Fault, Problem, Result},
    wire::{
        policies::{ActorKind, PolicyView, WhatIfView},
        problems::{ReadProblems, WriteProblems},
    },
};

/// The policy of a shop.
#[utoipa::path(
    get, path = "/api/console/policy", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "The policy", body = PolicyView), ReadProblems)
)]
pub async fn read_policy(State(app): State<App>, me: SignedIn, Asked(of): Asked<InShop>) -> Result<Json<PolicyView>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    Ok(Json(PolicyView::of(&app.desk.policies.of(shop.id))))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfQuestion {
    /// The conversation whose shopper is meant.
    pub conversation: String,
    /// The action, as `{"action": "cancel_order", "order": …, "reason": …}`.
    #[schema(value_type = Object)]
    pub action: serde_json::Value,
    /// By whose hand.
    pub actor: ActorKind,
}

/// What would happen, and which rule decides; nothing is done.
#[utoipa::path(
    post, path = "/api/console/policy/what-if", tag = "assistant", request_body = WhatIfQuestion,
    security(("console" = [])),
    responses((status = 200, description = "What would happen", body = WhatIfView), WriteProblems)
)]
pub async fn what_if(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(question): JsonBody<WhatIfQuestion>,
) -> Result<Json<WhatIfView>> {
    let id: ConversationId = parse_id(&question.conversation, "conversation")?;
    let stored = app.desk.store.conversation(id).await?.ok_or_else(Problem::not_found)?;
    me.may_in(stored.conversation.shop, Permission::ReadConversations)?;
    let action: Action = serde_json::from_value(question.action).map_err(|_| {
        let mut problem = Problem::new(Code::Invalid);
        problem.faults.push(Fault { field: "action".into(), code: "malformed" });
        problem
    })?;
    let wish = Wish { doer: Doer::Agent(Box::new(me.staff.clone())), whom: For::Conversation(id), action };
    let preview = actions::what_if(&app.desk, &wish, question.actor.into()).await?;
    Ok(Json(WhatIfView::of(&preview)))
}
