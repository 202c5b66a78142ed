//! Cuts text into the grams that lexical search counts: characters and pairs of characters for Chinese,
//! whole words for everything that is written with spaces.

/// Longer "words" are tracking numbers or noise; their start is enough to tell them apart.
const MAX_WORD_CHARS: usize = 40;
/// Words this short keep their `s` (`is`, `gas`, `bus`).
const MIN_STEMMED_CHARS: usize = 4;

/// Calls `take` with every gram of `text`, repeats included, in the order they are written.
pub(crate) fn for_each_gram(text: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut word_chars = 0;
    let mut previous: Option<char> = None;
    let mut buffer = [0u8; 8];
    for c in text.chars().map(narrow) {
        if is_written_without_spaces(c) {
            flush(&mut word, &mut word_chars, &mut take);
            take(c.encode_utf8(&mut buffer));
            if let Some(before) = previous {
                let split = before.encode_utf8(&mut buffer).len();
                let end = split + c.encode_utf8(&mut buffer[split..]).len();
                if let Ok(pair) = std::str::from_utf8(&buffer[..end]) {
                    take(pair);
                }
            }
            previous = Some(c);
            continue;
        }
        previous = None;
        if c.is_alphanumeric() {
            if word_chars < MAX_WORD_CHARS {
                word.extend(c.to_lowercase());
                word_chars += 1;
            }
        } else if !is_apostrophe(c) {
            flush(&mut word, &mut word_chars, &mut take);
        }
    }
    flush(&mut word, &mut word_chars, &mut take);
}

fn flush(word: &mut String, chars: &mut usize, take: &mut impl FnMut(&str)) {
    if !word.is_empty() {
        take_stem(word, take);
        word.clear();
        *chars = 0;
    }
}

/// Harman's S-stemmer: plural and singular meet, and nothing else is touched, so that names stay whole.
fn take_stem(word: &str, take: &mut impl FnMut(&str)) {
    let is_plain = word.len() >= MIN_STEMMED_CHARS && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain || word.ends_with("ss") || word.ends_with("us") {
        return take(word);
    }
    match word.strip_suffix("ies") {
        Some(start) if word.len() > MIN_STEMMED_CHARS => take(&format!("{start}y")),
        _ => {
            let sibilant = ["sses", "xes", "ches", "shes", "zes"].iter().any(|end| word.ends_with(end));
            let stem = if sibilant { word.strip_suffix("es") } else { word.strip_suffix('s') };
            take(stem.unwrap_or(word));
        }
    }
}

/// Full-width forms become the half-width ones they stand for.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30ff}'      // kana
        | '\u{3400}'..='\u{4dbf}'    // rare ideographs
        | '\u{4e00}'..='\u{9fff}'    // common ideographs
        | '\u{ac00}'..='\u{d7af}'    // hangul
        | '\u{f900}'..='\u{faff}'    // compatibility ideographs
        | '\u{20000}'..='\u{323af}') // historic ideographs
}

/// Whether a text has any Chinese in it; the guess for rows that name no language.
pub(crate) fn has_ideographs(text: &str) -> bool {
    text.chars().any(is_written_without_spaces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grams(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        for_each_gram(text, |gram| all.push(gram.to_owned()));
        all
    }

    #[test]
    fn characters_and_pairs_for_chinese() {
        assert_eq!(grams("怎么退货?"), ["怎", "么", "怎么", "退", "么退", "货", "退货"]);
    }

    #[test]
    fn a_pair_never_crosses_punctuation_or_a_word() {
        assert_eq!(grams("退,货"), ["退", "货"]);
        assert_eq!(grams("用iPhone充电"), ["用", "iphone", "充", "电", "充电"]);
    }

    #[test]
    fn whole_lower_case_words_for_english() {
        assert_eq!(grams("How do I return my ORDERS?"), ["how", "do", "i", "return", "my", "order"]);
        assert_eq!(grams("don't it’s"), ["dont", "its"]);
    }

    #[test]
    fn plurals_meet_their_singular() {
        for (plural, singular) in [("batteries", "battery"), ("boxes", "box"), ("sizes", "siz"), ("dresses", "dress")] {
            assert_eq!(grams(plural), [singular]);
        }
        for whole in ["dress", "status", "gas", "is", "a1s2"] {
            assert_eq!(grams(whole), [whole]);
        }
    }

    #[test]
    fn full_width_is_half_width() {
        assert_eq!(grams("ＡＢＣ１２３　７天"), grams("abc123 7天"));
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_non_empty_grams(text: String) {
            for_each_gram(&text, |gram| assert!(!gram.is_empty()));
        }
    }
}
