//! Numbers as people write them: 300, 1,299.5, 三百, 两千五, 1.2万, seven.

const DIGITS: &str = "零一二三四五六七八九";
/// Characters a Chinese numeral is made of, for regular expressions.
pub const ZH_NUMERAL: &str = "零〇一二两俩三仨四五六七八九十百千万半";

const EN_NUMBERS: [(&str, f64); 22] = [
    ("a couple of", 2.0),
    ("a couple", 2.0),
    ("a few", 3.0),
    ("several", 3.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("fifty", 50.0),
    ("an", 1.0),
    ("a", 1.0),
];

/// The value of a numeral in digits, Chinese or English words.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text.chars().all(|symbol| symbol.is_ascii_digit() || symbol == ',' || symbol == '.') {
        return text.replace(',', "").parse().ok();
    }
    if let Some((_, value)) = EN_NUMBERS.iter().find(|(name, _)| *name == text) {
        return Some(*value);
    }
    // 1.2万, 3千, 3k
    for (unit, times) in [('万', 10_000.0), ('千', 1_000.0), ('k', 1_000.0), ('w', 10_000.0)] {
        if let Some(value) = text.strip_suffix(unit).and_then(|digits| digits.parse::<f64>().ok()) {
            return Some(value * times);
        }
    }
    chinese(text)
}

/// A whole number in Chinese characters; the unit after a last digit may be left out (两千五 is 2,500).
fn chinese(text: &str) -> Option<f64> {
    if text == "半" {
        return Some(0.5);
    }
    let (mut total, mut section) = (0u64, 0u64);
    let mut digit: Option<u64> = None;
    let mut last_unit = 1u64;
    let mut after_zero = false;
    let symbols: Vec<char> = text.chars().collect();
    for symbol in &symbols {
        let symbol = match symbol {
            '〇' => '零',
            '两' | '俩' => '二',
            '仨' => '三',
            other => *other,
        };
        if let Some(value) = DIGITS.chars().position(|it| it == symbol) {
            if value == 0 {
                after_zero = true;
            } else if digit.is_some() {
                return digits_only(&symbols);
            } else {
                digit = Some(value as u64);
            }
            continue;
        }
        let unit = match symbol {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => return None,
        };
        if unit == 10_000 {
            total = (total + section + digit.take().unwrap_or_default()).max(1).checked_mul(unit)?;
            section = 0;
        } else {
            section += digit.take().unwrap_or(1) * unit;
        }
        (last_unit, after_zero) = (unit, false);
    }
    let rest = digit.unwrap_or_default();
    let rest = if last_unit > 10 && !after_zero { rest * last_unit / 10 } else { rest };
    Some((total + section + rest) as f64)
}

/// 一二三: digits said one after the other.
fn digits_only(symbols: &[char]) -> Option<f64> {
    let mut value = 0.0;
    for symbol in symbols {
        let plain = match symbol {
            '〇' => '零',
            other => *other,
        };
        value = value * 10.0 + DIGITS.chars().position(|it| it == plain)? as f64;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        let cases = [
            ("300", 300.0),
            ("1,299.5", 1299.5),
            ("三百", 300.0),
            ("两千五", 2500.0),
            ("两千零五", 2005.0),
            ("一万二", 12_000.0),
            ("十一", 11.0),
            ("二十", 20.0),
            ("一百五十六", 156.0),
            ("1.2万", 12_000.0),
            ("二〇二六", 2026.0),
            ("半", 0.5),
            ("seven", 7.0),
            ("a couple of", 2.0),
        ];
        for (text, value) in cases {
            assert_eq!(number(text), Some(value), "{text}");
        }
        assert_eq!(number("退货"), None);
        assert_eq!(number(""), None);
    }
}
