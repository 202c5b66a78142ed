//! Articles: versions, conflicts, lists, changes and vectors.

use domain::{
    article::{Article, ArticleDraft, Wording},
    id::*,
    time::Timestamp,
};
use store::*;

use crate::world::{T0, World, job};

fn article(world: &World, shop: &Shop, key: &str) -> Article {
    let wording = |question: &str| Wording { question: question.into(), aliases: vec![], answer: "答案".into() };
    Article {
        id: ArticleId::from_bits(world.next()),
        shop: shop.id,
        version: 1,
        draft: ArticleDraft { key: key.into(), zh: Some(wording("多久发货?")), ..ArticleDraft::default() },
        archived: false,
        updated_at: T0,
        updated_by: "Ann".into(),
    }
}

fn save<'a>(world: &World, article: &'a Article, expected_version: i64) -> SaveArticle<'a> {
    let audit = NewAudit {
        id: AuditId::from_bits(world.next()),
        at: T0,
        staff: None,
        action: "article.save".into(),
        subject: article.id.to_string(),
        detail: "{}".into(),
    };
    let key = format!("{}-{}", article.id, article.version);
    SaveArticle { article, expected_version, jobs: vec![job(world, "index", &key, T0)], audit }
}

async fn create(world: &World, article: &Article) {
    assert_eq!(world.save_article(save(world, article, 0)).await.unwrap(), Saved::Done);
}

/// An article in the database.
pub async fn stored(world: &World, shop: &Shop, key: &str) -> Article {
    let article = article(world, shop, key);
    create(world, &article).await;
    article
}

pub async fn check_save(world: &World) {
    let shop = world.shop().await;
    let first = article(world, &shop, "shipping");
    create(world, &first).await;
    assert_eq!(world.article(first.id).await.unwrap().as_ref(), Some(&first));
    assert_eq!(world.article_by_key(shop.id, "shipping").await.unwrap().as_ref(), Some(&first));
    assert_eq!(world.article_by_key(shop.id, "none").await.unwrap(), None);
    let mut second = Article { version: 2, archived: true, ..first.clone() };
    second.draft.category = "delivery".into();
    assert_eq!(world.save_article(save(world, &second, 1)).await.unwrap(), Saved::Done);
    assert_eq!(world.article(first.id).await.unwrap().as_ref(), Some(&second));
    assert_eq!(world.article_versions(first.id).await.unwrap(), [second.clone(), first.clone()]);
    assert_eq!(world.article_version(first.id, 1).await.unwrap().as_ref(), Some(&first));
    assert_eq!(world.article_version(first.id, 3).await.unwrap(), None);

    let before = (world.job_counts().await.unwrap(), world.audit(None, None, 99).await.unwrap());
    for expected in [0, 1, 3] {
        let answer = world.save_article(save(world, &second, expected)).await.unwrap();
        assert_eq!(answer, Saved::Conflict { current: 2 }, "{expected}");
    }
    let unknown = article(world, &shop, "unknown");
    assert_eq!(world.save_article(save(world, &unknown, 1)).await.unwrap(), Saved::Conflict { current: 0 });
    let same_key = article(world, &shop, "shipping");
    assert_eq!(world.save_article(save(world, &same_key, 0)).await.unwrap(), Saved::KeyTaken);
    let other = article(world, &shop, "returns");
    create(world, &other).await;
    let mut renamed = Article { version: 2, ..other.clone() };
    renamed.draft.key = "shipping".into();
    assert_eq!(world.save_article(save(world, &renamed, 1)).await.unwrap(), Saved::KeyTaken);
    let after = (world.job_counts().await.unwrap().waiting, world.audit(None, None, 99).await.unwrap().rows.len());
    assert_eq!(after, (before.0.waiting + 1, before.1.rows.len() + 1), "only what was saved left a job and an entry");
    let elsewhere = article(world, &world.shop().await, "shipping");
    create(world, &elsewhere).await;
}

pub async fn check_concurrent_saves(world: &World) {
    let shop = world.shop().await;
    let first = article(world, &shop, "a");
    create(world, &first).await;
    let second = Article { version: 2, ..first.clone() };
    let saves = (0..5).map(|_| world.save_article(save(world, &second, 1)));
    let answers = futures::future::join_all(saves).await;
    let done = answers.iter().filter(|answer| matches!(answer, Ok(Saved::Done))).count();
    let lost = answers.iter().filter(|answer| matches!(answer, Ok(Saved::Conflict { current: 2 }))).count();
    assert_eq!((done, lost), (1, 4), "{answers:?}");
    let rivals: Vec<_> = (0..4).map(|_| article(world, &shop, "rival")).collect();
    let answers = futures::future::join_all(rivals.iter().map(|rival| world.save_article(save(world, rival, 0)))).await;
    let done = answers.iter().filter(|answer| matches!(answer, Ok(Saved::Done))).count();
    let taken = answers.iter().filter(|answer| matches!(answer, Ok(Saved::KeyTaken))).count();
    assert_eq!((done, taken), (1, 3), "{answers:?}");
}

pub async fn check_import(world: &World) {
    let shop = world.shop().await;
    let known = article(world, &shop, "k-3");
    create(world, &known).await;
    let count = MAX_ARTICLES_PER_TRANSACTION + 5;
    let articles: Vec<_> = (0..count).map(|n| article(world, &shop, &format!("k-{n}"))).collect();
    let saves = articles.iter().map(|article| save(world, article, 0)).collect();
    let answers = world.save_articles(saves).await.unwrap();
    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(*answer, if n == 3 { Saved::KeyTaken } else { Saved::Done }, "{n}");
    }
    assert_eq!(answers.len(), count);
    let filter = list(std::slice::from_ref(&shop.id));
    assert_eq!(world.articles(&filter).await.unwrap().total as usize, count);
    assert!(world.save_articles(vec![]).await.unwrap().is_empty());
}

fn list(shops: &[ShopId]) -> ArticleFilter<'_> {
    ArticleFilter { shops, text: None, category: None, state: None, now: T0, cursor: None, limit: 100 }
}

async fn keys(world: &World, filter: &ArticleFilter<'_>) -> Vec<String> {
    let page = world.articles(filter).await.unwrap();
    assert_eq!((page.next, page.total as usize), (None, page.articles.len()));
    page.articles.into_iter().map(|article| article.draft.key).collect()
}

pub async fn check_list(world: &World) {
    let shop = world.shop().await;
    type Change = fn(&mut Article);
    let changes: [(&str, Change); 6] = [
        ("live", |article| article.draft.category = "b".into()),
        ("bounded", |article| {
            article.draft.valid_from = Some(T0);
            article.draft.valid_until = Some(T0.plus_ms(1));
        }),
        ("scheduled", |article| article.draft.valid_from = Some(T0.plus_ms(1))),
        ("expired", |article| article.draft.valid_until = Some(T0)),
        ("archived", |article| article.archived = true),
        ("english", |article| {
            article.draft.category = "a".into();
            let aliases = vec!["50% off_Voucher".into()];
            article.draft.en = Some(Wording { question: "Coupon?".into(), aliases, answer: "Yes".into() });
        }),
    ];
    for (n, (key, change)) in changes.into_iter().enumerate() {
        let mut article = article(world, &shop, key);
        article.updated_at = T0.plus_ms(n as i64 / 2);
        change(&mut article);
        create(world, &article).await;
    }
    create(world, &article(world, &world.shop().await, "elsewhere")).await;
    let shops = [shop.id];
    let all = ["english", "archived", "expired", "scheduled", "bounded", "live"];
    assert_eq!(keys(world, &list(&shops)).await, all);
    assert!(keys(world, &list(&[])).await.is_empty());
    let states: [(ArticleState, &[&str]); 4] = [
        (ArticleState::Live, &["english", "bounded", "live"]),
        (ArticleState::Scheduled, &["scheduled"]),
        (ArticleState::Expired, &["expired"]),
        (ArticleState::Archived, &["archived"]),
    ];
    for (state, expected) in states {
        assert_eq!(keys(world, &ArticleFilter { state: Some(state), ..list(&shops) }).await, expected, "{state:?}");
        let now = |at: Timestamp| ArticleFilter { state: Some(state), now: at, ..list(&shops) };
        for at in [T0, T0.plus_ms(1)] {
            for article in world.articles(&now(at)).await.unwrap().articles {
                assert_eq!(article.holds_at(at), state == ArticleState::Live, "as the domain says");
            }
        }
    }
    let texts: [(&str, &[&str]); 7] = [
        ("coupon", &["english"]),
        ("50% OFF_v", &["english"]),
        ("50_ off", &[]),
        ("%", &["english"]),
        ("发货", &all),
        ("ARCHIV", &["archived"]),
        ("\\", &[]),
    ];
    for (text, expected) in texts {
        assert_eq!(keys(world, &ArticleFilter { text: Some(text), ..list(&shops) }).await, expected, "{text}");
    }
    assert_eq!(keys(world, &ArticleFilter { category: Some("a"), ..list(&shops) }).await, ["english"]);
    assert_eq!(world.article_categories(shop.id).await.unwrap(), ["a", "b"]);
    let mut cursor: Option<String> = None;
    let mut paged = Vec::new();
    loop {
        let filter = ArticleFilter { cursor: cursor.as_deref(), limit: 2, ..list(&shops) };
        let page = world.articles(&filter).await.unwrap();
        assert_eq!(page.total, 6);
        paged.extend(page.articles.into_iter().map(|article| article.draft.key));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, all);
    let bad = ArticleFilter { cursor: Some("x"), ..list(&shops) };
    assert!(matches!(world.articles(&bad).await, Err(StoreError::BadCursor)));
}

pub async fn check_changes(world: &World) {
    let shop = world.shop().await;
    assert_eq!(world.max_article_revision().await.unwrap(), 0);
    let (a, b) = (article(world, &shop, "a"), article(world, &shop, "b"));
    create(world, &a).await;
    create(world, &b).await;
    let seen = world.max_article_revision().await.unwrap();
    let archived = Article { version: 2, archived: true, ..a.clone() };
    world.save_article(save(world, &archived, 1)).await.unwrap();
    let changes = world.articles_changed_since(0, 10).await.unwrap();
    let keys: Vec<_> = changes.iter().map(|(_, article)| (article.draft.key.as_str(), article.version)).collect();
    assert_eq!(keys, [("b", 1), ("a", 2)], "each once, in the order of saving");
    assert_eq!(world.articles_changed_since(seen, 10).await.unwrap(), changes[1..]);
    assert_eq!(world.articles_changed_since(0, 1).await.unwrap(), changes[..1]);
    let newest = world.max_article_revision().await.unwrap();
    assert_eq!(newest, changes[1].0);
    assert!(world.articles_changed_since(newest, 10).await.unwrap().is_empty());
}

pub async fn check_vectors(world: &World) {
    let shop = world.shop().await;
    let (a, b) = (article(world, &shop, "a"), article(world, &shop, "b"));
    let gone = Article { archived: true, ..article(world, &shop, "gone") };
    for article in [&a, &b, &gone] {
        create(world, article).await;
    }
    assert_eq!(world.articles_without_vectors("e5", 10).await.unwrap(), [a.id, b.id], "archived ones need none");
    assert_eq!(world.articles_without_vectors("e5", 1).await.unwrap(), [a.id]);
    let vectors = |version, byte| StoredVectors {
        article: a.id,
        version,
        model: "e5".into(),
        dims: 2,
        data: vec![byte, 0, 255, 10],
    };
    world.save_vectors(&[vectors(1, 1), StoredVectors { model: "other".into(), ..vectors(1, 9) }]).await.unwrap();
    assert_eq!(world.vectors("e5", &[a.id, b.id]).await.unwrap(), [vectors(1, 1)]);
    assert_eq!(world.articles_without_vectors("e5", 10).await.unwrap(), [b.id]);
    let newer = Article { version: 2, ..a.clone() };
    world.save_article(save(world, &newer, 1)).await.unwrap();
    assert_eq!(world.articles_without_vectors("e5", 10).await.unwrap(), [b.id, a.id], "the new version has none yet");
    world.save_vectors(&[vectors(2, 2)]).await.unwrap();
    world.save_vectors(&[vectors(1, 3)]).await.unwrap();
    assert_eq!(world.vectors("e5", &[a.id]).await.unwrap(), [vectors(2, 2)], "a late worker doesn't undo it");
    world.save_vectors(&[vectors(2, 4)]).await.unwrap();
    assert_eq!(world.vectors("e5", &[a.id]).await.unwrap(), [vectors(2, 4)]);
    let many: Vec<_> = (0..1_200).map(ArticleId::from_bits).chain([a.id]).collect();
    assert!(world.vectors("e5", &many).await.unwrap().contains(&vectors(2, 4)), "more ids than one statement takes");
    assert!(world.vectors("e5", &[]).await.unwrap().is_empty());
    world.save_vectors(&[]).await.unwrap();
}
