//! Text as it is compared: half-width, lower case, single spaces. Never shown to anybody.

/// Full-width forms become half-width, letters lower case, runs of white space one space.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        let symbol = match symbol {
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(symbol as u32 - 0xFEE0).unwrap_or(symbol),
            '’' | '‘' => '\'',
            other => other,
        };
        if symbol.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.extend(symbol.to_lowercase());
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether `text` (normalised) has `phrase`: whole words for Latin script, anywhere for Chinese.
pub fn has(text: &str, phrase: &str) -> bool {
    let is_word = |symbol: char| symbol.is_ascii_alphanumeric();
    text.match_indices(phrase).any(|(start, found)| {
        let before = text[..start].chars().next_back();
        let after = text[start + found.len()..].chars().next();
        let joins = |edge: Option<char>, inner: Option<char>| {
            matches!((edge, inner), (Some(edge), Some(inner)) if is_word(edge) && is_word(inner))
        };
        !joins(before, found.chars().next()) && !joins(after, found.chars().next_back())
    })
}

pub fn first_of<'a>(text: &str, phrases: &[&'a str]) -> Option<&'a str> {
    phrases.iter().copied().find(|phrase| has(text, phrase))
}

pub fn has_any(text: &str, phrases: &[&str]) -> bool {
    first_of(text, phrases).is_some()
}

/// Whether nothing is left of `text` but these phrases, filler and punctuation.
pub fn is_only(text: &str, phrases: &[&str], filler: &[&str]) -> bool {
    if !has_any(text, phrases) {
        return false;
    }
    let mut rest = text.to_owned();
    let mut all: Vec<&str> = phrases.iter().chain(filler).copied().collect();
    all.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    for phrase in all {
        while has(&rest, phrase) {
            rest = rest.replacen(phrase, " ", 1);
        }
    }
    !rest.chars().any(char::is_alphanumeric)
}

/// Character pairs (Chinese) and words (Latin), for telling whether two questions are the same.
pub fn grams(text: &str) -> std::collections::BTreeSet<String> {
    let text = normal(text);
    let mut grams = std::collections::BTreeSet::new();
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
    fn folds_width_case_and_space() {
        assert_eq!(normal("  ＡＢ１２　你好\n\tOK "), "ab12 你好 ok");
    }

    #[test]
    fn words_are_whole_in_latin_script() {
        assert!(has("hi there", "hi"));
        assert!(!has("this is it", "hi"));
        assert!(has("我要转人工客服", "转人工"));
    }

    #[test]
    fn only_a_greeting() {
        use super::super::lexicon::{FILLER, GREETING};
        assert!(is_only("你好，在吗?", GREETING, FILLER));
        assert!(is_only("hello!", GREETING, FILLER));
        assert!(!is_only("你好 我的快递呢", GREETING, FILLER));
    }

    #[test]
    fn likeness_is_jaccard() {
        assert!((likeness("怎么退货", "怎么退货") - 1.0).abs() < 1e-9);
        assert!((likeness("abc def", "abc xyz") - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(likeness("退货", "发票"), 0.0);
    }
}
