//! The measures of a shop's service over a span of time: in all, day by day, and for each shop, agent or queue.

mod file;

pub use file::{FileKind, file};

use std::collections::{BTreeMap, HashMap};

use domain::{
    id::{ConversationId, QueueId, ShopId, StaffId},
    measures::{AnswerBy, Audit, Episode, Measure, Of, Round, Subjects, Value, measure},
    staff::Permission,
    time::{DAY_MS, HOUR_MS, Timestamp},
};
use store::{Staff, SuggestionCounts, SuggestionFilter};

use crate::{
    desk::Desk,
    error::{DeskError, Result},
    routing,
    settings::ShopSettings,
    staff::can,
};

/// A year: more is a matter for the exported files.
pub const MOST_DAYS: i64 = 366;
/// For resampling: a report asked for twice says the same.
const SEED: u64 = 20_261_122;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupBy {
    Shop,
    Agent,
    Queue,
}

#[derive(Debug, Clone)]
pub struct Wanted {
    pub shops: Vec<ShopId>,
    pub from: Timestamp,
    pub until: Timestamp,
    pub agent: Option<StaffId>,
    pub queue: Option<QueueId>,
    pub group: Option<GroupBy>,
}

#[derive(Debug, Clone)]
pub struct Figure {
    pub measure: Measure,
    pub value: Value,
    /// For medians.
    pub ninth_decile_ms: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct Report {
    pub all: Vec<Figure>,
    /// By the calendar of the first shop.
    pub days: Vec<(Timestamp, Vec<Figure>)>,
    /// By the shop's, agent's or queue's id.
    pub groups: Vec<(String, Vec<Figure>)>,
    /// What became of the drafts agents were offered, by what they were made from.
    pub suggestions: Vec<SuggestionCounts>,
}

/// Everything that is measured in the span, loaded once.
struct Loaded {
    rounds: Vec<Of<Round>>,
    episodes: Vec<Of<Episode>>,
    returns: HashMap<(ConversationId, u32), i64>,
    audits: Vec<Audit>,
    deadlines: Vec<(ConversationId, bool)>,
    /// Of which shop a conversation is.
    shops: HashMap<ConversationId, ShopId>,
}

pub async fn report(desk: &Desk, by: &Staff, wanted: &Wanted) -> Result<Report> {
    let may_read =
        |shop: &ShopId| can(by, Some(*shop), Permission::Supervise) || can(by, Some(*shop), Permission::ReadAudit);
    if wanted.shops.is_empty() || !wanted.shops.iter().all(may_read) {
        return Err(DeskError::NotFound);
    }
    if wanted.until <= wanted.from || wanted.until.since_ms(wanted.from) > MOST_DAYS * DAY_MS {
        return Err(DeskError::invalid("until", "out_of_range"));
    }
    let clock = Clock::of(desk, wanted.shops[0]).await?;
    let loaded = load(desk, wanted).await?;
    let all = loaded.figures(desk.now(), &clock, |_| true, |_| true, true);
    let days = days(desk.now(), &clock, &loaded, wanted);
    let groups = groups(desk.now(), &clock, &loaded, wanted);
    let Wanted { from, until, agent, queue, .. } = *wanted;
    let offered = SuggestionFilter { shops: &wanted.shops, from, until, agent, queue };
    let suggestions = desk.store.suggestion_counts(&offered).await?;
    Ok(Report { all, days, groups, suggestions })
}

/// The shop's wall clock and hours.
struct Clock {
    zone: jiff::tz::TimeZone,
    calendar: domain::calendar::Calendar,
}

impl Clock {
    async fn of(desk: &Desk, shop: ShopId) -> Result<Self> {
        let row = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
        let zone = ShopSettings::of(&row)?.time_zone;
        let zone = jiff::tz::TimeZone::get(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Ok(Self { zone, calendar: routing::calendar(desk, shop).await? })
    }

    fn at(&self, at: Timestamp) -> Option<jiff::Zoned> {
        Some(jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(self.zone.clone()))
    }

    fn minute_of_day(&self, at: Timestamp) -> u16 {
        self.at(at)
            .map_or(0, |local| u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs()))
    }

    fn midnight(&self, at: Timestamp) -> Timestamp {
        let begin = self.at(at).and_then(|local| local.start_of_day().ok());
        begin.map_or(at, |begin| Timestamp(begin.timestamp().as_millisecond()))
    }
}

async fn load(desk: &Desk, wanted: &Wanted) -> Result<Loaded> {
    let (from, until) = (wanted.from, wanted.until);
    let mut loaded = Loaded {
        rounds: Vec::new(),
        episodes: Vec::new(),
        returns: desk.store.returns(&wanted.shops, from, until).await?,
        audits: desk.store.audits(&wanted.shops, from, until).await?,
        deadlines: desk.store.deadlines_decided(&wanted.shops, from, until).await?,
        shops: HashMap::new(),
    };
    for shop in &wanted.shops {
        let rounds = desk.store.rounds(&[*shop], from, until).await?;
        let episodes = desk.store.episodes(&[*shop], from, until).await?;
        loaded.shops.extend(rounds.iter().map(|it| (it.conversation, *shop)));
        loaded.shops.extend(episodes.iter().map(|it| (it.conversation, *shop)));
        loaded.rounds.extend(rounds);
        loaded.episodes.extend(episodes);
    }
    loaded.keep(wanted.agent, wanted.queue);
    Ok(loaded)
}

/// Who answered a round, or has it.
fn agent_of(round: &Round) -> Option<StaffId> {
    match round.answer {
        Some(answer) => match answer.by {
            AnswerBy::Agent(agent) => Some(agent),
            AnswerBy::Bot => None,
        },
        None => round.agent,
    }
}

impl Loaded {
    /// Only what concerns an agent or a queue: their episodes, and of those the agent's own rounds.
    fn keep(&mut self, agent: Option<StaffId>, queue: Option<QueueId>) {
        if let Some(queue) = queue {
            self.episodes.retain(|it| it.row.queue == Some(queue));
            let kept: std::collections::HashSet<_> =
                self.episodes.iter().map(|it| (it.conversation, it.row.no)).collect();
            self.rounds.retain(|it| kept.contains(&(it.conversation, it.row.episode)));
        }
        if let Some(agent) = agent {
            self.episodes.retain(|it| it.row.agent == Some(agent));
            self.rounds.retain(|it| agent_of(&it.row) == Some(agent));
        }
    }

    fn figures(
        &self,
        now: Timestamp,
        clock: &Clock,
        keeps_round: impl Fn(&Of<Round>) -> bool,
        keeps_episode: impl Fn(&Of<Episode>) -> bool,
        with_intervals: bool,
    ) -> Vec<Figure> {
        let rounds: Vec<_> = self.rounds.iter().filter(|it| keeps_round(it)).cloned().collect();
        let episodes: Vec<_> = self.episodes.iter().filter(|it| keeps_episode(it)).cloned().collect();
        let concerned: std::collections::HashSet<ConversationId> = episodes.iter().map(|it| it.conversation).collect();
        let deadlines: Vec<bool> =
            self.deadlines.iter().filter(|(id, _)| concerned.contains(id)).map(|(_, met)| *met).collect();
        let subjects = Subjects {
            now,
            rounds: &rounds,
            episodes: &episodes,
            returns: &self.returns,
            audits: &self.audits,
            deadlines: &deadlines,
            minute_of_day: &|at| clock.minute_of_day(at),
            open_ms: &|from, until| clock.calendar.open_ms_between(from, until),
            with_intervals,
            seed: SEED,
        };
        Measure::ALL
            .into_iter()
            .map(|which| {
                let (value, ninth_decile_ms) = measure(which, &subjects);
                Figure { measure: which, value, ninth_decile_ms }
            })
            .collect()
    }
}

fn days(now: Timestamp, clock: &Clock, loaded: &Loaded, wanted: &Wanted) -> Vec<(Timestamp, Vec<Figure>)> {
    let mut days = Vec::new();
    let mut begin = clock.midnight(wanted.from);
    while begin < wanted.until && begin <= now {
        // Days have 23 to 25 hours; 26 hours on, the next midnight is behind.
        let next = clock.midnight(begin.plus_ms(26 * HOUR_MS));
        let is_in = |at: Timestamp| begin <= at && at < next;
        let figures = loaded.figures(now, clock, |it| is_in(it.row.at), |it| is_in(it.row.at), false);
        days.push((begin, figures));
        begin = next;
    }
    days
}

fn groups(now: Timestamp, clock: &Clock, loaded: &Loaded, wanted: &Wanted) -> Vec<(String, Vec<Figure>)> {
    let Some(by) = wanted.group else { return Vec::new() };
    let mut keys: BTreeMap<String, ()> = BTreeMap::new();
    let key_of = |it: &Of<Episode>| match by {
        GroupBy::Shop => loaded.shops.get(&it.conversation).map(ToString::to_string),
        GroupBy::Agent => it.row.agent.map(|agent| agent.to_string()),
        GroupBy::Queue => it.row.queue.map(|queue| queue.to_string()),
    };
    let episodes: HashMap<(ConversationId, u32), Option<String>> =
        loaded.episodes.iter().map(|it| ((it.conversation, it.row.no), key_of(it))).collect();
    keys.extend(episodes.values().flatten().map(|key| (key.clone(), ())));
    keys.into_keys()
        .map(|key| {
            let is_of = |it: &Of<Round>| match by {
                GroupBy::Agent => agent_of(&it.row).is_some_and(|agent| agent.to_string() == key),
                GroupBy::Shop | GroupBy::Queue => {
                    episodes.get(&(it.conversation, it.row.episode)).is_some_and(|of| of.as_ref() == Some(&key))
                }
            };
            let figures = loaded.figures(now, clock, is_of, |it| key_of(it).as_ref() == Some(&key), true);
            (key, figures)
        })
        .collect()
}
