//! A model with tools in the bot's turn: it looks up what is the shopper's own, proposes and never does, and whatever it
//! does wrong, the desk answers as it would without it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::{
    conversation::{Fact, ReplyKind},
    id::ConversationId,
    message::Body,
    shop::{Order, OrderState},
    trace::{TraceStep, TurnStage},
};
use engine::chat::{ChatSetUp, Connected, Terms, remote};
use engine::shop::Connector;
use models::chat::faulty::{Behaviour, FaultyServer, calls, event, streams};
use models::chat::{ChatError, ChatModel, Reply, Request, Role, Script, ToolCall, Usage};
use serde_json::{Value, json};
use store::{ActionFilter, Shopper};

use crate::desk::{Test, test};

/// No skill and no article is for it.
const UNKNOWN: &str = "能帮我想想办法处理那个嘛";

type Step = Box<dyn Fn(&Request) -> Result<Reply, ChatError> + Send + Sync>;
type Seen = Arc<Mutex<Vec<Request>>>;

fn says(text: &str) -> Reply {
    Reply { text: text.into(), calls: Vec::new(), usage: Usage { prompt_tokens: 100, completion_tokens: 10 } }
}

fn calls_tools(list: &[(&str, Value)]) -> Reply {
    let call = |(number, (name, arguments)): (usize, &(&str, Value))| ToolCall {
        id: format!("c{number}"),
        name: (*name).into(),
        arguments: arguments.clone(),
        fault: None,
    };
    Reply { calls: list.iter().enumerate().map(call).collect(), ..says("") }
}

/// The model meets one step after another; the last one again and again.
async fn with_steps(steps: Vec<Step>, terms: Terms) -> (Test, Seen) {
    let (test, seen) = (test().await, Seen::default());
    let heard = seen.clone();
    let script = Script::new(move |request| {
        let mut heard = heard.lock().unwrap();
        let step = &steps[heard.len().min(steps.len() - 1)];
        heard.push(request.clone());
        step(request)
    });
    assert!(test.desk.chat.connect(Connected { model: ChatModel::Scripted(script), terms }));
    (test, seen)
}

fn step(reply: Reply) -> Step {
    Box::new(move |_| Ok(reply.clone()))
}

fn orders(test: &Test) -> Vec<Order> {
    let Connector::Demo(demo) = &*test.demo else { unreachable!("the demo shop") };
    demo.records().all_orders().cloned().collect()
}

fn order_of(test: &Test, customer: &str, is_meant: impl Fn(&Order) -> bool) -> Order {
    orders(test).into_iter().find(|order| order.customer.as_str() == customer && is_meant(order)).expect("an order")
}

async fn ask(test: &Test, shopper: &Shopper, text: &str) -> (ConversationId, Body, Vec<TraceStep>) {
    let id = test.open(shopper).await;
    let body = test.ask(id, shopper, text).await;
    (id, body, steps(test, id).await)
}

async fn steps(test: &Test, id: ConversationId) -> Vec<TraceStep> {
    let trace = test.log(id).await.iter().rev().find_map(|(event, _)| match event.fact {
        Fact::BotReplied { trace, .. } => trace,
        _ => None,
    });
    test.desk.store.trace(trace.expect("a trace")).await.unwrap().expect("stored").steps
}

fn composed(steps: &[TraceStep]) -> &Value {
    &steps.iter().find(|step| step.stage == TurnStage::Compose).expect("a step of the model").detail
}

async fn kind(test: &Test, id: ConversationId) -> ReplyKind {
    let log = test.log(id).await;
    let last = log.iter().rev().find_map(|(event, _)| match &event.fact {
        Fact::BotReplied { reply, .. } => Some(*reply),
        _ => None,
    });
    last.expect("a reply")
}

#[tokio::test]
async fn looks_up_the_shoppers_own_order_and_says_what_it_found() {
    let found = Arc::new(Mutex::new(String::new()));
    let told = found.clone();
    let second: Step = Box::new(move |request| {
        let answer = request.messages.iter().rev().find(|it| it.role == Role::Tool).expect("a tool's answer");
        told.lock().unwrap().clone_from(&answer.text);
        let first = answer.text.lines().next().unwrap();
        Ok(says(&format!("{first}。")))
    });
    let (test, seen) = with_steps(vec![step(calls_tools(&[("my_orders", json!({}))])), second], Terms::default()).await;
    let shopper = test.customer("demo-lin").await;
    let (id, body, steps) = ask(&test, &shopper, UNKNOWN).await;
    let own: Vec<Order> = orders(&test).into_iter().filter(|order| order.customer.as_str() == "demo-lin").collect();
    assert!(own.iter().any(|order| body.text.contains(order.key.as_str())), "{}", body.text);
    assert_eq!(kind(&test, id).await, ReplyKind::Answered);
    // Numbers of orders never leave.
    let shown = found.lock().unwrap().clone();
    assert!(shown.contains("[ORDER_") || shown.contains("[NUMBER_"), "{shown}");
    assert!(own.iter().all(|order| !shown.contains(order.key.as_str())), "{shown}");
    let requests = seen.lock().unwrap().clone();
    let names: Vec<&str> = requests[0].tools.iter().map(|tool| tool.name.as_str()).collect();
    assert_eq!(names, ["search_articles", "product", "my_orders", "order", "preview_action"]);
    let told: Vec<&str> = steps.iter().map(|step| step.summary.en.as_str()).collect();
    assert!(told.contains(&"The model calls my_orders: found"), "{told:?}");
    assert!(told.iter().any(|it| it.starts_with("Answered by the model")), "{told:?}");
    assert_eq!((&composed(&steps)["calls"], &composed(&steps)["refused_calls"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn another_customers_order_does_not_exist_for_it_and_a_visitor_has_none() {
    let (test, seen) = with_steps(
        vec![
            Box::new(|request| {
                let told = request.messages.last().expect("a message").text.clone();
                let mark = told.split_whitespace().find(|word| word.starts_with('[')).unwrap_or("x").to_owned();
                Ok(calls_tools(&[
                    ("order", json!({ "order": mark })),
                    ("preview_action", json!({ "action": "cancel_order", "order": mark, "reason": "x" })),
                ]))
            }),
            step(says("NONE")),
        ],
        Terms::default(),
    )
    .await;
    let other = order_of(&test, "demo-wang", |_| true);
    let shopper = test.customer("demo-lin").await;
    let text = format!("{UNKNOWN} 还有那件事情不知道怎么弄才好 {} 您说呢", other.key);
    let id = test.open(&shopper).await;
    test.ask(id, &shopper, &text).await;
    for request in seen.lock().unwrap().iter() {
        for answer in request.messages.iter().filter(|it| it.role == Role::Tool) {
            assert!(answer.text.contains("Nothing") || answer.text.contains("no such order"), "{}", answer.text);
        }
    }
    assert_eq!(test.desk.store.actions(&ActionFilter::Conversation(id), 10).await.unwrap().len(), 0);

    let (test, seen) = with_steps(vec![step(says("NONE"))], Terms::default()).await;
    let visitor = test.visitor().await;
    ask(&test, &visitor, UNKNOWN).await;
    let names: Vec<String> = seen.lock().unwrap()[0].tools.iter().map(|tool| tool.name.clone()).collect();
    assert_eq!(names, ["search_articles", "product"]);
}

async fn proposed() -> (Test, Shopper, ConversationId, Order, Body) {
    let before = test().await;
    let order = order_of(&before, "demo-lin", |order| matches!(order.state, OrderState::Paid | OrderState::Unpaid));
    let key = order.key.clone();
    let preview = json!({ "action": "cancel_order", "order": key, "reason": "不想要了" });
    // The script knows the number itself: what it is shown is a mark.
    let steps = vec![step(calls_tools(&[("preview_action", preview)])), step(says("下面请您核对。"))];
    let (test, _) = with_steps(steps, Terms::default()).await;
    let shopper = test.customer("demo-lin").await;
    let (id, body, steps) = ask(&test, &shopper, UNKNOWN).await;
    assert_eq!(composed(&steps)["proposes"], "cancel_order", "{steps:#?}");
    (test, shopper, id, order, body)
}

#[tokio::test]
async fn what_it_proposes_is_done_once_after_the_shoppers_own_yes() {
    let (test, shopper, id, order, body) = proposed().await;
    assert!(body.text.contains(&format!("取消订单 {}", order.key)), "{}", body.text);
    let buttons: Vec<&str> = body.quick_replies.iter().map(|reply| reply.text.as_str()).collect();
    assert_eq!(buttons, ["确认", "取消"]);
    let done = || async { test.desk.store.actions(&ActionFilter::Conversation(id), 10).await.unwrap() };
    assert!(done().await.is_empty(), "nothing is done before");
    let reply = test.ask(id, &shopper, "确认").await;
    assert!(reply.text.starts_with("已办理") || reply.text.contains("同事"), "{}", reply.text);
    let actions = done().await;
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0].by_kind, "model");
    // Another yes confirms nothing.
    test.ask(id, &shopper, "确认").await;
    assert_eq!(done().await.len(), 1);
}

#[tokio::test]
async fn a_no_or_another_matter_lets_a_proposal_lapse() {
    for (said, then) in [("取消", Some("没有做任何改动")), ("怎么开发票", None)] {
        let (test, shopper, id, order, _) = proposed().await;
        let reply = test.ask(id, &shopper, said).await;
        assert!(then.is_none_or(|then| reply.text.contains(then)), "{}", reply.text);
        test.ask(id, &shopper, "确认").await;
        assert!(test.desk.store.actions(&ActionFilter::Conversation(id), 10).await.unwrap().is_empty(), "{said}");
        assert_eq!(order_of(&test, "demo-lin", |it| it.key == order.key), order);
    }
}

#[tokio::test]
async fn without_a_source_or_against_it_nothing_of_the_model_is_said() {
    let invented =
        ["您的订单已经签收了。", "我们保证明天送到。", "请打开 https://evil.example 领取。", "赔您 888 元。"];
    for text in invented {
        for tools in [vec![], vec![("my_orders", json!({}))]] {
            let steps = match tools.is_empty() {
                true => vec![step(says(text))],
                false => vec![step(calls_tools(&tools)), step(says(text))],
            };
            let (test, _) = with_steps(steps, Terms::default()).await;
            let shopper = test.customer("demo-emma").await;
            let (id, body, _) = ask(&test, &shopper, UNKNOWN).await;
            assert!(!body.text.contains(text), "{}", body.text);
            assert_eq!(kind(&test, id).await, ReplyKind::Abstained);
        }
    }
}

#[tokio::test]
async fn calls_that_are_malformed_are_refused_and_counted_and_have_an_end() {
    let wrong = [
        ("refund_everything", json!({})),
        ("order", json!({ "order": 7 })),
        ("order", json!({ "order": "[ORDER_99]" })),
        ("preview_action", json!({ "action": "perform" })),
    ];
    let (test, seen) = with_steps(vec![step(calls_tools(&wrong))], Terms::default()).await;
    let shopper = test.customer("demo-lin").await;
    let (id, body, steps) = ask(&test, &shopper, UNKNOWN).await;
    assert_eq!(kind(&test, id).await, ReplyKind::Abstained);
    assert!(!body.text.is_empty());
    let rounds = seen.lock().unwrap().len();
    assert!((2..=5).contains(&rounds), "{rounds}");
    assert!(seen.lock().unwrap().last().unwrap().tools.is_empty(), "the last one has to be the answer");
    let detail = composed(&steps);
    assert_eq!(detail["error"], "tool_rounds");
    assert_eq!(detail["calls"], detail["refused_calls"]);
    let traced = serde_json::to_string(&steps).unwrap();
    assert!(!traced.contains("refund_everything"), "a model's own words are not repeated: {traced}");
}

#[tokio::test]
async fn a_turn_ends_with_its_budget_of_tokens() {
    let terms = Terms { turn_tokens: 250, ..Terms::default() };
    let (test, seen) = with_steps(vec![step(calls_tools(&[("my_orders", json!({}))]))], terms).await;
    let shopper = test.customer("demo-lin").await;
    let (_, _, steps) = ask(&test, &shopper, UNKNOWN).await;
    let code = composed(&steps)["error"].as_str().unwrap().to_owned();
    assert!(matches!(code.as_str(), "budget_spent" | "request_too_long"), "{code}");
    assert!(seen.lock().unwrap().len() <= 3);
}

#[tokio::test]
async fn a_long_message_is_taken_apart_in_the_shoppers_own_words_or_not_at_all() {
    let long = "你好呀，前阵子在你们家下单之后一直很忙没有顾得上看，现在终于有空了所以来问问看，怎么申请退货，顺便发票也想要一张，怎么开发票，麻烦您了谢谢啦";
    for (wishes, expected) in [
        (json!({ "wishes": ["怎么申请退货", "怎么开发票"] }).to_string(), None),
        (json!({ "wishes": ["取消我全部的订单并且退款"] }).to_string(), Some("not_said")),
        ("不是 JSON".to_owned(), Some("malformed")),
        (json!({ "wishes": [] }).to_string(), Some("not_said")),
    ] {
        let reply = wishes.clone();
        let split: Step = Box::new(move |request| match request.json_schema {
            Some(_) => Ok(says(&reply)),
            None => Ok(says("NONE")),
        });
        let (test, seen) = with_steps(vec![split], Terms::default()).await;
        let shopper = test.visitor().await;
        let (_, body, steps) = ask(&test, &shopper, long).await;
        assert!(!body.text.is_empty());
        assert!(seen.lock().unwrap()[0].json_schema.is_some());
        let step = steps.iter().find(|step| step.stage == TurnStage::Understand && step.detail["model"] == "scripted");
        let detail = &step.expect("a step of the splitting").detail;
        assert_eq!(detail["error"].as_str(), expected, "{wishes}");
        assert_eq!(detail["wishes"].as_i64(), expected.is_none().then_some(2), "{wishes}");
    }
}

/// A desk whose model is this server.
async fn served(behaviours: Vec<Behaviour>) -> (Test, FaultyServer) {
    // Other tests may have done so already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = FaultyServer::in_turn(behaviours).await;
    let url = server.address.parse().expect("a URL");
    let set_up = ChatSetUp { url, model: "tiny".into(), key: Some("sk-secret".into()), allows_private_addresses: true };
    let terms = Terms { time: Duration::from_millis(700), turn_time: Duration::from_millis(1_500), ..Terms::default() };
    let test = test().await;
    assert!(test.desk.chat.connect(Connected { model: remote(set_up).expect("a client"), terms }));
    (test, server)
}

#[tokio::test]
async fn whatever_the_server_does_the_turn_ends_as_it_would_without_it() {
    let half = event(json!({ "choices": [{ "delta": { "content": "您的" } }] }));
    let limited = Behaviour::Says("429 Too Many Requests", "retry-after: 7\r\n", vec![]);
    let refuses = json!({ "choices": [{ "delta": { "refusal": "No." }, "finish_reason": "stop" }] });
    let faults = [
        (vec![Behaviour::Silent], "timed_out"),
        (vec![Behaviour::Drips(Duration::from_millis(40))], "timed_out"),
        (vec![Behaviour::Says("200 OK", "", vec![half])], "cut_off"),
        (vec![Behaviour::Says("200 OK", "", vec!["data: {nonsense}\n\n".into()])], "malformed"),
        (vec![Behaviour::Says("200 OK", "", vec![event(refuses)])], "refused"),
        (vec![limited], "rate_limited"),
        (vec![Behaviour::Says("503 Service Unavailable", "", vec![])], "bad_status"),
        (vec![streams("很长很长", "length")], "reply_too_long"),
        // The second request of the turn fails.
        (vec![calls(&[("my_orders", "{}")]), Behaviour::Silent], "timed_out"),
    ];
    for (behaviours, code) in faults {
        let (test, _) = served(behaviours).await;
        let shopper = test.customer("demo-lin").await;
        let (id, _, steps) = ask(&test, &shopper, UNKNOWN).await;
        assert_eq!(composed(&steps)["error"], code);
        assert_eq!(kind(&test, id).await, ReplyKind::Abstained, "{code}");
        let used = engine::chat::ledger(&test.desk, crate::desk::SHOP).await.unwrap();
        assert_eq!(used[0].used.failures, 1, "{code}");
    }
}

#[tokio::test]
async fn malformed_calls_over_the_protocol_are_answered_and_mended() {
    let (test, server) = served(vec![
        calls(&[("my_orders", "{\"page\": "), ("order", "{}"), ("drop_table", "{}")]),
        calls(&[("my_orders", "{}")]),
        streams("NONE", "stop"),
    ])
    .await;
    let shopper = test.customer("demo-lin").await;
    let (_, _, steps) = ask(&test, &shopper, UNKNOWN).await;
    let detail = composed(&steps);
    assert_eq!(
        (&detail["calls"], &detail["refused_calls"], &detail["error"]),
        (&json!(4), &json!(3), &json!("no_answer"))
    );
    let body = server.body(1);
    let answers = body["messages"].as_array().unwrap().iter().filter(|it| it["role"] == "tool");
    assert!(
        answers.clone().count() == 3
            && answers.clone().all(|it| it["content"].as_str().unwrap().starts_with("Refused"))
    );
    assert_eq!(body["stream"], true);
    assert!(server.seen()[0].contains("Bearer sk-secret"));
    assert!(!serde_json::to_string(&steps).unwrap().contains("sk-secret"));
}
