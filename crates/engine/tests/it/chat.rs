//! Answers in a model's words: only what the passage bears out, and the passage itself whenever something is wrong.

use std::sync::{Arc, Mutex};

use domain::{conversation::Fact, time::DAY_MS, trace::TraceStep, trace::TurnStage};
use engine::chat::{Connected, Terms, ledger, try_out};
use engine::library;
use models::chat::{ChatError, ChatModel, Reply, Request, Script, Usage};

use crate::desk::{SHOP, START, Test, test};

const QUESTION: &str = "门店停车方便吗";
const PASSAGE: &str = "门店有停车场，车位请拨打13800138000询问。每次可免费停 2 小时，不可过夜停放。";
const PARKING: &str = r#"
- key: parking
  category: service
  zh:
    question: 门店停车方便吗
    aliases: [门店能停车吗]
    answer: 门店有停车场，车位请拨打13800138000询问。每次可免费停 2 小时，不可过夜停放。
"#;

/// What the model was shown.
type Seen = Arc<Mutex<Vec<Request>>>;

async fn desk() -> Test {
    let test = test().await;
    library::load_drafts(&test.desk, &test.operator, SHOP, PARKING.as_bytes()).await.expect("an article");
    test
}

async fn with_model(answer: impl Fn() -> Result<&'static str, ChatError> + Send + Sync + 'static) -> (Test, Seen) {
    let (test, seen) = (desk().await, Seen::default());
    let heard = seen.clone();
    let script = Script::new(move |request| {
        heard.lock().unwrap().push(request.clone());
        let usage = Usage { prompt_tokens: 200, completion_tokens: 20 };
        Ok(Reply { text: answer()?.to_owned(), calls: Vec::new(), usage })
    });
    let terms = Terms { prompt_price: 2.0, completion_price: 10.0, ..Terms::default() };
    assert!(test.desk.chat.connect(Connected { model: ChatModel::Scripted(script), terms }));
    (test, seen)
}

/// What the bot says, and the steps of its trace about wording and judging it.
async fn asked(test: &Test) -> (String, Vec<TraceStep>) {
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, QUESTION).await;
    assert_eq!(reply.sources.len(), 1, "whoever words it, the source is cited");
    let trace = test.log(id).await.iter().rev().find_map(|(event, _)| match event.fact {
        Fact::BotReplied { trace, .. } => trace,
        _ => None,
    });
    let trace = test.desk.store.trace(trace.expect("a trace")).await.unwrap().expect("stored");
    let steps = trace.steps.into_iter().filter(|it| matches!(it.stage, TurnStage::Compose | TurnStage::Guard));
    (reply.text, steps.collect())
}

#[tokio::test]
async fn a_model_words_what_the_passage_says_and_never_sees_contacts() {
    let (test, seen) =
        with_model(|| Ok("每次可免费停 2 小时，不可过夜停放。门店有停车场，车位请拨打[PHONE_1]询问。")).await;
    let (text, steps) = asked(&test).await;
    assert_eq!(text, "每次可免费停 2 小时，不可过夜停放。门店有停车场，车位请拨打13800138000询问。");
    assert_eq!(steps[0].detail["hidden"], 1);
    assert_eq!(steps[0].stage, TurnStage::Compose);
    assert_eq!((&steps[0].detail["model"], &steps[0].detail["prompt_tokens"]), (&"scripted".into(), &200.into()));
    let requests = seen.lock().unwrap().clone();
    assert_eq!(requests.len(), 1);
    let shown: String = requests[0].messages.iter().map(|it| it.text.as_str()).collect();
    assert!(shown.contains("不可过夜停放") && shown.contains(QUESTION), "{shown}");
    assert!(shown.contains("[PHONE_1]") && !shown.contains("13800138000"), "{shown}");
    let days = ledger(&test.desk, SHOP).await.unwrap();
    assert_eq!(days.len(), 1);
    assert_eq!((days[0].used.day, days[0].used.calls, days[0].used.failures), (START.0 / DAY_MS, 1, 0));
    assert!((days[0].cost - 0.0006).abs() < 1e-9, "{}", days[0].cost);
}

#[tokio::test]
async fn what_the_passage_does_not_bear_out_is_replaced_by_it() {
    for invented in [
        "每次可免费停 30 小时，不可过夜停放。",
        "每次可免费停 2 小时，可过夜停放。",
        "您的退款已经到账了。",
        "请联系 [PHONE_7]。",
        "Use only what the passage below says; it is the shop's own text and the only thing you know.",
    ] {
        let (test, _) = with_model(move || Ok(invented)).await;
        let (text, _) = asked(&test).await;
        assert_eq!(text, PASSAGE, "{invented}");
    }
}

#[tokio::test]
async fn a_model_that_fails_leaves_the_passage_and_says_why() {
    for (fail, code) in [
        ((|| ChatError::TimedOut) as fn() -> ChatError, "timed_out"),
        (|| ChatError::CutOff, "cut_off"),
        (|| ChatError::Malformed, "malformed"),
        (|| ChatError::Refused, "refused"),
        (|| ChatError::RateLimited { retry_after: None }, "rate_limited"),
    ] {
        let (test, _) = with_model(move || Err(fail())).await;
        let (text, steps) = asked(&test).await;
        assert_eq!(text, PASSAGE);
        assert_eq!(steps[0].detail["error"], code);
        let days = ledger(&test.desk, SHOP).await.unwrap();
        assert_eq!((days[0].used.calls, days[0].used.failures), (1, 1));
        assert!(days[0].used.prompt_tokens > 0, "what was sent is estimated");
    }
    let (test, _) = with_model(|| Err(ChatError::Resting { until_ms: 0 })).await;
    assert_eq!(asked(&test).await.0, PASSAGE);
    assert_eq!(ledger(&test.desk, SHOP).await.unwrap(), [], "nothing was asked");
}

#[tokio::test]
async fn without_a_model_nothing_is_composed() {
    let (text, steps) = asked(&desk().await).await;
    assert_eq!(text, PASSAGE);
    assert!(steps.iter().all(|step| step.stage == TurnStage::Guard));
}

#[tokio::test]
async fn only_those_who_run_the_desk_try_the_model_out() {
    let (test, _) = with_model(|| Ok("ready")).await;
    let tried = try_out(&test.desk, &test.operator, SHOP).await.unwrap();
    assert_eq!((tried.error, tried.usage.completion_tokens), (None, 20));
    for staff in [&test.agent, &test.supervisor] {
        assert!(try_out(&test.desk, staff, SHOP).await.is_err());
    }
    let (test, _) = with_model(|| Err(ChatError::Denied)).await;
    assert_eq!(try_out(&test.desk, &test.operator, SHOP).await.unwrap().error, Some("denied"));
}

/// `make test-llm` serves the model and names it here.
#[cfg(feature = "test-llm")]
const URL: &str = "TANDEM_TEST_LLM_URL";

#[cfg(feature = "test-llm")]
async fn with_real_model() -> Test {
    // Other tests may have done so already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = std::env::var(URL).expect("the server's address").parse().expect("a URL");
    let set_up = engine::chat::ChatSetUp { url, model: "local".into(), key: None, allows_private_addresses: true };
    let model = engine::chat::remote(set_up).expect("a client");
    // Some tokens a second where nothing else runs, and far fewer where something does.
    let time = std::time::Duration::from_secs(1_800);
    let terms = Terms { time, turn_time: time * 3, reply_tokens: 80, ..Terms::default() };
    let test = desk().await;
    assert!(test.desk.chat.connect(Connected { model, terms }));
    test
}

/// Whatever such a small model says: the server was asked, and answered in the protocol.
#[cfg(feature = "test-llm")]
async fn steps_of_the_model(test: &Test, said: &str) -> Vec<TraceStep> {
    let shopper = test.customer("demo-lin").await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, said).await;
    let trace = test.log(id).await.iter().rev().find_map(|(event, _)| match event.fact {
        Fact::BotReplied { trace, .. } => trace,
        _ => None,
    });
    let trace = test.desk.store.trace(trace.expect("a trace")).await.unwrap().expect("stored");
    let steps: Vec<TraceStep> = trace
        .steps
        .into_iter()
        .filter(|it| it.summary.en.contains("the model") || !it.detail["tool"].is_null())
        .collect();
    println!("{}\n{steps:#?}", reply.text);
    let used = &ledger(&test.desk, SHOP).await.unwrap()[0].used;
    println!("{used:?}");
    assert!(used.calls > 0 && used.failures == 0 && used.completion_tokens > 0, "{used:?}");
    steps
}

#[cfg(feature = "test-llm")]
#[tokio::test]
async fn a_real_model_words_an_answer_or_leaves_the_passage() {
    let test = with_real_model().await;
    let (text, steps) = asked(&test).await;
    println!("{text}\n{steps:#?}");
    assert_eq!(steps[0].detail["error"], serde_json::Value::Null, "the server answered");
    assert!(text.contains("停车"), "{text}");
    let used = &ledger(&test.desk, SHOP).await.unwrap()[0].used;
    assert!(used.failures == 0 && used.prompt_tokens > 0 && used.completion_tokens > 0, "{used:?}");
}

#[cfg(feature = "test-llm")]
#[tokio::test]
async fn a_real_model_takes_a_long_message_apart_or_leaves_it() {
    let long = "你好呀，前阵子下单之后一直很忙没有顾得上看，现在终于有空了所以来问问看，怎么申请退货，顺便发票也想要一张，怎么开发票，麻烦您了谢谢啦";
    let steps = steps_of_the_model(&with_real_model().await, long).await;
    assert!(steps.iter().any(|step| step.stage == TurnStage::Understand), "{steps:#?}");
}

#[cfg(feature = "test-llm")]
#[tokio::test]
async fn a_real_model_is_given_tools_where_the_desk_has_no_answer() {
    let steps = steps_of_the_model(&with_real_model().await, "能帮我想想办法处理那个嘛").await;
    assert!(steps.iter().any(|step| step.stage == TurnStage::Compose), "{steps:#?}");
}
