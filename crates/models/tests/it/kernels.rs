//! Every kernel against plain arithmetic, and against the portable kernel bit for bit.

use crate::tiny_model::Random;
use models::kernel::{Activations, BLOCK, BLOCK_BYTES, Kernel, PackError, PackedMatrix, f16_to_f32};

/// Q4_0 bytes of an `outputs x inputs` matrix, with scales between 1/16 and 1/8 or minus that.
fn random_q4(random: &mut Random, outputs: usize, inputs: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..outputs * inputs / BLOCK {
        bytes.extend([random.byte(), 0x2c | (random.byte() & 0x83)]);
        bytes.extend((0..BLOCK / 2).map(|_| random.byte()));
    }
    bytes
}

fn weights_of(q4: &[u8]) -> Vec<f32> {
    let blocks = q4.as_chunks::<BLOCK_BYTES>().0.iter();
    let widen = |block: &[u8; BLOCK_BYTES]| {
        let scale = f16_to_f32(u16::from_le_bytes([block[0], block[1]]));
        let low = block[2..].iter().map(|byte| byte & 15);
        let high = block[2..].iter().map(|byte| byte >> 4);
        low.chain(high).map(|half| (f32::from(half) - 8.0) * scale).collect::<Vec<_>>()
    };
    blocks.flat_map(widen).collect()
}

fn random_rows(random: &mut Random, count: usize) -> Vec<f32> {
    (0..count).map(|_| (random.next() >> 8) as f32 / 8_388_608.0 - 1.0).collect()
}

#[test]
fn all_kernels_agree_to_the_bit_and_with_plain_arithmetic() {
    let mut random = Random(99);
    for (outputs, inputs, rows) in [(8, 32, 1), (16, 64, 2), (384, 384, 13), (64, 1536, 7), (8, 96, 5), (24, 32, 0)] {
        let q4 = random_q4(&mut random, outputs, inputs);
        let matrix = PackedMatrix::pack(outputs, inputs, &q4).unwrap();
        let (weights, bias) = (weights_of(&q4), random_rows(&mut random, outputs));
        let x = random_rows(&mut random, rows * inputs);
        let multiply = |kernel: Kernel| {
            let mut activations = Activations::default();
            activations.quantise(kernel, &x, inputs);
            let mut out = vec![0.0; rows * outputs];
            kernel.multiply(&matrix, &activations, &bias, &mut out);
            out
        };
        let portable = multiply(Kernel::portable());
        for (at, found) in portable.iter().enumerate() {
            let (t, o) = (at / outputs, at % outputs);
            let products = weights[o * inputs..][..inputs].iter().zip(&x[t * inputs..]);
            let expected = bias[o] + products.map(|(w, x)| w * x).sum::<f32>();
            // Rounding to int8 is off by up to 1/254 per number, at weights of up to one.
            let allowed = (inputs as f32).sqrt() * 0.012;
            assert!((found - expected).abs() < allowed, "{found} instead of {expected}");
        }
        for kernel in Kernel::available() {
            assert_eq!(bits(&multiply(kernel)), bits(&portable), "{} {outputs}x{inputs}", kernel.name());
        }
    }
}

#[test]
fn the_largest_products_do_not_overflow() {
    let (outputs, inputs) = (8, 64);
    // Weights of 0 and 15 before their offset, with a scale of one, against activations of full size.
    for half in [0x00, 0xff] {
        let block = [&[0x00, 0x3c][..], &[half; 16]].concat();
        let matrix = PackedMatrix::pack(outputs, inputs, &block.repeat(outputs * inputs / BLOCK)).unwrap();
        for sign in [1.0f32, -1.0] {
            for kernel in Kernel::available() {
                let mut activations = Activations::default();
                activations.quantise(kernel, &[127.0 * sign; 64], inputs);
                let mut out = [0.0; 8];
                kernel.multiply(&matrix, &activations, &[0.0; 8], &mut out);
                let weight = if half == 0 { -8.0 } else { 7.0 };
                assert_eq!(out, [weight * 127.0 * sign * 64.0; 8], "{}", kernel.name());
            }
        }
    }
}

#[test]
fn the_steps_between_agree_to_the_bit() {
    let mut random = Random(3);
    let (heads, width, tokens) = (4, 96, 11);
    let rows = random_rows(&mut random, width * tokens);
    let weight = random_rows(&mut random, width);
    let run = |kernel: Kernel| {
        let mut all = rows.clone();
        kernel.layer_norm(&mut all, &weight, &weight, 1e-12);
        kernel.gelu(&mut all);
        let mut out = vec![0.0; rows.len()];
        kernel.attend(&rows, &all, &rows, heads, &mut out, &mut Vec::new(), width);
        kernel.add(&mut out, &all);
        bits(&out)
    };
    for kernel in Kernel::available() {
        assert_eq!(run(kernel), run(Kernel::portable()), "{}", kernel.name());
    }
}

#[test]
fn attention_is_a_weighted_mean() {
    // One head of eight: a query that matches the second key alone takes the second value.
    let query = [[9.0f32; 8], [0.0; 8]].concat();
    let key = [[-9.0f32; 8], [9.0; 8]].concat();
    let value = [[1.0f32; 8], [3.0; 8]].concat();
    let mut out = [0.0; 16];
    Kernel::detect().attend(&query, &key, &value, 1, &mut out, &mut Vec::new(), 8);
    assert!((out[0] - 3.0).abs() < 1e-5);
    assert!((out[8] - 2.0).abs() < 1e-5);
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    for (outputs, inputs) in [(0, 32), (8, 0), (7, 32), (8, 31), (usize::MAX - 7, 32)] {
        assert!(PackedMatrix::pack(outputs, inputs, &[]).is_err());
    }
    let short = [0; BLOCK_BYTES * 8 - 1];
    assert!(matches!(PackedMatrix::pack(8, 32, &short), Err(PackError::Length { .. })));
    let infinite = [&[0x00, 0x7c][..], &[0; 16]].concat().repeat(8);
    assert!(matches!(PackedMatrix::pack(8, 32, &infinite), Err(PackError::NotFinite)));
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}
