//! The measures by name, each with what it counts. A marketplace's way of counting is a definition here, not code.

use serde::{Deserialize, Serialize};

use crate::time::{MINUTE_MS, SECOND_MS};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    FirstResponse,
    FirstResponseBot,
    FirstResponseHuman,
    FirstResponseHumanOpen,
    AverageResponse,
    AverageResponseHuman,
    HumanWithin3Minutes,
    FirstWithin30Seconds,
    ReplyWithin5Minutes,
    AllRoundsInTime,
    HandoffRate,
    BotSolvedAlone,
    TrueResolution,
    BotTrueResolution,
    ReaskRate,
    Containment,
    FalseContainment,
    Abandonment,
    HandleTime,
    FirstContactResolution,
    Satisfaction,
    RatingResponse,
    SatisfactionBounds,
    DeadlinesMet,
}

/// What a figure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share of 1.
    Share,
    /// Milliseconds: the median, with the ninth decile beside it.
    Median,
    /// Milliseconds: the mean.
    Mean,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    Rounds,
    Episodes,
    Ratings,
    Deadlines,
}

/// Minutes after midnight in the shop's zone; from included, to excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    pub from_minute: u16,
    pub to_minute: u16,
}

impl Hours {
    pub const fn contains(self, minute: u16) -> bool {
        self.from_minute <= minute && minute < self.to_minute
    }
}

const fn hours(from: u16, to: u16) -> Option<Hours> {
    Some(Hours { from_minute: from * 60, to_minute: to * 60 })
}

impl Measure {
    pub const ALL: [Self; 24] = [
        Self::FirstResponse,
        Self::FirstResponseBot,
        Self::FirstResponseHuman,
        Self::FirstResponseHumanOpen,
        Self::AverageResponse,
        Self::AverageResponseHuman,
        Self::HumanWithin3Minutes,
        Self::FirstWithin30Seconds,
        Self::ReplyWithin5Minutes,
        Self::AllRoundsInTime,
        Self::HandoffRate,
        Self::BotSolvedAlone,
        Self::TrueResolution,
        Self::BotTrueResolution,
        Self::ReaskRate,
        Self::Containment,
        Self::FalseContainment,
        Self::Abandonment,
        Self::HandleTime,
        Self::FirstContactResolution,
        Self::Satisfaction,
        Self::RatingResponse,
        Self::SatisfactionBounds,
        Self::DeadlinesMet,
    ];

    pub const fn unit(self) -> Unit {
        match self {
            Self::FirstResponse | Self::FirstResponseBot | Self::FirstResponseHuman | Self::FirstResponseHumanOpen => {
                Unit::Median
            }
            Self::AverageResponse | Self::AverageResponseHuman | Self::HandleTime => Unit::Mean,
            _ => Unit::Share,
        }
    }

    pub const fn counts(self) -> Counts {
        match self {
            Self::AverageResponse
            | Self::AverageResponseHuman
            | Self::HumanWithin3Minutes
            | Self::ReplyWithin5Minutes
            | Self::ReaskRate => Counts::Rounds,
            Self::Satisfaction => Counts::Ratings,
            Self::DeadlinesMet => Counts::Deadlines,
            _ => Counts::Episodes,
        }
    }

    /// Only what began in these hours counts.
    pub const fn hours(self) -> Option<Hours> {
        match self {
            Self::HumanWithin3Minutes | Self::FirstWithin30Seconds => hours(9, 23),
            Self::ReplyWithin5Minutes => hours(8, 23),
            _ => None,
        }
    }

    /// Until when an answer is in time.
    pub const fn limit_ms(self) -> Option<i64> {
        match self {
            Self::HumanWithin3Minutes | Self::AllRoundsInTime => Some(3 * MINUTE_MS),
            Self::FirstWithin30Seconds => Some(30 * SECOND_MS),
            Self::ReplyWithin5Minutes => Some(5 * MINUTE_MS),
            _ => None,
        }
    }

    /// With fewer cases it is not assessed.
    pub const fn least(self) -> u64 {
        match self {
            Self::HumanWithin3Minutes => 100,
            _ => 0,
        }
    }

    /// The span the marketplace looks at.
    pub const fn window_days(self) -> Option<u16> {
        match self {
            Self::HumanWithin3Minutes => Some(30),
            _ => None,
        }
    }

    /// Whether more is better; people want to see which way is up.
    pub const fn is_better_high(self) -> bool {
        !matches!(self.unit(), Unit::Median | Unit::Mean)
            && !matches!(self, Self::HandoffRate | Self::ReaskRate | Self::FalseContainment | Self::Abandonment)
    }
}

#[cfg(test)]
mod tests {
    use super::Measure;

    #[test]
    fn every_measure_is_listed_once() {
        let names: std::collections::BTreeSet<_> = Measure::ALL.into_iter().collect();
        assert_eq!(names.len(), Measure::ALL.len());
        assert_eq!(Measure::ALL.last().map(|last| *last as usize + 1), Some(Measure::ALL.len()));
    }
}
