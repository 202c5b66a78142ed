//! Something else in the middle of a flow: it is served at once, and what was under way waits, is offered again, or is
//! dropped for it. Nobody is kept in a flow.

use std::sync::Arc;

use domain::{conversation::ReplyKind, message::Body};
use skills::{Input, Progress, Skill, skill::Kind};

use super::{
    Wanted,
    converse::{Spoken, move_on, under_way},
    turn::{Acted, begin, begin_together, settle},
};
use crate::{
    bot::{
        draft::Draft,
        memory::{Choice, ChoiceOption, Target},
        passages, texts,
        turn::Turn,
        understand::Social,
    },
    error::Result,
};

/// Surer than this a message is about another skill than the one under way.
const ELSEWHERE_CHANCE: f64 = 0.6;

/// Something else in the middle of a flow. It is served at once; after that the flow is offered again, once.
pub(super) async fn aside(
    turn: &mut Turn<'_>,
    skill: &Arc<Skill>,
    mut progress: Progress,
    others: Vec<Wanted>,
    bodies: &[&Body],
) -> Result<Acted> {
    turn.memory.flow = None;
    // What neither asks nor wishes is an answer that wasn't understood, unless it is surely something else.
    let is_wish = turn.understood.wants_something() && !turn.understood.says_nothing();
    let others: Vec<Wanted> = others.into_iter().filter(|other| is_wish || other.chance >= ELSEWHERE_CHANCE).collect();
    if others.iter().any(|other| other.skill.rules_out(skill)) {
        let title = skill.title.in_language(turn.language());
        let dropped = Draft::plain(ReplyKind::Social, texts::instead_of(title, turn.language()));
        return Box::pin(begin_after(turn, Some(dropped), others, bodies)).await;
    }
    // What is answered now may put another order or product into focus; the flow's own stays.
    let focus = (turn.memory.order.clone(), turn.memory.product.clone());
    let is_social = turn.understood.social.is_some();
    let answer = answer_aside(turn, others, bodies).await?;
    if answer.handoff.is_some() {
        return Ok(answer);
    }
    if turn.memory.flow.is_some() {
        // The other wish has a question of its own.
        turn.memory.pause(progress);
        return Ok(answer);
    }
    (turn.memory.order, turn.memory.product) = focus;
    let Some(answer) = answer.draft else {
        return match move_on(turn, skill, &mut progress, Input::Unclear).await? {
            Spoken::Said(reply) => Ok(settle(turn, progress, *reply)),
            Spoken::Aside => Ok(Acted::default()),
        };
    };
    if !is_social {
        progress.note_digression();
    }
    if progress.was_offered_again() {
        let title = skill.title.in_language(turn.language());
        let left = Draft::plain(answer.kind, texts::left_off(title, turn.language()));
        let draft = Draft::join(Some(answer), left);
        return Ok(Acted::said(with_later(turn, draft)));
    }
    Ok(match move_on(turn, skill, &mut progress, Input::Resume).await? {
        Spoken::Said(reply) => {
            let mut acted = settle(turn, progress, *reply);
            acted.draft = Some(match acted.draft {
                Some(question) => Draft::join(Some(answer), question),
                None => answer,
            });
            acted
        }
        Spoken::Aside => Acted::said(answer),
    })
}

/// New wishes after what was said of the flow that is over.
pub(super) async fn begin_after(
    turn: &mut Turn<'_>,
    said: Option<Draft>,
    wishes: Vec<Wanted>,
    bodies: &[&Body],
) -> Result<Acted> {
    turn.answers_flow = false;
    let mut more = begin(turn, wishes, bodies).await?;
    more.draft = match (said, more.draft) {
        (Some(said), Some(more)) => Some(Draft::join(Some(said), more)),
        (said, more) => more.or(said),
    };
    Ok(more)
}

async fn answer_aside(turn: &mut Turn<'_>, others: Vec<Wanted>, bodies: &[&Body]) -> Result<Acted> {
    let language = turn.language();
    if let Some(social) = turn.understood.social.filter(|it| *it != Social::Confirm) {
        return Ok(Acted::said(Draft::plain(ReplyKind::Social, turn.settings.tone.usable().social(social, language))));
    }
    if !others.is_empty() {
        let acted = Box::pin(begin_together(turn, others, bodies, None)).await?;
        if acted.draft.is_some() {
            return Ok(acted);
        }
    }
    // To what isn't asked, an article would be an answer to something else.
    if !turn.understood.wants_something() || turn.understood.says_nothing() {
        return Ok(Acted::default());
    }
    let question = turn.understood.text.clone();
    let draft = passages::answer(turn, &question).await?.filter(|it| it.kind == ReplyKind::Answered);
    Ok(Acted { draft, handoff: None })
}

/// The flow that was left for another wish, from where it stands.
pub async fn take_up(turn: &mut Turn<'_>) -> Result<Acted> {
    turn.answers_flow = true;
    turn.memory.flow = turn.memory.paused.take();
    let Some((skill, mut progress)) = under_way(turn) else { return Ok(Acted::default()) };
    match move_on(turn, &skill, &mut progress, Input::Resume).await? {
        Spoken::Said(reply) => Ok(settle(turn, progress, *reply)),
        Spoken::Aside => Ok(Acted::default()),
    }
}

/// What was left or put off is offered, once, when nothing is under way any more.
pub fn with_later(turn: &mut Turn<'_>, draft: Draft) -> Draft {
    if turn.memory.flow.is_some() || draft.choice.is_some() {
        return draft;
    }
    let language = turn.language();
    let skills = turn.desk.skills.skills();
    let paused = turn.memory.paused.as_ref().and_then(|paused| skills.get(&paused.skill)).cloned();
    let later = std::mem::take(&mut turn.memory.later);
    let option = |label: String, target: Target| ChoiceOption { label, target };
    let mut options = Vec::new();
    let mut question = texts::what_was_put_off(language).to_owned();
    if let Some(skill) = paused {
        let title = skill.title.in_language(language);
        question = texts::shall_we_go_on(title, language);
        options.push(option(texts::go_on_with(title, language), Target::Paused));
    }
    let later = later.iter().filter_map(|name| skills.get(name));
    options.extend(
        later.map(|skill| option(skill.title.in_language(language).to_owned(), Target::Skill(skill.name.clone()))),
    );
    if options.is_empty() {
        turn.memory.paused = None;
        return draft;
    }
    options.push(option(texts::no_need(language).to_owned(), Target::Nothing));
    let more = Draft::plain(draft.kind, question);
    let choice = Choice { question: turn.understood.text.clone(), options };
    Draft::join(Some(draft), more).with_choice(choice)
}

/// What the message wishes beside the flow. A name by itself answers a question for one, whatever else it may mean.
pub(super) fn others(turn: &Turn<'_>, skill: &Skill, progress: &Progress, wanted: &[Wanted]) -> Vec<Wanted> {
    let asked = progress.asked().and_then(|name| skill.slot(name)).map(|slot| slot.kind);
    let wants_record = matches!(asked, Some(Kind::Order | Kind::Item | Kind::Items | Kind::Product | Kind::Variant));
    if wants_record && turn.names_product && !turn.understood.wants_something() {
        return Vec::new();
    }
    wanted.iter().filter(|it| it.skill.name != skill.name).cloned().collect()
}

/// Whether a wish is surely none of the flow's. Near relatives, such as a return and an exchange, are told apart by what
/// the flow can make of the message.
pub(super) fn is_clear(turn: &Turn<'_>, skill: &Skill, other: &Wanted) -> bool {
    let is_whole = turn.requested.iter().any(|it| it.is_whole && it.skill.name == other.skill.name);
    is_whole || other.chance >= ELSEWHERE_CHANCE && !other.skill.rules_out(skill)
}
