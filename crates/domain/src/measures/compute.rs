//! Computing a measure from rounds and episodes. Every figure says what it rests on; who is unanswered is never left out.

use std::collections::{BTreeMap, HashMap};

use super::{
    Episode, Hours, Interval, Measure, Round, Survival, Value, bootstrap_by_subject, handling::handled_ms,
    prediction_powered,
};
use crate::{
    id::{ConversationId, ShopperId},
    time::{SECOND_MS, Timestamp},
};

/// Who gives up sooner never really waited.
const LEAST_WAIT_MS: i64 = 10 * SECOND_MS;
/// Stars from which a rating is good, and up to which it is bad.
const GOOD_STARS: u8 = 4;
const BAD_STARS: u8 = 2;

/// A row with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of<T> {
    pub conversation: ConversationId,
    pub shopper: ShopperId,
    pub row: T,
}

/// What people judged of an answer the bot gave alone, drawn at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audit {
    pub conversation: ConversationId,
    pub seq: i64,
    pub is_right: bool,
}

/// All that is measured at once, and from where it is looked at.
pub struct Subjects<'a> {
    pub now: Timestamp,
    pub rounds: &'a [Of<Round>],
    pub episodes: &'a [Of<Episode>],
    /// Episodes that came back to others, wherever they are: (the earlier one, after how long).
    pub returns: &'a HashMap<(ConversationId, u32), i64>,
    pub audits: &'a [Audit],
    /// Deadlines that were due: met or not.
    pub deadlines: &'a [bool],
    /// Minutes after midnight in the shop's zone.
    pub minute_of_day: &'a dyn Fn(Timestamp) -> u16,
    /// Milliseconds of business between two moments.
    pub open_ms: &'a dyn Fn(Timestamp, Timestamp) -> i64,
    /// Resampling takes its time; a trend of many days does without.
    pub with_intervals: bool,
    /// For resampling: the same seed gives the same interval.
    pub seed: u64,
}

/// The figure, and for medians the ninth decile.
pub fn measure(measure: Measure, of: &Subjects<'_>) -> (Value, Option<i64>) {
    match measure {
        Measure::FirstResponse => of.first_response(|episode| Some(episode.at), |episode| episode.first_reply_at, None),
        Measure::FirstResponseBot => {
            let by_bot = |episode: &Episode| {
                (episode.met_bot && episode.human_asked_at != Some(episode.at)).then_some(episode.at)
            };
            of.first_response(by_bot, |episode| episode.first_reply_at.filter(|_| episode.bot_replies > 0), None)
        }
        Measure::FirstResponseHuman => of.first_response(|it| it.human_asked_at, |it| it.human_replied_at, None),
        Measure::FirstResponseHumanOpen => {
            of.first_response(|it| it.human_asked_at, |it| it.human_replied_at, Some(of.open_ms))
        }
        Measure::AverageResponse => (of.mean(|round| round.gap_ms(), |_| true), None),
        Measure::AverageResponseHuman => (of.mean(Round::human_gap_ms, |round| round.human_from.is_some()), None),
        other => (of.share(other).at_least(other.least()), None),
    }
}

impl<'a> Subjects<'a> {
    fn share(&self, measure: Measure) -> Value {
        match measure {
            Measure::HumanWithin3Minutes => {
                self.answered_within(measure, Round::human_gap_ms, |round| round.human_from)
            }
            Measure::ReplyWithin5Minutes => self.answered_within(measure, Round::gap_ms, |round| Some(round.at)),
            Measure::FirstWithin30Seconds => self.first_within(measure),
            Measure::AllRoundsInTime => self.all_in_time(measure),
            Measure::HandoffRate => Value::rate_of(self.met_bot(), |it| it.row.human_asked_at.is_some()),
            Measure::BotSolvedAlone => Value::rate_of(self.met_bot(), |it| {
                let episode = &it.row;
                episode.human_asked_at.is_none()
                    && episode.is_contained()
                    && episode.repeats == 0
                    && !episode.is_waiting
                    && episode.bot_replies > 0
            }),
            Measure::TrueResolution => Value::rate_of(self.ripe_ends(), |it| self.is_resolved(it)),
            Measure::BotTrueResolution => self.bot_resolution(),
            Measure::ReaskRate => {
                Value::rate_of(self.rounds.iter().filter_map(|it| it.row.repeats), |repeats| *repeats)
            }
            Measure::Containment => Value::rate_of(self.asked(), |it| it.row.is_contained()),
            Measure::FalseContainment => {
                Value::rate_of(self.asked().filter(|it| it.row.is_contained() && it.row.is_ripe(self.now)), |it| {
                    self.came_back(it) || self.audited(it) == Some(false)
                })
            }
            Measure::Abandonment => self.abandonment(),
            Measure::HandleTime => self.handle_time(),
            Measure::FirstContactResolution => {
                let issues = self.asked().filter(|it| it.row.returns_to.is_none() && it.row.is_ripe(self.now));
                Value::rate_of(issues, |it| !self.came_back(it))
            }
            Measure::Satisfaction => Value::rate_of(self.ratings(), |stars| *stars >= GOOD_STARS),
            Measure::RatingResponse => Value::rate_of(self.ends(), |it| it.row.stars.is_some()),
            Measure::SatisfactionBounds => self.satisfaction_bounds(),
            Measure::DeadlinesMet => Value::rate_of(self.deadlines, |met| **met),
            _ => Value::default(),
        }
    }

    fn asked(&self) -> impl Iterator<Item = &'a Of<Episode>> {
        self.episodes.iter().filter(|it| it.row.questions > 0)
    }

    fn met_bot(&self) -> impl Iterator<Item = &'a Of<Episode>> {
        self.asked().filter(|it| it.row.met_bot)
    }

    fn ends(&self) -> impl Iterator<Item = &'a Of<Episode>> {
        self.asked().filter(|it| it.row.end.is_some())
    }

    fn ripe_ends(&self) -> impl Iterator<Item = &'a Of<Episode>> {
        self.ends().filter(|it| it.row.is_ripe(self.now))
    }

    fn ratings(&self) -> impl Iterator<Item = u8> {
        self.asked().filter_map(|it| it.row.stars)
    }

    fn is_in(&self, hours: Option<Hours>, at: Timestamp) -> bool {
        hours.is_none_or(|hours| hours.contains((self.minute_of_day)(at)))
    }

    fn came_back(&self, of: &Of<Episode>) -> bool {
        self.returns.get(&(of.conversation, of.row.no)).is_some_and(|after| *after <= of.row.return_window_ms())
    }

    /// What people judged of the bot's answers in it: right only if none was wrong.
    fn audited(&self, of: &Of<Episode>) -> Option<bool> {
        let mut audits = self.audits.iter().filter(|audit| audit.conversation == of.conversation).peekable();
        // Most conversations have none, and then their episodes need no looking through.
        audits.peek()?;
        let next = self
            .episodes
            .iter()
            .find(|it| it.conversation == of.conversation && it.row.no == of.row.no + 1)
            .map_or(i64::MAX, |it| it.row.seq);
        audits.filter(|audit| (of.row.seq..next).contains(&audit.seq)).map(|audit| audit.is_right).reduce(|a, b| a && b)
    }

    fn is_resolved(&self, of: &Of<Episode>) -> bool {
        !of.row.is_waiting && !self.came_back(of) && of.row.stars.is_none_or(|stars| stars > BAD_STARS)
    }

    fn bot_resolution(&self) -> Value {
        let ends: Vec<_> = self.ripe_ends().filter(|it| it.row.met_bot && it.row.is_contained()).collect();
        let verdicts: Vec<bool> = ends.iter().map(|it| self.is_resolved(it)).collect();
        let audited: Vec<(bool, bool)> = ends
            .iter()
            .zip(&verdicts)
            .filter_map(|(it, verdict)| {
                let is_right = self.audited(it)?;
                Some((*verdict, *verdict && is_right))
            })
            .collect();
        prediction_powered(&verdicts, &audited)
    }

    /// Of rounds that began in the hours; one unanswered counts as late once its time is over, and not before.
    fn answered_within(
        &self,
        measure: Measure,
        gap: impl Fn(&Round) -> Option<i64>,
        from: impl Fn(&Round) -> Option<Timestamp>,
    ) -> Value {
        let limit = measure.limit_ms().unwrap_or(i64::MAX);
        let mut censored = 0;
        let decided = self.rounds.iter().filter(|it| self.is_in(measure.hours(), it.row.at)).filter_map(|it| {
            let from = from(&it.row)?;
            match gap(&it.row) {
                Some(gap) => Some(gap <= limit),
                None if it.row.is_open() && self.now.since_ms(from) <= limit => {
                    censored += 1;
                    None
                }
                None => Some(false),
            }
        });
        let rate = Value::rate_of(decided, |in_time| *in_time);
        Value { censored, ..rate }
    }

    fn first_within(&self, measure: Measure) -> Value {
        let limit = measure.limit_ms().unwrap_or(i64::MAX);
        let mut censored = 0;
        let decided = self.asked().filter_map(|it| {
            let asked = it.row.human_asked_at.filter(|at| self.is_in(measure.hours(), *at))?;
            match it.row.human_replied_at {
                Some(at) => Some(at.since_ms(asked) <= limit),
                None if it.row.human_left_at.is_none() && self.now.since_ms(asked) <= limit => {
                    censored += 1;
                    None
                }
                None => Some(false),
            }
        });
        let rate = Value::rate_of(decided, |in_time| *in_time);
        Value { censored, ..rate }
    }

    fn all_in_time(&self, measure: Measure) -> Value {
        let limit = measure.limit_ms().unwrap_or(i64::MAX);
        let mut episodes: BTreeMap<(ConversationId, u32), Option<bool>> = BTreeMap::new();
        for it in self.rounds {
            let Some(from) = it.row.human_from else { continue };
            let verdict = match it.row.human_gap_ms() {
                Some(gap) => Some(gap <= limit),
                None if it.row.is_open() && self.now.since_ms(from) <= limit => None,
                None => Some(false),
            };
            let all = episodes.entry((it.conversation, it.row.episode)).or_insert(Some(true));
            *all = match (*all, verdict) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (None, _) | (_, None) => None,
                _ => Some(true),
            };
        }
        let censored = episodes.values().filter(|all| all.is_none()).count() as u64;
        Value { censored, ..Value::rate_of(episodes.into_values().flatten(), |all| *all) }
    }

    fn abandonment(&self) -> Value {
        let mut censored = 0;
        let decided = self.asked().filter_map(|it| {
            let asked = it.row.human_asked_at?;
            match (it.row.human_replied_at, it.row.human_left_at) {
                (Some(_), _) => Some(false),
                (None, Some(left)) if left.since_ms(asked) < LEAST_WAIT_MS => None,
                (None, Some(_)) => Some(true),
                (None, None) => {
                    censored += 1;
                    None
                }
            }
        });
        let rate = Value::rate_of(decided, |left| *left);
        Value { censored, ..rate }
    }

    fn satisfaction_bounds(&self) -> Value {
        let ends: Vec<_> = self.ends().collect();
        let n = ends.len() as u64;
        let good = ends.iter().filter(|it| it.row.stars.is_some_and(|stars| stars >= GOOD_STARS)).count() as u64;
        let silent = ends.iter().filter(|it| it.row.stars.is_none()).count() as u64;
        let share = |hits: u64| hits as f64 / n as f64;
        let interval = (n > 0).then(|| Interval { low: share(good), high: share(good + silent) });
        Value { interval, n, ..Value::default() }
    }

    fn handle_time(&self) -> Value {
        let served = self.asked().filter(|it| it.row.agent_replies > 0).count() as u64;
        let handled = handled_ms(self.rounds.iter());
        let by_subject = self.by_subject(self.asked().filter(|it| it.row.agent_replies > 0), |it| {
            handled.get(&(it.conversation, it.row.no)).copied().unwrap_or(0)
        });
        let mean = |each: &mut dyn Iterator<Item = &i64>| mean_of(each.copied());
        let value = mean(&mut by_subject.iter().flatten());
        Value { value, interval: self.bounds(&by_subject, mean), n: served, ..Value::default() }
    }

    fn first_response(
        &self,
        from: impl Fn(&Episode) -> Option<Timestamp>,
        to: impl Fn(&Episode) -> Option<Timestamp>,
        span: Option<&dyn Fn(Timestamp, Timestamp) -> i64>,
    ) -> (Value, Option<i64>) {
        let wait = |it: &Of<Episode>| {
            let episode = &it.row;
            let from = from(episode)?;
            let until = to(episode).or(episode.human_left_at).or(episode.end.map(|end| end.at)).unwrap_or(self.now);
            let ms = span.map_or_else(|| until.since_ms(from), |span| span(from, until));
            Some((ms.max(0), to(episode).is_some()))
        };
        let by_subject: Vec<Vec<(i64, bool)>> = self
            .by_subject(self.asked(), wait)
            .into_iter()
            .map(|waits| waits.into_iter().flatten().collect::<Vec<_>>())
            .filter(|waits| !waits.is_empty())
            .collect();
        let all = Survival::new(by_subject.iter().flatten().copied());
        let median = |each: &mut dyn Iterator<Item = &(i64, bool)>| {
            Survival::new(each.copied()).quantile(0.5).map(|ms| ms as f64)
        };
        let value = Value {
            value: all.quantile(0.5).map(|ms| ms as f64),
            interval: self.bounds(&by_subject, median),
            n: all.len() as u64,
            censored: all.censored(),
            ..Value::default()
        };
        (value, all.quantile(0.9))
    }

    fn mean(&self, gap: impl Fn(&Round) -> Option<i64>, counts: impl Fn(&Round) -> bool) -> Value {
        let counted = || self.rounds.iter().filter(|it| counts(&it.row));
        let gaps = self.by_subject(counted().filter(|it| gap(&it.row).is_some()), |it| gap(&it.row).unwrap_or(0));
        let mean = |each: &mut dyn Iterator<Item = &i64>| mean_of(each.copied());
        let answered = gaps.iter().map(Vec::len).sum::<usize>();
        Value {
            value: mean(&mut gaps.iter().flatten()),
            interval: self.bounds(&gaps, mean),
            n: answered as u64,
            censored: (counted().count() - answered) as u64,
            ..Value::default()
        }
    }

    fn by_subject<'b, R: 'b, T>(
        &self,
        rows: impl Iterator<Item = &'b Of<R>>,
        figure: impl Fn(&Of<R>) -> T,
    ) -> Vec<Vec<T>> {
        let mut subjects: BTreeMap<ShopperId, Vec<T>> = BTreeMap::new();
        for row in rows {
            subjects.entry(row.shopper).or_default().push(figure(row));
        }
        subjects.into_values().collect()
    }

    fn bounds<T>(
        &self,
        subjects: &[Vec<T>],
        figure: impl Fn(&mut dyn Iterator<Item = &T>) -> Option<f64>,
    ) -> Option<Interval> {
        if self.with_intervals { bootstrap_by_subject(subjects, self.seed, figure) } else { None }
    }
}

fn mean_of(all: impl Iterator<Item = i64>) -> Option<f64> {
    let (sum, n) = all.fold((0.0, 0_u64), |(sum, n), one| (sum + one as f64, n + 1));
    (n > 0).then(|| sum / n as f64)
}
