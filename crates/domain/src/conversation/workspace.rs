//! What agents do around a conversation without speaking to the shopper: notes of several kinds, tags, snoozing.

use serde::{Deserialize, Serialize};

use super::{Conversation, Fact, Refusal};
use crate::{
    actor::{Actor, Controller},
    id::StaffId,
    time::{DAY_MS, Timestamp},
};

/// More tags on one conversation sort nothing any more.
pub const MAX_TAGS: usize = 20;
/// A tag is a word or two.
pub const MAX_TAG_CHARS: usize = 24;
/// What sleeps longer is forgotten, and a task with a due time is the better reminder.
pub const MAX_SNOOZE_MS: i64 = 60 * DAY_MS;

/// What a note is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    #[default]
    Note,
    /// For the agent in control alone, and for supervisors.
    Whisper,
    /// Asked of a colleague who stays where they are.
    Question,
    Answer,
    /// A supervisor is asked to look in.
    Invitation,
}

impl NoteKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Whisper => "whisper",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Invitation => "invitation",
        }
    }

    pub(super) fn is_plain(&self) -> bool {
        *self == Self::Note
    }
}

/// Out of the lists until a time, or until the shopper writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    pub by: StaffId,
    /// `None`: until the shopper writes, however long that takes.
    pub until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WakeReason {
    /// The time has come.
    Due,
    /// Somebody took it up again.
    Asked,
}

/// The tag as it is kept: without spaces around it and without what separates tags in lists.
pub fn normal_tag(text: &str) -> Option<String> {
    let tag: String = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let is_sound = !tag.is_empty() && tag.chars().count() <= MAX_TAG_CHARS && !tag.contains([',', '|', '#']);
    (is_sound && !tag.chars().any(char::is_control)).then_some(tag)
}

/// Agents and the desk itself may sort; shoppers and the bot may not.
pub(super) fn tag(conversation: &Conversation, by: Actor, tag: &str) -> Result<Vec<Fact>, Refusal> {
    only_team(by)?;
    let tag = normal_tag(tag).ok_or(Refusal::BadTag)?;
    if conversation.tags.contains(&tag) {
        return Err(Refusal::AlreadySo);
    }
    if conversation.tags.len() >= MAX_TAGS {
        return Err(Refusal::TooManyTags);
    }
    Ok(vec![Fact::Tagged { tag }])
}

pub(super) fn untag(conversation: &Conversation, by: Actor, tag: &str) -> Result<Vec<Fact>, Refusal> {
    only_team(by)?;
    let tag = normal_tag(tag).ok_or(Refusal::BadTag)?;
    if conversation.tags.contains(&tag) { Ok(vec![Fact::Untagged { tag }]) } else { Err(Refusal::AlreadySo) }
}

pub(super) fn snooze(
    now: Timestamp,
    conversation: &Conversation,
    by: Actor,
    until: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let Actor::Agent(agent) = by else { return Err(Refusal::NotForActor) };
    match conversation.controller().ok_or(Refusal::Resolved)? {
        Controller::Agent(holder) if holder == agent => {}
        _ => return Err(Refusal::NotController),
    }
    if until.is_some_and(|until| until <= now || until > now.plus_ms(MAX_SNOOZE_MS)) {
        return Err(Refusal::BadSnooze);
    }
    if conversation.snoozed.is_some_and(|snooze| snooze.until == until) {
        return Err(Refusal::AlreadySo);
    }
    Ok(vec![Fact::Snoozed { until }])
}

/// By the desk when the time has come, by the team at any time.
pub(super) fn wake(now: Timestamp, conversation: &Conversation, by: Actor) -> Result<Vec<Fact>, Refusal> {
    only_team(by)?;
    let snooze = conversation.snoozed.ok_or(Refusal::AlreadySo)?;
    match by {
        Actor::System if snooze.until.is_none_or(|until| until > now) => Err(Refusal::AlreadySo),
        Actor::System => Ok(vec![Fact::Woken { why: WakeReason::Due }]),
        _ => Ok(vec![Fact::Woken { why: WakeReason::Asked }]),
    }
}

fn only_team(by: Actor) -> Result<(), Refusal> {
    if matches!(by, Actor::Agent(_) | Actor::System) { Ok(()) } else { Err(Refusal::NotForActor) }
}

#[cfg(test)]
mod tests {
    use super::normal_tag;

    #[test]
    fn tags_are_words_and_the_same_word_is_the_same_tag() {
        assert_eq!(normal_tag("  VIP  客户 "), Some("vip 客户".to_owned()));
        for bad in ["", "  ", "a,b", "a|b", "#x", "a\u{7}b", &"长".repeat(25)] {
            assert_eq!(normal_tag(bad), None, "{bad}");
        }
    }
}
