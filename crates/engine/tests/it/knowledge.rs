//! Editing articles changes what the bot says, at once and audited.

use domain::{id::ShopId, language::Language};
use engine::{
    error::DeskError,
    library::{self, Ask, Would},
    settings::ShopSettings,
};

use crate::desk::{SHOP, test};

#[tokio::test]
async fn an_edit_is_answered_from_at_once_with_its_version() {
    let test = test().await;
    let article = test.desk.store.article_by_key(SHOP, "invoice").await.unwrap().unwrap();
    let mut draft = article.draft.clone();
    draft.zh.as_mut().unwrap().answer = "发票统一在每周五开具。".into();
    library::update(&test.desk, &test.operator, article.id, 1, draft.clone()).await.unwrap();
    let shopper = test.visitor().await;
    let id = test.open(&shopper).await;
    let reply = test.ask(id, &shopper, "怎么开发票").await;
    assert_eq!((reply.text.as_str(), reply.sources[0].version), ("发票统一在每周五开具。", 2));
    // The writer who saw version 1 doesn't overwrite version 2.
    let late = library::update(&test.desk, &test.operator, article.id, 1, draft).await;
    assert!(matches!(late, Err(DeskError::Conflict)));
    // Archived, it answers no more.
    library::archive(&test.desk, &test.operator, article.id).await.unwrap();
    let reply = test.ask(id, &shopper, "发票在哪开").await;
    assert!(reply.sources.is_empty(), "{reply:?}");
    let restored = library::restore_version(&test.desk, &test.operator, article.id, 1).await.unwrap();
    assert_eq!((restored.version, restored.archived), (4, false));
    let audit = test.desk.store.audit(None, Some(&article.id.to_string()), 10).await.unwrap();
    assert_eq!(audit.rows.len(), 4);
}

#[tokio::test]
async fn only_operators_write_and_only_in_their_shop() {
    let test = test().await;
    let article = test.desk.store.article_by_key(SHOP, "invoice").await.unwrap().unwrap();
    let by_agent = library::archive(&test.desk, &test.agent, article.id).await;
    assert!(matches!(by_agent, Err(DeskError::Forbidden)));
    let elsewhere = library::create(&test.desk, &test.operator, ShopId::from_bits(99), article.draft.clone()).await;
    assert!(matches!(elsewhere, Err(DeskError::NotFound)));
    let taken = library::create(&test.desk, &test.operator, SHOP, article.draft).await;
    assert!(matches!(taken, Err(DeskError::Invalid(faults)) if faults[0].code == "taken"));
}

#[tokio::test]
async fn search_tells_what_the_bot_would_do() {
    let test = test().await;
    let settings = ShopSettings::default();
    let ask = |text: &str| Ask {
        shop: SHOP,
        text: text.into(),
        language: Language::Zh,
        product: None,
        category: None,
        limit: 5,
    };
    let found = library::search(&test.desk, &settings, &ask("怎么开发票")).await.unwrap();
    assert!(matches!(found.would, Would::Answer { .. }), "{found:?}");
    let found = library::search(&test.desk, &settings, &ask("明天天气如何")).await.unwrap();
    assert_eq!(found.would, Would::Abstain);
}

#[tokio::test]
async fn export_and_import_change_nothing() {
    let test = test().await;
    for format in knowledge::exchange::Format::ALL {
        let bytes = library::export(&test.desk, &test.operator, SHOP, format).await.unwrap();
        let outcome = library::import(&test.desk, &test.operator, SHOP, format, bytes, false).await.unwrap();
        assert_eq!((outcome.unchanged, outcome.created, outcome.updated), (2, 0, 0), "{format:?}");
    }
}
