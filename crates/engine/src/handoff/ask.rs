//! The shopper's ask in one sentence: the messages that carry it, taken word for word.

use domain::conversation::Seq;

use crate::bot::{is_small_talk, normal};

/// One line on the card.
const MAX_CHARS: usize = 120;
/// Sentences joined for the ask.
const MAX_PARTS: usize = 2;

/// Marks of a question or a wish, in both languages.
const ASKS: &[&str] = &[
    "?",
    "吗",
    "怎么",
    "如何",
    "什么",
    "多久",
    "多少",
    "为什么",
    "为啥",
    "能不能",
    "可不可以",
    "可以",
    "能否",
    "想",
    "要",
    "帮我",
    "麻烦",
    "哪",
    "没有",
    "还没",
    "申请",
    "退",
    "换",
    "取消",
    "改",
    "how",
    "what",
    "when",
    "where",
    "why",
    "can i",
    "could",
    "want",
    "need",
    "please",
    "my ",
    "haven't",
    "not ",
    "refund",
    "return",
    "cancel",
    "change",
];

/// The most telling of the shopper's messages, oldest first, and the event of the first of them.
pub fn state_ask(messages: &[(Seq, String)]) -> Option<(Seq, String)> {
    let telling: Vec<&(Seq, String)> = messages.iter().filter(|(_, text)| !is_small_talk(text)).collect();
    let count = telling.len();
    let mut scored: Vec<(usize, f64)> = telling
        .iter()
        .enumerate()
        .map(|(place, (_, text))| {
            let recency = (place + 1) as f64 / count as f64;
            (place, weight(text) + 0.5 * recency)
        })
        .collect();
    scored.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(b.cmp(a)));
    let mut places: Vec<usize> = scored.into_iter().take(MAX_PARTS).map(|(place, _)| place).collect();
    places.sort_unstable();
    let first = telling.get(*places.first()?)?.0;
    let parts: Vec<&str> = places.iter().map(|place| telling[*place].1.trim()).collect();
    Some((first, clip(&join(&parts))))
}

/// With a mark between two sentences only where the first has none of its own.
fn join(parts: &[&str]) -> String {
    parts.iter().fold(String::new(), |joined, part| match joined.chars().next_back() {
        None => (*part).to_owned(),
        Some('。' | '？' | '！' | '；') => joined + part,
        Some('.' | '?' | '!' | ';') => joined + " " + part,
        Some(last) if last.is_ascii() => joined + "; " + part,
        Some(_) => joined + "；" + part,
    })
}

fn weight(text: &str) -> f64 {
    let folded = normal(text);
    let marks = ASKS.iter().filter(|mark| folded.contains(*mark)).count().min(4) as f64;
    let length = (folded.chars().count() as f64 / 20.0).min(1.0);
    marks + length
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::state_ask;

    #[test]
    fn takes_what_is_asked_and_leaves_the_rest() {
        let said = |texts: &[&str]| -> Vec<_> {
            texts.iter().enumerate().map(|(n, text)| (n as i64 + 2, (*text).to_owned())).collect()
        };
        let (seq, ask) = state_ask(&said(&["在吗", "你好", "我买的帐篷杆断了，可以只换一根杆子吗？", "谢谢"])).unwrap();
        assert_eq!((seq, ask.as_str()), (4, "我买的帐篷杆断了，可以只换一根杆子吗？"));
        assert_eq!(state_ask(&said(&["你好"])), None);
        let (_, ask) = state_ask(&said(&["我的快递到哪了？", "已经两天没更新了，怎么办"])).unwrap();
        assert_eq!(ask, "我的快递到哪了？已经两天没更新了，怎么办");
    }
}
