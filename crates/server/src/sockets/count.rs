//! How many sockets are open, in all and by address: each costs memory and a file handle.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    client_address::ClientAddress,
    config,
    observe::metrics::OPEN_SOCKETS,
    problem::{Code, Problem, Result},
};

#[derive(Clone)]
pub struct Sockets(Arc<Counted>);

struct Counted {
    max_open: usize,
    max_per_address: usize,
    by_address: Mutex<HashMap<String, usize>>,
}

/// One open socket; dropping it makes room again.
pub struct Place {
    sockets: Sockets,
    address: String,
    kind: &'static str,
}

impl Sockets {
    pub fn new(settings: &config::Sockets) -> Self {
        Self(Arc::new(Counted {
            max_open: settings.max_open,
            max_per_address: settings.max_per_address,
            by_address: Mutex::default(),
        }))
    }

    fn addresses(&self) -> std::sync::MutexGuard<'_, HashMap<String, usize>> {
        self.0.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn open(&self) -> usize {
        self.addresses().values().sum()
    }

    pub fn take(&self, address: ClientAddress, kind: &'static str) -> Result<Place> {
        let address = address.bucket();
        let mut addresses = self.addresses();
        if addresses.values().sum::<usize>() >= self.0.max_open {
            return Err(Problem::new(Code::Unavailable));
        }
        let here = addresses.entry(address.clone()).or_default();
        if *here >= self.0.max_per_address {
            return Err(Problem::rate_limited(1));
        }
        *here += 1;
        drop(addresses);
        metrics::gauge!(OPEN_SOCKETS, "kind" => kind).increment(1.0);
        Ok(Place { sockets: self.clone(), address, kind })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut addresses = self.sockets.addresses();
        if let Some(here) = addresses.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                addresses.remove(&self.address);
            }
        }
        drop(addresses);
        metrics::gauge!(OPEN_SOCKETS, "kind" => self.kind).decrement(1.0);
    }
}
