//! Wishes that need an order and little more: send it soon, pay back what a price fell by, an invoice, a day to bring it.
//! What an invoice says and which day is meant is read where they are filled in.

use std::ops::Range;

use domain::{
    action::Action,
    shop::{Order, OrderState},
};

use super::{
    Request, Slot, Unclear, Wish,
    frames::Frame,
    items,
    lexicon::Cue,
    resolve::{lines_of, open, orders_of, unresolved},
    scene::{Heard, Scene, is_trigger},
    tokens::{FULL_STOP, Kind, Tokens},
};

pub fn errands(scene: &Scene<'_>, frame: &Frame, last: Option<usize>) -> Vec<Request> {
    let wish = frame.wish;
    let fits: fn(&Order) -> bool = match wish {
        Wish::Urge => |order| matches!(order.state, OrderState::Paid | OrderState::Packing),
        Wish::Schedule => |order| matches!(order.state, OrderState::Paid | OrderState::Packing | OrderState::Shipped),
        _ => |order| !matches!(order.state, OrderState::Unpaid | OrderState::Cancelled),
    };
    let orders = match orders_of(scene, frame, last, fits) {
        Ok(orders) if orders.is_empty() => return unresolved(wish, None),
        Ok(orders) => orders,
        Err(unclear) => return unresolved(wish, Some(unclear)),
    };
    let of = |at: usize| {
        let order = &scene.world.orders[at];
        match wish {
            Wish::Urge => {
                let action = Action::UrgeShipment { order: order.key.clone() };
                vec![Request { action: Some(action), ..open(wish, Some(order), &[]) }]
            }
            Wish::ProtectPrice => protects(scene, frame, at),
            Wish::Schedule => vec![open(wish, Some(order), &[Slot::Day])],
            _ => vec![open(wish, Some(order), &[Slot::Invoice])],
        }
    };
    orders.into_iter().flat_map(of).collect()
}

/// One for each item named; the only item needn't be.
fn protects(scene: &Scene<'_>, frame: &Frame, at: usize) -> Vec<Request> {
    let order = &scene.world.orders[at];
    let lines = lines_of(scene, &[at]);
    let mut picked: Vec<_> =
        items::spoken(scene, frame, &lines).iter().flat_map(|one| items::best(scene, &one.lines, &one.words)).collect();
    if let ([only], true) = (lines.as_slice(), picked.is_empty()) {
        picked.push(*only);
    }
    if picked.is_empty() {
        let keys = lines.iter().map(|line| scene.line(*line).variant.clone()).collect();
        let which = vec![Unclear::WhichItem(keys)];
        return vec![Request { unclear: which, ..open(Wish::ProtectPrice, Some(order), &[Slot::Items]) }];
    }
    let protect = |line| Action::ProtectPrice { order: order.key.clone(), item: scene.line(line).variant.clone() };
    let request = |line| Request { action: Some(protect(line)), ..open(Wish::ProtectPrice, Some(order), &[]) };
    picked.into_iter().map(request).collect()
}

/// What only the rest of the message makes an errand: a day beside a delivery, a price that fell beside a difference to
/// be paid, a complaint of waiting where nothing else is asked for.
pub fn promoted(tokens: &Tokens, mut cues: Vec<Heard>) -> Vec<Heard> {
    for day in days(tokens) {
        let Some(errand) = delivery(tokens, &cues, &day) else { continue };
        cues.retain(|heard| heard.end <= errand.start || errand.end <= heard.start);
        cues.push(errand);
    }
    cues.sort_by_key(|heard| heard.start);
    for heard in cues.iter_mut().filter(|heard| heard.cue == Cue::Haste && is_sent(tokens, heard.end)) {
        heard.cue = Cue::Urge;
    }
    let is_cheaper = cues.iter().any(|heard| heard.cue == Cue::PriceFell);
    let changes = |heard: &Heard| matches!(heard.cue, Cue::Exchange | Cue::Change | Cue::ChangeTo);
    let takes_difference = is_cheaper && !cues.iter().any(changes);
    for heard in cues.iter_mut().filter(|heard| heard.cue == Cue::Difference && takes_difference) {
        heard.cue = Cue::Protect;
    }
    if !cues.iter().any(|heard| is_trigger(heard.cue) || heard.cue == Cue::Drop) {
        for heard in cues.iter_mut().filter(|heard| heard.cue == Cue::Waiting) {
            heard.cue = Cue::Urge;
        }
    }
    cues
}

/// 「尽快安排发出」.
fn is_sent(tokens: &Tokens, from: usize) -> bool {
    const NEAR: usize = 6;
    let near = (from..(from + NEAR).min(tokens.len())).take_while(|at| tokens.list[*at].strength() == 0);
    near.into_iter().any(|at| matches!(tokens.stem(at), "发" | "寄" | "出"))
}

/// From the word that asks for a day to the one that says what happens on it.
fn delivery(tokens: &Tokens, cues: &[Heard], day: &Range<usize>) -> Option<Heard> {
    const NEAR: usize = 7;
    const FAR: usize = 16;
    const DELIVERED: [&str; 5] = ["送", "配送", "派送", "上门", "送货"];
    let floor = (0..day.start).rev().find(|at| tokens.list[*at].strength() >= FULL_STOP).map_or(0, |at| at + 1);
    let within =
        |heard: &Heard, far: usize| floor.max(day.start.saturating_sub(far)) <= heard.start && heard.end <= day.start;
    let appointed = cues.iter().rev().find(|heard| heard.cue == Cue::Appoint && within(heard, FAR));
    let asked = appointed.or_else(|| cues.iter().rev().find(|it| it.cue == Cue::ChangeTo && within(it, NEAR)));
    let stop = (day.end..(day.end + NEAR).min(tokens.len()))
        .find(|at| tokens.list[*at].strength() > 0)
        .unwrap_or((day.end + NEAR).min(tokens.len()));
    let done = (day.end..stop).find_map(|at| DELIVERED.iter().find_map(|word| tokens.matches(at, word)));
    let end = done.or(appointed.map(|_| day.end))?;
    let start = asked.map_or(day.start, |heard| heard.start);
    Some(Heard { cue: Cue::Schedule, start, end })
}

/// Where a day is said: 明天, 周六, 24号, 11月28日.
fn days(tokens: &Tokens) -> Vec<Range<usize>> {
    const DAYS: [&str; 12] =
        ["大后天", "后天", "明天", "今天", "明儿", "后儿", "周末", "下周", "周", "星期", "礼拜", "月底"];
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = match tokens.list[at].kind {
            Kind::Number => numbered_day(tokens, at),
            Kind::Han => DAYS.iter().find_map(|day| tokens.matches(at, day)),
            _ => None,
        };
        match end {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn numbered_day(tokens: &Tokens, at: usize) -> Option<usize> {
    let is_number = |at: usize| tokens.list.get(at).is_some_and(|token| token.kind == Kind::Number);
    let is_mark = |at: usize| matches!(tokens.stem(at), "号" | "日");
    let month = tokens.stem(at + 1) == "月" && is_number(at + 2);
    let last = if month { at + 2 } else { at };
    let is_day = tokens.stem(last).parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    match is_day && (month || is_mark(last + 1)) {
        true if is_mark(last + 1) => Some(last + 2),
        true => Some(last + 1),
        false => None,
    }
}
