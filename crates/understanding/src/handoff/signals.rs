//! Numbers that tell how a conversation goes: who repeats whom, how long it has lasted, how much was written.

use std::collections::BTreeSet;

use super::Said;

/// Two turns this alike by their words say the same.
const SAME: f32 = 0.6;
const NEARLY_SAME: f32 = 0.5;

/// One row for each turn, of what was known at it.
pub fn of(said: &[Said], known: usize) -> Vec<Vec<f32>> {
    let words: Vec<BTreeSet<u64>> = said.iter().map(|turn| turn.words.iter().copied().collect()).collect();
    let past = Past { said, words: &words };
    (0..said.len()).map(|place| past.signals(place, known)).collect()
}

struct Past<'a> {
    said: &'a [Said],
    words: &'a [BTreeSet<u64>],
}

/// What one side said up to a turn: the places.
struct Side(Vec<usize>);

impl Past<'_> {
    fn signals(&self, place: usize, known: usize) -> Vec<f32> {
        let turn = &self.said[place];
        let side = |by_shopper: bool, end: usize| {
            Side((0..end).filter(|at| self.said[*at].by_shopper == by_shopper).collect())
        };
        let (own, other) = (side(turn.by_shopper, place), side(!turn.by_shopper, place));
        let (shopper, desk) = (side(true, place + 1), side(false, place + 1));
        let alike = |at: usize| self.alike(place, at);
        let most = |side: &Side| side.0.iter().map(|at| alike(*at)).fold(0.0, f32::max);
        let same = own.0.iter().filter(|at| alike(**at) >= SAME).count();
        let exact = own.0.iter().filter(|at| self.said[**at].words == turn.words).count();
        let run = (0..=place).rev().take_while(|at| self.said[*at].by_shopper == turn.by_shopper).count();
        let before = |back: usize| place.checked_sub(back).map_or(0.0, &alike);
        let length = |side: &Side| side.0.last().map_or(0.0, |at| self.said[*at].length as f32);
        let mean_length =
            desk.0.iter().map(|at| self.said[*at].length as f32).sum::<f32>() / desk.0.len().max(1) as f32;
        let answered = if turn.by_shopper { None } else { shopper.0.last() };
        let of_question = answered.map_or((0.0, 0.0), |at| (alike(*at), self.contained(*at, place)));
        let (shopper_most, shopper_last) = self.last_again(&shopper);
        let (desk_most, desk_last) = self.last_again(&desk);
        let mut signals = vec![
            if turn.by_shopper { 0.0 } else { 1.0 },
            place as f32,
            (turn.length as f32).ln_1p(),
            most(&own),
            most(&other),
            same as f32,
            exact as f32,
            run as f32,
            shopper_most,
            shopper_last,
            desk_most,
            desk_last,
            self.again(&desk, SAME) as f32,
            self.again(&shopper, NEARLY_SAME) as f32,
            of_question.0,
            of_question.1,
            shopper.0.len() as f32,
            desk.0.len() as f32,
            length(&shopper).ln_1p(),
            length(&desk).ln_1p(),
            mean_length.ln_1p(),
            self.words[place].len() as f32 / turn.words.len().max(1) as f32,
            if turn.is_question { 1.0 } else { 0.0 },
            before(1),
            before(2),
            self.new_words(place, &own),
            self.meant_before(place, &own),
        ];
        let more = turn.known.iter().copied().chain(std::iter::repeat(0.0)).take(known);
        signals.extend(more);
        signals
    }

    /// Jaccard's measure.
    fn alike(&self, one: usize, other: usize) -> f32 {
        let (one, other) = (&self.words[one], &self.words[other]);
        let shared = one.intersection(other).count();
        if shared == 0 { 0.0 } else { shared as f32 / (one.len() + other.len() - shared) as f32 }
    }

    /// The share of one turn's words that come again in another.
    fn contained(&self, one: usize, other: usize) -> f32 {
        let shared = self.words[one].intersection(&self.words[other]).count();
        shared as f32 / self.words[one].len().max(1) as f32
    }

    /// How alike the side's last turn is to its earlier ones: the most alike, and the one before.
    fn last_again(&self, side: &Side) -> (f32, f32) {
        let Some((last, earlier)) = side.0.split_last() else { return (0.0, 0.0) };
        let alike = |at: &usize| self.alike(*last, *at);
        (earlier.iter().map(alike).fold(0.0, f32::max), earlier.last().map_or(0.0, alike))
    }

    /// How many turns of the side said what it had said before.
    fn again(&self, side: &Side, least: f32) -> usize {
        let is_again = |place: usize| side.0[..place].iter().any(|at| self.alike(side.0[place], *at) >= least);
        (1..side.0.len()).filter(|place| is_again(*place)).count()
    }

    /// The share of the turn's words that its side hadn't used.
    fn new_words(&self, place: usize, own: &Side) -> f32 {
        let is_new = |word: &&u64| !own.0.iter().any(|at| self.words[*at].contains(*word));
        self.words[place].iter().filter(is_new).count() as f32 / self.words[place].len().max(1) as f32
    }

    /// How near the turn's meaning is to something its side said; 0 without a model.
    fn meant_before(&self, place: usize, own: &Side) -> f32 {
        let cosine = |at: &usize| {
            let pairs = self.said[place].meaning.iter().zip(&self.said[*at].meaning);
            pairs.map(|(x, y)| x * y).sum::<f32>()
        };
        own.0.iter().map(cosine).fold(0.0, f32::max)
    }
}
