//! Deciding a case: the rules that always hold, then the shop's rules in order, then who has to agree. Pure; the same
//! case has the same answer, and what can't be decided is refused.

use domain::{
    action::{Action, Sums},
    language::Bilingual,
    shop::Address,
};
use serde::Serialize;

use super::{
    ActionPolicy, Approver, Case, Policy,
    facts::{self, Item},
    names,
    sums::sums,
};
use crate::{Expression, Scope};

/// Characters of a reason, a description or a title: a message, not a file.
const TEXT_CHARS_MAX: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    Allowed,
    NeedsApproval { role: Approver, rule: String, text: Bilingual },
    Refused { rule: String, text: Bilingual },
}

impl Verdict {
    /// The rule that decided, if one did.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Allowed => None,
            Self::NeedsApproval { rule, .. } | Self::Refused { rule, .. } => Some(rule),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepFate {
    Held,
    Broken,
    /// An approval that isn't needed here.
    NotNeeded,
    Needed,
    /// The rule could not be worked out; it counts against the action.
    Failed,
}

/// One rule as it was applied, for "what would happen if".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub rule: String,
    pub text: Bilingual,
    pub fate: StepFate,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub sums: Sums,
    pub items: Vec<Item>,
    pub undo_ms: Option<i64>,
    /// Every rule that was looked at, in order.
    pub steps: Vec<Step>,
}

impl Policy {
    pub fn judge(&self, case: &Case<'_>) -> Judgement {
        let subject = &case.subject;
        let items = facts::items(case.action, subject.order, subject.products);
        let sums = sums(case.action, subject.order, &items);
        let own = self.actions.get(case.action.name());
        let mut steps = Vec::new();
        let refused = |rule: &str, text: Bilingual| Verdict::Refused { rule: rule.to_owned(), text };
        let verdict = match (own, broken(own, case, &items)) {
            (None, _) => refused("not_offered", names::text("not_offered")),
            (_, Some(rule)) => {
                steps.push(Step { rule: rule.to_owned(), text: names::text(rule), fate: StepFate::Broken });
                refused(rule, names::text(rule))
            }
            (Some(own), None) => decide(own, case, &facts::scope(case, &self.values), &mut steps),
        };
        Judgement { verdict, sums, items, undo_ms: own.and_then(|own| own.undo_ms), steps }
    }
}

pub(super) fn decide(own: &ActionPolicy, case: &Case<'_>, scope: &Scope, steps: &mut Vec<Step>) -> Verdict {
    let mut verdict = None;
    for rule in &own.rules {
        let fate = match holds(&rule.require, scope) {
            Some(true) => StepFate::Held,
            Some(false) => StepFate::Broken,
            None => StepFate::Failed,
        };
        steps.push(Step { rule: rule.name.clone(), text: rule.text.clone(), fate });
        if fate != StepFate::Held && verdict.is_none() {
            verdict = Some(Verdict::Refused { rule: rule.name.clone(), text: rule.text.clone() });
        }
    }
    if let Some(refused) = verdict {
        return refused;
    }
    let mut needed: Option<(Approver, String, Bilingual)> = None;
    for approval in &own.approval {
        let asks = holds(&approval.when, scope);
        let fate = match asks {
            Some(false) => StepFate::NotNeeded,
            _ if case.actor.may_approve(approval.by) => StepFate::Held,
            Some(true) => StepFate::Needed,
            None => StepFate::Failed,
        };
        steps.push(Step { rule: approval.name.clone(), text: approval.text.clone(), fate });
        let is_needed = matches!(fate, StepFate::Needed | StepFate::Failed);
        if is_needed && needed.as_ref().is_none_or(|(role, ..)| *role < approval.by) {
            needed = Some((approval.by, approval.name.clone(), approval.text.clone()));
        }
    }
    match needed {
        Some((role, rule, text)) => Verdict::NeedsApproval { role, rule, text },
        None => Verdict::Allowed,
    }
}

/// `None` when it can't be worked out, such as a difference with a time that isn't there.
fn holds(expression: &Expression, scope: &Scope) -> Option<bool> {
    expression.holds(scope).ok()
}

/// The first rule of every shop that is broken.
fn broken(own: Option<&ActionPolicy>, case: &Case<'_>, items: &[Item]) -> Option<&'static str> {
    let own = own?;
    let (action, subject) = (case.action, &case.subject);
    let is_visitor = subject.customer.is_none();
    let rules: [(&'static str, bool); 13] = [
        ("who_may", own.who.contains(&case.actor)),
        ("customer_verified", !is_visitor || (own.is_open_to_visitors && action.order().is_none())),
        ("order_named", action.order().is_none_or(|key| !key.as_str().trim().is_empty())),
        ("order_known", action.order().is_none() || subject.order.is_some()),
        ("items_named", !needs_items(action) || !items.is_empty()),
        ("items_known", items.iter().all(|item| named(items, item) <= item.ordered)),
        ("variant_known", items.iter().all(|item| !item.is_to_unknown)),
        ("payment_known", is_payment_known(case)),
        ("address_complete", new_address(action).is_none_or(is_complete)),
        ("day_real", is_day_real(case)),
        ("invoice_complete", is_invoice_complete(action)),
        ("text_plain", texts(action).iter().all(|text| is_plain(text))),
        ("product_known", is_product_known(case)),
    ];
    rules.into_iter().find(|(_, holds)| !holds).map(|(name, _)| name)
}

/// A variant may be named in several changes; together they may not be more than were bought.
fn named(items: &[Item], item: &Item) -> i64 {
    items.iter().filter(|other| other.variant == item.variant).map(|other| other.count).sum()
}

const fn needs_items(action: &Action) -> bool {
    matches!(
        action,
        Action::ChangeItems { .. }
            | Action::ExchangeItems { .. }
            | Action::ReturnItems { .. }
            | Action::ProtectPrice { .. }
            | Action::RequestRepair { .. }
    )
}

fn is_payment_known(case: &Case<'_>) -> bool {
    let Some(key) = case.action.payment() else { return true };
    case.subject.customer.is_some_and(|customer| customer.payment_method(key).is_some())
}

const fn new_address(action: &Action) -> Option<&Address> {
    match action {
        Action::ChangeAddress { address, .. } | Action::ChangeHomeAddress { address } => Some(address),
        _ => None,
    }
}

fn is_complete(address: &Address) -> bool {
    !address.street.trim().is_empty() && !address.city.trim().is_empty() && address.country.len() == 2
}

fn is_day_real(case: &Case<'_>) -> bool {
    match case.action {
        Action::ScheduleDelivery { day, .. } => facts::days_ahead(day, case.now).is_some(),
        _ => true,
    }
}

fn is_invoice_complete(action: &Action) -> bool {
    match action {
        Action::IssueInvoice { invoice, .. } | Action::ChangeInvoice { invoice, .. } => {
            !invoice.title.trim().is_empty()
        }
        _ => true,
    }
}

fn is_product_known(case: &Case<'_>) -> bool {
    match case.action {
        Action::RemindRestock { product, variant } => {
            let found = case.subject.products.iter().find(|known| known.key == *product);
            found.is_some_and(|found| {
                variant.as_ref().is_none_or(|key| found.variants.iter().any(|known| known.key == *key))
            })
        }
        _ => true,
    }
}

fn texts(action: &Action) -> Vec<&str> {
    let mut texts: Vec<&str> = Vec::new();
    match action {
        Action::CancelOrder { reason, .. }
        | Action::ExchangeItems { reason, .. }
        | Action::ReturnItems { reason, .. } => texts.push(reason),
        Action::ReportProblem { description: text, .. }
        | Action::RequestRepair { description: text, .. }
        | Action::FileComplaint { text, .. } => texts.push(text),
        Action::IssueInvoice { invoice, .. } | Action::ChangeInvoice { invoice, .. } => {
            texts.push(&invoice.title);
            texts.extend(invoice.tax_number.as_deref());
            texts.extend(invoice.email.as_deref());
        }
        Action::ScheduleDelivery { part, .. } => texts.extend(part.as_deref()),
        _ => {}
    }
    if let Some(address) = new_address(action) {
        let Address { recipient, phone, country, province, city, district, street, postcode } = address;
        texts.extend([recipient, phone, country, province, city, district, street, postcode].map(String::as_str));
    }
    texts
}

fn is_plain(text: &str) -> bool {
    text.chars().count() <= TEXT_CHARS_MAX
        && !text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}
