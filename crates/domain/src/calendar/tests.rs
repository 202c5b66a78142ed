//! Worked cases, and the rules that hold for any hours.

use proptest::prelude::*;

use super::*;
use crate::{
    language::Bilingual,
    time::{DAY_MS, HOUR_MS},
};

fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn shanghai() -> Hours {
    let mut hours = Hours::daily("Asia/Shanghai", 9 * 60, 18 * 60);
    // Saturday only in the morning, Sunday not at all.
    hours.week[5] = vec![Span { from: 9 * 60, until: 12 * 60 }];
    hours.week[6] = Vec::new();
    let name = Bilingual::new("国庆节", "National Day");
    hours.holidays.push(Holiday { date: "2026-10-01".into(), name, open: Vec::new() });
    hours
}

#[test]
fn a_shop_is_open_by_its_own_clock() {
    let calendar = shanghai().calendar().unwrap();
    // Friday 2026-11-20, 9:00 in Shanghai is 1:00 UTC.
    assert!(!calendar.is_open(at("2026-11-20T00:59:59Z")));
    assert!(calendar.is_open(at("2026-11-20T01:00:00Z")));
    assert!(!calendar.is_open(at("2026-11-20T10:00:00Z")));
    assert_eq!(calendar.next_open(at("2026-11-20T10:00:00Z")), Some(at("2026-11-21T01:00:00Z")));
    // From Saturday noon to Monday morning.
    assert_eq!(calendar.next_open(at("2026-11-21T04:00:00Z")), Some(at("2026-11-23T01:00:00Z")));
    assert_eq!(calendar.closes(at("2026-11-21T03:00:00Z")), Some(at("2026-11-21T04:00:00Z")));
    // Thursday is a holiday.
    assert!(!calendar.is_open(at("2026-10-01T03:00:00Z")));
    assert_eq!(calendar.next_open(at("2026-09-30T11:00:00Z")), Some(at("2026-10-02T01:00:00Z")));
}

#[test]
fn only_open_time_counts() {
    let calendar = shanghai().calendar().unwrap();
    // An hour on Friday, three on Saturday, none on Sunday, two on Monday.
    let (from, until) = (at("2026-11-20T09:00:00Z"), at("2026-11-23T03:00:00Z"));
    assert_eq!(calendar.open_ms_between(from, until), 6 * HOUR_MS);
    assert_eq!(calendar.after_open_ms(from, 6 * HOUR_MS), Some(until));
    assert_eq!(calendar.after_open_ms(from, HOUR_MS), Some(at("2026-11-20T10:00:00Z")));
}

#[test]
fn nights_run_past_midnight_and_clocks_change() {
    let night = Hours::daily("Asia/Shanghai", 22 * 60, 6 * 60).calendar().unwrap();
    assert!(night.is_open(at("2026-11-20T21:59:00Z")));
    assert!(!night.is_open(at("2026-11-20T22:00:00Z")));
    assert_eq!(night.open_ms_between(at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z")), 8 * HOUR_MS);
    // New York loses an hour on 2026-03-08 and opens at nine by the wall all the same.
    let new_york = Hours::daily("America/New_York", 9 * 60, 17 * 60).calendar().unwrap();
    assert_eq!(new_york.next_open(at("2026-03-08T06:00:00Z")), Some(at("2026-03-08T13:00:00Z")));
    let all_day = Hours::daily("America/New_York", 0, 24 * 60).calendar().unwrap();
    let (from, until) = (at("2026-03-08T05:00:00Z"), at("2026-03-09T04:00:00Z"));
    assert_eq!(all_day.open_ms_between(from, until), 23 * HOUR_MS);
}

#[test]
fn hours_that_the_clocks_skip_are_none() {
    // Berlin's clocks go from 2:00 to 3:00.
    let mut hours = Hours::daily("Europe/Berlin", 150, 180);
    hours.week[6].push(Span { from: 190, until: 200 });
    let calendar = hours.calendar().unwrap();
    let (from, until) = (at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"));
    assert_eq!(calendar.next_open(from), Some(at("2026-03-29T01:10:00Z")));
    assert_eq!(calendar.open_ms_between(from, until), 10 * MINUTE_MS);
}

#[test]
fn never_open_is_no_loop() {
    let mut hours = shanghai();
    hours.week = Default::default();
    let calendar = hours.calendar().unwrap();
    assert_eq!(calendar.next_open(Timestamp(0)), None);
    assert_eq!(calendar.after_open_ms(Timestamp(0), 1), None);
    assert_eq!(calendar.open_ms_between(Timestamp(0), Timestamp(DAY_MS * 30)), 0);
}

#[test]
fn bad_hours_are_refused() {
    assert!(matches!(Hours::daily("Asia/Nowhere", 0, 60).calendar(), Err(BadHours::Zone)));
    let mut hours = shanghai();
    hours.week[0] = vec![Span { from: 60, until: 60 }];
    assert!(matches!(hours.calendar(), Err(BadHours::Span)));
    let mut hours = shanghai();
    hours.holidays[0].date = "2026-02-30".into();
    assert!(matches!(hours.calendar(), Err(BadHours::Holiday)));
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let span = (0..1440u16, 1..1440u16).prop_map(|(from, length)| Span { from, until: from + length });
    proptest::collection::vec(span, 0..3)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn open_time_adds_up(
        week in proptest::array::uniform7(spans()),
        start in 0..DAY_MS * 7,
        first in 0..DAY_MS * 5,
        second in 0..DAY_MS * 5,
    ) {
        let hours = Hours { zone: "Europe/Berlin".into(), week, holidays: Vec::new() };
        let calendar = hours.calendar().unwrap();
        // Around the day on which the clocks change.
        let from = at("2026-03-26T00:00:00Z").plus_ms(start);
        let (middle, until) = (from.plus_ms(first), from.plus_ms(first + second));
        let whole = calendar.open_ms_between(from, until);
        prop_assert_eq!(calendar.open_ms_between(from, middle) + calendar.open_ms_between(middle, until), whole);
        prop_assert!((0..=first + second).contains(&whole));
        if let Some(open) = calendar.next_open(from) {
            prop_assert!(open >= from && calendar.is_open(open));
            prop_assert_eq!(calendar.open_ms_between(from, open), 0);
        }
        if whole > 0 {
            let then = calendar.after_open_ms(from, whole).unwrap();
            prop_assert!(then <= until);
            prop_assert_eq!(calendar.open_ms_between(from, then), whole);
        }
    }
}
