//! Texts with values in them. What is printed is noted, so that the guard knows the source of every figure.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    language::{Bilingual, Language},
    shop::Money,
    time::{HOUR_MS, Timestamp},
};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value, value::ValueKind};
use serde_json::Value as Json;

use crate::expression::Scope;

/// A text in both languages, with values to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub zh: String,
    pub en: String,
}

/// For whom a text is written, and when.
#[derive(Debug, Clone)]
pub struct Voice {
    pub language: Language,
    /// The shop's time zone by its IANA name.
    pub zone: String,
    pub now: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    pub text: String,
    /// Every value printed, and the template's own words: what the text rests on.
    pub evidence: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the text: {message}")]
pub struct TemplateError {
    /// Within the text, from 1.
    pub line: usize,
    pub message: String,
}

impl Template {
    pub fn source(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }

    pub fn render(&self, voice: &Voice, scope: &Scope) -> Result<Rendered, TemplateError> {
        let source = self.source(voice.language);
        let printed = Arc::new(Mutex::new(Vec::new()));
        let environment = environment(voice, printed.clone());
        let text = environment.render_str(source, minijinja::value::Serde(scope)).map_err(|error| fault(&error))?;
        let mut evidence = std::mem::take(&mut *printed.lock().unwrap_or_else(PoisonError::into_inner));
        evidence.push(own_words(source));
        Ok(Rendered { text: text.trim().to_owned(), evidence })
    }
}

/// What `source` reads of its surroundings, as paths; or why it is no template.
pub fn paths(source: &str) -> Result<Vec<Vec<String>>, TemplateError> {
    let voice = Voice { language: Language::Zh, zone: "UTC".into(), now: Timestamp(0) };
    let environment = environment(&voice, Arc::default());
    let template = environment.template_from_str(source).map_err(|error| fault(&error))?;
    let known: Vec<&str> = environment.globals().map(|(name, _)| name).collect();
    let mut paths: Vec<Vec<String>> = template
        .undeclared_variables(true)
        .into_iter()
        .map(|path| path.split('.').map(str::to_owned).collect::<Vec<String>>())
        .filter(|path| !known.contains(&path[0].as_str()))
        .collect();
    paths.sort();
    Ok(paths)
}

fn fault(error: &Error) -> TemplateError {
    let message = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    TemplateError { line: error.line().unwrap_or(1), message }
}

fn environment(voice: &Voice, printed: Arc<Mutex<Vec<String>>>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    let language = voice.language;
    environment.set_formatter(move |out, _, value| {
        let text = written(value, language)?;
        printed.lock().unwrap_or_else(PoisonError::into_inner).push(text.clone());
        out.write_str(&text).map_err(Error::from)
    });
    let clock = voice.clone();
    let add = move |pattern: (&'static str, &'static str)| {
        let clock = clock.clone();
        move |at: Value| moment(&at, &clock, pattern)
    };
    environment.add_filter("time", add(("%-m月%-d日 %H:%M", "%-d %b %H:%M")));
    environment.add_filter("day", add(("%-m月%-d日", "%-d %b")));
    environment.add_filter("date", move |day: String| date(&day, language));
    let now = voice.now;
    environment.add_filter("hours", move |at: Value| {
        let at = i64::try_from(at).map_err(|_| no("`hours` needs a time"))?;
        Ok::<_, Error>((now.since_ms(Timestamp(at)) / HOUR_MS).max(0))
    });
    environment.add_filter("names", move |list: Value| names(&list, language));
    environment
}

fn no(message: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

/// A value as people read it. Whole records and `null` are never printed: a sentence with a hole is no sentence.
fn written(value: &Value, language: Language) -> Result<String, Error> {
    match value.kind() {
        ValueKind::String | ValueKind::Number => Ok(value.to_string()),
        ValueKind::Map => {
            let json = serde_json::to_value(value).unwrap_or_default();
            record(&json, language).ok_or_else(|| no("a whole record can't be printed; name one of its fields"))
        }
        ValueKind::Undefined => Err(Error::new(ErrorKind::UndefinedError, "a value that doesn't exist is printed")),
        ValueKind::None => Err(no("a value that is null is printed; put {% if … %} around it")),
        other => Err(Error::new(ErrorKind::InvalidOperation, format!("a {other} can't be printed"))),
    }
}

fn record(json: &Json, language: Language) -> Option<String> {
    if let Some(text) = bilingual(json, language) {
        return Some(text);
    }
    let money: Money = serde_json::from_value(json.clone()).ok()?;
    Some(amount(&money))
}

fn bilingual(json: &Json, language: Language) -> Option<String> {
    let both = Bilingual::new(json.get("zh")?.as_str()?, json.get("en")?.as_str()?);
    Some(both.in_language(language).to_owned())
}

pub fn amount(money: &Money) -> String {
    match money.currency.as_str() {
        "CNY" => format!("¥{}", money.decimal()),
        "USD" => format!("${}", money.decimal()),
        other => format!("{} {other}", money.decimal()),
    }
}

fn moment(at: &Value, voice: &Voice, (zh, en): (&str, &str)) -> Result<String, Error> {
    let ms = i64::try_from(at.clone()).map_err(|_| no("`day` and `time` need a time"))?;
    let instant = jiff::Timestamp::from_millisecond(ms).map_err(|_| no("no such time"))?;
    let zone = jiff::tz::TimeZone::get(&voice.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let pattern = match voice.language {
        Language::Zh => zh,
        Language::En => en,
    };
    Ok(instant.to_zoned(zone).strftime(pattern).to_string())
}

/// `2026-11-24` as 「11月24日（周二）」, "Tue 24 Nov".
fn date(day: &str, language: Language) -> Result<String, Error> {
    let date: jiff::civil::Date = day.parse().map_err(|_| no("`date` needs a day such as 2026-11-24"))?;
    const WEEK: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    Ok(match language {
        Language::Zh => {
            let weekday = WEEK[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()).min(6)];
            format!("{}月{}日（周{weekday}）", date.month(), date.day())
        }
        Language::En => date.strftime("%a %-d %b").to_string(),
    })
}

/// Records by their titles, equal ones counted: 「小背包、露营灯 ×2」.
fn names(list: &Value, language: Language) -> Result<String, Error> {
    let json = serde_json::to_value(list).unwrap_or_default();
    let records = match &json {
        Json::Array(records) => records.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut counted: Vec<(String, u64)> = Vec::new();
    for record in records {
        let name = name(record, language).ok_or_else(|| no("`names` needs records that have a title"))?;
        let quantity = record.get("quantity").and_then(Json::as_u64).unwrap_or(1);
        match counted.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += quantity,
            None => counted.push((name, quantity)),
        }
    }
    let parts = counted.into_iter().map(|(name, count)| if count > 1 { format!("{name} ×{count}") } else { name });
    Ok(parts.collect::<Vec<_>>().join(if language == Language::Zh { "、" } else { ", " }))
}

/// A record's title, with the options of an order's item behind it.
pub fn name(record: &Json, language: Language) -> Option<String> {
    let title = bilingual(record.get("title")?, language)?;
    let options = record.get("options").and_then(|options| bilingual(options, language)).unwrap_or_default();
    Some(match (options.is_empty(), language) {
        (true, _) => title,
        (false, Language::Zh) => format!("{title}（{options}）"),
        (false, Language::En) => format!("{title} ({options})"),
    })
}

/// The text between the tags: the author's own words vouch for themselves.
fn own_words(source: &str) -> String {
    let (mut words, mut rest) = (String::new(), source);
    while let Some(start) = rest.find(['{']).filter(|start| rest.len() > start + 1) {
        let close = match rest.as_bytes()[start + 1] {
            b'{' => "}}",
            b'%' => "%}",
            b'#' => "#}",
            _ => {
                words.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
                continue;
            }
        };
        words.push_str(&rest[..start]);
        words.push(' ');
        rest = rest[start..].find(close).map_or("", |end| &rest[start + end + 2..]);
    }
    words.push_str(rest);
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn voice(language: Language) -> Voice {
        Voice { language, zone: "Asia/Shanghai".into(), now: Timestamp(1_795_000_000_000) }
    }

    fn scope() -> Scope {
        json!({
            "title": { "zh": "帐篷", "en": "Tent" }, "price": { "minor": 12_900, "currency": "CNY" }, "gone": null,
            "at": 1_794_990_000_000_i64, "day": "2026-11-24",
            "items": [{ "title": { "zh": "灯", "en": "Lamp" }, "quantity": 2 },
                      { "title": { "zh": "包", "en": "Bag" }, "options": { "zh": "蓝", "en": "blue" } }],
        })
        .as_object()
        .cloned()
        .unwrap_or_default()
    }

    #[test]
    fn prints_in_the_shoppers_language_and_notes_what_it_printed() {
        let template = Template {
            zh: "{{ title }} {{ price }}，7 天内可退，{{ at|day }}，{{ day|date }}，{{ items|names }}".into(),
            en: "{{ title }} {{ price }} {{ at|time }} {{ day|date }} {{ items|names }} {{ at|hours }}".into(),
        };
        let zh = template.render(&voice(Language::Zh), &scope()).unwrap();
        assert_eq!(zh.text, "帐篷 ¥129.00，7 天内可退，11月18日，11月24日（周二），灯 ×2、包（蓝）");
        assert!(zh.evidence.iter().any(|it| it == "¥129.00") && zh.evidence.iter().any(|it| it.contains("7 天内可退")));
        let en = template.render(&voice(Language::En), &scope()).unwrap();
        assert_eq!(en.text, "Tent ¥129.00 18 Nov 16:20 Tue 24 Nov Lamp ×2, Bag (blue) 2");
    }

    #[test]
    fn prints_no_holes_and_no_records() {
        for source in ["{{ gone }}", "{{ items }}", "{{ nothing }}", "{{ items[0] }}", "{{ price.other }}"] {
            let template = Template { zh: source.into(), en: String::new() };
            assert!(template.render(&voice(Language::Zh), &scope()).is_err(), "{source}");
        }
        let template = Template { zh: "{% if gone %}{{ gone }}{% endif %}好".into(), en: String::new() };
        assert_eq!(template.render(&voice(Language::Zh), &scope()).unwrap().text, "好");
    }

    #[test]
    fn tells_what_it_reads() {
        let found =
            paths("{% for i in slots.items %}{{ i.title }}{% endfor %}{{ slots.order.key }}{{ now|day }}").unwrap();
        let found: Vec<String> = found.into_iter().map(|path| path.join(".")).collect();
        assert_eq!(found, ["now", "slots.items", "slots.order.key"]);
        assert_eq!(paths("a\n{{ b").unwrap_err().line, 2);
        assert!(paths("{{ a|nosuch }}").is_ok(), "filters are looked up when rendering");
    }

    #[test]
    fn own_words_are_what_stands_between_the_tags() {
        assert_eq!(own_words("a {{ b }} c{% if d %} 7 {% endif %}{x}"), "a   c  7  {x}");
    }
}
