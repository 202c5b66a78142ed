//! `need`: will this visit end with an order, from what is known while it lasts? A CSV file in the form of UCI's online
//! shoppers. Every visit is judged by a model that has seen only others.

use std::{collections::BTreeMap, path::Path, time::Instant};

use anyhow::{Context, Result, ensure};
use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde::Deserialize;
use serde_json::json;
use signals::need::{Model, Settings, Table};

use super::{Report, rounded, scores::auc};

const SEED: u64 = 20_261_122;
const FOLDS: usize = 5;
/// Bins in which chances are compared with what came of them.
const BINS: usize = 10;

/// What is left out is known only afterwards: PageValues, BounceRates and ExitRates are computed from finished visits.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Line {
    administrative: f32,
    #[serde(rename = "Administrative_Duration")]
    administrative_s: f32,
    informational: f32,
    #[serde(rename = "Informational_Duration")]
    informational_s: f32,
    product_related: f32,
    #[serde(rename = "ProductRelated_Duration")]
    product_s: f32,
    special_day: f32,
    month: String,
    operating_systems: f32,
    browser: f32,
    region: f32,
    traffic_type: f32,
    visitor_type: String,
    weekend: String,
    revenue: String,
}

pub fn need(data: &Path) -> Result<Report> {
    let begun = Instant::now();
    let mut reader = csv::Reader::from_path(data).with_context(|| format!("{} can't be read", data.display()))?;
    let mut lines = reader.deserialize().collect::<Result<Vec<Line>, _>>()?;
    ensure!(lines.len() >= 10 * FOLDS, "too few visits to learn from");
    lines.shuffle(&mut StdRng::seed_from_u64(SEED));
    let outcomes: Vec<bool> = lines.iter().map(|line| line.revenue.eq_ignore_ascii_case("true")).collect();
    let table = table(&lines);
    let mut scored = vec![(0.0, false); lines.len()];
    let mut reasons = BTreeMap::<String, usize>::new();
    let mut aucs = Vec::new();
    for fold in 0..FOLDS {
        eprintln!("fold {} of {FOLDS}", fold + 1);
        let rows: Vec<usize> = (0..lines.len()).filter(|row| row % FOLDS != fold).collect();
        let of = |row: &usize| table.rows[*row].clone();
        let lessons = Table { names: table.names.clone(), rows: rows.iter().map(of).collect() };
        let known: Vec<bool> = rows.iter().map(|row| outcomes[*row]).collect();
        let model =
            Model::train(&lessons, &known, &Settings::default()).context("too few of one kind to learn from")?;
        for row in (fold..lines.len()).step_by(FOLDS) {
            scored[row] = (model.chance(&table.rows[row]), outcomes[row]);
            for reason in model.reasons(&table.rows[row], 1) {
                *reasons.entry(reason.feature).or_default() += 1;
            }
        }
        aucs.push(auc(&scored.iter().skip(fold).step_by(FOLDS).copied().collect::<Vec<_>>()));
    }
    let metrics = json!({
        "seed": SEED, "folds": FOLDS,
        "auc": rounded(aucs.iter().sum::<f64>() / FOLDS as f64),
        "auc_of_all_folds_together": rounded(auc(&scored)),
        "average_precision": rounded(average_precision(&scored)),
        "calibration_error": rounded(calibration_error(&scored)),
        "base_rate": rounded(outcomes.iter().filter(|it| **it).count() as f64 / outcomes.len() as f64),
        "first_reasons": reasons,
    });
    let floors = json!({ "gradient boosting on live features: auc": 0.763, "average_precision": 0.358 });
    Ok(Report::new("need", data, lines.len(), begun, metrics, floors))
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Numbers of sources have no order, so the usual ones are columns of their own as well.
const SOURCES: [u8; 13] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

fn table(lines: &[Line]) -> Table {
    let mut names: Vec<String> = [
        "help_pages",
        "help_s",
        "info_pages",
        "info_s",
        "product_pages",
        "product_s",
        "near_special_day",
        "month",
        "system",
        "browser",
        "region",
        "source",
        "visitor",
        "weekend",
        "s_per_product_page",
        "s_per_help_page",
        "s_per_info_page",
        "pages",
        "s",
        "s_per_page",
        "share_of_help",
        "share_of_info",
        "share_of_product_time",
    ]
    .map(String::from)
    .to_vec();
    names.extend(MONTHS.map(|month| format!("month_{month}")));
    names.extend(SOURCES.map(|source| format!("source_{source}")));
    Table { names, rows: lines.iter().map(row).collect() }
}

fn row(line: &Line) -> Vec<f32> {
    let month = MONTHS.iter().position(|month| line.month.starts_with(month)).map_or(f32::NAN, |place| place as f32);
    let visitor = ["New_Visitor", "Returning_Visitor"].iter().position(|it| *it == line.visitor_type);
    let per = |s: f32, pages: f32| s / pages.max(1.0);
    let pages = line.administrative + line.informational + line.product_related;
    let s = line.administrative_s + line.informational_s + line.product_s;
    let mut row = vec![
        line.administrative,
        line.administrative_s,
        line.informational,
        line.informational_s,
        line.product_related,
        line.product_s,
        line.special_day,
        month,
        line.operating_systems,
        line.browser,
        line.region,
        line.traffic_type,
        visitor.map_or(2.0, |place| place as f32),
        f32::from(u8::from(line.weekend.eq_ignore_ascii_case("true"))),
        per(line.product_s, line.product_related),
        per(line.administrative_s, line.administrative),
        per(line.informational_s, line.informational),
        pages,
        s,
        per(s, pages),
        per(line.administrative, pages),
        per(line.informational, pages),
        per(line.product_s, s),
    ];
    let is = |it: bool| f32::from(u8::from(it));
    row.extend(MONTHS.map(|month| is(line.month.starts_with(month))));
    row.extend(SOURCES.map(|source| is(line.traffic_type == f32::from(source))));
    row
}

fn average_precision(scored: &[(f64, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|one, two| two.0.total_cmp(&one.0));
    let (mut right, mut sum) = (0.0, 0.0);
    for (place, (_, reached)) in (1..).zip(&sorted) {
        if *reached {
            right += 1.0;
            sum += right / f64::from(place);
        }
    }
    sum / f64::max(right, 1.0)
}

/// By how much the chances of ten equally large groups are off, on average.
fn calibration_error(scored: &[(f64, bool)]) -> f64 {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|one, two| one.0.total_cmp(&two.0));
    let size = sorted.len().div_ceil(BINS).max(1);
    let off = |group: &[(f64, bool)]| {
        let said: f64 = group.iter().map(|(chance, _)| chance).sum();
        let came = group.iter().filter(|(_, reached)| *reached).count() as f64;
        (said - came).abs()
    };
    sorted.chunks(size).map(off).sum::<f64>() / sorted.len().max(1) as f64
}
