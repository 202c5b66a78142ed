//! All integration tests of this crate, in one binary so that they link once.

mod background;
mod kernels;
mod model_file;
mod reference;
mod remote;
mod resuming;
mod server;
mod tiny_model;
