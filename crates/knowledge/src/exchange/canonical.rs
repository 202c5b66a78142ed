//! The one form of a draft that every format can carry without loss.

use domain::{
    article::{ArticleDraft, Scope, Wording},
    shop::{CategoryKey, ProductKey},
};

/// Trims texts, puts names, questions and aliases on one line, unifies line ends, and drops control characters
/// and empty list entries.
pub fn canonical(draft: &ArticleDraft) -> ArticleDraft {
    let wording = |wording: &Wording| Wording {
        question: line(&wording.question),
        aliases: wording.aliases.iter().map(|alias| line(alias)).filter(|alias| !alias.is_empty()).collect(),
        answer: text(&wording.answer),
    };
    let keys = |keys: &mut dyn Iterator<Item = &str>| keys.map(line).filter(|key| !key.is_empty()).collect::<Vec<_>>();
    let products = keys(&mut draft.scope.products.iter().map(ProductKey::as_str));
    let categories = keys(&mut draft.scope.categories.iter().map(CategoryKey::as_str));
    ArticleDraft {
        key: line(&draft.key),
        category: line(&draft.category),
        scope: Scope {
            products: products.into_iter().map(ProductKey).collect(),
            categories: categories.into_iter().map(CategoryKey).collect(),
        },
        valid_from: draft.valid_from,
        valid_until: draft.valid_until,
        zh: draft.zh.as_ref().map(wording),
        en: draft.en.as_ref().map(wording),
    }
}

/// On one line.
fn line(text: &str) -> String {
    let kept: String = text.chars().filter(|&c| c.is_whitespace() || is_text(c)).collect();
    let lines = kept.split(is_line_end).map(str::trim).filter(|line| !line.is_empty());
    // A tab would end a cell in some formats and begin a formula in others.
    lines.collect::<Vec<_>>().join(" ").replace('\t', " ").trim().to_owned()
}

/// On as many lines as it has.
fn text(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|&c| c == '\n' || c == '\t' || is_text(c)).collect();
    kept.trim().to_owned()
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Neither a control character nor one that XML and byte order marks forbid.
fn is_text(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
