//! Orders worked on through the desk's own actions, over data of the form of tau2-bench's retail shop.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use engine::shop::{
    Records,
    file::{FileShop, Mapping},
};

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
