//! Rules that hold in every shop, before its policy is read. Their names are as stable as those in policy files.

use domain::language::Bilingual;

/// Name, Chinese, English.
pub const BUILT_IN: [(&str, &str, &str); 16] = [
    ("not_offered", "本店不办理这项操作。", "This shop does not offer this."),
    ("who_may", "这项操作不能由当前身份办理。", "This may not be done from here."),
    ("customer_verified", "请先登录，确认身份后才能办理。", "Please sign in first, so that we know who you are."),
    ("order_known", "没有找到这个订单，或者它不是您的订单。", "There is no such order of yours."),
    ("order_named", "需要说明是哪一个订单。", "Please say which order it is about."),
    ("items_named", "需要说明是哪一件商品。", "Please say which item it is about."),
    (
        "items_known",
        "订单里没有这件商品，或者数量超过了购买数量。",
        "The order doesn't have this item, or not as many.",
    ),
    ("variant_known", "没有找到想换的这一款。", "The wanted option was not found."),
    ("payment_known", "这不是您在本店的付款方式。", "This is not one of your ways to pay in this shop."),
    ("address_complete", "地址不完整，请补充到街道门牌。", "The address is incomplete: city and street are needed."),
    ("day_real", "日期无法识别。", "The day could not be read."),
    ("invoice_complete", "请填写发票抬头。", "An invoice needs a title."),
    (
        "text_plain",
        "填写的内容太长，或含有无法识别的字符。",
        "The text is too long or has characters that can't be read.",
    ),
    ("product_known", "没有找到这件商品。", "There is no such product."),
    // What the merchant lets the bot do alone; see `engine::settings`.
    ("bot_may", "这项操作需要由人工客服办理。", "A person of the team has to do this."),
    ("bot_asks_first", "这项操作需要人工客服确认。", "A person of the team has to confirm this."),
];

pub fn text(name: &str) -> Bilingual {
    let found = BUILT_IN.iter().find(|(known, _, _)| *known == name);
    found.map(|(_, zh, en)| Bilingual::new(*zh, *en)).unwrap_or_default()
}
