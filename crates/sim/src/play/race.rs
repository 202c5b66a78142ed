//! A bot's turn that is stopped while others act on its conversation, and then goes on or dies.

use domain::{conversation::Fact, id::ConversationId};
use engine::bus::{Hint, TypingBy};
use tokio::sync::broadcast;

use super::{Act, Came, Doing, Done, FaultKind, PATIENCE, Service, after_polls, poll_until, tripwire::Stoppable};
use crate::{
    hints::WHOLE_LOG,
    plan::{Meanwhile, Moment, Pause, Race, ShopperDoes},
};

/// What matters of a conversation for a turn in flight.
#[derive(PartialEq, Eq)]
struct Control {
    epoch: i64,
    is_open: bool,
}

impl Service<'_> {
    pub(super) async fn race(&mut self, race: &Race) -> anyhow::Result<String> {
        let says = Act::shopper(race.node, race.shopper, ShopperDoes::Say(race.saying));
        let mut came = vec![self.alone(&says).await?];
        let Some(id) = self.visits[race.shopper].conversation else { return Ok(came.join("; ")) };
        self.clock.advance_ms(self.nodes[race.node].desk.limits.settle_ms);
        match race.pause {
            Pause::At(moment) => self.race_at(race, id, moment, &mut came).await?,
            Pause::Polls(_) if self.manner.exact => self.race_at(race, id, Moment::Begun, &mut came).await?,
            Pause::Polls(polls) => self.race_after(race, id, polls, &mut came).await?,
        }
        Ok(came.join("; "))
    }

    /// The turn stands still at a place where it holds nothing: the others act undisturbed.
    async fn race_at(
        &mut self,
        race: &Race,
        id: ConversationId,
        moment: Moment,
        came: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        let node = &self.nodes[race.node];
        let turn = Stoppable::run(node.desk.clone(), node.worker.clone(), id, moment).await;
        let before = self.control_of(id).await?;
        for meanwhile in &race.meanwhile {
            came.push(match meanwhile {
                Meanwhile::Act(act) => self.alone(act).await?,
                Meanwhile::Jump { ms } => self.later(*ms),
            });
        }
        let has_passed = self.control_of(id).await? != before;
        let is_race = turn.is_stopped && moment == Moment::Begun && has_passed;
        self.record.races += u64::from(is_race);
        let withheld = self.withheld_of(id).await?;
        if !race.finishes {
            turn.die().await;
            came.push("the worker dies".into());
        } else if let Some(result) = turn.finish().await {
            let done = Done { conversation: None, result: result.map(Came::Worked) };
            came.push(self.note(&Act::work(race.node), done, false));
            if is_race && self.withheld_of(id).await? != withheld + 1 {
                self.record.fault(FaultKind::NotRecorded, format!("{id}: {race:?}"));
            }
        }
        Ok(())
    }

    /// The turn stands still anywhere, even in the middle of a write that holds the others up: then it goes on.
    async fn race_after(
        &mut self,
        race: &Race,
        id: ConversationId,
        polls: usize,
        came: &mut Vec<String>,
    ) -> anyhow::Result<()> {
        let work = Act::work(race.node);
        let mut hints = self.nodes[race.node].desk.bus.subscribe();
        let mut doing = self.start(&work);
        let mut in_flight = match poll_until(doing.as_mut(), after_polls(polls)).await {
            None => Some(doing),
            Some(done) => {
                came.push(self.note(&work, done, false));
                None
            }
        };
        let is_composing = is_composing(&mut hints, id);
        let before = self.control_of(id).await?;
        let mut has_passed = false;
        for meanwhile in &race.meanwhile {
            let act = match meanwhile {
                Meanwhile::Act(act) => act,
                Meanwhile::Jump { ms } => {
                    came.push(self.later(*ms));
                    continue;
                }
            };
            let Some(turn) = in_flight.take() else {
                came.push(self.alone(act).await?);
                continue;
            };
            in_flight = self.meddle(act, &work, turn, came).await;
            has_passed |= is_composing && in_flight.is_some() && self.control_of(id).await? != before;
        }
        self.record.races += u64::from(has_passed);
        match in_flight {
            Some(turn) if race.finishes => {
                let done = turn.await;
                came.push(self.note(&work, done, false));
            }
            Some(turn) => {
                drop(turn);
                self.let_land(race.node).await?;
                came.push("the worker dies".into());
            }
            None => {}
        }
        Ok(())
    }

    /// Acts beside a turn that stands still; gives it back unless it had to be let go on.
    async fn meddle(&mut self, act: &Act, work: &Act, mut turn: Doing, came: &mut Vec<String>) -> Option<Doing> {
        let mut acting = self.start(act);
        if let Ok(done) = tokio::time::timeout(PATIENCE, &mut acting).await {
            came.push(self.note(act, done, false));
            return Some(turn);
        }
        let (done, turned) = tokio::join!(acting, &mut turn);
        came.push(self.note(act, done, false));
        came.push(self.note(work, turned, false));
        None
    }

    async fn withheld_of(&self, id: ConversationId) -> anyhow::Result<usize> {
        let log = self.store().events(id, 0, WHOLE_LOG).await?;
        Ok(log.iter().filter(|row| matches!(row.event.fact, Fact::ReplyWithheld { .. })).count())
    }

    /// Changes whenever control passes or the conversation ends.
    async fn control_of(&self, id: ConversationId) -> anyhow::Result<Option<Control>> {
        let stored = self.store().conversation(id).await?;
        Ok(stored
            .map(|stored| Control { epoch: stored.conversation.control_epoch, is_open: stored.conversation.is_open() }))
    }
}

/// Whether the turn on this conversation has read it and not stored anything yet.
fn is_composing(hints: &mut broadcast::Receiver<Hint>, id: ConversationId) -> bool {
    let mut is_composing = false;
    while let Ok(hint) = hints.try_recv() {
        match hint {
            Hint::Typing { conversation, by: TypingBy::Bot, .. } if conversation == id => is_composing = true,
            Hint::Conversation { id: changed, .. } if changed == id => is_composing = false,
            _ => {}
        }
    }
    is_composing
}
