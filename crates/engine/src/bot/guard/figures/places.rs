//! Street addresses: a road with a house number, in Chinese or English.

use std::ops::Range;

/// Characters before the road that still belong to an address.
const BEFORE_ROAD_MAX: usize = 16;
const ROADS: [char; 6] = ['路', '街', '巷', '弄', '道', '村'];
const STREET_WORDS: [&str; 10] = ["street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "boulevard", "blvd"];

/// Where a text names a street with its house number.
pub fn streets(text: &[char]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = (0..text.len()).filter_map(|at| chinese(text, at)).collect();
    found.extend(english(text));
    found
}

/// 「文三路 90 号」 with what stands before the road.
fn chinese(text: &[char], road: usize) -> Option<Range<usize>> {
    if !ROADS.contains(&text[road]) {
        return None;
    }
    let mut place = road + 1;
    while text.get(place) == Some(&' ') {
        place += 1;
    }
    let digits = text.get(place..)?.iter().take_while(|symbol| symbol.is_ascii_digit()).count();
    let mut end = place + digits;
    while text.get(end) == Some(&' ') {
        end += 1;
    }
    if digits == 0 || !matches!(text.get(end), Some('号' | '弄' | '幢' | '栋')) {
        return None;
    }
    let is_name = |symbol: &char| matches!(symbol, '\u{4e00}'..='\u{9fff}');
    let before = text[..road].iter().rev().take(BEFORE_ROAD_MAX).take_while(|symbol| is_name(symbol)).count();
    (before > 0).then_some(road - before.min(4)..end + 1)
}

/// "12 Garden Street".
fn english(text: &[char]) -> Vec<Range<usize>> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    for run in text.split(|symbol| !symbol.is_ascii_alphanumeric()) {
        if !run.is_empty() {
            words.push((at, run.iter().collect()));
        }
        at += run.len() + 1;
    }
    let is_house = |word: &str| word.len() <= 5 && word.starts_with(|first: char| first.is_ascii_digit());
    let mut found = Vec::new();
    for (index, (start, word)) in words.iter().enumerate() {
        if !STREET_WORDS.contains(&word.as_str()) {
            continue;
        }
        let from = index.saturating_sub(4);
        if let Some((house, _)) = words[from..index].iter().rev().find(|(_, word)| is_house(word))
            && text[*house..*start].iter().all(|symbol| symbol.is_ascii_alphanumeric() || *symbol == ' ')
            && index - from >= 2
        {
            found.push(*house..start + word.len());
        }
    }
    found
}
