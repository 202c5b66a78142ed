//! Which language a text is in: by script at once, by words only when the text is long enough to be sure.

use domain::language::Language;

use super::is_han;

/// Shorter texts tell nothing sure of their language.
const MIN_DETECT_CHARS: usize = 24;
/// A Chinese sentence may name an English brand; an English one rarely has Chinese characters.
const LATIN_FOR_ONE_HAN: usize = 6;

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
    for (name, test) in scripts {
        if letters > 0 && count(test) * 3 >= letters {
            return Some(name.to_owned());
        }
    }
    if count(is_han) > 0 || letters < MIN_DETECT_CHARS {
        return None;
    }
    let found = whatlang::detect(text)?;
    let known = matches!(found.lang(), whatlang::Lang::Eng | whatlang::Lang::Cmn);
    (!known && found.is_reliable()).then(|| found.lang().eng_name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_english_and_others() {
        assert_eq!(language_of("iPhone 15 有货吗"), Some(Language::Zh));
        assert_eq!(language_of("where is my order"), Some(Language::En));
        assert_eq!(language_of("12345"), None);
        assert_eq!(foreign_language("お届けはいつですか").as_deref(), Some("Japanese"));
        assert_eq!(foreign_language("где мой заказ").as_deref(), Some("a Cyrillic language"));
        assert_eq!(foreign_language("我的快递呢"), None);
        assert_eq!(foreign_language("where is my parcel, it should have come on Monday"), None);
        assert!(
            foreign_language("Ich habe vor zwei Wochen bestellt und das Paket ist immer noch nicht angekommen")
                .is_some()
        );
    }
}
