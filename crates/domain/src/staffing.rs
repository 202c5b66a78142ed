//! How many agents it takes: Erlang A (M/M/n+M), the simplest model of a queue whose people lose patience. Erlang C,
//! which knows no patience, explodes as soon as there are as many conversations as agents.

/// What comes in, how long it takes, and how long people wait for it, as means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    pub arrivals_per_ms: f64,
    pub handle_ms: f64,
    pub patience_ms: f64,
}

/// What shoppers meet with so many agents, each serving one conversation at a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// Share of those who have to wait at all.
    pub waits: f64,
    /// Share of those who leave before it is their turn.
    pub abandons: f64,
    /// Mean wait of everybody, whether or not they were served.
    pub wait_ms: f64,
    /// Share of those who are served within the time that was asked about.
    pub within: f64,
}

/// States with less weight than this change nothing.
const NEGLIGIBLE: f64 = 1e-12;
/// Far from where numbers end, and far above one.
const LARGE: f64 = 1e100;
/// No team is larger; it ends a search that can't succeed.
pub const MAX_AGENTS: usize = 2_000;

impl Load {
    pub fn is_sound(&self) -> bool {
        let is_positive = |value: f64| value.is_finite() && value > 0.0;
        is_positive(self.arrivals_per_ms) && is_positive(self.handle_ms) && is_positive(self.patience_ms)
    }

    /// The work that comes in, in agents that would be busy all the time.
    pub fn offered(&self) -> f64 {
        self.arrivals_per_ms * self.handle_ms
    }
}

/// In the long run, with `agents` of them; `None` for a load that makes no sense or nobody to serve it.
pub fn expect(load: Load, agents: usize, within_ms: f64) -> Option<Expected> {
    if !load.is_sound() || agents == 0 || agents > MAX_AGENTS {
        return None;
    }
    let (serve, leave) = (agents as f64 / load.handle_ms, 1.0 / load.patience_ms);
    // Weights are relative to each other; they are made smaller together before they get too large to be told.
    let (mut fewer, mut nobody_waits, mut weight) = (0.0, 1.0, 1.0);
    for busy in (1..=agents).rev() {
        weight *= busy as f64 / load.offered();
        fewer += weight;
        if weight > LARGE {
            (fewer, nobody_waits, weight) = (fewer / LARGE, nobody_waits / LARGE, weight / LARGE);
        }
        if weight < NEGLIGIBLE * fewer {
            break;
        }
    }
    let mut waiting = Waiting::new(serve, leave, within_ms);
    let mut weight = nobody_waits;
    for ahead in 0.. {
        waiting.take_in(ahead, weight);
        let pressure = load.arrivals_per_ms / (serve + (ahead + 1) as f64 * leave);
        weight *= pressure;
        if weight > LARGE {
            (fewer, weight) = (fewer / LARGE, weight / LARGE);
            waiting.shrink();
        }
        if pressure < 1.0 && weight <= NEGLIGIBLE * (fewer + waiting.all) {
            break;
        }
    }
    let all = fewer + waiting.all;
    let queue = waiting.queue / all;
    Some(Expected {
        waits: waiting.all / all,
        abandons: queue * leave / load.arrivals_per_ms,
        wait_ms: queue / load.arrivals_per_ms,
        within: (fewer + waiting.served_in_time) / all,
    })
}

/// Sums over the states in which everybody is busy.
struct Waiting {
    all: f64,
    queue: f64,
    served_in_time: f64,
    /// Agents' departures and patience, per millisecond.
    serve: f64,
    leave: f64,
    /// Of the wait's distribution, which is that of the logarithm of a beta variable.
    late: f64,
    late_term: f64,
    shape: f64,
    base: f64,
}

impl Waiting {
    fn new(serve: f64, leave: f64, within_ms: f64) -> Self {
        let base = (-leave * within_ms).exp();
        let shape = serve / leave + 1.0;
        Self {
            all: 0.0,
            queue: 0.0,
            served_in_time: 0.0,
            serve,
            leave,
            late: 0.0,
            late_term: base.powf(shape),
            shape,
            base,
        }
    }

    fn shrink(&mut self) {
        for sum in [&mut self.all, &mut self.queue, &mut self.served_in_time] {
            *sum /= LARGE;
        }
    }

    /// Somebody comes while all are busy and `ahead` wait already. It is their turn after `ahead + 1` departures, and
    /// they are served if their patience holds until then.
    fn take_in(&mut self, ahead: usize, weight: f64) {
        let place = ahead as f64;
        if ahead > 0 {
            self.late_term *= (1.0 - self.base) * (self.shape + place - 1.0) / place;
        }
        self.late += self.late_term;
        let served = self.serve / (self.serve + (place + 1.0) * self.leave);
        self.all += weight;
        self.queue += weight * place;
        self.served_in_time += weight * served * (1.0 - self.late).max(0.0);
    }
}

/// The fewest agents with whom at least `share` of the shoppers are served within the time.
pub fn agents_for(load: Load, share: f64, within_ms: f64) -> Option<usize> {
    if !load.is_sound() || !(0.0..1.0).contains(&share) {
        return None;
    }
    // The share only rises with the number of agents, so halving finds the first that is enough.
    let is_enough = |agents: usize| expect(load, agents, within_ms).is_some_and(|expected| expected.within >= share);
    let (mut few, mut many) = (0, 1);
    while !is_enough(many) {
        few = many;
        many *= 2;
        if many > MAX_AGENTS {
            return None;
        }
    }
    while many - few > 1 {
        let middle = few + (many - few) / 2;
        if is_enough(middle) { many = middle } else { few = middle }
    }
    Some(many)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::{MINUTE_MS, SECOND_MS};

    /// Two a minute, eight minutes each, five minutes of patience: sixteen busy agents.
    fn load() -> Load {
        let minute = MINUTE_MS as f64;
        Load { arrivals_per_ms: 2.0 / minute, handle_ms: 8.0 * minute, patience_ms: 5.0 * minute }
    }

    #[test]
    fn agrees_with_the_worked_figures() {
        // Agents, share that waits, share that leaves, mean wait in minutes.
        let cases = [
            (14, None, 0.184, Some(0.92)),
            (18, Some(0.31), 0.060, None),
            (20, Some(0.172), 0.028, None),
            (24, Some(0.035), 0.004, None),
        ];
        for (agents, waits, abandons, wait) in cases {
            let expected = expect(load(), agents, 0.0).unwrap();
            assert!((expected.abandons - abandons).abs() < 0.0006, "{agents}: {expected:?}");
            assert!(waits.is_none_or(|waits| (expected.waits - waits).abs() < 0.006), "{agents}: {expected:?}");
            let minutes = expected.wait_ms / MINUTE_MS as f64;
            assert!(wait.is_none_or(|wait: f64| (minutes - wait).abs() < 0.006), "{agents}: {expected:?}");
        }
        assert!((load().offered() - 16.0).abs() < 1e-9);
    }

    #[test]
    fn being_served_in_time_lies_between_at_once_and_at_all() {
        for agents in [1, 8, 14, 18, 24, 60] {
            let at = |ms: f64| expect(load(), agents, ms).unwrap();
            let (at_once, soon, later, ever) = (at(0.0), at(20_000.0), at(60_000.0), at(1e12));
            assert!((at_once.within - (1.0 - at_once.waits)).abs() < 1e-9, "{agents}");
            assert!((ever.within - (1.0 - ever.abandons)).abs() < 1e-6, "{agents}: {ever:?}");
            assert!(at_once.within <= soon.within && soon.within <= later.within && later.within <= ever.within);
        }
    }

    #[test]
    fn finds_the_fewest_who_are_enough() {
        let within = 60.0 * SECOND_MS as f64;
        let agents = agents_for(load(), 0.9, within).unwrap();
        assert!(expect(load(), agents, within).unwrap().within >= 0.9);
        assert!(expect(load(), agents - 1, within).unwrap().within < 0.9);
        assert_eq!(agents_for(Load { arrivals_per_ms: 0.0, ..load() }, 0.9, within), None);
        assert_eq!(expect(load(), 0, within), None);
        // Far too few, and far too many.
        let flood = Load { arrivals_per_ms: 1.0, ..load() };
        assert!((expect(flood, 1, within).unwrap().abandons - 1.0).abs() < 1e-5);
        let trickle = Load { arrivals_per_ms: 1e-9, ..load() };
        assert!((expect(trickle, 1_000, within).unwrap().within - 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn more_agents_never_make_it_worse(
            per_hour in 0.1..2_000.0f64, handle in 0.5..60.0f64, patience in 0.5..60.0f64, agents in 1..200usize,
        ) {
            let minute = MINUTE_MS as f64;
            let load = Load {
                arrivals_per_ms: per_hour / 60.0 / minute,
                handle_ms: handle * minute,
                patience_ms: patience * minute,
            };
            let few = expect(load, agents, minute).unwrap();
            let more = expect(load, agents + 1, minute).unwrap();
            prop_assert!(few.wait_ms.is_finite());
            for share in [few.waits, few.abandons, few.within] {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&share), "{few:?}");
            }
            prop_assert!(more.abandons <= few.abandons + 1e-9 && more.within >= few.within - 1e-9);
        }
    }
}
