//! The rules of a conversation: what a command leads to, or why it is refused.

use super::{
    Command, Conversation, Fact, NewCard, PassReason, ReclaimReason, Refusal, Seq, Stage, WithheldReason, workspace,
};
use crate::{
    actor::{Actor, Controller},
    handoff::HandoffReason,
    id::QueueId,
    time::{DAY_MS, Timestamp},
};

/// A shopper who writes within this time after the end continues the same conversation.
pub const REOPEN_WINDOW_MS: i64 = DAY_MS;

/// Decides without changing anything. The facts are to be appended together, in order, right after `conversation.seq`.
pub fn decide(now: Timestamp, conversation: &Conversation, by: Actor, command: Command) -> Result<Vec<Fact>, Refusal> {
    let desk = Desk { now, conversation, by };
    match command {
        Command::Say { message, client } => desk.say(Fact::ShopperSaid { message, client }),
        Command::Reply { message, client } => {
            desk.controlling_agent()?;
            Ok(vec![Fact::AgentReplied { message, client }])
        }
        Command::BotReply { .. } => desk.bot_reply(command),
        Command::Note { message, note, to, answers } => match by {
            Actor::Agent(_) | Actor::System => Ok(vec![Fact::NoteAdded { message, note, to, answers }]),
            _ => Err(Refusal::NotForActor),
        },
        Command::HandOff { .. } => desk.hand_off(command),
        Command::TakeOver { may_supervise } => desk.take_over(may_supervise),
        Command::HandBack => {
            desk.controlling_agent()?;
            Ok(vec![desk.pass(Controller::Bot, PassReason::HandedBack)])
        }
        Command::ChooseBot => {
            desk.only_shopper()?;
            match desk.controller()? {
                Controller::Bot => Err(Refusal::AlreadySo),
                Controller::Queue(_) => Ok(vec![desk.pass(Controller::Bot, PassReason::ShopperKeptPlace)]),
                Controller::Agent(_) => Ok(vec![desk.pass(Controller::Bot, PassReason::ShopperChoseBot)]),
            }
        }
        Command::Assign { agent, epoch, placement } => {
            desk.only_system()?;
            desk.queued_at(epoch)?;
            Ok(vec![desk.pass(Controller::Agent(agent), PassReason::Assigned(placement))])
        }
        Command::Overflow { queue, epoch } => {
            desk.only_system()?;
            match desk.queued_at(epoch)? {
                from if from == queue => Err(Refusal::AlreadySo),
                _ => Ok(vec![desk.pass(Controller::Queue(queue), PassReason::Overflowed)]),
            }
        }
        Command::TellTurn => {
            desk.only_system()?;
            match (desk.controller()?, conversation.place_kept_at(now)) {
                (Controller::Bot, Some(place)) if !place.is_told => Ok(vec![Fact::TurnCame]),
                (Controller::Bot, Some(_)) => Err(Refusal::AlreadySo),
                _ => Err(Refusal::StaleControl),
            }
        }
        Command::Transfer { to, card, may_supervise } => desk.transfer(to, card, may_supervise),
        Command::Reclaim { to, epoch, why, card } => desk.reclaim(to, epoch, why, card),
        Command::Identify { shopper, customer } => match &conversation.customer {
            Some(known) if *known == customer && conversation.shopper == shopper => Err(Refusal::AlreadySo),
            Some(known) if *known != customer => Err(Refusal::OtherCustomer),
            _ => Ok(vec![Fact::Identified { shopper, customer }]),
        },
        Command::ChooseLanguage { language } if language == conversation.language => Err(Refusal::AlreadySo),
        Command::ChooseLanguage { language } => Ok(vec![Fact::LanguageChosen { language }]),
        Command::LeaveContact { message, call_back_by } => {
            desk.only_shopper()?;
            desk.controller()?;
            Ok(vec![Fact::ContactLeft { message, call_back_by }])
        }
        Command::Resolve { may_supervise } => desk.resolve(may_supervise),
        Command::Reopen => desk.reopen(),
        Command::Rate { stars, comment } => desk.rate(stars, comment),
        Command::Tag { tag } => workspace::tag(conversation, by, &tag),
        Command::Untag { tag } => workspace::untag(conversation, by, &tag),
        Command::Snooze { until } => workspace::snooze(now, conversation, by, until),
        Command::Wake => workspace::wake(now, conversation, by),
    }
}

struct Desk<'a> {
    now: Timestamp,
    conversation: &'a Conversation,
    by: Actor,
}

impl Desk<'_> {
    fn controller(&self) -> Result<Controller, Refusal> {
        self.conversation.controller().ok_or(Refusal::Resolved)
    }

    fn only_shopper(&self) -> Result<(), Refusal> {
        match self.by {
            Actor::Shopper(shopper) if shopper == self.conversation.shopper => Ok(()),
            _ => Err(Refusal::NotForActor),
        }
    }

    fn only_system(&self) -> Result<(), Refusal> {
        if self.by == Actor::System { Ok(()) } else { Err(Refusal::NotForActor) }
    }

    /// The queue it waits in, if nothing has passed since `epoch`.
    fn queued_at(&self, epoch: i64) -> Result<QueueId, Refusal> {
        match self.controller()? {
            Controller::Queue(queue) if epoch == self.conversation.control_epoch => Ok(queue),
            _ => Err(Refusal::StaleControl),
        }
    }

    fn controlling_agent(&self) -> Result<(), Refusal> {
        let Actor::Agent(agent) = self.by else { return Err(Refusal::NotForActor) };
        match self.controller()? {
            Controller::Agent(holder) if holder == agent => Ok(()),
            _ => Err(Refusal::NotController),
        }
    }

    fn pass(&self, to: Controller, why: PassReason) -> Fact {
        Fact::ControlPassed { to, why, epoch: self.conversation.control_epoch + 1 }
    }

    fn say(&self, said: Fact) -> Result<Vec<Fact>, Refusal> {
        self.only_shopper()?;
        match self.conversation.stage {
            Stage::Open { .. } => Ok(vec![said]),
            Stage::Resolved { at, .. } if self.now.since_ms(at) <= REOPEN_WINDOW_MS => {
                Ok(vec![Fact::Reopened, self.pass(Controller::Bot, PassReason::Reopened), said])
            }
            Stage::Resolved { .. } => Err(Refusal::Resolved),
        }
    }

    fn bot_reply(&self, command: Command) -> Result<Vec<Fact>, Refusal> {
        let Command::BotReply { message, epoch, answers, reply, trace } = command else {
            return Err(Refusal::NotForActor);
        };
        if self.by != Actor::Bot {
            return Err(Refusal::NotForActor);
        }
        if answers < 1 || answers > self.conversation.last_shopper_seq {
            return Err(Refusal::NothingToAnswer);
        }
        let withheld = |why| Ok(vec![Fact::ReplyWithheld { message, epoch, answers, why, trace }]);
        match self.conversation.stage {
            Stage::Resolved { .. } => withheld(WithheldReason::Resolved),
            Stage::Open { controller } if controller != Controller::Bot || epoch != self.conversation.control_epoch => {
                withheld(WithheldReason::ControlPassed)
            }
            _ if self.is_answered(answers) => Err(Refusal::AlreadyAnswered),
            _ => Ok(vec![Fact::BotReplied { message, epoch, answers, reply, trace }]),
        }
    }

    fn is_answered(&self, seq: Seq) -> bool {
        self.conversation.answered_seq >= seq
    }

    fn hand_off(&self, command: Command) -> Result<Vec<Fact>, Refusal> {
        let Command::HandOff { queue, reason, epoch, card, emotion } = command else {
            return Err(Refusal::NotForActor);
        };
        let from = self.controller()?;
        match self.by {
            Actor::Shopper(_) => {
                self.only_shopper()?;
                if from.is_human() {
                    return Err(Refusal::AlreadySo);
                }
            }
            Actor::Bot | Actor::System if from != Controller::Bot => return Err(Refusal::StaleControl),
            Actor::Bot | Actor::System => {
                if epoch.is_some_and(|epoch| epoch != self.conversation.control_epoch) {
                    return Err(Refusal::StaleControl);
                }
            }
            Actor::Agent(_) => {
                self.controlling_agent()?;
                if reason != HandoffReason::AgentReleased {
                    return Err(Refusal::NotForActor);
                }
            }
        }
        Ok(vec![
            self.pass(Controller::Queue(queue), PassReason::HandedOff(reason)),
            Fact::CardWritten { card, emotion },
        ])
    }

    fn take_over(&self, may_supervise: bool) -> Result<Vec<Fact>, Refusal> {
        let Actor::Agent(agent) = self.by else { return Err(Refusal::NotForActor) };
        match self.controller()? {
            Controller::Agent(holder) if holder == agent => Err(Refusal::AlreadySo),
            Controller::Agent(_) if !may_supervise => Err(Refusal::NotController),
            _ => Ok(vec![self.pass(Controller::Agent(agent), PassReason::TakenOver)]),
        }
    }

    fn transfer(&self, to: Controller, card: Option<NewCard>, may_supervise: bool) -> Result<Vec<Fact>, Refusal> {
        let Actor::Agent(agent) = self.by else { return Err(Refusal::NotForActor) };
        match self.controller()? {
            from if from == to => Err(Refusal::AlreadySo),
            Controller::Agent(holder) if holder == agent => Ok(self.pass_with(to, PassReason::Transferred, card)),
            _ if may_supervise => Ok(self.pass_with(to, PassReason::Transferred, card)),
            _ => Err(Refusal::NotController),
        }
    }

    fn reclaim(
        &self,
        to: Controller,
        epoch: i64,
        why: ReclaimReason,
        card: Option<NewCard>,
    ) -> Result<Vec<Fact>, Refusal> {
        self.only_system()?;
        let from = self.controller()?;
        if !matches!(from, Controller::Agent(_)) || epoch != self.conversation.control_epoch {
            return Err(Refusal::StaleControl);
        }
        match to {
            Controller::Bot => Err(Refusal::NotForActor),
            to if to == from => Err(Refusal::AlreadySo),
            to => Ok(self.pass_with(to, PassReason::Reclaimed(why), card)),
        }
    }

    fn pass_with(&self, to: Controller, why: PassReason, card: Option<NewCard>) -> Vec<Fact> {
        let card = card.filter(|_| to.is_human());
        let written = card.map(|NewCard { card, emotion }| Fact::CardWritten { card, emotion });
        [self.pass(to, why)].into_iter().chain(written).collect()
    }

    fn resolve(&self, may_supervise: bool) -> Result<Vec<Fact>, Refusal> {
        let controller = self.controller()?;
        match (self.by, controller) {
            (Actor::Agent(_), _) if may_supervise => {}
            (Actor::Agent(agent), Controller::Agent(holder)) if holder == agent => {}
            (Actor::Agent(_), _) => return Err(Refusal::NotController),
            (Actor::Shopper(_), _) => self.only_shopper()?,
            (Actor::Bot, Controller::Bot) | (Actor::System, _) => {}
            (Actor::Bot, _) => return Err(Refusal::NotController),
        }
        Ok(vec![Fact::Resolved])
    }

    fn reopen(&self) -> Result<Vec<Fact>, Refusal> {
        if self.conversation.is_open() {
            return Err(Refusal::StillOpen);
        }
        let to = match self.by {
            Actor::Agent(agent) => Controller::Agent(agent),
            Actor::Shopper(_) => {
                self.only_shopper()?;
                Controller::Bot
            }
            Actor::Bot | Actor::System => return Err(Refusal::NotForActor),
        };
        Ok(vec![Fact::Reopened, self.pass(to, PassReason::Reopened)])
    }

    fn rate(&self, stars: u8, comment: Option<crate::id::MessageId>) -> Result<Vec<Fact>, Refusal> {
        self.only_shopper()?;
        if !(1..=5).contains(&stars) {
            return Err(Refusal::BadRating);
        }
        if self.conversation.rating.is_some() {
            return Err(Refusal::AlreadyRated);
        }
        Ok(vec![Fact::Rated { stars, comment }])
    }
}
