//! What a merchant lets the bot do without a person. It only ever narrows the policy: what the policy refuses stays
//! refused, whatever is set here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use skills::policy::{ActorKind, Approver, Judgement, Verdict, built_in_text};

use domain::action::Action;

/// How far the bot goes with one kind of action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// As far as the policy allows.
    #[default]
    Alone,
    /// It prepares it, and somebody of the team confirms.
    Asks,
    /// It leaves it to people.
    Never,
}

/// Actions that aren't named are `Alone`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BotMay {
    pub actions: BTreeMap<String, Reach>,
    /// A refund above it is confirmed by somebody of the team, in the currency's smallest unit.
    pub refund_limit: Option<i64>,
}

impl BotMay {
    /// The name of the first field that makes no sense, and why.
    pub fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.actions.keys().any(|name| !Action::NAMES.contains(&name.as_str())) {
            return Some(("bot_may.actions", "unknown"));
        }
        self.refund_limit.is_some_and(|limit| limit < 0).then_some(("bot_may.refund_limit", "range"))
    }

    /// Whoever of the team acts, and the merchant's own program, are not the bot.
    pub(super) fn narrow(&self, action: &Action, actor: ActorKind, judgement: &mut Judgement) {
        let is_bot = matches!(actor, ActorKind::Shopper | ActorKind::Bot | ActorKind::Model);
        if !is_bot || matches!(judgement.verdict, Verdict::Refused { .. }) {
            return;
        }
        let reach = self.actions.get(action.name()).copied().unwrap_or_default();
        let is_large =
            judgement.sums.refund.as_ref().is_some_and(|sum| self.refund_limit.is_some_and(|l| sum.minor > l));
        match (reach, &judgement.verdict) {
            (Reach::Never, _) => {
                judgement.verdict = Verdict::Refused { rule: "bot_may".to_owned(), text: built_in_text("bot_may") };
            }
            (Reach::Asks, Verdict::Allowed) => judgement.verdict = asks(),
            (Reach::Alone, Verdict::Allowed) if is_large => judgement.verdict = asks(),
            _ => {}
        }
    }
}

fn asks() -> Verdict {
    Verdict::NeedsApproval {
        role: Approver::Agent,
        rule: "bot_asks_first".to_owned(),
        text: built_in_text("bot_asks_first"),
    }
}
