//! Shoppers, shops, staff, sign-ins and the audit list.

use domain::{
    id::*,
    language::{Bilingual, Language},
    shop::CustomerKey,
    staff::{Presence, Role},
    time::DAY_MS,
};
use store::*;

use crate::world::{T0, World};

pub async fn check_shoppers(world: &World) {
    let shop = world.shop().await;
    let mut shopper = world.shopper(&shop).await;
    assert_eq!(world.store.shopper(shopper.id).await.unwrap().as_ref(), Some(&shopper));
    assert_eq!(world.store.shopper(ShopperId::from_bits(9_999)).await.unwrap(), None);
    let customer = CustomerKey::from("C-1");
    assert_eq!(world.shopper_of_customer(shop.id, &customer).await.unwrap(), None);
    shopper.customer = Some(customer.clone());
    shopper.name = Some("王芳".into());
    shopper.language = Language::En;
    shopper.level = 4;
    shopper.prefers = Some("human".into());
    shopper.contact = Some("wang@example.com".into());
    shopper.seen_at = T0.plus_ms(5);
    world.update_shopper(&shopper).await.unwrap();
    assert_eq!(world.shopper_of_customer(shop.id, &customer).await.unwrap(), Some(shopper.clone()));
    let other_shop = world.shop().await;
    assert_eq!(world.shopper_of_customer(other_shop.id, &customer).await.unwrap(), None);
    let mut second = world.shopper(&shop).await;
    second.customer = Some(customer);
    assert!(matches!(world.update_shopper(&second).await, Err(StoreError::Conflict)));
    second.id = ShopperId::from_bits(world.next());
    assert!(matches!(world.create_shopper(&second).await, Err(StoreError::Conflict)));
    second.customer = None;
    assert!(matches!(world.update_shopper(&second).await, Err(StoreError::Conflict)), "it doesn't exist");
}

pub async fn check_shops(world: &World) {
    let mut shop = world.shop().await;
    let second = world.shop().await;
    assert_eq!(world.shops().await.unwrap(), [shop.clone(), second.clone()]);
    shop.settings = "{\"accent\":\"#123456\"}".into();
    shop.name = Bilingual::new("大店", "Big shop");
    world.update_shop(&shop).await.unwrap();
    assert_eq!(world.store.shop(shop.id).await.unwrap().as_ref(), Some(&shop));
    assert_eq!(world.shop_by_key(&shop.key).await.unwrap().as_ref(), Some(&shop));
    assert_eq!(world.shop_by_key("none").await.unwrap(), None);
    assert_eq!(world.store.shop(ShopId::from_bits(999)).await.unwrap(), None);
    let (before, after) = (shop.settings.clone(), "{}");
    let audit = || entry(world, "bot_settings.changed");
    world.change_shop_settings(shop.id, &before, after, &audit()).await.unwrap();
    let late = world.change_shop_settings(shop.id, &before, "{\"accent\":\"#000000\"}", &audit()).await;
    assert!(matches!(late, Err(StoreError::Conflict)), "somebody else was first");
    shop.settings = after.to_owned();
    assert_eq!(world.store.shop(shop.id).await.unwrap().as_ref(), Some(&shop));
    let told = world.audit(None, Some("settings"), 10).await.unwrap();
    assert_eq!(told.rows.len(), 1, "what was not saved is not told");
    shop.key = second.key.clone();
    assert!(matches!(world.update_shop(&shop).await, Err(StoreError::Conflict)));
    assert!(!format!("{shop:?}").contains("secret"));
}

fn entry(world: &World, action: &str) -> NewAudit {
    NewAudit {
        id: AuditId::from_bits(world.next()),
        at: T0,
        staff: None,
        action: action.to_owned(),
        subject: "settings".to_owned(),
        detail: "{}".to_owned(),
    }
}

pub async fn check_staff(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let mut ann = world.agent(&shop, "Ann").await;
    let zed = world.agent(&shop, "Zed").await;
    assert_eq!(world.staff(ann.id).await.unwrap().as_ref(), Some(&ann));
    assert_eq!(world.staff_by_email(&ann.email.to_uppercase()).await.unwrap().as_ref(), Some(&ann));
    assert_eq!(world.staff(StaffId::from_bits(999)).await.unwrap(), None);
    assert_eq!(world.list_staff().await.unwrap(), [ann.clone(), zed.clone()]);
    ann.grants = vec![Grant { shop: shop.id, role: Role::Supervisor }, Grant { shop: other.id, role: Role::Admin }];
    ann.language = Language::En;
    ann.password_hash = "other".into();
    world.update_staff(&ann).await.unwrap();
    assert_eq!(world.staff(ann.id).await.unwrap().as_ref(), Some(&ann));
    world.set_presence(ann.id, Presence::Paused, T0).await.unwrap();
    assert_eq!(world.staff(ann.id).await.unwrap().unwrap().presence, Presence::Paused);
    let taken = Staff { email: zed.email.to_uppercase(), ..ann.clone() };
    assert!(matches!(world.update_staff(&taken).await, Err(StoreError::Conflict)));
    assert_eq!(world.staff(ann.id).await.unwrap().unwrap().grants, ann.grants, "nothing half done");
    let nowhere = Staff { grants: vec![Grant { shop: ShopId::from_bits(999), role: Role::Agent }], ..ann.clone() };
    assert!(matches!(world.update_staff(&nowhere).await, Err(StoreError::Refused(_))));
    assert_eq!(world.staff(ann.id).await.unwrap().unwrap().grants, ann.grants);
    assert!(!format!("{ann:?}").contains("other"));
}

pub async fn check_agents(world: &World) {
    let (shop, other) = (world.shop().await, world.shop().await);
    let ann = world.agent(&shop, "Ann").await;
    let mut bob = world.agent(&shop, "Bob").await;
    let mut cat = world.agent(&shop, "Cat").await;
    bob.grants.push(Grant { shop: shop.id, role: Role::Supervisor });
    world.update_staff(&bob).await.unwrap();
    cat.grants = vec![Grant { shop: shop.id, role: Role::Operator }];
    world.update_staff(&cat).await.unwrap();
    assert_eq!(world.agents_online(shop.id).await.unwrap(), 2, "two roles are one person; operators don't serve");
    assert_eq!(world.agents_online(other.id).await.unwrap(), 0);
    world.set_presence(ann.id, Presence::Offline, T0).await.unwrap();
    assert_eq!(world.agents_online(shop.id).await.unwrap(), 1);
    for _ in 0..2 {
        let mut talk = world.talk(&shop, T0).await;
        talk.take_over(world, T0, ann.id).await;
    }
    let rows = world.agents(&[shop.id, other.id]).await.unwrap();
    let row = |id, name: &str, presence, open| AgentRow { id, name: name.into(), presence, open };
    assert_eq!(rows, [row(ann.id, "Ann", Presence::Offline, 2), row(bob.id, "Bob", Presence::Online, 0)]);
    bob.disabled = true;
    world.update_staff(&bob).await.unwrap();
    assert_eq!(world.agents_online(shop.id).await.unwrap(), 0);
    assert_eq!(world.agents(&[shop.id]).await.unwrap().len(), 1);
    assert!(world.agents(&[]).await.unwrap().is_empty());
}

pub async fn check_sign_ins(world: &World) {
    let shop = world.shop().await;
    let mut ann = world.agent(&shop, "Ann").await;
    let sign_in = |hash: &str, until: i64| SignIn {
        token_hash: hash.into(),
        staff: ann.id,
        csrf: "csrf".into(),
        created_at: T0,
        expires_at: T0.plus_ms(until),
    };
    let (short, long, longer) = (sign_in("a", 10), sign_in("b", 20), sign_in("c", 30));
    for sign_in in [&short, &long, &longer] {
        world.create_sign_in(sign_in).await.unwrap();
    }
    assert!(matches!(world.create_sign_in(&short).await, Err(StoreError::Conflict)));
    assert_eq!(world.sign_in("a", T0.plus_ms(9)).await.unwrap(), Some(short));
    assert_eq!(world.sign_in("a", T0.plus_ms(10)).await.unwrap(), None, "expired");
    assert_eq!(world.sign_in("x", T0).await.unwrap(), None);
    world.prune_sign_ins(T0.plus_ms(10)).await.unwrap();
    assert_eq!(world.sign_in("a", T0).await.unwrap(), None, "pruned");
    world.delete_sign_in("b").await.unwrap();
    assert_eq!(world.sign_in("b", T0).await.unwrap(), None);
    ann.disabled = true;
    world.update_staff(&ann).await.unwrap();
    assert_eq!(world.sign_in("c", T0).await.unwrap(), None, "disabled");
    ann.disabled = false;
    world.update_staff(&ann).await.unwrap();
    assert_eq!(world.sign_in("c", T0).await.unwrap(), Some(longer));
    world.delete_sign_ins_of(ann.id).await.unwrap();
    assert_eq!(world.sign_in("c", T0).await.unwrap(), None);

    for at in [0, 0, 5] {
        world.note_failed_sign_in("ann@", T0.plus_ms(at)).await.unwrap();
    }
    world.note_failed_sign_in("bob@", T0).await.unwrap();
    assert_eq!(world.failed_sign_ins("ann@", T0).await.unwrap(), 3, "two in one moment are two");
    assert_eq!(world.failed_sign_ins("ann@", T0.plus_ms(1)).await.unwrap(), 1);
    world.prune_sign_ins(T0.plus_ms(DAY_MS + 1)).await.unwrap();
    assert_eq!(world.failed_sign_ins("ann@", T0).await.unwrap(), 1);
    world.clear_failed_sign_ins("ann@").await.unwrap();
    assert_eq!(world.failed_sign_ins("ann@", T0).await.unwrap(), 0);
}

pub async fn check_audit(world: &World) {
    let shop = world.shop().await;
    let ann = world.agent(&shop, "Ann").await;
    let mut entries = Vec::new();
    for n in 0..25i64 {
        let entry = NewAudit {
            id: AuditId::from_bits(world.next()),
            at: T0.plus_ms(n / 4),
            staff: (n % 2 == 0).then_some(ann.id),
            action: "article.save".into(),
            subject: format!("art_{}", n % 3),
            detail: "{}".into(),
        };
        world.record_audit(&entry).await.unwrap();
        entries.insert(0, entry);
    }
    let mut listed = Vec::new();
    let mut cursor = None;
    loop {
        let page = world.audit(cursor.as_deref(), None, 4).await.unwrap();
        for row in page.rows {
            assert_eq!(row.staff_name.as_deref(), row.entry.staff.map(|_| "Ann"));
            listed.push(row.entry);
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(listed, entries, "the latest first");
    let of_one = world.audit(None, Some("art_1"), 100).await.unwrap();
    assert_eq!((of_one.rows.len(), of_one.next), (8, None));
    assert!(matches!(world.audit(Some("x"), None, 4).await, Err(StoreError::BadCursor)));
}
