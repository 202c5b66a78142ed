//! The classifier on a small shop's questions, with vectors that a test can see through.

use super::*;

const VERBS: [&str; 8] = ["please", "hello", "can you", "i want to", "how do i", "could i", "tell me how to", "now"];
const TASKS: [&str; 8] = [
    "cancel my order",
    "change the address",
    "return these shoes",
    "get an invoice",
    "track the parcel",
    "use a coupon",
    "speak to a person",
    "exchange the size",
];

/// A vector near the axis of its task; the rest is noise that depends on the place.
fn vector(task: usize, place: usize) -> Vec<f32> {
    let mut vector: Vec<f32> = (0..16).map(|dim| ((place * 31 + dim * 17) % 23) as f32 / 100.0).collect();
    vector[task % 16] += 1.0;
    vector
}

fn questions() -> Vec<(String, Vec<f32>, usize)> {
    let pairs = TASKS.iter().enumerate().flat_map(|(task, words)| {
        VERBS.iter().enumerate().map(move |(place, verb)| (format!("{verb} {words}"), vector(task, place), task))
    });
    pairs.collect()
}

fn examples(questions: &[(String, Vec<f32>, usize)], with_vectors: bool) -> Vec<Example<'_>> {
    questions
        .iter()
        .map(|(text, vector, label)| Example {
            text,
            vector: with_vectors.then_some(vector.as_slice()),
            label: *label,
            weight: 1.0,
        })
        .collect()
}

#[test]
fn words_alone_are_enough() {
    let questions = questions();
    let classifier = Classifier::train(TASKS.len(), &examples(&questions, false), &Settings::default());
    let prediction = classifier.predict("would you CANCEL this order", None);
    assert_eq!(prediction.best().map(|(label, _)| label), Some(0));
    let sum: f32 = prediction.ranked.iter().map(|(_, chance)| chance).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    let strange = classifier.predict("what is the weather on the moon", None);
    assert!(prediction.familiarity > strange.familiarity, "{prediction:?} {strange:?}");
    assert!(prediction.reliability > strange.reliability);
}

#[test]
fn vectors_tell_what_words_do_not() {
    let questions = questions();
    let classifier = Classifier::train(TASKS.len(), &examples(&questions, true), &Settings::default());
    for (task, _) in TASKS.iter().enumerate() {
        let prediction = classifier.predict("xyz", Some(&vector(task, 99)));
        assert_eq!(prediction.best().map(|(label, _)| label), Some(task));
    }
    assert_eq!(classifier.predict("track my parcel", None).best().map(|(label, _)| label), Some(4));
    // A vector of another model is as good as none.
    assert_eq!(classifier.predict("track my parcel", Some(&[1.0, 0.0])), classifier.predict("track my parcel", None));
}

#[test]
fn the_same_seed_makes_the_same_classifier_and_storing_keeps_it() -> anyhow::Result<()> {
    let questions = questions();
    let train = || Classifier::train(TASKS.len(), &examples(&questions, true), &Settings::default());
    let (one, other) = (train(), train());
    let stored: Classifier = serde_json::from_str(&serde_json::to_string(&one)?)?;
    let ask = |classifier: &Classifier| classifier.predict("an invoice please", Some(&vector(3, 50)));
    assert_eq!(ask(&one), ask(&other));
    assert_eq!(ask(&one), ask(&stored));
    Ok(())
}

#[test]
fn a_text_may_have_several_labels() {
    let questions = questions();
    let mut examples = examples(&questions, false);
    let both: Vec<String> = VERBS.iter().map(|verb| format!("{verb} cancel my order and get an invoice")).collect();
    for text in &both {
        for label in [0, 3] {
            examples.push(Example { text, vector: None, label, weight: 1.0 });
        }
    }
    let classifier = Classifier::train(TASKS.len(), &examples, &Settings::default());
    let among = classifier.among("cancel my order and an invoice", None);
    let least = among[0].min(among[3]);
    assert!(among.iter().enumerate().all(|(label, chance)| label == 0 || label == 3 || *chance < least), "{among:?}");
}

#[test]
fn little_or_nothing_to_learn_from_is_no_reason_to_fail() {
    let nothing = Classifier::train(3, &[], &Settings::default());
    assert_eq!(nothing.predict("hello", None).ranked.len(), 3);
    assert!(Classifier::train(0, &[], &Settings::default()).predict("hello", None).ranked.is_empty());
    let one = [Example { text: "hello", vector: None, label: 1, weight: 1.0 }];
    let classifier = Classifier::train(3, &one, &Settings::default());
    assert_eq!(classifier.predict("hello", None).best().map(|(label, _)| label), Some(1));
}

#[test]
fn outside_examples_teach_what_is_unfamiliar() {
    let questions = questions();
    let outside: Vec<String> = (0..60).map(|number| format!("my order of thoughts number {number}")).collect();
    let outside: Vec<Outside<'_>> = outside.iter().map(|text| Outside { text, vector: None }).collect();
    let examples = examples(&questions, false);
    let classifier = Classifier::train_with_outside(TASKS.len(), &examples, &outside, &Settings::default());
    let strange = classifier.predict("my order of thoughts", None);
    assert!(strange.familiarity < classifier.predict("cancel my order", None).familiarity);
}
