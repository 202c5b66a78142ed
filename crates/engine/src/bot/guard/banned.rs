//! Words the shop never says: what advertising law forbids, insults, moving shoppers off the platform, asking for
//! secrets. A list by category in `content/compliance/banned_words.yaml`; a merchant adds words of their own.

use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use domain::language::Bilingual;
use serde::Deserialize;

use super::{finding::Finding, folded};

const LIST: &str = include_str!("../../../../../content/compliance/banned_words.yaml");
/// Words a merchant may add: more would be a mistake.
pub const OWN_WORDS_MAX: usize = 500;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable, as in findings: `banned.absolute`.
    pub key: String,
    pub title: Bilingual,
    pub words: Vec<String>,
    /// Harmless words that contain a banned one.
    #[serde(default)]
    pub except: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error("the list can't be read")]
    Yaml(#[from] serde_yaml_ng::Error),
    #[error("at most {OWN_WORDS_MAX} own words")]
    TooMany,
    #[error("the word {0} is too short to look for")]
    TooShort(String),
    #[error("the list has a word twice or none at all: {0}")]
    Words(String),
}

pub struct Banned {
    categories: Vec<Category>,
    /// Index into `words`, which hold the category and whether the word is a harmless one.
    machine: CharwiseDoubleArrayAhoCorasick<u32>,
    words: Vec<Word>,
}

struct Word {
    category: usize,
    is_harmless: bool,
    is_latin: bool,
}

static SHIPPED: LazyLock<Banned> =
    LazyLock::new(|| Banned::read(LIST, &[]).expect("content/compliance/banned_words.yaml is read by a test"));

impl Banned {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The shipped list and a merchant's own words.
    pub fn with_own(own: &[String]) -> Result<Self, ListError> {
        Self::read(LIST, own)
    }

    fn read(list: &str, own: &[String]) -> Result<Self, ListError> {
        if own.len() > OWN_WORDS_MAX {
            return Err(ListError::TooMany);
        }
        let mut categories: Vec<Category> = serde_yaml_ng::from_str(list)?;
        if !own.is_empty() {
            let title = Bilingual::new("商家禁用词", "The merchant's own words");
            categories.push(Category { key: "own".into(), title, words: own.to_vec(), except: Vec::new() });
        }
        let mut patterns: std::collections::BTreeMap<String, Word> = std::collections::BTreeMap::new();
        for (category, listed) in categories.iter().enumerate() {
            let all =
                listed.words.iter().map(|word| (word, false)).chain(listed.except.iter().map(|word| (word, true)));
            for (word, is_harmless) in all {
                let tight = tight(word);
                if tight.chars().count() < 2 {
                    return Err(ListError::TooShort(word.clone()));
                }
                let is_latin = tight.is_ascii();
                // A word that stands twice belongs to the first category.
                patterns.entry(tight).or_insert(Word { category, is_harmless, is_latin });
            }
        }
        let machine = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns.keys())
            .map_err(|error| ListError::Words(error.to_string()))?;
        Ok(Self { categories, machine, words: patterns.into_values().collect() })
    }

    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Every banned word in a text; blanks and marks between Chinese characters hide nothing.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        let tight = tight(text);
        let is_word = |symbol: Option<char>| symbol.is_some_and(|symbol| symbol.is_ascii_alphanumeric());
        self.machine
            .leftmost_find_iter(&tight)
            .filter_map(|found| {
                let word = &self.words[found.value() as usize];
                let said = &tight[found.start()..found.end()];
                let joins = |edge: bool, beside: Option<char>| edge && is_word(beside);
                let is_inside = word.is_latin
                    && (joins(is_word(said.chars().next()), tight[..found.start()].chars().next_back())
                        || joins(is_word(said.chars().next_back()), tight[found.end()..].chars().next()));
                let category = &self.categories[word.category].key;
                (!word.is_harmless && !is_inside).then(|| Finding::banned(said, category))
            })
            .collect()
    }
}

/// Folded, with nothing between Chinese characters, and single blanks between other words.
fn tight(text: &str) -> String {
    let symbols: Vec<char> = folded(text).into_iter().map(look_alike).collect();
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for symbol in symbols {
        if symbol.is_alphanumeric() || matches!(symbol, '\'' | '+' | '%') {
            if gap && symbol.is_ascii() && out.chars().next_back().is_some_and(|last| last.is_ascii()) {
                out.push(' ');
            }
            out.push(symbol);
            gap = false;
        } else {
            gap = true;
        }
    }
    out
}

/// Letters of other scripts that look like Latin ones.
const fn look_alike(symbol: char) -> char {
    match symbol {
        'а' | 'α' => 'a',
        'в' => 'b',
        'с' => 'c',
        'е' | 'ε' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}
