//! How alike two questions are by their words and pairs of characters.

use std::collections::BTreeSet;

use super::normal;

/// Character pairs (Chinese) and words (Latin), for telling whether two questions are the same.
pub fn grams(text: &str) -> BTreeSet<String> {
    let text = normal(text);
    let mut grams = BTreeSet::new();
    for piece in text.split(|symbol: char| !symbol.is_alphanumeric()) {
        if piece.is_ascii() {
            if !piece.is_empty() {
                grams.insert(piece.to_owned());
            }
            continue;
        }
        let symbols: Vec<char> = piece.chars().collect();
        match symbols.as_slice() {
            [one] => drop(grams.insert(one.to_string())),
            more => grams.extend(more.windows(2).map(|pair| pair.iter().collect::<String>())),
        }
    }
    grams
}

/// Jaccard similarity of the grams of two texts, 0 to 1.
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (grams(one), grams(other));
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let shared = one.intersection(&other).count();
    shared as f64 / (one.len() + other.len() - shared) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_jaccard() {
        assert!((likeness("怎么退货", "怎么退货") - 1.0).abs() < 1e-9);
        assert!((likeness("abc def", "abc xyz") - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(likeness("退货", "发票"), 0.0);
    }

    #[test]
    fn another_way_of_writing_is_no_difference() {
        assert!((likeness("怎麼退貨？", "怎么退货") - 1.0).abs() < 1e-9);
        assert!((likeness("ＷＩＦＩ 連不上", "wifi 连不上") - 1.0).abs() < 1e-9);
    }
}
