//! Words the runner itself understands and says, in both languages.

// Word lists read better in rows than one to a line.
#[rustfmt::skip]
mod lists;
mod texts;

use self::lists::*;
pub use self::texts::*;

/// Half-width, lower case, single spaces: how texts are compared.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        let symbol = match symbol {
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(symbol as u32 - 0xFEE0).unwrap_or(symbol),
            '’' | '‘' => '\'',
            other => other,
        };
        if !symbol.is_whitespace() {
            out.extend(symbol.to_lowercase());
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether `phrase` (folded) stands in `text` (folded): whole words in Latin script, anywhere in Chinese.
pub fn has(text: &str, phrase: &str) -> bool {
    let is_word = |symbol: Option<char>| symbol.is_some_and(|symbol| symbol.is_ascii_alphanumeric());
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(start, found)| {
            let (before, after) = (text[..start].chars().next_back(), text[start + found.len()..].chars().next());
            !(is_word(before) && is_word(found.chars().next()) || is_word(after) && is_word(found.chars().next_back()))
        })
}

fn has_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| has(text, phrase))
}

/// Nothing is left of `text` but these phrases, filler and punctuation.
fn is_only(text: &str, phrases: &[&str]) -> bool {
    if !has_any(text, phrases) {
        return false;
    }
    let mut all: Vec<&str> = phrases.iter().chain(FILLER).copied().collect();
    all.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let mut rest = text.to_owned();
    for phrase in all {
        while has(&rest, phrase) {
            rest = rest.replacen(phrase, " ", 1);
        }
    }
    !rest.chars().any(char::is_alphanumeric)
}

/// 「好的？」 doubts, and is no answer.
pub fn is_question(text: &str) -> bool {
    text.contains(['?', '？'])
}

/// A plain yes or no, and nothing else.
pub fn agrees(text: &str) -> Option<bool> {
    if is_question(text) {
        return None;
    }
    let text = fold(text);
    match (is_only(&text, AGREE), is_only(&text, DECLINE)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// A folded text without marks and filler around it: 「取消吧。」 is 「取消」.
pub fn bare(text: &str) -> &str {
    let mut bare = text;
    loop {
        let mut rest = bare.trim_matches(|symbol: char| !symbol.is_alphanumeric());
        for filler in FILLER.iter().filter(|filler| **filler != "it") {
            rest = if filler.is_ascii() {
                let cut = rest.strip_suffix(filler).filter(|head| head.ends_with([' ', ',']));
                cut.unwrap_or(rest)
            } else {
                rest.strip_suffix(filler).filter(|head| !head.is_empty()).unwrap_or(rest)
            };
        }
        if rest == bare {
            return bare;
        }
        bare = rest;
    }
}

/// Whether a folded text is a phrase or a telling part of it: 「取消吧」 of 「确认取消」.
pub fn is_part_of(text: &str, phrase: &str) -> bool {
    /// Too little to tell a yes from a no.
    const MIN_CHARS: usize = 2;
    let bare = bare(text);
    bare.chars().count() >= MIN_CHARS && !matches!(bare, "it" | "the" | "order") && has(phrase, bare)
}

pub fn calls_off(text: &str) -> bool {
    let text = fold(text);
    let bare = text.trim_matches(|symbol: char| !symbol.is_alphanumeric());
    is_only(&text, CALL_OFF) || CALL_OFF.iter().any(|phrase| bare.starts_with(phrase) || bare.ends_with(phrase))
}

pub fn corrects(text: &str) -> bool {
    has_any(&fold(text), CORRECT)
}

pub fn says_nothing(text: &str) -> bool {
    is_only(&fold(text), NOTHING)
}

pub fn says_all(text: &str) -> bool {
    has_any(&fold(text), ALL)
}

pub fn says_latest(text: &str) -> bool {
    has_any(&fold(text), LATEST)
}

/// The position a short answer names: 「第二个」, `2`, "the first one", 「最后一个」.
pub fn ordinal(text: &str, of: usize) -> Option<usize> {
    const NAMES: [&[&str]; 5] = [
        &["第一", "1", "first", "一", "头一"],
        &["第二", "2", "second", "二"],
        &["第三", "3", "third", "三"],
        &["第四", "4", "fourth", "四"],
        &["第五", "5", "fifth", "五"],
    ];
    const BEFORE: [&str; 9] = ["就", "我", "那", "选", "要", "买", "i'll take ", "i want ", "the "];
    const AFTER: [&str; 5] = [" please", " thanks", " option", " one", "谢谢"];
    let text = fold(text);
    let mut short = text.as_str();
    loop {
        let before = short;
        short = short.trim_matches(['个', '.', '。', ',', '，', '!', '吧', '的', '件', '款', '单', '项', '条', ' ']);
        short = BEFORE.iter().find_map(|word| short.strip_prefix(word)).unwrap_or(short);
        short = AFTER.iter().find_map(|word| short.strip_suffix(word)).unwrap_or(short);
        if short == before {
            break;
        }
    }
    if matches!(short, "最后一" | "最后" | "last") {
        return of.checked_sub(1);
    }
    let found = NAMES.iter().position(|names| names.contains(&short))?;
    (found < of).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_plain_answers() {
        for text in ["确认", "好的，没问题", "是的", "OK!", "yes please", "可以的，谢谢"] {
            assert_eq!(agrees(text), Some(true), "{text}");
        }
        for text in ["不要了", "不用了谢谢", "No, thanks", "取消"] {
            assert_eq!(agrees(text), Some(false), "{text}");
        }
        for text in ["？？？", "？", "...", "。。。", "ok?", "嗯？", "好的？", "😀", "❤️", "", "确认取消?"]
        {
            assert_eq!(agrees(text), None, "{text}");
        }
        for text in ["好的那运费谁出", "yes but how long does it take", "可以退吗", "不是这个订单"] {
            assert_eq!(agrees(text), None, "{text}");
        }
    }

    #[test]
    fn tells_calling_off_from_correcting() {
        for text in ["算了", "算了，还是查一下物流吧", "那就算了", "never mind", "Forget it."] {
            assert!(calls_off(text), "{text}");
        }
        for text in ["不是这个订单", "actually the blue one", "换成红色的", "地址错了"] {
            assert!(corrects(text) && !calls_off(text), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_label_says_the_label() {
        for (text, label) in [("取消吧", "确认取消"), ("cancel", "yes, cancel it"), ("确认取消。", "确认取消")]
        {
            assert!(is_part_of(text, label), "{text}");
        }
        for (text, label) in [("不取消", "确认取消"), ("是", "是的，取消"), ("订单有运费吗", "保留订单")]
        {
            assert!(!is_part_of(text, label), "{text}");
        }
    }

    #[test]
    fn reads_positions() {
        let cases = [
            ("第二个", Some(1)),
            ("2", Some(1)),
            ("the first one", Some(0)),
            ("The first one, please", Some(0)),
            ("就要第三个吧", Some(2)),
            ("最后一个", Some(2)),
            ("第四个", None),
            ("的", None),
        ];
        for (text, position) in cases {
            assert_eq!(ordinal(text, 3), position, "{text}");
        }
    }
}
