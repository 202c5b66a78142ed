//! Which language a text is in: by script at once, by everyday words when it is short, by letters when it is long.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use domain::language::Language;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::is_han;

/// Shorter texts tell nothing sure of their language by their letters alone.
const MIN_DETECT_CHARS: usize = 24;
const MIN_DETECT_WORDS: usize = 4;
/// A Chinese sentence may name an English brand; an English one rarely has Chinese characters.
const LATIN_FOR_ONE_HAN: usize = 6;
/// So short a word by itself is one of many languages: «ha», «min», «si».
const SHORT_WORD_BYTES: usize = 3;
/// Longer texts are judged by their beginning.
const MAX_WORDS: usize = 60;

/// Chinese characters make it Chinese; otherwise letters make it English.
pub fn language_of(text: &str) -> Option<Language> {
    let han = text.chars().filter(|symbol| is_han(*symbol)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    match (han, latin) {
        (0, 0..=2) => None,
        (0, _) => Some(Language::En),
        (han, latin) => Some(if han * LATIN_FOR_ONE_HAN >= latin { Language::Zh } else { Language::En }),
    }
}

/// Whether a character belongs to a script.
type IsOfScript = fn(char) -> bool;

/// A language the desk doesn't speak, by its English name.
pub fn foreign_language(text: &str) -> Option<String> {
    let text = &without_quotations(text);
    let count = |test: IsOfScript| text.chars().filter(|symbol| test(*symbol)).count();
    let letters = text.chars().filter(|symbol| symbol.is_alphabetic()).count();
    let scripts: [(&str, IsOfScript); 6] = [
        ("Japanese", |symbol| matches!(symbol, '\u{3041}'..='\u{30ff}')),
        ("Korean", |symbol| matches!(symbol, '\u{ac00}'..='\u{d7a3}')),
        ("a Cyrillic language", |symbol| matches!(symbol, '\u{0400}'..='\u{04ff}')),
        ("Arabic", |symbol| matches!(symbol, '\u{0600}'..='\u{06ff}')),
        ("Thai", |symbol| matches!(symbol, '\u{0e00}'..='\u{0e7f}')),
        ("Hindi", |symbol| matches!(symbol, '\u{0900}'..='\u{097f}')),
    ];
    // An order's number is in nobody's language.
    let numbers = words(text, |word| word.chars().any(|symbol| symbol.is_ascii_digit()));
    let digits: usize = numbers.iter().flat_map(|word| word.chars()).filter(|symbol| symbol.is_alphabetic()).count();
    for (name, test) in scripts {
        if letters > 0 && count(test) > 0 && count(test) * 3 >= letters - digits {
            return Some(name.to_owned());
        }
    }
    if count(is_han) > 0 { None } else { by_words(text).or_else(|| by_letters(text, letters)) }
}

/// What somebody quotes is not their language: a parcel's label, a page's message.
fn without_quotations(text: &str) -> String {
    const MARKS: [(char, char); 5] = [('"', '"'), ('“', '”'), ('«', '»'), ('「', '」'), ('『', '』')];
    let mut rest = text.to_owned();
    for (open, close) in MARKS {
        while let Some(start) = rest.find(open) {
            let from = start + open.len_utf8();
            let Some(length) = rest[from..].find(close) else { break };
            if start == 0 && rest[from + length + close.len_utf8()..].chars().all(|it| !it.is_alphabetic()) {
                break;
            }
            rest.replace_range(start..from + length + close.len_utf8(), " ");
        }
    }
    rest
}

struct Words {
    /// Every word with the languages it belongs to.
    foreign: HashMap<&'static str, Vec<&'static str>>,
    english: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { foreign: HashMap::new(), english: HashSet::new() };
    for line in include_str!("languages.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((language, list)) = line.split_once(": ") else { continue };
        if language == "English" {
            words.english.extend(list.split(' '));
            continue;
        }
        for word in list.split(' ') {
            words.foreign.entry(word).or_default().push(language);
        }
    }
    words
});

/// Words in small letters and without accents, numbers and addresses of the web left out.
fn words(text: &str, keep: impl Fn(&str) -> bool) -> Vec<String> {
    let pieces = text.split_whitespace().filter(|piece| !piece.contains(['@', '/'])).take(MAX_WORDS);
    let parts =
        pieces.flat_map(|piece| piece.split(|symbol: char| !symbol.is_alphanumeric() && !is_apostrophe(symbol)));
    let plain = |part: &str| -> String {
        let bare = part.nfd().filter(|symbol| !is_combining_mark(*symbol) && !is_apostrophe(*symbol));
        bare.flat_map(char::to_lowercase).map(|symbol| if symbol == 'ı' { 'i' } else { symbol }).collect()
    };
    parts.filter(|part| !part.is_empty() && keep(part)).map(plain).collect()
}

fn is_apostrophe(symbol: char) -> bool {
    matches!(symbol, '\'' | '’')
}

/// More everyday words of one language than of English.
fn by_words(text: &str) -> Option<String> {
    let words = words(text, |word| !word.chars().any(|symbol| symbol.is_ascii_digit()));
    let is_one_short_word = matches!(words.as_slice(), [word] if word.len() <= SHORT_WORD_BYTES);
    if is_one_short_word || words.len() > 1 && words.iter().all(|word| is_pinyin(word)) {
        return None;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut english = 0;
    for word in &words {
        english += usize::from(WORDS.english.contains(word.as_str()));
        for language in WORDS.foreign.get(word.as_str()).into_iter().flatten() {
            *counts.entry(language).or_default() += 1;
        }
    }
    if text.contains(['¿', '¡']) {
        *counts.entry("Spanish").or_default() += 1;
    }
    // Small letters with accents are in few English words, whatever the language is.
    let accented = text.split_whitespace().filter(|word| is_accented(word)).count();
    if counts.is_empty() && accented > 0 && english == 0 {
        return Some("another European language".to_owned());
    }
    counts.values_mut().for_each(|count| *count += accented);
    let best = counts.into_iter().max_by_key(|(language, count)| (*count, std::cmp::Reverse(*language)))?;
    // One article in front of a name, as in «Le Creuset pan», is no sentence.
    let is_only_an_article =
        best.1 == 1 && words.len() > 1 && words.iter().any(|word| ARTICLES.contains(&word.as_str()));
    (best.1 > english && !is_only_an_article).then(|| best.0.to_owned())
}

/// Has an accent and is no name and no loan word.
fn is_accented(word: &str) -> bool {
    const LOANS: [&str; 16] = [
        "café",
        "cafés",
        "résumé",
        "déjà",
        "naïve",
        "jalapeño",
        "crème",
        "purée",
        "sauté",
        "piñata",
        "fiancé",
        "fiancée",
        "cliché",
        "décor",
        "à",
        "touché",
    ];
    let word = word.trim_matches(|symbol: char| !symbol.is_alphanumeric());
    let is_small = word.chars().next().is_some_and(char::is_lowercase);
    let has_accent = word.chars().any(|symbol| matches!(symbol, '\u{df}'..='\u{17f}' | '\u{1ea0}'..='\u{1ef9}'));
    is_small && has_accent && !LOANS.contains(&word)
}

/// Words that names begin with.
const ARTICLES: [&str; 14] = ["el", "la", "le", "les", "los", "las", "il", "lo", "der", "das", "de", "du", "del", "da"];

/// By the sequences of letters; only where no word is English.
fn by_letters(text: &str, letters: usize) -> Option<String> {
    let words = words(text, |word| !word.chars().any(|symbol| symbol.is_ascii_digit()));
    let is_english = words.iter().any(|word| WORDS.english.contains(word.as_str()));
    if letters < MIN_DETECT_CHARS
        || words.len() < MIN_DETECT_WORDS
        || is_english
        || words.iter().all(|it| is_pinyin(it))
    {
        return None;
    }
    let found = whatlang::detect(text)?;
    let known = matches!(found.lang(), whatlang::Lang::Eng | whatlang::Lang::Cmn);
    (!known && found.is_reliable()).then(|| found.lang().eng_name().to_owned())
}

/// A syllable of Chinese in Latin letters, roughly.
fn is_pinyin(word: &str) -> bool {
    const INITIALS: [&str; 24] = [
        "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s",
        "y", "w", "",
    ];
    const FINALS: [&str; 35] = [
        "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er", "i", "ia", "ie", "iao", "iu", "ian",
        "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ong", "ue", "v", "ve", "io",
    ];
    INITIALS.iter().filter_map(|initial| word.strip_prefix(initial)).any(|rest| FINALS.contains(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_english_and_others() {
        assert_eq!(language_of("iPhone 15 有货吗"), Some(Language::Zh));
        assert_eq!(language_of("where is my order"), Some(Language::En));
        assert_eq!(language_of("12345"), None);
        for (text, language) in [
            ("お届けはいつですか", "Japanese"),
            ("где мой заказ", "a Cyrillic language"),
            ("Hola, ¿dónde está mi pedido?", "Spanish"),
            ("merci", "French"),
            ("Wo ist mein Paket SL2026110800011", "German"),
            ("não recebi", "Portuguese"),
        ] {
            assert_eq!(foreign_language(text).as_deref(), Some(language), "{text}");
        }
        assert!(
            foreign_language("Ich habe vor zwei Wochen bestellt und das Paket ist immer noch nicht angekommen")
                .is_some()
        );
    }

    #[test]
    fn names_numbers_and_pinyin_are_no_language() {
        for text in [
            "我的快递呢",
            "where is my parcel, it should have come on Monday",
            "ok",
            "hi",
            "ha",
            "5 min pls",
            "wo de kuai di ne",
            "Le Creuset pan",
            "Is the Château Margaux gift box in stock?",
            "SL2026110800011",
            "the label says \"Zustellung fehlgeschlagen\"",
            "这个写着「ありがとう」的杯子有货吗",
            "https://shop.example/donde/esta",
        ] {
            assert_eq!(foreign_language(text), None, "{text}");
        }
    }

    #[test]
    fn no_english_word_is_taken_for_foreign_by_itself() {
        // Words of both are known, and English counts as much.
        for word in ["will", "man", "die", "car", "pan"] {
            assert_eq!(foreign_language(word), None, "{word}");
        }
    }
}
