//! A text as it is searched for entities: half-width, simplified, lower case, and each place known in the original.

use unicode_normalization::UnicodeNormalization;

use crate::text::simplified;

#[derive(Debug)]
pub struct Folded {
    pub text: String,
    /// For each byte of `text`, and for its end, the byte of the original it comes from.
    places: Vec<usize>,
}

impl Folded {
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut places = Vec::with_capacity(original.len() + 1);
        for (place, symbol) in original.char_indices() {
            text.push(fold(symbol));
            places.resize(text.len(), place);
        }
        places.push(original.len());
        Self { text, places }
    }

    /// The place in the original of a byte of the folded text.
    pub fn place(&self, byte: usize) -> usize {
        self.places.get(byte).copied().unwrap_or_default()
    }
}

/// One character for one, so that places stay countable.
fn fold(symbol: char) -> char {
    if symbol.is_ascii() {
        return symbol.to_ascii_lowercase();
    }
    let mut plain = symbol.nfkc();
    let symbol = match (plain.next(), plain.next()) {
        (Some(one), None) => one,
        _ => symbol,
    };
    if symbol.is_whitespace() {
        return ' ';
    }
    let mut lower = simplified(symbol).to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => symbol,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_original() {
        let original = "訂單ＡＢ１２号";
        let folded = Folded::new(original);
        assert_eq!(folded.text, "订单ab12号");
        let start = folded.text.find("ab12").expect("it is there");
        assert_eq!(&original[folded.place(start)..folded.place(start + 4)], "ＡＢ１２");
        assert_eq!(folded.place(folded.text.len()), original.len());
    }
}
