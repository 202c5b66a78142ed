//! Text as it is compared; see `understanding::text`, where it is made.

pub use understanding::text::{first_of, has, has_any, is_only, likeness, normal};
