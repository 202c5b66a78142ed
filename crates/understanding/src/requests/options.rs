//! Where the options of a product's variants are said in a message: as the value stands in the catalogue, with the
//! option's name beside it, by its telling word, or by yes and no («waterproof», «no backlight», 「绿的」).

use std::collections::{BTreeSet, HashMap};

use domain::shop::{Attribute, Product};

use super::tokens::{Kind, Tokens, compact, words};

/// A value of an option, as it may be meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meant {
    pub key: String,
    /// The value as in the catalogue (its English text and its Chinese one together tell it).
    pub value: String,
}

/// Somebody said a value; several meanings when options share it, as black frames and black lenses do.
#[derive(Debug, Clone)]
pub struct Said {
    pub start: usize,
    pub end: usize,
    pub meant: Vec<Meant>,
}

/// All forms in which the options of one product may be said.
#[derive(Debug)]
pub struct Forms {
    by_form: HashMap<String, BTreeSet<Meant>>,
    /// The longest first letter sequences come first when the same place fits several.
    first_letters: BTreeSet<char>,
}

pub fn value_of(option: &Attribute) -> String {
    if option.value.zh == option.value.en {
        option.value.en.clone()
    } else {
        format!("{}|{}", option.value.zh, option.value.en)
    }
}

/// Words that tell nothing when they stand alone.
const EMPTY: [&str; 17] = [
    "and",
    "on",
    "over",
    "off",
    "or",
    "with",
    "of",
    "the",
    "a",
    "in",
    "to",
    "for",
    "card",
    "cover",
    "type",
    "size",
    "equivalent",
];
const NEGATIONS: [&str; 9] = ["no", "not", "non", "without", "isnt", "arent", "un", "不", "无"];
const TELLING_LETTERS_MIN: usize = 2;
const COLOURS: &str = "红橙黄绿青蓝紫粉黑白灰棕银金米褐";

impl Forms {
    pub fn new(product: &Product) -> Self {
        let mut forms = Self { by_form: HashMap::new(), first_letters: BTreeSet::new() };
        let mut options: Vec<&Attribute> = product.variants.iter().flat_map(|variant| &variant.options).collect();
        options.sort_by(|a, b| (&a.key, value_of(a)).cmp(&(&b.key, value_of(b))));
        options.dedup_by(|a, b| a.key == b.key && value_of(a) == value_of(b));
        for option in &options {
            let siblings: Vec<&Attribute> = options.iter().copied().filter(|other| other.key == option.key).collect();
            let key_words = telling_key_words(option, &options);
            forms.add_option(option, &siblings, &key_words);
        }
        forms.first_letters = forms.by_form.keys().filter_map(|form| form.chars().next()).collect();
        forms
    }

    fn add(&mut self, form: &str, option: &Attribute) {
        let form = compact(form);
        if !form.is_empty() {
            self.by_form.entry(form).or_default().insert(Meant { key: option.key.clone(), value: value_of(option) });
        }
    }

    fn add_option(&mut self, option: &Attribute, siblings: &[&Attribute], key_words: &[String]) {
        let plain = bare_forms(option, siblings);
        // «order no. 12» says nothing about an option that may be no.
        let is_answer = matches!(option.value.en.to_lowercase().as_str(), "yes" | "no" | "none" | "true" | "false");
        for form in &plain {
            if !is_answer {
                self.add(form, option);
            }
            for key in [option.name.en.as_str(), option.name.zh.as_str()]
                .into_iter()
                .chain(key_words.iter().map(String::as_str))
            {
                self.add(&format!("{form} {key}"), option);
                self.add(&format!("{key} {form}"), option);
                self.add(&format!("{key} of {form}"), option);
                self.add(&format!("{key} is {form}"), option);
            }
        }
        let english = option.value.en.to_lowercase();
        let names = yes_names(option);
        if matches!(english.as_str(), "yes" | "true") {
            for name in &names {
                self.add(name, option);
            }
        }
        let is_no = matches!(english.as_str(), "no" | "none" | "false")
            || words(&english).first().is_some_and(|word| word == "not");
        if is_no {
            for name in &names {
                for negation in NEGATIONS {
                    self.add(&format!("{negation} {name}"), option);
                    self.add(&format!("{negation} any {name}"), option);
                    self.add(&format!("{negation} a {name}"), option);
                    self.add(&format!("{negation} extra {name}"), option);
                }
                self.add(&format!("{name} less"), option);
            }
        }
    }

    /// Every value said, left to right, the longest form first; what is part of a longer form isn't said again.
    pub fn said(&self, tokens: &Tokens) -> Vec<Said> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.longest(tokens, at) {
                Some((end, meant)) => {
                    found.push(Said { start: at, end, meant: meant.iter().cloned().collect() });
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, tokens: &Tokens, at: usize) -> Option<(usize, &BTreeSet<Meant>)> {
        const FORM_TOKENS_MAX: usize = 12;
        let first = tokens.list.get(at)?;
        if matches!(first.kind, Kind::Mark(_)) || !self.first_letters.contains(&first.stem.chars().next()?) {
            return None;
        }
        let mut form = String::new();
        let mut best = None;
        for (here, token) in tokens.list.iter().enumerate().skip(at).take(FORM_TOKENS_MAX) {
            match token.kind {
                Kind::Mark(_) if matches!(token.stem.as_str(), "," | ";") => break,
                Kind::Mark(0) => continue,
                // 「颜色: 绿色」 and «color: green»; other marks part what is said.
                Kind::Mark(_) if token.stem == ":" => continue,
                Kind::Mark(_) => break,
                _ => {}
            }
            form.push_str(&token.stem);
            if let Some(meant) = self.by_form.get(&form) {
                best = Some((here + 1, meant));
            }
        }
        best
    }
}

/// The value itself, its parts that tell it from its siblings, and the other names of sizes and colours.
fn bare_forms(option: &Attribute, siblings: &[&Attribute]) -> Vec<String> {
    let mut forms = vec![option.value.en.clone(), option.value.zh.clone()];
    let others: Vec<&&Attribute> = siblings.iter().filter(|other| value_of(other) != value_of(option)).collect();
    let is_others = |part: &str| {
        others.iter().any(|other| {
            let has = |text: &str| words(text).iter().any(|word| word == part) || compact(text) == part;
            has(&other.value.en) || has(&other.value.zh)
        })
    };
    let parts = words(&option.value.en);
    if parts.len() > 1 {
        for part in &parts {
            let is_number = part.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
            let tells = part.chars().count() >= TELLING_LETTERS_MIN && !is_number && !EMPTY.contains(&part.as_str());
            if tells && !NEGATIONS.contains(&part.as_str()) && !is_others(part) {
                forms.push(part.clone());
            }
        }
        // «5 to 25 lbs» for 5-25, and a number with its unit before what follows, 1.8 m of «1.8 m bed».
        forms.push(parts.join(" to "));
        if parts.len() > 2 && parts[0].starts_with(|letter: char| letter.is_ascii_digit()) {
            let short = format!("{} {}", parts[0], parts[1]);
            if !others.iter().any(|other| compact(&other.value.en).starts_with(&compact(&short))) {
                forms.push(short);
            }
        }
        if let [first, second, rest @ ..] = parts.as_slice()
            && first.parse::<f64>().is_ok()
            && second.parse::<f64>().is_ok()
        {
            forms.push(format!("{first} to {second} {}", rest.join(" ")));
        }
    }
    // 石墨色 of 石墨灰.
    let shade: String = option.value.zh.strip_suffix(|letter| COLOURS.contains(letter)).unwrap_or_default().to_owned();
    if shade.chars().count() > 1 && !others.iter().any(|other| other.value.zh.contains(&shade)) {
        forms.push(format!("{shade}色"));
    }
    for colour in option.value.zh.chars().filter(|letter| COLOURS.contains(*letter)) {
        if !others.iter().any(|other| other.value.zh.contains(colour)) {
            forms.extend([format!("{colour}色"), colour.to_string()]);
        }
    }
    forms.extend(
        other_sizes(&option.value.en).iter().filter(|form| !is_others(&compact(form))).map(|s| (*s).to_owned()),
    );
    forms
}

fn other_sizes(value: &str) -> &'static [&'static str] {
    match value.to_lowercase().as_str() {
        "xs" => &["extra small", "加小号", "特小号"],
        "s" | "small" => &["s", "small", "小号", "小码"],
        "m" | "medium" => &["m", "medium", "mid", "中号", "中码"],
        "l" | "large" => &["l", "large", "大号", "大码"],
        "xl" => &["extra large", "x large", "加大号", "加大码"],
        "xxl" => &["2xl", "double xl", "xx large", "extra extra large", "特大号"],
        "full size" => &["full sized", "fullsize"],
        _ => &[],
    }
}

/// Words of an option's name that no other option of the product has in its own: «frame» of frame colour when lens
/// colour is the other; for a value that two options share they say which is meant.
fn telling_key_words(option: &Attribute, all: &[&Attribute]) -> Vec<String> {
    let own = words(&option.name.en);
    let shares = |word: &str| {
        all.iter().any(|other| {
            other.key != option.key
                && words(&other.name.en).iter().any(|theirs| theirs == word)
                && all.iter().any(|same| same.key == other.key && value_of(same) == value_of(option))
        })
    };
    own.into_iter().filter(|word| word.len() > TELLING_LETTERS_MIN && !shares(word)).collect()
}

/// What is there when the answer is yes: «waterproof», «water resistance», «water resistant».
fn yes_names(option: &Attribute) -> Vec<String> {
    let mut names = vec![option.name.en.clone(), option.name.zh.clone()];
    let english = option.name.en.to_lowercase();
    names.push(format!("{english}ing"));
    if let Some(root) = english.strip_suffix("ance") {
        names.push(format!("{root}ant"));
    }
    if let Some(root) = english.strip_suffix('s') {
        names.push(root.to_owned());
    }
    if let Some(root) = english.strip_suffix("light") {
        names.push(format!("{root}lighting"));
        names.push(format!("{root}lit"));
    }
    names
}
