//! Sentences of the desk itself, in both languages. They state no facts of the shop.

use domain::{
    handoff::HandoffReason,
    language::{
        Bilingual,
        Language::{self, En, Zh},
    },
    shop::{OrderState, RefundState, ShipmentState},
};

use super::understand::Social;

const fn pick(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Zh => zh,
        En => en,
    }
}

pub const fn social(kind: Social, language: Language) -> &'static str {
    match kind {
        Social::Greeting => pick(language, "您好，我在的，请说说您想了解什么？", "Hello! What can I do for you?"),
        Social::Thanks => {
            pick(language, "不客气，还有需要随时找我。", "You're welcome. I'm here if you need anything else.")
        }
        Social::Goodbye => pick(language, "好的，祝您生活愉快，再见！", "All right. Have a nice day, goodbye!"),
        Social::Confirm => {
            pick(language, "好的，还有别的可以帮您的吗？", "Good. Is there anything else I can help with?")
        }
    }
}

pub const fn which_one(language: Language) -> &'static str {
    pick(
        language,
        "您说的是哪一个？请告诉我商品名或订单号，我来查。",
        "Which one do you mean? Tell me the product or the order number and I'll look.",
    )
}

/// What shops call ways to pay, in both languages; a name of the shop's own stays as it is.
pub fn payment_method(name: &str) -> Bilingual {
    const NAMES: &[(&str, &str)] = &[
        ("微信支付", "WeChat Pay"),
        ("支付宝", "Alipay"),
        ("云闪付", "UnionPay QuickPass"),
        ("信用卡", "credit card"),
        ("银行卡", "bank card"),
        ("对公转账", "bank transfer"),
        ("货到付款", "cash on delivery"),
        ("礼品卡", "gift card"),
        ("花呗", "Huabei"),
        ("余额", "balance"),
    ];
    let known = NAMES.iter().find(|(zh, en)| *zh == name || en.eq_ignore_ascii_case(name));
    known.map_or_else(|| Bilingual::new(name, name), |(zh, en)| Bilingual::new(*zh, *en))
}

pub const fn social_warm(kind: Social, language: Language) -> &'static str {
    match kind {
        Social::Greeting => pick(
            language,
            "您好呀，很高兴为您服务，想了解点什么呢？",
            "Hello there, lovely to hear from you! How can I help?",
        ),
        Social::Thanks => pick(
            language,
            "不客气呀，能帮到您就好，还有需要随时叫我。",
            "You're very welcome, happy to help! I'm here whenever you need me.",
        ),
        Social::Goodbye => {
            pick(language, "好的呀，祝您每天都有好心情，再见！", "It was a pleasure. Have a wonderful day, goodbye!")
        }
        Social::Confirm => {
            pick(language, "好的呢，还有别的想问的吗？", "Lovely. Is there anything else I can do for you?")
        }
    }
}

pub const fn social_dear(kind: Social, language: Language) -> &'static str {
    match kind {
        Social::Greeting => {
            pick(language, "亲，在的哦，有什么可以帮您？", "Hi dear, I'm right here. What can I do for you?")
        }
        Social::Thanks => {
            pick(language, "亲，不客气哦，有需要随时找我呀。", "My pleasure, dear. Call me any time you need me.")
        }
        Social::Goodbye => pick(language, "亲，祝您生活愉快，下次见哦！", "Take care, dear. See you next time!"),
        Social::Confirm => {
            pick(language, "好的亲，还有其他可以帮您的吗？", "All right, dear. Anything else I can help you with?")
        }
    }
}

pub const fn talk_to_human(language: Language) -> &'static str {
    pick(language, "转人工", "Talk to a person")
}

pub const fn sign_in(language: Language) -> &'static str {
    pick(language, "登录", "Sign in")
}

pub const fn please_sign_in(language: Language) -> &'static str {
    pick(
        language,
        "为了保护您的信息，查询订单、物流和退款需要先登录商城账号。登录后我马上帮您查。",
        "To protect your information I can only look up orders, parcels and refunds once you have signed in to the shop. Sign in and I'll check right away.",
    )
}

pub const fn shop_unavailable(language: Language) -> &'static str {
    pick(
        language,
        "订单系统暂时没有响应，我现在查不到。您可以稍后再问，或者转人工处理。",
        "The order system isn't answering right now, so I can't look it up. You can ask again in a little while or talk to a person.",
    )
}

pub const fn which_question(language: Language) -> &'static str {
    pick(language, "您想了解的是哪一个？", "Which of these do you mean?")
}

pub const fn abstain(language: Language) -> &'static str {
    pick(
        language,
        "这个问题我没有把握，不想随便回答您。您可以换个说法再问一次，或者直接转人工。",
        "I'm not sure about this and don't want to guess. You can put it another way, or talk to a person.",
    )
}

pub const fn handing_over(reason: HandoffReason, language: Language) -> &'static str {
    match reason {
        HandoffReason::Asked => pick(
            language,
            "好的，正在为您转接人工客服，已把前面的内容整理给同事。",
            "Of course. I'm passing you to a person, with everything we've covered so far.",
        ),
        HandoffReason::Upset => pick(
            language,
            "非常抱歉给您带来不好的体验，我马上请人工客服来处理。",
            "I'm sorry about this experience. I'm bringing in a person right away.",
        ),
        HandoffReason::Risk => pick(
            language,
            "这件事需要由人工客服处理，我马上为您转接。",
            "This needs a person, so I'm passing you to one right away.",
        ),
        HandoffReason::Threat => pick(
            language,
            "请先确保自己和身边人的安全。我马上请人工客服来联系您。",
            "Please make sure that you and those around you are safe. I'm bringing in a person right away.",
        ),
        HandoffReason::PaymentDispute => pick(
            language,
            "涉及付款安全，我马上请人工客服核实。请不要把验证码或银行卡号告诉任何人。",
            "This is about a payment, so a person will check it right away. Please don't share codes or card numbers with anybody.",
        ),
        HandoffReason::AmountLimit => pick(
            language,
            "这笔金额需要人工客服核实办理，我马上为您转接。",
            "An amount like this is handled by a person, so I'm passing you to one right away.",
        ),
        HandoffReason::Predicted => pick(
            language,
            "为了更快解决您的问题，我请人工客服来接手，已把前面的内容整理给同事。",
            "A person can sort this out faster, so I'm passing you to one, with everything we've covered so far.",
        ),
        HandoffReason::UnsupportedLanguage => pick(
            language,
            "我目前只会中文和英文，正在为您转接人工客服。",
            "I only speak Chinese and English, so I'm passing you to a person.",
        ),
        HandoffReason::Repeated => pick(
            language,
            "看来我的回答没能解决您的问题，正在为您转接人工客服。",
            "It seems my answer didn't help, so I'm passing you to a person.",
        ),
        _ => pick(
            language,
            "这个问题我没有把握，正在为您转接人工客服，已把前面的内容整理给同事。",
            "I'm not sure about this, so I'm passing you to a person, with everything we've covered so far.",
        ),
    }
}

/// A human would be better, and takes a while: the shopper decides.
pub fn human_takes(minutes: i64, language: Language) -> String {
    match language {
        Zh => format!("如果没有解决，可以转人工；现在大约要等 {minutes} 分钟。"),
        En => format!("If this doesn't help, you can talk to a person; the wait is about {minutes} min now."),
    }
}

pub const fn nobody_there_offer(language: Language) -> &'static str {
    pick(
        language,
        "如果没有解决：现在没有人工客服在线，您可以点「转人工」留言，同事上线后会联系您。",
        "If this doesn't help: nobody is online right now. Choose \"Talk to a person\" to leave a message, and a colleague will get back to you.",
    )
}

pub const fn nobody_there(language: Language) -> &'static str {
    pick(
        language,
        "现在没有人工客服在线。您可以留下联系方式，同事上线后会联系您，也可以继续问我。",
        "Nobody is online right now. You can leave contact details and a colleague will get back to you, or keep asking me.",
    )
}

pub const fn order_state(state: OrderState, language: Language) -> &'static str {
    match state {
        OrderState::Unpaid => pick(language, "待付款", "waiting for payment"),
        OrderState::Paid => pick(language, "已付款，待发货", "paid, waiting to ship"),
        OrderState::Packing => pick(language, "正在打包", "being packed"),
        OrderState::Shipped => pick(language, "已发货", "shipped"),
        OrderState::Delivered => pick(language, "已签收", "delivered"),
        OrderState::Completed => pick(language, "已完成", "completed"),
        OrderState::Cancelled => pick(language, "已取消", "cancelled"),
        OrderState::AfterSales => pick(language, "售后处理中", "in after-sales"),
    }
}

pub const fn shipment_state(state: ShipmentState, language: Language) -> &'static str {
    match state {
        ShipmentState::Created => pick(language, "等待快递揽收", "waiting for the carrier"),
        ShipmentState::InTransit => pick(language, "运输中", "in transit"),
        ShipmentState::OutForDelivery => pick(language, "正在派送", "out for delivery"),
        ShipmentState::Delivered => pick(language, "已签收", "delivered"),
        ShipmentState::Failed => pick(language, "派送未成功", "delivery attempt failed"),
        ShipmentState::Returning => pick(language, "退回途中", "being returned"),
        ShipmentState::Lost => pick(language, "包裹异常，疑似丢失", "probably lost"),
    }
}

pub const fn refund_state(state: RefundState, language: Language) -> &'static str {
    match state {
        RefundState::Requested => pick(language, "已提交，等待审核", "requested, waiting for review"),
        RefundState::Approved => pick(language, "已通过审核", "approved"),
        RefundState::Returning => pick(language, "等待商品退回", "waiting for the goods to come back"),
        RefundState::Processing => pick(language, "退款处理中", "being paid out"),
        RefundState::Paid => pick(language, "已退款", "paid"),
        RefundState::Refused => pick(language, "未通过", "refused"),
    }
}

/// What was under way, left for another wish, is offered once.
pub fn shall_we_go_on(title: &str, language: Language) -> String {
    match language {
        Zh => format!("刚才的「{title}」还没办完，要继续吗？"),
        En => format!("We hadn't finished: {title}. Shall we go on with it?"),
    }
}

pub fn go_on_with(title: &str, language: Language) -> String {
    match language {
        Zh => format!("继续{title}"),
        En => format!("Continue: {title}"),
    }
}

pub const fn no_need(language: Language) -> &'static str {
    pick(language, "不用了", "No, thanks")
}

/// Left without an answer although it was offered again.
pub fn left_off(title: &str, language: Language) -> String {
    match language {
        Zh => format!("「{title}」先停在这里，没有做任何改动，需要时再告诉我。"),
        En => format!("I've stopped this and changed nothing: {title}. Just ask when you want it again."),
    }
}

/// Another wish that can't go together with what was under way.
pub fn instead_of(title: &str, language: Language) -> String {
    match language {
        Zh => format!("好的，「{title}」就不办了。"),
        En => format!("All right, we'll drop this: {title}."),
    }
}

pub const fn say_more(language: Language) -> &'static str {
    pick(
        language,
        "我在的，刚才没看明白您的意思。能多说几个字吗？也可以转人工。",
        "I'm here, but I couldn't tell what you mean. Could you say a little more? You can also talk to a person.",
    )
}

pub const fn what_was_put_off(language: Language) -> &'static str {
    pick(language, "刚才说的另一件事，现在要办吗？", "Shall we get to the other thing you mentioned?")
}

/// What people call an action on an order.
pub fn action(name: &str, language: Language) -> &'static str {
    let (zh, en) = match name {
        "cancel_order" => ("取消订单", "Cancel the order"),
        "change_address" => ("修改收货地址", "Change the address"),
        "change_items" => ("更换规格", "Change items"),
        "change_payment" => ("更换付款方式", "Change the payment"),
        "urge_shipment" => ("催发货", "Urge shipment"),
        "schedule_delivery" => ("预约送货", "Schedule delivery"),
        "return_items" => ("退货退款", "Return and refund"),
        "exchange_items" => ("换货", "Exchange"),
        "protect_price" => ("价格保护", "Price protection"),
        "report_problem" => ("登记商品问题", "Report a problem"),
        "issue_invoice" => ("开发票", "Issue an invoice"),
        "change_invoice" => ("换开发票", "Change the invoice"),
        "request_repair" => ("报修", "Request a repair"),
        "remind_restock" => ("到货提醒", "Restock reminder"),
        "file_complaint" => ("登记投诉", "File a complaint"),
        "change_home_address" => ("修改默认地址", "Change the default address"),
        _ => ("订单操作", "Order action"),
    };
    pick(language, zh, en)
}
