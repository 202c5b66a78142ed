//! Carrying a flow through one turn: its calls are carried out, what it says becomes a draft, and what it did goes into
//! the trace.

use std::sync::Arc;

use domain::{
    conversation::ReplyKind,
    language::Bilingual,
    message::{Card, QuickAction, QuickReply},
    shop::{OrderKey, ProductKey},
    trace::TurnStage,
};
use serde_json::Value as Json;
use skills::{
    Effect, Input, Outcome, Progress, Scene, Skill, Then, advance,
    run::{Note, What},
    template::Voice,
};

use super::{tools, view};
use crate::{
    bot::{
        draft::Draft,
        lookup::{order_card, product_card},
        memory::{Choice, ChoiceOption, Target},
        texts,
        turn::Turn,
    },
    error::Result,
};

/// Calls in one turn: no honest skill makes as many.
const MAX_CALLS: usize = 60;
/// Cards under one reply.
const MAX_CARDS: usize = 4;

/// What a flow made of a turn.
pub enum Spoken {
    /// The message is no answer to what was asked.
    Aside,
    Said(Box<Reply>),
}

pub struct Reply {
    pub draft: Draft,
    pub then: Then,
}

pub async fn move_on(turn: &mut Turn<'_>, skill: &Skill, progress: &mut Progress, input: Input) -> Result<Spoken> {
    let scene = scene(turn).await;
    let mut input = input;
    for _ in 0..MAX_CALLS {
        match advance(skill, progress, &scene, input) {
            Effect::Call(call) => input = Input::Result(tools::carry_out(turn, &call).await?),
            Effect::Aside => return Ok(Spoken::Aside),
            Effect::Turn(outcome) => {
                trace(turn, skill, progress, &outcome);
                remember(turn, progress);
                return Ok(Spoken::Said(Box::new(reply(turn, outcome).await)));
            }
        }
    }
    let outcome = Outcome { then: Then::Broken("too many calls".into()), ..Outcome::default() };
    trace(turn, skill, progress, &outcome);
    Ok(Spoken::Said(Box::new(reply(turn, outcome).await)))
}

async fn scene(turn: &Turn<'_>) -> Scene {
    let conversation = &turn.stored.conversation;
    let customer = match (&conversation.customer, turn.desk.connector(turn.shop.id)) {
        (Some(key), Some(connector)) => connector.customer(key).await.ok(),
        _ => None,
    };
    let page = turn.stored.page.as_ref();
    let order = turn.memory.order.as_ref().map(|order| order.0.clone());
    let product = turn.memory.product.as_ref().map(|product| product.0.clone());
    Scene {
        voice: Voice { language: turn.language(), zone: turn.settings.time_zone.clone(), now: turn.now },
        customer: customer.as_ref().map(view::customer),
        order_in_focus: order.or_else(|| page.and_then(|page| page.order.clone())),
        product_in_focus: product.or_else(|| page.and_then(|page| page.product.clone())),
    }
}

/// The order and the product it was about stay in focus.
fn remember(turn: &mut Turn<'_>, progress: &Progress) {
    for (_, value) in progress.slots() {
        let key = |field: &str| value.get(field).and_then(Json::as_str);
        if value.get("items").is_some() {
            turn.memory.order = key("key").map(OrderKey::from);
        } else if value.get("variants").is_some() {
            turn.memory.product = key("key").map(ProductKey::from);
        }
    }
}

async fn reply(turn: &mut Turn<'_>, outcome: Outcome) -> Reply {
    let language = turn.language();
    let kind = match &outcome.then {
        Then::Waits | Then::Offers(_) => ReplyKind::Clarified,
        Then::CalledOff | Then::Declined => ReplyKind::Social,
        Then::Unavailable | Then::Broken(_) => ReplyKind::Abstained,
        Then::Finished | Then::Refused | Then::HandsOff => ReplyKind::Answered,
    };
    let text: Vec<&str> = outcome.said.iter().map(|said| said.text.as_str()).filter(|text| !text.is_empty()).collect();
    let mut draft = Draft::new(kind, text.join("\n\n"), Default::default());
    for said in &outcome.said {
        said.evidence.iter().for_each(|piece| draft.evidence.add(piece.clone()));
        for button in &said.replies {
            let reply = match button.action {
                Some(action) => QuickReply::action(&button.label, action),
                None => QuickReply::say(&button.label),
            };
            if !draft.body.quick_replies.contains(&reply) {
                draft.body.quick_replies.push(reply);
            }
        }
        for card in &said.cards {
            if draft.body.cards.len() < MAX_CARDS
                && let Some(card) = make_card(turn, card).await
                && !draft.body.cards.contains(&card)
            {
                draft.body.cards.push(card);
            }
        }
    }
    draft.body.sources = std::mem::take(&mut turn.cited);
    for source in &draft.body.sources {
        draft.evidence.add(source.title.clone());
    }
    match &outcome.then {
        Then::Offers(names) => draft = offer(turn, draft, names),
        Then::Unavailable => {
            draft = Draft::plain(ReplyKind::Abstained, texts::shop_unavailable(language))
                .with_action(texts::talk_to_human(language), QuickAction::Human);
        }
        _ => {}
    }
    Reply { draft, then: outcome.then }
}

/// Skills on buttons; a press begins the skill.
pub fn offer(turn: &Turn<'_>, draft: Draft, names: &[String]) -> Draft {
    let skills = turn.desk.skills.skills();
    let options: Vec<ChoiceOption> = names
        .iter()
        .filter_map(|name| skills.get(name))
        .map(|skill| ChoiceOption {
            label: skill.title.in_language(turn.language()).to_owned(),
            target: Target::Skill(skill.name.clone()),
        })
        .collect();
    draft.with_choice(Choice { question: turn.understood.text.clone(), options })
}

async fn make_card(turn: &Turn<'_>, card: &skills::run::Card) -> Option<Card> {
    let connector = turn.desk.connector(turn.shop.id)?;
    match card {
        skills::run::Card::Order(key) => {
            let customer = turn.stored.conversation.customer.as_ref()?;
            let order = connector.order_of(customer, &OrderKey(key.clone())).await.ok()?;
            Some(Card::Order(order_card(&order, turn.language())))
        }
        skills::run::Card::Product(key) => {
            let product = connector.product(&ProductKey(key.clone())).await.ok()?;
            product_card(&product, turn.language()).map(Card::Product)
        }
    }
}

fn trace(turn: &mut Turn<'_>, skill: &Skill, progress: &Progress, outcome: &Outcome) {
    let title = &skill.title;
    for note in &outcome.notes {
        let words = words(note, skill);
        turn.tracing.step(
            TurnStage::Act,
            format!("「{}」{}", title.zh, words.zh),
            format!("{}: {}", title.en, words.en),
            serde_json::json!({ "skill": skill.name, "note": note }),
        );
    }
    let (zh, en) = match &outcome.then {
        Then::Waits => ("等待买家回答", "waits for the shopper"),
        Then::Finished => ("完成", "finished"),
        Then::CalledOff => ("买家取消了", "called off by the shopper"),
        Then::Declined => ("买家没有确认", "not confirmed by the shopper"),
        Then::Refused => ("规则不允许", "refused by a policy"),
        Then::Offers(_) => ("推荐其他服务", "offers another skill"),
        Then::HandsOff => ("交给人工", "goes to a person"),
        Then::Unavailable => ("店铺系统没有响应", "the shop doesn't answer"),
        Then::Broken(_) => ("技能本身有错", "the skill is faulty"),
    };
    let broken = if let Then::Broken(why) = &outcome.then { Some(why) } else { None };
    if let Some(why) = broken {
        tracing::warn!(shop = %turn.shop.id, skill = skill.name, why, "a skill failed");
    }
    let filled: Vec<&str> = progress.slots().map(|(name, _)| name).collect();
    turn.tracing.step(
        TurnStage::Act,
        format!("「{}」{zh}", title.zh),
        format!("{}: {en}", title.en),
        serde_json::json!({
            "skill": skill.name, "version": skill.version, "step": progress.step(skill), "asked": progress.asked(),
            "filled": filled, "performed": progress.performed, "fault": broken,
        }),
    );
}

fn words(note: &Note, skill: &Skill) -> Bilingual {
    let slot = skill
        .slot(&note.name)
        .map_or_else(|| Bilingual::new(note.name.clone(), note.name.clone()), |slot| slot.title.clone());
    let verdict = note.detail.get("verdict").or_else(|| note.detail.get("outcome")).and_then(Json::as_str);
    let verdict = verdict.unwrap_or_default();
    match note.what {
        What::Filled => Bilingual::new(format!("已知：{}", slot.zh), format!("known: {}", slot.en)),
        What::Asked => Bilingual::new(format!("询问：{}", slot.zh), format!("asks for: {}", slot.en)),
        What::Emptied => Bilingual::new(format!("更正：{}", slot.zh), format!("corrected: {}", slot.en)),
        What::Called => Bilingual::new(format!("查询 {}", note.name), format!("looks up {}", note.name)),
        What::Previewed => Bilingual::new(
            format!("规则检查 {}：{verdict}", note.name),
            format!("policies on {}: {verdict}", note.name),
        ),
        What::Confirming => {
            Bilingual::new(format!("请买家确认 {}", note.name), format!("asks to confirm {}", note.name))
        }
        What::Performed => {
            Bilingual::new(format!("执行 {}：{verdict}", note.name), format!("performs {}: {verdict}", note.name))
        }
        What::Branched => Bilingual::new(format!("分支 {}", note.name), format!("branch {}", note.name)),
    }
}

/// A flow that can still be continued: begun with this version of a skill that is still there.
pub fn under_way(turn: &Turn<'_>) -> Option<(Arc<Skill>, Progress)> {
    let progress = turn.memory.flow.clone()?;
    let skill = turn.desk.skills.skills().get(&progress.skill).cloned()?;
    (progress.is_of(&skill) && progress.is_waiting()).then_some((skill, progress))
}
