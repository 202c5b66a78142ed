//! What skills call, carried out: look-ups at the shop and in the knowledge base, and actions by the one path there is.
//! Orders are read for the verified shopper only.

use domain::{
    article::Article,
    language::Bilingual,
    message::Source,
    shop::{CustomerKey, Order, OrderKey, ProductKey},
};
use serde_json::{Value as Json, json};
use skills::tool::{Call, CallResult};

use super::view;
use crate::{
    bot::turn::Turn,
    error::Result,
    library::{self, Ask, Would},
    recommend::{Advice, Need, Pick, compare, recommend},
    shop::{Connector, PageRequest, ShopError},
};

/// Orders looked through when none is named.
const RECENT_ORDERS: usize = 20;
const SEARCH_RESULTS: usize = 5;

/// Carries a call out. Failures of the shop are an answer too; only failures of the desk are errors.
pub async fn carry_out(turn: &mut Turn<'_>, call: &Call) -> Result<CallResult> {
    match call {
        Call::Article { key } => {
            let article = turn.desk.store.article_by_key(turn.shop.id, key).await?;
            return Ok(found(tell(turn, article.as_ref())));
        }
        Call::Knowledge { question } => {
            let article = knowledge(turn, question).await?;
            return Ok(found(tell(turn, article.as_ref())));
        }
        Call::Preview { intent } => return super::deeds::preview(turn, intent).await,
        Call::Perform { intent, key, token } => {
            return super::deeds::perform(turn, intent, key, token.as_deref()).await;
        }
        _ => {}
    }
    let Some(connector) = turn.desk.connector(turn.shop.id).cloned() else { return Ok(CallResult::Unavailable) };
    Ok(match look_up(turn, &connector, call).await {
        Ok(json) => CallResult::Found(json),
        Err(ShopError::NotFound) => CallResult::Found(Json::Null),
        Err(error) => {
            tracing::warn!(shop = %turn.shop.id, tool = call.name(), %error, "a look-up failed");
            CallResult::Unavailable
        }
    })
}

fn found(json: Option<Json>) -> CallResult {
    CallResult::Found(json.unwrap_or_default())
}

async fn look_up(turn: &Turn<'_>, connector: &Connector, call: &Call) -> Result<Json, ShopError> {
    let customer = turn.stored.conversation.customer.as_ref();
    Ok(match call {
        Call::Order { order } => {
            let Some(customer) = customer else { return Ok(Json::Null) };
            view::order(&order_called(connector, customer, order).await?, turn.now)
        }
        Call::Orders => {
            let Some(customer) = customer else { return Ok(json!([])) };
            let orders = connector.orders_of(customer, &PageRequest::first(RECENT_ORDERS)).await?.items;
            orders.iter().map(|order| view::order(order, turn.now)).collect()
        }
        Call::Product { product } => view::product(&connector.product(&ProductKey(product.clone())).await?),
        Call::SearchProducts { text } => {
            let found = connector.search_products(text, SEARCH_RESULTS).await?;
            found.iter().map(|it| view::product(&it.product)).collect()
        }
        Call::Compare { products } => compared(connector, products).await?,
        Call::Recommend { text, product, budget, asked } => {
            let product = product.clone().map(ProductKey);
            let budget = budget.as_ref().and_then(|it| it.decimal().parse().ok());
            let need = Need::read(text).about(product).with_budget(budget).after_question(*asked == Some(true));
            advice(&recommend(connector, customer, &need).await?, &need)
        }
        // No connector keeps old prices yet.
        Call::PriceHistory { .. } => json!({ "points": [] }),
        Call::Article { .. } | Call::Knowledge { .. } | Call::Preview { .. } | Call::Perform { .. } => Json::Null,
    })
}

/// What is recommended, or what has to be known first, or what comes nearest and why it doesn't fit.
fn advice(advice: &Advice, need: &Need) -> Json {
    let pick = |pick: &Pick, misses: Option<Bilingual>| json!({ "product": view::product(&pick.product), "why": pick.why, "misses": misses });
    let mut told = json!({ "picks": [], "question": null, "nearest": null });
    match advice {
        Advice::Picks { picks } => told["picks"] = picks.iter().map(|it| pick(it, None)).collect(),
        Advice::Ask { question } => told["question"] = json!(question),
        Advice::Nothing { nearest: Some(nearest) } => {
            told["nearest"] = pick(nearest, need.misses(&nearest.variant.price))
        }
        Advice::Nothing { nearest: None } => {}
    }
    told
}

/// By its own number or a parcel's; another customer's order doesn't exist.
pub async fn order_called(connector: &Connector, customer: &CustomerKey, name: &str) -> Result<Order, ShopError> {
    match connector.order_of(customer, &OrderKey(name.to_owned())).await {
        Err(ShopError::NotFound) => {}
        other => return other,
    }
    let orders = connector.orders_of(customer, &PageRequest::first(RECENT_ORDERS)).await?.items;
    let is_called = |order: &Order| {
        order.key.as_str().eq_ignore_ascii_case(name)
            || order.shipments.iter().any(|shipment| shipment.tracking_number.eq_ignore_ascii_case(name))
    };
    orders.into_iter().find(is_called).ok_or(ShopError::NotFound)
}

async fn compared(connector: &Connector, keys: &[String]) -> Result<Json, ShopError> {
    let mut products = Vec::new();
    for key in keys {
        products.push(connector.product(&ProductKey(key.clone())).await?);
    }
    let rows: Vec<Json> =
        compare(&products).rows.iter().map(|row| json!({ "name": row.name, "values": row.values })).collect();
    let products: Vec<Json> = products.iter().map(view::product).collect();
    Ok(json!({ "products": products, "rows": rows }))
}

/// The article the bot would stand for, or none.
async fn knowledge(turn: &Turn<'_>, question: &str) -> Result<Option<Article>> {
    let ask = Ask {
        shop: turn.shop.id,
        text: question.to_owned(),
        language: turn.language(),
        product: None,
        category: None,
        limit: SEARCH_RESULTS,
    };
    let vector = turn.vectors.of(turn.desk, &ask.text).await;
    let found = library::search_with(turn.desk, &turn.settings, &ask, vector.as_deref())?;
    let Would::Answer { article } = found.would else { return Ok(None) };
    Ok(found.hits.into_iter().find(|hit| hit.article.id == article).map(|hit| hit.article.as_ref().clone()))
}

/// An article in the shopper's language, noted as a source.
fn tell(turn: &mut Turn<'_>, article: Option<&Article>) -> Option<Json> {
    let article = article.filter(|it| it.shop == turn.shop.id && it.holds_at(turn.now))?;
    let language = turn.language();
    let wording = article.draft.wording(language).or_else(|| article.draft.wording(language.other()))?;
    turn.cited.push(Source { article: article.id, version: article.version, title: wording.question.clone() });
    Some(json!({ "key": article.draft.key, "question": wording.question, "answer": wording.answer.trim() }))
}
