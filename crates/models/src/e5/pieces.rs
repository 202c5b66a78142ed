//! The vocabulary of the unigram tokeniser: its pieces behind a compact hash table of ids, and the table of
//! characters that are rewritten before tokenising. No piece is stored twice.

/// Longer pieces are refused: every text position tries all lengths up to the longest. The real longest has 48.
const MAX_PIECE_BYTES: usize = 256;
/// A lookup gives up after this many neighbours; a vocabulary made to collide is refused instead of being slow.
const MAX_PROBES: usize = 512;
/// How much worse than the worst piece an unknown character scores, in natural log units.
const UNKNOWN_PENALTY: f32 = 10.0;
const EMPTY: u32 = u32::MAX;

/// Ids with a meaning of their own.
#[derive(Clone, Copy, Debug)]
pub struct Specials {
    pub start: u32,
    pub end: u32,
    pub unknown: u32,
}

/// Pieces of text with their log probabilities. A piece's id is its place in the file.
#[derive(Debug)]
pub struct Pieces {
    text: Vec<u8>,
    offsets: Vec<u32>,
    scores: Vec<f32>,
    table: Vec<u32>,
    longest: usize,
    unknown_score: f32,
    pub specials: Specials,
}

impl Pieces {
    /// Indexes the pieces `text[offsets[i]..offsets[i + 1]]`; `offsets` is one longer than `scores`.
    ///
    /// # Errors
    /// A plain sentence when the parts contradict one another.
    pub fn new(text: Vec<u8>, offsets: Vec<u32>, scores: Vec<f32>, specials: Specials) -> Result<Self, &'static str> {
        if offsets.len() != scores.len() + 1 || !offsets.is_sorted() {
            return Err("the pieces are not in order");
        }
        if offsets.last().is_none_or(|end| *end as usize > text.len()) {
            return Err("a piece lies outside the vocabulary");
        }
        if scores.iter().any(|score| !score.is_finite()) {
            return Err("a score is not finite");
        }
        let lengths = offsets.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
        let longest = lengths.max().unwrap_or(0);
        if longest > MAX_PIECE_BYTES {
            return Err("a piece is too long");
        }
        let lowest = scores.iter().copied().fold(f32::MAX, f32::min);
        let size = (scores.len() * 2).next_power_of_two();
        let mut pieces = Self {
            text,
            offsets,
            scores,
            table: vec![EMPTY; size],
            longest,
            unknown_score: lowest - UNKNOWN_PENALTY,
            specials,
        };
        for id in 0..pieces.scores.len() as u32 {
            pieces.index(id)?;
        }
        Ok(pieces)
    }

    fn index(&mut self, id: u32) -> Result<(), &'static str> {
        if self.piece(id).is_empty() {
            return Ok(());
        }
        let hash = self.piece(id).iter().fold(PieceHash::START, |hash, byte| hash.with(*byte));
        let mask = self.table.len() - 1;
        let places = (0..MAX_PROBES).map(|step| (hash.place() + step) & mask);
        match places.into_iter().find(|place| self.table[*place] == EMPTY) {
            Some(place) => self.table[place] = id,
            None => return Err("too many pieces share a hash"),
        }
        Ok(())
    }

    /// The piece that is exactly `bytes`, whose hash is `hash`.
    pub fn find(&self, bytes: &[u8], hash: PieceHash) -> Option<u32> {
        let mask = self.table.len() - 1;
        let ids = (0..MAX_PROBES).map(|step| self.table[(hash.place() + step) & mask]);
        ids.take_while(|id| *id != EMPTY).find(|id| self.piece(*id) == bytes)
    }

    fn piece(&self, id: u32) -> &[u8] {
        let id = id as usize;
        &self.text[self.offsets[id] as usize..self.offsets[id + 1] as usize]
    }

    /// The log probability of piece `id`.
    pub fn score(&self, id: u32) -> f32 {
        self.scores[id as usize]
    }

    /// The log probability given to a character no piece holds.
    pub fn unknown_score(&self) -> f32 {
        self.unknown_score
    }

    /// Bytes of the longest piece.
    pub fn longest(&self) -> usize {
        self.longest
    }
}

/// FNV-1a over a piece's bytes, extended one byte at a time as a candidate grows.
#[derive(Clone, Copy, Debug)]
pub struct PieceHash(u64);

impl PieceHash {
    pub const START: Self = Self(0xcbf2_9ce4_8422_2325);

    pub fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    fn place(self) -> usize {
        (self.0 ^ (self.0 >> 32)) as usize
    }
}

/// What each rewritten character becomes (possibly nothing), sorted by character.
#[derive(Debug, Default)]
pub struct Normaliser {
    from: Vec<u32>,
    ends: Vec<u32>,
    into: Vec<char>,
}

impl Normaliser {
    /// Reads `count` entries of (u32 code point, u8 n, n x u32 code points).
    ///
    /// # Errors
    /// A plain sentence when the table is cut short, unsorted, or names no character.
    pub fn parse(count: usize, mut table: &[u8]) -> Result<Self, &'static str> {
        const CUT: &str = "the normalisation table is cut short";
        let mut normaliser = Self::default();
        for _ in 0..count {
            let (from, rest) = table.split_first_chunk().ok_or(CUT)?;
            let (length, rest) = rest.split_first().ok_or(CUT)?;
            let (into, rest) = rest.split_at_checked(usize::from(*length) * 4).ok_or(CUT)?;
            for code in into.as_chunks::<4>().0 {
                let character = char::from_u32(u32::from_le_bytes(*code));
                normaliser.into.push(character.ok_or("the normalisation table names no character")?);
            }
            let from = u32::from_le_bytes(*from);
            if normaliser.from.last().is_some_and(|last| *last >= from) {
                return Err("the normalisation table is not in order");
            }
            normaliser.from.push(from);
            normaliser.ends.push(normaliser.into.len() as u32);
            table = rest;
        }
        Ok(normaliser)
    }

    /// What `character` becomes, or `None` when it stays as it is.
    pub fn rewrite(&self, character: char) -> Option<&[char]> {
        let at = self.from.binary_search(&u32::from(character)).ok()?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.into[start..self.ends[at] as usize])
    }
}
