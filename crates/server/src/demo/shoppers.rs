//! Invented shoppers for the demo: they come now and then, ask, and sometimes want a person, so that lists and
//! numbers live. They act through the same doors as real ones, and never crowd out whoever tries the desk.

use std::{sync::Arc, time::Duration};

use domain::{
    id::{ConversationId, ShopperId},
    language::Language,
    shop::CustomerKey,
};
use engine::{
    conversations::{self, Outgoing, Wish},
    desk::Desk,
    error::Result,
    shop::demo::DEMO_CUSTOMERS,
    shoppers,
};
use store::{InboxCounts, Shop};
use tokio::{sync::watch, time::sleep};

/// Between two visits.
const EVERY: std::ops::Range<u64> = 45..120;
/// Between two messages of one shopper: reading and typing.
const TYPING: std::ops::Range<u64> = 6..14;
/// With so many waiting for an agent nobody new comes: an unattended demo must stay readable.
const MOST_WAITING: i64 = 4;
const MOST_OPEN: i64 = 15;

struct Script {
    language: Language,
    says: &'static [&'static str],
    wants_human: bool,
}

const fn script(language: Language, says: &'static [&'static str], wants_human: bool) -> Script {
    Script { language, says, wants_human }
}

const SCRIPTS: [Script; 8] = [
    script(Language::Zh, &["我的快递到哪了？"], false),
    script(Language::Zh, &["双人帐篷还有货吗", "多久能发货？"], false),
    script(Language::Zh, &["收到货不合适可以退吗", "运费谁出"], false),
    script(Language::Zh, &["退款怎么还没到账，都好几天了！"], true),
    script(Language::Zh, &["能开专票吗", "谢谢"], false),
    script(Language::En, &["Where is my parcel?"], false),
    script(Language::En, &["How long do I have to return something?", "thanks!"], false),
    script(Language::En, &["My order is late again, this is unacceptable"], true),
];

/// Lets them come until the desk stops.
pub fn invite(desk: Arc<Desk>, shop: Shop, mut stopping: watch::Receiver<bool>) {
    tokio::spawn(async move {
        loop {
            let pause = rand::random_range(EVERY);
            tokio::select! {
                () = sleep(Duration::from_secs(pause)) => {}
                _ = stopping.changed() => return,
            }
            tokio::select! {
                outcome = visit(&desk, &shop) => {
                    if let Err(error) = outcome {
                        tracing::debug!(%error, "a simulated shopper went away");
                    }
                }
                _ = stopping.changed() => return,
            }
        }
    });
}

async fn visit(desk: &Desk, shop: &Shop) -> Result<()> {
    let nobody = domain::id::StaffId::from_bits(0);
    let counts: InboxCounts = desk.store.inbox_counts(&[shop.id], nobody).await?;
    if counts.queue >= MOST_WAITING || counts.open >= MOST_OPEN {
        return Ok(());
    }
    let script = &SCRIPTS[rand::random_range(0..SCRIPTS.len())];
    let shopper = someone(desk, shop, script.language).await?;
    let wish = Wish { language: script.language, prefers_human: false, page: None };
    let (stored, is_new) = conversations::open(desk, &shopper, wish).await?;
    if !is_new {
        return Ok(());
    }
    for text in script.says {
        say(desk, stored.conversation.id, shopper.id, text).await?;
        sleep(Duration::from_secs(rand::random_range(TYPING))).await;
    }
    if script.wants_human {
        conversations::ask_human(desk, stored.conversation.id, shopper.id).await?;
    }
    Ok(())
}

/// Half of them visitors, half customers of the shop who aren't offered to whoever tries the demo.
async fn someone(desk: &Desk, shop: &Shop, language: Language) -> Result<store::Shopper> {
    if rand::random_bool(0.5) {
        return shoppers::visitor(desk, shop.id, language).await;
    }
    let number = rand::random_range(20..200);
    let customer = CustomerKey(format!("c{number:04}"));
    let is_offered = DEMO_CUSTOMERS.iter().any(|offered| offered.key == customer.0);
    let is_known = match desk.connector(shop.id) {
        Some(connector) => connector.customer(&customer).await.is_ok(),
        None => false,
    };
    if is_offered || !is_known {
        return shoppers::visitor(desk, shop.id, language).await;
    }
    shoppers::identify(desk, shop, None, &customer, None, language).await
}

async fn say(desk: &Desk, id: ConversationId, shopper: ShopperId, text: &str) -> Result<()> {
    let client = format!("sim-{:x}", desk.ids.bits());
    conversations::say(desk, id, shopper, Outgoing { client, text: text.to_owned(), files: Vec::new() }).await?;
    Ok(())
}
