//! The form of a batch as it is sent. Nothing here is believed yet.

use domain::time::Timestamp;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    Consent, Page, alias,
    limits::{MAX_CODE_CHARS, MAX_PATH_CHARS, QUERY_KEYS},
    property::{cut, fits_code},
};

/// What may stand at the batch and at each event; what stands at the event goes first.
pub struct Layers<'a>(pub &'a Json, pub &'a Json);

impl<'a> Layers<'a> {
    fn get(&self, name: &str) -> Option<&'a Json> {
        let given = |of: &'a Json| of.get(name).filter(|value| !value.is_null());
        given(self.0).or_else(|| given(self.1))
    }

    /// An id of at most the length of a code, or nothing.
    pub fn id(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str().filter(|id| fits_code(id))
    }

    pub fn consent(&self) -> Consent {
        self.get("consent").and_then(|it| Consent::deserialize(it).ok()).unwrap_or_default()
    }

    fn context(&self, name: &str) -> Option<&'a Json> {
        let of = |layer: &'a Json| layer.get("context")?.get(name).filter(|value| !value.is_null());
        of(self.0).or_else(|| of(self.1))
    }

    pub fn page(&self) -> Option<Page> {
        let page = self.context("page")?;
        let kind = page.get("type").and_then(Json::as_str).filter(|kind| fits_code(kind));
        Some(Page { path: path(page.get("path")?.as_str()?)?.into(), kind: kind.map(Into::into) })
    }

    /// The name of a time zone that exists.
    pub fn zone(&self) -> Option<&'a str> {
        let name = self.context("tz")?.as_str().filter(|name| name.len() <= MAX_CODE_CHARS)?;
        jiff::tz::TimeZone::get(name).ok().map(|_| name)
    }

    pub fn locale(&self) -> Option<&'a str> {
        self.context("locale")?.as_str().filter(|tag| fits_code(tag))
    }
}

/// Milliseconds, or RFC 3339.
pub fn moment(json: &Json) -> Option<Timestamp> {
    match json {
        Json::Number(ms) => ms.as_i64().filter(|ms| *ms >= 0).map(Timestamp),
        Json::String(text) => text.parse::<jiff::Timestamp>().ok().map(|it| Timestamp(it.as_millisecond())),
        _ => None,
    }
}

/// The path without its host, its fragment and what isn't allowed of its query.
pub fn path(text: &str) -> Option<String> {
    let text = text.split('#').next().unwrap_or_default();
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    if !path.starts_with('/') || path.starts_with("//") {
        return None;
    }
    let is_allowed = |pair: &&str| QUERY_KEYS.contains(&pair.split('=').next().unwrap_or_default());
    let kept: Vec<&str> = query.split('&').filter(is_allowed).collect();
    let whole = if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) };
    Some(cut(&whole, MAX_PATH_CHARS).to_owned())
}

/// `value`, `price` and the like, in the smallest unit.
pub fn decimal(name: &str, value: &Json, currency: Option<&str>) -> Option<(super::Property, i64)> {
    let property = alias::decimal(name)?;
    Some((property, alias::minor(value.as_f64()?, currency?)?))
}
