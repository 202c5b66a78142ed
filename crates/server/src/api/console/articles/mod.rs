//! The shop's knowledge, as operators write it and everybody reads it.

pub mod exchange;
pub mod list;
pub mod search;
pub mod versions;
pub mod write;

use domain::{article::Article, id::ArticleId, staff::Permission};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::SignedIn;
use crate::{
    app::App,
    problem::{Problem, Result},
    wire::articles::Indexed,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list_articles, write::create_article))
        .routes(routes!(list::read_article, write::update_article))
        .routes(routes!(write::archive_article))
        .routes(routes!(write::restore_article))
        .routes(routes!(versions::list_versions))
        .routes(routes!(versions::restore_version))
        .routes(routes!(search::search_articles))
        .routes(routes!(exchange::import_articles))
        .routes(routes!(exchange::export_articles))
}

fn indexed(app: &App, article: ArticleId) -> Indexed {
    let library = &app.desk.library;
    if library.model().is_none() {
        Indexed::Lexical
    } else if library.is_waiting_for_vectors(article) {
        Indexed::Pending
    } else {
        Indexed::Hybrid
    }
}

/// An article of a shop whose knowledge the reader may read.
async fn readable(app: &App, me: &SignedIn, id: ArticleId) -> Result<Article> {
    let article = app.desk.store.article(id).await?.ok_or_else(Problem::not_found)?;
    me.may_in(article.shop, Permission::ReadKnowledge)?;
    Ok(article)
}
