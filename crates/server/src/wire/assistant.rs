//! Skills, policies and the guarantee, as the console sees them.

use engine::{
    actions::Preview,
    bot::skill::{Next, Would, rehearse::Verdict},
    review,
};
use serde::{Deserialize, Serialize};
use skills::{Fault, Skill, Skills, policy};
use utoipa::ToSchema;

use super::basics::Bilingual;

/// What is to be promised of the answers the bot gives alone.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuaranteeTerms {
    /// Whether the certified chance replaces the usual one as soon as there is one.
    pub is_on: bool,
    /// The share of wrong answers allowed, 0.001 to 0.5.
    pub error: f64,
    /// How sure one wants to be of it, 0.5 to 0.999.
    pub confidence: f64,
    /// The share of questions people judge, 0 to 1.
    pub share: f64,
}

impl From<GuaranteeTerms> for review::Terms {
    fn from(terms: GuaranteeTerms) -> Self {
        let GuaranteeTerms { is_on, error, confidence, share } = terms;
        Self { is_on, error, confidence, share }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuaranteeStanding {
    Certified,
    /// Nothing can be promised yet; `more` says how many judgements are missing, by estimate.
    TooFewLabels,
    /// Even the surest answers are wrong too often.
    TooManyErrors,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuaranteeView {
    pub terms: GuaranteeTerms,
    pub standing: GuaranteeStanding,
    /// Judgements missing, by estimate; 0 unless there are too few.
    pub more: usize,
    /// The chance from which the bot answers alone now, and whether that is certified.
    pub threshold: f32,
    pub is_certified: bool,
    /// With the certified threshold, the share of questions answered alone; absent without one.
    pub coverage: Option<f64>,
    /// The highest share of wrong answers that the judgements leave possible; absent without a certificate.
    pub upper_bound: Option<f64>,
    pub judged: usize,
    pub open: usize,
    /// Judged answers that were given alone, those of them that were wrong, and the rate that leaves possible.
    pub answered: usize,
    pub wrong: usize,
    pub wrong_at_most: f64,
    pub days: Vec<GuaranteeDay>,
}

/// A day of the sample.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GuaranteeDay {
    pub begins_at: i64,
    pub asked: usize,
    pub answered: usize,
    pub judged: usize,
    pub wrong: usize,
}

impl From<review::State> for GuaranteeView {
    fn from(state: review::State) -> Self {
        use understanding::selective::Verdict;
        let (standing, more) = match state.verdict {
            Verdict::Certified(_) => (GuaranteeStanding::Certified, 0),
            Verdict::TooFewLabels { more, .. } => (GuaranteeStanding::TooFewLabels, more),
            Verdict::TooManyErrors { .. } => (GuaranteeStanding::TooManyErrors, 0),
        };
        let certificate = state.verdict.certificate();
        let review::Terms { is_on, error, confidence, share } = state.terms;
        let day = |day: review::Day| GuaranteeDay {
            begins_at: day.begins_at.0,
            asked: day.asked,
            answered: day.answered,
            judged: day.judged,
            wrong: day.wrong,
        };
        Self {
            terms: GuaranteeTerms { is_on, error, confidence, share },
            standing,
            more,
            threshold: state.threshold,
            is_certified: state.is_certified,
            coverage: certificate.map(|it| it.coverage),
            upper_bound: certificate.map(|it| it.upper_bound),
            judged: state.judged,
            open: state.open,
            answered: state.answered,
            wrong: state.wrong,
            wrong_at_most: state.wrong_at_most,
            days: state.days.into_iter().map(day).collect(),
        }
    }
}

/// A sampled question to judge.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionView {
    pub id: String,
    pub conversation: String,
    pub seq: i64,
    pub at: i64,
    /// What the shopper asked; empty when it has been erased.
    pub asked: String,
    pub article: String,
    pub question: String,
    pub answer: String,
    /// `answered`, `clarified` or `abstained`: what the bot did with it.
    pub outcome: String,
}

impl From<review::Question> for QuestionView {
    fn from(question: review::Question) -> Self {
        let wording = question.wording.unwrap_or_default();
        Self {
            id: question.sample.id.to_string(),
            conversation: question.sample.conversation.to_string(),
            seq: question.sample.seq,
            at: question.sample.at.0,
            asked: question.asked,
            article: question.article.to_string(),
            question: wording.question,
            answer: wording.answer,
            outcome: question.sample.outcome,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkillGroup {
    PreSale,
    InSale,
    AfterSale,
}

/// Something the bot can carry out.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillView {
    pub name: String,
    pub title: Bilingual,
    pub group: SkillGroup,
    pub needs_verified: bool,
    pub examples_zh: Vec<String>,
    pub examples_en: Vec<String>,
    pub slots: Vec<SkillSlot>,
    /// What it may do to an order; empty for a skill that only tells.
    pub actions: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillSlot {
    pub name: String,
    pub title: Bilingual,
    pub is_optional: bool,
}

impl SkillView {
    pub fn of(skill: &Skill) -> Self {
        let slot = |slot: &skills::skill::Slot| SkillSlot {
            name: slot.name.clone(),
            title: slot.title.clone().into(),
            is_optional: slot.optional,
        };
        Self {
            name: skill.name.clone(),
            title: skill.title.clone().into(),
            group: match skill.group {
                skills::Group::PreSale => SkillGroup::PreSale,
                skills::Group::InSale => SkillGroup::InSale,
                skills::Group::AfterSale => SkillGroup::AfterSale,
            },
            needs_verified: skill.needs_verified,
            examples_zh: skill.examples.zh.clone(),
            examples_en: skill.examples.en.clone(),
            slots: skill.slots.iter().map(slot).collect(),
            actions: skill.actions().map(str::to_owned).collect(),
        }
    }
}

/// What was read in a sentence.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingView {
    /// What the bot would do, by the same rules as in a conversation.
    pub next: NextStep,
    /// The skills it would begin, in the order of the wishes; empty unless `next` is `begin`.
    pub begins: Vec<SkillName>,
    /// Likeliest first; empty while the reader is still being trained.
    pub intents: Vec<IntentView>,
    /// The chance that the first is right, where a sentence outside everything is always wrong.
    pub reliability: f32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    Begin,
    HandOff,
    /// Politeness, answered as such.
    Social,
    /// The articles are searched.
    Search,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillName {
    pub skill: String,
    pub title: Bilingual,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntentView {
    /// Absent: an answer from the articles.
    pub skill: Option<String>,
    pub title: Option<Bilingual>,
    pub chance: f32,
}

impl ReadingView {
    pub fn of(would: &Would, skills: &Skills) -> Self {
        let reading = would.reading.clone().unwrap_or_default();
        let (next, begun): (_, &[_]) = match &would.next {
            Next::Begin(skills) => (NextStep::Begin, skills),
            Next::HandOff(_) => (NextStep::HandOff, &[]),
            Next::Social => (NextStep::Social, &[]),
            Next::Search => (NextStep::Search, &[]),
        };
        let name =
            |it: &std::sync::Arc<skills::Skill>| SkillName { skill: it.name.clone(), title: it.title.clone().into() };

        let intent = |intent: &engine::reader::Intent| IntentView {
            skill: intent.skill.as_deref().map(str::to_owned),
            title: intent.skill.as_deref().and_then(|name| skills.get(name)).map(|skill| skill.title.clone().into()),
            chance: intent.chance,
        };
        Self {
            next,
            begins: begun.iter().map(name).collect(),
            intents: reading.intents.iter().map(intent).collect(),
            reliability: reading.reliability,
        }
    }
}

/// What came of conversation tests.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayReport {
    /// What is wrong with the text of the tests; nothing was played then.
    pub faults: Vec<FaultView>,
    pub conversations: Vec<PlayView>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultView {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub message: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayView {
    pub name: String,
    pub passed: bool,
    /// What was not as expected, with the number of the turn from 1.
    pub differences: Vec<DifferenceView>,
    pub turns: Vec<PlayTurn>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferenceView {
    pub turn: usize,
    pub what: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayTurn {
    pub shopper: String,
    pub bot: String,
    pub skills: Vec<String>,
}

impl PlayReport {
    pub fn faulty(faults: Vec<Fault>) -> Self {
        let fault = |fault: Fault| FaultView {
            file: fault.file,
            line: fault.line,
            column: fault.column,
            message: fault.message,
        };
        Self { faults: faults.into_iter().map(fault).collect(), conversations: Vec::new() }
    }

    pub fn of(verdicts: Vec<Verdict>) -> Self {
        let play = |verdict: Verdict| PlayView {
            passed: verdict.passed(),
            name: verdict.name,
            differences: verdict.differences.into_iter().map(|(turn, what)| DifferenceView { turn, what }).collect(),
            turns: verdict
                .turns
                .into_iter()
                .map(|(shopper, seen)| PlayTurn { shopper, bot: seen.text, skills: seen.skills })
                .collect(),
        };
        Self { faults: Vec::new(), conversations: verdicts.into_iter().map(play).collect() }
    }
}

macro_rules! actors {
    ($($name:ident),*) => {
        /// By whose hand.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ActorKind { $($name),* }

        impl From<ActorKind> for policy::ActorKind {
            fn from(kind: ActorKind) -> Self {
                match kind { $(ActorKind::$name => Self::$name),* }
            }
        }

        impl From<policy::ActorKind> for ActorKind {
            fn from(kind: policy::ActorKind) -> Self {
                match kind { $(policy::ActorKind::$name => Self::$name),* }
            }
        }
    };
}
actors!(Shopper, Bot, Model, Agent, Supervisor, Api);

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyView {
    pub title: Bilingual,
    pub actions: Vec<PolicyAction>,
}

/// What has to hold for one kind of action.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyAction {
    pub name: String,
    pub who: Vec<ActorKind>,
    pub rules: Vec<PolicyRule>,
    pub approvals: Vec<PolicyRule>,
    /// How long it may be undone after it was done; absent: never.
    pub undo_ms: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyRule {
    pub name: String,
    /// CEL.
    pub expression: String,
    pub text: Bilingual,
    /// For approvals: `agent` or `supervisor`.
    pub by: Option<String>,
}

impl PolicyView {
    pub fn of(found: &policy::Policy) -> Self {
        let action = |(name, action): (&String, &policy::ActionPolicy)| PolicyAction {
            name: name.clone(),
            who: action.who.iter().map(|kind| (*kind).into()).collect(),
            rules: action
                .rules
                .iter()
                .map(|rule| PolicyRule {
                    name: rule.name.clone(),
                    expression: rule.require.source().to_owned(),
                    text: rule.text.clone().into(),
                    by: None,
                })
                .collect(),
            approvals: action
                .approval
                .iter()
                .map(|approval| PolicyRule {
                    name: approval.name.clone(),
                    expression: approval.when.source().to_owned(),
                    text: approval.text.clone().into(),
                    by: Some(approval.by.as_str().to_owned()),
                })
                .collect(),
            undo_ms: action.undo_ms,
        };
        Self { title: found.title.clone().into(), actions: found.actions.iter().map(action).collect() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyVerdict {
    Allowed,
    NeedsApproval,
    Refused,
}

/// What would happen.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfView {
    pub verdict: PolicyVerdict,
    /// The rule that refuses, or asks for approval.
    pub rule: Option<String>,
    /// What would happen, or why not.
    pub lines: Vec<Bilingual>,
    pub undo_ms: Option<i64>,
}

impl WhatIfView {
    pub fn of(preview: &Preview) -> Self {
        use policy::Verdict;
        let (verdict, rule) = match &preview.verdict {
            Verdict::Allowed => (PolicyVerdict::Allowed, None),
            Verdict::NeedsApproval { rule, .. } => (PolicyVerdict::NeedsApproval, Some(rule.clone())),
            Verdict::Refused { rule, .. } => (PolicyVerdict::Refused, Some(rule.clone())),
        };
        Self { verdict, rule, lines: preview.lines.iter().cloned().map(Into::into).collect(), undo_ms: preview.undo_ms }
    }
}
