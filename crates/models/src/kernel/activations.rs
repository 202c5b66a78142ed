//! Activations rounded to int8, one scale per block of 32, as the integer product needs them.

use super::Kernel;
use super::matrix::BLOCK;

/// Rows of int8 numbers with a scale and a weight-offset correction per block of 32.
#[derive(Debug, Default)]
pub struct Activations {
    width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
    offsets: Vec<i32>,
}

impl Activations {
    /// Rounds `rows` (row after row, each `width` long) to int8, reusing this value's memory.
    ///
    /// # Panics
    /// When `width` is not a positive multiple of 32 or does not divide the length of `rows`.
    pub fn quantise(&mut self, kernel: Kernel, rows: &[f32], width: usize) {
        assert!(width > 0 && width.is_multiple_of(BLOCK) && rows.len().is_multiple_of(width));
        self.width = width;
        self.values.resize(rows.len(), 0);
        self.scales.resize(rows.len() / BLOCK, 0.0);
        self.offsets.resize(rows.len() / BLOCK, 0);
        kernel.quantise(rows, &mut self.values, &mut self.scales, &mut self.offsets);
    }

    /// Numbers per row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows are held.
    pub fn rows(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// The int8 numbers of row `t`.
    pub(super) fn values(&self, t: usize) -> &[i8] {
        &self.values[t * self.width..(t + 1) * self.width]
    }

    /// The scale of each block of row `t`.
    pub(super) fn scales(&self, t: usize) -> &[f32] {
        let blocks = self.width / BLOCK;
        &self.scales[t * blocks..(t + 1) * blocks]
    }

    /// Minus eight times the sum of each block of row `t`: weights are stored as 0..=15 and mean -8..=7.
    pub(super) fn offsets(&self, t: usize) -> &[i32] {
        let blocks = self.width / BLOCK;
        &self.offsets[t * blocks..(t + 1) * blocks]
    }
}
