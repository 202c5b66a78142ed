//! Days of waiting and serving, played through the desk's own routing function and compared with Erlang A. Shoppers
//! come at random, take their time, and leave when their patience ends; agents come and go by shifts.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    time::Instant,
};

use domain::{
    id::{ConversationId, QueueId, StaffId},
    language::Language,
    routing::{Demand, Limits, Server, USUAL_WEIGHT, assign},
    staff::Presence,
    staffing::{Expected, Load, expect},
    time::{HOUR_MS, MINUTE_MS, SECOND_MS, Timestamp},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde::Serialize;

const QUEUE: QueueId = QueueId::from_bits(1);
/// After a change of shift the queue needs a while until it is as it will be; shoppers of that time aren't counted.
const SETTLING_MS: i64 = HOUR_MS;
/// Served within this time counts as in time.
const WITHIN_MS: i64 = 20 * SECOND_MS;
/// Two-sided, of the normal distribution: what is called 99 % here.
const Z: f64 = 2.576;

/// Some hours with the same agents and the same rush.
#[derive(Debug, Clone, Copy)]
pub struct Shift {
    pub hours: i64,
    pub per_minute: f64,
    pub agents: usize,
}

/// A shop's day: too few in the morning, enough at noon, a rush with more people in the evening.
pub const DAY: [Shift; 3] = [
    Shift { hours: 5, per_minute: 2.0, agents: 14 },
    Shift { hours: 5, per_minute: 2.0, agents: 18 },
    Shift { hours: 5, per_minute: 2.6, agents: 24 },
];
pub const HANDLE_MS: i64 = 8 * MINUTE_MS;
pub const PATIENCE_MS: i64 = 5 * MINUTE_MS;

#[derive(Debug, Serialize)]
pub struct DayReport {
    pub days: u64,
    pub shifts: Vec<ShiftReport>,
    /// Whether every figure of Erlang A lies within its interval.
    pub agrees: bool,
    pub seconds: f64,
}

#[derive(Debug, Serialize)]
pub struct ShiftReport {
    pub agents: usize,
    pub per_minute: f64,
    pub shoppers: u64,
    pub waits: Figure,
    pub abandons: Figure,
    pub wait_ms: Figure,
    pub within_20_s: Figure,
}

/// What was played, with the half-width of its 99 % interval over days, and what Erlang A says.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Figure {
    pub played: f64,
    pub half_width: f64,
    pub erlang_a: f64,
    pub agrees: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    ShiftBegins(usize),
    Leaves(usize),
    Comes,
    Done(usize),
}

/// One shopper's visit, as far as it matters here.
struct Visit {
    shift: usize,
    since: i64,
    counts: bool,
}

/// What the counted shoppers of one shift met on one day.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    shoppers: f64,
    waits: f64,
    abandons: f64,
    wait_ms: f64,
    within: f64,
}

struct Played<'a> {
    shifts: &'a [Shift],
    rng: StdRng,
    events: BinaryHeap<Reverse<(i64, u64, What)>>,
    order: u64,
    shift: usize,
    ends: i64,
    visits: Vec<Visit>,
    waiting: Vec<Demand>,
    servers: Vec<Server>,
    tallies: Vec<Tally>,
}

/// Plays so many days and compares each shift with Erlang A.
pub fn play(shifts: &[Shift], days: u64, from: u64) -> DayReport {
    let began = Instant::now();
    let tallies: Vec<Vec<Tally>> = (from..from + days).map(|seed| Played::new(shifts, seed).play()).collect();
    let reports: Vec<ShiftReport> = shifts
        .iter()
        .enumerate()
        .filter_map(|(place, shift)| {
            let days: Vec<Tally> = tallies.iter().map(|day| day[place]).collect();
            report(shift, &days)
        })
        .collect();
    let agrees = |shift: &ShiftReport| {
        [shift.waits, shift.abandons, shift.wait_ms, shift.within_20_s].iter().all(|figure| figure.agrees)
    };
    let agrees = reports.len() == shifts.len() && reports.iter().all(agrees);
    DayReport { days, shifts: reports, agrees, seconds: began.elapsed().as_secs_f64() }
}

fn report(shift: &Shift, days: &[Tally]) -> Option<ShiftReport> {
    let load = Load {
        arrivals_per_ms: shift.per_minute / MINUTE_MS as f64,
        handle_ms: HANDLE_MS as f64,
        patience_ms: PATIENCE_MS as f64,
    };
    let Expected { waits, abandons, wait_ms, within } = expect(load, shift.agents, WITHIN_MS as f64)?;
    Some(ShiftReport {
        agents: shift.agents,
        per_minute: shift.per_minute,
        shoppers: days.iter().map(|day| day.shoppers).sum::<f64>() as u64,
        waits: figure(days, |day| day.waits, waits),
        abandons: figure(days, |day| day.abandons, abandons),
        wait_ms: figure(days, |day| day.wait_ms, wait_ms),
        within_20_s: figure(days, |day| day.within, within),
    })
}

/// Days are independent of each other, shoppers of one day are not: the interval is that of a ratio over days.
fn figure(days: &[Tally], what: impl Fn(&Tally) -> f64, erlang_a: f64) -> Figure {
    let shoppers: f64 = days.iter().map(|day| day.shoppers).sum();
    let played = days.iter().map(&what).sum::<f64>() / shoppers;
    let count = days.len() as f64;
    let squares: f64 = days.iter().map(|day| (what(day) - played * day.shoppers).powi(2)).sum();
    let half_width = Z * (squares / (count - 1.0) * count).sqrt() / shoppers;
    Figure { played, half_width, erlang_a, agrees: (played - erlang_a).abs() <= half_width }
}

impl<'a> Played<'a> {
    fn new(shifts: &'a [Shift], seed: u64) -> Self {
        let most = shifts.iter().map(|shift| shift.agents).max().unwrap_or(0);
        let server = |n: usize| Server {
            staff: StaffId::from_bits(n as u128),
            presence: Presence::Online,
            on_shift: false,
            queues: vec![QUEUE],
            skills: Vec::new(),
            languages: Vec::new(),
            weight: 100,
            capacity: USUAL_WEIGHT,
            load: 0,
            idle_since: Timestamp(0),
        };
        Self {
            shifts,
            rng: StdRng::seed_from_u64(seed),
            events: BinaryHeap::new(),
            order: 0,
            shift: 0,
            ends: shifts.iter().map(|shift| shift.hours * HOUR_MS).sum(),
            visits: Vec::new(),
            waiting: Vec::new(),
            servers: (0..most).map(server).collect(),
            tallies: vec![Tally::default(); shifts.len()],
        }
    }

    fn play(mut self) -> Vec<Tally> {
        let mut begins = 0;
        for (place, shift) in self.shifts.iter().enumerate() {
            self.expect(begins, What::ShiftBegins(place));
            begins += shift.hours * HOUR_MS;
        }
        while let Some(Reverse((now, _, what))) = self.events.pop() {
            match what {
                What::ShiftBegins(place) => self.change_shift(place, now),
                What::Comes if now < self.ends => self.come(now),
                What::Comes => {}
                What::Leaves(visit) => self.leave(visit, now),
                What::Done(server) => self.servers[server].load = 0,
            }
            self.route(now);
        }
        self.tallies
    }

    fn expect(&mut self, at: i64, what: What) {
        self.order += 1;
        self.events.push(Reverse((at, self.order, what)));
    }

    fn exponential(&mut self, mean_ms: f64) -> i64 {
        (-(1.0 - self.rng.random::<f64>()).ln() * mean_ms).round() as i64
    }

    /// Who is on shift takes new conversations; who goes finishes the one they have.
    fn change_shift(&mut self, place: usize, now: i64) {
        self.shift = place;
        for (n, server) in self.servers.iter_mut().enumerate() {
            server.on_shift = n < self.shifts[place].agents;
        }
        if place == 0 {
            self.next(now);
        }
    }

    fn next(&mut self, now: i64) {
        let every_ms = MINUTE_MS as f64 / self.shifts[self.shift].per_minute;
        let at = now + self.exponential(every_ms);
        self.expect(at, What::Comes);
    }

    fn come(&mut self, now: i64) {
        let visit = self.visits.len();
        let began: i64 = self.shifts[..self.shift].iter().map(|shift| shift.hours * HOUR_MS).sum();
        self.visits.push(Visit { shift: self.shift, since: now, counts: now - began >= SETTLING_MS });
        let since = Timestamp(now);
        self.waiting.push(Demand {
            conversation: ConversationId::from_bits(visit as u128),
            epoch: 1,
            queue: QUEUE,
            since,
            deadline: since.plus_ms(MINUTE_MS),
            skills: Vec::new(),
            language: Language::Zh,
            vip: false,
            priority: 0,
            weight: USUAL_WEIGHT,
            last_agent: None,
            not: None,
        });
        let patience = self.exponential(PATIENCE_MS as f64);
        self.expect(now + patience, What::Leaves(visit));
        self.next(now);
    }

    fn leave(&mut self, visit: usize, now: i64) {
        let id = ConversationId::from_bits(visit as u128);
        if let Some(place) = self.waiting.iter().position(|demand| demand.conversation == id) {
            self.waiting.remove(place);
            self.count(visit, now, false);
        }
    }

    fn route(&mut self, now: i64) {
        if self.waiting.is_empty() {
            return;
        }
        let places: HashMap<StaffId, usize> =
            self.servers.iter().enumerate().map(|(place, server)| (server.staff, place)).collect();
        for given in assign(Timestamp(now), &self.waiting, &self.servers, &Limits::default()) {
            let server = places[&given.agent];
            self.servers[server].load = USUAL_WEIGHT;
            self.servers[server].idle_since = Timestamp(now);
            self.waiting.retain(|demand| demand.conversation != given.conversation);
            let handle = self.exponential(HANDLE_MS as f64);
            self.expect(now + handle, What::Done(server));
            self.count(given.conversation.bits() as usize, now, true);
        }
    }

    fn count(&mut self, visit: usize, now: i64, is_served: bool) {
        let Visit { shift, since, counts } = self.visits[visit];
        if !counts {
            return;
        }
        let waited = now - since;
        let tally = &mut self.tallies[shift];
        tally.shoppers += 1.0;
        tally.waits += f64::from(u8::from(waited > 0 || !is_served));
        tally.abandons += f64::from(u8::from(!is_served));
        tally.wait_ms += waited as f64;
        tally.within += f64::from(u8::from(is_served && waited <= WITHIN_MS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routing_keeps_to_erlang_a() {
        let report = play(&DAY, 60, 1);
        assert!(report.agrees, "{report:#?}");
        // The interval is narrow enough to mean something.
        let crowded = &report.shifts[0];
        assert!(crowded.abandons.half_width < 0.02 && crowded.shoppers > 20_000, "{crowded:?}");
    }

    #[test]
    fn a_wrong_number_of_agents_is_noticed() {
        let mut report = play(&DAY[1..2], 60, 1);
        let played = report.shifts.remove(0).abandons;
        let load = Load {
            arrivals_per_ms: 2.0 / MINUTE_MS as f64,
            handle_ms: HANDLE_MS as f64,
            patience_ms: PATIENCE_MS as f64,
        };
        let other = expect(load, 19, 0.0).unwrap().abandons;
        assert!((played.played - other).abs() > played.half_width, "{played:?} against {other}");
    }
}
