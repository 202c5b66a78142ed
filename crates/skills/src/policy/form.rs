//! Reading a policy file. Whatever is wrong with it is said with its line, and nothing of a wrong file is used.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    action::Action,
    language::Bilingual,
    time::{DAY_MS, HOUR_MS, MINUTE_MS},
};
use serde::Deserialize;
use serde_json::Value as Json;

use super::{ActionPolicy, ActorKind, Approval, Approver, Policy, Rule, names::BUILT_IN, sample};
use crate::{
    Expression, Fault,
    fault::{Part, locate},
};

/// Written by hand: a policy of a thousand rules is smaller.
pub const MAX_POLICY_BYTES: usize = 512 * 1024;
const FORM: &str = "tandem-policy/1";
/// How long a done action may stay undoable: nobody undoes last month's.
const UNDO_MAX_MS: i64 = 30 * DAY_MS;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    form: String,
    /// `default`: actions and values not given here are the default's.
    #[serde(default)]
    extends: Option<String>,
    title: TextForm,
    #[serde(default)]
    values: BTreeMap<String, serde_yaml_ng::Value>,
    #[serde(default)]
    actions: BTreeMap<String, ActionForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextForm {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionForm {
    /// Everybody when it is left out.
    #[serde(default)]
    who: Option<Vec<ActorKind>>,
    #[serde(default)]
    visitors: bool,
    #[serde(default)]
    rules: Vec<RuleForm>,
    #[serde(default)]
    approval: Vec<ApprovalForm>,
    /// Such as `10m`, `2h` or `1d`.
    #[serde(default)]
    undo: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleForm {
    name: String,
    require: String,
    text: TextForm,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApprovalForm {
    name: String,
    when: String,
    by: Approver,
    text: TextForm,
}

/// Reads a policy. `base` is what `extends: default` extends.
pub fn load(file: &str, text: &str, base: Option<&Policy>) -> Result<Policy, Vec<Fault>> {
    let whole = |message: String| vec![Fault { file: file.to_owned(), line: 1, column: 1, message }];
    if text.len() > MAX_POLICY_BYTES {
        return Err(whole(format!("larger than {MAX_POLICY_BYTES} bytes")));
    }
    let form: FileForm = serde_yaml_ng::from_str(text).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
        vec![Fault { file: file.to_owned(), line, column, message: without_place(&error.to_string()) }]
    })?;
    let mut reader = Reader { file, text, faults: Vec::new() };
    let policy = reader.policy(form, base);
    if reader.faults.is_empty() { Ok(policy) } else { Err(reader.faults) }
}

/// The fault says the place itself.
fn without_place(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<Fault>,
}

/// The way to a node, to say its line.
fn way(parts: &[&str]) -> Vec<Part> {
    let part = |part: &&str| part.parse().map_or_else(|_| Part::Key((*part).to_owned()), Part::Index);
    parts.iter().map(part).collect()
}

impl Reader<'_> {
    fn wrong(&mut self, at: &[&str], message: impl Into<String>) {
        let (line, column) = locate(self.text, &way(at));
        self.faults.push(Fault { file: self.file.to_owned(), line, column, message: message.into() });
    }

    fn policy(&mut self, form: FileForm, base: Option<&Policy>) -> Policy {
        if form.form != FORM {
            self.wrong(&["form"], format!("`form` must be {FORM}"));
        }
        let base = match form.extends.as_deref() {
            None => None,
            Some("default") if base.is_some() => base,
            Some(_) => {
                self.wrong(&["extends"], "only `default` can be extended");
                None
            }
        };
        let title = self.both(&form.title, &["title"]);
        let mut values = base.map(|base| base.values.clone()).unwrap_or_default();
        for (name, value) in form.values {
            match to_json(&value) {
                Some(value) => drop(values.insert(name, value)),
                None => self.wrong(&["values", &name], "neither a number, a text nor a list of them"),
            }
        }
        let mut actions = base.map(|base| base.actions.clone()).unwrap_or_default();
        for (name, own) in form.actions {
            if !Action::NAMES.contains(&name.as_str()) {
                self.wrong(&["actions", &name], format!("no action `{name}`; there are {}", Action::NAMES.join(", ")));
                continue;
            }
            let own = self.action(&name, own, &values);
            actions.insert(name, own);
        }
        let policy = Policy { title, values, actions };
        if self.faults.is_empty() {
            self.try_out(&policy);
        }
        policy
    }

    fn action(&mut self, name: &str, form: ActionForm, values: &BTreeMap<String, Json>) -> ActionPolicy {
        let mut names: BTreeSet<String> = BUILT_IN.iter().map(|(name, ..)| (*name).to_owned()).collect();
        let mut rules = Vec::new();
        for (index, rule) in form.rules.into_iter().enumerate() {
            let index = index.to_string();
            let at = ["actions", name, "rules", &index];
            self.name(&rule.name, &at, &mut names);
            let text = self.text(&rule.text, &at, values);
            if let Some(require) = self.expression(&rule.require, &at, "require") {
                rules.push(Rule { name: rule.name, require, text });
            }
        }
        let mut approval = Vec::new();
        for (index, rule) in form.approval.into_iter().enumerate() {
            let index = index.to_string();
            let at = ["actions", name, "approval", &index];
            self.name(&rule.name, &at, &mut names);
            let text = self.text(&rule.text, &at, values);
            if let Some(when) = self.expression(&rule.when, &at, "when") {
                approval.push(Approval { name: rule.name, when, by: rule.by, text });
            }
        }
        let undo_ms = form.undo.and_then(|text| {
            let read = duration(&text).filter(|ms| (1..=UNDO_MAX_MS).contains(ms));
            if read.is_none() {
                self.wrong(&["actions", name, "undo"], "a time such as 10m, 2h or 1d, of 30 days at most");
            }
            read
        });
        ActionPolicy {
            who: form.who.unwrap_or_else(|| ActorKind::ALL.to_vec()),
            is_open_to_visitors: form.visitors,
            rules,
            approval,
            undo_ms,
            file: self.file.to_owned(),
        }
    }

    fn name(&mut self, name: &str, at: &[&str; 4], names: &mut BTreeSet<String>) {
        let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let at = [at[0], at[1], at[2], at[3], "name"];
        if !is_plain {
            self.wrong(&at, "a rule's name is small letters and `_`");
        } else if !names.insert(name.to_owned()) {
            self.wrong(&at, format!("`{name}` is the name of another rule"));
        }
    }

    fn expression(&mut self, source: &str, at: &[&str; 4], field: &str) -> Option<Expression> {
        match Expression::compile(source) {
            Ok(expression) => Some(expression),
            Err(error) => {
                self.wrong(&[at[0], at[1], at[2], at[3], field], error.to_string());
                None
            }
        }
    }

    fn text(&mut self, text: &TextForm, at: &[&str; 4], values: &BTreeMap<String, Json>) -> Bilingual {
        let at = [at[0], at[1], at[2], at[3], "text"];
        let text = self.both(text, &at);
        match (filled(&text.zh, values), filled(&text.en, values)) {
            (Ok(zh), Ok(en)) => Bilingual::new(zh, en),
            (Err(unknown), _) | (_, Err(unknown)) => {
                self.wrong(&at, format!("no value `{unknown}`"));
                text
            }
        }
    }

    fn both(&mut self, text: &TextForm, at: &[&str]) -> Bilingual {
        for (language, words) in [("zh", &text.zh), ("en", &text.en)] {
            if words.trim().is_empty() {
                self.wrong(&[at, &[language]].concat(), format!("the text has no `{language}`"));
            }
        }
        Bilingual::new(text.zh.clone(), text.en.clone())
    }

    /// Every rule is run on samples in which everything is there, so that a misspelt name is found today and not by
    /// the shopper it is first asked for.
    fn try_out(&mut self, policy: &Policy) {
        let mut wrong: Vec<([String; 5], String)> = Vec::new();
        let own = policy.actions.iter().filter(|(_, own)| own.file == self.file);
        for (name, own) in own {
            let scope = sample::scope(name, &policy.values);
            let rules = own.rules.iter().map(|rule| ("rules", "require", &rule.require));
            let approval = own.approval.iter().map(|rule| ("approval", "when", &rule.when));
            let (rules, approval): (Vec<_>, Vec<_>) = (rules.collect(), approval.collect());
            for (list, field, expression, index) in [rules, approval]
                .into_iter()
                .flat_map(|list| list.into_iter().enumerate().map(|(index, (l, f, e))| (l, f, e, index)))
            {
                if let Err(message) = sample::check(expression, &scope) {
                    let at = ["actions", name, list, &index.to_string(), field].map(str::to_owned);
                    wrong.push((at, message));
                }
            }
        }
        for (at, message) in wrong {
            self.wrong(&at.each_ref().map(String::as_str), message);
        }
    }
}

/// `{name}` becomes the value's text.
fn filled(text: &str, values: &BTreeMap<String, Json>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let value = values.get(name).ok_or_else(|| name.to_owned())?;
        out.push_str(before);
        match value {
            Json::String(words) => out.push_str(words),
            other => out.push_str(&other.to_string()),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn duration(text: &str) -> Option<i64> {
    let (number, unit) = text.trim().split_at_checked(text.trim().len().checked_sub(1)?)?;
    let unit_ms = match unit {
        "m" => MINUTE_MS,
        "h" => HOUR_MS,
        "d" => DAY_MS,
        _ => return None,
    };
    number.parse::<i64>().ok()?.checked_mul(unit_ms)
}

fn to_json(value: &serde_yaml_ng::Value) -> Option<Json> {
    use serde_yaml_ng::Value;
    match value {
        Value::Number(number) => number.as_i64().map(Json::from),
        Value::String(text) => Some(Json::from(text.as_str())),
        Value::Sequence(list) => list.iter().map(to_json).collect(),
        _ => None,
    }
}
