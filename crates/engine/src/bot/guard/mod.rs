//! Nothing leaves without a source: every number, amount, date and address in a reply must stand in the evidence.

pub(crate) mod figures;

use serde::Serialize;

use super::normal::normal;

/// What a reply may rest on: article texts and tool results, word for word.
#[derive(Debug, Clone, Default)]
pub struct Evidence(Vec<String>);

impl Evidence {
    pub fn add(&mut self, text: impl Into<String>) {
        self.0.push(normal(&text.into()));
    }

    fn has_number(&self, number: &str) -> bool {
        self.0.iter().any(|text| numbers(text).any(|known| known == number))
    }

    fn has_text(&self, text: &str) -> bool {
        self.0.iter().any(|known| known.contains(text))
    }
}

/// Characters without width, with which words are hidden from those who look for them.
pub(crate) const fn is_invisible(symbol: char) -> bool {
    matches!(symbol, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The text as it is judged: half-width, lower case, nothing invisible, single blanks; line ends stay, and so does the
/// Chinese comma, which never parts thousands.
pub(crate) fn folded(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for symbol in text.chars().filter(|symbol| !is_invisible(*symbol)) {
        let symbol = match symbol {
            '，' | '？' | '！' | '；' => symbol,
            '\u{3000}' | '\u{a0}' | '\t' | '\r' => ' ',
            '！'..='～' => char::from_u32(symbol as u32 - 0xFEE0).unwrap_or(symbol),
            '’' | '‘' => '\'',
            other => other,
        };
        if symbol == ' ' && out.last().is_none_or(|last| matches!(last, ' ' | '\n')) {
            continue;
        }
        out.extend(symbol.to_lowercase());
    }
    out
}

/// A piece of a reply that nothing vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unsupported {
    pub what: &'static str,
    pub text: String,
}

/// The pieces of `reply` without a source; empty when it may be sent.
pub fn unsupported(reply: &str, evidence: &Evidence) -> Vec<Unsupported> {
    let reply = normal(reply);
    let mut faults: Vec<Unsupported> = numbers(&reply)
        .filter(|number| !evidence.has_number(number))
        .map(|number| Unsupported { what: "number", text: number.to_owned() })
        .collect();
    let addresses = reply
        .split(|symbol: char| symbol.is_whitespace() || "()<>[]，。".contains(symbol))
        .filter(|piece| piece.contains("://") || piece.starts_with("www."));
    faults.extend(
        addresses
            .filter(|address| !evidence.has_text(address))
            .map(|address| Unsupported { what: "address", text: address.to_owned() }),
    );
    faults
}

/// Runs of digits with their separators, such as `129.90`, `11:05` or `sl2026…`'s digits.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| !(symbol.is_ascii_digit() || matches!(symbol, '.' | ':' | ',' | '%')))
        .map(|run| run.trim_matches(['.', ':', ',']))
        .filter(|run| run.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_need_a_source() {
        let mut evidence = Evidence::default();
        evidence.add("7 天内可退，运费 8.00 元，见 https://shop.example/returns");
        assert!(unsupported("您有7天时间，运费8.00元。", &evidence).is_empty());
        assert!(unsupported("见 https://shop.example/returns", &evidence).is_empty());
        let faults = unsupported("15天内可退，见 https://evil.example/", &evidence);
        assert_eq!(faults.iter().map(|fault| fault.what).collect::<Vec<_>>(), ["number", "address"]);
    }
}
