//! A small shop for the tests: tents, lamps, kettles and jackets in three orders of one customer.

use domain::{
    language::Bilingual,
    shop::{
        Address, Attribute, CategoryKey, Customer, CustomerKey, Money, Order, OrderKey, OrderLine, OrderState,
        PaymentKey, PaymentKind, PaymentMethod, Product, ProductKey, Variant, VariantKey,
    },
    time::Timestamp,
};

use crate::requests::{Read, World, read};

pub const DELIVERED: &str = "SL2026112000011";
pub const PAID: &str = "SL2026112100012";
pub const UNPAID: &str = "SL2026112200013";

fn attribute(key: &str, name: (&str, &str), value: (&str, &str)) -> Attribute {
    Attribute { key: key.into(), name: Bilingual::new(name.0, name.1), value: Bilingual::new(value.0, value.1) }
}

fn colour(zh: &str, en: &str) -> Attribute {
    attribute("colour", ("颜色", "Colour"), (zh, en))
}

fn capacity(value: &str) -> Attribute {
    attribute("capacity", ("容量", "Capacity"), (value, value))
}

fn size(value: &str) -> Attribute {
    attribute("size", ("尺码", "Size"), (value, value))
}

fn product(key: &str, zh: &str, en: &str, aliases: &[&str], variants: Vec<(&str, Vec<Attribute>, i64)>) -> Product {
    let variant = |(key, options, price): (&str, Vec<Attribute>, i64)| Variant {
        key: VariantKey(key.to_owned()),
        options,
        price: Money::new(price, "CNY"),
        list_price: None,
        stock: 5,
        restock_at: None,
    };
    Product {
        key: ProductKey(key.to_owned()),
        title: Bilingual::new(zh, en),
        category: CategoryKey("home".into()),
        brand: String::new(),
        description: Bilingual::default(),
        attributes: Vec::new(),
        variants: variants.into_iter().map(variant).collect(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        picture: None,
        page: None,
        on_sale: true,
    }
}

fn products() -> Vec<Product> {
    let (green, sand) = (|| colour("森林绿", "Forest green"), || colour("沙色", "Sand"));
    let (black, sky) = (|| colour("黑色", "Black"), || colour("天空蓝", "Sky blue"));
    vec![
        product(
            "tent",
            "云脊双人帐篷",
            "Cloudridge 2-Person Tent",
            &["帐篷", "tent"],
            vec![("tent-green", vec![green()], 699), ("tent-sand", vec![sand()], 699)],
        ),
        product("lamp", "南屏护眼台灯", "Nanping Desk Lamp", &["台灯"], vec![("lamp-1", vec![black()], 199)]),
        product(
            "flask",
            "拾野保温水壶",
            "Fieldfolk Insulated Flask",
            &["水壶", "water bottle"],
            vec![
                ("flask-green-750", vec![green(), capacity("750 mL")], 129),
                ("flask-green-1", vec![green(), capacity("1 L")], 149),
                ("flask-black-750", vec![black(), capacity("750 mL")], 129),
            ],
        ),
        product(
            "jacket",
            "行远防雨冲锋衣",
            "Farway Rain Shell",
            &["冲锋衣", "rain jacket"],
            vec![
                ("jacket-sky-m", vec![sky(), size("M")], 799),
                ("jacket-sky-l", vec![sky(), size("L")], 799),
                ("jacket-black-m", vec![black(), size("M")], 759),
                ("jacket-black-l", vec![black(), size("L")], 769),
            ],
        ),
    ]
}

pub fn address(street: &str) -> Address {
    Address {
        recipient: "林夏".into(),
        phone: "13800000000".into(),
        country: "CN".into(),
        province: "浙江省".into(),
        city: "杭州市".into(),
        district: "西湖区".into(),
        street: street.into(),
        postcode: String::new(),
    }
}

fn order(key: &str, state: OrderState, lines: &[(&str, &str)], paid_with: &str, day: i64) -> Order {
    let line = |(product, variant): &(&str, &str)| OrderLine {
        product: ProductKey((*product).to_owned()),
        variant: VariantKey((*variant).to_owned()),
        title: Bilingual::default(),
        options: Bilingual::default(),
        quantity: 1,
        unit_price: Money::new(100, "CNY"),
        picture: None,
    };
    Order {
        key: OrderKey(key.to_owned()),
        customer: CustomerKey("lin".into()),
        state,
        lines: lines.iter().map(line).collect(),
        total: Money::new(100, "CNY"),
        shipping_fee: None,
        address: address(&format!("听松街{day}号")),
        placed_at: Timestamp(day),
        paid_at: None,
        closes_at: None,
        ship_by: None,
        delivered_at: None,
        payment_method: Some(paid_with.to_owned()),
        shipments: Vec::new(),
        refunds: Vec::new(),
        note: None,
        payments: Vec::new(),
        invoice: None,
        delivery_wish: None,
        deeds: Vec::new(),
        extra: serde_json::Map::new(),
    }
}

fn method(key: &str, kind: PaymentKind, last_four: Option<&str>) -> PaymentMethod {
    let last_four = last_four.map(str::to_owned);
    PaymentMethod { key: PaymentKey(key.to_owned()), kind, brand: None, last_four, balance: None }
}

/// What is understood of a text, and what was found missing or unclear.
pub fn understood(text: &str) -> Read {
    let customer = Customer {
        key: CustomerKey("lin".into()),
        name: "林夏".into(),
        email: None,
        phone: None,
        level: 0,
        addresses: vec![address("云栖路1号")],
        since: Timestamp(0),
        payment_methods: vec![
            method("gift_1", PaymentKind::GiftCard, None),
            method("card_1", PaymentKind::CreditCard, Some("1234")),
            method("card_2", PaymentKind::CreditCard, Some("5678")),
        ],
    };
    let orders = [
        order(
            DELIVERED,
            OrderState::Delivered,
            &[("lamp", "lamp-1"), ("flask", "flask-green-750"), ("jacket", "jacket-sky-m")],
            "card_1",
            20,
        ),
        order(
            PAID,
            OrderState::Paid,
            &[("tent", "tent-sand"), ("jacket", "jacket-sky-m"), ("jacket", "jacket-black-m")],
            "gift_1",
            21,
        ),
        order(UNPAID, OrderState::Unpaid, &[("flask", "flask-green-750")], "gift_1", 22),
    ];
    let products = products();
    read(text, World { customer: &customer, orders: &orders, products: &products, focus: None })
}
