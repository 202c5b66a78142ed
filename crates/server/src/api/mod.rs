//! The HTTP interface: one operation per file. Each checks who asks and what they may do, calls the desk, and
//! puts the outcome into words; it decides nothing itself.

pub mod console;
pub mod extract;
pub mod files;
pub mod view;
pub mod widget;
