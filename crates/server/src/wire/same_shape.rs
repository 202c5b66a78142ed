//! Holds the shapes that only describe domain types equal to them.
