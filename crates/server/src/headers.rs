//! Headers that tell browsers what pages of ours may do. Must be on every answer.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// The console: its own scripts and styles, its own sockets, pictures of its own and of the merchant's shop.
const CONSOLE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob: https:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The API viewer brings its own start-up script inline.
const DOCS_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
/// The demo storefront embeds the widget from the same desk.
const STOREFRONT_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";
/// Answers to programs show nothing.
const API_CSP: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

fn policy(path: &str) -> &'static str {
    if path.starts_with("/console") {
        CONSOLE_CSP
    } else if path.starts_with("/api/docs") {
        DOCS_CSP
    } else if path.starts_with("/shop") && !path.starts_with("/shop/api") {
        STOREFRONT_CSP
    } else {
        API_CSP
    }
}

pub async fn secure(request: Request, next: Next) -> Response {
    let csp = policy(request.uri().path());
    // The widget and its public API are meant to be used from the merchant's own pages.
    let is_embeddable = ["/widget/", "/api/widget/", "/api/files/"].iter().any(|p| request.uri().path().starts_with(p));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, csp);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    let resource_policy = if is_embeddable { "cross-origin" } else { "same-origin" };
    set(HeaderName::from_static("cross-origin-resource-policy"), resource_policy);
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    );
    response
}
