//! Visitors become customers; nobody sees another's conversation.

use std::time::Duration;

use domain::language::Language;
use engine::{
    conversations::{self, Outgoing},
    error::DeskError,
    shoppers,
};

use crate::desk::test;

#[tokio::test]
async fn the_visitors_conversation_becomes_the_customers() {
    let test = test().await;
    let visitor = test.visitor().await;
    let id = test.open(&visitor).await;
    test.ask(id, &visitor, "怎么开发票").await;
    let shop = test.shop().await;
    let person = shoppers::identify(&test.desk, &shop, Some(&visitor), &"demo-lin".into(), None, visitor.language)
        .await
        .unwrap();
    let state = test.state(id).await;
    assert_eq!((state.shopper, state.customer.map(|key| key.0)), (person.id, Some("demo-lin".into())));
    // The visitor's token opens nothing any more.
    assert!(matches!(conversations::of_shopper(&test.desk, id, visitor.id).await, Err(DeskError::NotFound)));
    conversations::of_shopper(&test.desk, id, person.id).await.unwrap();
    test.verify(id).await;
    // Signing in again is the same person.
    let again = shoppers::identify(&test.desk, &shop, None, &"demo-lin".into(), None, visitor.language).await.unwrap();
    assert_eq!(again.id, person.id);
}

#[tokio::test]
async fn signing_in_twice_at_once_keeps_the_conversation() {
    let test = test().await;
    let shop = test.shop().await;
    for round in 0..20 {
        let key = format!("customer-{round}").as_str().into();
        let person = shoppers::identify(&test.desk, &shop, None, &key, None, Language::Zh).await.unwrap();
        if round % 2 == 0 {
            // An older one with the bot makes place.
            test.open(&person).await;
        }
        let visitor = test.visitor().await;
        let id = test.open(&visitor).await;
        // Tabs that are a little apart, so that one adopts the conversation while another has just found it.
        let (test, shop, visitor, key) = (&test, &shop, &visitor, &key);
        let tabs = (0..6).map(async |tab| {
            tokio::time::sleep(Duration::from_micros(150 * tab)).await;
            shoppers::identify(&test.desk, shop, Some(visitor), key, None, visitor.language).await.unwrap();
        });
        futures::future::join_all(tabs).await;
        let state = test.state(id).await;
        assert!(state.is_open() && state.customer.is_some(), "round {round}: {:?}", state.stage);
    }
}

#[tokio::test]
async fn a_message_sent_twice_is_one_message() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let outgoing = || Outgoing { client: "same".into(), text: "怎么开发票".into(), files: vec![] };
    let first = conversations::say(&test.desk, id, shopper.id, outgoing()).await.unwrap();
    let (second, third) = tokio::join!(
        conversations::say(&test.desk, id, shopper.id, outgoing()),
        conversations::say(&test.desk, id, shopper.id, outgoing()),
    );
    for sent in [second.unwrap(), third.unwrap()] {
        assert!(sent.duplicate);
        assert_eq!((sent.seq, sent.message), (first.seq, first.message));
    }
}

#[tokio::test]
async fn bad_messages_are_refused_by_field() {
    let test = test().await;
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let cases = [
        ("", "hello", "client_id", "empty"),
        ("x", "   ", "text", "empty"),
        ("x", &"长".repeat(2_001), "text", "too_long"),
    ];
    for (client, text, field, code) in cases {
        let outgoing = Outgoing { client: client.into(), text: text.to_owned(), files: vec![] };
        let Err(DeskError::Invalid(faults)) = conversations::say(&test.desk, id, shopper.id, outgoing).await else {
            panic!("{field} {code} was accepted");
        };
        assert!(faults.iter().any(|fault| fault.field == field && fault.code == code), "{faults:?}");
    }
    assert_eq!(test.state(id).await.seq, 1);
}

#[tokio::test]
async fn files_of_others_cannot_be_sent() {
    let test = test().await;
    let (mine, theirs) = (test.visitor().await, test.visitor().await);
    let id = test.open(&mine).await;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01";
    let own = engine::files::put(&test.desk, mine.shop, &mine.id.to_string(), "a.png", png).await.unwrap();
    let other = engine::files::put(&test.desk, mine.shop, &theirs.id.to_string(), "b.png", png).await.unwrap();
    let outgoing = |client: &str, file| Outgoing { client: client.into(), text: String::new(), files: vec![file] };
    conversations::say(&test.desk, id, mine.id, outgoing("1", own.id)).await.unwrap();
    let stolen = conversations::say(&test.desk, id, mine.id, outgoing("2", other.id)).await;
    assert!(matches!(stolen, Err(DeskError::Invalid(_))), "{stolen:?}");
    assert_eq!(engine::files::read(&test.desk, &own).await.unwrap(), png);
}
