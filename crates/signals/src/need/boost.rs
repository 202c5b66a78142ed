//! Gradient boosting for yes and no: histograms, shallow trees grown where they gain most, second-order steps.

use serde::{Deserialize, Serialize};

use super::{
    Table,
    bins::{UNKNOWN, bin, cuts},
};

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub trees: usize,
    pub leaves: usize,
    pub rate: f64,
    /// Rows a leaf must have.
    pub leaf_rows: usize,
    /// Pulls the steps of leaves towards nothing.
    pub ridge: f64,
    /// The share of features each tree may look at.
    pub features: f64,
    /// The share of rows each tree sees.
    pub rows: f64,
    pub seed: u64,
}

impl Default for Settings {
    /// Chosen by cross-validation on shop visits.
    fn default() -> Self {
        Self { trees: 250, leaves: 16, rate: 0.03, leaf_rows: 80, ridge: 20.0, features: 0.3, rows: 0.8, seed: 7 }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Node {
    /// What would be said if one stopped here.
    value: f64,
    split: Option<Split>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Split {
    feature: usize,
    cut: f32,
    /// Whether what is unknown goes to the lower side.
    unknown_low: bool,
    low: usize,
    high: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trees {
    base: f64,
    trees: Vec<Vec<Node>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    gradient: f64,
    hessian: f64,
    rows: usize,
}

impl Sum {
    fn plus(self, other: Self) -> Self {
        Self {
            gradient: self.gradient + other.gradient,
            hessian: self.hessian + other.hessian,
            rows: self.rows + other.rows,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            rows: self.rows - other.rows,
        }
    }

    fn gain(self, ridge: f64) -> f64 {
        self.gradient * self.gradient / (self.hessian + ridge)
    }
}

struct Growing<'a> {
    bins: &'a [Vec<u8>],
    cuts: &'a [Vec<f32>],
    steps: &'a [(f64, f64)],
    features: Vec<usize>,
    settings: &'a Settings,
}

/// A leaf that could still be split.
struct Leaf {
    node: usize,
    rows: Vec<usize>,
    best: Option<(f64, Split, u8)>,
}

impl Trees {
    pub fn train(table: &Table, outcomes: &[bool], rows: &[usize], settings: &Settings) -> Self {
        let width = table.names.len();
        let all_cuts: Vec<Vec<f32>> = (0..width).map(|feature| cuts(table, feature, rows)).collect();
        let bins: Vec<Vec<u8>> = (0..width)
            .map(|feature| table.rows.iter().map(|row| bin(&all_cuts[feature], row[feature])).collect())
            .collect();
        let reached = rows.iter().filter(|row| outcomes[**row]).count() as f64;
        let share = ((reached + 0.5) / (rows.len() as f64 + 1.0)).clamp(1e-6, 1.0 - 1e-6);
        let mut model = Self { base: (share / (1.0 - share)).ln(), trees: Vec::with_capacity(settings.trees) };
        let mut scores = vec![model.base; outcomes.len()];
        let mut steps = vec![(0.0, 0.0); outcomes.len()];
        let mut draws = Draws(settings.seed);
        for _ in 0..settings.trees {
            for row in rows {
                let chance = 1.0 / (1.0 + (-scores[*row]).exp());
                steps[*row] = (f64::from(u8::from(outcomes[*row])) - chance, chance * (1.0 - chance));
            }
            let seen: Vec<usize> = rows.iter().copied().filter(|_| draws.next() < settings.rows).collect();
            let mut features: Vec<usize> = (0..width).filter(|_| draws.next() < settings.features).collect();
            if features.is_empty() {
                features = (0..width).collect();
            }
            let growing = Growing { bins: &bins, cuts: &all_cuts, steps: &steps, features, settings };
            let tree = growing.grow(seen);
            for row in rows {
                scores[*row] += settings.rate * leaf_of(&tree, &table.rows[*row]);
            }
            model.trees.push(tree);
        }
        for node in model.trees.iter_mut().flatten() {
            node.value *= settings.rate;
        }
        model
    }

    /// In log-odds.
    pub fn score(&self, row: &[f32]) -> f64 {
        self.base + self.trees.iter().map(|tree| leaf_of(tree, row)).sum::<f64>()
    }

    /// Adds what each feature contributed on the way through each tree.
    pub fn contribute(&self, row: &[f32], share: f64, weights: &mut [f64]) {
        for tree in &self.trees {
            let mut node = &tree[0];
            while let Some(split) = node.split {
                let next = &tree[split.side(row)];
                weights[split.feature] += share * (next.value - node.value);
                node = next;
            }
        }
    }
}

impl Split {
    fn side(&self, row: &[f32]) -> usize {
        let value = row[self.feature];
        let is_low = if value.is_nan() { self.unknown_low } else { value <= self.cut };
        if is_low { self.low } else { self.high }
    }
}

fn leaf_of(tree: &[Node], row: &[f32]) -> f64 {
    let mut node = &tree[0];
    while let Some(split) = node.split {
        node = &tree[split.side(row)];
    }
    node.value
}

impl Growing<'_> {
    fn grow(&self, rows: Vec<usize>) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut leaves = vec![self.leaf(&mut nodes, rows)];
        while leaves.len() < self.settings.leaves {
            let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |(gain, ..)| gain);
            let Some(place) = (0..leaves.len()).max_by(|one, two| gain(&leaves[*one]).total_cmp(&gain(&leaves[*two])))
            else {
                break;
            };
            let Some((_, split, bin)) = leaves[place].best else { break };
            let Leaf { node, rows, .. } = leaves.swap_remove(place);
            let is_low = |row: &usize| match self.bins[split.feature][*row] {
                UNKNOWN => split.unknown_low,
                it => it <= bin,
            };
            let (low, high): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(is_low);
            let (low, high) = (self.leaf(&mut nodes, low), self.leaf(&mut nodes, high));
            nodes[node].split = Some(Split { low: low.node, high: high.node, ..split });
            leaves.extend([low, high]);
        }
        nodes
    }

    fn leaf(&self, nodes: &mut Vec<Node>, rows: Vec<usize>) -> Leaf {
        let whole = rows.iter().fold(Sum::default(), |sum, row| sum.plus(self.of(*row)));
        nodes.push(Node { value: whole.gradient / (whole.hessian + self.settings.ridge), split: None });
        let best = self
            .features
            .iter()
            .filter_map(|feature| self.best(*feature, &rows, whole))
            .max_by(|(one, ..), (two, ..)| one.total_cmp(two));
        Leaf { node: nodes.len() - 1, rows, best }
    }

    fn of(&self, row: usize) -> Sum {
        let (gradient, hessian) = self.steps[row];
        Sum { gradient, hessian, rows: 1 }
    }

    /// The best cut of one feature, with its gain.
    fn best(&self, feature: usize, rows: &[usize], whole: Sum) -> Option<(f64, Split, u8)> {
        let (cuts, ridge) = (&self.cuts[feature], self.settings.ridge);
        let mut sums = vec![Sum::default(); cuts.len() + 1];
        let mut unknown = Sum::default();
        for row in rows {
            match self.bins[feature][*row] {
                UNKNOWN => unknown = unknown.plus(self.of(*row)),
                bin => sums[usize::from(bin)] = sums[usize::from(bin)].plus(self.of(*row)),
            }
        }
        let mut best: Option<(f64, Split, u8)> = None;
        let mut below = Sum::default();
        for (bin, cut) in cuts.iter().enumerate() {
            below = below.plus(sums[bin]);
            for unknown_low in [false, true] {
                let low = if unknown_low { below.plus(unknown) } else { below };
                let high = whole.minus(low);
                if low.rows.min(high.rows) < self.settings.leaf_rows {
                    continue;
                }
                let gain = low.gain(ridge) + high.gain(ridge) - whole.gain(ridge);
                if gain > best.map_or(1e-9, |(gain, ..)| gain) {
                    best = Some((gain, Split { feature, cut: *cut, unknown_low, low: 0, high: 0 }, bin as u8));
                }
                if unknown.rows == 0 {
                    break;
                }
            }
        }
        best
    }
}

/// SplitMix64: the same draws on every machine.
pub(super) struct Draws(pub u64);

impl Draws {
    /// From 0 to 1.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}
