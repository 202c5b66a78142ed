//! Records with the names that stand beside them.

use std::collections::HashMap;

use domain::id::StaffId;
use engine::actions::{self, Record};

use super::SignedIn;
use crate::{
    app::App,
    problem::Result,
    wire::{
        actions::{ActionRecord, RecordNames},
        basics::StaffName,
    },
};

pub async fn records(app: &App, me: &SignedIn, records: Vec<Record>) -> Result<Vec<ActionRecord>> {
    let mut known = HashMap::new();
    let mut shown = Vec::with_capacity(records.len());
    for record in records {
        let by = record.by_id.as_deref().and_then(|id| id.parse().ok());
        let names = RecordNames {
            shopper: shopper(app, &record).await?,
            by: name(app, by, &mut known).await?,
            decided_by: name(app, record.decided_by, &mut known).await?,
        };
        let may_decide = actions::may_decide(&me.staff, &record);
        shown.push(ActionRecord::new(record, names, may_decide));
    }
    Ok(shown)
}

pub async fn one(app: &App, me: &SignedIn, record: Record) -> Result<ActionRecord> {
    let mut shown = records(app, me, vec![record]).await?;
    shown.pop().ok_or_else(crate::problem::Problem::not_found)
}

async fn shopper(app: &App, record: &Record) -> Result<Option<String>> {
    let Some(conversation) = record.conversation else { return Ok(None) };
    let Some(stored) = app.desk.store.conversation(conversation).await? else { return Ok(None) };
    Ok(app.desk.store.shopper(stored.conversation.shopper).await?.and_then(|person| person.name))
}

async fn name(app: &App, id: Option<StaffId>, known: &mut HashMap<StaffId, String>) -> Result<Option<StaffName>> {
    let Some(id) = id else { return Ok(None) };
    if let std::collections::hash_map::Entry::Vacant(entry) = known.entry(id) {
        entry.insert(app.desk.store.staff(id).await?.map(|staff| staff.name).unwrap_or_default());
    }
    Ok(known.get(&id).map(|name| StaffName { id, name: name.clone() }))
}
