//! `reading`: which skill a shopper wants, or whether the articles answer, or nothing does. Learns from the skills'
//! examples and the articles' phrasings of a content folder, and is asked the held-out list of the project.

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Instant};

use anyhow::{Context, Result, bail};
use domain::language::Language;
use engine::reader::{Lessons, MAX_ARTICLE_PHRASINGS, Phrase, Reader, Reading};
use knowledge::exchange::{Conventions, Format, import};
use models::{Embedder, TextKind};
use serde::Deserialize;
use serde_json::{Value, json};
use skills::{Source, load};

use super::{Report, Texts, rounded, scores::auc};

const HELD_OUT: &str = include_str!("../../../content/evaluation/skill_intents.yaml");

#[derive(Deserialize, Default)]
struct ByLanguage {
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

#[derive(Deserialize)]
struct HeldOut {
    skills: BTreeMap<String, ByLanguage>,
    articles: BTreeMap<String, ByLanguage>,
    out_of_scope: ByLanguage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer<'a> {
    Skill(&'a str),
    Article,
    Nothing,
}

struct Asked<'a> {
    text: &'a str,
    language: Language,
    answer: Answer<'a>,
}

/// `folder` is a content folder with `skills` and `articles`.
pub async fn reading(folder: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let texts = Texts::new(embedder);
    let lessons = lessons(folder, &texts).await?;
    let learning = Instant::now();
    let reader = Reader::train(&lessons).context("no skills")?;
    let learned_seconds = learning.elapsed().as_secs_f64();
    let held_out: HeldOut = serde_yaml_ng::from_str(HELD_OUT)?;
    let asked = asked(&held_out);
    let questions: Vec<String> = asked.iter().map(|asked| asked.text.to_owned()).collect();
    let vectors = texts.embed(TextKind::Query, &questions).await?;
    let reads = Instant::now();
    let read: Vec<Reading> =
        asked.iter().zip(&vectors).map(|(asked, vector)| reader.read(asked.text, Some(vector))).collect();
    let read_ms = reads.elapsed().as_secs_f64() * 1_000.0 / asked.len().max(1) as f64;
    let mut metrics = measure(&asked, &read);
    metrics["guess_points"] = json!([0.1f32, 0.15, 0.25, 0.4].map(|least| guess_point(&asked, &read, least)));
    metrics["likeness_points"] =
        json!([0.35, 0.45, 0.55, 0.65].map(|least| likeness_point(&lessons, &asked, &read, least)));
    metrics["learned_seconds"] = json!(rounded(learned_seconds));
    metrics["read_ms"] = json!(rounded(read_ms));
    Ok(Report::new("reading", folder, asked.len(), begun, metrics, json!({})))
}

async fn lessons(folder: &Path, texts: &Texts<'_>) -> Result<Lessons> {
    let sources: Vec<Source> = files(&folder.join("skills"))?
        .into_iter()
        .map(|(file, bytes)| Ok(Source { file, text: String::from_utf8(bytes)? }))
        .collect::<Result<_>>()?;
    let skills = match load(&sources) {
        Ok(skills) => skills,
        Err(faults) => bail!("{faults:?}"),
    };
    let mut lessons = Lessons::default();
    for skill in skills.iter() {
        let examples: Vec<String> =
            Language::ALL.iter().flat_map(|language| skill.examples.of(*language)).cloned().collect();
        lessons.skills.push((Arc::from(skill.name.as_str()), phrases(texts, examples).await?));
    }
    let mut phrasings = Vec::new();
    for (_, bytes) in files(&folder.join("articles"))? {
        let report = import(Format::Yaml, &bytes, &Conventions::default())?;
        for accepted in report.accepted {
            for wording in [accepted.draft.zh, accepted.draft.en].into_iter().flatten() {
                phrasings.push(wording.question);
                phrasings.extend(wording.aliases);
            }
        }
    }
    let step = phrasings.len().div_ceil(MAX_ARTICLE_PHRASINGS).max(1);
    lessons.articles = phrases(texts, phrasings.into_iter().step_by(step).collect()).await?;
    Ok(lessons)
}

fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("{} can't be read", folder.display()))?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let yaml = files.into_iter().filter(|file| file.extension().is_some_and(|end| end == "yaml"));
    yaml.map(|file| Ok((file.display().to_string(), std::fs::read(&file)?))).collect()
}

async fn phrases(texts: &Texts<'_>, said: Vec<String>) -> Result<Vec<Phrase>> {
    let vectors = texts.embed(TextKind::Query, &said).await?;
    Ok(said.into_iter().zip(vectors).map(|(text, vector)| Phrase { text, vector: Some(vector) }).collect())
}

fn asked(held_out: &HeldOut) -> Vec<Asked<'_>> {
    let skills = held_out.skills.iter().flat_map(|(name, texts)| all(texts, Answer::Skill(name)));
    let articles = held_out.articles.values().flat_map(|texts| all(texts, Answer::Article));
    skills.chain(articles).chain(all(&held_out.out_of_scope, Answer::Nothing)).collect()
}

fn all<'a>(texts: &'a ByLanguage, answer: Answer<'a>) -> impl Iterator<Item = Asked<'a>> {
    let zh = texts.zh.iter().map(|text| (text, Language::Zh));
    let en = texts.en.iter().map(|text| (text, Language::En));
    zh.chain(en).map(move |(text, language)| Asked { text, language, answer })
}

fn measure(asked: &[Asked<'_>], read: &[Reading]) -> Value {
    let pairs = || asked.iter().zip(read);
    let is_right = |asked: &Asked<'_>, reading: &Reading, depth: usize| {
        reading.intents.iter().take(depth).any(|intent| match (asked.answer, intent.skill.as_deref()) {
            (Answer::Skill(wanted), Some(skill)) => wanted == skill,
            (Answer::Article, None) => true,
            _ => false,
        })
    };
    let share = |depth: usize, of: &dyn Fn(&Asked<'_>) -> bool| {
        let chosen: Vec<_> = pairs().filter(|(asked, _)| of(asked)).collect();
        let right = chosen.iter().filter(|(asked, reading)| is_right(asked, reading, depth)).count();
        rounded(right as f64 / chosen.len().max(1) as f64)
    };
    let is_skill = |asked: &Asked<'_>| matches!(asked.answer, Answer::Skill(_));
    let reliable: Vec<(f64, bool)> =
        pairs().map(|(asked, reading)| (f64::from(reading.reliability), is_right(asked, reading, 1))).collect();
    let mut confused: BTreeMap<String, usize> = BTreeMap::new();
    for (asked, reading) in pairs().filter(|(asked, reading)| !is_right(asked, reading, 1)) {
        let said = reading.intents.first().and_then(|intent| intent.skill.as_deref()).unwrap_or("article");
        let wanted = match asked.answer {
            Answer::Skill(name) => name,
            Answer::Article => "article",
            Answer::Nothing => continue,
        };
        *confused.entry(format!("{wanted} -> {said}")).or_default() += 1;
    }
    confused.retain(|_, count| *count > 1);
    let points = [0.3f32, 0.4, 0.5, 0.6, 0.7].map(|least| operating_point(asked, read, least));
    json!({
        "skill_hit_at_1_zh": share(1, &|asked| is_skill(asked) && asked.language == Language::Zh),
        "skill_hit_at_1_en": share(1, &|asked| is_skill(asked) && asked.language == Language::En),
        "skill_hit_at_2": share(2, &is_skill),
        "article_recall": share(1, &|asked| asked.answer == Answer::Article),
        "reliability_auc": rounded(auc(&reliable)),
        "operating_points": points,
        "confused": confused,
    })
}

/// What happens when a skill is only begun from this reliability on.
fn operating_point(asked: &[Asked<'_>], read: &[Reading], least: f32) -> Value {
    let begun = |reading: &Reading| {
        let skill = reading.intents.first().and_then(|intent| intent.skill.as_deref());
        skill.filter(|_| reading.reliability >= least).map(str::to_owned)
    };
    let count = |keep: &dyn Fn(&Asked<'_>, Option<&str>) -> bool| {
        asked.iter().zip(read).filter(|(asked, reading)| keep(asked, begun(reading).as_deref())).count() as f64
    };
    let skills = count(&|asked, _| matches!(asked.answer, Answer::Skill(_)));
    let articles = count(&|asked, _| asked.answer == Answer::Article);
    let nothing = count(&|asked, _| asked.answer == Answer::Nothing);
    let right =
        count(&|asked, skill| matches!((asked.answer, skill), (Answer::Skill(name), Some(begun)) if name == begun));
    let wrong =
        count(&|asked, skill| matches!((asked.answer, skill), (Answer::Skill(name), Some(begun)) if name != begun));
    json!({
        "reliability": least,
        "begun_right": rounded(right / skills), "begun_wrong": rounded(wrong / skills),
        "article_begins_a_skill": rounded(count(&|asked, skill| asked.answer == Answer::Article && skill.is_some()) / articles),
        "out_of_scope_begins_a_skill": rounded(count(&|asked, skill| asked.answer == Answer::Nothing && skill.is_some()) / nothing),
    })
}

/// Reliability from which a skill begins without more; below it the two fallbacks are measured.
const SURE: f32 = 0.4;

/// What the likeliest skill of an unsure reading is worth, followed from this chance on. The bot follows it only where
/// an order or a product is named, so that articles lose less than this says.
fn guess_point(asked: &[Asked<'_>], read: &[Reading], least: f32) -> Value {
    let guessed = asked.iter().zip(read).filter(|(_, reading)| is_unsure(reading)).map(|(asked, reading)| {
        let found = reading.intents.iter().find(|intent| intent.skill.is_some() && intent.chance >= least);
        (asked, found.and_then(|intent| intent.skill.as_deref()))
    });
    json!({ "chance": least, "of_the_unsure": shares(guessed) })
}

/// What likeness with an example is worth where the reader is unsure.
fn likeness_point(lessons: &Lessons, asked: &[Asked<'_>], read: &[Reading], least: f64) -> Value {
    let likest = |text: &str| {
        let best = lessons.skills.iter().map(|(name, phrases)| {
            let alike = phrases.iter().map(|phrase| engine::bot::likeness(&phrase.text, text)).fold(0.0, f64::max);
            (alike, &**name)
        });
        best.max_by(|one, other| one.0.total_cmp(&other.0)).filter(|(alike, _)| *alike >= least).map(|(_, name)| name)
    };
    let unsure = asked.iter().zip(read).filter(|(_, reading)| is_unsure(reading));
    json!({ "likeness": least, "of_the_unsure": shares(unsure.map(|(asked, _)| (asked, likest(asked.text)))) })
}

fn is_unsure(reading: &Reading) -> bool {
    let is_skill = reading.intents.first().is_some_and(|intent| intent.skill.is_some());
    !(is_skill && reading.reliability >= SURE)
}

fn shares<'a>(decided: impl Iterator<Item = (&'a Asked<'a>, Option<&'a str>)>) -> Value {
    let (mut skills, mut right, mut wrong, mut others, mut begun) = (0.0_f64, 0.0, 0.0, 0.0_f64, 0.0);
    for (asked, skill) in decided {
        match (asked.answer, skill) {
            (Answer::Skill(name), found) => {
                skills += 1.0;
                right += f64::from(u8::from(found == Some(name)));
                wrong += f64::from(u8::from(found.is_some_and(|found| found != name)));
            }
            (_, found) => {
                others += 1.0;
                begun += f64::from(u8::from(found.is_some()));
            }
        }
    }
    json!({
        "begun_right": rounded(right / skills.max(1.0)), "begun_wrong": rounded(wrong / skills.max(1.0)),
        "others_begin_a_skill": rounded(begun / others.max(1.0)),
    })
}
