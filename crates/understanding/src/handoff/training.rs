//! Training: the words' opinion of every turn is formed by regressions that haven't seen its dialogue, so that the
//! forest learns to weigh opinions as they will be about dialogues nobody has seen.

use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};

use super::{
    Dialogue, Model, Said, Settings, calibrated,
    forest::Forest,
    linear::{Case, Linear, sigmoid},
    neighbours::Neighbours,
    signals,
    words::{Keys, Row, Vocabulary, keys},
};
use crate::classifier::minimum;

/// The opinion before anything was said.
const NO_OPINION: f32 = -4.0;
/// Opinions are never surer than this.
const SUREST: f32 = 9.0;
/// Opinions of so many turns back make the recent mean.
const RECENT: usize = 4;
/// Opinions the calibration is learned on are held out in so many parts.
const CALIBRATION_FOLDS: usize = 5;

/// A judged turn as the forest sees it.
struct Seen {
    inputs: Vec<Vec<f32>>,
    verdicts: Vec<bool>,
    weights: Vec<f32>,
    dialogues: Vec<usize>,
}

/// Everything about a set of dialogues that doesn't depend on the fold.
struct Prepared<'a> {
    dialogues: &'a [&'a Dialogue],
    keys: Vec<Vec<Keys>>,
    signals: Vec<Vec<Vec<f32>>>,
    meaning: usize,
}

struct Words {
    vocabulary: Vocabulary,
    whole: Linear,
    now: Linear,
}

pub fn train(dialogues: &[Dialogue], settings: &Settings) -> Option<Model> {
    let all: Vec<&Dialogue> = dialogues.iter().collect();
    train_on(&all, settings)
}

/// The chances of every turn by models that haven't seen its dialogue, for choosing thresholds.
pub fn held_out(dialogues: &[Dialogue], parts: usize, settings: &Settings) -> Vec<Vec<f32>> {
    let parts_of = parts_of(dialogues.len(), parts, settings.seed ^ 0xface);
    let mut chances: Vec<Vec<f32>> = dialogues.iter().map(|it| vec![0.0; it.said.len()]).collect();
    for part in 0..parts {
        let known: Vec<&Dialogue> =
            dialogues.iter().zip(&parts_of).filter(|(_, of)| **of != part).map(|(it, _)| it).collect();
        let Some(model) = train_on(&known, settings) else { continue };
        for (place, dialogue) in dialogues.iter().enumerate().filter(|(place, _)| parts_of[*place] == part) {
            chances[place] = model.chances(&dialogue.said);
        }
    }
    chances
}

fn train_on(dialogues: &[&Dialogue], settings: &Settings) -> Option<Model> {
    let verdicts = || dialogues.iter().flat_map(|it| it.needs_human.iter().flatten());
    if !verdicts().any(|verdict| *verdict) || verdicts().all(|verdict| *verdict) {
        return None;
    }
    let said = || dialogues.iter().flat_map(|it| &it.said);
    let known = said().map(|turn| turn.known.len()).max().unwrap_or(0);
    let meaning = said().map(|turn| turn.meaning.len()).max().unwrap_or(0);
    let prepared = Prepared {
        dialogues,
        keys: dialogues.iter().map(|it| (0..it.said.len()).map(|place| keys(&it.said, place)).collect()).collect(),
        signals: dialogues.iter().map(|it| signals::of(&it.said, known)).collect(),
        meaning,
    };
    let parts = parts_of(dialogues.len(), settings.folds.min(dialogues.len()).max(2), settings.seed);
    let neighbours = Neighbours::of(dialogues);
    let seen = prepared.seen(&parts, &neighbours, settings);
    let words = prepared.words(&|_| true, settings);
    let calibration = calibration(&seen, settings);
    let forest = Forest::grow(&seen.inputs, &seen.verdicts, &seen.weights, settings);
    let Words { vocabulary, whole, now } = words;
    Some(Model { vocabulary, whole, now, neighbours, forest, calibration, known, meaning })
}

impl Prepared<'_> {
    /// Regressions on the dialogues of which `is_known` holds.
    fn words(&self, is_known: &dyn Fn(usize) -> bool, settings: &Settings) -> Words {
        let known: Vec<usize> = (0..self.dialogues.len()).filter(|place| is_known(*place)).collect();
        let vocabulary = Vocabulary::of(known.iter().flat_map(|place| &self.keys[*place]));
        let mut rows: Vec<(Row, Vec<f32>, usize, bool, f32)> = Vec::new();
        for place in known {
            let dialogue = self.dialogues[place];
            for (turn, verdict) in dialogue.needs_human.iter().enumerate() {
                let Some(verdict) = verdict else { continue };
                let row = vocabulary.row(&self.keys[place][turn]);
                let numbers = numbers(&self.signals[place][turn], &dialogue.said[turn], self.meaning);
                let signals = self.signals[place][turn].len();
                rows.push((row, numbers, signals, *verdict, dialogue.weight));
            }
        }
        let cases = |is_whole: bool| -> Vec<Case<'_>> {
            rows.iter()
                .map(|(row, numbers, signals, verdict, weight)| Case {
                    words: if is_whole { &row.whole } else { &row.now },
                    numbers: if is_whole { numbers } else { &numbers[*signals..] },
                    verdict: *verdict,
                    weight: *weight,
                })
                .collect()
        };
        let train = |is_whole| Linear::train(vocabulary.len(), &cases(is_whole), settings.words_strength);
        Words { whole: train(true), now: train(false), vocabulary }
    }

    /// Every judged turn, with opinions of it by regressions that haven't seen its dialogue.
    fn seen(&self, parts: &[usize], neighbours: &Neighbours, settings: &Settings) -> Seen {
        let mut seen = Seen { inputs: vec![], verdicts: vec![], weights: vec![], dialogues: vec![] };
        let count = parts.iter().max().map_or(0, |last| last + 1);
        for part in 0..count {
            let words = self.words(&|place| parts[place] != part, settings);
            for place in (0..self.dialogues.len()).filter(|place| parts[*place] == part) {
                let dialogue = self.dialogues[place];
                let rows: Vec<Row> = self.keys[place].iter().map(|keys| words.vocabulary.row(keys)).collect();
                let signals = &self.signals[place];
                let opinions = opinions(&words.whole, &words.now, &rows, signals, &dialogue.said, self.meaning);
                let inputs = forest_inputs(signals, &opinions, &neighbours.opinions(&dialogue.said, Some(place)));
                for (input, verdict) in inputs.into_iter().zip(&dialogue.needs_human) {
                    let Some(verdict) = verdict else { continue };
                    seen.inputs.push(input);
                    seen.verdicts.push(*verdict);
                    seen.weights.push(dialogue.weight);
                    seen.dialogues.push(place);
                }
            }
        }
        seen
    }
}

/// Signals and meaning in one row.
fn numbers(signals: &[f32], turn: &Said, meaning: usize) -> Vec<f32> {
    let meant = turn.meaning.iter().copied().chain(std::iter::repeat(0.0)).take(meaning);
    signals.iter().copied().chain(meant).collect()
}

/// What the words say of each turn: by everything, and by the present turn alone.
pub fn opinions(
    whole: &Linear,
    now: &Linear,
    rows: &[Row],
    signals: &[Vec<f32>],
    said: &[Said],
    meaning: usize,
) -> Vec<[f32; 2]> {
    rows.iter()
        .zip(signals)
        .zip(said)
        .map(|((row, signals), turn)| {
            let numbers = numbers(signals, turn, meaning);
            [whole.odds(&row.whole, &numbers), now.odds(&row.now, &numbers[signals.len()..])]
        })
        .map(|odds| odds.map(|odds| odds.clamp(-SUREST, SUREST)))
        .collect()
}

/// Signals, and how the opinions went up to each turn.
pub fn forest_inputs(signals: &[Vec<f32>], opinions: &[[f32; 2]], near: &[[f32; 2]]) -> Vec<Vec<f32>> {
    (0..signals.len())
        .map(|place| {
            let mut input = signals[place].clone();
            input.extend(near[place]);
            for kind in 0..2 {
                let until: Vec<f32> = opinions[..=place].iter().map(|pair| pair[kind]).collect();
                input.extend(course(&until));
            }
            input
        })
        .collect()
}

/// The last opinion among those before it.
fn course(until: &[f32]) -> [f32; 7] {
    let (last, before) = until.split_last().map_or((NO_OPINION, &[][..]), |(last, before)| (*last, before));
    let back = |count: usize| before.len().checked_sub(count).map_or(NO_OPINION, |at| before[at]);
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len().max(1) as f32;
    let most = before.iter().copied().fold(NO_OPINION, f32::max);
    let in_all = until.iter().map(|odds| sigmoid(*odds)).sum();
    let before_mean = if before.is_empty() { NO_OPINION } else { mean(before) };
    [last, back(1), back(2), most, before_mean, mean(&until[until.len().saturating_sub(RECENT)..]), in_all]
}

/// Slope and bias from forests that haven't seen the dialogue they judge.
fn calibration(seen: &Seen, settings: &Settings) -> (f32, f32) {
    let dialogues = seen.dialogues.iter().max().map_or(0, |last| last + 1);
    let parts = parts_of(dialogues, CALIBRATION_FOLDS.min(dialogues).max(2), settings.seed ^ 0xca11);
    // Calibration moves slowly with the number of trees, and this is done once for each part.
    let fewer = Settings { trees: settings.trees.div_ceil(3), ..*settings };
    let mut judged: Vec<(f32, bool, f32)> = Vec::new();
    for part in 0..CALIBRATION_FOLDS {
        let (asked, known): (Vec<usize>, Vec<usize>) =
            (0..seen.inputs.len()).partition(|row| parts[seen.dialogues[*row]] == part);
        let inputs: Vec<Vec<f32>> = known.iter().map(|row| seen.inputs[*row].clone()).collect();
        let verdicts: Vec<bool> = known.iter().map(|row| seen.verdicts[*row]).collect();
        let weights: Vec<f32> = known.iter().map(|row| seen.weights[*row]).collect();
        if inputs.is_empty() {
            continue;
        }
        let forest = Forest::grow(&inputs, &verdicts, &weights, &fewer);
        judged.extend(
            asked.into_iter().map(|row| (forest.share(&seen.inputs[row]), seen.verdicts[row], seen.weights[row])),
        );
    }
    line_through(&judged)
}

fn line_through(judged: &[(f32, bool, f32)]) -> (f32, f32) {
    let found = minimum(vec![1.0, 0.0], 60, |line| {
        let (mut value, mut slope, mut bias) = (0.0f64, 0.0f32, 0.0f32);
        for (share, verdict, weight) in judged {
            let share = share.clamp(1e-4, 1.0 - 1e-4);
            let odds = (share / (1.0 - share)).ln();
            let chance = calibrated(share, (line[0], line[1])).clamp(1e-6, 1.0 - 1e-6);
            value -= f64::from(*weight) * f64::from(if *verdict { chance.ln() } else { (1.0 - chance).ln() });
            let pull = weight * (chance - if *verdict { 1.0 } else { 0.0 });
            slope += pull * odds;
            bias += pull;
        }
        (value, vec![slope, bias])
    });
    (found[0], found[1])
}

/// Which part each dialogue is held out in.
fn parts_of(count: usize, parts: usize, seed: u64) -> Vec<usize> {
    let mut of: Vec<usize> = (0..count).map(|place| place % parts.max(1)).collect();
    of.shuffle(&mut StdRng::seed_from_u64(seed));
    of
}
