//! Reading requests: bodies, ids, queries and uploads, with errors in our own form. Who asks is found elsewhere.

use std::str::FromStr;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Multipart, Path, Request, rejection::BytesRejection},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{
    app::App,
    problem::{Code, Fault, Problem, Result},
};

/// A JSON body of the right type and form.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_json = media_type.is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/json")
        });
        if !is_json {
            return Err(Problem::new(Code::UnsupportedType));
        }
        let bytes = Bytes::from_request(request, app).await.map_err(too_large)?;
        read_json(&bytes).map(Self)
    }
}

fn too_large(rejection: BytesRejection) -> Problem {
    match rejection.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::TooLarge),
        _ => Problem::new(Code::Malformed),
    }
}

/// Names the field that doesn't fit; what was sent is not repeated.
pub fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let is_data = error.inner().is_data();
        let message = error.inner().to_string();
        let mut problem = Problem::new(if is_data { Code::Invalid } else { Code::Malformed });
        if is_data {
            let named = message.split('`').nth(1);
            let (field, code) = match named {
                Some(name) if message.starts_with("missing field") => (join(&path, name), "missing"),
                Some(name) if message.starts_with("unknown field") => (join(&path, name), "unknown"),
                _ => (path, "type"),
            };
            problem.faults.push(Fault { field, code });
        }
        problem
    })
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" | "." => name.to_owned(),
        path if path.ends_with(name) => path.to_owned(),
        path => format!("{path}.{name}"),
    }
}

/// The one identifier in the path. What is no identifier names nothing.
pub struct Id<T>(pub T);

impl<T: FromStr + Send, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        text.parse().map(Self).map_err(|_| Problem::not_found())
    }
}

/// The query, with every key known.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        axum::extract::Query::<T>::try_from_uri(&parts.uri)
            .map(|query| Self(query.0))
            .map_err(|_| Problem::field("query", "type"))
    }
}

/// An identifier sent inside a body or a query; `field` is what a form would mark.
pub fn parse_id<T: FromStr>(text: &str, field: &'static str) -> Result<T> {
    text.parse().map_err(|_| Problem::field(field, "unknown"))
}

/// An uploaded file.
pub struct Upload {
    pub name: String,
    pub bytes: Bytes,
}

/// Takes the part called `file`, refusing more than `max_bytes` while it arrives.
pub async fn read_upload(request: Request, app: &App, max_bytes: u64) -> Result<Upload> {
    let unreadable = |error: axum::extract::multipart::MultipartError| match error.status() {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::new(Code::TooLarge),
        _ => Problem::new(Code::Malformed),
    };
    let mut parts = Multipart::from_request(request, app).await.map_err(|_| Problem::new(Code::UnsupportedType))?;
    while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
        if part.name() != Some("file") {
            continue;
        }
        let name = part.file_name().unwrap_or("file").to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
            if (bytes.len() + chunk.len()) as u64 > max_bytes {
                return Err(Problem::new(Code::TooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        return Ok(Upload { name, bytes: bytes.into() });
    }
    Err(Problem::field("file", "missing"))
}

/// How many entries a list may return at once; a screenful several times over.
pub const MAX_PAGE: i64 = 200;
pub const USUAL_PAGE: i64 = 50;

pub fn page_size(wanted: Option<i64>) -> i64 {
    wanted.unwrap_or(USUAL_PAGE).clamp(1, MAX_PAGE)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[allow(dead_code, reason = "read by the test through its errors only")]
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[allow(dead_code, reason = "read by the test through its errors only")]
        stars: u8,
    }

    #[test]
    fn names_the_field_and_repeats_nothing() {
        for (body, code, field) in [
            ("", Code::Malformed, None),
            ("{\"inner\":", Code::Malformed, None),
            ("{\"inner\":{\"stars\":\"secret\"}}", Code::Invalid, Some(("inner.stars", "type"))),
            ("{\"inner\":{}}", Code::Invalid, Some(("inner.stars", "missing"))),
            ("{}", Code::Invalid, Some(("inner", "missing"))),
            ("{\"other\":1}", Code::Invalid, Some(("other", "unknown"))),
        ] {
            let problem = read_json::<Outer>(body.as_bytes()).unwrap_err();
            assert_eq!(problem.code, code, "{body}");
            let found = problem.faults.first().map(|fault| (fault.field.as_str(), fault.code));
            assert_eq!(found, field, "{body}");
        }
    }
}
