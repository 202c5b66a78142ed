//! Serving an uploaded file to whoever holds a signed link. Must never let a browser run what somebody uploaded.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{id::FileId, time::HOUR_MS};
use serde::Deserialize;
use utoipa::IntoParams;

use super::extract::{Asked, Id};
use crate::{
    app::App,
    problem::{Code, Problem, Result},
    tokens::TokenError,
    wire::problems::ReadProblems,
};

/// Only these are shown in the page; everything else is downloaded.
const SHOWN: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Link {
    /// When the link ends, in seconds.
    pub e: i64,
    /// The signature.
    pub s: String,
}

/// The content of a file, by its signed link.
#[utoipa::path(
    get, path = "/api/files/{id}", tag = "files", operation_id = "read_file",
    params(("id" = String, Path, description = "`fil_…`"), Link),
    responses((status = 200, description = "The content", content_type = "application/octet-stream"), ReadProblems)
)]
pub async fn read_file(State(app): State<App>, Id(id): Id<FileId>, Asked(link): Asked<Link>) -> Result<Response> {
    app.keys.check_file_link(id, link.e, &link.s, app.desk.now()).map_err(|error| match error {
        TokenError::Expired => Problem::new(Code::LinkExpired),
        TokenError::Forged => Problem::not_found(),
    })?;
    let file = app.desk.store.file(id).await?.ok_or_else(Problem::not_found)?;
    let content = engine::files::read(&app.desk, &file).await?;
    let is_shown = SHOWN.contains(&file.media_type.as_str());
    let seconds_left = (link.e - app.desk.now().0 / 1000).clamp(0, 24 * HOUR_MS / 1000);
    let mut response = Body::from(content).into_response();
    let headers = response.headers_mut();
    let value =
        |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, value(&file.media_type));
    headers.insert(header::CONTENT_DISPOSITION, disposition(is_shown, &file.name));
    headers.insert(header::CACHE_CONTROL, value(&format!("private, max-age={seconds_left}, immutable")));
    Ok(response)
}

/// The name goes percent-encoded: it is a stranger's text in a header.
fn disposition(is_shown: bool, name: &str) -> HeaderValue {
    let kind = if is_shown { "inline" } else { "attachment" };
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    HeaderValue::from_str(&format!("{kind}; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn names_can_not_break_out_of_the_header() {
        assert_eq!(disposition(true, "a\"\r\nX: 1.png"), "inline; filename*=UTF-8''a%22%0D%0AX%3A%201.png");
        assert_eq!(disposition(false, "发票.pdf"), "attachment; filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf");
    }
}
