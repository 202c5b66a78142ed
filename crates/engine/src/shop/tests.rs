//! The port over the demo shop: finding what shoppers name, pages, and whose order is whose.

use std::collections::HashSet;

use domain::time::Timestamp;

use super::*;
use crate::shop::demo::{DemoShop, EMMA_LATE, LIN, LIN_STUCK};

const NOW: Timestamp = Timestamp(1_795_314_600_000);

fn connector() -> Connector {
    Connector::Demo(DemoShop::in_memory(7, NOW).unwrap())
}

#[tokio::test]
async fn questions_find_the_product_they_are_about() {
    let shop = connector();
    let cases = [
        ("双人帐篷还有货吗", "ridge-tent-2"),
        ("那个四人的大帐篷多少钱", "ridge-tent-4"),
        ("羽绒服L码还有吗", "down-jacket"),
        ("徒步鞋43码什么时候补货", "hiking-shoes"),
        ("手冲壶能用电磁炉吗", "pourover-kettle"),
        ("砂锅可以放电磁炉上吗", "clay-pot"),
        ("龙井一斤多少钱", "longjing-green"),
        ("有普洱茶饼吗", "puer-cake"),
        ("1.5匹的空调包安装吗", "air-conditioner"),
        ("电热水器60升的有没有", "water-heater"),
        ("充电宝能带上飞机吗", "power-bank"),
        ("豆腐猫砂能冲马桶吗", "tofu-litter"),
        ("降噪耳机续航多久", "bt-earbuds"),
        ("机械键盘茶轴奶油白", "mech-keyboard"),
        ("is the 2-person tent waterproof?", "ridge-tent-2"),
        ("Do you have the earbuds in black?", "bt-earbuds"),
        ("how long does the power bank take to charge", "power-bank"),
        ("cat litter price", "tofu-litter"),
        ("I need a raincoat for my dog", "dog-raincoat"),
        ("which rice cooker is good for two", "mini-rice-cooker"),
        ("memory foam pillow low version", "memory-pillow"),
        ("USB-C hub with HDMI", "usbc-hub"),
    ];
    let mut missed = Vec::new();
    for (question, expected) in cases {
        let found = shop.search_products(question, 3).await.unwrap();
        if found.first().is_none_or(|hit| hit.product.key.as_str() != expected) {
            missed
                .push((question, found.iter().map(|hit| (hit.product.key.to_string(), hit.score)).collect::<Vec<_>>()));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[tokio::test]
async fn messages_name_products_or_nothing() {
    let shop = connector();
    let named = [
        ("我想买行远登山背包和登山杖", vec!["trail-backpack", "trek-poles"]),
        ("云脊双人帐篷的颜色", vec!["ridge-tent-2"]),
        ("喂食器和饮水机哪个更省电", vec!["auto-feeder", "pet-fountain"]),
        ("My noise-cancelling earbuds arrived broken", vec!["bt-earbuds"]),
    ];
    for (message, expected) in named {
        let found: HashSet<String> = shop
            .mentions(message)
            .await
            .unwrap()
            .into_iter()
            .filter(|hit| hit.score > 0.6)
            .map(|hit| hit.product.0)
            .collect();
        let expected: HashSet<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(found, expected, "{message}");
    }
    let tents = shop.mentions("帐篷漏水怎么办").await.unwrap();
    assert_eq!(tents.len(), 2);
    assert!(tents.iter().all(|hit| hit.score < 0.8), "{tents:?}");
    for message in
        ["你好", "我的订单到哪了", "转人工", "退款什么时候到账", "where is my parcel?", "I want a refund", "谢谢"]
    {
        let found = shop.mentions(message).await.unwrap();
        assert!(found.is_empty(), "{message}: {found:?}");
    }
}

#[tokio::test]
async fn a_very_long_text_is_searched_in_part() {
    let shop = connector();
    let long = format!("双人帐篷{}", "长".repeat(100_000));
    assert_eq!(shop.search_products(&long, 1).await.unwrap()[0].product.key.as_str(), "ridge-tent-2");
    assert_eq!(
        shop.search_products("帐篷", 10_000).await.unwrap().len().min(SEARCH_RESULTS_MAX),
        shop.search_products("帐篷", SEARCH_RESULTS_MAX).await.unwrap().len()
    );
}

#[tokio::test]
async fn pages_cover_everything_once() {
    let shop = connector();
    let mut keys = Vec::new();
    let mut request = PageRequest::first(10);
    loop {
        let page = shop.products(&request).await.unwrap();
        keys.extend(page.items.into_iter().map(|product| product.key));
        let Some(next) = page.next else { break };
        request = PageRequest::after(next, 10);
    }
    assert!(keys.is_sorted() && Some(keys.len()) == shop.health().await.unwrap().products);
    let own = shop.orders_of(&LIN.customer_key(), &PageRequest::first(1)).await.unwrap();
    let rest = shop.orders_of(&LIN.customer_key(), &PageRequest::after(own.next.unwrap(), 5)).await.unwrap();
    assert_eq!((own.items.len(), rest.items.len(), rest.next), (1, 2, None));
    assert!(own.items[0].placed_at > rest.items[0].placed_at, "newest first");
    let forged = shop.orders_of(&LIN.customer_key(), &PageRequest::after("SL2000010100001", 5)).await;
    assert!(matches!(forged, Err(ShopError::NotFound)));
}

#[tokio::test]
async fn nobody_reads_another_customers_order() {
    let shop = connector();
    let Connector::Demo(demo) = &shop else { unreachable!() };
    let (lins, emmas) = (demo.order_key(&LIN_STUCK).unwrap(), demo.order_key(&EMMA_LATE).unwrap());
    assert_eq!(shop.order_of(&LIN.customer_key(), &lins).await.unwrap().customer, LIN.customer_key());
    let anothers = shop.order_of(&LIN.customer_key(), &emmas).await.unwrap_err();
    let nobodys = shop.order_of(&LIN.customer_key(), &"SL2000010100001".into()).await.unwrap_err();
    assert_eq!(anothers.to_string(), nobodys.to_string());
    assert!(matches!((anothers, nobodys), (ShopError::NotFound, ShopError::NotFound)));
    assert!(matches!(shop.orders_of(&"nobody".into(), &PageRequest::default()).await, Err(ShopError::NotFound)));
}
