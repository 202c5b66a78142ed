//! The steps of a file, with branches flattened into jumps.

use super::node::{Extra, Node};
use crate::{
    shape::{self, Shape},
    skill::{Act, Arguments, Does, Reply, Say, Step},
    tool::{ACTIONS, TOOLS, parameters},
};

const KINDS: &[&str] = &["fill", "call", "if", "preview", "do", "offer", "hand_off", "say", "end"];

/// The steps read so far, and the names their results go by.
#[derive(Default)]
pub struct Steps {
    pub steps: Vec<Step>,
    pub results: Vec<(String, Shape)>,
}

impl Steps {
    pub fn read(&mut self, node: &Node<'_>) {
        for step in node.list() {
            self.step(&step);
        }
    }

    fn step(&mut self, node: &Node<'_>) {
        let Some(kind) = KINDS.iter().copied().find(|kind| node.get(kind).is_some()) else {
            node.fault(format!("a step has one of {}", KINDS.join(", ")));
            return;
        };
        let extra: &[&str] = match kind {
            "call" | "preview" => &["with", "as"],
            "say" => &["cards", "replies"],
            "if" => &["then", "else"],
            "do" => &["with", "confirm", "done", "declined", "refused", "yes", "no"],
            "offer" => &["say"],
            _ => &[],
        };
        node.has_only(&[&["id", kind], extra].concat());
        let id = node.get("id").and_then(|it| it.name()).unwrap_or_else(|| format!("{kind}_{}", self.steps.len() + 1));
        if self.steps.iter().any(|step| step.id == id) {
            node.fault(format!("two steps have the id `{id}`"));
        }
        let Some(main) = node.get(kind) else { return };
        if kind == "if" {
            return self.branch(id, node, &main);
        }
        let does = match kind {
            "fill" => Some(Does::Fill(main.texts())),
            "call" => self.call(node, &main),
            "preview" => self.preview(node, &main),
            "say" => say(node, &main).map(Does::Say),
            "do" => act(node, &main).map(|act| Does::Act(Box::new(act))),
            "offer" => {
                let say = node.get("say").and_then(|it| it.template(&[]));
                Some(Does::Offer { say, skills: main.texts() })
            }
            "hand_off" => main.template(&[]).map(Does::HandOff),
            _ => Some(Does::End),
        };
        // Even a faulty step keeps its place, so that later ones are numbered as in the file.
        self.steps.push(Step { id, does: does.unwrap_or(Does::End) });
    }

    fn branch(&mut self, id: String, node: &Node<'_>, condition: &Node<'_>) {
        let condition = condition.expression(&[]);
        let at = self.steps.len();
        self.steps.push(Step { id: id.clone(), does: Does::End });
        if let Some(then) = node.need("then") {
            self.read(&then);
        }
        let mut otherwise = self.steps.len();
        if let Some(rest) = node.get("else") {
            let jump = self.steps.len();
            self.steps.push(Step { id: format!("{id}_over"), does: Does::End });
            otherwise = self.steps.len();
            self.read(&rest);
            self.steps[jump].does = Does::Jump(self.steps.len());
        }
        if let Some(condition) = condition {
            self.steps[at].does = Does::Branch { condition, otherwise };
        }
    }

    fn call(&mut self, node: &Node<'_>, main: &Node<'_>) -> Option<Does> {
        let tools: Vec<(&str, usize)> = TOOLS.iter().enumerate().map(|(index, tool)| (tool.0, index)).collect();
        let (tool, list, shape) = TOOLS[main.one_of(&tools)?];
        let with = arguments(node, list);
        let into = node.need("as").and_then(|it| it.name())?;
        self.results.push((into.clone(), shape));
        Some(Does::Call { tool: tool.to_owned(), with, into })
    }

    fn preview(&mut self, node: &Node<'_>, main: &Node<'_>) -> Option<Does> {
        let (action, list) = action(main)?;
        let with = arguments(node, list);
        let into = node.need("as").and_then(|it| it.name())?;
        self.results.push((into.clone(), shape::PREVIEW));
        Some(Does::Preview { action: action.to_owned(), with, into })
    }
}

fn action(node: &Node<'_>) -> Option<(&'static str, &'static str)> {
    let actions: Vec<(&str, usize)> = ACTIONS.iter().enumerate().map(|(index, action)| (action.0, index)).collect();
    Some(ACTIONS[node.one_of(&actions)?])
}

fn arguments(node: &Node<'_>, list: &'static str) -> Arguments {
    let with = node.get("with");
    let names: Vec<&str> = parameters(list).map(|it| it.name).collect();
    if let Some(with) = &with {
        with.has_only(&names);
    }
    let mut arguments = Vec::new();
    for parameter in parameters(list) {
        match with.as_ref().and_then(|with| with.get(parameter.name)) {
            Some(value) => {
                arguments.extend(value.expression(&[]).map(|value| (parameter.name.to_owned(), value)));
            }
            None if parameter.is_needed => node.fault(format!("`with` needs `{}`", parameter.name)),
            None => {}
        }
    }
    arguments
}

fn say(node: &Node<'_>, main: &Node<'_>) -> Option<Say> {
    let cards = node.get("cards").map(|it| it.list()).unwrap_or_default();
    let cards = cards.iter().filter_map(|it| it.expression(&[])).collect();
    let replies = node.get("replies").map(|it| it.list()).unwrap_or_default();
    Some(Say { text: main.template(&[])?, cards, replies: replies.iter().filter_map(reply).collect() })
}

fn reply(node: &Node<'_>) -> Option<Reply> {
    use domain::message::QuickAction;
    if !node.has_only(&["zh", "en", "action"]) {
        return None;
    }
    let actions = [("human", QuickAction::Human), ("sign_in", QuickAction::SignIn)];
    let action = node.get("action").and_then(|it| it.one_of(&actions));
    let (zh, en) = (node.need("zh").and_then(|it| it.text()), node.need("en").and_then(|it| it.text()));
    Some(Reply { label: domain::language::Bilingual::new(zh?, en?), action })
}

fn act(node: &Node<'_>, main: &Node<'_>) -> Option<Act> {
    let (action, list) = action(main)?;
    let with = arguments(node, list);
    let preview: [Extra; 1] = [("preview", shape::PREVIEW)];
    let both: [Extra; 2] = [("preview", shape::PREVIEW), ("result", shape::RESULT)];
    let confirm = node.need("confirm").and_then(|it| it.template(&preview));
    let done = node.need("done").and_then(|it| it.template(&both));
    let declined = node.get("declined").and_then(|it| it.template(&preview));
    let refused = node.get("refused").and_then(|it| it.template(&preview));
    let (yes, no) = (node.get("yes").and_then(|it| it.bilingual()), node.get("no").and_then(|it| it.bilingual()));
    Some(Act { action: action.to_owned(), with, confirm: confirm?, done: done?, declined, refused, yes, no })
}
