//! Everyday words for products and their options: «the 1.5 liter kettle», «one that isn't waterproof», «size L».

use domain::shop::{Attribute, Order, Product, Variant, VariantKey};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

#[derive(Clone, Copy)]
pub struct Described<'a> {
    pub product: &'a Product,
    pub variant: &'a Variant,
}

pub fn variant<'a>(product: &'a Product, key: &VariantKey) -> &'a Variant {
    product.variants.iter().find(|variant| variant.key == *key).expect("expected calls name variants that exist")
}

/// The whole title or its last word where nothing else in the order ends so; now and then with a slip of the keyboard.
pub fn name(product: &Product, order: &Order, products: &[Product], random: &mut StdRng) -> String {
    const ENDS_THAT_SAY_LITTLE: [&str; 4] = ["set", "kit", "machine", "bulb"];
    let title = product.title.en.clone();
    let last = title.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let ends_so =
        |line: &domain::shop::OrderLine| line.product != product.key && line.title.en.to_lowercase().ends_with(&last);
    let is_alone = !order.lines.iter().any(ends_so) && !ENDS_THAT_SAY_LITTLE.contains(&last.as_str());
    // «laptop» could be the compartment of a backpack.
    let is_option = products
        .iter()
        .flat_map(|other| &other.variants)
        .flat_map(|variant| &variant.options)
        .any(|option| option.value.en.to_lowercase() == last);
    let mut said = match random.random_range(0..10) {
        0..=3 => title.to_lowercase(),
        4..=6 if is_alone && !is_option => last,
        _ => title,
    };
    const SLIPS: f64 = 0.04;
    const LETTERS_MIN: usize = 6;
    if said.len() >= LETTERS_MIN && random.random_bool(SLIPS) {
        let at = random.random_range(2..said.len() - 1);
        if said.is_char_boundary(at) && said.as_bytes()[at].is_ascii_alphabetic() {
            said.remove(at);
        }
    }
    said
}

/// Up to all options, each as one would mention it.
pub fn options(described: &Described<'_>, random: &mut StdRng) -> Vec<String> {
    described.variant.options.iter().map(|option| mention(described, option, random)).collect()
}

/// A value that can stand before the name: «black», «glass».
pub fn adjective(described: &Described<'_>, random: &mut StdRng) -> Option<String> {
    let fits = |option: &&Attribute| ["color", "material"].contains(&option.name.en.as_str());
    let options: Vec<&Attribute> = described.variant.options.iter().filter(fits).collect();
    options.choose(random).map(|option| option.value.en.clone())
}

/// How an item shall be: what differs, as one thing.
pub fn wanted(from: &Described<'_>, to: &Described<'_>, name: &str, random: &mut StdRng) -> String {
    let is_changed = |option: &&Attribute| {
        !from.variant.options.iter().any(|old| old.key == option.key && old.value == option.value)
    };
    let changed: Vec<&Attribute> = to.variant.options.iter().filter(is_changed).collect();
    if changed.is_empty() {
        let forms = [
            "an identical one".to_owned(),
            "exactly the same one".to_owned(),
            format!("the same {name} again"),
            "a new one of the same kind".to_owned(),
        ];
        return forms.choose(random).cloned().unwrap_or_default();
    }
    let (before, behind): (Vec<&Attribute>, Vec<&Attribute>) =
        changed.into_iter().partition(|option| stands_before(option) && !is_shared(to, option));
    let mentions: Vec<String> = behind.iter().map(|option| mention(to, option, random)).collect();
    let words: Vec<&str> = before.iter().map(|option| option.value.en.as_str()).collect();
    let tail = if random.random_bool(0.25) { " and everything else the same" } else { "" };
    let head = if words.is_empty() {
        (*["one", "the one", "the version"].choose(random).unwrap_or(&"one")).to_owned()
    } else {
        let article = if random.random_bool(0.5) { "the" } else { "a" };
        format!("{article} {} {}", words.join(", "), ["one", "version", "model"].choose(random).unwrap_or(&"one"))
    };
    match mentions.as_slice() {
        [] => format!("{head}{tail}"),
        mentions => format!("{head} with {}{tail}", mentions.join(" and ")),
    }
}

fn stands_before(option: &Attribute) -> bool {
    ["color", "material", "type", "style", "theme"].contains(&option.name.en.as_str())
}

/// Whether another option of the product has this value too, so that its name must be said.
fn is_shared(described: &Described<'_>, option: &Attribute) -> bool {
    let others = described.product.variants.iter().flat_map(|variant| &variant.options);
    others.into_iter().any(|other| other.key != option.key && other.value == option.value)
}

/// One option, behind «with»: «size L», «black lenses»…
fn mention(described: &Described<'_>, option: &Attribute, random: &mut StdRng) -> String {
    let (name, value) = (option.name.en.to_lowercase(), option.value.en.clone());
    match value.to_lowercase().as_str() {
        "yes" if name == "waterproof" => return "a waterproof body".to_owned(),
        "yes" => return name,
        "no" if name == "waterproof" => return "no waterproofing".to_owned(),
        "no" | "none" => return format!("no {name}"),
        "not resistant" => return format!("no {name}"),
        _ => {}
    }
    let value = if random.random_bool(0.4) { spoken(&value) } else { value };
    let is_size = name == "size" || name.ends_with(" size");
    match random.random_range(0..4) {
        0 if is_size || is_shared(described, option) => format!("{name} {value}"),
        0 => format!("{name}: {value}"),
        1 if !is_size && !is_shared(described, option) && !is_vague(&value) => value,
        2 => format!("{value} {name}"),
        _ => format!("{name} {value}"),
    }
}

/// Says nothing without the option's name.
fn is_vague(value: &str) -> bool {
    ["high", "medium", "low", "large", "small", "full", "half", "fixed", "standard", "custom", "basic"].contains(&value)
        || value.parse::<f64>().is_ok()
}

/// Units as people say them.
fn spoken(value: &str) -> String {
    for (unit, said) in [
        ("-inch", " inch"),
        ("GB", " gigs"),
        ("ml", " ml"),
        ("mAh", " mAh"),
        ("mm", " mm"),
        ("ft", " foot"),
        ("L", " liter"),
    ] {
        if let Some(number) = value.strip_suffix(unit)
            && number.trim().parse::<f64>().is_ok()
        {
            return format!("{}{said}", number.trim());
        }
    }
    value.to_owned()
}
