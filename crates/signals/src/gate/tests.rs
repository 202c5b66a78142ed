//! The order of the checks, and that the first failure is kept.

use proptest::prelude::*;

use super::*;
use crate::trigger::{Source, load};

const HOUR: i64 = HOUR_MS;
/// Four in the afternoon in Shanghai.
const NOW: Timestamp = Timestamp(1_795_161_600_000);

fn trigger(changes: &[(&str, &str)]) -> Trigger {
    let mut text = r#"id: t
title: {zh: 测, en: T}
about: order
on: [Order Placed]
purpose: service
priority: 50
message:
  surface: message
  text: {zh: 好, en: ok}
goal: {event: Order Completed, within: 1d, better: more}
"#
    .to_owned();
    for (from, to) in changes {
        text = text.replace(from, to);
    }
    (**load(&[Source { file: "t.yaml".into(), text }]).unwrap().get("t").unwrap()).clone()
}

fn standing() -> Standing {
    Standing {
        now: NOW,
        is_stopped: false,
        is_shop_enabled: true,
        consent: Consent { analytics: true, service_outreach: true, marketing: true },
        opted_out: false,
        opted_out_channels: Vec::new(),
        still_holds: true,
        has_open_conversation: false,
        last_contact: None,
        needs_human: false,
        zone: Some("Asia/Shanghai".into()),
        shop_zone: "Asia/Shanghai".into(),
        sent: Vec::new(),
        sent_last_minute: 0,
        open_tasks: 0,
        rivals: Vec::new(),
    }
}

fn assigned(arm: Arm) -> Assigned {
    Assigned { arm, propensity: 8_550, version: "t/2026Q4".into(), frozen_at: None }
}

fn sent(hours_ago: i64) -> Sent {
    Sent {
        at: NOW.minus_ms(hours_ago * HOUR),
        trigger: "other".into(),
        object: "o".into(),
        visit: Timestamp(1),
        channel: Channel::Widget,
    }
}

fn reason(trigger: &Trigger, channel: Channel, standing: &Standing, arm: Arm) -> Option<Reason> {
    let wish = Wish { trigger, object: "o1", visit: Timestamp(2), value_minor: Some(100), channel };
    decide(&wish, standing, &Limits::default(), assigned(arm)).reason
}

#[test]
fn each_reason_has_its_case() {
    type Change = fn(&mut Standing);
    let cases: [(Reason, Change); 17] = [
        (Reason::Stopped, |it| it.is_stopped = true),
        (Reason::ShopDisabled, |it| it.is_shop_enabled = false),
        (Reason::NoConsent, |it| it.consent.service_outreach = false),
        (Reason::OptedOut, |it| it.opted_out = true),
        (Reason::OptedOut, |it| it.opted_out_channels = vec![Channel::Widget]),
        (Reason::NoLongerSo, |it| it.still_holds = false),
        (Reason::ConversationOpen, |it| it.has_open_conversation = true),
        (Reason::RecentContact, |it| it.last_contact = Some(NOW.minus_ms(HOUR))),
        (Reason::HumanOnly, |it| it.needs_human = true),
        (Reason::QuietHours, |it| it.zone = Some("America/New_York".into())),
        (Reason::PersonDayCap, |it| it.sent = vec![sent(20)]),
        (Reason::PersonWeekCap, |it| it.sent = vec![sent(30), sent(50), sent(70)]),
        (Reason::ObjectCap, |it| {
            it.sent = vec![Sent { trigger: "t".into(), object: "o1".into(), ..sent(24 * 90) }];
        }),
        (Reason::VisitCap, |it| it.sent = vec![Sent { visit: Timestamp(2), ..sent(25) }]),
        (Reason::ShopMinuteCap, |it| it.sent_last_minute = 60),
        (Reason::Outranked, |it| {
            it.rivals = vec![Rival { trigger: "a".into(), object: "o".into(), priority: 51, value_minor: None }];
        }),
        (Reason::Outranked, |it| {
            it.rivals = vec![Rival { trigger: "z".into(), object: "o".into(), priority: 50, value_minor: Some(101) }];
        }),
    ];
    let trigger = trigger(&[]);
    assert_eq!(reason(&trigger, Channel::Widget, &standing(), Arm::Treated), None);
    for (is, change) in cases {
        let mut changed = standing();
        change(&mut changed);
        assert_eq!(reason(&trigger, Channel::Widget, &changed, Arm::Treated), Some(is));
    }
    assert_eq!(reason(&trigger, Channel::Widget, &standing(), Arm::HeldOut), Some(Reason::HeldOut));
    assert_eq!(reason(&trigger, Channel::Widget, &standing(), Arm::Control), Some(Reason::Control));
    // One day and an hour ago the week's limit isn't reached, and another channel is cool.
    let mut one = standing();
    one.sent = vec![sent(25)];
    assert_eq!(reason(&trigger, Channel::Email, &one, Arm::Treated), None);
    // A shop that allows two a day still doesn't change channels within the cool-down.
    one.sent = vec![sent(10)];
    let limits = Limits { per_day: 2, ..Limits::default() };
    let wish =
        Wish { trigger: &trigger, object: "o1", visit: Timestamp(2), value_minor: None, channel: Channel::Email };
    assert_eq!(decide(&wish, &one, &limits, assigned(Arm::Treated)).reason, Some(Reason::CoolDown));
}

#[test]
fn marketing_needs_its_own_consent_and_humans_their_capacity() {
    let mut it = standing();
    it.consent.marketing = false;
    let selling = trigger(&[("purpose: service", "purpose: marketing")]);
    assert_eq!(reason(&selling, Channel::Widget, &it, Arm::Treated), Some(Reason::NoConsent));
    assert_eq!(reason(&selling, Channel::Human, &it, Arm::Treated), Some(Reason::NoConsent));
    let mut busy = standing();
    (busy.needs_human, busy.has_open_conversation) = (true, true);
    assert_eq!(reason(&trigger(&[]), Channel::Human, &busy, Arm::Treated), None);
    busy.open_tasks = 20;
    assert_eq!(reason(&trigger(&[]), Channel::Human, &busy, Arm::Treated), Some(Reason::TaskCapacity));
}

#[test]
fn quiet_hours_are_the_persons_own_and_an_unknown_zone_is_always_quiet() {
    let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
    let quiet = QuietSpan::default();
    let cases = [
        ("Asia/Shanghai", "2026-11-22T13:00:00Z", true),
        ("Asia/Shanghai", "2026-11-22T12:59:59Z", false),
        ("Asia/Shanghai", "2026-11-22T00:59:59Z", true),
        ("Asia/Shanghai", "2026-11-22T01:00:00Z", false),
        ("America/New_York", "2026-11-22T13:00:00Z", true),
        ("America/New_York", "2026-11-22T14:00:00Z", false),
        ("Asia/Kathmandu", "2026-11-22T15:15:00Z", true),
        ("Mars/Olympus", "2026-11-22T04:00:00Z", true),
    ];
    for (zone, moment, is) in cases {
        assert_eq!(quiet.covers(at(moment), zone), is, "{zone} {moment}");
    }
}

fn any_standing() -> impl Strategy<Value = Standing> {
    let flags = (any::<[bool; 8]>(), proptest::option::of(0i64..40), 0i64..24);
    let more = (proptest::collection::vec((0i64..200, any::<bool>()), 0..5), 0usize..80, 0usize..30);
    (flags, more).prop_map(|((flags, contact, hour), (before, minute, tasks))| Standing {
        now: NOW.plus_ms(hour * HOUR),
        is_stopped: flags[0] && flags[1],
        is_shop_enabled: !(flags[1] && flags[2]),
        consent: Consent { analytics: true, service_outreach: flags[3] || flags[4], marketing: flags[4] },
        opted_out: flags[5] && flags[6],
        still_holds: flags[6] || flags[0],
        has_open_conversation: flags[7],
        last_contact: contact.map(|hours| NOW.minus_ms(hours * HOUR)),
        needs_human: flags[2] && flags[7],
        sent: before
            .into_iter()
            .map(|(hours, human)| Sent { channel: if human { Channel::Human } else { Channel::Widget }, ..sent(hours) })
            .collect(),
        sent_last_minute: minute,
        open_tasks: tasks,
        ..standing()
    })
}

proptest! {
    /// The whole trace is there, in the fixed order, and its first failure is the reason.
    #[test]
    fn the_first_failure_is_the_reason(standing in any_standing(), human: bool, arm in 0..3) {
        let arm = [Arm::Treated, Arm::Control, Arm::HeldOut][arm as usize];
        let trigger = trigger(&[]);
        let channel = if human { Channel::Human } else { Channel::Widget };
        let wish = Wish { trigger: &trigger, object: "o1", visit: Timestamp(2), value_minor: None, channel };
        let verdict = decide(&wish, &standing, &Limits::default(), assigned(arm));
        let order: Vec<Reason> = verdict.steps.iter().map(|step| step.check).collect();
        prop_assert_eq!(order, Reason::ALL.to_vec());
        let first = verdict.steps.iter().find(|step| !step.passed).map(|step| step.check);
        prop_assert_eq!(verdict.reason, first);
        prop_assert_eq!(verdict.assigned.is_some(), verdict.is_eligible());
        // What is sent by itself is sent to nobody who said no, who is being talked to, or at night.
        if verdict.is_sent() && !human {
            prop_assert!(standing.consent.service_outreach && !standing.opted_out && !standing.has_open_conversation);
            prop_assert!(!standing.is_stopped && standing.still_holds && !standing.needs_human);
            prop_assert!(!QuietSpan::default().covers(standing.now, "Asia/Shanghai"));
        }
        // The arm changes who is contacted, never who is eligible.
        let other = decide(&wish, &standing, &Limits::default(), assigned(Arm::Treated));
        prop_assert_eq!(verdict.is_eligible(), other.is_eligible());
    }

    /// Of any signals that wait for one person, exactly one wins.
    #[test]
    fn one_outreach_wins(signals in proptest::collection::btree_map("[a-d]", (0u8..4, 0i64..3), 1..5)) {
        let wins = signals.iter().filter(|(id, (priority, value))| {
            let trigger = Trigger { id: (*id).clone(), priority: *priority, ..trigger(&[]) };
            let wish = Wish { trigger: &trigger, object: "", visit: NOW, value_minor: Some(*value), channel: Channel::Widget };
            let rivals = signals.iter().filter(|(other, _)| other != id).map(|(other, (priority, value))| Rival {
                trigger: other.clone(), object: String::new(), priority: *priority, value_minor: Some(*value),
            });
            let standing = Standing { rivals: rivals.collect(), ..standing() };
            decide(&wish, &standing, &Limits::default(), assigned(Arm::Treated)).is_sent()
        });
        prop_assert_eq!(wins.count(), 1);
    }
}
