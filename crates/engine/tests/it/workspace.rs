//! The agent's workspace: who is told, who sees what, what sleeps and wakes, and what colleagues' answers teach.

use domain::{
    conversation::{Fact, NoteKind, Refusal},
    id::ConversationId,
    staff::Role,
};
use engine::{
    conversations::{self, NewNote, Outgoing},
    error::DeskError,
    jobs, suggest, workspace,
};
use store::{NoticeKind, Shopper, Staff};

use crate::desk::{Test, person, test};

async fn served(test: &Test) -> (ConversationId, Shopper) {
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    conversations::take_over(&test.desk, id, &test.agent).await.expect("taken over");
    (id, shopper)
}

async fn reply(test: &Test, id: ConversationId, by: &Staff, text: &str) {
    let outgoing = Outgoing { client: format!("r{}", test.desk.ids.bits()), text: text.into(), files: vec![] };
    conversations::reply(&test.desk, id, by, outgoing).await.expect("replied");
}

async fn kinds(test: &Test, staff: &Staff) -> Vec<NoticeKind> {
    let notices = workspace::notices(&test.desk, staff, false).await.expect("notices");
    notices.into_iter().map(|notice| notice.notice.kind).collect()
}

#[tokio::test]
async fn notes_reach_those_they_are_meant_for() {
    let test = test().await;
    let (id, _) = served(&test).await;
    let colleague = person(&test.desk, "colleague", Role::Agent).await;
    let to = vec![colleague.id];
    let mention = NewNote { text: "@colleague".into(), to: to.clone(), ..NewNote::default() };
    conversations::note(&test.desk, id, &test.agent, mention).await.expect("a mention");
    let question = NewNote { text: "赠品还有吗".into(), kind: NoteKind::Question, to, answers: None };
    let asked = conversations::note(&test.desk, id, &test.agent, question).await.expect("a question");
    assert_eq!(kinds(&test, &colleague).await, [NoticeKind::Question, NoticeKind::Mention]);
    let answers = Some(asked.conversation.seq);
    let answer = NewNote { text: "还有".into(), kind: NoteKind::Answer, to: vec![], answers };
    conversations::note(&test.desk, id, &colleague, answer).await.expect("an answer");
    assert_eq!(kinds(&test, &test.agent).await, [NoticeKind::Answer]);
    workspace::see(&test.desk, &test.agent, &[], Some(id)).await.expect("seen");
    assert!(kinds(&test, &test.agent).await.is_empty());
    let nobody = NewNote { text: "?".into(), kind: NoteKind::Question, ..NewNote::default() };
    assert!(matches!(conversations::note(&test.desk, id, &test.agent, nobody).await, Err(DeskError::Invalid(_))));
    let stranger = NewNote { text: "?".into(), to: vec![test.operator.id], ..NewNote::default() };
    assert!(matches!(conversations::note(&test.desk, id, &test.agent, stranger).await, Err(DeskError::Invalid(_))));
    let invitation = NewNote { text: "help".into(), kind: NoteKind::Invitation, ..NewNote::default() };
    conversations::note(&test.desk, id, &test.agent, invitation).await.expect("an invitation");
    assert_eq!(kinds(&test, &test.supervisor).await, [NoticeKind::Invitation]);
    test.verify(id).await;
}

#[tokio::test]
async fn a_whisper_is_for_its_two_ends_and_supervisors() {
    let test = test().await;
    let (id, _) = served(&test).await;
    let colleague = person(&test.desk, "colleague", Role::Agent).await;
    let whisper = || NewNote { text: "先道歉".into(), kind: NoteKind::Whisper, ..NewNote::default() };
    conversations::note(&test.desk, id, &test.supervisor, whisper()).await.expect("whispered");
    assert_eq!(kinds(&test, &test.agent).await, [NoticeKind::Whisper]);
    let refused = conversations::note(&test.desk, id, &colleague, whisper()).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    let log = test.log(id).await;
    let (event, _) = log.iter().find(|(event, _)| matches!(event.fact, Fact::NoteAdded { .. })).expect("the whisper");
    let shop = test.state(id).await.shop;
    assert!(conversations::sees(&test.agent, shop, event) && conversations::sees(&test.supervisor, shop, event));
    assert!(!conversations::sees(&colleague, shop, event));
    conversations::hand_back(&test.desk, id, &test.agent, None).await.expect("handed back");
    let nobody = conversations::note(&test.desk, id, &test.supervisor, whisper()).await;
    assert!(matches!(nobody, Err(DeskError::Refused(Refusal::NotController))));
}

#[tokio::test]
async fn what_sleeps_wakes_in_time_or_when_the_shopper_writes() {
    let test = test().await;
    let (id, shopper) = served(&test).await;
    let until = test.desk.now().plus_ms(60_000);
    workspace::snooze(&test.desk, id, &test.agent, Some(until)).await.expect("asleep");
    jobs::sweep(&test.desk).await.expect("a sweep");
    assert!(test.state(id).await.snoozed.is_some());
    test.clock.advance_ms(60_000);
    jobs::sweep(&test.desk).await.expect("a sweep");
    assert!(test.state(id).await.snoozed.is_none());
    assert_eq!(kinds(&test, &test.agent).await, [NoticeKind::Woken]);
    workspace::snooze(&test.desk, id, &test.agent, None).await.expect("asleep");
    test.say(id, &shopper, "还在吗").await;
    assert!(test.state(id).await.snoozed.is_none());
    assert_eq!(kinds(&test, &test.agent).await, [NoticeKind::Woken, NoticeKind::Woken]);
    let others = workspace::snooze(&test.desk, id, &test.supervisor, None).await;
    assert!(matches!(others, Err(DeskError::Refused(Refusal::NotController))));
    test.verify(id).await;
}

#[tokio::test]
async fn a_task_is_reminded_of_once() {
    let test = test().await;
    let (id, _) = served(&test).await;
    let due_at = test.desk.now().plus_ms(60_000);
    let draft = workspace::TaskDraft { conversation: Some(id), shop: None, owner: None, text: "回电".into(), due_at };
    let task = workspace::create_task(&test.desk, &test.agent, draft.clone()).await.expect("a task");
    let colleague = person(&test.desk, "colleague", Role::Agent).await;
    let foreign = workspace::finish_task(&test.desk, &colleague, task.id, true).await;
    assert!(matches!(foreign, Err(DeskError::Forbidden)));
    let past = workspace::TaskDraft { due_at: test.desk.now(), ..draft };
    assert!(workspace::create_task(&test.desk, &test.agent, past).await.is_err());
    test.clock.advance_ms(60_000);
    for _ in 0..2 {
        jobs::sweep(&test.desk).await.expect("a sweep");
    }
    assert_eq!(kinds(&test, &test.agent).await, [NoticeKind::TaskDue]);
    workspace::finish_task(&test.desk, &test.supervisor, task.id, true).await.expect("done");
    assert!(workspace::tasks(&test.desk, &test.agent, false, None, false).await.expect("tasks").is_empty());
}

#[tokio::test]
async fn a_draft_is_read_by_whoever_takes_over() {
    let test = test().await;
    let (id, _) = served(&test).await;
    let colleague = person(&test.desk, "colleague", Role::Agent).await;
    let draft = workspace::DraftToSave { text: "我帮您".into(), is_note: false, is_shared: false };
    workspace::save_draft(&test.desk, id, &test.agent, draft).await.expect("kept");
    let seen = async |staff: &Staff| workspace::drafts(&test.desk, id, staff).await.expect("drafts").remove(0);
    let hidden = seen(&colleague).await;
    assert_eq!((hidden.is_readable, hidden.draft.text.as_str()), (false, ""));
    workspace::want_draft(&test.desk, id, &colleague, test.agent.id).await.expect("asked");
    assert_eq!(kinds(&test, &test.agent).await, [NoticeKind::DraftWanted]);
    conversations::take_over(&test.desk, id, &test.supervisor).await.expect("taken over");
    assert_eq!(seen(&test.supervisor).await.draft.text, "我帮您");
}

#[tokio::test]
async fn drafts_come_from_articles_records_and_colleagues() {
    let test = test().await;
    let (first, shopper) = served(&test).await;
    test.say(first, &shopper, "帐篷的地钉可以单独买吗").await;
    reply(&test, first, &test.agent, "可以的，地钉单独有售，一套八根。").await;
    conversations::resolve(&test.desk, first, &test.agent).await.expect("resolved");
    test.work().await;

    let buyer = test.customer("demo-lin").await;
    let id = test.open(&buyer).await;
    conversations::take_over(&test.desk, id, &test.agent).await.expect("taken over");
    assert!(suggest::suggest(&test.desk, id, &test.agent).await.expect("none yet").is_empty());
    test.say(id, &buyer, "地钉可以单独买吗").await;
    let made = suggest::suggest(&test.desk, id, &test.agent).await.expect("drafts");
    let of = |kind: &str| made.iter().find(|one| one.source.kind() == kind);
    assert_eq!(of("colleague").expect("a colleague's").text, "可以的，地钉单独有售，一套八根。");
    test.say(id, &buyer, "怎么申请退货").await;
    reply(&test, id, &test.agent, "稍等").await;
    test.say(id, &buyer, "怎么申请退货").await;
    let made = suggest::suggest(&test.desk, id, &test.agent).await.expect("drafts");
    let article = made.iter().find(|one| one.source.kind() == "article").expect("an article's");
    assert!(article.text.contains("申请售后"));
    suggest::sent(&test.desk, id, &test.agent, article.id, 2).await.expect("sent");
    let foreign = suggest::used(&test.desk, id, &test.supervisor, article.id).await;
    assert!(matches!(foreign, Err(DeskError::NotFound)));
    test.say(id, &buyer, "我的快递到哪了").await;
    let made = suggest::suggest(&test.desk, id, &test.agent).await.expect("drafts");
    let order = made.iter().find(|one| one.source.kind() == "order").expect("an order's");
    assert!(order.text.contains("您的订单"), "{}", order.text);
}

#[tokio::test]
async fn only_what_ended_well_is_remembered() {
    let test = test().await;
    let (id, shopper) = served(&test).await;
    let known = async || test.desk.store.past_replies(test.shop().await.id, 9).await.expect("replies");
    test.say(id, &shopper, "我叫王小明，电话13800138000，多久能发货").await;
    reply(&test, id, &test.agent, "王小明您好，会在 48 小时内发货。").await;
    conversations::resolve(&test.desk, id, &test.agent).await.expect("resolved");
    test.work().await;
    let learned = known().await;
    assert_eq!(learned.len(), 1);
    assert!(!learned[0].reply.question.contains("13800138000"), "{}", learned[0].reply.question);
    conversations::reopen(&test.desk, id, &test.agent).await.expect("reopened");
    test.work().await;
    assert!(known().await.is_empty(), "it was not over");
    conversations::resolve(&test.desk, id, &test.agent).await.expect("resolved");
    test.work().await;
    assert_eq!(known().await.len(), 1);
    conversations::rate(&test.desk, id, shopper.id, 1, None).await.expect("rated");
    test.work().await;
    assert!(known().await.is_empty(), "rated low");
}

#[tokio::test]
async fn words_that_must_not_be_said_are_found_while_typing() {
    let test = test().await;
    let (id, _) = served(&test).await;
    let found = workspace::check_words(&test.desk, id, &test.agent, "加我微信，全网第一").await.expect("checked");
    let spans: Vec<(&str, &str)> =
        found.findings.iter().map(|it| (it.category.as_str(), it.matched.as_str())).collect();
    assert_eq!(spans, [("diversion", "加我"), ("diversion", "微信"), ("absolute", "全网第一")]);
    assert!(found.rewritten.is_some_and(|text| !text.contains("微信")));
    let harmless = workspace::check_words(&test.desk, id, &test.agent, "您好，请稍等").await.expect("checked");
    assert!(harmless.findings.is_empty() && harmless.rewritten.is_none());
    assert!(workspace::check_words(&test.desk, id, &test.operator, "好").await.is_err());
}

#[tokio::test]
async fn what_must_be_changed_is_sent_by_supervisors_only_and_what_is_blocked_by_nobody() {
    let test = test().await;
    let (id, _) = served(&test).await;
    let try_to = async |by: &Staff, text: &str| {
        let outgoing = Outgoing { client: format!("r{}", test.desk.ids.bits()), text: text.into(), files: vec![] };
        conversations::reply(&test.desk, id, by, outgoing).await.map(drop)
    };
    for text in ["这款销量第一", "您直接转账给我"] {
        let refused = try_to(&test.agent, text).await;
        assert!(matches!(refused, Err(DeskError::NotCompliant { .. })), "{text}: {refused:?}");
    }
    try_to(&test.agent, "这款销量不错").await.expect("changed");
    conversations::take_over(&test.desk, id, &test.supervisor).await.expect("taken over");
    try_to(&test.supervisor, "这款销量第一").await.expect("they answer for it");
    assert!(matches!(try_to(&test.supervisor, "您直接转账给我").await, Err(DeskError::NotCompliant { .. })));
}
