//! The model tells who needs a person, from the past alone.

use super::*;

/// A made-up shop in which the third repetition and the word 99 need a human.
fn dialogues(count: u64) -> Vec<Dialogue> {
    (0..count)
        .map(|number| {
            let mut dialogue = Dialogue { weight: 1.0, ..Dialogue::default() };
            let turns = 3 + (number % 4);
            for turn in 0..turns {
                let is_bad = number % 3 == 0 && turn + 1 == turns;
                let word = if is_bad { 99 } else { 10 + (number * 7 + turn) % 13 };
                let by_shopper = turn % 2 == 0;
                dialogue.said.push(Said {
                    by_shopper,
                    words: vec![word, 3, 4 + number % 5],
                    length: 6,
                    ..Said::default()
                });
                dialogue.needs_human.push(by_shopper.then_some(is_bad && by_shopper));
            }
            dialogue
        })
        .collect()
}

fn quick() -> Settings {
    Settings { trees: 40, folds: 4, ..Settings::default() }
}

#[test]
fn learns_what_needs_a_human_and_says_how_likely() {
    let model = Model::train(&dialogues(120), &quick()).unwrap();
    let say = |word: u64| Said { by_shopper: true, words: vec![word, 3, 5], length: 6, ..Said::default() };
    let (calm, bad) = (model.chance(&[say(12)]), model.chance(&[say(12), Said::default(), say(99)]));
    assert!(bad > 0.6 && calm < 0.2, "calm {calm}, bad {bad}");
    assert_eq!(model.chance(&[]), 0.0);
}

#[test]
fn a_turn_is_judged_by_its_past_alone() {
    let model = Model::train(&dialogues(90), &quick()).unwrap();
    let whole = &dialogues(90)[3].said;
    let chances = model.chances(whole);
    for end in 1..=whole.len() {
        assert_eq!(model.chance(&whole[..end]), chances[end - 1], "what comes after turn {end} changed it");
    }
}

#[test]
fn the_same_seed_makes_the_same_model_and_one_verdict_makes_none() {
    let all = dialogues(60);
    let chances = |model: &Model| model.chances(&all[0].said);
    let one = Model::train(&all, &quick()).unwrap();
    assert_eq!(chances(&one), chances(&Model::train(&all, &quick()).unwrap()));
    let stored: Model = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
    assert_eq!(chances(&stored), chances(&one));
    let calm: Vec<Dialogue> = all
        .iter()
        .map(|it| Dialogue { needs_human: it.needs_human.iter().map(|_| Some(false)).collect(), ..it.clone() })
        .collect();
    assert!(Model::train(&calm, &quick()).is_none());
}
