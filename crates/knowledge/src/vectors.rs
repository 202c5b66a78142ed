//! What is embedded of an article, and how the result is kept: one averaged vector per phrasing, in 8 bits a number.
//!
//! An entry's score for a question `q` is the mean of `cos(q, phrasing as query)` and `cos(q, question and answer
//! as passage)`. That is linear in the entry, so `(v_phrasing + v_passage) / 2` is all that is stored; it is not
//! made unit length again, because that would change the mean.

use domain::{
    article::{Article, Wording},
    language::Language,
};

/// Passages are cut here before they are embedded: the embedding model reads at most 512 tokens, and what a
/// long answer is about stands at its start.
pub const MAX_PASSAGE_CHARS: usize = 1_000;
/// Rows are filled up with zeros to a multiple of this, so that the scan needs no remainder loop.
pub(crate) const LANES: usize = 32;
/// First byte of stored vectors; a new layout takes the next number.
const FORMAT: u8 = 2;
/// The layout before, without the passages.
const FORMAT_WITHOUT_PASSAGES: u8 = 1;
const HEADER_BYTES: usize = 4;
const HAS_ZH: u8 = 1;
const HAS_EN: u8 = 2;

/// The prefix a text is embedded with (`query: ` or `passage: ` for e5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// A question as a shopper would ask it.
    Query,
    /// A question with its answer.
    Passage,
}

/// One text that has to be embedded for an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextToEmbed {
    /// How it is embedded.
    pub role: TextRole,
    /// The text without any prefix.
    pub text: String,
}

/// Why vectors can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VectorError {
    /// Not as many vectors as [`texts_to_embed`] has texts.
    #[error("{expected} vectors are needed and {got} were given")]
    Count {
        /// Texts to embed.
        expected: usize,
        /// Vectors given.
        got: usize,
    },
    /// Vectors of different or impossible lengths.
    #[error("a vector of {expected} numbers is needed and one of {got} was given")]
    Dimension {
        /// Length that is needed.
        expected: usize,
        /// Length given.
        got: usize,
    },
    /// The bytes end too early or too late.
    #[error("stored vectors need {expected} bytes and have {got}")]
    Length {
        /// Bytes that the header asks for.
        expected: usize,
        /// Bytes given.
        got: usize,
    },
    /// The bytes were written by something else, or by a later release.
    #[error("stored vectors have the unknown format {0}")]
    Format(u8),
}

/// A vector in 8 bits a number: `value[i] * scale`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantised {
    pub(crate) scale: f32,
    pub(crate) values: Box<[i8]>,
}

impl Quantised {
    fn from_floats(floats: &[f32]) -> Self {
        let largest = floats.iter().fold(0f32, |largest, x| largest.max(x.abs()));
        let scale = if largest > 0.0 { largest / f32::from(i8::MAX) } else { 1.0 };
        // The cast saturates, and NaN becomes 0.
        let values = floats.iter().map(|x| (x / scale).round() as i8).collect();
        Self { scale, values }
    }

    fn floats(&self) -> Vec<f32> {
        self.values.iter().map(|&value| f32::from(value) * self.scale).collect()
    }
}

/// The vectors of an article's wording in one language: the question's first, then one for each alias.
#[derive(Debug, Clone, PartialEq)]
pub struct WordingVectors {
    pub(crate) phrasings: Vec<Quantised>,
    /// Question and answer as one passage. It is part of each phrasing's vector, and tells what the phrasing's own was.
    passage: Option<Quantised>,
}

impl WordingVectors {
    /// Whether there is exactly one vector for the question and each alias.
    pub fn fits(&self, wording: &Wording) -> bool {
        self.phrasings.len() == wording.aliases.len() + 1
    }

    /// The phrasings as they were embedded, within rounding; empty when the passage wasn't kept.
    pub fn queries(&self) -> Vec<Vec<f32>> {
        let Some(passage) = &self.passage else { return Vec::new() };
        let passage = passage.floats();
        let query = |row: &Quantised| {
            unit(&row.floats().iter().zip(&passage).map(|(row, passage)| 2.0 * row - passage).collect::<Vec<_>>())
        };
        self.phrasings.iter().map(query).collect()
    }
}

/// The vectors of an article, for each language it is worded in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ArticleVectors {
    /// For the Chinese wording.
    pub zh: Option<WordingVectors>,
    /// For the English wording.
    pub en: Option<WordingVectors>,
}

/// What has to be embedded for an article, in the order [`vectors_from`] wants the vectors: for Chinese and then
/// English, the question, the aliases, and question and answer as one passage.
pub fn texts_to_embed(article: &Article) -> Vec<TextToEmbed> {
    let mut texts = Vec::new();
    for wording in Language::ALL.iter().filter_map(|&language| article.draft.wording(language)) {
        let phrasings = std::iter::once(&wording.question).chain(&wording.aliases);
        texts.extend(phrasings.map(|text| TextToEmbed { role: TextRole::Query, text: text.clone() }));
        let passage = format!("{}\n{}", wording.question, wording.answer);
        let text = passage.chars().take(MAX_PASSAGE_CHARS).collect();
        texts.push(TextToEmbed { role: TextRole::Passage, text });
    }
    texts
}

/// Makes an article's vectors from the embeddings of [`texts_to_embed`], in the same order.
pub fn vectors_from(article: &Article, embeddings: &[Vec<f32>]) -> Result<ArticleVectors, VectorError> {
    let wordings = Language::ALL.map(|language| article.draft.wording(language));
    let expected = wordings.iter().flatten().map(|wording| wording.aliases.len() + 2).sum();
    if embeddings.len() != expected {
        return Err(VectorError::Count { expected, got: embeddings.len() });
    }
    let dimension = embeddings.first().map_or(0, Vec::len);
    if let Some(odd) = embeddings.iter().find(|vector| vector.len() != dimension || vector.is_empty()) {
        return Err(VectorError::Dimension { expected: dimension.max(1), got: odd.len() });
    }
    let mut rest = embeddings;
    let [zh, en] = wordings.map(|wording| {
        let (phrasings, after) = rest.split_at(wording?.aliases.len() + 1);
        let (passage, after) = after.split_first()?;
        rest = after;
        let passage = unit(passage);
        let phrasings = phrasings.iter().map(|phrasing| Quantised::from_floats(&mean(&unit(phrasing), &passage)));
        Some(WordingVectors { phrasings: phrasings.collect(), passage: Some(Quantised::from_floats(&passage)) })
    });
    Ok(ArticleVectors { zh, en })
}

/// Scaled to length 1; a zero vector stays zero.
pub(crate) fn unit(vector: &[f32]) -> Vec<f32> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    let factor = if length > 0.0 { 1.0 / length } else { 0.0 };
    vector.iter().map(|x| x * factor).collect()
}

fn mean(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(x, y)| (x + y) / 2.0).collect()
}

impl ArticleVectors {
    /// The vectors for one language's wording.
    pub fn wording(&self, language: Language) -> Option<&WordingVectors> {
        match language {
            Language::Zh => self.zh.as_ref(),
            Language::En => self.en.as_ref(),
        }
    }

    fn wordings(&self) -> impl Iterator<Item = &WordingVectors> {
        [&self.zh, &self.en].into_iter().flatten()
    }

    /// How many numbers each vector has; `None` when there are no vectors.
    pub fn dimension(&self) -> Option<usize> {
        self.wordings().flat_map(|wording| &wording.phrasings).map(|row| row.values.len()).next()
    }

    /// For storage: a format byte, which languages, the dimension, then for each language the number of rows,
    /// each row's scale and numbers, and the passage's, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let dimension = self.dimension().unwrap_or(0);
        let languages = u8::from(self.zh.is_some()) * HAS_ZH + u8::from(self.en.is_some()) * HAS_EN;
        let mut bytes = vec![FORMAT, languages];
        bytes.extend((dimension as u16).to_le_bytes());
        for wording in self.wordings() {
            bytes.extend((wording.phrasings.len() as u16).to_le_bytes());
            let empty = Quantised { scale: 1.0, values: vec![0; dimension].into() };
            for row in wording.phrasings.iter().chain([wording.passage.as_ref().unwrap_or(&empty)]) {
                bytes.extend(row.scale.to_le_bytes());
                bytes.extend(row.values.iter().map(|&value| value as u8));
            }
        }
        bytes
    }

    /// The inverse of [`to_bytes`](Self::to_bytes).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VectorError> {
        let mut reader = Reader { bytes, at: 0 };
        let [format, languages] = reader.take::<2>()?;
        if !matches!(format, FORMAT | FORMAT_WITHOUT_PASSAGES) || languages & !(HAS_ZH | HAS_EN) != 0 {
            return Err(VectorError::Format(format));
        }
        let dimension = usize::from(u16::from_le_bytes(reader.take()?));
        debug_assert_eq!(reader.at, HEADER_BYTES);
        let mut wording = |flag| -> Result<Option<WordingVectors>, VectorError> {
            if languages & flag == 0 {
                return Ok(None);
            }
            let rows = u16::from_le_bytes(reader.take()?);
            let phrasings = (0..rows).map(|_| reader.row(dimension)).collect::<Result<_, _>>()?;
            let passage = if format == FORMAT { Some(reader.row(dimension)?) } else { None };
            Ok(Some(WordingVectors { phrasings, passage: passage.filter(|row| row.values.iter().any(|it| *it != 0)) }))
        };
        let vectors = Self { zh: wording(HAS_ZH)?, en: wording(HAS_EN)? };
        if reader.at == bytes.len() {
            Ok(vectors)
        } else {
            Err(VectorError::Length { expected: reader.at, got: bytes.len() })
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn slice(&mut self, length: usize) -> Result<&'a [u8], VectorError> {
        let end = self.at + length;
        let slice = self.bytes.get(self.at..end).ok_or(VectorError::Length { expected: end, got: self.bytes.len() })?;
        self.at = end;
        Ok(slice)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], VectorError> {
        let mut taken = [0; N];
        taken.copy_from_slice(self.slice(N)?);
        Ok(taken)
    }

    fn row(&mut self, dimension: usize) -> Result<Quantised, VectorError> {
        let scale = f32::from_le_bytes(self.take()?);
        let values = self.slice(dimension)?.iter().map(|&byte| byte as i8).collect();
        Ok(Quantised { scale, values })
    }
}

/// What is added to a number on a shelf, so that it has no sign: widening bytes without one is half the work.
const OFFSET: u8 = 128;

/// A number as it stands on a shelf.
pub(crate) fn shelved(value: i8) -> u8 {
    (value as u8).wrapping_add(OFFSET)
}

/// The inverse of [`shelved`].
pub(crate) fn unshelved(value: u8) -> i8 {
    value.wrapping_sub(OFFSET) as i8
}

/// A question's vector, ready to be compared with shelved rows. It keeps 11 bits a number, so that the only
/// rounding that shows is the rows' own (about 0.0005 of cosine).
pub(crate) struct QueryVector {
    scale: f32,
    values: Vec<i16>,
    /// What the rows' offsets add to each product.
    surplus: i32,
}

impl QueryVector {
    pub(crate) fn new(vector: &[f32]) -> Self {
        const LARGEST: f32 = 1023.0;
        let vector = unit(vector);
        let largest = vector.iter().fold(0f32, |largest, x| largest.max(x.abs()));
        let scale = if largest > 0.0 { largest / LARGEST } else { 1.0 };
        let mut values: Vec<i16> = vector.iter().map(|x| (x / scale).round() as i16).collect();
        values.resize(values.len().next_multiple_of(LANES), 0);
        let surplus = i32::from(OFFSET) * values.iter().copied().map(i32::from).sum::<i32>();
        Self { scale, values, surplus }
    }

    /// The score of a shelved row that was filled up to whole lanes.
    pub(crate) fn score(&self, row: &[u8], row_scale: f32) -> f32 {
        (dot(row, &self.values) - self.surplus) as f32 * row_scale * self.scale
    }
}

/// Whole lanes at a time, so that the compiler multiplies and adds pairs in vector registers. (A plain sum over
/// the row takes twice as long: it is vectorised without the instruction for pairs.)
fn dot(row: &[u8], query: &[i16]) -> i32 {
    let (rows, _) = row.as_chunks::<LANES>();
    let (queries, _) = query.as_chunks::<LANES>();
    let mut sum = 0i32;
    for (row, query) in rows.iter().zip(queries) {
        let mut part = 0i32;
        for lane in 0..LANES {
            part += i32::from(row[lane]) * i32::from(query[lane]);
        }
        sum += part;
    }
    sum
}

#[cfg(test)]
mod tests {
    use domain::{
        article::ArticleDraft,
        id::{ArticleId, ShopId},
        time::Timestamp,
    };
    use proptest::prelude::*;

    use super::*;

    fn article(aliases: usize, has_en: bool) -> Article {
        let wording = Wording { question: "Q".into(), aliases: vec!["A".into(); aliases], answer: "B".into() };
        let draft =
            ArticleDraft { zh: Some(wording.clone()), en: has_en.then_some(wording), ..ArticleDraft::default() };
        let (id, shop) = (ArticleId::from_bits(1), ShopId::from_bits(1));
        Article { id, shop, version: 1, draft, archived: false, updated_at: Timestamp(0), updated_by: String::new() }
    }

    #[test]
    fn texts_come_by_language_with_the_passage_last() {
        let roles: Vec<_> = texts_to_embed(&article(1, true)).into_iter().map(|text| (text.role, text.text)).collect();
        let one = [(TextRole::Query, "Q"), (TextRole::Query, "A"), (TextRole::Passage, "Q\nB")];
        let expected: Vec<_> = one.iter().chain(&one).map(|(role, text)| (*role, (*text).to_owned())).collect();
        assert_eq!(roles, expected);
    }

    #[test]
    fn wrong_counts_and_lengths_are_refused() {
        let article = article(0, false);
        let count = vectors_from(&article, &[vec![1.0]]);
        assert_eq!(count, Err(VectorError::Count { expected: 2, got: 1 }));
        let dimension = vectors_from(&article, &[vec![1.0, 2.0], vec![1.0]]);
        assert_eq!(dimension, Err(VectorError::Dimension { expected: 2, got: 1 }));
        assert!(vectors_from(&article, &[vec![], vec![]]).is_err());
    }

    #[test]
    fn broken_bytes_are_refused() {
        let vectors = vectors_from(&article(1, true), &vec![vec![0.5, -1.0, 0.25]; 6]).unwrap();
        let bytes = vectors.to_bytes();
        for length in 0..bytes.len() {
            let error = ArticleVectors::from_bytes(&bytes[..length]).unwrap_err();
            assert!(matches!(error, VectorError::Length { .. }), "{length}: {error}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(matches!(ArticleVectors::from_bytes(&longer), Err(VectorError::Length { .. })));
        assert_eq!(ArticleVectors::from_bytes(&[9, 0, 0, 0]), Err(VectorError::Format(9)));
    }

    proptest! {
        #[test]
        fn bytes_and_back(numbers in prop::collection::vec(-1f32..1.0, 40), aliases in 0usize..3, has_en: bool) {
            let article = article(aliases, has_en);
            let count = texts_to_embed(&article).len();
            let embeddings: Vec<_> = (0..count).map(|n| numbers.iter().map(|x| x + n as f32).collect()).collect();
            let vectors = vectors_from(&article, &embeddings).unwrap();
            prop_assert_eq!(ArticleVectors::from_bytes(&vectors.to_bytes()), Ok(vectors));
        }

        #[test]
        fn rounding_costs_little(
            a in prop::collection::vec(-1f32..1.0, 100),
            b in prop::collection::vec(-1f32..1.0, 100),
        ) {
            let (a, b) = (unit(&a), unit(&b));
            let exact: f32 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
            let stored = Quantised::from_floats(&b);
            let mut row: Vec<u8> = stored.values.iter().copied().map(shelved).collect();
            row.resize(row.len().next_multiple_of(LANES), 0);
            prop_assert!((QueryVector::new(&a).score(&row, stored.scale) - exact).abs() < 0.01);
        }
    }

    #[test]
    fn vectors_that_are_no_vectors_do_no_harm() {
        let row = Quantised::from_floats(&[f32::NAN, f32::INFINITY, 1.0]);
        assert_eq!(row.values.len(), 3);
        assert!(QueryVector::new(&[0.0; 64]).score(&[1; 64], 1.0) == 0.0);
    }
}
