//! Answers to begin with: what the shop's records say now, and what the articles say. Each passes the guard, as the
//! bot's own replies do.

use domain::{
    conversation::Conversation,
    handoff::CardDraft,
    language::Language,
    message::Source,
    shop::{Order, ProductKey},
};
use understanding::ask::Part;

use crate::{
    bot::{confidence, guard, order_state_text, refund_state_text, shipment_state_text, vectors::Vectors},
    desk::Desk,
    library::{self, Ask},
    settings::ShopSettings,
};

/// One screen holds no more.
const MAX_DRAFTS: usize = 2;
/// Articles looked at for each draft.
const CANDIDATES: usize = 3;
/// Half of what the bot itself needs: a person reads it before it is sent.
const LEAST_SHARE: f32 = 0.5;

pub async fn of(
    desk: &Desk,
    settings: &ShopSettings,
    conversation: &Conversation,
    (ask, vectors): (&[Part], &Vectors),
    order: Option<&Order>,
    product: Option<ProductKey>,
) -> Vec<CardDraft> {
    let mut drafts = Vec::new();
    if let Some(order) = order {
        let text = of_order(order, conversation.language);
        drafts.push(CardDraft { text, sources: Vec::new(), seq: ask.first().map(|part| part.seq) });
    }
    for part in ask {
        if drafts.len() >= MAX_DRAFTS {
            break;
        }
        let wish = Ask {
            shop: conversation.shop,
            text: part.text.clone(),
            language: conversation.language,
            product: product.clone(),
            category: None,
            limit: CANDIDATES,
        };
        let vector = vectors.of(desk, &wish.text).await;
        let Ok(found) = library::search_with(desk, settings, &wish, vector.as_deref()) else { continue };
        for hit in &found.hits {
            let Some(wording) = hit.wording() else { continue };
            let is_known = drafts.iter().any(|draft: &CardDraft| draft.text == wording.answer);
            if is_known || confidence(hit, found.basis) < LEAST_SHARE * found.threshold || drafts.len() >= MAX_DRAFTS {
                continue;
            }
            let source =
                Source { article: hit.article.id, version: hit.article.version, title: wording.question.clone() };
            drafts.push(CardDraft { text: wording.answer.clone(), sources: vec![source], seq: Some(part.seq) });
        }
    }
    guarded(drafts, order, conversation.language)
}

/// What has a figure without a source, or a banned word, is no draft.
fn guarded(drafts: Vec<CardDraft>, order: Option<&Order>, language: Language) -> Vec<CardDraft> {
    let holds = |draft: &CardDraft| {
        let mut evidence = guard::Evidence::default();
        if draft.sources.is_empty() {
            if let Some(order) = order {
                evidence.add(of_order(order, language));
            }
        } else {
            evidence.cite(draft.text.clone());
        }
        guard::unsupported(&draft.text, &evidence).is_empty()
    };
    drafts.into_iter().filter(holds).collect()
}

/// The order as the shop's records have it.
fn of_order(order: &Order, language: Language) -> String {
    let state = order_state_text(order.state, language);
    let mut text = match language {
        Language::Zh => format!("您好，订单 {} 目前{state}。", order.key),
        Language::En => format!("Hello, order {} is {state}.", order.key),
    };
    if let Some(shipment) = order.shipments.last() {
        let state = shipment_state_text(shipment.state, language);
        let (carrier, number) = (shipment.carrier.in_language(language), &shipment.tracking_number);
        text += &match language {
            Language::Zh => format!("{carrier} {number}：{state}。"),
            Language::En => format!(" {carrier} {number}: {state}."),
        };
    }
    if let Some(refund) = order.refunds.last() {
        let (state, amount) = (refund_state_text(refund.state, language), refund.amount.decimal());
        let currency = &refund.amount.currency;
        text += &match language {
            Language::Zh => format!("退款 {amount} {currency}：{state}。"),
            Language::En => format!(" Refund of {amount} {currency}: {state}."),
        };
    }
    text
}
