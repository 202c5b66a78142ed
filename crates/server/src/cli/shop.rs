//! `tandem shop`: the desk's shops, and the secret by which a shop's backend vouches for its customers.

use clap::{Args, Subcommand};
use domain::language::Bilingual;
use engine::{clock::Clock, staff::secret};
use store::{Shop, Store};

use crate::{
    config::Config,
    start::{open_store, shops},
};

#[derive(Debug, Subcommand)]
pub enum ShopCommand {
    /// Name all shops.
    List,
    /// Make a shop without records; articles and chat work at once.
    Create(Create),
    /// Print the secret with which the shop's backend signs identities (HS256).
    Secret(Which),
    /// Replace that secret; identities signed with the old one are refused from now on.
    NewSecret(Which),
}

#[derive(Debug, Args)]
pub struct Create {
    key: String,
    #[arg(long, default_value = "")]
    name_zh: String,
    #[arg(long, default_value = "")]
    name_en: String,
}

#[derive(Debug, Args)]
pub struct Which {
    key: String,
}

pub async fn run(config: Config, command: ShopCommand) -> anyhow::Result<()> {
    let store = open_store(&config).await?;
    match command {
        ShopCommand::List => {
            for shop in store.shops().await? {
                println!("{:<20} {}  {} / {}", shop.key, shop.id, shop.name.zh, shop.name.en);
            }
        }
        ShopCommand::Create(wish) => {
            let name = Bilingual::new(wish.name_zh, wish.name_en);
            let shop = shops::ensure(&config, &store, &Clock::default(), &wish.key, name).await?;
            println!("{} {}", shop.key, shop.id);
        }
        ShopCommand::Secret(which) => println!("{}", named(&store, &which.key).await?.identity_secret),
        ShopCommand::NewSecret(which) => {
            let shop = Shop { identity_secret: secret(), ..named(&store, &which.key).await? };
            store.update_shop(&shop).await?;
            println!("{}", shop.identity_secret);
        }
    }
    store.close().await;
    Ok(())
}

async fn named(store: &Store, key: &str) -> anyhow::Result<Shop> {
    store.shop_by_key(key).await?.ok_or_else(|| anyhow::anyhow!("there is no shop `{key}`"))
}
