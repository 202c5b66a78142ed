//! Whatever is done to conversations, their rows stay the fold of their logs.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, NewCard, ReclaimReason, ReplyKind},
    handoff::{Emotion, HandoffReason},
    id::*,
    language::Language,
    routing::Placement,
    shop::CustomerKey,
    time::Timestamp,
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use store::*;

use crate::world::{T0, Talk, World, append};

const STEPS: usize = 150;

fn actor(rng: &mut StdRng, talk: &Talk) -> Actor {
    match rng.random_range(0..10) {
        0..4 => Actor::Shopper(talk.state.shopper),
        4..6 => Actor::Bot,
        6..8 => Actor::Agent(StaffId::from_bits(rng.random_range(1..3))),
        _ => Actor::System,
    }
}

fn command(rng: &mut StdRng, world: &World, talk: &Talk, known: ShopperId, now: Timestamp) -> Command {
    let message = MessageId::from_bits(world.next());
    match rng.random_range(0..24) {
        0..4 => Command::Say { message, client: message.to_string() },
        4 => Command::Reply { message, client: message.to_string() },
        5..7 => Command::BotReply {
            message,
            epoch: talk.state.control_epoch - rng.random_range(0..2),
            answers: talk.state.last_shopper_seq,
            reply: if rng.random() { ReplyKind::Answered } else { ReplyKind::Abstained },
            trace: None,
        },
        16 => Command::Assign {
            agent: StaffId::from_bits(rng.random_range(1..3)),
            epoch: talk.state.control_epoch - rng.random_range(0..2),
            placement: Placement::default(),
        },
        17 => Command::Overflow { queue: QueueId::from_bits(rng.random_range(1..3)), epoch: talk.state.control_epoch },
        18 => Command::Reclaim {
            to: Controller::Queue(QueueId::from_bits(1)),
            epoch: talk.state.control_epoch,
            why: ReclaimReason::Silent,
            card: Some(NewCard { card: message, emotion: Emotion::Calm }),
        },
        7 => Command::note(message),
        19 => Command::Tag { tag: ["vip", "refund"][rng.random_range(0..2)].into() },
        20 => Command::Untag { tag: ["vip", "refund"][rng.random_range(0..2)].into() },
        21 => Command::Snooze { until: rng.random::<bool>().then_some(now.plus_ms(90_000)) },
        22 => Command::Wake,
        23 => Command::TellTurn,
        8 => {
            let reason = if rng.random() { HandoffReason::Asked } else { HandoffReason::AgentReleased };
            let queue = QueueId::from_bits(rng.random_range(1..3));
            Command::HandOff { queue, reason, epoch: None, card: message, emotion: Emotion::Upset }
        }
        9 => Command::TakeOver { may_supervise: rng.random() },
        10 => {
            if rng.random() {
                Command::HandBack
            } else {
                Command::ChooseBot
            }
        }
        11 => Command::Identify { shopper: known, customer: CustomerKey::from("C-1") },
        12 => Command::ChooseLanguage { language: if rng.random() { Language::En } else { Language::Zh } },
        13 => Command::LeaveContact { message, call_back_by: None },
        14 => {
            if rng.random() {
                Command::Resolve { may_supervise: rng.random() }
            } else {
                Command::Reopen
            }
        }
        _ => Command::Rate { stars: rng.random_range(1..6), comment: rng.random::<bool>().then_some(message) },
    }
}

pub async fn check_projection_is_fold(world: &World) {
    let shop = world.shop().await;
    for seed in 0..4 {
        let mut rng = StdRng::seed_from_u64(seed);
        let known = world.shopper(&shop).await.id;
        let mut talk = world.talk(&shop, T0).await;
        let mut now = T0;
        for step in 0..STEPS {
            now = now.plus_ms(rng.random_range(0..60_000));
            let (by, command) = (actor(&mut rng, &talk), command(&mut rng, world, &talk, known, now));
            let Some(expected) = talk.decide(now, by, command.clone()) else { continue };
            assert_eq!(world.append(append(&talk, expected)).await.unwrap(), Appended::Done);
            if rng.random_range(0..4) == 0 {
                let side = if rng.random() { Side::Team } else { Side::Shopper };
                world.mark_read(talk.state.id, side, rng.random_range(0..=talk.state.seq)).await.unwrap();
            }
            let differences = world.verify_conversation(talk.state.id).await.unwrap();
            assert_eq!(differences, vec![], "seed {seed}, step {step}: {command:?} by {by:?}");
        }
        talk.assert_consistent(world).await;
        assert_eq!(world.verify_measures(talk.state.shopper).await.unwrap(), vec![], "seed {seed}");
        assert!(talk.state.seq > 20, "the run did something: {}", talk.state.seq);
        // Leaves the shopper without an open conversation, for the next seed's.
        if talk.state.is_open() {
            talk.resolve(world, now).await;
        }
    }
}
