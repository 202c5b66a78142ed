//! Deadlines change with the log; a mark is told of once; what was met is known.

use domain::{
    actor::Actor,
    conversation::Command,
    deadline::{Deadline, DeadlineKind, DeadlineOutcome},
    id::*,
    time::{MINUTE_MS, SECOND_MS, Timestamp},
};
use store::*;

use crate::world::{T0, Talk, World, append};

const FIRST: DeadlineKind = DeadlineKind::FirstReply;

fn new(deadline: &Deadline, due_at: Option<Timestamp>, step: &'static str) -> NewDeadline {
    NewDeadline { deadline: deadline.clone(), due_at, step }
}

async fn note_with(world: &World, talk: &mut Talk, now: Timestamp, deadlines: Vec<NewDeadline>) {
    let message = MessageId::from_bits(world.next());
    let agent = Actor::Agent(StaffId::from_bits(1));
    let expected = talk.decide(now, agent, Command::note(message)).expect("anybody may note");
    let append = Append { deadlines, ..append(talk, expected) };
    assert_eq!(world.append(append).await.unwrap(), Appended::Done);
}

pub async fn check_deadlines(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let mut talk = world.talk(&shop, T0).await;
    let id = talk.state.id;
    let reply = Deadline::start(FIRST, T0, MINUTE_MS);
    let mut matter = Deadline::start(DeadlineKind::Resolution, T0, 10 * MINUTE_MS);
    let due = T0.plus_ms(MINUTE_MS);
    let begun = vec![new(&matter, Some(T0.plus_ms(10 * MINUTE_MS)), "started"), new(&reply, Some(due), "started")];
    note_with(world, &mut talk, T0.plus_ms(1), begun).await;
    let running = world.running_deadlines(&[id]).await.unwrap();
    // The one that is due first stands in front; one that stands still comes last.
    assert_eq!(running[&id].iter().map(|it| it.deadline.kind).collect::<Vec<_>>(), [FIRST, DeadlineKind::Resolution]);
    assert_eq!((running[&id][0].due_at, running[&id][0].mark), (Some(due), 0));
    assert!(world.running_deadlines(&[]).await.unwrap().is_empty());

    // Two at once: one tells.
    let tell = || world.mark_deadline(id, FIRST, T0, 50, T0.plus_ms(30 * SECOND_MS));
    let (a, b) = tokio::join!(tell(), tell());
    assert_eq!([a.unwrap(), b.unwrap()].iter().filter(|told| **told).count(), 1);
    assert!(!world.mark_deadline(id, FIRST, T0.plus_ms(7), 75, T0).await.unwrap());

    // A pause leaves the mark alone.
    matter.running_since = None;
    note_with(world, &mut talk, T0.plus_ms(40 * SECOND_MS), vec![new(&matter, None, "paused")]).await;
    let running = world.running_deadlines(&[id]).await.unwrap();
    assert_eq!((running[&id][0].mark, running[&id][1].due_at), (50, None));

    // Missed while it runs, then ended.
    assert!(world.mark_deadline(id, FIRST, T0, 100, T0.plus_ms(MINUTE_MS)).await.unwrap());
    let decided = async || world.deadlines_decided(&[shop.id], T0, due).await.unwrap();
    assert_eq!(decided().await, [(id, false)]);
    let ended = Deadline { ended: Some((due.plus_ms(1), DeadlineOutcome::Missed)), ..reply };
    note_with(world, &mut talk, due.plus_ms(1), vec![new(&ended, None, "missed")]).await;
    assert!(!world.mark_deadline(id, FIRST, T0, 100, due).await.unwrap());
    let met = Deadline { ended: Some((due.plus_ms(2), DeadlineOutcome::Met)), ..matter };
    note_with(world, &mut talk, due.plus_ms(2), vec![new(&met, None, "met")]).await;
    let mut all = decided().await;
    all.sort_unstable();
    assert_eq!(all, [(id, false), (id, true)]);
    assert!(world.deadlines_decided(&[other.id], T0, due).await.unwrap().is_empty());
    assert!(world.deadlines_decided(&[shop.id], due, due.plus_ms(1)).await.unwrap().is_empty());
    assert!(!world.running_deadlines(&[id]).await.unwrap().contains_key(&id));
    let steps: Vec<String> = world.deadline_steps(id).await.unwrap().into_iter().map(|step| step.step).collect();
    assert_eq!(steps, ["started", "started", "warned_50", "paused", "breached", "missed", "met"]);
}

pub async fn check_board_rows(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let agent = world.agent(&shop, "Lin").await;
    let mut with_bot = world.talk(&shop, T0).await;
    let mut served = world.talk(&shop, T0).await;
    served.take_over(world, T0.plus_ms(1), agent.id).await;
    let (own, others) = ([shop.id], [other.id]);
    let filter = |shops| InboxFilter {
        shops,
        view: InboxView::Served,
        text: None,
        tag: None,
        queue: None,
        cursor: None,
        limit: 10,
    };
    let rows = world.inbox(&filter(&own)).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.conversation.id).collect::<Vec<_>>(), [served.state.id]);
    assert!(world.inbox(&filter(&others)).await.unwrap().rows.is_empty());

    let message = MessageId::from_bits(world.next());
    let expected = with_bot.decide(T0.plus_ms(2), Actor::Agent(agent.id), Command::note(message)).unwrap();
    let append = Append { memory: Some("{\"m\":1}".into()), ..append(&with_bot, expected) };
    assert_eq!(world.append(append).await.unwrap(), Appended::Done);
    let memories = world.bot_memories(&[shop.id], 10).await.unwrap();
    assert_eq!(memories, [(with_bot.state.id, "{\"m\":1}".to_owned())]);
    assert!(world.bot_memories(&[other.id], 10).await.unwrap().is_empty());
}
