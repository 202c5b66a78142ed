//! Words the runner itself understands and says, in both languages.

use domain::language::{
    Bilingual,
    Language::{self, En, Zh},
};

const AGREE: &[&str] = &[
    "确认",
    "确定",
    "是的",
    "是",
    "对的",
    "对",
    "好的",
    "好",
    "可以",
    "行",
    "没问题",
    "没错",
    "同意",
    "嗯",
    "办吧",
    "提交",
    "麻烦了",
    "就这样",
    "yes",
    "yeah",
    "yep",
    "ok",
    "okay",
    "sure",
    "confirm",
    "confirmed",
    "correct",
    "right",
    "go ahead",
    "do it",
    "sounds good",
    "that's right",
    "please",
    "fine",
    "proceed",
];
const DECLINE: &[&str] = &[
    "不要了",
    "不要",
    "不用了",
    "不用",
    "不了",
    "不行",
    "不是",
    "不对",
    "否",
    "取消",
    "先不",
    "别",
    "不",
    "no thanks",
    "no thank you",
    "no",
    "nope",
    "cancel",
    "don't",
    "do not",
    "stop",
    "not now",
];
const CALL_OFF: &[&str] = &[
    "算了",
    "不弄了",
    "不办了",
    "不退了",
    "不换了",
    "不改了",
    "不取消了",
    "不用了",
    "先不弄",
    "先不办",
    "不需要了",
    "当我没说",
    "never mind",
    "nevermind",
    "forget it",
    "forget about it",
    "stop this",
    "cancel that",
    "no longer needed",
];
const CORRECT: &[&str] = &[
    "不是",
    "不对",
    "错了",
    "弄错",
    "说错",
    "改成",
    "换成",
    "改为",
    "换一个",
    "应该是",
    "我说的是",
    "我指的是",
    "改一下",
    "另一个",
    "actually",
    "i meant",
    "i mean",
    "not this",
    "not that",
    "not the",
    "wrong",
    "instead",
    "rather",
    "change it to",
    "change the",
    "the other one",
];
const NOTHING: &[&str] = &[
    "没有",
    "无",
    "跳过",
    "不用",
    "不需要",
    "没了",
    "暂无",
    "skip",
    "none",
    "no",
    "nothing",
    "not needed",
    "don't have",
];
const ALL: &[&str] =
    &["全部", "所有", "全都", "都退", "都换", "都要", "整单", "all of them", "everything", "all", "both", "都"];
const LATEST: &[&str] = &[
    "最近",
    "最新",
    "刚买",
    "刚下",
    "刚拍",
    "上一单",
    "latest",
    "most recent",
    "last order",
    "newest",
    "just ordered",
    "just bought",
];
const FILLER: &[&str] = &[
    "吧",
    "呢",
    "啊",
    "的",
    "了",
    "哦",
    "哈",
    "呀",
    "请",
    "谢谢",
    "那",
    "就",
    "嘛",
    "thanks",
    "thank you",
    "it",
    "then",
];

/// Half-width, lower case, single spaces: how texts are compared.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for symbol in text.chars() {
        let symbol = match symbol {
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(symbol as u32 - 0xFEE0).unwrap_or(symbol),
            '’' | '‘' => '\'',
            other => other,
        };
        if !symbol.is_whitespace() {
            out.extend(symbol.to_lowercase());
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether `phrase` (folded) stands in `text` (folded): whole words in Latin script, anywhere in Chinese.
pub fn has(text: &str, phrase: &str) -> bool {
    let is_word = |symbol: Option<char>| symbol.is_some_and(|symbol| symbol.is_ascii_alphanumeric());
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(start, found)| {
            let (before, after) = (text[..start].chars().next_back(), text[start + found.len()..].chars().next());
            !(is_word(before) && is_word(found.chars().next()) || is_word(after) && is_word(found.chars().next_back()))
        })
}

fn has_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| has(text, phrase))
}

/// Nothing is left of `text` but these phrases, filler and punctuation.
fn is_only(text: &str, phrases: &[&str]) -> bool {
    if !has_any(text, phrases) {
        return false;
    }
    let mut all: Vec<&str> = phrases.iter().chain(FILLER).copied().collect();
    all.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let mut rest = text.to_owned();
    for phrase in all {
        while has(&rest, phrase) {
            rest = rest.replacen(phrase, " ", 1);
        }
    }
    !rest.chars().any(char::is_alphanumeric)
}

/// A plain yes or no, and nothing else.
pub fn agrees(text: &str) -> Option<bool> {
    let text = fold(text);
    match (is_only(&text, AGREE), is_only(&text, DECLINE)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// A folded text without marks and filler around it: 「取消吧。」 is 「取消」.
pub fn bare(text: &str) -> &str {
    let mut bare = text;
    loop {
        let mut rest = bare.trim_matches(|symbol: char| !symbol.is_alphanumeric());
        for filler in FILLER.iter().filter(|filler| **filler != "it") {
            rest = if filler.is_ascii() {
                let cut = rest.strip_suffix(filler).filter(|head| head.ends_with([' ', ',']));
                cut.unwrap_or(rest)
            } else {
                rest.strip_suffix(filler).filter(|head| !head.is_empty()).unwrap_or(rest)
            };
        }
        if rest == bare {
            return bare;
        }
        bare = rest;
    }
}

/// Whether a folded text is a phrase or a telling part of it: 「取消吧」 of 「确认取消」.
pub fn is_part_of(text: &str, phrase: &str) -> bool {
    /// Too little to tell a yes from a no.
    const MIN_CHARS: usize = 2;
    let bare = bare(text);
    bare.chars().count() >= MIN_CHARS && !matches!(bare, "it" | "the" | "order") && has(phrase, bare)
}

pub fn calls_off(text: &str) -> bool {
    let text = fold(text);
    let bare = text.trim_matches(|symbol: char| !symbol.is_alphanumeric());
    is_only(&text, CALL_OFF) || CALL_OFF.iter().any(|phrase| bare.starts_with(phrase) || bare.ends_with(phrase))
}

pub fn corrects(text: &str) -> bool {
    has_any(&fold(text), CORRECT)
}

pub fn says_nothing(text: &str) -> bool {
    is_only(&fold(text), NOTHING)
}

pub fn says_all(text: &str) -> bool {
    has_any(&fold(text), ALL)
}

pub fn says_latest(text: &str) -> bool {
    has_any(&fold(text), LATEST)
}

/// The position a short answer names: 「第二个」, `2`, "the first one", 「最后一个」.
pub fn ordinal(text: &str, of: usize) -> Option<usize> {
    const NAMES: [&[&str]; 5] = [
        &["第一", "1", "first", "一", "头一"],
        &["第二", "2", "second", "二"],
        &["第三", "3", "third", "三"],
        &["第四", "4", "fourth", "四"],
        &["第五", "5", "fifth", "五"],
    ];
    let text = fold(text);
    let short = text.trim_end_matches(['个', '.', '。', '!', '吧', '的', '件', '款', '单', '项', '条']).trim();
    let short = short.trim_start_matches("the ").trim_end_matches(" one").trim();
    if matches!(short, "最后一" | "最后" | "last") {
        return of.checked_sub(1);
    }
    let found = NAMES.iter().position(|names| names.contains(&short))?;
    (found < of).then_some(found)
}

const fn both(zh: &'static str, en: &'static str, language: Language) -> &'static str {
    match language {
        Zh => zh,
        En => en,
    }
}

pub const fn confirm(language: Language) -> &'static str {
    both("确认", "Confirm", language)
}

pub const fn cancel(language: Language) -> &'static str {
    both("取消", "Cancel", language)
}

pub const fn skip(language: Language) -> &'static str {
    both("没有", "Skip", language)
}

pub const fn all(language: Language) -> &'static str {
    both("全部", "All of them", language)
}

pub const fn human(language: Language) -> &'static str {
    both("转人工", "Talk to a person", language)
}

pub const fn unknown_order(language: Language) -> &'static str {
    both(
        "在您的账号下没有找到这个订单号，请核对一下。",
        "I can't find that order number in your account. Please check it.",
        language,
    )
}

pub const fn not_among(language: Language) -> &'static str {
    both(
        "这件商品不在可以办理的范围里，请从下面选一个。",
        "That one isn't among those this can be done for. Please choose one of these.",
        language,
    )
}

pub const fn noted(language: Language) -> &'static str {
    both("好的，原因我记下了。", "I've noted the reason.", language)
}

pub const fn called_off(language: Language) -> &'static str {
    both("好的，已经停下了，没有做任何改动。", "All right, I've stopped. Nothing was changed.", language)
}

pub const fn what_to_change(language: Language) -> &'static str {
    both("好的，要改哪一项？", "Of course. What would you like to change?", language)
}

pub const fn not_understood(language: Language) -> &'static str {
    both("不好意思，我没有明白。", "Sorry, I didn't get that.", language)
}

pub const fn passing_on(language: Language) -> &'static str {
    both(
        "看来我没能帮您办好，我请同事来处理，前面的信息都会带上。",
        "I couldn't get this done for you, so I'm passing you to a colleague with everything we've covered.",
        language,
    )
}

pub const fn waits_for_approval(language: Language) -> &'static str {
    both(
        "这一步需要同事确认，我已经提交，有结果会马上告诉您。",
        "A colleague has to agree to this. I've passed it on, and you'll hear as soon as it's decided.",
        language,
    )
}

pub const fn under_way(language: Language) -> &'static str {
    both(
        "已经提交，店铺系统正在处理，需要一点时间。",
        "It's on its way: the shop's system is working on it and needs a moment.",
        language,
    )
}

pub const fn refused(language: Language) -> &'static str {
    both("这一步按店铺规则暂时办不了。", "The shop's rules don't allow this at the moment.", language)
}

pub fn in_both(text: fn(Language) -> &'static str) -> Bilingual {
    Bilingual::new(text(Zh), text(En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_plain_answers() {
        for text in ["确认", "好的，没问题", "是的", "OK!", "yes please", "可以的，谢谢"] {
            assert_eq!(agrees(text), Some(true), "{text}");
        }
        for text in ["不要了", "不用了谢谢", "No, thanks", "取消"] {
            assert_eq!(agrees(text), Some(false), "{text}");
        }
        for text in ["好的那运费谁出", "yes but how long does it take", "可以退吗", "不是这个订单"] {
            assert_eq!(agrees(text), None, "{text}");
        }
    }

    #[test]
    fn tells_calling_off_from_correcting() {
        for text in ["算了", "算了，还是查一下物流吧", "那就算了", "never mind", "Forget it."] {
            assert!(calls_off(text), "{text}");
        }
        for text in ["不是这个订单", "actually the blue one", "换成红色的", "地址错了"] {
            assert!(corrects(text) && !calls_off(text), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_label_says_the_label() {
        for (text, label) in [("取消吧", "确认取消"), ("cancel", "yes, cancel it"), ("确认取消。", "确认取消")]
        {
            assert!(is_part_of(text, label), "{text}");
        }
        for (text, label) in [("不取消", "确认取消"), ("是", "是的，取消"), ("订单有运费吗", "保留订单")]
        {
            assert!(!is_part_of(text, label), "{text}");
        }
    }

    #[test]
    fn reads_positions() {
        let cases =
            [("第二个", Some(1)), ("2", Some(1)), ("the first one", Some(0)), ("最后一个", Some(2)), ("第四个", None)];
        for (text, position) in cases {
            assert_eq!(ordinal(text, 3), position, "{text}");
        }
    }
}
