//! The desk's shops: those of the settings and those imported, each with its connector to the merchant's records.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use domain::{
    id::{QueueId, ShopId},
    language::Bilingual,
};
use engine::{
    clock::{Clock, Ids},
    settings::ShopSettings,
    shop::{
        Connector, ShopError,
        file::{FileShop, FileSource},
        http::{HttpShop, HttpShopConfig},
    },
    staff::secret,
};
use store::{Shop, Store};

use crate::config::{Config, ConnectorKind, ShopSource};

/// Shop keys go into addresses and attributes.
const MAX_KEY_CHARS: usize = 40;
/// The shop of a desk for which none was named.
const FIRST_SHOP: &str = "main";

pub fn check_key(key: &str) -> anyhow::Result<()> {
    let is_plain = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if key.is_empty() || key.len() > MAX_KEY_CHARS || !is_plain {
        bail!("the shop key `{key}` must be 1 to {MAX_KEY_CHARS} small letters, digits or dashes");
    }
    Ok(())
}

/// The shop with this key, made when there is none.
pub async fn ensure(config: &Config, store: &Store, clock: &Clock, key: &str, name: Bilingual) -> anyhow::Result<Shop> {
    check_key(key)?;
    if let Some(known) = store.shop_by_key(key).await? {
        return Ok(known);
    }
    let ids = Ids::default();
    let named = |text: String| if text.trim().is_empty() { key.to_owned() } else { text };
    let shop = Shop {
        id: ShopId::from_bits(ids.bits()),
        key: key.to_owned(),
        name: Bilingual { zh: named(name.zh), en: named(name.en) },
        settings: ShopSettings::default().to_json(),
        identity_secret: secret(),
        queue: QueueId::from_bits(ids.bits()),
        assigns: config.routing.assigns_in_new_shops,
        created_at: clock.now(),
    };
    match store.create_shop(&shop).await {
        Ok(()) => {
            tracing::info!(shop = %shop.id, key, "shop made");
            Ok(shop)
        }
        // Another process was quicker.
        Err(store::StoreError::Conflict) => store.shop_by_key(key).await?.context("the shop vanished"),
        Err(other) => Err(other.into()),
    }
}

/// Where an imported shop file is kept; it is the connector of the shop with that key.
pub fn imported_path(data_dir: &Path, key: &str) -> PathBuf {
    data_dir.join("shops").join(format!("{key}.json"))
}

/// Makes the shops of the settings, and a first one when there is none at all; connects all that have records.
pub async fn connect(config: &Config, store: &Store, clock: &Clock) -> anyhow::Result<HashMap<ShopId, Arc<Connector>>> {
    let mut connectors = HashMap::new();
    for source in &config.shops {
        let name = Bilingual::new(source.name_zh.as_str(), source.name_en.as_str());
        let shop = ensure(config, store, clock, &source.key, name).await?;
        let connector = open(source, clock, &config.data_dir)
            .await
            .with_context(|| format!("the records of shop `{}`", source.key))?;
        connectors.insert(shop.id, Arc::new(connector));
    }
    let mut known = store.shops().await?;
    if known.is_empty() {
        known.push(ensure(config, store, clock, FIRST_SHOP, Bilingual::new("我的店铺", "My shop")).await?);
    }
    for shop in known {
        let path = imported_path(&config.data_dir, &shop.key);
        if connectors.contains_key(&shop.id) || !path.exists() {
            continue;
        }
        let file = open_file(&path, &config.data_dir, &shop.key)
            .await
            .with_context(|| format!("the imported records of shop `{}`", shop.key))?;
        connectors.insert(shop.id, Arc::new(Connector::File(file)));
    }
    Ok(connectors)
}

/// The mapping that goes with a file of records.
pub fn mapping_path(records: &Path) -> PathBuf {
    records.with_extension("mapping.yaml")
}

/// A folder holds tables, a file JSON; a `mapping.yaml` beside the file says how to read another form.
pub fn file_source(path: &Path) -> FileSource {
    if path.is_dir() {
        return FileSource::Tables(path.to_owned());
    }
    let mapping = mapping_path(path);
    if mapping.exists() {
        return FileSource::Mapped { file: path.to_owned(), mapping };
    }
    FileSource::Json(path.to_owned())
}

/// Records of a file, with what was done to them since, which is kept in the data folder.
async fn open_file(path: &Path, data_dir: &Path, key: &str) -> Result<FileShop, ShopError> {
    let done = data_dir.join("shops").join(format!("{key}.done.json"));
    FileShop::open(file_source(path)).await?.keeping(done).await
}

async fn open(source: &ShopSource, clock: &Clock, data_dir: &Path) -> anyhow::Result<Connector> {
    match source.connector {
        ConnectorKind::File => Ok(Connector::File(open_file(&source.path, data_dir, &source.key).await?)),
        ConnectorKind::Http => {
            let config = HttpShopConfig {
                allows_private_addresses: source.allows_private_addresses,
                ..HttpShopConfig::new(url::Url::parse(&source.url)?, source.secret.expose())
            };
            Ok(Connector::Http(Box::new(HttpShop::new(config, clock.clone())?)))
        }
    }
}
