//! The index as its caller sees it, with a toy embedding so that every result can be told in advance.

use std::sync::Arc;

use domain::{
    article::{Article, ArticleDraft, Scope, Wording},
    id::{ArticleId, ShopId},
    language::Language,
    shop::{CategoryKey, ProductKey},
    time::Timestamp,
};
use knowledge::{
    Basis, Entry, Hit, Index, IndexError, Phrasing, Query, ScopeMatch, margin, texts_to_embed, vectors_from,
};

const DIMENSION: usize = 64;
const SHOP: ShopId = ShopId::from_bits(1);

/// Hashed character pairs: texts that share them point the same way.
fn embed(text: &str) -> Vec<f32> {
    let mut vector = vec![0.01; DIMENSION];
    let chars: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    for pair in chars.windows(2) {
        let hash = pair.iter().fold(17u32, |hash, &c| hash.wrapping_mul(31).wrapping_add(c as u32));
        vector[(hash.wrapping_mul(2_654_435_761) >> 16) as usize % DIMENSION] += 1.0;
    }
    vector
}

fn wording(question: &str, aliases: &[&str], answer: &str) -> Option<Wording> {
    let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
    Some(Wording { question: question.to_owned(), aliases, answer: answer.to_owned() })
}

fn article(id: u128, draft: ArticleDraft) -> Article {
    let draft = ArticleDraft { key: format!("article-{id}"), ..draft };
    let id = ArticleId::from_bits(id);
    Article { id, shop: SHOP, version: 1, draft, archived: false, updated_at: Timestamp(0), updated_by: String::new() }
}

fn zh(id: u128, question: &str, answer: &str) -> Article {
    article(id, ArticleDraft { zh: wording(question, &[], answer), ..ArticleDraft::default() })
}

fn with_vectors(article: Article) -> Entry {
    let embeddings: Vec<_> = texts_to_embed(&article).iter().map(|text| embed(&text.text)).collect();
    let vectors = vectors_from(&article, &embeddings).unwrap();
    Entry { article: Arc::new(article), vectors: Some(Arc::new(vectors)) }
}

fn without_vectors(article: Article) -> Entry {
    Entry { article: Arc::new(article), vectors: None }
}

fn index(entries: impl IntoIterator<Item = Entry>) -> Index {
    let index = Index::with_dimension(DIMENSION).unwrap();
    index.upsert(entries).unwrap();
    index
}

fn query(text: &str) -> Query<'_> {
    Query {
        shop: SHOP,
        text,
        vector: None,
        language: Some(Language::Zh),
        now: Timestamp(0),
        product: None,
        category: None,
        limit: 10,
        ranker: None,
    }
}

fn ids(hits: &[Hit]) -> Vec<u128> {
    hits.iter().map(|hit| hit.article.id.bits()).collect()
}

fn ask(index: &Index, text: &str) -> Vec<u128> {
    let vector = embed(text);
    ids(&index.search(&Query { vector: Some(&vector), ..query(text) }).unwrap())
}

#[test]
fn an_empty_index_has_no_hits() {
    assert_eq!(ask(&index([]), "怎么退货"), []);
}

#[test]
fn the_nearest_article_comes_first_and_says_why() {
    let index = index([
        with_vectors(zh(1, "怎么申请退货", "在订单页面点退货。")),
        with_vectors(zh(2, "什么时候发货", "付款后48小时内。")),
        with_vectors(zh(3, "可以开发票吗", "可以，电子发票。")),
    ]);
    let vector = embed("请问怎么退货");
    let hits = index.search(&Query { vector: Some(&vector), ..query("请问怎么退货") }).unwrap();
    assert_eq!(ids(&hits)[0], 1);
    assert_eq!(hits.len(), 3, "every article is ranked when there is a vector");
    let first = &hits[0];
    assert_eq!(first.basis, Basis::Hybrid);
    assert_eq!(first.matched_phrasing, Phrasing::Question);
    assert_eq!(first.scope, ScopeMatch::Everywhere);
    assert!(first.lexical > 0.0 && first.coverage > 0.2 && first.coverage < 1.0, "{first:?}");
    assert!(margin(&hits).unwrap() > 0.0);
    assert_eq!(first.wording().unwrap().question, "怎么申请退货");
}

#[test]
fn the_cosine_is_the_mean_of_phrasing_and_passage() {
    let article = zh(1, "怎么申请退货", "在订单页面点退货。");
    let texts = texts_to_embed(&article);
    let asked = embed("怎么退货");
    let cosine = |a: &[f32], b: &[f32]| {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    };
    let expected = texts.iter().map(|text| cosine(&asked, &embed(&text.text))).sum::<f32>() / 2.0;
    let index = index([with_vectors(article)]);
    let hits = index.search(&Query { vector: Some(&asked), ..query("怎么退货") }).unwrap();
    let got = hits[0].cosine.unwrap();
    assert!((got - expected).abs() < 0.003, "{got} is not {expected}");
}

#[test]
fn an_alias_is_found_and_named() {
    let draft = ArticleDraft {
        zh: wording("怎么申请退货", &["钱能退给我吗", "东西不想要了"], "在订单页面点退货。"),
        ..ArticleDraft::default()
    };
    for entry in [with_vectors(article(1, draft.clone())), without_vectors(article(1, draft))] {
        let index = index([entry, with_vectors(zh(2, "什么时候发货", "48小时内。"))]);
        let vector = embed("东西不想要了");
        let hits = index.search(&Query { vector: Some(&vector), ..query("东西不想要了") }).unwrap();
        let hit = hits.iter().find(|hit| hit.article.id.bits() == 1).unwrap();
        assert_eq!(hit.matched_phrasing, Phrasing::Alias(1));
    }
}

#[test]
fn words_alone_work_and_say_so() {
    let index = index([
        without_vectors(zh(1, "怎么申请退货", "在订单页面点退货。")),
        without_vectors(zh(2, "什么时候发货", "付款后48小时内。")),
    ]);
    let hits = index.search(&query("我想退掉")).unwrap();
    assert_eq!(ids(&hits), [1], "an article that shares no gram is no hit");
    assert_eq!((hits[0].basis, hits[0].cosine), (Basis::LexicalOnly, None));
    assert_eq!(hits[0].score, hits[0].lexical);
    assert_eq!(index.search(&query("？！")).unwrap().len(), 0);
}

#[test]
fn an_article_without_vectors_yet_competes_by_its_words() {
    let index = index([
        with_vectors(zh(1, "可以开发票吗", "可以，电子发票。")),
        with_vectors(zh(2, "什么时候发货", "付款后48小时内。")),
        without_vectors(zh(3, "怎么申请退货", "在订单页面点退货。")),
    ]);
    let vector = embed("怎么申请退货");
    let hits = index.search(&Query { vector: Some(&vector), ..query("怎么申请退货") }).unwrap();
    let third = hits.iter().find(|hit| hit.article.id.bits() == 3).unwrap();
    assert_eq!((third.basis, third.cosine), (Basis::LexicalOnly, None));
    assert_eq!(ids(&hits)[0], 3);
}

#[test]
fn a_batch_reports_vectors_that_do_not_fit() {
    let fitting = with_vectors(zh(1, "怎么退货", "点退货。"));
    let mut reworded = zh(2, "怎么换货", "点换货。");
    let stale = with_vectors(reworded.clone()).vectors;
    reworded.draft.zh.as_mut().unwrap().aliases.push("想换一个".to_owned());
    let index = Index::with_dimension(DIMENSION).unwrap();
    let upserted = index.upsert([fitting, Entry { article: Arc::new(reworded), vectors: stale }]).unwrap();
    assert_eq!((upserted.held, upserted.without_vectors), (2, vec![ArticleId::from_bits(2)]));
    assert!(ids(&index.search(&query("换货")).unwrap()).contains(&2));
}

#[test]
fn another_models_vector_is_refused() {
    let index = index([]);
    let error = index.search(&Query { vector: Some(&[1.0; 3]), ..query("退货") }).unwrap_err();
    assert!(matches!(error, IndexError::Dimension { expected: DIMENSION, got: 3 }));
}

#[test]
fn changes_are_seen_at_once() {
    let index = index([with_vectors(zh(1, "怎么退货", "点退货。")), with_vectors(zh(2, "怎么换货", "点换货。"))]);
    index.upsert([with_vectors(zh(1, "可以开发票吗", "可以。"))]).unwrap();
    assert_eq!(ids(&index.search(&query("发票")).unwrap()), [1]);
    assert_eq!(ids(&index.search(&query("退")).unwrap()), []);
    index.remove([ArticleId::from_bits(2), ArticleId::from_bits(9)]).unwrap();
    assert_eq!(ask(&index, "怎么换货"), [1]);
    let archived = Article { archived: true, ..zh(1, "可以开发票吗", "可以。") };
    index.upsert([with_vectors(archived)]).unwrap();
    assert_eq!((ask(&index, "可以开发票吗"), index.article_count()), (vec![], 0));
}

#[test]
fn repeated_changes_leave_no_trace() {
    let index = index((0..50).map(|id| with_vectors(zh(id, &format!("问题{id}怎么办"), "请联系客服。"))));
    for round in 0..40u128 {
        let id = round % 50;
        index.upsert([with_vectors(zh(id, &format!("第{round}次改过的退货问题"), "请联系客服。"))]).unwrap();
        let hits = index.search(&query(&format!("第{round}次改过的退货问题"))).unwrap();
        assert_eq!(ids(&hits)[0], id, "round {round}");
        assert_eq!(ids(&hits).iter().filter(|&&hit| hit == id).count(), 1);
    }
    assert_eq!(index.article_count(), 50);
    assert_eq!(index.search(&Query { limit: 100, ..query("问题怎么办退货") }).unwrap().len(), 50);
}

#[test]
fn shops_do_not_see_each_other() {
    let other = Article { shop: ShopId::from_bits(2), ..zh(2, "怎么退货", "别家的答案。") };
    let index = index([with_vectors(zh(1, "怎么退货", "点退货。")), with_vectors(other)]);
    assert_eq!(ask(&index, "怎么退货"), [1]);
    let elsewhere = Query { shop: ShopId::from_bits(2), ..query("怎么退货") };
    assert_eq!(ids(&index.search(&elsewhere).unwrap()), [2]);
    let nowhere = Query { shop: ShopId::from_bits(3), ..query("怎么退货") };
    assert!(index.search(&nowhere).unwrap().is_empty());
}

#[test]
fn the_other_language_answers_only_when_there_is_no_other_way() {
    let english = || {
        article(2, ArticleDraft { en: wording("Returns", &[], "Use the order page 退货."), ..ArticleDraft::default() })
    };
    let alone = index([with_vectors(english())]);
    let vector = embed("怎么退货");
    let asked = Query { vector: Some(&vector), ..query("怎么退货") };
    let hits = alone.search(&asked).unwrap();
    assert_eq!((hits[0].language, hits[0].is_other_language), (Language::En, true));
    let both = index([with_vectors(english()), with_vectors(zh(1, "什么时候发货", "48小时内。"))]);
    let hits = both.search(&asked).unwrap();
    assert_eq!(ids(&hits), [1]);
    assert!(!hits[0].is_other_language);
    let either = both.search(&Query { language: None, ..asked }).unwrap();
    assert_eq!(either.len(), 2);
}

#[test]
fn an_article_in_both_languages_is_one_hit() {
    let draft = ArticleDraft {
        zh: wording("怎么退货", &[], "点退货。"),
        en: wording("怎么退货 returns", &[], "Click it."),
        ..ArticleDraft::default()
    };
    let index = index([with_vectors(article(1, draft))]);
    let hits = index.search(&Query { language: None, ..query("怎么退货") }).unwrap();
    assert_eq!(ids(&hits), [1]);
}

#[test]
fn validity_is_judged_at_the_moment_of_asking() {
    let mut sale = zh(1, "双十一怎么退货", "活动期间可退。");
    (sale.draft.valid_from, sale.draft.valid_until) = (Some(Timestamp(100)), Some(Timestamp(200)));
    let index = index([with_vectors(sale)]);
    let at = |now| index.search(&Query { now: Timestamp(now), ..query("怎么退货") }).unwrap().len();
    assert_eq!([99, 100, 199, 200].map(at), [0, 1, 1, 0]);
}

#[test]
fn scope_excludes_prefers_and_holds_back() {
    let scoped = |id, product: &str| {
        let mut article = zh(id, "保修多久", "保修两年。");
        article.draft.scope = Scope { products: vec![product.into()], categories: vec![] };
        with_vectors(article)
    };
    let index = index([scoped(1, "kettle"), scoped(2, "tent"), with_vectors(zh(3, "保修多久", "保修两年。"))]);
    let kettle = ProductKey::from("kettle");
    let outdoor = CategoryKey::from("outdoor");
    let vector = embed("保修多久");
    let asked = Query { vector: Some(&vector), ..query("保修多久") };
    let found = |query: &Query<'_>| {
        let hits = index.search(query).unwrap();
        hits.iter().map(|hit| (hit.article.id.bits(), hit.scope)).collect::<Vec<_>>()
    };
    let named = Query { product: Some(&kettle), category: Some(&outdoor), ..asked };
    let in_focus = found(&named);
    assert_eq!(in_focus.len(), 2, "another product's article is out");
    assert!(in_focus.contains(&(1, ScopeMatch::InFocus)));
    assert_eq!(found(&asked).len(), 3);
    assert!(found(&asked).contains(&(2, ScopeMatch::Unasked)));
}

#[test]
fn scope_decides_between_equals() {
    let mut entries: Vec<_> =
        (10..20).map(|id| with_vectors(zh(id, &format!("发货问题{id}"), "48小时内发货。"))).collect();
    let mut own = zh(1, "保修多久", "保修两年。");
    own.draft.scope.products = vec!["kettle".into()];
    entries.extend([with_vectors(own), with_vectors(zh(2, "保修多久", "保修两年。"))]);
    let index = index(entries);
    let vector = embed("保修多久");
    let kettle = ProductKey::from("kettle");
    let asked = Query { vector: Some(&vector), ..query("保修多久") };
    assert_eq!(ids(&index.search(&asked).unwrap())[..2], [2, 1]);
    assert_eq!(ids(&index.search(&Query { product: Some(&kettle), ..asked }).unwrap())[..2], [1, 2]);
}

#[test]
fn the_limit_holds_and_the_order_is_stable() {
    let index = index((0..300).map(|id| with_vectors(zh(id, "怎么退货", "点退货。"))));
    let vector = embed("怎么退货");
    let asked = Query { vector: Some(&vector), limit: 7, ..query("怎么退货") };
    let first = ids(&index.search(&asked).unwrap());
    assert_eq!(first.len(), 7);
    assert_eq!(first, ids(&index.search(&asked).unwrap()));
}

#[test]
fn an_exact_scan_finds_any_of_thousands() {
    let numbered = |id: u128| with_vectors(zh(id, &format!("编号{}的{}问题", id * 7_919, id % 13), "请联系客服。"));
    let index = index((0..10_000).map(numbered));
    index.remove((0..10_000).step_by(3).map(ArticleId::from_bits)).unwrap();
    index.upsert((0..10_000).step_by(6).map(numbered)).unwrap();
    for id in (0..10_000u128).step_by(101) {
        let text = format!("编号{}的{}问题", id * 7_919, id % 13);
        let is_held = id % 3 != 0 || id % 6 == 0;
        assert_eq!(ask(&index, &text).first() == Some(&id), is_held, "{id}");
    }
}

#[test]
fn readers_always_see_one_whole_state() {
    let index = index([]);
    let whole: Vec<_> = (0..20).map(|id| with_vectors(zh(id, "怎么退货", "点退货。"))).collect();
    let asked = Query { limit: 100, ..query("怎么退货") };
    std::thread::scope(|threads| {
        let reading = threads.spawn(|| {
            for _ in 0..300 {
                let found = index.search(&asked).unwrap().len();
                assert!(found == 0 || found == 20, "{found} of 20 are visible");
            }
        });
        for _ in 0..20 {
            index.upsert(whole.clone()).unwrap();
            index.remove((0..20).map(ArticleId::from_bits)).unwrap();
        }
        reading.join().unwrap();
    });
}
