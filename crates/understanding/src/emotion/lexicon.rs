//! The words of both languages, read once from the text files beside this one.

use std::sync::LazyLock;

use super::Kind;

pub static CHINESE: LazyLock<Lexicon> = LazyLock::new(|| {
    const UNITS: &[(&str, u32)] =
        &[("天", 1), ("周", 7), ("个星期", 7), ("星期", 7), ("个礼拜", 7), ("礼拜", 7), ("个月", 30)];
    Lexicon { units: UNITS, ..Lexicon::parse(include_str!("chinese.txt")) }
});

pub static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    const UNITS: &[(&str, u32)] = &[("day", 1), ("days", 1), ("week", 7), ("weeks", 7), ("month", 30), ("months", 30)];
    Lexicon { units: UNITS, counts_words: true, ..Lexicon::parse(include_str!("english.txt")) }
});

#[derive(Debug, Default)]
pub struct Lexicon {
    pub cues: Vec<Cue>,
    pub harmless: Vec<&'static str>,
    pub others: Vec<&'static str>,
    pub addressed: Vec<&'static str>,
    pub negations: Vec<&'static str>,
    pub less: Vec<&'static str>,
    pub more: Vec<&'static str>,
    pub mishaps: Vec<&'static str>,
    pub laughter: Vec<&'static str>,
    pub waiting: Vec<&'static str>,
    /// How long one lasts, in days.
    pub units: &'static [(&'static str, u32)],
    /// A denial is looked for among the words before a cue instead of directly before it.
    pub counts_words: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    pub phrase: &'static str,
    pub kind: Kind,
    pub level: u8,
    /// Praise beside it makes it praise.
    pub is_ambiguous: bool,
}

impl Lexicon {
    /// Reads what can be read; a test holds that everything can.
    fn parse(file: &'static str) -> Self {
        let mut lexicon = Self::default();
        let mut section = "";
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(head) => section = head,
                None => drop(lexicon.take(section, line)),
            }
        }
        lexicon
    }

    /// Adds the phrases of a line to their section; `None` when there is no such section.
    fn take(&mut self, section: &str, line: &'static str) -> Option<()> {
        let phrases = line.split(" | ").map(str::trim).filter(|phrase| !phrase.is_empty());
        let list = match section {
            "harmless" => &mut self.harmless,
            "others" => &mut self.others,
            "addressed" => &mut self.addressed,
            "negations" => &mut self.negations,
            "less" => &mut self.less,
            "more" => &mut self.more,
            "mishaps" => &mut self.mishaps,
            "laughter" => &mut self.laughter,
            "waiting" => &mut self.waiting,
            cues => {
                let (cues, is_ambiguous) = cues.strip_prefix("ambiguous ").map_or((cues, false), |cues| (cues, true));
                let (kind, level) = cues.split_once(' ')?;
                let (kind, level) = (kind_of(kind)?, level.parse().ok()?);
                self.cues.extend(phrases.map(|phrase| Cue { phrase, kind, level, is_ambiguous }));
                return Some(());
            }
        };
        list.extend(phrases);
        Some(())
    }
}

fn kind_of(name: &str) -> Option<Kind> {
    match name {
        "happy" => Some(Kind::Happy),
        "worried" => Some(Kind::Worried),
        "disappointed" => Some(Kind::Disappointed),
        "angry" => Some(Kind::Angry),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::normal;

    #[test]
    fn every_line_of_both_files_is_read() {
        for file in [include_str!("chinese.txt"), include_str!("english.txt")] {
            let mut lexicon = Lexicon::default();
            let mut section = "";
            for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    Some(head) => section = head,
                    None => assert!(lexicon.take(section, line).is_some(), "[{section}] {line}"),
                }
            }
            assert!(lexicon.cues.iter().all(|cue| cue.level <= 5 && (cue.level > 0 || cue.kind == Kind::Happy)));
        }
    }

    #[test]
    fn phrases_stand_in_normal_form_and_once() {
        for lexicon in [&CHINESE, &ENGLISH] {
            let mut seen = std::collections::HashSet::new();
            for cue in &lexicon.cues {
                let letters: String = cue.phrase.chars().filter(|symbol| !"=~…".contains(*symbol)).collect();
                assert_eq!(normal(&letters), letters);
                assert!(seen.insert(cue.phrase), "{} twice", cue.phrase);
            }
        }
    }
}
