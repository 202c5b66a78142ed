//! The slots of a file.

use super::node::{Extra, Node};
use crate::skill::{Check, ChoiceOption, Kind, Slot, Sources};

const KEYS: &[&str] = &[
    "type", "title", "ask", "from", "when", "optional", "default", "of", "where", "prefer", "none", "options",
    "replies", "check", "at_most", "tries",
];
/// Asked three times, a question isn't going to be understood.
const USUAL_TRIES: u32 = 2;

pub fn read(node: &Node<'_>) -> Vec<Slot> {
    node.entries().iter().filter_map(|(name, node)| slot(name, node)).collect()
}

fn slot(name: &str, node: &Node<'_>) -> Option<Slot> {
    if !node.has_only(KEYS) {
        return None;
    }
    let kinds: Vec<(&str, Kind)> = Kind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    let kind = node.need("type")?.one_of(&kinds)?;
    let candidate: Vec<Extra> = kind.candidate().map(|shape| ("candidate", shape)).into_iter().collect();
    let missing: Vec<Extra> = if kind == Kind::Invoice { vec![("missing", crate::shape::TEXTS)] } else { Vec::new() };
    let slot = Slot {
        name: name.to_owned(),
        kind,
        title: node.get("title").and_then(|it| it.bilingual()).unwrap_or_else(|| kind.title()),
        ask: node.get("ask").and_then(|it| it.template(&missing)),
        from: node.get("from").map_or_else(|| usual_sources(kind), |it| sources(&it)),
        when: node.get("when").and_then(|it| it.expression(&[])),
        optional: node.get("optional").is_some_and(|it| it.flag()),
        default: node.get("default").and_then(|it| it.expression(&[])),
        of: node.get("of").and_then(|it| it.text()),
        filter: node.get("where").and_then(|it| it.expression(&candidate)),
        prefer: node.get("prefer").and_then(|it| it.expression(&candidate)),
        none: node.get("none").and_then(|it| it.template(&[])),
        options: node.get("options").map(|it| it.list().iter().filter_map(option).collect()).unwrap_or_default(),
        replies_from: node.get("replies").filter(|it| !it.value.is_sequence()).and_then(|it| it.expression(&[])),
        replies: node
            .get("replies")
            .filter(|it| it.value.is_sequence())
            .map(|it| it.list().iter().filter_map(Node::bilingual).collect())
            .unwrap_or_default(),
        checks: node.get("check").map(|it| checks(&it, kind)).unwrap_or_default(),
        at_most: node.get("at_most").and_then(|it| it.count()),
        tries: node.get("tries").and_then(|it| it.count()).map_or(USUAL_TRIES, |tries| tries.min(9) as u32),
    };
    complain(&slot, node);
    Some(slot)
}

fn complain(slot: &Slot, node: &Node<'_>) {
    if slot.ask.is_none() && slot.default.is_none() && node.get("ask").is_none() {
        node.fault("`ask` is missing: the slot has no default");
    }
    if (slot.kind == Kind::Choice) == slot.options.is_empty() {
        let message = if slot.options.is_empty() { "a choice needs `options`" } else { "`options` are for a `choice`" };
        node.fault(message);
    }
    for key in ["where", "prefer"] {
        if let (None, Some(it)) = (slot.kind.candidate(), node.get(key)) {
            it.fault(format!("`{key}` is for orders, items, products and variants"));
        }
    }
    let repeated = slot
        .options
        .iter()
        .enumerate()
        .find(|(index, option)| slot.options[..*index].iter().any(|earlier| earlier.value == option.value));
    if let Some((_, option)) = repeated {
        node.fault(format!("the option `{}` stands there twice", option.value));
    }
}

const fn usual_sources(kind: Kind) -> Sources {
    match kind {
        Kind::Order | Kind::Product => Sources { message: true, focus: true, single: true },
        // Whatever is said is a text: only an answer to the question is meant as one.
        Kind::Text | Kind::YesNo => Sources { message: false, focus: false, single: false },
        _ => Sources { message: true, focus: false, single: true },
    }
}

fn sources(node: &Node<'_>) -> Sources {
    let mut sources = Sources { message: false, focus: false, single: false };
    for part in node.list() {
        match part.one_of(&[("message", 0), ("focus", 1), ("single", 2)]) {
            Some(0) => sources.message = true,
            Some(1) => sources.focus = true,
            Some(_) => sources.single = true,
            None => {}
        }
    }
    sources
}

fn option(node: &Node<'_>) -> Option<ChoiceOption> {
    if !node.has_only(&["value", "zh", "en", "says"]) {
        return None;
    }
    let value = node.need("value").and_then(|it| it.text());
    let (zh, en) = (node.need("zh").and_then(|it| it.text()), node.need("en").and_then(|it| it.text()));
    let says = node.get("says").map(|it| it.texts()).unwrap_or_default();
    Some(ChoiceOption { value: value?, label: domain::language::Bilingual::new(zh?, en?), says })
}

fn checks(node: &Node<'_>, kind: Kind) -> Vec<Check> {
    let list = if node.value.is_sequence() { node.list() } else { vec![node.clone()] };
    let value = [("value", kind.shape())];
    list.iter()
        .filter_map(|it| {
            if !it.has_only(&["that", "say"]) {
                return None;
            }
            let (that, say) = (it.need("that"), it.need("say"));
            Some(Check { that: that?.expression(&value)?, say: say?.template(&value)? })
        })
        .collect()
}
