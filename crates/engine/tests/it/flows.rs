//! Skills in a conversation: several wishes at once, leaving and coming back, and what is never done without a yes.

use domain::{conversation::Fact, shop::OrderState};

use crate::desk::{Test, test};

async fn customer_order(test: &Test, digits: &str) -> String {
    let engine::shop::Connector::Demo(shop) = &*test.demo else { unreachable!("the demo shop") };
    let records = shop.records();
    let found = records.all_orders().find(|order| order.key.as_str().ends_with(digits));
    found.expect("an order of the stories").key.0.clone()
}

fn state(test: &Test, order: &str) -> OrderState {
    let engine::shop::Connector::Demo(shop) = &*test.demo else { unreachable!("the demo shop") };
    shop.records().order(&order.into()).expect("the order").state
}

#[tokio::test]
async fn an_order_is_cancelled_only_after_a_plain_yes() {
    let test = test().await;
    let order = customer_order(&test, "90401").await;
    let shopper = test.customer("demo-wang").await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, &format!("帮我取消订单 {order}")).await;
    assert!(reply.text.contains(&order), "{}", reply.text);
    assert_eq!(state(&test, &order), OrderState::Paid);
    // A question in between is no yes, and the question comes again.
    test.ask(id, &shopper, "怎么开发票").await;
    assert_eq!(state(&test, &order), OrderState::Paid);
    assert!(test.last_bot(id).await.quick_replies.iter().any(|reply| reply.text == "确认取消"));
    test.ask(id, &shopper, "确认").await;
    assert_eq!(state(&test, &order), OrderState::Cancelled);
    test.verify(id).await;
}

#[tokio::test]
async fn calling_off_does_nothing_and_the_trace_keeps_no_words() {
    let test = test().await;
    let order = customer_order(&test, "90401").await;
    let shopper = test.customer("demo-wang").await;
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, &format!("帮我取消订单 {order}")).await;
    test.ask(id, &shopper, "算了").await;
    assert_eq!(state(&test, &order), OrderState::Paid);
    let traces = test.log(id).await.into_iter().filter_map(|(event, _)| match event.fact {
        Fact::BotReplied { trace, .. } => trace,
        _ => None,
    });
    for trace in traces.collect::<Vec<_>>() {
        let trace = test.desk.store.trace(trace).await.unwrap().expect("stored");
        let told = serde_json::to_string(&trace.steps).unwrap();
        assert!(told.contains("cancel_order"), "{told}");
        assert!(!told.contains("帮我取消订单") && !told.contains("算了"), "{told}");
    }
}

#[tokio::test]
async fn somebody_elses_order_is_not_cancelled() {
    let test = test().await;
    let order = customer_order(&test, "90401").await;
    let shopper = test.customer("demo-lin").await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, &format!("帮我取消订单 {order}")).await;
    assert!(!reply.text.contains(&order), "{}", reply.text);
    test.ask(id, &shopper, "确认").await;
    assert_eq!(state(&test, &order), OrderState::Paid);
}
