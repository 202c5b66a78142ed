//! `ellipsis`: short questions of shoppers that leave out what was said before, completed as the desk completes them. Our
//! own list; the rules were worked on with every second case, and the others are only measured.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};
use understanding::{
    context::{Focus, complete},
    entities::{Moment, entities},
    text::{language_of, normal},
};

use super::{Report, rounded};

const CASES: &str = include_str!("../../../content/evaluation/shop_talk.yaml");

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The turns before, each with who spoke: `S ` or `B `.
    talk: Vec<String>,
    product: Option<String>,
    order: Option<String>,
    #[serde(default)]
    list: Vec<String>,
    #[serde(default)]
    names_product: bool,
    says: String,
    /// Whole questions any of which is right.
    means: Vec<String>,
}

impl Case {
    fn completed(&self) -> String {
        let said = |turn: &String| turn.split_once(' ').map_or(String::new(), |(_, text)| text.to_owned());
        let turns: Vec<String> = self.talk.iter().map(said).collect();
        let last = self.talk.iter().rposition(|turn| turn.starts_with("S "));
        let focus = Focus {
            product: self.product.as_deref(),
            order: self.order.as_deref(),
            list: &self.list,
            last_question: last.map(|at| turns[at].as_str()),
            turns: &turns,
            names_product: self.names_product,
        };
        let moment = Moment::new(domain::time::Timestamp(0), jiff::tz::TimeZone::UTC);
        let language = language_of(&self.says).unwrap_or_default();
        complete(&self.says, language, &entities(&self.says, &moment), &focus)
            .map_or_else(|| self.says.clone(), |completed| completed.text)
    }

    fn stands_alone(&self) -> bool {
        self.means.iter().any(|means| bare(means) == bare(&self.says))
    }
}

/// Without marks and spaces, which nobody searches for.
fn bare(text: &str) -> String {
    normal(text).chars().filter(|symbol| symbol.is_alphanumeric()).collect()
}

/// Our own list, or another of its form.
pub fn ellipsis(data: Option<&Path>) -> Result<Report> {
    let begun = Instant::now();
    let text = match data {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))?,
        None => CASES.to_owned(),
    };
    let File { cases } = serde_yaml_ng::from_str(&text)?;
    let half = |rest: usize| cases.iter().skip(rest).step_by(2).collect::<Vec<_>>();
    let mut metrics = measured(&half(1));
    metrics["development"] = measured(&half(0));
    let data = data.unwrap_or_else(|| Path::new("content/evaluation/shop_talk.yaml"));
    Ok(Report::new("ellipsis", data, cases.len(), begun, metrics, json!({})))
}

fn measured(cases: &[&Case]) -> Value {
    let share = |kept: &dyn Fn(&Case) -> bool| {
        let kept: Vec<&&Case> = cases.iter().filter(|case| kept(case)).collect();
        let right = |case: &&&&Case| {
            let made = bare(&case.completed());
            case.means.iter().any(|means| bare(means) == made)
        };
        rounded(kept.iter().filter(right).count() as f64 / kept.len().max(1) as f64)
    };
    let in_chinese = |case: &Case| language_of(&case.says) == Some(domain::language::Language::Zh);
    json!({
        "exact": share(&|_| true), "n": cases.len(),
        "exact_where_something_is_missing": share(&|case| !case.stands_alone()),
        "left_alone_where_nothing_is": share(&Case::stands_alone),
        "zh": share(&in_chinese), "en": share(&|case| !in_chinese(case)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_large_and_in_both_languages() {
        let File { cases } = serde_yaml_ng::from_str(CASES).expect("the list is well formed");
        assert!(cases.len() >= 120);
        assert!(cases.iter().all(|case| !case.means.is_empty() && !case.says.is_empty()));
        let english = cases.iter().filter(|case| case.says.is_ascii()).count();
        assert!((40..80).contains(&english), "{english}");
    }

    #[test]
    fn most_of_what_is_left_out_is_given_back() {
        let report = ellipsis(None).expect("the list is well formed");
        assert!(report.metrics["development"]["exact"].as_f64() > Some(0.8), "{:?}", report.metrics);
        assert!(report.metrics["development"]["left_alone_where_nothing_is"].as_f64() > Some(0.8));
    }
}
