//! What simulated people say, in both languages: questions, orders, anger, wishes for a human, and nonsense.

pub const LINES: [&str; 30] = [
    "在吗",
    "你好",
    "怎么申请退货",
    "多久发货？",
    "怎么开发票",
    "双人帐篷有货吗",
    "帐篷多少钱",
    "我的快递到哪了",
    "我的订单怎么还没发货",
    "退款到哪一步了",
    "转人工",
    "我要人工客服！",
    "你们就是骗子！",
    "太慢了，到底什么时候到",
    "我要找律师",
    "谢谢",
    "好的",
    "红色的呢？",
    "帐篷杆断了能只换一根吗？电话13900001234",
    "哈哈哈",
    "Hi there",
    "Where is my parcel?",
    "How do I return an item?",
    "Do the earbuds come in white?",
    "This is ridiculous, I want my money back",
    "I want to talk to a human",
    "colourless green ideas sleep furiously",
    "thanks, bye",
    "¿Dónde está mi pedido?",
    "1",
];

pub const REPLIES: [&str; 4] =
    ["您好，我来帮您处理。", "已经帮您催促仓库了，请稍等。", "Hello, I'm looking into it.", "It will be sent today."];

pub const CONTACTS: [&str; 2] = ["13900001234", "emma@example.com"];

/// Of the demo shop.
pub const CUSTOMERS: [&str; 3] = ["demo-lin", "demo-emma", "demo-zhao"];
