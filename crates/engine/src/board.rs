//! The live board: who waits, who serves whom, what is about to be missed, and whom the bot has made angry.

use std::collections::HashMap;

use domain::{
    handoff::Emotion,
    id::{ConversationId, ShopId},
    routing::USUAL_WEIGHT,
    staff::Permission,
};
use store::{AgentRow, InboxFilter, InboxRow, InboxView, Staff, StoredDeadline};

use crate::{
    bot::memory::Memory,
    desk::Desk,
    error::{DeskError, Result},
    routing,
    staff::can,
};

/// More than fit on any screen; the numbers beside the lists say how many there are in all.
const ROWS: i64 = 200;

#[derive(Debug)]
pub struct Board {
    /// The one who has waited longest first.
    pub waiting: Vec<InboxRow>,
    pub served: Vec<InboxRow>,
    /// With the bot, and not happy about it.
    pub upset: Vec<InboxRow>,
    pub agents: Vec<Seated>,
    pub deadlines: HashMap<ConversationId, Vec<StoredDeadline>>,
}

#[derive(Debug)]
pub struct Seated {
    pub agent: AgentRow,
    /// Conversations of the usual kind at once.
    pub capacity: u32,
}

pub async fn board(desk: &Desk, by: &Staff, shops: &[ShopId]) -> Result<Board> {
    if shops.is_empty() || !shops.iter().all(|shop| can(by, Some(*shop), Permission::Supervise)) {
        return Err(DeskError::NotFound);
    }
    let list = async |view| -> Result<Vec<InboxRow>> {
        let filter = InboxFilter { shops, view, text: None, tag: None, queue: None, cursor: None, limit: ROWS };
        Ok(desk.store.inbox(&filter).await?.rows)
    };
    let waiting = list(InboxView::Queue).await?;
    let served = list(InboxView::Served).await?;
    let moods: HashMap<ConversationId, Emotion> = desk
        .store
        .bot_memories(shops, ROWS)
        .await?
        .into_iter()
        .filter_map(|(id, memory)| Some((id, serde_json::from_str::<Memory>(&memory).ok()?.emotion)))
        .filter(|(_, emotion)| *emotion >= Emotion::Upset)
        .collect();
    let mut upset = list(InboxView::Bot).await?;
    upset.retain_mut(|row| match moods.get(&row.conversation.id) {
        Some(emotion) => {
            row.conversation.emotion = *emotion;
            true
        }
        None => false,
    });
    upset.sort_by_key(|row| std::cmp::Reverse(row.conversation.emotion));
    let ids: Vec<ConversationId> = waiting.iter().chain(&served).map(|row| row.conversation.id).collect();
    let deadlines = desk.store.running_deadlines(&ids).await?;
    let mut plans = Vec::new();
    for shop in shops {
        plans.push(routing::plan(desk, *shop).await?);
    }
    let capacity = |agent: &AgentRow| plans.iter().map(|plan| plan.seat(agent.id).capacity).max().unwrap_or_default();
    let agents = desk.store.agents(shops).await?;
    let agents = agents.into_iter().map(|agent| Seated { capacity: capacity(&agent) / USUAL_WEIGHT, agent }).collect();
    Ok(Board { waiting, served, upset, agents, deadlines })
}
