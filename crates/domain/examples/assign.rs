//! How long one round of assignment takes: ten thousand who wait and five hundred who serve.
//! `cargo run --release -p tandem-domain --example assign` prints one JSON object.

use std::time::Instant;

use domain::{
    id::{ConversationId, QueueId, StaffId},
    language::Language,
    routing::{Demand, Limits, Server, assign},
    staff::Presence,
    time::{MINUTE_MS, SECOND_MS, Timestamp},
};
use serde_json::json;

const WAITING: u128 = 10_000;
const AGENTS: u128 = 500;
const QUEUES: u128 = 12;
const SKILLS: [&str; 8] = ["refund", "repair", "invoice", "outdoor", "kitchen", "vip", "legal", "parts"];
const ROUNDS: usize = 30;
const NOW: Timestamp = Timestamp(1_795_000_000_000);

/// A fixed scattering, the same on every machine.
const fn scattered(n: u128, of: u128) -> u128 {
    ((n * 2_654_435_761) >> 7) % of
}

/// What one round may take.
const BUDGET_MS: f64 = 50.0;

fn main() {
    let began = Instant::now();
    let demands: Vec<Demand> = (0..WAITING).map(demand).collect();
    let mut metrics = serde_json::Map::new();
    for (name, full) in [("all_free", 0), ("one_in_ten_has_room", 90), ("nobody_has_room", 100)] {
        let servers: Vec<Server> = (0..AGENTS).map(|n| server(n, full)).collect();
        let mut took: Vec<f64> = Vec::new();
        let mut given = 0;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            given = assign(NOW, &demands, &servers, &Limits::default()).len();
            took.push(began.elapsed().as_secs_f64() * 1e3);
        }
        took.sort_by(f64::total_cmp);
        let (median_ms, slowest_ms) = (took[ROUNDS / 2], took[ROUNDS - 1]);
        metrics.insert(name.into(), json!({ "assigned": given, "median_ms": median_ms, "slowest_ms": slowest_ms }));
    }
    let report = json!({
        "eval": "assign",
        "data": format!("made up: {WAITING} waiting, {AGENTS} agents, {QUEUES} queues"),
        "n": ROUNDS,
        "metrics": metrics,
        "floors": { "slowest_ms": BUDGET_MS },
        "seconds": began.elapsed().as_secs_f64(),
    });
    println!("{report}");
}

fn demand(n: u128) -> Demand {
    let since = NOW.minus_ms(scattered(n, 600) as i64 * SECOND_MS);
    let skills = if n.is_multiple_of(3) { vec![SKILLS[scattered(n, 8) as usize].to_owned()] } else { Vec::new() };
    Demand {
        conversation: ConversationId::from_bits(n),
        epoch: 2,
        queue: QueueId::from_bits(scattered(n, QUEUES)),
        since,
        deadline: since.plus_ms(MINUTE_MS),
        skills,
        language: if n.is_multiple_of(4) { Language::En } else { Language::Zh },
        vip: n.is_multiple_of(17),
        priority: (n % 23 % 4) as u8,
        weight: [100, 100, 100, 200][n as usize % 4],
        last_agent: n.is_multiple_of(5).then(|| (StaffId::from_bits(scattered(n, AGENTS)), since)),
        not: None,
    }
}

/// So many in a hundred have no room.
fn server(n: u128, full_percent: u128) -> Server {
    let is_full = n % 100 < full_percent;
    Server {
        staff: StaffId::from_bits(n),
        presence: if n % 40 == 39 { Presence::Paused } else { Presence::Online },
        on_shift: true,
        queues: (0..QUEUES).filter(|queue| !(n + queue).is_multiple_of(3)).map(QueueId::from_bits).collect(),
        skills: SKILLS
            .iter()
            .enumerate()
            .filter(|(place, _)| (n as usize + place).is_multiple_of(4))
            .map(|(_, skill)| (*skill).to_owned())
            .collect(),
        languages: if n.is_multiple_of(5) { Vec::new() } else { vec![Language::Zh] },
        weight: 100,
        capacity: 300,
        load: if is_full { 300 } else { 0 },
        idle_since: NOW.minus_ms(scattered(n, 3_600) as i64 * SECOND_MS),
    }
}
