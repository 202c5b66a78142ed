//! The shopper's ask in one statement: the messages that carry it, without greetings and fillers, joined in their
//! order. Every word is the shopper's own but the verb that says how it was meant.

mod told;
#[rustfmt::skip]
mod words;

use std::collections::BTreeSet;

use domain::language::Language;
use serde::Serialize;

use crate::{
    acts::act_of,
    text::{has, has_any, is_han, language_of, normal},
};

/// One message of the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message<'a> {
    /// Where it stands in the log.
    pub seq: i64,
    pub text: &'a str,
}

/// How a part of the ask was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    Asks,
    Wants,
    Says,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    pub seq: i64,
    pub manner: Manner,
    pub text: String,
}

/// A statement has at most so many parts, and so many characters in each language.
const MAX_PARTS: usize = 4;
const MAX_CHARS: [usize; 2] = [50, 120];
/// No part is longer, in either language; what is beyond is cut with a mark.
const MAX_PART_CHARS: [usize; 2] = [60, 120];
/// Parts this much less telling than the best are left out.
const NEAR_BEST: f64 = 1.5;
/// Parts that share so much of the shorter one's pairs say the same.
const SAME: f64 = 0.6;
/// Fewer characters than this are rarely an ask of their own.
const SHORT: [usize; 2] = [6, 12];
const VERY_SHORT: [usize; 2] = [4, 6];
/// Longest conversation that is looked at.
const MAX_MESSAGES: usize = 200;

/// What each sign is worth, in steps of a quarter, chosen on the first half of csds/val; see docs/measurements.md.
mod worth {
    pub const QUESTION: f64 = 0.5;
    pub const WISH: f64 = 0.25;
    pub const TOPIC: f64 = 0.5;
    pub const TROUBLE: f64 = 0.25;
    /// 「怎么办」 comes when all has been told.
    pub const OUTCOME: f64 = 1.0;
    pub const EARLY: f64 = 1.0;
    pub const FIRST: f64 = 0.5;
    /// What was said last is why things are as they are now.
    pub const LAST: f64 = 0.25;
    pub const SHORT: f64 = -1.0;
    pub const VERY_SHORT: f64 = -2.0;
    pub const NUMBER: f64 = -2.0;
    /// What the desk took up in its replies is what it was about.
    pub const ECHO: f64 = 1.5;
}

/// Oldest first; none when nothing was asked yet. `replies` is what the desk said meanwhile: its words tell what the
/// conversation was about.
pub fn parts_of(messages: &[Message<'_>], replies: &[&str]) -> Vec<Part> {
    let messages = &messages[messages.len().saturating_sub(MAX_MESSAGES)..];
    let answered: BTreeSet<(char, char)> = replies.iter().rev().take(MAX_MESSAGES).flat_map(|it| pairs(it)).collect();
    let mut scored: Vec<(f64, usize, String)> = messages
        .iter()
        .enumerate()
        .filter_map(|(place, message)| {
            let bare = bare(message.text)?;
            let echoed = echoed(&told(&bare, message.text), &answered);
            Some((score(message, &bare, place, messages.len()) + worth::ECHO * echoed, place, bare))
        })
        .collect();
    if let Some(last) = scored.last_mut() {
        last.0 += worth::LAST;
    }
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let best = scored.first().map_or(0.0, |(score, ..)| *score);
    let mut kept: Vec<(usize, String)> = Vec::new();
    let mut chars = 0;
    for (score, place, bare) in scored {
        let text = told(&bare, messages[place].text);
        let length = text.chars().count();
        let is_too_much =
            kept.len() >= MAX_PARTS || chars + length > MAX_CHARS[side(&text)] || score < best - NEAR_BEST;
        if text.is_empty() || kept.iter().any(|(_, known)| is_same(known, &text)) || (!kept.is_empty() && is_too_much) {
            continue;
        }
        chars += length;
        kept.push((place, clip(&text)));
    }
    kept.sort_unstable_by_key(|(place, _)| *place);
    let part = |(place, text): (usize, String)| Part {
        seq: messages[place].seq,
        manner: manner(&normal(messages[place].text)),
        text,
    };
    kept.into_iter().map(part).collect()
}

/// The parts as one sentence about the shopper, in the language they were written in.
pub fn statement(parts: &[Part], fallback: Language) -> String {
    let all: String = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
    match language_of(&all).unwrap_or(fallback) {
        Language::Zh => joined(parts, "；", |manner| match manner {
            Manner::Asks => "买家询问",
            Manner::Wants => "买家要求",
            Manner::Says => "买家表示",
        }),
        Language::En => joined(parts, "; ", |manner| match manner {
            Manner::Asks => "Asks: ",
            Manner::Wants => "Wants: ",
            Manner::Says => "Says: ",
        }),
    }
}

fn joined(parts: &[Part], between: &str, verb: impl Fn(Manner) -> &'static str) -> String {
    let told: Vec<String> = parts.iter().map(|part| format!("{}{}", verb(part.manner), part.text)).collect();
    told.join(between)
}

fn manner(folded: &str) -> Manner {
    if has_any(folded, words::QUESTIONS) {
        Manner::Asks
    } else if has_any(folded, words::REQUESTS) {
        Manner::Wants
    } else {
        Manner::Says
    }
}

/// The message without what carries nothing. `None` when nothing is left.
fn bare(text: &str) -> Option<String> {
    let words = text.split_whitespace().filter(|word| !word.contains("://") && !word.starts_with("#E-"));
    let line = words.collect::<Vec<_>>().join(" ");
    let mut rest = trimmed(&line);
    loop {
        let folded = rest.to_lowercase();
        let is_opening = |opening: &&&str| {
            folded.starts_with(**opening)
                && rest.get(opening.len()..).is_some_and(|after| {
                    let is_cut = !opening.is_ascii() || !after.starts_with(|symbol: char| symbol.is_alphanumeric());
                    is_cut && after.chars().filter(|symbol| symbol.is_alphanumeric()).count() >= 2
                })
        };
        let Some(opening) = words::OPENINGS.iter().find(is_opening) else { break };
        rest = trimmed(&rest[opening.len()..]);
    }
    while let Some(shorter) = words::ENDINGS.iter().find_map(|ending| rest.strip_suffix(ending)) {
        if shorter.chars().count() < 2 {
            break;
        }
        rest = shorter;
    }
    let letters = rest.chars().filter(|symbol| symbol.is_alphanumeric()).count();
    let is_number = rest.chars().all(|symbol| !symbol.is_alphabetic()) || is_placeholder(rest);
    (letters >= 3 && !is_number && !is_polite(text, rest)).then(|| rest.to_owned())
}

/// Nothing but a mask such as `[订单编号]`, or the line that only names an order.
fn is_placeholder(text: &str) -> bool {
    let names_order = ["咨询订单号", "订单号", "商品id", "子订单"]
        .iter()
        .any(|opening| text.to_lowercase().strip_prefix(opening).is_some_and(|rest| rest.starts_with([':', '：'])));
    names_order || (text.starts_with('[') && text.ends_with(']') && text.matches('[').count() == 1)
}

/// Greets, thanks, agrees or asks for a person, and says nothing else.
fn is_polite(text: &str, rest: &str) -> bool {
    use crate::{acts::Act, reading::wants_human};
    const BRIEF: usize = 6;
    let is_brief = rest.chars().filter(|symbol| is_han(*symbol) || symbol.is_ascii_alphanumeric()).count() <= BRIEF;
    let folded = normal(rest);
    let act = act_of(text);
    act.is_social() || (is_brief && (matches!(act, Act::Confirm | Act::Deny) || wants_human(&folded)))
}

fn trimmed(text: &str) -> &str {
    text.trim_matches(|symbol: char| symbol.is_whitespace() || "，,。.!！?？~～、…;；".contains(symbol))
}

fn score(message: &Message<'_>, bare: &str, place: usize, count: usize) -> f64 {
    let (whole, folded) = (normal(message.text), normal(bare));
    let mut score = worth::QUESTION * signs(&whole, words::QUESTIONS, 2)
        + worth::WISH * signs(&folded, words::WISHES, 2)
        + worth::TOPIC * signs(&folded, words::TOPICS, 3)
        + worth::TROUBLE * signs(&folded, words::TROUBLES, 2)
        + worth::OUTCOME * signs(&folded, words::OUTCOMES, 1)
        + worth::EARLY * (1.0 - place as f64 / count.max(1) as f64);
    if place < 2 {
        score += worth::FIRST;
    }
    let length = bare.chars().count();
    if length < SHORT[side(bare)] {
        score += worth::SHORT;
    }
    if length < VERY_SHORT[side(bare)] {
        score += worth::VERY_SHORT;
    }
    if is_mostly_number(message.text, bare) {
        score += worth::NUMBER;
    }
    score
}

/// How many of the signs are there, a part of a longer one not counted again.
fn signs(text: &str, list: &[&str], most: usize) -> f64 {
    let found: Vec<&str> = list.iter().copied().filter(|sign| has(text, sign)).collect();
    let is_part = |sign: &&&str| found.iter().any(|other| other.len() > sign.len() && other.contains(**sign));
    found.iter().filter(|sign| !is_part(sign)).take(most).count() as f64
}

/// A number long enough to be an order's, or its mask, and little besides.
fn is_mostly_number(text: &str, bare: &str) -> bool {
    const LONG: usize = 6;
    const LITTLE: usize = 10;
    let is_long = text.split(|symbol: char| !symbol.is_ascii_digit()).any(|run| run.len() >= LONG);
    let has_number = is_long || text.contains("[数字]") || text.contains("[订单编号]");
    let words = bare.replace("[数字]", "").replace("[订单编号]", "");
    has_number && words.chars().filter(|symbol| !symbol.is_ascii_digit()).count() < LITTLE
}

/// A Chinese sentence as it is told of somebody; an English one as it is.
fn told(text: &str, whole: &str) -> String {
    if side(text) == 1 { text.to_owned() } else { told::indirect(text, whole) }
}

/// The share of a text's pairs that the desk's replies have too.
fn echoed(text: &str, answered: &BTreeSet<(char, char)>) -> f64 {
    let own = pairs(text);
    own.intersection(answered).count() as f64 / own.len().max(1) as f64
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let symbols: Vec<char> = text.chars().collect();
    symbols.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// 0 for Chinese, 1 for Latin script.
fn side(text: &str) -> usize {
    usize::from(!text.chars().any(is_han))
}

fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (pairs(one), pairs(other));
    let shared = one.intersection(&other).count();
    shared as f64 / one.len().min(other.len()).max(1) as f64 >= SAME
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_PART_CHARS[side(text)]) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(texts: &[&str]) -> (Vec<i64>, String) {
        let messages: Vec<Message<'_>> =
            texts.iter().enumerate().map(|(place, text)| Message { seq: place as i64 + 2, text }).collect();
        let parts = parts_of(&messages, &[]);
        (parts.iter().map(|part| part.seq).collect(), statement(&parts, Language::Zh))
    }

    #[test]
    fn states_what_is_asked_and_leaves_the_rest() {
        let (seqs, ask) = stated(&["在吗", "你好", "我买的帐篷杆断了，可以只换一根杆子吗？", "谢谢"]);
        assert_eq!((seqs, ask.as_str()), (vec![4], "买家询问买的帐篷杆断了，是否可以只换一根杆子"));
        let (seqs, ask) =
            stated(&["Hello there, can I return the tent?", "thanks", "The zip is broken and I want my money back"]);
        assert_eq!(seqs, [2, 4]);
        assert_eq!(ask, "Asks: can I return the tent; Wants: The zip is broken and I want my money back");
    }

    #[test]
    fn says_nothing_when_nothing_was_asked() {
        for texts in [&["你好", "在吗", "转人工"][..], &["hi", "thanks!"], &["202611220001", "[订单编号]"], &[""]]
        {
            assert_eq!(stated(texts).1, "", "{texts:?}");
        }
    }

    #[test]
    fn what_the_desk_took_up_is_what_was_asked() {
        let texts = ["家里来了一屋子亲戚客人", "安装师傅把墙面打坏"];
        let messages: Vec<Message<'_>> =
            texts.iter().enumerate().map(|(place, text)| Message { seq: place as i64, text }).collect();
        let best = |replies: &[&str]| parts_of(&messages, replies).into_iter().map(|part| part.seq).collect::<Vec<_>>();
        assert!(best(&[]).contains(&0));
        assert_eq!(best(&["安装师傅把墙面打坏，我们会赔偿"]), [1]);
    }

    #[test]
    fn the_same_question_is_stated_once() {
        let (seqs, _) = stated(&["快递到哪里了呢", "请问快递到哪里了", "快递到哪里了？？"]);
        assert_eq!(seqs.len(), 1);
    }

    #[test]
    fn stays_one_line_however_much_was_said() {
        let long = "我昨天买的那个东西到现在都没有发货".repeat(20);
        let (_, ask) = stated(&[&long, &long, "怎么还不发货"]);
        assert!(ask.chars().count() < 140, "{ask}");
    }
}
