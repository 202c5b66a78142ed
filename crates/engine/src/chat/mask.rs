//! Hiding what is personal before a text leaves the desk, and putting it back into what returns.

use std::sync::LazyLock;

use regex::Regex;
use understanding::entities::{Entity, Moment, entities};

/// A run with so many digits is a number of something: an order, a parcel, a card, a person.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9][A-Za-z0-9-]*\d[A-Za-z0-9-]*").expect("sound"));
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[[A-Z]+_\d+\]").expect("sound"));
static SALUTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:我叫|我是|我姓|收件人|收货人|联系人|姓名|名字)(?:是|为|叫)?[：:\s]*(?P<zh>\p{Han}{2,4})|(?i:my name is|this is|i am|i'm|recipient is|recipient:)\s+(?P<en>[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){1,2})")
        .expect("sound")
});

/// Digits in a number that tell somebody or something apart; a year or a price has fewer.
const DIGITS_MIN: usize = 6;
/// One letter is in too many words to be hidden everywhere.
const NAME_CHARS_MIN: usize = 2;

/// What stands for what; one for a whole request, so that the same thing has the same mark in every message.
#[derive(Default)]
pub struct Mask {
    hidden: Vec<(String, String)>,
}

impl Mask {
    /// The text with marks in place of order numbers, contacts, addresses and names. `names` are those the desk knows.
    pub fn hide(&mut self, text: &str, moment: &Moment, names: &[String]) -> String {
        // What looks like a mark and is none would be taken for one on the way back.
        let mut out = MARK.replace_all(text, "").into_owned();
        for name in names.iter().filter(|name| name.chars().count() >= NAME_CHARS_MIN) {
            if out.contains(name.as_str()) {
                let mark = self.mark("NAME", name);
                out = out.replace(name.as_str(), &mark);
            }
        }
        // From the end, so that the places before it stay.
        for found in entities(&out, moment).into_iter().rev() {
            let kind = match found.entity {
                Entity::OrderNumber(_) => "ORDER",
                Entity::TrackingNumber(_) => "PARCEL",
                Entity::Phone(_) => "PHONE",
                Entity::Email(_) => "EMAIL",
                Entity::Address(_) => "ADDRESS",
                Entity::Postcode(_) => "POSTCODE",
                _ => continue,
            };
            let is_mark = MARK.find_iter(&out).any(|mark| mark.start() < found.end && found.start < mark.end());
            if !is_mark {
                let mark = self.mark(kind, &found.text);
                out.replace_range(found.start..found.end, &mark);
            }
        }
        self.hide_where(&mut out, "NAME", &SALUTATION, |_| true);
        let is_number = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_MIN;
        self.hide_where(&mut out, "NUMBER", &NUMBER, is_number);
        out
    }

    fn hide_where(&mut self, out: &mut String, kind: &str, pattern: &Regex, is_meant: impl Fn(&str) -> bool) {
        let mut places: Vec<(usize, usize)> = pattern
            .captures_iter(out)
            .filter_map(|found| {
                let place = found.iter().skip(1).flatten().next().or(found.get(0))?;
                is_meant(place.as_str()).then(|| (place.start(), place.end()))
            })
            .collect();
        places.reverse();
        for (start, end) in places {
            let mark = self.mark(kind, &out[start..end]);
            out.replace_range(start..end, &mark);
        }
    }

    fn mark(&mut self, kind: &str, value: &str) -> String {
        if let Some((mark, _)) = self.hidden.iter().find(|(_, known)| known == value) {
            return mark.clone();
        }
        let mark = format!("[{kind}_{}]", self.hidden.len() + 1);
        self.hidden.push((mark.clone(), value.to_owned()));
        mark
    }

    /// The reply with everything back in its place; `None` when it has marks that nobody made.
    pub fn restore(&self, reply: &str) -> Option<String> {
        let mut out = reply.to_owned();
        let known = |mark: &str| self.hidden.iter().find(|(known, _)| known == mark);
        if MARK.find_iter(reply).any(|mark| known(mark.as_str()).is_none()) {
            return None;
        }
        for (mark, value) in &self.hidden {
            out = out.replace(mark, value);
        }
        Some(out)
    }

    pub const fn count(&self) -> usize {
        self.hidden.len()
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;

    fn moment() -> Moment {
        Moment::new(Timestamp(1_795_000_000_000), TimeZone::UTC)
    }

    #[test]
    fn nothing_personal_leaves_and_all_of_it_comes_back() {
        let cases: [(&str, &[&str]); 8] = [
            ("我的电话是13800138000，帮我查下", &["13800138000"]),
            ("发票发到 li.lei+shop@example.com.cn", &["li.lei", "example.com"]),
            ("订单 M2026110200017 什么时候发货", &["2026110200017"]),
            ("改到浙江省杭州市西湖区文三路478号3单元", &["文三路478号"]),
            ("我叫韩梅梅，卡号6222020200112233445", &["韩梅梅", "6222020200112233445"]),
            ("My name is Mei Kovacs and my order is #W5199551", &["Mei Kovacs", "W5199551"]),
            ("call me on +1 415 555 2671 please", &["555 2671"]),
            ("王小明的包裹呢", &["王小明"]),
        ];
        for (text, personal) in cases {
            let mut mask = Mask::default();
            let hidden = mask.hide(text, &moment(), &["王小明".to_owned()]);
            for secret in personal {
                assert!(!hidden.contains(secret), "{secret} in {hidden}");
            }
            assert!(mask.count() > 0);
            assert_eq!(mask.restore(&hidden).as_deref(), Some(text));
        }
    }

    #[test]
    fn figures_and_dates_of_the_shop_stay() {
        let text = "满 199 元包邮，2026年双11前下单，7 天内可退。";
        let mut mask = Mask::default();
        assert_eq!(mask.hide(text, &moment(), &[]), text);
    }

    #[test]
    fn marks_that_nobody_made_are_refused() {
        let mut mask = Mask::default();
        let hidden = mask.hide("电话13800138000 [PHONE_1] [EMAIL_9]", &moment(), &[]);
        assert_eq!(hidden.matches('[').count(), 1, "{hidden}");
        assert_eq!(mask.restore("打 [PHONE_1]").as_deref(), Some("打 13800138000"));
        assert_eq!(mask.restore("打 [PHONE_2]"), None);
    }
}
