//! One experiment in one sentence: it helps, it harms, nobody can tell yet, or the count is broken.

use domain::language::Bilingual;
use serde::{Deserialize, Serialize};

use super::{
    interval::{Counts, Effect, relative, sequence},
    sample_ratio::sample_ratio,
};
use crate::trigger::Better;

/// Sizes of arms this unlikely mean that something is broken.
const BROKEN_BELOW: f64 = 0.001;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conclusion {
    Helps,
    Harms,
    Inconclusive,
    /// The arms don't have the sizes they should have; no effect is shown.
    Broken,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub conclusion: Conclusion,
    /// Not there when the report is blocked.
    pub effect: Option<Effect>,
    pub relative: Option<Effect>,
    pub sample_ratio_p: f64,
    pub treated: Counts,
    pub control: Counts,
    pub sentence: Bilingual,
}

/// `shares` are those of treated and control; `mixing` is about half the effect worth finding.
pub fn report(treated: Counts, control: Counts, shares: (f64, f64), better: Better, mixing: f64, alpha: f64) -> Report {
    let sample_ratio_p = sample_ratio(&[treated.people, control.people], &[shares.0, shares.1]);
    let effect = sequence(treated, control, mixing, alpha);
    let is_up = better == Better::More;
    let conclusion = match () {
        () if sample_ratio_p < BROKEN_BELOW => Conclusion::Broken,
        () if !effect.excludes_zero() => Conclusion::Inconclusive,
        () if (effect.low > 0.0) == is_up => Conclusion::Helps,
        () => Conclusion::Harms,
    };
    let is_broken = conclusion == Conclusion::Broken;
    Report {
        conclusion,
        effect: (!is_broken).then_some(effect),
        relative: (!is_broken).then(|| relative(treated, control, alpha)).flatten(),
        sample_ratio_p,
        treated,
        control,
        sentence: sentence(conclusion, effect, treated, control),
    }
}

fn sentence(conclusion: Conclusion, effect: Effect, treated: Counts, control: Counts) -> Bilingual {
    let points = |value: f64| format!("{:+.2}", value * 100.0);
    let (middle, low, high) = (points(effect.difference), points(effect.low), points(effect.high));
    let (n1, n0) = (treated.people, control.people);
    match conclusion {
        Conclusion::Broken => Bilingual::new(
            format!("两组人数（触达 {n1}，对照 {n0}）与设定比例不符，说明分组或记录出了问题；修好之前不显示效果。"),
            format!(
                "The groups ({n1} contacted, {n0} left alone) don't have the sizes they should have. Something is wrong with assigning or recording; no effect is shown until it is put right."
            ),
        ),
        Conclusion::Inconclusive => Bilingual::new(
            format!(
                "还不能下结论：差异 {middle} 个百分点，区间 {low} 到 {high}，包含零（触达 {n1} 人，对照 {n0} 人）。"
            ),
            format!(
                "Inconclusive: a difference of {middle} points, somewhere between {low} and {high}, which includes none at all ({n1} contacted, {n0} left alone)."
            ),
        ),
        Conclusion::Helps => Bilingual::new(
            format!(
                "有效：差异 {middle} 个百分点，区间 {low} 到 {high}（触达 {n1} 人，对照 {n0} 人）；随时查看都成立。"
            ),
            format!(
                "It helps: {middle} points, between {low} and {high} ({n1} contacted, {n0} left alone). This holds however often one looks."
            ),
        ),
        Conclusion::Harms => Bilingual::new(
            format!("有害：差异 {middle} 个百分点，区间 {low} 到 {high}（触达 {n1} 人，对照 {n0} 人）；应当停用。"),
            format!(
                "It harms: {middle} points, between {low} and {high} ({n1} contacted, {n0} left alone). It should be stopped."
            ),
        ),
    }
}
