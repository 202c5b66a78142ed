//! Text as it is compared: half-width, simplified, lower case, single spaces. What comes out is never shown to anybody.

mod language;
mod likeness;
mod phrases;
mod simplified;

use unicode_normalization::UnicodeNormalization;

pub use language::{foreign_language, language_of};
pub use likeness::{grams, likeness};
pub use phrases::{find, first_of, has, has_any, is_only, without};
pub use simplified::simplified;

/// Compatibility forms (full-width, circled, joined) become plain, traditional characters simplified, letters lower
/// case, runs of white space one space; marks nobody sees are dropped.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars().filter(|symbol| !is_invisible(*symbol)).nfkc() {
        if symbol.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            continue;
        }
        match symbol {
            '’' | '‘' | '`' => out.push('\''),
            '“' | '”' => out.push('"'),
            'A'..='Z' => out.push(symbol.to_ascii_lowercase()),
            _ if symbol.is_ascii() => out.push(symbol),
            _ if is_han(symbol) => out.push(simplified(symbol)),
            _ => out.extend(symbol.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

pub fn is_han(symbol: char) -> bool {
    matches!(symbol, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}')
}

/// Joiners, direction marks and the like: copied along with texts, and used to slip words past a filter.
fn is_invisible(symbol: char) -> bool {
    matches!(symbol, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_width_case_space_and_script() {
        assert_eq!(normal("  ＡＢ１２　你好\n\tOK "), "ab12 你好 ok");
        assert_eq!(normal("請問這個訂單什麼時候發貨？"), "请问这个订单什么时候发货?");
        assert_eq!(normal("①件 ㎏ ﬁne"), "1件 kg fine");
        assert_eq!(normal("转\u{200b}人\u{feff}工"), "转人工");
        assert_eq!(normal("it’s “OK”"), "it's \"ok\"");
        assert_eq!(normal(" \n "), "");
    }

    #[test]
    fn is_its_own_normal_form() {
        for text in ["ÀÉ ＡＢ 退貨！", "…½ ﷺ İstanbul", "㈱ １２３"] {
            let once = normal(text);
            assert_eq!(normal(&once), once, "{text}");
        }
    }
}
