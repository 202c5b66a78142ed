//! Turning an act of the plan into calls of the engine. A deed owns all it needs, so that two can be under way at
//! once, and one can be stopped anywhere.

use std::{pin::Pin, sync::Arc};

use domain::{
    id::{ConversationId, ShopId, StaffId},
    language::Language,
    routing::{Seat, USUAL_WEIGHT},
    staff::Presence,
};
use engine::{
    conversations::{self, Contacted, Outgoing, Sent, Wish},
    desk::Desk,
    error::{DeskError, Result},
    jobs, routing, shoppers, staff,
};
use store::{Shop, Shopper, Side, Staff};

use crate::plan::{CONTACTS, CUSTOMERS, LINES, REPLIES, Saying, ShopperDoes, StaffDoes};
use crate::premises::Lot;

/// What came of a deed.
pub struct Done {
    pub conversation: Option<ConversationId>,
    pub result: Result<Came>,
}

pub enum Came {
    Opened,
    Said(Sent),
    SignedIn(Box<Shopper>),
    Worked(usize),
    Changed,
    /// There was no conversation to do it in.
    Nothing,
}

pub type Doing = Pin<Box<dyn Future<Output = Done>>>;

/// The shopper's side as the widget knows it.
#[derive(Clone)]
pub struct Visit {
    pub shopper: Shopper,
    pub conversation: Option<ConversationId>,
}

pub fn outgoing(saying: Saying, lines: &[&str]) -> Outgoing {
    Outgoing { client: format!("c{}", saying.client), text: lines[saying.line].to_owned(), files: Vec::new() }
}

pub fn work(desk: Arc<Desk>, worker: String) -> Doing {
    Box::pin(async move {
        let result = jobs::run_once(&desk, &worker).await.map(Came::Worked);
        Done { conversation: None, result }
    })
}

pub fn sweep(desk: Arc<Desk>) -> Doing {
    Box::pin(async move {
        let result = jobs::sweep(&desk).await.map(|()| Came::Changed);
        Done { conversation: None, result }
    })
}

pub fn route(desk: Arc<Desk>, shop: ShopId) -> Doing {
    Box::pin(async move {
        let result = routing::round(&desk, shop).await.map(Came::Worked);
        Done { conversation: None, result }
    })
}

pub fn presence(desk: Arc<Desk>, staff: StaffId, presence: Presence) -> Doing {
    Box::pin(async move {
        let result = staff::set_presence(&desk, staff, presence).await.map(|()| Came::Changed);
        Done { conversation: None, result }
    })
}

/// The desk gives conversations to agents. Everybody serves one at a time, so that a second one would be seen.
pub async fn switch_on(desk: &Desk, lot: &Lot) -> anyhow::Result<()> {
    let mut plan = routing::plan(desk, lot.shop.id).await?;
    plan.limits.assigns = true;
    plan.seats = lot.team.iter().map(|staff| Seat { capacity: USUAL_WEIGHT, ..Seat::usual(staff.id) }).collect();
    let supervisor = lot.team.last().ok_or_else(|| anyhow::anyhow!("there is no team"))?;
    routing::save(desk, lot.shop.id, supervisor, 0, &plan).await?;
    Ok(())
}

pub fn by_shopper(desk: Arc<Desk>, shop: Shop, mut visit: Visit, does: ShopperDoes) -> Doing {
    Box::pin(async move {
        let result = shopper_does(&desk, &shop, &mut visit, &does).await;
        Done { conversation: visit.conversation, result }
    })
}

async fn shopper_does(desk: &Desk, shop: &Shop, visit: &mut Visit, does: &ShopperDoes) -> Result<Came> {
    match does {
        ShopperDoes::Open { prefers_human } => return open(desk, visit, *prefers_human).await,
        ShopperDoes::Say(saying) => {
            if visit.conversation.is_none() {
                open(desk, visit, false).await?;
            }
            let id = visit.conversation.ok_or(DeskError::NotFound)?;
            return conversations::say(desk, id, visit.shopper.id, outgoing(*saying, &LINES)).await.map(Came::Said);
        }
        ShopperDoes::Identify { customer } => {
            let key = CUSTOMERS[*customer].into();
            let person = shoppers::identify(desk, shop, Some(&visit.shopper), &key, None, Language::Zh).await?;
            return Ok(Came::SignedIn(Box::new(person)));
        }
        _ => {}
    }
    let Some(id) = visit.conversation else { return Ok(Came::Nothing) };
    let shopper = visit.shopper.id;
    match does {
        ShopperDoes::AskHuman => conversations::ask_human(desk, id, shopper).await.map(drop)?,
        ShopperDoes::ChooseBot => conversations::choose_bot(desk, id, shopper).await.map(drop)?,
        ShopperDoes::LeaveContact { contact, line } => {
            let text = line.map(|line| LINES[line]);
            let word = Contacted { contact: CONTACTS[*contact], text, call_back: false };
            conversations::leave_contact(desk, id, shopper, word).await.map(drop)?;
        }
        ShopperDoes::Rate { stars, line } => {
            conversations::rate(desk, id, shopper, *stars, line.map(|line| LINES[line])).await.map(drop)?;
        }
        ShopperDoes::Read => read(desk, id, Side::Shopper).await?,
        ShopperDoes::Open { .. } | ShopperDoes::Say(_) | ShopperDoes::Identify { .. } => {}
    }
    Ok(Came::Changed)
}

async fn open(desk: &Desk, visit: &mut Visit, prefers_human: bool) -> Result<Came> {
    let wish = Wish { language: visit.shopper.language, prefers_human, page: None };
    let (stored, _) = conversations::open(desk, &visit.shopper, wish).await?;
    visit.conversation = Some(stored.conversation.id);
    Ok(Came::Opened)
}

async fn read(desk: &Desk, id: ConversationId, side: Side) -> Result<()> {
    let seq = desk.store.conversation(id).await?.map_or(0, |stored| stored.conversation.seq);
    conversations::mark_read(desk, id, side, seq).await
}

pub fn by_staff(desk: Arc<Desk>, staff: Staff, conversation: Option<ConversationId>, does: StaffDoes) -> Doing {
    Box::pin(async move {
        let result = match conversation {
            Some(id) => staff_does(&desk, &staff, id, does).await,
            None => Ok(Came::Nothing),
        };
        Done { conversation, result }
    })
}

async fn staff_does(desk: &Desk, staff: &Staff, id: ConversationId, does: StaffDoes) -> Result<Came> {
    let note = |is_wanted: bool| is_wanted.then(|| "已核实订单".to_owned());
    match does {
        StaffDoes::Reply(saying) => {
            return conversations::reply(desk, id, staff, outgoing(saying, &REPLIES)).await.map(Came::Said);
        }
        StaffDoes::TakeOver => conversations::take_over(desk, id, staff).await.map(drop)?,
        StaffDoes::HandBack { with_note } => {
            conversations::hand_back(desk, id, staff, note(with_note)).await.map(drop)?;
        }
        StaffDoes::Release { with_note } => conversations::release(desk, id, staff, note(with_note)).await.map(drop)?,
        StaffDoes::Resolve => conversations::resolve(desk, id, staff).await.map(drop)?,
        StaffDoes::Reopen => conversations::reopen(desk, id, staff).await.map(drop)?,
        StaffDoes::Note => {
            let note = conversations::NewNote { text: "回电过一次".into(), ..conversations::NewNote::default() };
            conversations::note(desk, id, staff, note).await.map(drop)?;
        }
        StaffDoes::Read => read(desk, id, Side::Team).await?,
    }
    Ok(Came::Changed)
}

/// A visitor nobody knows.
pub async fn arrive(desk: &Desk, shop: ShopId, language: Language) -> Result<Visit> {
    Ok(Visit { shopper: shoppers::visitor(desk, shop, language).await?, conversation: None })
}
