//! The OpenAPI document: made from the handlers themselves, so that it can't say anything else than they do.

use utoipa::{
    OpenApi,
    openapi::{
        OpenApi as Document,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{problem::ProblemBody, wire};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tandem",
        description = "The customer-service desk in which an AI assistant and a human team serve each conversation \
            together. JSON with snake_case keys; times are milliseconds since 1970 UTC; ids are prefixed text such as \
            `cnv_…`. Errors are `application/problem+json` with a stable `code`, in the caller's language. What changes \
            something in the console carries the header `X-CSRF-Token` with `csrf` of `/api/console/me`. Live updates \
            come over `/api/widget/ws` and `/api/console/ws`; they are described in docs/api.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(
        ProblemBody,
        wire::bodies::Card,
        wire::bodies::QuickReply,
        wire::bodies::Source,
        wire::cards::HandoffCard,
    )),
    tags(
        (name = "widget", description = "What the shopper's chat calls"),
        (name = "files", description = "Files by signed links"),
        (name = "account", description = "Signing in and one's own settings"),
        (name = "conversations", description = "The team's conversations"),
        (name = "actions", description = "What is done to orders: preview, confirmation, approval, undo"),
        (name = "shop", description = "The merchant's products"),
        (name = "phrases", description = "Quick phrases"),
        (name = "tasks", description = "Follow-ups with a due time"),
        (name = "knowledge", description = "Articles"),
        (name = "assistant", description = "What the bot can do, and how far it goes alone"),
        (name = "staff", description = "Accounts and the audit list"),
        (name = "overview", description = "Numbers of the day"),
        (name = "measures", description = "Reports, the live board and what is promised"),
        (name = "storefront", description = "The demo's shop; only under `tandem demo`"),
        (name = "operations", description = "For those who run the desk"),
    )
)]
struct Base;

/// The document before the handlers add their paths.
pub fn base() -> Document {
    let mut document = Base::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").into();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        "shopper",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some("`token` of `/api/widget/connect`"))
                .build(),
        ),
    );
    components.add_security_scheme(
        "console",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(crate::api::console::COOKIE))),
    );
    document
}

/// The whole document, as it is committed at web/api/openapi.json.
pub fn print() -> String {
    let (_, document) = crate::router::documented().split_for_parts();
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
