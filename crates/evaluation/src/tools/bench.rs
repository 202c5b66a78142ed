//! A desk with as many shops as there are cases, all of the same records, so that no case sees another's.

use std::{collections::HashMap, sync::Arc};

use anyhow::{Context, Result};
use domain::{
    action::Action,
    id::{ConversationId, QueueId, ShopId},
    language::{Bilingual, Language},
    shop::CustomerKey,
    time::Timestamp,
};
use engine::{
    actions::{self, Doer, For, Performed, State, Wish},
    bus::Bus,
    clock::{Clock, Ids},
    conversations,
    desk::{Desk, DeskParts, Limits},
    shop::{Connector, Records, file::FileShop},
    shoppers,
};
use skills::policy::{self, Policy, Verdict};
use store::{OpenOptions, Shop, Store};

/// Noon of the day the policy names as today, in its own zone.
const NOW: Timestamp = Timestamp(1_715_788_800_000);
const SEED: u64 = 1;

pub struct Bench {
    pub desk: Arc<Desk>,
    shops: Vec<Arc<Connector>>,
    _folder: tempfile::TempDir,
}

/// Why something was not done: the rule that refused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub rule: String,
}

/// A conversation in one of the shops, on behalf of its shopper.
pub struct Person {
    pub place: usize,
    pub conversation: ConversationId,
    asked: std::sync::atomic::AtomicU64,
}

fn shop_id(place: usize) -> ShopId {
    ShopId::from_bits(place as u128 + 1)
}

impl Bench {
    pub async fn new(records: &Records, places: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite://{}", folder.path().join("tandem.db").display());
        let store = Store::open(&url, OpenOptions::default()).await?;
        store.migrate().await?;
        let mut shops = HashMap::new();
        for place in 0..places {
            store.create_shop(&shop(place)).await?;
            shops.insert(shop_id(place), Arc::new(Connector::File(FileShop::holding(records.clone()))));
        }
        let in_order = (0..places).map(|place| shops[&shop_id(place)].clone()).collect();
        let clock = Clock::manual(NOW);
        let ids = Ids::seeded(clock.clone(), SEED);
        let parts = DeskParts {
            store,
            bus: Bus::local(),
            clock,
            ids,
            embedder: None,
            shops,
            limits: Limits::default(),
            files_dir: folder.path().join("files"),
        };
        let desk = Desk::open(parts).await?;
        let policy = policy::load("content/policies/retail_tau2.yaml", Policy::RETAIL_TAU2, None)
            .map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
        for place in 0..places {
            desk.policies.set(shop_id(place), policy.clone());
        }
        Ok(Self { desk, shops: in_order, _folder: folder })
    }

    pub async fn records(&self, place: usize) -> Arc<Records> {
        match self.shops[place].as_ref() {
            Connector::File(shop) => shop.records().await,
            _ => Arc::default(),
        }
    }

    pub fn connector(&self, place: usize) -> &Connector {
        &self.shops[place]
    }

    /// Without a customer it is somebody the shop has not vouched for.
    pub async fn person(&self, place: usize, customer: Option<&CustomerKey>) -> Result<Person> {
        let shop = self.desk.store.shop(shop_id(place)).await?.context("no shop")?;
        let shopper = match customer {
            Some(key) => shoppers::identify(&self.desk, &shop, None, key, None, Language::En).await?,
            None => shoppers::visitor(&self.desk, shop.id, Language::En).await?,
        };
        let wish = conversations::Wish { language: Language::En, prefers_human: false, page: None };
        let (stored, _) = conversations::open(&self.desk, &shopper, wish).await?;
        Ok(Person { place, conversation: stored.conversation.id, asked: 0.into() })
    }

    fn wish(person: &Person, action: Action) -> Wish {
        Wish { doer: Doer::Model, whom: For::Conversation(person.conversation), action }
    }

    /// Preview, the explicit yes, and the deed: as the bot does it.
    pub async fn act(&self, person: &Person, action: Action) -> Result<Result<(), Refused>> {
        let wish = Self::wish(person, action);
        let preview = actions::preview(&self.desk, &wish).await?;
        if let Verdict::Refused { rule, .. } = preview.verdict {
            return Ok(Err(Refused { rule }));
        }
        self.confirm(person, &wish, preview.token.as_deref().unwrap_or_default()).await
    }

    /// As if one thing had been shown and confirmed, and another were done.
    pub async fn act_unconfirmed(&self, person: &Person, shown: Action, done: Action) -> Result<Result<(), Refused>> {
        let preview = actions::preview(&self.desk, &Self::wish(person, shown)).await?;
        let token = preview.token.unwrap_or_default();
        self.confirm(person, &Self::wish(person, done), &token).await
    }

    async fn confirm(&self, person: &Person, wish: &Wish, token: &str) -> Result<Result<(), Refused>> {
        let number = person.asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let key = format!("{}-{number}", person.conversation);
        Ok(match actions::perform(&self.desk, wish, token, &key).await? {
            Performed::Changed(_) => Err(Refused { rule: "confirmation".to_owned() }),
            Performed::Recorded(record) if record.state == State::Done => Ok(()),
            Performed::Recorded(record) => Err(Refused { rule: record.rule.unwrap_or_default() }),
        })
    }
}

fn shop(place: usize) -> Shop {
    Shop {
        id: shop_id(place),
        key: format!("retail-{place}"),
        name: Bilingual::new("零售", "Retail"),
        settings: String::new(),
        identity_secret: "an evaluation's own secret".into(),
        queue: QueueId::from_bits(place as u128 + 1),
        assigns: false,
        created_at: NOW,
    }
}
