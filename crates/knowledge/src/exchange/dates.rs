//! Dates and moments as people write them in tables.

use domain::time::Timestamp;
use jiff::{civil, tz::Offset};

use super::Conventions;

fn offset(conventions: &Conventions) -> Offset {
    Offset::from_seconds(conventions.utc_offset_minutes.saturating_mul(60)).unwrap_or(Offset::UTC)
}

/// A date is the midnight at which that day begins.
pub(super) fn parse(text: &str, conventions: &Conventions) -> Option<Timestamp> {
    let text = text.trim();
    let local = |moment: civil::DateTime| offset(conventions).to_timestamp(moment).ok();
    let moment = parse_date(text)
        .and_then(|date| local(date.at(0, 0, 0, 0)))
        .or_else(|| text.parse::<jiff::Timestamp>().ok())
        .or_else(|| local(text.replace('/', "-").parse::<civil::DateTime>().ok()?))?;
    Some(Timestamp(moment.as_millisecond()))
}

/// Year, month and day with any of the usual marks between them.
fn parse_date(text: &str) -> Option<civil::Date> {
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && year.len() == 4;
    let date = civil::Date::new(year.parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()?;
    is_whole.then_some(date)
}

/// A midnight is written as a date, any other moment in full.
pub(super) fn format(time: Timestamp, conventions: &Conventions) -> String {
    let offset = offset(conventions);
    // Moments beyond the calendar are its last one: no article is meant to outlive the year 9999.
    let last = if time.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    let moment = jiff::Timestamp::from_millisecond(time.0).unwrap_or(last);
    let local = offset.to_datetime(moment);
    if local.time() == civil::Time::midnight() && local.year() >= 1_000 {
        return local.date().to_string();
    }
    moment.display_with_offset(offset).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UTC: Conventions = Conventions { utc_offset_minutes: 0, headings: domain::language::Language::En };

    #[test]
    fn dates_as_people_write_them() {
        let expected = Some(Timestamp(1_793_491_200_000));
        for text in ["2026-11-01", "2026/11/1", "2026.11.1", "2026年11月1日", " 2026-11-01 ", "2026-11-01T00:00:00Z"]
        {
            assert_eq!(parse(text, &UTC), expected, "{text}");
        }
        for text in ["2026-11-01T08:00", "2026/11/01 08:00:00", "2026-11-01T08:00:00+08:00", "2026-11-01"] {
            let china = Conventions::default();
            let at_eight = text.contains("08:00") && !text.contains('+');
            let ms = if at_eight { 0 } else { -8 * 3_600_000 } + if text.contains('+') { 8 * 3_600_000 } else { 0 };
            assert_eq!(parse(text, &china), expected.map(|time| time.plus_ms(ms)), "{text}");
        }
        for text in ["", "soon", "2026-13-01", "2026-02-30", "26-1-1", "2026-11", "2026-11-01-01", "46000"] {
            assert_eq!(parse(text, &UTC), None, "{text}");
        }
    }

    #[test]
    fn midnights_are_dates() {
        assert_eq!(format(Timestamp(1_793_491_200_000), &UTC), "2026-11-01");
        assert_eq!(format(Timestamp(1_793_491_200_001), &UTC), "2026-11-01T00:00:00.001+00:00");
        assert_eq!(parse(&format(Timestamp(i64::MAX), &UTC), &UTC).map(|time| time.0 / 1_000), Some(253_402_207_200));
    }

    proptest! {
        #[test]
        fn text_and_back(ms in -62_000_000_000_000i64..253_000_000_000_000, minutes in -720i32..840) {
            let conventions = Conventions { utc_offset_minutes: minutes, ..UTC };
            let time = Timestamp(ms);
            prop_assert_eq!(parse(&format(time, &conventions), &conventions), Some(time));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9/.T:Z年月日+ -]{0,24}") {
            let _ = parse(&text, &UTC);
        }
    }
}
