//! The trees find what matters in made-up people, and say so.

use super::{
    boost::Draws,
    uplift::{Scored, TwoModels, captured, qini, qini_interval},
    *,
};

/// Two features that matter, one that doesn't, and one that is sometimes unknown.
fn world(rows: usize) -> (Table, Vec<bool>, Vec<f64>) {
    let mut draws = Draws(11);
    let mut table = Table { names: ["a", "b", "noise", "gap"].map(String::from).to_vec(), rows: Vec::new() };
    let (mut outcomes, mut chances) = (Vec::new(), Vec::new());
    for _ in 0..rows {
        let (a, b, noise) = (draws.next() as f32, draws.next() as f32, draws.next() as f32);
        let gap = if draws.next() < 0.3 { f32::NAN } else { draws.next() as f32 };
        let score = -2.0 + if a > 0.5 { 2.0 } else { 0.0 } + f64::from(b) + if gap.is_nan() { 1.0 } else { 0.0 };
        let chance = 1.0 / (1.0 + (-score).exp());
        outcomes.push(draws.next() < chance);
        chances.push(chance);
        table.rows.push(vec![a, b, noise, gap]);
    }
    (table, outcomes, chances)
}

#[test]
fn chances_are_near_the_truth_and_reasons_name_what_matters() {
    let (table, outcomes, chances) = world(6_000);
    let small = Settings { leaves: 6, leaf_rows: 150, features: 1.0, ..Settings::default() };
    let model = Model::train(&table, &outcomes, &Settings { rate: 0.1, trees: 80, ..small }).unwrap();
    let off: f64 =
        table.rows.iter().zip(&chances).map(|(row, chance)| (model.chance(row) - chance).abs()).sum::<f64>() / 6_000.0;
    assert!(off < 0.05, "{off}");
    let reasons = model.reasons(&[0.9, 0.5, 0.1, 0.5], 4);
    assert_eq!(reasons[0].feature, "a");
    let noise = reasons.iter().find(|it| it.feature == "noise").unwrap().weight.abs();
    assert!(reasons[0].weight > 0.5 && noise < reasons[0].weight / 3.0, "{reasons:?}");
    // The reasons add up to the score.
    let bare = model.runs.iter().map(|run| run.score(&[0.9, 0.5, 0.1, 0.5])).sum::<f64>() / model.runs.len() as f64;
    assert!((model.score(&[0.9, 0.5, 0.1, 0.5]) - bare).abs() < 1e-9);
    // It survives being put away.
    let kept: Model = serde_json::from_str(&serde_json::to_string(&model).unwrap()).unwrap();
    assert!((kept.chance(&table.rows[0]) - model.chance(&table.rows[0])).abs() < 1e-12);
}

#[test]
fn the_same_rows_give_the_same_model_and_too_few_give_none() {
    let (table, outcomes, _) = world(800);
    let settings = Settings { trees: 10, ..Settings::default() };
    assert_eq!(Model::train(&table, &outcomes, &settings), Model::train(&table, &outcomes, &settings));
    assert!(Model::train(&table, &vec![true; 800], &settings).is_none());
}

#[test]
fn calibration_undoes_what_was_exaggerated() {
    let mut draws = Draws(5);
    let scored: Vec<(f64, bool)> = (0..20_000)
        .map(|_| {
            let truth = draws.next() * 4.0 - 3.0;
            // Twice as sure as it should be, and too high.
            (2.0 * truth + 1.0, draws.next() < 1.0 / (1.0 + (-truth).exp()))
        })
        .collect();
    let calibration = Calibration::fit(&scored);
    for truth in [-2.5f64, -1.0, 0.5] {
        let chance = 1.0 / (1.0 + (-truth).exp());
        assert!((calibration.chance(2.0 * truth + 1.0) - chance).abs() < 0.02);
    }
}

#[test]
fn two_models_rank_by_what_outreach_adds() {
    let mut draws = Draws(3);
    let (mut table, mut treated, mut reached) =
        (Table { names: vec!["moved".into()], ..Table::default() }, vec![], vec![]);
    for _ in 0..8_000 {
        let (moved, is_treated) = (draws.next() < 0.3, draws.next() < 0.5);
        table.rows.push(vec![f32::from(u8::from(moved))]);
        treated.push(is_treated);
        reached.push(draws.next() < if moved && is_treated { 0.4 } else { 0.1 });
    }
    let rows: Vec<usize> = (0..4_000).collect();
    let model =
        TwoModels::train(&table, &treated, &reached, &rows, &Settings { rate: 0.2, trees: 30, ..Settings::default() });
    let scored: Vec<Scored> = (4_000..8_000)
        .map(|row| Scored { score: model.uplift(&table.rows[row]), treated: treated[row], reached: reached[row] })
        .collect();
    assert!(captured(&scored, 0.3) > 0.8 && (captured(&scored, 1.0) - 1.0).abs() < 1e-12);
    assert!(qini_interval(&scored, 1, 0.05).0 > 0.0);
    let by_chance: Vec<Scored> = scored.iter().map(|it| Scored { score: draws.next(), ..*it }).collect();
    assert!(qini(&by_chance).abs() < 0.15 && qini(&by_chance) < qini(&scored));
}
