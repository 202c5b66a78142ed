//! Messages as shoppers write them, and what is found in them.

use super::*;

/// Sunday, 22 November 2026, 17:00 in Shanghai.
fn moment() -> Moment {
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone is known");
    Moment::new(Timestamp(1_795_338_000_000), zone)
}

fn found(text: &str) -> Vec<Found> {
    entities(text, &moment())
}

fn dates(text: &str) -> Vec<String> {
    let ranges = found(text).into_iter().filter_map(|found| match found.entity {
        Entity::Date(range) if range.first == range.last => Some(range.first.to_string()),
        Entity::Date(range) => Some(format!("{}..{}", range.first, range.last)),
        _ => None,
    });
    ranges.collect()
}

#[test]
fn the_moment_is_what_the_tests_say() {
    assert_eq!(moment().today().map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
}

#[test]
fn days_as_shoppers_name_them() {
    let cases = [
        ("昨天下的单怎么还没发", "2026-11-21"),
        ("前天拍的", "2026-11-20"),
        ("大前天买的", "2026-11-19"),
        ("明天能到吗", "2026-11-23"),
        ("3天前付的款", "2026-11-19"),
        ("两个星期前买的", "2026-11-08"),
        ("半个月前", "2026-11-07"),
        ("一个月前买的", "2026-10-22"),
        ("上周五的订单", "2026-11-13"),
        ("上上周三", "2026-11-04"),
        ("这周一下的单", "2026-11-16"),
        ("下周二能送吗", "2026-11-24"),
        ("上个礼拜天", "2026-11-15"),
        ("周五下的单", "2026-11-20"),
        ("周五能到吗", "2026-11-27"),
        ("上周", "2026-11-09..2026-11-15"),
        ("上个月买的", "2026-10-01..2026-10-31"),
        ("上个月15号", "2026-10-15"),
        ("这个月初", "2026-11-01..2026-11-10"),
        ("双十一买的", "2026-11-11"),
        ("双11下的订单", "2026-11-11"),
        ("双十二有活动吗", "2026-12-12"),
        ("618买的空调", "2026-06-18"),
        ("11月3号买的", "2026-11-03"),
        ("十一月三号", "2026-11-03"),
        ("12月30日", "2026-12-30"),
        ("去年12月1号", "2025-12-01"),
        ("3号下的单", "2026-11-03"),
        ("2026-11-05 的订单", "2026-11-05"),
        ("最近三天", "2026-11-19..2026-11-22"),
        ("last Tuesday", "2026-11-17"),
        ("next Monday please", "2026-11-23"),
        ("I ordered yesterday", "2026-11-21"),
        ("3 days ago", "2026-11-19"),
        ("a couple of weeks ago", "2026-11-08"),
        ("I ordered it on Friday", "2026-11-20"),
        ("will it come on Friday?", "2026-11-27"),
        ("Nov 3rd", "2026-11-03"),
        ("3 November 2026", "2026-11-03"),
        ("on Black Friday", "2026-11-27"),
        ("in the past 7 days", "2026-11-15..2026-11-22"),
        ("last week", "2026-11-09..2026-11-15"),
        ("11/05/2026", "2026-11-05"),
    ];
    for (text, expected) in cases {
        assert_eq!(dates(text), [expected], "{text}");
    }
}

#[test]
fn days_that_are_none() {
    for text in ["一天一片", "7天无理由退货吗", "三号线", "今后", "may I return it", "第三天", "1/2 价", "我三天没吃饭"]
    {
        let dates = dates(text);
        assert!(dates.is_empty(), "{text}: {dates:?}");
    }
}

#[test]
fn a_day_has_its_moments_in_the_zone() {
    let Some(Entity::Date(range)) = found("昨天").pop().map(|found| found.entity) else { panic!("a date") };
    let zone = TimeZone::get("Asia/Shanghai").expect("the zone is known");
    let (from, until) = range.moments(&zone).expect("a day has moments");
    assert_eq!(until.since_ms(from), domain::time::DAY_MS);
    assert!(range.contains(from, &zone) && !range.contains(until, &zone));
}

#[test]
fn numbers_and_contacts() {
    let kinds = |text: &str| -> Vec<(&'static str, String)> {
        let of = |found: Found| match found.entity {
            Entity::OrderNumber(value) => Some(("order", value)),
            Entity::TrackingNumber(value) => Some(("tracking", value)),
            Entity::Phone(value) => Some(("phone", value)),
            Entity::Email(value) => Some(("email", value)),
            Entity::Postcode(value) => Some(("postcode", value)),
            _ => None,
        };
        found(text).into_iter().filter_map(of).collect()
    };
    let cases: [(&str, &[(&str, &str)]); 16] = [
        ("订单 SL2026112200017 怎么样了", &[("order", "SL2026112200017")]),
        ("订单号：ＳＬ２０２６１１２２０００１７", &[("order", "SL2026112200017")]),
        ("order #W2378156 please", &[("order", "W2378156")]),
        ("cancel W2378156 and W4219264", &[("order", "W2378156"), ("order", "W4219264")]),
        ("订单1024368", &[("order", "1024368")]),
        ("快递单号SF1234567890123", &[("tracking", "SF1234567890123")]),
        ("1Z999AA10123456784 where is it", &[("tracking", "1Z999AA10123456784")]),
        ("物流单号 773012345678901", &[("tracking", "773012345678901")]),
        ("我的电话13900001234", &[("phone", "13900001234")]),
        ("+86 138 0013 8000", &[("phone", "+8613800138000")]),
        ("call me at (415) 555-0134", &[("phone", "4155550134")]),
        ("phone: +44 20 7946 0958", &[("phone", "+442079460958")]),
        ("固话 010-88886666", &[("phone", "01088886666")]),
        ("发到a.b@example.com", &[("email", "a.b@example.com")]),
        ("my zip code is 19122", &[("postcode", "19122")]),
        ("2026-11-22 买了3件,共299元,XL码", &[]),
    ];
    for (text, expected) in cases {
        let found = kinds(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(kind, value)| (*kind, value.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

fn address(text: &str) -> Option<Address> {
    found(text).into_iter().find_map(|found| match found.entity {
        Entity::Address(address) => Some(*address),
        _ => None,
    })
}

#[test]
fn chinese_addresses() {
    type Parts = [&'static str; 4];
    let cases: [(&str, Parts); 8] = [
        ("地址改成广东省深圳市南山区科技园南路12号3栋501", ["广东省", "深圳市", "南山区", "科技园南路12号3栋501"]),
        ("帮我改到上海市浦东新区张江路88号", ["上海市", "上海市", "浦东新区", "张江路88号"]),
        ("杭州西湖区文三路478号华星时代广场8楼", ["浙江省", "杭州市", "西湖区", "文三路478号华星时代广场8楼"]),
        ("四川成都武侯区天府大道北段1700号,谢谢", ["四川省", "成都市", "武侯区", "天府大道北段1700号"]),
        ("云南西双版纳景洪市勐海路6号", ["云南省", "西双版纳傣族自治州", "景洪市", "勐海路6号"]),
        ("北京市朝阳区建国路93号院1号楼 张三 13800138000", ["北京市", "北京市", "朝阳区", "建国路93号院1号楼"]),
        ("改到臺北市大安區忠孝東路100號", ["台湾省", "台北市", "大安區", "忠孝東路100號"]),
        ("江苏苏州昆山市花桥镇绿地大道231弄5号可以吗", ["江苏省", "苏州市", "昆山市", "花桥镇绿地大道231弄5号"]),
    ];
    for (text, expected) in cases {
        let address = address(text).unwrap_or_else(|| panic!("{text}: {:?}", found(text)));
        assert_eq!([&*address.province, &*address.city, &*address.district, &*address.street], expected, "{text}");
    }
    let whole = address("收件人李雷，电话13800138000，地址：广州市天河区体育西路101号").expect("an address");
    assert_eq!((whole.recipient.as_str(), whole.phone.as_str(), whole.country.as_str()), ("李雷", "13800138000", "CN"));
    let brief = address("改到南山区科技园南路12号3栋").expect("an address");
    assert_eq!((brief.district.as_str(), brief.street.as_str()), ("南山区", "科技园南路12号3栋"));
}

#[test]
fn english_addresses() {
    let us = address("Please send it to 445 Maple Drive, Suite 394, Fort Worth, TX, 76165").expect("an address");
    assert_eq!(
        (&*us.street, &*us.city, &*us.province, &*us.postcode, &*us.country),
        ("445 Maple Drive, Suite 394", "Fort Worth", "TX", "76165", "US")
    );
    let uk = address("10 Downing Street, London SW1A 2AA").expect("an address");
    assert_eq!(
        (&*uk.street, &*uk.city, &*uk.postcode, &*uk.country),
        ("10 Downing Street", "London", "SW1A 2AA", "GB")
    );
}

#[test]
fn places_are_not_addresses() {
    for text in [
        "发到北京要几天",
        "新疆包邮吗",
        "从杭州发货吗",
        "深圳南山区能到吗",
        "你们公司在广州什么路",
        "白银手链多少钱",
        "do you ship to 5 countries",
    ] {
        assert!(address(text).is_none(), "{text}: {:?}", address(text));
    }
    let places: Vec<Entity> = found("发到新疆还是北京").into_iter().map(|found| found.entity).collect();
    let place = |province: &str, city: Option<&str>| {
        Entity::Place(Place { province: province.into(), city: city.map(Into::into) })
    };
    assert_eq!(places, [place("新疆维吾尔自治区", None), place("北京市", Some("北京市"))]);
    assert!(found("白银手链好看吗").is_empty());
}

#[test]
fn amounts() {
    let amounts = |text: &str| -> Vec<(i64, String)> {
        let of = |found: Found| match found.entity {
            Entity::Amount(money) => Some((money.minor, money.currency)),
            _ => None,
        };
        found(text).into_iter().filter_map(of).collect()
    };
    let cases = [
        ("三百块以内", 30_000, "CNY"),
        ("退了129.9元", 12_990, "CNY"),
        ("¥1,299", 129_900, "CNY"),
        ("两千五的预算,2500元", 250_000, "CNY"),
        ("一万二人民币", 1_200_000, "CNY"),
        ("十块钱运费", 1_000, "CNY"),
        ("3块5运费", 350, "CNY"),
        ("under $12.50", 1_250, "USD"),
        ("20 dollars", 2_000, "USD"),
        ("ten bucks", 1_000, "USD"),
        ("£30", 3_000, "GBP"),
    ];
    for (text, minor, currency) in cases {
        assert_eq!(amounts(text), [(minor, currency.to_owned())], "{text}");
    }
    for text in ["一块买", "三天", "5号", "iphone 15", "元旦有活动吗"] {
        assert!(amounts(text).is_empty(), "{text}: {:?}", amounts(text));
    }
}

#[test]
fn quantities_colours_sizes_and_places_in_a_list() {
    let cases: [(&str, Entity); 22] = [
        ("我要3件", Entity::Quantity(Quantity { count: 3.0, unit: "件".into() })),
        ("买两双", Entity::Quantity(Quantity { count: 2.0, unit: "双".into() })),
        ("2 pairs please", Entity::Quantity(Quantity { count: 2.0, unit: "pairs".into() })),
        ("x2", Entity::Quantity(Quantity { count: 2.0, unit: String::new() })),
        ("红色的有吗", Entity::Colour("red")),
        ("那红的呢", Entity::Colour("red")),
        ("有藏青色吗", Entity::Colour("navy")),
        ("actually make it blue", Entity::Colour("blue")),
        ("do you have it in light blue", Entity::Colour("blue")),
        ("換成黑色", Entity::Colour("black")),
        ("换成XL", Entity::Size("XL".into())),
        ("有l码吗", Entity::Size("L".into())),
        ("大号的", Entity::Size("大号".into())),
        ("穿42码", Entity::Size("42".into())),
        ("size 10", Entity::Size("10".into())),
        ("a medium one", Entity::Size("M".into())),
        ("第二个多少钱", Entity::Ordinal(1)),
        ("第三款", Entity::Ordinal(2)),
        ("最后一个", Entity::Ordinal(-1)),
        ("the second one", Entity::Ordinal(1)),
        ("下午送吧", Entity::Hours { from: 12, until: 18 }),
        ("下午三点", Entity::Hours { from: 15, until: 16 }),
    ];
    for (text, expected) in cases {
        let found: Vec<Entity> = found(text).into_iter().map(|found| found.entity).collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn plain_sentences_have_none() {
    for text in [
        "你好",
        "怎么退货",
        "我的快递到哪了",
        "可以便宜点吗",
        "什么材质的",
        "where is my parcel",
        "how do I return this",
        "is it waterproof",
        "白给都不要",
        "大概什么时候",
        "花了很久",
        "m",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn places_in_the_text_are_the_originals() {
    let text = "我昨天買的，訂單號ＳＬ２０２６１１２２０００１７，要换成紅色";
    for found in found(text) {
        assert_eq!(&text[found.start..found.end], found.text);
    }
    let texts: Vec<String> = found(text).into_iter().map(|found| found.text).collect();
    assert_eq!(texts, ["昨天", "ＳＬ２０２６１１２２０００１７", "紅色"]);
}
