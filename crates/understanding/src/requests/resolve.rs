//! Frames as requests: the order each is about, the items, the reason, the way to pay; and what is left open.

use std::ops::Range;

use domain::{
    action::Action,
    shop::{Order, OrderState, PaymentKey},
};

use super::{
    Request, Slot, Unclear, Wish,
    address::{self, Destination},
    errands::errands,
    frames::Frame,
    goods::{item_changes, returns},
    items::{self, Line},
    lexicon::Cue,
    payments,
    scene::Scene,
    together::{share_payments, together},
};

pub fn requests(scene: &Scene<'_>, frames: &[Frame]) -> Vec<Request> {
    let mut out: Vec<Request> = Vec::new();
    let mut last: Option<usize> = scene.world.focus.and_then(|key| place(scene, |order| order.key == *key));
    for frame in frames {
        let is_empty = frame.cue == Cue::Nothing && frame.wish == Wish::Change;
        if is_empty {
            continue;
        }
        let mut made = match frame.wish {
            Wish::Cancel => cancels(scene, frame, last),
            Wish::Return => returns(scene, frame, last),
            Wish::ChangeItems => item_changes(scene, frame, last),
            Wish::ChangeAddress | Wish::ChangeHomeAddress => vec![address_change(scene, frame, last)],
            Wish::ChangePayment => payment_changes(scene, frame, last),
            Wish::Urge | Wish::ProtectPrice | Wish::Invoice | Wish::Schedule => errands(scene, frame, last),
            Wish::Change => vec![open(
                Wish::Change,
                order_said(scene, frame).or(last).map(|at| &scene.world.orders[at]),
                &[Slot::Change],
            )],
        };
        for unknown in unknown_orders(scene, frame) {
            match made.iter_mut().find(|request| request.order.is_none()) {
                Some(request) => request.unclear.push(unknown),
                None => made.push(Request { unclear: vec![unknown], ..open(frame.wish, None, &[Slot::Order]) }),
            }
        }
        if let Some(key) = made.iter().rev().find_map(|request| request.order.as_ref()) {
            last = place(scene, |order| order.key == *key);
        }
        out.extend(made);
    }
    share_payments(scene, frames, &mut out);
    together(out)
}

fn place(scene: &Scene<'_>, is_it: impl Fn(&Order) -> bool) -> Option<usize> {
    scene.world.orders.iter().position(is_it)
}

pub fn open(wish: Wish, order: Option<&Order>, missing: &[Slot]) -> Request {
    Request {
        wish,
        order: order.map(|order| order.key.clone()),
        action: None,
        missing: missing.to_vec(),
        unclear: Vec::new(),
    }
}

fn unknown_orders(scene: &Scene<'_>, frame: &Frame) -> Vec<Unclear> {
    let unknown = scene.numbered.iter().filter(|n| frame.range.contains(&n.start) && n.order.is_none());
    unknown.map(|n| Unclear::UnknownOrder(scene.tokens.typed(n.start..n.end))).collect()
}

/// A wrong number must not make it any other order.
pub fn names_unknown_order(scene: &Scene<'_>, frame: &Frame) -> bool {
    scene.numbered.iter().any(|n| frame.range.contains(&n.start) && n.order.is_none())
}

/// Orders named in a frame, each once, with where.
pub fn orders_said(scene: &Scene<'_>, frame: &Frame) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for numbered in scene.numbered.iter().filter(|n| frame.range.contains(&n.start)) {
        if let Some(order) = numbered.order
            && !found.iter().any(|(known, _)| *known == order)
        {
            found.push((order, numbered.start));
        }
    }
    found
}

fn order_said(scene: &Scene<'_>, frame: &Frame) -> Option<usize> {
    orders_said(scene, frame).first().map(|(order, _)| *order)
}

pub fn has_arrived(order: &Order) -> bool {
    matches!(order.state, OrderState::Delivered | OrderState::Completed | OrderState::Shipped | OrderState::AfterSales)
}

pub fn is_before_shipping(order: &Order) -> bool {
    matches!(order.state, OrderState::Unpaid | OrderState::Paid | OrderState::Packing)
}

/// The orders a frame is about: those named, those with the goods named, the latest, the one talked about, or the only
/// one that comes into question.
pub fn orders_of(
    scene: &Scene<'_>,
    frame: &Frame,
    last: Option<usize>,
    fits: fn(&Order) -> bool,
) -> Result<Vec<usize>, Unclear> {
    let said: Vec<usize> = orders_said(scene, frame).into_iter().map(|(order, _)| order).collect();
    if !said.is_empty() {
        return Ok(said);
    }
    if names_unknown_order(scene, frame) {
        return Ok(Vec::new());
    }
    let fitting: Vec<usize> = (0..scene.world.orders.len()).filter(|order| fits(&scene.world.orders[*order])).collect();
    let lines: Vec<Line> = lines_of(scene, &fitting);
    let goods = items::spoken(scene, frame, &lines);
    let holds = |order: &usize| goods.iter().all(|one| one.lines.iter().any(|line| line.order == *order));
    let with_goods: Vec<usize> = fitting.iter().copied().filter(|order| !goods.is_empty() && holds(order)).collect();
    if let Some(last) = last.filter(|last| with_goods.contains(last) || goods.is_empty()) {
        return Ok(vec![last]);
    }
    if scene.has(frame.range.clone(), Cue::LatestOrder) {
        let latest = fitting.iter().copied().max_by_key(|order| scene.world.orders[*order].placed_at);
        return Ok(latest.into_iter().collect());
    }
    let candidates = if goods.is_empty() { fitting } else { with_goods };
    match candidates.as_slice() {
        [] | [_] => Ok(candidates),
        _ => Err(Unclear::WhichOrder(candidates.iter().map(|order| scene.world.orders[*order].key.clone()).collect())),
    }
}

pub fn lines_of(scene: &Scene<'_>, orders: &[usize]) -> Vec<Line> {
    let lines = |order: usize| (0..scene.world.orders[order].lines.len()).map(move |line| Line { order, line });
    orders.iter().flat_map(|order| lines(*order)).collect()
}

pub fn unresolved(wish: Wish, unclear: Option<Unclear>) -> Vec<Request> {
    vec![Request { unclear: unclear.into_iter().collect(), ..open(wish, None, &[Slot::Order]) }]
}

/// The reason that stands nearest behind an order, before the next one; any other else.
pub fn reason(scene: &Scene<'_>, range: &Range<usize>, at: Option<usize>) -> &'static str {
    const WEAK: &str = "no_longer_needed";
    let mut own: Vec<_> = scene.reasons.iter().filter(|because| range.contains(&because.start)).collect();
    // «Too slow, I don't want it any more»: the first says why.
    let telling = |reason: &str| !matches!(reason, WEAK | "ordered_by_mistake");
    let orders = scene.numbered.iter().filter(|n| range.contains(&n.start)).count();
    if orders < 2 && own.iter().any(|because| telling(because.reason)) {
        own.retain(|because| because.reason != WEAK);
    }
    let next =
        at.and_then(|at| scene.numbered.iter().map(|n| n.start).filter(|start| *start > at).min()).unwrap_or(range.end);
    let behind = at.and_then(|at| own.iter().find(|because| at < because.start && because.start < next));
    let later = at.and_then(|at| own.iter().find(|because| at < because.start));
    behind.or(later).or(own.last()).map_or("", |because| because.reason)
}

fn cancels(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Vec<Request> {
    let orders = match orders_of(scene, frame, last, is_before_shipping) {
        Ok(orders) if orders.is_empty() => return unresolved(Wish::Cancel, None),
        Ok(orders) => orders,
        Err(unclear) => return unresolved(Wish::Cancel, Some(unclear)),
    };
    let said = orders_said(scene, frame);
    orders
        .into_iter()
        .map(|at| {
            let order = &scene.world.orders[at];
            let start = said.iter().find(|(order, _)| *order == at).map(|(_, start)| *start);
            let reason = reason(scene, &frame.range, start);
            let missing: &[Slot] = if reason.is_empty() { &[Slot::Reason] } else { &[] };
            let action = Action::CancelOrder { order: order.key.clone(), reason: reason.to_owned() };
            Request { action: Some(action), ..open(Wish::Cancel, Some(order), missing) }
        })
        .collect()
}

/// The way to pay named in a frame, for this order.
pub fn payment(scene: &Scene<'_>, frame: &Frame, order: &Order) -> Result<Option<PaymentKey>, Unclear> {
    let own: Vec<_> = scene.paid.iter().filter(|paid| frame.range.contains(&paid.start)).collect();
    let Some(paid) = own.iter().find(|paid| paid.start >= frame.verb.start).or(own.last()) else { return Ok(None) };
    let keys = payments::keys(&paid.which, scene.world.customer, order);
    match keys.as_slice() {
        [] => Ok(None),
        [key] => Ok(Some(key.clone())),
        _ => Err(Unclear::WhichPayment(keys)),
    }
}

fn address_change(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Request {
    let said: Vec<usize> = orders_said(scene, frame).into_iter().map(|(order, _)| order).collect();
    let first_guess = address::source(scene, &frame.range, None);
    let target = said.iter().copied().find(|order| Some(*order) != first_guess);
    let is_home = said.is_empty() && scene.has(frame.range.clone(), Cue::Home) && is_home_the_object(scene, frame);
    let destination = address::destination(scene, &frame.range, target.or(last));
    if is_home {
        return match destination {
            Some(Destination::Written(address)) => Request {
                action: Some(Action::ChangeHomeAddress { address }),
                ..open(Wish::ChangeHomeAddress, None, &[])
            },
            Some(Destination::AsOrder(order)) => {
                let address = scene.world.orders[order].address.clone();
                Request {
                    action: Some(Action::ChangeHomeAddress { address }),
                    ..open(Wish::ChangeHomeAddress, None, &[])
                }
            }
            _ => open(Wish::ChangeHomeAddress, None, &[Slot::Address]),
        };
    }
    let without_source = Frame { range: frame.range.clone(), ..frame.clone() };
    let order = match target {
        Some(order) => Ok(vec![order]),
        None if !said.is_empty() => Ok(last.into_iter().filter(|last| !said.contains(last)).collect()),
        None => orders_of(scene, &without_source, last, is_before_shipping),
    };
    let at = match order.as_deref() {
        Ok([order]) => *order,
        Ok(_) => return open(Wish::ChangeAddress, None, &[Slot::Order]),
        Err(unclear) => {
            return Request { unclear: vec![unclear.clone()], ..open(Wish::ChangeAddress, None, &[Slot::Order]) };
        }
    };
    let order = &scene.world.orders[at];
    let written = match destination {
        Some(Destination::Written(address)) => Some(address),
        Some(Destination::AsOrder(source)) => Some(scene.world.orders[source].address.clone()),
        Some(Destination::Home) => scene.world.customer.addresses.first().cloned(),
        None => None,
    };
    match written {
        Some(address) => {
            let action = Action::ChangeAddress { order: order.key.clone(), address };
            Request { action: Some(action), ..open(Wish::ChangeAddress, Some(order), &[]) }
        }
        None => open(Wish::ChangeAddress, Some(order), &[Slot::Address]),
    }
}

/// «change my default address to …», not «change the address to my default address».
fn is_home_the_object(scene: &Scene<'_>, frame: &Frame) -> bool {
    let home = scene.cues_in(frame.range.clone()).find(|heard| heard.cue == Cue::Home);
    let Some(home) = home else { return false };
    let marker = scene
        .cues_in(frame.verb.end..home.start)
        .any(|heard| matches!(heard.cue, Cue::To | Cue::ChangeTo | Cue::AddressNoun | Cue::OrderNoun));
    !marker && frame.cue != Cue::Ship
}

fn payment_changes(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Vec<Request> {
    let orders = match orders_of(scene, frame, last, is_before_shipping) {
        Ok(orders) if orders.is_empty() => return unresolved(Wish::ChangePayment, None),
        Ok(orders) => orders,
        Err(unclear) => return unresolved(Wish::ChangePayment, Some(unclear)),
    };
    orders.into_iter().map(|order| payment_change(scene, frame, &scene.world.orders[order])).collect()
}

fn payment_change(scene: &Scene<'_>, frame: &Frame, order: &Order) -> Request {
    const NEAR: usize = 4;
    let used = payments::original(order);
    let own: Vec<_> = scene.paid.iter().filter(|paid| frame.range.contains(&paid.start)).collect();
    let is_old = |start: usize| {
        let from = start.saturating_sub(NEAR);
        let from_word = (from..start).any(|at| scene.tokens.stem(at) == "from" && !scene.has(at..start, Cue::To));
        from_word || scene.cues_in(from..start).any(|heard| heard.cue == Cue::InsteadOf)
    };
    let mut keys: Vec<PaymentKey> = Vec::new();
    for paid in own.iter().filter(|paid| !is_old(paid.start)) {
        let payments::Which::Own(places) = &paid.which else { continue };
        let all = places.iter().map(|place| scene.world.customer.payment_methods[*place].key.clone());
        let others: Vec<PaymentKey> = all.clone().filter(|key| Some(key) != used.as_ref()).collect();
        keys = if others.is_empty() { all.collect() } else { others };
        // Of «from PayPal» and «to my card» the one that isn't in use is meant.
        if keys.iter().any(|key| Some(key) != used.as_ref()) {
            break;
        }
    }
    let wish = Wish::ChangePayment;
    match keys.as_slice() {
        [] => open(wish, Some(order), &[Slot::Payment]),
        [payment] => {
            let action = Action::ChangePayment { order: order.key.clone(), payment: payment.clone() };
            Request { action: Some(action), ..open(wish, Some(order), &[]) }
        }
        _ => Request { unclear: vec![Unclear::WhichPayment(keys)], ..open(wish, Some(order), &[Slot::Payment]) },
    }
}
