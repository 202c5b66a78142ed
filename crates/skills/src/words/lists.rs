//! Phrases by which shoppers agree, refuse, correct and choose, folded.

pub(super) const AGREE: &[&str] = &[
    "确认", "确定", "是的", "是", "对的", "对", "好的", "好", "可以", "行", "没问题", "没错", "同意", "嗯", "办吧", "提交", "麻烦了", "就这样", "yes",
    "yeah", "yep", "ok", "okay", "sure", "confirm", "confirmed", "correct", "right", "go ahead", "do it",
    "sounds good", "that's right", "please", "fine", "proceed",
];
pub(super) const DECLINE: &[&str] = &[
    "不要了", "不要", "不用了", "不用", "不了", "不行", "不是", "不对", "否", "取消", "先不", "别", "不", "no thanks", "no thank you", "no",
    "nope", "cancel", "don't", "do not", "stop", "not now",
];
pub(super) const CALL_OFF: &[&str] = &[
    "算了", "不弄了", "不办了", "不退了", "不换了", "不改了", "不取消了", "不用了", "先不弄", "先不办", "不需要了", "当我没说", "never mind", "nevermind",
    "forget it", "forget about it", "stop this", "stop here", "cancel that", "no longer needed",
];
pub(super) const CORRECT: &[&str] = &[
    "不是", "不对", "错了", "弄错", "说错", "改成", "换成", "改为", "换一个", "应该是", "我说的是", "我指的是", "改一下", "另一个", "actually",
    "i meant", "i mean", "not this", "not that", "not the", "wrong", "instead", "rather", "change it to",
    "change the", "the other one",
];
pub(super) const NOTHING: &[&str] = &[
    "没有", "无", "跳过", "不用", "不需要", "没了", "暂无", "skip", "none", "no", "nothing", "not needed", "don't have",
];
pub(super) const ALL: &[&str] = &[
    "全部", "所有", "全都", "都退", "都换", "都要", "整单", "all of them", "everything", "all", "both", "都",
];
pub(super) const LATEST: &[&str] = &[
    "最近", "最新", "刚买", "刚下", "刚拍", "上一单", "latest", "most recent", "last order", "newest", "just ordered",
    "just bought",
];
pub(super) const FILLER: &[&str] = &[
    "吧", "呢", "啊", "的", "了", "哦", "哈", "呀", "请", "谢谢", "那", "就", "嘛", "thanks", "thank you", "it", "then",
];

