//! Tags, sleeping conversations, notices, tasks, drafts, saved views, what was offered, and what colleagues answered.

use domain::{actor::Actor, conversation::Command, id::*, language::Language, time::Timestamp};
use store::*;

use crate::world::{T0, Talk, World};

async fn served(world: &World, shop: &Shop, agent: &Staff) -> Talk {
    let mut talk = world.talk(shop, T0).await;
    talk.say(world, T0, "hello?").await;
    talk.take_over(world, T0, agent.id).await;
    talk
}

async fn listed(world: &World, shop: &Shop, view: InboxView, tag: Option<&str>) -> Vec<ConversationId> {
    let filter = InboxFilter { shops: &[shop.id], view, text: None, tag, queue: None, cursor: None, limit: 50 };
    world.inbox(&filter).await.unwrap().rows.into_iter().map(|row| row.conversation.id).collect()
}

pub async fn check_sorting(world: &World) {
    let shop = world.shop().await;
    let ann = world.agent(&shop, "Ann").await;
    let by = Actor::Agent(ann.id);
    let mut first = served(world, &shop, &ann).await;
    let mut second = served(world, &shop, &ann).await;
    first.act(world, T0.plus_ms(1), by, Command::Tag { tag: "100%_vip".into() }).await;
    first.act(world, T0.plus_ms(2), by, Command::Tag { tag: "refund".into() }).await;
    second.act(world, T0.plus_ms(3), by, Command::Tag { tag: "refund".into() }).await;
    let open = |tag| listed(world, &shop, InboxView::Open, Some(tag));
    assert_eq!(open("100%_vip").await, [first.state.id]);
    assert_eq!(open("refund").await, [second.state.id, first.state.id]);
    assert!(open("fund").await.is_empty() && open("100__vip").await.is_empty());
    assert_eq!(world.tags_in_use(&[shop.id]).await.unwrap(), [("refund".into(), 2), ("100%_vip".into(), 1)]);
    assert_eq!(listed(world, &shop, InboxView::Waiting, None).await, [first.state.id, second.state.id]);

    let until = T0.plus_ms(1_000);
    first.act(world, T0.plus_ms(4), by, Command::Snooze { until: Some(until) }).await;
    second.act(world, T0.plus_ms(5), by, Command::Snooze { until: None }).await;
    assert!(listed(world, &shop, InboxView::Mine(ann.id), None).await.is_empty());
    assert_eq!(listed(world, &shop, InboxView::Snoozed(Some(ann.id)), None).await.len(), 2);
    let counts = world.inbox_counts(&[shop.id], ann.id).await.unwrap();
    assert_eq!((counts.mine, counts.snoozed, counts.waiting, counts.open), (0, 2, 0, 2));
    assert!(world.snoozed_until(T0.plus_ms(999), 9).await.unwrap().is_empty());
    assert_eq!(world.snoozed_until(until, 9).await.unwrap(), [first.state.id]);
    first.act(world, until, Actor::System, Command::Wake).await;
    second.say(world, until, "now").await;
    assert!(world.snoozed_until(Timestamp(i64::MAX), 9).await.unwrap().is_empty());
    assert_eq!(listed(world, &shop, InboxView::Mine(ann.id), None).await.len(), 2);
    assert_eq!(listed(world, &shop, InboxView::Of(first.shopper), None).await, [first.state.id]);
    first.assert_consistent(world).await;
    second.assert_consistent(world).await;
}

fn notice(world: &World, to: &Staff, shop: &Shop, kind: NoticeKind, at: Timestamp) -> NewNotice {
    NewNotice {
        id: NoticeId::from_bits(world.next()),
        to: to.id,
        shop: shop.id,
        conversation: None,
        seq: None,
        task: None,
        kind,
        by: None,
        at,
    }
}

pub async fn check_notices(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let (ann, bob) = (world.agent(&shop, "Ann").await, world.agent(&shop, "Bob").await);
    let mut talk = served(world, &shop, &ann).await;
    let message = MessageId::from_bits(world.next());
    let expected = talk.decide(T0, Actor::Agent(ann.id), Command::note(message)).unwrap();
    let mention = NewNotice {
        conversation: Some(talk.state.id),
        seq: Some(talk.state.seq),
        by: Some(ann.id),
        ..notice(world, &bob, &shop, NoticeKind::Mention, T0)
    };
    let append = Append { notices: vec![mention.clone()], ..crate::world::append(&talk, expected) };
    assert_eq!(world.append(append).await.unwrap(), Appended::Done);
    for (step, kind) in NoticeKind::ALL.into_iter().enumerate() {
        world.notify(&notice(world, &bob, &shop, kind, T0.plus_ms(step as i64 + 1))).await.unwrap();
    }
    let unseen = world.notices(bob.id, &[shop.id], false, 50).await.unwrap();
    let kinds: Vec<_> = unseen.iter().rev().skip(1).map(|known| known.notice.kind).collect();
    assert_eq!(kinds, NoticeKind::ALL);
    let first = unseen.last().unwrap();
    assert_eq!((&first.notice, first.by_name.as_deref()), (&mention, Some("Ann")));
    assert!(first.body.as_deref().unwrap().contains("text"));
    assert!(world.notices(bob.id, &[other.id], true, 50).await.unwrap().is_empty(), "of another shop");
    assert!(world.notices(ann.id, &[shop.id], true, 50).await.unwrap().is_empty(), "of a colleague");
    assert_eq!(world.see_notices(ann.id, &[mention.id], None, T0).await.unwrap(), 0);
    assert_eq!(world.see_notices(bob.id, &[], Some(talk.state.id), T0).await.unwrap(), 1);
    assert_eq!(world.see_notices(bob.id, &[unseen[0].notice.id], None, T0).await.unwrap(), 1);
    assert_eq!(world.notices(bob.id, &[shop.id], false, 50).await.unwrap().len(), 9);
    assert_eq!(world.notices(bob.id, &[shop.id], true, 50).await.unwrap().len(), 11);
}

pub async fn check_tasks(world: &World) {
    let shop = world.shop().await;
    let (ann, bob) = (world.agent(&shop, "Ann").await, world.agent(&shop, "Bob").await);
    let talk = served(world, &shop, &ann).await;
    let task = |owner: &Staff, conversation, due: i64| Task {
        id: TaskId::from_bits(world.next()),
        shop: shop.id,
        conversation,
        kind: TaskKind::FollowUp,
        owner: Some(owner.id),
        queue: None,
        by: Some(ann.id),
        text: "回电".into(),
        due_at: T0.plus_ms(due),
        reminded_at: None,
        done_at: None,
        created_at: T0,
        owner_name: Some(owner.name.clone()),
        shopper_name: None,
        contact: None,
    };
    let (late, soon) = (task(&ann, None, 200), task(&ann, Some(talk.state.id), 100));
    let mut bobs = task(&bob, Some(talk.state.id), 50);
    for each in [&late, &soon, &bobs] {
        world.create_task(each).await.unwrap();
    }
    let all = TaskFilter { shops: &[shop.id], of: None, conversation: None, is_done: false, limit: 9 };
    let anns = TaskFilter { of: Some((ann.id, &[])), ..all };
    assert_eq!(world.tasks(&anns).await.unwrap(), [soon.clone(), late.clone()]);
    let here = TaskFilter { conversation: Some(talk.state.id), ..all };
    assert_eq!(world.tasks(&here).await.unwrap(), [bobs.clone(), soon.clone()]);
    assert_eq!(world.due_tasks(T0.plus_ms(100), 9).await.unwrap(), [bobs.clone(), soon.clone()]);
    let told = NewNotice { task: Some(bobs.id), ..notice(world, &bob, &shop, NoticeKind::TaskDue, T0.plus_ms(60)) };
    assert!(world.remind_of_task(bobs.id, told.at, std::slice::from_ref(&told)).await.unwrap());
    let again = NewNotice { id: NoticeId::from_bits(world.next()), ..told.clone() };
    assert!(!world.remind_of_task(bobs.id, told.at, &[again]).await.unwrap(), "once");
    let seen = world.notices(bob.id, &[shop.id], false, 9).await.unwrap();
    assert_eq!((seen.len(), seen[0].task_text.as_deref()), (1, Some("回电")));
    bobs.reminded_at = None;
    bobs.due_at = T0.plus_ms(500);
    world.update_task(&bobs).await.unwrap();
    assert_eq!(world.task(bobs.id).await.unwrap().as_ref(), Some(&bobs));
    bobs.done_at = Some(T0.plus_ms(501));
    world.update_task(&bobs).await.unwrap();
    assert!(world.due_tasks(T0.plus_ms(900), 9).await.unwrap().iter().all(|due| due.id != bobs.id));
    assert_eq!(world.tasks(&TaskFilter { is_done: true, ..all }).await.unwrap(), [bobs]);
}

pub async fn check_call_backs(world: &World) {
    let shop = world.shop().await;
    let ann = world.agent(&shop, "Ann").await;
    let mut talk = served(world, &shop, &ann).await;
    let shopper = Actor::Shopper(talk.shopper);
    let queue = shop.queue;
    let leave = async |talk: &mut Talk, at: i64| {
        let message = MessageId::from_bits(world.next());
        let call_back_by = Some(T0.plus_ms(at + 100));
        talk.act(world, T0.plus_ms(at), shopper, Command::LeaveContact { message, call_back_by }).await;
    };
    leave(&mut talk, 1).await;
    leave(&mut talk, 2).await;
    let all = TaskFilter { shops: &[shop.id], of: None, conversation: None, is_done: false, limit: 9 };
    let tasks = world.tasks(&all).await.unwrap();
    assert_eq!(tasks.len(), 1, "asked twice is called once");
    let first = &tasks[0];
    assert_eq!((first.kind, first.owner, first.by), (TaskKind::CallBack, Some(ann.id), None));
    assert_eq!((first.due_at, first.text.as_str()), (T0.plus_ms(101), ""));
    // With the conversation it becomes the group's, and is done with the agent's word.
    talk.act(
        world,
        T0.plus_ms(3),
        Actor::Agent(ann.id),
        Command::Transfer { to: domain::actor::Controller::Queue(queue), card: None, may_supervise: false },
    )
    .await;
    let (none, queues) = ([], [queue]);
    let mine = TaskFilter { of: Some((ann.id, &none)), ..all };
    let of_group = TaskFilter { of: Some((ann.id, &queues)), ..all };
    assert!(world.tasks(&mine).await.unwrap().is_empty());
    assert_eq!(world.tasks(&of_group).await.unwrap()[0].owner, None);
    talk.take_over(world, T0.plus_ms(4), ann.id).await;
    assert_eq!(world.tasks(&mine).await.unwrap().len(), 1);
    let called = Command::Reply { message: MessageId::from_bits(world.next()), client: "called".into() };
    talk.act(world, T0.plus_ms(5), Actor::Agent(ann.id), called).await;
    assert!(world.tasks(&all).await.unwrap().is_empty());
    assert_eq!(world.tasks(&TaskFilter { is_done: true, ..all }).await.unwrap()[0].done_at, Some(T0.plus_ms(5)));
    leave(&mut talk, 6).await;
    assert_eq!(world.tasks(&all).await.unwrap().len(), 1, "a new wish is a new task");
    talk.assert_consistent(world).await;
}

pub async fn check_visits(world: &World) {
    let shop = world.shop().await;
    let talk = world.talk(&shop, T0).await;
    let visit = |url: &str, at: i64| Visit {
        conversation: talk.state.id,
        at: T0.plus_ms(at),
        page: Page { url: url.into(), title: "页面".into(), product: None, order: None },
    };
    for (url, at) in [("/a", 1), ("/a", 2), ("/b", 3), ("/a", 4)] {
        world.visit(&visit(url, at), 20).await.unwrap();
    }
    let seen = async || {
        let visits = world.visits(talk.shopper, 20).await.unwrap();
        visits.into_iter().map(|visit| (visit.page.url, visit.at.since_ms(T0))).collect::<Vec<_>>()
    };
    assert_eq!(seen().await, [("/a".into(), 4), ("/b".into(), 3), ("/a".into(), 1)]);
    for at in 10..60 {
        world.visit(&visit(&format!("/{at}"), at), 20).await.unwrap();
    }
    let last = seen().await;
    assert_eq!((last.len(), last[0].1, last[19].1), (20, 59, 40));
    assert_eq!(world.conversation(talk.state.id).await.unwrap().unwrap().page.unwrap().url, "/59");
    world.erase_shopper(talk.shopper, T0).await.unwrap();
    assert!(seen().await.is_empty());
}

pub async fn check_drafts_and_views(world: &World) {
    let shop = world.shop().await;
    let (ann, bob) = (world.agent(&shop, "Ann").await, world.agent(&shop, "Bob").await);
    let talk = served(world, &shop, &ann).await;
    let draft = |staff: &Staff, text: &str, at| Draft {
        staff: staff.id,
        conversation: talk.state.id,
        text: text.into(),
        is_note: false,
        is_shared: text == "shared",
        at: T0.plus_ms(at),
    };
    world.save_draft(&draft(&ann, "first", 1)).await.unwrap();
    world.save_draft(&draft(&bob, "shared", 2)).await.unwrap();
    world.save_draft(&draft(&ann, "second", 3)).await.unwrap();
    let known = world.drafts(talk.state.id).await.unwrap();
    assert_eq!(known, [draft(&ann, "second", 3), draft(&bob, "shared", 2)]);
    world.save_draft(&draft(&ann, "", 4)).await.unwrap();
    assert_eq!(world.drafts(talk.state.id).await.unwrap(), [draft(&bob, "shared", 2)]);

    let view = |owner: &Staff, name: &str| SavedView {
        id: ViewId::from_bits(world.next()),
        owner: owner.id,
        name: name.into(),
        wish: "{}".into(),
        created_at: T0,
    };
    let (one, two) = (view(&ann, "VIP"), view(&ann, "refunds"));
    assert!(world.save_view(&one, 2).await.unwrap() && world.save_view(&two, 2).await.unwrap());
    assert!(!world.save_view(&view(&ann, "too many"), 2).await.unwrap());
    assert!(!world.delete_view(one.id, bob.id).await.unwrap());
    assert!(world.delete_view(one.id, ann.id).await.unwrap());
    assert_eq!(world.views(ann.id).await.unwrap(), [two]);
    assert!(world.views(bob.id).await.unwrap().is_empty());
}

pub async fn check_suggestions(world: &World) {
    let shop = world.shop().await;
    let (ann, bob) = (world.agent(&shop, "Ann").await, world.agent(&shop, "Bob").await);
    let talk = served(world, &shop, &ann).await;
    let offered = |staff: &Staff, kind: &str| Offered {
        id: SuggestionId::from_bits(world.next()),
        shop: shop.id,
        conversation: talk.state.id,
        staff: staff.id,
        answers: 2,
        place: 1,
        kind: kind.into(),
        source: "art_1@2".into(),
        shown_at: T0,
        chars: 10,
    };
    let first = world.offer(&offered(&ann, "article")).await.unwrap();
    assert_eq!(world.offer(&offered(&ann, "article")).await.unwrap(), first, "offered again is offered once");
    let second = world.offer(&offered(&ann, "colleague")).await.unwrap();
    let id = talk.state.id;
    assert!(!world.use_suggestion(first, id, bob.id, T0).await.unwrap(), "it was not offered to Bob");
    assert!(world.use_suggestion(first, id, ann.id, T0).await.unwrap());
    assert!(world.sent_suggestion(first, id, ann.id, 3, T0).await.unwrap());
    assert!(!world.sent_suggestion(first, id, ann.id, 9, T0).await.unwrap(), "the first counts");
    assert!(world.sent_suggestion(second, id, ann.id, 0, T0).await.unwrap());
    world.offer(&offered(&bob, "article")).await.unwrap();
    let (shops, until) = ([shop.id], T0.plus_ms(1));
    let all = SuggestionFilter { shops: &shops, from: T0, until, agent: None, queue: None };
    let counts = world.suggestion_counts(&all).await.unwrap();
    let count = |kind: &str, shown, used, unchanged, edits| SuggestionCounts {
        kind: kind.into(),
        shown,
        used,
        sent: used,
        unchanged,
        edits,
        chars: 10,
    };
    assert_eq!(counts, [count("article", 2, 1, 0, 3), count("colleague", 1, 1, 1, 0)]);
    let bobs = world.suggestion_counts(&SuggestionFilter { agent: Some(bob.id), ..all }).await.unwrap();
    assert_eq!(bobs.iter().map(|counts| (counts.shown, counts.used)).collect::<Vec<_>>(), [(1, 0)]);
    for none in [
        SuggestionFilter { from: until, ..all },
        SuggestionFilter { until: T0, ..all },
        SuggestionFilter { queue: Some(shop.queue), ..all },
    ] {
        assert!(world.suggestion_counts(&none).await.unwrap().is_empty());
    }
}

pub async fn check_past_replies(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let ann = world.agent(&shop, "Ann").await;
    let talk = served(world, &shop, &ann).await;
    let reply = |seq: i64, vector: Option<Vec<u8>>| NewPastReply {
        seq,
        staff: ann.id,
        language: Language::Zh,
        at: T0.plus_ms(seq),
        question: "多久发货".into(),
        reply: "48 小时内".into(),
        vector: vector.map(|bytes| ("e5".to_owned(), bytes)),
    };
    let before = world.past_replies_revision().await.unwrap();
    let (one, two) = (reply(3, Some(vec![0, 1, 255])), reply(5, None));
    world.keep_past_replies(talk.state.id, shop.id, &[one.clone(), two.clone()]).await.unwrap();
    let known = world.past_replies(shop.id, 9).await.unwrap();
    assert_eq!(known.iter().map(|known| &known.reply).collect::<Vec<_>>(), [&two, &one]);
    assert_eq!((known[0].conversation, known[0].staff_name.as_str()), (talk.state.id, "Ann"));
    assert!(world.past_replies(other.id, 9).await.unwrap().is_empty());
    world.keep_past_replies(talk.state.id, shop.id, std::slice::from_ref(&one)).await.unwrap();
    assert_eq!(world.past_replies(shop.id, 9).await.unwrap().len(), 1);
    assert_eq!(world.past_replies_revision().await.unwrap(), before + 2);
    world.keep_past_replies(talk.state.id, shop.id, &[]).await.unwrap();
    world.keep_past_replies(talk.state.id, shop.id, &[]).await.unwrap();
    assert!(world.past_replies(shop.id, 9).await.unwrap().is_empty());
    assert_eq!(world.past_replies_revision().await.unwrap(), before + 3, "nothing to forget is no change");
}
