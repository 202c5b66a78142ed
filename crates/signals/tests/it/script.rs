//! What the behaviour script sends is understood: its own test writes the batch that is read here.

use domain::time::Timestamp;
use signals::event::{Name, Origin, Subject, read};

use crate::world::content;

#[test]
fn a_batch_of_the_behaviour_script_is_understood_whole() {
    let bytes = std::fs::read(content().join("web/behaviour/test/batch.json")).unwrap();
    let now = Timestamp(1_795_338_000_900);
    let entries: Vec<_> =
        read(&bytes, Origin::Browser, now).unwrap().entries.into_iter().collect::<Result<_, _>>().unwrap();
    let names: Vec<Name> = entries.iter().map(|it| it.event.name).collect();
    assert!(names.contains(&Name::CheckoutFailed) && names.contains(&Name::UTurn) && names.len() > 5);
    let added = entries.iter().find(|it| it.event.name == Name::ProductAdded).unwrap();
    assert_eq!(added.event.subject(), Some("tent-2"));
    for entry in &entries {
        assert!(matches!(&entry.subject, Subject::Anonymous(id) if id.starts_with("01a2027b")));
        assert!(entry.consent.unwrap().service_outreach && entry.event.page.is_some());
        assert_eq!(entry.event.at, now, "it was sent in the moment it happened");
        // GA4's value of what was added says nothing that its lines don't.
        assert!(entry.dropped <= usize::from(entry.event.name == Name::ProductAdded));
    }
}
