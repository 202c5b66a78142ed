//! Intent data as it lies on disk: `train`, `val`, `test` and out-of-scope files of `{"text": …, "intent": …}` lines.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result, bail};
use models::TextKind;
use serde::Deserialize;
use understanding::classifier::{Classifier, Example, Outside};

use super::Texts;

/// The intent of a text that belongs to none.
pub const OUTSIDE: usize = usize::MAX;

#[derive(Deserialize)]
struct Line {
    text: String,
    intent: String,
}

/// A text, its vector and its label; `OUTSIDE` for a text outside every intent.
#[derive(Clone)]
pub struct Sample {
    pub text: String,
    pub vector: Vec<f32>,
    pub label: usize,
}

/// All files of a folder. Files that aren't there are empty, but for `train` and `test`.
pub struct IntentData {
    /// The names of the labels, which say something about them too.
    pub names: Vec<Sample>,
    pub train: Vec<Sample>,
    pub val: Vec<Sample>,
    pub test: Vec<Sample>,
    pub outside_train: Vec<Sample>,
    pub outside_val: Vec<Sample>,
    pub outside_test: Vec<Sample>,
}

impl Sample {
    pub fn example(&self) -> Example<'_> {
        Example { text: &self.text, vector: Some(&self.vector), label: self.label, weight: 1.0 }
    }

    pub fn outside(&self) -> Outside<'_> {
        Outside { text: &self.text, vector: Some(&self.vector) }
    }

    pub fn predicted(&self, by: &Classifier) -> Predicted {
        let prediction = by.predict(&self.text, Some(&self.vector));
        Predicted {
            is_right: prediction.best().is_some_and(|(label, _)| label == self.label),
            familiarity: prediction.familiarity,
            reliability: prediction.reliability,
        }
    }
}

/// What became of a sample.
pub struct Predicted {
    pub is_right: bool,
    pub familiarity: f32,
    pub reliability: f32,
}

impl IntentData {
    pub async fn read(folder: &Path, texts: &Texts<'_>) -> Result<Self> {
        let train = lines(&folder.join("train.jsonl"), true)?;
        let mut places = BTreeMap::new();
        for line in &train {
            places.entry(line.intent.clone()).or_insert(0);
        }
        for (place, value) in places.values_mut().enumerate() {
            *value = place;
        }
        let mut files = Vec::new();
        for (name, required) in
            [("val", false), ("test", true), ("oos_train", false), ("oos_val", false), ("oos_test", false)]
        {
            let lines = lines(&folder.join(format!("{name}.jsonl")), required)?;
            files.push(embed(lines, &places, name.starts_with("oos"), texts).await?);
        }
        let train = embed(train, &places, false, texts).await?;
        let mut next = files.into_iter();
        let mut file = || next.next().unwrap_or_default();
        Ok(Self {
            names: names(&places, texts).await?,
            train,
            val: file(),
            test: file(),
            outside_train: file(),
            outside_val: file(),
            outside_test: file(),
        })
    }

    pub const fn has_outside(&self) -> bool {
        !self.outside_test.is_empty()
    }
}

async fn names(places: &BTreeMap<String, usize>, texts: &Texts<'_>) -> Result<Vec<Sample>> {
    let spoken: Vec<String> = places.keys().map(|name| name.replace(['_', '-'], " ").to_lowercase()).collect();
    let vectors = texts.embed(TextKind::Query, &spoken).await?;
    let named = spoken.into_iter().zip(vectors).zip(places.values());
    Ok(named.map(|((text, vector), label)| Sample { text, vector, label: *label }).collect())
}

fn lines(file: &Path, required: bool) -> Result<Vec<Line>> {
    if !required && !file.exists() {
        return Ok(Vec::new());
    }
    let reader = std::fs::File::open(file).with_context(|| format!("{} can't be opened", file.display()))?;
    let mut lines = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            let at = || format!("{}, line {}", file.display(), number + 1);
            lines.push(serde_json::from_str(&line).with_context(at)?);
        }
    }
    Ok(lines)
}

async fn embed(
    lines: Vec<Line>,
    places: &BTreeMap<String, usize>,
    outside: bool,
    texts: &Texts<'_>,
) -> Result<Vec<Sample>> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let only_texts: Vec<String> = lines.iter().map(|line| line.text.clone()).collect();
    let vectors = texts.embed(TextKind::Query, &only_texts).await?;
    let mut samples = Vec::with_capacity(lines.len());
    for (line, vector) in lines.into_iter().zip(vectors) {
        let label = match (outside, places.get(&line.intent)) {
            (true, _) => OUTSIDE,
            (false, Some(place)) => *place,
            (false, None) => bail!("the intent {:?} isn't in train", line.intent),
        };
        samples.push(Sample { text: line.text, vector, label });
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_another_form_is_named_and_only_some_files_may_be_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("train.jsonl");
        std::fs::write(&file, "{\"text\":\"hi\",\"intent\":\"greet\"}\n{\"text\":\"no intent\"}\n").expect("written");
        let error = lines(&file, true).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("line 2"), "{error}");
        let missing = folder.path().join("val.jsonl");
        assert!(lines(&missing, false).is_ok_and(|lines| lines.is_empty()));
        assert!(lines(&missing, true).is_err());
    }
}
