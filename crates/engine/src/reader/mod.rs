//! Which skill a shopper wants, or whether the question is one for the articles. One classifier over the examples of all
//! skills, with the articles' phrasings as the class beside them; trained again whenever either changes.

mod follow;

use std::sync::Arc;

use serde::Serialize;
use understanding::classifier::{Classifier, Example, Outside, Settings};

pub(crate) use follow::phrases;
pub use follow::{Readers, learn, read};

/// Phrasings of articles the classifier sees: enough to know what a question of that kind looks like, and few enough not
/// to drown the skills.
pub const MAX_ARTICLE_PHRASINGS: usize = 1_200;
/// Intents below this are noise.
const MIN_CHANCE: f32 = 0.05;
const ARTICLES: usize = 0;
/// There are many times more phrasings of articles than of any skill, and shoppers don't ask for them so much more often.
const ARTICLE_WEIGHT: f32 = 0.4;

/// A text to learn from, with its vector when there is a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    pub text: String,
    pub vector: Option<Vec<f32>>,
}

/// What the classifier learns from.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// A skill's name and its examples.
    pub skills: Vec<(Arc<str>, Vec<Phrase>)>,
    pub articles: Vec<Phrase>,
    /// What no shop answers, such as the weather.
    pub outside: Vec<Phrase>,
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Intent {
    /// `None`: an answer from the articles.
    pub skill: Option<Arc<str>>,
    pub chance: f32,
}

/// What was read in one text.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Reading {
    /// Likeliest first.
    pub intents: Vec<Intent>,
    /// The chance that the first intent is right, where a text outside everything is always wrong.
    pub reliability: f32,
    /// Low for what is like nothing known.
    pub familiarity: f32,
}

#[derive(Debug)]
pub struct Reader {
    skills: Vec<Arc<str>>,
    classifier: Classifier,
}

impl Reader {
    /// `None` when there is no skill. Computes for seconds.
    pub fn train(lessons: &Lessons) -> Option<Self> {
        if lessons.skills.is_empty() {
            return None;
        }
        let skills: Vec<Arc<str>> = lessons.skills.iter().map(|(name, _)| name.clone()).collect();
        let example = |phrase: &'_ Phrase, label| (phrase.text.clone(), phrase.vector.clone(), label);
        let of_articles = lessons.articles.iter().map(|phrase| example(phrase, ARTICLES));
        let of_skills = lessons
            .skills
            .iter()
            .enumerate()
            .flat_map(|(place, (_, phrases))| phrases.iter().map(move |phrase| example(phrase, place + 1)));
        let texts: Vec<_> = of_articles.chain(of_skills).collect();
        let examples: Vec<Example<'_>> = texts
            .iter()
            .map(|(text, vector, label)| Example {
                text,
                vector: vector.as_deref(),
                label: *label,
                weight: if *label == ARTICLES { ARTICLE_WEIGHT } else { 1.0 },
            })
            .collect();
        let outside: Vec<Outside<'_>> = lessons
            .outside
            .iter()
            .map(|phrase| Outside { text: &phrase.text, vector: phrase.vector.as_deref() })
            .collect();
        let classifier = Classifier::train_with_outside(skills.len() + 1, &examples, &outside, &Settings::default());
        Some(Self { skills, classifier })
    }

    pub fn read(&self, text: &str, vector: Option<&[f32]>) -> Reading {
        let prediction = self.classifier.predict(text, vector);
        let intents = prediction
            .ranked
            .iter()
            .filter(|(_, chance)| *chance >= MIN_CHANCE)
            .map(|(label, chance)| Intent {
                skill: label.checked_sub(1).and_then(|place| self.skills.get(place)).cloned(),
                chance: *chance,
            })
            .collect();
        Reading { intents, reliability: prediction.reliability, familiarity: prediction.familiarity }
    }
}
