//! Puts together what belongs together: one wish for each order, and a way to pay said once for all.

use domain::{action::Action, shop::PaymentKey};

use super::{Request, Slot, Wish, frames::Frame, lexicon::Cue, payments, scene::Scene, tokens::SEMICOLON};

/// «All refunds to my card, please», at the end.
pub fn share_payments(scene: &Scene<'_>, frames: &[Frame], out: &mut [Request]) {
    let Some(last) = frames.last() else { return };
    let shared = scene.paid.iter().rev().find(|paid| {
        last.range.contains(&paid.start) && {
            let start = (last.range.start..paid.start)
                .rev()
                .find(|at| scene.tokens.list[*at].strength() >= SEMICOLON)
                .unwrap_or(last.range.start);
            scene.has(start..paid.start, Cue::All)
        }
    });
    let Some(shared) = shared else { return };
    for request in out {
        let Some(order) = scene.world.orders.iter().find(|order| Some(&order.key) == request.order.as_ref()) else {
            continue;
        };
        let keys = payments::keys(&shared.which, scene.world.customer, order);
        let [key] = keys.as_slice() else { continue };
        if let Some(payment @ None) = request.action.as_mut().and_then(payment_of) {
            *payment = Some(key.clone());
            request.missing.retain(|slot| *slot != Slot::Payment);
        }
    }
}

fn payment_of(action: &mut Action) -> Option<&mut Option<PaymentKey>> {
    match action {
        Action::ReturnItems { payment, .. }
        | Action::ExchangeItems { payment, .. }
        | Action::ChangeItems { payment, .. } => Some(payment),
        _ => None,
    }
}

/// Two wishes of one kind for one order are one: shops take all changed items at once.
pub fn together(requests: Vec<Request>) -> Vec<Request> {
    let mut out: Vec<Request> = Vec::new();
    for request in requests {
        let same = out
            .iter_mut()
            .find(|other| other.wish == request.wish && other.order.is_some() && other.order == request.order)
            // Each price is protected by itself.
            .filter(|other| request.wish != Wish::ProtectPrice || other.action == request.action);
        let Some(same) = same else {
            out.push(request);
            continue;
        };
        match (&mut same.action, request.action) {
            (Some(own), Some(more)) => join(own, more),
            (own @ None, Some(more)) => {
                *own = Some(more);
                same.missing = request.missing.clone();
            }
            _ => {}
        }
        same.unclear.extend(request.unclear);
        if same.action.as_mut().and_then(payment_of).is_some_and(|payment| payment.is_some()) {
            same.missing.retain(|slot| *slot != Slot::Payment);
        }
    }
    out
}

fn join(own: &mut Action, more: Action) {
    match (own, more) {
        (Action::CancelOrder { reason, .. }, Action::CancelOrder { reason: more, .. }) if reason.is_empty() => {
            *reason = more
        }
        (
            Action::ReturnItems { items, payment, reason, .. },
            Action::ReturnItems { items: more, payment: pay, reason: why, .. },
        ) => {
            items.extend(more.into_iter().filter(|item| !items.contains(item)).collect::<Vec<_>>());
            *payment = payment.take().or(pay);
            if reason.is_empty() {
                *reason = why;
            }
        }
        (
            Action::ExchangeItems { changes, payment, .. } | Action::ChangeItems { changes, payment, .. },
            Action::ExchangeItems { changes: more, payment: pay, .. }
            | Action::ChangeItems { changes: more, payment: pay, .. },
        ) => {
            changes.extend(more.into_iter().filter(|change| !changes.contains(change)).collect::<Vec<_>>());
            *payment = payment.take().or(pay);
        }
        (own @ (Action::ChangeAddress { .. } | Action::ChangePayment { .. }), more) => *own = more,
        _ => {}
    }
}
