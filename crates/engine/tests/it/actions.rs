//! Actions on orders: whose they are, once a key, with approval where asked, undone while it may be, never past policy.

use domain::{
    action::Action,
    id::ConversationId,
    shop::{Address, Order, OrderKey, OrderState},
    time::MINUTE_MS,
};
use engine::{
    actions::{self, Doer, For, Performed, Preview, Record, State, Wish},
    error::DeskError,
    shop::{Connector, demo::*},
};
use skills::policy::Verdict;

use crate::desk::{SHOP, Test, test};

pub fn told(test: &Test, order: &DemoOrder) -> OrderKey {
    let Connector::Demo(demo) = test.demo.as_ref() else { panic!("the demo shop") };
    demo.order_key(order).expect("an order of the stories")
}

pub async fn talk(test: &Test, customer: &str) -> ConversationId {
    let shopper = test.customer(customer).await;
    test.open(&shopper).await
}

pub fn wish(conversation: ConversationId, action: Action) -> Wish {
    Wish { doer: Doer::Bot, whom: For::Conversation(conversation), action }
}

pub fn cancel(order: &OrderKey) -> Action {
    Action::CancelOrder { order: order.clone(), reason: "不想要了".into() }
}

pub fn rule(preview: &Preview) -> &str {
    preview.verdict.rule().unwrap_or_default()
}

pub async fn preview(test: &Test, wish: &Wish) -> Preview {
    actions::preview(&test.desk, wish).await.expect("a preview")
}

/// Shown, confirmed and done.
pub async fn act(test: &Test, wish: &Wish, key: &str) -> Record {
    let shown = preview(test, wish).await;
    let token = shown.token.unwrap_or_else(|| panic!("refused: {:?}", shown.verdict));
    let done = actions::perform(&test.desk, wish, &token, key).await.expect("performed");
    done.record().cloned().unwrap_or_else(|| panic!("{done:?}"))
}

pub async fn order(test: &Test, key: &OrderKey) -> Order {
    test.demo.order(key).await.expect("the order")
}

#[tokio::test]
async fn a_confirmed_cancellation_moves_money_and_goods() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let before = order(&test, &key).await;
    let stock = |test: &Test| {
        let (demo, line) = (test.demo.clone(), before.lines[0].clone());
        async move {
            let product = demo.product(&line.product).await.unwrap();
            product.variants.iter().find(|own| own.key == line.variant).unwrap().stock
        }
    };
    let stock_before = stock(&test).await;
    let wish = wish(talk(&test, WANG.key).await, cancel(&key));
    let shown = preview(&test, &wish).await;
    assert_eq!(shown.verdict, Verdict::Allowed);
    assert_eq!(shown.sums.refund.as_ref(), Some(&before.total));
    assert!(shown.lines.iter().any(|line| line.zh.contains(&format!("¥{}", before.total.decimal()))), "{shown:?}");
    assert!(shown.lines.iter().all(|line| !line.zh.is_empty() && !line.en.is_empty()));
    assert_eq!(order(&test, &key).await, before, "a preview changes nothing");

    let record = act(&test, &wish, "k1").await;
    assert_eq!((record.state, record.by.as_str()), (State::Done, "bot"));
    let after = order(&test, &key).await;
    assert_eq!(after.state, OrderState::Cancelled);
    assert_eq!(after.refunds.last().map(|refund| &refund.amount), Some(&before.total));
    assert_eq!(stock(&test).await, stock_before + 1);
    assert_eq!(after.deeds.len(), 1);
    let audit = test.desk.store.audit(None, Some(&record.id.to_string()), 10).await.unwrap();
    let mut actions: Vec<&str> = audit.rows.iter().map(|row| row.entry.action.as_str()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["action.done", "action.running"]);
    assert!(!audit.rows.iter().any(|row| row.entry.detail.contains("不想要了")), "no words of the shopper");
    let again = preview(&test, &wish).await;
    assert_eq!((rule(&again), again.token.as_ref()), ("before_shipping", None));
}

#[tokio::test]
async fn another_customers_order_can_not_be_touched() {
    let test = test().await;
    let (wangs, nobodys) = (told(&test, &WANG_PAID), OrderKey::from("SL2000010100001"));
    let lin = talk(&test, LIN.key).await;
    let visitor = test.visitor().await;
    let anonymous = test.open(&visitor).await;
    for doer in [Doer::Shopper, Doer::Bot, Doer::Model, Doer::Agent(Box::new(test.supervisor.clone()))] {
        for order in [&wangs, &nobodys] {
            let wish = Wish { doer: doer.clone(), whom: For::Conversation(lin), action: cancel(order) };
            let shown = preview(&test, &wish).await;
            assert_eq!((rule(&shown), shown.token.as_deref()), ("order_known", None), "{doer:?} {order}");
        }
    }
    let unverified = preview(&test, &wish(anonymous, cancel(&wangs))).await;
    assert_eq!(rule(&unverified), "customer_verified");
    // Only the merchant's own program may name a customer.
    let named = |doer| Wish { doer, whom: For::Customer(SHOP, WANG.customer_key()), action: cancel(&wangs) };
    let by_bot = actions::preview(&test.desk, &named(Doer::Bot)).await;
    assert!(matches!(by_bot, Err(DeskError::Forbidden)), "{by_bot:?}");
    assert_eq!(preview(&test, &named(Doer::Api("erp".into()))).await.verdict, Verdict::Allowed);
    assert_eq!(order(&test, &wangs).await.state, OrderState::Paid);
}

#[tokio::test]
async fn one_key_is_done_once_however_many_ask() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let wish = wish(talk(&test, WANG.key).await, cancel(&key));
    let token = preview(&test, &wish).await.token.unwrap();
    let ask = || actions::perform(&test.desk, &wish, &token, "same");
    let (first, second, third) = tokio::join!(ask(), ask(), ask());
    let records: Vec<Record> = [first, second, third].map(|done| done.unwrap().record().unwrap().clone()).into();
    assert!(records.iter().all(|record| record.id == records[0].id && record.state == State::Done), "{records:#?}");
    let after = order(&test, &key).await;
    assert_eq!((after.refunds.len(), after.deeds.len()), (1, 1));
    let later = ask().await.unwrap();
    assert_eq!(later.record().map(|record| record.id), Some(records[0].id));
    let another = Wish { action: Action::UrgeShipment { order: key }, ..wish };
    let taken = actions::perform(&test.desk, &another, &token, "same").await;
    assert!(matches!(taken, Err(DeskError::Invalid(_))), "the same key for another wish: {taken:?}");
}

#[tokio::test]
async fn two_keys_at_once_can_not_do_twice_what_may_be_done_once() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let conversation = talk(&test, WANG.key).await;
    let address = |street: &str| Address { street: street.into(), ..address() };
    let change = |street: &str| Action::ChangeAddress { order: key.clone(), address: address(street) };
    let (one, two) = (wish(conversation, change("东一路 1 号")), wish(conversation, change("西二路 2 号")));
    let tokens = (preview(&test, &one).await.token.unwrap(), preview(&test, &two).await.token.unwrap());
    let (one, two) = tokio::join!(
        actions::perform(&test.desk, &one, &tokens.0, "a"),
        actions::perform(&test.desk, &two, &tokens.1, "b")
    );
    let is_done = |done: &Performed| done.record().is_some_and(|record| record.state == State::Done);
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!([is_done(&one), is_done(&two)].iter().filter(|done| **done).count(), 1, "{one:?} {two:?}");
    assert_eq!(order(&test, &key).await.deeds.len(), 1);
}

pub fn address() -> Address {
    Address {
        recipient: "王雨桐".into(),
        phone: "13800000000".into(),
        country: "CN".into(),
        province: "浙江".into(),
        city: "杭州".into(),
        district: "西湖区".into(),
        street: "文三路 1 号".into(),
        postcode: String::new(),
    }
}

#[tokio::test]
async fn only_what_was_shown_can_be_confirmed() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let conversation = talk(&test, WANG.key).await;
    let (urge, cancel) = (Action::UrgeShipment { order: key.clone() }, cancel(&key));
    let token = preview(&test, &wish(conversation, urge)).await.token.unwrap();
    let cancel = wish(conversation, cancel);
    for token in [token.as_str(), "", "0.", "9999999999999.AAAA", "x.y"] {
        let done = actions::perform(&test.desk, &cancel, token, "k").await.unwrap();
        assert!(matches!(done, Performed::Changed(_)), "{token}: {done:?}");
    }
    let own = preview(&test, &cancel).await.token.unwrap();
    let as_shopper = Wish { doer: Doer::Shopper, ..cancel.clone() };
    let done = actions::perform(&test.desk, &as_shopper, &own, "k").await.unwrap();
    assert!(matches!(done, Performed::Changed(_)), "confirmed by another hand than it was shown to");
    test.clock.advance_ms(actions::CONFIRM_WITHIN_MS + 1);
    let late = actions::perform(&test.desk, &cancel, &own, "k").await.unwrap();
    let Performed::Changed(fresh) = late else { panic!("a forgotten preview was confirmed") };
    assert_eq!(order(&test, &key).await.state, OrderState::Paid);
    let token = fresh.token.expect("a fresh preview to confirm");
    assert!(actions::perform(&test.desk, &cancel, &token, "k").await.unwrap().record().is_some());
}

#[tokio::test]
async fn an_order_being_packed_waits_for_somebody_who_looks() {
    let test = test().await;
    let key = told(&test, &CHEN_PACKING);
    let wish = wish(talk(&test, CHEN.key).await, cancel(&key));
    let record = act(&test, &wish, "k").await;
    assert_eq!((record.state, record.rule.as_deref()), (State::AwaitingApproval, Some("packing_needs_a_look")));
    assert_eq!(order(&test, &key).await.state, OrderState::Packing);
    let again = preview(&test, &wish).await;
    assert_eq!(rule(&again), "not_already_asked");
    let listed = actions::waiting(&test.desk, &test.agent).await.unwrap();
    assert_eq!(listed.iter().map(|record| record.id).collect::<Vec<_>>(), [record.id]);
    let by_operator = actions::approve(&test.desk, &test.operator, record.id).await;
    assert!(matches!(by_operator, Err(DeskError::NotFound)), "{by_operator:?}");
    let done = actions::approve(&test.desk, &test.agent, record.id).await.unwrap();
    assert_eq!((done.state, done.decided_by), (State::Done, Some(test.agent.id)));
    assert_eq!(order(&test, &key).await.state, OrderState::Cancelled);
    let twice = actions::approve(&test.desk, &test.agent, record.id).await;
    assert!(matches!(twice, Err(DeskError::Conflict)), "{twice:?}");
}

#[tokio::test]
async fn what_is_not_approved_is_not_done() {
    let test = test().await;
    let key = told(&test, &CHEN_PACKING);
    let wish = wish(talk(&test, CHEN.key).await, cancel(&key));
    let record = act(&test, &wish, "k").await;
    let refused = actions::refuse_approval(&test.desk, &test.supervisor, record.id, None).await.unwrap();
    assert_eq!((refused.state, refused.rule.as_deref()), (State::Refused, Some("not_approved")));
    assert_eq!(order(&test, &key).await.state, OrderState::Packing);
    // An agent may do it with their own hand: they are the one who has to look.
    let own = Wish { doer: Doer::Agent(Box::new(test.agent.clone())), ..wish };
    assert_eq!(preview(&test, &own).await.verdict, Verdict::Allowed);
}

#[tokio::test]
async fn a_change_of_address_can_be_taken_back_for_a_while() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let conversation = talk(&test, WANG.key).await;
    let (doer, whom) = (Doer::Bot, For::Conversation(conversation));
    let before = order(&test, &key).await;
    let change = wish(conversation, Action::ChangeAddress { order: key.clone(), address: address() });
    let first = act(&test, &change, "a").await;
    assert_eq!(order(&test, &key).await.address.street, "文三路 1 号");
    assert_eq!(rule(&preview(&test, &change).await), "address_once");
    let others = talk(&test, LIN.key).await;
    let stolen = actions::undo(&test.desk, &doer, &For::Conversation(others), first.id).await;
    assert!(matches!(stolen, Err(DeskError::NotFound)), "{stolen:?}");
    let undone = actions::undo(&test.desk, &doer, &whom, first.id).await.unwrap().unwrap();
    assert_eq!(undone.state, State::Undone);
    assert_eq!(order(&test, &key).await, before);
    let again = actions::undo(&test.desk, &doer, &whom, first.id).await.unwrap().unwrap();
    assert_eq!(again.state, State::Undone, "undoing twice is undoing once");

    let second = act(&test, &change, "b").await;
    test.clock.advance_ms(11 * MINUTE_MS);
    let late = actions::undo(&test.desk, &doer, &whom, second.id).await.unwrap().unwrap_err();
    assert_eq!(late.rule, "undo_window");
}

#[tokio::test]
async fn what_has_changed_since_stays_done() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let conversation = talk(&test, WANG.key).await;
    let whom = For::Conversation(conversation);
    let changed =
        act(&test, &wish(conversation, Action::ChangeAddress { order: key.clone(), address: address() }), "a").await;
    act(&test, &wish(conversation, Action::UrgeShipment { order: key.clone() }), "b").await;
    let kept = actions::undo(&test.desk, &Doer::Bot, &whom, changed.id).await.unwrap().unwrap_err();
    assert_eq!(kept.rule, "shop_changed_since");
    let cancelled = act(&test, &wish(conversation, cancel(&key)), "c").await;
    let kept = actions::undo(&test.desk, &Doer::Bot, &whom, cancelled.id).await.unwrap().unwrap_err();
    assert_eq!(kept.rule, "undo_window", "the policy lets nobody undo a cancellation");
}

/// The process died after writing the action down; the job finishes it under the same id, once.
#[tokio::test]
async fn an_action_left_running_is_finished_by_its_job() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let wish = wish(talk(&test, WANG.key).await, cancel(&key));
    let done = act(&test, &wish, "k").await;
    // As if the shop had done it, and the answer never been written.
    let mut row = test.desk.store.action(done.id).await.unwrap().unwrap();
    (row.state, row.outcome) = ("running".into(), None);
    let note = |what: &str| store::NewAudit {
        id: domain::id::AuditId::from_bits(test.desk.ids.bits()),
        at: test.desk.now(),
        staff: None,
        action: what.into(),
        subject: done.id.to_string(),
        detail: "{}".into(),
    };
    test.desk.store.advance_action(&row, "done", &note("test"), None).await.unwrap();
    test.clock.advance_ms(MINUTE_MS);
    test.work().await;
    let listed = actions::of_order(&test.desk, &test.agent, SHOP, &key).await.unwrap();
    assert_eq!((listed.len(), listed[0].state), (1, State::Done));
    assert_eq!(order(&test, &key).await.refunds.len(), 1);
    assert!(matches!(actions::of_order(&test.desk, &test.operator, SHOP, &key).await, Err(DeskError::NotFound)));
    let conversation = listed[0].conversation.unwrap();
    let of_conversation = actions::of_conversation(&test.desk, &test.agent, conversation).await.unwrap();
    assert_eq!(of_conversation, listed);
}
