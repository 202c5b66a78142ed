//! The drawn pictures of the demo's wares.

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use engine::shop::demo::picture as drawn;

use super::of;
use crate::{
    app::App,
    problem::{Problem, Result},
    wire::problems::ReadProblems,
};

/// A picture, such as `ridge-tent-2.svg`.
#[utoipa::path(
    get, path = "/shop/pictures/{name}", tag = "storefront", operation_id = "storefront_picture",
    params(("name" = String, Path, description = "The picture's file name")),
    responses((status = 200, description = "The picture", content_type = "image/svg+xml"), ReadProblems)
)]
pub async fn picture(State(app): State<App>, Path(name): Path<String>) -> Result<Response> {
    of(&app)?;
    let content = drawn(&name).ok_or_else(Problem::not_found)?;
    let mut response = Body::from(content.into_owned()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    // The widget shows them on the merchant's pages too.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    // Opened alone, a drawing must be able to do nothing.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    Ok(response)
}
