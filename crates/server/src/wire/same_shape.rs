//! Holds the shapes that only describe domain types equal to them: what the domain writes, the shape reads and
//! writes again, without a field more or less.

use std::fmt::Debug;

use domain::{
    article::{ArticleDraft, Scope, Wording},
    deadline::DeadlineKind,
    handoff::{
        CardAction, CardDraft, CardEmotion, CardIdentity, CardIntent, CardLine, CardOrder, CardProduct, CardSlot,
        Emotion, HandoffCard, HandoffReason,
    },
    id::{ArticleId, ConversationId, FileId, TraceId},
    language::{Bilingual, Language},
    message::{
        Card, OrderCard, OrderCardLine, ProductCard, QuickAction, QuickReply, RefundCard, ScanCard, ShipmentCard,
        Source,
    },
    routing as who,
    shop::{
        Address, Attribute, DeliveryWish, Money, Order, OrderLine, OrderState, Payment, PaymentDirection,
        PaymentMethod, Product, Refund, RefundState, Scan, Shipment, ShipmentState, Variant,
    },
    staff::{Presence, Role},
    time::Timestamp,
    trace::{Trace, TraceStep, TurnOutcome, TurnStage},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{articles, basics, bodies, cards, deeds, measures, routing, shop, traces};

fn same<S: Serialize + DeserializeOwned + Debug>(domain: impl Serialize + Debug) {
    let written = serde_json::to_value(&domain).unwrap();
    let read: S = serde_json::from_value(written.clone()).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(serde_json::to_value(&read).unwrap(), written, "{read:?}");
}

fn both() -> Bilingual {
    Bilingual::new("中", "en")
}

fn money() -> Money {
    Money::new(12_990, "CNY")
}

fn attribute() -> Attribute {
    Attribute { key: "capacity".into(), name: both(), value: both() }
}

#[test]
fn routing_plans() {
    use domain::{
        calendar::{Holiday, Hours, Span},
        id::{QueueId, StaffId},
    };
    let (queue, staff) = (QueueId::from_bits(1), StaffId::from_bits(2));
    let mut hours = Hours::daily("Asia/Shanghai", 540, 1320);
    hours.holidays.push(Holiday { date: "2026-10-01".into(), name: both(), open: vec![Span { from: 1, until: 2 }] });
    let mut plan = who::Plan::simple(hours, queue, both());
    plan.queues[0].members.push(staff);
    plan.queues[0].overflow = Some(who::Overflow { to: queue, after_ms: 1 });
    let mut seat = who::Seat::usual(staff);
    seat.languages = Language::ALL.into();
    seat.shifts[0].push(Span { from: 3, until: 4 });
    plan.seats.push(seat);
    plan.rules.push(who::Rule {
        name: "x".into(),
        when: "open".into(),
        queue: Some(queue),
        skills: vec!["repair".into()],
        priority: Some(1),
        weight: Some(200),
    });
    same::<routing::RoutingPlan>(plan);
    for basis in [who::Basis::LastAgent, who::Basis::LongestIdle, who::Basis::OnlyOne] {
        same::<routing::Placement>(who::Placement { basis, queue: Some(queue), ..who::Placement::default() });
    }
}

#[test]
fn words() {
    for measure in domain::measures::Measure::ALL {
        same::<measures::Measure>(measure);
        same::<measures::MeasureUnit>(measure.unit());
        same::<measures::MeasureCounts>(measure.counts());
    }
    for kind in [DeadlineKind::FirstReply, DeadlineKind::NextReply, DeadlineKind::Resolution] {
        same::<measures::DeadlineKind>(kind);
    }
    for language in Language::ALL {
        same::<basics::Language>(language);
    }
    for role in Role::ALL {
        same::<basics::Role>(role);
    }
    for presence in [Presence::Online, Presence::Paused, Presence::Offline] {
        same::<basics::Presence>(presence);
    }
    for emotion in [Emotion::Calm, Emotion::Worried, Emotion::Upset, Emotion::Angry] {
        same::<basics::Emotion>(emotion);
    }
    for reason in HandoffReason::ALL {
        same::<basics::HandoffReason>(reason);
    }
    use OrderState as O;
    for state in [O::Unpaid, O::Paid, O::Packing, O::Shipped, O::Delivered, O::Completed, O::Cancelled, O::AfterSales] {
        same::<basics::OrderState>(state);
    }
    use ShipmentState as S;
    for state in [S::Created, S::InTransit, S::OutForDelivery, S::Delivered, S::Failed, S::Returning, S::Lost] {
        same::<basics::ShipmentState>(state);
    }
    use RefundState as R;
    for state in [R::Requested, R::Approved, R::Returning, R::Processing, R::Paid, R::Refused] {
        same::<basics::RefundState>(state);
    }
    for action in [QuickAction::Human, QuickAction::Bot, QuickAction::SignIn] {
        same::<basics::QuickAction>(action);
    }
}

#[test]
fn messages() {
    same::<bodies::Source>(Source { article: ArticleId::from_bits(1), version: 2, title: "t".into() });
    same::<bodies::QuickReply>(QuickReply {
        text: "t".into(),
        say: Some("s".into()),
        action: Some(QuickAction::Human),
    });
    same::<bodies::QuickReply>(QuickReply::say("t"));
    let order = OrderCard {
        order: "1".into(),
        state: OrderState::Shipped,
        state_text: "已发货".into(),
        placed_at: Timestamp(1),
        total: money(),
        lines: vec![OrderCardLine { title: "t".into(), options: "o".into(), quantity: 1, picture: Some("p".into()) }],
        shipment: Some(ShipmentCard {
            carrier: "SF".into(),
            tracking_number: "1".into(),
            state: ShipmentState::InTransit,
            latest: Some(ScanCard { at: Timestamp(1), place: "p".into(), what: "w".into() }),
            expected_at: Some(Timestamp(2)),
        }),
        refund: Some(RefundCard {
            state: RefundState::Approved,
            state_text: "s".into(),
            amount: money(),
            due_at: Some(Timestamp(3)),
        }),
    };
    same::<bodies::Card>(Card::Order(OrderCard { shipment: None, refund: None, ..order.clone() }));
    same::<bodies::Card>(Card::Order(order));
    same::<bodies::Card>(Card::Product(ProductCard {
        product: "p".into(),
        title: "t".into(),
        price_from: money(),
        list_price: Some(money()),
        stock: 3,
        picture: Some("p".into()),
        page: Some("/p".into()),
        options: Some("o".into()),
    }));
}

#[test]
fn handoff_cards() {
    let line = || CardLine::at(3, "t");
    same::<cards::HandoffCard>(HandoffCard {
        version: 2,
        language: Language::Zh,
        reason: HandoffReason::Asked,
        reason_text: "r".into(),
        ask: line(),
        intents: vec![CardIntent { name: "n".into(), text: "t".into(), seq: Some(1) }],
        identity: CardIdentity { verified: true, customer: Some("c".into()), name: Some("n".into()), seq: Some(1) },
        order: Some(CardOrder { key: "o".into(), state: OrderState::Paid, line: line() }),
        product: Some(CardProduct { key: "p".into(), title: "t".into(), line: line() }),
        slots: vec![CardSlot { name: "n".into(), value: "v".into(), seq: None }],
        tried: vec![line()],
        done: vec![line()],
        failed: vec![line()],
        promises: vec![line()],
        emotion: CardEmotion { level: Emotion::Upset, quote: Some(line()) },
        allowed: vec![CardAction {
            name: "return_items".into(),
            text: "t".into(),
            limits: "l".into(),
            needs_approval: true,
            refund: Some(money()),
        }],
        suggested: vec![line()],
        drafts: vec![CardDraft {
            text: "t".into(),
            sources: vec![Source { article: ArticleId::from_bits(1), version: 2, title: "t".into() }],
            seq: Some(4),
        }],
        due_at: Some(Timestamp(2)),
        written_at: Timestamp(1),
    });
}

#[test]
fn bot_traces() {
    use TurnStage::*;
    let step = |stage| TraceStep { stage, took_ms: 1, summary: both(), detail: serde_json::json!({"score": 0.5}) };
    for outcome in [TurnOutcome::Replied, TurnOutcome::Withheld, TurnOutcome::HandedOff, TurnOutcome::Skipped] {
        same::<traces::Trace>(Trace {
            id: TraceId::from_bits(1),
            conversation: ConversationId::from_bits(1),
            seq: 1,
            at: Timestamp(1),
            took_ms: 1,
            language: Language::En,
            epoch: 1,
            outcome,
            steps: [Understand, Decide, Act, Compose, Guard, Deliver].map(step).into(),
            sources: vec![Source { article: ArticleId::from_bits(1), version: 1, title: "t".into() }],
        });
    }
}

#[test]
fn articles_as_drafts() {
    let wording = Wording { question: "q".into(), aliases: vec!["a".into()], answer: "a".into() };
    same::<articles::ArticleDraft>(ArticleDraft {
        key: "k".into(),
        category: "c".into(),
        scope: Scope { products: vec!["p".into()], categories: vec!["c".into()] },
        valid_from: Some(Timestamp(1)),
        valid_until: Some(Timestamp(2)),
        zh: Some(wording.clone()),
        en: Some(wording),
    });
}

#[test]
fn records_of_the_shop() {
    same::<shop::Product>(Product {
        key: "p".into(),
        title: both(),
        category: "c".into(),
        brand: "b".into(),
        description: both(),
        attributes: vec![attribute()],
        variants: vec![Variant {
            key: "v".into(),
            options: vec![attribute()],
            price: money(),
            list_price: Some(money()),
            stock: 1,
            restock_at: Some(Timestamp(1)),
        }],
        aliases: vec!["a".into()],
        picture: Some("p".into()),
        page: Some("p".into()),
        on_sale: true,
    });
    let shipment = Shipment {
        key: "s".into(),
        carrier: both(),
        tracking_number: "1".into(),
        state: ShipmentState::Created,
        created_at: Timestamp(1),
        expected_at: Some(Timestamp(2)),
        scans: vec![Scan { at: Timestamp(1), place: both(), what: both() }],
    };
    let refund = Refund {
        key: "r".into(),
        state: RefundState::Requested,
        amount: money(),
        reason: both(),
        requested_at: Timestamp(1),
        updated_at: Some(Timestamp(2)),
        due_at: Some(Timestamp(3)),
        method: Some("m".into()),
    };
    same::<shop::Order>(order(vec![shipment], vec![refund]));
}

#[test]
fn deeds() {
    use domain::action::*;
    let order = || domain::shop::OrderKey::from("o");
    let variant = || domain::shop::VariantKey::from("v");
    let address = || Address { recipient: "r".into(), country: "CN".into(), ..Address::default() };
    let changes = || vec![ItemChange { from: variant(), to: variant() }];
    let invoice = |kind| Invoice { kind, title: "t".into(), tax_number: Some("n".into()), email: Some("e".into()) };
    let payment = || Some(PaymentKey::from("p"));
    let pictures = || vec![FileId::from_bits(1)];
    let report = |problem| Action::ReportProblem {
        order: order(),
        items: vec![variant()],
        problem,
        description: "d".into(),
        pictures: pictures(),
    };
    let all = [
        Action::CancelOrder { order: order(), reason: "r".into() },
        Action::ChangeAddress { order: order(), address: address() },
        Action::ChangeItems { order: order(), changes: changes(), payment: payment() },
        Action::ChangePayment { order: order(), payment: "p".into() },
        Action::UrgeShipment { order: order() },
        Action::ScheduleDelivery { order: order(), day: "2026-11-24".into(), part: Some("morning".into()) },
        Action::ReturnItems {
            order: order(),
            items: vec![variant()],
            reason: "r".into(),
            payment: payment(),
            pictures: pictures(),
        },
        Action::ExchangeItems { order: order(), changes: changes(), reason: "r".into(), payment: payment() },
        Action::ProtectPrice { order: order(), item: variant() },
        report(Problem::Missing),
        report(Problem::Damaged),
        report(Problem::WrongItem),
        report(Problem::Defective),
        Action::IssueInvoice { order: order(), invoice: invoice(InvoiceKind::Personal) },
        Action::ChangeInvoice { order: order(), invoice: invoice(InvoiceKind::Company) },
        Action::RequestRepair { order: order(), item: variant(), description: "d".into() },
        Action::RemindRestock { product: "p".into(), variant: Some(variant()) },
        Action::FileComplaint { order: Some(order()), text: "t".into() },
        Action::ChangeHomeAddress { address: address() },
    ];
    for action in all {
        same::<deeds::Action>(action.clone());
        let sums = Sums { refund: Some(money()), charge: Some(money()) };
        same::<deeds::Deed>(Deed { key: "k".into(), at: Timestamp(1), action, sums });
    }
    use domain::shop::PaymentKind as K;
    for kind in [K::GiftCard, K::CreditCard, K::Paypal, K::Wallet, K::BankTransfer, K::Other] {
        same::<deeds::PaymentMethod>(PaymentMethod {
            key: "p".into(),
            kind,
            brand: Some("b".into()),
            last_four: Some("1234".into()),
            balance: Some(money()),
        });
    }
}

fn order(shipments: Vec<Shipment>, refunds: Vec<Refund>) -> Order {
    Order {
        key: "o".into(),
        customer: "c".into(),
        state: OrderState::AfterSales,
        lines: vec![OrderLine {
            product: "p".into(),
            variant: "v".into(),
            title: both(),
            options: both(),
            quantity: 1,
            unit_price: money(),
            picture: Some("p".into()),
        }],
        total: money(),
        shipping_fee: Some(money()),
        address: Address { recipient: "r".into(), country: "CN".into(), ..Address::default() },
        placed_at: Timestamp(1),
        paid_at: Some(Timestamp(1)),
        closes_at: Some(Timestamp(1)),
        ship_by: Some(Timestamp(1)),
        delivered_at: Some(Timestamp(1)),
        payment_method: Some("m".into()),
        shipments,
        refunds,
        note: Some("n".into()),
        payments: [PaymentDirection::Payment, PaymentDirection::Refund]
            .map(|direction| Payment { direction, amount: money(), method: "p".into() })
            .into(),
        invoice: Some(domain::action::Invoice {
            kind: domain::action::InvoiceKind::Company,
            title: "t".into(),
            tax_number: Some("n".into()),
            email: None,
        }),
        delivery_wish: Some(DeliveryWish { day: "2026-11-24".into(), part: Some("morning".into()) }),
        deeds: vec![domain::action::Deed {
            key: "k".into(),
            at: Timestamp(1),
            action: domain::action::Action::UrgeShipment { order: "o".into() },
            sums: domain::action::Sums::default(),
        }],
        extra: serde_json::Map::from_iter([("own".to_owned(), serde_json::json!(1))]),
    }
}
