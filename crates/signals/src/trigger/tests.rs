//! Trigger files are read whole, and faults name their line.

use super::*;

const GOOD: &str = r#"id: stuck
title: {zh: 卡住, en: Stuck}
about: visit
on: [Rage Click]
when: count("Rage Click", 5 * minute) >= 2
purpose: service
priority: 10
message:
  surface: teaser
  text: {zh: 需要帮忙吗？, en: "Stuck, {{ person.name }}?"}
goal: {event: add_to_cart, within: 1h, better: more}
"#;

fn fault(from: &str, to: &str) -> String {
    let text = GOOD.replace(from, to);
    assert_ne!(text, GOOD, "{from}");
    load(&[Source { file: "stuck.yaml".into(), text }]).unwrap_err().remove(0).to_string()
}

#[test]
fn a_file_is_read_and_found_by_what_it_listens_to() {
    let triggers = load(&[Source { file: "a/stuck.yaml".into(), text: GOOD.into() }]).unwrap();
    let found: Vec<&str> = triggers.listening(Name::RageClick).map(|it| it.id.as_str()).collect();
    assert_eq!(found, ["stuck"]);
    assert!(triggers.counts(Name::RageClick) && !triggers.counts(Name::DeadClick));
    assert_eq!(triggers.get("stuck").unwrap().goal.event, Name::ProductAdded);
}

#[test]
fn faults_name_their_line() {
    for (from, to, line, part) in [
        ("Rage Click\", 5", "Rage\", 5", 5, "no event is called `Rage`"),
        ("on: [Rage Click]", "on: [Rage]", 4, "no event is called `Rage`"),
        ("on: [Rage Click]", "on: [Outreach Sent]", 4, "the desk's own word"),
        ("on: [Rage Click]", "on: []", 4, "at least one event"),
        ("priority: 10", "priority: 10\ncolour: red", 8, "colour"),
        ("within: 1h", "within: soon", 11, "no stretch of time"),
        ("person.name", "secret.name", 10, "nothing is called `secret`"),
        ("person.name }}", "person.name", 10, ""),
        ("id: stuck", "id: stack", 1, "stands in the file"),
        ("purpose: service", "purpose: fun", 6, "fun"),
    ] {
        let fault = fault(from, to);
        assert!(fault.starts_with(&format!("stuck.yaml:{line}:")) && fault.contains(part), "{to}: {fault}");
    }
}

#[test]
fn ten_in_the_morning_is_the_persons_ten() {
    let clock: span::Clock = serde_yaml_ng::from_str("\"10:00\"").unwrap();
    let zone = |name: &str| jiff::tz::TimeZone::get(name).unwrap();
    let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
    let cases = [
        ("Asia/Shanghai", "2026-11-22T01:00:00Z", "2026-11-22T02:00:00Z"),
        ("Asia/Shanghai", "2026-11-22T02:00:00Z", "2026-11-22T02:00:00Z"),
        ("Asia/Shanghai", "2026-11-22T02:00:01Z", "2026-11-23T02:00:00Z"),
        ("America/New_York", "2026-11-22T02:00:00Z", "2026-11-22T15:00:00Z"),
        // The clocks change in the night of 1 November.
        ("America/New_York", "2026-10-31T15:00:00Z", "2026-11-01T15:00:00Z"),
    ];
    for (name, from, then) in cases {
        assert_eq!(clock.not_before(at(from), &zone(name)), at(then), "{name} {from}");
    }
}
