//! A message with everything that was recognised in it: cues, orders, ways to pay, products, values of options.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use domain::shop::{Product, ProductKey};

use super::{
    World, errands,
    lexicon::{Cue, LEXICON, Way, longest},
    names::{Form, Named, Names},
    options::Said,
    payments::{self, Paid},
    slips, sounds,
    tokens::{Kind, Tokens},
    wording::{Wording, Words},
};

#[derive(Debug, Clone, Copy)]
pub struct Heard {
    pub cue: Cue,
    pub start: usize,
    pub end: usize,
}

/// An order is named by its number, or by the number of one that isn't the customer's.
#[derive(Debug, Clone)]
pub struct Numbered {
    pub start: usize,
    pub end: usize,
    /// Place in the world's orders; `None` for a stranger's or a wrong number.
    pub order: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
pub struct Because {
    pub start: usize,
    pub reason: &'static str,
}

#[derive(Debug)]
pub struct Scene<'a> {
    pub tokens: Tokens,
    pub world: World<'a>,
    pub cues: Vec<Heard>,
    pub numbered: Vec<Numbered>,
    pub paid: Vec<Paid>,
    pub reasons: Vec<Because>,
    /// Products that stand in the customer's orders.
    pub products: Vec<&'a Product>,
    pub named: Vec<Named>,
    /// By place in `products`.
    pub said: Vec<Vec<Said>>,
}

impl<'a> Scene<'a> {
    pub fn new(text: &str, world: World<'a>, wording: &Wording) -> Self {
        let mut tokens = Tokens::new(text);
        let products = ordered_products(world);
        let unknown: Vec<Option<Words>> =
            products.iter().map(|product| wording.get(&product.key).is_none().then(|| Words::of(product))).collect();
        let words: Vec<&Words> = products
            .iter()
            .zip(&unknown)
            .filter_map(|(product, made)| wording.get(&product.key).or(made.as_ref()))
            .collect();
        let known: Vec<&BTreeSet<String>> =
            words.iter().map(|words| &words.vocabulary).chain([&LEXICON.words]).collect();
        slips::mend(&mut tokens, &known);
        let names: Vec<&[Form]> = words.iter().map(|words| words.names.as_slice()).collect();
        sounds::mend(&mut tokens, |tokens, at| {
            Names::new(&names).named(tokens, &|_| false).iter().any(|named| named.start <= at && at < named.end)
        });
        let numbered = numbered(&tokens, world);
        let mut cues = errands::promoted(&tokens, heard(&tokens));
        let is_everyday = |at: usize| cues.iter().any(|heard| heard.start <= at && at < heard.end);
        let named: Vec<Named> = Names::new(&names).named(&tokens, &is_everyday);
        let said: Vec<Vec<Said>> = words.iter().map(|words| words.options.said(&tokens)).collect();
        let named: Vec<Named> = named
            .into_iter()
            .filter(|named| {
                let is_covered = |start: usize, end: usize| start <= named.start && named.end <= end;
                !numbered.iter().any(|order| is_covered(order.start, order.end))
                    && !cues.iter().any(|heard| {
                        is_covered(heard.start, heard.end) && heard.end - heard.start > named.end - named.start
                    })
            })
            .collect();
        let reasons = reasons(&tokens);
        cues.retain(|heard| {
            let len = heard.end - heard.start;
            let hides = |start: usize, end: usize| start <= heard.start && heard.end <= end;
            let longer = |start: usize, end: usize| hides(start, end) && end - start > len;
            let is_name =
                |named: &Named| hides(named.start, named.end) && (named.is_sure || longer(named.start, named.end));
            let is_reason = is_trigger(heard.cue) && reasons.iter().any(|(start, end, _)| hides(*start, *end));
            let is_order = numbered.iter().any(|order| hides(order.start, order.end));
            let is_value = said.iter().flatten().any(|said| longer(said.start, said.end));
            !(is_order || is_value || is_reason || named.iter().any(is_name))
        });
        let mut paid = payments::paid(&tokens, &cues, world.customer);
        // An «SD card» is nothing to pay with.
        paid.retain(|paid| {
            let longer = |said: &Said| {
                said.start <= paid.start && paid.end <= said.end && said.end - said.start > paid.end - paid.start
            };
            !said.iter().flatten().any(longer)
        });
        let reasons = reasons.into_iter().map(|(start, _, reason)| Because { start, reason }).collect();
        let mut scene = Self { tokens, world, cues, numbered, paid, reasons, products, named, said };
        scene.add_order_endings();
        scene.mark_what_is_not_wanted();
        scene
    }

    /// «the black one, not the white lamp» and «I prefer the black one to the white lamp»: what follows is how it is.
    fn mark_what_is_not_wanted(&mut self) {
        const NEAR: usize = 4;
        let goods_follow = |at: usize| self.named.iter().any(|named| at <= named.start && named.start <= at + NEAR);
        let mut found: Vec<Heard> = Vec::new();
        for (place, heard) in self.cues.iter().enumerate() {
            let sentence: Vec<&Heard> = self.cues[..place]
                .iter()
                .rev()
                .take_while(|before| {
                    !(before.end..heard.start).any(|at| self.tokens.list[at].strength() >= super::tokens::SEMICOLON)
                })
                .collect();
            let wanted = sentence.iter().find(|before| before.cue == Cue::Want);
            let Some(wanted) = wanted else { continue };
            let has_goods = self.named_in(&(wanted.end..heard.start)).next().is_some();
            let has_wish = self.said.iter().flatten().any(|said| (wanted.end..heard.start).contains(&said.start))
                || self.has(wanted.end..heard.start, Cue::Same);
            let is_not = heard.cue == Cue::Negation && self.tokens.stem(heard.start) == "not";
            let is_prefer = heard.cue == Cue::To && self.tokens.stem(wanted.start) == "prefer";
            if (is_not || is_prefer) && has_wish && !has_goods && goods_follow(heard.end) {
                found.push(Heard { cue: Cue::InsteadOf, ..*heard });
            }
        }
        for not_wanted in found {
            if let Some(heard) = self.cues.iter_mut().find(|heard| heard.start == not_wanted.start) {
                heard.cue = Cue::InsteadOf;
            }
        }
    }

    /// «the order ending in 7464».
    fn add_order_endings(&mut self) {
        const NEAR: usize = 4;
        let mut found = Vec::new();
        for ending in self.cues.iter().filter(|heard| heard.cue == Cue::Ending) {
            let at = (ending.end..(ending.end + NEAR).min(self.tokens.len()))
                .find(|at| self.tokens.list[*at].kind == Kind::Number);
            let Some(at) = at else { continue };
            let digits = self.tokens.stem(at);
            if self.paid.iter().any(|paid| paid.start <= at && at < paid.end) {
                continue;
            }
            let fits: Vec<usize> = (0..self.world.orders.len())
                .filter(|order| self.world.orders[*order].key.as_str().ends_with(digits))
                .collect();
            if let [order] = fits.as_slice() {
                found.push(Numbered { start: at, end: at + 1, order: Some(*order) });
            }
        }
        self.numbered.extend(found);
        self.numbered.sort_by_key(|numbered| numbered.start);
    }

    pub fn cues_in(&self, range: Range<usize>) -> impl Iterator<Item = &Heard> {
        self.cues.iter().filter(move |heard| range.start <= heard.start && heard.start < range.end)
    }

    pub fn has(&self, range: Range<usize>, cue: Cue) -> bool {
        self.cues_in(range).any(|heard| heard.cue == cue)
    }

    pub fn cue_at(&self, at: usize) -> Option<&Heard> {
        self.cues.iter().find(|heard| heard.start <= at && at < heard.end)
    }

    pub fn product_place(&self, key: &ProductKey) -> Option<usize> {
        self.products.iter().position(|product| product.key == *key)
    }

    pub fn named_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Named> {
        let range = range.clone();
        self.named.iter().filter(move |named| range.start <= named.start && named.start < range.end)
    }

    pub fn said_of(&self, product: usize, range: &Range<usize>) -> impl Iterator<Item = &Said> {
        let range = range.clone();
        self.said[product].iter().filter(move |said| range.start <= said.start && said.start < range.end)
    }
}

pub fn is_trigger(cue: Cue) -> bool {
    matches!(cue, Cue::Cancel | Cue::Return | Cue::Exchange | Cue::Change | Cue::ChangeTo) || is_errand(cue)
}

/// Verbs of wishes that need little more than an order.
pub const fn is_errand(cue: Cue) -> bool {
    matches!(cue, Cue::Urge | Cue::Invoice | Cue::Protect | Cue::Schedule)
}

fn ordered_products<'a>(world: World<'a>) -> Vec<&'a Product> {
    let mut found: HashMap<&ProductKey, &Product> = HashMap::new();
    for order in world.orders {
        for line in &order.lines {
            if let Some(product) = world.products.iter().find(|product| product.key == line.product) {
                found.insert(&product.key, product);
            }
        }
    }
    let mut products: Vec<&Product> = found.into_values().collect();
    products.sort_by(|a, b| a.key.cmp(&b.key));
    products
}

fn heard(tokens: &Tokens) -> Vec<Heard> {
    let mut found: Vec<Heard> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if matches!(tokens.list[at].kind, Kind::Mark(_)) {
            at += 1;
            continue;
        }
        match longest(&LEXICON.cues, tokens, at) {
            Some((end, cue)) => {
                found.push(Heard { cue, start: at, end });
                at = end;
            }
            None => at += 1,
        }
    }
    separated(tokens, &mut found);
    found
}

/// «send the lamp and the kettle back»: the verb is in two parts.
fn separated(tokens: &Tokens, cues: &mut Vec<Heard>) {
    const FAR: usize = 40;
    const VERBS: [&str; 12] = [
        "send", "bring", "give", "ship", "mail", "take", "sending", "bringing", "giving", "shipping", "taking",
        "mailing",
    ];
    for at in 0..tokens.len() {
        if !VERBS.contains(&tokens.stem(at)) {
            continue;
        }
        let back = (at + 1..(at + FAR).min(tokens.len()))
            .take_while(|here| tokens.list[*here].strength() < super::tokens::FULL_STOP)
            .find(|here| tokens.stem(*here) == "back");
        let is_money = |back: usize| matches!(tokens.stem(back - 1), "money" | "cash" | "fund" | "refund" | "it");
        let Some(_) = back.filter(|back| !is_money(*back)) else { continue };
        match cues.iter_mut().find(|heard| heard.start <= at && at < heard.end) {
            Some(heard) if heard.start == at && heard.cue == Cue::Ship => heard.cue = Cue::Return,
            Some(_) => {}
            None => cues.push(Heard { cue: Cue::Return, start: at, end: at + 1 }),
        }
    }
    cues.sort_by_key(|heard| heard.start);
}

fn reasons(tokens: &Tokens) -> Vec<(usize, usize, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(&LEXICON.reasons, tokens, at) {
            Some((end, reason)) => {
                found.push((at, end, reason));
                at = end;
            }
            None => match unwanted(tokens, at) {
                Some((end, reason)) => {
                    found.push((at, end, reason));
                    at = end;
                }
                None => at += 1,
            },
        }
    }
    found
}

/// «I really don't need this», «didn't quite mean to»: a negation shortly before what it denies.
fn unwanted(tokens: &Tokens, at: usize) -> Option<(usize, &'static str)> {
    const NEGATIONS: [&str; 9] = ["dont", "not", "isnt", "didnt", "doesnt", "wont", "never", "wasnt", "no"];
    const NEAR: usize = 4;
    if !NEGATIONS.contains(&tokens.stem(at)) {
        return None;
    }
    let near = (at + 1..(at + 1 + NEAR).min(tokens.len())).take_while(|here| tokens.list[*here].strength() == 0);
    near.into_iter().find_map(|here| match tokens.stem(here) {
        "need" | "needed" | "want" | "wanted" | "require" | "required" => Some((here + 1, "no_longer_needed")),
        "mean" | "meant" | "intend" | "intended" => Some((here + 1, "ordered_by_mistake")),
        _ => None,
    })
}

fn numbered(tokens: &Tokens, world: World<'_>) -> Vec<Numbered> {
    /// Shorter numbers are something else.
    const DIGITS_MIN: usize = 5;
    let split = |key: &str| -> (String, String) {
        let letters: String =
            key.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
        (letters, key.chars().filter(char::is_ascii_digit).collect())
    };
    let keys: Vec<(String, String)> = world.orders.iter().map(|order| split(order.key.as_str())).collect();
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let token = &tokens.list[at];
        if token.kind != Kind::Number || token.stem.len() < DIGITS_MIN {
            continue;
        }
        let before = tokens.before(at).filter(|before| tokens.list[*before].kind == Kind::Word);
        let before = before.filter(|before| tokens.list[*before].place.end == token.place.start);
        let letters = before.map_or("", |before| tokens.stem(before));
        let start = if letters.is_empty() { at } else { before.unwrap_or(at) };
        let order = keys.iter().position(|(_, digits)| *digits == token.stem);
        let looks_so = keys
            .iter()
            .any(|(theirs, digits)| !letters.is_empty() && theirs == letters && digits.len() == token.stem.len());
        let fits = order.is_some_and(|order| letters.is_empty() || keys[order].0 == letters);
        if fits || looks_so {
            found.push(Numbered { start, end: at + 1, order });
        }
    }
    found
}

/// A word for paying, where it stands.
pub fn ways(tokens: &Tokens) -> Vec<(usize, usize, Way)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(&LEXICON.ways, tokens, at) {
            Some((end, way)) => {
                found.push((at, end, way));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}
