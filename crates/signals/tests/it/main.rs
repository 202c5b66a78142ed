//! The crate as its users see it: the shipped triggers, whole streams of events, the document of the wire form.

mod docs;
mod script;
mod shipped;
mod streams;
mod world;
