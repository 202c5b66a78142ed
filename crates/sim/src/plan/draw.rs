//! Drawing a plan from a seed: scenes as people play them, with faults and races strewn among them.

use domain::staff::Presence;
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    Act, CONTACTS, CUSTOMERS, Deed, HintWeather, LINES, Meanwhile, Moment, Pause, Plan, REPLIES, Race, Saying,
    ShopperDoes, StaffDoes, Step, What,
};

pub const NODES: usize = 2;
pub const MAX_AGENTS: usize = 3;
/// The supervisor comes after the agents in the team.
const SUPERVISOR: usize = MAX_AGENTS;
const MAX_SHOPPERS: usize = 4;
const MAX_SPAN_MS: i64 = 240_000;
/// Further than any lease or the time a bot may be silent.
const FAR_JUMP_MS: std::ops::Range<i64> = 20_001..90_000;
/// Further than an answered conversation stays open.
const IDLE_JUMP_MS: i64 = 35 * 60_000;
/// Further than a resolved conversation can be continued by another word.
const DAY_JUMP_MS: i64 = 25 * 3_600_000;
/// Longer than a bot waits for a second message.
const SETTLED_MS: i64 = 400;
/// As many as a turn has.
const ATTEMPTS: usize = 3;
/// More than the polls of a whole turn, so that every place of it is met.
const MAX_POLLS: usize = 70;

pub fn draw(seed: u64) -> Plan {
    let mut rng = StdRng::seed_from_u64(seed);
    let shoppers = rng.random_range(1..=MAX_SHOPPERS);
    let agents = rng.random_range(1..=MAX_AGENTS);
    let hints = HintWeather {
        lost_percent: rng.random_range(0..50),
        doubled_percent: rng.random_range(0..50),
        late_ms_max: rng.random_range(1..5_000),
    };
    let span_ms = rng.random_range(20_000..MAX_SPAN_MS);
    let mut drawing = Drawing { rng, shoppers, agents, span_ms, clients: 0, steps: Vec::new() };
    drawing.scenes();
    drawing.races();
    drawing.faults();
    let assigns = assigns(seed);
    if assigns {
        drawing.comings_and_goings();
    }
    let mut steps = drawing.steps;
    steps.sort_by_key(|step| step.at_ms);
    Plan { seed, has_articles: has_articles(seed), shoppers, assigns, hints, steps }
}

/// Indexing articles takes longer than everything else a node does when it is opened.
const fn has_articles(seed: u64) -> bool {
    seed.is_multiple_of(4)
}

/// In every other service the desk assigns.
const fn assigns(seed: u64) -> bool {
    seed % 2 == 1
}

struct Drawing {
    rng: StdRng,
    shoppers: usize,
    agents: usize,
    span_ms: i64,
    clients: usize,
    steps: Vec<Step>,
}

impl Drawing {
    fn add(&mut self, at_ms: i64, what: What) {
        self.steps.push(Step { at_ms, what });
    }

    fn act(&mut self, at_ms: i64, act: Act) {
        self.add(at_ms, What::Act(act));
    }

    fn node(&mut self) -> usize {
        self.rng.random_range(0..NODES)
    }

    fn percent(&mut self, chance: u32) -> bool {
        self.rng.random_range(0..100) < chance
    }

    fn moment(&mut self) -> i64 {
        self.rng.random_range(0..self.span_ms)
    }

    fn later(&mut self, at_ms: i64, within_ms: i64) -> i64 {
        at_ms + self.rng.random_range(1..=within_ms)
    }

    fn saying(&mut self, lines: usize) -> Saying {
        self.clients += 1;
        Saying { client: self.clients, line: self.rng.random_range(0..lines) }
    }

    fn scenes(&mut self) {
        for shopper in 0..self.shoppers {
            let first = self.rng.random_range(0..self.span_ms / 2);
            self.shopper_scene(shopper, first);
            for _ in 0..self.rng.random_range(0..=1) {
                let at = self.moment();
                self.shopper_scene(shopper, at);
            }
        }
        for staff in (0..self.agents).chain([SUPERVISOR]) {
            for _ in 0..self.rng.random_range(1..=2) {
                let at = self.moment();
                self.staff_scene(staff, at);
            }
        }
        for _ in 0..self.rng.random_range(1..=4) {
            let (at, node) = (self.moment(), self.node());
            self.act(at, Act::work(node));
        }
    }

    /// A burst of messages, workers in time or late, and perhaps a wish.
    fn shopper_scene(&mut self, shopper: usize, mut at: i64) {
        if self.percent(20) {
            let (node, prefers_human) = (self.node(), self.percent(30));
            self.act(at, Act::shopper(node, shopper, ShopperDoes::Open { prefers_human }));
        }
        if self.percent(25) {
            self.signing_in(shopper, at);
        }
        for _ in 0..self.rng.random_range(1..=3) {
            at = self.later(at, 2_500);
            self.say(shopper, at);
        }
        if self.percent(20) {
            // Two tabs, two different messages.
            let (node, one, other) = (self.node(), self.saying(LINES.len()), self.saying(LINES.len()));
            let say = |node, saying| Act::shopper(node, shopper, ShopperDoes::Say(saying));
            self.add(at, What::Together(say(node, one), say(1 - node, other)));
        }
        for _ in 0..self.rng.random_range(1..=2) {
            let (when, node) = (self.later(at, 3_000), self.node());
            match self.percent(25) {
                true => self.add(when, What::Together(Act::work(node), Act::work(1 - node))),
                false => self.act(when, Act::work(node)),
            }
        }
        at = self.later(at, 8_000);
        if let Some(wish) = self.wish() {
            let node = self.node();
            self.act(at, Act::shopper(node, shopper, wish));
        }
        if self.percent(15) {
            let when = self.later(at, 20_000);
            self.signing_in(shopper, when);
        }
    }

    fn wish(&mut self) -> Option<ShopperDoes> {
        let line = self.percent(50).then(|| self.rng.random_range(0..LINES.len()));
        Some(match self.rng.random_range(0..10) {
            0..=2 => ShopperDoes::AskHuman,
            3 | 4 => ShopperDoes::ChooseBot,
            5 => ShopperDoes::LeaveContact { contact: self.rng.random_range(0..CONTACTS.len()), line },
            // One star too few and one too many are refused.
            6 => ShopperDoes::Rate { stars: self.rng.random_range(0..=6), line },
            7 => ShopperDoes::Read,
            _ => return None,
        })
    }

    /// On one node, or in two tabs at once.
    fn signing_in(&mut self, shopper: usize, at: i64) {
        let (node, customer) = (self.node(), self.rng.random_range(0..CUSTOMERS.len()));
        let act = |node| Act::shopper(node, shopper, ShopperDoes::Identify { customer });
        match self.percent(30) {
            true => self.add(at, What::Together(act(node), act(1 - node))),
            false => self.act(at, act(node)),
        }
    }

    /// Said once and heard; or the acknowledgement is lost and it is sent again; or twice at the same time.
    fn say(&mut self, shopper: usize, at: i64) {
        let (node, saying) = (self.node(), self.saying(LINES.len()));
        let act = |node| Act::shopper(node, shopper, ShopperDoes::Say(saying));
        self.send(at, act(node), act(1 - node));
    }

    fn send(&mut self, at: i64, act: Act, elsewhere: Act) {
        match self.rng.random_range(0..100) {
            0..70 => self.act(at, act),
            70..80 => {
                self.act(at, act.clone());
                let again = self.later(at, 6_000);
                let act = if self.percent(50) { elsewhere } else { act };
                self.act(again, act);
            }
            80..90 => self.add(at, What::Together(act, elsewhere)),
            _ => {
                let polls = self.rng.random_range(0..MAX_POLLS / 3);
                self.add(at, What::CutOff(act, polls));
                let again = self.later(at, 6_000);
                self.act(again, elsewhere);
            }
        }
    }

    /// Takes a conversation over, speaks, and lets go of it in one of the ways there are.
    fn staff_scene(&mut self, staff: usize, mut at: i64) {
        let (shopper, node) = (self.rng.random_range(0..self.shoppers), self.node());
        let does = |node, does| Act::staff(node, staff, shopper, does);
        let take_over = does(node, StaffDoes::TakeOver);
        match self.rng.random_range(0..10) {
            0..=2 => self.add(at, What::Together(Act::work(1 - node), take_over)),
            3 => {
                let colleague = self.rng.random_range(0..self.agents);
                self.add(at, What::Together(take_over, Act::staff(1 - node, colleague, shopper, StaffDoes::TakeOver)));
            }
            // Without having taken it over: refused, unless it is in hand already.
            4 => {}
            _ => self.act(at, take_over),
        }
        for _ in 0..self.rng.random_range(0..=2) {
            at = self.later(at, 9_000);
            let saying = self.saying(REPLIES.len());
            let reply = |node| does(node, StaffDoes::Reply(saying));
            self.send(at, reply(node), reply(1 - node));
        }
        if self.percent(40) {
            at = self.later(at, 3_000);
            let aside = if self.percent(50) { StaffDoes::Note } else { StaffDoes::Read };
            self.act(at, does(node, aside));
        }
        if self.percent(30) {
            // Both speak at the same time.
            let (reply, say) = (self.saying(REPLIES.len()), self.saying(LINES.len()));
            let say = Act::shopper(1 - node, shopper, ShopperDoes::Say(say));
            self.add(at, What::Together(does(node, StaffDoes::Reply(reply)), say));
        }
        at = self.later(at, 15_000);
        let with_note = self.percent(30);
        let ending = match self.rng.random_range(0..10) {
            0..=2 => StaffDoes::HandBack { with_note },
            3 | 4 => StaffDoes::Release { with_note },
            5..=7 => StaffDoes::Resolve,
            _ => return,
        };
        self.act(at, does(node, ending));
        if self.percent(25) {
            at = self.later(at, 10_000);
            self.act(at, does(node, StaffDoes::Reopen));
        }
    }

    fn races(&mut self) {
        for _ in 0..self.rng.random_range(2..=4) {
            let at = self.moment();
            let (node, shopper) = (self.node(), self.rng.random_range(0..self.shoppers));
            if self.percent(50) {
                // Only with the bot there is a turn to race with.
                self.act(at, Act::shopper(node, shopper, ShopperDoes::ChooseBot));
            }
            let polls = self.rng.random_range(1..MAX_POLLS);
            let pause = match self.rng.random_range(0..10) {
                0..=4 => Pause::At(Moment::Begun),
                5 | 6 => Pause::At(Moment::Stored),
                _ => Pause::Polls(polls),
            };
            let race = Race {
                node,
                shopper,
                saying: self.saying(LINES.len()),
                pause,
                meanwhile: self.meanwhile(node, shopper),
                finishes: self.percent(85),
            };
            self.add(at, What::Race(race));
        }
    }

    fn meanwhile(&mut self, node: usize, shopper: usize) -> Vec<Meanwhile> {
        let elsewhere = if self.percent(80) { 1 - node } else { node };
        let agent = self.rng.random_range(0..self.agents);
        let saying = self.saying(LINES.len());
        let staff = |staff, does| Meanwhile::Act(Act::staff(elsewhere, staff, shopper, does));
        let shopper = |does| Meanwhile::Act(Act::shopper(elsewhere, shopper, does));
        let far = Meanwhile::Jump { ms: self.rng.random_range(FAR_JUMP_MS) };
        let hand_back = || staff(agent, StaffDoes::HandBack { with_note: false });
        match self.rng.random_range(0..12) {
            0..=2 => vec![staff(agent, StaffDoes::TakeOver)],
            // Control comes back to the bot, but it isn't the same stretch of service any more.
            3 => vec![staff(agent, StaffDoes::TakeOver), hand_back()],
            4 => vec![staff(agent, StaffDoes::TakeOver), shopper(ShopperDoes::Say(saying)), hand_back()],
            5 => vec![shopper(ShopperDoes::AskHuman)],
            6 => vec![shopper(ShopperDoes::AskHuman), shopper(ShopperDoes::ChooseBot)],
            7 => vec![staff(SUPERVISOR, StaffDoes::Resolve)],
            8 => vec![staff(SUPERVISOR, StaffDoes::Resolve), shopper(ShopperDoes::Say(saying))],
            // The lease runs out, and another worker does the turn as well.
            9 => vec![far, Meanwhile::Act(Act::work(1 - node))],
            // The safety net takes the turn for lost.
            10 => vec![far, Meanwhile::Act(Act { node: 1 - node, deed: Deed::Sweep })],
            _ => vec![shopper(ShopperDoes::Say(saying)), Meanwhile::Act(Act::work(1 - node))],
        }
    }

    /// Both nodes assign, at the same time as often as not, while agents come, pause and go and shoppers choose.
    fn comings_and_goings(&mut self) {
        for _ in 0..self.rng.random_range(6..=14) {
            let (at, node) = (self.moment(), self.node());
            let route = |node| Act { node, deed: Deed::Route };
            let (staff, shopper) = (self.rng.random_range(0..=SUPERVISOR), self.rng.random_range(0..self.shoppers));
            let presence = match self.rng.random_range(0..4) {
                0 => Presence::Offline,
                1 => Presence::Paused,
                _ => Presence::Online,
            };
            let changes = Act { node: 1 - node, deed: Deed::Presence { staff, presence } };
            match self.rng.random_range(0..10) {
                0..=3 => self.add(at, What::Together(route(node), route(1 - node))),
                4 => self.add(at, What::Together(route(node), changes)),
                5 => {
                    self.add(at, What::Together(route(node), Act::staff(1 - node, staff, shopper, StaffDoes::TakeOver)))
                }
                6 => self.add(at, What::Together(route(node), Act::shopper(1 - node, shopper, ShopperDoes::ChooseBot))),
                7 => {
                    let polls = self.rng.random_range(0..MAX_POLLS / 2);
                    self.add(at, What::CutOff(route(node), polls));
                }
                8 => self.act(at, changes),
                _ => {
                    self.act(at, Act::shopper(node, shopper, ShopperDoes::AskHuman));
                    self.add(at, What::Together(route(node), route(1 - node)));
                }
            }
        }
    }

    /// Every attempt at a turn is taken by a worker that vanishes.
    fn lost_turn(&mut self) {
        let (mut at, node) = (self.moment(), self.node());
        let (shopper, saying) = (self.rng.random_range(0..self.shoppers), self.saying(LINES.len()));
        self.act(at, Act::shopper(node, shopper, ShopperDoes::ChooseBot));
        self.act(at, Act::shopper(node, shopper, ShopperDoes::Say(saying)));
        at += SETTLED_MS;
        for _ in 0..ATTEMPTS {
            self.add(at, What::WorkerVanishes { node });
            self.add(at, What::Jump { ms: FAR_JUMP_MS.start });
        }
    }

    fn faults(&mut self) {
        if self.percent(15) {
            self.lost_turn();
        }
        for _ in 0..self.rng.random_range(0..=2) {
            let (at, node) = (self.moment(), self.node());
            self.add(at, What::WorkerVanishes { node });
        }
        for _ in 0..self.rng.random_range(0..=1) {
            let (at, node) = (self.moment(), self.node());
            self.add(at, What::Restart { node });
        }
        for _ in 0..self.rng.random_range(0..=2) {
            let at = self.moment();
            let ms = match self.rng.random_range(0..100) {
                0..8 => DAY_JUMP_MS,
                8..25 => IDLE_JUMP_MS,
                _ => self.rng.random_range(FAR_JUMP_MS),
            };
            self.add(at, What::Jump { ms });
        }
        for _ in 0..self.rng.random_range(0..=2) {
            let (at, node) = (self.moment(), self.node());
            self.act(at, Act { node, deed: Deed::Sweep });
        }
        if self.percent(30) {
            let (at, node, polls) = (self.moment(), self.node(), self.rng.random_range(1..MAX_POLLS));
            self.add(at, What::CutOff(Act::work(node), polls));
        }
    }
}
