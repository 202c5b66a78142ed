//! How long the guard takes to judge a long reply against an order and a dozen passages; docs/measurements.md keeps the
//! figure.

use std::time::Instant;

use engine::bot::guard::{Author, Evidence, Rules, check};

const TIMES: u32 = 200;

fn main() {
    let passage = "签收次日起 7 天内支持无理由退货，签收次日起 15 天内有质量问题可以换货，运费 8 元，满 88 元包邮；\
                   refunds reach wallets in 1-3 working days and cards in 3-7 working days.";
    let mut evidence = Evidence::default();
    (0..30).for_each(|number| evidence.cite(format!("{number}. {passage}")));
    for fact in ["SL2026112200017", "已发货", "顺丰速运", "SF1234567890123", "11月24日"] {
        evidence.add(fact);
    }
    let reply =
        "您的订单 SL2026112200017 已发货，由顺丰速运配送，运单号 SF1234567890123，预计 11月24日 送达。".repeat(8);
    let rules = Rules { author: Author::Model, ..Rules::default() };
    let mut took: Vec<f64> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            let findings = check(&reply, &evidence, &rules);
            assert!(findings.is_empty(), "{findings:?}");
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    took.sort_by(f64::total_cmp);
    println!("a reply of {} characters: median {:.2} ms", reply.chars().count(), took[took.len() / 2]);
}
