//! The provinces and cities of China by their full and short names.

use std::{collections::HashMap, sync::LazyLock};

/// One line for each province: its full name, then its cities'.
const TABLE: &str = include_str!("divisions.txt");
const PROVINCE_SUFFIXES: [&str; 7] = ["特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"];
const CITY_SUFFIXES: [&str; 5] = ["自治州", "地区", "林区", "盟", "市"];
const PEOPLES: [&str; 19] = [
    "朝鲜族",
    "土家族",
    "苗族",
    "藏族",
    "羌族",
    "彝族",
    "布依族",
    "侗族",
    "哈尼族",
    "壮族",
    "傣族",
    "白族",
    "景颇族",
    "傈僳族",
    "回族",
    "蒙古族",
    "蒙古",
    "柯尔克孜",
    "哈萨克",
];
/// Cities whose short name is also an everyday word or a person's: only with 市 or behind their province.
const EVERYDAY: [&str; 22] = [
    "白银", "日照", "天门", "四平", "三明", "大同", "安康", "河源", "通化", "来宾", "武威", "自贡", "中山", "黄山",
    "天水", "长治", "文昌", "朝阳", "吉林", "东方", "长春", "保定",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// Such as 广东省.
    pub province: &'static str,
    /// Such as 深圳市; `None` for a province.
    pub city: Option<&'static str>,
    /// The name as it was found is an everyday word too.
    pub is_everyday: bool,
}

struct Names {
    /// First character -> (name, division), longest names first.
    by_first: HashMap<char, Vec<(String, Division)>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<(String, Division)>> = HashMap::new();
    let mut put = |name: &str, division: Division| {
        if let Some(first) = name.chars().next() {
            by_first.entry(first).or_default().push((name.to_owned(), division));
        }
    };
    let mut provinces = Vec::new();
    for line in TABLE.lines() {
        let mut words = line.split(' ');
        let Some(province) = words.next() else { continue };
        let plain = Division { province, city: None, is_everyday: false };
        let is_city_itself = province.ends_with('市') || province.ends_with("特别行政区");
        let own = if is_city_itself { Division { city: Some(province), ..plain } } else { plain };
        put(province, own);
        put(short(province, &PROVINCE_SUFFIXES), own);
        provinces.push(short(province, &PROVINCE_SUFFIXES));
        for city in words.filter(|_| !is_city_itself) {
            let (full, brief) = city_names(city);
            put(full, Division { province, city: Some(full), is_everyday: false });
            if !provinces.contains(&brief) && brief != full {
                let is_everyday = EVERYDAY.contains(&brief);
                put(brief, Division { province, city: Some(full), is_everyday });
            }
        }
    }
    for names in by_first.values_mut() {
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    Names { by_first }
});

fn short<'a>(name: &'a str, suffixes: &[&str]) -> &'a str {
    suffixes.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name)
}

/// Full and short name of a city as the table has it.
fn city_names(city: &'static str) -> (&'static str, &'static str) {
    let mut brief = short(city, &CITY_SUFFIXES);
    if city.ends_with("自治州") {
        while let Some(rest) = PEOPLES.iter().find_map(|people| brief.strip_suffix(people)) {
            brief = rest;
        }
    }
    (city, brief)
}

/// The division whose name `text` begins with, and the length of the name in bytes.
pub fn starts(text: &str) -> Option<(Division, usize)> {
    let first = text.chars().next()?;
    let names = NAMES.by_first.get(&first)?;
    names.iter().find(|(name, _)| text.starts_with(name.as_str())).map(|(name, division)| (*division, name.len()))
}

/// Where the name of a province or city first stands.
pub fn place_in(text: &str) -> Option<std::ops::Range<usize>> {
    text.char_indices().find_map(|(at, _)| {
        starts(&text[at..]).filter(|(division, _)| !division.is_everyday).map(|(_, length)| at..at + length)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_full_and_short() {
        let city = |text: &'static str| {
            starts(text).map(|(division, length)| (division.province, division.city, &text[..length]))
        };
        assert_eq!(city("深圳南山区"), Some(("广东省", Some("深圳市"), "深圳")));
        assert_eq!(city("深圳市南山区"), Some(("广东省", Some("深圳市"), "深圳市")));
        assert_eq!(city("上海浦东"), Some(("上海市", Some("上海市"), "上海")));
        assert_eq!(city("内蒙古呼伦贝尔"), Some(("内蒙古自治区", None, "内蒙古")));
        assert_eq!(city("西双版纳景洪"), Some(("云南省", Some("西双版纳傣族自治州"), "西双版纳")));
        assert_eq!(city("黔东南"), Some(("贵州省", Some("黔东南苗族侗族自治州"), "黔东南")));
        assert_eq!(city("海南三亚"), Some(("海南省", None, "海南")));
        assert_eq!(city("发货"), None);
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(TABLE.lines().count(), 34);
        let cities = TABLE.lines().map(|line| line.split(' ').count() - 1).sum::<usize>();
        assert!((325..=370).contains(&cities), "{cities}");
    }
}
