//! The generated shop is believable and the same every time; buying in it obeys the shop.

use std::collections::{HashMap, HashSet};

use domain::{
    shop::{Address, Customer, Order, OrderState, RefundState, Shipment, ShipmentState},
    time::{DAY_MS, HOUR_MS, MINUTE_MS},
};

use super::*;
use crate::shop::check;

/// 2026-11-22 10:30 in China.
const NOW: Timestamp = Timestamp(1_795_314_600_000);
const SEEDS: [u64; 4] = [1, 7, 42, 20_261_122];

fn shop(seed: u64) -> DemoShop {
    DemoShop::in_memory(seed, NOW).unwrap()
}

#[test]
fn the_content_keeps_its_rules() {
    let content = content::load(NOW).unwrap();
    assert!(content.products.len() >= 64, "{} products", content.products.len());
    assert_eq!(content.categories.len(), 6);
    let mut variants = HashSet::new();
    let mut sold_out = 0;
    for product in &content.products {
        let key = product.key.as_str();
        check::product(product).unwrap_or_else(|flaw| panic!("{key}: {flaw}"));
        assert!((4..=8).contains(&product.attributes.len()), "{key}: {} attributes", product.attributes.len());
        assert!((1..=6).contains(&product.variants.len()), "{key}: {} variants", product.variants.len());
        assert!(product.aliases.len() >= 4, "{key}: {} aliases", product.aliases.len());
        for text in [&product.title, &product.description] {
            let is_han = |letter: char| ('\u{4E00}'..='\u{9FFF}').contains(&letter);
            assert!(text.zh.contains(is_han) && !text.en.contains(is_han), "{key}: {text:?}");
        }
        for variant in &product.variants {
            assert!(variants.insert(variant.key.clone()), "{} is there twice", variant.key);
            assert_eq!(variant.stock == 0, variant.restock_at.is_some(), "{}", variant.key);
            assert!(variant.list_price.as_ref().is_none_or(|list| list.minor > variant.price.minor), "{}", variant.key);
            sold_out += usize::from(variant.stock == 0);
        }
    }
    assert!(sold_out >= 15, "{sold_out} sold-out variants");
}

#[test]
fn every_product_has_a_small_picture_of_its_own() {
    const PICTURE_BYTES_MAX: usize = 4096;
    for product in content::load(NOW).unwrap().products {
        let name = product.picture.unwrap();
        let picture = picture(&name).unwrap_or_else(|| panic!("{name} is missing; run content/shop/draw/draw.py"));
        let text = std::str::from_utf8(&picture).unwrap();
        assert!(picture.len() <= PICTURE_BYTES_MAX, "{name}: {} bytes", picture.len());
        assert!(text.contains("viewBox=\"0 0 400 400\""), "{name}");
        let drawing = text.split("</title>").nth(1).unwrap();
        for foreign in ["href", "<script", "<image", "<style", "url(", "@import", " on"] {
            assert!(!drawing.contains(foreign), "{name}: {foreign}");
        }
        let links = text.matches("http").count();
        assert_eq!(links, 1, "{name}: only the namespace is an address");
    }
    assert!(picture("../products/words.yaml").is_none());
}

#[test]
fn the_same_seed_makes_the_same_shop() {
    let all = |shop: &DemoShop| -> (Vec<Customer>, Vec<Order>) {
        let records = shop.records();
        (records.all_customers().cloned().collect(), records.all_orders().cloned().collect())
    };
    assert_eq!(all(&shop(7)), all(&shop(7)));
    assert_ne!(all(&shop(7)), all(&shop(8)));
}

#[test]
fn counts_and_references_hold() {
    for seed in SEEDS {
        let records = shop(seed).records();
        assert_eq!(records.all_customers().count(), CUSTOMERS);
        assert_eq!(records.all_orders().count(), 800);
        let english = records.all_customers().filter(|customer| people::is_english(customer)).count();
        assert!((50..=70).contains(&english), "{english} customers write English");
        let mut phones = HashSet::new();
        for customer in records.all_customers() {
            check::customer(customer).unwrap();
            assert!(customer.email.as_ref().unwrap().ends_with("@example.com"));
            let phone = customer.phone.clone().unwrap();
            assert!(phone.starts_with("1990000") && phone.len() == 11 && phones.insert(phone));
        }
        let mut tracking = HashSet::new();
        for order in records.all_orders() {
            check::order(order).unwrap_or_else(|flaw| panic!("{}: {flaw}", order.key));
            let customer = records.customer(&order.customer).unwrap();
            assert!(customer.since <= order.placed_at, "{}: ordered before joining", order.key);
            for line in &order.lines {
                let product = records.product(&line.product).unwrap();
                assert!(product.variants.iter().any(|variant| variant.key == line.variant), "{}", order.key);
            }
            for shipment in &order.shipments {
                assert!(tracking.insert(shipment.tracking_number.clone()), "{}", shipment.tracking_number);
            }
        }
    }
}

#[test]
fn totals_and_numbers_are_right() {
    for order in shop(7).records().all_orders() {
        let goods: i64 = order.lines.iter().map(|line| line.unit_price.minor * i64::from(line.quantity)).sum();
        let fee = order.shipping_fee.as_ref().unwrap().minor;
        assert_eq!(order.total.minor, goods + fee, "{}", order.key);
        let rate = if places::is_far(&order.address) { FAR_SHIPPING } else { SHIPPING };
        assert_eq!(fee, if goods >= rate.free_from_minor { 0 } else { rate.fee_minor }, "{}", order.key);
        assert!(order.refunds.iter().all(|refund| refund.amount.minor <= order.total.minor));
        assert_eq!(order.key.as_str().len(), "SL2026112200017".len());
        assert!(order.key.as_str().starts_with(&orders::order_key_prefix(order.placed_at)), "{}", order.key);
    }
    assert_eq!(orders::order_key(NOW, 17).as_str(), "SL2026112200017");
    // Midnight is China's.
    assert_eq!(orders::order_key(Timestamp(NOW.0 + 14 * HOUR_MS), 1).as_str(), "SL2026112300001");
}

/// Times as the order went through them; each must not be before the one above it, nor after now.
fn history(order: &Order) -> Vec<(&'static str, Timestamp)> {
    let shipped = order.shipments.first().map(|shipment| ("shipped", shipment.created_at));
    let scans = order.shipments.iter().flat_map(|shipment| &shipment.scans).map(|scan| ("scan", scan.at));
    let delivered = order.delivered_at.map(|at| ("delivered", at));
    let paid = order.paid_at.map(|at| ("paid", at));
    std::iter::once(("placed", order.placed_at)).chain(paid).chain(shipped).chain(scans).chain(delivered).collect()
}

#[test]
fn states_agree_with_the_times() {
    for seed in SEEDS {
        for order in shop(seed).records().all_orders() {
            let key = &order.key;
            let history = history(order);
            assert!(history.is_sorted_by_key(|(_, at)| *at), "{key}: {history:?}");
            assert!(history.iter().all(|(_, at)| *at <= NOW), "{key}: {history:?}");
            let shipped = !order.shipments.is_empty();
            let expected = match order.state {
                OrderState::Unpaid => (false, false, false),
                OrderState::Paid | OrderState::Packing => (true, false, false),
                OrderState::Shipped => (true, true, false),
                OrderState::Delivered | OrderState::Completed | OrderState::AfterSales => (true, true, true),
                OrderState::Cancelled => (order.paid_at.is_some(), false, false),
            };
            assert_eq!((order.paid_at.is_some(), shipped, order.delivered_at.is_some()), expected, "{key}");
            assert_eq!(order.ship_by, order.paid_at.map(|at| at.plus_ms(SHIP_WITHIN_MS)), "{key}");
            match order.state {
                OrderState::Unpaid => assert!(order.closes_at.unwrap() > NOW, "{key}"),
                OrderState::AfterSales => assert!(!order.refunds.is_empty(), "{key}"),
                OrderState::Cancelled => assert_eq!(order.paid_at.is_some(), !order.refunds.is_empty(), "{key}"),
                _ => {}
            }
            order.shipments.iter().for_each(parcel_is_coherent);
            for refund in &order.refunds {
                let answered = refund.updated_at.unwrap_or(refund.requested_at);
                assert!(order.placed_at < refund.requested_at, "{key}");
                assert!(refund.requested_at <= answered && answered <= NOW, "{key}: {refund:?}");
                assert!(refund.due_at.is_none_or(|due_at| due_at > answered), "{key}");
            }
        }
    }
}

fn parcel_is_coherent(shipment: &Shipment) {
    let key = &shipment.key;
    let last = shipment.scans.last();
    let says = |word: &str| last.is_some_and(|scan| scan.what.zh.contains(word));
    let holds = match shipment.state {
        ShipmentState::Created => last.is_none(),
        ShipmentState::InTransit => last.is_some() && !says("派送中") && !says("签收"),
        ShipmentState::OutForDelivery => says("派送中"),
        ShipmentState::Delivered => says("签收"),
        ShipmentState::Failed => says("派送失败"),
        ShipmentState::Lost => says("遗失"),
        ShipmentState::Returning => says("退回"),
    };
    assert!(holds, "{key}: {:?} {last:?}", shipment.state);
    assert!(shipment.expected_at.unwrap() > shipment.created_at, "{key}");
    assert!(!shipment.carrier.zh.is_empty() && shipment.scans.iter().all(|scan| !scan.place.en.is_empty()));
}

#[test]
fn everything_that_goes_wrong_is_there() {
    for seed in SEEDS {
        let records = shop(seed).records();
        let parcels: Vec<(&Order, &Shipment)> = records
            .all_orders()
            .filter(|order| order.state == OrderState::Shipped)
            .flat_map(|order| order.shipments.iter().map(move |parcel| (order, parcel)))
            .collect();
        let last = |parcel: &Shipment| parcel.scans.last().map_or(parcel.created_at, |scan| scan.at);
        let in_transit = |parcel: &&Shipment| parcel.state == ShipmentState::InTransit;
        let all = || parcels.iter().map(|(_, parcel)| *parcel);
        let stuck = all().filter(in_transit).filter(|parcel| NOW.since_ms(last(parcel)) > STUCK_AFTER_MS).count();
        let late = all()
            .filter(in_transit)
            .filter(|parcel| parcel.expected_at.unwrap() < NOW && NOW.since_ms(last(parcel)) < DAY_MS)
            .count();
        let mut by_state: HashMap<ShipmentState, usize> = HashMap::new();
        all().for_each(|parcel| *by_state.entry(parcel.state).or_default() += 1);
        assert!(stuck >= 5 && late >= 5, "seed {seed}: {stuck} stuck, {late} late");
        use ShipmentState::{Created, Failed, InTransit, Lost, OutForDelivery, Returning};
        for state in [Created, InTransit, OutForDelivery, Failed, Lost, Returning] {
            assert!(by_state.get(&state).copied().unwrap_or_default() >= 2, "seed {seed}: {by_state:?}");
        }
        let refunds: HashSet<RefundState> =
            records.all_orders().flat_map(|order| &order.refunds).map(|refund| refund.state).collect();
        assert_eq!(refunds.len(), 6, "seed {seed}: {refunds:?}");
        for (state, count) in invention::SHARES {
            assert_eq!(records.all_orders().filter(|order| order.state == state).count(), count, "{state:?}");
        }
        let overdue = |order: &&Order| order.state == OrderState::Paid && order.ship_by.unwrap() < NOW;
        assert!(records.all_orders().filter(overdue).count() >= 2);
    }
}

#[test]
fn the_stories_are_told_as_promised() {
    let shop = shop(7);
    let records = shop.records();
    for told in DEMO_ORDERS {
        let key = shop.order_key(&told).unwrap_or_else(|| panic!("{told:?} has no order"));
        assert_eq!(records.order(&key).unwrap().lines.len(), told.variants.len(), "{key}");
    }
    let order = |told: &DemoOrder| records.order(&shop.order_key(told).unwrap()).unwrap();
    let stuck = &order(&LIN_STUCK).shipments[0];
    assert!(NOW.since_ms(stuck.scans.last().unwrap().at) > STUCK_AFTER_MS);
    assert_eq!(order(&LIN_UNPAID).closes_at.unwrap().since_ms(NOW), 24 * MINUTE_MS);
    let refund = &order(&LIN_REFUND).refunds[0];
    assert_eq!(refund.state, RefundState::Processing);
    assert!(refund.due_at.unwrap() > NOW);
    let late = &order(&EMMA_LATE).shipments[0];
    assert!(late.state == ShipmentState::InTransit && late.expected_at.unwrap() < NOW);
    assert_eq!(order(&EMMA_DELIVERED).state, OrderState::Delivered);
    assert_eq!(order(&CHEN_FAILED).shipments[0].state, ShipmentState::Failed);
    assert_eq!(order(&CHEN_PACKING).state, OrderState::Packing);
    assert_eq!(order(&WANG_LOST).shipments[0].state, ShipmentState::Lost);
    assert_eq!(order(&WANG_REFUSED).refunds[0].state, RefundState::Refused);
    assert_eq!(order(&NOAH_RETURN).refunds[0].state, RefundState::Returning);
    assert!(order(&NOAH_OVERDUE).ship_by.unwrap() < NOW);
    assert_eq!(order(&NOAH_CANCELLED).refunds[0].state, RefundState::Paid);
    let orders_of =
        |told: DemoCustomer| records.all_orders().filter(|order| order.customer == told.customer_key()).count();
    assert_eq!(DEMO_CUSTOMERS.map(orders_of), [3, 2, 0, 3, 3, 4]);
}

fn address() -> Address {
    Address {
        recipient: "林晓".into(),
        country: "CN".into(),
        city: "西安".into(),
        street: "望山路1号".into(),
        ..Address::default()
    }
}

fn cart(product: &str, variant: &str, quantity: u32) -> CartLine {
    CartLine { product: product.into(), variant: variant.into(), quantity }
}

fn stock(shop: &DemoShop, product: &str, variant: &str) -> i64 {
    let product = shop.records().product(&product.into()).unwrap();
    product.variants.iter().find(|own| own.key.as_str() == variant).unwrap().stock
}

#[tokio::test]
async fn buying_takes_stock_and_the_shops_price() {
    let shop = shop(7);
    let lin = LIN.customer_key();
    let before = stock(&shop, "steel-flask", "steel-flask-forest-1-l");
    let wanted = [cart("steel-flask", "steel-flask-forest-1-l", 2), cart("enamel-mug", "enamel-mug-cream", 1)];
    let order = shop.place_order(&lin, &wanted, address(), NOW).await.unwrap();
    assert_eq!((order.state, order.total.minor), (OrderState::Unpaid, 2 * 14_900 + 3_900));
    assert_eq!(stock(&shop, "steel-flask", "steel-flask-forest-1-l"), before - 2);
    let next = shop.place_order(&lin, &wanted[1..], address(), NOW).await.unwrap();
    assert!(next.key > order.key);
    assert_eq!(next.total.minor, 3_900 + SHIPPING.fee_minor);
    let stranger = shop.pay(&EMMA.customer_key(), &order.key, "支付宝", NOW).await;
    assert!(matches!(stranger, Err(ShopError::NotFound)));
    let paid = shop.pay(&lin, &order.key, "支付宝", NOW).await.unwrap();
    assert_eq!((paid.state, paid.paid_at, paid.closes_at), (OrderState::Paid, Some(NOW), None));
    let rule = |result: Result<Order, ShopError>| match result {
        Err(ShopError::Refused { rule }) => rule,
        other => panic!("not refused: {other:?}"),
    };
    assert_eq!(rule(shop.pay(&lin, &order.key, "支付宝", NOW).await), "not_unpaid");
    let later = NOW.plus_ms(CLOSES_AFTER_MS);
    assert_eq!(rule(shop.pay(&lin, &next.key, "支付宝", later).await), "closed");
    let mugs = stock(&shop, "enamel-mug", "enamel-mug-cream");
    assert!(shop.close_overdue(later).await.unwrap().contains(&next.key));
    assert_eq!(stock(&shop, "enamel-mug", "enamel-mug-cream"), mugs + 1);
    assert_eq!(shop.records().order(&next.key).unwrap().state, OrderState::Cancelled);
    assert_eq!(shop.close_overdue(later).await.unwrap(), []);
}

#[tokio::test]
async fn what_cannot_be_sold_is_refused_and_changes_nothing() {
    let shop = shop(7);
    let lin = LIN.customer_key();
    let left = u32::try_from(stock(&shop, "steel-flask", "steel-flask-forest-1-l")).unwrap();
    let flask = |quantity| cart("steel-flask", "steel-flask-forest-1-l", quantity);
    let nowhere = Address { street: " ".into(), ..address() };
    let cases = [
        (vec![], address(), "empty_cart"),
        (vec![flask(1); CART_LINES_MAX + 1], address(), "too_many_lines"),
        (vec![flask(0)], address(), "bad_quantity"),
        (vec![flask(QUANTITY_MAX + 1)], address(), "bad_quantity"),
        (vec![flask(left + 1)], address(), "insufficient_stock"),
        (vec![flask(left), flask(1)], address(), "insufficient_stock"),
        (vec![cart("ridge-tent-2", "ridge-tent-2-sand", 1)], address(), "insufficient_stock"),
        (vec![flask(1)], nowhere, "bad_address"),
    ];
    for (wanted, to, rule) in cases {
        match shop.place_order(&lin, &wanted, to, NOW).await {
            Err(ShopError::Refused { rule: given }) => assert_eq!(given, rule),
            other => panic!("{rule}: {other:?}"),
        }
    }
    for (customer, wanted) in
        [("nobody", flask(1)), ("demo-lin", cart("no-such", "x", 1)), ("demo-lin", cart("steel-flask", "x", 1))]
    {
        let refused = shop.place_order(&customer.into(), &[wanted], address(), NOW).await;
        assert!(matches!(refused, Err(ShopError::NotFound)), "{refused:?}");
    }
    assert_eq!(stock(&shop, "steel-flask", "steel-flask-forest-1-l"), i64::from(left));
    assert_eq!(shop.records().all_orders().count(), 800);
}

#[tokio::test]
async fn the_last_piece_is_sold_once() {
    let shop = Arc::new(shop(7));
    let left = stock(&shop, "down-jacket", "down-jacket-plum-l");
    let buyers = (0..left + 3).map(|_| {
        let shop = shop.clone();
        tokio::spawn(async move {
            let wanted = [cart("down-jacket", "down-jacket-plum-l", 1)];
            shop.place_order(&LIN.customer_key(), &wanted, address(), NOW).await.map(|order| order.key).ok()
        })
    });
    let mut keys = HashSet::new();
    for buyer in buyers.collect::<Vec<_>>() {
        keys.extend(buyer.await.unwrap());
    }
    assert_eq!(i64::try_from(keys.len()).unwrap(), left);
    assert_eq!(stock(&shop, "down-jacket", "down-jacket-plum-l"), 0);
}

#[tokio::test]
async fn a_restart_continues_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let open = |now| DemoShop::open(folder.path(), 7, now).unwrap();
    let first = open(NOW);
    let order = first
        .place_order(&LIN.customer_key(), &[cart("enamel-mug", "enamel-mug-cream", 3)], address(), NOW)
        .await
        .unwrap();
    let paid = first.pay(&LIN.customer_key(), &order.key, "微信支付", NOW).await.unwrap();
    let mugs = stock(&first, "enamel-mug", "enamel-mug-cream");
    drop(first);
    let again = open(NOW.plus_ms(DAY_MS));
    assert_eq!(again.records().order(&order.key).unwrap(), paid);
    assert_eq!(again.began_at(), NOW);
    assert_eq!(stock(&again, "enamel-mug", "enamel-mug-cream"), mugs);
    let unpaid = again.order_key(&LIN_UNPAID).unwrap();
    assert_eq!(again.records().order(&unpaid).unwrap().state, OrderState::Cancelled, "its time to pay has passed");
    again.renew_unpaid(NOW.plus_ms(DAY_MS)).await.unwrap();
    let renewed = again.records().order(&unpaid).unwrap();
    assert_eq!((renewed.state, renewed.closes_at), (OrderState::Unpaid, Some(NOW.plus_ms(DAY_MS + 24 * MINUTE_MS))));
    std::fs::write(folder.path().join(snapshot::FILE_NAME), b"{ broken").unwrap();
    let broken = DemoShop::open(folder.path(), 7, NOW);
    assert!(matches!(broken, Err(ShopError::BadAnswer { .. })));
}

#[tokio::test]
async fn an_order_that_cannot_be_kept_is_not_placed() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data");
    let shop = DemoShop::open(&inner, 7, NOW).unwrap();
    std::fs::remove_dir_all(&inner).unwrap();
    // A file where the folder was: nothing can be written below it.
    std::fs::write(&inner, b"").unwrap();
    let refused =
        shop.place_order(&LIN.customer_key(), &[cart("enamel-mug", "enamel-mug-cream", 1)], address(), NOW).await;
    assert!(matches!(refused, Err(ShopError::Unavailable { outage: Outage::Storage, .. })), "{refused:?}");
    assert_eq!(shop.records().all_orders().count(), 800);
}
