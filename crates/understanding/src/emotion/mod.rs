//! What a shopper feels and how strongly: kind, level and the words it was read from. By words and signs alone, so
//! that it costs nothing and can be explained; no model.

mod cues;
mod lexicon;
mod signs;

use domain::handoff::Emotion;
use serde::{Deserialize, Serialize};

use crate::text::{is_han, normal};
use cues::Found;
use lexicon::{CHINESE, ENGLISH, Lexicon};

/// From this level on a person takes over.
pub const HANDOFF_LEVEL: u8 = 4;
/// Longer texts are read up to here; nobody's anger begins later.
const MAX_CHARS: usize = 4_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Neutral,
    Happy,
    Worried,
    Disappointed,
    Angry,
}

/// A feeling. Level 0 is calm or pleased, 1 slightly worried or impatient, 2 pressing or let down, 3 openly
/// dissatisfied, 4 angry, 5 abuse or the threat of law.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mood {
    pub kind: Kind,
    pub level: u8,
    /// The words it was read from, in their normal form.
    pub sign: Option<String>,
}

impl Mood {
    /// The four steps that events and cards know.
    pub fn emotion(&self) -> Emotion {
        match (self.level, self.kind) {
            (HANDOFF_LEVEL.., _) => Emotion::Angry,
            (3, _) | (2, Kind::Disappointed | Kind::Angry) => Emotion::Upset,
            (1 | 2, _) => Emotion::Worried,
            _ => Emotion::Calm,
        }
    }
}

/// What the message says.
pub fn read(text: &str) -> Mood {
    let end = text.char_indices().nth(MAX_CHARS).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let lines: Vec<String> = text.lines().map(normal).collect();
    let han = text.chars().filter(|symbol| is_han(*symbol)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    // Both are read: abuse comes in English letters in Chinese sentences too.
    let lexicons: &[&Lexicon] = if han == 0 {
        &[&ENGLISH]
    } else if latin == 0 {
        &[&CHINESE]
    } else {
        &[&CHINESE, &ENGLISH]
    };
    let mut mood = lexicons.iter().map(|lexicon| judge(text, &lines, lexicon)).max_by_key(strength).unwrap_or_default();
    if let Some(face) = signs::angry_face(text).filter(|(level, _)| *level > mood.level) {
        mood = Mood { kind: Kind::Angry, level: face.0, sign: Some(face.1.to_owned()) };
    }
    mood
}

fn strength(mood: &Mood) -> (u8, bool) {
    (mood.level, mood.kind != Kind::Neutral)
}

fn judge(text: &str, lines: &[String], lexicon: &Lexicon) -> Mood {
    let mut found: Vec<Found> = lines.iter().flat_map(|line| lexicon.find(line)).collect();
    found.extend(lines.iter().filter_map(|line| signs::waiting(line, lexicon)));
    let praise = found.iter().position(|cue| cue.kind == Kind::Happy);
    if praise.is_some() {
        found.retain(|cue| !cue.is_ambiguous);
    }
    let Some(worst) = found.iter().filter(|cue| cue.level > 0).max_by_key(|cue| (cue.level, cue.kind as u8)).cloned()
    else {
        return found.into_iter().find(|cue| cue.kind == Kind::Happy).map_or_else(Mood::default, |cue| Mood {
            kind: Kind::Happy,
            level: 0,
            sign: Some(cue.sign),
        });
    };
    let level = raised(worst.level, text, lines, &found, lexicon);
    let kind = if level >= HANDOFF_LEVEL { Kind::Angry } else { worst.kind };
    Mood { kind, level, sign: Some(worst.sign) }
}

/// The level of the strongest cue, moved by how the message is written.
fn raised(level: u8, text: &str, lines: &[String], found: &[Found], lexicon: &Lexicon) -> u8 {
    let count = |least: u8| found.iter().filter(|cue| cue.level >= least).count();
    let is_praised = found.iter().any(|cue| cue.kind == Kind::Happy);
    let mut level = level;
    if level == 3 && count(3) >= 3 {
        level = 4;
    } else if level == 2 && found.iter().filter(|cue| cue.level == 2 && cue.kind != Kind::Worried).count() >= 2 {
        level = 3;
    }
    if is_praised
        && (2..HANDOFF_LEVEL).contains(&level)
        && lines.iter().any(|line| lexicon.has_mishap(line))
        && signs::is_sarcastic(found, lines)
    {
        level = 4;
    }
    if (2..HANDOFF_LEVEL).contains(&level) {
        let loud = 2 * u8::from(signs::is_shouted(text)) + u8::from(signs::is_exclaimed(text));
        level = (level + loud).min(HANDOFF_LEVEL);
    }
    if level <= HANDOFF_LEVEL && lines.iter().any(|line| lexicon.has_laughter(line)) {
        level = level.saturating_sub(2).max(1);
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_anger_from_strong_praise() {
        let angry = [
            "你们就是骗子",
            "什么垃圾质量，气死人了",
            "I am furious!",
            "再不发货我就投诉到12315",
            "WHY IS NOBODY ANSWERING ME",
        ];
        for text in angry {
            assert!(read(text).level >= HANDOFF_LEVEL, "{text}: {:?}", read(text));
        }
        let calm = [
            "这件衣服好看死了",
            "that's sick, love it",
            "垃圾桶有大号的吗",
            "不是投诉哈，就想问下发票",
            "卧槽，也太好看了吧",
        ];
        for text in calm {
            assert_eq!(read(text).level, 0, "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_feeling_of_others_is_not_the_shoppers() {
        assert_eq!(read("之前那家店就是骗子，你们好多了").level, 0);
        assert_eq!(read("The last shop was a scam").level, 0);
        assert!(read("my husband says you people are liars").level >= HANDOFF_LEVEL);
    }

    #[test]
    fn loudness_raises_what_is_bad_already_and_nothing_else() {
        assert_eq!(read("HI DO YOU HAVE SIZE XL").level, 0);
        assert_eq!(read("好看!!!").kind, Kind::Happy);
        assert!(read("没人理我!!!").level > read("没人理我").level);
    }

    #[test]
    fn says_what_it_was_read_from() {
        let mood = read("麻煩盡快，我很著急");
        assert_eq!((mood.kind, mood.emotion()), (Kind::Worried, Emotion::Worried));
        assert!(mood.sign.is_some());
        assert_eq!(read("我的快递到哪了"), Mood::default());
    }

    #[test]
    fn very_long_and_empty_texts_are_read() {
        assert_eq!(read(""), Mood::default());
        assert!(read(&format!("{}骗子", "好的。".repeat(5_000))).level < HANDOFF_LEVEL);
    }
}
