//! How many agents each hour of the day takes, from the shop's own log: how many came, how long they took, how long
//! they were willing to wait.

use domain::{
    actor::Controller,
    calendar::Hours,
    conversation::Fact,
    id::ShopId,
    staffing::{Load, agents_for, expect},
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp},
};
use store::{ControlEvent, Staff, Stay};

use super::{plan, rules::Compiled};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

/// Conversations looked at for how long they take.
const MAX_CONVERSATIONS: i64 = 3_000;
const MAX_STAYS: i64 = 20_000;
/// With fewer of a kind, a mean would be a guess, and none is told.
const FEWEST: usize = 20;
/// A conversation left open overnight was not served all night.
const LONGEST_HANDLE_MS: i64 = 2 * HOUR_MS;
/// What shoppers are taken to wait while too few have left to tell: the middle of what is reported for chats.
const USUAL_PATIENCE_MS: f64 = 5.0 * MINUTE_MS as f64;
const HOURS: usize = 24;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    pub share: f64,
    pub within_ms: i64,
    /// Days looked back on.
    pub days: i64,
}

impl Ask {
    pub const MAX_DAYS: i64 = 90;

    fn is_sound(&self) -> bool {
        (0.5..=0.99).contains(&self.share)
            && (0..=HOUR_MS).contains(&self.within_ms)
            && (1..=Self::MAX_DAYS).contains(&self.days)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    pub days: i64,
    /// Stays in a queue, and conversations with an agent, that were looked at.
    pub stays: usize,
    pub served: usize,
    /// `None` while there is too little to tell from; nothing else is told then.
    pub handle_ms: Option<f64>,
    pub patience_ms: f64,
    /// Whether enough shoppers have left to know their patience.
    pub patience_is_known: bool,
    /// Usual conversations an agent serves at the same time.
    pub at_once: f64,
    pub hours: Vec<Hour>,
}

/// An hour of the day in the shop's zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Hour {
    pub hour: usize,
    /// Mean number of shoppers who ask for a person in it.
    pub arrivals: f64,
    /// Agents whose shifts cover it today; `None` when nobody has shifts.
    pub scheduled: Option<usize>,
    /// Share served in time with those who are scheduled.
    pub within: Option<f64>,
    /// Agents it takes; 0 when nobody comes.
    pub needed: Option<usize>,
}

pub async fn staffing(desk: &Desk, shop: ShopId, staff: &Staff, ask: Ask) -> Result<Staffing> {
    plan::may_plan(staff, shop)?;
    if !ask.is_sound() {
        return Err(DeskError::invalid("ask", "out_of_range"));
    }
    let compiled = plan::compiled(desk, shop).await?;
    let since = desk.now().minus_ms(ask.days * DAY_MS);
    let stays = desk.store.stays(shop, since, MAX_STAYS).await?;
    let served = handle_times(&desk.store.control_events(shop, since, MAX_CONVERSATIONS).await?);
    let seats = desk.store.seats(shop).await?;
    let people: Vec<_> = seats.iter().map(|seat| compiled.plan.seat(seat.staff)).collect();
    let mean = |values: &[i64]| values.iter().sum::<i64>() as f64 / values.len().max(1) as f64;
    let handle_ms = (served.len() >= FEWEST).then(|| mean(&served)).filter(|ms| *ms > 0.0);
    let known = patience(&stays);
    let patience_ms = known.unwrap_or(USUAL_PATIENCE_MS);
    let capacities: Vec<i64> = people.iter().map(|seat| i64::from(seat.capacity)).collect();
    let at_once = match capacities.len() {
        0 => 1.0,
        _ => mean(&capacities) / f64::from(domain::routing::USUAL_WEIGHT),
    };
    let by_hour = arrivals(&compiled, &stays);
    let has_shifts = people.iter().any(|seat| seat.shifts.iter().any(|day| !day.is_empty()));
    let hours = (0..HOURS)
        .map(|hour| {
            let arrivals = by_hour[hour] as f64 / ask.days as f64;
            let scheduled = has_shifts.then(|| scheduled(&compiled, &people, desk.now(), hour));
            let load =
                handle_ms.map(|handle_ms| Load { arrivals_per_ms: arrivals / HOUR_MS as f64, handle_ms, patience_ms });
            let agents = |slots: usize| (slots as f64 / at_once).ceil() as usize;
            let needed = load.and_then(|load| match arrivals > 0.0 {
                true => agents_for(load, ask.share, ask.within_ms as f64).map(agents),
                false => Some(0),
            });
            let slots = scheduled.map(|agents| (agents as f64 * at_once).floor() as usize);
            let within = load.zip(slots).and_then(|(load, slots)| expect(load, slots, ask.within_ms as f64));
            Hour { hour, arrivals, scheduled, within: within.map(|expected| expected.within), needed }
        })
        .collect();
    Ok(Staffing {
        days: ask.days,
        stays: stays.len(),
        served: served.len(),
        handle_ms,
        patience_ms,
        patience_is_known: known.is_some(),
        at_once,
        hours,
    })
}

/// From an agent's control to its end, one for each stretch.
fn handle_times(events: &[ControlEvent]) -> Vec<i64> {
    let mut times = Vec::new();
    for pair in events.windows(2) {
        let [first, next] = pair else { continue };
        let is_served = matches!(first.fact, Fact::ControlPassed { to: Controller::Agent(_), .. });
        if is_served && first.conversation == next.conversation {
            times.push(next.at.since_ms(first.at).clamp(0, LONGEST_HANDLE_MS));
        }
    }
    times
}

/// All the waiting there was for each shopper who left: what exponential patience is estimated by when most were
/// served before it ended.
fn patience(stays: &[Stay]) -> Option<f64> {
    let left = stays.iter().filter(|stay| matches!(stay.outcome.as_deref(), Some("bot" | "resolved"))).count();
    let waited: i64 = stays.iter().map(|stay| stay.left_at.map_or(0, |left| left.since_ms(stay.entered_at))).sum();
    (left >= FEWEST && waited > 0).then(|| waited as f64 / left as f64)
}

fn arrivals(compiled: &Compiled, stays: &[Stay]) -> [usize; HOURS] {
    let mut hours = [0; HOURS];
    // Overflowing into another queue is no new arrival.
    for stay in stays.iter().filter(|stay| stay.is_new) {
        if let Some(hour) = compiled.calendar.hour(stay.entered_at) {
            hours[hour] += 1;
        }
    }
    hours
}

/// Agents whose shift covers the middle of an hour of the present day.
fn scheduled(compiled: &Compiled, people: &[domain::routing::Seat], now: Timestamp, hour: usize) -> usize {
    let Some(middle) = compiled.calendar.hour_of_day(now, hour) else { return 0 };
    let works = |seat: &&domain::routing::Seat| {
        let hours = Hours { zone: compiled.plan.hours.zone.clone(), week: seat.shifts.clone(), holidays: Vec::new() };
        hours.calendar().is_ok_and(|calendar| calendar.is_open(middle))
    };
    people.iter().filter(works).count()
}
