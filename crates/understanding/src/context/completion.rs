//! Which piece of the last turns belongs where in an utterance that leaves something out. Every piece and every place
//! is scored by weighted features; the best pair makes the completed utterance.

use super::{
    spans::{MAX_TURN_CHARS, Place, Span, is_pronoun, places, spans},
    weights::{Weights, feature},
};

/// Stands for what is before the beginning and after the end.
const EDGE: char = '^';

/// A way to complete an utterance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub span: Span,
    pub place: Place,
    pub score: f32,
}

/// The utterance and the turns before it, taken apart once.
#[derive(Debug)]
pub struct Completer {
    turns: Vec<Vec<char>>,
    utterance: Vec<char>,
    spans: Vec<(Span, Vec<u32>)>,
    places: Vec<(Place, Vec<u32>)>,
}

/// Every pair of a piece and a place, best first, as far as `limit`.
pub fn candidates(completer: &Completer, weights: &Weights, limit: usize) -> Vec<Candidate> {
    let mut found = completer.scored(weights);
    found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(limit);
    found
}

impl Completer {
    /// `turns` are the texts before, the oldest first.
    pub fn new(utterance: &str, turns: &[&str]) -> Self {
        let turns: Vec<Vec<char>> =
            turns.iter().rev().map(|turn| turn.chars().take(MAX_TURN_CHARS).collect()).collect();
        let utterance: Vec<char> = utterance.chars().take(MAX_TURN_CHARS).collect();
        let spans = spans(&turns).into_iter().map(|span| (span, span_features(&turns, &utterance, span))).collect();
        let places = places(&utterance).into_iter().map(|place| (place, place_features(&utterance, place))).collect();
        Self { turns, utterance, spans, places }
    }

    fn scored(&self, weights: &Weights) -> Vec<Candidate> {
        let of_places: Vec<f32> = self.places.iter().map(|(_, features)| weights.sum(features)).collect();
        let mut found = Vec::with_capacity(self.spans.len() * self.places.len());
        for (span, features) in &self.spans {
            let of_span = weights.sum(features);
            for ((place, _), of_place) in self.places.iter().zip(&of_places) {
                let both = weights.sum(&self.joint_features(*span, *place));
                found.push(Candidate { span: *span, place: *place, score: of_span + of_place + both });
            }
        }
        found
    }

    /// The best pair for which `allowed` holds.
    pub fn best(&self, weights: &Weights, allowed: impl Fn(&Candidate) -> bool) -> Option<Candidate> {
        self.scored(weights).into_iter().filter(allowed).max_by(|a, b| a.score.total_cmp(&b.score))
    }

    /// The pairs that make exactly `text`.
    pub fn making(&self, text: &str) -> Vec<(Span, Place)> {
        let wanted: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        for (place, _) in &self.places {
            let kept = self.utterance.len() - (place.end - place.start);
            let is_around = wanted.len() > kept
                && wanted[..place.start] == self.utterance[..place.start]
                && wanted[wanted.len() - (self.utterance.len() - place.end)..] == self.utterance[place.end..];
            if !is_around {
                continue;
            }
            let middle = &wanted[place.start..wanted.len() - (self.utterance.len() - place.end)];
            let same = self.spans.iter().filter(|(span, _)| self.piece(*span) == middle);
            found.extend(same.map(|(span, _)| (*span, *place)));
        }
        found
    }

    pub fn piece(&self, span: Span) -> &[char] {
        &self.turns[span.turn][span.start..span.end]
    }

    pub fn text(&self, span: Span, place: Place) -> String {
        let (before, after) = (&self.utterance[..place.start], &self.utterance[place.end..]);
        before.iter().chain(self.piece(span)).chain(after).collect()
    }

    /// Everything that speaks for or against a pair.
    pub fn features(&self, span: Span, place: Place) -> Vec<u32> {
        let mut all = span_features(&self.turns, &self.utterance, span);
        all.extend(place_features(&self.utterance, place));
        all.extend(self.joint_features(span, place));
        all
    }

    fn joint_features(&self, span: Span, place: Place) -> [u32; 12] {
        let turn = &self.turns[span.turn];
        let piece = &turn[span.start..span.end];
        let (first, last) = (piece[0], piece[piece.len() - 1]);
        let before = at(&self.utterance, place.start, -1);
        let after = at(&self.utterance, place.end, 0);
        let (span_before, span_after) = (at(turn, span.start, -1), at(turn, span.end, 0));
        let pointer = if place.is_insertion() { EDGE } else { self.utterance[place.start] };
        let length = small(piece.len());
        let latest = small(span.turn);
        let same = |one: char, other: char| char::from(b'0' + u8::from(one == other && one != EDGE));
        let way = edge_of(place, self.utterance.len());
        [
            feature(100, &[before, first]),
            feature(101, &[last, after]),
            feature(102, &[pointer, last]),
            feature(103, &[pointer, length]),
            feature(104, &[pointer, way, latest]),
            feature(105, &[pointer, span_before]),
            feature(106, &[way, pointer, span_after]),
            feature(107, &[same(span_before, before), way]),
            feature(108, &[same(span_after, after), way, pointer]),
            feature(109, &[way, length, small(self.utterance.len())]),
            feature(110, &[pointer, first]),
            feature(111, &[before, first, last, after]),
        ]
    }
}

fn at(symbols: &[char], index: usize, step: isize) -> char {
    index.checked_add_signed(step).and_then(|index| symbols.get(index)).copied().unwrap_or(EDGE)
}

/// A number as a feature: one character each up to nine, and one for more.
fn small(number: usize) -> char {
    char::from(b'0' + u8::try_from(number.min(10)).unwrap_or(10))
}

fn edge_of(place: Place, length: usize) -> char {
    match (place.is_insertion(), place.start, place.end) {
        (false, 0, _) => 'b',
        (false, ..) => 'r',
        (true, 0, _) => 's',
        (true, _, end) if end == length => 'e',
        (true, ..) => 'm',
    }
}

/// What speaks for a piece by itself: its borders, its length, and where else it is said.
fn span_features(turns: &[Vec<char>], utterance: &[char], span: Span) -> Vec<u32> {
    let turn = &turns[span.turn];
    let piece = &turn[span.start..span.end];
    let (first, last) = (piece[0], piece[piece.len() - 1]);
    let (before, earlier) = (at(turn, span.start, -1), at(turn, span.start, -2));
    let (after, later) = (at(turn, span.end, 0), at(turn, span.end, 1));
    let elsewhere = turns.iter().enumerate().any(|(index, other)| index != span.turn && contains(other, piece));
    let flag = |is: bool| if is { '1' } else { '0' };
    let which = small(span.turn);
    let mut all = vec![
        feature(1, &[before]),
        feature(2, &[earlier, before]),
        feature(3, &[before, first]),
        feature(4, &[first]),
        feature(5, &[last]),
        feature(6, &[after]),
        feature(7, &[after, later]),
        feature(8, &[last, after]),
        feature(9, &[small(piece.len())]),
        feature(10, &[which]),
        feature(11, &[flag(elsewhere), flag(before == EDGE), flag(after == EDGE), which]),
        feature(12, &[flag(elsewhere), small(piece.len())]),
        feature(13, &[flag(contains(utterance, piece))]),
        feature(14, &[at(turn, span.start, -3), earlier, before]),
        feature(15, &[after, later, at(turn, span.end, 2)]),
        feature(16, &[before, after]),
        feature(17, &[earlier, before, after, later]),
        feature(18, &[which, before, after]),
        feature(19, &[flag(piece.iter().any(|symbol| is_pronoun(*symbol)))]),
        feature(20, &[flag(piece.iter().all(char::is_ascii_alphanumeric))]),
    ];
    if piece.len() >= 2 {
        all.push(feature(21, &piece[..2]));
        all.push(feature(22, &piece[piece.len() - 2..]));
        all.push(feature(23, &[piece[piece.len() - 2], last, after]));
        all.push(feature(24, &[before, first, piece[1]]));
    }
    all.extend(piece.iter().map(|symbol| feature(25, &[*symbol])));
    all.extend(piece.windows(2).map(|pair| feature(26, pair)));
    all.extend(piece.iter().filter(|symbol| utterance.contains(symbol)).map(|_| feature(27, &[])));
    all
}

fn contains(text: &[char], piece: &[char]) -> bool {
    piece.len() <= text.len() && text.windows(piece.len()).any(|window| window == piece)
}

/// What speaks for a place by itself.
fn place_features(utterance: &[char], place: Place) -> Vec<u32> {
    let way = edge_of(place, utterance.len());
    let (before, earlier) = (at(utterance, place.start, -1), at(utterance, place.start, -2));
    let (after, later) = (at(utterance, place.end, 0), at(utterance, place.end, 1));
    let pointed: Vec<char> = utterance[place.start..place.end].to_vec();
    let tagged = |symbols: &[char]| [&[way][..], symbols].concat();
    let has_pronoun = utterance.iter().any(|symbol| is_pronoun(*symbol));
    vec![
        feature(50, &[way]),
        feature(51, &[way, small(utterance.len())]),
        feature(52, &tagged(&[before])),
        feature(53, &tagged(&[earlier, before])),
        feature(54, &tagged(&[after])),
        feature(55, &tagged(&[after, later])),
        feature(56, &tagged(&[before, after])),
        feature(57, &tagged(&[after, later, at(utterance, place.end, 2)])),
        feature(58, &tagged(&[at(utterance, place.start, -3), earlier, before])),
        feature(59, &pointed),
        feature(60, &tagged(&[if has_pronoun { '1' } else { '0' }])),
        feature(61, &[&pointed[..], &[EDGE, after]].concat()),
        feature(62, &[&pointed[..], &[EDGE, before]].concat()),
        feature(63, &tagged(&utterance[..utterance.len().min(2)])),
        feature(64, &tagged(&utterance[utterance.len().saturating_sub(2)..])),
        feature(65, &tagged(&[earlier, before, after, later])),
        feature(66, &tagged(&[utterance.last().copied().unwrap_or(EDGE)])),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(turns: &[&str], utterance: &str) -> String {
        let completer = Completer::new(utterance, turns);
        let best = completer.best(&Weights::shipped(), |_| true).expect("there are candidates");
        completer.text(best.span, best.place)
    }

    #[test]
    fn completes_by_the_weights_set_by_hand() {
        assert_eq!(completed(&["你知道雪山帐篷吗", "知道呀"], "它防雨吗"), "雪山帐篷防雨吗");
        assert_eq!(completed(&["无线耳机好用吗", "很多人买"], "多少钱"), "无线耳机多少钱");
    }

    #[test]
    fn pairs_that_make_a_text_are_found() {
        let completer = Completer::new("他多高", &["姚明啊", "那个篮球明星"]);
        let pairs = completer.making("姚明多高");
        assert_eq!(pairs.len(), 1);
        assert_eq!(completer.text(pairs[0].0, pairs[0].1), "姚明多高");
        assert!(completer.making("科比多高").is_empty());
    }
}
