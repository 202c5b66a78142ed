//! What a conversation takes of an agent: more where it is complex, little while the shopper has to answer.

use super::USUAL_WEIGHT;
use crate::{
    conversation::Conversation,
    handoff::{Emotion, HandoffReason},
};

/// A complex one needs twice the attention.
pub const COMPLEX_WEIGHT: u32 = 2 * USUAL_WEIGHT;
/// While it is the shopper's turn, an agent needs only to keep it in mind.
const WAITING_PERCENT: u32 = 30;

/// What it takes of an agent who begins with it. `by_rule` is what the shop's rules say.
pub fn weight_of(conversation: &Conversation, by_rule: Option<u32>) -> u32 {
    let is_complex = conversation.emotion >= Emotion::Upset
        || matches!(conversation.handoff, Some(HandoffReason::Risk | HandoffReason::NeedsPerson));
    by_rule.unwrap_or(if is_complex { COMPLEX_WEIGHT } else { USUAL_WEIGHT })
}

/// What it takes of its agent as it stands now.
pub fn load_of(conversation: &Conversation) -> u32 {
    let weight = conversation.placement.map_or_else(|| weight_of(conversation, None), |placement| placement.weight);
    if conversation.waiting_since.is_some() { weight } else { weight * WAITING_PERCENT / 100 }
}
