//! Drafts from the shop's records: where an order, its parcel and its refund stand. Only for a verified shopper, and
//! only when that is what they ask about.

use domain::{
    language::Language,
    shop::{Order, RefundState, Shipment},
    time::Timestamp,
};
use jiff::tz::TimeZone;
use store::Stored;

use super::{Candidate, Source, question::Question};
use crate::{
    bot::{Memory, Topic, order_state_text, refund_state_text, shipment_state_text, topics_in},
    desk::Desk,
    error::Result,
    settings::ShopSettings,
    shop::PageRequest,
};

/// Above what an article usually reaches: the shopper asks about this very order.
const TRUST: f32 = 2.0;
/// Orders looked through for the one that is named.
const LATEST: usize = 10;

pub async fn drafts(
    desk: &Desk,
    stored: &Stored,
    settings: &ShopSettings,
    question: &Question,
) -> Result<Vec<Candidate>> {
    let asks = topics_in(&question.text)
        .iter()
        .any(|topic| matches!(topic, Topic::OrderStatus | Topic::Logistics | Topic::RefundStatus));
    let conversation = &stored.conversation;
    let (true, Some(customer), Some(connector)) = (asks, &conversation.customer, desk.connector(conversation.shop))
    else {
        return Ok(Vec::new());
    };
    // A shop that doesn't answer leaves the other drafts.
    let Ok(page) = connector.orders_of(customer, &PageRequest::first(LATEST)).await else { return Ok(Vec::new()) };
    let text = question.text.to_ascii_uppercase();
    let remembered = Memory::read(stored.memory.as_deref()).order;
    let order = page
        .items
        .iter()
        .find(|order| text.contains(&order.key.as_str().to_ascii_uppercase()))
        .or_else(|| page.items.iter().find(|order| Some(&order.key) == remembered.as_ref()))
        .or(page.items.first());
    let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
    Ok(order
        .map(|order| Candidate {
            text: told(order, question.language, &zone),
            source: Source::Order { order: order.key.clone() },
            trust: TRUST,
        })
        .into_iter()
        .collect())
}

/// State, parcel and refund in sentences; every figure is the record's.
fn told(order: &Order, language: Language, zone: &TimeZone) -> String {
    let state = order_state_text(order.state, language);
    let mut parts = vec![match language {
        Language::Zh => format!("您的订单 {} 目前{state}。", order.key),
        Language::En => format!("Your order {}: {state}.", order.key),
    }];
    parts.extend(order.shipments.last().map(|shipment| parcel(shipment, language, zone)));
    if let Some(refund) = order.refunds.last() {
        let state = refund_state_text(refund.state, language);
        let amount = format!("{} {}", refund.amount.decimal(), refund.amount.currency);
        let due = refund.due_at.filter(|_| refund.state != RefundState::Paid).map(|at| day(at, language, zone));
        parts.push(match (language, due) {
            (Language::Zh, Some(day)) => format!("退款 {amount}：{state}，预计 {day}前到账。"),
            (Language::Zh, None) => format!("退款 {amount}：{state}。"),
            (Language::En, Some(day)) => format!("Refund of {amount}: {state}, expected by {day}."),
            (Language::En, None) => format!("Refund of {amount}: {state}."),
        });
    }
    parts.join(if language == Language::Zh { "" } else { " " })
}

fn parcel(shipment: &Shipment, language: Language, zone: &TimeZone) -> String {
    let carrier = shipment.carrier.in_language(language);
    let number = &shipment.tracking_number;
    let state = shipment_state_text(shipment.state, language);
    let latest = shipment.scans.last().map(|scan| {
        let (place, what) = (scan.place.in_language(language), scan.what.in_language(language));
        let at = moment(scan.at, zone);
        match language {
            Language::Zh => format!("最新进展：{at} {place} {what}。"),
            Language::En => format!(" Latest: {at} {place}, {what}."),
        }
    });
    let expected = shipment.expected_at.map(|at| day(at, language, zone)).map(|day| match language {
        Language::Zh => format!("预计 {day}送达。"),
        Language::En => format!(" Expected {day}."),
    });
    let first = match language {
        Language::Zh => format!("{carrier} {number}，{state}。"),
        Language::En => format!("{carrier} {number}: {state}."),
    };
    [Some(first), latest, expected].into_iter().flatten().collect()
}

fn moment(at: Timestamp, zone: &TimeZone) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map(|at| at.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string())
        .unwrap_or_default()
}

fn day(at: Timestamp, language: Language, zone: &TimeZone) -> String {
    let form = if language == Language::Zh { "%-m 月 %-d 日" } else { "%-d %B" };
    jiff::Timestamp::from_millisecond(at.0)
        .map(|at| at.to_zoned(zone.clone()).strftime(form).to_string())
        .unwrap_or_default()
}
