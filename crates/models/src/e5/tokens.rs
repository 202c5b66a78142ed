//! The XLM-R unigram tokeniser: normalises a text and finds its most probable cut into pieces (Viterbi).

use super::pieces::{Normaliser, PieceHash, Pieces};

/// SentencePiece's mark for a space.
const SPACE_MARK: char = '\u{2581}';

/// Cuts `prefix` followed by `text` into piece ids, without start and end tokens.
pub fn tokenise(pieces: &Pieces, normaliser: &Normaliser, prefix: &str, text: &str) -> Vec<u32> {
    let text = normalise(normaliser, prefix.chars().chain(text.chars()));
    best_cut(pieces, &text)
}

/// Rewrites characters by the table, joins runs of spaces, marks spaces, and begins with a mark.
fn normalise(normaliser: &Normaliser, text: impl Iterator<Item = char>) -> String {
    let mut marked = String::from(SPACE_MARK);
    let (mut is_first, mut is_after_space) = (true, false);
    let mut push = |character: char| {
        let is_space = character == ' ';
        // The mark at the front stands for a leading space, if there is one.
        if !(is_space && (is_after_space || is_first)) {
            marked.push(if is_space { SPACE_MARK } else { character });
        }
        (is_first, is_after_space) = (false, is_space);
    };
    for character in text {
        match normaliser.rewrite(character) {
            Some(rewritten) => rewritten.iter().for_each(|character| push(*character)),
            None => push(character),
        }
    }
    marked
}

/// The best way found to reach a place in the text.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    piece: u32,
    from: u32,
}

/// Viterbi over the characters of `text`: the cut whose pieces' log probabilities sum highest.
/// A character no piece covers becomes one unknown token.
fn best_cut(pieces: &Pieces, text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = |from: usize| {
        let last = bytes.len().min(from + pieces.longest());
        (from + 1..=last).filter(|end| text.is_char_boundary(*end))
    };
    let unreached = Step { score: f32::NEG_INFINITY, piece: pieces.specials.unknown, from: 0 };
    let mut steps = vec![unreached; bytes.len() + 1];
    steps[0].score = 0.0;
    for (from, character) in text.char_indices() {
        let here = steps[from].score;
        let (mut hash, mut hashed) = (PieceHash::START, from);
        for end in ends(from) {
            hash = bytes[hashed..end].iter().fold(hash, |hash, byte| hash.with(*byte));
            hashed = end;
            let Some(piece) = pieces.find(&bytes[from..end], hash) else { continue };
            let score = here + pieces.score(piece);
            if piece != pieces.specials.unknown && score > steps[end].score {
                steps[end] = Step { score, piece, from: from as u32 };
            }
        }
        let score = here + pieces.unknown_score();
        let next = &mut steps[from + character.len_utf8()];
        if score > next.score {
            *next = Step { score, piece: pieces.specials.unknown, from: from as u32 };
        }
    }
    let mut tokens = Vec::new();
    let mut at = bytes.len();
    while at > 0 {
        tokens.push(steps[at].piece);
        at = steps[at].from as usize;
    }
    tokens.reverse();
    tokens
}

#[cfg(test)]
mod tests {
    use super::super::pieces::Specials;
    use super::*;

    fn pieces(list: &[(&str, f32)]) -> Pieces {
        let specials = Specials { start: 0, end: 1, unknown: 2 };
        let mut all = vec![("<s>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)];
        all.extend_from_slice(list);
        let text: Vec<u8> = all.iter().flat_map(|(piece, _)| piece.bytes()).collect();
        let mut offsets = vec![0];
        for (piece, _) in &all {
            offsets.push(offsets.last().unwrap() + piece.len() as u32);
        }
        let scores = all.iter().map(|(_, score)| *score).collect();
        Pieces::new(text, offsets, scores, specials).unwrap()
    }

    #[test]
    fn the_most_probable_cut_wins() {
        let pieces = pieces(&[("▁", -3.0), ("退", -4.0), ("货", -4.0), ("退货", -5.0), ("▁退", -6.5)]);
        let cut = |text| tokenise(&pieces, &Normaliser::default(), "", text);
        assert_eq!(cut("退货"), [3, 6]);
        assert_eq!(cut("退"), [7]);
        assert_eq!(cut("退?货"), [7, 2, 5]);
        assert_eq!(cut(""), [3]);
    }

    #[test]
    fn spaces_are_joined_and_marked_once_at_the_front() {
        let plain = Normaliser::default();
        for text in ["a b", " a  b", "  a b"] {
            assert_eq!(normalise(&plain, text.chars()), "▁a▁b", "{text:?}");
        }
        assert_eq!(normalise(&plain, "a ".chars()), "▁a▁");
    }

    #[test]
    fn characters_are_rewritten_by_the_table() {
        let mut table = Vec::new();
        for (from, into) in [(0x07u32, ""), (0x09, " "), (0x338d, "ug")] {
            table.extend(from.to_le_bytes());
            table.push(into.len() as u8);
            table.extend(into.chars().flat_map(|c| u32::from(c).to_le_bytes()));
        }
        let normaliser = Normaliser::parse(3, &table).unwrap();
        assert_eq!(normalise(&normaliser, "a\u{7}\t 5㎍".chars()), "▁a▁5ug");
        assert!(Normaliser::parse(3, &table[..table.len() - 1]).is_err());
        assert!(Normaliser::parse(4, &table).is_err());
    }

    #[test]
    fn contradictory_pieces_are_refused() {
        let specials = Specials { start: 0, end: 0, unknown: 0 };
        let new = |offsets: &[u32], scores: &[f32]| {
            Pieces::new(b"ab".to_vec(), offsets.to_vec(), scores.to_vec(), specials).err()
        };
        assert_eq!(new(&[0, 1, 2], &[-1.0, -1.0]), None);
        assert_eq!(new(&[1, 0, 2], &[-1.0, -1.0]), Some("the pieces are not in order"));
        assert_eq!(new(&[0, 1, 3], &[-1.0, -1.0]), Some("a piece lies outside the vocabulary"));
        assert_eq!(new(&[0, 1, 2], &[-1.0, f32::NAN]), Some("a score is not finite"));
    }
}
