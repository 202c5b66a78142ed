//! Which of the products shown a message points at: 「第二个」, 「这两个」, "the first one you showed me before". Pure.

use domain::shop::ProductKey;
use skills::words::{fold, has, ordinal};

use super::memory::Memory;

/// The list before the present one is meant.
const EARLIER: &[&str] = &[
    "刚才",
    "之前",
    "前面",
    "上次",
    "先前",
    "一开始",
    "earlier",
    "before",
    "previous",
    "previously",
    "first list",
    "at first",
];
const BOTH: &[&str] = &[
    "这两个",
    "那两个",
    "这两款",
    "那两款",
    "两个都",
    "这俩",
    "那俩",
    "两款",
    "these two",
    "those two",
    "the two",
    "both of them",
    "both",
];
const PICKED: &[&str] = &["选的", "挑的", "看中的", "要的", "picked", "chose", "selected"];
/// Nobody points at more, nor further.
const MAX_LISTED: usize = 5;

/// In the order of the message; none when nothing is pointed at, or nothing was shown.
pub fn pointed(said: &str, memory: &Memory) -> Vec<ProductKey> {
    let text = fold(said);
    let is_earlier = speaks_of_earlier(&text);
    let is_picked = PICKED.iter().any(|phrase| has(&text, phrase));
    let list = if is_earlier && !memory.shown_before.is_empty() { &memory.shown_before } else { &memory.shown };
    if BOTH.iter().any(|phrase| has(&text, phrase)) {
        if list.len() == 2 && !is_picked {
            return list.clone();
        }
        return memory.picked.iter().rev().take(2).rev().cloned().collect();
    }
    if let Some(product) = ordinal(said, list.len()).and_then(|at| list.get(at)) {
        return vec![product.clone()];
    }
    let places = places(&text);
    if !places.is_empty() {
        return places.into_iter().filter_map(|place| list.get(place).cloned()).collect();
    }
    if is_picked && let Some(last) = memory.picked.last() {
        return vec![last.clone()];
    }
    Vec::new()
}

/// Whether a folded text speaks of what was shown before.
pub fn speaks_of_earlier(text: &str) -> bool {
    EARLIER.iter().any(|phrase| has(text, phrase))
}

/// 「第一个和第三个」, "the first and the second one", in the order of the text.
fn places(text: &str) -> Vec<usize> {
    const NAMES: [&[&str]; MAX_LISTED] = [
        &["第一个", "第一款", "第1个", "first one", "the first"],
        &["第二个", "第二款", "第2个", "second one", "the second"],
        &["第三个", "第三款", "第3个", "third one", "the third"],
        &["第四个", "第四款", "第4个", "fourth one", "the fourth"],
        &["第五个", "第五款", "第5个", "fifth one", "the fifth"],
    ];
    let mut found: Vec<(usize, usize)> = NAMES
        .iter()
        .enumerate()
        .filter_map(|(place, names)| Some((names.iter().filter_map(|name| text.find(name)).min()?, place)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_what_was_picked_from_them_are_pointed_at() {
        let keys = |names: &[&str]| names.iter().map(|name| ProductKey::from(*name)).collect::<Vec<_>>();
        let mut memory = Memory { shown: keys(&["lamp", "torch", "candle"]), ..Memory::default() };
        memory.point_at("第一个");
        memory.shown_before = std::mem::replace(&mut memory.shown, keys(&["tent", "tarp"]));
        let cases: [(&str, &[&str]); 9] = [
            ("第二个", &["tarp"]),
            ("刚才的第二个呢", &["torch"]),
            ("the third one you showed me before", &["candle"]),
            ("第一个和第二个比一下", &["tent", "tarp"]),
            ("compare the first and the second one", &["tent", "tarp"]),
            ("这两个有什么区别", &["tent", "tarp"]),
            ("我刚才选的那个多重", &["lamp"]),
            ("第四个", &[]),
            ("怎么开发票", &[]),
        ];
        for (said, expected) in cases {
            assert_eq!(pointed(said, &memory), keys(expected), "{said}");
        }
        memory.point_at("second one");
        assert_eq!(pointed("compare those two I picked", &memory), keys(&["lamp", "tarp"]));
        assert_eq!(pointed("第一个", &Memory::default()), keys(&[]), "nothing was shown");
    }
}
