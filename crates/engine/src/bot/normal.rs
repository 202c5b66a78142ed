//! Text as it is compared; see `understanding::text`, where it is made.

pub use understanding::text::{has, has_any, likeness, normal};
