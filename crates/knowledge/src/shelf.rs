//! One shop's wordings in one language: their vectors in flat blocks, and where each came from. Shelves are
//! values: readers keep the one they have while the writer changes a copy that shares every untouched block.
//!
//! The vectors are scanned exactly rather than through a graph index: 100,000 rows of 384 bytes take a few
//! milliseconds, every filter (shop, language, validity, scope) is applied before the arithmetic and can never
//! empty a candidate list, and a changed article is live at once with nothing to rebuild.

use std::{collections::HashMap, sync::Arc};

use domain::{article::Article, id::ArticleId, language::Language};

use crate::{
    conditions::{Conditions, ScopeMatch},
    vectors::{LANES, QueryVector, WordingVectors, shelved, unshelved},
};

/// Rows and slots to a block: small enough to copy for one change, large enough that a scan runs straight on.
const BLOCK: usize = 1_024;
/// Blocks that are read side by side: a single stream from memory waits for it a third of the time.
const STREAMS: usize = 8;
const NOBODY: u32 = u32::MAX;

/// An article's wording in one language, at its place on the shelf.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) article: Arc<Article>,
    /// Rows of the question and then each alias; empty without vectors.
    rows: Vec<u32>,
    conditions: u32,
    /// Grams the lexicon counted, for the average length.
    grams: u64,
}

#[derive(Debug, Clone, Default)]
struct RowBlock {
    /// `BLOCK` rows at most, each filled up to whole lanes.
    values: Vec<u8>,
    scales: Vec<f32>,
    owners: Vec<u32>,
    conditions: Vec<u32>,
}

impl RowBlock {
    /// Whose row it is and its score; `None` for no row or one that isn't admitted.
    fn score(&self, at: usize, stride: usize, query: &QueryVector, is_admitted: &[bool]) -> Option<(u32, f32)> {
        let conditions = *self.conditions.get(at)? as usize;
        if !is_admitted.get(conditions).is_some_and(|&is| is) {
            return None;
        }
        let row = self.values.get(at * stride..(at + 1) * stride)?;
        Some((*self.owners.get(at)?, query.score(row, *self.scales.get(at)?)))
    }
}

#[derive(Debug, Clone, Default)]
struct SlotBlock {
    placed: Vec<Option<Arc<Placed>>>,
    /// Of each slot; `NOBODY` when it is empty.
    conditions: Vec<u32>,
}

/// What readers see.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    /// Distinguishes the grams and documents of this shelf in the one lexicon.
    pub(crate) number: u32,
    pub(crate) language: Language,
    /// Length of a row in numbers, whole lanes.
    stride: usize,
    rows: Vec<Arc<RowBlock>>,
    slots: Vec<Arc<SlotBlock>>,
    conditions: Arc<Vec<Arc<Conditions>>>,
    pub(crate) wordings: u64,
    pub(crate) grams: u64,
}

impl Shelf {
    pub(crate) fn slot_count(&self) -> usize {
        self.slots.last().map_or(0, |last| (self.slots.len() - 1) * BLOCK + last.placed.len())
    }

    pub(crate) fn placed(&self, slot: usize) -> Option<&Arc<Placed>> {
        self.slots.get(slot / BLOCK)?.placed.get(slot % BLOCK)?.as_ref()
    }

    /// Judges each distinct set of conditions once; [`admissions_by_slot`](Self::admissions_by_slot) applies it.
    pub(crate) fn admissions(&self, judge: impl Fn(&Conditions) -> Option<ScopeMatch>) -> Vec<Option<ScopeMatch>> {
        self.conditions.iter().map(|conditions| judge(conditions)).collect()
    }

    /// The judgement on every slot, in order; empty slots are not admitted.
    pub(crate) fn admissions_by_slot(&self, admissions: &[Option<ScopeMatch>]) -> Vec<Option<ScopeMatch>> {
        let of = |&conditions: &u32| admissions.get(conditions as usize).copied().flatten();
        self.slots.iter().flat_map(|block| block.conditions.iter().map(of)).collect()
    }

    /// The best score of each slot's rows; `NEG_INFINITY` where nothing was admitted or has a vector.
    pub(crate) fn scan(&self, query: &QueryVector, admissions: &[Option<ScopeMatch>]) -> Vec<f32> {
        let mut best = vec![f32::NEG_INFINITY; self.slot_count()];
        let is_admitted: Vec<bool> = admissions.iter().map(Option::is_some).collect();
        for blocks in self.rows.chunks(STREAMS) {
            for at in 0..BLOCK {
                for block in blocks {
                    let Some((owner, score)) = block.score(at, self.stride, query, &is_admitted) else {
                        continue;
                    };
                    if let Some(best) = best.get_mut(owner as usize)
                        && score > *best
                    {
                        *best = score;
                    }
                }
            }
        }
        best
    }

    /// The vector kept for one of a wording's phrasings.
    pub(crate) fn row(&self, placed: &Placed, phrasing: usize) -> Option<Vec<f32>> {
        let row = *placed.rows.get(phrasing)? as usize;
        let (block, at) = (self.rows.get(row / BLOCK)?, row % BLOCK);
        let values = block.values.get(at * self.stride..(at + 1) * self.stride)?;
        let scale = *block.scales.get(at)?;
        Some(values.iter().map(|&value| f32::from(unshelved(value)) * scale).collect())
    }

    /// Where an article stands; looks at every place.
    pub(crate) fn find(&self, article: ArticleId) -> Option<(usize, &Arc<Placed>)> {
        let places = self.slots.iter().flat_map(|block| &block.placed).enumerate();
        places
            .filter_map(|(slot, placed)| Some((slot, placed.as_ref()?)))
            .find(|(_, placed)| placed.article.id == article)
    }

    /// Which of a wording's phrasings is nearest: 0 for the question, then the aliases.
    pub(crate) fn nearest_phrasing(&self, placed: &Placed, query: &QueryVector) -> Option<usize> {
        let scores = placed.rows.iter().enumerate().filter_map(|(phrasing, &row)| {
            let (block, at) = (self.rows.get(row as usize / BLOCK)?, row as usize % BLOCK);
            let values = block.values.get(at * self.stride..(at + 1) * self.stride)?;
            Some((phrasing, query.score(values, *block.scales.get(at)?)))
        });
        scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(phrasing, _)| phrasing)
    }
}

/// The writer's side of a shelf: the next version, and what only changes need to know.
#[derive(Debug)]
pub(crate) struct ShelfDraft {
    pub(crate) shelf: Shelf,
    slots_of: HashMap<ArticleId, u32>,
    free_slots: Vec<u32>,
    free_rows: Vec<u32>,
    /// Number and use count of each distinct set of conditions.
    interned: HashMap<Arc<Conditions>, (u32, usize)>,
    free_conditions: Vec<u32>,
}

impl ShelfDraft {
    pub(crate) fn new(number: u32, language: Language, dimension: usize) -> Self {
        let shelf = Shelf {
            number,
            language,
            stride: dimension.next_multiple_of(LANES),
            rows: Vec::new(),
            slots: Vec::new(),
            conditions: Arc::default(),
            wordings: 0,
            grams: 0,
        };
        Self {
            shelf,
            slots_of: HashMap::new(),
            free_slots: Vec::new(),
            free_rows: Vec::new(),
            interned: HashMap::new(),
            free_conditions: Vec::new(),
        }
    }

    /// Puts a wording on the shelf and says where. The article must not be on it.
    pub(crate) fn place(&mut self, article: &Arc<Article>, vectors: Option<&WordingVectors>, grams: u64) -> u32 {
        let conditions = self.intern(Conditions::of(&article.draft));
        let slot = self.free_slots.pop().unwrap_or(self.shelf.slot_count() as u32);
        let phrasings = vectors.map_or(&[][..], |vectors| &vectors.phrasings);
        let rows = phrasings.iter().map(|row| self.add_row(&row.values, row.scale, slot, conditions)).collect();
        let placed = Arc::new(Placed { article: article.clone(), rows, conditions, grams });
        let block = block_of(&mut self.shelf.slots, slot);
        set_at(&mut block.placed, slot, Some(placed));
        set_at(&mut block.conditions, slot, conditions);
        self.shelf.wordings += 1;
        self.shelf.grams += grams;
        self.slots_of.insert(article.id, slot);
        slot
    }

    /// Takes an article's wording off the shelf and says where it was.
    pub(crate) fn take(&mut self, article: ArticleId) -> Option<u32> {
        let slot = self.slots_of.remove(&article)?;
        let block = block_of(&mut self.shelf.slots, slot);
        set_at(&mut block.conditions, slot, NOBODY);
        let placed = block.placed.get_mut(slot as usize % BLOCK)?.take()?;
        for &row in &placed.rows {
            let block = block_of(&mut self.shelf.rows, row);
            set_at(&mut block.owners, row, NOBODY);
            set_at(&mut block.conditions, row, NOBODY);
            self.free_rows.push(row);
        }
        self.release(placed.conditions);
        self.shelf.wordings -= 1;
        self.shelf.grams -= placed.grams;
        self.free_slots.push(slot);
        Some(slot)
    }

    fn add_row(&mut self, values: &[i8], scale: f32, owner: u32, conditions: u32) -> u32 {
        let stride = self.shelf.stride;
        let end = self.shelf.rows.last().map_or(0, |last| (self.shelf.rows.len() - 1) * BLOCK + last.scales.len());
        let row = self.free_rows.pop().unwrap_or(end as u32);
        let block = block_of(&mut self.shelf.rows, row);
        let start = (row as usize % BLOCK) * stride;
        if block.values.len() < start + stride {
            block.values.resize(start + stride, 0);
        }
        let places = &mut block.values[start..start + stride];
        places.iter_mut().zip(values).for_each(|(place, &value)| *place = shelved(value));
        set_at(&mut block.scales, row, scale);
        set_at(&mut block.owners, row, owner);
        set_at(&mut block.conditions, row, conditions);
        row
    }

    fn intern(&mut self, conditions: Conditions) -> u32 {
        if let Some((number, uses)) = self.interned.get_mut(&conditions) {
            *uses += 1;
            return *number;
        }
        let conditions = Arc::new(conditions);
        let table = Arc::make_mut(&mut self.shelf.conditions);
        let number = self.free_conditions.pop().unwrap_or(table.len() as u32);
        if (number as usize) < table.len() {
            table[number as usize] = conditions.clone();
        } else {
            table.push(conditions.clone());
        }
        self.interned.insert(conditions, (number, 1));
        number
    }

    fn release(&mut self, number: u32) {
        let conditions = self.shelf.conditions[number as usize].clone();
        if let Some((_, uses)) = self.interned.get_mut(&conditions) {
            *uses -= 1;
            if *uses == 0 {
                self.interned.remove(&conditions);
                self.free_conditions.push(number);
            }
        }
    }
}

/// The block that holds `position`, made when it is the next one and copied when readers still see it.
fn block_of<T: Clone + Default>(blocks: &mut Vec<Arc<T>>, position: u32) -> &mut T {
    let block = position as usize / BLOCK;
    if block == blocks.len() {
        blocks.push(Arc::default());
    }
    Arc::make_mut(&mut blocks[block])
}

/// Replaces what stands at `position` of a block's column, or appends it when it is the next one.
fn set_at<T>(column: &mut Vec<T>, position: u32, value: T) {
    let at = position as usize % BLOCK;
    if at == column.len() {
        column.push(value);
    } else {
        column[at] = value;
    }
}
