//! The bot's turn, without a model: articles, look-ups, choices, abstaining.

use domain::{
    conversation::{Fact, ReplyKind},
    handoff::HandoffReason,
    message::{Card, QuickAction},
};

use crate::desk::test;

#[tokio::test]
async fn answers_from_an_article_and_cites_it() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, "怎么申请退货？").await;
    assert!(reply.text.contains("申请售后"), "{}", reply.text);
    assert_eq!(reply.sources.len(), 1);
    assert_eq!((reply.sources[0].version, reply.sources[0].title.as_str()), (1, "怎么申请退货"));
    // The trace tells what was considered.
    let log = test.log(id).await;
    let trace = log.iter().find_map(|(event, _)| match event.fact {
        Fact::BotReplied { trace, .. } => trace,
        _ => None,
    });
    let trace = test.desk.store.trace(trace.expect("a trace")).await.unwrap().expect("stored");
    assert!(trace.steps.len() >= 4, "{trace:?}");
    assert_eq!(trace.sources, reply.sources);
    test.verify(id).await;
}

#[tokio::test]
async fn follows_the_language_of_the_shopper() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, "How do I return an item?").await;
    assert!(reply.text.contains("Request after-sales"), "{}", reply.text);
    assert_eq!(test.state(id).await.language, domain::language::Language::En);
}

#[tokio::test]
async fn abstains_once_and_hands_over_the_second_time() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let first = test.ask(id, &shopper, "你会下围棋吗").await;
    assert_eq!(first.quick_replies[0].action, Some(QuickAction::Human));
    assert!(test.state(id).await.is_with_bot());
    test.ask(id, &shopper, "股票今天涨了没").await;
    let state = test.state(id).await;
    assert_eq!(state.handoff, Some(HandoffReason::Abstained));
    assert!(!state.is_with_bot());
    let (_, card) = test.card(id).await;
    assert!(!card.failed.is_empty());
    test.verify(id).await;
}

#[tokio::test]
async fn tells_orders_only_to_their_verified_owner() {
    let test = test().await;
    let visitor = test.visitor().await;
    let anonymous = test.open(&visitor).await;
    let reply = test.ask(anonymous, &visitor, "我的快递到哪了").await;
    assert_eq!(reply.quick_replies[0].action, Some(QuickAction::SignIn));
    assert!(reply.cards.is_empty());

    let orders = match &*test.demo {
        engine::shop::Connector::Demo(shop) => shop.records(),
        _ => unreachable!("the demo shop"),
    };
    let mine = orders.all_orders().find(|order| !order.shipments.is_empty()).expect("a shipped order").clone();
    let theirs = orders.all_orders().find(|order| order.customer != mine.customer).expect("another's").clone();
    let shopper = test.customer(mine.customer.as_str()).await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, &format!("帮我查一下 {} 的物流", mine.key)).await;
    let Some(Card::Order(card)) = reply.cards.first() else { panic!("no order card: {reply:?}") };
    assert_eq!(card.order, mine.key);
    assert!(reply.text.contains(&mine.shipments[0].tracking_number), "{}", reply.text);

    let reply = test.ask(id, &shopper, &format!("{} 到哪了", theirs.key)).await;
    assert!(!reply.text.contains(theirs.key.as_str()), "{}", reply.text);
    assert!(reply.cards.is_empty());
}

#[tokio::test]
async fn tells_product_facts_from_the_catalogue() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let product = match &*test.demo {
        engine::shop::Connector::Demo(shop) => shop.records().all_products().next().expect("a product").clone(),
        _ => unreachable!("the demo shop"),
    };
    let reply = test.ask(id, &shopper, &format!("{}多少钱", product.title.zh)).await;
    let price = product.variants.iter().map(|variant| variant.price.minor).min().unwrap();
    assert!(reply.text.contains(&format!("{}.{:02}", price / 100, price % 100)), "{}", reply.text);
    assert!(matches!(reply.cards.first(), Some(Card::Product(card)) if card.product == product.key));
    // The product stays in focus.
    let reply = test.ask(id, &shopper, "有货吗").await;
    assert!(matches!(reply.cards.first(), Some(Card::Product(card)) if card.product == product.key), "{reply:?}");
}

#[tokio::test]
async fn one_reply_for_a_burst_and_none_twice() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    test.say(id, &shopper, "在吗").await;
    test.say(id, &shopper, "怎么开发票").await;
    test.work().await;
    let replies = |log: Vec<(domain::conversation::Event, Option<String>)>| {
        log.into_iter().filter(|(event, _)| matches!(event.fact, Fact::BotReplied { .. })).count()
    };
    assert_eq!(replies(test.log(id).await), 1);
    assert!(test.last_bot(id).await.text.contains("电子发票"));
    test.work().await;
    assert_eq!(replies(test.log(id).await), 1);
}

#[tokio::test]
async fn small_talk_is_no_abstention() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    for text in ["你好", "在吗", "谢谢", "好的", "😊"] {
        test.ask(id, &shopper, text).await;
    }
    let log = test.log(id).await;
    let kinds: Vec<ReplyKind> = log
        .iter()
        .filter_map(|(event, _)| match event.fact {
            Fact::BotReplied { reply, .. } => Some(reply),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [ReplyKind::Social; 5]);
}
