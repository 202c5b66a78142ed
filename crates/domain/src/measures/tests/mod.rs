//! Hand-worked conversations: each line is an event, and beside each expectation stands the sum it came from.

mod fixture;
mod platforms;
mod resolution;
mod rounds;
mod times;
