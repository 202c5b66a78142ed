//! Reads decimal amounts into the currency's smallest unit, exactly.

use domain::shop::Money;

/// Digits after the point in a currency, as [`Money::decimal`] writes them.
pub fn decimals_of(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" => 0,
        _ => 2,
    }
}

/// `129.9` CNY becomes `12990`. Anything but digits, one point and a leading minus is refused, as are digits
/// finer than the currency has.
pub fn parse_decimal(text: &str, currency: &str) -> Option<Money> {
    let text = text.trim();
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let decimals = decimals_of(currency);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || fraction.len() > decimals as usize {
        return None;
    }
    let unit = 10_i64.pow(decimals);
    let fraction_minor = match fraction.len() {
        0 => 0,
        digits => fraction.parse::<i64>().ok()? * 10_i64.pow(decimals - u32::try_from(digits).ok()?),
    };
    let minor = whole.parse::<i64>().ok()?.checked_mul(unit)?.checked_add(fraction_minor)?;
    Some(Money::new(if is_negative { -minor } else { minor }, currency))
}

/// A JSON number, which may carry binary noise such as `1380.7900000000002`, rounded to the smallest unit.
pub fn from_number(number: f64, currency: &str) -> Option<Money> {
    /// Largest amount that an `f64` still holds to the cent.
    const NUMBER_MAX: f64 = 1e13;
    if !number.is_finite() || number.abs() > NUMBER_MAX {
        return None;
    }
    let unit = 10_f64.powi(i32::try_from(decimals_of(currency)).ok()?);
    #[expect(clippy::cast_possible_truncation, reason = "bounded by NUMBER_MAX")]
    let minor = (number * unit).round() as i64;
    Some(Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        let cases = [
            ("129.9", "CNY", Some(12_990)),
            ("0.05", "CNY", Some(5)),
            ("-3", "CNY", Some(-300)),
            ("12.500", "USD", Some(1_250)),
            ("1299", "JPY", Some(1_299)),
            ("12.5", "JPY", None),
            ("1.234", "CNY", None),
            ("", "CNY", None),
            (".5", "CNY", None),
            ("1,299", "CNY", None),
            ("1e3", "CNY", None),
            ("99999999999999999999", "CNY", None),
        ];
        for (text, currency, minor) in cases {
            assert_eq!(parse_decimal(text, currency).map(|money| money.minor), minor, "{text} {currency}");
        }
    }

    #[test]
    fn noise_of_binary_numbers_is_rounded_away() {
        assert_eq!(from_number(1_380.790_000_000_000_2, "USD").map(|money| money.minor), Some(138_079));
        assert_eq!(from_number(f64::NAN, "USD"), None);
    }
}
