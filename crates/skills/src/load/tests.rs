//! Files as merchants write them, right and wrong, and where the faults are found.

use super::*;

fn source(file: &str, text: &str) -> Source {
    Source { file: file.to_owned(), text: text.to_owned() }
}

fn fixture(name: &str) -> Source {
    let path = format!("{}/fixtures/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    source(&format!("{name}.yaml"), &std::fs::read_to_string(path).expect("a fixture"))
}

/// A small skill, with one line put in another's place.
fn with(line: &str, instead: &str) -> Vec<String> {
    const TEXT: &str = r#"name: urge
title: {zh: 催, en: Urge}
group: in_sale
examples:
  zh: [a, b, c, d, e, f, g, h]
  en: [i, j, k, l, m, n, o, p]
slots:
  order:
    type: order
    where: candidate.state == 'paid'
    ask: {zh: 哪个？, en: "Which?"}
steps:
  - fill: [order]
  - say: {zh: "{{ slots.order.key }}", en: "{{ slots.order.key }}"}
  - do: urge_shipment
    with: {order: slots.order.key}
    confirm: {zh: 好吗, en: All right}
    done: {zh: 好了, en: Done}
"#;
    assert!(TEXT.contains(line), "{line}");
    match read(&source("urge.yaml", &TEXT.replacen(line, instead, 1))) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect(),
    }
}

#[test]
fn the_first_skills_load() {
    let track = read(&fixture("track_parcel")).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(track.is_read_only() && track.needs_verified && track.examples.zh.len() >= MIN_EXAMPLES);
    let returns = read(&fixture("return_items")).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(returns.actions().collect::<Vec<_>>(), ["return_items"]);
    assert_eq!(returns.filled_at("reason"), Some(5));
}

#[test]
fn faults_have_their_line_and_say_what_is_wrong() {
    assert_eq!(with("fill", "fill"), Vec::<String>::new());
    let cases = [
        ("name: urge", "name: other", "1: `other` stands in the file urge.yaml"),
        ("group: in_sale", "group: sometime", "3: `sometime` is none of pre_sale, in_sale, after_sale"),
        ("[a, b, c, d, e, f, g, h]", "[a, b]", "5: 2 examples are too few: at least 8"),
        ("    type: order", "    type: parcel", "9: `parcel` is none of order"),
        ("candidate.state", "candidate.stat", "10: `candidate.stat`: no field `stat` of `candidate`"),
        ("candidate.state ==", "candidate.state =", "10: "),
        ("fill: [order]", "fill: [order, item]", "13: no slot `item` to fill"),
        (
            "zh: \"{{ slots.order.key }}\"",
            "zh: \"{{ slots.order.number }}\"",
            "14: `slots.order.number`: no field `number`",
        ),
        ("en: \"{{ slots.order.key }}\"", "en: \"{{ slots.order.key\"", "14: line 1 of the text"),
        ("urge_shipment", "shout", "15: `shout` is none of cancel_order"),
        ("with: {order: slots.order.key}", "with: {parcel: slots.order.key}", "15: `with` needs `order`"),
        ("    done: {zh: 好了, en: Done}", "    done: {zh: 好了}", "18: `en` is missing"),
        ("    confirm:", "    confirms:", "15: `confirm` is missing"),
        ("en: All right", "en: \"{{ result.say }}\"", "17: nothing is called `result` here"),
    ];
    for (line, instead, expected) in cases {
        let faults = with(line, instead);
        assert!(faults.iter().any(|fault| fault.starts_with(expected)), "{instead}: {faults:#?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text =
        "name: a\ntitle: {zh: x}\ngroup: never\nnonsense: 1\nsteps:\n  - say: {zh: 好, en: Good}\n  - shout: x\n";
    let faults = read(&source("a.yaml", text)).unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 7], "{faults:#?}");
    let torn = read(&source("a.yaml", "name: [a\nb: c")).unwrap_err();
    assert_eq!(torn.len(), 1);
}

#[test]
fn files_may_not_contradict_each_other() {
    let one = fixture("return_items");
    let mut other = source("again.yaml", &one.text.replace("name: return_items", "name: again"));
    let faults = load(&[one.clone(), other.clone()]).unwrap_err();
    assert!(faults.iter().any(|fault| fault.message.contains("is an example of")), "{faults:#?}");
    other.text = one.text.replace("- end: true", "- offer: [nowhere]");
    other.file = "return_items.yaml".into();
    let faults = load(&[other]).unwrap_err();
    assert!(faults[0].message.contains("offers `nowhere`"), "{faults:#?}");
}
