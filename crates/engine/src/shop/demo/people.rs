//! Invented customers. Phone numbers are from a block nobody is given, mail goes to example.com.

use domain::{
    shop::{Customer, CustomerKey},
    time::{DAY_MS, Timestamp},
};
use rand::{Rng, seq::IndexedRandom};

use super::places::{self, CITIES};

/// Every fifth customer writes English.
const ENGLISH_EVERY: usize = 5;
/// Longer ago than any generated order.
const SINCE_DAYS_MIN: i64 = 70;
const SINCE_DAYS_MAX: i64 = 900;

const FAMILY_NAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡",
    "蒋", "余",
];
const GIVEN_NAMES: [&str; 56] = [
    "子涵", "雨桐", "思远", "晓彤", "一诺", "佳怡", "浩然", "梓萱", "俊杰", "欣怡", "文博", "静怡", "志强", "丽娜",
    "建国", "秀英", "海燕", "明轩", "若溪", "嘉豪", "诗涵", "宇航", "雅琴", "晨曦", "天佑", "梦洁", "博文", "慧敏",
    "家辉", "美玲", "国栋", "小芳", "亦凡", "可馨", "书瑶", "振华", "玉兰", "伟", "芳", "敏", "磊", "静", "洋", "艳",
    "勇", "娟", "涛", "超", "霞", "平", "刚", "桂英", "辰逸", "语嫣", "沐阳", "知夏",
];
const FIRST_NAMES: [&str; 30] = [
    "Olivia", "Liam", "Ava", "Lucas", "Sophie", "Ethan", "Chloe", "Mason", "Grace", "Henry", "Zoe", "Jack", "Lily",
    "Oscar", "Ruby", "Leo", "Nora", "Hugo", "Ella", "Felix", "Alice", "Max", "Clara", "Theo", "Ivy", "Adam", "Maya",
    "Owen", "Iris", "Dylan",
];
const LAST_NAMES: [&str; 24] = [
    "Miller", "Turner", "Walker", "Bennett", "Hayes", "Foster", "Morgan", "Reyes", "Patel", "Nguyen", "Novak", "Rossi",
    "Weber", "Dubois", "Larsen", "Kowalski", "Santos", "Okafor", "Tanaka", "Kim", "Brooks", "Parker", "Hughes", "Ward",
];

/// `1990000` and four digits: a prefix from which no number is assigned.
pub fn phone(number: usize) -> String {
    format!("1990000{:04}", number % 10_000)
}

/// `count` customers with keys `c0001`, `c0002`, …
pub fn customers(rng: &mut impl Rng, count: usize, now: Timestamp) -> Vec<Customer> {
    (1..=count).map(|number| customer(rng, number, now)).collect()
}

fn customer(rng: &mut impl Rng, number: usize, now: Timestamp) -> Customer {
    let is_english = number.is_multiple_of(ENGLISH_EVERY);
    let name = if is_english {
        format!("{} {}", pick(rng, &FIRST_NAMES), pick(rng, &LAST_NAMES))
    } else {
        format!("{}{}", pick(rng, &FAMILY_NAMES), pick(rng, &GIVEN_NAMES))
    };
    let phone = phone(1_000 + number);
    let homes = if rng.random_bool(0.25) { 2 } else { 1 };
    let addresses = (0..homes)
        .map(|_| {
            let city = &CITIES[rng.random_range(0..CITIES.len())];
            places::address(rng, city, &name, &phone, is_english)
        })
        .collect();
    let level = match rng.random_range(0..100) {
        0..72 => 0,
        72..92 => 1,
        _ => 2,
    };
    let since_days = rng.random_range(SINCE_DAYS_MIN..SINCE_DAYS_MAX);
    Customer {
        key: CustomerKey(format!("c{number:04}")),
        name,
        email: Some(format!("c{number:04}@example.com")),
        phone: Some(phone),
        level,
        addresses,
        since: now.minus_ms(since_days * DAY_MS),
        payment_methods: Vec::new(),
    }
}

/// Whether a customer writes English: the demo's English customers have no Chinese letter in their name.
pub fn is_english(customer: &Customer) -> bool {
    customer.name.is_ascii()
}

fn pick<'a>(rng: &mut impl Rng, from: &[&'a str]) -> &'a str {
    from.choose(rng).copied().unwrap_or_default()
}
