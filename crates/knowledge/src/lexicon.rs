//! Counts grams: BM25 over a tantivy index in memory. Scores are exact for every wording of a shelf, because
//! they are standardised against each other afterwards; a postings budget keeps that fast.

use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};

use tantivy::{
    Index as TantivyIndex, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, TantivyError, Term,
    indexer::IndexWriterOptions,
    schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{Token, TokenStream, Tokenizer},
};

use crate::{grams::for_each_gram, shelf::Shelf};

/// Robertson's usual constants.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// Only the start of an answer is counted: what it is about stands there, and length would drown the question.
const MAX_ANSWER_CHARS_COUNTED: usize = 600;
/// What the indexing thread gathers before it writes a segment; tantivy takes at least 15 MB.
const WRITER_BYTES: usize = 48_000_000;
/// Longer questions are cut: what is asked fits in this many different grams.
const MAX_QUERY_GRAMS: usize = 256;
/// A question reads its rarest grams first and stops here (about 1 ms); what remains are the commonest
/// grams of a very large shop, which weigh next to nothing. Shops below some 5,000 articles never get here.
const MAX_POSTINGS: u64 = 400_000;
const TOKENIZER: &str = "grams";
/// Ends the shelf's number at the front of every gram and text.
const SHELF_END: char = '\u{1f}';

/// The writer's side.
pub(crate) struct Lexicon {
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    grams: Field,
    place: Field,
}

/// A question's grams with their weight on one shelf.
pub(crate) struct WeightedGrams {
    weights: HashMap<String, f32>,
    total: f32,
}

impl Lexicon {
    pub(crate) fn open() -> Result<Self, TantivyError> {
        let mut schema = Schema::builder();
        let counted =
            TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::WithFreqs);
        let fields = Fields {
            grams: schema.add_text_field("grams", TextOptions::default().set_indexing_options(counted)),
            place: schema.add_u64_field("place", INDEXED | FAST),
        };
        let index = TantivyIndex::create_in_ram(schema.build());
        index.tokenizers().register(TOKENIZER, GramTokenizer::default());
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(WRITER_BYTES)
            .build();
        let writer = index.writer_with_options(options)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { writer, reader, fields })
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    pub(crate) fn remove(&mut self, shelf: u32, slot: u32) {
        self.writer.delete_term(Term::from_field_u64(self.fields.place, place(shelf, slot)));
    }

    pub(crate) fn add(&mut self, shelf: u32, slot: u32, text: &str) -> Result<(), TantivyError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.grams, format!("{}{text}", shelf_prefix(shelf)));
        document.add_u64(self.fields.place, place(shelf, slot));
        self.writer.add_document(document).map(|_| ())
    }

    /// Makes the changes since the last call visible in the searcher that is returned.
    pub(crate) fn publish(&mut self) -> Result<Searcher, TantivyError> {
        self.writer.commit()?;
        self.reader.reload()?;
        Ok(self.reader.searcher())
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }
}

/// What is counted of a wording.
pub(crate) fn counted_text(wording: &domain::article::Wording) -> String {
    let mut text = wording.question.clone();
    for alias in &wording.aliases {
        text.push('\n');
        text.push_str(alias);
    }
    text.push('\n');
    text.extend(wording.answer.chars().take(MAX_ANSWER_CHARS_COUNTED));
    text
}

/// How many grams a text has.
pub(crate) fn count_grams(text: &str) -> u64 {
    let mut count = 0;
    for_each_gram(text, |_| count += 1);
    count
}

fn place(shelf: u32, slot: u32) -> u64 {
    u64::from(shelf) << 32 | u64::from(slot)
}

fn shelf_prefix(shelf: u32) -> String {
    format!("{shelf:x}{SHELF_END}")
}

struct QueryGram {
    term: Term,
    text: String,
    weight: f32,
    postings: u64,
}

/// BM25 of every wording on the shelf, by slot, and the weights that were used.
pub(crate) fn score(
    searcher: &Searcher,
    fields: Fields,
    shelf: &Shelf,
    text: &str,
) -> Result<(Vec<f32>, WeightedGrams), TantivyError> {
    let grams = query_grams(searcher, fields, shelf, text)?;
    let mut scores = vec![0f32; shelf.slot_count()];
    let mut budget = MAX_POSTINGS;
    let affordable = grams.iter().take_while(|gram| {
        let fits = gram.postings <= budget;
        budget = budget.saturating_sub(gram.postings);
        fits
    });
    let affordable: Vec<&QueryGram> = affordable.filter(|gram| gram.postings > 0).collect();
    let average = shelf.grams as f32 / (shelf.wordings.max(1)) as f32;
    let lengths: Vec<f32> = (0..=u8::MAX)
        .map(tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm)
        .map(|length| K1 * (1.0 - B + B * length as f32 / average.max(1.0)))
        .collect();
    for segment in searcher.segment_readers() {
        score_segment(segment, fields, shelf, &affordable, &lengths, &mut scores)?;
    }
    let total = grams.iter().map(|gram| gram.weight).sum();
    let weights = grams.into_iter().map(|gram| (gram.text, gram.weight)).collect();
    Ok((scores, WeightedGrams { weights, total }))
}

/// What a gram weighs on a shelf: the rarer, the more.
pub(crate) struct GramWeights<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    prefix: String,
    wordings: u64,
    /// Weights looked up so far; the texts of one shop share most of their grams.
    known: RefCell<HashMap<String, f32>>,
}

impl<'a> GramWeights<'a> {
    pub(crate) fn new(searcher: &'a Searcher, fields: Fields, shelf: &Shelf) -> Self {
        let prefix = shelf_prefix(shelf.number);
        Self { searcher, fields, prefix, wordings: shelf.wordings, known: RefCell::default() }
    }

    pub(crate) fn of(&self, gram: &str) -> Result<f32, TantivyError> {
        if let Some(weight) = self.known.borrow().get(gram) {
            return Ok(*weight);
        }
        let term = Term::from_field_text(self.fields.grams, &format!("{}{gram}", self.prefix));
        // This counts removed wordings too until their segment is merged, so it can exceed the shelf.
        let weight = weight(self.searcher.doc_freq(&term)?, self.wordings);
        self.known.borrow_mut().insert(gram.to_owned(), weight);
        Ok(weight)
    }
}

fn weight(postings: u64, wordings: u64) -> f32 {
    let frequency = postings.min(wordings) as f32;
    (1.0 + (wordings as f32 - frequency + 0.5) / (frequency + 0.5)).ln()
}

/// The question's different grams, rarest first.
fn query_grams(searcher: &Searcher, fields: Fields, shelf: &Shelf, text: &str) -> Result<Vec<QueryGram>, TantivyError> {
    let mut distinct: HashSet<String> = HashSet::new();
    for_each_gram(text, |gram| {
        if distinct.len() < MAX_QUERY_GRAMS && !distinct.contains(gram) {
            distinct.insert(gram.to_owned());
        }
    });
    let prefix = shelf_prefix(shelf.number);
    let mut grams = Vec::with_capacity(distinct.len());
    for text in distinct {
        let term = Term::from_field_text(fields.grams, &format!("{prefix}{text}"));
        // This counts removed wordings too until their segment is merged, so it can exceed the shelf.
        let postings = searcher.doc_freq(&term)?;
        let weight = weight(postings, shelf.wordings);
        grams.push(QueryGram { term, text, weight, postings });
    }
    grams.sort_by(|a, b| a.postings.cmp(&b.postings).then_with(|| a.text.cmp(&b.text)));
    Ok(grams)
}

fn score_segment(
    segment: &tantivy::SegmentReader,
    fields: Fields,
    shelf: &Shelf,
    grams: &[&QueryGram],
    lengths: &[f32],
    scores: &mut [f32],
) -> Result<(), TantivyError> {
    let inverted = segment.inverted_index(fields.grams)?;
    let norms = segment.get_fieldnorms_reader(fields.grams)?;
    let mut by_document: Vec<f32> = Vec::new();
    for gram in grams {
        let Some(mut postings) = inverted.read_block_postings(&gram.term, IndexRecordOption::WithFreqs)? else {
            continue;
        };
        by_document.resize(segment.max_doc() as usize, 0.0);
        while postings.block_len() > 0 {
            for (&document, &count) in postings.docs().iter().zip(postings.freqs()) {
                let count = count as f32;
                let length = lengths[usize::from(norms.fieldnorm_id(document))];
                by_document[document as usize] += gram.weight * (K1 + 1.0) * count / (count + length);
            }
            postings.advance();
        }
    }
    if by_document.is_empty() {
        return Ok(());
    }
    let places = segment.fast_fields().u64("place")?;
    for (document, &score) in by_document.iter().enumerate().filter(|(_, score)| **score > 0.0) {
        let document = document as u32;
        let Some(place) = places.first(document).filter(|_| !segment.is_deleted(document)) else {
            continue;
        };
        debug_assert_eq!((place >> 32) as u32, shelf.number, "a gram belongs to one shelf");
        if let Some(slot) = scores.get_mut(place as u32 as usize) {
            *slot = score;
        }
    }
    Ok(())
}

impl WeightedGrams {
    /// How much of the question's weight a text contains, from 0 to 1.
    pub(crate) fn share_in(&self, text: &str) -> f32 {
        if self.total <= 0.0 {
            return 0.0;
        }
        let mut missing = self.weights.iter().map(|(gram, weight)| (gram.as_str(), *weight)).collect::<HashMap<_, _>>();
        let mut found = 0.0;
        for_each_gram(text, |gram| found += missing.remove(gram).unwrap_or(0.0));
        (found / self.total).min(1.0)
    }
}

/// Cuts a text that starts with its shelf's number; every gram starts with it too, so that each shelf has
/// its own terms and document frequencies.
#[derive(Clone, Default)]
struct GramTokenizer {
    text: String,
    ends: Vec<usize>,
}

struct GramStream<'a> {
    prefix: &'a str,
    text: &'a str,
    ends: &'a [usize],
    start: usize,
    token: Token,
}

impl Tokenizer for GramTokenizer {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        let split = text.find(SHELF_END).map_or(0, |at| at + SHELF_END.len_utf8());
        let (prefix, text) = text.split_at(split);
        self.text.clear();
        self.ends.clear();
        for_each_gram(text, |gram| {
            self.text.push_str(gram);
            self.ends.push(self.text.len());
        });
        GramStream { prefix, text: &self.text, ends: &self.ends, start: 0, token: Token::default() }
    }
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((&end, rest)) = self.ends.split_first() else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(self.prefix);
        self.token.text.push_str(&self.text[self.start..end]);
        self.token.position = self.token.position.wrapping_add(1);
        (self.start, self.ends) = (end, rest);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
