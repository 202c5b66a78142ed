//! The product in plain Rust: what every other path must agree with, bit for bit.

use super::activations::Activations;
use super::matrix::{BLOCK, GROUP_BLOCK_BYTES, LANES, PackedMatrix};

/// `out[t][o] = bias[o] + Σ weights[o][k] * activations[t][k]`. Shapes are checked by the caller.
pub fn multiply(weights: &PackedMatrix, activations: &Activations, bias: &[f32], out: &mut [f32]) {
    for (group, (scales, nibbles)) in weights.groups().enumerate() {
        let first = group * LANES;
        for t in 0..activations.rows() {
            let mut sums = [0.0f32; LANES];
            let values = activations.values(t).as_chunks::<BLOCK>().0;
            let blocks = nibbles.as_chunks::<GROUP_BLOCK_BYTES>().0.iter().zip(values);
            let row_scales = activations.scales(t).iter().zip(activations.offsets(t));
            let scales = scales.as_chunks::<LANES>().0.iter().zip(row_scales);
            for ((block, values), (scales, (row_scale, offset))) in blocks.zip(scales) {
                let products = dot(block, values, *offset);
                for lane in 0..LANES {
                    sums[lane] += products[lane] as f32 * (scales[lane] * row_scale);
                }
            }
            let at = t * weights.outputs() + first;
            for lane in 0..LANES {
                out[at + lane] = bias[first + lane] + sums[lane];
            }
        }
    }
}

/// The integer products of one block of activations with the same block of eight outputs.
fn dot(block: &[u8; GROUP_BLOCK_BYTES], values: &[i8; BLOCK], offset: i32) -> [i32; LANES] {
    let mut products = [offset; LANES];
    for (chunk, bytes) in block.as_chunks::<BLOCK>().0.iter().enumerate() {
        for (lane, four) in bytes.as_chunks::<4>().0.iter().enumerate() {
            for (i, byte) in four.iter().enumerate() {
                let (low, high) = (i32::from(byte & 15), i32::from(byte >> 4));
                let at = chunk * 4 + i;
                products[lane] += low * i32::from(values[at]) + high * i32::from(values[16 + at]);
            }
        }
    }
    products
}
