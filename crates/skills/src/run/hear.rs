//! What a message of the shopper does to a flow that waits: answers, corrects, agrees, calls off, or is about
//! something else.

use serde_json::Value as Json;

use super::{
    Then, What,
    fill::base_of,
    flow::{Flow, Move, Stop, broken},
    progress::{Message, Offered, Waiting},
    read::{Reading, choice_value},
};
use crate::{
    skill::{Kind, Slot},
    tool::Call,
    words::{self, fold},
};

impl Flow<'_> {
    pub fn hear(&mut self) -> Move<()> {
        let Some(waiting) = self.progress.waiting.clone() else { return Ok(()) };
        let Some(message) = self.progress.heard.last().cloned() else { return Ok(()) };
        if message.calls_off && !self.is_an_answer(&waiting, &message)? {
            self.utter(words::called_off(self.scene.voice.language));
            self.progress.waiting = None;
            return Err(Stop::Then(Then::CalledOff));
        }
        match waiting {
            Waiting::Slot { slot, options } => {
                let Some(slot) = self.skill.slot(&slot).cloned() else {
                    return Err(broken("an unknown slot is asked"));
                };
                self.hear_answer(&slot, &options, &message)
            }
            Waiting::Confirmation => self.hear_confirmation(&message),
        }
    }

    /// 「不想要了」 calls a return off, unless it is the answer to why.
    fn is_an_answer(&mut self, waiting: &Waiting, message: &Message) -> Move<bool> {
        let Waiting::Slot { slot, options } = waiting else {
            return Ok(self.says_label(message).is_some() || self.reason_in(message)?.is_some());
        };
        let text = fold(&message.text);
        if options.iter().any(|option| fold(&option.label) == text) {
            return Ok(true);
        }
        let Some(slot) = self.skill.slot(slot).filter(|slot| slot.kind == Kind::Choice).cloned() else {
            return Ok(false);
        };
        Ok(matches!(self.read(&slot, message, true)?, Reading::Value(_)))
    }

    fn hear_answer(&mut self, slot: &Slot, options: &[Offered], message: &Message) -> Move<()> {
        if self.renames(slot, message) {
            return Ok(());
        }
        let given = self.parts_given(slot);
        // Anything would do for a text, so a correction goes first there.
        if slot.kind == Kind::Text && message.corrects && self.correct(message, &slot.name)? {
            return Ok(());
        }
        let reading = match self.picked(slot, options, message)? {
            Some(value) => Reading::Value(value),
            None if self.is_no_answer(slot, message) => Reading::Nothing,
            None => self.read(slot, message, !message.is_elsewhere)?,
        };
        match reading {
            Reading::Value(value) => match self.passes(slot, &value)? {
                None => self.accept(slot, value),
                Some(say) => {
                    self.speak(&say, &[("value", value)])?;
                    let candidates = self.candidates(slot, true)?;
                    self.ask(slot, &candidates)
                }
            },
            Reading::Several(several) => {
                // Fewer come into question than before: the shopper is getting on.
                if several.len() < options.len() {
                    self.progress.tries.remove(&slot.name);
                }
                self.ask(slot, &several)
            }
            Reading::Wrong(text) => {
                self.utter(text);
                let candidates = self.candidates(slot, true)?;
                self.ask(slot, &candidates)
            }
            // A part was given; the rest is asked, and that is progress.
            Reading::Nothing if self.parts_given(slot) > given => {
                self.progress.tries.remove(&slot.name);
                self.ask(slot, &[])
            }
            Reading::Nothing => self.hear_no_answer(slot, message),
        }
    }

    fn parts_given(&self, slot: &Slot) -> usize {
        let parts = self.progress.partial.get(&slot.name).and_then(Json::as_object);
        parts.map_or(0, |parts| parts.values().filter(|part| !part.is_null()).count())
    }

    /// A wish of its own names its order or product for itself, and is no text and no yes.
    fn is_no_answer(&self, slot: &Slot, message: &Message) -> bool {
        let takes_names = matches!(slot.kind, Kind::Text | Kind::Order | Kind::Item | Kind::Items | Kind::Product);
        message.is_elsewhere && (slot.kind == Kind::YesNo || takes_names && message.wishes)
    }

    /// 「不对，是两款帐篷」: as many products as the skill is about, named anew all at once.
    fn renames(&mut self, slot: &Slot, message: &Message) -> bool {
        let named: Vec<Slot> = self.skill.slots.iter().filter(|it| it.kind == Kind::Product).cloned().collect();
        let is_all = named.len() > 1 && message.likely.len() == named.len();
        if slot.kind != Kind::Product || !message.corrects || !is_all {
            return false;
        }
        named.iter().for_each(|slot| self.empty(slot));
        true
    }

    fn hear_no_answer(&mut self, slot: &Slot, message: &Message) -> Move<()> {
        if slot.optional && (words::says_nothing(&message.text) || message.agrees == Some(false)) {
            return self.accept(slot, Json::Null);
        }
        if self.correct(message, &slot.name)? {
            return Ok(());
        }
        let wants_record = matches!(slot.kind, Kind::Order | Kind::Item | Kind::Items);
        if wants_record && !message.is_elsewhere && !message.asks && !message.products.is_empty() {
            self.utter(words::not_among(self.scene.voice.language));
            let candidates = self.candidates(slot, true)?;
            return self.ask(slot, &candidates);
        }
        if message.agrees == Some(false) && !message.is_elsewhere && !slot.optional {
            self.utter(words::called_off(self.scene.voice.language));
            self.progress.waiting = None;
            return Err(Stop::Then(Then::CalledOff));
        }
        Err(Stop::Aside)
    }

    /// The option a button or a position in the list names.
    fn picked(&mut self, slot: &Slot, options: &[Offered], message: &Message) -> Move<Option<Json>> {
        let text = fold(&message.text);
        let by_label = options.iter().find(|option| fold(&option.label) == text);
        let by_position = words::ordinal(&message.text, options.len()).and_then(|index| options.get(index));
        let Some(option) = by_label.or(by_position) else { return Ok(None) };
        let key = option.value.as_str().unwrap_or_default().to_owned();
        let found = match slot.kind {
            Kind::Choice => slot.options.iter().find(|it| it.value == key).map(choice_value),
            Kind::Order => Some(self.need(Call::Order { order: key })?).filter(|it| !it.is_null()),
            Kind::Product => Some(self.need(Call::Product { product: key })?).filter(|it| !it.is_null()),
            Kind::Variant => self.candidates(slot, false)?.into_iter().find(|it| it["key"] == key),
            Kind::Item => self.candidates(slot, false)?.into_iter().find(|it| it["variant"] == key),
            Kind::Items => {
                let pieces: Vec<Json> =
                    self.candidates(slot, false)?.into_iter().filter(|it| it["variant"] == key).collect();
                (!pieces.is_empty()).then_some(Json::Array(pieces))
            }
            _ => None,
        };
        Ok(found)
    }

    /// Whether the words are those of the buttons: for a cancellation 「取消吧」 is a yes.
    fn says_label(&self, message: &Message) -> Option<bool> {
        let act = self.act_at_hand().filter(|_| !words::is_question(&message.text))?;
        let text = fold(&message.text);
        // The name of what may be put right, such as 「地址」, is no yes though a label has it.
        let is_title = |slot: &Slot| [&slot.title.zh, &slot.title.en].iter().any(|title| fold(title) == text);
        if self.skill.slots.iter().any(is_title) {
            return None;
        }
        let is_in = |label: &Option<domain::language::Bilingual>| {
            let labels = label.iter().flat_map(|label| [fold(&label.zh), fold(&label.en)]);
            labels.into_iter().any(|label| words::is_part_of(&text, &label))
        };
        match (is_in(&act.yes), is_in(&act.no)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// 「不想要了」 as an answer to "shall I cancel it?" says why, and is no refusal.
    fn reason_in(&mut self, message: &Message) -> Move<Option<(Slot, Json)>> {
        if message.asks || message.is_elsewhere || message.agrees == Some(true) {
            return Ok(None);
        }
        let text = fold(&message.text);
        // What also sounds like a refusal is a reason only when it is nothing else.
        let must_be_whole = message.calls_off || message.agrees == Some(false);
        let is_named = |slot: &Slot| {
            let says = slot.options.iter().flat_map(|it| [&it.label.zh, &it.label.en].into_iter().chain(&it.says));
            let mut says = says.map(|it| fold(it));
            says.any(|it| if must_be_whole { words::bare(&text) == words::bare(&it) } else { words::has(&text, &it) })
        };
        for slot in self.skill.slots.iter().filter(|slot| slot.kind == Kind::Choice && is_named(slot)) {
            if let Reading::Value(value) = self.read(slot, message, true)? {
                return Ok(Some((slot.clone(), value)));
            }
        }
        Ok(None)
    }

    fn hear_confirmation(&mut self, message: &Message) -> Move<()> {
        let says = self.says_label(message);
        if says.is_none()
            && let Some((slot, value)) = self.reason_in(message)?
        {
            if self.progress.slots.get(&slot.name) != Some(&value) {
                self.empty(&slot);
                return self.accept(&slot, value);
            }
            self.utter(words::noted(self.scene.voice.language));
            self.progress.waiting = None;
            return Ok(());
        }
        match says.or(message.agrees) {
            // 「好的」 to "a person, or stop?" is no yes to what is to be done: that is asked again.
            Some(true) if says.is_none() && self.is_stuck() => {
                self.progress.tries.remove("");
                self.progress.waiting = None;
                return Ok(());
            }
            Some(true) => {
                self.progress.turn.is_confirmed = true;
                self.progress.waiting = None;
                return Ok(());
            }
            Some(false) if says.is_some() || !message.corrects || fold(&message.text) == "取消" => {
                return self.decline();
            }
            _ => {}
        }
        // Another wish may name an order or a product, and corrects nothing by that.
        if (message.corrects || !message.is_elsewhere) && self.correct(message, "")? {
            return Ok(());
        }
        if message.corrects && !message.is_elsewhere {
            let language = self.scene.voice.language;
            self.utter(words::what_to_change(language));
            let titles: Vec<String> = self
                .skill
                .slots
                .iter()
                .filter(|slot| self.progress.slots.get(&slot.name).is_some_and(|value| !value.is_null()))
                .map(|slot| slot.title.in_language(language).to_owned())
                .collect();
            self.buttons(titles.into_iter().map(Self::say_button));
            return Err(Stop::Then(Then::Waits));
        }
        if message.agrees == Some(false) {
            return self.decline();
        }
        Err(Stop::Aside)
    }

    /// Puts right a slot filled before. Only on words that say so, or when the shopper has just been shown all.
    fn correct(&mut self, message: &Message, asked: &str) -> Move<bool> {
        let is_shown_all = asked.is_empty();
        if !message.corrects && !is_shown_all {
            return Ok(false);
        }
        let filled: Vec<Slot> = self
            .skill
            .slots
            .iter()
            .filter(|slot| slot.name != asked && self.progress.slots.get(&slot.name).is_some_and(|it| !it.is_null()))
            .cloned()
            .collect();
        for slot in filled.iter().filter(|slot| !matches!(slot.kind, Kind::Text | Kind::YesNo | Kind::Picture)) {
            let Reading::Value(value) = self.read_anew(slot, message)? else { continue };
            if self.passes(slot, &value)?.is_none() {
                self.empty(slot);
                self.accept(slot, value)?;
                return Ok(true);
            }
        }
        let text = fold(&message.text);
        let named = filled.iter().find(|slot| {
            let usual = slot.kind.title();
            let titles = [&slot.title.zh, &slot.title.en, &usual.zh, &usual.en];
            let is_title = titles.iter().any(|title| fold(title) == text);
            is_title || message.corrects && titles.iter().any(|title| words::has(&text, &fold(title)))
        });
        let Some(slot) = named else { return Ok(false) };
        self.empty(slot);
        self.progress.must_ask.insert(slot.name.clone());
        Ok(true)
    }

    /// Another value than the present one, if the message names one.
    fn read_anew(&mut self, slot: &Slot, message: &Message) -> Move<Reading> {
        let present = self.progress.slots.get(&slot.name).cloned().unwrap_or_default();
        let mut message = message.clone();
        // 「不是帐篷，是灯」 names both; the one that is meant is the other one.
        let is_present = |key: &str| match slot.kind {
            Kind::Item => present["product"] == key,
            Kind::Items => present.as_array().into_iter().flatten().any(|item| item["product"] == key),
            Kind::Product => present["key"] == key,
            Kind::Order => present["items"].as_array().into_iter().flatten().any(|item| item["product"] == key),
            _ => false,
        };
        message.products.retain(|product| !is_present(product.as_str()));
        message.likely.retain(|product| !is_present(product.as_str()));
        message.numbers.retain(|number| !present["key"].as_str().is_some_and(|key| key.eq_ignore_ascii_case(number)));
        let reading = self.read(slot, &message, false)?;
        let reading = without_present(slot.kind, &present, reading);
        let is_same = |value: &Json| *value == present || !value["key"].is_null() && value["key"] == present["key"];
        Ok(match reading {
            Reading::Value(value) if is_same(&value) => Reading::Nothing,
            other => other,
        })
    }

    /// Empties a slot, what depends on it, and goes back to where it is filled.
    pub fn empty(&mut self, slot: &Slot) {
        let mut gone = vec![slot.name.clone()];
        while let Some(name) = gone.pop() {
            self.progress.slots.remove(&name);
            self.progress.tries.remove(&name);
            self.note(What::Emptied, &name, Json::Null);
            self.go_back_to(&name);
            let depends = |it: &&Slot| base_of(it, &self.skill.slots).ok().flatten() == Some(name.as_str());
            let filled = |it: &&Slot| self.progress.slots.contains_key(&it.name);
            gone.extend(self.skill.slots.iter().filter(depends).filter(filled).map(|it| it.name.clone()));
        }
    }
}

/// 「不是帐篷，是灯」 may have read both; the present one is the one that is wrong.
fn without_present(kind: Kind, present: &Json, reading: Reading) -> Reading {
    let is_present = |item: &Json| match present {
        Json::Array(list) => list.iter().any(|it| it["variant"] == item["variant"]),
        one => one["variant"] == item["variant"],
    };
    match (kind, reading) {
        (Kind::Items, Reading::Value(Json::Array(mut items))) => {
            if items.iter().any(|item| !is_present(item)) {
                items.retain(|item| !is_present(item));
            }
            Reading::Value(Json::Array(items))
        }
        (Kind::Item, Reading::Several(mut items)) => {
            items.retain(|item| !is_present(item));
            if items.len() == 1 { Reading::Value(items.remove(0)) } else { Reading::Several(items) }
        }
        (_, reading) => reading,
    }
}
