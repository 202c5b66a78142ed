//! The shipped policies load, and what is wrong with a merchant's own is said with its line.

use super::*;

fn default() -> Policy {
    load("default.yaml", Policy::DEFAULT, None).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn the_shipped_policies_are_sound() {
    let policy = default();
    for name in domain::action::Action::NAMES {
        assert!(policy.actions.contains_key(name), "{name} has no policy");
    }
    let retail = load("retail_tau2.yaml", Policy::RETAIL_TAU2, None).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(retail.actions.len(), 7);
    let late = &policy.actions["return_items"].rules[1];
    assert_eq!(late.text.en, "The 7 days after delivery are over.", "values stand in texts");
}

#[test]
fn a_merchants_policy_extends_the_default() {
    let base = default();
    let own = "form: tandem-policy/1\nextends: default\ntitle: {zh: 我的, en: Mine}\nvalues: {return_days: 15}\n\
               actions:\n  cancel_order: {who: [agent], undo: 2h}\n";
    let policy = load("own.yaml", own, Some(&base)).unwrap();
    assert_eq!(policy.values["return_days"], 15);
    let cancel = &policy.actions["cancel_order"];
    assert_eq!(
        (cancel.who.as_slice(), cancel.undo_ms, cancel.rules.len()),
        ([ActorKind::Agent].as_slice(), Some(7_200_000), 0)
    );
    assert_eq!(policy.actions["return_items"], base.actions["return_items"]);
}

#[test]
fn faults_have_their_line() {
    let with = |action: &str| {
        format!(
            "form: tandem-policy/1\ntitle: {{zh: a, en: b}}\nvalues: {{days: 7}}\nactions:\n  cancel_order:\n{action}"
        )
    };
    let rule = |require: &str, text: &str| {
        with(&format!("    rules:\n      - name: r\n        require: {require}\n        text: {text}\n"))
    };
    let fine = "{zh: a, en: b}";
    let cases = [
        (rule("order.state ==", fine), 8, "order.state =="),
        (rule("order.stat == \"paid\"", fine), 8, "`order` has no `stat`"),
        (rule("ordre.state == \"paid\"", fine), 8, "`ordre` is not known"),
        (rule("order.total", fine), 8, "neither true nor false"),
        (rule("value.weeks > 1", fine), 8, "`value` has no `weeks`"),
        (rule("items.all(i, i.colour == \"red\")", fine), 8, "colour"),
        (rule("true", "{zh: a}"), 9, "missing field `en`"),
        (rule("true", "{zh: a, en: \" \"}"), 9, "no `en`"),
        (rule("true", "{zh: a, en: \"{weeks} weeks\"}"), 9, "no value `weeks`"),
        (with("    undo: soon\n"), 6, "a time such as"),
        (with("    whom: [bot]\n"), 6, "unknown field `whom`"),
        (with("    who: [everybody]\n"), 6, "unknown variant `everybody`"),
        (with("    rules:\n      - {name: Who May, require: \"true\", text: {zh: a, en: b}}\n"), 7, "small letters"),
        (with("    rules:\n      - {name: order_known, require: \"true\", text: {zh: a, en: b}}\n"), 7, "another rule"),
        (format!("{}  cancel: {{}}\n", with("    undo: 1h\n")), 7, "no action `cancel`"),
        ("form: tandem-policy/2\ntitle: {zh: a, en: b}\n".to_owned(), 1, "`form` must be"),
        ("form: tandem-policy/1\nextends: other\ntitle: {zh: a, en: b}\n".to_owned(), 2, "only `default`"),
    ];
    for (text, line, message) in cases {
        let faults = load("own.yaml", &text, None).expect_err(&text);
        let first = &faults[0];
        assert!(first.message.contains(message), "{text}\n{first}");
        assert_eq!((first.line, first.file.as_str()), (line, "own.yaml"), "{text}\n{first}");
    }
}
