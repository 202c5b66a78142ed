//! What shoppers choose while they wait: a person or the bot, a kept place, a call.

use domain::{
    conversation::Fact,
    handoff::HandoffReason,
    staff::Presence,
    time::{HOUR_MS, MINUTE_MS},
};
use engine::{
    conversations::{self, Contacted},
    jobs, queue, routing, workspace,
};
use store::{NoticeKind, TaskKind};

use crate::{
    desk::{SHOP, Test, test},
    routing::{go, plan, reply, waiting},
};

#[tokio::test]
async fn a_place_is_kept_while_the_shopper_talks_to_the_bot() {
    let test = test().await;
    let (id, shopper) = waiting(&test).await;
    let since = test.state(id).await.queued_since;
    test.clock.advance_ms(MINUTE_MS);
    let (later, _) = waiting(&test).await;
    conversations::choose_bot(&test.desk, id, shopper.id).await.unwrap();
    let answer = test.ask(id, &shopper, "怎么开发票").await;
    assert!(answer.text.contains("电子发票"), "the bot answers meanwhile: {answer:?}");
    test.clock.advance_ms(MINUTE_MS);
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    assert_eq!(test.state(id).await.queued_since, since);
    let position = async |id| queue::place(&test.desk, &test.state(id).await).await.unwrap().unwrap().position;
    assert_eq!((position(id).await, position(later).await), (1, 2));
    test.verify(id).await;
    // Not for ever.
    conversations::choose_bot(&test.desk, id, shopper.id).await.unwrap();
    test.clock.advance_ms(31 * MINUTE_MS);
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    assert_eq!(test.state(id).await.queued_since, Some(test.clock.now()));
}

#[tokio::test]
async fn whoever_keeps_a_place_hears_once_when_it_is_their_turn() {
    let test = test().await;
    let (first, _) = waiting(&test).await;
    test.clock.advance_ms(MINUTE_MS);
    let (id, shopper) = waiting(&test).await;
    conversations::choose_bot(&test.desk, id, shopper.id).await.unwrap();
    let told = async || {
        jobs::sweep(&test.desk).await.unwrap();
        let log = test.log(id).await;
        log.iter().filter(|(event, _)| event.fact == Fact::TurnCame).count()
    };
    assert_eq!(told().await, 0, "somebody is before them");
    conversations::take_over(&test.desk, first, &test.agent).await.unwrap();
    for staff in [&test.agent, &test.supervisor] {
        go(&test, staff, Presence::Offline).await;
    }
    assert_eq!(told().await, 0, "nobody is there");
    go(&test, &test.supervisor, Presence::Online).await;
    assert_eq!(told().await, 1);
    assert_eq!(told().await, 1, "once");
    assert!(test.state(id).await.is_with_bot(), "they say themselves when they come back");
    conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
    // A place kept anew is told of anew.
    conversations::choose_bot(&test.desk, id, shopper.id).await.unwrap();
    assert_eq!(told().await, 2);
    test.verify(id).await;
}

async fn call_me(test: &Test, contact: &str) -> domain::id::ConversationId {
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let word = Contacted { contact, text: Some("想问退款"), call_back: true };
    conversations::leave_contact(&test.desk, id, shopper.id, word).await.unwrap();
    id
}

#[tokio::test]
async fn a_call_back_is_a_task_of_the_group_until_somebody_has_written() {
    let test = test().await;
    plan(&test, |plan| plan.queues[0].members = vec![test.agent.id]).await;
    go(&test, &test.agent, Presence::Offline).await;
    let id = call_me(&test, "13800138000").await;
    assert_eq!(test.state(id).await.handoff, Some(HandoffReason::OfflineMessage));
    let of = async |staff: &store::Staff| workspace::tasks(&test.desk, staff, false, None, false).await.unwrap();
    assert!(of(&test.supervisor).await.is_empty(), "of another group");
    let tasks = of(&test.agent).await;
    let task = &tasks[0];
    assert_eq!((task.kind, task.owner, task.by), (TaskKind::CallBack, None, None));
    assert_eq!((task.contact.as_deref(), task.text.as_str()), (Some("13800138000"), ""));
    assert_eq!(task.due_at, test.clock.now().plus_ms(HOUR_MS), "an open hour");
    // Overdue, and nobody has it: all of the group are told.
    test.clock.advance_ms(HOUR_MS);
    jobs::sweep(&test.desk).await.unwrap();
    let notices = workspace::notices(&test.desk, &test.agent, false).await.unwrap();
    assert_eq!(notices.iter().map(|notice| notice.notice.kind).collect::<Vec<_>>(), [NoticeKind::TaskDue]);
    // Whoever is given the conversation has it, and it is done with their word.
    go(&test, &test.agent, Presence::Online).await;
    routing::round(&test.desk, SHOP).await.unwrap();
    assert_eq!(of(&test.agent).await[0].owner, Some(test.agent.id));
    conversations::reply(&test.desk, id, &test.agent, reply("刚才给您打过电话")).await.unwrap();
    assert!(of(&test.agent).await.is_empty());
    test.verify(id).await;
}

#[tokio::test]
async fn a_call_back_can_be_taken_ticked_off_and_is_forgotten_with_the_shopper() {
    let test = test().await;
    let id = call_me(&test, "13800138000").await;
    let task = workspace::tasks(&test.desk, &test.agent, false, None, false).await.unwrap().remove(0);
    let done = workspace::finish_task(&test.desk, &test.agent, task.id, true).await.unwrap();
    assert!(done.done_at.is_some());
    let shopper = test.state(id).await.shopper;
    test.desk.store.erase_shopper(shopper, test.clock.now()).await.unwrap();
    let done = workspace::tasks(&test.desk, &test.agent, false, Some(id), true).await.unwrap();
    assert_eq!((done.len(), done[0].contact.as_deref()), (1, None));
    // At night it is due in the morning: START is 19:06 and the shop closes at 22:00.
    test.clock.advance_ms(4 * HOUR_MS);
    let late = call_me(&test, "13900139000").await;
    let tasks = workspace::tasks(&test.desk, &test.agent, false, Some(late), false).await.unwrap();
    assert!(tasks[0].due_at.since_ms(test.clock.now()) > 9 * HOUR_MS);
}

#[tokio::test]
async fn a_shopper_who_wanted_a_person_begins_with_one_where_the_shop_keeps_to_it() {
    let test = test().await;
    let shopper = test.visitor().await;
    let ask_and_end = async || {
        let id = test.open(&shopper).await;
        let began = test.state(id).await.is_with_bot();
        if began {
            conversations::ask_human(&test.desk, id, shopper.id).await.unwrap();
        }
        conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
        conversations::resolve(&test.desk, id, &test.agent).await.unwrap();
        began
    };
    assert!(ask_and_end().await, "with the bot at first");
    let again = async || {
        let shopper = test.desk.store.shopper(shopper.id).await.unwrap().unwrap();
        let id = test.open(&shopper).await;
        let with_bot = test.state(id).await.is_with_bot();
        conversations::resolve(&test.desk, id, &test.supervisor).await.unwrap();
        with_bot
    };
    assert!(again().await, "the shop doesn't keep to it");
    plan(&test, |plan| {
        plan.limits.keeps_preference = true;
        plan.hours = domain::calendar::Hours::daily("UTC", 0, 24 * 60);
    })
    .await;
    assert!(!again().await);
    // Nobody is there: the bot is better than waiting.
    go(&test, &test.agent, Presence::Offline).await;
    go(&test, &test.supervisor, Presence::Offline).await;
    assert!(again().await);
}
