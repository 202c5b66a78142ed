//! What is wrong with a file, and where in it.

use serde::{
    Serialize,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A fault of a file that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct Fault {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub column: usize,
    pub message: String,
}

/// One step from a YAML node to a node inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Key(String),
    Index(usize),
}

/// Line and column, from 1, of the node at `path`; of the nearest node around it when there is none.
pub fn locate(text: &str, path: &[Part]) -> (usize, usize) {
    for length in (0..=path.len()).rev() {
        let deserializer = serde_yaml_ng::Deserializer::from_str(text);
        let Err(error) = Finder(&path[..length]).deserialize(deserializer) else { continue };
        if let Some(place) = error.location() {
            return (place.line(), place.column());
        }
    }
    (1, 1)
}

/// Walks to a node and fails there on purpose: the YAML reader adds the place to errors, and only to errors.
struct Finder<'a>(&'a [Part]);

impl<'de> DeserializeSeed<'de> for Finder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            [] => deserializer.deserialize_any(Here),
            [Part::Key(key), rest @ ..] => deserializer.deserialize_map(Inside { key, rest }),
            [Part::Index(index), rest @ ..] => deserializer.deserialize_seq(At { index: *index, rest }),
        }
    }
}

struct Here;

/// Every kind of node is met with the same failure.
impl<'de> Visitor<'de> for Here {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing: this is the place")
    }
}

struct Inside<'a> {
    key: &'a str,
    rest: &'a [Part],
}

impl<'de> Visitor<'de> for Inside<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<serde_yaml_ng::Value>()? {
            if key.as_str() == Some(self.key) {
                map.next_value_seed(Finder(self.rest))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Err(A::Error::custom("no such key"))
    }
}

struct At<'a> {
    index: usize,
    rest: &'a [Part],
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        for _ in 0..self.index {
            list.next_element::<IgnoredAny>()?;
        }
        list.next_element_seed(Finder(self.rest))?;
        Err(A::Error::custom("no such element"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_line_of_any_node() {
        let text = "name: a\nsteps:\n  - say: {zh: x, en: y}\n  - if: b\n    then:\n      - end: true\n";
        let key = |key: &str| Part::Key(key.into());
        let cases: [(&[Part], (usize, usize)); 5] = [
            (&[key("name")], (1, 7)),
            (&[key("steps"), Part::Index(0), key("say"), key("en")], (3, 22)),
            (&[key("steps"), Part::Index(1), key("if")], (4, 9)),
            (&[key("steps"), Part::Index(1), key("then"), Part::Index(0), key("end")], (6, 14)),
            (&[key("steps"), Part::Index(1), key("else")], (4, 5)),
        ];
        for (path, place) in cases {
            assert_eq!(locate(text, path), place, "{path:?}");
        }
    }
}
