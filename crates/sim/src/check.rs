//! What must hold when all is quiet, read from the logs alone: an account of its own, not the desk's fold.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    actor::{Actor, Controller},
    conversation::{Event, Fact, PassReason, Seq},
    id::{ConversationId, StaffId},
    message::Body,
    time::Timestamp,
};
use store::StoredEvent;

use crate::{
    hints::WHOLE_LOG,
    play::{Ack, Fault, FaultKind, Promises, Service},
};

/// More than any shopper has here.
const CONVERSATIONS: i64 = 1_000;

/// A log in short: what happened, and who did it.
pub type Told = Vec<(Seq, &'static str, Actor)>;

/// What the logs hold.
#[derive(Debug, Default)]
pub struct Findings {
    pub faults: Vec<Fault>,
    pub events: u64,
    pub withheld: u64,
    /// Questions nobody had answered when control went back to the bot, which begins afresh then.
    pub set_aside: u64,
    /// What the desk gave to agents.
    pub assigned: u64,
    /// Every log, in the order the conversations began.
    pub logs: Vec<(ConversationId, Told)>,
}

pub async fn check(service: &mut Service<'_>) -> anyhow::Result<Findings> {
    let mut findings = Findings::default();
    let mut logs = BTreeMap::new();
    let store = service.store().clone();
    for id in conversations(service).await? {
        for difference in store.verify_conversation(id).await? {
            findings.fault(FaultKind::Damaged, format!("{id}: {difference:?}"));
        }
        if !service.hints.poll(&store, id).await? {
            findings.fault(FaultKind::ScreenBehind, format!("{id}"));
        }
        logs.insert(id, store.events(id, 0, WHOLE_LOG).await?);
    }
    for (id, log) in &logs {
        findings.read_log(*id, log);
    }
    findings.assigned = assigned(&logs);
    findings.one_at_a_time(&logs);
    findings.compare_acks(&service.record.acks, &logs);
    findings.compare_promises(&service.record.promises);
    findings.faults.extend(service.record.faults.iter().cloned());
    let ahead = service.hints.ahead_of_log.iter();
    findings.faults.extend(ahead.map(|what| Fault { kind: FaultKind::HintAheadOfLog, what: what.clone() }));
    Ok(findings)
}

async fn conversations(service: &Service<'_>) -> anyhow::Result<BTreeSet<ConversationId>> {
    let mut ids: BTreeSet<_> = service.record.acks.iter().map(|ack| ack.conversation).collect();
    for shopper in &service.record.shoppers {
        let theirs = service.store().conversations_of(*shopper, CONVERSATIONS).await?;
        ids.extend(theirs.into_iter().map(|stored| stored.conversation.id));
    }
    Ok(ids)
}

impl Findings {
    fn fault(&mut self, kind: FaultKind, what: String) {
        self.faults.push(Fault { kind, what });
    }

    pub fn count(&self, kind: FaultKind) -> u64 {
        self.faults.iter().filter(|fault| fault.kind == kind).count() as u64
    }

    fn read_log(&mut self, id: ConversationId, log: &[StoredEvent]) {
        self.events += log.len() as u64;
        let told = log.iter().map(|row| (row.event.seq, row.event.fact.kind(), row.event.by));
        self.logs.push((id, told.collect()));
        let mut account = Account::default();
        for (place, row) in log.iter().enumerate() {
            if row.event.seq != place as Seq + 1 {
                self.fault(FaultKind::Damaged, format!("{id}: {} at place {place}", row.event.seq));
            }
            for (kind, what) in account.take_in(&row.event) {
                self.fault(kind, format!("{id} at {}: {what}", row.event.seq));
            }
        }
        self.withheld += account.withheld;
        self.set_aside += account.set_aside;
        let waits_for = account.said > account.answered;
        if waits_for && account.holder == Some(Controller::Bot) {
            self.fault(FaultKind::Unanswered, format!("{id} at {}", account.said));
        }
        if account.is_open && account.holder.is_none() {
            self.fault(FaultKind::Damaged, format!("{id} is open and nobody's"));
        }
    }

    /// What people were told is done has left its events.
    fn compare_promises(&mut self, promises: &Promises) {
        let mut kept = Promises::new();
        for (id, log) in &self.logs {
            for (_, kind, by) in log {
                *kept.entry((*id, kind, format!("{by:?}"))).or_default() += 1;
            }
        }
        for (promise, count) in promises {
            let found = kept.get(promise).copied().unwrap_or_default();
            if found < *count {
                self.fault(FaultKind::Lost, format!("{promise:?}: told {count} times, in the log {found} times"));
            }
        }
    }

    /// Whoever the desk gave a conversation to had no other: everybody serves one at a time here.
    fn one_at_a_time(&mut self, logs: &BTreeMap<ConversationId, Vec<StoredEvent>>) {
        let stretches = stretches(logs);
        for one in stretches.iter().filter(|one| one.by_desk) {
            // What began or ended in the same millisecond may have been before or after; two assignments may not.
            let overlaps = |other: &&Stretch| {
                let meets = other.from < one.from && one.from < other.until;
                let twice = other.by_desk && other.from == one.from && one.from < one.until && other.from < other.until;
                other.agent == one.agent && other.id != one.id && (meets || twice)
            };
            if let Some(other) = stretches.iter().find(overlaps) {
                self.fault(FaultKind::Doubled, format!("{:?} was given {} beside {}", one.agent, one.id, other.id));
            }
        }
    }

    fn compare_acks(&mut self, acks: &[Ack], logs: &BTreeMap<ConversationId, Vec<StoredEvent>>) {
        let mut places: HashMap<(ConversationId, &str), Vec<&StoredEvent>> = HashMap::new();
        for (id, log) in logs {
            for row in log {
                if let Some(client) = row.event.fact.client() {
                    places.entry((*id, client)).or_default().push(row);
                }
            }
        }
        for ((id, client), rows) in &places {
            if rows.len() > 1 {
                self.fault(FaultKind::Doubled, format!("{id}: {client} {} times", rows.len()));
            }
        }
        for ack in acks {
            let kept = places.get(&(ack.conversation, ack.client.as_str())).and_then(|rows| rows.first());
            let is_there = kept.is_some_and(|row| {
                let body = row.body.as_deref().and_then(|json| serde_json::from_str::<Body>(json).ok());
                row.event.seq == ack.seq
                    && row.event.fact.message() == Some(ack.message)
                    && body.is_some_and(|body| body.text == ack.text)
            });
            if !is_there {
                self.fault(FaultKind::Lost, format!("{}: {} at {}", ack.conversation, ack.client, ack.seq));
            }
        }
    }
}

fn assigned(logs: &BTreeMap<ConversationId, Vec<StoredEvent>>) -> u64 {
    let is_assigned = |row: &&StoredEvent| is_assignment(&row.event.fact);
    logs.values().flatten().filter(is_assigned).count() as u64
}

const fn is_assignment(fact: &Fact) -> bool {
    matches!(fact, Fact::ControlPassed { why: PassReason::Assigned(_), .. })
}

/// An agent's hold on a conversation.
struct Stretch {
    id: ConversationId,
    agent: StaffId,
    from: Timestamp,
    until: Timestamp,
    by_desk: bool,
}

fn stretches(logs: &BTreeMap<ConversationId, Vec<StoredEvent>>) -> Vec<Stretch> {
    let mut all = Vec::new();
    for (id, log) in logs {
        let turns: Vec<&Event> = log
            .iter()
            .map(|row| &row.event)
            .filter(|event| matches!(event.fact, Fact::ControlPassed { .. } | Fact::Resolved))
            .collect();
        for (place, event) in turns.iter().enumerate() {
            let Fact::ControlPassed { to: Controller::Agent(agent), .. } = event.fact else { continue };
            let until = turns.get(place + 1).map_or(Timestamp(i64::MAX), |next| next.at);
            all.push(Stretch { id: *id, agent, from: event.at, until, by_desk: is_assignment(&event.fact) });
        }
    }
    all
}

/// Who holds a conversation and what waits, event by event.
#[derive(Default)]
struct Account {
    is_open: bool,
    holder: Option<Controller>,
    epoch: i64,
    said: Seq,
    /// The message before the last.
    said_before: Seq,
    answered: Seq,
    withheld: u64,
    set_aside: u64,
}

impl Account {
    fn take_in(&mut self, event: &Event) -> Vec<(FaultKind, String)> {
        let mut faults = Vec::new();
        let mut fault = |is_wrong: bool, kind, what: &str| {
            if is_wrong {
                faults.push((kind, format!("{what}: {event:?}")));
            }
        };
        match &event.fact {
            Fact::Started { controller, .. } => {
                fault(event.seq != 1, FaultKind::Damaged, "started twice");
                (self.is_open, self.holder, self.epoch) = (true, Some(*controller), 1);
            }
            Fact::ShopperSaid { .. } => {
                fault(!self.is_open, FaultKind::WrongSpeaker, "said to nobody");
                (self.said_before, self.said) = (self.said, event.seq);
            }
            Fact::BotReplied { epoch, answers, .. } => {
                let is_bots = event.by == Actor::Bot && self.holder == Some(Controller::Bot);
                fault(!is_bots, FaultKind::WrongSpeaker, "not the bot's");
                fault(*epoch != self.epoch, FaultKind::WrongSpeaker, "begun before control passed");
                fault(*answers <= self.answered, FaultKind::Doubled, "answered already");
                self.answered = self.answered.max(*answers);
            }
            Fact::ReplyWithheld { epoch, .. } => {
                let is_bots = self.holder == Some(Controller::Bot) && *epoch == self.epoch;
                fault(is_bots, FaultKind::Lost, "withheld although the bot was in control");
                self.withheld += 1;
            }
            Fact::AgentReplied { .. } => {
                let is_theirs = self.holder.and_then(Controller::agent).is_some_and(|it| Actor::Agent(it) == event.by);
                fault(!is_theirs, FaultKind::WrongSpeaker, "not this agent's");
                self.answered = self.said;
            }
            Fact::ControlPassed { to, epoch, why } => {
                let is_queued = matches!(self.holder, Some(Controller::Queue(_)));
                let is_assigned = matches!(why, PassReason::Assigned(_));
                fault(is_assigned && !is_queued, FaultKind::Doubled, "given to an agent though it didn't wait");
                fault(*epoch != self.epoch + 1, FaultKind::Damaged, "the epoch doesn't rise by one");
                fault(!self.is_open, FaultKind::Damaged, "control of a resolved conversation passed");
                self.pass(*to, *epoch);
            }
            Fact::Resolved => {
                fault(!self.is_open, FaultKind::Damaged, "resolved twice");
                (self.is_open, self.holder) = (false, None);
            }
            Fact::Reopened => {
                fault(self.is_open, FaultKind::Damaged, "reopened while open");
                self.is_open = true;
            }
            _ => {}
        }
        faults
    }

    fn pass(&mut self, to: Controller, epoch: i64) {
        (self.holder, self.epoch) = (Some(to), epoch);
        if to == Controller::Bot {
            // The bot owes an answer to the last message, and to nothing before it.
            self.set_aside += u64::from(self.said_before > self.answered);
            self.answered = self.answered.max(self.said - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        conversation::{ReplyKind, WithheldReason},
        id::{MessageId, ShopId, ShopperId},
        language::Language,
        routing::Placement,
    };

    use super::*;

    const SHOPPER: Actor = Actor::Shopper(ShopperId::from_bits(1));
    const AGENT: StaffId = StaffId::from_bits(2);
    const COLLEAGUE: StaffId = StaffId::from_bits(3);
    const MESSAGE: MessageId = MessageId::from_bits(4);

    /// A conversation with the bot in which the shopper has said something, at 2.
    fn findings(then: &[(Actor, Fact)]) -> Vec<FaultKind> {
        let started = Fact::Started {
            shop: ShopId::from_bits(7),
            shopper: ShopperId::from_bits(1),
            customer: None,
            language: Language::Zh,
            controller: Controller::Bot,
        };
        let facts = [(SHOPPER, started), (SHOPPER, said())].into_iter().chain(then.iter().cloned());
        let log: Vec<StoredEvent> = facts
            .zip(1..)
            .map(|((by, fact), seq)| {
                let conversation = ConversationId::from_bits(1);
                StoredEvent { event: Event { conversation, seq, at: Timestamp(seq), by, fact }, body: None }
            })
            .collect();
        let mut findings = Findings::default();
        findings.read_log(ConversationId::from_bits(1), &log);
        findings.faults.iter().map(|fault| fault.kind).collect()
    }

    fn said() -> Fact {
        Fact::ShopperSaid { message: MESSAGE, client: "shopper:c1".into() }
    }

    fn bot(epoch: i64) -> (Actor, Fact) {
        let reply = ReplyKind::Answered;
        (Actor::Bot, Fact::BotReplied { message: MESSAGE, epoch, answers: 2, reply, trace: None })
    }

    fn agent(by: StaffId) -> (Actor, Fact) {
        (Actor::Agent(by), Fact::AgentReplied { message: MESSAGE, client: "agent:c1".into() })
    }

    fn pass(to: Controller, epoch: i64) -> (Actor, Fact) {
        (Actor::Agent(AGENT), Fact::ControlPassed { to, why: PassReason::TakenOver, epoch })
    }

    fn withheld(epoch: i64) -> (Actor, Fact) {
        let why = WithheldReason::ControlPassed;
        (Actor::Bot, Fact::ReplyWithheld { message: MESSAGE, epoch, answers: 2, why, trace: None })
    }

    #[test]
    fn good_logs_have_no_faults() {
        assert_eq!(findings(&[bot(1)]), []);
        assert_eq!(findings(&[pass(Controller::Agent(AGENT), 2), withheld(1), agent(AGENT)]), []);
        // Waiting with an agent is no fault.
        assert_eq!(findings(&[pass(Controller::Agent(AGENT), 2)]), []);
        assert_eq!(findings(&[(SHOPPER, Fact::Resolved)]), []);
    }

    #[test]
    fn wrong_speakers_are_found() {
        use FaultKind::WrongSpeaker;
        let to_agent = pass(Controller::Agent(AGENT), 2);
        let back = pass(Controller::Bot, 3);
        assert_eq!(findings(&[agent(AGENT)]), [WrongSpeaker]);
        assert_eq!(findings(&[to_agent.clone(), agent(COLLEAGUE)]), [WrongSpeaker]);
        assert_eq!(findings(&[to_agent.clone(), bot(2)]), [WrongSpeaker]);
        // Begun before an agent had it and gave it back.
        assert_eq!(findings(&[to_agent, back, bot(1)]), [WrongSpeaker]);
        assert_eq!(findings(&[(SHOPPER, Fact::Resolved), bot(1)]), [WrongSpeaker]);
    }

    #[test]
    fn a_second_assignment_to_a_busy_agent_is_found() {
        let log = |id: u128, from: i64, until: i64| {
            let conversation = ConversationId::from_bits(id);
            let why = PassReason::Assigned(Placement::default());
            let given = Fact::ControlPassed { to: Controller::Agent(AGENT), why, epoch: 3 };
            let event = |seq, at, fact| StoredEvent {
                event: Event { conversation, seq, at: Timestamp(at), by: Actor::System, fact },
                body: None,
            };
            (conversation, vec![event(1, from, given), event(2, until, Fact::Resolved)])
        };
        for (logs, faults) in [
            ([log(1, 10, 20), log(2, 20, 30)], 0),
            ([log(1, 10, 20), log(2, 19, 30)], 1),
            ([log(1, 10, 20), log(2, 10, 30)], 2),
        ] {
            let mut findings = Findings::default();
            findings.one_at_a_time(&logs.into_iter().collect());
            assert_eq!(findings.count(FaultKind::Doubled), faults);
        }
    }

    #[test]
    fn silence_repetition_and_damage_are_found() {
        use FaultKind::{Damaged, Doubled, Lost, Unanswered};
        assert_eq!(findings(&[]), [Unanswered]);
        assert_eq!(findings(&[bot(1), bot(1)]), [Doubled]);
        assert_eq!(findings(&[bot(1), withheld(1)]), [Lost]);
        assert_eq!(findings(&[pass(Controller::Agent(AGENT), 3)]), [Damaged]);
        let why = PassReason::Assigned(Placement::default());
        let assigned = Fact::ControlPassed { to: Controller::Agent(AGENT), why, epoch: 2 };
        assert_eq!(findings(&[(Actor::System, assigned)]), [Doubled]);
        assert_eq!(findings(&[bot(1), (SHOPPER, Fact::Resolved), (SHOPPER, Fact::Resolved)]), [Damaged]);
    }
}
