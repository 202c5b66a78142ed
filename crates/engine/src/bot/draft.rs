//! A reply before it is guarded and delivered.

use domain::{
    conversation::ReplyKind,
    message::{Body, QuickAction, QuickReply},
};

use super::{guard::Evidence, memory::Choice};

pub struct Draft {
    pub body: Body,
    pub kind: ReplyKind,
    pub evidence: Evidence,
    /// Offered with the reply, and remembered until the next turn.
    pub choice: Option<Choice>,
}

impl Draft {
    pub fn new(kind: ReplyKind, text: impl Into<String>, evidence: Evidence) -> Self {
        Self { body: Body::text(text), kind, evidence, choice: None }
    }

    /// A text of the desk itself, which states no facts.
    pub fn plain(kind: ReplyKind, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut evidence = Evidence::default();
        evidence.add(text.clone());
        Self::new(kind, text, evidence)
    }

    pub fn with_replies(mut self, replies: impl IntoIterator<Item = QuickReply>) -> Self {
        self.body.quick_replies.extend(replies);
        self
    }

    pub fn with_action(self, text: impl Into<String>, action: QuickAction) -> Self {
        self.with_replies([QuickReply::action(text, action)])
    }

    /// A choice is shown as buttons that say the option's label.
    pub fn with_choice(mut self, choice: Choice) -> Self {
        self.body.quick_replies.extend(choice.options.iter().map(|option| QuickReply::say(&option.label)));
        self.choice = Some(choice);
        self
    }
}
