//! Price, stock and attributes of a product, from the catalogue.

use domain::{
    conversation::ReplyKind,
    language::Language,
    message::Card,
    shop::{Product, ProductKey, Variant},
};

use super::cards::product_card;
use crate::{
    bot::{
        draft::Draft,
        facts::Facts,
        memory::{Choice, ChoiceOption, Target},
        normal::{has, normal},
        texts,
        turn::Turn,
        understand::Topic,
    },
    error::Result,
    shop::{Connector, ShopError},
};

const MAX_OPTIONS: usize = 3;
/// Mentions scored this close to the best are as likely meant.
const CLOSE_SCORE: f64 = 0.08;
/// Variants told in a sentence; the card shows all.
const MAX_VARIANTS_TOLD: usize = 6;

/// `None` when no product is named or in view: the question is for the knowledge base.
pub async fn answer(turn: &mut Turn<'_>, topic: Topic, chosen: Option<&ProductKey>) -> Result<Option<Draft>> {
    let Some(connector) = turn.desk.connector(turn.shop.id).cloned() else { return Ok(None) };
    let found = match candidates(turn, &connector, chosen).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(shop = %turn.shop.id, %error, "product look-up failed");
            return Ok(None);
        }
    };
    Ok(match &found[..] {
        [] => None,
        [product] => tell(turn, topic, product),
        several => Some(ask_which(turn, topic, several)),
    })
}

async fn candidates(
    turn: &Turn<'_>,
    connector: &Connector,
    chosen: Option<&ProductKey>,
) -> Result<Vec<Product>, ShopError> {
    if let Some(key) = chosen {
        return Ok(vec![connector.product(key).await?]);
    }
    let mentioned = connector.mentions(&turn.understood.text).await?;
    if let Some(best) = mentioned.first().map(|scored| scored.score) {
        let mut products = Vec::new();
        for close in mentioned.iter().filter(|scored| best - scored.score <= CLOSE_SCORE).take(MAX_OPTIONS) {
            products.push(connector.product(&close.product).await?);
        }
        return Ok(products);
    }
    let page = turn.stored.page.as_ref().and_then(|page| page.product.as_deref()).map(ProductKey::from);
    match turn.memory.product.clone().or(page) {
        Some(key) => match connector.product(&key).await {
            Ok(product) => Ok(vec![product]),
            Err(ShopError::NotFound) => Ok(Vec::new()),
            Err(other) => Err(other),
        },
        None => Ok(Vec::new()),
    }
}

fn tell(turn: &mut Turn<'_>, topic: Topic, product: &Product) -> Option<Draft> {
    let language = turn.language();
    let mut facts = turn.facts();
    let title = facts.both(&product.title);
    let text = match topic {
        Topic::ProductPrice => price(product, &title, &mut facts)?,
        Topic::ProductStock => stock(product, &title, &mut facts)?,
        _ => attributes(product, &title, &turn.understood.text, &mut facts)?,
    };
    turn.memory.product = Some(product.key.clone());
    let mut draft = Draft::new(ReplyKind::Answered, text, facts.evidence);
    draft.body.cards.extend(product_card(product, language).map(Card::Product));
    Some(draft)
}

fn price(product: &Product, title: &str, facts: &mut Facts) -> Option<String> {
    let low = product.variants.iter().min_by_key(|variant| variant.price.minor)?;
    let high = product.variants.iter().max_by_key(|variant| variant.price.minor)?;
    let from = facts.money(&low.price);
    let range = if low.price == high.price { from } else { format!("{from} – {}", facts.money(&high.price)) };
    let before = low.list_price.as_ref().filter(|list| list.minor > low.price.minor).map(|list| facts.money(list));
    Some(match (facts.language, before) {
        (Language::Zh, None) => format!("「{title}」现在售价 {range}。"),
        (Language::Zh, Some(before)) => format!("「{title}」现在售价 {range}，原价 {before}。"),
        (Language::En, None) => format!("{title} is {range}."),
        (Language::En, Some(before)) => format!("{title} is {range} now, reduced from {before}."),
    })
}

fn stock(product: &Product, title: &str, facts: &mut Facts) -> Option<String> {
    if product.variants.is_empty() {
        return None;
    }
    let (there, gone): (Vec<&Variant>, Vec<&Variant>) = product.variants.iter().partition(|variant| variant.stock > 0);
    let mut text = match (facts.language, there.is_empty()) {
        (Language::Zh, true) => format!("「{title}」目前缺货。"),
        (Language::Zh, false) => format!("「{title}」有货，可以下单。"),
        (Language::En, true) => format!("{title} is out of stock at the moment."),
        (Language::En, false) => format!("{title} is in stock."),
    };
    if product.variants.len() > 1 && !there.is_empty() && !gone.is_empty() {
        let names = name_variants(&gone, facts);
        text.push_str(&match facts.language {
            Language::Zh => format!("其中 {names} 暂时缺货。"),
            Language::En => format!(" {names} sold out for now."),
        });
    }
    if let Some(at) = gone.iter().filter_map(|variant| variant.restock_at).min() {
        let day = facts.day(at);
        text.push_str(&match facts.language {
            Language::Zh => format!("预计 {day} 补货。"),
            Language::En => format!(" More is expected on {day}."),
        });
    }
    Some(text)
}

fn name_variants(variants: &[&Variant], facts: &mut Facts) -> String {
    let names: Vec<String> = variants
        .iter()
        .take(MAX_VARIANTS_TOLD)
        .map(|variant| variant.options.iter().map(|option| facts.both(&option.value)).collect::<Vec<_>>().join(" "))
        .collect();
    let joiner = if facts.language == Language::Zh { "、" } else { ", " };
    names.join(joiner)
}

/// The attributes the question names; `None` when it names none, so that articles may answer instead.
fn attributes(product: &Product, title: &str, question: &str, facts: &mut Facts) -> Option<String> {
    let question = normal(question);
    let asked: Vec<_> = product
        .attributes
        .iter()
        .filter(|attribute| {
            [&attribute.name.zh, &attribute.name.en, &attribute.key].into_iter().any(|name| {
                let name = normal(name);
                !name.is_empty() && has(&question, &name)
            })
        })
        .collect();
    if asked.is_empty() {
        return None;
    }
    let lines: Vec<String> = asked
        .iter()
        .map(|attribute| {
            let (name, value) = (facts.both(&attribute.name), facts.both(&attribute.value));
            match facts.language {
                Language::Zh => format!("{name}：{value}"),
                Language::En => format!("{name}: {value}"),
            }
        })
        .collect();
    Some(match facts.language {
        Language::Zh => format!("「{title}」的{}。", lines.join("；")),
        Language::En => format!("{title} — {}.", lines.join("; ")),
    })
}

fn ask_which(turn: &Turn<'_>, topic: Topic, products: &[Product]) -> Draft {
    let language = turn.language();
    let options = products
        .iter()
        .map(|product| ChoiceOption {
            label: product.title.in_language(language).to_owned(),
            target: Target::Product(product.key.clone()),
        })
        .collect();
    Draft::plain(ReplyKind::Clarified, texts::which_product(language)).with_choice(Choice {
        question: turn.understood.text.clone(),
        topic: Some(topic),
        options,
    })
}
