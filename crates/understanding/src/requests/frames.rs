//! Parts a message into what is asked for, one frame for each verb: where it begins and ends, and what kind of wish it
//! is. Whatever stands between two verbs belongs to the one from which it is less parted.

use std::ops::Range;

use super::{
    Wish, address,
    lexicon::Cue,
    scene::{Heard, Scene, is_trigger},
    tokens::{COMMA, ENUMERATION, SEMICOLON},
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

/// A place where a message may be parted, and how strongly it is parted there already.
#[derive(Debug, Clone, Copy)]
struct Cut {
    at: usize,
    strength: u8,
}

fn cuts(scene: &Scene<'_>, range: Range<usize>) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let strength = scene.tokens.list[at].strength();
        let heard = scene.cues.iter().find(|heard| heard.start == at);
        match heard {
            _ if strength > 0 => cuts.push(Cut { at: at + 1, strength }),
            Some(heard) if heard.cue == Cue::Next => cuts.push(Cut { at, strength: COMMA }),
            Some(heard) if heard.cue == Cue::And => cuts.push(Cut { at, strength: ENUMERATION }),
            _ => {}
        }
        at += 1;
    }
    cuts
}

fn boundary(scene: &Scene<'_>, begin: usize, verb: &Heard, next: &Heard) -> usize {
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

/// What is to be done, from the verb and what stands by it.
fn wish(scene: &Scene<'_>, frame: &Frame) -> Wish {
    match frame.cue {
        Cue::Cancel => return Wish::Cancel,
        Cue::Return => return Wish::Return,
        Cue::Nothing => return Wish::Change,
        _ => {}
    }
    let after = object(scene, frame.verb.end..frame.range.end, false);
    let before = object(scene, frame.range.start..frame.verb.start, true);
    let by_default = if frame.cue == Cue::Exchange { Wish::ChangeItems } else { Wish::Change };
    match (frame.cue, after, before) {
        (Cue::ChangeTo, after, Some((before, true))) => pick_change_to(before, after),
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
            Cue::ItemNoun => found.push((heard.start, Wish::ChangeItems, true)),
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

/// Sentences without a clear verb that ask for something of their own: «The lamp should rather be black.»
fn quiet_parts(scene: &Scene<'_>, frame: Frame) -> Vec<Frame> {
    let has_verb = frame.cue != Cue::Nothing;
    let parts = sentences(scene, &frame);
    let mut out: Vec<Frame> = Vec::new();
    // Said before anything was asked for; it goes to what comes next.
    let mut lead: Option<usize> = None;
    for part in parts {
        if has_verb && part.contains(&frame.verb.start) {
            let start = lead.take().unwrap_or(part.start);
            out.push(Frame { range: start..part.end, ..frame.clone() });
            continue;
        }
        let is_led = has_verb && frame.verb.start >= part.end;
        match quiet_wish(scene, &part, out.last(), is_led) {
            Some((cue, verb, wish)) => {
                let start = lead.take().unwrap_or(part.start);
                out.push(Frame { range: start..part.end, verb, cue, wish });
            }
            None => match out.last_mut() {
                Some(last) if lead.is_none() && !(is_led && is_new(scene, &part, last)) => last.range.end = part.end,
                _ => lead = lead.or(Some(part.start)),
            },
        }
    }
    match (lead, out.last_mut()) {
        (Some(_), Some(last)) => last.range.end = frame.range.end,
        (_, None) => out.push(frame),
        _ => {}
    }
    out
}

fn sentences(scene: &Scene<'_>, frame: &Frame) -> Vec<Range<usize>> {
    let all = cuts(scene, frame.range.clone());
    let at_least =
        |strength: u8| -> Vec<usize> { all.iter().filter(|cut| cut.strength >= strength).map(|cut| cut.at).collect() };
    let mut edges = vec![frame.range.start];
    let strong = at_least(SEMICOLON);
    edges.extend(if frame.cue == Cue::Nothing && strong.is_empty() { at_least(COMMA) } else { strong });
    edges.push(frame.range.end);
    edges.dedup();
    edges.windows(2).map(|edge| edge[0]..edge[1]).collect()
}

fn orders_in(scene: &Scene<'_>, range: &Range<usize>) -> Vec<Option<usize>> {
    scene.numbered.iter().filter(|n| range.contains(&n.start)).map(|n| n.order).collect()
}

/// Speaks of an order or of goods that weren't spoken of yet.
fn is_new(scene: &Scene<'_>, part: &Range<usize>, said: &Frame) -> bool {
    let known = orders_in(scene, &said.range);
    orders_in(scene, part).iter().any(|order| !known.contains(order)) || has_new_goods(scene, part, said)
}

fn has_new_goods(scene: &Scene<'_>, part: &Range<usize>, said: &Frame) -> bool {
    scene.named_in(part).filter(|named| named.is_sure).any(|named| {
        !scene.named_in(&said.range).any(|other| other.products.iter().any(|product| named.products.contains(product)))
    })
}

/// What a sentence without a clear verb asks for, if it doesn't just go on with what was said before it.
fn quiet_wish(
    scene: &Scene<'_>,
    part: &Range<usize>,
    before: Option<&Frame>,
    is_led: bool,
) -> Option<(Cue, Range<usize>, Wish)> {
    let here = orders_in(scene, part);
    let said = before.map(|before| orders_in(scene, &before.range)).unwrap_or_default();
    let has_new_order = !said.is_empty() && here.iter().any(|order| !said.contains(order));
    let is_about_this = before.is_none() || has_new_order;
    let has_goods = scene.named_in(part).any(|named| named.is_sure);
    let new_goods = before.is_none_or(|before| has_new_goods(scene, part, before)) && has_goods;
    let has_values = scene.said.iter().flatten().any(|said| part.contains(&said.start));
    let has_way = scene.paid.iter().any(|paid| part.contains(&paid.start));
    let has_subject = has_goods || !here.is_empty();
    let was = before.map(|before| before.wish);
    // After these a word about money belongs to them.
    let takes_payment = matches!(was, Some(Wish::Return | Wish::ChangeItems));
    let mut found: Vec<(u8, Cue, Range<usize>, Wish)> = Vec::new();
    for heard in scene.cues_in(part.clone()) {
        let (rank, wish) = match heard.cue {
            Cue::Refund if (is_about_this || new_goods) && (has_subject || !is_led) => (0, Wish::Return),
            Cue::Drop if is_about_this && !has_goods && (!here.is_empty() || !is_led) => (1, Wish::Cancel),
            Cue::Drop if before.is_none() && !is_led && has_goods && !has_values => (1, Wish::Return),
            Cue::Ship if was != Some(Wish::ChangeAddress) && address::is_said(scene, heard.end..part.end) => {
                (2, Wish::ChangeAddress)
            }
            Cue::AddressNoun | Cue::Home
                if was != Some(Wish::ChangeAddress) && !has_goods && address::is_said(scene, part.clone()) =>
            {
                (2, Wish::ChangeAddress)
            }
            Cue::Pay | Cue::PaymentNoun
                if has_way
                    && !has_goods
                    && (is_about_this || !takes_payment)
                    && is_change_of_payment(scene, part, heard) =>
            {
                (3, Wish::ChangePayment)
            }
            Cue::Want | Cue::InsteadOf
                if has_values
                    && (!is_led || has_goods)
                    && (is_about_this || new_goods || was != Some(Wish::ChangeItems)) =>
            {
                (4, Wish::ChangeItems)
            }
            Cue::Want if has_goods && new_goods && scene.has(part.clone(), Cue::Same) => (4, Wish::ChangeItems),
            Cue::Want if has_way && !has_goods && has_new_order => (5, Wish::ChangePayment),
            _ => continue,
        };
        found.push((rank, heard.cue, heard.start..heard.end, wish));
    }
    found.into_iter().min_by_key(|(rank, ..)| *rank).map(|(_, cue, verb, wish)| (cue, verb, wish))
}

/// «I want to pay for #W1 with my card instead», not «I paid for #W1 with my card».
fn is_change_of_payment(scene: &Scene<'_>, part: &Range<usize>, heard: &Heard) -> bool {
    const NOW: [&str; 6] = ["be", "get", "have", "to", "is", "want"];
    let is_instead = scene.cues_in(part.clone()).any(|other| {
        other.cue == Cue::InsteadOf || other.cue == Cue::Want && scene.tokens.stem(other.start) == "instead"
    });
    let has_order = scene.numbered.iter().any(|n| part.contains(&n.start));
    let is_past = scene.tokens.stem(heard.start) == "paid"
        && !scene.tokens.before(heard.start).is_some_and(|before| NOW.contains(&scene.tokens.stem(before)));
    is_instead || has_order && !is_past
}

/// Empty beginnings («I need to make some changes.») go, and «I'd like to return something from #W1. It's the lamp.
/// Please return it to …» is one wish.
fn tidied(scene: &Scene<'_>, frames: Vec<Frame>) -> Vec<Frame> {
    let mut out: Vec<Frame> = Vec::new();
    let count = frames.len();
    for frame in frames {
        let orders = scene.numbered.iter().filter(|n| frame.range.contains(&n.start)).count();
        let has_goods = scene.named_in(&frame.range).next().is_some();
        let has_way = scene.paid.iter().any(|paid| frame.range.contains(&paid.start));
        let has_address = address::is_said(scene, frame.range.clone());
        let is_payment = has_way && frame.wish == Wish::ChangePayment;
        let is_bare = !(orders > 0 || has_goods || has_address || is_payment);
        let has_values = scene.said.iter().flatten().any(|said| frame.range.contains(&said.start));
        match out.last_mut() {
            // A second verb of the same wish, with nothing that would make it another one.
            Some(last) if last.wish == frame.wish && is_bare && !has_values => last.range.end = frame.range.end,
            Some(last) if is_bare && !has_values && frame.wish == Wish::Change => last.range.end = frame.range.end,
            Some(last) if last.wish == frame.wish && is_opening(scene, last) => {
                last.range.end = frame.range.end;
                last.verb = frame.verb;
                last.cue = frame.cue;
            }
            Some(last) if last.wish == Wish::Change && is_opening(scene, last) => {
                let start = last.range.start;
                *last = Frame { range: start..frame.range.end, ..frame };
            }
            Some(last) if is_opening(scene, last) && !has_order(scene, last) && frame.wish != Wish::Change => {
                // «I'd like to make a return and an exchange. …»: the first words only announce.
                let start = last.range.start;
                *last = Frame { range: start..frame.range.end, ..frame };
            }
            _ => out.push(frame),
        }
    }
    if count > 1 {
        out.retain(|frame| frame.wish != Wish::Change || has_order(scene, frame) || out_is_one(count))
    }
    out
}

const fn out_is_one(count: usize) -> bool {
    count == 1
}

fn has_order(scene: &Scene<'_>, frame: &Frame) -> bool {
    scene.numbered.iter().any(|n| frame.range.contains(&n.start))
}

/// Says what kind of thing is wanted, and nothing of what it's about, or only the order.
fn is_opening(scene: &Scene<'_>, frame: &Frame) -> bool {
    let has_goods = scene.named_in(&frame.range).next().is_some();
    let has_values =
        scene.said.iter().flatten().any(|said| frame.range.contains(&said.start) && said.end - said.start > 1);
    let has_all = scene.has(frame.range.clone(), Cue::All);
    let has_way = scene.paid.iter().any(|paid| frame.range.contains(&paid.start));
    let has_reason = scene.reasons.iter().any(|because| frame.range.contains(&because.start));
    let is_address = frame.wish == Wish::ChangeAddress && address::is_said(scene, frame.range.clone());
    let is_order_enough = frame.wish == Wish::Cancel && has_order(scene, frame);
    !has_goods && !has_values && !has_all && !has_way && !has_reason && !is_address && !is_order_enough
}
