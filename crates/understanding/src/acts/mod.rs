//! What a message does in the conversation: asks, wants, agrees, refuses, corrects, chooses, complains. And how a skill
//! reads the answer to its own question.

// Word lists read better in rows than one to a line.
#[rustfmt::skip]
pub mod words;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{
    entities::pattern,
    text::{has_any, is_only, normal, without},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Question,
    Request,
    Statement,
    Confirm,
    Deny,
    /// What was said or understood before was wrong: 「不是，是另一个」.
    Correct,
    /// What was begun should end: 「算了不退了」.
    Cancel,
    Greet,
    Thank,
    Goodbye,
    Complain,
    Choose,
}

impl Act {
    /// Nothing was asked for: politeness only.
    pub const fn is_social(self) -> bool {
        matches!(self, Self::Greet | Self::Thank | Self::Goodbye)
    }
}

/// The answer to a question of a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// `rest` is what was said beside the yes, normalised: 「对，要红色」 has 要红色.
    Yes {
        rest: String,
    },
    No {
        rest: String,
    },
    /// Leave it altogether.
    Cancel,
    /// Another value than the one understood; `rest` is where it stands.
    Correct {
        rest: String,
    },
    /// Neither: a value, a question, something else.
    Other,
}

static CANCEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:那|哦|额|嗯|唉|好吧|,|\s)*(?:算了|不弄了|没事了)(?:$|[,。!\s吧啊先不我])|(?:^|[,。!\s我])(?:那|就|先|还是)*(?:不想|不要|不)(?:退|换|改|要|办|弄|取消|申请|买|退货|退款|换货|开发票|投诉)了(?:$|[,。!\s吧啊谢])|^(?:不用了|先这样吧?|取消吧|停|别弄了|不办了|放弃)(?:$|[,。!\s])|\bnever ?mind\b|\bforget (?:it|about it)\b|\bcancel that\b|\bleave it\b|\b(?:i )?changed my mind\b|\bdon't (?:want|need) (?:it|that|to \w+) any ?more\b|^(?:please )?stop[.! ]*$|\bi'll keep (?:it|them)\b",
    )
});
static CORRECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:哦|额|啊|,|\s)*(?:不是|不对|错了|弄错了|搞错了|说错了|写错了|打错了|不不|no|nope|wrong|not that)[,。!.\s呢]*(?:,|。|\s|是|我|应该|要|the|it|i |that)+\S|(?:应该是|我说的是|我是说|我的意思是|改成|改为|换成|更正|纠正)|(?:说错|弄错|搞错|写错|打错|填错|选错|发错字)了|(?:不是|不要)[^,。吗]{1,12}[,，]?(?:是|而是|要)(?:另|别|那|这|\S)|\bactually\b|\bi meant?\b|\bmake it\b|\binstead\b|\bcorrection\b|\bnot (?:the )?\w+(?: \w+)?,? (?:but|the|it's)\b|\bthe other one\b|\bshould (?:be|have been)\b",
    )
});
static QUESTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[?？]|(?:吗|么|嘛|呢|没|不|否)[\s。!,~]*$|什么|怎么|怎样|如何|为什么|为啥|多少|多久|多大|多重|多高|多长|几(?:天|点|个|时|号|块|件|折)|哪|谁|啥|咋|是不是|能不能|可不可以|可以不|有没有|要不要|会不会|好不好|行不行|是否|能否|可否|^(?:and |so |but |hi,? |hello,? )*(?:what|when|where|which|who|whose|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should|may|have|has|had|isn't|aren't|don't|doesn't|any)\b|\b(?:i (?:want|would like|was wondering|wonder|need) to know|wondering|tell me (?:what|when|where|how|why|if))\b",
    )
});
static WH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"什么|怎么|怎样|如何|为什么|为啥|多少|多久|几(?:天|点|时|号)|哪|啥|咋|\b(?:what|when|where|which|who|why|how)\b",
    )
});
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"帮(?:我|忙|下|他)|麻烦|请(?:你|您|帮|给|把|尽快|安排|发|查|退|取消|换|改)|给我|替我|我(?:要|想|需要|得|打算)(?:退|换|取消|改|买|申请|开|查|催|投诉|转|订|下单|补|修|查询|找|一|两|个|预约)|催|尽快|赶紧|快点|查(?:一下|下|询)|看(?:一下|下)|改(?:一下|下|成|到|为)|换(?:成|一)|退(?:了|掉|款|货)(?:吧|$)|取消(?:订单|吧|掉|$)|转人工|推荐|\b(?:please|pls)\b|\b(?:can|could|would|will) you\b|\bi(?:'d| would)? (?:want|need|like|wish)\b(?: to)?|\bi'd like\b|\blet me\b|^(?:cancel|change|return|exchange|refund|send|track|check|show|give|help|update|make|ship|find|recommend|remove|add|talk|connect|get)\b",
    )
});

/// What a message does. `text` is as the shopper wrote it.
pub fn act_of(text: &str) -> Act {
    let folded = normal(text);
    if !folded.chars().any(char::is_alphanumeric) {
        // A lone emoji, 。。。 or ?: nothing is said, and nothing agreed to, unless the sign means just that.
        return match reply_of(text) {
            Reply::Yes { .. } => Act::Confirm,
            _ if folded.contains('?') => Act::Question,
            _ => Act::Statement,
        };
    }
    if let Some(act) = social(&folded) {
        return act;
    }
    match reply_of(text) {
        Reply::Cancel => return Act::Cancel,
        Reply::Yes { rest } if rest.is_empty() => return Act::Confirm,
        Reply::No { rest } if rest.is_empty() => return Act::Deny,
        Reply::Correct { .. } if !QUESTION.is_match(&folded) => return Act::Correct,
        _ => {}
    }
    let is_question = QUESTION.is_match(&folded);
    if !is_question && is_choice(&folded) {
        return Act::Choose;
    }
    let is_complaint = has_any(&folded, words::COMPLAINT);
    let is_request = REQUEST.is_match(&folded) && !WH.is_match(&folded);
    if is_request {
        Act::Request
    } else if is_complaint && !WH.is_match(&folded) {
        Act::Complain
    } else if is_question {
        Act::Question
    } else {
        Act::Statement
    }
}

/// Politeness and nothing else: what it is by its last part.
fn social(folded: &str) -> Option<Act> {
    let kinds = [(Act::Thank, words::THANKS), (Act::Goodbye, words::GOODBYE), (Act::Greet, words::GREETING)];
    let all: Vec<&str> =
        kinds.iter().flat_map(|(_, phrases)| phrases.iter().copied()).chain(words::YES.iter().copied()).collect();
    if !is_only(folded, &all, words::FILLER) {
        return None;
    }
    kinds.iter().find(|(_, phrases)| has_any(folded, phrases)).map(|(act, _)| *act)
}

/// 「第二个」, 「就要这个」, "the first one", `2`: short, and nothing but the choice.
fn is_choice(folded: &str) -> bool {
    const MAX_CHARS: usize = 16;
    static CHOICE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:就|我?要|我?选|那就|买)*(?:第?[一二三四五六七八九十\d]{1,2}(?:个|款|号|种|条|单|项)?|最后一?个|这个|那个|这款|那款|前者|后者|左边|右边|上面|下面)(?:那个|的|吧|好了|就行|就可以)*[。.!]*$|^(?:the |i'll take the |i want the )?(?:first|second|third|fourth|last|former|latter)(?: one| option)?[.!]*$|^(?:option |number )?[a-d1-9][.!]?$|^(?:this|that) one[.!]*$",
        )
    });
    folded.chars().count() <= MAX_CHARS && CHOICE.is_match(folded)
}

/// How a skill reads the answer to its question.
pub fn reply_of(text: &str) -> Reply {
    let folded = normal(text);
    if folded.is_empty() {
        return Reply::Other;
    }
    if is_sign_of_yes(&folded) {
        return Reply::Yes { rest: String::new() };
    }
    if CANCEL.is_match(&folded) {
        return Reply::Cancel;
    }
    // 「好的？」 and "ok?" doubt.
    if folded.contains('?') {
        return if CORRECT.is_match(&folded) { Reply::Correct { rest: corrected(&folded) } } else { Reply::Other };
    }
    if is_only(&folded, words::NO, words::FILLER) {
        return Reply::No { rest: String::new() };
    }
    if is_only(&folded, words::YES, words::FILLER) && !has_any(&folded, words::NOT_YES) {
        return Reply::Yes { rest: String::new() };
    }
    if CORRECT.is_match(&folded) {
        return Reply::Correct { rest: corrected(&folded) };
    }
    // A yes or no in front, and more behind it: 「好的，送到公司」.
    let (head, rest) = split_head(&folded);
    if !rest.is_empty() && !QUESTION.is_match(&folded) {
        if is_only(head, words::NO, words::FILLER) {
            return Reply::No { rest: rest.to_owned() };
        }
        if is_only(head, words::YES, words::FILLER) && !has_any(head, words::NOT_YES) {
            return Reply::Yes { rest: rest.to_owned() };
        }
    }
    Reply::Other
}

/// 👍, in any colour and however often.
fn is_sign_of_yes(folded: &str) -> bool {
    let is_shade = |symbol: char| matches!(symbol, '\u{1F3FB}'..='\u{1F3FF}' | '\u{FE0F}');
    let mut signs = folded.chars().filter(|symbol| !is_shade(*symbol)).peekable();
    signs.peek().is_some() && signs.all(|symbol| "👍👌✅🆗".contains(symbol))
}

/// The first clause and what follows it.
fn split_head(folded: &str) -> (&str, &str) {
    match folded.find([',', '。', '!', '.', ';', ' ']) {
        Some(end) => {
            let rest = folded[end..].trim_start_matches([',', '。', '!', '.', ';', ' ']);
            (&folded[..end], rest)
        }
        None => (folded, ""),
    }
}

/// What is left when the words that say «wrong» are taken away.
fn corrected(folded: &str) -> String {
    const WRONG: [&str; 22] = [
        "不是",
        "不对",
        "错了",
        "弄错了",
        "搞错了",
        "说错了",
        "写错了",
        "打错了",
        "应该是",
        "我说的是",
        "我是说",
        "我的意思是",
        "actually",
        "i meant",
        "i mean",
        "no",
        "nope",
        "wrong",
        "make it",
        "correction",
        "sorry",
        "哦",
    ];
    let rest = without(folded, &[&WRONG]);
    rest.trim_matches(|symbol: char| symbol.is_whitespace() || ",。!.;".contains(symbol)).to_owned()
}

/// Whether a text denies: 「不能退」 does, 「能不能退」 asks.
pub fn is_negative(text: &str) -> bool {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"是不是|能不能|可不可以|可以不|有没有|要不要|会不会|好不好|行不行|对不对|用不用|不好意思|没事|没关系|不错|不过|差不多|(?:吗|么|了|到)没|[了吗]不|不$|没$|是否",
        )
    });
    static NEGATION: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"不|没|无法|别|未|勿|\bnot\b|n't\b|\bno\b|\bnever\b|\bwithout\b|\bcannot\b"));
    NEGATION.is_match(&ASKED.replace_all(&normal(text), ""))
}

/// Whether the text asks something.
pub fn is_question(text: &str) -> bool {
    QUESTION.is_match(&normal(text))
}
