//! Waiting in the queue and with the bot.

use domain::{actor::Actor, conversation::Command, id::QueueId};

use store::Shop;

use crate::world::{T0, World, bot_reply};

pub async fn check_places(world: &World) {
    let shop = world.shop().await;
    let mut talks = Vec::new();
    // The first two enter at the same moment: the older conversation is before.
    for at in [5, 5, 9, 7] {
        let mut talk = world.talk(&shop, T0).await;
        talk.enter_queue(world, T0.plus_ms(at), shop.queue).await;
        talks.push(talk);
    }
    assert_eq!(world.queue_place(shop.queue, T0.plus_ms(8)).await.unwrap(), 4);
    assert_eq!(world.queue_place(shop.queue, T0).await.unwrap(), 1);
    let mut elsewhere = world.talk(&shop, T0).await;
    elsewhere.enter_queue(world, T0.plus_ms(1), QueueId::from_bits(77)).await;
    for (talk, place) in talks.iter().zip([1, 2, 4, 3]) {
        assert_eq!(world.queue_position(talk.state.id).await.unwrap(), Some(place));
    }
    assert_eq!(world.queue_position(elsewhere.state.id).await.unwrap(), Some(1));
    let with_bot = world.talk(&shop, T0).await;
    assert_eq!(world.queue_position(with_bot.state.id).await.unwrap(), None);
    let agent = world.agent(&shop, "Ann").await;
    talks[0].take_over(world, T0.plus_ms(20), agent.id).await;
    assert_eq!(world.queue_position(talks[0].state.id).await.unwrap(), None);
    assert_eq!(world.queue_position(talks[1].state.id).await.unwrap(), Some(1));
}

pub async fn check_waits(world: &World) {
    let shop = world.shop().await;
    let agent = world.agent(&shop, "Ann").await;
    for (entered, taken) in [(0, 100), (50, 300), (60, 90)] {
        let mut talk = world.talk(&shop, T0).await;
        talk.enter_queue(world, T0.plus_ms(entered), shop.queue).await;
        talk.take_over(world, T0.plus_ms(taken), agent.id).await;
        talk.assert_consistent(world).await;
    }
    // Left without an agent: no wait that ended in service.
    let mut gave_up = world.talk(&shop, T0).await;
    gave_up.enter_queue(world, T0.plus_ms(10), shop.queue).await;
    gave_up.act(world, T0.plus_ms(400), Actor::Shopper(gave_up.shopper), Command::ChooseBot).await;
    let mut resolved = world.talk(&shop, T0).await;
    resolved.enter_queue(world, T0.plus_ms(10), shop.queue).await;
    resolved.resolve(world, T0.plus_ms(500)).await;
    let waits = async |since, limit| {
        let waits = world.recent_queue_waits(shop.queue, since, limit).await.unwrap();
        assert!(waits.iter().all(|wait| wait.agents == Some(1)), "Ann was online: {waits:?}");
        waits.iter().map(|wait| wait.wait_ms).collect::<Vec<_>>()
    };
    assert_eq!(waits(T0, 10).await, [250, 100, 30], "the latest first");
    assert_eq!(waits(T0.plus_ms(100), 10).await, [250, 100]);
    assert_eq!(waits(T0, 1).await, [250]);
    assert!(world.recent_queue_waits(QueueId::from_bits(9), T0, 10).await.unwrap().is_empty());
}

pub async fn check_waiting_with_bot(world: &World) {
    let shop = world.shop().await;
    let mut late = world.talk(&shop, T0).await;
    late.say(world, T0.plus_ms(50), "?").await;
    let mut early = world.talk(&shop, T0).await;
    early.say(world, T0.plus_ms(10), "?").await;
    early.say(world, T0.plus_ms(90), "hello?").await;
    let mut answered = world.talk(&shop, T0).await;
    answered.say(world, T0.plus_ms(1), "?").await;
    answered.act(world, T0.plus_ms(2), Actor::Bot, bot_reply(world, &answered.state)).await;
    let mut queued = world.talk(&shop, T0).await;
    queued.say(world, T0.plus_ms(1), "?").await;
    queued.enter_queue(world, T0.plus_ms(2), shop.queue).await;
    let waiting = |before, limit| world.waiting_with_bot(T0.plus_ms(before), limit);
    assert_eq!(waiting(51, 10).await.unwrap(), [early.state.id, late.state.id]);
    assert_eq!(waiting(51, 1).await.unwrap(), [early.state.id]);
    assert_eq!(waiting(50, 10).await.unwrap(), [early.state.id]);
    assert!(waiting(10, 10).await.unwrap().is_empty());
}

pub async fn check_kept_places(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let mut talks = Vec::new();
    for at in [5, 1] {
        let mut talk = world.talk(&shop, T0).await;
        talk.enter_queue(world, T0.plus_ms(at), shop.queue).await;
        talk.act(world, T0.plus_ms(at + 20), Actor::Shopper(talk.shopper), Command::ChooseBot).await;
        talks.push(talk);
    }
    let keeping = async |shop: &Shop| {
        let places = world.keeping_places(shop.id, 9).await.unwrap();
        places.into_iter().map(|place| place.id).collect::<Vec<_>>()
    };
    assert_eq!(keeping(&shop).await, [talks[1].state.id, talks[0].state.id]);
    assert!(keeping(&other).await.is_empty());
    talks[1].act(world, T0.plus_ms(30), Actor::System, Command::TellTurn).await;
    assert_eq!(keeping(&shop).await, [talks[0].state.id], "told once");
    talks[0].enter_queue(world, T0.plus_ms(31), shop.queue).await;
    assert!(keeping(&shop).await.is_empty());
    for talk in &talks {
        talk.assert_consistent(world).await;
    }
}

pub async fn check_idle_with_bot(world: &World) {
    let shop = world.shop().await;
    let mut answered = world.talk(&shop, T0).await;
    answered.say(world, T0.plus_ms(1), "?").await;
    answered.act(world, T0.plus_ms(20), Actor::Bot, bot_reply(world, &answered.state)).await;
    let mut waiting = world.talk(&shop, T0).await;
    waiting.say(world, T0.plus_ms(1), "?").await;
    let mut queued = world.talk(&shop, T0).await;
    queued.enter_queue(world, T0.plus_ms(2), shop.queue).await;
    let silent = world.talk(&shop, T0.plus_ms(5)).await;
    let idle = |before, limit| world.idle_with_bot(T0.plus_ms(before), limit);
    assert_eq!(idle(21, 10).await.unwrap(), [silent.state.id, answered.state.id]);
    assert_eq!(idle(20, 10).await.unwrap(), [silent.state.id]);
    assert_eq!(idle(21, 1).await.unwrap(), [silent.state.id]);
}
