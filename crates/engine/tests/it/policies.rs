//! What the shipped policies allow in the demo shop, and what a merchant changes about them.

use domain::{
    action::{Action, Invoice, InvoiceKind},
    shop::{Address, OrderState},
    time::DAY_MS,
};
use engine::{
    actions::{self, Doer, State, Wish},
    shop::demo::*,
};
use skills::policy::{ActorKind, Verdict};

use crate::{
    actions::{act, address, cancel, order, preview, rule, talk, told, wish},
    desk::{SHOP, test},
};
#[tokio::test]
async fn the_demo_shops_rules_hold() {
    let test = test().await;
    let order = |told_order: &DemoOrder| told(&test, told_order);
    let invoice = |kind, tax_number: Option<&str>| Invoice {
        kind,
        title: "山岚科技".into(),
        tax_number: tax_number.map(str::to_owned),
        email: None,
    };
    let items = |told_order: &DemoOrder| told_order.variants.iter().map(|key| (*key).into()).collect::<Vec<_>>();
    let give_back = |told_order: &DemoOrder| Action::ReturnItems {
        order: order(told_order),
        items: items(told_order),
        reason: "不合适".into(),
        payment: None,
        pictures: vec![],
    };
    let cases = [
        (EMMA, give_back(&EMMA_DELIVERED), ""),
        (EMMA, give_back(&EMMA_LATE), "delivered"),
        (CHEN, give_back(&CHEN_COMPLETED), "return_window"),
        (LIN, cancel(&order(&LIN_STUCK)), "before_shipping"),
        (LIN, cancel(&order(&LIN_UNPAID)), ""),
        (LIN, Action::UrgeShipment { order: order(&LIN_UNPAID) }, "not_shipped"),
        (NOAH, Action::UrgeShipment { order: order(&NOAH_OVERDUE) }, ""),
        (CHEN, Action::ScheduleDelivery { order: order(&CHEN_FAILED), day: "2026-11-20".into(), part: None }, ""),
        (
            CHEN,
            Action::ScheduleDelivery { order: order(&CHEN_FAILED), day: "2026-02-30".into(), part: None },
            "day_real",
        ),
        (
            CHEN,
            Action::ScheduleDelivery { order: order(&CHEN_PACKING), day: "2026-11-20".into(), part: None },
            "large_or_failed",
        ),
        (
            EMMA,
            Action::IssueInvoice { order: order(&EMMA_DELIVERED), invoice: invoice(InvoiceKind::Company, None) },
            "tax_number_given",
        ),
        (
            EMMA,
            Action::IssueInvoice {
                order: order(&EMMA_DELIVERED),
                invoice: invoice(InvoiceKind::Company, Some("91330000MA27XXXX0X")),
            },
            "",
        ),
        (
            EMMA,
            Action::ChangeInvoice { order: order(&EMMA_DELIVERED), invoice: invoice(InvoiceKind::Personal, None) },
            "has_invoice",
        ),
        (EMMA, Action::ProtectPrice { order: order(&EMMA_LATE), item: EMMA_LATE.variants[0].into() }, "price_fell"),
        (ZHAO, Action::FileComplaint { order: None, text: "等了很久".into() }, ""),
        (ZHAO, Action::RemindRestock { product: "pet-fountain".into(), variant: Some("pet-fountain-sky".into()) }, ""),
        (ZHAO, Action::RemindRestock { product: "no-such".into(), variant: None }, "product_known"),
        (
            ZHAO,
            Action::ChangeHomeAddress { address: Address { street: String::new(), ..address() } },
            "address_complete",
        ),
    ];
    for (customer, action, expected) in cases {
        let conversation = talk(&test, customer.key).await;
        let shown = preview(&test, &wish(conversation, action.clone())).await;
        let refused = matches!(shown.verdict, Verdict::Refused { .. });
        assert_eq!(if refused { rule(&shown) } else { "" }, expected, "{action:?}: {:#?}", shown.steps);
    }
}

#[tokio::test]
async fn returns_end_with_the_days_the_policy_gives() {
    let test = test().await;
    let key = told(&test, &EMMA_DELIVERED);
    let conversation = talk(&test, EMMA.key).await;
    let action = Action::ReturnItems {
        order: key.clone(),
        items: vec![EMMA_DELIVERED.variants[1].into()],
        reason: "too small".into(),
        payment: None,
        pictures: vec![],
    };
    let wish = wish(conversation, action);
    test.clock.advance_ms(9 * DAY_MS);
    assert_eq!(rule(&preview(&test, &wish).await), "return_window");
    let own = "form: tandem-policy/1\nextends: default\ntitle: {zh: 我的, en: Mine}\nvalues: {return_days: 30}\n";
    test.desk.policies.set(SHOP, test.desk.policies.read("own.yaml", own).unwrap());
    assert_eq!(preview(&test, &wish).await.verdict, Verdict::Allowed);
    let record = act(&test, &wish, "k").await;
    assert_eq!(record.state, State::Done);
    let after = order(&test, &key).await;
    assert_eq!(after.state, OrderState::AfterSales);
    assert_eq!(after.refunds.last().map(|refund| &refund.amount), record.shown.sums.refund.as_ref());
}

#[tokio::test]
async fn a_merchants_folder_is_taken_over_whole_or_not_at_all() {
    let test = test().await;
    let folder = tempfile::tempdir().unwrap();
    let shops = [(SHOP, "demo".to_owned())];
    let policies = &test.desk.policies;
    assert!(policies.load_folder(folder.path(), &shops).unwrap().is_empty(), "no file, no change");
    let file = folder.path().join("demo.yaml");
    let head = "form: tandem-policy/1\nextends: default\ntitle: {zh: 我的, en: Mine}\nactions:\n  cancel_order:\n";
    std::fs::write(&file, format!("{head}    rules:\n      - name: never\n        require: order.statte == \"x\"\n        text: {{zh: 不行, en: No}}\n")).unwrap();
    let fault = policies.load_folder(folder.path(), &shops).unwrap_err().to_string();
    assert!(fault.contains("demo.yaml:8:") && fault.contains("`order` has no `statte`"), "{fault}");
    let key = told(&test, &WANG_PAID);
    let wish = wish(talk(&test, WANG.key).await, cancel(&key));
    assert_eq!(preview(&test, &wish).await.verdict, Verdict::Allowed, "the policy of before stays");
    std::fs::write(&file, format!("{head}    who: [agent]\n")).unwrap();
    assert_eq!(policies.load_folder(folder.path(), &shops).unwrap(), [SHOP]);
    assert_eq!(rule(&preview(&test, &wish).await), "who_may");
    let agent = Wish { doer: Doer::Agent(Box::new(test.agent.clone())), ..wish };
    assert_eq!(preview(&test, &agent).await.verdict, Verdict::Allowed);
    let if_bot = actions::what_if(&test.desk, &agent, ActorKind::Bot).await.unwrap();
    assert_eq!((rule(&if_bot), if_bot.token.as_deref()), ("who_may", None));
}

#[tokio::test]
async fn a_merchant_narrows_what_the_bot_does_alone() {
    let test = test().await;
    let key = told(&test, &WANG_PAID);
    let wish = wish(talk(&test, WANG.key).await, cancel(&key));
    let limit = async |reach: Option<actions::Reach>, refund_limit: Option<i64>| {
        let row = test.desk.store.shop(SHOP).await.unwrap().unwrap();
        let settings = engine::settings::ShopSettings::of(&row).unwrap();
        let actions = reach.into_iter().map(|reach| ("cancel_order".to_owned(), reach)).collect();
        let bot_may = actions::BotMay { actions, refund_limit };
        let wanted = engine::settings::BotSettings { bot_may, ..engine::settings::BotSettings::of(&settings) };
        engine::settings::save_bot(&test.desk, &test.operator, SHOP, wanted).await.expect("saved");
        let by_person = Wish { doer: Doer::Agent(Box::new(test.agent.clone())), ..wish.clone() };
        assert_eq!(preview(&test, &by_person).await.verdict, Verdict::Allowed, "people are not the bot");
        let shown = preview(&test, &wish).await;
        (rule(&shown).to_owned(), shown.token)
    };
    assert_eq!(limit(Some(actions::Reach::Never), None).await, ("bot_may".to_owned(), None));
    assert_eq!(limit(None, Some(1)).await.0, "bot_asks_first");
    assert_eq!(limit(None, Some(i64::MAX)).await.0, "");
    let (rule, token) = limit(Some(actions::Reach::Asks), None).await;
    assert_eq!(rule, "bot_asks_first");
    let asked = actions::perform(&test.desk, &wish, &token.unwrap(), "k").await.unwrap();
    let id = asked.record().map(|record| record.id).unwrap();
    assert_eq!(order(&test, &key).await.state, OrderState::Paid);
    let done = actions::approve(&test.desk, &test.agent, id).await.unwrap();
    assert_eq!(done.state, State::Done);
}
