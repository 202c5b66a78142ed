//! What will happen, said in both languages. Every amount, name and number comes from the shop's own records.

use domain::{
    action::{Action, Invoice, Problem, Sums},
    language::Bilingual,
    shop::{Address, Customer, Money, Order, OrderState, PaymentKey, PaymentKind},
};
use skills::policy::Item;

fn both(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(zh, en)
}

pub fn lines(
    action: &Action,
    order: Option<&Order>,
    customer: Option<&Customer>,
    items: &[Item],
    sums: &Sums,
) -> Vec<Bilingual> {
    let mut lines = vec![first(action, order)];
    lines.extend(items.iter().map(|item| item_line(action, item)));
    lines.extend(details(action));
    lines.extend(money(action, order, customer, sums));
    lines
}

fn first(action: &Action, order: Option<&Order>) -> Bilingual {
    let key = order.map(|order| order.key.as_str()).unwrap_or_default();
    match action {
        Action::CancelOrder { .. } => both(format!("取消订单 {key}。"), format!("Order {key} will be cancelled.")),
        Action::ChangeAddress { .. } => {
            both(format!("修改订单 {key} 的收货地址："), format!("Order {key} will go to another address:"))
        }
        Action::ChangeItems { .. } => {
            both(format!("修改订单 {key} 的商品款式："), format!("Items of order {key} will be changed:"))
        }
        Action::ChangePayment { .. } => {
            both(format!("更换订单 {key} 的付款方式。"), format!("Order {key} will be paid another way."))
        }
        Action::UrgeShipment { .. } => both(
            format!("催促仓库尽快发出订单 {key}。"),
            format!("The warehouse will be asked to ship order {key} soon."),
        ),
        Action::ScheduleDelivery { .. } => {
            both(format!("预约订单 {key} 的送货日："), format!("A delivery day for order {key}:"))
        }
        Action::ReturnItems { .. } => both(format!("申请退货，订单 {key}："), format!("A return for order {key}:")),
        Action::ExchangeItems { .. } => {
            both(format!("申请换货，订单 {key}："), format!("An exchange for order {key}:"))
        }
        Action::ProtectPrice { .. } => {
            both(format!("申请价格保护，订单 {key}："), format!("Price protection for order {key}:"))
        }
        Action::ReportProblem { .. } => {
            both(format!("报告订单 {key} 的问题："), format!("A problem with order {key} will be reported:"))
        }
        Action::IssueInvoice { .. } => both(format!("为订单 {key} 开发票："), format!("An invoice for order {key}:")),
        Action::ChangeInvoice { .. } => {
            both(format!("更换订单 {key} 的发票："), format!("Another invoice for order {key}:"))
        }
        Action::RequestRepair { .. } => both(format!("报修，订单 {key}："), format!("A repair for order {key}:")),
        Action::RemindRestock { .. } => both("到货后提醒您。", "You will be told when it is back in stock."),
        Action::FileComplaint { .. } => both("登记您的投诉，由主管处理。", "Your complaint will go to a supervisor."),
        Action::ChangeHomeAddress { .. } => both("修改您的默认地址：", "Your default address will be:"),
    }
}

fn item_line(action: &Action, item: &Item) -> Bilingual {
    let name = |language: fn(&Bilingual) -> &str| match language(&item.options) {
        "" => language(&item.title).to_owned(),
        options => format!("{} {options}", language(&item.title)),
    };
    let (zh, en) = (name(|both| &both.zh), name(|both| &both.en));
    if let Some(to) = &item.to {
        return both(format!("· {zh} → {}", to.options.zh), format!("· {en} → {}", to.options.en));
    }
    let count = if matches!(action, Action::ProtectPrice { .. }) { item.ordered } else { item.count };
    both(format!("· {zh} ×{count}"), format!("· {en} ×{count}"))
}

fn details(action: &Action) -> Vec<Bilingual> {
    match action {
        Action::ChangeAddress { address, .. } | Action::ChangeHomeAddress { address } => vec![place(address)],
        Action::ScheduleDelivery { day, part, .. } => {
            let part = part.as_deref().unwrap_or_default();
            vec![both(format!("{day} {part}").trim(), format!("{day} {part}").trim())]
        }
        Action::IssueInvoice { invoice, .. } | Action::ChangeInvoice { invoice, .. } => vec![title(invoice)],
        Action::ReportProblem { problem, .. } => vec![match problem {
            Problem::Missing => both("问题：少件", "Problem: missing"),
            Problem::Damaged => both("问题：破损", "Problem: damaged"),
            Problem::WrongItem => both("问题：错发", "Problem: wrong item"),
            Problem::Defective => both("问题：质量问题", "Problem: defective"),
        }],
        _ => Vec::new(),
    }
}

fn place(address: &Address) -> Bilingual {
    let Address { recipient, phone, province, city, district, street, postcode, .. } = address;
    let zh = [recipient, phone, province, city, district, street].map(String::as_str);
    let en = [recipient, phone, street, district, city, province, postcode].map(String::as_str);
    let joined = |parts: &[&str], with: &str| {
        parts.iter().filter(|part| !part.trim().is_empty()).copied().collect::<Vec<_>>().join(with)
    };
    both(joined(&zh, " "), joined(&en, ", "))
}

fn title(invoice: &Invoice) -> Bilingual {
    let Invoice { title, tax_number, email, .. } = invoice;
    let mut text = title.clone();
    for part in [tax_number, email].into_iter().flatten() {
        text.push_str(", ");
        text.push_str(part);
    }
    both(format!("抬头：{text}"), format!("Title: {text}"))
}

fn money(action: &Action, order: Option<&Order>, customer: Option<&Customer>, sums: &Sums) -> Vec<Bilingual> {
    let method = method(action, order, customer);
    let mut lines = Vec::new();
    match action {
        Action::ExchangeItems { .. } => {
            if let Some(charge) = &sums.charge {
                let amount = amount(charge);
                lines.push(both(
                    format!("需补差价 {amount}{}。", from_zh(&method)),
                    format!("The difference of {amount} is charged{}.", from_en(&method)),
                ));
            }
            if let Some(refund) = &sums.refund {
                let amount = amount(refund);
                lines.push(both(
                    format!("退还差价 {amount}{}。", to_zh(&method)),
                    format!("The difference of {amount} is refunded{}.", to_en(&method)),
                ));
            }
        }
        _ => {
            if let Some(charge) = &sums.charge {
                let amount = amount(charge);
                lines.push(both(
                    format!("付款 {amount}{}。", from_zh(&method)),
                    format!("{amount} is charged{}.", from_en(&method)),
                ));
            }
            if let Some(refund) = &sums.refund {
                let amount = amount(refund);
                // The other way round for a changed payment: the money goes back to where it came from.
                let back = if matches!(action, Action::ChangePayment { .. }) { &None } else { &method };
                lines.push(both(
                    format!("退款 {amount}{}。", to_zh(back)),
                    format!("{amount} is refunded{}.", to_en(back)),
                ));
            }
        }
    }
    if matches!(action, Action::CancelOrder { .. }) && order.is_some_and(|order| order.state == OrderState::Unpaid) {
        lines.push(both("订单还没有付款，不会有退款。", "It was not paid, so there is nothing to refund."));
    }
    lines
}

/// The way to pay in words: the customer's own, or how the order was paid.
fn method(action: &Action, order: Option<&Order>, customer: Option<&Customer>) -> Option<Bilingual> {
    let named = |key: &PaymentKey| {
        let own = customer?.payment_method(key)?;
        let last = own.last_four.as_deref().map(|last| format!(" {last}")).unwrap_or_default();
        Some(match own.kind {
            PaymentKind::GiftCard => both("礼品卡", "the gift card"),
            PaymentKind::CreditCard => both(format!("信用卡{last}"), format!("the credit card{last}")),
            PaymentKind::Paypal => both("PayPal", "PayPal"),
            _ => both(key.0.clone(), key.0.clone()),
        })
    };
    let original = || order?.payments.first().map(|payment| &payment.method);
    let words = || order?.payment_method.as_ref().map(|words| crate::bot::payment_method(words));
    action.payment().or_else(original).and_then(named).or_else(words)
}

fn from_zh(method: &Option<Bilingual>) -> String {
    method.as_ref().map(|method| format!("，用{}支付", method.zh)).unwrap_or_default()
}

fn from_en(method: &Option<Bilingual>) -> String {
    method.as_ref().map(|method| format!(" to {}", method.en)).unwrap_or_default()
}

fn to_zh(method: &Option<Bilingual>) -> String {
    method.as_ref().map_or_else(|| "，原路退回".to_owned(), |method| format!("，退回{}", method.zh))
}

fn to_en(method: &Option<Bilingual>) -> String {
    method.as_ref().map_or_else(|| " the way it was paid".to_owned(), |method| format!(" to {}", method.en))
}

fn amount(money: &Money) -> String {
    match money.currency.as_str() {
        "CNY" => format!("¥{}", money.decimal()),
        "USD" => format!("${}", money.decimal()),
        other => format!("{} {other}", money.decimal()),
    }
}
