//! A bot's turn that is stopped in mid-compose while others act on its conversation, and then goes on or dies.

use domain::{conversation::Conversation, id::ConversationId};
use engine::bus::{Hint, TypingBy};
use tokio::sync::broadcast;

use super::{Act, Doing, PATIENCE, Service, poll_until};
use crate::plan::{Meanwhile, Pause, Race, ShopperDoes};

/// A worker's round, stopped or done.
struct Turn {
    doing: Doing,
    is_done: bool,
    /// It may have been stopped in the middle of a write.
    may_hold_writer: bool,
}

impl Service<'_> {
    pub(super) async fn race(&mut self, race: &Race) -> anyhow::Result<String> {
        let says = Act::shopper(race.node, race.shopper, ShopperDoes::Say(race.saying));
        let said = self.alone(&says).await?;
        let Some(id) = self.visits[race.shopper].conversation else { return Ok(said) };
        let settle_ms = self.nodes[race.node].desk.limits.settle_ms;
        self.clock.advance_ms(settle_ms);

        let mut typing = self.nodes[race.node].desk.bus.subscribe();
        let polls = match race.pause {
            Pause::Polls(polls) if !self.manner.exact => Some(polls),
            _ => None,
        };
        let doing = self.start(&Act::work(race.node));
        let mut turn = Turn { doing, is_done: false, may_hold_writer: polls.is_some() };
        let has_begun = self.run_into_pause(&mut turn, polls, id, &mut typing).await;
        let before = self.control_of(id).await?;
        let mut came = vec![said];
        let mut passed = false;
        for meanwhile in &race.meanwhile {
            came.push(self.meddle(meanwhile, &mut turn).await?);
            passed |= has_begun && !turn.is_done && self.control_of(id).await? != before;
        }
        self.record.races += u64::from(passed);
        if !turn.is_done && race.finishes {
            let done = (&mut turn.doing).await;
            came.push(self.note(&Act::work(race.node), done, false));
        }
        Ok(came.join("; "))
    }

    /// Whether the turn on this conversation has read it by then.
    async fn run_into_pause(
        &mut self,
        turn: &mut Turn,
        mut polls_left: Option<usize>,
        id: ConversationId,
        typing: &mut broadcast::Receiver<Hint>,
    ) -> bool {
        let mut has_begun = false;
        let output = poll_until(turn.doing.as_mut(), || {
            while let Ok(hint) = typing.try_recv() {
                has_begun |= is_bot_typing(&hint, id);
            }
            match &mut polls_left {
                None => has_begun,
                Some(left) => {
                    *left = left.saturating_sub(1);
                    *left == 0
                }
            }
        })
        .await;
        if let Some(done) = output {
            turn.is_done = true;
            // Which node it was makes no difference to what is noted.
            self.note(&Act::work(0), done, false);
        }
        has_begun
    }

    /// Acts while the turn stands still; lets it go on when it stands in the middle of a write and holds everybody up.
    async fn meddle(&mut self, meanwhile: &Meanwhile, turn: &mut Turn) -> anyhow::Result<String> {
        let act = match meanwhile {
            Meanwhile::Act(act) => act,
            Meanwhile::Jump { ms } => {
                self.jump(*ms);
                return Ok("later".into());
            }
        };
        if turn.is_done || !turn.may_hold_writer {
            return self.alone(act).await;
        }
        let mut acting = self.start(act);
        let done = match tokio::time::timeout(PATIENCE, &mut acting).await {
            Ok(done) => done,
            Err(_) => {
                let (done, turned) = tokio::join!(acting, &mut turn.doing);
                turn.is_done = true;
                self.note(&Act::work(act.node), turned, false);
                done
            }
        };
        Ok(self.note(act, done, false))
    }

    /// Changes whenever control passes or the conversation ends.
    async fn control_of(&self, id: ConversationId) -> anyhow::Result<Option<(i64, bool)>> {
        let stored = self.store().conversation(id).await?;
        let control = |conversation: &Conversation| (conversation.control_epoch, conversation.is_open());
        Ok(stored.map(|stored| control(&stored.conversation)))
    }
}

fn is_bot_typing(hint: &Hint, id: ConversationId) -> bool {
    matches!(hint, Hint::Typing { conversation, by: TypingBy::Bot, .. } if *conversation == id)
}
