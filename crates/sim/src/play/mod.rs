//! Playing a plan on two nodes over one database, one step after the other by a clock that is moved by hand.

mod deed;
mod quiet;
mod race;
mod record;
mod stop;
mod tripwire;

use std::time::Duration;

use domain::{conversation::Seq, id::ConversationId, language::Language};
use engine::clock::Clock;
use store::{Staff, Store, StoreKind};

pub use record::{Ack, Fault, FaultKind, Promises, Record};

use crate::{
    hints::Hints,
    node::Node,
    plan::{Act, Deed, NODES, Plan, Step, What},
    premises::{Lot, START},
};
use deed::{Came, Doing, Done, Visit};
use stop::{after_polls, poll_until};

/// How a plan is played.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// Nothing depends on how threads happen to be scheduled: what was to happen at once happens one after the other,
    /// and turns stop only where they always stop. The same seed then leaves the same log.
    pub exact: bool,
    /// Says every step and what came of it on stderr.
    pub verbose: bool,
}

/// A service in progress.
pub struct Service<'a> {
    lot: &'a Lot,
    manner: Manner,
    clock: Clock,
    pub nodes: [Node; NODES],
    visits: Vec<Visit>,
    team: &'a [Staff],
    pub hints: Hints,
    pub record: Record,
    /// What jumps have added to the time of the plan.
    jumped_ms: i64,
}

impl<'a> Service<'a> {
    pub async fn begin(lot: &'a Lot, plan: &Plan, manner: Manner) -> anyhow::Result<Self> {
        let clock = Clock::manual(START);
        let nodes = [Node::open(lot, 0, &clock, plan.seed).await?, Node::open(lot, 1, &clock, plan.seed).await?];
        if plan.assigns {
            deed::switch_on(&nodes[0].desk, lot).await?;
        }
        let mut visits = Vec::new();
        for place in 0..plan.shoppers {
            let language = if place % 2 == 0 { Language::Zh } else { Language::En };
            visits.push(deed::arrive(&nodes[place % NODES].desk, lot.shop.id, language).await?);
        }
        let mut record = Record::default();
        record.shoppers.extend(visits.iter().map(|visit| visit.shopper.id));
        let hints = Hints::new(plan.hints, plan.seed);
        Ok(Self { lot, manner, clock, nodes, visits, team: &lot.team, hints, record, jumped_ms: 0 })
    }

    pub async fn play(&mut self, plan: &Plan) -> anyhow::Result<()> {
        for step in &plan.steps {
            let behind_ms = START.plus_ms(step.at_ms + self.jumped_ms).since_ms(self.clock.now());
            self.clock.advance_ms(behind_ms.max(0));
            let came = self.step(step).await?;
            if self.manner.verbose {
                let now_ms = self.clock.now().since_ms(START);
                eprintln!("{:>9.3} s  {:?}\n             -> {came}", now_ms as f64 / 1e3, step.what);
            }
            self.hints.carry(&mut self.nodes).await?;
        }
        self.quiet_down().await
    }

    /// What came of it, for people.
    async fn step(&mut self, step: &Step) -> anyhow::Result<String> {
        Ok(match &step.what {
            What::Act(act) => self.alone(act).await?,
            What::Together(first, second) if self.manner.exact => {
                format!("{}; {}", self.alone(first).await?, self.alone(second).await?)
            }
            What::Together(first, second) => self.together(first, second).await?,
            What::CutOff(act, _) if self.manner.exact => self.alone(act).await?,
            What::CutOff(act, polls) => self.cut_off(act, *polls).await?,
            What::Race(race) => self.race(race).await?,
            What::WorkerVanishes { node } => {
                let (now, lease) = (self.clock.now(), self.nodes[*node].desk.limits.turn_lease_ms);
                let jobs = self.store().claim_jobs(&["bot_turn"], "vanished", now, lease, 4).await?;
                format!("{} turns with it", jobs.len())
            }
            What::Restart { node } => {
                self.hints.carry(&mut self.nodes).await?;
                self.nodes[*node].restart(self.lot).await?;
                "opened again".into()
            }
            What::Jump { ms } => self.later(*ms),
        })
    }

    fn later(&mut self, ms: i64) -> String {
        self.clock.advance_ms(ms);
        self.jumped_ms += ms;
        "later".into()
    }

    pub fn store(&self) -> &Store {
        &self.nodes[0].desk.store
    }

    /// Undisturbed: what is refused now must leave no trace, and nothing may be in anybody's way.
    async fn alone(&mut self, act: &Act) -> anyhow::Result<String> {
        let watched = act.about().and_then(|shopper| self.visits[shopper].conversation);
        let before = self.head(watched).await?;
        let had_open = act.is_signing_in() && self.visitor_has_open(act).await?;
        let done = self.start(act).await;
        if done.result.is_err() && self.head(watched).await? != before {
            self.record.fault(FaultKind::RefusedButChanged, format!("{act:?}"));
        }
        let came = self.note(act, done, true);
        if had_open && !self.has_open(act).await? {
            self.record.fault(FaultKind::EndedBySigningIn, format!("{act:?}"));
        }
        Ok(came)
    }

    async fn together(&mut self, first: &Act, second: &Act) -> anyhow::Result<String> {
        let are_signing_in = first.is_signing_in() && second.is_signing_in();
        let had_open = are_signing_in && self.visitor_has_open(first).await?;
        let (one, other) = (self.start(first), self.start(second));
        let (one, other) = tokio::join!(one, other);
        let came = format!("{}; {}", self.note(first, one, false), self.note(second, other, false));
        if had_open && !self.has_open(first).await? {
            self.record.fault(FaultKind::EndedBySigningIn, format!("{first:?} and {second:?}"));
        }
        Ok(came)
    }

    /// Nobody hears what came of it, unless it was done before it could be stopped.
    async fn cut_off(&mut self, act: &Act, polls: usize) -> anyhow::Result<String> {
        let mut doing = self.start(act);
        Ok(match poll_until(doing.as_mut(), after_polls(polls)).await {
            Some(done) => self.note(act, done, false),
            None => {
                drop(doing);
                self.let_land(act.node).await?;
                "cut off".into()
            }
        })
    }

    /// Waits for a write whose asker is gone: it may be on its way to the database, and what comes next is judged by
    /// what the log holds.
    async fn let_land(&self, node: usize) -> anyhow::Result<()> {
        let store = &self.nodes[node].desk.store;
        match store.kind() {
            // One writer, one after the other: whoever gets it next comes after that write.
            StoreKind::Sqlite => store.prune_jobs(START).await.map(drop)?,
            StoreKind::Postgres => tokio::time::sleep(LANDING).await,
        }
        Ok(())
    }

    /// Begins nothing yet: it has to be polled.
    fn start(&self, act: &Act) -> Doing {
        let node = &self.nodes[act.node];
        let desk = node.desk.clone();
        match &act.deed {
            Deed::Work => deed::work(desk, node.worker.clone()),
            Deed::Sweep => deed::sweep(desk),
            Deed::Route => deed::route(desk, self.lot.shop.id),
            Deed::Presence { staff, presence } => deed::presence(desk, self.team[*staff].id, *presence),
            Deed::Shopper { shopper, does } => {
                deed::by_shopper(desk, self.lot.shop.clone(), self.visits[*shopper].clone(), does.clone())
            }
            Deed::Staff { staff, shopper, does } => {
                deed::by_staff(desk, self.team[*staff].clone(), self.visits[*shopper].conversation, does.clone())
            }
        }
    }

    async fn head(&self, id: Option<ConversationId>) -> anyhow::Result<Seq> {
        let Some(id) = id else { return Ok(0) };
        Ok(self.store().conversation(id).await?.map_or(0, |stored| stored.conversation.seq))
    }

    /// Whether somebody the shop hasn't vouched for yet has a conversation, which signing in may not end.
    async fn visitor_has_open(&self, act: &Act) -> anyhow::Result<bool> {
        let is_visitor = act.about().is_some_and(|shopper| self.visits[shopper].shopper.customer.is_none());
        Ok(is_visitor && self.has_open(act).await?)
    }

    /// Whether the shopper of this act has a conversation going.
    async fn has_open(&self, act: &Act) -> anyhow::Result<bool> {
        let Some(shopper) = act.about() else { return Ok(false) };
        Ok(self.store().open_conversation_of(self.visits[shopper].shopper.id).await?.is_some())
    }
}

/// A writer that stands still for so long is held up by the turn that was stopped.
const PATIENCE: Duration = Duration::from_millis(4);
/// Far longer than a small write takes.
const LANDING: Duration = Duration::from_millis(10);
