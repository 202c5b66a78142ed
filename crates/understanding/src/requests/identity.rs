//! Who somebody says to be: name, e-mail and postcode, for shops that look customers up by them.

use super::tokens::{Kind, Tokens};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    /// Likeliest first.
    pub names: Vec<String>,
    pub email: Option<String>,
    pub postcode: Option<String>,
}

const NAME_WORDS_MAX: usize = 3;

pub fn identity(text: &str) -> Identity {
    let tokens = Tokens::new(text);
    Identity { names: names(&tokens), email: email(text), postcode: postcode(&tokens) }
}

fn email(text: &str) -> Option<String> {
    let part = |letter: char| letter.is_ascii_alphanumeric() || "._%+-@".contains(letter);
    let words = text.split(|letter: char| !part(letter)).map(|word| word.trim_matches(['.', '-']));
    let is_email = |word: &&str| {
        word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'))
    };
    words.into_iter().find(is_email).map(str::to_lowercase)
}

/// Five digits behind «zip» or 邮编, or six in China; or in brackets behind nothing else.
fn postcode(tokens: &Tokens) -> Option<String> {
    const NEAR: usize = 6;
    const CUES: [&str; 6] = ["zip", "zipcode", "postcode", "postal", "邮编", "邮政编码"];
    let is_code = |at: &usize| tokens.list[*at].kind == Kind::Number && matches!(tokens.stem(*at).len(), 5 | 6);
    let alone = |at: &usize| {
        tokens.before(*at).is_none_or(|before| {
            tokens.list[before].place.end < tokens.list[*at].place.start
                || tokens.list[before].is_soft()
                || tokens.list[before].kind == Kind::Han
        })
    };
    for at in 0..tokens.len() {
        if let Some(end) = CUES.iter().find_map(|cue| tokens.matches(at, cue)) {
            let found = (end..(end + NEAR).min(tokens.len())).find(is_code);
            let before = || (at.saturating_sub(NEAR)..at).rev().find(|at| is_code(at) && alone(at));
            if let Some(found) = found.or_else(before) {
                return Some(tokens.stem(found).to_owned());
            }
        }
    }
    let hash = |at: &usize| *at > 0 && matches!(tokens.stem(at - 1), "#" | "_");
    (0..tokens.len()).find(|at| is_code(at) && alone(at) && !hash(at)).map(|at| tokens.stem(at).to_owned())
}

fn names(tokens: &Tokens) -> Vec<String> {
    const BEFORE: [&str; 11] =
        ["mynameis", "yournameis", "nameis", "im", "iam", "thisis", "itis", "its", "我叫", "我是", "姓名"];
    const CHINESE_NAME_LETTERS_MAX: usize = 4;
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let Some(end) = BEFORE.iter().find_map(|cue| tokens.matches(at, cue)) else { continue };
        let start = tokens.next(end);
        let words = capitalised(tokens, start);
        if words.len() > 1 {
            found.push(words.join(" "));
        }
        let han: String = (start..tokens.len())
            .take_while(|at| tokens.list[*at].kind == Kind::Han)
            .map(|at| tokens.stem(at))
            .collect();
        if (2..=CHINESE_NAME_LETTERS_MAX).contains(&han.chars().count()) {
            found.push(han);
        }
    }
    // Any two words with capital letters may be one; who looks customers up knows which.
    for at in 0..tokens.len() {
        let words = capitalised(tokens, at);
        if words.len() > 1 {
            found.push(words.join(" "));
            found.push(words[..2].join(" "));
        }
    }
    let mut seen = Vec::new();
    found.retain(|name| {
        let is_new = !seen.contains(name);
        seen.push(name.clone());
        is_new
    });
    found
}

/// Words with a capital letter, one after the other.
fn capitalised(tokens: &Tokens, at: usize) -> Vec<String> {
    let is_name = |at: usize| {
        let token = tokens.list.get(at)?;
        let first = tokens.letters.get(token.place.start)?;
        (token.kind == Kind::Word && first.is_uppercase()).then(|| tokens.typed(at..at + 1))
    };
    (at..at + NAME_WORDS_MAX).map_while(is_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_say_who_they_are_in_many_ways() {
        for (text, name, email, postcode) in [
            ("Your name is Omar Anderson and your zip code is 19031.", Some("Omar Anderson"), None, Some("19031")),
            ("Hi, I'm Mei Kovacs (zip 28236), please help", Some("Mei Kovacs"), None, Some("28236")),
            ("Liam Thomas here, 85049. Cancel it", Some("Liam Thomas"), None, Some("85049")),
            ("my email is James.Li4495@example.com.", None, Some("james.li4495@example.com"), None),
            ("我叫王小明，邮编310012", Some("王小明"), None, Some("310012")),
        ] {
            let found = identity(text);
            assert_eq!(
                (found.names.first().map(String::as_str), found.email.as_deref(), found.postcode.as_deref()),
                (name, email, postcode),
                "{text}"
            );
        }
    }
}
