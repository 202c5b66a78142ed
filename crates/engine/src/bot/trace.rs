//! Collecting the readable record of a turn while it runs.

use std::time::Instant;

use domain::{
    language::Bilingual,
    trace::{TraceStep, TurnStage},
};
use serde::Serialize;

/// Codes as people say them: a trace is read by the merchant.
pub mod words {
    use domain::{
        handoff::{Emotion, HandoffReason},
        language::{Bilingual, Language},
    };

    pub fn language(language: Language) -> Bilingual {
        match language {
            Language::Zh => Bilingual::new("中文", "Chinese"),
            Language::En => Bilingual::new("英文", "English"),
        }
    }

    pub fn emotion(emotion: Emotion) -> Bilingual {
        match emotion {
            Emotion::Calm => Bilingual::new("平静", "calm"),
            Emotion::Worried => Bilingual::new("着急", "worried"),
            Emotion::Upset => Bilingual::new("不满", "upset"),
            Emotion::Angry => Bilingual::new("愤怒", "angry"),
        }
    }

    pub fn reason(reason: HandoffReason) -> Bilingual {
        let text = |language| crate::handoff::reason_text(reason, language);
        Bilingual::new(text(Language::Zh), text(Language::En))
    }
}

pub struct Tracing {
    begun: Instant,
    step_begun: Instant,
    pub steps: Vec<TraceStep>,
}

impl Default for Tracing {
    fn default() -> Self {
        let now = Instant::now();
        Self { begun: now, step_begun: now, steps: Vec::new() }
    }
}

impl Tracing {
    /// Closes the step that has been running since the one before.
    pub fn step(&mut self, stage: TurnStage, zh: impl Into<String>, en: impl Into<String>, detail: impl Serialize) {
        let took_ms = self.step_begun.elapsed().as_millis() as i64;
        let detail = serde_json::to_value(detail).unwrap_or_default();
        self.steps.push(TraceStep { stage, took_ms, summary: Bilingual::new(zh, en), detail });
        self.step_begun = Instant::now();
    }

    pub fn took_ms(&self) -> i64 {
        self.begun.elapsed().as_millis() as i64
    }
}
