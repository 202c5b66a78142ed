//! docs/events.md lists every event as the code has it.

use signals::event::{Name, Property, Source, property::bounds};

use crate::world::content;

fn table() -> String {
    let code = |list: &[Property]| list.iter().map(|it| format!("`{}`", it.wire())).collect::<Vec<_>>().join(", ");
    let mut lines = vec!["| event | by | needs | may say |".to_owned(), "|---|---|---|---|".to_owned()];
    for name in Name::ALL {
        let by = if name.source() == Source::Server { "server" } else { "anybody" };
        lines.push(format!("| `{}` | {by} | {} | {} |", name.text(), code(name.needs()), code(name.may())));
    }
    lines.extend(["".to_owned(), "| property | values |".to_owned(), "|---|---|".to_owned()]);
    lines.extend(Property::ALL.iter().map(|it| format!("| `{}` | {} |", it.wire(), bounds(it.kind()))));
    lines.join("\n")
}

#[test]
fn the_document_lists_what_there_is() {
    for file in ["docs/events.md", "docs/events.zh-CN.md"] {
        let path = content().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once("<!-- names").unwrap();
        let (mark, rest) = rest.split_once("-->\n").unwrap();
        let (listed, after) = rest.split_once("<!-- /names -->").unwrap();
        if std::env::var_os("TANDEM_WRITE_DOCS").is_some() {
            std::fs::write(&path, format!("{before}<!-- names{mark}-->\n{}\n<!-- /names -->{after}", table())).unwrap();
        } else {
            assert_eq!(listed.trim(), table(), "{file}: run this test with TANDEM_WRITE_DOCS=1");
        }
    }
}
