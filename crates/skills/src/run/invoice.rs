//! Invoice details from what was said: who it is for, the title, the tax number and where it goes.

use serde_json::{Value as Json, json};

use super::progress::Message;
use crate::words::{fold, has};

const COMPANY_ENDS: &[&str] = &["公司", "集团", "事务所", "工作室", "学校", "大学", "医院", "研究院", "协会"];

pub(super) fn read_invoice_parts(known: &mut Json, message: &Message, is_answer: bool, orders: &[String]) {
    let text = message.text.trim();
    let folded = fold(text);
    if has(&folded, "公司") || has(&folded, "企业") || has(&folded, "单位") || has(&folded, "company") {
        known["kind"] = json!("company");
    } else if has(&folded, "个人") || has(&folded, "personal") || has(&folded, "individual") {
        known["kind"] = json!("personal");
    }
    let is_order = |piece: &str| orders.iter().any(|order| order.eq_ignore_ascii_case(piece));
    let mut pieces = text.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    if let Some(number) = pieces.find(|it| is_tax_number(it) && !is_order(it)) {
        known["tax_number"] = json!(number.to_ascii_uppercase());
        known["kind"] = json!("company");
    }
    if let Some(email) = message.emails.first() {
        known["email"] = json!(email);
    }
    if let Some(title) = invoice_title(text) {
        known["title"] = json!(title);
    } else if is_answer && message.agrees.is_none() && known["title"].is_null() && !known["kind"].is_null() {
        // The rest of an answer that says nothing else is the title.
        let rest = without_kind(text.trim_matches(|symbol: char| !symbol.is_alphanumeric()));
        let is_plain =
            !rest.is_empty() && rest.chars().count() <= 60 && message.emails.is_empty() && !is_tax_number(rest);
        let is_kind =
            matches!(fold(rest).as_str(), "公司" | "个人" | "企业" | "单位" | "company" | "personal" | "individual");
        if is_plain && !is_kind {
            known["title"] = json!(rest);
        }
    }
    if known["kind"] == "personal" && known["title"].is_null() {
        known["title"] = json!("个人");
    }
}

/// What a message says of an invoice by itself; null for what it doesn't say.
pub fn invoice_said(text: &str, orders: &[String]) -> Json {
    let mut known = json!({ "kind": null, "title": null, "tax_number": null, "email": null });
    read_invoice_parts(&mut known, &Message::said(text), false, orders);
    known
}

/// "personal, Emma Clark" is made out to Emma Clark.
fn without_kind(text: &str) -> &str {
    const KINDS: &[&str] = &["personal", "individual", "company", "个人", "公司", "企业", "单位"];
    let head = text.split([',', '，', ' ', ':', '：']).next().unwrap_or_default();
    let rest = text[head.len()..].trim_matches(|symbol: char| !symbol.is_alphanumeric());
    if KINDS.contains(&fold(head).as_str()) && !rest.is_empty() { rest } else { text }
}

/// 统一社会信用代码 and older tax numbers.
fn is_tax_number(piece: &str) -> bool {
    (15..=20).contains(&piece.len()) && piece.bytes().filter(u8::is_ascii_digit).count() >= 8
}

fn invoice_title(text: &str) -> Option<String> {
    let marks = [
        "抬头是",
        "抬头为",
        "抬头写",
        "抬头开",
        "抬头：",
        "抬头:",
        "抬头",
        "名称：",
        "名称:",
        "made out to",
        "title:",
        "title is",
    ];
    let stops = |symbol: char| "，,。；;\n、".contains(symbol);
    for mark in marks {
        if let Some((_, rest)) = text.split_once(mark) {
            let title = rest.split(stops).next().unwrap_or_default().trim();
            if title.chars().count() >= 2 {
                return Some(title.to_owned());
            }
        }
    }
    text.split(|symbol: char| stops(symbol) || symbol.is_whitespace())
        .find(|piece| piece.chars().count() >= 4 && COMPANY_ENDS.iter().any(|end| piece.ends_with(end)))
        .map(str::to_owned)
}

pub(super) fn missing_parts(known: &Json) -> Vec<&'static str> {
    let needed: &[&'static str] =
        if known["kind"] == "personal" { &["kind", "title"] } else { &["kind", "title", "tax_number"] };
    needed.iter().copied().filter(|part| known[*part].is_null()).collect()
}
