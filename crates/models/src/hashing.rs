//! Vectors from hashed characters, with no model: for tests and simulations only, they know no meaning.

use crate::vectors::normalise;

/// Embeds `text` by counting its characters and pairs of neighbouring characters (lower-cased, without
/// spaces) into `dims` signed buckets. The same text gives the same vector on every machine.
pub fn embed(dims: usize, text: &str) -> Vec<f32> {
    let mut vector = vec![0.0; dims];
    let mut count = |gram: &[char]| {
        let hash = gram
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3));
        // The upper half is better mixed: one bit for the sign, the rest for the bucket.
        let sign = if hash >> 63 == 0 { 1.0 } else { -1.0 };
        if let Some(bucket) = vector.get_mut((hash >> 24) as usize % dims.max(1)) {
            *bucket += sign;
        }
    };
    let characters: Vec<char> = text.chars().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    characters.chunks(1).for_each(&mut count);
    characters.windows(2).for_each(&mut count);
    normalise(&mut vector);
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &str, b: &str) -> f32 {
        embed(256, a).iter().zip(embed(256, b)).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn likeness_follows_shared_characters() {
        assert!((cosine("怎么退货", "怎么退货") - 1.0).abs() < 1e-6);
        assert!((cosine("Where IS it", "where is it") - 1.0).abs() < 1e-6);
        assert!(cosine("怎么退货", "退货怎么办") > cosine("怎么退货", "发票抬头"));
    }

    #[test]
    fn odd_inputs_are_safe() {
        assert_eq!(embed(8, ""), [0.0; 8]);
        assert!(embed(0, "退货").is_empty());
    }
}
