//! The people of one part of the desk: takes in events in the order of their arrival, and says what was noticed.
//!
//! Time is what the events and the caller say it is. Everything that was due before an event is decided before it, so
//! that the same events give the same signals whether or not anybody asked in between.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{BuildHasherDefault, Hasher},
};

use domain::time::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{
    condition::{Condition, Scene},
    event::{Entry, Event, PersonKey},
    person::{MAX_WAITS, Object, Person, Wait},
    trigger::{ShopFacts, Signal, Trigger, Triggers, mark},
};

/// Zones people really live in are fewer.
const MAX_ZONES: usize = 1_000;

/// Keys are hashes already.
#[derive(Default)]
pub struct Folded(u64);

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, bits: u128) {
        self.0 ^= bits as u64;
    }
}

type People = HashMap<PersonKey, Box<Person>, BuildHasherDefault<Folded>>;

#[derive(Default)]
pub struct Shard {
    people: People,
    /// Who has to be looked at, and when. Entries that were moved meanwhile find nothing to do.
    due: BTreeSet<(Timestamp, PersonKey)>,
    clock: Timestamp,
    zones: Vec<String>,
}

/// A shard as it is put away. People are in the order of their keys: equal shards have equal snapshots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub clock: Timestamp,
    pub zones: Vec<String>,
    pub people: Vec<(PersonKey, Person)>,
}

/// The rules that hold and the shop they hold in.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub triggers: &'a Triggers,
    pub shop: &'a ShopFacts,
}

impl Shard {
    /// Takes in what happened to a person and notes what is noticed. Events come in the order in which they were
    /// received; the caller has dropped those it had before.
    pub fn take_in(&mut self, rules: Rules<'_>, key: PersonKey, entry: &Entry, noticed: &mut Vec<Signal>) {
        let event = &entry.event;
        self.advance(rules, event.received_at, noticed);
        let zone = entry.zone.as_deref().map(|name| self.zone(name));
        let person = self.people.entry(key).or_default();
        if let Some(zone) = zone {
            person.zone = zone;
        }
        if let Some(consent) = entry.consent {
            person.consent = consent;
        }
        person.apply(event, rules.triggers.counts(event.name));
        if event.received_at.since_ms(event.at) > crate::person::LATENESS_MS
            && event.origin == crate::event::Origin::Browser
        {
            return;
        }
        for trigger in rules.triggers.listening(event.name) {
            let zone = zone_of(&self.zones, person.zone, rules.shop);
            let Some(due) = begin(trigger, person, event, self.clock, rules.shop, zone) else { continue };
            match due {
                Due::Now(signal) => noticed.push(Signal { person: key, ..signal }),
                Due::At(at) => drop(self.due.insert((at, key))),
            }
        }
    }

    /// Decides what is due by `now`.
    pub fn advance(&mut self, rules: Rules<'_>, now: Timestamp, noticed: &mut Vec<Signal>) {
        while let Some(&(at, key)) = self.due.first().filter(|(at, _)| *at <= now) {
            self.due.pop_first();
            let Some(person) = self.people.get_mut(&key) else { continue };
            let zone = zone_of(&self.zones, person.zone, rules.shop);
            for next in come_due(rules, person, key, at, zone, noticed) {
                self.due.insert((next, key));
            }
        }
        self.clock = self.clock.max(now);
    }

    /// Whether what was noticed still holds at the moment of sending.
    pub fn still_holds(&self, rules: Rules<'_>, signal: &Signal, now: Timestamp) -> bool {
        let (Some(person), Some(trigger)) = (self.people.get(&signal.person), rules.triggers.get(&signal.trigger))
        else {
            return false;
        };
        let object = object_of(trigger, person, &signal.object);
        let scene = Scene { now, person, event: None, object, shop: rules.shop };
        trigger.still.as_ref().is_none_or(|still| still.holds(&scene))
    }

    /// What an anonymous person did belongs to the customer they turn out to be.
    pub fn merge(&mut self, from: PersonKey, into: PersonKey) {
        if let Some(person) = self.remove(from) {
            self.give(into, person);
        }
    }

    /// For giving a person to another shard.
    pub fn remove(&mut self, key: PersonKey) -> Option<Person> {
        self.people.remove(&key).map(|person| *person)
    }

    pub fn give(&mut self, key: PersonKey, person: Person) {
        let known = self.people.entry(key).or_default();
        known.absorb(person);
        self.due.extend(known.waits.iter().map(|wait| (wait.due, key)));
    }

    /// Consent was withdrawn: what was waited for is given up.
    pub fn withdraw(&mut self, key: PersonKey) {
        if let Some(person) = self.people.get_mut(&key) {
            person.quiet();
        }
    }

    pub fn get(&self, key: PersonKey) -> Option<&Person> {
        self.people.get(&key).map(Box::as_ref)
    }

    pub fn len(&self) -> usize {
        self.people.len()
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub fn clock(&self) -> Timestamp {
        self.clock
    }

    /// The person's own time zone, where it is known.
    pub fn zone_name(&self, person: &Person) -> Option<&str> {
        let place = usize::from(person.zone).checked_sub(1)?;
        self.zones.get(place).map(String::as_str)
    }

    /// Forgets what no longer matters of people who are away; returns how many are left. Whole people go when nothing is
    /// known of them but a visit long ago.
    pub fn sweep(&mut self, now: Timestamp, forget_after_ms: i64) -> usize {
        self.people.retain(|_, person| {
            person.recent.shrink(now);
            let idle = now.since_ms(person.visit.last) > forget_after_ms;
            !(idle && person.waits.is_empty() && person.objects.is_empty())
        });
        self.people.len()
    }

    pub fn snapshot(&self) -> Snapshot {
        let mut people: Vec<_> = self.people.iter().map(|(key, person)| (*key, (**person).clone())).collect();
        people.sort_by_key(|(key, _)| *key);
        Snapshot { clock: self.clock, zones: self.zones.clone(), people }
    }

    pub fn restore(snapshot: Snapshot) -> Self {
        let mut shard = Self { clock: snapshot.clock, zones: snapshot.zones, ..Self::default() };
        for (key, person) in snapshot.people {
            shard.due.extend(person.waits.iter().map(|wait| (wait.due, key)));
            shard.people.insert(key, Box::new(person));
        }
        shard
    }

    /// Bytes of people, of the map and of the timers.
    pub fn bytes(&self) -> usize {
        let people: usize = self.people.values().map(|it| it.bytes()).sum();
        // One byte of control for each place of the map.
        let map = self.people.capacity() * 8 / 7 * (size_of::<(PersonKey, Box<Person>)>() + 1);
        // Nodes of a B-tree are at least half full.
        people + map + self.due.len() * size_of::<(Timestamp, PersonKey)>() * 2
    }

    fn zone(&mut self, name: &str) -> u16 {
        if let Some(place) = self.zones.iter().position(|it| it == name) {
            return place as u16 + 1;
        }
        if self.zones.len() >= MAX_ZONES {
            return 0;
        }
        self.zones.push(name.to_owned());
        self.zones.len() as u16
    }
}

enum Due {
    Now(Signal),
    At(Timestamp),
}

fn zone_of<'a>(zones: &'a [String], zone: u16, shop: &'a ShopFacts) -> &'a str {
    let own = usize::from(zone).checked_sub(1).and_then(|place| zones.get(place));
    own.map_or(&shop.zone, |name| name)
}

fn object_of<'a>(trigger: &Trigger, person: &'a Person, key: &str) -> Option<&'a Object> {
    person.object(trigger.about.kind()?, key)
}

fn holds(condition: Option<&Condition>, scene: &Scene<'_>) -> bool {
    condition.is_none_or(|it| it.holds(scene))
}

/// Whether an event begins something, and when that is due.
fn begin(
    trigger: &Trigger,
    person: &mut Person,
    event: &Event,
    clock: Timestamp,
    shop: &ShopFacts,
    zone: &str,
) -> Option<Due> {
    let object = trigger.about.key(event, person)?;
    // Behaviour is judged when it happened, whatever came before it in the queue.
    let now = event.at.max(person.visit.last).min(clock);
    let scene = Scene { now, person, event: Some(event), object: object_of(trigger, person, &object), shop };
    if !holds(trigger.when.as_ref(), &scene) {
        return None;
    }
    let noticed = trigger.mark_of(&object);
    if person.was_noticed(noticed, clock.minus_ms(trigger.again_after_ms())) {
        return None;
    }
    let due = due_at(trigger, &scene, clock, zone)?;
    let id = mark(&trigger.id);
    let known = person.waits.iter().position(|wait| wait.trigger == id && wait.object == object);
    if due <= clock {
        let begun = known.map_or(clock, |place| person.waits.remove(place).begun);
        return fire(trigger, person, Some(event), object, begun, clock, shop).map(Due::Now);
    }
    match known {
        // The first failure counts the minute, not the last; a time that was moved counts as it is now.
        Some(_) if trigger.wait.until.is_none() => return None,
        Some(place) => person.waits[place].due = due,
        None if person.waits.len() >= MAX_WAITS => return None,
        None => person.waits.push(Wait { trigger: id, object, begun: clock, due }),
    }
    Some(Due::At(due))
}

/// When it is due, seen from the scene; `None` when that can't be said.
fn due_at(trigger: &Trigger, scene: &Scene<'_>, begun: Timestamp, zone: &str) -> Option<Timestamp> {
    let wait = &trigger.wait;
    let due = match (&wait.span, &wait.idle, &wait.until) {
        (Some(span), ..) => begun.plus_ms(span.0),
        (_, Some(idle), _) => scene.person.visit.last.max(begun).plus_ms(idle.0),
        (.., Some(until)) => Timestamp(until.value(scene)?).max(begun),
        _ => begun,
    };
    Some(match wait.local {
        Some(clock) => clock.not_before(due, &TimeZone::get(zone).unwrap_or(TimeZone::UTC)),
        None => due,
    })
}

/// Everything of one person that is due at `at`; returns when to look again.
fn come_due(
    rules: Rules<'_>,
    person: &mut Person,
    key: PersonKey,
    at: Timestamp,
    zone: &str,
    noticed: &mut Vec<Signal>,
) -> Vec<Timestamp> {
    let mut again = Vec::new();
    let (due, later): (Vec<Wait>, Vec<Wait>) =
        std::mem::take(&mut person.waits).into_iter().partition(|it| it.due <= at);
    person.waits = later;
    for wait in due {
        // A trigger that is no longer there waits for nothing.
        let Some(trigger) = rules.triggers.by_mark(wait.trigger).filter(|it| it.enabled) else { continue };
        let object = object_of(trigger, person, &wait.object);
        let scene = Scene { now: at, person, event: None, object, shop: rules.shop };
        match due_at(trigger, &scene, wait.begun, zone) {
            Some(moved) if moved > at && trigger.wait.span.is_none() => {
                again.push(moved);
                person.waits.push(Wait { due: moved, ..wait });
            }
            Some(_) => {
                let signal = fire(trigger, person, None, wait.object, wait.begun, at, rules.shop);
                noticed.extend(signal.map(|signal| Signal { person: key, ..signal }));
            }
            None => {}
        }
    }
    again
}

/// The signal, if what began still holds.
fn fire(
    trigger: &Trigger,
    person: &mut Person,
    event: Option<&Event>,
    object: Box<str>,
    begun: Timestamp,
    now: Timestamp,
    shop: &ShopFacts,
) -> Option<Signal> {
    let known = object_of(trigger, person, &object);
    let scene = Scene { now, person, event, object: known, shop };
    if !holds(trigger.still.as_ref(), &scene) {
        return None;
    }
    let wants_task = trigger.task.as_ref().is_some_and(|task| holds(task.when.as_ref(), &scene));
    if trigger.message.is_none() && !wants_task {
        return None;
    }
    let signal = Signal {
        trigger: trigger.id.clone(),
        person: PersonKey::from_bits(0),
        about: trigger.about,
        begun,
        at: now,
        value_minor: trigger.value.as_ref().and_then(|value| value.value(&scene)),
        wants_task,
        visit: person.visit.started,
        behaviour: person.recent.names(now),
        facts: known.map(|it| it.facts().to_vec()).unwrap_or_default(),
        object,
    };
    let mark = trigger.mark_of(&signal.object);
    person.note(mark, now);
    Some(signal)
}
