//! The mask of one turn, with the names the desk knows its shopper by.

use serde_json::Value;
use understanding::entities::Moment;

use super::Mask;
use crate::bot::Turn;

pub(super) struct Hiding {
    mask: Mask,
    moment: Moment,
    names: Vec<String>,
}

impl Hiding {
    pub async fn of(turn: &Turn<'_>) -> Self {
        let zone = jiff::tz::TimeZone::get(&turn.settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Self { mask: Mask::default(), moment: Moment::new(turn.now, zone), names: names(turn).await }
    }

    pub fn hide(&mut self, text: &str) -> String {
        self.mask.hide(text, &self.moment, &self.names)
    }

    /// `None`: it has marks that nobody made.
    pub fn restore(&self, text: &str) -> Option<String> {
        self.mask.restore(text)
    }

    /// Every text in a tool's arguments.
    pub fn restore_json(&self, value: &Value) -> Option<Value> {
        Some(match value {
            Value::String(text) => Value::String(self.restore(text)?),
            Value::Array(items) => items.iter().map(|item| self.restore_json(item)).collect::<Option<_>>()?,
            Value::Object(fields) => {
                let fields = fields.iter().map(|(name, field)| Some((name.clone(), self.restore_json(field)?)));
                Value::Object(fields.collect::<Option<_>>()?)
            }
            other => other.clone(),
        })
    }

    pub const fn count(&self) -> usize {
        self.mask.count()
    }
}

/// The shopper's own, and those their parcels go to.
async fn names(turn: &Turn<'_>) -> Vec<String> {
    let connector = turn.desk.connector(turn.shop.id);
    let (Some(connector), Some(key)) = (connector, &turn.stored.conversation.customer) else { return Vec::new() };
    let Ok(customer) = connector.customer(key).await else { return Vec::new() };
    let recipients = customer.addresses.into_iter().map(|address| address.recipient);
    std::iter::once(customer.name).chain(recipients).collect()
}
