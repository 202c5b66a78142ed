//! Who is left alone on purpose, and what the difference proves.

mod arm;
mod guardrail;
mod interval;
mod plan;
mod pooled;
mod report;
mod sample_ratio;
#[cfg(test)]
mod tests;

pub use arm::{Arm, Assigned, BUCKETS, Shares, assign, quarter};
pub use guardrail::{Guardrail, Harm, judge};
pub use interval::{Counts, Effect, fixed, newcombe, relative, sequence};
pub use plan::per_arm;
pub use pooled::{Pooled, pooled};
pub use report::{Conclusion, Report, report};
pub use sample_ratio::sample_ratio;
