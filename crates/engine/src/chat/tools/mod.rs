//! The tools a model is offered: looking things up for this shopper, and showing what an action would do. None of them
//! does anything; an action waits for the shopper's own yes, in `proposal`.

mod intent;
mod sheet;

use domain::{conversation::ReplyKind, message::Source};
use jiff::tz::TimeZone;
use models::chat::Tool;
use serde_json::{Value, json};
use skills::policy::Verdict;
use understanding::entities::Moment;

use self::{
    intent::{ACTIONS, Intent},
    sheet::Sheet,
};
use super::proposal::Proposal;
use crate::{
    actions::{self, Doer, For, Wish},
    bot::{Turn, guard::Evidence, look_up_article, skill::order_called},
    error::{DeskError, Result},
    shop::{Connector, PageRequest, ShopError},
};

/// Orders told when none is named.
const ORDERS_MAX: usize = 5;
const PRODUCTS_MAX: usize = 3;
/// Of one argument; a shopper's whole message is hardly longer.
const ARGUMENT_CHARS_MAX: usize = 500;
const ITEMS_MAX: usize = 20;

/// What a tool answered.
#[derive(Default)]
pub struct Answer {
    pub text: String,
    pub evidence: Evidence,
    pub sources: Vec<Source>,
    pub proposal: Option<Proposal>,
    /// `found`, `nothing`, `refused`, `unavailable`, or a verdict of the policies.
    pub outcome: &'static str,
}

impl Answer {
    /// Says nothing about the shop, and so vouches for nothing.
    pub fn note(outcome: &'static str, text: &str) -> Self {
        Self { text: text.to_owned(), outcome, ..Self::default() }
    }

    fn of(sheet: &Sheet<'_>) -> Self {
        Self { text: sheet.text(), evidence: sheet.evidence(), outcome: "found", ..Self::default() }
    }
}

/// Records are for those the shop vouches for.
pub fn offered(turn: &Turn<'_>) -> Vec<Tool> {
    let text = |about: &str| json!({ "type": "string", "minLength": 1, "maxLength": ARGUMENT_CHARS_MAX, "description": about });
    let tool = |name: &str, about: &str, required: &[&str], properties: Value| Tool {
        name: name.into(),
        description: about.into(),
        parameters: json!({
            "type": "object", "properties": properties, "required": required, "additionalProperties": false,
        }),
    };
    let mut tools = vec![
        tool(
            "search_articles",
            "The shop's rules and how things are done.",
            &["question"],
            json!({ "question": text("One question in the customer's language") }),
        ),
        tool("product", "Price, variants and stock of a product.", &["name"], json!({ "name": text("Its name") })),
    ];
    if turn.stored.conversation.customer.is_some() && turn.desk.connector(turn.shop.id).is_some() {
        let items = json!({ "type": "array", "maxItems": ITEMS_MAX, "items": text("Key of an item or a variant") });
        let properties = json!({
            "action": { "type": "string", "enum": ACTIONS }, "order": text("Its number"), "items": items,
            "to": items, "reason": text("Why"), "address": text("The whole new address"), "day": text("2026-11-24"),
            "part": { "type": "string", "enum": ["morning", "afternoon", "evening"] },
            "problem": { "type": "string", "enum": ["missing", "damaged", "wrong_item", "defective"] },
            "text": text("A description or complaint"), "product": text("Key of a product"),
        });
        tools.extend([
            tool("my_orders", "This customer's latest orders.", &[], json!({})),
            tool(
                "order",
                "One of this customer's orders with its parcels and refunds.",
                &["order"],
                json!({ "order": text("Number of the order or of a parcel") }),
            ),
            tool(
                "preview_action",
                "Shows what an action on an order would do. Does nothing; the customer is asked to confirm.",
                &["action"],
                properties,
            ),
        ]);
    }
    tools
}

/// The arguments have the tool's shape. What the shop fails at is an answer, too.
pub async fn carry_out(turn: &mut Turn<'_>, name: &str, arguments: &Value) -> Result<Answer> {
    let argument = |field: &str| arguments.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    if name == "search_articles" {
        return articles(turn, &argument("question")).await;
    }
    if name == "preview_action" {
        return preview(turn, arguments).await;
    }
    let Some(connector) = turn.desk.connector(turn.shop.id).cloned() else { return Ok(unavailable()) };
    let zone = TimeZone::get(&turn.settings.time_zone).unwrap_or(TimeZone::UTC);
    let mut sheet = Sheet::new(turn.language(), &zone);
    let found = match name {
        "product" => products(&connector, &argument("name"), &mut sheet).await,
        "my_orders" => orders(turn, &connector, &mut sheet).await,
        "order" => order(turn, &connector, &argument("order"), &mut sheet).await,
        _ => return Ok(Answer::note("refused", "There is no such tool.")),
    };
    Ok(match found {
        Ok(true) => Answer::of(&sheet),
        Ok(false) | Err(ShopError::NotFound) => Answer::note("nothing", "Nothing was found."),
        Err(error) => {
            tracing::warn!(shop = %turn.shop.id, tool = name, %error, "a look-up failed");
            unavailable()
        }
    })
}

fn unavailable() -> Answer {
    Answer::note("unavailable", "The shop's system doesn't answer.")
}

/// An article only where the bot itself would stand for it, so that what it guarantees holds with a model, too.
async fn articles(turn: &mut Turn<'_>, question: &str) -> Result<Answer> {
    let draft = look_up_article(turn, question).await?.filter(|draft| draft.kind == ReplyKind::Answered);
    Ok(match draft {
        Some(draft) => Answer {
            text: draft.body.text,
            evidence: draft.evidence,
            sources: draft.body.sources,
            proposal: None,
            outcome: "found",
        },
        None => Answer::note("nothing", "No article answers this."),
    })
}

async fn products(connector: &Connector, name: &str, sheet: &mut Sheet<'_>) -> Result<bool, ShopError> {
    let found = connector.search_products(name, PRODUCTS_MAX).await?;
    found.iter().for_each(|found| sheet.product(&found.product));
    Ok(!found.is_empty())
}

async fn orders(turn: &Turn<'_>, connector: &Connector, sheet: &mut Sheet<'_>) -> Result<bool, ShopError> {
    let Some(customer) = &turn.stored.conversation.customer else { return Ok(false) };
    let found = connector.orders_of(customer, &PageRequest::first(ORDERS_MAX)).await?.items;
    found.iter().for_each(|order| sheet.order_line(order));
    Ok(!found.is_empty())
}

async fn order(turn: &Turn<'_>, connector: &Connector, name: &str, sheet: &mut Sheet<'_>) -> Result<bool, ShopError> {
    let Some(customer) = &turn.stored.conversation.customer else { return Ok(false) };
    sheet.order(&order_called(connector, customer, name).await?);
    Ok(true)
}

async fn preview(turn: &Turn<'_>, arguments: &Value) -> Result<Answer> {
    let customer = turn.stored.conversation.customer.as_ref();
    let (Some(key), Some(connector)) = (customer, turn.desk.connector(turn.shop.id)) else { return Ok(unavailable()) };
    let Ok(mut intent) = serde_json::from_value::<Intent>(arguments.clone()) else {
        return Ok(Answer::note("refused", "Something it needs is missing."));
    };
    let (customer, order) = match &intent.order {
        // By a parcel's number, too; and only the shopper's own.
        Some(name) => {
            (connector.customer(key).await, order_called(connector, key, name).await.map(|it| Some(it.key.0)))
        }
        None => (connector.customer(key).await, Ok(None)),
    };
    let (Ok(customer), Ok(order)) = (customer, order) else {
        return Ok(Answer::note("nothing", "This customer has no such order."));
    };
    intent.order = order;
    let zone = TimeZone::get(&turn.settings.time_zone).unwrap_or(TimeZone::UTC);
    let Some(action) = intent.action(&customer, &Moment::new(turn.now, zone)) else {
        return Ok(Answer::note("refused", "Something it needs is missing."));
    };
    let whom = For::Conversation(turn.stored.conversation.id);
    match actions::preview(turn.desk, &Wish { doer: Doer::Model, whom, action }).await {
        Ok(preview) => Ok(shown(turn, preview)),
        Err(DeskError::Shop(error)) => {
            tracing::warn!(shop = %turn.shop.id, %error, "a preview got no answer");
            Ok(unavailable())
        }
        Err(other) => Err(other),
    }
}

fn shown(turn: &Turn<'_>, preview: actions::Preview) -> Answer {
    let language = turn.language();
    let lines: Vec<&str> = preview.lines.iter().map(|line| line.in_language(language)).collect();
    let mut evidence = Evidence::default();
    lines.iter().for_each(|line| evidence.add(*line));
    let (outcome, head) = match &preview.verdict {
        Verdict::Allowed => ("allowed", "Not done. The customer will be asked to confirm this:"),
        Verdict::NeedsApproval { .. } => {
            ("approval", "Not done. The customer will be asked to confirm this, and a colleague has to approve it:")
        }
        Verdict::Refused { .. } => ("refused_by_policy", "The shop's rules don't allow it:"),
    };
    let text = format!("{head}\n{}", lines.join("\n"));
    Answer { text, evidence, proposal: Proposal::of(turn, preview), outcome, ..Answer::default() }
}
