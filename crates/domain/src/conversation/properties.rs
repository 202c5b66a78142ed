//! Any sequence of commands leaves one controller, dense `seq` and a fold equal to the step-by-step state.

use proptest::prelude::*;

use super::*;
use crate::{
    calendar::{Calendar, Hours},
    deadline::{Deadline, Targets, follow, may_follow},
    id::ShopperId,
};

const AGENTS: u128 = 3;

fn opening() -> Opening {
    Opening {
        id: ConversationId::from_bits(1),
        shop: ShopId::from_bits(1),
        shopper: ShopperId::from_bits(1),
        customer: None,
        language: Language::Zh,
        controller: Controller::Bot,
    }
}

fn actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => Just(Actor::Shopper(ShopperId::from_bits(1))),
        1 => Just(Actor::Shopper(ShopperId::from_bits(2))),
        4 => Just(Actor::Bot),
        4 => (1..=AGENTS).prop_map(|n| Actor::Agent(StaffId::from_bits(n))),
        3 => Just(Actor::System),
    ]
}

fn controller() -> impl Strategy<Value = Controller> {
    prop_oneof![
        1 => Just(Controller::Bot),
        1 => (1..3u128).prop_map(|n| Controller::Queue(QueueId::from_bits(n))),
        2 => (1..=AGENTS).prop_map(|n| Controller::Agent(StaffId::from_bits(n))),
    ]
}

fn new_card() -> impl Strategy<Value = Option<NewCard>> {
    proptest::option::of(
        any::<u64>().prop_map(|n| NewCard { card: MessageId::from_bits(n.into()), emotion: Emotion::Calm }),
    )
}

fn command() -> impl Strategy<Value = Command> {
    let message = any::<u64>().prop_map(|n| MessageId::from_bits(n.into()));
    let client = "[a-d]{1,2}";
    prop_oneof![
        6 => (message.clone(), client).prop_map(|(message, client)| Command::Say { message, client }),
        3 => (message.clone(), client).prop_map(|(message, client)| Command::Reply { message, client }),
        6 => (message.clone(), 1..6i64, 0..12i64, any::<bool>()).prop_map(|(message, epoch, answers, abstains)| {
            let reply = if abstains { ReplyKind::Abstained } else { ReplyKind::Answered };
            Command::BotReply { message, epoch, answers, reply, trace: None }
        }),
        1 => message.clone().prop_map(Command::note),
        2 => "[a-c#]{0,2}".prop_map(|tag| Command::Tag { tag }),
        1 => "[a-c]".prop_map(|tag| Command::Untag { tag }),
        2 => proptest::option::of(0..200_000i64).prop_map(|at| Command::Snooze { until: at.map(Timestamp) }),
        1 => Just(Command::Wake),
        3 => (message.clone(), proptest::option::of(1..6i64)).prop_map(|(card, epoch)| Command::HandOff {
            queue: QueueId::from_bits(1),
            reason: HandoffReason::Asked,
            epoch,
            card,
            emotion: Emotion::Worried,
        }),
        1 => message.clone().prop_map(|card| Command::HandOff {
            queue: QueueId::from_bits(1),
            reason: HandoffReason::AgentReleased,
            epoch: None,
            card,
            emotion: Emotion::Calm,
        }),
        3 => any::<bool>().prop_map(|may_supervise| Command::TakeOver { may_supervise }),
        2 => Just(Command::HandBack),
        3 => (1..=AGENTS, 1..8i64).prop_map(|(agent, epoch)| Command::Assign {
            agent: StaffId::from_bits(agent),
            epoch,
            placement: Placement::default(),
        }),
        2 => (controller(), new_card(), any::<bool>())
            .prop_map(|(to, card, may_supervise)| Command::Transfer { to, card, may_supervise }),
        2 => (controller(), 1..8i64, new_card()).prop_map(|(to, epoch, card)| Command::Reclaim {
            to,
            epoch,
            why: ReclaimReason::Silent,
            card,
        }),
        2 => (1..3u128, 1..8i64).prop_map(|(n, epoch)| Command::Overflow { queue: QueueId::from_bits(n), epoch }),
        1 => Just(Command::ChooseBot),
        1 => Just(Command::TellTurn),
        1 => (1..3u128, "[xy]").prop_map(|(n, key)| Command::Identify {
            shopper: ShopperId::from_bits(n),
            customer: CustomerKey(key),
        }),
        1 => message.clone().prop_map(|message| Command::LeaveContact { message, call_back_by: None }),
        1 => any::<bool>().prop_map(|may_supervise| Command::Resolve { may_supervise }),
        1 => Just(Command::Reopen),
        1 => (0..7u8, proptest::option::of(message)).prop_map(|(stars, comment)| Command::Rate { stars, comment }),
    ]
}

/// Appends what is decided, as the store would.
fn run(steps: Vec<(Actor, Command, i64)>) -> (Conversation, Vec<Event>, Vec<String>) {
    let mut now = Timestamp(1_000);
    let (mut conversation, first) = opening().start(now);
    let mut log = vec![first];
    let mut problems = Vec::new();
    let mut deadlines = Deadlines::new();
    for (by, command, wait_ms) in steps {
        now = now.plus_ms(wait_ms);
        let before = conversation.clone();
        let Ok(facts) = decide(now, &conversation, by, command.clone()) else {
            if conversation != before {
                problems.push(format!("{command:?} was refused and changed the state"));
            }
            continue;
        };
        if facts.is_empty() {
            problems.push(format!("{command:?} led to nothing"));
        }
        let seq = conversation.seq;
        for fact in facts {
            let event = Event { conversation: conversation.id, seq: conversation.seq + 1, at: now, by, fact };
            check_speaker(&conversation, &event, &mut problems);
            conversation.apply(&event);
            log.push(event);
        }
        deadlines.follow(&before, &conversation, &log[seq as usize..], &mut problems);
        if conversation.control_epoch < before.control_epoch {
            problems.push("the epoch fell".into());
        }
        if conversation.is_open() && before.is_open() && conversation.control_epoch > before.control_epoch + 1 {
            problems.push("one command passed control twice".into());
        }
        if before.controller() != conversation.controller()
            && conversation.is_open()
            && conversation.control_epoch == before.control_epoch
        {
            problems.push("control passed and the epoch did not rise".into());
        }
    }
    (conversation, log, problems)
}

/// The deadlines under way, as the engine keeps them.
struct Deadlines {
    running: Vec<Deadline>,
    targets: Targets,
    calendar: Calendar,
}

impl Deadlines {
    fn new() -> Self {
        let some = Some(60_000);
        let targets = Targets { first_reply_ms: some, next_reply_ms: some, resolution_ms: some };
        let calendar = Hours::daily("UTC", 0, 24 * 60).calendar().expect("round the clock");
        Self { running: Vec::new(), targets, calendar }
    }

    /// Where it is said that nothing can change, nothing does.
    fn follow(&mut self, before: &Conversation, after: &Conversation, events: &[Event], problems: &mut Vec<String>) {
        let changed = follow(&self.running, before, after, events, &self.targets, &self.calendar);
        if !may_follow(before, after, events) && !changed.is_empty() {
            problems.push(format!("{events:?} changed {changed:?}"));
        }
        for deadline in changed {
            self.running.retain(|known| known.kind != deadline.kind || known.started_at != deadline.started_at);
            self.running.extend(deadline.ended.is_none().then_some(deadline));
        }
    }
}

fn check_speaker(conversation: &Conversation, event: &Event, problems: &mut Vec<String>) {
    let controller = conversation.controller();
    let rightful = match (&event.fact, event.by) {
        (Fact::BotReplied { epoch, .. }, Actor::Bot) => {
            controller == Some(Controller::Bot) && *epoch == conversation.control_epoch
        }
        (Fact::BotReplied { .. }, _) => false,
        (Fact::AgentReplied { .. }, Actor::Agent(agent)) => controller == Some(Controller::Agent(agent)),
        (Fact::AgentReplied { .. }, _) => false,
        _ => true,
    };
    if !rightful {
        problems.push(format!("{:?} spoke while {controller:?} was in control", event.by));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_commands_keep_the_invariants(
        steps in proptest::collection::vec((actor(), command(), prop_oneof![9 => 0..60_000i64, 1 => 0..200_000_000i64]), 0..40),
    ) {
        let (conversation, log, problems) = run(steps);
        prop_assert!(problems.is_empty(), "{problems:?}");
        for (index, event) in log.iter().enumerate() {
            prop_assert_eq!(event.seq, index as i64 + 1);
        }
        prop_assert_eq!(conversation.seq, log.len() as i64);
        prop_assert_eq!(Conversation::fold(&log), Some(conversation.clone()));
        prop_assert!(conversation.answered_seq <= conversation.last_shopper_seq);
        prop_assert_eq!(conversation.queued_since.is_some(), matches!(conversation.controller(), Some(Controller::Queue(_))));
        prop_assert!(conversation.tags.len() <= MAX_TAGS);
        // Only what an agent holds sleeps, and never while something of the shopper came after.
        if conversation.snoozed.is_some() {
            prop_assert!(matches!(conversation.controller(), Some(Controller::Agent(_))));
            let last_snooze = log.iter().rposition(|event| matches!(event.fact, Fact::Snoozed { .. }));
            let said = log.iter().rposition(|event| matches!(event.fact, Fact::ShopperSaid { .. }));
            prop_assert!(last_snooze > said);
        }
        // Whoever waits is either with the bot (a job answers), in the queue, or with an agent; never with nobody.
        if conversation.waiting_since.is_some() {
            prop_assert!(conversation.controller().is_some());
        }
        // What is stored reads back as it was.
        let text = serde_json::to_string(&log).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Event>>(&text).unwrap(), log);
    }
}
