//! Addresses in requests: written out, copied in fields, the same as another order's, or the one in the customer's
//! own record. Those written out keep their letters.

use std::ops::Range;

use domain::shop::Address;

use crate::{
    entities::{STATES, chinese_address},
    text::simplified,
};

use super::{
    lexicon::Cue,
    scene::Scene,
    tokens::{FULL_STOP, Kind},
};

/// Where an order shall go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    Written(Address),
    /// As another order: place in the world's orders.
    AsOrder(usize),
    Home,
}

const STREET_WORDS: [&str; 31] = [
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "drive",
    "dr",
    "lane",
    "ln",
    "court",
    "ct",
    "boulevard",
    "blvd",
    "broadway",
    "way",
    "place",
    "pl",
    "terrace",
    "ter",
    "parkway",
    "pkwy",
    "square",
    "sq",
    "circle",
    "cir",
    "highway",
    "hwy",
    "trail",
    "loop",
    "alley",
];
const UNIT_WORDS: [&str; 8] = ["suite", "ste", "apt", "apartment", "unit", "room", "floor", "flat"];

/// Whether something in the range reads like a destination.
pub fn is_said(scene: &Scene<'_>, range: Range<usize>) -> bool {
    if range.is_empty() {
        return false;
    }
    scene.has(range.clone(), Cue::Home)
        || house(scene, &range).is_some()
        || chinese(scene, &range).is_some()
        || fields(scene, &range).is_some()
        || source(scene, &range, None).is_some()
}

/// The destination said in the range; what it doesn't say is taken from the order.
pub fn destination(scene: &Scene<'_>, range: &Range<usize>, order: Option<usize>) -> Option<Destination> {
    let base = order.map(|order| scene.world.orders[order].address.clone());
    let base = base.or_else(|| scene.world.customer.addresses.first().cloned()).unwrap_or_default();
    if let Some(written) = fields(scene, range) {
        return Some(Destination::Written(completed(written, &base)));
    }
    if let Some(at) = house(scene, range)
        && let Some(written) = western(scene, at, range.end)
    {
        return Some(Destination::Written(completed(written, &base)));
    }
    if let Some(written) = chinese(scene, range) {
        return Some(Destination::Written(completed(written, &base)));
    }
    if let Some(source) = source(scene, range, order) {
        return Some(Destination::AsOrder(source));
    }
    scene.has(range.clone(), Cue::Home).then_some(Destination::Home)
}

fn completed(written: Address, base: &Address) -> Address {
    let or = |own: String, other: &str| if own.is_empty() { other.to_owned() } else { own };
    Address {
        recipient: or(written.recipient, &base.recipient),
        phone: or(written.phone, &base.phone),
        country: or(written.country, &base.country),
        ..written
    }
}

/// The order whose address is meant: «same as #W2», «the address on #W2».
pub fn source(scene: &Scene<'_>, range: &Range<usize>, target: Option<usize>) -> Option<usize> {
    const NEAR: usize = 14;
    const LIKE: [&str; 10] = ["same", "match", "matching", "copy", "used", "use", "using", "where", "wherever", "as"];
    let own: Vec<_> = scene.numbered.iter().filter(|n| range.contains(&n.start)).collect();
    let own_count = own.len();
    let strength = |start: usize, floor: usize| -> usize {
        let from = floor.max(start.saturating_sub(NEAR));
        (from..start)
            .filter(|at| {
                scene.cue_at(*at).is_some_and(|heard| heard.cue == Cue::Same) || LIKE.contains(&scene.tokens.stem(*at))
            })
            .count()
    };
    let mut floor = range.start;
    let mut best: Option<(usize, usize)> = None;
    for numbered in own {
        let score = strength(numbered.start, floor) + usize::from(is_address_of(scene, numbered.start));
        floor = numbered.end;
        let Some(order) = numbered.order.filter(|order| Some(*order) != target) else { continue };
        let follows = chinese_likeness(scene, numbered.end, range.end, own_count > 1);
        let score = score + usize::from(follows);
        if score > 0 && best.is_none_or(|(most, _)| score >= most) {
            best = Some((score, order));
        }
    }
    best.map(|(_, order)| order)
}

/// «… to the address of #W2», once another order was named.
fn is_address_of(scene: &Scene<'_>, start: usize) -> bool {
    const NEAR: usize = 6;
    let sentence = (0..start).rev().find(|at| scene.tokens.list[*at].strength() >= FULL_STOP).map_or(0, |at| at + 1);
    let is_second = scene.numbered.iter().any(|n| sentence <= n.start && n.start < start);
    let from = start.saturating_sub(NEAR).max(sentence);
    let noun = scene.cues_in(from..start).find(|heard| heard.cue == Cue::AddressNoun).map(|heard| heard.end);
    is_second && noun.is_some_and(|noun| !scene.has(noun..start, Cue::To))
}

/// 和SL…一样, and of two orders 「SL…的地址」.
fn chinese_likeness(scene: &Scene<'_>, from: usize, end: usize, is_one_of_several: bool) -> bool {
    const NEAR: usize = 10;
    let end = end.min(from + NEAR);
    let stop = (from..end).find(|at| scene.tokens.list[*at].strength() > 0).unwrap_or(end);
    let word: String = (from..stop).map(|at| scene.tokens.stem(at)).collect();
    let is_same = ["一样", "相同", "一致"].iter().any(|like| word.contains(like));
    is_same || is_one_of_several && from > 0 && ["的地址", "那个地址"].iter().any(|end| word.contains(end))
}

/// Where a house number with its street begins.
fn house(scene: &Scene<'_>, range: &Range<usize>) -> Option<usize> {
    const STREET_TOKENS_MAX: usize = 6;
    let tokens = &scene.tokens;
    range.clone().find(|at| {
        let token = &tokens.list[*at];
        let is_plain = token.kind == Kind::Number && !token.stem.contains('.') && token.stem.len() <= STREET_TOKENS_MAX;
        let next = tokens.list.get(at + 1);
        if !is_plain || next.is_none_or(|next| next.kind != Kind::Word || next.place.start == token.place.end) {
            return false;
        }
        (at + 1..(at + STREET_TOKENS_MAX).min(range.end))
            .take_while(|here| tokens.list[*here].kind == Kind::Word)
            .any(|here| STREET_WORDS.contains(&typed_word(scene, here).as_str()))
    })
}

fn typed_word(scene: &Scene<'_>, at: usize) -> String {
    scene.tokens.typed(at..at + 1).to_lowercase()
}

/// `629 Sunset Drive, Suite 581, San Diego, CA 92159, USA`, with or without some of the commas.
fn western(scene: &Scene<'_>, at: usize, end: usize) -> Option<Address> {
    const ADDRESS_TOKENS_MAX: usize = 32;
    let tokens = &scene.tokens;
    let far = end.min(at + ADDRESS_TOKENS_MAX);
    let zip = (at + 3..far).find(|here| {
        let token = &tokens.list[*here];
        token.kind == Kind::Number
            && token.stem.len() == 5
            && !scene.numbered.iter().any(|n| n.start <= *here && *here < n.end)
    });
    let stop = (at..far).find(|here| tokens.list[*here].strength() >= FULL_STOP).unwrap_or(far);
    let last = zip.filter(|zip| *zip < stop);
    let text = tokens.typed(at..last.unwrap_or(stop));
    let mut parts: Vec<String> =
        text.split(',').map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    parts.retain(|part| !part.is_empty() && !["usa", "us", "united states"].contains(&part.to_lowercase().as_str()));
    let mut address =
        Address { postcode: last.map(|zip| tokens.stem(zip).to_owned()).unwrap_or_default(), ..Address::default() };
    address.country = country(scene, last.map_or(stop, |zip| zip + 1), end).unwrap_or_default();
    // State: a code or a name at the end of the last part.
    let tail = parts.pop()?;
    let (rest, state) = state_at_end(&tail)?;
    address.province = state;
    if !rest.is_empty() {
        parts.push(rest);
    }
    let city_part = parts.pop()?;
    let (street_end, city) = city_of(&city_part, parts.is_empty());
    if let Some(street_end) = street_end {
        parts.push(street_end);
    }
    address.city = city;
    address.street = parts.iter().map(|part| with_unit_comma(part)).collect::<Vec<_>>().join(", ");
    (!address.street.is_empty() && !address.city.is_empty()).then_some(address)
}

fn country(scene: &Scene<'_>, from: usize, end: usize) -> Option<String> {
    const NEAR: usize = 4;
    (from..end.min(from + NEAR))
        .find_map(|at| matches!(scene.tokens.stem(at), "usa" | "us" | "united").then(|| "US".to_owned()))
}

fn state_at_end(part: &str) -> Option<(String, String)> {
    let words: Vec<&str> = part.split(' ').collect();
    for taken in (1..=words.len().min(3)).rev() {
        let (rest, name) = words.split_at(words.len() - taken);
        let name = name.join(" ");
        // A code in small letters is a word: «in», «me», «or».
        let is_code = |code: &str| code.to_ascii_uppercase() == name;
        let code = STATES.iter().find(|(code, full)| is_code(code) || full.eq_ignore_ascii_case(&name));
        if let Some((code, _)) = code {
            return Some((rest.join(" "), code.to_ascii_uppercase()));
        }
    }
    None
}

/// A part that may still hold the end of the street before the city: «Suite 581 San Diego».
fn city_of(part: &str, is_only: bool) -> (Option<String>, String) {
    let words: Vec<&str> = part.split(' ').collect();
    let lower: Vec<String> = words.iter().map(|word| word.trim_end_matches('.').to_lowercase()).collect();
    let unit = lower.iter().position(|word| UNIT_WORDS.contains(&word.as_str()));
    let street = lower.iter().rposition(|word| STREET_WORDS.contains(&word.as_str()) || word == "broadway");
    let split = match (unit, street) {
        (Some(unit), _) => Some(unit + 2),
        (None, Some(street)) if is_only => Some(street + 1),
        _ => None,
    };
    match split {
        Some(split) if split < words.len() => (Some(words[..split].join(" ")), words[split..].join(" ")),
        _ => (None, part.to_owned()),
    }
}

/// «629 Sunset Drive Suite 581» gets its comma.
fn with_unit_comma(part: &str) -> String {
    let words: Vec<&str> = part.split(' ').collect();
    let unit = words.iter().position(|word| UNIT_WORDS.contains(&word.to_lowercase().as_str()));
    match unit {
        Some(unit) if unit > 0 => format!("{}, {}", words[..unit].join(" "), words[unit..].join(" ")),
        _ => part.to_owned(),
    }
}

/// `city: San Diego, zip: 92159`, as people copy it from somewhere, in quotes and braces or without.
fn fields(scene: &Scene<'_>, range: &Range<usize>) -> Option<Address> {
    let text = scene.tokens.typed(range.clone());
    let mut address = Address::default();
    let mut street: Vec<String> = Vec::new();
    let mut found = 0;
    for part in text.split([',', '，', ';', '\n', '{', '}', '(', ')']) {
        let Some((label, value)) = part.split_once([':', '：', '=']) else { continue };
        let clean = |text: &str| {
            text.trim_matches(|letter: char| letter.is_whitespace() || "'\"。.".contains(letter)).to_owned()
        };
        let value = clean(value);
        match clean(label).to_lowercase().trim_start_matches("and ").trim() {
            "address1" | "address 1" | "address line 1" | "street" | "street address" | "详细地址" | "街道" => {
                street.insert(0, value)
            }
            "address2" | "address 2" | "address line 2" | "suite" | "unit" | "apt" => street.push(value),
            "city" | "town" | "城市" | "市" => address.city = value,
            "state" | "province" | "省份" | "省" => {
                address.province = state_at_end(&value).map_or(value, |(_, code)| code)
            }
            "district" | "区" | "区县" => address.district = value,
            "zip" | "zip code" | "zipcode" | "postcode" | "postal code" | "邮编" => address.postcode = value,
            "country" | "国家" => {
                address.country = if value.eq_ignore_ascii_case("usa") { "US".to_owned() } else { value }
            }
            "recipient" | "name" | "收件人" | "收货人" | "姓名" => address.recipient = value,
            "phone" | "电话" | "手机" | "手机号" => address.phone = value,
            _ => continue,
        }
        found += 1;
    }
    address.street = street.join(", ");
    (found >= 2 && !address.street.is_empty() && !address.city.is_empty()).then_some(address)
}

/// What was typed in the range as a Chinese address, by the divisions of the country.
fn chinese(scene: &Scene<'_>, range: &Range<usize>) -> Option<Address> {
    if !range.clone().any(|at| scene.tokens.list[at].kind == Kind::Han) {
        return None;
    }
    let address = chinese_address(&scene.tokens.typed(range.clone()))?;
    if address.country != "CN" {
        return Some(address);
    }
    // Couriers of the mainland sort by simplified characters.
    let plain = |text: String| text.chars().map(simplified).collect::<String>();
    Some(Address { district: plain(address.district), street: plain(address.street), ..address })
}
