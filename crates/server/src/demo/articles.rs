//! The demo shop's articles, from the binary. Loaded once: what an operator changed stays changed.

use anyhow::{Context, bail};
use domain::{staff::Permission, time::Timestamp};
use engine::{desk::Desk, library, staff};
use rust_embed::RustEmbed;
use store::{ArticleFilter, Shop, Store};

#[derive(RustEmbed)]
#[folder = "../../content/articles"]
struct Content;

/// The files as they are imported.
pub fn files() -> Vec<Vec<u8>> {
    let names = Content::iter().filter(|name| name.ends_with(".yaml"));
    names.filter_map(|name| Content::get(&name)).map(|file| file.data.into_owned()).collect()
}

/// Whether the shop has articles.
pub async fn any(store: &Store, shop: &Shop, now: Timestamp) -> anyhow::Result<bool> {
    let filter =
        ArticleFilter { shops: &[shop.id], text: None, category: None, state: None, now, cursor: None, limit: 1 };
    Ok(store.articles(&filter).await?.total > 0)
}

pub async fn ensure(desk: &Desk, shop: &Shop) -> anyhow::Result<()> {
    if any(&desk.store, shop, desk.now()).await? {
        return Ok(());
    }
    let team = desk.store.list_staff().await?;
    let writer = team
        .iter()
        .find(|person| staff::can(person, Some(shop.id), Permission::WriteKnowledge))
        .context("nobody may write articles")?;
    let mut created = 0;
    for name in Content::iter().filter(|name| name.ends_with(".yaml")) {
        let Some(file) = Content::get(&name) else { continue };
        let outcome = library::load_drafts(desk, writer, shop.id, &file.data)
            .await
            .with_context(|| format!("the articles of {name}"))?;
        if let Some(fault) = outcome.rejected.first() {
            bail!("{name}: item {} {}: {}", fault.row, fault.field, fault.message_en);
        }
        created += outcome.created;
    }
    tracing::info!(articles = created, "articles of the demo loaded");
    Ok(())
}
