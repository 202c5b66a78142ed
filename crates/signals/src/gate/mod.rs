//! May this be said to this person now? One pure function, its checks in a fixed order; all of them are in the trace,
//! and the first that fails is the reason.

mod quiet;
#[cfg(test)]
mod tests;

use domain::time::{DAY_MS, HOUR_MS, Timestamp};
use serde::{Deserialize, Serialize};

pub use quiet::QuietSpan;

use crate::{
    event::Consent,
    experiment::{Arm, Assigned},
    trigger::{Purpose, QuietHours, Trigger},
};

/// How much a person, a shop and its team can take. A shop may lower them, not raise them beyond what people bear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    pub per_day: usize,
    pub per_week: usize,
    /// Of one trigger about one thing, ever.
    pub per_object: usize,
    pub per_visit: usize,
    /// Of the whole shop, in a minute: a fault in a rule must not reach everybody at once.
    pub per_minute: usize,
    /// After a message on one channel, others keep still for so long.
    pub cool_down_ms: i64,
    /// After the person wrote themselves.
    pub after_contact_ms: i64,
    /// Human follow-up that is asked for and not begun, for the team.
    pub open_tasks: usize,
    pub quiet: QuietSpan,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_day: 1,
            per_week: 3,
            per_object: 1,
            per_visit: 1,
            per_minute: 60,
            cool_down_ms: 16 * HOUR_MS,
            after_contact_ms: DAY_MS,
            open_tasks: 20,
            quiet: QuietSpan::default(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Widget,
    Webhook,
    Email,
    Sms,
    /// A task for an agent; the person hears from a human or not at all.
    Human,
}

/// What was sent to the person before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub at: Timestamp,
    pub trigger: String,
    pub object: String,
    pub visit: Timestamp,
    pub channel: Channel,
}

/// Everything the decision rests on, read at the moment of sending.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub now: Timestamp,
    /// Somebody has stopped all outreach.
    pub is_stopped: bool,
    pub is_shop_enabled: bool,
    pub consent: Consent,
    pub opted_out: bool,
    pub opted_out_channels: Vec<Channel>,
    /// [`crate::shard::Shard::still_holds`], and the shop's own record of the order agrees.
    pub still_holds: bool,
    pub has_open_conversation: bool,
    pub last_contact: Option<Timestamp>,
    /// A complaint is open, or there is a legal matter.
    pub needs_human: bool,
    /// IANA names: the person's own, and the shop's for when it isn't known.
    pub zone: Option<String>,
    pub shop_zone: String,
    /// All that was sent to this person, to any channel.
    pub sent: Vec<Sent>,
    pub sent_last_minute: usize,
    pub open_tasks: usize,
    /// What else could be sent to this person now.
    pub rivals: Vec<Rival>,
}

/// Another signal that waits for the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rival {
    pub trigger: String,
    pub object: String,
    pub priority: u8,
    pub value_minor: Option<i64>,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    pub trigger: &'a Trigger,
    pub object: &'a str,
    pub visit: Timestamp,
    pub value_minor: Option<i64>,
    pub channel: Channel,
}

/// In the order of the checks. The codes are stored and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Stopped,
    ShopDisabled,
    NoConsent,
    OptedOut,
    NoLongerSo,
    ConversationOpen,
    RecentContact,
    HumanOnly,
    QuietHours,
    PersonDayCap,
    PersonWeekCap,
    ObjectCap,
    VisitCap,
    ShopMinuteCap,
    TaskCapacity,
    CoolDown,
    Outranked,
    HeldOut,
    Control,
}

impl Reason {
    pub const ALL: [Self; 19] = [
        Self::Stopped,
        Self::ShopDisabled,
        Self::NoConsent,
        Self::OptedOut,
        Self::NoLongerSo,
        Self::ConversationOpen,
        Self::RecentContact,
        Self::HumanOnly,
        Self::QuietHours,
        Self::PersonDayCap,
        Self::PersonWeekCap,
        Self::ObjectCap,
        Self::VisitCap,
        Self::ShopMinuteCap,
        Self::TaskCapacity,
        Self::CoolDown,
        Self::Outranked,
        Self::HeldOut,
        Self::Control,
    ];

    /// Whether the person was eligible all the same: they count in the experiment.
    pub const fn is_arm(self) -> bool {
        matches!(self, Self::HeldOut | Self::Control)
    }
}

/// One check, with what it looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub check: Reason,
    pub passed: bool,
    /// A number that was compared, with its limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<(i64, i64)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// `None`: it is sent.
    pub reason: Option<Reason>,
    pub steps: Vec<Step>,
    /// Only for those who are eligible; nobody else is part of the experiment.
    pub assigned: Option<Assigned>,
}

impl Verdict {
    pub fn is_sent(&self) -> bool {
        self.reason.is_none()
    }

    pub fn is_eligible(&self) -> bool {
        self.reason.is_none_or(Reason::is_arm)
    }
}

/// Decides. `assigned` is the arm the person would have; it is only given out when everything before it passes.
pub fn decide(wish: &Wish<'_>, standing: &Standing, limits: &Limits, assigned: Assigned) -> Verdict {
    let mut steps = Vec::with_capacity(Reason::ALL.len());
    let mut check = |check: Reason, passed: bool, seen: Option<(i64, i64)>| steps.push(Step { check, passed, seen });
    let is_human = wish.channel == Channel::Human;
    check(Reason::Stopped, !standing.is_stopped, None);
    check(Reason::ShopDisabled, standing.is_shop_enabled, None);
    check(Reason::NoConsent, has_basis(wish, standing.consent), None);
    let out = standing.opted_out || standing.opted_out_channels.contains(&wish.channel);
    check(Reason::OptedOut, !out, None);
    check(Reason::NoLongerSo, standing.still_holds, None);
    check(Reason::ConversationOpen, is_human || !standing.has_open_conversation, None);
    let since = standing.last_contact.map_or(i64::MAX, |at| standing.now.since_ms(at));
    let was_quiet = is_human || since >= limits.after_contact_ms;
    check(Reason::RecentContact, was_quiet, standing.last_contact.map(|_| (since, limits.after_contact_ms)));
    check(Reason::HumanOnly, is_human || !(standing.needs_human || wish.trigger.is_human_only()), None);
    let zone = standing.zone.as_deref().unwrap_or(&standing.shop_zone);
    let is_exempt = is_human || wish.trigger.quiet_hours == QuietHours::Exempt;
    check(Reason::QuietHours, is_exempt || !limits.quiet.covers(standing.now, zone), None);
    caps(wish, standing, limits, &mut check);
    check(Reason::Outranked, !standing.rivals.iter().any(|rival| outranks(rival, wish)), None);
    check(Reason::HeldOut, assigned.arm != Arm::HeldOut, None);
    check(Reason::Control, assigned.arm != Arm::Control, None);
    let reason = steps.iter().find(|step| !step.passed).map(|step| step.check);
    let is_eligible = reason.is_none_or(Reason::is_arm);
    Verdict { reason, steps, assigned: is_eligible.then_some(assigned) }
}

/// A human of the shop may look after an order that was paid for without further consent; whatever is sent by itself
/// needs it.
fn has_basis(wish: &Wish<'_>, consent: Consent) -> bool {
    match wish.trigger.purpose {
        Purpose::Service => consent.service_outreach || wish.channel == Channel::Human,
        Purpose::Marketing => consent.marketing,
    }
}

fn caps(
    wish: &Wish<'_>,
    standing: &Standing,
    limits: &Limits,
    check: &mut impl FnMut(Reason, bool, Option<(i64, i64)>),
) {
    let is_human = wish.channel == Channel::Human;
    let heard = || standing.sent.iter().filter(|it| it.channel != Channel::Human);
    let within = |ms: i64| heard().filter(|it| standing.now.since_ms(it.at) < ms).count();
    let mut below = |reason, count: usize, limit: usize, exempt: bool| {
        check(reason, exempt || count < limit, Some((count as i64, limit as i64)));
    };
    below(Reason::PersonDayCap, within(DAY_MS), limits.per_day, is_human);
    below(Reason::PersonWeekCap, within(7 * DAY_MS), limits.per_week, is_human);
    // A task and a message about the same thing are two; each is done once.
    let same = |it: &&Sent| {
        it.trigger == wish.trigger.id && it.object == wish.object && (it.channel == Channel::Human) == is_human
    };
    below(Reason::ObjectCap, standing.sent.iter().filter(same).count(), limits.per_object, false);
    let visit = heard().filter(|it| it.visit == wish.visit && wish.visit != Timestamp::default()).count();
    below(Reason::VisitCap, visit, limits.per_visit, is_human);
    below(Reason::ShopMinuteCap, standing.sent_last_minute, limits.per_minute, is_human);
    below(Reason::TaskCapacity, standing.open_tasks, limits.open_tasks, !is_human);
    let others = heard().filter(|it| it.channel != wish.channel);
    let last = others.map(|it| standing.now.since_ms(it.at)).min();
    let is_cool = is_human || last.is_none_or(|since| since >= limits.cool_down_ms);
    check(Reason::CoolDown, is_cool, last.map(|since| (since, limits.cool_down_ms)));
}

/// A total order, so that of any number exactly one wins: priority, value, then names.
fn outranks(rival: &Rival, wish: &Wish<'_>) -> bool {
    let theirs = (rival.priority, rival.value_minor.unwrap_or_default());
    let ours = (wish.trigger.priority, wish.value_minor.unwrap_or_default());
    let names = (wish.trigger.id.as_str(), wish.object).cmp(&(rival.trigger.as_str(), rival.object.as_str()));
    theirs.cmp(&ours).then(names).is_gt()
}
