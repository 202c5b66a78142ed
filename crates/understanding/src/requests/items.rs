//! Which lines of which orders a wish is about, and which words of the message describe each of them.

use std::ops::Range;

use domain::shop::{OrderLine, Variant, VariantKey};

use super::{
    frames::Frame,
    lexicon::Cue,
    names::Named,
    scene::Scene,
    tokens::{COMMA, Kind},
};

/// A line of an order: places of the order and of the line in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub order: usize,
    pub line: usize,
}

/// A product spoken of, with the words that describe it and how it shall be.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Places of the products it may be.
    pub products: Vec<usize>,
    pub words: Range<usize>,
    /// Where the product itself stands.
    pub name: Range<usize>,
    /// Lines it may be, the likeliest first.
    pub lines: Vec<Line>,
}

impl Scene<'_> {
    pub fn line(&self, line: Line) -> &OrderLine {
        &self.world.orders[line.order].lines[line.line]
    }

    pub fn product_of(&self, line: Line) -> Option<usize> {
        self.product_place(&self.line(line).product)
    }

    pub fn variant(&self, product: usize, key: &VariantKey) -> Option<&Variant> {
        self.products[product].variants.iter().find(|variant| variant.key == *key)
    }
}

/// The products spoken of in a frame among these lines.
pub fn spoken(scene: &Scene<'_>, frame: &Frame, lines: &[Line]) -> Vec<Spoken> {
    let mut named: Vec<(&Named, Vec<Line>)> = Vec::new();
    for one in scene.named_in(&frame.range) {
        let fits: Vec<Line> = lines
            .iter()
            .copied()
            .filter(|line| scene.product_of(*line).is_some_and(|product| one.products.contains(&product)))
            .collect();
        if !fits.is_empty() {
            named.push((one, fits));
        }
    }
    let all: Vec<usize> = named.iter().flat_map(|(one, _)| one.products.iter().copied()).collect();
    named.retain(|(one, _)| !is_value(scene, one, &all, frame));
    let mut out: Vec<Spoken> = Vec::new();
    for (one, fits) in named {
        let begin = phrase_start(scene, one, frame.range.start);
        if let Some(last) = out.last_mut() {
            let same = last.products.iter().any(|product| one.products.contains(product));
            if same && is_still_the_same(scene, last, one, begin) {
                continue;
            }
            last.words.end = begin.max(last.name.end);
        }
        let start = if out.is_empty() { frame.range.start } else { begin };
        out.push(Spoken {
            products: one.products.clone(),
            words: start..frame.range.end,
            name: one.start..one.end,
            lines: fits,
        });
    }
    out
}

/// «laptop» is no product in «a backpack with laptop compartment», and «espresso» none in «espresso coffee maker».
fn is_value(scene: &Scene<'_>, one: &Named, named: &[usize], frame: &Frame) -> bool {
    let covers = |product: usize| {
        scene.said_of(product, &frame.range).any(|said| {
            let holds = said.start <= one.start && one.end <= said.end;
            let longer = said.end - said.start > one.end - one.start;
            holds && (longer || !one.is_sure)
        })
    };
    let others = named.iter().copied().filter(|product| !one.products.contains(product));
    others.into_iter().any(covers) || !one.is_sure && one.products.iter().any(|product| covers(*product))
}

/// Where the words before a product that describe it begin: «the black, 1.5 L *kettle*».
fn phrase_start(scene: &Scene<'_>, named: &Named, floor: usize) -> usize {
    let tokens = &scene.tokens;
    let describes = |at: usize| {
        named.products.iter().any(|product| scene.said[*product].iter().any(|said| said.start <= at && at < said.end))
    };
    let mut start = named.start;
    let mut sure = named.start;
    while start > floor {
        let at = start - 1;
        let token = &tokens.list[at];
        let cue = scene.cue_at(at).map(|heard| heard.cue);
        if cue == Some(Cue::Determiner) {
            return scene.cue_at(at).map_or(at, |heard| heard.start).max(floor);
        }
        let is_filler = token.is_soft() || matches!(tokens.stem(at), "的" | "色" | "1" | "size" | "color");
        let is_comma = token.strength() == COMMA && tokens.stem(at) == ",";
        if describes(at) {
            start = at;
            sure = at;
        } else if is_filler || is_comma && token.kind != Kind::Han {
            start = at;
            // Past a comma only a «the» shows that the phrase began there.
            if is_comma {
                let begins = phrase_before_comma(scene, &describes, at, floor);
                return begins.unwrap_or(sure);
            }
        } else {
            break;
        }
    }
    sure
}

fn phrase_before_comma(
    scene: &Scene<'_>,
    describes: &dyn Fn(usize) -> bool,
    comma: usize,
    floor: usize,
) -> Option<usize> {
    let mut at = comma;
    while at > floor {
        at -= 1;
        let cue = scene.cue_at(at).map(|heard| heard.cue);
        if cue == Some(Cue::Determiner) {
            return Some(at);
        }
        let is_comma = scene.tokens.stem(at) == ",";
        if !describes(at) && !is_comma && !scene.tokens.list[at].is_soft() {
            return None;
        }
    }
    None
}

/// «swap the black kettle for a white kettle»: the second one is how the first shall be.
fn is_still_the_same(scene: &Scene<'_>, last: &Spoken, again: &Named, begin: usize) -> bool {
    let between = last.name.end..begin.max(last.name.end);
    let marker = scene
        .cues_in(last.name.end..again.start)
        .filter(|heard| matches!(heard.cue, Cue::To | Cue::With | Cue::ChangeTo))
        .last();
    let parts = scene.cues_in(between.clone()).any(|heard| matches!(heard.cue, Cue::And | Cue::Next));
    let is_enumerated = between.clone().any(|at| scene.tokens.list[at].strength() > 0);
    if last.lines.len() == 1 {
        return true;
    }
    marker.is_some_and(|marker| scene.tokens.next(marker.end) >= begin.saturating_sub(1)) && !parts && !is_enumerated
}

/// How well the words describe a variant: values that fit, less those that don't.
pub fn fit(scene: &Scene<'_>, line: Line, words: &Range<usize>) -> i32 {
    const CONTRADICTION: i32 = 3;
    let Some(product) = scene.product_of(line) else { return 0 };
    let Some(variant) = scene.variant(product, &scene.line(line).variant) else { return 0 };
    let mut score = 0;
    for said in scene.said_of(product, words) {
        let fits = said.meant.iter().any(|meant| {
            variant
                .options
                .iter()
                .any(|option| option.key == meant.key && super::options::value_of(option) == meant.value)
        });
        score += if fits { 1 } else { -CONTRADICTION };
    }
    score
}

/// The one line that fits best, or those that fit equally well.
pub fn best(scene: &Scene<'_>, lines: &[Line], words: &Range<usize>) -> Vec<Line> {
    let scored: Vec<(i32, Line)> = lines.iter().map(|line| (fit(scene, *line, words), *line)).collect();
    let most = scored.iter().map(|(score, _)| *score).max().unwrap_or_default();
    let mut found: Vec<Line> = scored.into_iter().filter(|(score, _)| *score == most).map(|(_, line)| line).collect();
    let is_same = |a: &Line, b: &Line| a.order == b.order && scene.line(*a).variant == scene.line(*b).variant;
    if found.len() > 1 && found.iter().all(|line| is_same(line, &found[0])) {
        found.truncate(1);
    }
    found
}
