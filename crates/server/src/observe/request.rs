//! Around every request: an id, one log line, one metric, and errors put into words. Must not read bodies.

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use domain::language::Language;
use tracing::Instrument;
use uuid::Uuid;

use crate::{app::App, client_address::ClientAddress, observe::metrics::HTTP_REQUEST_SECONDS, problem::Problem};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The language to answer in. A handler that learns who asks may set it; else the browser's wish counts.
#[derive(Debug, Clone, Default)]
pub struct Caller(Arc<OnceLock<Language>>);

impl Caller {
    pub fn speaks(&self, language: Language) {
        // Whoever came first knew best.
        let _ = self.0.set(language);
    }
}

/// The first language of `Accept-Language` the desk speaks; Chinese without one.
pub fn wished_language(headers: &HeaderMap) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|list| {
            let mut wishes: Vec<(f32, &str)> = list
                .split(',')
                .map(|wish| match wish.split_once(";q=") {
                    Some((tag, weight)) => (weight.trim().parse().unwrap_or(0.0), tag.trim()),
                    None => (1.0, wish.trim()),
                })
                .collect();
            // Stable, so that equal weights keep their order.
            wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
            wishes.into_iter().find_map(|(_, tag)| Language::from_tag(tag))
        })
        .unwrap_or_default()
}

pub async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let request_id = Uuid::now_v7().simple().to_string();
    let caller = Caller::default();
    let wished = wished_language(request.headers());
    request.extensions_mut().insert(caller.clone());
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let address = ClientAddress::of(request.extensions(), request.headers(), &app.trusted_proxies);
    let span = tracing::info_span!("request", request_id = %request_id, method = %method, route = %route);

    let mut response = next.run(request).instrument(span.clone()).await;
    let _in_span = span.enter();
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        problem.log();
        let language = caller.0.get().copied().unwrap_or(wished);
        let headers = std::mem::take(response.headers_mut());
        response = problem.render(language, &request_id);
        for (name, value) in &headers {
            if !response.headers().contains_key(name) && name != header::CONTENT_LENGTH {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
    }
    let status = response.status().as_u16();
    let took = begun.elapsed();
    metrics::histogram!(
        HTTP_REQUEST_SECONDS,
        "route" => route, "method" => method.as_str().to_owned(), "status" => status.to_string()
    )
    .record(took.as_secs_f64());
    tracing::debug!(status, took_ms = took.as_millis() as u64, address = %address.0, "request");
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_spoken_wish_wins() {
        for (wish, language) in [
            ("", Language::Zh),
            ("en", Language::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Zh),
            ("fr,en;q=0.5,zh;q=0.4", Language::En),
            ("en;q=0.1, zh;q=0.9", Language::Zh),
            ("fr", Language::Zh),
            (";;;q=,,", Language::Zh),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, wish.parse().unwrap());
            assert_eq!(wished_language(&headers), language, "{wish}");
        }
    }
}
