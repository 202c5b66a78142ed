//! Nothing leaves without a source: every figure, contact, order state, product and promise in a reply must stand in
//! the evidence, and some words are never said. It only judges; what happens to a held reply is decided in `hold`.

mod aligned;
pub mod banned;
pub(crate) mod figures;
mod finding;
mod hold;
mod known;
mod said;
mod words;

use domain::language::Bilingual;

pub use finding::{Finding, What};
pub use hold::check_suggestion;
pub(crate) use hold::finish;

use banned::Banned;
use figures::streets;
use known::Known;

/// Consecutive characters of an instruction that nobody repeats by chance.
const LEAK_CHARS: usize = 16;
/// Numbers of a list's items; larger ones are figures.
const LIST_ITEMS_MAX: usize = 20;

/// What a reply may rest on: article texts and tool results, word for word.
#[derive(Debug, Clone, Default)]
pub struct Evidence(Vec<Piece>);

#[derive(Debug, Clone)]
struct Piece {
    text: String,
    origin: Origin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Record,
    /// Of an article: it tells rules, and never the state of anybody's order.
    Passage,
    /// Written by somebody outside: it may be shown, and vouches for nothing that is said in other words.
    Quote,
}

impl Evidence {
    /// A fact of the shop's records, or a text of the desk itself.
    pub fn add(&mut self, text: impl Into<String>) {
        self.0.push(Piece { text: text.into(), origin: Origin::Record });
    }

    /// A passage of an article.
    pub fn cite(&mut self, text: impl Into<String>) {
        self.0.push(Piece { text: text.into(), origin: Origin::Passage });
    }

    /// Free text of others in the shop's records, such as a carrier's scan, a note or an address, for a model to read.
    pub fn quote(&mut self, text: impl Into<String>) {
        self.0.push(Piece { text: text.into(), origin: Origin::Quote });
    }

    /// Every value of a tool's result.
    pub fn add_json(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::Null | serde_json::Value::Bool(_) => {}
            serde_json::Value::Number(number) => self.add(number.to_string()),
            serde_json::Value::String(text) => self.add(text.clone()),
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.add_json(item)),
            serde_json::Value::Object(fields) => fields.values().for_each(|field| self.add_json(field)),
        }
    }

    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether it is this one passage, whole, and nothing besides.
    pub fn is_passage(&self, text: &str) -> bool {
        matches!(&self.0[..], [piece] if piece.origin == Origin::Passage && piece.text.trim() == text)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Who put the reply into words. What a model writes is held to more than what is copied or filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Templates and passages, filled and copied by code.
    #[default]
    Desk,
    Model,
}

/// What a reply is held to besides its evidence.
#[derive(Default)]
pub struct Rules<'a> {
    pub author: Author,
    pub banned: Option<&'a Banned>,
    /// Titles of the shop's products that the reply may name; each needs evidence.
    pub products: &'a [Bilingual],
    /// Instructions and marks that stand in prompts and must never be repeated.
    pub secrets: &'a [&'a str],
    /// Hosts that may always be linked to. Other links need a passage: what stands in records was written by anybody.
    pub hosts: &'a [String],
}

/// The pieces of `reply` without a source, or that are never said; empty when it may be sent.
pub fn check(reply: &str, evidence: &Evidence, rules: &Rules<'_>) -> Vec<Finding> {
    let text = folded(reply);
    let known = Known::of(evidence, rules.products);
    let mut findings = figures_without_source(&text, &known, rules.hosts);
    findings.extend(streets_without_source(&text, &known));
    let plain: String = text.iter().collect();
    findings.extend(said::states(&plain, &known, rules.author));
    findings.extend(said::promises(&plain, &known));
    findings.extend(products_without_source(&plain, &known, rules.products));
    findings.extend(rules.banned.into_iter().flat_map(|banned| banned.unfounded(reply, &known)));
    findings.extend(leaks(&text, &known, rules.secrets));
    if rules.author == Author::Model {
        findings.extend(said::quoted(reply, &known));
        findings.extend(aligned::changed(&text, &known));
    }
    findings
}

/// With what holds for every reply whoever wrote it.
pub fn unsupported(reply: &str, evidence: &Evidence) -> Vec<Finding> {
    check(reply, evidence, &Rules { banned: Some(&Banned::shipped()), ..Rules::default() })
}

/// Characters without width, with which words are hidden from those who look for them.
pub(crate) const fn is_invisible(symbol: char) -> bool {
    matches!(symbol, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The text as it is judged: half-width, simplified, lower case, nothing invisible, single blanks. Line ends stay, and so
/// does the Chinese comma, which never parts thousands.
pub(crate) fn folded(text: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::with_capacity(text.len());
    for symbol in text.chars().filter(|symbol| !is_invisible(*symbol)) {
        let symbol = match symbol {
            '，' | '？' | '！' | '；' => symbol,
            '\u{3000}' | '\u{a0}' | '\t' | '\r' => ' ',
            '！'..='～' => char::from_u32(symbol as u32 - 0xFEE0).unwrap_or(symbol),
            '’' | '‘' => '\'',
            other => digit_like(other).unwrap_or_else(|| understanding::text::simplified(other)),
        };
        if symbol == ' ' && out.last().is_none_or(|last| matches!(last, ' ' | '\n')) {
            continue;
        }
        out.extend(symbol.to_lowercase());
    }
    out
}

/// Digits of other forms: circled, mathematical, superscript, Arabic. A figure doesn't hide in them.
fn digit_like(symbol: char) -> Option<char> {
    let code = symbol as u32;
    let value = match code {
        0x0660..=0x0669 => code - 0x0660,
        0x06F0..=0x06F9 => code - 0x06F0,
        0x0966..=0x096F => code - 0x0966,
        0x1D7CE..=0x1D7FF => (code - 0x1D7CE) % 10,
        0x1FBF0..=0x1FBF9 => code - 0x1FBF0,
        0x2460..=0x2468 => code - 0x2460 + 1,
        0x2776..=0x277E => code - 0x2776 + 1,
        0x2080..=0x2089 => code - 0x2080,
        0x2070 | 0x2074..=0x2079 => code - 0x2070,
        0x00B9 => 1,
        0x00B2 => 2,
        0x00B3 => 3,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn figures_without_source(text: &[char], known: &Known, hosts: &[String]) -> Vec<Finding> {
    let marks = list_marks(text);
    figures::figures(text)
        .into_iter()
        .filter(|found| !marks.contains(&found.at.start) && !known.has_figure(&found.figure))
        .filter(|found| !matches!(&found.figure, figures::Figure::Link(link) if is_allowed(link, hosts)))
        .map(|found| Finding::figure(&found.figure, text[found.at].iter().collect()))
        .collect()
}

/// Whether a link leads to one of these hosts and nowhere else.
fn is_allowed(link: &str, hosts: &[String]) -> bool {
    let plain = link.strip_prefix("https://").unwrap_or(link);
    let host = plain.split(['/', '?', '#']).next().unwrap_or_default();
    hosts.iter().any(|allowed| allowed.eq_ignore_ascii_case(host))
}

/// Where the numbers of a list's items stand: 1., 2., 3. at the beginnings of lines, in this order.
fn list_marks(text: &[char]) -> Vec<usize> {
    let mut marks = Vec::new();
    let mut next = 1;
    let starts =
        std::iter::once(0).chain(text.iter().enumerate().filter(|(_, symbol)| **symbol == '\n').map(|(at, _)| at + 1));
    for start in starts {
        let number: Vec<char> = next.to_string().chars().collect();
        let end = start + number.len();
        let is_mark = text.get(start..end) == Some(&number[..]) && matches!(text.get(end), Some('.' | '、' | ')'));
        let is_decimal = text.get(end) == Some(&'.') && text.get(end + 1).is_some_and(char::is_ascii_digit);
        if is_mark && !is_decimal && next <= LIST_ITEMS_MAX {
            marks.push(start);
            next += 1;
        }
    }
    marks
}

fn streets_without_source(text: &[char], known: &Known) -> Vec<Finding> {
    let unknown = streets(text).into_iter().map(|at| text[at].iter().collect::<String>());
    unknown.filter(|street| !known.has_text_without_blanks(street)).map(Finding::place).collect()
}

fn products_without_source(plain: &str, known: &Known, products: &[Bilingual]) -> Vec<Finding> {
    let names = |product: &Bilingual| {
        [product.zh.clone(), product.en.clone()].map(|name| folded(&name).into_iter().collect::<String>())
    };
    products
        .iter()
        .filter_map(|product| {
            let names = names(product);
            let is_known = names.iter().any(|name| !name.is_empty() && known.has_text(name));
            let said = names.into_iter().find(|name| !name.is_empty() && plain.contains(name.as_str()))?;
            (!is_known).then(|| Finding::product(said))
        })
        .collect()
}

/// Pieces of an instruction that stand in the reply and in no evidence.
fn leaks(text: &[char], known: &Known, secrets: &[&str]) -> Vec<Finding> {
    let letters: Vec<char> = text.iter().copied().filter(|symbol| symbol.is_alphanumeric()).collect();
    let said: String = letters.iter().collect();
    let is_leak = |secret: &&&str| {
        let secret: Vec<char> = folded(secret).into_iter().filter(|symbol| symbol.is_alphanumeric()).collect();
        if secret.len() <= LEAK_CHARS {
            return !secret.is_empty() && said.contains(&secret.iter().collect::<String>());
        }
        let pieces: std::collections::HashSet<&[char]> = secret.windows(LEAK_CHARS).collect();
        letters
            .windows(LEAK_CHARS)
            .any(|window| pieces.contains(window) && !known.has_letters(&window.iter().collect::<String>()))
    };
    secrets.iter().filter(is_leak).map(|_| Finding::leak()).take(1).collect()
}

#[cfg(test)]
mod tests;
