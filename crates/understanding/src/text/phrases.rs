//! Looking for phrases in normalised text.

/// Whether `text` (normalised) has `phrase`: whole words for Latin script, anywhere for Chinese.
pub fn has(text: &str, phrase: &str) -> bool {
    find(text, phrase).is_some()
}

/// Where `phrase` first stands in `text` (normalised), in bytes.
pub fn find(text: &str, phrase: &str) -> Option<usize> {
    let is_word = |symbol: char| symbol.is_ascii_alphanumeric();
    text.match_indices(phrase).map(|(start, _)| start).find(|&start| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        let joins = |edge: Option<char>, inner: Option<char>| {
            matches!((edge, inner), (Some(edge), Some(inner)) if is_word(edge) && is_word(inner))
        };
        !joins(before, phrase.chars().next()) && !joins(after, phrase.chars().next_back())
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
    has_any(text, phrases) && !without(text, &[phrases, filler]).chars().any(char::is_alphanumeric)
}

/// The text without these phrases, longest first; each leaves a space.
pub fn without(text: &str, phrases: &[&[&str]]) -> String {
    let mut all: Vec<&str> = phrases.iter().flat_map(|list| list.iter()).copied().filter(|it| !it.is_empty()).collect();
    all.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let mut rest = text.to_owned();
    for phrase in all {
        while let Some(start) = find(&rest, phrase) {
            rest.replace_range(start..start + phrase.len(), " ");
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_in_latin_script() {
        assert!(has("hi there", "hi"));
        assert!(!has("this is it", "hi"));
        assert!(has("this, hi", "hi"));
        assert!(has("我要转人工客服", "转人工"));
    }

    #[test]
    fn only_a_greeting() {
        let (greetings, filler) = (["你好", "在吗", "hello"], ["啊", "please"]);
        assert!(is_only("你好啊,在吗?", &greetings, &filler));
        assert!(is_only("hello!", &greetings, &filler));
        assert!(!is_only("你好 我的快递呢", &greetings, &filler));
        assert!(!is_only("please", &greetings, &filler));
    }
}
