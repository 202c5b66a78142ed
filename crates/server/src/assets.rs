//! The web apps, embedded in the binary. Names with a content hash are kept forever, everything else is asked for
//! again by ETag.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::{
    app::App,
    problem::{Problem, Result},
};

#[derive(RustEmbed)]
#[folder = "../../web/console/dist"]
struct Console;

#[derive(RustEmbed)]
#[folder = "../../web/widget/dist"]
struct Widget;

#[derive(RustEmbed)]
#[folder = "../../web/behaviour/dist"]
struct Behaviour;

#[derive(RustEmbed)]
#[folder = "../../web/storefront/dist"]
struct Storefront;

const INDEX: &str = "index.html";
/// The widget's own script may change with every release; merchants' pages should have it soon.
const SHORT: &str = "public, max-age=300";
const ASK_AGAIN: &str = "no-cache";
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Which of the web apps are in this binary, for `tandem doctor`.
pub fn present() -> [(&'static str, bool); 4] {
    [
        ("console", Console::get(INDEX).is_some()),
        ("widget", Widget::get("tandem.js").is_some()),
        ("behaviour", Behaviour::get("behaviour.js").is_some()),
        ("storefront", Storefront::get(INDEX).is_some()),
    ]
}

pub async fn console(request: Request) -> Result<Response> {
    app_file(request, "/console/", Console::get)
}

pub async fn storefront(State(app): State<App>, request: Request) -> Result<Response> {
    if app.storefront.is_none() {
        return Err(Problem::not_found());
    }
    app_file(request, "/shop/", Storefront::get)
}

/// What merchants' pages load: the chat, its later parts, and the behaviour script.
pub async fn widget(request: Request) -> Result<Response> {
    let path = request.uri().path().strip_prefix("/widget/").unwrap_or_default();
    let file = Widget::get(path).or_else(|| Behaviour::get(path)).ok_or_else(Problem::not_found)?;
    let mut response = serve(path, file, request.headers(), if is_hashed(path) { FOREVER } else { SHORT });
    // Later parts are loaded as modules, and other origins' modules only with this.
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

/// A single-page app: what isn't a file is a page of the app.
fn app_file(request: Request, base: &str, get: impl Fn(&str) -> Option<EmbeddedFile>) -> Result<Response> {
    let path = request.uri().path().strip_prefix(base).unwrap_or_default();
    let name = if path.is_empty() { INDEX } else { path };
    if let Some(file) = get(name) {
        return Ok(serve(name, file, request.headers(), if is_hashed(name) { FOREVER } else { ASK_AGAIN }));
    }
    // A missing script answered with a page would only confuse the browser.
    let looks_like_file = name.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let index = get(INDEX).filter(|_| !looks_like_file).ok_or_else(Problem::not_found)?;
    Ok(serve(INDEX, index, request.headers(), ASK_AGAIN))
}

/// `index-B3hLkq2a.js`: eight or more letters and digits between the last dash and the ending.
fn is_hashed(path: &str) -> bool {
    let Some((stem, _)) = path.rsplit_once('.') else { return false };
    let Some((_, hash)) = stem.rsplit_once('-') else { return false };
    let mixed = hash.bytes().any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    path.contains("assets/") && hash.len() >= 8 && mixed && hash.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn serve(name: &str, file: EmbeddedFile, asked: &HeaderMap, caching: &'static str) -> Response {
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let is_known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Body::from(file.data.into_owned()).into_response();
        let media_type = mime_guess::from_path(name).first_or_octet_stream();
        let charset = if media_type.type_() == "text" { "; charset=utf-8" } else { "" };
        if let Ok(value) = HeaderValue::from_str(&format!("{}{charset}", media_type.essence_str())) {
            response.headers_mut().insert(header::CONTENT_TYPE, value);
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn knows_hashed_names() {
        assert!(is_hashed("assets/index-B3hLkq2a.js"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("tandem.js"));
        assert!(!is_hashed("assets/some-component.js"));
    }
}
