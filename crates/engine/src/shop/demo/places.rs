//! Where the demo shop's customers live and the cities a parcel passes on its way there. Cities and districts
//! are real, streets and houses are not anybody's.

use domain::{language::Bilingual, shop::Address, time::DAY_MS};
use rand::{Rng, seq::IndexedRandom};

pub struct City {
    pub zh: &'static str,
    pub en: &'static str,
    province: (&'static str, &'static str),
    districts: [(&'static str, &'static str); 2],
    /// Where its parcels are sorted on the way; `None` when they come straight from the warehouse.
    pub via: Option<(&'static str, &'static str)>,
}

impl City {
    pub fn warehouse(&self) -> (&'static str, &'static str) {
        if WEST.contains(&self.en) { CHENGDU } else { HANGZHOU }
    }

    /// The latest delivery the shop promises, counted from dispatch.
    pub fn delivery_promise_ms(&self) -> i64 {
        let days = match self.province.1 {
            "Xinjiang" => 8,
            near if NEAR.contains(&near) => 2,
            _ => 4,
        };
        days * DAY_MS
    }

    pub fn name(&self) -> Bilingual {
        Bilingual::new(self.zh, self.en)
    }
}

const HANGZHOU: (&str, &str) = ("杭州", "Hangzhou");
const CHENGDU: (&str, &str) = ("成都", "Chengdu");
/// Served from the warehouse in Chengdu; everybody else from Hangzhou.
const WEST: [&str; 7] = ["Chengdu", "Chongqing", "Kunming", "Guiyang", "Lanzhou", "Urumqi", "Xi'an"];
const NEAR: [&str; 6] = ["Shanghai", "Jiangsu", "Zhejiang", "Anhui", "Sichuan", "Chongqing"];

const fn city(
    (zh, en): (&'static str, &'static str),
    province: (&'static str, &'static str),
    districts: [(&'static str, &'static str); 2],
    via: Option<(&'static str, &'static str)>,
) -> City {
    City { zh, en, province, districts, via }
}

const HANZHONG: Option<(&str, &str)> = Some(("汉中", "Hanzhong"));
const YIBIN: Option<(&str, &str)> = Some(("宜宾", "Yibin"));
const CHONGQING: Option<(&str, &str)> = Some(("重庆", "Chongqing"));
const JINAN: Option<(&str, &str)> = Some(("济南", "Jinan"));
const NANCHANG: Option<(&str, &str)> = Some(("南昌", "Nanchang"));
const XIAN: Option<(&str, &str)> = Some(("西安", "Xi'an"));

pub const CITIES: [City; 24] = [
    city(("上海", "Shanghai"), ("上海", "Shanghai"), [("徐汇区", "Xuhui"), ("浦东新区", "Pudong")], None),
    city(("北京", "Beijing"), ("北京", "Beijing"), [("朝阳区", "Chaoyang"), ("海淀区", "Haidian")], JINAN),
    city(("广州", "Guangzhou"), ("广东", "Guangdong"), [("天河区", "Tianhe"), ("越秀区", "Yuexiu")], NANCHANG),
    city(("深圳", "Shenzhen"), ("广东", "Guangdong"), [("南山区", "Nanshan"), ("福田区", "Futian")], NANCHANG),
    city(("成都", "Chengdu"), ("四川", "Sichuan"), [("锦江区", "Jinjiang"), ("武侯区", "Wuhou")], None),
    city(("重庆", "Chongqing"), ("重庆", "Chongqing"), [("渝中区", "Yuzhong"), ("江北区", "Jiangbei")], None),
    city(("武汉", "Wuhan"), ("湖北", "Hubei"), [("武昌区", "Wuchang"), ("江汉区", "Jianghan")], NANCHANG),
    city(("南京", "Nanjing"), ("江苏", "Jiangsu"), [("鼓楼区", "Gulou"), ("玄武区", "Xuanwu")], None),
    city(("苏州", "Suzhou"), ("江苏", "Jiangsu"), [("姑苏区", "Gusu"), ("吴中区", "Wuzhong")], None),
    city(("西安", "Xi'an"), ("陕西", "Shaanxi"), [("雁塔区", "Yanta"), ("碑林区", "Beilin")], HANZHONG),
    city(("长沙", "Changsha"), ("湖南", "Hunan"), [("岳麓区", "Yuelu"), ("芙蓉区", "Furong")], NANCHANG),
    city(("青岛", "Qingdao"), ("山东", "Shandong"), [("市南区", "Shinan"), ("崂山区", "Laoshan")], JINAN),
    city(("济南", "Jinan"), ("山东", "Shandong"), [("历下区", "Lixia"), ("市中区", "Shizhong")], None),
    city(("天津", "Tianjin"), ("天津", "Tianjin"), [("和平区", "Heping"), ("南开区", "Nankai")], JINAN),
    city(("沈阳", "Shenyang"), ("辽宁", "Liaoning"), [("沈河区", "Shenhe"), ("铁西区", "Tiexi")], JINAN),
    city(("哈尔滨", "Harbin"), ("黑龙江", "Heilongjiang"), [("南岗区", "Nangang"), ("道里区", "Daoli")], JINAN),
    city(("郑州", "Zhengzhou"), ("河南", "Henan"), [("金水区", "Jinshui"), ("中原区", "Zhongyuan")], None),
    city(("合肥", "Hefei"), ("安徽", "Anhui"), [("蜀山区", "Shushan"), ("庐阳区", "Luyang")], None),
    city(("福州", "Fuzhou"), ("福建", "Fujian"), [("台江区", "Taijiang"), ("仓山区", "Cangshan")], None),
    city(("厦门", "Xiamen"), ("福建", "Fujian"), [("思明区", "Siming"), ("湖里区", "Huli")], None),
    city(("昆明", "Kunming"), ("云南", "Yunnan"), [("五华区", "Wuhua"), ("盘龙区", "Panlong")], YIBIN),
    city(("贵阳", "Guiyang"), ("贵州", "Guizhou"), [("云岩区", "Yunyan"), ("南明区", "Nanming")], CHONGQING),
    city(("兰州", "Lanzhou"), ("甘肃", "Gansu"), [("城关区", "Chengguan"), ("七里河区", "Qilihe")], XIAN),
    city(("乌鲁木齐", "Urumqi"), ("新疆", "Xinjiang"), [("天山区", "Tianshan"), ("沙依巴克区", "Saybag")], XIAN),
];

const STREETS: [(&str, &str); 10] = [
    ("云栖路", "Yunqi Road"),
    ("听松街", "Tingsong Street"),
    ("望山路", "Wangshan Road"),
    ("半亩巷", "Banmu Lane"),
    ("青禾路", "Qinghe Road"),
    ("晚风街", "Wanfeng Street"),
    ("南屏路", "Nanping Road"),
    ("白露街", "Bailu Street"),
    ("小满路", "Xiaoman Road"),
    ("竹里巷", "Zhuli Lane"),
];

/// Whether shipping there costs more.
pub fn is_far(address: &Address) -> bool {
    ["新疆", "西藏", "Xinjiang", "Tibet"].iter().any(|province| address.province.starts_with(province))
}

/// The city of an address that this module made.
pub fn city_of(address: &Address) -> &'static City {
    CITIES.iter().find(|city| city.zh == address.city || city.en == address.city).unwrap_or(&CITIES[0])
}

/// An address in `city`, written in Chinese or English as its owner would.
pub fn address(rng: &mut impl Rng, city: &City, recipient: &str, phone: &str, is_english: bool) -> Address {
    let district = city.districts.choose(rng).copied().unwrap_or(city.districts[0]);
    let street = STREETS.choose(rng).copied().unwrap_or(STREETS[0]);
    let (number, building, room) = (rng.random_range(1..400), rng.random_range(1..20), rng.random_range(101..2600));
    let (province, name, district, street) = if is_english {
        (
            city.province.1,
            city.en,
            format!("{} District", district.1),
            format!("Room {room}, Building {building}, {number} {}", street.1),
        )
    } else {
        (city.province.0, city.zh, district.0.to_owned(), format!("{}{number}号{building}幢{room}室", street.0))
    };
    Address {
        recipient: recipient.to_owned(),
        phone: phone.to_owned(),
        country: "CN".to_owned(),
        province: province.to_owned(),
        city: name.to_owned(),
        district,
        street,
        postcode: String::new(),
    }
}
