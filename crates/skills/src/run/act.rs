//! The step that does something: previewed, confirmed, carried out once.

use domain::language::Bilingual;
use serde_json::Value as Json;

use super::{
    Then, Waiting, What,
    flow::{Flow, Move, Stop, broken},
};
use crate::{
    skill::{Act, Arguments, Does},
    tool::{self, Call, CallResult, Deed, Performed, Preview, Verdict},
    words,
};

impl Flow<'_> {
    fn intent(&self, action: &str, with: &Arguments) -> Move<domain::action::Action> {
        tool::action(action, self.arguments(with)?).map_err(broken)
    }

    pub fn preview(&mut self, action: &str, with: &Arguments) -> Move<Preview> {
        let intent = self.intent(action, with)?;
        match self.answer(Call::Preview { intent })? {
            CallResult::Previewed(preview) => Ok(preview),
            CallResult::Unavailable => Err(Stop::Then(Then::Unavailable)),
            CallResult::Found(_) | CallResult::Performed(_) => Err(broken("a preview was answered otherwise")),
        }
    }

    pub fn act(&mut self, act: &Act) -> Move<()> {
        let preview = self.preview(&act.action, &act.with)?;
        let seen = [("preview", preview.view())];
        if preview.verdict == Verdict::Refused {
            match (&act.refused, &preview.say) {
                (Some(text), _) => self.speak(text, &seen)?,
                (None, Some(say)) => self.utter(say.in_language(self.scene.voice.language)),
                (None, None) => self.utter(words::refused(self.scene.voice.language)),
            }
            let human = self.human_button();
            self.buttons([human]);
            return Err(Stop::Then(Then::Refused));
        }
        if !self.progress.turn.is_confirmed {
            return self.ask_confirmation(act, &preview);
        }
        let intent = self.intent(&act.action, &act.with)?;
        let step = self.progress.step(self.skill).unwrap_or_default().to_owned();
        let key = format!("{}:{step}:{:016x}", self.progress.run, fingerprint(&intent));
        let done = match self.answer(Call::Perform { intent, key, token: self.progress.token.clone() })? {
            CallResult::Performed(done) => done,
            CallResult::Unavailable => return Err(Stop::Then(Then::Unavailable)),
            CallResult::Found(_) | CallResult::Previewed(_) => return Err(broken("an act was answered otherwise")),
        };
        self.progress.turn.is_confirmed = false;
        // What was read before the act is no longer so.
        self.progress.turn.answered.clear();
        self.report(act, &done, &seen)
    }

    fn report(&mut self, act: &Act, done: &Performed, seen: &[(&str, Json)]) -> Move<()> {
        let language = self.scene.voice.language;
        match done.outcome {
            Deed::Done => {
                self.progress.performed.push(act.action.clone());
                let result = serde_json::to_value(done).unwrap_or_default();
                let extras = [seen, &[("result", result)]].concat();
                self.speak(&act.done, &extras)
            }
            Deed::Waits => {
                self.utter(words::waits_for_approval(language));
                Err(Stop::Then(Then::HandsOff))
            }
            Deed::UnderWay => {
                self.progress.performed.push(act.action.clone());
                self.utter(words::under_way(language));
                Ok(())
            }
            Deed::Changed => {
                let preview = self.preview(&act.action, &act.with)?;
                self.ask_confirmation(act, &preview)
            }
            Deed::Refused => {
                self.utter(done.say.as_ref().map_or(words::refused(language), |say| say.in_language(language)));
                let human = self.human_button();
                self.buttons([human]);
                Err(Stop::Then(Then::Refused))
            }
        }
    }

    fn ask_confirmation(&mut self, act: &Act, preview: &Preview) -> Move<()> {
        // What a colleague has to agree to isn't promised.
        if preview.verdict == Verdict::Approval
            && let Some(say) = &preview.say
        {
            self.utter(say.in_language(self.scene.voice.language));
        }
        self.speak(&act.confirm, &[("preview", preview.view())])?;
        self.progress.token = preview.token.clone();
        let language = self.scene.voice.language;
        let label = |own: &Option<Bilingual>, usual: &str| {
            Self::say_button(own.as_ref().map_or(usual, |own| own.in_language(language)))
        };
        self.buttons([label(&act.yes, words::confirm(language)), label(&act.no, words::cancel(language))]);
        self.progress.waiting = Some(Waiting::Confirmation);
        self.note(What::Confirming, &act.action, Json::Null);
        Err(Stop::Then(Then::Waits))
    }

    /// What waits for a confirmation.
    pub fn act_at_hand(&self) -> Option<&Act> {
        match self.skill.steps.get(self.progress.at).map(|step| &step.does) {
            Some(Does::Act(act)) => Some(act),
            _ => None,
        }
    }

    pub fn decline(&mut self) -> Move<()> {
        let Some(act) = self.act_at_hand().cloned() else { return Err(broken("nothing to decline")) };
        match &act.declined {
            Some(text) => {
                let preview = self.preview(&act.action, &act.with)?;
                self.speak(text, &[("preview", preview.view())])?;
            }
            None => self.utter(words::called_off(self.scene.voice.language)),
        }
        self.progress.waiting = None;
        Err(Stop::Then(Then::Declined))
    }
}

/// Another wish has another key: FNV-1a over its JSON.
fn fingerprint(intent: &domain::action::Action) -> u64 {
    let json = serde_json::to_string(intent).unwrap_or_default();
    json.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
