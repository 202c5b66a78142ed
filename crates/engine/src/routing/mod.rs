//! Routing at work: the plan a shop has set up, who serves whom by it, and what becomes of conversations whose agent
//! has gone. `domain::routing` decides; here it is carried out, by any node, on hints and on a sweep.

mod dry_run;
mod facts;
mod gather;
mod keep;
mod plan;
mod presence;
mod reclaim;
mod round;
mod rules;
mod staffing;
mod turns;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use domain::{
    id::{ShopId, StaffId},
    time::Timestamp,
};

pub use dry_run::{DryRun, RuleUse, dry_run};
pub(crate) use keep::{keep, sweep};
pub use plan::{Planned, calendar, plan, read, save};
pub(crate) use plan::{compiled_of, queue_for};
pub(crate) use presence::seen;
pub(crate) use reclaim::missed;
pub use round::round;
pub use staffing::{Ask, Hour, Staffing, staffing};

/// What is kept between rounds, for speed only: everything in it follows from what is stored.
#[derive(Default)]
pub struct Memory {
    /// Compiled rules, by the version of the plan.
    plans: Mutex<HashMap<ShopId, Arc<rules::Compiled>>>,
    /// What the rules say of those who wait.
    needs: Mutex<HashMap<gather::NeedsKey, gather::Needs>>,
    /// When each console was last written down as being there.
    heard: Mutex<HashMap<StaffId, Timestamp>>,
}
