//! Filling a slot: from what was said, from what is in view, because there is only one, or by asking.

use serde_json::{Value as Json, json};

use super::{
    Button, Then, What,
    flow::{Flow, Move, Stop, broken},
    progress::{Offered, Waiting},
    read::Reading,
};
use crate::{
    skill::{Kind, Slot},
    template::{self, amount},
    tool::Call,
    words,
};

/// A longer choice is a list nobody reads.
const MAX_OPTIONS: usize = 5;
/// Characters of a title on a button.
const LABEL_CHARS: usize = 18;

/// The slot whose record another slot's candidates come from.
pub fn base_of<'a>(slot: &Slot, slots: &'a [Slot]) -> Result<Option<&'a str>, String> {
    let usual: &[&str] = match slot.kind {
        Kind::Item | Kind::Items => &["order"],
        Kind::Variant => &["item", "product"],
        _ if slot.of.is_some() => return Err("`of` is for items and variants".to_owned()),
        _ => return Ok(None),
    };
    let named: Vec<&str> = slot.of.as_deref().map_or_else(|| usual.to_vec(), |of| vec![of]);
    let base = named.iter().find_map(|name| slots.iter().find(|it| it.name == *name));
    let fits = |base: &Slot| match slot.kind {
        Kind::Variant => matches!(base.kind, Kind::Item | Kind::Items | Kind::Product),
        _ => base.kind == Kind::Order,
    };
    match base {
        Some(base) if fits(base) => Ok(Some(&base.name)),
        Some(base) => {
            Err(format!("`{}` has no such candidates: it is a slot of the type {}", base.name, base.kind.as_str()))
        }
        None => Err(format!("no slot `{}` it could be chosen from", named.join("` or `"))),
    }
}

impl Flow<'_> {
    pub fn fill(&mut self, name: &str) -> Move<()> {
        let Some(slot) = self.skill.slot(name).cloned() else { return Err(broken(format!("no slot {name}"))) };
        if self.progress.slots.contains_key(name) {
            return Ok(());
        }
        if let Some(when) = &slot.when
            && !self.holds(when, &[])?
        {
            return Ok(());
        }
        let mut narrowed = Vec::new();
        if !self.progress.must_ask.contains(name) {
            match self.unasked(&slot)? {
                Found::Value(value) => return self.accept(&slot, value),
                Found::Several(several) => narrowed = several,
                Found::Wrong(text) => {
                    self.utter(text);
                    let candidates = self.candidates(&slot, true)?;
                    return self.ask(&slot, &candidates);
                }
                Found::Nothing => {}
            }
        }
        if let Some(default) = &slot.default {
            let value = default.value(&self.scope(&[])).map_err(broken)?;
            return self.accept(&slot, value);
        }
        let candidates = if narrowed.is_empty() { self.candidates(&slot, true)? } else { narrowed };
        if candidates.is_empty()
            && let (Some(_), Some(none)) = (slot.kind.candidate(), &slot.none)
            && slot.kind != Kind::Product
        {
            self.speak(none, &[])?;
            return Err(Stop::Then(Then::Finished));
        }
        self.ask(&slot, &candidates)
    }

    /// What can be known without a question.
    fn unasked(&mut self, slot: &Slot) -> Move<Found> {
        if slot.from.message {
            for index in (0..self.progress.heard.len()).rev() {
                let message = self.progress.heard[index].clone();
                match self.read(slot, &message, false)? {
                    Reading::Value(value) if self.passes(slot, &value)?.is_none() => return Ok(Found::Value(value)),
                    Reading::Several(several) => return Ok(Found::Several(several)),
                    Reading::Wrong(text) => return Ok(Found::Wrong(text)),
                    _ => {}
                }
            }
        }
        if slot.from.focus
            && let Some(value) = self.in_focus(slot)?
        {
            return Ok(Found::Value(value));
        }
        let Some(_) = slot.kind.candidate().filter(|_| slot.from.single) else { return Ok(Found::Nothing) };
        let mut candidates = self.candidates(slot, true)?;
        Ok(match (candidates.len(), slot.kind) {
            (1, Kind::Items) => Found::Value(Json::Array(candidates)),
            (1, _) => Found::Value(candidates.remove(0)),
            _ => Found::Nothing,
        })
    }

    fn in_focus(&mut self, slot: &Slot) -> Move<Option<Json>> {
        match slot.kind {
            Kind::Order => {
                let Some(key) = self.scene.order_in_focus.clone() else { return Ok(None) };
                Ok(self.candidates(slot, false)?.into_iter().find(|order| order["key"] == key))
            }
            Kind::Product => {
                let Some(key) = self.scene.product_in_focus.clone() else { return Ok(None) };
                Ok(Some(self.need(Call::Product { product: key })?).filter(|it| !it.is_null()))
            }
            _ => Ok(None),
        }
    }

    /// What comes into question; with `preferring`, only the likeliest when there are such.
    pub fn candidates(&mut self, slot: &Slot, preferring: bool) -> Move<Vec<Json>> {
        let all = match slot.kind {
            Kind::Order => self.need(Call::Orders)?,
            Kind::Item | Kind::Items => self.base(slot).map(|order| units(&order, slot.kind)).unwrap_or_default(),
            Kind::Variant => self.variants(slot)?,
            _ => return Ok(Vec::new()),
        };
        let Json::Array(all) = all else { return Ok(Vec::new()) };
        let mut fitting = Vec::new();
        for candidate in all {
            let fits = match &slot.filter {
                Some(filter) => self.holds(filter, &[("candidate", candidate.clone())])?,
                None => true,
            };
            if fits {
                fitting.push(candidate);
            }
        }
        let Some(prefer) = slot.prefer.as_ref().filter(|_| preferring) else { return Ok(fitting) };
        let mut likely = Vec::new();
        for candidate in &fitting {
            if self.holds(prefer, &[("candidate", candidate.clone())])? {
                likely.push(candidate.clone());
            }
        }
        Ok(if likely.is_empty() { fitting } else { likely })
    }

    /// The record a slot's candidates belong to.
    pub fn base(&self, slot: &Slot) -> Option<Json> {
        let base = base_of(slot, &self.skill.slots).ok()??;
        let value = self.progress.slots.get(base)?;
        Some(if let Json::Array(list) = value { list.first()?.clone() } else { value.clone() })
    }

    fn variants(&mut self, slot: &Slot) -> Move<Json> {
        let Some(base) = self.base(slot) else { return Ok(Json::Null) };
        if base.get("variants").is_some() {
            return Ok(base["variants"].clone());
        }
        let Some(key) = base["product"].as_str() else { return Ok(Json::Null) };
        let product = self.need(Call::Product { product: key.to_owned() })?;
        // What is there already is nothing to change to.
        let others = product["variants"].as_array().into_iter().flatten().filter(|it| it["key"] != base["variant"]);
        Ok(Json::Array(others.cloned().collect()))
    }

    /// What is said of a value that must not be; `None` when it may.
    pub fn passes(&mut self, slot: &Slot, value: &Json) -> Move<Option<crate::template::Template>> {
        for check in &slot.checks {
            if !self.holds(&check.that, &[("value", value.clone())])? {
                return Ok(Some(check.say.clone()));
            }
        }
        Ok(None)
    }

    pub fn accept(&mut self, slot: &Slot, value: Json) -> Move<()> {
        self.progress.slots.insert(slot.name.clone(), value);
        self.progress.must_ask.remove(&slot.name);
        self.progress.partial.remove(&slot.name);
        self.progress.waiting = None;
        self.progress.digressions = 0;
        self.note(What::Filled, &slot.name, Json::Null);
        Ok(())
    }

    /// Ends the turn with the slot's question.
    pub fn ask(&mut self, slot: &Slot, candidates: &[Json]) -> Move<()> {
        let Some(text) = &slot.ask else { return Err(broken(format!("{} can't be asked", slot.name))) };
        let options = self.options(slot, candidates);
        let waiting = Waiting::Slot { slot: slot.name.clone(), options: options.clone() };
        self.try_once_more(&slot.name, slot.tries, waiting.clone())?;
        let extras = if slot.kind == Kind::Invoice { vec![("missing", self.missing(slot))] } else { Vec::new() };
        self.speak(text, &extras)?;
        let language = self.scene.voice.language;
        let mut buttons: Vec<Button> = options.iter().map(|option| Self::say_button(&option.label)).collect();
        if slot.kind == Kind::Items && candidates.len() > 1 {
            buttons.push(Self::say_button(words::all(language)));
        }
        buttons.extend(slot.replies.iter().map(|reply| Self::say_button(reply.in_language(language))));
        if let Some(from) = &slot.replies_from {
            let replies = from.value(&self.scope(&[])).map_err(broken)?;
            let labels = replies.as_array().into_iter().flatten().filter_map(|reply| reply[language.as_str()].as_str());
            buttons.extend(labels.map(Self::say_button));
        }
        if slot.optional {
            buttons.push(Self::say_button(words::skip(language)));
        }
        if self.progress.turn.is_back {
            buttons.push(Self::say_button(words::stop(language)));
        }
        self.buttons(buttons);
        self.note(What::Asked, &slot.name, json!({ "options": options.len() }));
        self.progress.waiting = Some(waiting);
        Err(Stop::Then(Then::Waits))
    }

    fn options(&self, slot: &Slot, candidates: &[Json]) -> Vec<Offered> {
        let language = self.scene.voice.language;
        if slot.kind == Kind::Choice {
            let offered = |it: &crate::skill::ChoiceOption| Offered {
                label: it.label.in_language(language).to_owned(),
                value: Json::from(it.value.clone()),
            };
            return slot.options.iter().map(offered).collect();
        }
        let mut options: Vec<Offered> = Vec::new();
        for candidate in candidates {
            let Some(option) = self.offered(slot.kind, candidate) else { continue };
            if !options.contains(&option) && options.len() < MAX_OPTIONS {
                options.push(option);
            }
        }
        options
    }

    fn offered(&self, kind: Kind, candidate: &Json) -> Option<Offered> {
        let language = self.scene.voice.language;
        let key = candidate.get(if matches!(kind, Kind::Item | Kind::Items) { "variant" } else { "key" })?.clone();
        let label = match kind {
            Kind::Order => {
                let first = candidate["items"].get(0)?;
                let title: String =
                    template::name(&json!({ "title": first["title"] }), language)?.chars().take(LABEL_CHARS).collect();
                format!("{} {title}", key.as_str()?)
            }
            Kind::Variant => {
                let price = serde_json::from_value(candidate["price"].clone()).ok().map(|price| amount(&price));
                format!("{} {}", template::name(&json!({ "title": candidate["title"] }), language)?, price?)
            }
            _ => template::name(candidate, language)?,
        };
        Some(Offered { label, value: key })
    }
}

enum Found {
    Value(Json),
    Several(Vec<Json>),
    /// What was named isn't there; it must not be replaced by a guess.
    Wrong(&'static str),
    Nothing,
}

/// The items of an order; for a list of items each piece by itself, as actions name them.
fn units(order: &Json, kind: Kind) -> Json {
    let items = order["items"].as_array().cloned().unwrap_or_default();
    if kind == Kind::Item {
        return Json::Array(items);
    }
    let pieces = items.into_iter().flat_map(|mut item| {
        let quantity = item["quantity"].as_u64().unwrap_or(1).clamp(1, 99) as usize;
        item["quantity"] = Json::from(1);
        vec![item; quantity]
    });
    Json::Array(pieces.collect())
}
