//! The guarantee of the answers the bot gives alone, as the console sees it.

use engine::review;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
