//! Amounts of money and numbers of things.

use std::sync::LazyLock;

use domain::shop::Money;
use regex::{Captures, Regex};

use super::{Entity, Hit, Quantity, contacts::pattern, numerals::number};

/// More than any shop takes; beyond it the digits are something else.
const MAX_AMOUNT: f64 = 10_000_000.0;

static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(¥|us\$|hk\$|\$|£|€|\brmb ?|\bcny ?|\busd ?|\bgbp ?|\beur ?)\s?(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)(k|w|万)?",
    )
});
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?(?:万|千|k|w)?|[零一二两三四五六七八九十百千万]+)\s?(?:多|来)?(?:(元|人民币|块钱|块)(?:([一二三四五六七八九\d])(?:毛)?)?|\b(dollars?|bucks|usd|pounds?|quid|gbp|euros?|eur|yuan|rmb|cny)\b)",
    )
});
/// The words of English amounts: ten dollars.
static SPELT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty) (dollars?|bucks|pounds?|euros?|yuan)\b",
    )
});
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\d{1,4}|[一二两俩三四五六七八九十百]{1,4})\s?(件套|件|个|双|条|瓶|盒|箱|包|台|只|套|本|袋|支|把|张|斤|公斤|份|部|盏|组|对|罐|桶|顶|款|副|枚|根|块|单)",
    )
});
static COUNTED_EN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple) (pieces?|pcs|units?|items?|pairs?|boxes|box|bottles?|packs?|sets?|bags?|cans?|of (?:them|these|those))\b|\b(?:qty|quantity)(?: of|:| is)? ?(\d{1,4})\b|\b(\d{1,4}) ?[x×]|[x×] ?(\d{1,4})\b",
    )
});

pub fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for found in SIGNED.captures_iter(text) {
        let (Some(sign), Some(digits)) = (found.get(1), found.get(2)) else { continue };
        let times = if found.get(3).is_some_and(|unit| unit.as_str() == "k") { 1_000.0 } else { 10_000.0 };
        let value = number(digits.as_str()).map(|value| if found.get(3).is_some() { value * times } else { value });
        hits.extend(amount(&found, value, currency(sign.as_str().trim()), 0.97));
    }
    for found in NAMED.captures_iter(text) {
        let Some(digits) = found.get(1) else { continue };
        let unit = found.get(2).or_else(|| found.get(4)).map_or("", |unit| unit.as_str());
        // 一块 means together, and a 块 may be a piece.
        if unit == "块" && digits.as_str() == "一" && found.get(3).is_none() {
            continue;
        }
        let tenths = found.get(3).and_then(|tenth| number(tenth.as_str())).unwrap_or_default() / 10.0;
        let value = number(digits.as_str()).map(|value| value + tenths);
        hits.extend(amount(&found, value, currency(unit), if unit == "块" { 0.85 } else { 0.95 }));
    }
    for found in SPELT.captures_iter(text) {
        let value = found.get(1).and_then(|word| number(word.as_str()));
        let unit = found.get(2).map_or("", |unit| unit.as_str());
        hits.extend(amount(&found, value, currency(unit), 0.9));
    }
    hits.extend(COUNTED.captures_iter(text).filter_map(|found| counted(text, &found)));
    hits.extend(COUNTED_EN.captures_iter(text).filter_map(|found| counted_en(&found)));
    hits
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by MAX_AMOUNT")]
fn amount(found: &Captures<'_>, value: Option<f64>, currency: &str, confidence: f32) -> Option<Hit> {
    let whole = found.get(0)?;
    let value = value.filter(|value| (0.0..=MAX_AMOUNT).contains(value))?;
    let money = Money::new((value * 100.0).round() as i64, currency);
    Some(Hit::new(whole.start(), whole.end(), Entity::Amount(money), confidence))
}

fn currency(sign: &str) -> &'static str {
    match sign {
        "$" | "us$" | "usd" | "dollar" | "dollars" | "buck" | "bucks" => "USD",
        "hk$" => "HKD",
        "£" | "gbp" | "pound" | "pounds" | "quid" => "GBP",
        "€" | "eur" | "euro" | "euros" => "EUR",
        _ => "CNY",
    }
}

fn counted(text: &str, found: &Captures<'_>) -> Option<Hit> {
    let (whole, digits, unit) = (found.get(0)?, found.get(1)?, found.get(2)?);
    // 第二个 is a place in a list, 三个月 a time, 一件 in 一件事 nothing at all.
    let before = text[..whole.start()].chars().next_back();
    let after = text[whole.end()..].chars().next();
    let is_other = before.is_some_and(|symbol| symbol == '第' || symbol == '.' || symbol.is_ascii_digit())
        || matches!(
            (unit.as_str(), after),
            ("个", Some('月' | '星' | '礼' | '小' | '工')) | ("件", Some('事')) | ("单", Some('元'))
        );
    if is_other {
        return None;
    }
    let count = number(digits.as_str())?;
    let is_vague = digits.as_str() == "一";
    let quantity = Quantity { count, unit: unit.as_str().to_owned() };
    Some(Hit::new(whole.start(), whole.end(), Entity::Quantity(quantity), if is_vague { 0.5 } else { 0.85 }))
}

fn counted_en(found: &Captures<'_>) -> Option<Hit> {
    let whole = found.get(0)?;
    let digits = [1, 3, 4, 5].into_iter().find_map(|index| found.get(index))?;
    let count = number(digits.as_str())?;
    let unit = found.get(2).map(|unit| unit.as_str()).filter(|unit| !unit.starts_with("of ")).unwrap_or_default();
    Some(Hit::new(whole.start(), whole.end(), Entity::Quantity(Quantity { count, unit: unit.to_owned() }), 0.85))
}
