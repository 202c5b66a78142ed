//! What the runner itself says, in both languages.

use domain::language::{
    Bilingual,
    Language::{self, En, Zh},
};

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

/// A question was asked in vain as often as it may be.
pub const fn stuck(language: Language) -> &'static str {
    both(
        "这一步我还是没弄清楚。要请人工同事接着办，还是先停在这里？",
        "I still can't tell what you'd like here. Shall a person take over, or shall we stop here?",
        language,
    )
}

pub const fn stop(language: Language) -> &'static str {
    both("先不办了", "Stop here", language)
}

pub const fn gave_up(language: Language) -> &'static str {
    both(
        "那先停在这里，没有做任何改动。想继续的时候再告诉我，或者转人工处理。",
        "Let's stop here then; nothing was changed. Tell me when you'd like to go on, or talk to a person.",
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
