//! Measures searching 100,000 articles, each in Chinese and in English, and prints the figures as JSON:
//! `cargo run --release -p tandem-knowledge --example measure_search`. Embedding the question is not included.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    article::{Article, ArticleDraft, Scope, Wording},
    id::{ArticleId, ShopId},
    language::Language,
    shop::ProductKey,
    time::Timestamp,
};
use knowledge::{Entry, Index, Query, texts_to_embed, vectors_from};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

const ARTICLES: usize = 100_000;
const QUERIES: usize = 2_000;
const WARM_UP: usize = 200;
const SINGLE_CHANGES: usize = 100;
const DIMENSION: usize = 384;
const CLUSTERS: usize = 2_000;
const PRODUCTS: usize = 500;
const LIMIT: usize = 10;

const THINGS: [(&str, &str); 24] = [
    ("电热水壶", "kettle"),
    ("露营帐篷", "tent"),
    ("羽绒服", "down jacket"),
    ("运动鞋", "running shoes"),
    ("蓝牙耳机", "earbuds"),
    ("扫地机器人", "robot vacuum"),
    ("儿童座椅", "child seat"),
    ("保温杯", "thermos"),
    ("床垫", "mattress"),
    ("行李箱", "suitcase"),
    ("空气炸锅", "air fryer"),
    ("加湿器", "humidifier"),
    ("台灯", "desk lamp"),
    ("充电宝", "power bank"),
    ("面霜", "face cream"),
    ("猫粮", "cat food"),
    ("瑜伽垫", "yoga mat"),
    ("咖啡机", "coffee machine"),
    ("雨伞", "umbrella"),
    ("键盘", "keyboard"),
    ("牛仔裤", "jeans"),
    ("防晒霜", "sunscreen"),
    ("电饭煲", "rice cooker"),
    ("自行车", "bicycle"),
];
const MATTERS: [(&str, &str); 20] = [
    ("保修多久", "how long is the warranty for"),
    ("怎么清洗", "how do I clean"),
    ("可以退货吗", "can I return"),
    ("什么时候发货", "when do you ship"),
    ("有没有现货", "is there stock of"),
    ("能不能开发票", "can I get an invoice for"),
    ("坏了怎么修", "how do I repair"),
    ("运费谁承担", "who pays shipping for"),
    ("尺寸怎么选", "which size should I choose for"),
    ("支持货到付款吗", "can I pay on delivery for"),
    ("会不会降价", "will the price drop for"),
    ("怎么安装", "how do I install"),
    ("少了配件怎么办", "a part is missing from"),
    ("有异味正常吗", "is it normal to smell"),
    ("能改地址吗", "can I change the address for"),
    ("可以送货上门吗", "is there home delivery for"),
    ("赠品怎么领", "how do I get the gift with"),
    ("和旧款有什么区别", "what is new in"),
    ("噪音大不大", "how loud is"),
    ("适合多大年龄", "what age is right for"),
];
const HABITS: [(&str, &str); 12] = [
    ("请先在订单页面提交申请", "Please file a request on the order page first"),
    ("客服会在两小时内联系您", "Someone will contact you within two hours"),
    ("签收后七天内有效", "This holds for seven days after delivery"),
    ("原包装和配件需要保持完整", "Keep the packaging and accessories complete"),
    ("偏远地区可能晚一到两天", "Remote regions may take one or two days more"),
    ("费用由我们承担", "We bear the cost"),
    ("请使用中性清洁剂和软布", "Use a mild detergent and a soft cloth"),
    ("拍照上传有助于更快处理", "A photo helps us to act faster"),
    ("活动期间以页面说明为准", "During promotions the page applies"),
    ("发票会发送到您的邮箱", "The invoice goes to your mailbox"),
    ("如有疑问请随时联系我们", "Ask us at any time"),
    ("退款将原路退回", "The refund goes back the way it was paid"),
];

fn main() -> anyhow::Result<()> {
    let mut rng = StdRng::seed_from_u64(7);
    let centres: Vec<Vec<f32>> = (0..CLUSTERS).map(|_| noise(&mut rng)).collect();
    let shop = ShopId::from_bits(1);
    let empty_rss_mb = resident_mb();

    let index = Index::new()?;
    let mut questions = Vec::new();
    let mut generating = Duration::ZERO;
    let started = Instant::now();
    let held = index.upsert((0..ARTICLES).map(|number| {
        let begun = Instant::now();
        let (entry, vector) = made_entry(number, shop, &centres, &mut rng);
        if number % (ARTICLES / (QUERIES + WARM_UP)) == 0 {
            questions.push((entry.article.clone(), near(&vector, 0.35, &mut rng)));
        }
        generating += begun.elapsed();
        entry
    }))?;
    let build_seconds = (started.elapsed() - generating).as_secs_f64();
    anyhow::ensure!(held.held == ARTICLES && held.without_vectors.is_empty(), "all articles are held with vectors");
    let full_rss_mb = resident_mb();

    let lexical = measured(&index, shop, &questions, true, false)?;
    let vector = measured(&index, shop, &questions, false, true)?;
    let hybrid = measured(&index, shop, &questions, true, true)?;
    let single = measured_changes(&index, shop, &centres, &mut rng)?;
    let hybrid_after = measured(&index, shop, &questions, true, true)?;

    let report = json!({
        "articles": ARTICLES, "wordings": 2 * ARTICLES, "queries": QUERIES,
        "build_seconds": build_seconds, "generating_seconds": generating.as_secs_f64(),
        "rss_before_mb": empty_rss_mb, "rss_after_build_mb": full_rss_mb, "rss_at_end_mb": resident_mb(),
        "lexical_only_ms": lexical, "vector_only_ms": vector, "hybrid_ms": hybrid,
        "single_upsert_ms": single, "hybrid_after_changes_ms": hybrid_after,
    });
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(())
}

fn made_entry(number: usize, shop: ShopId, centres: &[Vec<f32>], rng: &mut StdRng) -> (Entry, Vec<f32>) {
    let (thing, matter) = (THINGS[number % THINGS.len()], MATTERS[number / THINGS.len() % MATTERS.len()]);
    let model = format!("{}{}", ["K", "T", "X", "Pro", "Mini"][number % 5], number / (THINGS.len() * MATTERS.len()));
    let habits: Vec<_> = (0..3).map(|_| HABITS[rng.random_range(0..HABITS.len())]).collect();
    let zh = Wording {
        question: format!("{}{model}{}", thing.0, matter.0),
        aliases: Vec::new(),
        answer: habits.iter().map(|habit| habit.0).collect::<Vec<_>>().join("，"),
    };
    let en = Wording {
        question: format!("{} the {} {model}?", matter.1, thing.1),
        aliases: Vec::new(),
        answer: habits.iter().map(|habit| habit.1).collect::<Vec<_>>().join(". "),
    };
    let products = if number.is_multiple_of(5) { vec![product(number % PRODUCTS)] } else { Vec::new() };
    let draft = ArticleDraft {
        key: format!("article-{number}"),
        scope: Scope { products, categories: Vec::new() },
        zh: Some(zh),
        en: Some(en),
        ..ArticleDraft::default()
    };
    let article = Article {
        id: ArticleId::from_bits(number as u128),
        shop,
        version: 1,
        draft,
        archived: false,
        updated_at: Timestamp(0),
        updated_by: String::new(),
    };
    let meaning = near(&centres[rng.random_range(0..CLUSTERS)], 0.8, rng);
    let embeddings: Vec<_> = texts_to_embed(&article).iter().map(|_| near(&meaning, 0.2, rng)).collect();
    let vectors = vectors_from(&article, &embeddings).expect("one vector for each text");
    (Entry { article: Arc::new(article), vectors: Some(Arc::new(vectors)) }, meaning)
}

fn product(number: usize) -> ProductKey {
    ProductKey(format!("product-{number}"))
}

fn noise(rng: &mut StdRng) -> Vec<f32> {
    (0..DIMENSION).map(|_| rng.random_range(-1.0..1.0)).collect()
}

fn near(centre: &[f32], share: f32, rng: &mut StdRng) -> Vec<f32> {
    centre.iter().map(|x| x + share * rng.random_range(-1.0..1.0)).collect()
}

/// Asks each question as a shopper would put it: some of it left out, something said around it.
fn measured(
    index: &Index,
    shop: ShopId,
    questions: &[(Arc<Article>, Vec<f32>)],
    with_text: bool,
    with_vector: bool,
) -> anyhow::Result<Value> {
    let mut times = Vec::new();
    let mut found = 0;
    for (number, (article, vector)) in questions.iter().take(WARM_UP + QUERIES).enumerate() {
        let language = Language::ALL[number % 2];
        let question = &article.draft.wording(language).expect("both languages").question;
        let asked = match language {
            Language::Zh => format!("你好，我想问一下{question}，谢谢，急用，麻烦快点回复"),
            Language::En => format!("hi, I would like to know: {question} thanks, please answer soon, it is urgent"),
        };
        let focus = article.draft.scope.products.first().cloned();
        let query = Query {
            shop,
            text: if with_text { &asked } else { "" },
            vector: with_vector.then_some(vector),
            language: Some(language),
            now: Timestamp(0),
            product: focus.as_ref(),
            category: None,
            limit: LIMIT,
            ranker: None,
        };
        let begun = Instant::now();
        let hits = index.search(&query)?;
        if number >= WARM_UP {
            times.push(begun.elapsed());
            found += usize::from(hits.iter().any(|hit| hit.article.id == article.id));
        }
    }
    let mut report = percentiles(times);
    report["found_share"] = json!(found as f64 / QUERIES as f64);
    Ok(report)
}

fn measured_changes(index: &Index, shop: ShopId, centres: &[Vec<f32>], rng: &mut StdRng) -> anyhow::Result<Value> {
    let mut times = Vec::new();
    for change in 0..SINGLE_CHANGES {
        let (entry, _) = made_entry(change * (ARTICLES / SINGLE_CHANGES), shop, centres, rng);
        let begun = Instant::now();
        index.upsert([entry])?;
        times.push(begun.elapsed());
    }
    Ok(percentiles(times))
}

fn percentiles(mut times: Vec<Duration>) -> Value {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    json!({ "p50": at(0.5), "p90": at(0.9), "p99": at(0.99), "max": at(1.0) })
}

fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1_024
}
