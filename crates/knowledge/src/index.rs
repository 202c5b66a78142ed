//! The articles of all shops, in memory. Readers take the current snapshot and never wait for a writer's work;
//! a writer prepares the next snapshot beside it and swaps it in.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use domain::{
    article::Article,
    id::{ArticleId, ShopId},
    language::Language,
    time::Timestamp,
};
use tantivy::Searcher;

use crate::{
    lexicon::{Fields, Lexicon, count_grams, counted_text},
    ranking::{self, Ranker, Trial},
    search::{self, Hit, Query},
    shelf::{Shelf, ShelfDraft},
    vectors::ArticleVectors,
};

/// Numbers in a vector of multilingual-e5-small, the embedded model.
const DEFAULT_DIMENSION: usize = 384;

/// Why the index couldn't be opened, changed or read.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The lexical index failed; in memory that means the machine is out of it.
    #[error("the lexical index failed")]
    Lexicon(#[from] tantivy::TantivyError),
    /// A question's vector was made by another model than this index is for.
    #[error("this index holds vectors of {expected} numbers and was asked with one of {got}")]
    Dimension {
        /// Numbers in this index's vectors.
        expected: usize,
        /// Numbers in the vector given.
        got: usize,
    },
}

/// An article to hold, with its vectors when there are some.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The version that answers from now on.
    pub article: Arc<Article>,
    /// Without them the article is found by its words alone.
    pub vectors: Option<Arc<ArticleVectors>>,
}

/// What a batch did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Upserted {
    /// Articles that can now be found.
    pub held: usize,
    /// Of those, the ones with a wording whose vectors are missing or don't fit it; embed these again.
    pub without_vectors: Vec<ArticleId>,
}

type ShelfKey = (ShopId, Language);

/// What readers see: one consistent state of everything.
pub(crate) struct Snapshot {
    pub(crate) shelves: HashMap<ShelfKey, Arc<Shelf>>,
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) dimension: usize,
    articles: usize,
}

struct Writer {
    lexicon: Lexicon,
    shelves: HashMap<ShelfKey, ShelfDraft>,
    shops: HashMap<ArticleId, ShopId>,
}

/// All articles of all shops, found by words and by meaning. Every method takes `&self` and may be called from
/// any thread; calls compute, so call them off the async executor.
pub struct Index {
    writer: Mutex<Writer>,
    published: RwLock<Arc<Snapshot>>,
    dimension: usize,
}

impl Index {
    /// An empty index for the embedded model's vectors.
    pub fn new() -> Result<Self, IndexError> {
        Self::with_dimension(DEFAULT_DIMENSION)
    }

    /// An empty index for a model whose vectors have `dimension` numbers. Another model needs another index.
    pub fn with_dimension(dimension: usize) -> Result<Self, IndexError> {
        let lexicon = Lexicon::open()?;
        let (searcher, fields) = (lexicon.searcher(), lexicon.fields());
        let snapshot = Snapshot { shelves: HashMap::new(), searcher, fields, dimension, articles: 0 };
        let writer = Writer { lexicon, shelves: HashMap::new(), shops: HashMap::new() };
        Ok(Self { writer: Mutex::new(writer), published: RwLock::new(Arc::new(snapshot)), dimension })
    }

    /// Numbers in this index's vectors.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// How many articles can be found, validity and scope aside.
    pub fn article_count(&self) -> usize {
        self.snapshot().articles
    }

    /// Holds these versions in place of the ones held before. Archived articles are dropped. All become visible
    /// together, when this returns.
    pub fn upsert(&self, entries: impl IntoIterator<Item = Entry>) -> Result<Upserted, IndexError> {
        let mut writer = self.lock_writer();
        let mut touched = HashSet::new();
        let mut upserted = Upserted::default();
        for Entry { article, vectors } in entries {
            writer.take(article.id, &mut touched);
            if article.archived {
                continue;
            }
            upserted.held += 1;
            let vectors = vectors.as_deref().filter(|vectors| vectors.dimension() == Some(self.dimension));
            if !writer.place(&article, vectors, self.dimension, &mut touched)? {
                upserted.without_vectors.push(article.id);
            }
        }
        self.publish(&mut writer, &touched)?;
        Ok(upserted)
    }

    /// Forgets these articles; ids that aren't held are ignored.
    pub fn remove(&self, articles: impl IntoIterator<Item = ArticleId>) -> Result<(), IndexError> {
        let mut writer = self.lock_writer();
        let mut touched = HashSet::new();
        for article in articles {
            writer.take(article, &mut touched);
        }
        self.publish(&mut writer, &touched)
    }

    /// The passages most likely to answer, best first.
    pub fn search(&self, query: &Query<'_>) -> Result<Vec<Hit>, IndexError> {
        search::search(&self.snapshot(), query)
    }

    /// What a shop's own phrasings in one language teach about finding the right article; `None` when they are too few.
    /// Takes about as long as a search for each trial.
    pub fn learn_ranker(
        &self,
        shop: ShopId,
        language: Language,
        now: Timestamp,
        trials: &[Trial],
    ) -> Result<Option<Ranker>, IndexError> {
        ranking::learn_ranker(&self.snapshot(), shop, language, now, trials)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.published.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn lock_writer(&self) -> std::sync::MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, writer: &mut Writer, touched: &HashSet<ShelfKey>) -> Result<(), IndexError> {
        if touched.is_empty() {
            return Ok(());
        }
        let searcher = writer.lexicon.publish()?;
        let before = self.snapshot();
        let mut shelves = before.shelves.clone();
        for key in touched {
            if let Some(draft) = writer.shelves.get(key) {
                shelves.insert(*key, Arc::new(draft.shelf.clone()));
            }
        }
        let (fields, articles) = (before.fields, writer.shops.len());
        let snapshot = Snapshot { shelves, searcher, fields, dimension: self.dimension, articles };
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
        Ok(())
    }
}

impl Writer {
    fn take(&mut self, article: ArticleId, touched: &mut HashSet<ShelfKey>) {
        let Some(shop) = self.shops.remove(&article) else {
            return;
        };
        for key in Language::ALL.map(|language| (shop, language)) {
            if let Some(draft) = self.shelves.get_mut(&key)
                && let Some(slot) = draft.take(article)
            {
                self.lexicon.remove(draft.shelf.number, slot);
                touched.insert(key);
            }
        }
    }

    /// Says whether every wording got its vectors.
    fn place(
        &mut self,
        article: &Arc<Article>,
        vectors: Option<&ArticleVectors>,
        dimension: usize,
        touched: &mut HashSet<ShelfKey>,
    ) -> Result<bool, IndexError> {
        let mut has_vectors = true;
        for language in Language::ALL {
            let Some(wording) = article.draft.wording(language) else {
                continue;
            };
            let vectors = vectors.and_then(|vectors| vectors.wording(language)).filter(|vectors| vectors.fits(wording));
            has_vectors &= vectors.is_some();
            let key = (article.shop, language);
            let next = self.shelves.len() as u32;
            let draft = self.shelves.entry(key).or_insert_with(|| ShelfDraft::new(next, language, dimension));
            let text = counted_text(wording);
            let slot = draft.place(article, vectors, count_grams(&text));
            self.lexicon.add(draft.shelf.number, slot, &text)?;
            touched.insert(key);
        }
        self.shops.insert(article.id, article.shop);
        Ok(has_vectors)
    }
}
