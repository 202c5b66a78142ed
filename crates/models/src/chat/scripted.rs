//! A function in place of a model, for tests and simulations.

use std::fmt;
use std::sync::Arc;

use super::{ChatError, Reply, Request};

type Answer = dyn Fn(&Request) -> Result<Reply, ChatError> + Send + Sync;

#[derive(Clone)]
pub struct Script(Arc<Answer>);

impl Script {
    pub fn new(answer: impl Fn(&Request) -> Result<Reply, ChatError> + Send + Sync + 'static) -> Self {
        Self(Arc::new(answer))
    }

    pub(super) fn answer(&self, request: &Request) -> Result<Reply, ChatError> {
        (self.0)(request)
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Script")
    }
}
