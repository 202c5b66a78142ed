//! Numbers that lead to a person: phones, identity cards, bank cards; also with digits written as Chinese characters,
//! in groups, or one by one.

use std::ops::Range;

use super::Detector;

/// More groups than any phone or card is written in.
const GROUPS_MAX: usize = 24;

/// Digits that stand together, parted by blanks only.
#[derive(Debug)]
struct Group {
    at: Range<usize>,
    digits: String,
}

/// Each number of interest in a plain view.
pub(super) fn numbers(text: &str, mut found: impl FnMut(Detector, Range<usize>)) {
    for run in runs(text) {
        let mut first = 0;
        while first < run.len() {
            let (take, detector) = longest(text, &run[first..]);
            if let Some(detector) = detector {
                found(detector, run[first].at.start..run[first + take - 1].at.end);
            }
            first += take;
        }
    }
}

/// How many groups belong to the number that begins here, and what it is.
fn longest(text: &str, groups: &[Group]) -> (usize, Option<Detector>) {
    let most = groups.len().min(GROUPS_MAX);
    for take in (1..=most).rev() {
        let taken = &groups[..take];
        let lengths: Vec<usize> = taken.iter().map(|group| group.digits.len()).collect();
        let digits: String = taken.iter().map(|group| group.digits.as_str()).collect();
        let before = text[..taken[0].at.start].chars().next_back();
        if let Some(detector) = kind(&digits, &lengths, before) {
            return (take, Some(detector));
        }
    }
    (1, None)
}

fn kind(digits: &str, lengths: &[usize], before: Option<char>) -> Option<Detector> {
    let is_single = lengths.len() > 1 && lengths.iter().all(|length| *length == 1);
    let is_whole = lengths.len() == 1 || is_single;
    let national = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(digits);
    let grouped = match lengths {
        [2, rest @ ..] if digits.starts_with("86") => rest,
        other => other,
    };
    let is_mobile = national.len() == 11 && national.starts_with('1') && national.as_bytes()[1] >= b'3';
    if is_mobile && (is_whole || matches!(grouped, [11] | [3, 4, 4] | [3, 8] | [7, 4] | [4, 4, 3])) {
        return Some(Detector::Mobile);
    }
    let is_hotline = digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"));
    if is_hotline && (is_whole || matches!(lengths, [3, 3, 4] | [3, 4, 3] | [4, 3, 3] | [3, 7])) {
        return Some(Detector::Hotline);
    }
    if digits.starts_with('0') && matches!(lengths, [3, 8] | [4, 7] | [4, 8]) {
        return Some(Detector::Landline);
    }
    if is_foreign(digits, lengths, before) {
        return Some(Detector::Landline);
    }
    let is_born = || matches!(&digits[6..8], "19" | "20") && ("01"..="12").contains(&&digits[10..12]);
    if (digits.len() == 18 || (digits.len() == 17 && is_whole)) && is_born() {
        return Some(Detector::IdentityCard);
    }
    let is_card = (15..=21).contains(&digits.len());
    (is_card && (is_whole || matches!(lengths, [4, 4, 4, 4, ..]))).then_some(Detector::BankCard)
}

/// As phones of other countries are written: with their country, or in America's groups.
fn is_foreign(digits: &str, lengths: &[usize], before: Option<char>) -> bool {
    let american = match lengths {
        [1, rest @ ..] if digits.starts_with('1') => rest,
        other => other,
    };
    american == [3, 3, 4] || (before == Some('+') && (8..=15).contains(&digits.len()))
}

fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut run: Vec<Group> = Vec::new();
    // What stands before this place, if it is no digit.
    let mut last = ' ';
    let mut is_group_open = false;
    for (start, symbol) in text.char_indices() {
        if let Some(digit) = digit(symbol) {
            let at = start..start + symbol.len_utf8();
            if is_group_open && let Some(group) = run.last_mut() {
                group.digits.push(digit);
                group.at.end = at.end;
            } else if last.is_ascii_alphabetic() {
                // A number that belongs to a name, such as SF1234; it never begins here.
                continue;
            } else {
                run.push(Group { at, digits: digit.to_string() });
                is_group_open = true;
            }
            continue;
        }
        is_group_open = false;
        last = symbol;
        if symbol != ' ' && !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

const fn digit(symbol: char) -> Option<char> {
    Some(match symbol {
        '0'..='9' => symbol,
        '零' | '〇' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '贰' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::view::View, *};

    #[test]
    fn phones_and_cards_are_told_from_other_numbers() {
        use Detector::*;
        let cases: [(&str, &[Detector]); 17] = [
            ("13800138000", &[Mobile]),
            ("一三八零零一三八零零零", &[Mobile]),
            ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", &[Mobile]),
            ("138-0013-8000", &[Mobile]),
            ("+86 138 0013 8000", &[Mobile]),
            ("8613800138000", &[Mobile]),
            ("共 3 件，13800138000", &[Mobile]),
            ("SF13800138000", &[]),
            ("400-820-8820", &[Hotline]),
            ("021-62345678", &[Landline]),
            ("(555) 123-4567", &[Landline]),
            ("+44 7700 900123", &[Landline]),
            ("11010519491231002X", &[IdentityCard]),
            ("6222 0212 3456 7890 128", &[BankCard]),
            ("138×90×60", &[]),
            ("2026-11-22 12:30", &[]),
            ("123-4567890-1234567", &[]),
        ];
        for (text, expected) in cases {
            let mut said = Vec::new();
            numbers(&View::plain(text).text, |detector, _| said.push(detector));
            assert_eq!(said, expected, "{text}: {}", View::plain(text).text);
        }
    }
}
