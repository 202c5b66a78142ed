//! Where a message may be parted between two wishes, and how strongly it is parted there already.

use std::ops::Range;

use crate::requests::{
    lexicon::Cue,
    scene::{Heard, Scene, is_trigger},
    tokens::{COMMA, ENUMERATION, FULL_STOP, SEMICOLON},
};

/// A place where a message may be parted, and how strongly it is parted there already.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub at: usize,
    pub strength: u8,
}

pub(super) fn cuts(scene: &Scene<'_>, range: Range<usize>) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let strength = scene.tokens.list[at].strength();
        let heard = scene.cues.iter().find(|heard| heard.start == at);
        match heard {
            _ if strength > 0 => cuts.push(Cut { at: at + 1, strength }),
            Some(heard) if heard.cue == Cue::Next => {
                let strength = if begins_anew(scene, heard) { FULL_STOP } else { COMMA };
                cuts.push(Cut { at, strength })
            }
            Some(heard) if heard.cue == Cue::And => {
                let strength = if joins_wishes(scene, heard) { SEMICOLON } else { ENUMERATION };
                cuts.push(Cut { at, strength })
            }
            _ => {}
        }
        at += 1;
    }
    cuts
}

/// A word such as «also» that a wish of its own follows: an order, or a verb.
fn begins_anew(scene: &Scene<'_>, next: &Heard) -> bool {
    const NEAR: usize = 12;
    let end = (next.end + NEAR).min(scene.tokens.len());
    let end = (next.end + 2..end).find(|at| scene.tokens.list[*at].strength() >= SEMICOLON).unwrap_or(end);
    scene.numbered.iter().any(|n| (next.end..end).contains(&n.start))
        || scene.cues_in(next.end..end).any(|heard| is_trigger(heard.cue) || is_quiet(heard.cue))
}

/// Verbs that ask for something only together with what stands by them.
fn is_quiet(cue: Cue) -> bool {
    matches!(cue, Cue::Ship | Cue::Pay | Cue::Want | Cue::Refund | Cue::Drop | Cue::AddressNoun | Cue::PaymentNoun)
}

/// «cancel #W1 because … and I need #W2 sent to …»: an order on both sides, and a verb behind.
fn joins_wishes(scene: &Scene<'_>, and: &Heard) -> bool {
    const FAR: usize = 24;
    let end = (and.end + FAR).min(scene.tokens.len());
    let end = (and.end..end).find(|at| scene.tokens.list[*at].strength() >= SEMICOLON).unwrap_or(end);
    let before = scene.numbered.iter().rfind(|n| n.start < and.start);
    let behind = scene.numbered.iter().find(|n| (and.end..end).contains(&n.start));
    let (Some(before), Some(behind)) = (before, behind) else { return false };
    // «#W1 and #W2» is a list of orders.
    let is_list = scene.tokens.next(and.end) + 1 >= behind.start && before.end + 1 >= and.start;
    let asks = |heard: &Heard| is_trigger(heard.cue) || is_quiet(heard.cue);
    !is_list && before.order != behind.order && scene.cues_in(and.end..end).any(asks)
}

pub(super) fn boundary(scene: &Scene<'_>, begin: usize, verb: &Heard, next: &Heard) -> usize {
    let cuts = cuts(scene, verb.end..next.start);
    let Some(strongest) = cuts.iter().map(|cut| cut.strength).max() else { return next.start };
    let cuts: Vec<Cut> = cuts.into_iter().filter(|cut| cut.strength == strongest).collect();
    for (at, cut) in cuts.iter().enumerate() {
        let end = cuts.get(at + 1).map_or(next.start, |next| next.at);
        if is_about_another_order(scene, begin..cut.at, cut.at..end, strongest) {
            return cut.at;
        }
    }
    cuts.last().map_or(next.start, |cut| cut.at)
}

/// «…, and for #W2, …» after something about #W1.
fn is_about_another_order(scene: &Scene<'_>, said: Range<usize>, next: Range<usize>, strength: u8) -> bool {
    let orders = |range: &Range<usize>| -> Vec<Option<usize>> {
        let range = range.clone();
        scene.numbered.iter().filter(|n| range.start <= n.start && n.start < range.end).map(|n| n.order).collect()
    };
    let (mut before, here) = (orders(&said), orders(&next));
    if before.is_empty() {
        // What was said goes on with the order named last.
        before.extend(scene.numbered.iter().filter(|n| n.start < said.start).map(|n| n.order).next_back());
    }
    let is_new = !before.is_empty() && here.iter().any(|order| !before.contains(order));
    if !is_new || strength >= SEMICOLON {
        return is_new;
    }
    let mut at = scene.tokens.next(next.start);
    while let Some(heard) = scene.cue_at(at).filter(|heard| matches!(heard.cue, Cue::Next | Cue::And | Cue::Determiner))
    {
        at = scene.tokens.next(heard.end);
        if scene.tokens.list.get(at).is_some_and(|token| token.strength() > 0) {
            at = scene.tokens.next(at + 1);
        }
    }
    let first = scene.cue_at(at).map(|heard| heard.cue);
    let begins_with_order =
        scene.numbered.iter().any(|n| n.start <= at + 1 && at <= n.start) || first == Some(Cue::OrderNoun);
    matches!(first, Some(Cue::Preposition | Cue::To))
        || begins_with_order && scene.named_in(&next).next().is_some()
        || scene.named_in(&next).next().is_some() && next.len() > 4
}
