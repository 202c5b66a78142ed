//! What the bot can carry out, and trying it: which skill a sentence asks for, and whole conversations on a demo desk.

use axum::{Json, extract::State};
use domain::staff::Permission;
use engine::{
    bot::skill::{
        rehearse::{Stage, Theatre, Verdict, plays},
        would,
    },
    error::DeskError,
};
use serde::Deserialize;
use skills::{Source, test::Play};
use utoipa::ToSchema;

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::{Asked, JsonBody},
    app::App,
    problem::Result,
    wire::{
        problems::{ReadProblems, WriteProblems},
        skills::{PlayReport, ReadingView, SkillView},
    },
};

/// Longer texts are no message of a shopper.
const MAX_TEXT_CHARS: usize = 2_000;
/// A conversation test is a page or two.
const MAX_PLAY_CHARS: usize = 20_000;
/// Conversations played for one request; each takes a moment of a whole desk.
const MAX_PLAYS: usize = 20;

/// The skills of a shop, shipped and own.
#[utoipa::path(
    get, path = "/api/console/skills", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "Skills", body = Vec<SkillView>), ReadProblems)
)]
pub async fn list_skills(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<Vec<SkillView>>> {
    shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    Ok(Json(app.desk.skills.skills().iter().map(|skill| SkillView::of(skill)).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// `shp_…`
    pub shop: String,
    /// What a shopper might say.
    pub text: String,
}

/// What the bot would begin on a sentence, and what it read in it.
#[utoipa::path(
    post, path = "/api/console/skills/read", tag = "assistant", request_body = Sentence, security(("console" = [])),
    responses((status = 200, description = "What was read", body = ReadingView), WriteProblems)
)]
pub async fn read_intents(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(sentence): JsonBody<Sentence>,
) -> Result<Json<ReadingView>> {
    let shop = shop(&app, &me, &sentence.shop, &[Permission::ReadKnowledge]).await?;
    let text: String = sentence.text.chars().take(MAX_TEXT_CHARS).collect();
    let would = would(&app.desk, &shop, &text).await;
    Ok(Json(ReadingView::of(&would, &app.desk.skills.skills())))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversations {
    /// `shp_…`
    pub shop: String,
    /// Conversation tests, as YAML.
    pub yaml: String,
}

/// Plays conversation tests with the shop's skills on a desk of its own, with the demo shop; nothing here is touched.
#[utoipa::path(
    post, path = "/api/console/skills/play", tag = "assistant", request_body = Conversations,
    security(("console" = [])),
    responses((status = 200, description = "What came of it", body = PlayReport), WriteProblems)
)]
pub async fn play_conversations(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(wish): JsonBody<Conversations>,
) -> Result<Json<PlayReport>> {
    shop(&app, &me, &wish.shop, &[Permission::WriteKnowledge]).await?;
    if wish.yaml.chars().count() > MAX_PLAY_CHARS {
        return Err(DeskError::invalid("yaml", "too_long").into());
    }
    let source = Source { file: "conversation.yaml".into(), text: wish.yaml };
    let found = match plays(&[source]) {
        Ok(found) => found,
        Err(faults) => return Ok(Json(PlayReport::faulty(faults))),
    };
    let stage = Stage { articles: Vec::new(), skills: app.desk.skills.folder() };
    // A whole desk is trained and run: that computes for seconds.
    let runtime = tokio::runtime::Handle::current();
    let playing = tokio::task::spawn_blocking(move || runtime.block_on(play_all(stage, found)));
    let verdicts = playing.await.map_err(|_| DeskError::Internal("playing conversations stopped"))??;
    Ok(Json(PlayReport::of(verdicts)))
}

async fn play_all(stage: Stage, found: Vec<(String, Play)>) -> engine::error::Result<Vec<Verdict>> {
    let theatre = Theatre::open(stage).await?;
    let mut verdicts = Vec::new();
    for (file, play) in found.iter().take(MAX_PLAYS) {
        verdicts.push(theatre.play(file, play).await?);
    }
    Ok(verdicts)
}
