//! Q4_0 weight matrices, rearranged once at load so that eight outputs are computed side by side.
//! The weights stay four bits wide; only their scales are widened to f32.

use super::dense::f16_to_f32;

/// Weights that share one scale.
pub const BLOCK: usize = 32;
/// Bytes of one Q4_0 block in the file: an f16 scale and 16 bytes of two weights each, low half first.
pub const BLOCK_BYTES: usize = 2 + BLOCK / 2;
/// Outputs computed side by side: the 32-bit lanes of a 256-bit register.
pub(super) const LANES: usize = 8;
/// Bytes of the weights of one block of [`LANES`] outputs.
pub(super) const GROUP_BLOCK_BYTES: usize = LANES * BLOCK / 2;

/// Why a matrix could not be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Outputs must be a multiple of 8 and inputs a multiple of 32, both above zero.
    #[error("a {outputs} x {inputs} matrix cannot be packed")]
    Shape {
        /// Rows of the matrix.
        outputs: usize,
        /// Columns of the matrix.
        inputs: usize,
    },
    /// The bytes do not hold `outputs * inputs / 32` blocks.
    #[error("{found} bytes of weights where {expected} were expected")]
    Length {
        /// Bytes given.
        found: usize,
        /// Bytes needed.
        expected: usize,
    },
    /// A scale is infinite or not a number.
    #[error("a weight scale is not finite")]
    NotFinite,
}

/// An `outputs x inputs` matrix of 4-bit weights.
///
/// Outputs are taken in groups of eight. For each group and each block of 32 inputs, `scales` has eight f32
/// and `nibbles` has four chunks of 32 bytes; byte `4 * lane + i` of chunk `c` holds the weight of input
/// `4c + i` in its low half and of input `16 + 4c + i` in its high half, both as 0..=15 standing for -8..=7.
#[derive(Debug)]
pub struct PackedMatrix {
    outputs: usize,
    inputs: usize,
    scales: Vec<f32>,
    nibbles: Vec<u8>,
}

impl PackedMatrix {
    /// Packs Q4_0 bytes (row after row, as in the file).
    ///
    /// # Errors
    /// When the shape or the length does not fit, or a scale is not finite.
    pub fn pack(outputs: usize, inputs: usize, q4: &[u8]) -> Result<Self, PackError> {
        let shape = PackError::Shape { outputs, inputs };
        if outputs == 0 || inputs == 0 || !outputs.is_multiple_of(LANES) || !inputs.is_multiple_of(BLOCK) {
            return Err(shape);
        }
        let blocks = inputs / BLOCK;
        let expected = outputs.checked_mul(blocks).and_then(|n| n.checked_mul(BLOCK_BYTES)).ok_or(shape)?;
        if q4.len() != expected {
            return Err(PackError::Length { found: q4.len(), expected });
        }
        let mut scales = Vec::with_capacity(outputs * blocks);
        let mut nibbles = vec![0; outputs * blocks * BLOCK / 2];
        let row_bytes = blocks * BLOCK_BYTES;
        let groups = nibbles.chunks_exact_mut(GROUP_BLOCK_BYTES);
        for (at, target) in groups.enumerate() {
            let (group, block) = (at / blocks, at % blocks);
            for lane in 0..LANES {
                let start = (group * LANES + lane) * row_bytes + block * BLOCK_BYTES;
                let source = &q4[start..start + BLOCK_BYTES];
                let scale = f16_to_f32(u16::from_le_bytes([source[0], source[1]]));
                if !scale.is_finite() {
                    return Err(PackError::NotFinite);
                }
                scales.push(scale);
                for (chunk, four) in source[2..].chunks_exact(4).enumerate() {
                    let to = chunk * BLOCK + lane * 4;
                    target[to..to + 4].copy_from_slice(four);
                }
            }
        }
        Ok(Self { outputs, inputs, scales, nibbles })
    }

    /// Rows: numbers produced per activation row.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Columns: numbers consumed per activation row. A multiple of 32.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Blocks of 32 inputs.
    pub(super) fn blocks(&self) -> usize {
        self.inputs / BLOCK
    }

    /// Groups of eight outputs, each as (its scales, its nibbles): `blocks() * 8` and `blocks() * 128` long.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&[f32], &[u8])> {
        let scales = self.scales.chunks_exact(self.blocks() * LANES);
        scales.zip(self.nibbles.chunks_exact(self.blocks() * GROUP_BLOCK_BYTES))
    }
}
