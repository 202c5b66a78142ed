//! Signing in and out of the console.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use engine::staff;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SignedIn, is_own_origin, me::me_of, signed_in::COOKIE};
use crate::{
    api::extract::JsonBody,
    app::App,
    client_address::ClientAddress,
    observe::request::Caller,
    problem::{Code, Problem, Result},
    wire::{people::Me, problems::WriteProblems},
};

/// Longer than any address or password there is; only keeps nonsense from being hashed.
const MAX_CHARS: usize = 320;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[schema(example = "agent@demo.tandem")]
    pub email: String,
    pub password: String,
}

/// The cookie; `max_age_s` of 0 takes it back.
fn cookie_header(app: &App, token: &str, max_age_s: i64) -> Result<HeaderValue> {
    let secure = if app.config.is_behind_tls() { "; Secure" } else { "" };
    let line = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}");
    HeaderValue::from_str(&line).map_err(Problem::internal)
}

/// Signs in. After too many wrong passwords an account and an address have to wait.
#[utoipa::path(
    post, path = "/api/console/sign-in", tag = "account", operation_id = "sign_in", request_body = SignIn,
    responses((status = 200, description = "Signed in; sets the cookie", body = Me), WriteProblems)
)]
pub async fn sign_in(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    axum::Extension(caller): axum::Extension<Caller>,
    JsonBody(who): JsonBody<SignIn>,
) -> Result<Response> {
    // A foreign page must not sign a visitor in as somebody else.
    if headers.contains_key(header::ORIGIN) && !is_own_origin(&app.config.public_url, &headers) {
        return Err(Problem::new(Code::Csrf));
    }
    if who.email.chars().count() > MAX_CHARS || who.password.chars().count() > MAX_CHARS {
        return Err(Problem::new(Code::SignInFailed));
    }
    let signed_in = staff::sign_in(&app.desk, &who.email, &who.password, &address.bucket()).await?;
    caller.speaks(signed_in.staff.language);
    let life_s = signed_in.expires_at.since_ms(app.desk.now()) / 1000;
    let cookie = cookie_header(&app, &signed_in.token, life_s)?;
    let me = me_of(&app, &signed_in.staff, &signed_in.csrf).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(me)).into_response())
}

/// Signs out: the cookie is worth nothing afterwards.
#[utoipa::path(
    post, path = "/api/console/sign-out", tag = "account", operation_id = "sign_out", security(("console" = [])),
    responses((status = 204, description = "Signed out"), WriteProblems)
)]
pub async fn sign_out(State(app): State<App>, signed_in: SignedIn) -> Result<Response> {
    staff::sign_out(&app.desk, &signed_in.token).await?;
    let cookie = cookie_header(&app, "", 0)?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, cookie)])).into_response())
}
