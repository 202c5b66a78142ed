//! Requests about goods: which lines are sent back, and which become which variant.

use std::collections::BTreeMap;

use domain::{
    action::{Action, ItemChange},
    shop::Order,
};

use super::{
    Request, Slot, Unclear, Wish,
    frames::Frame,
    items::{self, Line, Spoken},
    lexicon::Cue,
    resolve::{
        has_arrived, is_before_shipping, lines_of, names_unknown_order, open, orders_of, orders_said, payment, reason,
        unresolved,
    },
    scene::Scene,
    targets::{self, Target},
};

/// Goods grouped by order, with the requests that couldn't be made of them.
struct Picked {
    by_order: BTreeMap<usize, Vec<Line>>,
    unclear: Vec<Unclear>,
}

pub fn returns(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Vec<Request> {
    let picked = match pick(scene, frame, last) {
        Ok(picked) => picked,
        Err(requests) => return requests,
    };
    let mut out = Vec::new();
    for (order, lines) in &picked.by_order {
        let order = &scene.world.orders[*order];
        // The whole of what isn't on its way yet is cancelled, not sent back.
        let is_whole = lines.len() == order.lines.len();
        let mut missing = Vec::new();
        let mut unclear = Vec::new();
        let payment = payment(scene, frame, order).unwrap_or_else(|which| {
            unclear.push(which);
            None
        });
        let reason = reason(scene, &frame.range, None);
        if reason.is_empty() {
            missing.push(Slot::Reason);
        }
        let (wish, action) = if is_whole && is_before_shipping(order) {
            (Wish::Cancel, Action::CancelOrder { order: order.key.clone(), reason: reason.to_owned() })
        } else {
            if payment.is_none() {
                missing.push(Slot::Payment);
            }
            let items = lines.iter().map(|line| scene.line(*line).variant.clone()).collect();
            let reason = reason.to_owned();
            (
                Wish::Return,
                Action::ReturnItems { order: order.key.clone(), items, reason, payment, pictures: Vec::new() },
            )
        };
        out.push(Request { wish, order: Some(order.key.clone()), action: Some(action), missing, unclear });
    }
    match out.first_mut() {
        Some(first) => first.unclear.extend(picked.unclear),
        None => out.push(Request { unclear: picked.unclear, ..open(Wish::Return, None, &[Slot::Items]) }),
    }
    out
}

/// The lines to send back.
fn pick(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Result<Picked, Vec<Request>> {
    let orders = orders_for_goods(scene, frame, last, has_arrived, Wish::Return)?;
    let lines = lines_of(scene, &orders);
    let spoken = items::spoken(scene, frame, &lines);
    let mut picked = Picked { by_order: BTreeMap::new(), unclear: Vec::new() };
    let except = scene.cues_in(frame.range.clone()).find(|heard| heard.cue == Cue::Except).map(|heard| heard.start);
    if let Some(except) = except {
        let kept: Vec<Line> = spoken
            .iter()
            .filter(|one| one.name.start > except)
            .flat_map(|one| items::best(scene, &one.lines, &one.words))
            .collect();
        for line in lines.iter().filter(|line| !kept.contains(line)) {
            picked.by_order.entry(line.order).or_default().push(*line);
        }
        return Ok(picked);
    }
    let is_all = scene.has(frame.range.clone(), Cue::All);
    if spoken.is_empty() {
        let by_options = items::best(scene, &lines, &frame.range);
        let has_values = by_options.first().is_some_and(|line| items::fit(scene, *line, &frame.range) > 0);
        let found: &[Line] = match (is_all, by_options.as_slice(), lines.as_slice()) {
            (true, _, all) => all,
            (_, [one], _) if has_values => std::slice::from_ref(one),
            (_, _, [one]) => std::slice::from_ref(one),
            _ => {
                let order = if orders.len() == 1 { scene.world.orders.get(orders[0]) } else { None };
                return Err(vec![open(Wish::Return, order, &[Slot::Items])]);
            }
        };
        for line in found {
            picked.by_order.entry(line.order).or_default().push(*line);
        }
        return Ok(picked);
    }
    for (at, one) in spoken.iter().enumerate() {
        let taken: Vec<Line> = picked.by_order.values().flatten().copied().collect();
        let free: Vec<Line> = one.lines.iter().copied().filter(|line| !taken.contains(line)).collect();
        let free = nearest_order(scene, frame, one, free);
        let sought = spoken[at..]
            .iter()
            .filter(|other| other.products.iter().any(|product| one.products.contains(product)))
            .count();
        let best = items::best(scene, &free, &one.words);
        let wants_all = scene.has(one.words.clone(), Cue::All) && is_all_of(scene, one);
        let found: Vec<Line> = match best.as_slice() {
            [] => continue,
            [line] => vec![*line],
            several if wants_all => several.to_vec(),
            several if several.len() <= sought => vec![several[0]],
            several => {
                let keys = several.iter().map(|line| scene.line(*line).variant.clone()).collect();
                picked.unclear.push(Unclear::WhichItem(keys));
                continue;
            }
        };
        for line in found {
            picked.by_order.entry(line.order).or_default().push(line);
        }
    }
    Ok(picked)
}

/// «both lamps», «all three lamps»: said right before the product.
fn is_all_of(scene: &Scene<'_>, one: &Spoken) -> bool {
    const NEAR: usize = 6;
    let start = one.name.start.saturating_sub(NEAR);
    scene.has(start..one.name.end + 2, Cue::All)
}

/// Of two orders that both hold a product, the one named nearest to it.
fn nearest_order(scene: &Scene<'_>, frame: &Frame, one: &Spoken, lines: Vec<Line>) -> Vec<Line> {
    let orders = orders_said(scene, frame);
    if orders.len() < 2 || lines.iter().all(|line| line.order == lines[0].order) {
        return lines;
    }
    let distance = |start: usize| if start < one.name.start { one.name.start - start } else { start - one.name.end };
    let nearest = orders
        .iter()
        .filter(|(order, _)| lines.iter().any(|line| line.order == *order))
        .min_by_key(|(_, start)| distance(*start))
        .map(|(order, _)| *order);
    lines.into_iter().filter(|line| Some(line.order) == nearest).collect()
}

fn orders_for_goods(
    scene: &Scene<'_>,
    frame: &Frame,
    last: Option<usize>,
    fits: fn(&Order) -> bool,
    wish: Wish,
) -> Result<Vec<usize>, Vec<Request>> {
    match orders_of(scene, frame, last, fits) {
        Ok(orders) if !orders.is_empty() => Ok(orders),
        Ok(_) if names_unknown_order(scene, frame) => Err(unresolved(wish, None)),
        Ok(_) => {
            // Goods of several orders at once.
            let fitting: Vec<usize> =
                (0..scene.world.orders.len()).filter(|order| fits(&scene.world.orders[*order])).collect();
            let spoken = items::spoken(scene, frame, &lines_of(scene, &fitting));
            if spoken.is_empty() { Err(unresolved(wish, None)) } else { Ok(fitting) }
        }
        Err(unclear) => Err(unresolved(wish, Some(unclear))),
    }
}

pub fn item_changes(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Vec<Request> {
    let fits: fn(&Order) -> bool = |order| has_arrived(order) || is_before_shipping(order);
    let orders = match orders_for_goods(scene, frame, last, fits, Wish::ChangeItems) {
        Ok(orders) => orders,
        Err(requests) => return requests,
    };
    let lines = lines_of(scene, &orders);
    let spoken = items::spoken(scene, frame, &lines);
    let spoken = if spoken.is_empty() { unnamed(scene, frame, &lines) } else { spoken };
    let takes_with = frame.cue == Cue::Exchange;
    let mut changes: BTreeMap<usize, Vec<ItemChange>> = BTreeMap::new();
    let mut taken: Vec<Line> = Vec::new();
    let mut unclear = Vec::new();
    let mut is_target_missing = spoken.is_empty();
    for one in &spoken {
        let split = targets::divide(scene, &one.words, &one.name, &frame.verb, takes_with);
        let free: Vec<Line> = one.lines.iter().copied().filter(|line| !taken.contains(line)).collect();
        let free = nearest_order(scene, frame, one, free);
        let mut readings: Vec<targets::Reading> =
            free.iter().filter_map(|line| targets::reading(scene, *line, &one.words, split)).collect();
        readings.sort_by_key(|reading| std::cmp::Reverse(reading.score));
        let Some(best) = readings.first() else { continue };
        let rivals = readings.iter().filter(|reading| reading.score == best.score).count();
        let is_alike = readings
            .iter()
            .take(rivals)
            .all(|reading| scene.line(reading.line).variant == scene.line(best.line).variant);
        let from = scene.line(best.line).variant.clone();
        if rivals > 1 && !is_alike {
            unclear.push(Unclear::WhichItem(
                readings.iter().take(rivals).map(|reading| scene.line(reading.line).variant.clone()).collect(),
            ));
            continue;
        }
        taken.push(best.line);
        match &best.target {
            Target::Variant(to) => {
                changes.entry(best.line.order).or_default().push(ItemChange { from, to: to.clone() })
            }
            Target::Near(near) => unclear.push(Unclear::WhichVariant { from, near: near.clone() }),
            Target::Missing => is_target_missing = true,
        }
    }
    changes_made(scene, frame, &orders, changes, unclear, is_target_missing)
}

fn changes_made(
    scene: &Scene<'_>,
    frame: &Frame,
    orders: &[usize],
    changes: BTreeMap<usize, Vec<ItemChange>>,
    mut unclear: Vec<Unclear>,
    is_target_missing: bool,
) -> Vec<Request> {
    let mut out = Vec::new();
    for (order, changes) in changes {
        let order = &scene.world.orders[order];
        let payment = payment(scene, frame, order).unwrap_or_else(|which| {
            unclear.push(which);
            None
        });
        let mut missing = Vec::new();
        if payment.is_none() {
            missing.push(Slot::Payment);
        }
        let key = order.key.clone();
        let action = if has_arrived(order) {
            let reason = reason(scene, &frame.range, None).to_owned();
            Action::ExchangeItems { order: key, changes, reason, payment }
        } else {
            Action::ChangeItems { order: key, changes, payment }
        };
        out.push(Request { action: Some(action), ..open(Wish::ChangeItems, Some(order), &missing) });
    }
    if out.is_empty() {
        let order = if orders.len() == 1 { scene.world.orders.get(orders[0]) } else { None };
        let slot = if unclear.is_empty() && is_target_missing { Slot::Variant } else { Slot::Items };
        out.push(open(Wish::ChangeItems, order, &[slot]));
    } else if is_target_missing {
        out[0].missing.push(Slot::Variant);
    }
    out[0].unclear.extend(unclear);
    out
}

/// Goods that aren't named: the only line, or the one whose options are spoken of.
fn unnamed(scene: &Scene<'_>, frame: &Frame, lines: &[Line]) -> Vec<Spoken> {
    let words = frame.range.clone();
    let spoken = |lines: Vec<Line>| {
        let products = lines.iter().filter_map(|line| scene.product_of(*line)).collect();
        let name = words.start..words.start;
        vec![Spoken { products, words: words.clone(), name, lines }]
    };
    let has_values =
        |line: &Line| scene.product_of(*line).is_some_and(|product| scene.said_of(product, &words).next().is_some());
    let fitting: Vec<Line> = lines.iter().copied().filter(has_values).collect();
    match (lines, fitting.as_slice()) {
        ([_], _) => spoken(lines.to_vec()),
        (_, []) => Vec::new(),
        _ => spoken(fitting),
    }
}
