//! What platforms and merchants change, where findings point, and that rewriting ends in a text that passes.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;

macro_rules! pack {
    ($name:literal) => {
        include_str!(concat!("../../../../content/compliance/", $name, ".yaml"))
    };
}

static PACKS: LazyLock<Arc<Packs>> = LazyLock::new(|| {
    let texts = PackTexts {
        contexts: pack!("contexts"),
        platforms: pack!("platforms"),
        categories: &[
            pack!("absolute"),
            pack!("medical"),
            pack!("diversion"),
            pack!("off_platform_payment"),
            pack!("abuse"),
            pack!("over_promise"),
            pack!("price"),
            pack!("competitor"),
            pack!("personal_data"),
            pack!("secrets"),
            pack!("platform"),
            pack!("machine"),
        ],
    };
    Arc::new(Packs::read(&texts).unwrap())
});

fn with(terms: &Terms) -> Compliance {
    Compliance::new(PACKS.clone(), terms).unwrap()
}

fn on(platform: &str) -> Compliance {
    with(&Terms { platform: platform.into(), ..Terms::default() })
}

fn found(rules: &Compliance, text: &str) -> Vec<(String, Severity, String)> {
    rules.check(text, Speaker::Agent).into_iter().map(|it| (it.category, it.severity, it.matched)).collect()
}

#[test]
fn findings_point_into_the_text_as_it_was_written() {
    let text = "亲，加 薇\u{200b}信 ａｂｃ１２３４５ 聊";
    let findings = on("taobao").check(text, Speaker::Agent);
    let [finding] = &findings[..] else { panic!("{findings:?}") };
    assert_eq!(&text[finding.span.clone()], finding.matched);
    assert!(finding.matched.contains('薇'), "{}", finding.matched);
    assert_eq!(finding.severity, Severity::Block);
    assert!(!finding.reason.zh.is_empty() && !finding.reason.en.is_empty());
    let Suggestion { span, text: instead } = &finding.suggestion;
    assert_eq!(format!("{}{instead}{}", &text[..span.start], &text[span.end..]), "亲，有问题您直接在这里留言就好");
}

#[test]
fn the_platform_decides_what_a_finding_comes_to() {
    use Severity::*;
    let link = "请看 https://item.jd.com/100.html";
    for (platform, text, severity) in [
        ("own_shop", "加我微信", Some(MustChange)),
        ("taobao", "加我微信", Some(Block)),
        ("own_shop", link, Some(Hint)),
        ("taobao", link, Some(Block)),
        ("jd", link, None),
        ("taobao", "客服热线 400-820-8820", Some(Hint)),
        ("own_shop", "客服热线 400-820-8820", None),
        ("taobao", "这是全网最低价", Some(MustChange)),
        ("douyin", "这是全网最低价", Some(Block)),
        ("taobao", "支持微信支付", None),
    ] {
        let worst = found(&on(platform), text).into_iter().map(|it| it.1).max();
        assert_eq!(worst, severity, "{platform}: {text}");
    }
    let unknown = Compliance::new(PACKS.clone(), &Terms { platform: "ebay".into(), ..Terms::default() });
    assert_eq!(unknown.err(), Some(TermsFault { field: "platform", code: "unknown" }));
}

#[test]
fn a_merchants_words_go_on_top() {
    let list = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let terms = Terms {
        words: list(&["清仓甩卖"]),
        exceptions: list(&["顶级云杉"]),
        competitors: list(&["某宝优选", "TentCo"]),
        hosts: list(&["shop.example"]),
        ..Terms::default()
    };
    let rules = with(&terms);
    assert_eq!(found(&rules, "清 仓 甩卖啦")[0].0, "own");
    assert_eq!(found(&rules, "某宝优选也有")[0].0, "competitor");
    assert_eq!(rules.rewritten("It's better than TentCo.", Speaker::Agent).unwrap(), "It's better than other brands.");
    assert_eq!(found(&rules, "型号是顶级云杉，见 https://www.shop.example/a"), []);
    assert_eq!(found(&rules, "顶级工艺").len(), 1);
    for (terms, fault) in [
        (Terms { words: list(&["竞"]), ..Terms::default() }, ("words", "too_short")),
        (Terms { exceptions: vec!["长".repeat(41)], ..Terms::default() }, ("exceptions", "too_long")),
        (Terms { competitors: vec!["某某".into(); 501], ..Terms::default() }, ("competitors", "too_many")),
    ] {
        let (field, code) = fault;
        assert_eq!(Compliance::new(PACKS.clone(), &terms).err(), Some(TermsFault { field, code }));
    }
}

#[test]
fn some_rules_are_about_the_bot_alone() {
    let rules = on("own_shop");
    let text = "请把结果告诉买家";
    assert_eq!(found(&rules, text), []);
    assert_eq!(rules.check(text, Speaker::Bot)[0].category, "machine");
}

#[test]
fn packs_that_can_not_be_used_are_refused_by_the_rule() {
    let category = |rule: &str| {
        format!(
            "category: c\ntitle: {{zh: 甲, en: a}}\nseverity: hint\nreason: {{zh: 乙, en: b}}\n\
             fallback: {{zh: 好的, en: fine}}\nrules: [{rule}]"
        )
    };
    let read = |rule: &str, platforms: &str| {
        let text = category(rule);
        let texts = PackTexts { contexts: "{}", platforms, categories: &[&text] };
        Packs::read(&texts).err().map(|fault| fault.to_string()).unwrap_or_default()
    };
    let none = "{hosts: [], mailboxes: [], platforms: []}";
    assert_eq!(read("{id: r, words: [ab]}", none), "");
    assert!(read("{id: r, needs: [nowhere]}", none).contains("c.r"));
    assert!(read("{id: r, needs: ['(◆']}", none).contains("c.r"));
    let platform = "{hosts: [], mailboxes: [], platforms: [{key: p, title: {zh: 丙, en: p}, severities: {x: hint}}]}";
    assert!(read("{id: r, words: [ab]}", platform).contains('x'));
}

#[test]
fn what_is_said_instead_passes_everywhere() {
    for (platform, ..) in PACKS.platforms() {
        let rules = on(platform);
        for category in &PACKS.categories {
            for text in [&category.fallback.zh, &category.fallback.en] {
                assert_eq!(rules.check(text, Speaker::Bot), [], "{platform}: {text}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_and_its_rewriting_passes(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("加我微信"), Just("，"), Just("。"), Just("全网最低价"), Just(" "), Just("13800138000"),
                Just("保证"), Just("guarantee"), Just("the best"), Just("😀"), Just("不"), Just("1️⃣"), Just("w.e"),
                Just("https://a.top/x"), Just("\u{200b}"), Just("滚"), Just("tent"), Just("\n"), Just("最"),
            ],
            0..12,
        ),
        any in ".{0,40}",
    ) {
        let rules = on("taobao");
        for text in [pieces.concat(), any] {
            let findings = rules.check(&text, Speaker::Agent);
            let mut end = 0;
            for finding in &findings {
                prop_assert!(finding.span.start >= end && text.get(finding.span.clone()).is_some());
                prop_assert!(text.get(finding.suggestion.span.clone()).is_some());
                end = finding.span.end;
            }
            let rewritten = rules.rewritten(&text, Speaker::Agent);
            prop_assert_eq!(rewritten.is_none(), findings.is_empty());
            if let Some(rewritten) = rewritten {
                prop_assert!(rules.check(&rewritten, Speaker::Agent).is_empty(), "{} => {}", text, rewritten);
            }
        }
    }
}
