//! Skills from their files: every fault of every file at once, each in its line.

mod node;
mod slots;
mod steps;

use std::{collections::BTreeMap, sync::Arc};

use serde_yaml_ng::Value as Yaml;

use self::{
    node::{Node, Notes, Use},
    steps::Steps,
};
use crate::{
    fault::{Fault, Part, locate},
    shape::{self, Shape},
    skill::{Does, Examples, Group, Skill, Slot},
};

/// Fewer examples don't tell a wish apart from its neighbours.
pub const MIN_EXAMPLES: usize = 8;
const KEYS: &[&str] = &["name", "title", "group", "about", "needs", "excludes", "examples", "slots", "steps"];

/// A file as it was found.
#[derive(Debug, Clone)]
pub struct Source {
    pub file: String,
    pub text: String,
}

/// All skills of a shop, by name.
#[derive(Debug, Clone, Default)]
pub struct Skills(BTreeMap<String, Arc<Skill>>);

impl Skills {
    pub fn get(&self, name: &str) -> Option<&Arc<Skill>> {
        self.0.get(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Arc<Skill>> {
        self.0.values()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The skills of `files`, or everything that is wrong with them.
pub fn load(files: &[Source]) -> Result<Skills, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut skills = BTreeMap::new();
    for source in files {
        match read(source) {
            Ok(skill) => drop(skills.insert(skill.name.clone(), Arc::new(skill))),
            Err(mut more) => faults.append(&mut more),
        }
    }
    let skills = Skills(skills);
    // What one file says of another is only judged when all could be read.
    if faults.is_empty() {
        faults = together(&skills, files);
    }
    if faults.is_empty() { Ok(skills) } else { Err(faults) }
}

/// One skill by itself.
pub fn read(source: &Source) -> Result<Skill, Vec<Fault>> {
    let yaml: Yaml = serde_yaml_ng::from_str(&source.text).map_err(|error| {
        let place = error.location().map_or((1, 1), |place| (place.line(), place.column()));
        vec![Fault { file: source.file.clone(), line: place.0, column: place.1, message: error.to_string() }]
    })?;
    let notes = Notes::default();
    let root = Node { value: &yaml, path: Vec::new(), notes: &notes };
    let skill = skill(&root, source);
    let faults = notes.into_faults(&source.file, &source.text);
    match skill {
        Some(skill) if faults.is_empty() => Ok(skill),
        _ if faults.is_empty() => {
            Err(vec![Fault { file: source.file.clone(), line: 1, column: 1, message: "no skill".to_owned() }])
        }
        _ => Err(faults),
    }
}

fn skill(root: &Node<'_>, source: &Source) -> Option<Skill> {
    if !root.has_only(KEYS) {
        return None;
    }
    let name = root.need("name").and_then(|it| it.name());
    let stem = source.file.rsplit(['/', '\\']).next().unwrap_or_default().trim_end_matches(".yaml");
    if let (Some(name), Some(node)) = (&name, root.get("name"))
        && name != stem
    {
        node.fault(format!("`{name}` stands in the file {stem}.yaml"));
    }
    let groups = [("pre_sale", Group::PreSale), ("in_sale", Group::InSale), ("after_sale", Group::AfterSale)];
    let title = root.need("title").and_then(|it| it.bilingual());
    let group = root.need("group").and_then(|it| it.one_of(&groups));
    let needs = root.get("needs").and_then(|it| it.one_of(&[("verified", true)]));
    if let Some(about) = root.get("about") {
        about.bilingual();
    }
    let excludes = root.get("excludes").map(|it| it.texts()).unwrap_or_default();
    let examples = root.need("examples").map(|it| examples(&it)).unwrap_or_default();
    let slots = root.get("slots").map(|it| slots::read(&it)).unwrap_or_default();
    let mut steps = Steps::default();
    if let Some(node) = root.need("steps") {
        steps.read(&node);
    }
    names(root, &slots, &steps);
    Some(Skill {
        name: name?,
        title: title?,
        group: group?,
        needs_verified: needs.unwrap_or_default(),
        excludes,
        examples,
        slots,
        steps: steps.steps,
        version: version(&source.text),
    })
}

fn examples(node: &Node<'_>) -> Examples {
    node.has_only(&["zh", "en"]);
    let read = |language: &str| {
        let Some(list) = node.need(language) else { return Vec::new() };
        let texts = list.texts();
        if texts.len() < MIN_EXAMPLES {
            list.fault(format!("{} examples are too few: at least {MIN_EXAMPLES}", texts.len()));
        }
        let repeated = texts.iter().enumerate().find(|(index, text)| texts[..*index].contains(text));
        if let Some((index, text)) = repeated {
            let path = [list.path.as_slice(), &[Part::Index(index)]].concat();
            list.notes.fault(&path, format!("`{text}` stands there twice"));
        }
        texts
    };
    Examples { zh: read("zh"), en: read("en") }
}

/// Every name that is read exists, and every slot that is filled too.
fn names(root: &Node<'_>, slots: &[Slot], steps: &Steps) {
    for Use { path, names, extras } in root.notes.uses.take() {
        for name in names {
            if let Err(message) = look_up(&name, slots, steps, &extras) {
                root.notes.fault(&path, message);
            }
        }
    }
    let Some(step_nodes) = root.get("steps") else { return };
    let filled: Vec<&String> =
        steps.steps.iter().flat_map(|step| if let Does::Fill(names) = &step.does { &names[..] } else { &[] }).collect();
    for name in &filled {
        if !slots.iter().any(|slot| slot.name == **name) {
            step_nodes.fault(format!("no slot `{name}` to fill"));
        }
    }
    for slot in slots {
        let Some(node) = root.get("slots").and_then(|all| all.get(&slot.name)) else { continue };
        if !filled.contains(&&slot.name) {
            node.fault(format!("no step fills `{}`", slot.name));
        }
        if let Some(of) = crate::run::base_of(slot, slots).err() {
            node.fault(of);
        }
    }
}

fn look_up(name: &[String], slots: &[Slot], steps: &Steps, extras: &[(&'static str, Shape)]) -> Result<(), String> {
    let Some((first, rest)) = name.split_first() else { return Ok(()) };
    let unknown = |field: String, of: &str| format!("`{}`: no field `{field}` of {of}", name.join("."));
    let shape = match first.as_str() {
        "slots" => {
            let Some((slot, rest)) = rest.split_first() else { return Err("`slots` needs the name of one".to_owned()) };
            let Some(slot) = slots.iter().find(|it| it.name == *slot) else { return Err(format!("no slot `{slot}`")) };
            return slot
                .kind
                .shape()
                .at(rest)
                .map(|_| ())
                .map_err(|field| unknown(field, &format!("a slot of the type {}", slot.kind.as_str())));
        }
        "customer" => shape::CUSTOMER,
        "message" => shape::MESSAGE,
        "focus" => shape::FOCUS,
        "now" | "minute" | "hour" | "day" => shape::LEAF,
        other => {
            let result = steps.results.iter().find(|(name, _)| name == other).map(|(_, shape)| *shape);
            let extra = extras.iter().find(|(name, _)| *name == other).map(|(_, shape)| *shape);
            extra.or(result).ok_or_else(|| format!("nothing is called `{other}` here"))?
        }
    };
    shape.at(rest).map(|_| ()).map_err(|field| unknown(field, &format!("`{first}`")))
}

/// What files say of each other: offers and exclusions name skills that exist, and no example means two things.
fn together(skills: &Skills, files: &[Source]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    for skill in skills.iter() {
        let Some(source) = files.iter().find(|source| is_of(source, &skill.name)) else { continue };
        let mut complain = |path: &[Part], message: String| {
            let (line, column) = locate(&source.text, path);
            faults.push(Fault { file: source.file.clone(), line, column, message });
        };
        for step in &skill.steps {
            let Does::Offer { skills: offered, .. } = &step.does else { continue };
            for name in offered.iter().filter(|name| skills.get(name).is_none()) {
                complain(
                    &[Part::Key("steps".into())],
                    format!("the step `{}` offers `{name}`, which isn't there", step.id),
                );
            }
        }
        for (index, name) in skill.excludes.iter().enumerate().filter(|(_, name)| skills.get(name).is_none()) {
            let path = [Part::Key("excludes".into()), Part::Index(index)];
            complain(&path, format!("it excludes `{name}`, which isn't there"));
        }
        for (language, list) in [("zh", &skill.examples.zh), ("en", &skill.examples.en)] {
            for (index, example) in list.iter().enumerate() {
                if let Some(other) = said.insert(example, &skill.name) {
                    let path = [Part::Key("examples".into()), Part::Key(language.into()), Part::Index(index)];
                    complain(&path, format!("`{example}` is an example of {other} too"));
                }
            }
        }
    }
    faults
}

fn is_of(source: &Source, name: &str) -> bool {
    source.file.rsplit(['/', '\\']).next().is_some_and(|file| file.strip_suffix(".yaml") == Some(name))
}

/// FNV-1a: the same on every machine and in every build.
fn version(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests;
