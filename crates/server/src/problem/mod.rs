//! Errors as people and programs see them: `application/problem+json` in the caller's language with a stable code.
//! What really went wrong inside is logged once, with the request's id, and never sent.

mod code;
mod from;

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::language::{Bilingual, Language};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use code::{Code, fault_text};

type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// A request that was not done. It becomes a response without words; `render` adds them in the caller's language.
#[derive(Debug, Clone)]
pub struct Problem {
    pub code: Code,
    pub faults: Vec<Fault>,
    pub retry_after_s: Option<u64>,
    /// The rule that decided, with its words.
    pub rule: Option<Box<(String, Bilingual)>>,
    /// For the log only.
    pub cause: Option<Cause>,
}

pub type Result<T> = std::result::Result<T, Problem>;

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    pub code: &'static str,
}

/// An error, as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Always `about:blank`; programs compare `code`.
    #[schema(example = "about:blank")]
    pub r#type: String,
    /// In the caller's language.
    #[schema(example = "没有找到")]
    pub title: String,
    #[schema(example = 404)]
    pub status: u16,
    /// Stable.
    #[schema(example = "not_found")]
    pub code: String,
    /// In the caller's language.
    pub detail: String,
    /// The rule that decided, by its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "undo_window")]
    pub rule: Option<String>,
    /// Under which the log knows more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ProblemField>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ProblemField {
    #[schema(example = "stars")]
    pub field: String,
    #[schema(example = "range")]
    pub code: String,
    pub detail: String,
}

impl Problem {
    pub const fn new(code: Code) -> Self {
        Self { code, faults: Vec::new(), retry_after_s: None, rule: None, cause: None }
    }

    pub const fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// One field is wrong.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self { faults: vec![Fault { field: field.into(), code }], ..Self::new(Code::Invalid) }
    }

    /// A rule of a policy says no.
    pub fn ruled(code: Code, rule: String, text: Bilingual) -> Self {
        Self { rule: Some(Box::new((rule, text))), ..Self::new(code) }
    }

    pub fn rate_limited(retry_after_s: u64) -> Self {
        Self { retry_after_s: Some(retry_after_s.max(1)), ..Self::new(Code::RateLimited) }
    }

    pub fn because(mut self, cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.cause = Some(Arc::new(cause));
        self
    }

    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::new(Code::Internal).because(cause)
    }

    pub fn body(&self, language: Language, request_id: Option<&str>) -> ProblemBody {
        let title = self.code.text(language).to_owned();
        let fields: Vec<ProblemField> = self
            .faults
            .iter()
            .map(|fault| ProblemField {
                field: fault.field.clone(),
                code: fault.code.to_owned(),
                detail: fault_text(fault.code).in_language(language).to_owned(),
            })
            .collect();
        let detail = match fields.first() {
            Some(first) => fields[1..].iter().fold(format!("{} {}", first.field, first.detail), |line, next| {
                format!("{line}; {} {}", next.field, next.detail)
            }),
            None => self.rule.as_ref().map_or_else(|| title.clone(), |rule| rule.1.in_language(language).to_owned()),
        };
        ProblemBody {
            r#type: "about:blank".into(),
            title,
            status: self.code.status().as_u16(),
            code: self.code.as_str().into(),
            detail,
            rule: self.rule.as_ref().map(|rule| rule.0.clone()),
            request_id: request_id.map(str::to_owned),
            fields,
        }
    }

    /// The response in words.
    pub fn render(&self, language: Language, request_id: &str) -> Response {
        let mut response = (self.code.status(), axum::Json(self.body(language, Some(request_id)))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.as_str()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// Writes the cause to the log, once.
    pub fn log(&self) {
        let Some(cause) = &self.cause else { return };
        let chain = describe(cause.as_ref());
        if self.code.status().is_server_error() {
            tracing::error!(code = self.code.as_str(), cause = %chain, "request failed");
        } else {
            tracing::debug!(code = self.code.as_str(), cause = %chain, "request refused");
        }
    }
}

/// An error with all its sources on one line.
pub fn describe(error: &(dyn std::error::Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        line = format!("{line}: {error}");
        source = error.source();
    }
    line
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
