//! A full disk, made by forbidding the one writer to grow the file. Inside the crate, as only it holds the writer.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Conversation, Event, Opening, decide},
    id::{ConversationId, MessageId, QueueId, ShopId, ShopperId},
    language::{Bilingual, Language},
    time::Timestamp,
};

use crate::{Append, Appended, NewBody, OpenOptions, Shop, Shopper, Store, StoreError, database::sql};

const NOW: Timestamp = Timestamp(1_763_800_000_000);

async fn desk_with_conversation(store: &Store) -> Conversation {
    store.migrate().await.unwrap();
    let shop = Shop {
        id: ShopId::from_bits(1),
        key: "shop".into(),
        name: Bilingual::default(),
        settings: "{}".into(),
        identity_secret: String::new(),
        queue: QueueId::from_bits(1),
        assigns: false,
        created_at: NOW,
    };
    store.create_shop(&shop).await.unwrap();
    let shopper = Shopper {
        id: ShopperId::from_bits(1),
        shop: shop.id,
        customer: None,
        name: None,
        language: Language::Zh,
        level: 0,
        prefers: None,
        contact: None,
        created_at: NOW,
        seen_at: NOW,
    };
    store.create_shopper(&shopper).await.unwrap();
    let opening = Opening {
        id: ConversationId::from_bits(1),
        shop: shop.id,
        shopper: shopper.id,
        customer: None,
        language: Language::Zh,
        controller: Controller::Bot,
    };
    let (state, event) = opening.start(NOW);
    assert_eq!(append(store, &state, 0, &[event], 0).await.unwrap(), Appended::Done);
    state
}

async fn append(
    store: &Store,
    state: &Conversation,
    expected_seq: i64,
    events: &[Event],
    size: usize,
) -> crate::Result<Appended> {
    let ids = events.iter().filter_map(|event| event.fact.message());
    let bodies = ids.map(|id| NewBody { id, json: "x".repeat(size) }).collect();
    let (jobs, trace, memory, preview, page) = (vec![], None, None, None, None);
    store
        .append(Append {
            state,
            expected_seq,
            events,
            bodies,
            jobs,
            deadlines: vec![],
            trace,
            memory,
            preview,
            page,
            seat: None,
            notices: vec![],
        })
        .await
}

/// The state after the shopper has said something, and the event.
fn said(state: &Conversation, n: u128) -> (Conversation, Event) {
    let command = Command::Say { message: MessageId::from_bits(n), client: n.to_string() };
    let by = Actor::Shopper(state.shopper);
    let fact = decide(NOW, state, by, command).unwrap().remove(0);
    let event = Event { conversation: state.id, seq: state.seq + 1, at: NOW, by, fact };
    let mut after = state.clone();
    after.apply(&event);
    (after, event)
}

async fn limit_pages(store: &Store, pages: &'static str) {
    let mut tx = store.write().await.unwrap();
    sql(pages).all::<(i64,)>(tx.on()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn is_reported_as_such_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/tandem.db", folder.path().display());
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let mut state = desk_with_conversation(&store).await;
    // SQLite takes the present size for a limit below it.
    limit_pages(&store, "PRAGMA max_page_count = 1").await;
    let mut stored = 0;
    let error = loop {
        let (after, event) = said(&state, 1_000 + stored);
        match append(&store, &after, state.seq, &[event], 9_000).await {
            Ok(Appended::Done) => state = after,
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error,
        }
        stored += 1;
        assert!(stored < 1_000, "the disk never got full");
    };
    assert!(matches!(error, StoreError::Full(_)) && error.is_transient(), "{error:?}");
    assert_eq!(store.verify_conversation(state.id).await.unwrap(), vec![]);
    assert_eq!(store.conversation(state.id).await.unwrap().unwrap().conversation, state);
    // The connection was replaced by one without the limit, as if somebody had made room: the same append succeeds.
    let (after, event) = said(&state, 1_000 + stored);
    assert_eq!(append(&store, &after, state.seq, &[event], 9_000).await.unwrap(), Appended::Done);
    assert_eq!(store.verify_conversation(state.id).await.unwrap(), vec![]);
    store.close().await;
}
