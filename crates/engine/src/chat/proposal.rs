//! An action that a model proposed: shown by code in the shop's own words, and done only when the shopper says yes to
//! exactly that. The one question stands for one turn.

use domain::{
    action::Action,
    conversation::ReplyKind,
    language::{
        Bilingual,
        Language::{self, En, Zh},
    },
    message::QuickReply,
    trace::TurnStage,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use skills::{policy::Verdict, words};

use crate::{
    actions::{self, Doer, For, Performed, Preview, Record, State, Wish},
    bot::{Draft, Turn, skill::Acted},
    error::{DeskError, Result},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    action: Action,
    /// Of the preview that is shown.
    token: String,
    /// Under which it is done, once.
    key: String,
    lines: Vec<Bilingual>,
    needs_approval: bool,
}

impl Proposal {
    /// `None`: the policies refuse it.
    pub(super) fn of(turn: &Turn<'_>, preview: Preview) -> Option<Self> {
        let conversation = &turn.stored.conversation;
        Some(Self {
            token: preview.token?,
            key: format!("model:{}:{}", conversation.id, conversation.last_shopper_seq),
            needs_approval: matches!(preview.verdict, Verdict::NeedsApproval { .. }),
            action: preview.action,
            lines: preview.lines,
        })
    }

    pub(super) const fn name(&self) -> &'static str {
        self.action.name()
    }

    /// The question, with its two answers.
    pub(super) fn draft(self, language: Language) -> Draft {
        let lines = lines(&self.lines, language);
        let approval = match (self.needs_approval, language) {
            (false, _) => "",
            (true, Zh) => "\n这一步还需要同事批准。",
            (true, En) => "\nA colleague has to approve this as well.",
        };
        let text = match language {
            Zh => format!("请确认是否办理：\n{lines}{approval}\n确认之前不会做任何改动。"),
            En => format!("Please confirm:\n{lines}{approval}\nNothing is changed until you do."),
        };
        let answers = [words::confirm(language), words::cancel(language)].map(QuickReply::say);
        let mut draft = Draft::plain(ReplyKind::Clarified, text).with_replies(answers);
        draft.proposal = Some(self);
        draft
    }
}

fn lines(lines: &[Bilingual], language: Language) -> String {
    lines.iter().map(|line| line.in_language(language)).collect::<Vec<_>>().join("\n")
}

/// The shopper's answer to what was proposed. `None`: nothing was, or they speak of something else, and it lapses.
pub(crate) async fn answered(turn: &mut Turn<'_>) -> Result<Option<Acted>> {
    let Some(proposal) = turn.memory.proposal.take() else { return Ok(None) };
    let said = &turn.understood.said;
    let language = turn.language();
    let is_confirmed = match words::agrees(said) {
        Some(agrees) => agrees,
        None if words::calls_off(said) => false,
        None => return Ok(None),
    };
    turn.answers_flow = true;
    let name = proposal.name();
    let draft = if is_confirmed {
        perform(turn, proposal).await?
    } else {
        Draft::plain(ReplyKind::Social, words::called_off(language))
    };
    let (zh, en) = match is_confirmed {
        true => (
            format!("买家确认了模型提议的操作 {name}"),
            format!("The shopper confirmed {name}, which the model proposed"),
        ),
        false => (format!("买家没有确认 {name}"), format!("The shopper did not confirm {name}")),
    };
    turn.tracing.step(TurnStage::Act, zh, en, json!({ "action": name, "confirmed": is_confirmed }));
    Ok(Some(Acted { draft: Some(draft), handoff: None }))
}

async fn perform(turn: &Turn<'_>, proposal: Proposal) -> Result<Draft> {
    let language = turn.language();
    let Proposal { action, token, key, .. } = proposal;
    let wish = Wish { doer: Doer::Model, whom: For::Conversation(turn.stored.conversation.id), action };
    match actions::perform(turn.desk, &wish, &token, &key).await {
        Ok(Performed::Recorded(record)) => Ok(Draft::plain(ReplyKind::Answered, outcome(&record, language))),
        // It isn't what was shown any more: the new state of things needs a yes of its own.
        Ok(Performed::Changed(preview)) => {
            let refusal = lines(&preview.lines, language);
            Ok(match Proposal::of(turn, *preview) {
                Some(proposal) => proposal.draft(language),
                None => Draft::plain(ReplyKind::Answered, refusal),
            })
        }
        Err(DeskError::Shop(error)) => {
            tracing::warn!(shop = %turn.shop.id, %error, "an action got no answer");
            Ok(Draft::plain(ReplyKind::Answered, words::under_way(language)))
        }
        Err(other) => Err(other),
    }
}

fn outcome(record: &Record, language: Language) -> String {
    let text = || record.shown.text.as_ref().map(|text| text.in_language(language).to_owned());
    match record.state {
        State::Done => {
            let reference = record.outcome.as_ref().and_then(|done| done.reference.as_deref());
            let (head, number) = match language {
                Zh => ("已办理：", "编号 "),
                En => ("Done:", "Reference "),
            };
            let number = reference.map(|reference| format!("\n{number}{reference}")).unwrap_or_default();
            format!("{head}\n{}{number}", lines(&record.shown.lines, language))
        }
        State::Running => words::under_way(language).to_owned(),
        State::AwaitingApproval => words::waits_for_approval(language).to_owned(),
        State::Undone | State::Refused | State::Failed => text().unwrap_or_else(|| words::refused(language).to_owned()),
    }
}
