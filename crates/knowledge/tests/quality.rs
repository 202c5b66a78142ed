//! Hard paraphrases against small articles, by words alone: the floor that the desk keeps without its embedding
//! model. What the model adds is measured where the model is.

use std::{collections::HashMap, sync::Arc};

use domain::{
    article::{Article, ArticleDraft, Wording},
    id::{ArticleId, ShopId},
    language::Language,
    time::Timestamp,
};
use knowledge::{Entry, Index, Query};

/// Key, Chinese question and answer, English question and answer.
const ARTICLES: [(&str, &str, &str, &str, &str); 40] = include!("quality/articles.in");
/// Key of the article that answers, and the question as a shopper puts it.
const ZH_QUESTIONS: [(&str, &str); 34] = include!("quality/questions_zh.in");
const EN_QUESTIONS: [(&str, &str); 30] = include!("quality/questions_en.in");

const SHOP: ShopId = ShopId::from_bits(1);

fn index() -> Index {
    let wording = |question: &str, answer: &str| {
        Some(Wording { question: question.to_owned(), aliases: Vec::new(), answer: answer.to_owned() })
    };
    let entries = ARTICLES.iter().enumerate().map(|(number, (key, zh, zh_answer, en, en_answer))| {
        let draft = ArticleDraft {
            key: (*key).to_owned(),
            zh: wording(zh, zh_answer),
            en: wording(en, en_answer),
            ..ArticleDraft::default()
        };
        let article = Article {
            id: ArticleId::from_bits(number as u128),
            shop: SHOP,
            version: 1,
            draft,
            archived: false,
            updated_at: Timestamp(0),
            updated_by: String::new(),
        };
        Entry { article: Arc::new(article), vectors: None }
    });
    let index = Index::new().unwrap();
    index.upsert(entries).unwrap();
    index
}

/// Shares of questions whose article comes first, and among the first five.
fn recall(index: &Index, language: Language, questions: &[(&str, &str)]) -> (f64, f64) {
    let mut ranks: HashMap<usize, usize> = HashMap::new();
    for (key, text) in questions {
        assert!(ARTICLES.iter().any(|article| article.0 == *key), "{key}");
        let query = Query {
            shop: SHOP,
            text,
            vector: None,
            language: Some(language),
            now: Timestamp(0),
            product: None,
            category: None,
            limit: 5,
            ranker: None,
        };
        let hits = index.search(&query).unwrap();
        assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.coverage)));
        if let Some(rank) = hits.iter().position(|hit| hit.article.draft.key == *key) {
            *ranks.entry(rank).or_default() += 1;
        }
    }
    let share = |count: usize| count as f64 / questions.len() as f64;
    (share(ranks.get(&0).copied().unwrap_or(0)), share(ranks.values().sum()))
}

#[test]
fn words_alone_find_half_of_hard_paraphrases_among_five() {
    let index = index();
    let (zh_first, zh_five) = recall(&index, Language::Zh, &ZH_QUESTIONS);
    let (en_first, en_five) = recall(&index, Language::En, &EN_QUESTIONS);
    println!("zh: first {zh_first:.2}, five {zh_five:.2}; en: first {en_first:.2}, five {en_five:.2}");
    assert!(zh_first >= 0.3 && zh_five >= 0.5, "zh {zh_first:.2} {zh_five:.2}");
    assert!(en_first >= 0.3 && en_five >= 0.5, "en {en_first:.2} {en_five:.2}");
}

#[test]
fn every_article_is_found_by_its_own_question() {
    let index = index();
    let own =
        |language| ARTICLES.map(|article| (article.0, if language == Language::Zh { article.1 } else { article.3 }));
    for language in Language::ALL {
        assert_eq!(recall(&index, language, &own(language)).0, 1.0, "{language:?}");
    }
}
