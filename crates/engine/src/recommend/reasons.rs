//! Why a product is recommended, in facts of the shop's records, each kept as evidence for the guard.

use domain::{
    language::Bilingual,
    shop::{Product, ProductKey},
};

use super::{
    History, Pick,
    candidates::Pool,
    measures::property,
    need::{Need, main_units},
    rank::{Ranked, bounded, is_of_colour, preferred},
    together::Together,
    words::{Direction, Preference},
};
use crate::bot::facts::amount;

/// More reasons than these are a speech.
const REASONS_MAX: usize = 3;
/// One common order is chance.
const TOGETHER_MIN: u32 = 2;

struct Reasons {
    told: Vec<Bilingual>,
    evidence: Vec<String>,
}

impl Reasons {
    fn tell(&mut self, zh: impl Into<String>, en: impl Into<String>) {
        self.told.push(Bilingual::new(zh, en));
    }

    fn rest_on(&mut self, text: &Bilingual) {
        self.evidence.extend([text.zh.clone(), text.en.clone()]);
    }
}

pub fn explain(ranked: &Ranked, pool: &Pool, need: &Need, history: &History, together: &Together) -> Pick {
    let mut reasons = Reasons { told: Vec::new(), evidence: Vec::new() };
    reasons.rest_on(&ranked.product.title);
    for preference in &need.prefers {
        preference_met(&mut reasons, ranked, pool, preference);
    }
    bounds_held(&mut reasons, ranked, need);
    bought_with(&mut reasons, ranked, pool, history, together);
    reasons.told.truncate(REASONS_MAX - 1);
    price(&mut reasons, ranked, pool, need);
    if reasons.told.len() < REASONS_MAX {
        colour(&mut reasons, ranked, need);
    }
    if reasons.told.len() < REASONS_MAX {
        known_brand(&mut reasons, ranked, history);
    }
    reasons.told.truncate(REASONS_MAX);
    let join = |texts: Vec<&str>, mark: &str| texts.join(mark);
    let why = Bilingual::new(
        join(reasons.told.iter().map(|told| told.zh.as_str()).collect(), "，"),
        join(reasons.told.iter().map(|told| told.en.as_str()).collect(), ", "),
    );
    Pick {
        product: ranked.product.as_ref().clone(),
        variant: ranked.variant.clone(),
        why,
        evidence: reasons.evidence,
        score: ranked.score,
    }
}

/// 「同类里最轻：1.2 kg」 only when it is, among those of the shop that can be bought; else the plain figure.
fn preference_met(reasons: &mut Reasons, ranked: &Ranked, pool: &Pool, preference: &Preference) {
    if preference.direction == Direction::Told {
        if let Some(attribute) = property(&ranked.product, Some(&ranked.variant), preference.properties) {
            reasons.rest_on(&attribute.value);
            let (name, value) = (&attribute.name, &attribute.value);
            reasons.tell(format!("{}：{}", name.zh, value.zh), format!("{}: {}", name.en.to_lowercase(), value.en));
        }
        return;
    }
    let Some(own) = preferred(ranked, preference) else { return };
    let others: Vec<f64> = pool
        .entries
        .iter()
        .filter(|entry| entry.product.on_sale && entry.product.key != ranked.product.key)
        .flat_map(|entry| {
            entry.product.variants.iter().filter(|variant| variant.stock > 0).map(|variant| Ranked {
                product: entry.product.clone(),
                variant: variant.clone(),
                score: 0.0,
            })
        })
        .filter_map(|other| preferred(&other, preference))
        .filter(|other| other.dimension == own.dimension)
        .map(|other| other.value)
        .collect();
    let is_best = !others.is_empty()
        && others.iter().all(|other| if preference.wants_most() { own.value > *other } else { own.value < *other });
    reasons.rest_on(&own.told);
    if is_best {
        let best = preference.best();
        reasons.tell(format!("{}：{}", best.zh, own.told.zh), format!("{}: {}", best.en, own.told.en));
    } else {
        reasons.tell(
            format!("{} {}", own.name.zh, own.told.zh),
            format!("{} {}", own.name.en.to_lowercase(), own.told.en),
        );
    }
}

fn bounds_held(reasons: &mut Reasons, ranked: &Ranked, need: &Need) {
    for bound in &need.bounds {
        let Some(measure) = bounded(&ranked.product, &ranked.variant, bound) else { continue };
        let zh = format!("{} {}", measure.name.zh, measure.told.zh);
        if reasons.told.iter().any(|told| told.zh.contains(&measure.told.zh)) {
            continue;
        }
        reasons.rest_on(&measure.told);
        reasons.tell(zh, format!("{} {}", measure.name.en.to_lowercase(), measure.told.en));
    }
}

fn bought_with(reasons: &mut Reasons, ranked: &Ranked, pool: &Pool, history: &History, together: &Together) {
    let Some((anchor, count)) = together.strongest(&ranked.product.key) else { return };
    if count < TOGETHER_MIN {
        return;
    }
    let is = |product: &&Product, key: &ProductKey| product.key == *key;
    if let Some(product) = pool.anchor.iter().find(|product| is(product, anchor)) {
        reasons.rest_on(&product.title);
        reasons.tell(
            format!("常和「{}」一起买", product.title.zh),
            format!("often bought together with {}", product.title.en),
        );
    } else if let Some(product) = history.products.iter().find(|product| is(product, anchor)) {
        reasons.rest_on(&product.title);
        reasons.tell(
            format!("常和您买过的「{}」一起买", product.title.zh),
            format!("often bought together with your {}", product.title.en),
        );
    }
}

fn price(reasons: &mut Reasons, ranked: &Ranked, pool: &Pool, need: &Need) {
    let variant = &ranked.variant;
    let price = amount(&variant.price);
    reasons.evidence.push(price.clone());
    let cheapest = pool
        .entries
        .iter()
        .filter(|entry| entry.product.on_sale && entry.product.key != ranked.product.key)
        .flat_map(|entry| entry.product.variants.iter().filter(|variant| variant.stock > 0))
        .map(|variant| main_units(&variant.price))
        .fold(f64::INFINITY, f64::min);
    let own = main_units(&variant.price);
    if need.is_cheap && cheapest.is_finite() && own < cheapest {
        reasons.tell(format!("同类里价格最低：{price}"), format!("the lowest price of its kind here: {price}"));
    } else if need.budget.is_said() && need.budget.allows(&variant.price) {
        reasons.tell(format!("预算内 {price}"), format!("within your budget at {price}"));
    } else if let Some(list) = variant.list_price.as_ref().filter(|list| list.minor > variant.price.minor) {
        let list = amount(list);
        reasons.evidence.push(list.clone());
        reasons.tell(format!("现在 {price}，原价 {list}"), format!("{price} now, reduced from {list}"));
    } else {
        reasons.tell(format!("售价 {price}"), price);
    }
}

fn colour(reasons: &mut Reasons, ranked: &Ranked, need: &Need) {
    if !need.colours.iter().any(|colour| is_of_colour(&ranked.variant, *colour)) {
        return;
    }
    let options = &ranked.variant.options;
    if let Some(option) =
        options.iter().find(|option| matches!(option.key.as_str(), "colour" | "color")).or(options.first())
    {
        reasons.rest_on(&option.value);
        reasons.tell(format!("{}有货", option.value.zh), format!("in stock in {}", option.value.en.to_lowercase()));
    }
}

fn known_brand(reasons: &mut Reasons, ranked: &Ranked, history: &History) {
    let brand = &ranked.product.brand;
    let known = history
        .products
        .iter()
        .find(|bought| !brand.is_empty() && bought.brand == *brand && bought.key != ranked.product.key);
    if let Some(bought) = known {
        reasons.rest_on(&bought.title);
        reasons.tell(
            format!("和您买过的「{}」同一个品牌", bought.title.zh),
            format!("the same brand as your {}", bought.title.en),
        );
    }
}
