//! Every shipped trigger has its story: it fires where it should, and stays silent where it should.

use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp};
use signals::event::{Held::Whole, Name, Property::*};

use crate::world::{NOON, World, shipped, text};

fn after(ms: i64) -> Timestamp {
    NOON.plus_ms(ms)
}

fn told(trigger: &str, at: Timestamp) -> Vec<(String, Timestamp)> {
    vec![(trigger.to_owned(), at)]
}

#[test]
fn all_triggers_of_the_table_are_there() {
    let triggers = shipped();
    let mut ids: Vec<&str> = triggers.iter().map(|it| it.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids.len(), 16);
    for id in ["checkout_failed", "unpaid_order", "stalled_parcel", "price_drop", "back_in_stock", "address_check"] {
        assert!(ids.contains(&id), "{id}");
    }
    // The desk's own word is nobody's to sell with.
    assert!(triggers.iter().filter(|it| it.id.contains("review")).all(|it| it.is_human_only()));
}

#[test]
fn two_failures_in_ten_minutes_count_and_an_order_ends_it() {
    let fail = [(Stage, text("payment")), (ValueMinor, Whole(60_000))];
    let mut world = World::new();
    world.happens(Name::CheckoutFailed, NOON, &fail);
    world.wait_until(after(5 * MINUTE_MS));
    assert!(world.noticed().is_empty());
    world.happens(Name::CheckoutFailed, after(9 * MINUTE_MS), &fail);
    world.wait_until(after(9 * MINUTE_MS + 59 * SECOND_MS));
    assert!(world.noticed().is_empty());
    world.wait_until(after(10 * MINUTE_MS));
    assert!(world.noticed[0].wants_task, "a large cart is worth a human");
    assert_eq!(world.noticed[0].value_minor, Some(60_000));
    assert_eq!(world.noticed(), told("checkout_failed", after(10 * MINUTE_MS)));
    // Once in a visit.
    world.happens(Name::CheckoutFailed, after(11 * MINUTE_MS), &fail);
    world.wait_until(after(HOUR_MS));
    assert!(world.noticed().is_empty());

    let mut world = World::new();
    world.happens(Name::CheckoutFailed, NOON, &fail);
    world.happens(Name::CheckoutFailed, after(MINUTE_MS), &fail);
    world.happens(Name::OrderPlaced, after(MINUTE_MS + 30 * SECOND_MS), &[(OrderId, text("A"))]);
    world.wait_until(after(15 * MINUTE_MS));
    assert!(world.noticed().is_empty(), "the shopper made it");
}

#[test]
fn an_unpaid_order_is_spoken_of_half_an_hour_before_it_closes() {
    let mut world = World::new();
    let closes = after(2 * HOUR_MS);
    world.happens(Name::OrderPlaced, NOON, &[(OrderId, text("A")), (ClosesAt, Whole(closes.0))]);
    world.happens(Name::OrderPlaced, NOON, &[(OrderId, text("B"))]);
    world.wait_until(after(HOUR_MS));
    assert_eq!(world.noticed(), told("unpaid_order", after(20 * MINUTE_MS)), "without a closing time");
    // The shop gives more time: what was waited for moves along.
    let closes = after(5 * HOUR_MS);
    world.happens(Name::OrderUpdated, after(HOUR_MS), &[(OrderId, text("A")), (ClosesAt, Whole(closes.0))]);
    world.wait_until(after(6 * HOUR_MS));
    assert_eq!(world.noticed(), told("unpaid_order", closes.minus_ms(30 * MINUTE_MS)));
}

#[test]
fn payment_ends_the_reminder_and_asks_for_the_address() {
    let mut world = World::new();
    world.happens(Name::OrderPlaced, NOON, &[(OrderId, text("A"))]);
    world.happens(Name::OrderCompleted, after(MINUTE_MS), &[(OrderId, text("A"))]);
    world.wait_until(after(HOUR_MS));
    assert_eq!(world.noticed(), told("address_check", after(2 * MINUTE_MS)));
}

#[test]
fn paid_and_not_shipped_is_told_at_ten_in_the_morning() {
    let mut world = World::new();
    world.happens(Name::OrderCompleted, NOON, &[(OrderId, text("A"))]);
    world.happens(Name::OrderCompleted, NOON, &[(OrderId, text("B"))]);
    world.happens(Name::ShipmentScanned, after(HOUR_MS), &[(ShipmentId, text("S")), (OrderId, text("B"))]);
    world.happens(Name::ShipmentDelivered, after(DAY_MS), &[(ShipmentId, text("S")), (OrderId, text("B"))]);
    world.wait_until(after(4 * DAY_MS));
    let late: Vec<_> = world.noticed().into_iter().filter(|(id, _)| id != "address_check").collect();
    // Noon and 48 hours, then the next ten o'clock.
    assert_eq!(late, told("late_shipment", after(2 * DAY_MS + 22 * HOUR_MS)));
}

#[test]
fn a_parcel_without_a_scan_is_noticed_and_a_scan_starts_the_wait_anew() {
    let parcel = [(ShipmentId, text("S")), (StallAfterHours, Whole(24))];
    let mut world = World::new();
    world.happens(Name::ShipmentCreated, NOON, &parcel);
    world.happens(Name::ShipmentScanned, after(20 * HOUR_MS), &parcel);
    world.wait_until(after(43 * HOUR_MS));
    assert!(world.noticed().is_empty());
    world.wait_until(after(44 * HOUR_MS));
    assert!(!world.noticed[0].wants_task);
    assert_eq!(world.noticed(), told("stalled_parcel", after(44 * HOUR_MS)));
}

#[test]
fn loops_and_trouble_are_noticed_when_the_person_pauses() {
    let mut world = World::new();
    for minute in 0..3 {
        world.happens(Name::PolicyViewed, after(minute * MINUTE_MS), &[(PolicyId, text("returns"))]);
    }
    world.happens(Name::ProductViewed, after(2 * MINUTE_MS + 10 * SECOND_MS), &[(ProductId, text("tent"))]);
    world.wait_until(after(2 * MINUTE_MS + 29 * SECOND_MS));
    assert!(world.noticed().is_empty(), "still reading");
    world.wait_until(after(2 * MINUTE_MS + 30 * SECOND_MS));
    assert_eq!(world.noticed(), told("policy_loop", after(2 * MINUTE_MS + 30 * SECOND_MS)));
    for second in 0..2 {
        let at = after(3 * MINUTE_MS + second * SECOND_MS);
        world.happens(Name::RageClick, at, &[(SelectorHash, text("h"))]);
    }
    assert_eq!(world.noticed(), told("frustration", after(3 * MINUTE_MS + SECOND_MS)));
    for minute in [4, 5] {
        world.happens(Name::SizeChartViewed, after(minute * MINUTE_MS), &[(ProductId, text("coat"))]);
    }
    world.wait_until(after(6 * MINUTE_MS));
    assert_eq!(world.noticed(), told("size_loop", after(5 * MINUTE_MS + 20 * SECOND_MS)));
}

#[test]
fn facts_of_the_shop_are_answered_each_by_its_trigger() {
    let day = |days: i64| after(days * DAY_MS);
    let mut world = World::new();
    world.happens(Name::RefundRequested, NOON, &[(RefundId, text("R")), (DueAt, Whole(day(3).0))]);
    world.happens(Name::InvoiceRequested, NOON, &[(OrderId, text("A")), (DueAt, Whole(day(1).0))]);
    world.happens(Name::ShipmentException, NOON, &[(ShipmentId, text("S")), (Reason, text("nobody_home"))]);
    world.happens(Name::ProductReviewed, NOON, &[(OrderId, text("A")), (Rating, Whole(2))]);
    world.happens(Name::ProductReviewed, NOON, &[(OrderId, text("B")), (Rating, Whole(4))]);
    world.happens(Name::FeedbackGiven, NOON, &[(ConversationId, text("cnv")), (Rating, Whole(1))]);
    world.happens(Name::BackInStock, NOON, &[(ProductId, text("tent"))]);
    let drop = [(OrderId, text("A")), (PaidMinor, Whole(9_900)), (PriceMinor, Whole(8_900))];
    world.happens(Name::PriceDropped, NOON, &drop);
    let ended = [
        (OrderId, text("C")),
        (PaidMinor, Whole(9_900)),
        (PriceMinor, Whole(8_900)),
        (ProtectedUntil, Whole(NOON.0 - 1)),
    ];
    world.happens(Name::PriceDropped, NOON, &ended);
    let value = world.noticed.iter().find(|it| it.trigger == "price_drop").unwrap().value_minor;
    assert_eq!(value, Some(1_000));
    let ids: Vec<String> = world.noticed().into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["delivery_failed", "negative_review", "low_rating", "back_in_stock", "price_drop"]);
    world.wait_until(day(5));
    let ten = day(1).plus_ms(22 * HOUR_MS);
    let later = world.noticed();
    assert_eq!(later, [("invoice_overdue".to_owned(), ten), ("refund_pending".to_owned(), day(2))]);
}

#[test]
fn repurchase_waits_for_its_day() {
    let mut world = World::new();
    let due = after(30 * DAY_MS);
    world.happens(Name::OrderCompleted, NOON, &[(OrderId, text("A")), (RepurchaseAt, Whole(due.0))]);
    world.happens(Name::ShipmentScanned, after(MINUTE_MS / 2), &[(ShipmentId, text("S")), (OrderId, text("A"))]);
    world.happens(Name::ShipmentDelivered, after(MINUTE_MS), &[(ShipmentId, text("S")), (OrderId, text("A"))]);
    world.wait_until(after(40 * DAY_MS));
    assert_eq!(world.noticed(), told("repurchase_due", due.plus_ms(22 * HOUR_MS)));
}
