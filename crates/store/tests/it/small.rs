//! Phrases, files, migrations, and text no database should choke on.

use domain::{id::*, language::Bilingual};
use store::*;

use crate::world::{T0, World};

pub async fn check_phrases(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let (me, colleague) = (world.agent(&shop, "Me").await, world.agent(&shop, "Colleague").await);
    let phrase = |shortcut: &str, shop: Option<&Shop>, owner: Option<&Staff>| Phrase {
        id: PhraseId::from_bits(world.next()),
        shop: shop.map(|shop| shop.id),
        owner: owner.map(|owner| owner.id),
        shortcut: shortcut.into(),
        text: Bilingual::new("您好", ""),
        group: "greetings".into(),
        used: 0,
        created_at: T0,
    };
    let everywhere = phrase("hi", None, None);
    let here = phrase("hi", Some(&shop), None);
    let mut mine = phrase("hi", Some(&shop), Some(&me));
    for phrase in [&everywhere, &here, &mine, &phrase("a", Some(&other), None), &phrase("b", None, Some(&colleague))] {
        world.create_phrase(phrase).await.unwrap();
    }
    let taken = [phrase("hi", None, None), phrase("hi", Some(&shop), None), phrase("hi", Some(&shop), Some(&me))];
    for phrase in &taken {
        assert!(matches!(world.create_phrase(phrase).await, Err(StoreError::Conflict)), "{phrase:?}");
    }
    let listed = world.phrases(&[shop.id], me.id).await.unwrap();
    assert_eq!(listed, [everywhere.clone(), here.clone(), mine.clone()]);
    assert_eq!(world.phrases(&[], me.id).await.unwrap(), [everywhere]);
    world.bump_phrase_used(mine.id).await.unwrap();
    world.bump_phrase_used(mine.id).await.unwrap();
    mine.shortcut = "hello".into();
    world.update_phrase(&mine).await.unwrap();
    mine.used = 2;
    assert_eq!(world.phrase(mine.id).await.unwrap().as_ref(), Some(&mine), "editing keeps the count");
    let clash = Phrase { shop: None, owner: None, shortcut: "hi".into(), ..mine.clone() };
    assert!(matches!(world.update_phrase(&clash).await, Err(StoreError::Conflict)));
    assert!(world.delete_phrase(mine.id).await.unwrap());
    assert!(!world.delete_phrase(mine.id).await.unwrap());
    assert_eq!(world.phrase(mine.id).await.unwrap(), None);
    assert!(matches!(world.update_phrase(&mine).await, Err(StoreError::Conflict)), "deleted meanwhile");
}

pub async fn check_files(world: &World) {
    let shop = world.shop().await;
    let shopper = world.shopper(&shop).await;
    let file = |uploader: String, width| StoredFile {
        id: FileId::from_bits(world.next()),
        shop: shop.id,
        uploader,
        name: "照片.png".into(),
        media_type: "image/png".into(),
        bytes: 5_000_000_000,
        width,
        height: width,
        sha256: "ab".into(),
        created_at: T0,
    };
    let (theirs, ours) = (file(shopper.id.to_string(), Some(640)), file("stf_x".into(), None));
    for file in [&theirs, &ours] {
        world.create_file(file).await.unwrap();
    }
    assert_eq!(world.store.file(theirs.id).await.unwrap().as_ref(), Some(&theirs));
    assert_eq!(world.store.file(FileId::from_bits(999)).await.unwrap(), None);
    assert_eq!(world.files(&[ours.id, theirs.id]).await.unwrap(), [theirs.clone(), ours.clone()]);
    assert!(world.files(&[]).await.unwrap().is_empty());
    assert_eq!(world.files_of(shopper.id).await.unwrap(), [theirs]);
}

pub async fn check_migrations(world: &World) {
    world.ping().await.unwrap();
    assert!(world.pending_migrations().await.unwrap().is_empty());
    world.migrate().await.unwrap();
    let empty = world.another_empty().await;
    assert_eq!(empty.pending_migrations().await.unwrap()[0], "0001_desk");
    assert!(matches!(empty.shops().await, Err(StoreError::Refused(_))), "nothing there yet");
    empty.migrate().await.unwrap();
    assert!(empty.pending_migrations().await.unwrap().is_empty());
    // A file that was changed after it ran is refused, not run again.
    empty.run_raw("UPDATE _sqlx_migrations SET checksum = '\\x00'").await;
    assert!(matches!(empty.migrate().await, Err(StoreError::Migration(_))));
    assert!(matches!(empty.migrate().await, Err(StoreError::Migration(_))), "and leaves no lock behind");
    empty.end().await;
}

/// Several processes start on a new database at once.
pub async fn check_concurrent_starts(world: &World) {
    let empty = world.another_empty().await;
    let starts = (0..4).map(|_| async {
        let store = Store::open(&empty.url, OpenOptions { max_connections: 2, ..OpenOptions::default() }).await?;
        store.migrate().await?;
        store.shops().await?;
        store.close().await;
        Ok::<(), StoreError>(())
    });
    for started in futures::future::join_all(starts).await {
        started.unwrap();
    }
    empty.end().await;
}

pub async fn check_nul(world: &World) {
    let shop = world.shop().await;
    let mut shopper = world.shopper(&shop).await;
    shopper.name = Some("a\0b".into());
    world.update_shopper(&shopper).await.unwrap();
    let stored = world.store.shopper(shopper.id).await.unwrap().unwrap();
    assert_eq!(stored.name.as_deref(), Some("a\u{fffd}b"));
    let mut talk = world.talk(&shop, T0).await;
    talk.say(world, T0, "x\0y").await;
    let body = world.events(talk.state.id, 1, 1).await.unwrap().remove(0).body.unwrap();
    let body: domain::message::Body = serde_json::from_str(&body).unwrap();
    assert_eq!(body.text, "x\0y", "JSON writes it in letters");
}
