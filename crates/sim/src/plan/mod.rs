//! What happens in a simulated service, and when. A plan follows from its seed alone, never from what the desk does.

mod draw;
mod words;

use domain::staff::Presence;

pub use draw::{MAX_AGENTS, NODES, draw};
pub use words::{CONTACTS, CUSTOMERS, LINES, REPLIES};

#[derive(Debug, Clone)]
pub struct Plan {
    pub seed: u64,
    /// Whether the bot has articles to answer from, or only the shop's records.
    pub has_articles: bool,
    pub shoppers: usize,
    /// Whether the desk gives conversations to agents, one at a time, or they take them by hand.
    pub assigns: bool,
    pub hints: HintWeather,
    /// In the order of time.
    pub steps: Vec<Step>,
}

/// What becomes of hints on their way from one node to the other.
#[derive(Debug, Clone, Copy)]
pub struct HintWeather {
    pub lost_percent: u32,
    pub doubled_percent: u32,
    pub late_ms_max: i64,
}

#[derive(Debug, Clone)]
pub struct Step {
    /// Since the beginning.
    pub at_ms: i64,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    Act(Act),
    /// Both at the same time.
    Together(Act, Act),
    /// Begun and dropped after so many polls, as when the connection or the process goes away.
    CutOff(Act, usize),
    Race(Race),
    /// A worker takes what is due and is never seen again.
    WorkerVanishes {
        node: usize,
    },
    Restart {
        node: usize,
    },
    Jump {
        ms: i64,
    },
}

/// What one person or worker does on one node.
#[derive(Debug, Clone)]
pub struct Act {
    pub node: usize,
    pub deed: Deed,
}

#[derive(Debug, Clone)]
pub enum Deed {
    Shopper {
        shopper: usize,
        does: ShopperDoes,
    },
    Staff {
        staff: usize,
        shopper: usize,
        does: StaffDoes,
    },
    Work,
    Sweep,
    /// Gives those who wait to those who are there.
    Route,
    /// An agent comes, pauses or goes.
    Presence {
        staff: usize,
        presence: Presence,
    },
}

#[derive(Debug, Clone)]
pub enum ShopperDoes {
    Open { prefers_human: bool },
    Say(Saying),
    AskHuman,
    ChooseBot,
    LeaveContact { contact: usize, line: Option<usize> },
    Identify { customer: usize },
    Rate { stars: u8, line: Option<usize> },
    Read,
}

#[derive(Debug, Clone)]
pub enum StaffDoes {
    TakeOver,
    Reply(Saying),
    HandBack { with_note: bool },
    Release { with_note: bool },
    Resolve,
    Reopen,
    Note,
    Read,
}

#[derive(Debug, Clone, Copy)]
pub struct Saying {
    /// The sender's own id; the same again is a repeated send.
    pub client: usize,
    pub line: usize,
}

/// Control passes, or something else changes, while a bot's turn on a fresh message is in flight.
#[derive(Debug, Clone)]
pub struct Race {
    pub node: usize,
    pub shopper: usize,
    pub saying: Saying,
    pub pause: Pause,
    pub meanwhile: Vec<Meanwhile>,
    /// Otherwise the worker dies with the turn.
    pub finishes: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Pause {
    /// Always at the same place.
    At(Moment),
    /// After so many polls, wherever that is: in the middle of a write, too.
    Polls(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It has read the conversation and composes.
    Begun,
    /// Its reply is in the log, its job not yet finished.
    Stored,
}

#[derive(Debug, Clone)]
pub enum Meanwhile {
    Act(Act),
    Jump { ms: i64 },
}

impl Act {
    pub const fn shopper(node: usize, shopper: usize, does: ShopperDoes) -> Self {
        Self { node, deed: Deed::Shopper { shopper, does } }
    }

    pub const fn staff(node: usize, staff: usize, shopper: usize, does: StaffDoes) -> Self {
        Self { node, deed: Deed::Staff { staff, shopper, does } }
    }

    pub const fn work(node: usize) -> Self {
        Self { node, deed: Deed::Work }
    }

    /// The shopper whose conversation it is about.
    pub const fn about(&self) -> Option<usize> {
        match self.deed {
            Deed::Shopper { shopper, .. } | Deed::Staff { shopper, .. } => Some(shopper),
            Deed::Work | Deed::Sweep | Deed::Route | Deed::Presence { .. } => None,
        }
    }

    pub const fn is_signing_in(&self) -> bool {
        matches!(self.deed, Deed::Shopper { does: ShopperDoes::Identify { .. }, .. })
    }
}
