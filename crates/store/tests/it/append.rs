//! Appending: one transaction, dense and once only, whoever else is appending.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Fact},
    id::*,
    language::{Bilingual, Language},
    shop::CustomerKey,
    trace::{Trace, TraceStep, TurnOutcome, TurnStage},
};
use store::*;

use crate::world::{T0, Talk, World, append, bodies, bot_reply, is_shopper_said, job};

fn say(world: &World, client: &str) -> Command {
    Command::Say { message: MessageId::from_bits(world.next()), client: client.into() }
}

pub async fn check_append_and_read(world: &World) {
    let shop = world.shop().await;
    let shopper = world.shopper(&shop).await;
    let page = Page {
        url: "https://shop.example/p/1".into(),
        title: "Kettle".into(),
        product: Some("K1".into()),
        order: None,
    };
    let mut talk = world.new_talk(&shop, shopper.id, Controller::Bot, T0);
    assert_eq!(world.conversation(talk.state.id).await.unwrap(), None);
    assert_eq!(world.open_conversation_of(shopper.id).await.unwrap(), None);
    let opening = Append { page: Some(page.clone()), memory: Some("{\"a\":1}".into()), ..talk.opening() };
    assert_eq!(world.append(opening).await.unwrap(), Appended::Done);
    talk.say(world, T0.plus_ms(5), "红色的呢?").await;
    talk.act(world, T0.plus_ms(9), Actor::Bot, bot_reply(world, &talk.state)).await;

    let stored = world.conversation(talk.state.id).await.unwrap().unwrap();
    assert_eq!(stored.conversation, talk.state);
    assert_eq!((stored.memory.as_deref(), stored.page), (Some("{\"a\":1}"), Some(page)), "None leaves what is stored");
    assert_eq!((stored.read, stored.last_at), (ReadMarks::default(), T0.plus_ms(9)));
    assert_eq!(world.open_conversation_of(shopper.id).await.unwrap(), Some(talk.state.id));

    let events = world.events(talk.state.id, 0, 100).await.unwrap();
    assert_eq!(events.iter().map(|event| event.event.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(events[2].event, talk.last[0]);
    assert_eq!((events[0].body.is_some(), events[1].body.as_deref()), (false, Some("{\"text\":\"红色的呢?\"}")));
    let tail = world.events(talk.state.id, 1, 1).await.unwrap();
    assert_eq!(tail, events[1..2]);
    assert!(world.events(talk.state.id, 3, 10).await.unwrap().is_empty());

    let Fact::ShopperSaid { message, client } = &events[1].event.fact else { panic!("{events:?}") };
    assert_eq!(world.event_by_client(talk.state.id, client).await.unwrap(), Some((2, *message)));
    assert_eq!(world.event_by_client(talk.state.id, "other").await.unwrap(), None);

    talk.resolve(world, T0.plus_ms(20)).await;
    let second = world.new_talk(&shop, shopper.id, Controller::Bot, T0.plus_ms(30));
    assert_eq!(world.append(second.opening()).await.unwrap(), Appended::Done);
    let own = world.conversations_of(shopper.id, 10).await.unwrap();
    assert_eq!(own.iter().map(|stored| stored.conversation.id).collect::<Vec<_>>(), [second.state.id, talk.state.id]);
    assert_eq!(world.conversations_of(shopper.id, 1).await.unwrap().len(), 1);
    assert_eq!(world.open_conversation_of(shopper.id).await.unwrap(), Some(second.state.id));
    talk.assert_consistent(world).await;
}

pub async fn check_concurrent_appends(world: &World) {
    const WRITERS: usize = 6;
    const EACH: usize = 8;
    let shop = world.shop().await;
    let talk = world.talk(&shop, T0).await;
    let writers = (0..WRITERS).map(|writer| write_many(world, talk.clone(), writer, EACH));
    let conflicts: usize = futures_join(writers).await.into_iter().sum();
    let events = world.events(talk.state.id, 0, 1_000).await.unwrap();
    assert_eq!(events.len(), 1 + WRITERS * EACH, "each message is in the log once");
    assert!(events.iter().skip(1).all(is_shopper_said));
    assert_eq!(world.verify_conversation(talk.state.id).await.unwrap(), vec![]);
    println!("{conflicts} conflicts");
}

/// Appends with reload on conflict, as the engine does; returns how often it had to.
async fn write_many(world: &World, mut talk: Talk, writer: usize, count: usize) -> usize {
    let mut conflicts = 0;
    for n in 0..count {
        let client = format!("{writer}-{n}");
        loop {
            match talk.act(world, T0, Actor::Shopper(talk.shopper), say(world, &client)).await {
                Appended::Done => break,
                Appended::Conflict => {
                    conflicts += 1;
                    talk.state = world.conversation(talk.state.id).await.unwrap().unwrap().conversation;
                }
                Appended::Duplicate { seq } => panic!("{client} was at {seq} before it was sent"),
            }
        }
    }
    conflicts
}

/// All at once, on one task.
async fn futures_join<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    futures::future::join_all(futures).await
}

pub async fn check_concurrent_creations(world: &World) {
    let shop = world.shop().await;
    let shopper = world.shopper(&shop).await;
    let talks: Vec<_> = (0..5).map(|_| world.new_talk(&shop, shopper.id, Controller::Bot, T0)).collect();
    let answers = futures_join(talks.iter().map(|talk| world.append(talk.opening()))).await;
    let done = answers.iter().filter(|answer| matches!(answer, Ok(Appended::Done))).count();
    let conflicts = answers.iter().filter(|answer| matches!(answer, Ok(Appended::Conflict))).count();
    assert_eq!((done, conflicts), (1, 4), "{answers:?}");
    assert_eq!(world.conversations_of(shopper.id, 10).await.unwrap().len(), 1);
}

pub async fn check_duplicate_clients(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    let shopper = Actor::Shopper(talk.shopper);
    assert_eq!(talk.act(world, T0, shopper, say(world, "one")).await, Appended::Done);
    let before = talk.clone();
    assert_eq!(talk.act(world, T0, shopper, say(world, "one")).await, Appended::Duplicate { seq: 2 });
    before.assert_consistent(world).await;
    // Two sends of one message at once: one is stored, the other is told so or has to look again.
    let mut twins = [before.clone(), before.clone()];
    let answers = futures_join(twins.iter_mut().map(|twin| twin.act(world, T0, shopper, say(world, "two")))).await;
    assert_eq!(answers.iter().filter(|answer| **answer == Appended::Done).count(), 1, "{answers:?}");
    assert_eq!(world.events(before.state.id, 0, 10).await.unwrap().len(), 3);
    // The same id in another conversation is another message.
    let mut other = world.talk(&shop, T0).await;
    assert_eq!(other.act(world, T0, Actor::Shopper(other.shopper), say(world, "one")).await, Appended::Done);
    // A duplicate is known as such even to a writer who is behind.
    let mut behind = before;
    assert_eq!(behind.act(world, T0, shopper, say(world, "two")).await, Appended::Duplicate { seq: 3 });
}

pub async fn check_one_open_conversation(world: &World) {
    let shop = world.shop().await;
    let mut first = world.talk(&shop, T0).await;
    let second = world.new_talk(&shop, first.shopper, Controller::Bot, T0);
    assert_eq!(world.append(second.opening()).await.unwrap(), Appended::Conflict);
    assert_eq!(world.append(first.opening()).await.unwrap(), Appended::Conflict, "it exists");
    first.resolve(world, T0).await;
    assert_eq!(world.append(second.opening()).await.unwrap(), Appended::Done);
    let reopened = first.clone().act(world, T0, Actor::Shopper(first.shopper), Command::Reopen).await;
    assert_eq!(reopened, Appended::Conflict, "another is open");
    first.assert_consistent(world).await;
    second.assert_consistent(world).await;
}

pub async fn check_refused_appends(world: &World) {
    let shop = world.shop().await;
    let nobody = world.new_talk(&shop, ShopperId::from_bits(u128::MAX), Controller::Bot, T0);
    let error = world.append(nobody.opening()).await.unwrap_err();
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
    assert!(!error.is_transient());
    assert_eq!(world.conversation(nobody.state.id).await.unwrap(), None);

    let mut talk = world.talk(&shop, T0).await;
    let before = talk.clone();
    let expected = talk.decide(T0, Actor::Shopper(talk.shopper), say(world, "x")).unwrap();
    for wrong in [expected - 1, expected + 1] {
        let error = world.append(append(&talk, wrong)).await.unwrap_err();
        assert!(matches!(error, StoreError::Refused(_)), "the events don't follow {wrong}");
    }
    // A body that exists breaks the append in its middle: nothing of it may stay.
    let taken = bodies(&talk.last, "first");
    let twice = Append {
        bodies: [taken.clone(), taken].concat(),
        jobs: vec![job(world, "k", "x", T0)],
        ..append(&talk, expected)
    };
    assert!(matches!(world.append(twice).await.unwrap_err(), StoreError::Conflict));
    before.assert_consistent(world).await;
    assert_eq!(world.job_counts().await.unwrap(), JobCounts::default());
    // Without events: jobs and memory only, when nobody appended meanwhile.
    let quiet = |seq| Append { events: &[], bodies: vec![], memory: Some("m".into()), ..append(&before, seq) };
    assert_eq!(world.append(quiet(1)).await.unwrap(), Appended::Done);
    assert_eq!(world.conversation(talk.state.id).await.unwrap().unwrap().memory.as_deref(), Some("m"));
    before.assert_consistent(world).await;
}

pub async fn check_identified(world: &World) {
    let shop = world.shop().await;
    let known = world.shopper(&shop).await;
    let mut talk = world.talk(&shop, T0).await;
    let visitor = talk.shopper;
    let command = Command::Identify { shopper: known.id, customer: CustomerKey::from("C-1") };
    assert_eq!(talk.act(world, T0, Actor::System, command.clone()).await, Appended::Done);
    assert_eq!(world.open_conversation_of(known.id).await.unwrap(), Some(talk.state.id));
    assert_eq!(world.open_conversation_of(visitor).await.unwrap(), None);
    talk.assert_consistent(world).await;
    // The known shopper talks already: a second open conversation would be theirs.
    let mut other = world.talk(&shop, T0).await;
    let before = other.clone();
    assert_eq!(other.act(world, T0, Actor::System, command).await, Appended::Conflict);
    before.assert_consistent(world).await;
}

pub async fn check_read_marks(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    let id = talk.state.id;
    for text in ["a", "b", "c"] {
        talk.say(world, T0, text).await;
    }
    assert_eq!(unread(world, &shop).await, 3);
    assert!(world.mark_read(id, Side::Team, 3).await.unwrap());
    assert!(!world.mark_read(id, Side::Team, 2).await.unwrap(), "marks don't move back");
    assert!(!world.mark_read(id, Side::Team, 3).await.unwrap());
    assert!(!world.mark_read(id, Side::Team, 99).await.unwrap(), "the log isn't so long");
    assert_eq!(unread(world, &shop).await, 1);
    talk.say(world, T0, "d").await;
    assert_eq!(unread(world, &shop).await, 2);
    assert!(world.mark_read(id, Side::Shopper, 1).await.unwrap());
    assert_eq!(unread(world, &shop).await, 2, "the shopper's mark isn't the team's");
    assert_eq!(world.conversation(id).await.unwrap().unwrap().read, ReadMarks { shopper: 1, team: 3 });
    assert!(world.mark_read(id, Side::Team, 5).await.unwrap());
    assert_eq!(unread(world, &shop).await, 0);
    // Reading and writing at once never lose count.
    for round in 0..5 {
        let (mut writer, seq) = (talk.clone(), talk.state.seq);
        tokio::join!(writer.say(world, T0, "e"), async {
            world.mark_read(id, Side::Team, seq).await.unwrap();
        });
        talk = writer;
        assert_eq!(world.verify_conversation(id).await.unwrap(), vec![], "round {round}");
    }
}

async fn unread(world: &World, shop: &Shop) -> i64 {
    let filter = InboxFilter {
        shops: &[shop.id],
        view: InboxView::Open,
        text: None,
        tag: None,
        queue: None,
        cursor: None,
        limit: 5,
    };
    world.inbox(&filter).await.unwrap().rows[0].unread
}

fn trace(world: &World, talk: &Talk, at: i64) -> Trace {
    Trace {
        id: TraceId::from_bits(world.next()),
        conversation: talk.state.id,
        seq: talk.state.last_shopper_seq,
        at: T0.plus_ms(at),
        took_ms: 12,
        language: Language::Zh,
        epoch: 1,
        outcome: TurnOutcome::Replied,
        steps: vec![TraceStep {
            stage: TurnStage::Understand,
            took_ms: 1,
            summary: Bilingual::new("懂", "understood"),
            detail: serde_json::json!({"score": 0.5}),
        }],
        sources: vec![],
    }
}

pub async fn check_traces(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    let mut traces = Vec::new();
    for at in [1, 2] {
        let expected = talk.decide(T0, Actor::Shopper(talk.shopper), say(world, &at.to_string())).unwrap();
        let trace = trace(world, &talk, at);
        let append = Append { trace: Some(trace.clone()), ..append(&talk, expected) };
        assert_eq!(world.append(append).await.unwrap(), Appended::Done);
        traces.insert(0, trace);
    }
    assert_eq!(world.trace(traces[0].id).await.unwrap().as_ref(), Some(&traces[0]));
    assert_eq!(world.trace(TraceId::from_bits(9)).await.unwrap(), None);
    assert_eq!(world.traces_of(talk.state.id, 10).await.unwrap(), traces, "the latest first");
    assert_eq!(world.traces_of(talk.state.id, 1).await.unwrap(), traces[..1]);
}

pub async fn check_jobs_with_append(world: &World) {
    let shop = world.shop().await;
    let mut talk = world.talk(&shop, T0).await;
    world.enqueue(&job(world, "turn", "taken", T0)).await.unwrap();
    let expected = talk.decide(T0, Actor::Shopper(talk.shopper), say(world, "1")).unwrap();
    let jobs = vec![job(world, "turn", "taken", T0), job(world, "turn", "new", T0)];
    let with_jobs = Append { jobs: jobs.clone(), ..append(&talk, expected) };
    assert_eq!(world.append(with_jobs).await.unwrap(), Appended::Done, "a known job doesn't stop an append");
    assert_eq!(world.job_counts().await.unwrap().waiting, 2);
    let late = Append { jobs: vec![job(world, "turn", "lost", T0)], ..append(&talk, expected) };
    assert_eq!(world.append(late).await.unwrap(), Appended::Duplicate { seq: 2 });
    assert_eq!(world.job_counts().await.unwrap().waiting, 2, "what wasn't appended has no jobs");
}
