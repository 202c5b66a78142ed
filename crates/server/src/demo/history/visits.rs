//! One visit of the past: what the shopper said, whom they got, and how it ended. Everything goes through the doors
//! real people use; only the clock is moved by hand.

use anyhow::{Context, ensure};
use domain::{id::ConversationId, staff::Permission, time::Timestamp};
use engine::{
    bot::language_of,
    conversations::{self, Outgoing, Wish},
    desk::Desk,
    jobs, shoppers, staff,
};
use rand::{Rng, seq::IndexedRandom};
use serde::Deserialize;
use store::{Shop, Shopper, Staff};

use crate::demo::shoppers::{Script, scripts};

const SCRIPTS: &str = include_str!("../../../../../content/past_visits.yaml");
const WORKER: &str = "past";
/// Milliseconds between two messages of a shopper.
const TYPING: std::ops::Range<i64> = 6_000..45_000;
/// Until somebody takes a waiting conversation; the long ones are those reports should show.
const WAIT: std::ops::Range<i64> = 5_000..100_000;
const LONG_WAIT: std::ops::Range<i64> = 120_000..400_000;
/// Between the shopper's message and the agent's answer.
const ANSWER: std::ops::Range<i64> = 8_000..90_000;
const LONG_WAIT_SHARE: f64 = 0.12;
/// Of the visits, so many want a person.
const HUMAN_SHARE: f64 = 0.3;
/// Of those who were asked, so many rate.
const RATING_SHARE: f64 = 0.6;
const BOT_STARS: [u8; 8] = [5, 5, 5, 4, 4, 4, 3, 2];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Talk {
    lines: Vec<String>,
    /// Agent and shopper by turns, the agent first.
    then: Vec<String>,
    #[serde(default)]
    stars: Option<u8>,
}

pub struct Visits {
    with_people: Vec<Talk>,
    /// Without orders: those the shop has are of today.
    with_bot: Vec<Script>,
}

impl Visits {
    pub fn read() -> anyhow::Result<Self> {
        let with_people: Vec<Talk> = serde_yaml_ng::from_str(SCRIPTS).context("content/past_visits.yaml")?;
        let with_bot: Vec<Script> =
            scripts()?.into_iter().filter(|script| script.with_order.is_none() && !script.human).collect();
        ensure!(!with_people.is_empty() && !with_bot.is_empty(), "no visits to play");
        Ok(Self { with_people, with_bot })
    }

    /// Plays one visit that begins at `time`, or when the one before has ended.
    pub async fn play(&self, desk: &Desk, shop: &Shop, time: Timestamp, random: &mut impl Rng) -> anyhow::Result<()> {
        desk.clock.advance_ms(time.since_ms(desk.now()).max(0));
        // Those that have ended by themselves since.
        jobs::sweep(desk).await?;
        let visit = Visit { desk, shop };
        if random.random_bool(HUMAN_SHARE) {
            let talk = self.with_people.choose(random).context("no talks")?;
            visit.with_person(talk, random).await
        } else {
            let script = self.with_bot.choose(random).context("no scripts")?;
            visit.with_bot(script, random).await
        }
    }
}

struct Visit<'a> {
    desk: &'a Desk,
    shop: &'a Shop,
}

impl Visit<'_> {
    async fn with_bot(&self, script: &Script, random: &mut impl Rng) -> anyhow::Result<()> {
        let (id, shopper) = self.arrive(&script.lines).await?;
        for line in &script.lines {
            self.say(id, &shopper, line, random).await?;
        }
        let is_with_bot =
            self.desk.store.conversation(id).await?.is_some_and(|stored| stored.conversation.is_with_bot());
        if !is_with_bot {
            // The bot passed it on: somebody sees to it.
            return self.serve(id, &shopper, &Talk { lines: Vec::new(), then: Vec::new(), stars: None }, random).await;
        }
        if random.random_bool(RATING_SHARE / 2.0) {
            let stars = *BOT_STARS.choose(random).unwrap_or(&5);
            conversations::rate(self.desk, id, shopper.id, stars, None).await?;
        }
        Ok(())
    }

    async fn with_person(&self, talk: &Talk, random: &mut impl Rng) -> anyhow::Result<()> {
        let (id, shopper) = self.arrive(&talk.lines).await?;
        for line in &talk.lines {
            self.say(id, &shopper, line, random).await?;
        }
        let is_with_bot =
            self.desk.store.conversation(id).await?.is_some_and(|stored| stored.conversation.is_with_bot());
        if is_with_bot {
            conversations::ask_human(self.desk, id, shopper.id).await?;
        }
        self.serve(id, &shopper, talk, random).await
    }

    async fn serve(
        &self,
        id: ConversationId,
        shopper: &Shopper,
        talk: &Talk,
        random: &mut impl Rng,
    ) -> anyhow::Result<()> {
        let agent = self.agent(random).await?;
        let wait = if random.random_bool(LONG_WAIT_SHARE) { LONG_WAIT } else { WAIT };
        self.pause(wait, random);
        conversations::take_over(self.desk, id, &agent).await?;
        for (turn, text) in talk.then.iter().enumerate() {
            if turn % 2 == 0 {
                self.pause(ANSWER, random);
                conversations::reply(self.desk, id, &agent, self.outgoing(text)).await?;
            } else {
                self.say(id, shopper, text, random).await?;
            }
        }
        self.pause(ANSWER, random);
        conversations::resolve(self.desk, id, &agent).await?;
        if let Some(stars) = talk.stars.filter(|_| random.random_bool(RATING_SHARE)) {
            conversations::rate(self.desk, id, shopper.id, stars, None).await?;
        }
        Ok(())
    }

    async fn arrive(&self, lines: &[String]) -> anyhow::Result<(ConversationId, Shopper)> {
        let language = lines.first().and_then(|line| language_of(line)).unwrap_or_default();
        let shopper = shoppers::visitor(self.desk, self.shop.id, language).await?;
        let wish = Wish { language, prefers_human: false, page: None };
        let (stored, _) = conversations::open(self.desk, &shopper, wish).await?;
        Ok((stored.conversation.id, shopper))
    }

    async fn say(
        &self,
        id: ConversationId,
        shopper: &Shopper,
        text: &str,
        random: &mut impl Rng,
    ) -> anyhow::Result<()> {
        self.pause(TYPING, random);
        conversations::say(self.desk, id, shopper.id, self.outgoing(text)).await?;
        self.desk.clock.advance_ms(self.desk.limits.settle_ms);
        jobs::drain(self.desk, WORKER).await?;
        Ok(())
    }

    fn outgoing(&self, text: &str) -> Outgoing {
        Outgoing { client: format!("past-{:x}", self.desk.ids.bits()), text: text.to_owned(), files: Vec::new() }
    }

    fn pause(&self, range: std::ops::Range<i64>, random: &mut impl Rng) {
        self.desk.clock.advance_ms(random.random_range(range));
    }

    async fn agent(&self, random: &mut impl Rng) -> anyhow::Result<Staff> {
        let team = self.desk.store.list_staff().await?;
        let agents: Vec<&Staff> =
            team.iter().filter(|person| staff::can(person, Some(self.shop.id), Permission::Serve)).collect();
        agents.choose(random).map(|agent| (*agent).clone()).context("nobody serves")
    }
}
