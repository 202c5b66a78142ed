//! What only a database in a file has: its mode, its addresses, and reading it without writing.

use store::*;

use crate::world::{T0, World};

#[tokio::test]
async fn refuses_addresses_it_cannot_serve() {
    for bad in
        ["", "tandem.db", "mysql://x/y", "sqlite://", "sqlite::memory:", "sqlite://:memory:", "sqlite:///a?mode=rwc"]
    {
        let error = Store::open(bad, OpenOptions::default()).await.unwrap_err();
        assert!(matches!(error, StoreError::BadAddress), "{bad}: {error:?}");
    }
    let error = Store::open("sqlite:///no/such/folder/tandem.db", OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::on_sqlite().await;
    world.shop().await;
    let file = world.file().unwrap();
    for path in [file.clone(), file.with_extension("db-wal"), file.with_extension("db-shm")] {
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
    }
    world.end().await;
}

#[tokio::test]
async fn what_is_no_database_is_damage() {
    let world = World::empty_sqlite().await;
    world.store.close().await;
    std::fs::write(world.file().unwrap(), "this is a letter, not a database. ".repeat(200)).unwrap();
    let error = Store::open(&world.url, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
}

#[tokio::test]
async fn survives_reopening_and_reads_without_writing() {
    let world = World::on_sqlite().await;
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    talk.say(&world, T0, "hello").await;
    // While another process has it open, and after that has closed it.
    for is_closed in [false, true] {
        if is_closed {
            world.store.close().await;
        }
        let reader = Store::open(&format!("{}?mode=ro", world.url), OpenOptions::default()).await.unwrap();
        assert_eq!(reader.conversation(talk.state.id).await.unwrap().unwrap().conversation, talk.state);
        assert_eq!(reader.verify_conversation(talk.state.id).await.unwrap(), vec![]);
        assert!(reader.pending_migrations().await.unwrap().is_empty());
        let error = reader.mark_read(talk.state.id, Side::Team, 1).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        reader.close().await;
    }
    let again = Store::open(&world.url, OpenOptions::default()).await.unwrap();
    assert_eq!(again.events(talk.state.id, 0, 10).await.unwrap().len(), 2);
    assert!(again.mark_read(talk.state.id, Side::Team, 1).await.unwrap());
    again.close().await;
    let missing = format!("{}.none?mode=ro", world.url);
    assert!(matches!(Store::open(&missing, OpenOptions::default()).await, Err(StoreError::Unavailable(_))));
}

/// Two processes may write to one file: they wait for each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_may_write_too() {
    let world = World::on_sqlite().await;
    let shop = world.shop().await;
    let other = Store::open(&world.url, OpenOptions::default()).await.unwrap();
    let (mut here, mut there) = (world.talk(&shop, T0).await, world.talk(&shop, T0).await);
    tokio::join!(
        async {
            for n in 0..20 {
                here.say(&world, T0, &n.to_string()).await;
            }
        },
        async {
            for seq in 0..20 {
                there.say(&world, T0, "x").await;
                assert!(other.mark_read(there.state.id, Side::Team, seq + 2).await.unwrap());
            }
        }
    );
    here.assert_consistent(&world).await;
    there.assert_consistent(&world).await;
    other.close().await;
    world.end().await;
}
