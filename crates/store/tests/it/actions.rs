//! Actions: one row a key, moved on by one hand at a time, listed by order, by conversation and by who has to agree.

use domain::id::*;
use store::*;

use crate::world::{T0, World};

fn audit(world: &World, what: &str) -> NewAudit {
    NewAudit {
        id: AuditId::from_bits(world.next()),
        at: T0,
        staff: None,
        action: what.into(),
        subject: "act".into(),
        detail: "{}".into(),
    }
}

fn job(world: &World, key: &str) -> NewJob {
    NewJob {
        id: JobId::from_bits(world.next()),
        kind: "action",
        key: key.into(),
        payload: key.into(),
        run_at: T0,
        max_attempts: 3,
    }
}

fn wish(world: &World, shop: &Shop, key: &str) -> StoredAction {
    StoredAction {
        id: ActionId::from_bits(world.next()),
        shop: shop.id,
        conversation: None,
        customer: Some("C1".into()),
        order: Some("SL1".into()),
        key: key.into(),
        name: "cancel_order".into(),
        wish: "{\"action\":\"cancel_order\"}".into(),
        by_kind: "bot".into(),
        by_id: None,
        state: "running".into(),
        rule: None,
        approver: None,
        preview: "{}".into(),
        outcome: None,
        decided_by: None,
        undo_until: None,
        created_at: T0.plus_ms(world.next() as i64),
        updated_at: T0,
    }
}

pub async fn check_actions(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let talk = world.talk(&shop, T0).await;
    let mut first = StoredAction { conversation: Some(talk.state.id), ..wish(world, &shop, "a") };
    world.create_action(&first, &audit(world, "action.asked"), Some(&job(world, "a"))).await.unwrap();
    assert_eq!(world.job_counts().await.unwrap().waiting, 1, "the job comes with it");
    assert_eq!(world.action(first.id).await.unwrap().as_ref(), Some(&first));
    assert_eq!(world.action(ActionId::from_bits(1)).await.unwrap(), None);
    let again = wish(world, &shop, "a");
    let taken = world.create_action(&again, &audit(world, "action.asked"), None).await;
    assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    assert_eq!(world.audit(None, None, 10).await.unwrap().rows.len(), 1, "what is not written is not audited");
    let beside = world.create_action(&wish(world, &shop, "z"), &audit(world, "action.asked"), None).await;
    assert!(matches!(beside, Err(StoreError::Conflict)), "one at a time on an order: {beside:?}");
    let elsewhere = wish(world, &other, "a");
    world.create_action(&elsewhere, &audit(world, "action.asked"), None).await.unwrap();
    assert_eq!(world.action_by_key(other.id, "a").await.unwrap().as_ref(), Some(&elsewhere));

    first.state = "done".into();
    first.outcome = Some("{\"x\":1}".into());
    first.undo_until = Some(T0.plus_ms(5));
    first.updated_at = T0.plus_ms(9);
    world.advance_action(&first, "running", &audit(world, "action.done"), None).await.unwrap();
    assert_eq!(world.action_by_key(shop.id, "a").await.unwrap().as_ref(), Some(&first));
    let late = world.advance_action(&first, "running", &audit(world, "action.done"), None).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "somebody else was first: {late:?}");

    let waiting = StoredAction {
        state: "awaiting_approval".into(),
        rule: Some("large_refund".into()),
        approver: Some("supervisor".into()),
        ..wish(world, &shop, "b")
    };
    world.create_action(&waiting, &audit(world, "action.asked"), None).await.unwrap();
    let running = StoredAction { order: Some("SL1".into()), ..wish(world, &shop, "c") };
    world.create_action(&running, &audit(world, "action.asked"), None).await.unwrap();
    let both = StoredAction { state: "running".into(), ..waiting.clone() };
    let both = world.advance_action(&both, "awaiting_approval", &audit(world, "action.approved"), None).await;
    assert!(matches!(both, Err(StoreError::Conflict)), "{both:?}");
    let running = StoredAction { state: "failed".into(), order: Some("SL1".into()), ..running };
    world.advance_action(&running, "running", &audit(world, "action.failed"), None).await.unwrap();
    let list = |filter: ActionFilter| async move { world.actions(&filter, 10).await.unwrap() };
    let of_order = list(ActionFilter::Order(shop.id, "SL1".into())).await;
    assert_eq!(of_order, [running, waiting.clone(), first.clone()], "the latest first");
    assert_eq!(list(ActionFilter::Conversation(talk.state.id)).await, [first]);
    assert_eq!(list(ActionFilter::Waiting(vec![shop.id, other.id])).await, [waiting]);
    assert!(list(ActionFilter::Waiting(vec![other.id])).await.is_empty());
    assert!(list(ActionFilter::Waiting(vec![])).await.is_empty());
}

/// Several hands ask under one key at once: one row.
pub async fn check_one_key(world: &World) {
    let shop = world.shop().await;
    let (wishes, audits): (Vec<_>, Vec<_>) =
        (0..6).map(|_| (wish(world, &shop, "same"), audit(world, "action.asked"))).unzip();
    let asks = wishes.iter().zip(&audits).map(|(wish, audit)| world.create_action(wish, audit, None));
    let made = futures::future::join_all(asks).await;
    assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1, "{made:?}");
    assert!(made.iter().all(|made| matches!(made, Ok(()) | Err(StoreError::Conflict))), "{made:?}");
}

/// What a person wished for goes with them; that something was done stays.
pub async fn check_erased_actions(world: &World) {
    let shop = world.shop().await;
    let talk = world.talk(&shop, T0).await;
    let own = StoredAction {
        conversation: Some(talk.state.id),
        customer: None,
        wish: "{\"street\":\"secret road\"}".into(),
        preview: "{\"text\":\"secret road\"}".into(),
        ..wish(world, &shop, "own")
    };
    let others = StoredAction { order: Some("SL2".into()), ..wish(world, &shop, "others") };
    for action in [&own, &others] {
        world.create_action(action, &audit(world, "action.asked"), None).await.unwrap();
    }
    world.erase_shopper(talk.shopper, T0.plus_ms(1)).await.unwrap();
    let left = world.action(own.id).await.unwrap().unwrap();
    assert_eq!((left.wish.as_str(), left.preview.as_str(), left.state.as_str()), ("{}", "{}", "running"));
    assert_eq!(world.action(others.id).await.unwrap(), Some(others));
}
