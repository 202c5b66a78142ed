//! Damage is found and named, never passed on as if it were sound.

use store::*;

use crate::world::{T0, World};

pub async fn check_verify_finds_damage(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    talk.say(world, T0, "hello").await;
    talk.enter_queue(world, T0.plus_ms(5), shop.queue).await;
    talk.assert_consistent(world).await;
    let id = talk.state.id;
    let cases = [
        ("unread = unread + 1", "unread = unread - 1", "times"),
        ("controller = 'bot'", "controller = 'queue'", "controller"),
        ("queued_since = 1", "queued_since = {queued}", "queued_since"),
        ("is_open = NOT is_open", "is_open = NOT is_open", "is_open"),
        ("last_seq = 9", "last_seq = 4", "last_seq"),
        ("state = REPLACE(state, '\"zh\"', '\"en\"')", "state = REPLACE(state, '\"en\"', '\"zh\"')", "state"),
    ];
    for (damage, mend, what) in cases {
        world.run_raw(&format!("UPDATE conversations SET {damage} WHERE id = '{id}'")).await;
        let found = world.verify_conversation(id).await.unwrap();
        assert!(found.iter().any(|difference| difference.what == what), "{damage}: {found:?}");
        let mend = mend.replace("{queued}", &T0.plus_ms(5).0.to_string());
        world.run_raw(&format!("UPDATE conversations SET {mend} WHERE id = '{id}'")).await;
        assert_eq!(world.verify_conversation(id).await.unwrap(), vec![], "{mend}");
    }
    world.run_raw(&format!("UPDATE queue_stays SET left_at = 1 WHERE conversation_id = '{id}'")).await;
    assert!(world.verify_conversation(id).await.unwrap().iter().any(|found| found.what == "queue stay"));
    world.run_raw(&format!("DELETE FROM bodies WHERE conversation_id = '{id}'")).await;
    assert!(world.verify_conversation(id).await.unwrap().iter().any(|found| found.what == "body"));
    assert_eq!(world.verify_conversation(domain::id::ConversationId::from_bits(77)).await.unwrap(), vec![]);
}

pub async fn check_unreadable_rows(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    talk.say(world, T0, "hello").await;
    let id = talk.state.id;
    world.run_raw(&format!("DELETE FROM events WHERE conversation_id = '{id}' AND seq = 1")).await;
    let error = world.events(id, 0, 10).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { what: "log", .. }), "a hole in the log: {error:?}");
    world.run_raw(&format!("UPDATE events SET version = 9 WHERE conversation_id = '{id}'")).await;
    let error = world.events(id, 1, 10).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { what: "event", .. }), "{error:?}");
    world.run_raw(&format!("UPDATE conversations SET state = '{{}}' WHERE id = '{id}'")).await;
    let error = world.conversation(id).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { what: "conversation", .. }), "{error:?}");
    assert!(!error.is_transient());
}
