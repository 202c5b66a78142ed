//! The steps of a flow, one after the other. Data that is missing stops a move with the call that gets it; when the
//! result is there the move begins again at the same step.

use std::collections::BTreeMap;

use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use serde_json::{Map, Value as Json, json};

use super::{Button, Card, Effect, Input, Note, Outcome, Progress, Said, Scene, Then, What};
use crate::{
    expression::{Expression, Scope},
    skill::{Arguments, Does, Say, Skill},
    template::Template,
    tool::{self, Call, CallResult},
    words,
};

/// Steps in one turn: no honest skill has as many, and branches only lead forward.
const MAX_STEPS: usize = 500;

pub(super) struct Flow<'a> {
    pub skill: &'a Skill,
    pub progress: &'a mut Progress,
    pub scene: &'a Scene,
}

/// Why a move ends before the turn does.
pub(super) enum Stop {
    Need(Box<Call>),
    Aside,
    /// The turn ends this way.
    Then(Then),
}

pub(super) type Move<T> = Result<T, Stop>;

impl Flow<'_> {
    pub fn advance(&mut self, input: Input) -> Effect {
        let moved = match input {
            Input::Begin(message) | Input::Message(message) => {
                self.progress.hear(message);
                self.go_on()
            }
            Input::Result(result) => {
                if let Some(call) = self.progress.turn.pending.take() {
                    self.note_call(&call, &result);
                    self.progress.turn.answered.push((call, result));
                }
                self.go_on()
            }
            Input::Resume => {
                self.progress.turn.is_unheard = false;
                self.ask_again()
            }
            Input::Unclear => {
                self.progress.turn.is_unheard = false;
                self.unclear()
            }
        };
        let then = match moved {
            Err(Stop::Need(call)) => {
                self.progress.turn.pending = Some((*call).clone());
                return Effect::Call(*call);
            }
            Err(Stop::Aside) => return Effect::Aside,
            Err(Stop::Then(then)) | Ok(then) => then,
        };
        let turn = std::mem::take(&mut self.progress.turn);
        Effect::Turn(Outcome { said: turn.said, then, notes: turn.notes })
    }

    fn go_on(&mut self) -> Move<Then> {
        if self.progress.turn.is_unheard {
            self.refresh()?;
            self.hear()?;
            self.progress.turn.is_unheard = false;
        }
        self.resume()
    }

    /// From the step where it stands.
    pub fn resume(&mut self) -> Move<Then> {
        for _ in 0..MAX_STEPS {
            let Some(step) = self.skill.steps.get(self.progress.at) else { return Ok(Then::Finished) };
            self.progress.at = match &step.does {
                Does::Fill(slots) => {
                    for slot in slots {
                        self.fill(slot)?;
                    }
                    self.progress.at + 1
                }
                Does::Call { tool, with, into } => {
                    let call = tool::call(tool, self.arguments(with)?).map_err(broken)?;
                    let found = self.need(call)?;
                    self.progress.results.insert(into.clone(), found);
                    self.progress.at + 1
                }
                Does::Preview { action, with, into } => {
                    let preview = self.preview(action, with)?;
                    self.progress.results.insert(into.clone(), preview.view());
                    self.progress.at + 1
                }
                Does::Say(say) => {
                    self.say(say)?;
                    self.progress.at + 1
                }
                Does::Branch { condition, otherwise } => {
                    let holds = condition.holds(&self.scope(&[])).map_err(broken)?;
                    if holds { self.progress.at + 1 } else { *otherwise }
                }
                Does::Jump(to) => *to,
                Does::Act(act) => {
                    self.act(act)?;
                    self.progress.at + 1
                }
                Does::Offer { say, skills } => return self.offer(say.as_ref(), skills),
                Does::HandOff(text) => {
                    self.speak(text, &[])?;
                    return Ok(Then::HandsOff);
                }
                Does::End => return Ok(Then::Finished),
            };
        }
        Err(broken("the steps never end"))
    }

    // What can be seen.

    pub fn scope(&self, extras: &[(&str, Json)]) -> Scope {
        let mut slots = Map::new();
        for slot in &self.skill.slots {
            slots.insert(slot.name.clone(), self.progress.slots.get(&slot.name).cloned().unwrap_or_default());
        }
        let (scene, voice) = (self.scene, &self.scene.voice);
        let text = self.progress.heard.last().map(|message| message.text.as_str()).unwrap_or_default();
        let mut scope = Scope::new();
        for step in &self.skill.steps {
            if let Does::Call { into, .. } | Does::Preview { into, .. } = &step.does {
                scope.insert(into.clone(), self.progress.results.get(into).cloned().unwrap_or_default());
            }
        }
        scope.insert("slots".into(), Json::Object(slots));
        scope.insert("customer".into(), scene.customer.clone().unwrap_or_default());
        scope.insert("message".into(), json!({ "text": text, "language": voice.language }));
        scope.insert("focus".into(), json!({ "order": scene.order_in_focus, "product": scene.product_in_focus }));
        let times = [("now", voice.now.0), ("minute", MINUTE_MS), ("hour", HOUR_MS), ("day", DAY_MS)];
        scope.extend(times.map(|(name, ms)| (name.to_owned(), Json::from(ms))));
        scope.extend(extras.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        scope
    }

    pub fn holds(&self, condition: &Expression, extras: &[(&str, Json)]) -> Move<bool> {
        condition.holds(&self.scope(extras)).map_err(broken)
    }

    pub fn arguments(&self, with: &Arguments) -> Move<Map<String, Json>> {
        let scope = self.scope(&[]);
        with.iter().map(|(name, expression)| Ok((name.clone(), expression.value(&scope).map_err(broken)?))).collect()
    }

    /// A record from outside; `null` when there is none.
    pub fn need(&mut self, call: Call) -> Move<Json> {
        match self.answer(call)? {
            CallResult::Found(json) => Ok(json),
            CallResult::Unavailable => Err(Stop::Then(Then::Unavailable)),
            CallResult::Previewed(_) | CallResult::Performed(_) => Err(broken("an action answered a look-up")),
        }
    }

    pub fn answer(&mut self, call: Call) -> Move<CallResult> {
        let known = self.progress.turn.answered.iter().find(|(asked, _)| *asked == call);
        known.map(|(_, result)| result.clone()).ok_or_else(|| Stop::Need(Box::new(call)))
    }

    /// Records kept from an earlier turn may have changed since.
    fn refresh(&mut self) -> Move<()> {
        let orders: Vec<String> = self
            .skill
            .slots
            .iter()
            .filter(|slot| slot.kind == crate::skill::Kind::Order)
            .map(|slot| slot.name.clone())
            .collect();
        for name in orders {
            let Some(key) = self.progress.slots.get(&name).and_then(|order| order["key"].as_str()) else { continue };
            let order = self.need(Call::Order { order: key.to_owned() })?;
            self.progress.slots.insert(name, order);
        }
        Ok(())
    }

    // What is said.

    pub fn speak(&mut self, text: &Template, extras: &[(&str, Json)]) -> Move<()> {
        let rendered = text.render(&self.scene.voice, &self.scope(extras)).map_err(broken)?;
        let said = Said { text: rendered.text, evidence: rendered.evidence, ..Said::default() };
        self.progress.turn.said.push(said);
        Ok(())
    }

    /// Words of the runner itself.
    pub fn utter(&mut self, text: &str) {
        let said = Said { text: text.to_owned(), evidence: vec![text.to_owned()], ..Said::default() };
        self.progress.turn.said.push(said);
    }

    pub fn buttons(&mut self, buttons: impl IntoIterator<Item = Button>) {
        if let Some(said) = self.progress.turn.said.last_mut() {
            said.replies.extend(buttons);
        }
    }

    pub fn say_button(label: impl Into<String>) -> Button {
        Button { label: label.into(), action: None }
    }

    pub fn human_button(&self) -> Button {
        let label = words::human(self.scene.voice.language).to_owned();
        Button { label, action: Some(domain::message::QuickAction::Human) }
    }

    fn say(&mut self, say: &Say) -> Move<()> {
        let scope = self.scope(&[]);
        let mut cards = Vec::new();
        for expression in &say.cards {
            match expression.value(&scope).map_err(broken)? {
                Json::Array(records) => cards.extend(records.iter().filter_map(card)),
                record => cards.extend(card(&record)),
            }
        }
        self.speak(&say.text, &[])?;
        let language = self.scene.voice.language;
        let replies = say
            .replies
            .iter()
            .map(|reply| Button { label: reply.label.in_language(language).to_owned(), action: reply.action });
        self.buttons(replies);
        if let Some(said) = self.progress.turn.said.last_mut() {
            said.cards = cards;
        }
        Ok(())
    }

    fn offer(&mut self, say: Option<&Template>, skills: &[String]) -> Move<Then> {
        if let Some(text) = say {
            self.speak(text, &[])?;
        }
        Ok(Then::Offers(skills.to_vec()))
    }

    // What is noted.

    pub fn note(&mut self, what: What, name: &str, detail: Json) {
        let step = self.progress.step(self.skill).unwrap_or_default().to_owned();
        self.progress.turn.notes.push(Note { step, what, name: name.to_owned(), detail });
    }

    fn note_call(&mut self, call: &Call, result: &CallResult) {
        let (what, name, detail) = match (call, result) {
            (Call::Preview { intent }, CallResult::Previewed(preview)) => {
                (What::Previewed, intent.name(), json!({ "verdict": preview.verdict, "rule": preview.rule }))
            }
            (Call::Perform { intent, .. }, CallResult::Performed(done)) => {
                let detail = json!({ "outcome": done.outcome, "rule": done.rule, "reference": done.reference });
                (What::Performed, intent.name(), detail)
            }
            (_, CallResult::Unavailable) => (What::Called, call.name(), json!({ "unavailable": true })),
            (_, CallResult::Found(Json::Null)) => (What::Called, call.name(), json!({ "found": 0 })),
            (_, CallResult::Found(Json::Array(list))) => (What::Called, call.name(), json!({ "found": list.len() })),
            _ => (What::Called, call.name(), json!({ "found": 1 })),
        };
        self.note(what, name, detail);
    }

    /// Forgets what was found out with the help of a slot that is no longer so, and goes back to where it is filled.
    pub fn go_back_to(&mut self, slot: &str) {
        let at = self.skill.filled_at(slot).unwrap_or_default();
        self.progress.at = self.progress.at.min(at);
        let later: BTreeMap<String, ()> = self.skill.steps[at..]
            .iter()
            .filter_map(|step| match &step.does {
                Does::Call { into, .. } | Does::Preview { into, .. } => Some((into.clone(), ())),
                _ => None,
            })
            .collect();
        self.progress.results.retain(|name, _| !later.contains_key(name));
        self.progress.waiting = None;
    }
}

pub(super) fn broken(error: impl ToString) -> Stop {
    Stop::Then(Then::Broken(error.to_string()))
}

/// A record as a card, by what it has.
fn card(record: &Json) -> Option<Card> {
    let key = record.get("key")?.as_str()?.to_owned();
    if record.get("items").is_some() {
        Some(Card::Order(key))
    } else {
        record.get("variants").is_some().then_some(Card::Product(key))
    }
}
