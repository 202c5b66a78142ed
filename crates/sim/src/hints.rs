//! Hints between the nodes, which come late, twice or not at all, and the screens that follow them. A screen reads
//! the log from where it stands; the hint only says that there is something to read.

use std::collections::{BTreeMap, HashMap};

use domain::{conversation::Seq, id::ConversationId, time::Timestamp};
use engine::bus::Hint;
use rand::{Rng, SeedableRng, rngs::StdRng};
use store::Store;
use tokio::sync::broadcast::error::TryRecvError;

use crate::{
    node::Node,
    plan::{HintWeather, NODES},
};

/// Longer than any log here.
pub const WHOLE_LOG: i64 = 100_000;

/// How far a screen has read each conversation.
type Screen = HashMap<ConversationId, Seq>;

pub struct Hints {
    weather: HintWeather,
    rng: StdRng,
    /// By the time of arrival, and in the order of sending.
    on_the_way: BTreeMap<(Timestamp, u64), (usize, ConversationId, Seq)>,
    sent: u64,
    screens: [Screen; NODES],
    /// Hints of something that was not in the log.
    pub ahead_of_log: Vec<String>,
}

impl Hints {
    pub fn new(weather: HintWeather, seed: u64) -> Self {
        Self {
            weather,
            rng: StdRng::seed_from_u64(!seed),
            on_the_way: BTreeMap::new(),
            sent: 0,
            screens: Default::default(),
            ahead_of_log: Vec::new(),
        }
    }

    /// Carries what was sent since the last time: at once to the own node's screen, by the weather to the other's.
    pub async fn carry(&mut self, nodes: &mut [Node; NODES]) -> anyhow::Result<()> {
        let now = nodes[0].desk.now();
        for (place, node) in nodes.iter_mut().enumerate() {
            loop {
                match node.heard.try_recv() {
                    Ok(Hint::Conversation { id, seq, .. }) => {
                        self.show(&node.desk.store, place, id, seq).await?;
                        self.send(now, 1 - place, id, seq);
                    }
                    Ok(_) | Err(TryRecvError::Lagged(_)) => {}
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
        }
        while let Some(first) = self.on_the_way.first_entry().filter(|first| first.key().0 <= now) {
            let (place, id, seq) = first.remove();
            self.show(&nodes[place].desk.store, place, id, seq).await?;
        }
        Ok(())
    }

    fn send(&mut self, now: Timestamp, to: usize, id: ConversationId, seq: Seq) {
        let dice = self.rng.random_range(0..100);
        let copies = if dice < self.weather.lost_percent {
            0
        } else {
            1 + usize::from(dice < self.weather.lost_percent + self.weather.doubled_percent)
        };
        for _ in 0..copies {
            let arrives = now.plus_ms(self.rng.random_range(0..=self.weather.late_ms_max));
            self.sent += 1;
            self.on_the_way.insert((arrives, self.sent), (to, id, seq));
        }
    }

    async fn show(&mut self, store: &Store, place: usize, id: ConversationId, seq: Seq) -> anyhow::Result<()> {
        let seen = self.screens[place].entry(id).or_default();
        if *seen >= seq {
            return Ok(());
        }
        if let Some(last) = store.events(id, *seen, WHOLE_LOG).await?.last() {
            *seen = last.event.seq;
        }
        if *seen < seq {
            self.ahead_of_log.push(format!("{id} was said to reach {seq}, its log {seen}"));
        }
        Ok(())
    }

    /// The slow poll that heals what was lost: every screen shows the whole log afterwards.
    pub async fn poll(&mut self, store: &Store, id: ConversationId) -> anyhow::Result<bool> {
        let Some(stored) = store.conversation(id).await? else { return Ok(false) };
        let head = stored.conversation.seq;
        let mut is_level = true;
        for place in 0..NODES {
            self.show(store, place, id, head).await?;
            is_level &= self.screens[place].get(&id) == Some(&head);
        }
        Ok(is_level)
    }
}
