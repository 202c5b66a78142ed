//! What one turn may still use of the model, whichever of its steps asks.

use std::time::{Duration, Instant};

use models::chat::{Budget, ChatError, Reply, Request};

use super::Terms;

/// Nothing answers in less.
const TIME_MIN: Duration = Duration::from_millis(50);

#[derive(Debug, Default)]
pub(crate) struct Spent {
    /// The first request of the turn; look-ups between requests count as well.
    begun: Option<Instant>,
    tokens: u32,
}

impl Spent {
    /// For the next request; `None` when the turn's own budget is used up.
    pub fn left(&mut self, terms: &Terms) -> Option<Budget> {
        let begun = *self.begun.get_or_insert_with(Instant::now);
        let time = terms.turn_time.saturating_sub(begun.elapsed()).min(terms.time);
        let tokens = terms.turn_tokens.saturating_sub(self.tokens).min(terms.tokens);
        (time >= TIME_MIN && tokens > 0).then_some(Budget { time, tokens })
    }

    pub fn note(&mut self, request: &Request, answer: &Result<Reply, ChatError>) {
        let used = match answer {
            Ok(reply) => reply.usage.prompt_tokens.saturating_add(reply.usage.completion_tokens),
            Err(error) if error.was_asked() => request.estimated_tokens(),
            Err(_) => 0,
        };
        self.tokens = self.tokens.saturating_add(used);
    }
}

#[cfg(test)]
mod tests {
    use models::chat::{Message, Role, Usage};

    use super::*;

    #[test]
    fn a_turn_has_one_budget_for_all_its_requests() {
        let terms = Terms { tokens: 1_000, turn_tokens: 1_500, ..Terms::default() };
        let mut spent = Spent::default();
        assert_eq!(spent.left(&terms).map(|budget| budget.tokens), Some(1_000));
        let request = Request::new(vec![Message::new(Role::User, "运费")], 100);
        let usage = Usage { prompt_tokens: 800, completion_tokens: 100 };
        spent.note(&request, &Ok(Reply { usage, ..Reply::default() }));
        assert_eq!(spent.left(&terms).map(|budget| budget.tokens), Some(600));
        // Nobody counted the tokens of a request that failed.
        spent.note(&request, &Err(ChatError::TimedOut));
        assert!(spent.left(&terms).is_some_and(|budget| budget.tokens < 600));
        spent.note(&request, &Ok(Reply { usage, ..Reply::default() }));
        assert_eq!(spent.left(&terms), None);
        let mut late = Spent { begun: Some(Instant::now() - Duration::from_secs(60)), tokens: 0 };
        assert_eq!(late.left(&terms), None);
    }
}
