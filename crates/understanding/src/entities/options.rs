//! What variants differ in: colours and sizes, and the place in a list that was shown.

use std::sync::LazyLock;

use regex::Regex;

use super::{Entity, Hit, contacts::pattern, numerals::number};

/// Key, Chinese stems (said with 色, 的 or 款), English names.
#[rustfmt::skip]
pub const COLOURS: [(&str, &[&str], &[&str]); 20] = [
    ("red", &["红", "大红", "酒红", "枣红"], &["red", "burgundy", "crimson"]),
    ("orange", &["橙", "橘", "橘红"], &["orange"]),
    ("yellow", &["黄", "明黄", "姜黄"], &["yellow", "mustard"]),
    ("green", &["绿", "墨绿", "军绿", "草绿", "豆绿"], &["green", "olive"]),
    ("cyan", &["青", "湖蓝"], &["cyan", "teal", "turquoise"]),
    ("blue", &["蓝", "天蓝", "深蓝", "浅蓝", "宝蓝"], &["blue", "light blue"]),
    ("navy", &["藏青", "藏蓝", "海军蓝"], &["navy", "navy blue"]),
    ("purple", &["紫", "香芋紫"], &["purple", "violet", "lavender"]),
    ("pink", &["粉", "粉红", "樱花粉", "玫红"], &["pink", "rose"]),
    ("brown", &["棕", "咖啡", "褐"], &["brown", "coffee"]),
    ("black", &["黑", "纯黑", "亮黑"], &["black"]),
    ("white", &["白", "纯白", "奶白", "乳白"], &["white", "off-white"]),
    ("grey", &["灰", "深灰", "浅灰", "银灰", "石墨"], &["grey", "gray", "charcoal"]),
    ("silver", &["银"], &["silver"]),
    ("gold", &["金", "香槟金", "玫瑰金"], &["gold", "rose gold"]),
    ("beige", &["米", "米白", "杏", "奶油", "燕麦"], &["beige", "cream", "ivory"]),
    ("khaki", &["卡其", "驼", "沙"], &["khaki", "tan", "sand"]),
    ("mint", &["薄荷", "薄荷绿"], &["mint"]),
    ("transparent", &["透明"], &["clear", "transparent"]),
    ("multicolour", &["彩", "花"], &["multicolour", "multicolor", "rainbow"]),
];

/// The words for a colour, to look for it among the options of a product.
pub fn colour_names(key: &str) -> impl Iterator<Item = &'static str> {
    COLOURS.into_iter().filter(move |(name, _, _)| *name == key).flat_map(|(_, zh, en)| zh.iter().chain(en).copied())
}

static COLOUR_ZH: LazyLock<Regex> = LazyLock::new(|| {
    let mut stems: Vec<&str> = COLOURS.iter().flat_map(|(_, zh, _)| zh.iter().copied()).collect();
    stems.sort_by_key(|stem| std::cmp::Reverse(stem.len()));
    let long: Vec<&str> = stems
        .iter()
        .copied()
        .filter(|stem| {
            stem.chars().count() > 1 && *stem != "咖啡" && *stem != "奶油" && *stem != "燕麦" && *stem != "薄荷"
        })
        .collect();
    pattern(&format!(r"({})(?:色|的|款|那|$)|({})色?", stems.join("|"), long.join("|")))
});
static COLOUR_EN: LazyLock<Regex> = LazyLock::new(|| {
    let mut names: Vec<&str> = COLOURS.iter().flat_map(|(_, _, en)| en.iter().copied()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    pattern(&format!(r"\b(?:in )?(?P<all>{})\b", names.join("|")))
});
static SIZE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(\d?x{0,4}[sl]|m)(?:码|号)|(加大|特大|超大|大|中|小|均)(?:码|号)|\b(\d{2}(?:\.5)?)\s?码|\b(?:size|eu|uk|us|尺码|尺寸|码数)(?: is|:|是)? ?(\d{1,2}(?:\.5)?|\d?x{0,4}[sl]|m|small|medium|large|extra large)\b|(?:换成?|改成?|要|选|拍|买|穿|发) ?(\d?x{0,4}[sl]|m)\b|\b(x{1,4}[sl]|[2-6]xl)\b|\b(small|medium|large|extra large)(?: one| size)?\b",
    )
});
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:倒数)?第\s?(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个|款|条|单|种|件|张|双|套|家|项|本)?|(最后)(?:一|那)?(?:个|款|单|件|条)|(?:^|[^一-龥])(头)一?个|\bthe (first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)(?: one| option| item| order)?\b|\b(?:option|number|no\.) ?(\d{1,2})\b|\b(first|second|third|last) one\b",
    )
});

/// No list that is shown is longer.
const LONGEST_LIST: i32 = 99;

pub fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for found in COLOUR_ZH.captures_iter(text) {
        let Some(stem) = found.get(1).or_else(|| found.get(2)) else { continue };
        if let Some(key) = colour(stem.as_str()) {
            let end = if text[stem.end()..].starts_with('色') { stem.end() + '色'.len_utf8() } else { stem.end() };
            hits.push(Hit::new(stem.start(), end, Entity::Colour(key), 0.9));
        }
    }
    for found in COLOUR_EN.captures_iter(text) {
        if let Some(name) = found.name("all")
            && let Some(key) = colour(name.as_str())
        {
            hits.push(Hit::new(
                name.start(),
                name.end(),
                Entity::Colour(key),
                if key == "transparent" { 0.5 } else { 0.9 },
            ));
        }
    }
    for found in SIZE.captures_iter(text) {
        if let Some(size) = found.iter().skip(1).flatten().next() {
            let written = match size.as_str() {
                "small" => "S".to_owned(),
                "medium" => "M".to_owned(),
                "large" => "L".to_owned(),
                "extra large" => "XL".to_owned(),
                han if !han.is_ascii() => format!("{han}号"),
                other => other.to_ascii_uppercase(),
            };
            let end =
                if size.as_str().is_ascii() { size.end() } else { found.get(0).map_or(size.end(), |all| all.end()) };
            hits.push(Hit::new(size.start(), end, Entity::Size(written), 0.85));
        }
    }
    hits.extend(ORDINAL.captures_iter(text).filter_map(|found| ordinal(&found)));
    hits
}

fn colour(name: &str) -> Option<&'static str> {
    COLOURS.iter().find(|(_, zh, en)| zh.contains(&name) || en.contains(&name)).map(|(key, _, _)| *key)
}

#[expect(clippy::cast_possible_truncation, reason = "two digits")]
fn ordinal(found: &regex::Captures<'_>) -> Option<Hit> {
    let (whole, word) = (found.get(0)?, found.iter().skip(1).flatten().next()?);
    let place = match word.as_str() {
        "最后" | "last" => -1,
        "头" | "first" | "1st" => 0,
        "second" | "2nd" => 1,
        "third" | "3rd" => 2,
        "fourth" | "4th" => 3,
        "fifth" | "5th" => 4,
        digits if whole.as_str().starts_with("倒数") => -(number(digits)? as i32),
        digits => number(digits)? as i32 - 1,
    };
    (place >= -LONGEST_LIST).then(|| Hit::new(whole.start(), whole.end(), Entity::Ordinal(place), 0.9))
}
