//! Where one ask may hold several wishes: at commas and "and"s. Whether it does, only whoever can tell wishes apart knows.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::is_han;

/// A shorter piece says nothing of its own.
const MIN_CHARS: usize = 4;
/// More pieces than this are a list, not wishes.
const MAX_PIECES: usize = 8;

static CUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)[，,、；;。.!！?？\n]+\s*(?:(?:and then|and also|and|then|plus|also|but)\b\s*|然后|再|并且|并|而且|同时|顺便)?|\s+(?:and then|and also|and|then|plus)\s+|然后|并且|同时|顺便",
    )
    .expect("a constant pattern")
});
/// A thing and nothing said of it: "the backpack", "my blue jacket".
static THING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:the|an?|my|its|this|that|these|those|for|in|to|of|with|or)\b").expect("a constant pattern")
});
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:is|are|was|were|has|have|had|do|does|did|came|can|could|will|would|should|needs?|wants?|\w+n't|\w{3,}ed|not|never|broke|stuck|late|lost|wrong)\b",
    )
    .expect("a constant pattern")
});

/// The pieces an ask can be cut into, each with something said in it; one when there is nothing to cut.
pub fn pieces_of(ask: &str) -> Vec<String> {
    let is_chinese = ask.chars().any(is_han);
    let mut cuts: Vec<(usize, usize)> = CUT.find_iter(ask).map(|cut| (cut.start(), cut.end())).collect();
    if is_chinese {
        cuts.extend(ask.match_indices(' ').map(|(start, space)| (start, start + space.len())));
        cuts.sort_unstable();
    }
    cuts.push((ask.len(), ask.len()));
    let mut pieces: Vec<String> = Vec::new();
    let mut begun = 0;
    let mut kept = 0;
    for (end, next) in cuts {
        if end < begun {
            continue;
        }
        let piece = ask[begun..end].trim();
        begun = next;
        if says_something(piece, is_chinese) {
            pieces.push(piece.to_owned());
            kept = end;
        } else if let Some(last) = pieces.last_mut() {
            // What says nothing of its own stays where it was said.
            last.push_str(&ask[kept..end]);
            kept = end;
        } else {
            begun = 0;
        }
    }
    if pieces.len() > MAX_PIECES || pieces.is_empty() { vec![ask.to_owned()] } else { pieces }
}

fn says_something(piece: &str, is_chinese: bool) -> bool {
    let letters = piece.chars().filter(|symbol| symbol.is_alphanumeric()).count();
    if is_chinese {
        return letters >= MIN_CHARS;
    }
    let is_phrase = piece.split_whitespace().count() >= 2;
    letters >= MIN_CHARS && is_phrase && (!THING.is_match(piece) || VERB.is_match(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_between_clauses_and_keeps_things_together() {
        let cases: [(&str, &[&str]); 6] = [
            (
                "Please cancel my order and recommend me a cheaper backpack",
                &["Please cancel my order", "recommend me a cheaper backpack"],
            ),
            ("compare the tent and the backpack", &["compare the tent and the backpack"]),
            ("track my package, then return the keyboard", &["track my package", "return the keyboard"]),
            ("先帮我查下物流，再把耳机退了", &["先帮我查下物流", "把耳机退了"]),
            ("昨天买的杯子碎了，怎么退", &["昨天买的杯子碎了，怎么退"]),
            ("hello", &["hello"]),
        ];
        for (ask, expected) in cases {
            assert_eq!(pieces_of(ask), expected, "{ask}");
        }
    }
}
