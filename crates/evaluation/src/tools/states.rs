//! The expected calls of every task, run through the desk's actions, and the state they lead to compared with the one
//! they should: all orders, users and products, not only those that change.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use domain::shop::CustomerKey;
use engine::shop::Records;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    bench::Bench,
    calls::{self, Call},
    render::{Slip, plain, whole},
};

#[derive(Deserialize)]
struct Task {
    id: String,
    user_scenario: Scenario,
    evaluation_criteria: Criteria,
}

#[derive(Deserialize)]
struct Scenario {
    instructions: Instructions,
}

#[derive(Deserialize)]
struct Instructions {
    #[serde(default)]
    known_info: Option<String>,
}

#[derive(Deserialize)]
struct Criteria {
    #[serde(default)]
    actions: Option<Vec<Call>>,
}

#[derive(Deserialize)]
struct Gold {
    task_id: String,
    #[serde(default)]
    failed: Vec<FailedCall>,
    changed: BTreeMap<String, Map<String, Value>>,
}

#[derive(Deserialize)]
struct FailedCall {
    name: String,
}

/// What came of all tasks.
#[derive(Debug, Default)]
pub struct States {
    pub n: usize,
    pub ok: usize,
    /// Also without the slip of the data set's own tool written.
    pub ok_mended: usize,
    /// Tasks in which exactly the calls failed that should.
    pub failed_alike: usize,
    /// Calls made, and those of them that write.
    pub calls: usize,
    pub writes: usize,
    /// The tasks that ended elsewhere, with the first record that differs.
    pub wrong: Vec<String>,
}

pub async fn states(data: &Path, records: &Records) -> Result<States> {
    let read = |name: &str| fs::read_to_string(data.join(name)).with_context(|| format!("{name} can't be read"));
    let tasks: Vec<Task> = serde_json::from_str(&read("tasks.json")?)?;
    let gold: Vec<Gold> =
        read("gold_final_state.jsonl")?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let gold: BTreeMap<String, Gold> = gold.into_iter().map(|line| (line.task_id.clone(), line)).collect();
    let start: Value = serde_json::from_str(&read("db.json")?)?;
    // Were a field lost on the way in, no comparison after it would mean anything.
    ensure!(differs(&start, &whole(records, Slip::Mended)).is_none(), "the records don't come back as they were read");
    let bench = Bench::new(records, tasks.len()).await?;
    let mut states = States { n: tasks.len(), ..States::default() };
    for (place, task) in tasks.iter().enumerate() {
        let gold = gold.get(&task.id).with_context(|| format!("task {} has no final state", task.id))?;
        let failed = run(&bench, place, task, records, &mut states).await?;
        let expected_failures: Vec<&str> = gold.failed.iter().map(|call| call.name.as_str()).collect();
        states.failed_alike += usize::from(failed == expected_failures);
        let (expected, after) = (expected(&start, gold), bench.records(place).await);
        states.ok_mended += usize::from(differs(&expected, &whole(&after, Slip::Mended)).is_none());
        match differs(&expected, &whole(&after, Slip::Written)) {
            None => states.ok += 1,
            Some(record) => states.wrong.push(format!("task {}: {record}", task.id)),
        }
    }
    Ok(states)
}

/// The names of the calls that failed.
async fn run<'a>(
    bench: &Bench,
    place: usize,
    task: &'a Task,
    records: &Records,
    states: &mut States,
) -> Result<Vec<&'a str>> {
    let calls = task.evaluation_criteria.actions.as_deref().unwrap_or_default();
    let customer = who(task, calls, records);
    let person = bench.person(place, customer.as_ref()).await?;
    let mut failed = Vec::new();
    for call in calls {
        states.calls += 1;
        states.writes += usize::from(calls::action(call)?.is_some());
        if calls::run(bench, &person, call).await?.is_err() {
            failed.push(call.name.as_str());
        }
    }
    Ok(failed)
}

/// The person the task's own calls find; where they don't look, whoever gives their name with their e-mail or postcode.
fn who(task: &Task, calls: &[Call], records: &Records) -> Option<CustomerKey> {
    let finds = calls.iter().filter(|call| call.name.starts_with("find_user_id"));
    let found = finds.filter_map(|call| calls::found_user(records, call)).next();
    found.or_else(|| {
        let said = task.user_scenario.instructions.known_info.as_deref().unwrap_or_default();
        let is_meant = |customer: &&domain::shop::Customer| {
            said.contains(&customer.name)
                && (customer.email.as_deref().is_some_and(|email| said.contains(email))
                    || customer.addresses.iter().any(|own| said.contains(&own.postcode)))
        };
        records.all_customers().find(is_meant).map(|customer| customer.key.clone())
    })
}

fn expected(start: &Value, gold: &Gold) -> Value {
    let mut state = start.clone();
    for (kind, records) in &gold.changed {
        for (key, record) in records {
            state[kind][key] = record.clone();
        }
    }
    state
}

/// The first record that differs.
fn differs(expected: &Value, found: &Value) -> Option<String> {
    for kind in ["orders", "users", "products"] {
        let (expected, found) = (expected[kind].as_object()?, found[kind].as_object()?);
        if expected.len() != found.len() {
            return Some(format!("{kind}: {} instead of {}", found.len(), expected.len()));
        }
        for (key, record) in expected {
            let other = found.get(key);
            // Most are equal as they stand, and need no rounding to the cent.
            if other != Some(record) && other.map(plain) != Some(plain(record)) {
                return Some(format!("{kind} {key}"));
            }
        }
    }
    None
}
