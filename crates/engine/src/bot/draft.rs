//! A reply before it is guarded and delivered.

use domain::{
    conversation::ReplyKind,
    message::{Body, QuickAction, QuickReply},
};

use super::{
    guard::{Author, Evidence},
    memory::Choice,
};
use crate::chat::Proposal;

pub struct Draft {
    pub body: Body,
    pub kind: ReplyKind,
    pub evidence: Evidence,
    /// Offered with the reply, and remembered until the next turn.
    pub choice: Option<Choice>,
    /// What the shopper is asked to confirm, remembered until the next turn.
    pub proposal: Option<Proposal>,
    pub author: Author,
    /// What a model was told, so that the guard sees when it repeats it.
    pub instructions: Vec<String>,
    /// Sent instead when the guard holds this one back: the passage or template it was made from.
    pub instead: Option<Box<Draft>>,
}

impl Draft {
    pub fn new(kind: ReplyKind, text: impl Into<String>, evidence: Evidence) -> Self {
        Self {
            body: Body::text(text),
            kind,
            evidence,
            choice: None,
            proposal: None,
            author: Author::Desk,
            instructions: Vec::new(),
            instead: None,
        }
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

    /// The same in a model's words; this draft stands in for them if the guard holds them back.
    pub fn worded_by_model(self, text: impl Into<String>, instructions: Vec<String>) -> Self {
        let mut worded = Self::new(self.kind, text, self.evidence.clone());
        worded.body = Body { text: worded.body.text, ..self.body.clone() };
        worded.choice.clone_from(&self.choice);
        worded.proposal.clone_from(&self.proposal);
        worded.author = Author::Model;
        worded.instructions = instructions;
        worded.instead = Some(Box::new(self));
        worded
    }

    /// In a model's words alone; nothing stands in for them.
    pub fn by_model(kind: ReplyKind, text: impl Into<String>, instructions: Vec<String>) -> Self {
        Self { author: Author::Model, instructions, ..Self::new(kind, text, Evidence::default()) }
    }

    /// One reply of two; what the second asks is what is open.
    pub fn join(first: Option<Self>, second: Self) -> Self {
        let Some(mut first) = first else { return second };
        if !second.body.text.is_empty() && !first.body.text.contains(&second.body.text) {
            let parts = [first.body.text.as_str(), second.body.text.as_str()];
            first.body.text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        }
        first.evidence.extend(second.evidence);
        for card in second.body.cards {
            if !first.body.cards.contains(&card) {
                first.body.cards.push(card);
            }
        }
        for source in second.body.sources {
            if !first.body.sources.contains(&source) {
                first.body.sources.push(source);
            }
        }
        for reply in second.body.quick_replies {
            if !first.body.quick_replies.contains(&reply) {
                first.body.quick_replies.push(reply);
            }
        }
        first.choice = second.choice.or(first.choice);
        first.kind = if first.kind == ReplyKind::Answered && second.kind == ReplyKind::Abstained {
            first.kind
        } else {
            second.kind
        };
        first
    }

    /// A choice is shown as buttons that say the option's label.
    pub fn with_choice(mut self, choice: Choice) -> Self {
        self.body.quick_replies.extend(choice.options.iter().map(|option| QuickReply::say(&option.label)));
        self.choice = Some(choice);
        self
    }
}
