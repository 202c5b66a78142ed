//! The f32 steps: rounding to int8, layer norm, GELU, attention. Written so the compiler vectorises them,
//! compiled once for any processor and once for AVX2; no fused multiply-add, so both give the same bits.

use super::Kernel;
use super::matrix::BLOCK;

/// Independent partial sums, so that adding up can be vectorised without reordering.
const LANES: usize = 8;
/// Keys scored side by side: as many sums as stay in registers while the query is gone through.
const KEYS: usize = 16;
/// Adding and subtracting this rounds a small f32 to the nearest whole number, ties to even.
const ROUNDER: f32 = 12_582_912.0;
/// `exp` of anything lower is zero for our purposes; keeps the exponent arithmetic in range.
const EXP_FLOOR: f32 = -87.0;

/// Defines a `Kernel` method that runs its body as compiled for AVX2 where that was detected.
macro_rules! dispatched {
    ($(#[$doc:meta])* $name:ident($($arg:ident: $type:ty),*)) => {
        impl Kernel {
            $(#[$doc])*
            #[allow(clippy::too_many_arguments)]
            pub fn $name(self, $($arg: $type),*) {
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2")]
                #[allow(clippy::too_many_arguments)]
                fn with_avx2($($arg: $type),*) {
                    $name($($arg),*);
                }
                #[cfg(target_arch = "x86_64")]
                if self.has_avx2() {
                    // SAFETY: `has_avx2` is true only for a kernel made after AVX2 was detected.
                    return unsafe { with_avx2($($arg),*) };
                }
                $name($($arg),*);
            }
        }
    };
}

dispatched!(
    /// Rounds each block of 32 of `rows` to int8: `values * scale` is near the input, and `offsets` is minus
    /// eight times the sum of `values`. `scales` and `offsets` have one entry per block.
    quantise(rows: &[f32], values: &mut [i8], scales: &mut [f32], offsets: &mut [i32])
);
dispatched!(
    /// Normalises each row of `rows` to mean 0 and variance 1, then applies `weight` and `bias`
    /// (both as long as a row).
    layer_norm(rows: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32)
);
dispatched!(
    /// `into[i] += from[i]`.
    add(into: &mut [f32], from: &[f32])
);
dispatched!(
    /// Replaces each number `x` by `x/2 * (1 + erf(x/√2))`, to within 1e-6.
    gelu(numbers: &mut [f32])
);
dispatched!(
    /// Scaled dot-product attention of one text's tokens with themselves, all heads.
    ///
    /// `query`, `key`, `value` and `out` hold the text's tokens row after row, `width` numbers each, of which
    /// every head has `width / heads`, a multiple of 8. `scratch` is working memory of any length.
    ///
    /// # Panics
    /// When the shapes disagree.
    attend(query: &[f32], key: &[f32], value: &[f32], heads: usize, out: &mut [f32], scratch: &mut Vec<f32>, width: usize)
);

#[inline(always)]
fn quantise(rows: &[f32], values: &mut [i8], scales: &mut [f32], offsets: &mut [i32]) {
    let blocks = rows.as_chunks::<BLOCK>().0.iter().zip(values.as_chunks_mut::<BLOCK>().0);
    for ((from, to), (scale, offset)) in blocks.zip(scales.iter_mut().zip(offsets)) {
        let mut peaks = [0.0f32; LANES];
        for eight in from.as_chunks::<LANES>().0 {
            for i in 0..LANES {
                peaks[i] = if eight[i].abs() > peaks[i] { eight[i].abs() } else { peaks[i] };
            }
        }
        let peak = peaks.into_iter().fold(0.0, f32::max);
        *scale = peak / 127.0;
        let inverse = if *scale > 0.0 { 1.0 / *scale } else { 0.0 };
        let mut sum = 0;
        for (from, to) in from.iter().zip(to) {
            // At most 127 in size, so the low bits of the sum are the rounded number.
            let whole = (from * inverse + ROUNDER).to_bits().wrapping_sub(ROUNDER.to_bits()) as i8;
            *to = whole;
            sum += i32::from(whole);
        }
        *offset = -8 * sum;
    }
}

#[inline(always)]
fn layer_norm(rows: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let width = weight.len();
    let bias = &bias[..width];
    for row in rows.chunks_exact_mut(width) {
        let mean = sum(row, |x| x) / width as f32;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
        let inverse = 1.0 / (variance + epsilon).sqrt();
        for i in 0..width {
            row[i] = (row[i] - mean) * inverse * weight[i] + bias[i];
        }
    }
}

/// Sum of `f(x)` over `numbers`, in eight interleaved partial sums.
#[inline(always)]
fn sum(numbers: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let (eights, rest) = numbers.as_chunks::<LANES>();
    let mut sums = [0.0f32; LANES];
    for eight in eights {
        for i in 0..LANES {
            sums[i] += f(eight[i]);
        }
    }
    let rest: f32 = rest.iter().map(|x| f(*x)).sum();
    sums.iter().sum::<f32>() + rest
}

#[inline(always)]
fn add(into: &mut [f32], from: &[f32]) {
    for (into, from) in into.iter_mut().zip(from) {
        *into += from;
    }
}

#[inline(always)]
fn gelu(numbers: &mut [f32]) {
    for x in numbers {
        *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// The error function to within 2e-7 (Abramowitz and Stegun, formula 7.1.26).
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let poly = 1.061_405_4_f32;
    let poly = poly * t - 1.453_152_1;
    let poly = poly * t + 1.421_413_8;
    let poly = poly * t - 0.284_496_72;
    let poly = poly * t + 0.254_829_6;
    let tail = poly * t * exp_below_zero(-size * size);
    (1.0 - tail).copysign(x)
}

/// `e^x` for `x <= 0` to within a few parts in 10^7 (the Cephes polynomial); anything under -87 counts as -87.
#[inline(always)]
fn exp_below_zero(x: f32) -> f32 {
    let x = if x > EXP_FLOOR { x } else { EXP_FLOOR };
    let rounded = x * std::f32::consts::LOG2_E + ROUNDER;
    let power = rounded - ROUNDER;
    let rest = x - power * 0.693_359_4 + power * 2.121_944_4e-4;
    let poly = 1.987_569_1e-4_f32;
    let poly = poly * rest + 1.398_199_9e-3;
    let poly = poly * rest + 8.333_452e-3;
    let poly = poly * rest + 4.166_579_6e-2;
    let poly = poly * rest + 0.166_666_65;
    let poly = poly * rest + 0.5;
    let near_one = poly * rest * rest + rest + 1.0;
    let exponent = rounded.to_bits().wrapping_sub(ROUNDER.to_bits()).wrapping_add(127);
    near_one * f32::from_bits(exponent << 23)
}

#[inline(always)]
fn attend(
    query: &[f32],
    key: &[f32],
    value: &[f32],
    heads: usize,
    out: &mut [f32],
    scratch: &mut Vec<f32>,
    width: usize,
) {
    let size = width / heads;
    let tokens = query.len() / width;
    let padded = tokens.next_multiple_of(KEYS);
    let scale = 1.0 / (size as f32).sqrt();
    scratch.clear();
    scratch.resize((size + 1) * padded, 0.0);
    let (panels, scores) = scratch.split_at_mut(size * padded);
    for head in 0..heads {
        let start = head * size;
        for (s, row) in key.chunks_exact(width).enumerate() {
            let panel = &mut panels[s / KEYS * KEYS * size..];
            for (e, number) in row[start..start + size].iter().enumerate() {
                panel[e * KEYS + s % KEYS] = *number;
            }
        }
        for t in 0..tokens {
            let at = t * width + start;
            score(&query[at..at + size], panels, scores);
            let total = soften(&mut scores[..tokens], scale);
            let target = &mut out[at..at + size];
            let values = &value[start..];
            match size % 32 {
                0 => mix::<32>(&scores[..tokens], values, width, total, target),
                _ => mix::<8>(&scores[..tokens], values, width, total, target),
            }
        }
    }
}

/// `scores[s] = Σ_e query[e] * key[s][e]`; `panels` has the keys in panels of [`KEYS`], each turned so that a
/// panel's numbers for one `e` lie together.
#[inline(always)]
fn score(query: &[f32], panels: &[f32], scores: &mut [f32]) {
    let scores = scores.as_chunks_mut::<KEYS>().0;
    for (scores, panel) in scores.iter_mut().zip(panels.chunks_exact(KEYS * query.len())) {
        let mut sums = [0.0f32; KEYS];
        for (number, keys) in query.iter().zip(panel.as_chunks::<KEYS>().0) {
            for s in 0..KEYS {
                sums[s] += number * keys[s];
            }
        }
        *scores = sums;
    }
}

/// Replaces each score by `exp(scale * (score - highest))` and returns their sum.
#[inline(always)]
fn soften(scores: &mut [f32], scale: f32) -> f32 {
    let (eights, rest) = scores.as_chunks::<LANES>();
    let mut peaks = [f32::MIN; LANES];
    for eight in eights {
        for i in 0..LANES {
            peaks[i] = if eight[i] > peaks[i] { eight[i] } else { peaks[i] };
        }
    }
    let highest = peaks.iter().chain(rest).copied().fold(f32::MIN, f32::max);
    for score in scores.iter_mut() {
        *score = exp_below_zero((*score - highest) * scale);
    }
    sum(scores, |x| x)
}

/// `target = Σ_s weights[s] * values[s] / total`, `W` numbers at a time.
#[inline(always)]
fn mix<const W: usize>(weights: &[f32], values: &[f32], width: usize, total: f32, target: &mut [f32]) {
    let inverse = 1.0 / total;
    for (part, target) in target.as_chunks_mut::<W>().0.iter_mut().enumerate() {
        let mut sums = [0.0f32; W];
        for (weight, row) in weights.iter().zip(values.chunks(width)) {
            let row: &[f32; W] = row[part * W..].first_chunk().expect("rows hold every part");
            for i in 0..W {
                sums[i] += weight * row[i];
            }
        }
        for i in 0..W {
            target[i] = sums[i] * inverse;
        }
    }
}

/// Widens an IEEE half-precision number given by its bits.
pub fn f16_to_f32(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let exponent = u32::from(bits >> 10) & 0x1f;
    let fraction = u32::from(bits & 0x3ff);
    match exponent {
        // Zero and subnormal: the fraction counts units of 2^-24.
        0 => f32::from_bits((fraction as f32 / 16_777_216.0).to_bits() | sign),
        31 => f32::from_bits(sign | 0x7f80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_erf_are_close() {
        for step in 0..20_000 {
            let x = -f64::from(step) / 250.0;
            let relative = f64::from(exp_below_zero(x as f32)) / f64::from(x as f32).exp() - 1.0;
            assert!(relative.abs() < 1e-6, "exp({x}) is off by {relative}");
        }
        for (x, expected) in [(0.0, 0.0), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (3.0, 0.999_977_9)] {
            assert!((erf(x) - expected).abs() < 1e-6);
            assert!((erf(-x) + expected).abs() < 1e-6);
        }
        assert_eq!(erf(f32::MAX), 1.0);
    }

    #[test]
    fn half_precision_widens() {
        let cases = [(0x0000, 0.0), (0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (0x0001, 5.960_464_5e-8)];
        for (bits, expected) in cases {
            assert_eq!(f16_to_f32(bits), expected);
        }
        assert!(f16_to_f32(0x7c00).is_infinite());
        assert!(f16_to_f32(0x7e00).is_nan());
    }
}
