//! Extremely randomised trees (Geurts and others, 2006): every split is drawn by chance among a few signals, and the
//! best of the draws is taken. Smooth where single trees are jagged, and hard to overfit.

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};

use super::Settings;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Forest {
    trees: Vec<Tree>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
enum Node {
    Leaf(f32),
    /// Below the threshold left is next in the list, else right.
    Split {
        signal: u32,
        threshold: f32,
        right: u32,
    },
}

/// The rows a tree grows on.
struct Ground<'a> {
    inputs: &'a [Vec<f32>],
    verdicts: &'a [bool],
    weights: &'a [f32],
    least_leaf: usize,
    draws: usize,
}

impl Forest {
    pub fn grow(inputs: &[Vec<f32>], verdicts: &[bool], weights: &[f32], settings: &Settings) -> Self {
        let width = inputs.first().map_or(0, Vec::len);
        let draws = ((width as f32 * settings.signal_share) as usize).max(1);
        let ground = Ground { inputs, verdicts, weights, least_leaf: settings.least_leaf.max(1), draws };
        let trees = (0..settings.trees).map(|tree| {
            let mut random = StdRng::seed_from_u64(settings.seed.wrapping_mul(1_000_003) ^ tree as u64);
            let mut rows: Vec<u32> = (0..inputs.len() as u32).collect();
            let mut tree = Tree::default();
            ground.grow(&mut tree, &mut rows, &mut random);
            tree
        });
        Self { trees: trees.collect() }
    }

    /// The mean of the trees' shares.
    pub fn share(&self, input: &[f32]) -> f32 {
        self.trees.iter().map(|tree| tree.share(input)).sum::<f32>() / self.trees.len().max(1) as f32
    }
}

impl Tree {
    fn share(&self, input: &[f32]) -> f32 {
        let mut at = 0;
        loop {
            match self.nodes.get(at) {
                Some(Node::Split { signal, threshold, right }) => {
                    at = if input[*signal as usize] < *threshold { at + 1 } else { *right as usize };
                }
                Some(Node::Leaf(share)) => return *share,
                None => return 0.0,
            }
        }
    }
}

impl Ground<'_> {
    fn grow(&self, tree: &mut Tree, rows: &mut [u32], random: &mut StdRng) {
        let (for_it, in_all) = self.sums(rows);
        let share = if in_all > 0.0 { for_it / in_all } else { 0.0 };
        let is_pure = for_it <= 0.0 || for_it >= in_all;
        let split = if is_pure || rows.len() < 2 * self.least_leaf { None } else { self.split(rows, random) };
        let Some((signal, threshold)) = split else {
            tree.nodes.push(Node::Leaf(share));
            return;
        };
        let place = tree.nodes.len();
        tree.nodes.push(Node::Leaf(share));
        let below = partition(rows, |row| self.inputs[row as usize][signal] < threshold);
        let (left, right) = rows.split_at_mut(below);
        self.grow(tree, left, random);
        let next = tree.nodes.len() as u32;
        tree.nodes[place] = Node::Split { signal: signal as u32, threshold, right: next };
        self.grow(tree, right, random);
    }

    fn sums(&self, rows: &[u32]) -> (f32, f32) {
        rows.iter().fold((0.0, 0.0), |(for_it, in_all), row| {
            let weight = self.weights[*row as usize];
            (for_it + if self.verdicts[*row as usize] { weight } else { 0.0 }, in_all + weight)
        })
    }

    /// The best of some random splits, over signals that differ among the rows.
    fn split(&self, rows: &[u32], random: &mut StdRng) -> Option<(usize, f32)> {
        let width = self.inputs[0].len();
        let mut signals: Vec<usize> = (0..width).collect();
        let mut best: Option<(f32, usize, f32)> = None;
        let mut drawn = 0;
        for left in (0..width).rev() {
            if drawn == self.draws {
                break;
            }
            let signal = signals.swap_remove(random.random_range(0..=left));
            let values = rows.iter().map(|row| self.inputs[*row as usize][signal]);
            let (low, high) = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
            if high <= low {
                continue;
            }
            drawn += 1;
            let threshold = low + (high - low) * random.random_range(f32::EPSILON..1.0);
            if let Some(gain) = self.gain(rows, signal, threshold)
                && best.is_none_or(|(known, ..)| gain > known)
            {
                best = Some((gain, signal, threshold));
            }
        }
        best.map(|(_, signal, threshold)| (signal, threshold))
    }

    /// How pure both sides become; more is better. `None` when a side is too small.
    fn gain(&self, rows: &[u32], signal: usize, threshold: f32) -> Option<f32> {
        let mut sides = [(0.0f32, 0.0f32, 0usize); 2];
        for row in rows {
            let row = *row as usize;
            let side = &mut sides[usize::from(self.inputs[row][signal] >= threshold)];
            side.0 += if self.verdicts[row] { self.weights[row] } else { 0.0 };
            side.1 += self.weights[row];
            side.2 += 1;
        }
        if sides.iter().any(|side| side.2 < self.least_leaf || side.1 <= 0.0) {
            return None;
        }
        Some(sides.iter().map(|(for_it, in_all, _)| (for_it * for_it + (in_all - for_it).powi(2)) / in_all).sum())
    }
}

/// Puts the rows that hold first; how many they are.
fn partition(rows: &mut [u32], holds: impl Fn(u32) -> bool) -> usize {
    let mut next = 0;
    for place in 0..rows.len() {
        if holds(rows[place]) {
            rows.swap(next, place);
            next += 1;
        }
    }
    next
}
