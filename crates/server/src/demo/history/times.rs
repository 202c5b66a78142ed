//! When the visits of the demo's past days came: more at noon and in the evening, none at night.

use std::ops::Range;

use domain::time::{DAY_MS, HOUR_MS, Timestamp};
use rand::{Rng, distr::weighted::WeightedIndex, prelude::Distribution};

/// How much of a day's visits each hour gets.
const HOURS: [(i64, u32); 13] = [
    (9, 4),
    (10, 6),
    (11, 7),
    (12, 8),
    (13, 7),
    (14, 6),
    (15, 5),
    (16, 5),
    (17, 5),
    (18, 6),
    (19, 8),
    (20, 10),
    (21, 8),
];
/// Where the demo's shop is.
const ZONE: &str = "Asia/Shanghai";

/// The times of all visits between `start` and `end`, in order.
pub fn draw(start: Timestamp, end: Timestamp, days: i64, a_day: Range<usize>, random: &mut impl Rng) -> Vec<Timestamp> {
    let (Ok(hours), Some(first)) = (WeightedIndex::new(HOURS.map(|(_, weight)| weight)), midnight_before(start)) else {
        return Vec::new();
    };
    let mut times: Vec<Timestamp> = (0..=days)
        .flat_map(|day| {
            let midnight = first.plus_ms(day * DAY_MS);
            (0..random.random_range(a_day.clone()))
                .map(|_| {
                    let (hour, _) = HOURS[hours.sample(random)];
                    midnight.plus_ms(hour * HOUR_MS + random.random_range(0..HOUR_MS))
                })
                .collect::<Vec<_>>()
        })
        .filter(|time| (start..end).contains(time))
        .collect();
    times.sort_unstable();
    times
}

fn midnight_before(time: Timestamp) -> Option<Timestamp> {
    let local = jiff::Timestamp::from_millisecond(time.0).ok()?.in_tz(ZONE).ok()?;
    Some(Timestamp(local.start_of_day().ok()?.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::StdRng};

    #[test]
    fn visits_come_in_order_by_day_and_never_at_night() {
        let start = Timestamp(1_795_000_000_000);
        let end = start.plus_ms(3 * DAY_MS);
        let times = draw(start, end, 3, 10..12, &mut StdRng::seed_from_u64(1));
        assert!((20..=44).contains(&times.len()), "{}", times.len());
        assert!(times.is_sorted());
        for time in times {
            assert!(start <= time && time < end);
            let hour = jiff::Timestamp::from_millisecond(time.0).unwrap().in_tz(ZONE).unwrap().hour();
            assert!((9..22).contains(&hour), "{hour}");
        }
    }
}
