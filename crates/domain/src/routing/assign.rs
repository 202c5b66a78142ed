//! Gives those who wait to those who are there. The one who is due first comes first; of the agents who can, the one
//! who has had nothing new for longest, measured by the agents' weights.
//!
//! Nobody starves: who is due first is fixed when the wait begins, and what anybody may be put before others by is
//! bounded, so after that time no newcomer comes before. What is overdue and needs more room than anybody has keeps
//! one agent's room free until it fits.

use std::collections::BTreeMap;

use super::{Basis, Limits, MAX_PRIORITY, Placement, Skill};
use crate::{
    id::{ConversationId, QueueId, StaffId},
    language::Language,
    staff::Presence,
    time::{MINUTE_MS, SECOND_MS, Timestamp},
};

/// How long before its own deadline a conversation of each priority is due.
const HEAD_START_MS: [i64; MAX_PRIORITY as usize + 1] = [0, 30 * SECOND_MS, 2 * MINUTE_MS, 5 * MINUTE_MS];
/// The same for a shopper the shop calls important.
const VIP_HEAD_START_MS: i64 = MINUTE_MS;
/// Nobody is put before somebody who has waited so much longer.
pub const MAX_HEAD_START_MS: i64 = HEAD_START_MS[MAX_PRIORITY as usize] + VIP_HEAD_START_MS;
/// So close to its deadline an assignment counts as urgent.
const URGENT_MS: i64 = 15 * SECOND_MS;

/// What a waiting conversation asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    pub conversation: ConversationId,
    /// Of its control; an assignment names it.
    pub epoch: i64,
    pub queue: QueueId,
    pub since: Timestamp,
    pub deadline: Timestamp,
    pub skills: Vec<Skill>,
    pub language: Language,
    pub vip: bool,
    /// From 0 to 3.
    pub priority: u8,
    /// Hundredths of a usual conversation.
    pub weight: u32,
    /// Who served this shopper last, and when.
    pub last_agent: Option<(StaffId, Timestamp)>,
    /// It was just taken back from this agent.
    pub not: Option<StaffId>,
}

/// Somebody who serves, as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub staff: StaffId,
    pub presence: Presence,
    /// Within a shift, or without shifts.
    pub on_shift: bool,
    pub queues: Vec<QueueId>,
    pub skills: Vec<Skill>,
    /// None named means all.
    pub languages: Vec<Language>,
    pub weight: u32,
    pub capacity: u32,
    pub load: u32,
    /// When they were last given something, or came.
    pub idle_since: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    pub conversation: ConversationId,
    pub epoch: i64,
    pub agent: StaffId,
    pub placement: Placement,
}

/// Decides for everybody at once. The same input always gives the same answer, in whatever order it comes.
pub fn assign(now: Timestamp, demands: &[Demand], servers: &[Server], limits: &Limits) -> Vec<Assignment> {
    let mut words = Words::default();
    let mut room = Room::new(servers, &mut words);
    let mut order: Vec<&Demand> = demands.iter().collect();
    order.sort_by_key(|demand| (due(demand), demand.since, demand.conversation));
    let mut given = Vec::new();
    for demand in order {
        if !room.is_left() {
            break;
        }
        let wanted = Wanted::new(now, demand, limits, &mut words);
        match room.find(now, &wanted) {
            Found::Server(place, basis, eligible) => given.push(room.give(now, &wanted, place, basis, eligible)),
            Found::Later => {}
            Found::NoRoom if now >= demand.deadline => room.hold(&wanted),
            Found::NoRoom => {}
        }
    }
    given
}

/// Who comes first: fixed when the wait begins, but for the urgent and the important, who come up to
/// `MAX_HEAD_START_MS` earlier.
pub fn due(demand: &Demand) -> Timestamp {
    let vip = if demand.vip { VIP_HEAD_START_MS } else { 0 };
    demand.deadline.minus_ms(HEAD_START_MS[usize::from(demand.priority.min(MAX_PRIORITY))] + vip)
}

/// Skills and queues as bits, so that ten thousand conversations and five hundred agents compare quickly.
#[derive(Default)]
struct Words<'a> {
    skills: BTreeMap<&'a str, usize>,
}

type Bits = Vec<u64>;

impl<'a> Words<'a> {
    fn bits(&mut self, skills: &'a [Skill]) -> Bits {
        let mut bits = Bits::new();
        for skill in skills {
            let next = self.skills.len();
            let place = *self.skills.entry(skill.as_str()).or_insert(next);
            if bits.len() <= place / 64 {
                bits.resize(place / 64 + 1, 0);
            }
            bits[place / 64] |= 1 << (place % 64);
        }
        bits
    }
}

fn covers(has: &[u64], needs: &[u64]) -> bool {
    needs.iter().enumerate().all(|(place, needed)| has.get(place).copied().unwrap_or(0) & needed == *needed)
}

struct Wanted<'a> {
    demand: &'a Demand,
    skills: Bits,
    /// The last agent, while sticky, and whether even paused.
    sticky: Option<(StaffId, bool)>,
    /// Whether a busy last agent is waited for.
    waits: bool,
}

impl<'a> Wanted<'a> {
    fn new(now: Timestamp, demand: &'a Demand, limits: &Limits, words: &mut Words<'a>) -> Self {
        let waited = now.since_ms(demand.since);
        let relaxed = limits.relax_skills_ms > 0 && waited >= limits.relax_skills_ms;
        let skills = if relaxed { Bits::new() } else { words.bits(&demand.skills) };
        let sticky = demand.last_agent.and_then(|(agent, at)| {
            let ago = now.since_ms(at);
            (ago <= limits.sticky_ms.max(limits.sticky_paused_ms)).then_some((agent, ago <= limits.sticky_paused_ms))
        });
        Self { demand, skills, sticky, waits: waited < limits.sticky_wait_ms }
    }
}

struct Seated<'a> {
    server: &'a Server,
    skills: Bits,
    load: u32,
    idle_since: Timestamp,
    /// Kept free for what is overdue and needs more room.
    held: bool,
}

struct Room<'a> {
    seated: Vec<Seated<'a>>,
    /// Those who have any room left.
    open: usize,
    known: BTreeMap<(QueueId, &'static str, Bits), usize>,
    kinds: Vec<Kind>,
}

/// Conversations that ask for the same.
struct Kind {
    /// Who takes them, room or not, in the order of ids.
    able: Vec<usize>,
    /// Nobody has room for this weight or more.
    full_from: u32,
}

enum Found {
    Server(usize, Basis, u32),
    /// The last agent will have room soon.
    Later,
    NoRoom,
}

impl<'a> Room<'a> {
    fn new(servers: &'a [Server], words: &mut Words<'a>) -> Self {
        let mut seated: Vec<Seated<'a>> = servers
            .iter()
            .filter(|server| server.presence != Presence::Offline)
            .map(|server| Seated {
                server,
                skills: words.bits(&server.skills),
                load: server.load,
                idle_since: server.idle_since,
                held: false,
            })
            .collect();
        seated.sort_by_key(|seat| seat.server.staff);
        let mut room = Self { seated, open: 0, known: BTreeMap::new(), kinds: Vec::new() };
        room.open = room.seated.iter().filter(|seat| seat.has_any_room()).count();
        room
    }

    fn is_left(&self) -> bool {
        self.open > 0
    }

    fn find(&mut self, now: Timestamp, wanted: &Wanted<'_>) -> Found {
        if let Some(found) = self.find_last(wanted) {
            return found;
        }
        let kind = self.kind_of(wanted);
        let weight = wanted.demand.weight;
        if weight >= self.kinds[kind].full_from {
            return Found::NoRoom;
        }
        let mut best: Option<(i64, usize)> = None;
        let mut eligible = 0;
        for &place in &self.kinds[kind].able {
            let seat = &self.seated[place];
            if !seat.has_room(weight) || wanted.demand.not == Some(seat.server.staff) {
                continue;
            }
            eligible += 1;
            let turn = seat.turn(now);
            // Of two whose turn it is alike, the first by id.
            if best.is_none_or(|(best, _)| turn > best) {
                best = Some((turn, place));
            }
        }
        match best {
            Some((_, place)) => {
                let basis = if eligible == 1 { Basis::OnlyOne } else { Basis::LongestIdle };
                Found::Server(place, basis, eligible)
            }
            None => {
                // Room only shrinks in a round, so nobody of this kind who needs as much has to look again.
                if wanted.demand.not.is_none() {
                    self.kinds[kind].full_from = weight;
                }
                Found::NoRoom
            }
        }
    }

    /// Those who ask for the same are served by the same.
    fn kind_of(&mut self, wanted: &Wanted<'_>) -> usize {
        let key = (wanted.demand.queue, wanted.demand.language.as_str(), wanted.skills.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let takes = |(_, seat): &(usize, &Seated<'_>)| seat.takes_new() && seat.serves(wanted);
        let able = self.seated.iter().enumerate().filter(takes).map(|(place, _)| place).collect();
        self.kinds.push(Kind { able, full_from: u32::MAX });
        self.known.insert(key, self.kinds.len() - 1);
        self.kinds.len() - 1
    }

    /// The last agent, if it is still their shopper.
    fn find_last(&self, wanted: &Wanted<'_>) -> Option<Found> {
        let (agent, even_paused) = wanted.sticky?;
        let place = self.seated.binary_search_by_key(&agent, |seat| seat.server.staff).ok()?;
        let seat = &self.seated[place];
        let is_there = match seat.server.presence {
            Presence::Online => true,
            Presence::Paused => even_paused,
            Presence::Offline => false,
        };
        if !is_there || !seat.serves(wanted) || wanted.demand.not == Some(agent) {
            return None;
        }
        if seat.has_room(wanted.demand.weight) {
            return Some(Found::Server(place, Basis::LastAgent, 1));
        }
        wanted.waits.then_some(Found::Later)
    }

    fn give(&mut self, now: Timestamp, wanted: &Wanted<'_>, place: usize, basis: Basis, eligible: u32) -> Assignment {
        let seat = &mut self.seated[place];
        let demand = wanted.demand;
        let had_room = seat.has_any_room();
        let placement = Placement {
            basis,
            queue: Some(demand.queue),
            waited_ms: now.since_ms(demand.since).max(0),
            idle_ms: now.since_ms(seat.idle_since).max(0),
            eligible,
            skills: demand.skills.iter().filter(|skill| seat.server.skills.contains(skill)).count() as u32,
            weight: demand.weight,
            load: seat.load,
            capacity: seat.server.capacity,
            vip: demand.vip,
            urgent: now.plus_ms(URGENT_MS) >= demand.deadline,
        };
        seat.load += demand.weight.min(seat.server.capacity);
        seat.idle_since = now;
        if had_room && !seat.has_any_room() {
            self.open -= 1;
        }
        Assignment { conversation: demand.conversation, epoch: demand.epoch, agent: seat.server.staff, placement }
    }

    /// Keeps the room of the one who will soonest have enough.
    fn hold(&mut self, wanted: &Wanted<'_>) {
        let kind = self.kind_of(wanted);
        let most_room = |place: &&usize| {
            let seat = &self.seated[**place];
            (seat.free(), std::cmp::Reverse(seat.server.staff))
        };
        let may_hold = |place: &&usize| {
            let seat = &self.seated[**place];
            !seat.held && wanted.demand.not != Some(seat.server.staff)
        };
        let place = self.kinds[kind].able.iter().filter(may_hold).max_by_key(most_room).copied();
        if let Some(place) = place {
            self.kinds[kind].able.retain(|able| *able != place);
            let seat = &mut self.seated[place];
            let had_room = seat.has_any_room();
            seat.held = true;
            self.open -= usize::from(had_room);
        }
    }
}

impl Seated<'_> {
    fn takes_new(&self) -> bool {
        self.server.presence == Presence::Online && self.server.on_shift
    }

    fn free(&self) -> u32 {
        self.server.capacity.saturating_sub(self.load)
    }

    fn has_any_room(&self) -> bool {
        !self.held && self.free() > 0
    }

    /// What is heavier than all an agent can do takes an agent who has nothing else.
    fn has_room(&self, weight: u32) -> bool {
        !self.held && self.free() >= weight.min(self.server.capacity)
    }

    /// Whether what is asked for is theirs to serve, room or not.
    fn serves(&self, wanted: &Wanted<'_>) -> bool {
        let (server, demand) = (self.server, wanted.demand);
        server.queues.contains(&demand.queue)
            && (server.languages.is_empty() || server.languages.contains(&demand.language))
            && covers(&self.skills, &wanted.skills)
    }

    /// The longer without anything new, and the heavier the agent's weight, the sooner it is their turn.
    fn turn(&self, now: Timestamp) -> i64 {
        now.since_ms(self.idle_since).max(0).saturating_add(1).saturating_mul(i64::from(self.server.weight))
    }
}
