//! Values that people write as text, read in a way that an error knows its line.

use std::fmt;

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

struct Written<F>(F);

impl<T, E: fmt::Display, F: FnOnce(&str) -> Result<T, E>> Visitor<'_> for Written<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<X: Error>(self, text: &str) -> Result<T, X> {
        (self.0)(text).map_err(X::custom)
    }
}

/// The reader of YAML adds the line only to errors that arise while it reads, so the text is understood right there.
pub(crate) fn read<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    from: D,
    understand: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    from.deserialize_str(Written(understand))
}
