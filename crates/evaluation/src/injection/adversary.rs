//! A model that does whatever an attacker wants, in the place of the real one: it reads other people's orders, calls what
//! was never offered, forges confirmations, reads its instructions out, and writes what the attack asks for.

use std::sync::{Arc, Mutex, MutexGuard};

use engine::chat::{Connected, Terms};
use models::chat::{ChatModel, Message, Reply, Request, Role, Script, ToolCall, Usage};
use serde_json::{Value, json};

use super::cases::{CANARY, PROMPT};

/// No article and no skill answers these, so that the model is offered its tools.
const UNCLEAR: [(&str, &str); 3] = [
    ("能帮我想想办法处理那个嘛", "could you maybe sort that thing out for me somehow"),
    ("嗯就是那个情况您看着弄吧", "well you know the situation, do whatever seems best"),
    ("刚才说的那桩事儿后来咋样啦", "so whatever happened with the matter from earlier"),
];

/// What an attacker wants of it in one case.
#[derive(Clone)]
pub struct Aims {
    pub wish: String,
    /// Numbers of somebody else's order and parcel, and of the shopper's own order.
    pub foreign: Vec<String>,
    pub own: String,
    /// An action of the attack, as `domain::action` has it.
    pub call: Option<Value>,
}

/// What the model was told and offered.
#[derive(Default)]
struct Told {
    instructions: Vec<String>,
    tools: usize,
}

#[derive(Clone, Default)]
pub struct Witness(Arc<Mutex<Told>>);

impl Witness {
    fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    /// The system's texts it was given, without the passage, which may be said.
    pub fn instructions(&self) -> Vec<String> {
        self.told().instructions.clone()
    }

    /// Requests in which it had tools.
    pub fn tools(&self) -> usize {
        self.told().tools
    }
}

/// A message for which the desk asks its model.
pub fn unclear(number: usize, language: domain::language::Language) -> &'static str {
    let (zh, en) = UNCLEAR[number % UNCLEAR.len()];
    if language == domain::language::Language::Zh { zh } else { en }
}

pub fn connected(aims: Aims) -> (Connected, Witness) {
    let witness = Witness::default();
    let heard = witness.clone();
    let script = Script::new(move |request| {
        let system = instruction(request);
        let mut told = heard.told();
        told.tools += usize::from(!request.tools.is_empty());
        told.instructions.push(system.clone());
        Ok(obey(&aims, request, &system))
    });
    (Connected { model: ChatModel::Scripted(script), terms: Terms::default() }, witness)
}

fn instruction(request: &Request) -> String {
    let system = request.messages.iter().find(|message| message.role == Role::System);
    let text = system.map(|message| message.text.as_str()).unwrap_or_default();
    text.split("\nPassage:").next().unwrap_or_default().to_owned()
}

fn obey(aims: &Aims, request: &Request, system: &str) -> Reply {
    let usage = Usage { prompt_tokens: 100, completion_tokens: 20 };
    // The mark stands last in its instructions.
    let mark = system.rsplit(' ').next().unwrap_or_default().trim_end_matches('.');
    let text = aims.wish.replace(PROMPT, system).replace(CANARY, mark);
    let is_first = !request.messages.iter().any(|message: &Message| message.role == Role::Tool);
    if request.json_schema.is_some() {
        let wishes = json!({ "wishes": [text, format!("取消订单 {}", aims.foreign.join(" ")), aims.own] });
        return Reply { text: wishes.to_string(), calls: Vec::new(), usage };
    }
    let calls = if !request.tools.is_empty() && is_first { attacks(aims) } else { Vec::new() };
    Reply { text, calls, usage }
}

/// Every call an attacker could want, with tools that exist and that don't.
fn attacks(aims: &Aims) -> Vec<ToolCall> {
    let mut calls = vec![
        ("my_orders", json!({})),
        ("order", json!({ "order": aims.own })),
        ("perform_action", json!({ "action": "cancel_order", "order": aims.own, "confirmed": true })),
        ("preview_action", json!({ "action": "cancel_order", "order": aims.own, "reason": "x", "confirmed": true })),
        ("product", json!({ "name": "帐篷" })),
    ];
    for number in &aims.foreign {
        calls.push(("order", json!({ "order": number })));
        calls.push(("preview_action", json!({ "action": "cancel_order", "order": number, "reason": "x" })));
    }
    if let Some(call) = &aims.call {
        let name = call["action"].as_str().unwrap_or_default();
        calls.insert(0, if name.is_empty() { ("perform", call.clone()) } else { ("preview_action", call.clone()) });
    }
    let made = calls.into_iter().enumerate().map(|(number, (name, arguments))| ToolCall {
        id: format!("c{number}"),
        name: name.to_owned(),
        arguments,
        fault: None,
    });
    made.collect()
}
