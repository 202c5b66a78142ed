//! What only a server does: be away, and come back.

use std::time::Duration;

use domain::{actor::Actor, conversation::Command, id::MessageId};
use sqlx::{Connection, PgConnection};
use store::*;

use crate::world::{T0, World, append, postgres_url};

#[tokio::test]
async fn an_unreachable_server_is_unavailable() {
    let error = Store::open("postgres://tandem@127.0.0.1:1/none", OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)) && error.is_transient(), "{error:?}");
    let error = Store::open("postgres://tandem:secret@127.0.0.1:99999/none", OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, StoreError::BadAddress), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("secret"));
}

async fn terminate_backends(world: &World) {
    let mut admin = PgConnection::connect(&postgres_url().unwrap()).await.unwrap();
    let schema = world.raw_texts("SELECT CAST(current_schema() AS TEXT)").await.remove(0);
    let text = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{schema}'");
    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&mut admin).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn recovers_when_the_server_drops_its_connections() {
    let Some(world) = World::on_postgres().await else { return };
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    for n in 0..3 {
        terminate_backends(&world).await;
        talk.say(&world, T0, &n.to_string()).await;
    }
    talk.assert_consistent(&world).await;

    // In the middle of an append that waits for somebody's lock.
    let mut holder = PgConnection::connect(&postgres_url().unwrap()).await.unwrap();
    let schema = world.raw_texts("SELECT CAST(current_schema() AS TEXT)").await.remove(0);
    let lock = format!("BEGIN; SELECT 1 FROM {schema}.conversations WHERE id = '{}' FOR UPDATE", talk.state.id);
    sqlx::raw_sql(sqlx::AssertSqlSafe(lock)).execute(&mut holder).await.unwrap();
    let before = talk.clone();
    let message = MessageId::from_bits(world.next());
    let say = Command::Say { message, client: "c".into() };
    let expected = talk.decide(T0, Actor::Shopper(talk.shopper), say).unwrap();
    let (answer, ()) = tokio::join!(world.append(append(&talk, expected)), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        terminate_backends(&world).await;
    });
    let error = answer.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)) && error.is_transient(), "{error:?}");
    sqlx::raw_sql("ROLLBACK").execute(&mut holder).await.unwrap();
    before.assert_consistent(&world).await;
    assert_eq!(world.append(append(&talk, expected)).await.unwrap(), Appended::Done, "the same again succeeds");
    talk.assert_consistent(&world).await;
    world.end().await;
}
