//! Triggers from their files, each fault in its line; and the index by which an event finds those that listen to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::language::Language;
use serde::Serialize;

use super::{MAX_TEXT_CHARS, Trigger, mark};
use crate::{condition::Condition, event::Name};

/// What a text may name; the caller fills it in from the shop's own records.
const NAMES: &[&str] = &["order", "shipment", "refund", "product", "policy", "event", "person", "shop"];

/// A file as it was found.
#[derive(Debug, Clone)]
pub struct Source {
    pub file: String,
    pub text: String,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct Fault {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub message: String,
}

/// All triggers of a shop, found by what they listen to.
#[derive(Debug, Clone, Default)]
pub struct Triggers {
    all: Vec<Arc<Trigger>>,
    by_event: Vec<Vec<u16>>,
    by_mark: BTreeMap<u32, u16>,
    /// Bit by [`Name::index`]: which events some condition counts.
    counted: u64,
}

const _: () = assert!(Name::ALL.len() <= u64::BITS as usize);

impl Triggers {
    pub fn new(triggers: impl IntoIterator<Item = Trigger>) -> Self {
        let all: Vec<Arc<Trigger>> = triggers.into_iter().map(Arc::new).collect();
        let mut index = Self { by_event: vec![Vec::new(); Name::ALL.len()], ..Self::default() };
        for (place, trigger) in (0..).zip(&all) {
            index.by_mark.insert(mark(&trigger.id), place);
            if !trigger.enabled {
                continue;
            }
            for name in &trigger.on {
                index.by_event[name.index()].push(place);
            }
            let task = trigger.task.as_ref().and_then(|task| task.when.as_ref());
            let conditions = [trigger.when.as_ref(), trigger.still.as_ref(), task];
            let amounts = [trigger.value.as_ref(), trigger.wait.until.as_ref()];
            let counted = conditions.into_iter().flatten().flat_map(Condition::counted);
            for (name, _) in counted.chain(amounts.into_iter().flatten().flat_map(|it| it.counted())) {
                index.counted |= 1 << name.index();
            }
        }
        Self { all, ..index }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Trigger>> {
        self.all.iter()
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn get(&self, id: &str) -> Option<&Arc<Trigger>> {
        self.by_mark(mark(id)).filter(|it| it.id == id)
    }

    pub(crate) fn by_mark(&self, mark: u32) -> Option<&Arc<Trigger>> {
        self.by_mark.get(&mark).map(|place| &self.all[usize::from(*place)])
    }

    pub(crate) fn listening(&self, name: Name) -> impl Iterator<Item = &Arc<Trigger>> {
        let places = self.by_event.get(name.index()).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.all[usize::from(*place)])
    }

    pub(crate) fn counts(&self, name: Name) -> bool {
        self.counted & (1 << name.index()) != 0
    }
}

/// The triggers of `files`, or the first fault of each.
pub fn load(files: &[Source]) -> Result<Triggers, Vec<Fault>> {
    let (mut triggers, mut faults) = (Vec::new(), Vec::new());
    let mut marks = BTreeSet::new();
    for source in files {
        match read(source) {
            Ok(trigger) if marks.insert(mark(&trigger.id)) => triggers.push(trigger),
            Ok(trigger) => faults.push(of(source, "id:", format!("`{}` is there already", trigger.id))),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(Triggers::new(triggers)) } else { Err(faults) }
}

fn read(source: &Source) -> Result<Trigger, Fault> {
    let trigger: Trigger = serde_yaml_ng::from_str(&source.text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
        Fault { file: source.file.clone(), line, column, message: error.to_string() }
    })?;
    match check(&trigger, source) {
        Some((key, message)) => Err(of(source, key, message)),
        None => Ok(trigger),
    }
}

/// At the line of a key; files are flat enough for that.
fn of(source: &Source, key: &str, message: String) -> Fault {
    let found = (1..).zip(source.text.lines()).find(|(_, line)| line.trim_start().starts_with(key));
    let (line, column) = found.map_or((1, 1), |(number, line)| (number, 1 + line.len() - line.trim_start().len()));
    Fault { file: source.file.clone(), line, column, message }
}

/// What a single value can't tell.
fn check(trigger: &Trigger, source: &Source) -> Option<(&'static str, String)> {
    let stem = source.file.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".yaml");
    if trigger.id != stem {
        return Some(("id:", format!("`{}` stands in the file {stem}.yaml", trigger.id)));
    }
    if trigger.on.is_empty() {
        return Some(("on:", "a trigger listens to at least one event".to_owned()));
    }
    if let Some(name) = trigger.on.iter().find(|name| matches!(name.text().split(' ').next(), Some("Outreach"))) {
        return Some(("on:", format!("`{}` would answer the desk's own word", name.text())));
    }
    if trigger.message.is_none() && trigger.task.is_none() {
        return Some(("id:", "there is neither a message nor a task".to_owned()));
    }
    let begins = [trigger.wait.span.is_some(), trigger.wait.idle.is_some(), trigger.wait.until.is_some()];
    if begins.iter().filter(|it| **it).count() > 1 {
        return Some(("wait:", "only one of for, idle and until".to_owned()));
    }
    let texts = trigger.message.iter().flat_map(|it| std::iter::once(&it.text).chain(&it.replies));
    for both in texts.chain(trigger.task.iter().map(|it| &it.text)) {
        for language in Language::ALL {
            if let Err(message) = text(both.in_language(language)) {
                return Some(("text:", message));
            }
        }
    }
    None
}

fn text(source: &str) -> Result<(), String> {
    if source.trim().is_empty() {
        return Err("a text is empty".to_owned());
    }
    if source.chars().count() > MAX_TEXT_CHARS {
        return Err(format!("a text is longer than {MAX_TEXT_CHARS} characters"));
    }
    let mut environment = minijinja::Environment::new();
    // Known to whoever fills the texts in; here only their names matter.
    for filter in ["time", "day", "date", "hours", "names"] {
        environment.add_filter(filter, |value: minijinja::Value| value);
    }
    let template = environment.template_from_str(source).map_err(|error| error.to_string())?;
    match template.undeclared_variables(false).into_iter().find(|name| !NAMES.contains(&name.as_str())) {
        Some(name) => Err(format!("nothing is called `{name}` in a text; there are {}", NAMES.join(", "))),
        None => Ok(()),
    }
}
