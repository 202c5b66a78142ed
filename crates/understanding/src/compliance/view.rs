//! A text as it is judged, with the way back: every byte of a view knows which characters of the original it is from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::text::{is_han, simplified};

/// Marks that end a sentence in a view.
pub(super) const ENDS: [char; 4] = ['。', '！', '？', '\n'];
/// A heart in a view: 微♥ is read as 微信.
const HEART: char = '♥';

/// A changed text and where each of its bytes is from.
#[derive(Debug, Default)]
pub(super) struct View {
    pub text: String,
    /// For each byte, the bytes of its character in what the view was made of.
    at: Vec<(usize, usize)>,
}

impl View {
    fn push(&mut self, symbol: char, from: (usize, usize)) {
        self.at.extend(std::iter::repeat_n(from, symbol.len_utf8()));
        self.text.push(symbol);
    }

    /// Where a piece of the view stands in what it was made of; the piece isn't empty.
    pub fn origin(&self, piece: &Range<usize>) -> Range<usize> {
        self.at[piece.start].0..self.at[piece.end - 1].1
    }

    /// The piece of the view that a piece of the original became.
    pub fn piece(&self, origin: &Range<usize>) -> Range<usize> {
        let start = self.at.partition_point(|from| from.1 <= origin.start);
        start..self.at.partition_point(|from| from.0 < origin.end).max(start)
    }

    /// Half-width, simplified, lower case, without what nobody sees. Nothing stands between Chinese characters but
    /// marks of clauses and sentences; other words are parted by single blanks.
    pub fn plain(text: &str) -> Self {
        let symbols = symbols(text);
        let mut view = Self::default();
        view.text.reserve(text.len());
        view.at.reserve(text.len());
        let mut is_parted = false;
        for (index, &(symbol, from)) in symbols.iter().enumerate() {
            let around = Around {
                before: index.checked_sub(1).map(|it| symbols[it].0),
                after: symbols.get(index + 1).map(|it| it.0),
            };
            match kind(symbol, &around) {
                Kind::Drop => {}
                Kind::Part => is_parted = true,
                Kind::Mark(mark) => {
                    view.push(mark, from);
                    is_parted = false;
                }
                Kind::Sign(sign) => {
                    let joins = |symbol: char| symbol.is_ascii() && !symbol.is_whitespace();
                    if is_parted && joins(sign) && view.text.chars().next_back().is_some_and(joins) {
                        view.push(' ', from);
                    }
                    view.push(sign, from);
                    is_parted = false;
                }
            }
        }
        view
    }

    /// For words of contacts only: what sounds or looks alike is one, and nothing stands between characters.
    pub fn contact(plain: &str) -> Self {
        let mut view = Self::default();
        for (start, symbol) in plain.char_indices() {
            if symbol.is_alphanumeric() || matches!(symbol, '+' | '@' | '\n' | HEART) {
                view.push(class(symbol), (start, start + symbol.len_utf8()));
            }
        }
        view
    }
}

enum Kind {
    Drop,
    /// It parts words that could be taken for one.
    Part,
    Mark(char),
    Sign(char),
}

struct Around {
    before: Option<char>,
    after: Option<char>,
}

fn kind(symbol: char, around: &Around) -> Kind {
    let is = |side: Option<char>, test: fn(&char) -> bool| side.as_ref().is_some_and(test);
    let is_in_number = || is(around.before, char::is_ascii_digit) && is(around.after, char::is_ascii_digit);
    match symbol {
        '\n' | '\r' => Kind::Mark('\n'),
        '。' => Kind::Mark('。'),
        '!' => Kind::Mark('！'),
        '?' => Kind::Mark('？'),
        '.' if around.after.is_none_or(char::is_whitespace) => Kind::Mark('。'),
        ',' if is_in_number() => Kind::Drop,
        // The groups of a phone stay together.
        '(' if is(around.after, char::is_ascii_digit) => Kind::Part,
        ')' if is(around.before, char::is_ascii_digit) => Kind::Part,
        ',' | ';' | '、' | '(' | ')' | '[' | ']' | '【' | '】' | '—' => Kind::Mark('，'),
        ':' if !is_in_number() => Kind::Mark('：'),
        '\'' if is(around.before, char::is_ascii_alphabetic) && is(around.after, char::is_ascii_alphabetic) => {
            Kind::Sign('\'')
        }
        '"' | '\'' | '「' | '」' | '『' | '』' => Kind::Mark('"'),
        '+' | '%' | '#' | '@' | HEART => Kind::Sign(symbol),
        _ if symbol.is_alphanumeric() => Kind::Sign(symbol),
        _ => Kind::Part,
    }
}

/// The characters of a text in their plain form, each with where it is from.
pub(super) fn symbols(text: &str) -> Vec<(char, (usize, usize))> {
    let mut out = Vec::with_capacity(text.len() / 2);
    for (start, symbol) in text.char_indices() {
        let from = (start, start + symbol.len_utf8());
        if symbol.is_ascii() {
            out.push((symbol.to_ascii_lowercase(), from));
        } else if is_han(symbol) && !matches!(symbol, '\u{f900}'..='\u{faff}') {
            out.push((simplified(symbol), from));
        } else if !is_unseen(symbol) {
            for plain in std::iter::once(pictured(symbol)).nfkc() {
                if is_unseen(plain) {
                    continue;
                }
                let plain = look_alike(simplified(plain));
                out.extend(plain.to_lowercase().map(|low| (low, from)));
            }
        }
    }
    out
}

/// Marks without width, marks put on top of others, and the frames of keycaps.
const fn is_unseen(symbol: char) -> bool {
    matches!(symbol, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Pictures and framed letters that are read as signs.
fn pictured(symbol: char) -> char {
    let letter = |first: u32| char::from_u32(symbol as u32 - first + 'a' as u32).unwrap_or(symbol);
    match symbol {
        '➕' | '﹢' => '+',
        '❤' | '♡' | '💗' | '💓' | '💕' | '💖' | '💙' | '💚' | '💛' | '💜' | '🖤' | '🧡' => {
            HEART
        }
        '🐧' => '企',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '`' => '\'',
        '\u{2776}'..='\u{277e}' => char::from_u32(symbol as u32 - 0x2776 + '1' as u32).unwrap_or(symbol),
        '🅐'..='🅩' => letter('🅐' as u32),
        '🅰'..='🆉' => letter('🅰' as u32),
        '🇦'..='🇿' => letter('🇦' as u32),
        other => other,
    }
}

/// Letters of other scripts that look like Latin ones.
const fn look_alike(symbol: char) -> char {
    match symbol {
        'а' | 'α' | 'А' | 'Α' => 'a',
        'в' | 'В' | 'Β' => 'b',
        'с' | 'С' => 'c',
        'е' | 'ε' | 'Е' | 'Ε' => 'e',
        'һ' | 'Н' => 'h',
        'і' | 'ι' | 'І' => 'i',
        'ј' => 'j',
        'к' | 'κ' | 'К' => 'k',
        'м' | 'М' => 'm',
        'о' | 'ο' | 'О' => 'o',
        'р' | 'ρ' | 'Р' => 'p',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'τ' | 'Т' => 't',
        'ν' | 'ѵ' => 'v',
        'х' | 'χ' | 'Х' => 'x',
        'у' | 'γ' | 'У' => 'y',
        other => other,
    }
}

/// One character for all that are put in its place in names of contacts, by sound or by look.
const fn class(symbol: char) -> char {
    match symbol {
        '薇' | '威' | '维' | '徽' | '葳' | '巍' | '溦' | '唯' | '惟' | '崴' | '卫' | '危' | '嶶' => '微',
        '芯' | '心' | '欣' | '馨' | '星' | '伩' | '辛' | HEART => '信',
        '抠' | '叩' | '蔻' | '寇' | '釦' => '扣',
        '珈' | '伽' | '佳' | '+' => '加',
        '0' => 'o',
        '1' | 'l' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_nothing_and_remembers_where_it_was() {
        for (text, plain) in [
            ("加 微\u{200b} 信", "加微信"),
            ("ＶＸ：１３８", "vx：138"),
            ("1️⃣3️⃣8️⃣", "1 3 8"),
            ("請發給我", "请发给我"),
            ("1,299.00 元", "1299 00元"),
            ("W.h.a.t.s", "w h a t s"),
            ("It's the best. Really", "it's the best。really"),
            ("全\u{336}网 ✨ 最低", "全网最低"),
            ("аdd mе", "add me"),
        ] {
            let view = View::plain(text);
            assert_eq!(view.text.replace(' ', ""), plain.replace(' ', ""), "{text}");
            for (start, symbol) in view.text.char_indices() {
                let origin = view.origin(&(start..start + symbol.len_utf8()));
                assert!(text.get(origin).is_some_and(|piece| !piece.is_empty()), "{text}: {symbol}");
            }
        }
        let view = View::plain("请加 薇 信 聊");
        let contact = View::contact(&view.text);
        let at = contact.text.find("微信").unwrap();
        let piece = contact.origin(&(at..at + "微信".len()));
        let origin = view.origin(&piece);
        assert_eq!(&"请加 薇 信 聊"[origin.clone()], "薇 信");
        assert_eq!(view.piece(&origin), piece);
    }
}
