//! Chinese and English are equals: every text of the web apps is there in both, with the same places to fill in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Finding, Source};

const RULE: &str = "texts";
/// i18next ends a key with the plural form it is for; Chinese needs only one of them.
const PLURALS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// A text's line and what is filled into it.
type Texts = BTreeMap<String, (usize, BTreeSet<String>)>;

pub fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for zh in sources {
        let Some(folder) = ["zh.json", "zh.ts"].iter().find_map(|name| zh.path.strip_suffix(name)) else { continue };
        if !folder.ends_with("/texts/") {
            continue;
        }
        let en_path = format!("{folder}{}", zh.path[folder.len()..].replacen("zh", "en", 1));
        let Some(en) = sources.iter().find(|source| source.path == en_path) else {
            findings.push(Finding::new(&zh.path, 1, RULE, format!("{en_path} is missing")));
            continue;
        };
        let (zh_texts, en_texts) = (texts(zh), texts(en));
        findings.extend(missing(&zh_texts, &en_texts, &zh.path, &en_path));
        findings.extend(missing(&en_texts, &zh_texts, &en_path, &zh.path));
        findings.extend(differing_places(&zh_texts, &en_texts, &zh.path, &en_path));
    }
    findings
}

fn missing(here: &Texts, there: &Texts, path: &str, other: &str) -> Vec<Finding> {
    let lacking = here.iter().filter(|(key, _)| !there.contains_key(*key));
    lacking.map(|(key, (line, _))| Finding::new(path, *line, RULE, format!("`{key}` is not in {other}"))).collect()
}

fn differing_places(zh: &Texts, en: &Texts, path: &str, other: &str) -> Vec<Finding> {
    let both = zh.iter().filter_map(|(key, (line, places))| Some((key, line, places, &en.get(key)?.1)));
    both.filter(|(_, _, zh, en)| zh != en)
        .map(|(key, line, zh, en)| {
            Finding::new(path, *line, RULE, format!("`{key}` fills in {zh:?} here and {en:?} in {other}"))
        })
        .collect()
}

fn texts(source: &Source) -> Texts {
    let mut texts = Texts::new();
    let mut take = |key: &str, line: usize, text: &str| {
        let key = PLURALS.iter().find_map(|form| key.strip_suffix(form)).unwrap_or(key);
        texts.entry(key.to_owned()).or_insert((line, BTreeSet::new())).1.extend(places(text));
    };
    if source.has_extension(&["json"]) {
        let root: Value = serde_json::from_str(&source.text).unwrap_or_default();
        walk(&root, "", &mut |key, text| take(key, line_of(&source.text, key), text));
    } else {
        // Written one text a line, the key first: `  open: "…",`, nested ones deeper.
        let mut above: Vec<(usize, String)> = Vec::new();
        for (line, text) in (1..).zip(source.text.lines()) {
            let Some((key, value)) = text.split_once(':') else { continue };
            let depth = key.len() - key.trim_start().len();
            let name = key.trim().trim_matches('"');
            if depth == 0 || name.is_empty() || !name.chars().all(|symbol| symbol.is_alphanumeric() || symbol == '_') {
                continue;
            }
            above.retain(|(indent, _)| *indent < depth);
            above.push((depth, name.to_owned()));
            if !value.trim_end().ends_with('{') {
                let path: Vec<&str> = above.iter().map(|(_, name)| name.as_str()).collect();
                take(&path.join("."), line, value);
            }
        }
    }
    texts
}

fn walk(value: &Value, key: &str, take: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                walk(field, &key, take);
            }
        }
        Value::String(text) => take(key, text),
        _ => {}
    }
}

fn line_of(text: &str, key: &str) -> usize {
    let name = format!("\"{}\":", key.rsplit('.').next().unwrap_or(key));
    text.lines().position(|line| line.contains(&name)).map_or(1, |at| at + 1)
}

/// The names in `{n}` and `{{n}}`. A count may be left out of a plural form.
fn places(text: &str) -> BTreeSet<String> {
    let opened = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.trim()));
    let is_name =
        |name: &&str| !name.is_empty() && name.chars().all(|symbol| symbol.is_alphanumeric() || symbol == '_');
    opened.map(|place| place.split(',').next().unwrap_or(place).trim()).filter(is_name).map(String::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, zh: &str, en: &str) -> Vec<String> {
        let source = |language: &str, text: &str| Source {
            path: format!("web/a/src/texts/{}", name.replace("LANG", language)),
            text: text.into(),
        };
        check(&[source("zh", zh), source("en", en)]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn equal_texts_are_fine() {
        let zh = r#"{"inbox": {"open": "打开", "count_other": "{{n}} 条"}}"#;
        let en = r#"{"inbox": {"open": "Open", "count_one": "{{n}} item", "count_other": "{{n}} items"}}"#;
        assert!(found("LANG.json", zh, en).is_empty());
        let zh = "export const zh = {\n  open: \"打开\",\n  at: {\n    night: \"{n} 点: 夜\",\n  },\n};\n";
        assert!(found("LANG.ts", zh, &zh.replace("打开", "Open")).is_empty());
    }

    #[test]
    fn missing_texts_are_found_on_both_sides() {
        let zh = "{\n  \"open\": \"打开\",\n  \"close\": \"关\"\n}";
        assert_eq!(
            found("LANG.json", zh, r#"{"open": "Open", "more": "More"}"#),
            [
                "web/a/src/texts/zh.json:3: texts: `close` is not in web/a/src/texts/en.json",
                "web/a/src/texts/en.json:1: texts: `more` is not in web/a/src/texts/zh.json",
            ]
        );
        assert_eq!(found("LANG.ts", "const zh = {\n  open: \"打开\",\n};", "const en = {\n};").len(), 1);
    }

    #[test]
    fn differing_places_are_found() {
        assert_eq!(found("LANG.ts", "{\n  about: \"约 {n} 分钟\",\n}", "{\n  about: \"soon\",\n}").len(), 1);
    }

    #[test]
    fn a_language_alone_is_found() {
        let lone = Source { path: "web/a/src/texts/zh.ts".into(), text: String::new() };
        assert_eq!(check(&[lone]).len(), 1);
    }
}
