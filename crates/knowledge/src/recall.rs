//! Finding how the same question was answered before: questions by meaning and by words, and among the replies to the
//! nearest of them the one that says what most of them say.

use std::collections::HashMap;

use crate::{fusion::LEXICAL_WEIGHT, grams::for_each_gram};

/// Robertson's usual constants, as in the articles' index.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Scores are standardised over this many of the best by cosine together with as many of the best by words.
const POOL: usize = 100;
/// A reply agrees with another as far as their longest common subsequence goes; only the start of long ones is compared.
const MAX_COMPARED_CHARS: usize = 120;

/// A question's vector in bytes: a scale and one number of eight bits for each dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallVector {
    scale: f32,
    values: Box<[i8]>,
}

impl SmallVector {
    pub fn new(vector: &[f32]) -> Self {
        let largest = vector.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        Self { scale, values: vector.iter().map(|value| (value / scale).round() as i8).collect() }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.scale.to_le_bytes().to_vec();
        bytes.extend(self.values.iter().map(|value| value.cast_unsigned()));
        bytes
    }

    /// `None` for what `to_bytes` never made.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (scale, values) = bytes.split_first_chunk::<4>()?;
        let scale = f32::from_le_bytes(*scale);
        let is_sound = scale.is_finite() && scale > 0.0 && !values.is_empty();
        is_sound.then(|| Self { scale, values: values.iter().map(|value| value.cast_signed()).collect() })
    }

    /// `NEG_INFINITY` for a vector of another length.
    pub fn cosine(&self, with: &[f32]) -> f32 {
        if self.values.len() != with.len() {
            return f32::NEG_INFINITY;
        }
        self.scale * self.values.iter().zip(with).map(|(own, other)| f32::from(*own) * other).sum::<f32>()
    }
}

/// Questions that were answered, to be found again. Built once and read by many.
#[derive(Debug, Default)]
pub struct Recall {
    vectors: Vec<Option<SmallVector>>,
    lengths: Vec<f32>,
    mean_length: f32,
    postings: HashMap<String, Vec<(u32, u16)>>,
}

/// A question that is near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Its place among those that were handed in.
    pub place: usize,
    pub score: f32,
    pub cosine: Option<f32>,
}

/// How the two orders are joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// What a standard deviation of BM25 is worth in standard deviations of cosine.
    pub lexical: f32,
}

impl Default for Mix {
    fn default() -> Self {
        Self { lexical: LEXICAL_WEIGHT }
    }
}

impl Recall {
    pub fn new<'a>(questions: impl IntoIterator<Item = (&'a str, Option<SmallVector>)>) -> Self {
        let mut recall = Self::default();
        for (place, (text, vector)) in questions.into_iter().enumerate() {
            let mut counts: HashMap<String, u16> = HashMap::new();
            let mut length = 0_u32;
            for_each_gram(text, |gram| {
                length += 1;
                let count = counts.entry(gram.to_owned()).or_default();
                *count = count.saturating_add(1);
            });
            for (gram, count) in counts {
                recall.postings.entry(gram).or_default().push((place as u32, count));
            }
            recall.lengths.push(length as f32);
            recall.vectors.push(vector);
        }
        recall.mean_length = recall.lengths.iter().sum::<f32>() / recall.lengths.len().max(1) as f32;
        recall
    }

    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The nearest questions, best first. Without a vector words alone decide.
    pub fn near(&self, text: &str, vector: Option<&[f32]>, mix: Mix, limit: usize) -> Vec<Near> {
        let lexical = self.bm25(text);
        let cosines: Option<Vec<f32>> = vector.map(|vector| {
            let cosine = |own: &Option<SmallVector>| own.as_ref().map_or(f32::NEG_INFINITY, |own| own.cosine(vector));
            self.vectors.iter().map(cosine).collect()
        });
        let mut pool = largest(&lexical, POOL);
        pool.retain(|place| lexical[*place] > 0.0);
        if let Some(cosines) = &cosines {
            pool.extend(largest(cosines, POOL).into_iter().filter(|place| cosines[*place].is_finite()));
            pool.sort_unstable();
            pool.dedup();
        }
        let words = spread(pool.iter().map(|place| lexical[*place]));
        let meanings = cosines.as_ref().map(|all| {
            let known = pool.iter().map(|place| all[*place]).filter(|cosine| cosine.is_finite());
            (all, spread(known))
        });
        let mut near: Vec<Near> = pool
            .into_iter()
            .map(|place| {
                let by_words = (lexical[place] - words.0) / words.1;
                let cosine = meanings.as_ref().map(|(all, _)| all[place]).filter(|cosine| cosine.is_finite());
                let score = match (&meanings, cosine) {
                    (Some((_, spread)), Some(cosine)) => (cosine - spread.0) / spread.1 + mix.lexical * by_words,
                    (Some(_), None) => mix.lexical * by_words,
                    (None, _) => lexical[place],
                };
                Near { place, score, cosine }
            })
            .collect();
        near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.place.cmp(&b.place)));
        near.truncate(limit);
        near
    }

    fn bm25(&self, text: &str) -> Vec<f32> {
        let mut scores = vec![0.0; self.len()];
        let mut asked: Vec<String> = Vec::new();
        for_each_gram(text, |gram| asked.push(gram.to_owned()));
        asked.sort_unstable();
        asked.dedup();
        for gram in &asked {
            let Some(postings) = self.postings.get(gram) else { continue };
            let holders = postings.len() as f32;
            let weight = (1.0 + (self.len() as f32 - holders + 0.5) / (holders + 0.5)).ln();
            for (place, count) in postings {
                let (place, count) = (*place as usize, f32::from(*count));
                let length = self.lengths[place] / self.mean_length.max(1.0);
                scores[place] += weight * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
            }
        }
        scores
    }
}

/// Orders replies to near questions by how much of them the others say too: the place of each and its share, best
/// first. `sharpness` says how much more the nearest count.
pub fn by_consensus(replies: &[(&str, f32)], sharpness: f32) -> Vec<(usize, f32)> {
    let best = replies.iter().fold(f32::NEG_INFINITY, |best, (_, score)| best.max(*score));
    let weights: Vec<f32> = replies.iter().map(|(_, score)| ((score - best) * sharpness).exp()).collect();
    let total: f32 = weights.iter().sum();
    let texts: Vec<Vec<char>> = replies
        .iter()
        .map(|(text, _)| text.chars().filter(|c| c.is_alphanumeric()).take(MAX_COMPARED_CHARS).collect())
        .collect();
    let mut ranked: Vec<(usize, f32)> = (0..replies.len())
        .map(|one| {
            let agreement: f32 =
                (0..replies.len()).map(|other| weights[other] * overlap(&texts[one], &texts[other])).sum();
            (one, agreement / total.max(f32::MIN_POSITIVE))
        })
        .collect();
    ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
    ranked
}

/// F1 of the longest common subsequence of characters, 0 to 1.
pub fn overlap(one: &[char], other: &[char]) -> f32 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut lengths = vec![0_u16; other.len() + 1];
    for own in one {
        let mut diagonal = 0;
        for (place, theirs) in other.iter().enumerate() {
            let above = lengths[place + 1];
            lengths[place + 1] = if own == theirs { diagonal + 1 } else { above.max(lengths[place]) };
            diagonal = above;
        }
    }
    2.0 * f32::from(lengths[other.len()]) / (one.len() + other.len()) as f32
}

/// Mean and deviation; a deviation of 1 where all are equal, so that they tell nothing.
fn spread(values: impl Iterator<Item = f32> + Clone) -> (f32, f32) {
    let count = values.clone().count().max(1) as f32;
    let mean = values.clone().sum::<f32>() / count;
    let deviation = (values.map(|value| (value - mean).powi(2)).sum::<f32>() / count).sqrt();
    (mean, if deviation > f32::EPSILON { deviation } else { 1.0 })
}

fn largest(values: &[f32], count: usize) -> Vec<usize> {
    crate::fusion::largest(values.iter().copied(), count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_vector_is_nearly_the_same() {
        let vector = [0.6, -0.64, 0.48];
        let small = SmallVector::new(&vector);
        assert!((small.cosine(&vector) - 1.0).abs() < 0.01);
        assert_eq!(SmallVector::from_bytes(&small.to_bytes()), Some(small.clone()));
        assert_eq!(small.cosine(&[1.0]), f32::NEG_INFINITY);
        assert!([&[][..], &[1, 2, 3], &[0, 0, 0, 0, 1]].iter().all(|bytes| SmallVector::from_bytes(bytes).is_none()));
    }

    #[test]
    fn meaning_and_words_find_the_question() {
        let questions = ["多久发货", "怎么退货", "发票怎么开", "什么时候能发出"];
        let vectors = [[1.0, 0.0], [0.0, 1.0], [0.6, -0.8], [0.96, 0.28]].map(|vector| Some(SmallVector::new(&vector)));
        let recall = Recall::new(questions.into_iter().zip(vectors));
        let places = |near: Vec<Near>| near.into_iter().map(|near| near.place).collect::<Vec<_>>();
        let found = recall.near("几天能寄出", Some(&[0.98, 0.2]), Mix::default(), 2);
        assert_eq!(places(found), [3, 0]);
        assert_eq!(places(recall.near("发票", None, Mix::default(), 9)), [2, 0, 3]);
        assert!(recall.near("xyz", None, Mix::default(), 9).is_empty());
        assert!(Recall::default().near("发票", Some(&[1.0]), Mix::default(), 9).is_empty());
    }

    #[test]
    fn what_most_say_goes_before_the_nearest() {
        let replies =
            [("您好，请稍等", 1.0), ("48小时内发货哦", 0.9), ("亲，48小时内发货", 0.9), ("48小时内会发货的", 0.8)];
        let first = by_consensus(&replies, 1.0)[0].0;
        assert!(first == 1 || first == 2, "{first}");
        assert_eq!(by_consensus(&replies, 1_000.0)[0].0, 0, "when only the nearest counts, it is its own consensus");
        assert!(by_consensus(&[], 1.0).is_empty());
    }
}
