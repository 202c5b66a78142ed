//! The team's lists: what is in which view, in which order, and page by page without a row lost or doubled.

use domain::{actor::Actor, conversation::Command, id::*, shop::CustomerKey, time::Timestamp};
use store::*;

use crate::world::{T0, Talk, World, bot_reply};

const CONVERSATIONS: i64 = 200;

fn filter<'a>(shops: &'a [ShopId], view: InboxView) -> InboxFilter<'a> {
    InboxFilter { shops, view, text: None, tag: None, queue: None, cursor: None, limit: 500 }
}

async fn ids(world: &World, filter: &InboxFilter<'_>) -> Vec<ConversationId> {
    let page = world.inbox(filter).await.unwrap();
    assert_eq!(page.next, None);
    page.rows.into_iter().map(|row| row.conversation.id).collect()
}

pub async fn check_views(world: &World) {
    let (shop, elsewhere) = (world.shop().await, world.shop().await);
    let (ann, bob) = (world.agent(&shop, "Ann").await, world.agent(&shop, "Bob").await);
    let with_bot = world.talk(&shop, T0).await;
    let mut queued_late = world.talk(&shop, T0).await;
    queued_late.enter_queue(world, T0.plus_ms(20), shop.queue).await;
    let mut queued_early = world.talk(&shop, T0).await;
    queued_early.enter_queue(world, T0.plus_ms(10), shop.queue).await;
    queued_early.say(world, T0.plus_ms(99), "still there?").await;
    let mut anns = world.talk(&shop, T0).await;
    anns.enter_queue(world, T0.plus_ms(1), shop.queue).await;
    anns.take_over(world, T0.plus_ms(30), ann.id).await;
    let mut bobs = world.talk(&shop, T0).await;
    bobs.take_over(world, T0.plus_ms(40), bob.id).await;
    let mut resolved = world.talk(&shop, T0).await;
    resolved.resolve(world, T0.plus_ms(50)).await;
    let mut other = world.talk(&elsewhere, T0).await;
    other.enter_queue(world, T0.plus_ms(5), shop.queue).await;

    let id = |talk: &Talk| talk.state.id;
    let here = [shop.id];
    assert_eq!(ids(world, &filter(&here, InboxView::Queue)).await, [id(&queued_early), id(&queued_late)]);
    assert_eq!(ids(world, &filter(&here, InboxView::Mine(ann.id))).await, [id(&anns)]);
    assert_eq!(ids(world, &filter(&here, InboxView::Bot)).await, [id(&with_bot)]);
    assert_eq!(ids(world, &filter(&here, InboxView::Resolved)).await, [id(&resolved)]);
    let open = [id(&queued_early), id(&bobs), id(&anns), id(&queued_late), id(&with_bot)];
    assert_eq!(ids(world, &filter(&here, InboxView::Open)).await, open);
    let both = [shop.id, elsewhere.id];
    let queue = [id(&other), id(&queued_early), id(&queued_late)];
    assert_eq!(ids(world, &filter(&both, InboxView::Queue)).await, queue);
    assert_eq!(ids(world, &filter(&[], InboxView::Open)).await, []);
    assert_eq!(ids(world, &filter(&[shop.id, shop.id], InboxView::Open)).await, open, "a shop named twice is one");
    assert_eq!(world.oldest_queued(&here).await.unwrap(), Some(T0.plus_ms(10)));
    assert_eq!(world.oldest_queued(&[]).await.unwrap(), None);

    let page = world.inbox(&filter(&here, InboxView::Mine(ann.id))).await.unwrap();
    assert_eq!((page.rows[0].agent_name.as_deref(), page.rows[0].last_at), (Some("Ann"), T0.plus_ms(30)));
    let page = world.inbox(&filter(&here, InboxView::Queue)).await.unwrap();
    let row = &page.rows[0];
    assert_eq!((row.preview.as_str(), row.last_by.as_str(), row.unread), ("still there?", "shopper", 1));
    assert_eq!((row.agent_name.as_deref(), row.verified, row.level), (None, false, 0));
    assert_eq!(row.conversation, queued_early.state);
}

pub async fn check_cursors(world: &World) {
    let shops = [world.shop().await, world.shop().await];
    for n in 0..CONVERSATIONS {
        // Many share a moment, so that the id has to decide.
        let at = T0.plus_ms(n / 7);
        let mut talk = world.talk(&shops[n as usize % 2], at).await;
        match n % 3 {
            0 => talk.enter_queue(world, at, shops[0].queue).await,
            1 => talk.resolve(world, at).await,
            _ => {}
        }
    }
    let shops = shops.map(|shop| shop.id);
    for view in [InboxView::Queue, InboxView::Bot, InboxView::Open, InboxView::Resolved] {
        let all = ids(world, &filter(&shops, view)).await;
        assert!(all.len() >= 60, "{view:?}");
        for limit in [1, 7, all.len() as i64 - 1, all.len() as i64] {
            let mut paged = Vec::new();
            let mut cursor: Option<String> = None;
            loop {
                let page = world
                    .inbox(&InboxFilter { cursor: cursor.as_deref(), limit, ..filter(&shops, view) })
                    .await
                    .unwrap();
                assert!(page.rows.len() as i64 <= limit);
                paged.extend(page.rows.into_iter().map(|row| row.conversation.id));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(paged, all, "{view:?} by {limit}");
        }
    }
    let queue = InboxFilter { limit: 1, ..filter(&shops, InboxView::Queue) };
    let cursor = world.inbox(&queue).await.unwrap().next.unwrap();
    for (view, cursor) in [(InboxView::Open, cursor.as_str()), (InboxView::Queue, "nonsense"), (InboxView::Queue, "")] {
        let error = world.inbox(&InboxFilter { cursor: Some(cursor), ..filter(&shops, view) }).await.unwrap_err();
        assert!(matches!(error, StoreError::BadCursor), "{error:?}");
    }
}

pub async fn check_text(world: &World) {
    let shop = world.shop().await;
    let mut named = world.talk(&shop, T0).await;
    let mut shopper = world.store.shopper(named.shopper).await.unwrap().unwrap();
    shopper.name = Some("Zoë 王芳".into());
    shopper.level = 3;
    world.update_shopper(&shopper).await.unwrap();
    named
        .act(world, T0, Actor::System, Command::Identify { shopper: shopper.id, customer: CustomerKey::from("C") })
        .await;
    let mut percent = world.talk(&shop, T0).await;
    percent.say(world, T0, "100% Cotton_shirt, a\\b").await;
    let shops = [shop.id];
    let id = percent.state.id.to_string();
    for (text, found) in [
        ("王芳", Some(&named)),
        ("zo", Some(&named)),
        ("100%", Some(&percent)),
        ("cotton_SHIRT", Some(&percent)),
        ("a\\b", Some(&percent)),
        (id.as_str(), Some(&percent)),
        ("cottonXshirt", None),
        ("%%", None),
        ("100_", None),
        (&id[..10], None),
        ("' OR '1'='1", None),
    ] {
        let rows = ids(world, &InboxFilter { text: Some(text), ..filter(&shops, InboxView::Open) }).await;
        assert_eq!(rows, found.map(|talk| talk.state.id).into_iter().collect::<Vec<_>>(), "{text}");
    }
    let rows = world.inbox(&InboxFilter { text: Some("王"), ..filter(&shops, InboxView::Open) }).await.unwrap().rows;
    assert_eq!((rows[0].shopper_name.as_deref(), rows[0].verified, rows[0].level), (Some("Zoë 王芳"), true, 3));
}

pub async fn check_counts_and_today(world: &World) {
    let (shop, elsewhere) = (world.shop().await, world.shop().await);
    let shops = [shop.id];
    let me = world.agent(&shop, "Me").await;
    assert_eq!(world.inbox_counts(&shops, me.id).await.unwrap(), InboxCounts::default());
    assert_eq!(world.today(&shops, T0).await.unwrap(), TodayCounts::default());
    let yesterday = Timestamp(T0.0 - 1);
    let old = world.talk(&shop, yesterday).await;
    world.talk(&elsewhere, T0).await;
    let mut answered = world.talk(&shop, T0).await;
    answered.say(world, T0, "?").await;
    answered.act(world, T0, Actor::Bot, bot_reply(world, &answered.state)).await;
    let mut handed = world.talk(&shop, yesterday).await;
    handed.enter_queue(world, T0, shop.queue).await;
    let mut served = world.talk(&shop, yesterday).await;
    served.enter_queue(world, yesterday, shop.queue).await;
    served.take_over(world, T0, me.id).await;
    for stars in [5, 2] {
        let mut rated = world.talk(&shop, yesterday).await;
        rated.resolve(world, T0).await;
        rated.act(world, T0, Actor::Shopper(rated.shopper), Command::Rate { stars, comment: None }).await;
    }
    let counts = world.inbox_counts(&shops, me.id).await.unwrap();
    assert_eq!(counts, InboxCounts { queue: 1, waiting: 2, snoozed: 0, mine: 1, bot: 2, open: 4 });
    let nobody = StaffId::from_bits(1);
    assert_eq!(world.inbox_counts(&shops, nobody).await.unwrap(), InboxCounts { mine: 0, ..counts });
    let today = world.today(&shops, T0).await.unwrap();
    let expected = TodayCounts {
        conversations: 5,
        answered_by_bot: 1,
        handed_off: 1,
        resolved: 2,
        rated: 2,
        average_stars: Some(3.5),
    };
    assert_eq!(today, expected);
    assert_eq!(world.today(&shops, yesterday).await.unwrap().handed_off, 2);
    assert_eq!(world.today(&[], T0).await.unwrap(), TodayCounts::default());
    old.assert_consistent(world).await;
}
