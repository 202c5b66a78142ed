//! Arms, sequences and reports against hand-worked and simulated figures.

use proptest::prelude::*;

use super::*;
use crate::{event::PersonKey, trigger::Better};
use domain::time::Timestamp;

const NOW: Timestamp = Timestamp(1_795_161_600_000);

/// As many numbers as wanted, the same every time (SplitMix64).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn reaches(&mut self, rate: f64) -> u64 {
        u64::from((self.next() >> 11) as f64 / (1u64 << 53) as f64 <= rate)
    }
}

#[test]
fn hillstroms_effects_and_intervals() {
    // Women's mail and no mail: 21,387 and 21,306 people, their visits and orders.
    let womens = fixed(0.1514 - 0.1062, 0.1514 * 0.8486 / 21_387.0 + 0.1062 * 0.8938 / 21_306.0, 0.05);
    assert!((womens.half_width() - 0.0063).abs() < 0.00005, "{womens:?}");
    let near = newcombe(Counts::new(21_387, 3_238), Counts::new(21_306, 2_262), 0.05);
    assert!((near.half_width() - 0.0063).abs() < 0.00005 && (near.difference - 0.0452).abs() < 0.0001, "{near:?}");
}

#[test]
fn the_sequence_is_as_wide_as_it_was_measured() {
    // 5 %, 20,000 in each arm: 0.67 points instead of 0.42.
    let arm = Counts::new(20_000, 1_000);
    assert!((sequence(arm, arm, 0.01, 0.05).half_width() - 0.0067).abs() < 0.0001);
    assert!((fixed(0.0, 2.0 * arm.variance(), 0.05).half_width() - 0.0042).abs() < 0.0001);
    // Nine to one is wider than one to one of as many people.
    let uneven = sequence(Counts::new(36_000, 2_160), Counts::new(4_000, 200), 0.01, 0.05);
    assert!(uneven.half_width() > 0.008);
    assert!(!sequence(Counts::new(3, 3), Counts::new(3, 0), 0.01, 0.05).excludes_zero());
    assert!(!sequence(Counts::default(), Counts::default(), 0.01, 0.05).excludes_zero());
}

#[test]
fn looking_a_hundred_times_at_nothing_finds_nothing() {
    let mut draws = Draws(20_261_122);
    let runs = 400;
    let mut fooled = 0;
    for _ in 0..runs {
        let (mut a, mut b) = (Counts::default(), Counts::default());
        let wrong = (0..100).any(|_| {
            for _ in 0..200 {
                a = Counts::new(a.people + 1, a.reached + draws.reaches(0.05));
                b = Counts::new(b.people + 1, b.reached + draws.reaches(0.05));
            }
            sequence(a, b, 0.01, 0.05).excludes_zero()
        });
        fooled += u32::from(wrong);
    }
    assert!(f64::from(fooled) / f64::from(runs) <= 0.05, "{fooled} of {runs}");
}

#[test]
fn sizes_are_planned_as_tables_say() {
    for (rate, lift, size) in
        [(0.02, 0.2, 21_106), (0.02, 0.1, 80_679), (0.05, 0.2, 8_155), (0.05, 0.1, 31_231), (0.1, 0.2, 3_838)]
    {
        let planned = per_arm(rate, rate * lift, 0.05, 0.8).unwrap();
        assert!(planned.abs_diff(size) <= size / 200, "{rate} {lift}: {planned} instead of {size}");
    }
    assert_eq!(per_arm(0.05, 0.0, 0.05, 0.8), None);
    assert_eq!(per_arm(0.9, 0.2, 0.05, 0.8), None);
}

#[test]
fn broken_counts_show_no_effect() {
    assert!(sample_ratio(&[9_000, 1_000], &[0.9, 0.1]) > 0.999);
    assert!(sample_ratio(&[9_300, 700], &[0.9, 0.1]) < 0.001);
    let shares = (0.9, 0.1);
    let told = |treated, control| report(treated, control, shares, Better::More, 0.01, 0.05);
    let broken = told(Counts::new(93_000, 9_300), Counts::new(7_000, 300));
    assert_eq!((broken.conclusion, broken.effect), (Conclusion::Broken, None));
    let helps = told(Counts::new(90_000, 9_000), Counts::new(10_000, 500));
    assert_eq!(helps.conclusion, Conclusion::Helps);
    assert!((helps.relative.unwrap().difference - 1.0).abs() < 1e-9);
    let unsure = told(Counts::new(900, 90), Counts::new(100, 9));
    assert_eq!(unsure.conclusion, Conclusion::Inconclusive);
    assert!(unsure.sentence.en.starts_with("Inconclusive") && unsure.sentence.zh.starts_with("还不能下结论"));
    // Fewer contacts are what is wanted.
    let fewer = report(Counts::new(90_000, 9_000), Counts::new(10_000, 500), shares, Better::Fewer, 0.01, 0.05);
    assert_eq!(fewer.conclusion, Conclusion::Harms);
}

#[test]
fn a_harmed_guardrail_stops_and_an_unsure_one_does_not() {
    let judged = |treated, control| judge(Guardrail::OptOut, treated, control, 0.01, 0.05).stops;
    assert!(judged(Counts::new(9_000, 450), Counts::new(1_000, 0)));
    assert!(!judged(Counts::new(90, 4), Counts::new(10, 0)));
    assert!(!judged(Counts::new(9_000, 9), Counts::new(1_000, 0)));
}

#[test]
fn triggers_borrow_strength_from_each_other() {
    let same = pooled(&[(0.02, 0.0001), (0.02, 0.0004), (0.02, 0.0001)], 0.05).unwrap();
    assert!((same.all.difference - 0.02).abs() < 1e-12 && same.spread == 0.0);
    assert!(same.each.iter().all(|it| (it.difference - 0.02).abs() < 1e-12));
    // An unsure outlier is drawn further towards the others than a sure one.
    let apart = pooled(&[(0.00, 0.000_01), (0.10, 0.000_01), (0.10, 0.002)], 0.05).unwrap();
    let pull = |place: usize| (0.10 - apart.each[place].difference).abs();
    assert!(apart.spread > 0.02 && pull(2) > pull(1), "{apart:?}");
    assert_eq!(pooled(&[], 0.05), None);
    assert!(pooled(&[(0.01, 0.0001)], 0.05).is_some());
}

#[test]
fn arms_have_their_shares_and_are_independent() {
    let mut counts = std::collections::BTreeMap::<(Arm, Arm), u32>::new();
    let people = 40_000u32;
    for number in 0..people {
        let person = PersonKey::from_bits(u128::from(number).wrapping_mul(0x1234_5678_9abc_def1));
        let arm = |experiment| assign(experiment, "shp_1", person, NOW, Shares::default(), None).arm;
        *counts.entry((arm("a"), arm("b"))).or_default() += 1;
    }
    let share = |is: &dyn Fn(&(Arm, Arm)) -> bool| {
        f64::from(counts.iter().filter(|(arms, _)| is(arms)).map(|(_, count)| count).sum::<u32>()) / f64::from(people)
    };
    // The hold-out is one for all; a control group is each experiment's own.
    assert!((share(&|it| it.0 == Arm::HeldOut) - 0.05).abs() < 0.005);
    assert_eq!(share(&|it| (it.0 == Arm::HeldOut) != (it.1 == Arm::HeldOut)), 0.0);
    assert!((share(&|it| it.0 == Arm::Control) - 0.095).abs() < 0.005);
    assert!((share(&|it| *it == (Arm::Control, Arm::Control)) - 0.0095).abs() < 0.002);
}

proptest! {
    #[test]
    fn an_arm_never_changes_after_the_first_exposure(bits: u128, later in 0i64..1_000) {
        let person = PersonKey::from_bits(bits);
        let first = assign("a", "shp_1", person, NOW, Shares::default(), None);
        prop_assert_eq!(&first, &assign("a", "shp_1", person, NOW, Shares::default(), Some(&first)));
        let frozen = Assigned { frozen_at: Some(NOW), ..first };
        let then = NOW.plus_ms(later * domain::time::DAY_MS);
        // Another quarter, other shares, and another person since they have signed in: still the same arm.
        let other = assign("a", "shp_1", PersonKey::from_bits(!bits), then, Shares { control: 0, held_out: 0 }, Some(&frozen));
        prop_assert_eq!(frozen, other);
    }

    #[test]
    fn intervals_hold_their_middle(n1 in 1u64..10_000, n0 in 1u64..10_000, a in 0.0f64..1.0, b in 0.0f64..1.0) {
        let counts = |n: u64, rate: f64| Counts::new(n, (n as f64 * rate) as u64);
        let (treated, control) = (counts(n1, a), counts(n0, b));
        for effect in [sequence(treated, control, 0.01, 0.05), newcombe(treated, control, 0.05)] {
            prop_assert!(effect.low <= effect.difference + 1e-9 && effect.difference <= effect.high + 1e-9);
            prop_assert!(effect.low.is_finite() && effect.high.is_finite());
        }
    }
}
