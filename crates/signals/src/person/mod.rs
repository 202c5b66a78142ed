//! What is kept of a person, small enough for a million of them: the visit under way, recent behaviour, the state of
//! orders, parcels and refunds, and what is being waited for.

mod object;
mod recent;
mod visit;

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

pub use object::{Field, Object, ObjectKind};
pub use recent::Recent;
pub(crate) use recent::hash;
pub use visit::{GAP_MS, Visit};

use crate::event::{Consent, Event};

/// Events that come later than this no longer count towards a behaviour: what they would start is over.
pub const LATENESS_MS: i64 = 5 * domain::time::MINUTE_MS;
/// Orders, parcels and refunds in motion at a time; what wasn't touched for longest makes room.
pub const MAX_OBJECTS: usize = 24;
/// Things waited for at a time. A person with more open orders than this is served by the connector's next poll.
pub const MAX_WAITS: usize = 24;
/// What was noticed lately, so that one thing is noticed once.
pub const MAX_NOTICED: usize = 32;

/// A trigger that has begun and is not yet due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// [`crate::trigger::mark`] of its name: triggers may be loaded anew in between.
    pub trigger: u32,
    pub object: Box<str>,
    pub begun: Timestamp,
    pub due: Timestamp,
}

/// Everything that is known of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub visit: Visit,
    pub recent: Recent,
    pub objects: Vec<Object>,
    pub waits: Vec<Wait>,
    /// What was noticed, as [`crate::trigger::mark`] of trigger and object, oldest first.
    pub noticed: Vec<(u32, Timestamp)>,
    /// By number; the shard knows the names. 0 is unknown.
    pub zone: u16,
    pub consent: Consent,
}

impl Person {
    /// Takes in what happened. `counts` says whether a trigger counts such events.
    pub fn apply(&mut self, event: &Event, counts: bool) {
        object::apply(&mut self.objects, event);
        if event.received_at.since_ms(event.at) <= LATENESS_MS {
            self.visit.apply(event);
            if counts {
                self.recent.put(event.name, event.subject(), event.at);
            }
        }
    }

    pub fn object(&self, kind: ObjectKind, key: &str) -> Option<&Object> {
        self.objects.iter().find(|it| it.kind == kind && *it.key == *key)
    }

    /// What an anonymous person did is theirs when they sign in. Where both know of a thing, the later word counts.
    pub fn absorb(&mut self, other: Self) {
        if other.visit.last > self.visit.last {
            self.visit = other.visit;
            self.zone = if other.zone == 0 { self.zone } else { other.zone };
        }
        self.recent.absorb(other.recent);
        for object in other.objects {
            object::absorb(&mut self.objects, object);
        }
        for wait in other.waits {
            if !self.waits.iter().any(|it| it.trigger == wait.trigger && it.object == wait.object) {
                self.waits.push(wait);
            }
        }
        self.waits.sort_by(|one, two| (one.due, one.trigger, &one.object).cmp(&(two.due, two.trigger, &two.object)));
        self.waits.truncate(MAX_WAITS);
        self.noticed.extend(other.noticed);
        self.noticed.sort_by_key(|(mark, at)| (*at, *mark));
        let surplus = self.noticed.len().saturating_sub(MAX_NOTICED);
        self.noticed.drain(..surplus);
    }

    /// Nothing more is noticed of what was seen so far: consent was withdrawn.
    pub fn quiet(&mut self) {
        self.waits.clear();
        self.recent = Recent::default();
        self.visit = Visit::default();
        self.consent = Consent::default();
    }

    pub(crate) fn was_noticed(&self, mark: u32, since: Timestamp) -> bool {
        self.noticed.iter().any(|(it, at)| *it == mark && *at > since)
    }

    pub(crate) fn note(&mut self, mark: u32, at: Timestamp) {
        if self.noticed.len() >= MAX_NOTICED {
            self.noticed.remove(0);
        }
        self.noticed.push((mark, at));
    }

    /// What it takes in memory, without the map it is in.
    pub fn bytes(&self) -> usize {
        let objects: usize = self.objects.iter().map(Object::heap_bytes).sum();
        let waits: usize = self.waits.iter().map(|it| it.object.len()).sum();
        size_of::<Self>()
            + self.recent.heap_bytes()
            + self.objects.capacity() * size_of::<Object>()
            + objects
            + self.waits.capacity() * size_of::<Wait>()
            + waits
            + self.noticed.capacity() * size_of::<(u32, Timestamp)>()
    }
}
