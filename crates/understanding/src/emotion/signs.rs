//! Signs beside words: shouting, rows of marks, faces, sarcasm, and how long somebody says to have waited.

use super::{Kind, cues::Found, lexicon::Lexicon};
use crate::entities::numerals;

/// Shorter texts in capitals are names and codes.
const MIN_SHOUTED: usize = 10;
/// Waiting for this many days is a complaint, and for that many a loud one.
const LONG_DAYS: u32 = 6;
const VERY_LONG_DAYS: u32 = 9;

/// Numbers that say only how many about; the longer before what they end with.
const VAGUE: [(&str, f32); 3] = [("十几", 14.0), ("好几", 5.0), ("几", 3.0)];

const FACES: &[(u8, &str)] =
    &[(5, "🖕"), (4, "😡"), (4, "🤬"), (4, "👿"), (4, "💢"), (3, "😠"), (3, "😤"), (3, "🙄"), (3, "👎")];

pub fn angry_face(text: &str) -> Option<(u8, &'static str)> {
    FACES.iter().copied().find(|(_, face)| text.contains(face))
}

pub fn is_shouted(text: &str) -> bool {
    let upper = text.chars().filter(char::is_ascii_uppercase).count();
    let lower = text.chars().filter(char::is_ascii_lowercase).count();
    upper >= MIN_SHOUTED && upper >= 3 * lower
}

/// `!!`, `??`, `?!` and the like.
pub fn is_exclaimed(text: &str) -> bool {
    let is_mark = |symbol: char| matches!(symbol, '!' | '?' | '！' | '？');
    let marks = text.chars().filter(|symbol| is_mark(*symbol)).count();
    let rows = text.chars().zip(text.chars().skip(1)).any(|(one, next)| is_mark(one) && is_mark(next));
    rows || marks >= 3
}

/// Praise for what went wrong. Without a complaint in words two praises are needed: one is politeness.
pub fn is_sarcastic(found: &[Found], lines: &[String]) -> bool {
    let praises = found.iter().filter(|cue| cue.kind == Kind::Happy).count();
    let thanks = lines
        .iter()
        .any(|line| line.contains("谢") || line.contains("thank") || line.contains("please") || line.contains("sorry"));
    praises >= 2 && !thanks
}

/// "等了两周", "it's been 12 days".
pub fn waiting(line: &str, lexicon: &Lexicon) -> Option<Found> {
    if !lexicon.says_waiting(line) {
        return None;
    }
    let (days, sign) = lexicon.units.iter().flat_map(|(unit, days)| durations(line, unit, *days)).max()?;
    let level = match days {
        VERY_LONG_DAYS.. => 3,
        LONG_DAYS.. => 2,
        _ => 1,
    };
    let kind = if level == 1 { Kind::Worried } else { Kind::Disappointed };
    Some(Found { kind, level, sign, is_ambiguous: false })
}

fn durations<'a>(line: &'a str, unit: &'a str, days: u32) -> impl Iterator<Item = (u32, String)> + 'a {
    line.match_indices(unit).filter_map(move |(at, _)| {
        let rest = &line[at + unit.len()..];
        let goes_on = unit.is_ascii() && rest.starts_with(|symbol: char| symbol.is_ascii_alphanumeric());
        let before = line[..at].trim_end();
        let (number, start) = number_before(before)?;
        // "七天无理由" is a rule and no wait.
        let is_rule = rest.starts_with("无理由") || rest.starts_with("内") || rest.starts_with("保");
        (!goes_on && !is_rule).then(|| ((number * days as f32) as u32, line[start..at + unit.len()].to_owned()))
    })
}

fn number_before(text: &str) -> Option<(f32, usize)> {
    let digits = text.len() - text.trim_end_matches(|symbol: char| symbol.is_ascii_digit()).len();
    if digits > 0 {
        let start = text.len() - digits;
        return text[start..].parse().ok().map(|number| (number, start));
    }
    if let Some((word, number)) = VAGUE.iter().find(|(word, _)| text.ends_with(word)) {
        return Some((*number, text.len() - word.len()));
    }
    let start = match text.chars().next_back()? {
        last if last.is_ascii() => text.rfind(char::is_whitespace).map_or(0, |space| space + 1),
        _ => text.trim_end_matches(|symbol| numerals::ZH_NUMERAL.contains(symbol)).len(),
    };
    numerals::number(&text[start..]).map(|number| (number as f32, start))
}
