//! An order's state, parcel and refund in sentences, every value noted as evidence.

use domain::{
    language::Language,
    shop::{Order, OrderState, Refund, RefundState, Shipment, ShipmentState},
    time::{HOUR_MS, Timestamp},
};

use crate::bot::{facts::Facts, texts};

/// A parcel on its way without a scan for so long counts as stuck.
const STUCK_MS: i64 = 48 * HOUR_MS;

pub fn describe_order(order: &Order, facts: &mut Facts) -> String {
    let number = facts.text(order.key.as_str());
    let state = texts::order_state(order.state, facts.language);
    let mut text = match facts.language {
        Language::Zh => format!("您的订单 {number}：{state}。"),
        Language::En => format!("Your order {number}: {state}."),
    };
    let extra = match order.state {
        OrderState::Unpaid => order.closes_at.map(|at| {
            let at = facts.time(at);
            say(
                facts,
                format!("请在 {at} 前付款，逾期订单会自动关闭。"),
                format!(" Please pay before {at}, or it closes by itself."),
            )
        }),
        OrderState::Paid | OrderState::Packing => order.ship_by.map(|at| {
            let at = facts.time(at);
            say(facts, format!("预计在 {at} 前发出。"), format!(" It should ship before {at}."))
        }),
        OrderState::Delivered | OrderState::Completed => order.delivered_at.map(|at| {
            let at = facts.time(at);
            say(facts, format!("签收时间：{at}。"), format!(" Delivered at {at}."))
        }),
        _ => None,
    };
    text.push_str(&extra.unwrap_or_default());
    text
}

pub fn describe_parcel(order: &Order, now: Timestamp, facts: &mut Facts) -> String {
    let Some(shipment) = order.shipments.last() else { return describe_order(order, facts) };
    let number = facts.text(order.key.as_str());
    let carrier = facts.both(&shipment.carrier);
    let tracking = facts.text(&shipment.tracking_number);
    let state = texts::shipment_state(shipment.state, facts.language);
    let mut text = say(
        facts,
        format!("订单 {number} 由{carrier}配送（运单号 {tracking}），当前：{state}。"),
        format!("Order {number} is with {carrier} (tracking number {tracking}): {state}."),
    );
    if let Some(scan) = shipment.scans.last() {
        let (at, place, what) = (facts.time(scan.at), facts.both(&scan.place), facts.both(&scan.what));
        text.push_str(&say(
            facts,
            format!("\n最新动态：{at} {place}，{what}。"),
            format!("\nLatest: {at}, {place}: {what}."),
        ));
    }
    if let (Some(expected), true) = (shipment.expected_at, is_moving(shipment)) {
        let day = facts.day(expected);
        text.push_str(&say(facts, format!("\n预计 {day} 送达。"), format!("\nExpected on {day}.")));
    }
    if is_stuck(shipment, now) {
        text.push('\n');
        text.push_str(texts::parcel_stuck(facts.language));
    }
    text
}

pub fn describe_refund(order: &Order, refund: &Refund, facts: &mut Facts) -> String {
    let number = facts.text(order.key.as_str());
    let amount = facts.money(&refund.amount);
    let state = texts::refund_state(refund.state, facts.language);
    let mut text = say(
        facts,
        format!("订单 {number} 的退款 {amount}：{state}。"),
        format!("The refund of {amount} for order {number}: {state}."),
    );
    if let Some(method) = &refund.method {
        let method = facts.text(method);
        text.push_str(&say(facts, format!("退回方式：{method}。"), format!(" It goes back to {method}.")));
    }
    let is_open = !matches!(refund.state, RefundState::Paid | RefundState::Refused);
    if let (Some(due), true) = (refund.due_at, is_open) {
        let day = facts.day(due);
        text.push_str(&say(facts, format!("预计 {day} 前到账。"), format!(" It should arrive by {day}.")));
    }
    if let (RefundState::Paid, Some(at)) = (refund.state, refund.updated_at) {
        let at = facts.time(at);
        text.push_str(&say(facts, format!("退款时间：{at}。"), format!(" Paid at {at}.")));
    }
    text
}

fn say(facts: &Facts, zh: String, en: String) -> String {
    match facts.language {
        Language::Zh => zh,
        Language::En => en,
    }
}

const fn is_moving(shipment: &Shipment) -> bool {
    matches!(shipment.state, ShipmentState::Created | ShipmentState::InTransit | ShipmentState::OutForDelivery)
}

pub fn is_stuck(shipment: &Shipment, now: Timestamp) -> bool {
    let latest = shipment.scans.last().map_or(shipment.created_at, |scan| scan.at);
    matches!(shipment.state, ShipmentState::Lost) || (is_moving(shipment) && now.since_ms(latest) > STUCK_MS)
}
