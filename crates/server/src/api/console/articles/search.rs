//! Trying a question: what would the assistant find, and would it answer?

use axum::{Json, extract::State};
use domain::{id::ShopId, shop::ProductKey, staff::Permission};
use engine::{
    library::{self, Ask, Found},
    settings::ShopSettings,
};
use knowledge::{Basis, Hit, Phrasing};
use serde::Deserialize;
use utoipa::ToSchema;

use super::indexed;
use crate::{
    api::{
        console::SignedIn,
        extract::{JsonBody, parse_id},
    },
    app::App,
    problem::{Problem, Result},
    wire::{
        articles::{ArticleRow, SearchBasis, SearchHit, SearchPreview, Would, WouldKind},
        basics::Language,
        problems::WriteProblems,
    },
};

const HITS: usize = 10;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// `shp_…`
    pub shop: String,
    #[schema(example = "收到货不合适可以退吗")]
    pub text: String,
    #[serde(default)]
    pub language: Option<Language>,
    /// The product the shopper looks at.
    #[serde(default)]
    pub product: Option<String>,
}

fn hit_of(app: &App, hit: Hit) -> SearchHit {
    let wording = hit.wording().cloned().unwrap_or_default();
    let phrasing = match hit.matched_phrasing {
        Phrasing::Alias(position) => wording.aliases.get(position).cloned().unwrap_or_default(),
        Phrasing::Question => wording.question.clone(),
    };
    SearchHit {
        article: ArticleRow::new(&hit.article, app.desk.now(), indexed(app, hit.article.id)),
        version: hit.article.version,
        language: hit.language.into(),
        score: hit.score,
        cosine: hit.cosine,
        lexical: Some(hit.lexical),
        phrasing,
        answer: wording.answer,
    }
}

fn would_of(found: &Found) -> Would {
    let (kind, article) = match &found.would {
        library::Would::Answer { article } => (WouldKind::Answer, Some(*article)),
        library::Would::Clarify { articles } => (WouldKind::Clarify, articles.first().copied()),
        library::Would::Abstain => (WouldKind::Abstain, None),
    };
    Would { kind, article, threshold: found.threshold }
}

/// Asks the library as the assistant would.
#[utoipa::path(
    post, path = "/api/console/articles/search", tag = "knowledge", request_body = Question,
    security(("console" = [])),
    responses((status = 200, description = "What was found", body = SearchPreview), WriteProblems)
)]
pub async fn search_articles(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(question): JsonBody<Question>,
) -> Result<Json<SearchPreview>> {
    let shop: ShopId = parse_id(&question.shop, "shop")?;
    me.may_in(shop, Permission::ReadKnowledge)?;
    if question.text.trim().is_empty() {
        return Err(Problem::field("text", "empty"));
    }
    if question.text.chars().count() > app.config.limits.message_chars {
        return Err(Problem::field("text", "too_long"));
    }
    let shop = app.desk.store.shop(shop).await?.ok_or_else(Problem::not_found)?;
    let settings = ShopSettings::of(&shop)?;
    let ask = Ask {
        shop: shop.id,
        text: question.text,
        language: question.language.map_or(me.staff.language, Into::into),
        product: question.product.map(ProductKey),
        category: None,
        limit: HITS,
    };
    let found = library::search(&app.desk, &settings, &ask).await?;
    let would = would_of(&found);
    Ok(Json(SearchPreview {
        basis: match found.basis {
            Basis::Hybrid => SearchBasis::Hybrid,
            Basis::LexicalOnly => SearchBasis::LexicalOnly,
        },
        took_ms: found.took_ms,
        hits: found.hits.into_iter().map(|hit| hit_of(&app, hit)).collect(),
        would,
    }))
}
