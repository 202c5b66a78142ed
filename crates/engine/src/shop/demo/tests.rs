//! The generated shop is believable and the same every time; buying in it obeys the shop.

use super::*;
#[test]
fn loads() {
    let shop = DemoShop::in_memory(7, Timestamp(1_795_000_000_000)).unwrap();
    println!("{:?}", shop.records().health("demo", None));
}
