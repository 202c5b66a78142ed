//! Skills, readings and conversation tests, as the console sees them.

use engine::bot::skill::{Next, Would, rehearse::Verdict};
use serde::{Deserialize, Serialize};
use skills::{Fault, Skill, Skills};
use utoipa::ToSchema;

use super::basics::Bilingual;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkillGroup {
    PreSale,
    InSale,
    AfterSale,
}

/// Something the bot can carry out.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillView {
    pub name: String,
    pub title: Bilingual,
    pub group: SkillGroup,
    pub needs_verified: bool,
    pub examples_zh: Vec<String>,
    pub examples_en: Vec<String>,
    pub slots: Vec<SkillSlot>,
    /// What it may do to an order; empty for a skill that only tells.
    pub actions: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillSlot {
    pub name: String,
    pub title: Bilingual,
    pub is_optional: bool,
}

impl SkillView {
    pub fn of(skill: &Skill) -> Self {
        let slot = |slot: &skills::skill::Slot| SkillSlot {
            name: slot.name.clone(),
            title: slot.title.clone().into(),
            is_optional: slot.optional,
        };
        Self {
            name: skill.name.clone(),
            title: skill.title.clone().into(),
            group: match skill.group {
                skills::Group::PreSale => SkillGroup::PreSale,
                skills::Group::InSale => SkillGroup::InSale,
                skills::Group::AfterSale => SkillGroup::AfterSale,
            },
            needs_verified: skill.needs_verified,
            examples_zh: skill.examples.zh.clone(),
            examples_en: skill.examples.en.clone(),
            slots: skill.slots.iter().map(slot).collect(),
            actions: skill.actions().map(str::to_owned).collect(),
        }
    }
}

/// What was read in a sentence.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingView {
    /// What the bot would do, by the same rules as in a conversation.
    pub next: NextStep,
    /// The skills it would begin, in the order of the wishes; empty unless `next` is `begin`.
    pub begins: Vec<SkillName>,
    /// Likeliest first; empty while the reader is still being trained.
    pub intents: Vec<IntentView>,
    /// The chance that the first is right, where a sentence outside everything is always wrong.
    pub reliability: f32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    Begin,
    HandOff,
    /// Politeness, answered as such.
    Social,
    /// The articles are searched.
    Search,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SkillName {
    pub skill: String,
    pub title: Bilingual,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntentView {
    /// Absent: an answer from the articles.
    pub skill: Option<String>,
    pub title: Option<Bilingual>,
    pub chance: f32,
}

impl ReadingView {
    pub fn of(would: &Would, skills: &Skills) -> Self {
        let reading = would.reading.clone().unwrap_or_default();
        let (next, begun): (_, &[_]) = match &would.next {
            Next::Begin(skills) => (NextStep::Begin, skills),
            Next::HandOff(_) => (NextStep::HandOff, &[]),
            Next::Social => (NextStep::Social, &[]),
            Next::Search => (NextStep::Search, &[]),
        };
        let name =
            |it: &std::sync::Arc<skills::Skill>| SkillName { skill: it.name.clone(), title: it.title.clone().into() };

        let intent = |intent: &engine::reader::Intent| IntentView {
            skill: intent.skill.as_deref().map(str::to_owned),
            title: intent.skill.as_deref().and_then(|name| skills.get(name)).map(|skill| skill.title.clone().into()),
            chance: intent.chance,
        };
        Self {
            next,
            begins: begun.iter().map(name).collect(),
            intents: reading.intents.iter().map(intent).collect(),
            reliability: reading.reliability,
        }
    }
}

/// What came of conversation tests.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayReport {
    /// What is wrong with the text of the tests; nothing was played then.
    pub faults: Vec<FaultView>,
    pub conversations: Vec<PlayView>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultView {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub message: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayView {
    pub name: String,
    pub passed: bool,
    /// What was not as expected, with the number of the turn from 1.
    pub differences: Vec<DifferenceView>,
    pub turns: Vec<PlayTurn>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferenceView {
    pub turn: usize,
    pub what: String,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayTurn {
    pub shopper: String,
    pub bot: String,
    pub skills: Vec<String>,
}

impl PlayReport {
    pub fn faulty(faults: Vec<Fault>) -> Self {
        let fault = |fault: Fault| FaultView {
            file: fault.file,
            line: fault.line,
            column: fault.column,
            message: fault.message,
        };
        Self { faults: faults.into_iter().map(fault).collect(), conversations: Vec::new() }
    }

    pub fn of(verdicts: Vec<Verdict>) -> Self {
        let play = |verdict: Verdict| PlayView {
            passed: verdict.passed(),
            name: verdict.name,
            differences: verdict.differences.into_iter().map(|(turn, what)| DifferenceView { turn, what }).collect(),
            turns: verdict
                .turns
                .into_iter()
                .map(|(shopper, seen)| PlayTurn { shopper, bot: seen.text, skills: seen.skills })
                .collect(),
        };
        Self { faults: Vec::new(), conversations: verdicts.into_iter().map(play).collect() }
    }
}
