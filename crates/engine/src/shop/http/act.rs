//! Asking the merchant's shop to do something: a signed POST under a key, so that asking again does nothing again.

use domain::{shop::CustomerKey, time::Timestamp};
use reqwest::{Method, StatusCode};
use serde::{Deserialize, Serialize};

use super::{
    super::{
        Outage, ShopError,
        write::{Done, Errand},
    },
    ANSWER_BYTES_MAX, HttpShop, RETRY_AFTER, TRIES, answer, is_worth_retrying, signature,
};

/// The shop carries out the same key once, however often it is asked.
pub const KEY_HEADER: &str = "Idempotency-Key";
/// A rule's code is a word, not a story.
const RULE_CHARS_MAX: usize = 64;

#[derive(Serialize)]
struct Asked<'a> {
    key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a CustomerKey>,
    #[serde(flatten)]
    action: &'a domain::action::Action,
    /// What was shown and confirmed; a shop that comes to another sum refuses with `sums_changed`.
    sums: &'a domain::action::Sums,
    at: Timestamp,
}

#[derive(Deserialize)]
struct Refusal {
    rule: String,
}

impl HttpShop {
    pub(in super::super) async fn carry_out(&self, errand: &Errand<'_>) -> Result<Done, ShopError> {
        let Errand { key, customer, action, sums, now } = *errand;
        let body = to_body(&Asked { key, customer, action, sums, at: now })?;
        let answer = self.post(&["actions"], key, &body).await?;
        let done: Done = serde_json::from_slice(&answer).map_err(|flaw| ShopError::bad_answer(flaw.to_string()))?;
        match done.sums == *sums {
            true => Ok(done),
            false => Err(ShopError::bad_answer("sums: others than were confirmed")),
        }
    }

    pub(in super::super) async fn undo(&self, key: &str, now: Timestamp) -> Result<(), ShopError> {
        let body = to_body(&serde_json::json!({ "key": key, "at": now }))?;
        self.post(&["actions", key, "undo"], key, &body).await.map(drop)
    }

    /// Tried again once when the shop was not reached or broke down; the key makes that harmless.
    async fn post(&self, path: &[&str], key: &str, body: &[u8]) -> Result<Vec<u8>, ShopError> {
        let url = self.url(path, &[])?;
        let mut tries = 1;
        loop {
            match self.post_once(&url, key, body).await {
                Err(failure) if tries < TRIES && is_worth_retrying(&failure) => {
                    tries += 1;
                    tokio::time::sleep(RETRY_AFTER).await;
                }
                other => return other,
            }
        }
    }

    async fn post_once(&self, url: &url::Url, key: &str, body: &[u8]) -> Result<Vec<u8>, ShopError> {
        let path_and_query = &url[url::Position::BeforePath..];
        let signed = signature::sign(self.secret.as_bytes(), self.clock.now(), "POST", path_and_query, body);
        let request = self
            .client
            .request(Method::POST, url.clone())
            .header(signature::HEADER, signed)
            .header(KEY_HEADER, key)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .body(body.to_vec());
        let response = request.send().await.map_err(answer::failure)?;
        match response.status() {
            StatusCode::UNPROCESSABLE_ENTITY => {
                let body = answer::body(response, ANSWER_BYTES_MAX).await?;
                Err(ShopError::refused(&rule(&body)?))
            }
            // Still at it under this key; asking again later tells.
            StatusCode::CONFLICT => Err(ShopError::unavailable(Outage::Status(StatusCode::CONFLICT.as_u16()))),
            status => {
                answer::check_status(status)?;
                answer::body(response, ANSWER_BYTES_MAX).await
            }
        }
    }
}

fn to_body(value: &impl Serialize) -> Result<Vec<u8>, ShopError> {
    serde_json::to_vec(value).map_err(|flaw| ShopError::bad_answer(flaw.to_string()))
}

fn rule(body: &[u8]) -> Result<String, ShopError> {
    let refusal: Refusal = serde_json::from_slice(body).map_err(|flaw| ShopError::bad_answer(flaw.to_string()))?;
    let is_code = |rule: &str| {
        !rule.is_empty()
            && rule.chars().count() <= RULE_CHARS_MAX
            && rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    if is_code(&refusal.rule) { Ok(refusal.rule) } else { Err(ShopError::bad_answer("rule: not a code")) }
}
