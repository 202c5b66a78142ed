//! Quick phrases: one's own, and those of the team.

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{PhraseId, ShopId},
    language::Bilingual,
    phrase,
    staff::Permission,
};
use serde::Deserialize;
use store::Phrase;
use utoipa::{IntoParams, ToSchema};

use super::SignedIn;
use crate::{
    api::extract::{Asked, Id, JsonBody, parse_id},
    app::App,
    problem::{Problem, Result},
    wire::{
        compliance::Warning,
        people::{PhraseText, PhraseView, shops_of},
        problems::{ReadProblems, WriteProblems},
    },
};

const MAX_SHORTCUT_CHARS: usize = 40;
const MAX_GROUP_CHARS: usize = 60;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfShop {
    /// `shp_…`; without it those of all one's shops.
    pub shop: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhraseDraft {
    /// Absent: for every shop.
    #[serde(default)]
    pub shop: Option<String>,
    /// One's own id, or absent for the whole team (which needs a permission).
    #[serde(default)]
    pub owner: Option<String>,
    #[schema(example = "hi")]
    pub shortcut: String,
    /// At least one language. May hold the variables `{{shopper}}`, `{{customer}}` (the same), `{{order}}`, `{{agent}}`
    /// and `{{shop}}`, which the console fills in for the conversation; another is refused as `unknown_variable`.
    pub text: PhraseText,
    #[serde(default)]
    pub group: String,
}

fn shops(me: &SignedIn, wish: Option<&str>) -> Result<Vec<ShopId>> {
    let own = shops_of(&me.staff);
    match wish.filter(|text| !text.is_empty()) {
        Some(text) => {
            own.into_iter().find(|shop| shop.to_string() == text).map(|shop| vec![shop]).ok_or_else(Problem::not_found)
        }
        None => Ok(own),
    }
}

/// Phrases one may use, by shortcut.
#[utoipa::path(
    get, path = "/api/console/phrases", tag = "phrases", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "Phrases", body = Vec<PhraseView>), ReadProblems)
)]
pub async fn list_phrases(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<OfShop>,
) -> Result<Json<Vec<PhraseView>>> {
    let shops = shops(&me, of.shop.as_deref())?;
    let phrases = app.desk.store.phrases(&shops, me.staff.id).await?;
    Ok(Json(phrases.into_iter().map(Into::into).collect()))
}

/// Checks the draft and whether the caller may have such a phrase.
fn phrase_of(app: &App, me: &SignedIn, draft: PhraseDraft, id: PhraseId) -> Result<Phrase> {
    let shop = draft.shop.as_deref().map(|text| parse_id::<ShopId>(text, "shop")).transpose()?;
    if let Some(shop) = shop
        && !shops_of(&me.staff).contains(&shop)
    {
        return Err(Problem::not_found());
    }
    let owner = match draft.owner {
        Some(owner) if owner == me.staff.id.to_string() => Some(me.staff.id),
        Some(_) => return Err(Problem::field("owner", "unknown")),
        None => None,
    };
    may_write(me, shop, owner.is_some())?;
    let text = Bilingual::new(draft.text.zh.unwrap_or_default().trim(), draft.text.en.unwrap_or_default().trim());
    let too_long = |text: &str, chars: usize| text.chars().count() > chars;
    let shortcut = draft.shortcut.trim().to_owned();
    if shortcut.is_empty() {
        return Err(Problem::field("shortcut", "empty"));
    }
    if too_long(&shortcut, MAX_SHORTCUT_CHARS) {
        return Err(Problem::field("shortcut", "too_long"));
    }
    if text.zh.is_empty() && text.en.is_empty() {
        return Err(Problem::field("text", "empty"));
    }
    if [&text.zh, &text.en].into_iter().any(|text| too_long(text, app.config.limits.message_chars)) {
        return Err(Problem::field("text", "too_long"));
    }
    if [&text.zh, &text.en].into_iter().any(|text| phrase::unknown_variable(text).is_some()) {
        return Err(Problem::field("text", "unknown_variable"));
    }
    if too_long(&draft.group, MAX_GROUP_CHARS) {
        return Err(Problem::field("group", "too_long"));
    }
    let group = draft.group.trim().to_owned();
    Ok(Phrase { id, shop, owner, shortcut, text, group, used: 0, created_at: app.desk.now() })
}

/// One's own phrases are one's own business; the team's need the permission in the shop they are for.
fn may_write(me: &SignedIn, shop: Option<ShopId>, is_own: bool) -> Result<()> {
    match (is_own, shop) {
        (true, _) => Ok(()),
        (false, Some(shop)) => me.may_in(shop, Permission::WriteTeamPhrases),
        (false, None) => me.may(Permission::WriteTeamPhrases),
    }
}

/// A phrase the caller may change; others' own phrases don't exist for them.
async fn changeable(app: &App, me: &SignedIn, id: PhraseId) -> Result<Phrase> {
    let phrase = visible(app, me, id).await?;
    may_write(me, phrase.shop, phrase.owner.is_some())?;
    Ok(phrase)
}

async fn visible(app: &App, me: &SignedIn, id: PhraseId) -> Result<Phrase> {
    let phrase = app.desk.store.phrase(id).await?.ok_or_else(Problem::not_found)?;
    let is_theirs = phrase.owner.is_none_or(|owner| owner == me.staff.id)
        && phrase.shop.is_none_or(|shop| shops_of(&me.staff).contains(&shop));
    if is_theirs { Ok(phrase) } else { Err(Problem::not_found()) }
}

/// What had better not be said in a shop the phrase is for; what is never sent isn't saved.
async fn warnings(app: &App, me: &SignedIn, phrase: &Phrase) -> Result<Vec<Warning>> {
    let shops = phrase.shop.map_or_else(|| shops_of(&me.staff), |shop| vec![shop]);
    let texts = [phrase.text.zh.as_str(), phrase.text.en.as_str()];
    let found = engine::compliance::check_saved(&app.desk, &shops, &texts).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

fn shortcut_taken(error: store::StoreError) -> Problem {
    match error {
        store::StoreError::Conflict => Problem::field("shortcut", "taken"),
        other => other.into(),
    }
}

/// Adds a phrase.
#[utoipa::path(
    post, path = "/api/console/phrases", tag = "phrases", request_body = PhraseDraft, security(("console" = [])),
    responses((status = 201, description = "Added", body = PhraseView), WriteProblems)
)]
pub async fn create_phrase(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(draft): JsonBody<PhraseDraft>,
) -> Result<(StatusCode, Json<PhraseView>)> {
    let phrase = phrase_of(&app, &me, draft, PhraseId::from_bits(app.desk.ids.bits()))?;
    let warnings = warnings(&app, &me, &phrase).await?;
    app.desk.store.create_phrase(&phrase).await.map_err(shortcut_taken)?;
    Ok((StatusCode::CREATED, Json(PhraseView { warnings, ..phrase.into() })))
}

/// Changes a phrase.
#[utoipa::path(
    put, path = "/api/console/phrases/{id}", tag = "phrases",
    params(("id" = String, Path, description = "`phr_…`")), request_body = PhraseDraft, security(("console" = [])),
    responses((status = 200, description = "Changed", body = PhraseView), WriteProblems)
)]
pub async fn update_phrase(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<PhraseId>,
    JsonBody(draft): JsonBody<PhraseDraft>,
) -> Result<Json<PhraseView>> {
    let known = changeable(&app, &me, id).await?;
    let phrase = Phrase { used: known.used, created_at: known.created_at, ..phrase_of(&app, &me, draft, id)? };
    let warnings = warnings(&app, &me, &phrase).await?;
    app.desk.store.update_phrase(&phrase).await.map_err(shortcut_taken)?;
    Ok(Json(PhraseView { warnings, ..phrase.into() }))
}

/// Removes a phrase.
#[utoipa::path(
    delete, path = "/api/console/phrases/{id}", tag = "phrases",
    params(("id" = String, Path, description = "`phr_…`")), security(("console" = [])),
    responses((status = 204, description = "Removed"), WriteProblems)
)]
pub async fn delete_phrase(State(app): State<App>, me: SignedIn, Id(id): Id<PhraseId>) -> Result<StatusCode> {
    changeable(&app, &me, id).await?;
    app.desk.store.delete_phrase(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Counts a use, so that what is used often comes first.
#[utoipa::path(
    post, path = "/api/console/phrases/{id}/used", tag = "phrases", operation_id = "count_phrase_use",
    params(("id" = String, Path, description = "`phr_…`")), security(("console" = [])),
    responses((status = 204, description = "Counted"), WriteProblems)
)]
pub async fn count_use(State(app): State<App>, me: SignedIn, Id(id): Id<PhraseId>) -> Result<StatusCode> {
    visible(&app, &me, id).await?;
    app.desk.store.bump_phrase_used(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
