//! Numbers as small ranks: trees only ask on which side of a cut a value lies.

use super::Table;

/// Fits a byte with one place left for what is unknown.
const MAX_BINS: usize = 64;
pub const UNKNOWN: u8 = u8::MAX;

/// The cuts of one feature, ascending.
pub fn cuts(table: &Table, feature: usize, rows: &[usize]) -> Vec<f32> {
    let mut values: Vec<f32> = rows.iter().map(|row| table.rows[*row][feature]).filter(|it| !it.is_nan()).collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= MAX_BINS {
        return distinct.windows(2).map(|pair| pair[0].midpoint(pair[1])).collect();
    }
    let at = |place: usize| values[place * (values.len() - 1) / MAX_BINS];
    let mut cuts: Vec<f32> = (1..MAX_BINS).map(at).collect();
    cuts.dedup();
    cuts
}

pub fn bin(cuts: &[f32], value: f32) -> u8 {
    if value.is_nan() { UNKNOWN } else { cuts.partition_point(|cut| *cut < value) as u8 }
}
