//! Conditions are read, checked and evaluated as `cel` itself would.

use std::sync::Arc;

use cel::{Context, Program, Value, objects::Key};
use domain::time::MINUTE_MS;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::event::{Held, Origin, Properties};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn event(name: Name, at: Timestamp, properties: &[(Property, i64)]) -> Event {
    let properties =
        properties.iter().fold(Properties::default(), |all, (it, value)| all.with(*it, Held::Whole(*value)));
    let (id, origin) = (Uuid::from_u128(7), Origin::Browser);
    Event { id, name, origin, at, received_at: at, properties, items: Vec::new(), page: None }
}

fn asked(source: &str, person: &Person, event: &Event) -> bool {
    let shop = ShopFacts::default();
    let scene = Scene { now: NOW, person, event: Some(event), object: None, shop: &shop };
    Condition::compile(source).unwrap().holds(&scene)
}

#[test]
fn what_is_unknown_decides_nothing() {
    let (person, event) = (Person::default(), event(Name::ProductReviewed, NOW, &[(Property::Rating, 2)]));
    let cases = [
        ("event.rating <= 2", true),
        ("event.stock > 0", false),
        ("!(event.stock > 0)", false),
        ("event.stock > 0 || event.rating == 2", true),
        ("event.rating == 2 || event.stock > 0", true),
        ("event.stock > 0 && true", false),
        ("!has(event.stock) && has(event.rating)", true),
        ("event.rating in [1, 2]", true),
        ("event.rating in [3, event.stock]", false),
        ("has(event.stock) ? event.stock > 9 : event.rating < 3", true),
        ("now / 0 == 1", false),
        ("has(object.paid_at)", false),
        ("-event.rating == -2", true),
    ];
    for (source, holds) in cases {
        assert_eq!(asked(source, &person, &event), holds, "{source}");
    }
}

#[test]
fn what_can_not_be_evaluated_is_refused_with_its_reason() {
    for (source, part) in [
        ("1 +", "Syntax"),
        ("event.password == 'x'", "no field `password`"),
        ("count('Nothing', minute) > 1", "no event is called `Nothing`"),
        ("count('Rage Click', 2 * hour) > 1", "at most an hour"),
        ("count('Rage Click') > 1", "stretch of time"),
        ("event.rating", "true or false is needed"),
        ("event.rating == 'x'", "a whole number is needed"),
        ("event.stage < 'x'", "only whole numbers"),
        ("event.items.all(i, i > 1)", ""),
        ("fetch('x')", "no function `fetch`"),
        ("person.name == 'x'", "nothing is called `person`"),
    ] {
        let error = Condition::compile(source).unwrap_err().to_string();
        assert!(part == "Syntax" || error.contains(part), "{source}: {error}");
    }
}

/// Sums, comparisons and choices over two numbers of the event.
fn sources() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        (-9i64..9).prop_map(|it| it.to_string()),
        Just("event.rating".to_owned()),
        Just("event.attempt".to_owned()),
        Just("count('Rage Click', 5 * minute)".to_owned()),
    ];
    let number = number.prop_recursive(3, 12, 2, |inner| {
        (inner.clone(), prop_oneof![Just("+"), Just("-"), Just("*"), Just("/")], inner)
            .prop_map(|(one, sign, two)| format!("({one} {sign} {two})"))
    });
    let signs = prop_oneof![Just("<"), Just("<="), Just(">"), Just(">="), Just("=="), Just("!=")];
    let truth = (number.clone(), signs, number.clone()).prop_map(|(one, sign, two)| format!("{one} {sign} {two}"));
    let within = (number.clone(), number).prop_map(|(one, two)| format!("{one} in [1, {two}, 3]"));
    prop_oneof![truth, within].prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} && {two})")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} || {two})")),
            inner.clone().prop_map(|one| format!("!({one})")),
            (inner.clone(), inner.clone(), inner).prop_map(|(one, two, three)| format!("({one} ? {two} : {three})")),
        ]
    })
}

proptest! {
    /// Ours is a faster way to the same answers, not another language.
    #[test]
    fn agrees_with_cel(source in sources(), rating in 1i64..6, attempt in -3i64..4, clicks in 0usize..4) {
        let mut person = Person::default();
        for place in 0..clicks {
            person.apply(&event(Name::RageClick, NOW.minus_ms(place as i64 * MINUTE_MS), &[]), true);
        }
        let event = event(Name::CheckoutFailed, NOW, &[(Property::Rating, rating), (Property::Attempt, attempt)]);
        let mut context = Context::default();
        let field = |name: &str, value| (Key::String(Arc::new(name.to_owned())), Value::Int(value));
        let fields = std::collections::HashMap::from([field("rating", rating), field("attempt", attempt)]);
        context.add_variable_from_value("event", Value::Map(cel::objects::Map { map: Arc::new(fields) }));
        context.add_variable_from_value("minute", Value::Int(MINUTE_MS));
        context.add_function("count", move |_: Arc<String>, _: i64| clicks as i64).unwrap();
        let answer = Program::compile(&source).unwrap().execute(&context);
        prop_assert_eq!(asked(&source, &person, &event), matches!(answer, Ok(Value::Bool(true))), "{}", source);
    }
}
