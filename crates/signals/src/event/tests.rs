//! What is read of a batch, what is refused and what is cut.

use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{limits::*, *};

const NOW: Timestamp = Timestamp(1_795_000_000_000);
const ID: &str = "019ab0c2-5a6e-7cc3-98c4-dc0c0c07398f";

fn batch(events: Value) -> Value {
    json!({
        "sent_at": NOW.0, "anonymous_id": "an_1", "consent": { "analytics": true },
        "context": { "tz": "Asia/Shanghai", "page": { "path": "/p/tent?email=a@b.c&page=2#top", "type": "product" } },
        "events": events,
    })
}

fn event(name: &str, properties: Value) -> Value {
    json!({ "event_id": ID, "event": name, "original_ts": NOW.0 - 1_000, "properties": properties })
}

fn one(origin: Origin, event: Value) -> Result<Entry, EventFault> {
    let bytes = serde_json::to_vec(&batch(json!([event]))).unwrap();
    read(&bytes, origin, NOW).unwrap().entries.remove(0)
}

#[test]
fn keeps_what_is_allowed_and_drops_the_rest() {
    let entry = one(
        Origin::Browser,
        event("Product Viewed", json!({ "product_id": "tent", "price_minor": 89_900, "name": "Mr X", "stock": -1 })),
    )
    .unwrap();
    assert_eq!(entry.event.subject(), Some("tent"));
    assert_eq!(entry.event.properties.whole(Property::PriceMinor), Some(89_900));
    assert_eq!((entry.event.properties.len(), entry.dropped), (2, 2));
    assert_eq!(entry.event.at, NOW.minus_ms(1_000));
    assert_eq!(entry.zone.as_deref(), Some("Asia/Shanghai"));
    assert_eq!(&*entry.event.page.unwrap().path, "/p/tent?page=2");
}

#[test]
fn ga4_events_mean_the_same() {
    let ga4 = json!({ "currency": "CNY", "value": 129.9, "items": [{ "item_id": "lamp", "price": 129.9 }] });
    let entry = one(Origin::Browser, event("add_to_cart", ga4)).unwrap();
    assert_eq!((entry.event.name, entry.event.subject()), (Name::ProductAdded, Some("lamp")));
    assert_eq!(entry.event.items[0].price_minor, Some(12_990));
    let purchase = json!({ "transaction_id": "T-1", "value": 10.5, "currency": "CNY" });
    let paid = one(Origin::Server, event("purchase", purchase)).unwrap();
    assert_eq!((paid.event.name, paid.event.subject()), (Name::OrderCompleted, Some("T-1")));
    assert_eq!(paid.event.properties.whole(Property::ValueMinor), Some(1_050));
}

#[test]
fn browsers_are_not_believed_about_orders_or_about_who_they_are() {
    for name in Name::ALL.iter().filter(|name| name.source() == Source::Server) {
        let forged = one(Origin::Browser, event(name.text(), json!({ "order_id": "1" })));
        assert_eq!(forged.unwrap_err(), EventFault::ServerOnly);
    }
    let mut signed = event("Help Opened", json!({}));
    signed["user_id"] = json!("c_1");
    assert_eq!(one(Origin::Browser, signed.clone()).unwrap().subject, Subject::Anonymous("an_1".into()));
    assert_eq!(one(Origin::Server, signed).unwrap().subject, Subject::Customer("c_1".into()));
}

#[test]
fn refuses_each_fault_with_its_own_code() {
    let fault = |change: fn(&mut Value)| {
        let mut one_event = event("Policy Viewed", json!({ "policy_id": "returns" }));
        change(&mut one_event);
        one(Origin::Browser, one_event).map(|_| ()).unwrap_err()
    };
    assert_eq!(fault(|it| it["event_id"] = json!("7")), EventFault::BadId);
    assert_eq!(fault(|it| it["event"] = json!("Drop Table")), EventFault::UnknownEvent);
    assert_eq!(fault(|it| it["type"] = json!("alias")), EventFault::UnknownEvent);
    assert_eq!(fault(|it| it["properties"] = json!({})), EventFault::Missing(Property::PolicyId));
    assert_eq!(
        fault(|it| it["properties"] = json!({ "policy_id": "x".repeat(65) })),
        EventFault::Missing(Property::PolicyId)
    );
    assert_eq!(fault(|it| it["consent"] = json!({ "analytics": false })), EventFault::NoConsent);
    assert_eq!(fault(|it| it["consent"] = json!("yes")), EventFault::NoConsent);
    assert_eq!(fault(|it| it["original_ts"] = json!(NOW.0 - 8 * DAY_MS)), EventFault::TooOld);
    assert_eq!(fault(|it| *it = json!(17)), EventFault::BadJson);
    let nobody =
        json!({ "sent_at": NOW.0, "consent": { "analytics": true }, "events": [event("Help Opened", json!({}))] });
    let read = read(&serde_json::to_vec(&nobody).unwrap(), Origin::Browser, NOW).unwrap();
    assert_eq!(*read.entries[0].as_ref().unwrap_err(), EventFault::NoPerson);
}

#[test]
fn floods_and_rubbish_are_refused_whole() {
    let of = |bytes: &[u8]| read(bytes, Origin::Browser, NOW).unwrap_err().code();
    assert_eq!(of(&vec![b' '; MAX_BATCH_BYTES + 1]), "batch_too_big");
    assert_eq!(of(b"[1, 2"), "bad_json");
    assert_eq!(of(b"{\"events\": []}"), "bad_json");
    let many = vec![json!(1); MAX_BATCH_EVENTS + 1];
    assert_eq!(of(&serde_json::to_vec(&batch(json!(many))).unwrap()), "too_many_events");
}

#[test]
fn wrong_clocks_are_corrected_and_the_future_is_refused() {
    let (ahead, behind) = (NOW.plus_ms(5 * HOUR_MS), NOW.minus_ms(30 * DAY_MS));
    for clock in [ahead, behind] {
        let at = corrected(Origin::Browser, clock.minus_ms(20_000), Some(clock), NOW);
        assert_eq!(at, Ok(NOW.minus_ms(20_000)));
    }
    // Made after it was sent: a clock was set.
    assert_eq!(corrected(Origin::Browser, ahead, Some(behind), NOW), Ok(NOW));
    assert_eq!(corrected(Origin::Server, NOW.plus_ms(MINUTE_MS), None, NOW), Ok(NOW));
    assert_eq!(corrected(Origin::Server, ahead, None, NOW), Err(EventFault::Future));
}

#[test]
fn what_is_searched_for_loses_its_numbers() {
    let searched = |query: &str| {
        let entry = one(Origin::Browser, event("search", json!({ "search_term": query }))).unwrap();
        entry.event.properties.text(Property::Query).unwrap().to_owned()
    };
    assert_eq!(searched(" 13800138000 帐篷 4人 "), "*********** 帐篷 4人");
    assert_eq!(searched(&"长".repeat(200)).chars().count(), MAX_TEXT_CHARS);
}

#[test]
fn the_same_event_is_known_again_but_another_persons_never_is() {
    let event = one(Origin::Browser, event("Help Opened", json!({}))).unwrap().event;
    let person = |id: &str| PersonKey::of("shp_1", &Subject::Anonymous(id.into()));
    let mut seen = Seen::default();
    assert!(seen.is_new(event.key(person("a")), NOW));
    assert!(!seen.is_new(event.key(person("a")), NOW.plus_ms(DAY_MS + 1)));
    assert!(seen.is_new(event.key(person("b")), NOW));
    assert_ne!(
        PersonKey::of("ab", &Subject::Anonymous("c".into())),
        PersonKey::of("a", &Subject::Anonymous("bc".into()))
    );
}

proptest! {
    #[test]
    fn no_bytes_at_all_make_it_fail(bytes: Vec<u8>) {
        let _ = read(&bytes, Origin::Browser, NOW);
    }

    #[test]
    fn odd_values_are_dropped_and_never_kept(value in any::<i64>(), text in ".*") {
        for given in [json!(value), json!(text), json!([text]), json!({ "a": value }), json!(null)] {
            let read = one(Origin::Server, event("Cart Viewed", json!({ "value_minor": given, "cart_id": given })));
            let properties = read.unwrap().event.properties;
            prop_assert!(properties.whole(Property::ValueMinor).is_none_or(|it| (0..=MAX_MINOR).contains(&it)));
            prop_assert!(properties.text(Property::CartId).is_none_or(|it| it.chars().count() <= MAX_CODE_CHARS));
        }
    }

    #[test]
    fn shards_are_even(bits: u128, shards in 1u32..4096) {
        prop_assert!(PersonKey::from_bits(bits).shard(shards) < shards);
    }
}
