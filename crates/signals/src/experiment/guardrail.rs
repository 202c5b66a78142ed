//! What must not get worse. A guardrail that is surely harmed stops its trigger.

use domain::language::Bilingual;
use serde::{Deserialize, Serialize};

use super::interval::{Counts, Effect, sequence};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guardrail {
    OptOut,
    /// People who write because they were written to.
    InducedContact,
    Complaint,
    Refund,
    Cancellation,
    /// People for whom a human spent time.
    HumanMinutes,
}

impl Guardrail {
    pub const ALL: [Self; 6] =
        [Self::OptOut, Self::InducedContact, Self::Complaint, Self::Refund, Self::Cancellation, Self::HumanMinutes];

    /// More than this is harm: absolute, of the people who were eligible.
    pub const fn tolerated(self) -> f64 {
        match self {
            Self::OptOut => 0.01,
            Self::InducedContact => 0.02,
            Self::Complaint => 0.002,
            Self::Refund | Self::Cancellation => 0.005,
            Self::HumanMinutes => 0.05,
        }
    }

    pub fn name(self) -> Bilingual {
        let (zh, en) = match self {
            Self::OptOut => ("退订", "opt-outs"),
            Self::InducedContact => ("因触达而来的咨询", "contacts caused by the outreach"),
            Self::Complaint => ("投诉", "complaints"),
            Self::Refund => ("退款", "refunds"),
            Self::Cancellation => ("取消订单", "cancelled orders"),
            Self::HumanMinutes => ("人工介入", "human work"),
        };
        Bilingual::new(zh, en)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Harm {
    pub guardrail: Guardrail,
    pub effect: Effect,
    /// Surely beyond what is tolerated: the trigger stops by itself.
    pub stops: bool,
}

/// Judged with the same sequences as the goal, so that looking every minute costs nothing. All six are watched, each at
/// a sixth of the error.
pub fn judge(guardrail: Guardrail, treated: Counts, control: Counts, mixing: f64, alpha: f64) -> Harm {
    let effect = sequence(treated, control, mixing, alpha / Guardrail::ALL.len() as f64);
    // Nobody in the control group can opt out of what they never get, so for opt-outs the control is nothing.
    Harm { guardrail, effect, stops: effect.low > guardrail.tolerated() }
}
