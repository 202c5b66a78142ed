//! What becomes of a reply before it is sent: it is dressed in the shop's tone and judged; if something in it has no
//! source, the wording it was made from is tried, and then nothing is sent.

use domain::{language::Bilingual, trace::TurnStage};
use serde_json::json;

use super::{Author, Evidence, Finding, Rules, banned::Banned, check};
use crate::{bot::draft::Draft, bot::turn::Turn, desk::Desk, settings::ShopSettings, shop::Connector};

/// Products named in one reply that are looked up; no honest reply names more.
const PRODUCTS_MAX: usize = 8;
/// Surer than this a product is named in full, and not by a word such as 帐篷.
const NAMED_SCORE_MIN: f64 = 0.95;

/// The draft that may be sent, if one may; every judgement is told in the trace.
pub async fn finish(turn: &mut Turn<'_>, draft: Option<Draft>) -> Option<Draft> {
    let mut draft = draft?;
    let tone = turn.settings.tone.usable();
    let language = turn.language();
    let is_first = turn.stored.conversation.answered_seq == 0;
    loop {
        // What the tone adds was judged when it was set.
        let findings = judged(turn, &draft).await;
        if findings.is_empty() {
            turn.tracing.step(
                TurnStage::Guard,
                "每个数字、状态、承诺和链接都有出处，没有禁用词",
                "Every figure, state, promise and address has a source, and no word is banned",
                json!({ "author": draft.author }),
            );
            tone.dress(&mut draft, language, is_first);
            return Some(draft);
        }
        let instead = draft.instead.take();
        let (zh, en) = match &instead {
            Some(_) => ("，改用原文", "; the passage is sent instead"),
            None => ("，不发送", "; nothing is sent"),
        };
        turn.tracing.step(
            TurnStage::Guard,
            format!("扣下：{} 处没有出处或不能说{zh}", findings.len()),
            format!("Held back: {} pieces without a source or not to be said{en}", findings.len()),
            json!({ "author": draft.author, "findings": findings }),
        );
        draft = *instead?;
    }
}

async fn judged(turn: &Turn<'_>, draft: &Draft) -> Vec<Finding> {
    let connector = turn.desk.connector(turn.shop.id).map(AsRef::as_ref);
    let products = products_in(connector, &draft.body.text).await;
    judge(&turn.settings, draft.author, &draft.body.text, &draft.evidence, &products, &draft.instructions)
}

fn judge(
    settings: &ShopSettings,
    author: Author,
    text: &str,
    evidence: &Evidence,
    products: &[Bilingual],
    instructions: &[String],
) -> Vec<Finding> {
    let secrets: Vec<&str> = instructions.iter().map(String::as_str).collect();
    let banned = Banned::of(settings);
    check(
        text,
        evidence,
        &Rules { author, banned: Some(&banned), products, secrets: &secrets, hosts: &settings.link_hosts },
    )
}

/// Titles of the shop's products that a text names in full.
async fn products_in(connector: Option<&Connector>, text: &str) -> Vec<Bilingual> {
    let Some(connector) = connector else { return Vec::new() };
    let mentions = connector.mentions(text).await.unwrap_or_default();
    let mut titles = Vec::new();
    for named in mentions.iter().filter(|named| named.score >= NAMED_SCORE_MIN).take(PRODUCTS_MAX) {
        if let Ok(product) = connector.product(&named.product).await {
            titles.push(product.title);
        }
    }
    titles
}

/// Judges a text that a bot or a model suggests to a person, before they send it as their own.
pub async fn check_suggestion(
    desk: &Desk,
    shop: domain::id::ShopId,
    settings: &ShopSettings,
    text: &str,
    sources: &[String],
) -> Vec<Finding> {
    let mut evidence = Evidence::default();
    sources.iter().for_each(|source| evidence.add(source.clone()));
    let products = products_in(desk.connector(shop).map(AsRef::as_ref), text).await;
    judge(settings, Author::Model, text, &evidence, &products, &[])
}
