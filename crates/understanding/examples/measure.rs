//! How long reading one message takes, without the embedding: `cargo run --release -p tandem-understanding --example
//! measure` (or without `--release`: this crate is optimised in both). Prints the time each reading took, and the processor
//! time of the mean one, which doesn't depend on what else the machine does.

use std::time::Instant;

use domain::{language::Language, time::Timestamp};
use jiff::tz::TimeZone;
use understanding::{
    context::{Earlier, Focus},
    entities::Moment,
    reading::{Input, read},
};

const ROUNDS: usize = 200;
const NOW: Timestamp = Timestamp(1_795_338_000_000);

const MESSAGES: [&str; 16] = [
    "你好",
    "我的快递到哪了",
    "那红色的呢",
    "它防水吗",
    "第二个多少钱",
    "我昨天下的单，订单号SL2026112200017，怎么还没发货？急用！",
    "地址改成广东省深圳市南山区科技园南路12号3栋501，收件人李雷，电话13800138000，可以吗",
    "你好，我双十一买的杯子收到时碎了两个，怎么退？另外上次的发票还没开，能帮我开一下吗？还有就是三百块以内有没有别的杯子推荐",
    "請問這個訂單什麼時候發貨，能不能下午送",
    "你们就是骗子，等了一个星期还没到，再不处理我就打12315投诉",
    "where is my parcel",
    "actually make it blue, size M",
    "I ordered a gooseneck kettle last Tuesday (order #W2378156) and it still hasn't arrived, can you check?",
    "Please send it to 445 Maple Drive, Suite 394, Fort Worth, TX, 76165 instead, and can you tell me when the refund arrives?",
    "My tent arrived with a torn flysheet and two poles missing. I bought it 3 days ago for $129.90. I'm really disappointed, how do I get a replacement or my money back?",
    "thanks, bye",
];

fn main() {
    let moment = Moment::new(NOW, TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC));
    let list = ["云脊双人帐篷".to_owned(), "细流手冲壶".to_owned()];
    let earlier = ["双人帐篷有货吗", "怎么申请退货", "什么时候发货", "where is my order"]
        .map(|text| Earlier { text, vector: None });
    let turns = ["双人帐篷有货吗", "有货，可以下单"].map(str::to_owned);
    let focus = Focus {
        product: Some("云脊双人帐篷"),
        order: Some("SL2026112200017"),
        list: &list,
        last_question: Some("云脊双人帐篷有货吗"),
        turns: &turns,
        names_product: false,
    };
    let mut took_us = Vec::with_capacity(MESSAGES.len() * ROUNDS);
    let begun = cpu_ms();
    for round in 0..ROUNDS {
        for message in MESSAGES {
            let messages = [message.to_owned()];
            let before = Instant::now();
            let input = Input {
                messages: &messages,
                fallback: Language::Zh,
                earlier: &earlier,
                vector: None,
                focus,
                moment: &moment,
            };
            let understood = read(&input);
            let took = before.elapsed();
            std::hint::black_box(understood);
            // The first round builds the patterns.
            if round > 0 {
                took_us.push(took.as_secs_f64() * 1_000_000.0);
            } else if message == MESSAGES[0] {
                println!("first message of the process: {:.1} ms", took.as_secs_f64() * 1_000.0);
            }
        }
    }
    took_us.sort_by(f64::total_cmp);
    let at = |share: f64| took_us[((took_us.len() - 1) as f64 * share) as usize] / 1_000.0;
    println!(
        "{} readings: p50 {:.3} ms, p99 {:.3} ms, longest {:.3} ms; mean processor time {:.3} ms",
        took_us.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        (cpu_ms() - begun) / (MESSAGES.len() * ROUNDS) as f64
    );
}

/// Processor time of this process so far; zero where the system doesn't tell.
fn cpu_ms() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or_default() / 1_000_000.0
}
