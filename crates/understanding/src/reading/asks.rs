//! A long message cut into what it asks, one text for each.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    acts::{Act, act_of, is_question, words},
    text::{is_han, is_only, normal},
};

/// More things at once are not kept apart: whoever answers reads the whole.
const MAX_ASKS: usize = 6;
/// A shorter clause belongs to its neighbour.
const MIN_CLAUSE_CHARS: usize = 4;

static SENTENCE_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[。！？!?；;\n]+|\.(?:\s+|$)").expect("a constant pattern"));
/// Words that begin another matter, and commas between questions.
static ALSO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[，,、\s]*(?:另外|还有就是|还有一个问题|还有个问题|还有件事|还有|顺便(?:问一下|问下|再)?|对了|其次|再问一下|再问下|再就是|以及我?想|同时我?也?想|然后我?(?:想|还|再))[，,：:\s]*|[,;]?\s+(?:and also|also,?|another (?:thing|question)[:,]?|by the way,?|btw,?|plus,?|one more (?:thing|question)[:,]?|and (?:can|could|what|when|where|how|why|do|does|is|are|will|i (?:want|need|would|also)|please)(?-u:\b))")
        .expect("a constant pattern")
});
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s，,。；;])(?:[一二三四五六]、|[1-6][、.．)）](?:\D)|第[一二三四五六][,，、]|[①②③④⑤⑥])")
        .expect("a constant pattern")
});

/// The things asked. Statements stay with what they explain: 「昨天买的杯子碎了，怎么退？」 is one ask.
pub fn asks_of(text: &str) -> Vec<String> {
    let mut asks: Vec<String> = Vec::new();
    let mut told = String::new();
    for Clause { text: clause, is_added } in clauses(text) {
        if is_polite(&clause) {
            continue;
        }
        // "I also want" wants as much as "I want".
        let plain = clause.replace(" also ", " ");
        let is_asking = matches!(act_of(&plain), Act::Question | Act::Request) || is_question(&clause);
        let is_short = clause.chars().filter(|symbol| symbol.is_alphanumeric()).count() < MIN_CLAUSE_CHARS;
        match asks.last_mut() {
            // A scrap behind a question, such as 「急」, says nothing of its own.
            Some(last) if is_short && !is_asking => join(last, &clause),
            _ if is_asking => {
                // "… and I also want": what was told before is a matter of its own.
                if !told.is_empty() && is_added {
                    asks.push(std::mem::take(&mut told));
                }
                let mut ask = std::mem::take(&mut told);
                join(&mut ask, &clause);
                asks.push(ask);
            }
            _ => join(&mut told, &clause),
        }
    }
    // What was told last explains the last question, or is all there is.
    if !told.is_empty() {
        match asks.last_mut() {
            Some(last) => join(last, &told),
            None => asks.push(told),
        }
    }
    if asks.len() > MAX_ASKS { vec![text.trim().to_owned()] } else { asks }
}

fn is_polite(clause: &str) -> bool {
    let folded = normal(clause);
    let all: Vec<&str> =
        [words::GREETING, words::THANKS, words::GOODBYE, words::YES].into_iter().flatten().copied().collect();
    !folded.chars().any(char::is_alphanumeric) || is_only(&folded, &all, words::FILLER)
}

fn join(text: &mut String, clause: &str) {
    if text.ends_with(['.', '!']) {
        text.push(' ');
    } else if !text.is_empty() {
        text.push_str(if clause.chars().any(is_han) { "，" } else { ". " });
    }
    text.push_str(clause);
}

/// Sentences, with those cut in two that begin another matter in the middle.
/// A piece of a message.
struct Clause {
    text: String,
    /// It begins another matter: 「另外…」, "and I also want …".
    is_added: bool,
}

fn clauses(text: &str) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut ends: Vec<(usize, usize)> = SENTENCE_END.find_iter(text).map(|end| (end.start(), end.end())).collect();
    ends.push((text.len(), text.len()));
    for (end, next) in ends {
        // The mark says whether it is a question.
        let sentence = &text[start..next];
        start = next;
        if end > 0 {
            found.extend(cut_at_also(sentence));
        }
    }
    found.retain(|clause: &Clause| clause.text.chars().any(char::is_alphanumeric));
    found
}

fn cut_at_also(sentence: &str) -> Vec<Clause> {
    let mut cuts: Vec<(usize, usize)> =
        ALSO.find_iter(sentence).map(|cut| (cut.start(), after_also(sentence, cut.start(), cut.end()))).collect();
    cuts.extend(NUMBERED.find_iter(sentence).map(|cut| (cut.start(), cut.start())));
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    let mut start = 0;
    for (end, next) in cuts {
        if end > start {
            pieces.push(&sentence[start..end]);
            start = next.max(end);
        } else {
            start = start.max(next);
        }
    }
    pieces.push(&sentence[start..]);
    // A question behind a question: 「多少钱，有货吗」.
    let questions = pieces.into_iter().enumerate().flat_map(|(place, piece)| {
        cut_between_questions(piece).into_iter().map(move |text| Clause { text: tidied(text), is_added: place > 0 })
    });
    questions.filter(|clause| !clause.text.is_empty()).collect()
}

/// "and can you" begins with the verb, 「另外」 is dropped.
fn after_also(sentence: &str, start: usize, end: usize) -> usize {
    let word = sentence[start..end].trim_start_matches([',', ';', ' ']);
    let is_and_verb = word.to_ascii_lowercase().strip_prefix("and ").is_some_and(|rest| !rest.starts_with("also"));
    if is_and_verb { end - word.len() + "and ".len() } else { end }
}

/// Clauses of which each asks by itself are kept apart; others stay one.
fn cut_between_questions(piece: &str) -> Vec<&str> {
    let parts: Vec<&str> = piece.split(['，', ',', ' ']).filter(|part| !part.trim().is_empty()).collect();
    let is_chinese = piece.chars().any(is_han);
    let each_asks = parts.len() > 1
        && parts.iter().all(|part| {
            let letters = part.chars().filter(|symbol| symbol.is_alphanumeric()).count();
            letters >= MIN_CLAUSE_CHARS - 1 && is_question(part)
        });
    if is_chinese && each_asks { parts } else { vec![piece] }
}

fn tidied(piece: &str) -> String {
    piece.trim_matches(|symbol: char| symbol.is_whitespace() || "，,、。；;：:！!".contains(symbol)).to_owned()
}
