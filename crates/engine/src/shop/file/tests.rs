//! Imports: what is taken over, what is rejected and why, and that a changed file is read again.

use std::fs;

use domain::{
    shop::{OrderState, ShipmentState},
    time::Timestamp,
};
use serde_json::json;

use super::*;
use crate::shop::{Connector, PageRequest, demo::DemoShop};

const NOW: Timestamp = Timestamp(1_795_314_600_000);
const MAPPING: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/mappings/retail_tau2.yaml"));

fn demo_as_json() -> serde_json::Value {
    let records = DemoShop::in_memory(7, NOW).unwrap().records();
    json!({
        "products": records.all_products().collect::<Vec<_>>(),
        "customers": records.all_customers().collect::<Vec<_>>(),
        "orders": records.all_orders().collect::<Vec<_>>(),
    })
}

fn write(file: &Path, value: &serde_json::Value) {
    fs::write(file, serde_json::to_vec(value).unwrap()).unwrap();
}

#[tokio::test]
async fn the_demo_shop_survives_a_round_trip() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.json");
    write(&file, &demo_as_json());
    let shop = FileShop::open(FileSource::Json(file)).await.unwrap();
    let report = shop.report();
    assert_eq!((report.customers, report.orders, report.rejected_total), (300, 800, 0), "{report:?}");
    let here = DemoShop::in_memory(7, NOW).unwrap().records();
    let there = shop.records().await;
    assert!(here.all_orders().eq(there.all_orders()) && here.all_products().eq(there.all_products()));
}

#[tokio::test]
async fn bad_records_are_reported_and_left_out() {
    let mut shop = demo_as_json();
    shop["products"][0]["variants"] = json!([]);
    shop["products"][1]["picture"] = json!("javascript:alert(1)");
    shop["customers"][0] = json!({"key": "half"});
    let twice = shop["products"][2].clone();
    shop["products"].as_array_mut().unwrap().push(twice);
    shop["orders"][0]["customer"] = json!("nobody");
    shop["orders"][1]["lines"][0]["unit_price"]["currency"] = json!("USD");
    shop["orders"][2]["placed_at"] = json!(1_795_314_600);
    let (records, report) = json::import(&shop).unwrap();
    let reasons: Vec<&str> = report.rejected.iter().map(|row| row.reason.as_str()).collect();
    for expected in [
        "variants: empty",
        "picture: neither a path nor a web address",
        "key: given twice",
        "customer: unknown",
        "lines.unit_price: another currency than the total",
        "times: not a time in milliseconds between 1990 and 2100",
    ] {
        assert!(reasons.contains(&expected), "{expected} is not in {reasons:?}");
    }
    assert!(reasons.iter().any(|reason| reason.contains("missing field")), "{reasons:?}");
    assert_eq!(records.all_products().count(), report.products);
    assert!(json::import(&json!([])).is_err());
    assert!(json::import(&json!({"product": []})).is_err());
}

#[tokio::test]
async fn a_changed_file_is_read_again_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.json");
    write(&file, &demo_as_json());
    let patient =
        FileShop::open(FileSource::Json(file.clone())).await.unwrap().polling_every(Duration::from_secs(3_600));
    let eager = FileShop::open(FileSource::Json(file.clone())).await.unwrap().polling_every(Duration::ZERO);
    let shop = Connector::File(eager);
    let mut fewer = demo_as_json();
    fewer["orders"] = json!([]);
    write(&file, &fewer);
    assert_eq!(patient.health().await.unwrap().orders, Some(800), "not looked at again before its time");
    assert_eq!(shop.health().await.unwrap().orders, Some(0));
    fs::write(&file, b"{ half a file").unwrap();
    let health = shop.health().await.unwrap();
    assert_eq!(health.customers, Some(300));
    assert!(health.warning.is_some_and(|warning| warning.contains("shop.json")));
    write(&file, &demo_as_json());
    let health = shop.health().await.unwrap();
    assert_eq!((health.orders, health.warning), (Some(800), None));
}

fn tables(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

const TABLES: [(&str, &str); 8] = [
    (
        "products.csv",
        "\u{feff}key,category,title_zh,title_en,aliases,attributes\n\
         T1,outdoor,双人帐篷,2-Person Tent,帐篷; tent,重量 | Weight = 2 kg\n\
         T2,outdoor,只有中文,,,\n",
    ),
    (
        "variants.csv",
        "product,key,options,price,list_price,stock,restock_at\n\
         T1,T1-G,颜色 | Colour = 绿色 | Green,699.00,799,3,\n\
         T1,T1-S,颜色 | Colour = 沙色 | Sand,699,,0,2026-12-01\n\
         T2,T2-A,,12.5,,9,\n\
         T9,T9-A,,1,,1,\n\
         T2,T2-B,,12.555,,9,\n",
    ),
    (
        "customers.csv",
        "key,name,since,phone,country,city,street\nC1,林晓,2024-05-01,19900000001,CN,西安,望山路1号\nC2,Emma,soon,,,,\n",
    ),
    (
        "orders.csv",
        "key,customer,state,total,placed_at,paid_at,country,city,street\n\
         O1,C1,shipped,707.00,2026-11-18 10:00,2026-11-18 10:05,CN,西安,望山路1号\n\
         O2,C1,unpaid,12.50,2026-11-22T02:00:00Z,,CN,西安,望山路1号\n\
         O3,C1,sent,12.50,2026-11-22T02:00:00Z,,CN,西安,望山路1号\n\
         O4,C1,paid,12.50,2026-11-22T02:00:00Z,,CN,西安,望山路1号\n",
    ),
    (
        "order_lines.csv",
        "order,product,variant,title_zh,quantity,unit_price\n\
         O1,T1,T1-G,双人帐篷,1,699.00\n\
         O2,T2,T2-A,只有中文,1,12.50\n\
         O4,T2,T2-A,只有中文,many,12.50\n",
    ),
    (
        "shipments.csv",
        "order,key,tracking_number,state,created_at,carrier_zh\nO1,S1,SF123,in_transit,2026-11-19 09:00,顺丰速运\n",
    ),
    (
        "scans.csv",
        "shipment,at,place_zh,place_en,what_zh,what_en\n\
         S1,2026-11-20 09:00,西安,Xi'an,已到达,Arrived\n\
         S1,2026-11-19 12:00,成都,Chengdu,已揽收,Picked up\n",
    ),
    ("refunds.csv", "order,key,state,amount,requested_at,reason_zh\nO1,R1,requested,8,2026-11-21 09:00,运费\n"),
];

#[tokio::test]
async fn tables_become_a_shop() {
    let folder = tempfile::tempdir().unwrap();
    tables(folder.path(), &TABLES);
    let shop = Connector::File(FileShop::open(FileSource::Tables(folder.path().to_owned())).await.unwrap());
    let Connector::File(file) = &shop else { unreachable!() };
    let report = file.report();
    let mut rejected: Vec<(&str, usize)> = report.rejected.iter().map(|row| (row.source.as_str(), row.row)).collect();
    rejected.sort_unstable();
    assert_eq!(
        rejected,
        [
            ("customers.csv", 3),
            ("order_lines.csv", 4),
            ("orders.csv", 4),
            ("orders.csv", 5),
            ("variants.csv", 5),
            ("variants.csv", 6)
        ],
        "{report:?}"
    );
    let tent = shop.product(&"T1".into()).await.unwrap();
    assert_eq!(tent.variants[0].price.minor, 69_900);
    assert_eq!(tent.variants[0].options[0].value.en, "Green");
    assert_eq!(tent.aliases, ["帐篷", "tent"]);
    assert_eq!(shop.product(&"T2".into()).await.unwrap().title.en, "只有中文");
    let order = shop.order_of(&"C1".into(), &"O1".into()).await.unwrap();
    assert_eq!((order.state, order.total.minor, order.refunds.len()), (OrderState::Shipped, 70_700, 1));
    assert_eq!(order.shipments[0].state, ShipmentState::InTransit);
    assert!(order.shipments[0].scans.is_sorted_by_key(|scan| scan.at));
    assert_eq!(shop.orders_of(&"C1".into(), &PageRequest::default()).await.unwrap().items[0].key.as_str(), "O2");
}

#[tokio::test]
async fn tables_without_their_columns_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    tables(folder.path(), &[("products.csv", "key\nT1\n"), ("variants.csv", "product,key,price,stock\n")]);
    let refused = FileShop::open(FileSource::Tables(folder.path().to_owned())).await.err().unwrap();
    assert!(refused.to_string().contains("\"category\" is missing"), "{refused}");
}

/// Two customers in the shape of tau2-bench's retail file, made up here.
fn retail() -> serde_json::Value {
    let address = json!({"address1": "1 Test Street", "address2": "Suite 2", "city": "Denver", "country": "USA", "state": "CO", "zip": "80000"});
    let item = json!({"name": "Kettle", "product_id": "p1", "item_id": "i1", "price": 47.84, "options": {"capacity": "1L", "screen size": "none"}});
    let order = |key: &str, status: &str, tracking: serde_json::Value, payments: serde_json::Value| {
        json!({"order_id": key, "user_id": "ann_1", "address": address, "items": [item], "status": status,
               "fulfillments": tracking, "payment_history": payments})
    };
    let paid = json!({"transaction_type": "payment", "amount": 47.84, "payment_method_id": "card_1"});
    let back = json!({"transaction_type": "refund", "amount": 47.84, "payment_method_id": "card_1"});
    let tracking = json!([{"tracking_id": ["123"], "item_ids": ["i1"]}]);
    json!({
        "products": {"p1": {"name": "Kettle", "product_id": "p1", "variants": {
            "i1": {"item_id": "i1", "options": {"capacity": "1L"}, "available": true, "price": 47.84},
            "i2": {"item_id": "i2", "options": {"capacity": "2L"}, "available": false, "price": 50.1}}}},
        "users": {"ann_1": {"user_id": "ann_1", "name": {"first_name": "Ann", "last_name": "Lee"}, "address": address,
            "email": "ann@example.com", "payment_methods": {}, "orders": ["#W1"]}},
        "orders": {
            "#W1": order("#W1", "pending", json!([]), json!([paid])),
            "#W2": order("#W2", "delivered", tracking, json!([paid])),
            "#W3": order("#W3", "cancelled", json!([]), json!([paid, back])),
            "#W4": order("#W4", "teleported", json!([]), json!([paid]))}
    })
}

#[test]
fn a_mapping_reads_another_shape() {
    let (records, report) = Mapping::parse(MAPPING.as_bytes()).unwrap().import(&retail()).unwrap();
    assert_eq!((report.products, report.customers, report.orders, report.rejected_total), (1, 1, 3, 1));
    assert_eq!(report.rejected[0].reason, "/status: \"teleported\" is not in the mapping's table");
    let kettle = records.product(&"p1".into()).unwrap();
    assert_eq!((kettle.variants[0].price.minor, kettle.variants[0].stock, kettle.variants[1].stock), (4_784, 10, 0));
    assert_eq!(records.customer(&"ann_1".into()).unwrap().name, "Ann Lee");
    let delivered = records.order(&"#W2".into()).unwrap();
    assert_eq!((delivered.state, delivered.shipments[0].state), (OrderState::Delivered, ShipmentState::Delivered));
    assert_eq!(delivered.lines[0].options.en, "1L / none");
    let cancelled = records.order(&"#W3".into()).unwrap();
    assert_eq!((cancelled.refunds[0].key.as_str(), cancelled.refunds[0].amount.minor), ("#W3-refund", 4_784));
    assert_eq!(cancelled.extra["status"], "cancelled");
}

#[test]
fn wrong_mappings_say_where() {
    let cases = [
        ("form: tandem-mapping/2", "`form` must be"),
        ("form: tandem-mapping/1\nproducts: {record: {}}", "products: `each` is missing"),
        (
            "form: tandem-mapping/1\nproducts: {each: /p, record: {key: {from: id}}}",
            "products.record.key: `from` is not a pointer",
        ),
        (
            "form: tandem-mapping/1\nproducts: {each: /p, record: {key: {from: /id, as: magic}}}",
            "`as: magic` is not known",
        ),
        ("form: tandem-mapping/1\nproducts: {each: /p, record: {key: {from: /id, to: x}}}", "`to` does not go with"),
        ("form: tandem-mapping/1\nshops: {}", "shops: unknown"),
        ("form: [", "not YAML"),
    ];
    for (text, expected) in cases {
        let flaw = Mapping::parse(text.as_bytes()).err().map(|flaw| flaw.to_string()).unwrap_or_default();
        assert!(flaw.contains(expected), "{text}: {flaw}");
    }
}

/// Runs where the data set is at hand; it is not part of the repository.
#[tokio::test]
async fn the_retail_data_set_is_read_whole() {
    let Some(data) = std::env::var_os("TANDEM_DATA") else { return };
    let file = Path::new(&data).join("retail_tau2/db.json");
    if !file.exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mapping = folder.path().join("mapping.yaml");
    fs::write(&mapping, MAPPING).unwrap();
    let shop = FileShop::open(FileSource::Mapped { file, mapping }).await.unwrap();
    let report = shop.report();
    assert_eq!(
        (report.products, report.customers, report.orders, report.rejected_total),
        (50, 500, 1_000, 0),
        "{report:?}"
    );
    let records = shop.records().await;
    assert_eq!(records.all_products().map(|product| product.variants.len()).sum::<usize>(), 591);
}

/// What is done to a shop of a file is kept beside it, until the merchant's own record moves on.
#[tokio::test]
async fn what_is_done_outlives_the_process_and_yields_to_the_merchant() {
    use domain::action::{Action, Sums};

    use crate::shop::{Connector, Errand};

    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = (folder.path().join("db.json"), folder.path().join("mapping.yaml"));
    let sidecar = folder.path().join("kept.json");
    fs::write(&mapping, MAPPING).unwrap();
    let write = |db: &serde_json::Value| fs::write(&file, serde_json::to_vec(db).unwrap()).unwrap();
    write(&retail());
    let open = || async {
        let source = FileSource::Mapped { file: file.clone(), mapping: mapping.clone() };
        let shop = FileShop::open(source).await.unwrap().polling_every(std::time::Duration::ZERO);
        Connector::File(shop.keeping(sidecar.clone()).await.unwrap())
    };
    let shop = open().await;
    let order = shop.order(&"#W1".into()).await.unwrap();
    let action = Action::CancelOrder { order: "#W1".into(), reason: "no longer needed".into() };
    let sums = Sums { refund: Some(order.total.clone()), charge: None };
    let now = domain::time::Timestamp(1_715_788_800_000);
    let errand = Errand { key: "k", customer: Some(&order.customer), action: &action, sums: &sums, now };
    shop.carry_out(&errand).await.unwrap();
    let cancelled = shop.order(&"#W1".into()).await.unwrap();
    assert_eq!((cancelled.state, cancelled.payments.len()), (OrderState::Cancelled, 2));
    let reopened = open().await;
    assert_eq!(reopened.order(&"#W1".into()).await.unwrap(), cancelled);
    reopened.carry_out(&errand).await.unwrap();
    assert_eq!(reopened.order(&"#W1".into()).await.unwrap(), cancelled, "once a key, also after a restart");

    let mut db = retail();
    db["orders"]["#W1"]["status"] = serde_json::json!("processed");
    write(&db);
    assert_eq!(reopened.order(&"#W1".into()).await.unwrap().state, OrderState::Shipped, "the merchant's word counts");
}
