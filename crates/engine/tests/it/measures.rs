//! Reports and the live board over a real database.

use domain::{
    actor::Actor,
    conversation::Command,
    handoff::Emotion,
    id::ShopId,
    language::Language,
    measures::Measure,
    time::{DAY_MS, MINUTE_MS},
};
use engine::{
    board::board,
    conversations::{self, Change},
    error::DeskError,
    measures::{Figure, GroupBy, Wanted, report},
};

use crate::desk::{SHOP, START, Test, test};

fn wanted(group: Option<GroupBy>) -> Wanted {
    let (from, until) = (START.minus_ms(DAY_MS), START.plus_ms(DAY_MS));
    Wanted { shops: vec![SHOP], from, until, agent: None, queue: None, group }
}

fn figure(figures: &[Figure], measure: Measure) -> &Figure {
    figures.iter().find(|figure| figure.measure == measure).expect("every measure is there")
}

async fn reply(test: &Test, id: domain::id::ConversationId, text: &str) {
    let outgoing =
        conversations::Outgoing { client: format!("a{}", test.desk.ids.bits()), text: text.into(), files: vec![] };
    conversations::reply(&test.desk, id, &test.agent, outgoing).await.unwrap();
}

/// One shopper with the bot alone, one who asks for a person and is answered two minutes later.
async fn served() -> Test {
    let test = test().await;
    let alone = test.visitor().await;
    let id = test.open(&alone).await;
    test.ask(id, &alone, "怎么开发票").await;
    let other = test.visitor().await;
    let id = test.open(&other).await;
    test.ask(id, &other, "怎么申请退货").await;
    conversations::ask_human(&test.desk, id, other.id).await.unwrap();
    conversations::take_over(&test.desk, id, &test.agent).await.unwrap();
    test.say(id, &other, "地址写哪里呢").await;
    test.clock.advance_ms(2 * MINUTE_MS);
    reply(&test, id, "写门店地址").await;
    test
}

#[tokio::test]
async fn a_report_tells_what_the_log_tells() {
    let test = served().await;
    let report = report(&test.desk, &test.supervisor, &wanted(Some(GroupBy::Agent))).await.unwrap();
    let handoffs = figure(&report.all, Measure::HandoffRate).value;
    assert_eq!((handoffs.hits, handoffs.n), (Some(1), 2));
    let human = figure(&report.all, Measure::AverageResponseHuman).value;
    assert_eq!((human.value, human.n), (Some(2.0 * MINUTE_MS as f64), 1));
    // Too few rounds to be assessed; the count is told all the same.
    let within = figure(&report.all, Measure::HumanWithin3Minutes).value;
    assert_eq!((within.value, within.n, within.least), (None, 1, 100));
    // The day in Shanghai on which it was, and the one before; only one has something.
    let days: Vec<u64> = report.days.iter().map(|(_, figures)| figure(figures, Measure::HandoffRate).value.n).collect();
    assert_eq!(days, [0, 2]);
    // One agent had one of them.
    let agents: Vec<_> =
        report.groups.iter().map(|(id, figures)| (id.clone(), figure(figures, Measure::HandoffRate).value.n)).collect();
    assert_eq!(agents, [(test.agent.id.to_string(), 1)]);
    let others = Wanted { agent: Some(test.supervisor.id), ..wanted(None) };
    let none = engine::measures::report(&test.desk, &test.supervisor, &others).await.unwrap();
    assert_eq!(figure(&none.all, Measure::HandoffRate).value.n, 0);
}

#[tokio::test]
async fn reports_and_the_board_are_for_supervisors_of_the_shop() {
    let test = test().await;
    let foreign = Wanted { shops: vec![SHOP, ShopId::from_bits(99)], ..wanted(None) };
    for (staff, wish) in [(&test.agent, wanted(None)), (&test.operator, wanted(None)), (&test.supervisor, foreign)] {
        assert!(matches!(report(&test.desk, staff, &wish).await, Err(DeskError::NotFound)));
        assert!(matches!(board(&test.desk, staff, &wish.shops).await, Err(DeskError::NotFound)));
    }
    let endless = Wanted { until: START.plus_ms(400 * DAY_MS), ..wanted(None) };
    assert!(matches!(report(&test.desk, &test.supervisor, &endless).await, Err(DeskError::Invalid(_))));
}

#[tokio::test]
async fn the_board_shows_who_waits_who_serves_and_whom_the_bot_upset() {
    let test = served().await;
    let waiting = test.visitor().await;
    let queued = test.open(&waiting).await;
    conversations::ask_human(&test.desk, queued, waiting.id).await.unwrap();
    let upset = test.visitor().await;
    let id = test.open(&upset).await;
    test.ask(id, &upset, "怎么开发票").await;
    // As the bot remembers it of somebody who sounded so.
    conversations::change(&test.desk, id, |_| {
        let command = Command::ChooseLanguage { language: Language::En };
        Ok(Change { memory: Some("{\"emotion\":\"upset\"}".into()), ..Change::one(Actor::System, command) })
    })
    .await
    .unwrap();
    let board = board(&test.desk, &test.supervisor, &[SHOP]).await.unwrap();
    let ids = |rows: &[store::InboxRow]| rows.iter().map(|row| row.conversation.id).collect::<Vec<_>>();
    assert_eq!(ids(&board.waiting), [queued]);
    assert_eq!(board.served.len(), 1);
    assert!(board.deadlines.contains_key(&queued));
    assert_eq!(ids(&board.upset), [id]);
    assert_eq!(board.upset[0].conversation.emotion, Emotion::Upset);
    let seats: Vec<_> =
        board.agents.iter().map(|seated| (seated.agent.id, seated.agent.open, seated.capacity)).collect();
    assert!(seats.contains(&(test.agent.id, 1, 3)), "{seats:?}");
}
