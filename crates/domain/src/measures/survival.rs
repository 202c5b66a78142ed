//! Waiting times with some still unknown (Kaplan-Meier): who is unanswered has waited at least so long, and counts.

/// Waits, answered or not yet.
#[derive(Debug, Clone, Default)]
pub struct Survival {
    /// Milliseconds, and whether the wait ended in an answer.
    waits: Vec<(i64, bool)>,
}

impl Survival {
    pub fn new(waits: impl IntoIterator<Item = (i64, bool)>) -> Self {
        let mut waits: Vec<(i64, bool)> = waits.into_iter().collect();
        // Of equal times the answered come first: who is censored then was still at risk.
        waits.sort_unstable_by_key(|(wait, answered)| (*wait, !answered));
        Self { waits }
    }

    pub fn len(&self) -> usize {
        self.waits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.waits.is_empty()
    }

    pub fn censored(&self) -> u64 {
        self.waits.iter().filter(|(_, answered)| !answered).count() as u64
    }

    /// The shortest time by which `share` of them were answered; `None` when so many never were.
    pub fn quantile(&self, share: f64) -> Option<i64> {
        let mut waiting = 1.0_f64;
        for (at, (wait, answered)) in self.waits.iter().enumerate() {
            if *answered {
                waiting *= 1.0 - 1.0 / (self.waits.len() - at) as f64;
                // A hair's breadth for sums of fractions that are meant to be equal.
                if 1.0 - waiting >= share - 1e-9 {
                    return Some(*wait);
                }
            }
        }
        None
    }
}
