//! The forward pass: BERT layers over the tokens of several texts laid end to end, each attending to its own.

use super::file::Dimensions;
use crate::kernel::{Activations, BLOCK, BLOCK_BYTES, Kernel, PackedMatrix, f16_to_f32};

/// `y = weight * x + bias`.
#[derive(Debug)]
pub struct Linear {
    pub weight: PackedMatrix,
    pub bias: Vec<f32>,
}

/// Layer normalisation.
#[derive(Debug)]
pub struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

/// One transformer layer.
#[derive(Debug)]
pub struct Layer {
    pub query: Linear,
    pub key: Linear,
    pub value: Linear,
    pub attended: Linear,
    pub attended_norm: Norm,
    pub widen: Linear,
    pub narrow: Linear,
    pub narrow_norm: Norm,
}

/// The weights of the model.
#[derive(Debug)]
pub struct Encoder {
    pub kernel: Kernel,
    pub dimensions: Dimensions,
    pub epsilon: f32,
    /// Q4_0 rows, one per word, as in the file: they are looked up, never multiplied.
    pub words: Vec<u8>,
    /// One row per position.
    pub positions: Vec<f32>,
    /// The row of the first token type; all our tokens are of it.
    pub kind: Vec<f32>,
    pub embedding_norm: Norm,
    pub layers: Vec<Layer>,
}

/// Working memory of a forward pass, kept between passes.
#[derive(Debug, Default)]
pub struct Scratch {
    rows: Vec<f32>,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    mixed: Vec<f32>,
    wide: Vec<f32>,
    attention: Vec<f32>,
    activations: Activations,
}

impl Encoder {
    /// The mean of the last layer's rows for each window, as `windows.len()` vectors of `hidden` numbers.
    ///
    /// A window is a list of token ids below `dimensions.words`, not empty and at most `dimensions.positions`
    /// long, start and end tokens included.
    pub fn means(&self, windows: &[Vec<u32>], scratch: &mut Scratch) -> Vec<Vec<f32>> {
        let hidden = self.dimensions.hidden;
        self.look_up(windows, scratch);
        for layer in &self.layers {
            self.attend(layer, windows, scratch);
            self.feed_forward(layer, scratch);
        }
        let mut rows = scratch.rows.chunks_exact(hidden);
        let mean = |window: &Vec<u32>| {
            let mut mean = vec![0.0; hidden];
            for row in rows.by_ref().take(window.len()) {
                self.kernel.add(&mut mean, row);
            }
            mean.iter_mut().for_each(|x| *x /= window.len() as f32);
            mean
        };
        windows.iter().map(mean).collect()
    }

    /// Word + position + type, normalised: the rows the first layer sees.
    fn look_up(&self, windows: &[Vec<u32>], scratch: &mut Scratch) {
        let hidden = self.dimensions.hidden;
        let word_bytes = hidden / BLOCK * BLOCK_BYTES;
        scratch.rows.clear();
        for window in windows {
            for (id, position) in window.iter().zip(self.positions.chunks_exact(hidden)) {
                let start = *id as usize * word_bytes;
                let blocks = self.words[start..start + word_bytes].as_chunks::<BLOCK_BYTES>().0;
                let first = scratch.rows.len();
                for [low, high, halves @ ..] in blocks {
                    let scale = f16_to_f32(u16::from_le_bytes([*low, *high]));
                    let weight = |half: u8| (f32::from(half) - 8.0) * scale;
                    scratch.rows.extend(halves.iter().map(|byte| weight(byte & 15)));
                    scratch.rows.extend(halves.iter().map(|byte| weight(byte >> 4)));
                }
                self.kernel.add(&mut scratch.rows[first..], position);
                self.kernel.add(&mut scratch.rows[first..], &self.kind);
            }
        }
        self.normalise(&self.embedding_norm, &mut scratch.rows);
    }

    fn attend(&self, layer: &Layer, windows: &[Vec<u32>], scratch: &mut Scratch) {
        let Dimensions { hidden, heads, .. } = self.dimensions;
        scratch.activations.quantise(self.kernel, &scratch.rows, hidden);
        self.apply(&layer.query, &scratch.activations, &mut scratch.query);
        self.apply(&layer.key, &scratch.activations, &mut scratch.key);
        self.apply(&layer.value, &scratch.activations, &mut scratch.value);
        scratch.mixed.resize(scratch.rows.len(), 0.0);
        let mut start = 0;
        for window in windows {
            let span = start..start + window.len() * hidden;
            start = span.end;
            self.kernel.attend(
                &scratch.query[span.clone()],
                &scratch.key[span.clone()],
                &scratch.value[span.clone()],
                heads,
                &mut scratch.mixed[span],
                &mut scratch.attention,
                hidden,
            );
        }
        scratch.activations.quantise(self.kernel, &scratch.mixed, hidden);
        self.apply(&layer.attended, &scratch.activations, &mut scratch.mixed);
        self.kernel.add(&mut scratch.rows, &scratch.mixed);
        self.normalise(&layer.attended_norm, &mut scratch.rows);
    }

    fn feed_forward(&self, layer: &Layer, scratch: &mut Scratch) {
        let Dimensions { hidden, ffn, .. } = self.dimensions;
        scratch.activations.quantise(self.kernel, &scratch.rows, hidden);
        self.apply(&layer.widen, &scratch.activations, &mut scratch.wide);
        self.kernel.gelu(&mut scratch.wide);
        scratch.activations.quantise(self.kernel, &scratch.wide, ffn);
        self.apply(&layer.narrow, &scratch.activations, &mut scratch.mixed);
        self.kernel.add(&mut scratch.rows, &scratch.mixed);
        self.normalise(&layer.narrow_norm, &mut scratch.rows);
    }

    fn apply(&self, linear: &Linear, activations: &Activations, out: &mut Vec<f32>) {
        out.resize(activations.rows() * linear.weight.outputs(), 0.0);
        self.kernel.multiply(&linear.weight, activations, &linear.bias, out);
    }

    fn normalise(&self, norm: &Norm, rows: &mut [f32]) {
        self.kernel.layer_norm(rows, &norm.weight, &norm.bias, self.epsilon);
    }
}
