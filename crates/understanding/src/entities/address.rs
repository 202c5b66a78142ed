//! Postal addresses: Chinese ones by their divisions, American and British ones by their form.

use std::sync::LazyLock;

use domain::shop::Address;
use regex::Regex;

use super::{
    Entity, Hit, Place,
    contacts::{self, pattern},
    divisions::{self, Division},
    folded::Folded,
    names,
};

static DISTRICT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\s,]*((?:[\p{Han}--[区]]{1,7}?(?:自治县|自治旗|特区|新区|林区|开发区|高新区|县|旗)|\p{Han}{1,4}?区|\p{Han}{2,3}?市))",
    )
});
/// What makes the rest a place one can go to.
static STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:路|街|大道|巷|弄|胡同|镇|乡|村|屯|小区|花园|公寓|大厦|广场|中心|苑|园|城|府|湾|里|楼|栋|幢|座|单元|室|号|驿站|宿舍|学校|大学)",
    )
});
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:\d+|[一二三四五六七八九十]+)[\s-]*(?:号|弄|栋|幢|座|单元|室|楼|层|组|队|-\d)|\d{3,4}$")
});
static STREET_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\p{Han}{2,}?(?:路|街|大道|巷|弄|胡同|镇|乡|村|小区|花园|公寓|大厦|广场|苑)"));
/// Where a street address ends: punctuation, what is said about it, or the contact.
static STREET_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[,;。!?\n]|电话|手机|收件|收货人|联系|邮编|(?:可以|行|好)?[吗吧么呢呗哈呀啦哦咯嘛]\??$|谢谢|可以|行不行|\+?(?:86)?1[3-9]\d{9}|\s+\p{Han}{2,3}\s*(?:1[3-9]\d|$)",
    )
});
static POSTCODE_CN: LazyLock<Regex> = LazyLock::new(|| pattern(r"邮(?:政)?编(?:码)?[::\s]*(\d{6})"));

const US_STREET: &str = r"\d{1,6} (?:[a-z0-9.'-]+ ){1,5}?(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|terrace|parkway|pkwy|circle|cir|square|sq|highway|hwy|trail)\.?(?:,? (?:apt|apartment|suite|ste|unit|#|floor|flat)\.? ?#?[a-z0-9-]+)?";
static US: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"({US_STREET}),?\s+(?:in )?([a-z][a-z .'-]{{1,30}}?),?\s+({})\b,?(?:\s+(\d{{5}}(?:-\d{{4}})?))?",
        STATES.map(|(code, name)| format!("{name}|{code}")).join("|")
    ))
});
static UK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"((?:flat \w+,? )?\d{1,4}[a-z]? (?:[a-z.'-]+ ){1,4}?(?:street|st|avenue|road|rd|lane|drive|close|way|place|gardens|terrace|crescent|square|court|hill|park|row|mews)),?\s+([a-z][a-z .'-]{1,30}?),?\s+([a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})\b",
    )
});
static US_STREET_ALONE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b{US_STREET}(?:[\s,.]|$)")));
static ZIP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b(?:zip(?: ?code)?|postal code|postcode)(?: is|:)? ?(\d{5}(?:-\d{4})?)\b|邮编[^\d]{0,3}(\d{6})")
});

/// Behind this much text a division begins another address.
const CONFIDENT: f32 = 0.9;
const WITHOUT_NUMBER: f32 = 0.7;

pub fn find(text: &str, original: &str, folded: &Folded, taken: &[Hit]) -> Vec<Hit> {
    let mut hits = chinese(text, original, folded);
    let own = |start: usize, end: usize| original[folded.place(start)..folded.place(end)].trim().to_owned();
    for found in US.captures_iter(text) {
        let part = |index: usize| found.get(index).map(|part| own(part.start(), part.end())).unwrap_or_default();
        let state = part(3).to_lowercase();
        let code = STATES.iter().find(|(code, name)| state == *code || state == *name).map_or("", |(code, _)| code);
        let address = Address {
            country: "US".into(),
            province: code.to_ascii_uppercase(),
            city: part(2),
            street: part(1),
            postcode: part(4),
            ..Address::default()
        };
        hits.push(hit(&found, address, CONFIDENT));
    }
    for found in UK.captures_iter(text) {
        let part = |index: usize| found.get(index).map(|part| own(part.start(), part.end())).unwrap_or_default();
        let address = Address {
            country: "GB".into(),
            city: part(2),
            street: part(1),
            postcode: part(3).to_ascii_uppercase(),
            ..Address::default()
        };
        hits.push(hit(&found, address, CONFIDENT));
    }
    for found in US_STREET_ALONE.find_iter(text) {
        let end = found.start() + found.as_str().trim_end_matches([' ', ',', '.', '\n']).len();
        if hits.iter().all(|hit| end <= hit.start || hit.end <= found.start()) {
            let address = Address { street: own(found.start(), end), ..Address::default() };
            hits.push(Hit::new(found.start(), end, Entity::Address(Box::new(address)), 0.55));
        }
    }
    for found in ZIP.captures_iter(text) {
        if let Some(code) = found.get(1).or_else(|| found.get(2)) {
            hits.push(Hit::new(code.start(), code.end(), Entity::Postcode(code.as_str().to_owned()), 0.95));
        }
    }
    complete(&mut hits, text, original, folded, taken);
    hits
}

/// The Chinese address that a piece of a message gives, whole enough to be sent to, and who it is for.
pub fn chinese_address(text: &str) -> Option<Address> {
    let folded = Folded::new(text);
    let mut hits = chinese(&folded.text, text, &folded);
    complete(&mut hits, &folded.text, text, &folded, &contacts::find(&folded.text));
    hits.into_iter().find_map(|hit| match hit.entity {
        Entity::Address(address) if !address.city.is_empty() && !address.street.is_empty() => Some(*address),
        _ => None,
    })
}

fn hit(found: &regex::Captures<'_>, address: Address, confidence: f32) -> Hit {
    let (start, end) = found.get(0).map_or((0, 0), |all| (all.start(), all.end()));
    Hit::new(start, end, Entity::Address(Box::new(address)), confidence)
}

/// Recipient and phone of the message belong to its address when there is one.
fn complete(hits: &mut [Hit], text: &str, original: &str, folded: &Folded, taken: &[Hit]) {
    let phones: Vec<&String> = taken
        .iter()
        .filter_map(|hit| match &hit.entity {
            Entity::Phone(phone) => Some(phone),
            _ => None,
        })
        .collect();
    let mut addresses: Vec<&mut Address> = hits
        .iter_mut()
        .filter_map(|hit| match &mut hit.entity {
            Entity::Address(address) => Some(&mut **address),
            _ => None,
        })
        .collect();
    if let [address] = addresses.as_mut_slice() {
        if let [phone] = phones.as_slice() {
            address.phone.clone_from(phone);
        }
        if let Some((start, end)) = names::recipient(text) {
            original[folded.place(start)..folded.place(end)].clone_into(&mut address.recipient);
        }
        if let Some(code) = POSTCODE_CN.captures(text).and_then(|found| found.get(1)) {
            code.as_str().clone_into(&mut address.postcode);
        }
    }
}

fn chinese(text: &str, original: &str, folded: &Folded) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].chars().next() {
        let next = at + step.len_utf8();
        match divisions::starts(&text[at..]) {
            Some((division, length)) => {
                let hit = from_division(text, at, length, division, original, folded);
                at = hit.as_ref().map_or(at + length, |hit| hit.end.max(at + length));
                hits.extend(hit);
            }
            None => at = next,
        }
    }
    if hits.is_empty() {
        hits.extend(district_alone(text, original, folded));
    }
    hits
}

/// What follows the name of a province or city, as far as it is an address.
fn from_division(
    text: &str,
    start: usize,
    length: usize,
    first: Division,
    original: &str,
    folded: &Folded,
) -> Option<Hit> {
    let mut end = start + length;
    let mut division = first;
    // A province (or a city that is one) may be followed by its city.
    let rest = text[end..].trim_start_matches([' ', ',']);
    let gap = text[end..].len() - rest.len();
    if let Some((inner, more)) = divisions::starts(rest)
        && inner.province == first.province
        && inner.city.is_some()
    {
        division = inner;
        end += gap + more;
    }
    let is_named_twice = division != first;
    let own = |start: usize, end: usize| original[folded.place(start)..folded.place(end)].trim().to_owned();
    let mut district = String::new();
    let city_end = end;
    if let Some(found) = DISTRICT.captures(&text[end..]).and_then(|found| found.get(1)) {
        let name = found.as_str();
        // 小区 is where somebody lives, and a question has no district.
        let is_district =
            !name.ends_with("小区") && !name.ends_with("地区") && !name.contains(['到', '发', '能', '几']);
        if is_district {
            district = own(end + found.start(), end + found.end());
            end += found.end();
        }
    }
    let rest = &text[end..];
    let stop = STREET_END.find(rest).map_or(rest.len(), |found| found.start());
    let street = rest[..stop].trim_end();
    let is_street = STREET.is_match(street) && (NUMBERED.is_match(street) || STREET_NAME.is_match(street));
    if is_street && (!district.is_empty() || NUMBERED.is_match(street)) {
        let street_end = end + street.len();
        // 浙江省义乌市: a city by itself, though it belongs to another.
        let is_own_city = division.city.is_none() && district.ends_with('市');
        let (city, district) = if is_own_city { (district, String::new()) } else { (String::new(), district) };
        let address = Address {
            country: country(division.province).into(),
            province: division.province.into(),
            city: division.city.map_or(city, Into::into),
            district,
            street: own(end, street_end),
            ..Address::default()
        };
        let confidence = if NUMBERED.is_match(street) { CONFIDENT } else { WITHOUT_NUMBER };
        return Some(Hit::new(start, street_end, Entity::Address(Box::new(address)), confidence));
    }
    let is_sure = is_named_twice || !division.is_everyday || text[start..].chars().take(4).any(|symbol| symbol == '市');
    let place = Place { province: division.province.into(), city: division.city.map(Into::into) };
    is_sure.then(|| Hit::new(start, city_end, Entity::Place(place), 0.8))
}

/// 「改到南山区科技园南路12号3栋」: no city, but a district and a street with a number.
fn district_alone(text: &str, original: &str, folded: &Folded) -> Option<Hit> {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:改到|改成|改为|换到|换成|寄到|送到|发到|地址(?:是|为|改成|换成|:)?|^|[,。\s])\s*((\p{Han}{1,5}?(?:区|县))?(\p{Han}{2,12}?(?:路|街|大道|巷|弄|小区|花园|公寓|大厦|广场|苑|镇|村)[^,;。!?\n]*?\d+[^,;。!?\n吗吧]*))",
        )
    });
    let found = WHOLE.captures(text)?;
    let (whole, street) = (found.get(1)?, found.get(3)?);
    if !NUMBERED.is_match(street.as_str()) {
        return None;
    }
    let stop = STREET_END.find(street.as_str()).map_or(street.len(), |end| end.start());
    let own = |start: usize, end: usize| original[folded.place(start)..folded.place(end)].trim().to_owned();
    let end = street.start() + street.as_str()[..stop].trim_end().len();
    let address = Address {
        country: "CN".into(),
        district: found.get(2).map(|part| own(part.start(), part.end())).unwrap_or_default(),
        street: own(street.start(), end),
        ..Address::default()
    };
    Some(Hit::new(whole.start(), end, Entity::Address(Box::new(address)), 0.6))
}

fn country(province: &str) -> &'static str {
    match province {
        "香港特别行政区" => "HK",
        "澳门特别行政区" => "MO",
        "台湾省" => "TW",
        _ => "CN",
    }
}

#[rustfmt::skip]
pub const STATES: [(&str, &str); 51] = [
    ("al", "alabama"), ("ak", "alaska"), ("az", "arizona"), ("ar", "arkansas"), ("ca", "california"),
    ("co", "colorado"), ("ct", "connecticut"), ("de", "delaware"), ("dc", "district of columbia"), ("fl", "florida"),
    ("ga", "georgia"), ("hi", "hawaii"), ("id", "idaho"), ("il", "illinois"), ("in", "indiana"), ("ia", "iowa"),
    ("ks", "kansas"), ("ky", "kentucky"), ("la", "louisiana"), ("me", "maine"), ("md", "maryland"),
    ("ma", "massachusetts"), ("mi", "michigan"), ("mn", "minnesota"), ("ms", "mississippi"), ("mo", "missouri"),
    ("mt", "montana"), ("ne", "nebraska"), ("nv", "nevada"), ("nh", "new hampshire"), ("nj", "new jersey"),
    ("nm", "new mexico"), ("ny", "new york"), ("nc", "north carolina"), ("nd", "north dakota"), ("oh", "ohio"),
    ("ok", "oklahoma"), ("or", "oregon"), ("pa", "pennsylvania"), ("ri", "rhode island"), ("sc", "south carolina"),
    ("sd", "south dakota"), ("tn", "tennessee"), ("tx", "texas"), ("ut", "utah"), ("vt", "vermont"),
    ("va", "virginia"), ("wa", "washington"), ("wv", "west virginia"), ("wi", "wisconsin"), ("wy", "wyoming"),
];
