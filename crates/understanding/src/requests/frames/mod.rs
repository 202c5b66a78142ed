//! Parts a message into what is asked for, one frame for each verb: where it begins and ends, and what kind of wish it
//! is. Whatever stands between two verbs belongs to the one from which it is less parted.

mod cuts;
mod openings;
mod quiet;

use std::ops::Range;

use cuts::{boundary, cuts};
use openings::tidied;
use quiet::quiet_parts;

use super::{
    Wish, address,
    lexicon::Cue,
    scene::{Heard, Scene, is_trigger},
    tokens::{ENUMERATION, SEMICOLON},
};

#[derive(Debug, Clone)]
pub struct Frame {
    pub range: Range<usize>,
    /// The verb.
    pub verb: Range<usize>,
    pub cue: Cue,
    pub wish: Wish,
}

pub fn frames(scene: &Scene<'_>) -> Vec<Frame> {
    let verbs = verbs(scene);
    let mut frames: Vec<Frame> = Vec::new();
    let mut begin = 0;
    for (at, verb) in verbs.iter().enumerate() {
        let end = match verbs.get(at + 1) {
            Some(next) => boundary(scene, begin, verb, next),
            None => scene.tokens.len(),
        };
        frames.push(Frame { range: begin..end, verb: verb.start..verb.end, cue: verb.cue, wish: Wish::Change });
        begin = end;
    }
    if frames.is_empty() {
        frames.push(Frame { range: 0..scene.tokens.len(), verb: 0..0, cue: Cue::Nothing, wish: Wish::Change });
    }
    let mut split = Vec::new();
    for frame in frames {
        let frame = Frame { wish: wish(scene, &frame), ..frame };
        split.extend(quiet_parts(scene, frame));
    }
    tidied(scene, split)
}

/// The clear verbs, and nouns that go on with one: «change the address to … and the payment to …».
fn verbs(scene: &Scene<'_>) -> Vec<Heard> {
    let mut verbs: Vec<Heard> = Vec::new();
    for heard in &scene.cues {
        if is_trigger(heard.cue) && !is_negated(scene, heard.start) && !is_about_money(scene, heard) {
            verbs.push(*heard);
        } else if matches!(heard.cue, Cue::AddressNoun | Cue::PaymentNoun | Cue::Home)
            && verbs.last().is_some_and(|verb| goes_on(scene, verb, heard))
        {
            verbs.push(Heard { cue: Cue::Change, start: heard.start, end: heard.start });
        }
    }
    verbs
}

/// «The money should go back to my card.»
fn is_about_money(scene: &Scene<'_>, verb: &Heard) -> bool {
    const NEAR: usize = 2;
    let next = scene.tokens.next(verb.end);
    verb.cue == Cue::Return
        && matches!(scene.tokens.stem(verb.start), "go" | "going" | "goe")
        && matches!(scene.tokens.stem(next), "to" | "on" | "onto")
        && scene.paid.iter().any(|paid| next < paid.start && paid.start <= next + NEAR)
}

fn is_negated(scene: &Scene<'_>, at: usize) -> bool {
    const BETWEEN: [&str; 5] = ["want", "to", "need", "wish", "please"];
    let mut here = at;
    while let Some(before) = scene.tokens.before(here) {
        if scene.cues.iter().any(|heard| heard.cue == Cue::Negation && heard.start <= before && before < heard.end) {
            return true;
        }
        if !BETWEEN.contains(&scene.tokens.stem(before)) {
            return false;
        }
        here = before;
    }
    false
}

fn goes_on(scene: &Scene<'_>, verb: &Heard, noun: &Heard) -> bool {
    const NEAR: usize = 8;
    if verb.cue != Cue::Change {
        return false;
    }
    let first = scene
        .cues_in(verb.end..noun.start)
        .find(|heard| matches!(heard.cue, Cue::AddressNoun | Cue::PaymentNoun | Cue::Home));
    let is_other = first.is_some_and(|first| (first.cue == Cue::PaymentNoun) != (noun.cue == Cue::PaymentNoun));
    let follows = |at: usize| {
        scene.tokens.list[at].strength() >= ENUMERATION
            || scene.cue_at(at).is_some_and(|heard| matches!(heard.cue, Cue::And | Cue::Next))
    };
    let after_and = (noun.start.saturating_sub(4)..noun.start).any(follows);
    let end = (noun.end + NEAR).min(scene.tokens.len());
    is_other && after_and && scene.cues_in(noun.end..end).any(|heard| matches!(heard.cue, Cue::To | Cue::Want))
}

/// What is to be done, from the verb and what stands by it.
fn wish(scene: &Scene<'_>, frame: &Frame) -> Wish {
    match frame.cue {
        Cue::Cancel => return Wish::Cancel,
        Cue::Return => return Wish::Return,
        Cue::Urge => return Wish::Urge,
        Cue::Invoice => return Wish::Invoice,
        Cue::Protect => return Wish::ProtectPrice,
        Cue::Schedule => return Wish::Schedule,
        Cue::Nothing => return Wish::Change,
        _ => {}
    }
    let after = object(scene, frame.verb.end..own_end(scene, frame), false);
    let before = object(scene, frame.range.start..frame.verb.start, true);
    let by_default = if frame.cue == Cue::Exchange { Wish::ChangeItems } else { Wish::Change };
    match (frame.cue, after, before) {
        (Cue::ChangeTo, after, Some((before, true))) => pick_change_to(before, after),
        // 「改到河南省…」: a colour may stand in the name of a place.
        (Cue::ChangeTo, after, _) if !after.is_some_and(|(_, is_clear)| is_clear) && is_address_next(scene, frame) => {
            Wish::ChangeAddress
        }
        (_, Some((after, true)), _) => after,
        (_, after, Some((before, true))) => match after {
            // «the kettle … changed to the glass one»: nothing after it says more.
            Some((after, _)) if after == Wish::ChangePayment && before != Wish::ChangePayment => before,
            _ => before,
        },
        (_, Some((after, _)), _) => after,
        (_, None, Some((before, _))) => before,
        (_, None, None) if address::is_said(scene, frame.range.clone()) => Wish::ChangeAddress,
        _ => by_default,
    }
}

fn is_address_next(scene: &Scene<'_>, frame: &Frame) -> bool {
    address::is_said(scene, frame.verb.end..own_end(scene, frame))
}

/// Where a sentence about another order begins: what stands there says nothing of this wish.
fn own_end(scene: &Scene<'_>, frame: &Frame) -> usize {
    let before = scene.numbered.iter().rfind(|n| n.start < frame.verb.end).map(|n| n.order);
    let is_other = |at: usize| scene.numbered.iter().find(|n| n.start >= at).is_some_and(|n| Some(n.order) != before);
    let ends = cuts(scene, frame.verb.end..frame.range.end).into_iter().filter(|cut| cut.strength >= SEMICOLON);
    let end = ends.map(|cut| cut.at).find(|at| before.is_some() && is_other(*at));
    end.unwrap_or(frame.range.end)
}

/// 把地址改成… : what stands before 改成 is what changes, unless only goods stand before and an address follows.
fn pick_change_to(before: Wish, after: Option<(Wish, bool)>) -> Wish {
    match (before, after) {
        (Wish::ChangeItems, Some((Wish::ChangeAddress, true))) => Wish::ChangeAddress,
        (before, _) => before,
    }
}

/// What a verb is about, and whether that was a clear noun.
fn object(scene: &Scene<'_>, range: Range<usize>, from_end: bool) -> Option<(Wish, bool)> {
    let mut found: Vec<(usize, Wish, bool)> = Vec::new();
    for heard in scene.cues_in(range.clone()) {
        match heard.cue {
            Cue::AddressNoun | Cue::Home => found.push((heard.start, Wish::ChangeAddress, true)),
            Cue::PaymentNoun => found.push((heard.start, Wish::ChangePayment, true)),
            Cue::ItemNoun | Cue::Bigger | Cue::Smaller => found.push((heard.start, Wish::ChangeItems, true)),
            Cue::Ship if address::is_said(scene, heard.end..range.end) => {
                found.push((heard.start, Wish::ChangeAddress, true))
            }
            _ => {}
        }
    }
    found.extend(
        scene.named_in(&range).filter(|named| named.is_sure).map(|named| (named.start, Wish::ChangeItems, true)),
    );
    let values = scene.said.iter().flatten().filter(|said| range.start <= said.start && said.start < range.end);
    found.extend(values.map(|said| (said.start, Wish::ChangeItems, said.end - said.start > 1)));
    let ways = scene.paid.iter().filter(|paid| range.start <= paid.start && paid.start < range.end);
    found.extend(ways.map(|paid| (paid.start, Wish::ChangePayment, false)));
    found.sort_by_key(|(at, _, is_clear)| (*at, !is_clear));
    if from_end {
        found.reverse();
    }
    let clear = found.iter().find(|(_, _, is_clear)| *is_clear);
    let first = found.first();
    // A colour said first is what it's about even when a clearer noun comes much later.
    match (clear, first) {
        (Some(clear), Some(first)) if !from_end && first.1 == Wish::ChangeItems => Some((first.1, clear.1 == first.1)),
        (Some(clear), Some(first))
            if !from_end && first.0 < clear.0 && first.1 == Wish::ChangePayment && clear.1 == Wish::ChangeItems =>
        {
            Some((clear.1, true))
        }
        (Some(clear), _) => Some((clear.1, true)),
        (None, Some(first)) => Some((first.1, false)),
        (None, None) => None,
    }
}
