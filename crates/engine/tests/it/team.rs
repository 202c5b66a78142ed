//! Signing in: throttled, revocable, and never telling whether an account exists.

use domain::staff::{Permission, Presence};
use engine::{
    error::DeskError,
    staff::{self, MAX_FAILED_SIGN_INS, StaffChange},
};

use crate::desk::test;

const PASSWORD: &str = "a long enough password";

#[tokio::test]
async fn sign_in_and_out() {
    let test = test().await;
    staff::set_presence(&test.desk, test.agent.id, Presence::Offline).await.unwrap();
    let signed = staff::sign_in(&test.desk, " Agent@Example.com ", PASSWORD, "::1").await.unwrap();
    assert_eq!(signed.staff.presence, Presence::Online);
    let (who, _) = staff::who(&test.desk, &signed.token).await.unwrap().expect("signed in");
    assert_eq!(who.id, test.agent.id);
    assert!(staff::can(&who, None, Permission::Serve) && !staff::can(&who, None, Permission::WriteKnowledge));
    staff::sign_out(&test.desk, &signed.token).await.unwrap();
    assert!(staff::who(&test.desk, &signed.token).await.unwrap().is_none());
    let agent = test.desk.store.staff(test.agent.id).await.unwrap().unwrap();
    assert_eq!(agent.presence, Presence::Offline);
}

#[tokio::test]
async fn failures_are_throttled_for_known_and_unknown_alike() {
    let test = test().await;
    for email in ["agent@example.com", "nobody@example.com"] {
        for attempt in 0..MAX_FAILED_SIGN_INS {
            let address = format!("10.0.0.{attempt}");
            let failed = staff::sign_in(&test.desk, email, "wrong password", &address).await;
            assert!(matches!(failed, Err(DeskError::SignInFailed)), "{failed:?}");
        }
        let blocked = staff::sign_in(&test.desk, email, PASSWORD, "10.0.1.1").await;
        assert!(matches!(blocked, Err(DeskError::TooMany { .. })));
    }
    test.clock.advance_ms(staff::FAILED_WINDOW_MS + 1);
    staff::sign_in(&test.desk, "agent@example.com", PASSWORD, "10.0.1.1").await.unwrap();
}

#[tokio::test]
async fn disabling_ends_what_is_signed_in() {
    let test = test().await;
    let signed = staff::sign_in(&test.desk, "agent@example.com", PASSWORD, "::1").await.unwrap();
    let change = StaffChange { disabled: Some(true), ..StaffChange::default() };
    staff::update(&test.desk, None, test.agent.id, change).await.unwrap();
    assert!(staff::who(&test.desk, &signed.token).await.unwrap().is_none());
    let again = staff::sign_in(&test.desk, "agent@example.com", PASSWORD, "::1").await;
    assert!(matches!(again, Err(DeskError::SignInFailed)));
    // An agent can't grant anything to anybody.
    let by_agent = staff::update(&test.desk, Some(&test.supervisor), test.agent.id, StaffChange::default()).await;
    assert!(matches!(by_agent, Err(DeskError::Forbidden)));
}
