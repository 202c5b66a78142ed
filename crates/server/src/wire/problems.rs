//! The errors an endpoint may answer with, for the OpenAPI document.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Content, Ref, RefOr, ResponseBuilder, response::Response},
};

fn responses(statuses: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    statuses
        .iter()
        .map(|(status, what)| {
            let schema = Ref::from_schema_name("Problem");
            let content = Content::new(Some(schema));
            let response = ResponseBuilder::new().description(*what).content("application/problem+json", content);
            ((*status).to_owned(), response.build().into())
        })
        .collect()
}

const READ: [(&str, &str); 4] = [
    ("401", "`unauthenticated`, `expired_token`, `forged_token`"),
    ("403", "`forbidden`, `csrf`"),
    ("404", "`not_found`: it doesn't exist, or the caller may not know that it does"),
    ("429", "`rate_limited`; the header `Retry-After` says for how many seconds"),
];
const WRITE: [(&str, &str); 5] = [
    ("400", "`invalid`: not JSON, or not of this form"),
    (
        "409",
        "`not_controller`, `stale_control`, `resolved`, `already_rated`, `already_so`, `still_open`, `conflict`, \
         `confirmation_expired`, `action_changed`, `not_undone`",
    ),
    ("413", "`too_large`"),
    ("415", "`unsupported_type`"),
    ("422", "`invalid`; `fields` says where"),
];
const ALWAYS: [(&str, &str); 2] = [("500", "`internal`"), ("503", "`unavailable`")];

/// Of endpoints that only read.
pub struct ReadProblems;

impl IntoResponses for ReadProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        responses(&[READ.as_slice(), &ALWAYS].concat())
    }
}

/// Of endpoints that change something.
pub struct WriteProblems;

impl IntoResponses for WriteProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        responses(&[READ.as_slice(), &WRITE, &ALWAYS].concat())
    }
}
