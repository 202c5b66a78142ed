//! Cuts texts into comparable terms: English words without their plural, Chinese characters and pairs of them.

use understanding::text::simplified;

/// Lower case, full-width forms narrowed (Ｌ -> l), traditional characters simplified, so that what any keyboard typed
/// compares equal.
pub fn fold(text: &str) -> Vec<char> {
    text.chars().map(narrow).map(simplified).flat_map(char::to_lowercase).collect()
}

fn narrow(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        // The full-width block mirrors ASCII at a fixed distance.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}

pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}')
}

pub fn is_single_character(term: &str) -> bool {
    let mut letters = term.chars();
    letters.next().is_some_and(is_han) && letters.next().is_none()
}

#[derive(PartialEq, Clone, Copy)]
enum Kind {
    Han,
    Word,
    Gap,
}

fn kind(letter: char) -> Kind {
    if is_han(letter) {
        Kind::Han
    } else if letter.is_alphanumeric() {
        Kind::Word
    } else {
        Kind::Gap
    }
}

/// The terms of a text, in order, with repetitions.
pub fn terms(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut found = Vec::new();
    for run in folded.chunk_by(|a, b| kind(*a) == kind(*b)) {
        match kind(run[0]) {
            Kind::Han => {
                found.extend(run.iter().map(char::to_string));
                found.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            }
            Kind::Word => found.push(singular(run)),
            Kind::Gap => {}
        }
    }
    found
}

fn singular(word: &[char]) -> String {
    const PLURAL_LETTERS_MIN: usize = 4;
    match word {
        [.., 's', 's'] => word.iter().collect(),
        [stem @ .., 's'] if word.len() >= PLURAL_LETTERS_MIN => stem.iter().collect(),
        _ => word.iter().collect(),
    }
}

/// Words of questions rather than of products.
pub fn is_everyday(term: &str) -> bool {
    const EVERYDAY: &[&str] = &[
        "the",
        "is",
        "are",
        "do",
        "doe",
        "you",
        "have",
        "how",
        "much",
        "many",
        "in",
        "stock",
        "it",
        "a",
        "an",
        "of",
        "for",
        "this",
        "that",
        "i",
        "my",
        "to",
        "and",
        "or",
        "with",
        "on",
        "can",
        "what",
        "which",
        "any",
        "there",
        "price",
        "cost",
        "buy",
        "want",
        "need",
        "me",
        "your",
        "please",
        "still",
        "available",
        "有货",
        "没货",
        "多少",
        "少钱",
        "什么",
        "这个",
        "那个",
        "可以",
        "怎么",
        "请问",
        "你好",
        "您好",
        "我想",
        "想要",
        "想买",
        "一个",
        "有没",
        "没有",
        "还有",
        "价格",
        "现货",
        "你们",
        "我要",
        "哪个",
        "哪款",
        "这款",
        "那款",
        "好吗",
        "是不",
    ];
    EVERYDAY.contains(&term)
}
