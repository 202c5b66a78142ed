//! Judging one text: what stands in it, in which context, and what it comes to on the merchant's platform.

use std::ops::Range;

use domain::language::Bilingual;

use super::{
    Detector, Finding, Severity, Speaker, Suggestion,
    links::{is_among, links},
    numbers::numbers,
    own::{Compliance, OwnWord},
    pack::Extent,
    rules::{FOUND, Owner, Rule},
    view::{ENDS, View},
    words::is_inside_a_word,
};

/// Of a sentence so much is looked at on either side of what was found.
const NEAR_CHARS: usize = 60;

/// Something found, before its context is looked at.
struct Hit {
    by: By,
    /// In the plain view.
    at: Range<usize>,
    /// In the text.
    span: Range<usize>,
}

#[derive(Clone, Copy)]
enum By {
    Rule(usize),
    Own(OwnWord),
}

/// A text with its plain view.
struct Read<'a> {
    text: &'a str,
    view: View,
}

impl Compliance {
    /// What is wrong with a text, in its order; no two findings overlap.
    pub fn check(&self, text: &str, speaker: Speaker) -> Vec<Finding> {
        let read = Read { text, view: View::plain(text) };
        let mut found: Vec<Finding> =
            self.hits(&read).into_iter().filter_map(|hit| self.judged(&read, &hit, speaker)).collect();
        found.sort_by_key(|it| (it.span.start, std::cmp::Reverse((it.severity, it.span.end))));
        let mut kept: Vec<Finding> = Vec::new();
        for finding in found {
            match kept.last_mut() {
                Some(last) if finding.span.start < last.span.end => {
                    let weight = |it: &Finding| (it.severity, it.span.len());
                    if weight(&finding) > weight(last) {
                        *last = finding;
                    }
                }
                _ => kept.push(finding),
            }
        }
        kept
    }

    fn hits(&self, read: &Read<'_>) -> Vec<Hit> {
        let (plain, packs) = (&read.view, &*self.packs);
        let mut hits: Vec<Hit> = Vec::new();
        let mut harmless: Vec<(Option<usize>, Range<usize>)> = Vec::new();
        let hit = |by, at: Range<usize>| Hit { by, span: plain.origin(&at), at };
        packs.plain.each(&plain.text, |at, owner| match owner {
            Owner::Rule(rule) => hits.push(hit(By::Rule(rule), at)),
            Owner::Harmless(category) => harmless.push((category, at)),
        });
        self.own.each(&plain.text, |at, owner| match owner {
            OwnWord::Exception => harmless.push((None, at)),
            other => hits.push(hit(By::Own(other), at)),
        });
        let contact = View::contact(&plain.text);
        packs.contact.each(&contact.text, |at, owner| {
            let at = contact.origin(&at);
            match owner {
                Owner::Rule(rule) if is_one_word(read, &at) => hits.push(hit(By::Rule(rule), at)),
                Owner::Rule(_) => {}
                Owner::Harmless(category) => harmless.push((category, at)),
            }
        });
        numbers(&plain.text, |detector, at| {
            hits.extend(self.detected(detector).map(|rule| hit(By::Rule(rule), at.clone())));
        });
        links(read.text, |detector, span, host| {
            if !self.is_allowed(detector, host) {
                let at = plain.piece(&span);
                hits.extend(self.detected(detector).map(|rule| Hit {
                    by: By::Rule(rule),
                    at: at.clone(),
                    span: span.clone(),
                }));
            }
        });
        hits.retain(|hit| {
            let category = match hit.by {
                By::Rule(rule) => Some(packs.rules[rule].category),
                By::Own(_) => None,
            };
            !harmless
                .iter()
                .any(|(of, at)| (of.is_none() || *of == category) && at.start <= hit.at.start && hit.at.end <= at.end)
        });
        hits
    }

    fn detected(&self, detector: Detector) -> impl Iterator<Item = usize> {
        self.packs.detected.iter().filter(move |(of, _)| *of == detector).map(|(_, rule)| *rule)
    }

    /// A person's mailbox leads away wherever it is.
    fn is_allowed(&self, detector: Detector, host: &str) -> bool {
        let lists = &self.packs.platforms;
        let is_private = detector == Detector::Mail && is_among(host, lists.mailboxes.iter().map(String::as_str));
        let allowed = lists.hosts.iter().chain(&self.platform().hosts).chain(&self.hosts);
        !is_private && is_among(host, allowed.map(String::as_str))
    }

    fn judged(&self, read: &Read<'_>, hit: &Hit, speaker: Speaker) -> Option<Finding> {
        match hit.by {
            By::Rule(index) => {
                let rule = &self.packs.rules[index];
                let severity = self.packs.severity(rule, self.platform())?;
                let category = &self.packs.categories[rule.category];
                let is_about = category.speakers.is_empty() || category.speakers.contains(&speaker);
                if !is_about || (rule.looks_around() && !rule.holds(&near(&read.view.text, &hit.at))) {
                    return None;
                }
                let heads = (category.key.as_str(), rule.id.as_str(), &category.title, &rule.reason);
                let suggestion = suggestion_of(read, hit, rule, &category.fallback);
                Some(finding(read, hit, severity, heads, suggestion))
            }
            By::Own(word) => {
                let rule = word.rule()?;
                let set = self.platform().severities.get(rule.id);
                let severity = set.copied().unwrap_or(Some(rule.severity))?;
                let text = in_language(read, hit, &rule.instead).to_owned();
                let suggestion = Suggestion { span: around(read, hit, rule.extent), text };
                Some(finding(read, hit, severity, (rule.category, rule.id, &rule.title, &rule.reason), suggestion))
            }
        }
    }
}

fn finding(
    read: &Read<'_>,
    hit: &Hit,
    severity: Severity,
    (category, rule, title, reason): (&str, &str, &Bilingual, &Bilingual),
    suggestion: Suggestion,
) -> Finding {
    Finding {
        category: category.to_owned(),
        rule: rule.to_owned(),
        severity,
        span: hit.span.clone(),
        matched: read.text[hit.span.clone()].to_owned(),
        title: title.clone(),
        reason: reason.clone(),
        suggestion,
    }
}

/// Latin letters are one word as they stand, parted by marks, or parted one by one; `we chat` is two words.
fn is_one_word(read: &Read<'_>, at: &Range<usize>) -> bool {
    let said = &read.view.text[at.clone()];
    if is_inside_a_word(&read.view.text, at) {
        return false;
    }
    let blanks = said.matches(' ').count();
    let is_parted = blanks + 1 == said.chars().filter(|symbol| *symbol != ' ').count();
    let origin = &read.text[read.view.origin(at)];
    blanks == 0 || is_parted || !said.is_ascii() || origin.contains(['.', '-', '_', '*', '·', '|', '~'])
}

/// The sentence around what was found, which is one sign in it.
fn near(text: &str, at: &Range<usize>) -> String {
    let before = &text[..at.start];
    let start = before.char_indices().rev().take(NEAR_CHARS).take_while(|(_, symbol)| !ENDS.contains(symbol)).last();
    let mut near = before[start.map_or(at.start, |(start, _)| start)..].to_owned();
    near.push(FOUND);
    for symbol in text[at.end..].chars().take(NEAR_CHARS) {
        near.push(symbol);
        if ENDS.contains(&symbol) {
            break;
        }
    }
    near
}

/// What a suggestion replaces, in the text.
fn around(read: &Read<'_>, hit: &Hit, extent: Extent) -> Range<usize> {
    let is_end = |symbol: char| ENDS.contains(&symbol) || (extent == Extent::Clause && matches!(symbol, '，' | '"'));
    if extent == Extent::Word {
        return hit.span.clone();
    }
    let text = &read.view.text;
    let start =
        text[..hit.at.start].rfind(is_end).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let end = text[hit.at.end..].find(is_end).map_or(text.len(), |at| hit.at.end + at);
    let origin = read.view.origin(&(start..end.max(start + 1)));
    origin.start.min(hit.span.start)..origin.end.max(hit.span.end)
}

fn in_language<'a>(read: &Read<'_>, hit: &Hit, text: &'a Bilingual) -> &'a str {
    let near = near(&read.view.text, &hit.at);
    let is_chinese = read.text[hit.span.clone()].chars().chain(near.chars()).any(crate::text::is_han);
    if is_chinese { &text.zh } else { &text.en }
}

fn suggestion_of(read: &Read<'_>, hit: &Hit, rule: &Rule, fallback: &Bilingual) -> Suggestion {
    let span = around(read, hit, rule.extent);
    let said = &read.view.text[hit.at.clone()];
    let swapped = rule.swap.iter().find(|(from, _)| said.contains(from.as_str()));
    let text = match (swapped, &rule.instead, rule.extent) {
        (Some((from, to)), ..) => said.replace(from.as_str(), to),
        (None, Some(instead), _) => in_language(read, hit, instead).to_owned(),
        (None, None, Extent::Word) => String::new(),
        (None, None, _) => in_language(read, hit, fallback).to_owned(),
    };
    Suggestion { span, text }
}

impl Compliance {
    /// What is said where nothing is left of a text.
    pub(super) fn fallback(&self, finding: &Finding) -> &Bilingual {
        let categories = &self.packs.categories;
        let of = categories.iter().find(|category| category.key == finding.category);
        &of.unwrap_or(&categories[0]).fallback
    }
}
