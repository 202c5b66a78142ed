//! Quick phrases: which variables they may hold. They are filled in where the conversation is known, in the console.

/// `customer` says the same as `shopper`, for phrases that come from other desks.
pub const VARIABLES: [&str; 5] = ["shopper", "customer", "order", "agent", "shop"];

/// The first `{{name}}` nobody could ever fill in, as it is written.
pub fn unknown_variable(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(begin) = rest.find("{{") {
        let inside = &rest[begin + 2..];
        let end = inside.find("}}")?;
        if !VARIABLES.contains(&inside[..end].trim()) {
            return Some(&inside[..end]);
        }
        rest = &inside[end + 2..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_variables_are_let_in() {
        for text in ["您好", "{{shopper}}您好，我是{{ agent }}", "{{order}}{{shop}}{{customer}}", "{ {", "a {{ b", "}}"]
        {
            assert_eq!(unknown_variable(text), None, "{text}");
        }
        for (text, unknown) in
            [("{{name}}", "name"), ("{{shopper}} {{}}", ""), ("{{Shopper}}", "Shopper"), ("{{a b}}", "a b")]
        {
            assert_eq!(unknown_variable(text), Some(unknown), "{text}");
        }
    }
}
