//! The product on x86-64, three times from one text: with AVX2, with AVX-VNNI and with AVX512-VNNI.
//! They differ only in how four int8 products are added up; the sums are exact integers, so all agree.

/// Columns (tokens) that share one unpacking of a block of weights; more would not fit in the registers.
const TILE: usize = 4;

macro_rules! kernel {
    ($(#[$doc:meta])* $name:ident, $features:literal, $dot:item) => {
        $(#[$doc])*
        pub mod $name {
            use super::super::activations::Activations;
            use super::super::matrix::{BLOCK, GROUP_BLOCK_BYTES, LANES, PackedMatrix};
            use super::TILE;
            use std::arch::x86_64::*;

            /// `out[t][o] = bias[o] + Σ weights[o][k] * activations[t][k]`.
            ///
            /// # Safety
            /// The processor must have the features named on this function. Shapes are as
            /// `Kernel::multiply` checks them; a wrong shape panics but reads nothing out of bounds.
            #[target_feature(enable = $features)]
            pub unsafe fn multiply(
                weights: &PackedMatrix,
                activations: &Activations,
                bias: &[f32],
                out: &mut [f32],
            ) {
                let rows = activations.rows();
                for (group, (scales, nibbles)) in weights.groups().enumerate() {
                    let first = group * LANES;
                    let bias: &[f32; LANES] = bias[first..].first_chunk().expect("one bias per output");
                    let mut t = 0;
                    while t < rows {
                        let (from, left) = (t, rows - t);
                        let mut store = |column: usize, sums: [f32; LANES]| {
                            let at = (from + column) * weights.outputs() + first;
                            for lane in 0..LANES {
                                out[at + lane] = bias[lane] + sums[lane];
                            }
                        };
                        // 5 is done as 3 + 2, not 4 + 1: a lone column pays for the unpacking alone.
                        t += match left {
                            1 => tile::<1>(scales, nibbles, activations, t, &mut store),
                            2 => tile::<2>(scales, nibbles, activations, t, &mut store),
                            3 | 5 | 6 => tile::<3>(scales, nibbles, activations, t, &mut store),
                            _ => tile::<TILE>(scales, nibbles, activations, t, &mut store),
                        };
                    }
                }
            }

            /// Eight outputs for `C` columns from column `t` on; returns `C`.
            #[target_feature(enable = $features)]
            #[inline]
            fn tile<const C: usize>(
                scales: &[f32],
                nibbles: &[u8],
                activations: &Activations,
                t: usize,
                store: &mut impl FnMut(usize, [f32; LANES]),
            ) -> usize {
                let scales = scales.as_chunks::<LANES>().0;
                let nibbles = nibbles.as_chunks::<GROUP_BLOCK_BYTES>().0;
                let count = nibbles.len();
                assert!(scales.len() == count);
                let values: [&[[i8; BLOCK]]; C] =
                    std::array::from_fn(|c| &activations.values(t + c).as_chunks::<BLOCK>().0[..count]);
                let row_scales: [&[f32]; C] = std::array::from_fn(|c| &activations.scales(t + c)[..count]);
                let offsets: [&[i32]; C] = std::array::from_fn(|c| &activations.offsets(t + c)[..count]);
                let low_half = _mm256_set1_epi8(15);
                let mut sums = [_mm256_setzero_ps(); C];
                for b in 0..count {
                    let mut low = [_mm256_setzero_si256(); 4];
                    let mut high = [_mm256_setzero_si256(); 4];
                    for chunk in 0..4 {
                        let bytes: &[u8; 32] = &nibbles[b].as_chunks().0[chunk];
                        // SAFETY: reads 32 bytes, all inside `bytes`; unaligned is allowed.
                        let packed = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
                        low[chunk] = _mm256_and_si256(packed, low_half);
                        high[chunk] = _mm256_and_si256(_mm256_srli_epi16::<4>(packed), low_half);
                    }
                    // SAFETY: reads eight f32, all inside `scales[b]`; unaligned is allowed.
                    let scale = unsafe { _mm256_loadu_ps(scales[b].as_ptr()) };
                    for c in 0..C {
                        let fours = values[c][b].as_chunks::<4>().0;
                        let four = |i: usize| {
                            let [p, q, r, s] = fours[i];
                            let bytes = [p as u8, q as u8, r as u8, s as u8];
                            _mm256_set1_epi32(i32::from_le_bytes(bytes))
                        };
                        let products = dot(low, high, four, offsets[c][b]);
                        let scale = _mm256_mul_ps(scale, _mm256_set1_ps(row_scales[c][b]));
                        let part = _mm256_mul_ps(_mm256_cvtepi32_ps(products), scale);
                        sums[c] = _mm256_add_ps(sums[c], part);
                    }
                }
                for (c, sum) in sums.iter().enumerate() {
                    let mut lanes = [0.0; LANES];
                    // SAFETY: writes eight f32, all inside `lanes`; unaligned is allowed.
                    unsafe { _mm256_storeu_ps(lanes.as_mut_ptr(), *sum) };
                    store(c, lanes);
                }
                C
            }

            /// Eight exact integer products: weights (0..=15, bytes `4 * lane + i`) of inputs `4c + i` in
            /// `low[c]` and `16 + 4c + i` in `high[c]`, with activations `4j + i` repeated in `four(j)`.
            #[target_feature(enable = $features)]
            #[inline]
            $dot
        }
    };
}

kernel!(
    /// AVX2: pairs are added in 16 bits. Eight pairs of at most 2 * 15 * 128 are at most 30 720 in size, which
    /// fits, so neither the saturation of `maddubs` nor the wrapping of `add` can happen.
    avx2,
    "avx2",
    fn dot(
        low: [__m256i; 4],
        high: [__m256i; 4],
        four: impl Fn(usize) -> __m256i,
        offset: i32,
    ) -> __m256i {
        let mut pairs = _mm256_maddubs_epi16(low[0], four(0));
        pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(high[0], four(4)));
        for i in 1..4 {
            pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(low[i], four(i)));
            pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(high[i], four(i + 4)));
        }
        let fours = _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
        _mm256_add_epi32(fours, _mm256_set1_epi32(offset))
    }
);

kernel!(
    /// AVX-VNNI: four products are added into 32 bits by one instruction.
    avx_vnni,
    "avx2,avxvnni",
    fn dot(
        low: [__m256i; 4],
        high: [__m256i; 4],
        four: impl Fn(usize) -> __m256i,
        offset: i32,
    ) -> __m256i {
        let mut sum = _mm256_set1_epi32(offset);
        for i in 0..4 {
            sum = _mm256_dpbusd_avx_epi32(sum, low[i], four(i));
            sum = _mm256_dpbusd_avx_epi32(sum, high[i], four(i + 4));
        }
        sum
    }
);

kernel!(
    /// AVX512-VNNI at 256 bits: as AVX-VNNI, with twice the registers and the repetition done by the load.
    avx512_vnni,
    "avx2,avx512f,avx512vl,avx512vnni",
    fn dot(
        low: [__m256i; 4],
        high: [__m256i; 4],
        four: impl Fn(usize) -> __m256i,
        offset: i32,
    ) -> __m256i {
        let mut sum = _mm256_set1_epi32(offset);
        for i in 0..4 {
            sum = _mm256_dpbusd_epi32(sum, low[i], four(i));
            sum = _mm256_dpbusd_epi32(sum, high[i], four(i + 4));
        }
        sum
    }
);
