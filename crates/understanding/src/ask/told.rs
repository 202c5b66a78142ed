//! What a Chinese shopper said, as somebody else would tell it: without the persons, without what only fills a pause, and
//! a question as one that is told: 「能不能退」 as 「能否退」, 「可以退吗」 as 「是否可以退」.

use super::words;

/// Ways to ask, and how the same is told; the longer first.
const TOLD: [(&str, &str); 17] = [
    ("啥时候", "什么时候"),
    ("为啥", "为什么"),
    ("咋办", "怎么办"),
    ("咋样", "怎么样"),
    ("咋", "怎么"),
    ("啥", "什么"),
    ("可以不可以", "是否可以"),
    ("可不可以", "是否可以"),
    ("还有没有", "是否还有"),
    ("能不能够", "能否"),
    ("能不能", "能否"),
    ("需不需要", "是否需要"),
    ("有没有", "是否有"),
    ("是不是", "是否"),
    ("会不会", "是否会"),
    ("要不要", "是否要"),
    ("行不行", "是否可以"),
];
/// What asks by itself: no 「是否」 is needed.
const ASKING: [&str; 13] =
    ["什么", "怎么", "多久", "多少", "为什么", "哪", "几", "如何", "何时", "是否", "能否", "谁", "多长"];
/// 「是否」 stands before these.
const MODALS: [&str; 16] =
    ["可以", "能够", "需要", "支持", "属于", "应该", "已经", "能", "会", "有", "是", "要", "算", "包", "还", "得"];
const FILLERS: [&str; 11] = ["一下", "的话", "这个", "那个", "这边", "那边", "就是", "到底", "麻烦", "请问", "然后"];
/// What a yes-no question ends with.
const ENDS: [&str; 6] = ["没有", "吗", "么", "嘛", "没", "不"];

/// `whole` is the message with what was taken off its end, which tells whether it asks.
pub(super) fn indirect(text: &str, whole: &str) -> String {
    let fold = |text: String, (from, to): (&str, &str)| text.replace(from, to);
    let text = words::PERSONS.iter().map(|person| (*person, "")).fold(text.to_owned(), fold);
    let text = TOLD.into_iter().fold(text, fold);
    let text = as_whether(text, whole);
    FILLERS.into_iter().map(|filler| (filler, "")).fold(text, fold)
}

fn as_whether(text: String, whole: &str) -> String {
    let whole = whole.trim_end_matches(|symbol: char| !symbol.is_alphanumeric());
    let Some(end) = ENDS.iter().find(|end| whole.ends_with(**end)) else { return text };
    if ASKING.iter().any(|asking| text.contains(asking)) {
        return text;
    }
    let bare = if matches!(*end, "没有" | "没" | "不") { text.strip_suffix(end).unwrap_or(&text) } else { &text };
    let at = MODALS.iter().filter_map(|modal| bare.find(modal)).min().unwrap_or_default();
    format!("{}是否{}", &bare[..at], &bare[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told() {
        for (text, whole, told) in [
            ("我的手机可以退", "我的手机可以退吗？", "手机是否可以退"),
            ("你们能不能送一下", "你们能不能送一下", "能否送"),
            ("退款到了", "退款到了没", "是否退款到了"),
            ("什么时候发货", "什么时候发货吗", "什么时候发货"),
            ("为啥还没到", "为啥还没到", "为什么还没到"),
            ("收到的杯子碎了", "收到的杯子碎了", "收到的杯子碎了"),
        ] {
            assert_eq!(indirect(text, whole), told);
        }
    }
}
