//! How often a flow asks: a question that was asked in vain isn't asked for ever, and the shopper can always leave.

use super::{
    Then, Waiting,
    flow::{Flow, Move, Stop},
};
use crate::words;

/// A confirmation is asked so often before a person or stopping is offered.
const CONFIRMATION_TRIES: u32 = 2;

impl Flow<'_> {
    /// Counts a question about to be asked. Asked `at_most` times in vain, a person or stopping is offered in its place;
    /// an answer after all is still heard. After that the flow stops by itself.
    pub fn try_once_more(&mut self, what: &str, at_most: u32, waiting: Waiting) -> Move<()> {
        let tried = self.progress.tries.entry(what.to_owned()).or_default();
        *tried += 1;
        let language = self.scene.voice.language;
        if *tried <= at_most {
            return Ok(());
        }
        let human = self.human_button();
        if self.progress.tries[what] == at_most + 1 {
            self.utter(words::stuck(language));
            self.buttons([human, Self::say_button(words::stop(language))]);
            self.progress.waiting = Some(waiting);
            return Err(Stop::Then(Then::Waits));
        }
        self.utter(words::gave_up(language));
        self.buttons([human]);
        self.progress.waiting = None;
        Err(Stop::Then(Then::CalledOff))
    }

    /// Whether a person or stopping was offered in place of the confirmation.
    pub fn is_stuck(&self) -> bool {
        self.progress.tries.get("").is_some_and(|tried| *tried >= CONFIRMATION_TRIES)
    }

    /// The question that is open, once more, after something else was answered.
    pub fn ask_again(&mut self) -> Move<Then> {
        let Some(waiting) = self.progress.waiting.take() else { return Ok(Then::Finished) };
        if let Waiting::Slot { slot, .. } = waiting {
            // Being asked about something else isn't a failed try.
            let tried = self.progress.tries.entry(slot).or_default();
            *tried = tried.saturating_sub(1);
        }
        self.progress.turn.is_back = true;
        self.resume()
    }

    /// The question that is open, once more, since nobody knows what the answer means.
    pub fn unclear(&mut self) -> Move<Then> {
        let Some(waiting) = self.progress.waiting.take() else { return Ok(Then::Finished) };
        self.utter(words::not_understood(self.scene.voice.language));
        if waiting == Waiting::Confirmation {
            // The confirmation that is open counts as the first.
            self.try_once_more("", CONFIRMATION_TRIES - 1, waiting)?;
        }
        self.resume()
    }
}
