//! Wishes without a clear verb: «The lamp should rather be black», «the kettle -> the glass one», «#W1 was a mistake».

use std::ops::Range;

use super::{Frame, cuts::cuts};
use crate::requests::{
    Wish, address,
    lexicon::Cue,
    scene::{Heard, Scene},
    tokens::{COMMA, SEMICOLON},
};

/// Sentences without a clear verb that ask for something of their own: «The lamp should rather be black.»
pub(super) fn quiet_parts(scene: &Scene<'_>, frame: Frame) -> Vec<Frame> {
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
        // 「地址写错了，应该是…」: what no part says alone, all of it may.
        (_, None) => out.push(match quiet_wish(scene, &frame.range, None, false) {
            Some((cue, verb, wish)) => Frame { verb, cue, wish, ..frame },
            None => frame,
        }),
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
    let commas = all.iter().filter(|cut| cut.strength == COMMA).map(|cut| cut.at);
    edges.extend(commas.filter(|at| is_own_sentence(scene, &(frame.range.start..*at), *at)));
    edges.push(frame.range.end);
    edges.sort_unstable();
    edges.dedup();
    edges.windows(2).map(|edge| edge[0]..edge[1]).collect()
}

/// 「SL1用礼品卡付，SL2取消」: what was said of one order is whole when another follows.
fn is_own_sentence(scene: &Scene<'_>, said: &Range<usize>, at: usize) -> bool {
    let follows = scene.numbered.iter().find(|n| n.start == scene.tokens.next(at)).map(|n| n.order);
    let before = orders_in(scene, said);
    let has_way = scene.paid.iter().any(|paid| said.contains(&paid.start));
    let is_said = has_way && scene.has(said.clone(), Cue::Pay) || scene.has(said.clone(), Cue::Ship);
    is_said && !before.is_empty() && follows.is_some_and(|order| !before.contains(&order))
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
            Cue::InsteadOf if new_goods && scene.has(part.clone(), Cue::Same) => (4, Wish::ChangeItems),
            Cue::To if new_goods && becomes(scene, part, heard) => (4, Wish::ChangeItems),
            Cue::Want if has_way && !has_goods && has_new_order => (5, Wish::ChangePayment),
            _ => continue,
        };
        found.push((rank, heard.cue, heard.start..heard.end, wish));
    }
    let best = found.into_iter().min_by_key(|(rank, ..)| *rank).map(|(_, cue, verb, wish)| (cue, verb, wish));
    let is_alone = is_about_this && !has_goods && !has_way && !here.is_empty() && !is_led;
    best.or_else(|| (is_alone && is_unwanted(scene, part)).then_some((Cue::Drop, part.start..part.start, Wish::Cancel)))
}

/// «the black kettle -> the glass one»: goods before, and behind how they shall be.
fn becomes(scene: &Scene<'_>, part: &Range<usize>, to: &Heard) -> bool {
    const NEAR: usize = 8;
    let end = part.end.min(to.end + NEAR);
    let is_said = scene.said.iter().flatten().any(|said| (to.end..end).contains(&said.start));
    scene.named_in(&(part.start..to.start)).any(|named| named.is_sure) && (is_said || scene.has(to.end..end, Cue::Same))
}

/// «#W1 was a mistake»: an order, why it isn't wanted, and nothing else that could be meant.
fn is_unwanted(scene: &Scene<'_>, part: &Range<usize>) -> bool {
    let is_why = |reason: &str| matches!(reason, "ordered_by_mistake" | "no_longer_needed");
    // 「颜色选错了」 is no order to be dropped.
    const OPTIONS: [&str; 6] = ["颜色", "尺码", "尺寸", "款式", "型号", "规格"];
    let names_option = part.clone().any(|at| OPTIONS.iter().any(|option| scene.tokens.matches(at, option).is_some()));
    !names_option
        && scene.reasons.iter().any(|because| part.contains(&because.start) && is_why(because.reason))
        && !scene.has(part.clone(), Cue::AddressNoun)
        && !scene.has(part.clone(), Cue::PaymentNoun)
        && !address::is_said(scene, part.clone())
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
