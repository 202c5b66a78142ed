//! A YAML node that knows its place, read without stopping at the first fault.

use std::cell::RefCell;

use domain::language::Bilingual;
use serde_yaml_ng::Value as Yaml;

use crate::{
    expression::Expression,
    fault::{Fault, Part, locate},
    shape::Shape,
    template::{self, Template},
};

/// A name that only some texts and conditions can see.
pub type Extra = (&'static str, Shape);

/// Names that something reads, to be looked up when all names of the file are known.
pub struct Use {
    pub path: Vec<Part>,
    pub names: Vec<Vec<String>>,
    pub extras: Vec<Extra>,
}

/// What is noted while a file is read.
#[derive(Default)]
pub struct Notes {
    faults: RefCell<Vec<(Vec<Part>, String)>>,
    pub uses: RefCell<Vec<Use>>,
}

impl Notes {
    pub fn fault(&self, path: &[Part], message: impl Into<String>) {
        self.faults.borrow_mut().push((path.to_vec(), message.into()));
    }

    /// In the order of the file.
    pub fn into_faults(self, file: &str, text: &str) -> Vec<Fault> {
        let mut faults: Vec<Fault> = self
            .faults
            .into_inner()
            .into_iter()
            .map(|(path, message)| {
                let (line, column) = locate(text, &path);
                Fault { file: file.to_owned(), line, column, message }
            })
            .collect();
        faults.sort_by_key(|fault| (fault.line, fault.column));
        faults.dedup();
        faults
    }
}

#[derive(Clone)]
pub struct Node<'a> {
    pub value: &'a Yaml,
    pub path: Vec<Part>,
    pub notes: &'a Notes,
}

impl<'a> Node<'a> {
    pub fn fault(&self, message: impl Into<String>) {
        self.notes.fault(&self.path, message);
    }

    fn child(&self, value: &'a Yaml, part: Part) -> Self {
        let mut path = self.path.clone();
        path.push(part);
        Self { value, path, notes: self.notes }
    }

    /// Whether it is a mapping; keys that aren't known are faults.
    pub fn has_only(&self, known: &[&str]) -> bool {
        let Some(map) = self.value.as_mapping() else {
            self.fault("keys and values are needed here");
            return false;
        };
        for key in map.keys() {
            let Some(name) = key.as_str().filter(|name| known.contains(name)) else {
                let name = key.as_str().unwrap_or("?");
                let path = [self.path.as_slice(), &[Part::Key(name.to_owned())]].concat();
                self.notes.fault(&path, format!("unknown key `{name}`; there are {}", known.join(", ")));
                continue;
            };
            debug_assert!(!name.is_empty());
        }
        true
    }

    pub fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.as_mapping()?.get(key)?;
        Some(self.child(value, Part::Key(key.to_owned())))
    }

    pub fn need(&self, key: &str) -> Option<Self> {
        let found = self.get(key);
        if found.is_none() {
            self.fault(format!("`{key}` is missing"));
        }
        found
    }

    /// The entries of a mapping, in the order of the file.
    pub fn entries(&self) -> Vec<(String, Self)> {
        let Some(map) = self.value.as_mapping() else {
            self.fault("keys and values are needed here");
            return Vec::new();
        };
        map.iter()
            .filter_map(|(key, value)| {
                let key = key.as_str()?.to_owned();
                Some((key.clone(), self.child(value, Part::Key(key))))
            })
            .collect()
    }

    pub fn list(&self) -> Vec<Self> {
        let Some(list) = self.value.as_sequence() else {
            self.fault("a list is needed here");
            return Vec::new();
        };
        list.iter().enumerate().map(|(index, value)| self.child(value, Part::Index(index))).collect()
    }

    pub fn text(&self) -> Option<String> {
        let text = match self.value {
            Yaml::String(text) => Some(text.trim().to_owned()),
            Yaml::Bool(it) => Some(it.to_string()),
            Yaml::Number(it) => Some(it.to_string()),
            _ => None,
        };
        match text {
            Some(text) if !text.is_empty() => Some(text),
            _ => {
                self.fault("a text is needed here");
                None
            }
        }
    }

    pub fn texts(&self) -> Vec<String> {
        self.list().iter().filter_map(Self::text).collect()
    }

    /// A name for use in expressions.
    pub fn name(&self) -> Option<String> {
        let name = self.text()?;
        if is_name(&name) {
            return Some(name);
        }
        self.fault(format!("`{name}` is no name: letters, digits and _ are"));
        None
    }

    pub fn flag(&self) -> bool {
        self.value.as_bool().unwrap_or_else(|| {
            self.fault("true or false is needed here");
            false
        })
    }

    pub fn count(&self) -> Option<usize> {
        let count = self.value.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count > 0);
        if count.is_none() {
            self.fault("a whole number from 1 is needed here");
        }
        count
    }

    pub fn bilingual(&self) -> Option<Bilingual> {
        if !self.has_only(&["zh", "en"]) {
            return None;
        }
        let (zh, en) = (self.need("zh"), self.need("en"));
        Some(Bilingual::new(zh?.text()?, en?.text()?))
    }

    /// A text with values in both languages; what it reads is noted.
    pub fn template(&self, extras: &[Extra]) -> Option<Template> {
        let both = self.bilingual()?;
        for (key, source) in [("zh", &both.zh), ("en", &both.en)] {
            let path = [self.path.as_slice(), &[Part::Key(key.to_owned())]].concat();
            match template::paths(source) {
                Ok(names) => self.notes.uses.borrow_mut().push(Use { path, names, extras: extras.to_vec() }),
                Err(error) => self.notes.fault(&path, error.to_string()),
            }
        }
        Some(Template { zh: both.zh, en: both.en })
    }

    pub fn expression(&self, extras: &[Extra]) -> Option<Expression> {
        match Expression::compile(&self.text()?) {
            Ok(expression) => {
                let names = expression.paths().into_iter().collect();
                self.notes.uses.borrow_mut().push(Use { path: self.path.clone(), names, extras: extras.to_vec() });
                Some(expression)
            }
            Err(error) => {
                self.fault(error.to_string());
                None
            }
        }
    }

    /// One of a list of words, each with its meaning.
    pub fn one_of<T: Copy>(&self, known: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.fault(format!("`{text}` is none of {}", names.join(", ")));
        }
        found
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|symbol: char| symbol.is_ascii_lowercase())
        && name.chars().all(|symbol| symbol.is_ascii_lowercase() || symbol.is_ascii_digit() || symbol == '_')
}
