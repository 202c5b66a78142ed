//! Orders worked on through the desk's own actions, over data of the form of tau2-bench's retail shop.

mod bench;
mod calls;
pub mod chinese;
pub mod phrasing;
mod render;
pub mod requests;
mod states;
mod typing;
mod violations;
mod wording;

use std::{fs, path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use engine::shop::{
    Records,
    file::{FileShop, Mapping},
};
use serde_json::{Value, json};

use self::{states::states, violations::violations};
use crate::{Report, rounded};

const MAPPING: &[u8] = include_bytes!("../../../../content/mappings/retail_tau2.yaml");

/// All users, orders and products of `db.json` in a folder. Cloning them is cheap.
pub fn records(data: &Path) -> Result<Records> {
    let file = data.join("db.json");
    let text = fs::read(&file).with_context(|| file.display().to_string())?;
    let (records, report) = Mapping::parse(MAPPING)?.import(&serde_json::from_slice(&text)?)?;
    ensure!(report.rejected_total == 0, "{}: {}", file.display(), report.warning().unwrap_or_default());
    Ok(records)
}

/// A shop of these records that can be written to; what is written stays in memory.
pub fn shop(data: &Path) -> Result<FileShop> {
    Ok(FileShop::holding(records(data)?))
}

/// Forbidden wishes tried: enough for each kind to come up many times.
const VIOLATIONS: usize = 500;

/// The expected calls of all tasks, requests in plain words, and forbidden wishes.
pub async fn tools(data: &Path) -> Result<Report> {
    let begun = Instant::now();
    let records = records(data)?;
    eprintln!("running the expected calls of all tasks");
    let states = states(data, &records).await?;
    states.wrong.iter().for_each(|wrong| eprintln!("{wrong}"));
    eprintln!("trying {VIOLATIONS} forbidden wishes, seed {}", violations::SEED);
    let tried = violations(&records, VIOLATIONS).await?;
    tried.otherwise.iter().for_each(|otherwise| eprintln!("{otherwise}"));
    eprintln!("reading requests in plain words");
    let mut metrics = json!({
        "final_state_ok": states.ok, "final_state_n": states.n,
        "final_state_ok_without_the_slip": states.ok_mended,
        "final_state_share": rounded(states.ok as f64 / states.n.max(1) as f64),
        "failed_calls_alike": states.failed_alike, "calls": states.calls, "writes": states.writes,
        "violations_tried": tried.tried, "violations_allowed": tried.allowed,
        "violations_named_as_meant": tried.named_as_meant, "violations_that_changed_something": tried.left_traces,
        "violations_by_rule": tried.by_rule, "violations_by_kind": tried.by_kind, "seed": violations::SEED,
    });
    let understood = requests::shares(&requests::cases(data, &records, &phrasing::SETS)?);
    let [known, ten_kinds, last] = &chinese::LISTS;
    for (list, key) in [(known, "chinese"), (ten_kinds, "chinese_ten_kinds"), (last, "chinese_last")] {
        let shares = chinese::shares(&chinese::cases(list)?);
        metrics[format!("{key}_ok_share")] = shares["ok_share"].clone();
        metrics[key] = shares;
    }
    if let (Value::Object(metrics), Value::Object(understood)) = (&mut metrics, understood) {
        metrics.extend(understood);
    }
    let floors = json!({ "final_state_n": 74, "requests_ok_share": 0.95, "violations_allowed": 0 });
    Ok(Report::new("tools", data, states.n, begun, metrics, floors))
}
