//! Time and identifiers are passed in, so that whole days can be replayed from a seed.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use domain::time::Timestamp;
use rand::{RngCore, SeedableRng, rngs::StdRng};

#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Moved by hand in tests and in the simulator.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.0)))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp(jiff::Timestamp::now().as_millisecond()),
            Self::Manual(now) => Timestamp(now.load(Ordering::SeqCst)),
        }
    }

    /// Moves a manual clock; the system's clock moves by itself.
    pub fn advance_ms(&self, ms: i64) {
        if let Self::Manual(now) = self {
            now.fetch_add(ms, Ordering::SeqCst);
        }
    }
}

/// Where identifiers come from: 128 bits in the layout of a UUID v7, so that their text order is time order.
#[derive(Debug, Clone, Default)]
pub enum Ids {
    #[default]
    Random,
    Seeded {
        clock: Clock,
        random: Arc<Mutex<StdRng>>,
    },
}

impl Ids {
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::Seeded { clock, random: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))) }
    }

    /// Whose text order is the order of this clock's time.
    pub fn timed_by(clock: &Clock) -> Self {
        match clock {
            Clock::System => Self::Random,
            Clock::Manual(_) => Self::seeded(clock.clone(), rand::random()),
        }
    }

    pub fn bits(&self) -> u128 {
        match self {
            Self::Random => uuid::Uuid::now_v7().as_u128(),
            Self::Seeded { clock, random } => {
                let mut bytes = [0; 10];
                random.lock().unwrap_or_else(|broken| broken.into_inner()).fill_bytes(&mut bytes);
                uuid::Builder::from_unix_timestamp_millis(clock.now().0.unsigned_abs(), &bytes).into_uuid().as_u128()
            }
        }
    }
}
