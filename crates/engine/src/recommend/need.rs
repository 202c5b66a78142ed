//! A need read from a shopper's words: money, measures, people, colours, wishes and what is not wanted.

use domain::{
    language::Bilingual,
    shop::{Money, ProductKey},
};

use super::{
    Question,
    candidates::Pool,
    measures::{Dimension, measures_in},
    words::{self, Direction, PREFERENCES, Preference},
};
use crate::bot::{
    facts::amount,
    guard::{
        figures::{Figure, Found, Unit, figures_and_words},
        folded,
    },
    normal::{has, has_any},
};

/// Characters around a figure in which its direction is said: 「预算 300 以内」.
const AROUND_FIGURE: usize = 7;
/// «About 300» is from 80 % to 120 % of it.
const ABOUT_SHARE: f64 = 0.2;
/// A category with more than this in it is no need yet.
const OPEN_FROM: usize = 6;
/// Categories offered as an answer to «what kind».
const REPLIES_MAX: usize = 4;
const AVOIDED_CHARS_MAX: usize = 12;

/// In the currency's main unit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Budget {
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
}

impl Budget {
    pub const fn is_said(&self) -> bool {
        self.at_least.is_some() || self.at_most.is_some()
    }

    pub fn allows(&self, price: &Money) -> bool {
        let price = main_units(price);
        self.at_least.is_none_or(|least| price >= least) && self.at_most.is_none_or(|most| price <= most)
    }
}

pub fn main_units(money: &Money) -> f64 {
    money.decimal().parse().unwrap_or(f64::MAX)
}

/// What a measure must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    pub dimension: Dimension,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
}

#[derive(Debug, Clone, Default)]
pub struct Need {
    pub text: String,
    pub budget: Budget,
    /// The product talked about or on the page.
    pub product: Option<ProductKey>,
    /// A question was asked already: recommend now, whatever the answer.
    pub has_been_asked: bool,
    pub(super) folded: String,
    pub(super) bounds: Vec<Bound>,
    pub(super) prefers: Vec<&'static Preference>,
    pub(super) colours: Vec<usize>,
    pub(super) avoids: Vec<String>,
    pub(super) is_cheap: bool,
    pub(super) is_dear: bool,
    pub(super) is_gift: bool,
    pub(super) goes_with: bool,
}

impl Need {
    /// From what the shopper said; several messages are given as one text.
    pub fn read(text: &str) -> Self {
        let characters = folded(text);
        let folded: String = characters.iter().collect();
        let found = figures_and_words(&characters);
        let avoids = avoided(&folded);
        let wanted = avoids.iter().fold(folded.clone(), |text, avoided| text.replace(avoided.as_str(), " "));
        Self {
            text: text.to_owned(),
            budget: budget(&characters, &found),
            bounds: bounds(&characters, &folded, &found),
            prefers: PREFERENCES.iter().filter(|preference| has_any(&wanted, preference.says)).collect(),
            colours: colours(&wanted),
            is_cheap: has_any(&folded, words::CHEAP),
            is_dear: has_any(&folded, words::DEAR),
            is_gift: has_any(&folded, words::GIFT),
            goes_with: has_any(&folded, words::GOES_WITH),
            avoids,
            folded,
            ..Self::default()
        }
    }

    pub fn about(mut self, product: Option<ProductKey>) -> Self {
        self.product = product;
        self
    }

    /// A budget that was asked for apart; what the text says goes first.
    pub fn with_budget(mut self, at_most: Option<f64>) -> Self {
        if !self.budget.is_said() {
            self.budget.at_most = at_most;
        }
        self
    }

    /// By how much a price is past the budget, in words.
    pub fn misses(&self, price: &Money) -> Option<Bilingual> {
        let units = main_units(price);
        let scale = price.minor as f64 / units;
        let far = |by: f64| amount(&Money { minor: (by * scale).round() as i64, currency: price.currency.clone() });
        match (self.budget.at_least, self.budget.at_most) {
            (_, Some(most)) if units > most => {
                let by = far(units - most);
                Some(Bilingual::new(format!("比预算高 {by}"), format!("{by} over the budget")))
            }
            (Some(least), _) if units < least => {
                let by = far(least - units);
                Some(Bilingual::new(format!("比预算低 {by}"), format!("{by} below the budget")))
            }
            _ => None,
        }
    }

    pub const fn after_question(mut self, has_been_asked: bool) -> Self {
        self.has_been_asked = has_been_asked;
        self
    }

    /// The text without the words of asking, for the catalogue.
    pub(super) fn words_of_things(&self) -> String {
        let mut text = self.folded.clone();
        for asking in words::ASKING.iter().chain(words::GIFT) {
            while has(&text, asking) {
                text = text.replacen(asking, " ", 1);
            }
        }
        self.avoids.iter().fold(text, |text, avoided| text.replace(avoided.as_str(), " "))
    }

    /// Whether anything but the kind of thing was said.
    fn is_specific(&self) -> bool {
        self.budget.is_said()
            || !self.prefers.is_empty()
            || !self.bounds.is_empty()
            || !self.colours.is_empty()
            || self.is_cheap
            || self.is_dear
    }

    /// The one question that would help most, if the need is too open.
    pub(super) fn question(&self, pool: &Pool) -> Option<Question> {
        if !pool.is_known_kind {
            let replies = pool.categories.iter().take(REPLIES_MAX).cloned().collect();
            let text = if self.is_gift {
                Bilingual::new(
                    "想送什么样的礼物？说说对方喜欢什么，或者大概的预算。",
                    "What kind of present are you thinking of? Tell me what they like, or a rough budget.",
                )
            } else {
                Bilingual::new(
                    "您想看哪一类商品？也可以说说用在哪里、大概的预算。",
                    "What kind of product are you looking for? You can also tell me what it's for and a rough budget.",
                )
            };
            return Some(Question { text, replies });
        }
        let is_open = pool.is_wide && pool.entries.len() >= OPEN_FROM && !self.is_specific() && !self.goes_with;
        is_open.then(|| Question {
            text: Bilingual::new(
                "这一类有好几款，您的预算大概是多少，或者最看重什么（比如轻便、防水、便宜）？",
                "There are several. What is your budget, or what matters most to you (light, waterproof, affordable)?",
            ),
            replies: Vec::new(),
        })
    }
}

enum Says {
    AtMost,
    AtLeast,
    About,
    Nothing,
}

/// What the words right before and after a figure say about it.
fn direction(text: &[char], found: &Found) -> Says {
    let before: String = text[found.at.start.saturating_sub(AROUND_FIGURE * 2)..found.at.start].iter().collect();
    let after: String = text[found.at.end..text.len().min(found.at.end + AROUND_FIGURE)].iter().collect();
    let clause = |symbol: char| matches!(symbol, '，' | '。' | ',' | '；' | '\n');
    let before = before.rsplit(clause).next().unwrap_or_default();
    let after = after.split(clause).next().unwrap_or_default();
    let said = |words: &[&str]| has_any(before, words) || has_any(after, words);
    if said(words::ABOUT) {
        Says::About
    } else if said(words::AT_MOST) {
        Says::AtMost
    } else if said(words::AT_LEAST) {
        Says::AtLeast
    } else {
        Says::Nothing
    }
}

fn budget(text: &[char], found: &[Found]) -> Budget {
    let about_money = |found: &&Found| {
        let start = found.at.start.saturating_sub(AROUND_FIGURE * 2);
        let before: String = text[start..found.at.start].iter().collect();
        match &found.figure {
            Figure::Number { unit: Unit::Money(_), .. } => true,
            Figure::Number { unit: Unit::Bare, .. } => {
                has_any(&before, words::BUDGET) || !matches!(direction(text, found), Says::Nothing)
            }
            _ => false,
        }
    };
    let amounts: Vec<(&Found, f64)> = found
        .iter()
        .filter(about_money)
        .filter_map(|found| match &found.figure {
            Figure::Number { value, .. } => Some((found, value.parse().ok()?)),
            _ => None,
        })
        .collect();
    match &amounts[..] {
        [] => Budget::default(),
        [(first, low), (second, high), ..] if is_range(text, first, second) && low < high => {
            Budget { at_least: Some(*low), at_most: Some(*high) }
        }
        [.., (last, amount)] => match direction(text, last) {
            Says::AtLeast => Budget { at_least: Some(*amount), at_most: None },
            Says::About => {
                Budget { at_least: Some(amount * (1.0 - ABOUT_SHARE)), at_most: Some(amount * (1.0 + ABOUT_SHARE)) }
            }
            Says::AtMost | Says::Nothing => Budget { at_least: None, at_most: Some(*amount) },
        },
    }
}

/// Whether only a mark stands between two figures.
fn is_range(text: &[char], first: &Found, second: &Found) -> bool {
    let between: String = text.get(first.at.end..second.at.start).unwrap_or_default().iter().collect();
    matches!(between.trim(), "-" | "~" | "–" | "—" | "到" | "至" | "to" | "and" | "和")
}

fn bounds(text: &[char], folded: &str, found: &[Found]) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for figure in found {
        let piece: String = text[figure.at.clone()].iter().collect();
        // «5G», a shopper's «2 小时» and prices measure nothing of the product.
        let Some((dimension, value)) = measures_in(&piece).first().copied() else { continue };
        if dimension == Dimension::People {
            continue;
        }
        let (at_least, at_most) = match direction(text, figure) {
            Says::AtLeast => (Some(value), None),
            Says::AtMost => (None, Some(value)),
            Says::About | Says::Nothing if dimension == Dimension::Duration => continue,
            Says::About | Says::Nothing => (Some(value * (1.0 - ABOUT_SHARE)), Some(value * (1.0 + ABOUT_SHARE))),
        };
        bounds.push(Bound { dimension, at_least, at_most });
    }
    let people = words::PEOPLE.iter().filter(|(says, _)| has_any(folded, says)).map(|(_, people)| *people).max();
    if let Some(people) = people.filter(|people| *people > 1) {
        bounds.push(Bound { dimension: Dimension::People, at_least: Some(f64::from(people)), at_most: None });
    }
    bounds
}

fn colours(folded: &str) -> Vec<usize> {
    let is_named = |colour: &words::Colour| {
        colour.zh.iter().any(|name| {
            // One character is a colour only as 「红色」 or 「红的」; 红茶 is none.
            let is_short = name.chars().count() == 1;
            if is_short {
                ["色", "的"].iter().any(|end| folded.contains(&format!("{name}{end}")))
            } else {
                folded.contains(name)
            }
        }) || has_any(folded, colour.en)
    };
    words::COLOURS.iter().enumerate().filter(|(_, colour)| is_named(colour)).map(|(index, _)| index).collect()
}

/// What stands behind 「不要」 or "without", up to the next mark.
fn avoided(folded: &str) -> Vec<String> {
    let mut found = Vec::new();
    for not in words::NOT {
        for (at, _) in folded.match_indices(not) {
            let rest = &folded[at + not.len()..];
            let rest: String = rest
                .chars()
                .take(AVOIDED_CHARS_MAX)
                .take_while(|symbol| !matches!(symbol, '，' | '。' | ',' | '.' | '；' | '！' | '!' | '\n' | '?' | '？'))
                .collect();
            let thing = rest.trim().trim_end_matches(['的', '了', '色']).trim();
            let is_amount = words::AT_MOST.iter().chain(words::AT_LEAST).any(|word| thing.starts_with(word));
            // 「不要太重」 wishes for something light; it names no thing.
            let is_degree = ["太", "too", "so ", "very"].iter().any(|word| thing.starts_with(word));
            let is_short_latin = thing.is_ascii() && thing.len() < 3;
            if !thing.is_empty() && !is_amount && !is_degree && !is_short_latin {
                found.push(thing.to_owned());
            }
        }
    }
    found
}

impl Preference {
    pub(super) const fn wants_most(&self) -> bool {
        matches!(self.direction, Direction::Most)
    }
}
