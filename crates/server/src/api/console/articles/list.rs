//! Articles in a list, and one of them.

use axum::{Json, extract::State};
use domain::{id::ArticleId, staff::Permission};
use serde::Deserialize;
use store::ArticleFilter;
use utoipa::IntoParams;

use super::{indexed, readable};
use crate::{
    api::{
        console::SignedIn,
        extract::{Asked, Id, page_size},
    },
    app::App,
    problem::Result,
    wire::{
        articles::{Article, ArticlePage, ArticleRow, ArticleState},
        problems::ReadProblems,
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    /// `shp_…`; without it those of all one's shops.
    pub shop: Option<String>,
    /// In the key, the questions, their aliases or the answers.
    pub text: Option<String>,
    pub category: Option<String>,
    #[param(inline)]
    pub state: Option<ArticleState>,
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

/// Articles, the latest change first.
#[utoipa::path(
    get, path = "/api/console/articles", tag = "knowledge", params(Wish), security(("console" = [])),
    responses((status = 200, description = "Articles", body = ArticlePage), ReadProblems)
)]
pub async fn list_articles(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<Wish>,
) -> Result<Json<ArticlePage>> {
    let shops = me.shops(wish.shop.as_deref(), Permission::ReadKnowledge)?;
    let some = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (text, category) = (some(wish.text), some(wish.category));
    let now = app.desk.now();
    let page = app
        .desk
        .store
        .articles(&ArticleFilter {
            shops: &shops,
            text: text.as_deref(),
            category: category.as_deref(),
            state: wish.state.map(Into::into),
            now,
            cursor: wish.cursor.as_deref(),
            limit: page_size(wish.limit),
        })
        .await?;
    let mut categories = Vec::new();
    for shop in &shops {
        categories.extend(app.desk.store.article_categories(*shop).await?);
    }
    categories.sort();
    categories.dedup();
    Ok(Json(ArticlePage {
        items: page.articles.iter().map(|it| ArticleRow::new(it, now, indexed(&app, it.id))).collect(),
        next: page.next,
        categories,
        total: page.total,
    }))
}

/// One article as it stands.
#[utoipa::path(
    get, path = "/api/console/articles/{id}", tag = "knowledge",
    params(("id" = String, Path, description = "`art_…`")), security(("console" = [])),
    responses((status = 200, description = "The article", body = Article), ReadProblems)
)]
pub async fn read_article(State(app): State<App>, me: SignedIn, Id(id): Id<ArticleId>) -> Result<Json<Article>> {
    let article = readable(&app, &me, id).await?;
    Ok(Json(Article::new(article, indexed(&app, id))))
}
