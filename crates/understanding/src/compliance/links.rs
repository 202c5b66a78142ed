//! Links and mailboxes, and whose they are.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Detector, view::symbols};

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?-u:
        (?P<mail>[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)
        | (?:https?://|www\.)(?P<named>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::\d+)?(?:[/?\#][a-z0-9%/?&=\#_~.+-]*)?
        | (?P<bare>[a-z0-9-]+(?:\.[a-z0-9-]+)*
            \.(?:com|cn|net|org|top|shop|store|xyz|vip|club|site|online|info|app|cc|io|me|ly|tv|link|pub|ltd|co|de|uk))
            (?:/[a-z0-9%/?&=\#_~.+-]*)?
        )",
    )
    .expect("the pattern is a constant")
});

/// Each link and mailbox of a text, with its host.
pub(super) fn links(text: &str, mut found: impl FnMut(Detector, Range<usize>, &str)) {
    if !text.contains(['.', '@', '．', '＠', '｡']) {
        return;
    }
    let mut plain = String::with_capacity(text.len());
    let mut at = Vec::with_capacity(text.len());
    for (symbol, from) in symbols(text) {
        at.extend(std::iter::repeat_n(from, symbol.len_utf8()));
        plain.push(symbol);
    }
    for hit in LINK.captures_iter(&plain) {
        let Some(all) = hit.get(0) else { continue };
        let piece = at[all.start()].0..at[all.end() - 1].1;
        // Letters that go on make another word of it: a file's name, or a unit.
        let goes_on = plain[all.end()..].starts_with(|symbol: char| symbol.is_ascii_alphanumeric());
        match (hit.name("mail"), hit.name("named").or(hit.name("bare"))) {
            (Some(mail), _) => {
                let host = mail.as_str().split_once('@').map_or("", |(_, host)| host);
                found(Detector::Mail, piece, host);
            }
            (None, Some(host)) if !goes_on => {
                let host = host.as_str();
                found(Detector::Link, piece, host.strip_prefix("www.").unwrap_or(host));
            }
            _ => {}
        }
    }
}

/// Whether a host is one of these or belongs to one.
pub(super) fn is_among<'a>(host: &str, mut hosts: impl Iterator<Item = &'a str>) -> bool {
    hosts.any(|known| {
        host.eq_ignore_ascii_case(known)
            || (host.len() > known.len() + 1
                && host.to_ascii_lowercase().ends_with(&known.to_ascii_lowercase())
                && host.as_bytes()[host.len() - known.len() - 1] == b'.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_mailboxes_are_found_with_their_hosts() {
        for (text, expected) in [
            (
                "见 https://Shop.example/a?b=1，谢谢",
                Some((Detector::Link, "https://Shop.example/a?b=1", "shop.example")),
            ),
            ("点ｗｗｗ．ａｂｃ．ｔｏｐ下单", Some((Detector::Link, "ｗｗｗ．ａｂｃ．ｔｏｐ", "abc.top"))),
            ("fb.me/x", Some((Detector::Link, "fb.me/x", "fb.me"))),
            ("发到 Li.Lei@163.com 吧", Some((Detector::Mail, "Li.Lei@163.com", "163.com"))),
            ("1.5 米，2.3kg", None),
            ("Please wait.More soon", None),
        ] {
            let mut said = None;
            links(text, |detector, at, host| said = Some((detector, text[at].to_owned(), host.to_owned())));
            let said = said.as_ref().map(|(detector, piece, host)| (*detector, piece.as_str(), host.as_str()));
            assert_eq!(said, expected, "{text}");
        }
        assert!(is_among("m.jd.com", ["jd.com"].into_iter()) && !is_among("notjd.com", ["jd.com"].into_iter()));
    }
}
