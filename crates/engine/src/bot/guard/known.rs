//! What the evidence vouches for: its figures, its words, and its statements one by one.

use std::collections::HashSet;

use domain::language::Bilingual;

use super::{
    Evidence, Origin,
    figures::{Figure, Unit, figures},
    folded,
};

/// One statement of the evidence.
pub struct Statement {
    pub text: String,
    pub figures: Vec<Figure>,
}

/// A record, with the numbers it is about.
pub struct Record {
    pub text: String,
    pub names: HashSet<String>,
}

pub struct Known {
    figures: HashSet<Figure>,
    /// Values that stand alone as a tool's result; they may be written with any unit.
    values: HashSet<String>,
    /// Numbers of orders, parcels and people, and other runs.
    names: HashSet<String>,
    all: String,
    /// Without blanks and marks.
    letters: String,
    records: Vec<Record>,
    statements: Vec<Statement>,
}

impl Known {
    pub fn of(evidence: &Evidence, products: &[Bilingual]) -> Self {
        let mut known = Self {
            figures: HashSet::new(),
            values: HashSet::new(),
            names: HashSet::new(),
            all: String::new(),
            letters: String::new(),
            records: Vec::new(),
            statements: Vec::new(),
        };
        for piece in &evidence.0 {
            if piece.origin == Origin::Quote {
                continue;
            }
            let text = folded(&piece.text);
            known.note_figures(&text, piece.origin);
            for symbol in &text {
                known.all.push(*symbol);
            }
            known.all.push('\n');
            if piece.origin == Origin::Record {
                known.records.push(Record { text: text.iter().collect(), names: names(&text) });
            }
            for (clause, _) in clauses(&text) {
                let figures = figures(clause).into_iter().map(|found| found.figure).collect();
                known.statements.push(Statement { text: clause.iter().collect(), figures });
            }
        }
        // A product known in one language may be named in the other.
        for product in products {
            let names = [&product.zh, &product.en].map(|name| folded(name));
            if names.iter().any(|name| !name.is_empty() && known.all.contains(&name.iter().collect::<String>())) {
                for name in names {
                    known.note_figures(&name, Origin::Record);
                    known.all.extend(name);
                    known.all.push('\n');
                }
            }
        }
        known.letters = known.all.chars().filter(|symbol| symbol.is_alphanumeric()).collect();
        known
    }

    fn note_figures(&mut self, text: &[char], origin: Origin) {
        let found = figures(text);
        let is_value = matches!(&found[..], [one] if one.at == (0..text.len()));
        for found in found {
            match &found.figure {
                Figure::Number { value, unit: Unit::Bare } if is_value => {
                    self.values.insert(value.clone());
                }
                Figure::Identifier(name) | Figure::Phone(name) => {
                    self.names.insert(name.clone());
                }
                Figure::Link(_) if origin == Origin::Record => continue,
                _ => {}
            }
            self.figures.insert(found.figure);
        }
    }

    pub fn has_figure(&self, figure: &Figure) -> bool {
        self.figures.contains(figure) || has(self.figures.iter(), figure) || self.has_value(figure)
    }

    fn has_value(&self, figure: &Figure) -> bool {
        match figure {
            Figure::Number { value, .. } => self.values.contains(value),
            Figure::Identifier(name) | Figure::Phone(name) => self.names.contains(name) || self.values.contains(name),
            _ => false,
        }
    }

    /// `text` must be folded.
    pub fn has_text(&self, text: &str) -> bool {
        self.all.contains(text)
    }

    pub fn has_letters(&self, letters: &str) -> bool {
        self.letters.contains(letters)
    }

    pub fn has_text_without_blanks(&self, text: &str) -> bool {
        let wanted: String = text.chars().filter(|symbol| symbol.is_alphanumeric()).collect();
        self.letters.contains(&wanted)
    }

    /// In the shop's records or the desk's own words, not in an article.
    pub fn records_have(&self, text: &str) -> bool {
        self.records.iter().any(|record| record.text.contains(text))
    }

    pub fn records(&self) -> &[Record] {
        &self.records
    }

    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

/// The numbers of orders, parcels and people in a text.
pub fn names(text: &[char]) -> HashSet<String> {
    let name = |figure: Figure| match figure {
        Figure::Identifier(name) | Figure::Phone(name) => Some(name),
        _ => None,
    };
    figures(text).into_iter().filter_map(|found| name(found.figure)).collect()
}

/// Whether one of the figures vouches for this one: the same value with a unit that says no more.
pub fn has<'a>(mut known: impl Iterator<Item = &'a Figure>, figure: &Figure) -> bool {
    known.any(|known| vouches(known, figure))
}

fn vouches(known: &Figure, said: &Figure) -> bool {
    match (known, said) {
        (Figure::Number { value: known, unit: from }, Figure::Number { value: said, unit: to }) => {
            (known == said && fits(*from, *to)) || is_same_reduction(known, *from, said, *to)
        }
        (Figure::Date { year, month, day }, Figure::Date { year: said_year, month: said_month, day: said_day }) => {
            let same_year = year.is_none() || said_year.is_none() || year == said_year;
            month == said_month && same_year && (said_day.is_none() || day == said_day)
        }
        (one, other) => one == other,
    }
}

/// Leaving a unit out says less; another unit of money, time or share says something else.
fn fits(known: Unit, said: Unit) -> bool {
    let counts =
        |unit: Unit| matches!(unit, Unit::Bare | Unit::Thing("item" | "piece" | "sheet" | "time" | "person" | "fold"));
    known == said
        || said == Unit::Bare
        || (counts(known) && counts(said))
        || (known == Unit::Bare && matches!(said, Unit::Thing(_)))
}

/// 8 折 is 20 % off.
fn is_same_reduction(known: &str, from: Unit, said: &str, to: Unit) -> bool {
    let number = |text: &str| text.parse::<f64>().ok();
    let (Some(known), Some(said)) = (number(known), number(said)) else { return false };
    let off = |tenths: f64| if tenths < 10.0 { 100.0 - tenths * 10.0 } else { 100.0 - tenths };
    match (from, to) {
        (Unit::Tenths, Unit::Percent) => (off(known) - said).abs() < 1e-9,
        (Unit::Percent, Unit::Tenths) => (off(said) - known).abs() < 1e-9,
        _ => false,
    }
}

/// The statements of a text, each with where it begins: cut at the marks that end one, not inside figures.
pub fn clauses(text: &[char]) -> Vec<(&[char], usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..=text.len() {
        if at < text.len() && !is_cut(text, at) {
            continue;
        }
        let clause = &text[start..at];
        let blanks = clause.iter().take_while(|symbol| !symbol.is_alphanumeric()).count();
        let kept =
            clause.iter().rposition(|symbol| symbol.is_alphanumeric() || matches!(symbol, '%' | '℃' | '」' | '"'));
        if let Some(last) = kept
            && blanks <= last
        {
            found.push((&clause[blanks..=last], start + blanks));
        }
        start = at + 1;
    }
    found
}

fn is_cut(text: &[char], at: usize) -> bool {
    let digit = |place: Option<&char>| place.is_some_and(char::is_ascii_digit);
    match text[at] {
        // «… in 1-3 days and cards in 3-7 days» are two statements.
        ' ' => {
            text.get(at..at + 5) == Some(&[' ', 'a', 'n', 'd', ' '])
                && text[..at].iter().rev().take_while(|symbol| !matches!(symbol, '.' | '\n')).any(char::is_ascii_digit)
        }
        '。' | '，' | '；' | '！' | '？' | '\n' | ';' | '!' | '?' => true,
        '.' | ',' => {
            let inside = digit(text.get(at + 1)) || text.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric());
            !inside
        }
        _ => false,
    }
}
