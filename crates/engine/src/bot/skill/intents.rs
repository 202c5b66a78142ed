//! Which skills a message asks for, one for each thing asked in it.

use std::sync::Arc;

use domain::{id::ShopId, language::Language};
use skills::{Skill, Skills};
use understanding::acts::{Act, Reply, act_of, reply_of};

use super::{apart, request::Requested};
use crate::{
    bot::{
        memory::Memory,
        normal::likeness,
        pointing::pointed,
        understand::{Topic, Understanding},
        vectors::{Vectors, without_numbers},
    },
    desk::Desk,
    library,
    reader::{self, Reading},
};

// What each of the three thresholds below is worth, and its neighbours, `tandem eval reading --data content` measures on
// questions the reader has never seen: `operating_points`, `guess_points` and `likeness_points`.

/// Chance of being right from which a skill is begun.
const RELIABLE_ENOUGH: f32 = 0.4;
/// Chance from which an unsure reading is followed when an order or a product is named.
const GUESS_CHANCE: f32 = 0.15;
/// Likeness with an example from which a skill is meant.
const LIKE_ENOUGH: f64 = 0.45;
/// Likeness from which a text is said to be the phrasing itself: a particle or a mark may differ.
const EXACT: f64 = 0.85;
/// How sure the words of a topic are by themselves.
const TOPIC_CHANCE: f64 = 0.5;
/// A longer message says more than which of a list.
const POINTING_CHARS: usize = 32;
/// Things carried out for one message; more is no message any more.
const MAX_WANTED: usize = 4;
/// The skill that tells of a product that is only pointed at.
const TELLS_OF_PRODUCT: &str = "product_facts";

/// A skill that is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub skill: Arc<Skill>,
    /// The part of the message that asks for it.
    pub text: String,
    pub chance: f64,
}

/// What a message is heard against.
#[derive(Clone, Copy)]
pub struct Hearing<'a> {
    pub desk: &'a Desk,
    pub shop: ShopId,
    pub understood: &'a Understanding,
    pub memory: &'a Memory,
    pub vectors: &'a Vectors,
    /// What is asked to be done to orders, in plain words.
    pub requested: &'a [Requested],
    /// The message names something of the catalogue.
    pub names_product: bool,
    /// The shop vouches for the shopper.
    pub is_known: bool,
}

/// What the reader makes of a text; `None` before its first training.
pub async fn reading(hearing: Hearing<'_>, text: &str) -> Option<Reading> {
    let vector = hearing.vectors.of(hearing.desk, text).await;
    reader::read(hearing.desk, hearing.shop, &without_numbers(text), vector.as_deref())
}

/// What a message wants.
#[derive(Debug, Default)]
pub struct Wants {
    /// In the order of the message.
    pub skills: Vec<Wanted>,
    /// Of several things asked, those that go to no skill.
    pub rest: Vec<String>,
}

impl Wants {
    fn one(found: Wanted) -> Self {
        Self { skills: vec![found], rest: Vec::new() }
    }
}

pub async fn wanted(hearing: Hearing<'_>) -> Wants {
    let skills = hearing.desk.skills.skills();
    let asks = &hearing.understood.understood.asks;
    let whole = [hearing.understood.text.clone()];
    let asks: &[String] = if asks.len() > 1 { asks } else { &whole };
    if let Some(found) = corrected(hearing, &skills).or_else(|| pointed_at(hearing, &skills)) {
        return Wants::one(found);
    }
    // 「发什么快递，可以指定吗？」 is one question, however many it looks like.
    match exact(hearing, &skills, &whole[0]) {
        Some(Exact::Skill(skill)) => return Wants::one(Wanted { skill, text: whole[0].clone(), chance: 1.0 }),
        Some(Exact::Article) => return Wants::default(),
        None => {}
    }
    let mut parts = Vec::new();
    for ask in asks {
        parts.extend(apart::wishes_in(hearing, ask).await);
    }
    let mut wants = Wants::default();
    for part in &parts {
        let is_told = parts.len() > 1 && matches!(exact(hearing, &skills, part), Some(Exact::Article));
        let found = match reading(hearing, part).await {
            _ if is_told => None,
            Some(reading) => likeliest(&skills, hearing, part, &reading),
            // Before the first training.
            None => alike(&skills, hearing, part),
        };
        let is_new = |found: &Wanted| !wants.skills.iter().any(|it| it.skill.name == found.skill.name);
        match found {
            Some(found) if wants.skills.len() < MAX_WANTED && is_new(&found) => wants.skills.push(found),
            Some(_) => {}
            None if parts.len() > 1 => wants.rest.push(part.clone()),
            None => {}
        }
    }
    wants.skills = with_requests(hearing, wants.skills);
    wants
}

enum Exact {
    Skill(Arc<Skill>),
    Article,
}

/// Whose words these are: an example's of a skill, or a phrasing's of an article. Nothing that is only likely goes before
/// that. Who requests something wants it done, even where an article tells how.
fn exact(hearing: Hearing<'_>, skills: &Skills, text: &str) -> Option<Exact> {
    let bare = without_numbers(text);
    let language = hearing.understood.language;
    let of_article = library::nearest_phrasing(hearing.desk, hearing.shop, language, &bare);
    let length = letters(&bare);
    // Texts of other lengths are never so alike; comparing all of them takes long.
    let is_near = |example: &str| {
        let (one, other) = (length.min(letters(example)), length.max(letters(example)));
        one as f64 >= EXACT * other as f64 - 1.0
    };
    let by_skill = nearest(skills, language, &bare, is_near).filter(|(_, likeness)| *likeness >= EXACT.max(of_article));
    if let Some((skill, _)) = by_skill {
        Some(Exact::Skill(skill))
    } else if of_article >= EXACT && act_of(text) != Act::Request && hearing.understood.order_numbers.is_empty() {
        Some(Exact::Article)
    } else {
        None
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|symbol| symbol.is_alphanumeric()).count()
}

/// The skill with the example most like it, of those examples that are looked at.
fn nearest(
    skills: &Skills,
    language: Language,
    bare: &str,
    is_looked_at: impl Fn(&str) -> bool,
) -> Option<(Arc<Skill>, f64)> {
    let likeness_of = |skill: &Arc<Skill>| {
        let examples = skill.examples.of(language).iter().filter(|example| is_looked_at(example));
        examples.map(|example| likeness(example, bare)).fold(0.0, f64::max)
    };
    let all = skills.iter().map(|skill| (skill.clone(), likeness_of(skill)));
    all.max_by(|one, other| one.1.total_cmp(&other.1))
}

/// A request with everything it needs is surer than a reading of the words.
fn with_requests(hearing: Hearing<'_>, mut wanted: Vec<Wanted>) -> Vec<Wanted> {
    let is_question = hearing.understood.asks_something();
    for it in hearing.requested.iter().filter(|it| it.is_whole && !is_question) {
        if wanted.iter().any(|known| known.skill.name == it.skill.name) {
            continue;
        }
        let found = Wanted { skill: it.skill.clone(), text: hearing.understood.text.clone(), chance: 1.0 };
        match &wanted[..] {
            [only] if only.chance < f64::from(RELIABLE_ENOUGH) + 0.2 => wanted = vec![found],
            [] => wanted.push(found),
            _ => {}
        }
    }
    wanted
}

/// 「不是这单，是 SL…」 after a skill has answered: the same once more, about what is meant.
fn corrected(hearing: Hearing<'_>, skills: &Skills) -> Option<Wanted> {
    let is_named = hearing.names_product || !hearing.understood.order_numbers.is_empty();
    let said = &hearing.understood.said;
    let corrects = skills::words::corrects(said) || matches!(reply_of(said), Reply::Correct { .. });
    let is_correction = is_named && hearing.memory.flow.is_none() && corrects;
    let skill = skills.get(hearing.memory.last_skill.as_ref().filter(|_| is_correction)?)?;
    skill.is_read_only().then(|| Wanted { skill: skill.clone(), text: hearing.understood.text.clone(), chance: 1.0 })
}

/// 「第二个」 or 「刚才第一个」 by itself after several products were shown.
fn pointed_at(hearing: Hearing<'_>, skills: &Skills) -> Option<Wanted> {
    let memory = hearing.memory;
    let is_open = memory.flow.is_none() && memory.choice.is_none();
    let said = &hearing.understood.said;
    let is_short = said.chars().filter(|symbol| symbol.is_alphanumeric()).count() <= POINTING_CHARS;
    let [_] = &pointed(said, memory)[..] else { return None };
    if !is_open || !is_short || hearing.understood.wants_something() {
        return None;
    }
    let skill = skills.get(TELLS_OF_PRODUCT)?.clone();
    Some(Wanted { skill, text: hearing.understood.text.clone(), chance: 1.0 })
}

/// The skill the reader is sure of; an unsure reading still counts when the message names the shopper's own order or a
/// product, since nothing else can answer about those.
fn likeliest(skills: &Skills, hearing: Hearing<'_>, text: &str, reading: &Reading) -> Option<Wanted> {
    let first = reading.intents.first()?;
    let named = first.skill.as_ref().and_then(|name| skills.get(name));
    if let Some(skill) = named.filter(|_| reading.reliability >= RELIABLE_ENOUGH) {
        let chance = f64::from(reading.reliability);
        return Some(Wanted { skill: skill.clone(), text: text.to_owned(), chance });
    }
    // A rule of the shop is told by an article; what is the shopper's own is not.
    let is_named = hearing.names_product || !hearing.understood.order_numbers.is_empty();
    let guess = reading.intents.iter().find(|intent| intent.skill.is_some() && intent.chance >= GUESS_CHANCE);
    if let Some(skill) = guess.filter(|_| is_named).and_then(|it| skills.get(it.skill.as_ref()?)) {
        return Some(Wanted { skill: skill.clone(), text: text.to_owned(), chance: TOPIC_CHANCE });
    }
    alike(skills, hearing, text)
}

fn alike(skills: &Skills, hearing: Hearing<'_>, text: &str) -> Option<Wanted> {
    let best = nearest(skills, hearing.understood.language, &without_numbers(text), |_| true);
    let best = best.filter(|(_, likeness)| *likeness >= LIKE_ENOUGH);
    best.map(|(skill, chance)| Wanted { skill, text: text.to_owned(), chance }).or_else(|| {
        let skill = skills.get(by_topic(hearing)?)?.clone();
        Some(Wanted { skill, text: text.to_owned(), chance: TOPIC_CHANCE })
    })
}

/// Rules of the shop ("多久发货") are for the articles, the shopper's own order ("我的怎么还没发货") is for the records.
fn by_topic(hearing: Hearing<'_>) -> Option<&'static str> {
    let (understood, memory) = (hearing.understood, hearing.memory);
    let names_order = !understood.order_numbers.is_empty();
    let is_personal = understood.is_own || names_order || memory.order.is_some();
    let has_product = memory.product.is_some() || hearing.names_product || !memory.shown.is_empty();
    let found = understood.topics.iter().find_map(|topic| match topic {
        Topic::Logistics if is_personal || hearing.is_known => Some("track_parcel"),
        Topic::RefundStatus if is_personal || hearing.is_known => Some("refund_status"),
        Topic::OrderStatus if is_personal => Some("order_status"),
        Topic::ProductStock if has_product => Some("stock"),
        Topic::ProductPrice | Topic::ProductFacts if has_product => Some("product_facts"),
        _ => None,
    });
    found.or(names_order.then_some("order_status"))
}
