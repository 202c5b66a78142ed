//! Words with which agents ask, in their normal form.

use super::Thing;

/// A clause with one of these tells that something is known, or is about the shop's own.
pub const KNOWN: &[&str] = &[
    "已经收到", "已收到", "收到了", "收到您", "看到了", "已看到", "看到您", "查到", "不用提供", "不用再", "无需", "不需要", "不必", "我们的", "我司", "按您",
    "按照您", "根据您", "已登记", "已记录", "已经记录", "已核对", "有您的", "有了您", "客服电话", "售后电话", "快递单号是", "我这边有", "已为您",
    "帮您改", "为您修改", "给您发", "发给您", "发您", "发到您", "寄到您", "不清楚是什么原因", "原因是", "联系您的电话", "打您", "会给您",
    "we have your", "i now have your", "i see your", "i can see your", "got your", "received your", "thanks for the", "thank you for the",
    "no need", "don't need to", "not need to", "our phone", "our address", "our e-mail", "our email", "i found your", "i've noted", "noted your",
    "i'll send you", "we'll send you", "i will send you", "sent to your", "to your address", "the reason is", "because", "already have",
    "i've updated", "has been changed", "has been updated", "you will receive", "you'll receive", "we will call", "i'll call",
];

/// What asks for the value of what stands before it.
pub const ASKED: &[&str] = &["什么", "啥", "哪", "谁", "多少", "怎么", "what", "which", "who"];

/// Words that make a clause a request or a question.
pub const ASKING: &[&str] = &[
    "?", "提供", "发一下", "发下", "发我", "发给我", "报一下", "报下", "告诉我", "告知", "给我", "给一下", "给下", "是多少", "是什么", "多少", "哪个", "哪件", "哪里",
    "请问", "麻烦", "说一下", "说下", "留一下", "留个", "留下", "填一下", "上传", "补充", "确认一下", "核对一下", "方便", "拍一下", "拍张", "拍几张", "拍个",
    "请发", "请拍", "需要您的", "还需要", "要您的", "贴一下",
    "please", "could you", "can you", "can i have", "could i have", "may i have", "can i get", "could i get", "what is", "what's", "what was", "which", "send me", "send us", "share",
    "provide", "give me", "let me know", "tell me", "i need your", "we need your", "i'll need your", "i will need", "i'll need", "need a", "would you mind", "mind sending", "kindly",
    "confirm your", "who is", "upload", "attach",
];

/// A thing, phrases that ask for it by themselves, and its names, which need a word that asks.
pub const THINGS: &[(Thing, &[&str], &[&str])] = &[
    (
        Thing::Order,
        &["哪个订单", "哪一单", "哪笔订单", "哪单", "which order", "order number?"],
        &["订单号", "订单编号", "单号", "order number", "order no", "order id", "order #"],
    ),
    (
        Thing::Phone,
        &["怎么联系您", "手机号多少", "what number can", "best number to reach", "how can we reach you"],
        &["手机号", "手机号码", "电话号码", "联系电话", "您的电话", "联系方式", "电话", "phone", "phone number", "mobile number", "contact number", "telephone"],
    ),
    (
        Thing::Address,
        &["寄到哪", "送到哪", "发到哪", "where should we send", "where should i send", "where do you want it", "ship it to where"],
        &["地址", "address"],
    ),
    (
        Thing::Name,
        &["怎么称呼", "如何称呼", "贵姓", "who am i speaking", "whose name", "your full name?"],
        &["姓名", "您的名字", "收件人", "收货人", "your name", "full name", "recipient", "name on the order"],
    ),
    (Thing::Email, &[], &["邮箱", "电子邮件", "email", "e-mail"]),
    (
        Thing::Photo,
        &["有照片吗", "有图吗", "do you have a photo", "do you have a picture"],
        &["照片", "图片", "截图", "拍照", "视频", "拍张", "拍几张", "拍个", "photo", "photos", "picture", "pictures", "screenshot", "image"],
    ),
    (
        Thing::Reason,
        &["为什么要退", "为什么退", "为什么想退", "为什么要换", "什么原因", "为什么取消", "出了什么问题", "是什么问题", "哪里有问题", "why do you want to", "why would you like to", "what went wrong", "what is wrong with", "what's wrong with", "what seems to be the problem", "what's the problem with"],
        &["退货原因", "退款原因", "原因", "理由", "reason"],
    ),
    (
        Thing::Product,
        &["哪件商品", "哪个商品", "哪款", "哪一件", "哪一款", "什么商品", "哪样东西", "买的什么", "买的是什么", "which item", "which product", "which one did you", "what did you buy", "what did you order", "what item"],
        &["商品名称", "商品链接", "产品型号", "name of the product", "product link", "product name", "model number"],
    ),
    (Thing::Size, &["多大码", "几码", "什么码", "哪个码", "what size", "which size"], &["尺码", "码数", "your size"]),
    (Thing::Colour, &["什么颜色", "哪个颜色", "哪种颜色", "what colour", "what color", "which colour", "which color"], &["您要的颜色"]),
];

/// With one of these a shopper says why.
pub const REASONS: &[&str] = &[
    "因为", "坏了", "坏的", "断了", "破了", "裂了", "太大", "太小", "不合适", "不喜欢", "不想要", "发错", "买错", "少发", "漏发", "质量问题", "色差", "不能用", "用不了",
    "because", "broken", "too small", "too big", "too large", "doesn't fit", "does not fit", "damaged", "defective", "wrong item", "changed my mind", "don't like", "doesn't work", "faulty", "torn", "cracked",
];
