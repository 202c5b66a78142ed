//! Wishes the policy forbids, drawn from a seed over the records: each has to be refused by the rule it breaks, and to
//! leave everything as it was.

mod draws;

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context, Result};
use domain::{action::Action, shop::CustomerKey};
use engine::shop::Records;

use draws::Draw;

use super::{
    bench::Bench,
    render::{self, Slip},
};

/// The wishes drawn are the same on every run.
pub const SEED: u64 = 11;
/// Draws for one case before its kind counts as impossible on these records.
const DRAWS_MAX: usize = 5_000;

/// One forbidden wish.
struct Violation {
    customer: Option<CustomerKey>,
    /// Allowed, and done first.
    before: Option<Action>,
    action: Action,
    /// Shown and confirmed in place of `action`.
    shown: Option<Action>,
    rule: &'static str,
}

#[derive(Debug, Default)]
pub struct Violations {
    pub tried: usize,
    pub allowed: usize,
    /// Refused by the rule that was broken on purpose.
    pub named_as_meant: usize,
    /// Something changed although it was refused.
    pub left_traces: usize,
    pub by_rule: BTreeMap<String, usize>,
    pub by_kind: BTreeMap<&'static str, usize>,
    /// Other rules than meant.
    pub otherwise: Vec<String>,
}

type Kind<'a> = (&'static str, fn(&mut Draw<'a>) -> Option<Violation>);

/// Every way to break the policy, in turn.
const fn kinds<'a>() -> [Kind<'a>; 32] {
    [
        ("order of another customer", Draw::wrong_owner),
        ("cancel in a wrong state", Draw::wrong_state_cancel),
        ("change items in a wrong state", Draw::wrong_state_items),
        ("change address in a wrong state", Draw::wrong_state_address),
        ("change payment in a wrong state", Draw::wrong_state_payment),
        ("return in a wrong state", Draw::wrong_state_return),
        ("exchange in a wrong state", Draw::wrong_state_exchange),
        ("change items twice", Draw::second_change),
        ("cancel after changing items", Draw::cancel_after_change),
        ("change address after changing items", Draw::address_after_change),
        ("exchange twice", Draw::second_exchange),
        ("return twice", Draw::second_return),
        ("change payment twice", Draw::second_payment),
        ("payment method of somebody else", Draw::foreign_payment),
        ("same payment method", Draw::same_payment),
        ("gift card too small for the difference", Draw::small_card_items),
        ("gift card too small for an exchange", Draw::small_card_exchange),
        ("gift card too small for the total", Draw::small_card_total),
        ("refund to a method neither original nor a gift card", Draw::refund_elsewhere),
        ("no payment method", Draw::no_payment),
        ("item of another product", Draw::other_product),
        ("unavailable variant", Draw::unavailable),
        ("same variant", Draw::same_variant),
        ("unknown variant", Draw::unknown_variant),
        ("unknown order", Draw::unknown_order),
        ("item not in the order", Draw::unknown_item),
        ("more items than bought", Draw::too_many),
        ("no item", Draw::no_item),
        ("reason not accepted", Draw::bad_reason),
        ("action not offered", Draw::not_offered),
        ("shopper not verified", Draw::unverified),
        ("something else than was confirmed", Draw::unconfirmed),
    ]
}

pub async fn violations(records: &Records, n: usize) -> Result<Violations> {
    let mut draw = Draw::new(records);
    let bench = Bench::new(records, n).await?;
    let mut out = Violations::default();
    let kinds = kinds();
    for place in 0..n {
        let (kind, make) = kinds[place % kinds.len()];
        let found = (0..DRAWS_MAX).find_map(|_| make(&mut draw));
        let violation = found.with_context(|| format!("no way to try \"{kind}\" on these records"))?;
        one(&bench, place, kind, violation, &mut out).await?;
    }
    Ok(out)
}

async fn one(
    bench: &Bench,
    place: usize,
    kind: &'static str,
    violation: Violation,
    out: &mut Violations,
) -> Result<()> {
    let person = bench.person(place, violation.customer.as_ref()).await?;
    if let Some(before) = violation.before {
        let done = bench.act(&person, before.clone()).await?;
        done.map_err(|refused| anyhow::anyhow!("{kind}: what comes before was refused: {}: {before:?}", refused.rule))?;
    }
    let then = bench.records(place).await;
    let answer = match violation.shown {
        None => bench.act(&person, violation.action.clone()).await?,
        Some(shown) => bench.act_unconfirmed(&person, shown, violation.action.clone()).await?,
    };
    out.tried += 1;
    *out.by_kind.entry(kind).or_default() += 1;
    match answer {
        Ok(()) => {
            out.allowed += 1;
            out.otherwise.push(format!("{kind}: allowed: {:?}", violation.action));
        }
        Err(refused) => {
            let now = bench.records(place).await;
            let whole = |records| render::whole(records, Slip::Mended);
            // The same records still, or others that say the same.
            let is_same = Arc::ptr_eq(&then, &now) || whole(&then) == whole(&now);
            out.left_traces += usize::from(!is_same);
            if refused.rule == violation.rule {
                out.named_as_meant += 1;
            } else {
                out.otherwise.push(format!("{kind}: {} instead of {}", refused.rule, violation.rule));
            }
            *out.by_rule.entry(refused.rule).or_default() += 1;
        }
    }
    Ok(())
}
