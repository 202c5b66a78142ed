//! How long agents were busy with an episode: from when they could answer to the answer. What an agent does in
//! parallel is shared out, so that an hour of work is an hour however many conversations it went into.

use std::collections::{BTreeMap, HashMap};

use super::{Answer, AnswerBy, Of, Round};
use crate::{
    id::{ConversationId, StaffId},
    time::{MINUTE_MS, Timestamp},
};

/// A longer pause isn't work on this conversation.
const LONGEST_MS: i64 = 10 * MINUTE_MS;

type Subject = (ConversationId, u32);

struct Stretch {
    from: Timestamp,
    to: Timestamp,
    of: Subject,
}

pub(super) fn handled_ms<'a>(rounds: impl Iterator<Item = &'a Of<Round>>) -> HashMap<Subject, i64> {
    let mut agents: BTreeMap<StaffId, Vec<Stretch>> = BTreeMap::new();
    for it in rounds {
        if let (Some(Answer { at, by: AnswerBy::Agent(agent), .. }), Some(from)) = (it.row.answer, it.row.agent_from) {
            let from = Timestamp(from.0.max(at.0 - LONGEST_MS));
            agents.entry(agent).or_default().push(Stretch { from, to: at, of: (it.conversation, it.row.episode) });
        }
    }
    let mut handled = HashMap::new();
    for stretches in agents.into_values() {
        share_out(&stretches, &mut handled);
    }
    handled
}

/// Between two neighbouring ends of stretches the same ones are under way: each gets its part.
fn share_out(stretches: &[Stretch], handled: &mut HashMap<Subject, i64>) {
    let mut ends: Vec<(Timestamp, bool, usize)> = stretches
        .iter()
        .enumerate()
        .flat_map(|(at, stretch)| [(stretch.from, true, at), (stretch.to, false, at)])
        .collect();
    ends.sort_unstable_by_key(|(at, begins, _)| (*at, *begins));
    let mut under_way: Vec<usize> = Vec::new();
    let mut last = Timestamp(0);
    for (at, begins, stretch) in ends {
        let share = at.since_ms(last) / under_way.len().max(1) as i64;
        for each in &under_way {
            *handled.entry(stretches[*each].of).or_insert(0) += share;
        }
        last = at;
        match begins {
            true => under_way.push(stretch),
            false => under_way.retain(|each| *each != stretch),
        }
    }
}
