//! What may be done to an order before anybody has said what exactly: rules that read the order alone are decided, and
//! those that read the arguments are told as conditions.

use domain::{
    action::{Action, Invoice, InvoiceKind, Problem, Sums},
    language::Bilingual,
    shop::{Address, Order},
    time::Timestamp,
};
use serde::Serialize;

use super::{ActionPolicy, ActorKind, Approver, Case, Past, Policy, Subject, Verdict, facts, judge, names, sums};
use crate::Expression;

/// One kind of action, as far as it can be judged without its arguments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Offer {
    pub name: &'static str,
    /// `Allowed`: nothing about the order speaks against it; the conditions still have to hold.
    pub verdict: Verdict,
    /// Rules that depend on what exactly is wanted.
    pub conditions: Vec<Condition>,
    /// Money that moves, where the order alone decides it.
    pub sums: Sums,
    pub undo_ms: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    pub rule: String,
    pub text: Bilingual,
    /// Who has to agree in this case; `None`: it is refused otherwise.
    pub approver: Option<Approver>,
}

impl Policy {
    /// What this hand may do to an order, in the order of `Action::NAMES`. Actions without an order are left out.
    pub fn offers(&self, actor: ActorKind, subject: Subject<'_>, history: &[Past], now: Timestamp) -> Vec<Offer> {
        let Some(order) = subject.order else { return Vec::new() };
        let probes = Action::NAMES.into_iter().filter_map(|name| Some((name, probe(name, order)?)));
        probes
            .map(|(name, action)| {
                let case = Case { action: &action, actor, subject, history, now };
                self.offer(name, &case)
            })
            .collect()
    }

    fn offer(&self, name: &'static str, case: &Case<'_>) -> Offer {
        let refused = |rule: &str| Offer {
            name,
            verdict: Verdict::Refused { rule: rule.to_owned(), text: names::text(rule) },
            conditions: Vec::new(),
            sums: Sums::default(),
            undo_ms: None,
        };
        let Some(own) = self.actions.get(name) else { return refused("not_offered") };
        if !own.who.contains(&case.actor) {
            return refused("who_may");
        }
        if case.subject.customer.is_none() {
            return refused("customer_verified");
        }
        let scope = facts::scope(case, &self.values);
        let (decided, conditions) = split(own, name, case.actor);
        let sums = match name {
            "cancel_order" => sums::sums(case.action, case.subject.order, &[]),
            _ => Sums::default(),
        };
        let verdict = judge::decide(&decided, case, &scope, &mut Vec::new());
        Offer { name, verdict, conditions, sums, undo_ms: own.undo_ms }
    }
}

/// The part of a policy that the order alone decides, and the rest in words.
fn split(own: &ActionPolicy, name: &str, actor: ActorKind) -> (ActionPolicy, Vec<Condition>) {
    let mut decided = own.clone();
    let mut conditions = Vec::new();
    decided.rules.retain(|rule| {
        let waits = reads_arguments(&rule.require, name);
        if waits {
            conditions.push(Condition { rule: rule.name.clone(), text: rule.text.clone(), approver: None });
        }
        !waits
    });
    decided.approval.retain(|rule| {
        let waits = reads_arguments(&rule.when, name);
        if waits && !actor.may_approve(rule.by) {
            conditions.push(Condition { rule: rule.name.clone(), text: rule.text.clone(), approver: Some(rule.by) });
        }
        !waits
    });
    (decided, conditions)
}

fn reads_arguments(expression: &Expression, name: &str) -> bool {
    // All that is about a whole order is known with the order.
    let is_whole = matches!(name, "cancel_order" | "urge_shipment");
    expression.paths().iter().any(|path| match path[0].as_str() {
        "action" => path.get(1).is_none_or(|field| field != "name"),
        "items" | "amount" | "payment" | "products" => !is_whole,
        _ => false,
    })
}

/// An action of this name with empty arguments; nothing is ever asked of it but what doesn't depend on them.
fn probe(name: &str, order: &Order) -> Option<Action> {
    let (order, text) = (order.key.clone(), String::new);
    let invoice = || Invoice { kind: InvoiceKind::Personal, title: text(), tax_number: None, email: None };
    Some(match name {
        "cancel_order" => Action::CancelOrder { order, reason: text() },
        "change_address" => Action::ChangeAddress { order, address: Address::default() },
        "change_items" => Action::ChangeItems { order, changes: Vec::new(), payment: None },
        "change_payment" => Action::ChangePayment { order, payment: "".into() },
        "urge_shipment" => Action::UrgeShipment { order },
        "schedule_delivery" => Action::ScheduleDelivery { order, day: text(), part: None },
        "return_items" => {
            Action::ReturnItems { order, items: Vec::new(), reason: text(), payment: None, pictures: Vec::new() }
        }
        "exchange_items" => Action::ExchangeItems { order, changes: Vec::new(), reason: text(), payment: None },
        "protect_price" => Action::ProtectPrice { order, item: "".into() },
        "report_problem" => Action::ReportProblem {
            order,
            items: Vec::new(),
            problem: Problem::Damaged,
            description: text(),
            pictures: Vec::new(),
        },
        "issue_invoice" => Action::IssueInvoice { order, invoice: invoice() },
        "change_invoice" => Action::ChangeInvoice { order, invoice: invoice() },
        "request_repair" => Action::RequestRepair { order, item: "".into(), description: text() },
        "file_complaint" => Action::FileComplaint { order: Some(order), text: text() },
        _ => return None,
    })
}
