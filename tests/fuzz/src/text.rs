//! What the generator makes of any text, by itself: it takes microseconds where a client takes
//! milliseconds.

#[path = "../../../generator/src/doc_text/mod.rs"]
mod doc_text;
#[path = "../../../generator/src/name/ident.rs"]
mod ident;
#[path = "../../../generator/src/name/words.rs"]
mod words;

use crate::markdown;
use ident::RustIdent;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Holds the documentation that a text becomes against what may stand in one.
pub fn documentation(text: &str, width: usize) {
    let lines = doc_text::lines(text, width);
    for line in &lines {
        assert!(!line.contains(hidden) && line == line.trim_end(), "{line:?}");
    }
    // As behind `///`, where a blank comes first.
    markdown::inert(&format!(" {}", lines.join("\n ")));
    let all = lines.join("\n");
    assert_eq!(doc_text::lines(&all, width), lines, "it does not read back as itself");

    let summary = doc_text::summary(text);
    assert!(!summary.contains(hidden), "{summary:?}");
    markdown::inert(&summary);
    one_cell(&summary);
    assert_eq!(doc_text::summary(&summary), summary, "it does not read back as itself");

    assert!(!doc_text::visible(text).contains(hidden));
    let code = doc_text::code(text);
    let events: Vec<_> = Parser::new(&code).collect();
    let [Event::Start(Tag::Paragraph), Event::Code(_), Event::End(TagEnd::Paragraph)] = events[..]
    else {
        panic!("{code:?} is not one piece of code: {events:?}");
    };
}

/// What ends a line of a comment, or what rustc refuses in one.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Fails where a text in a cell of a table does not end with its cell.
fn one_cell(text: &str) {
    let table = format!("| a | b |\n| --- | --- |\n| {text} | end |\n");
    let words = Parser::new_ext(&table, Options::ENABLE_TABLES).filter_map(|it| match it {
        Event::Text(it) => Some(it),
        _ => None,
    });
    assert_eq!(words.last().as_deref(), Some("end"), "{table}");
}

/// Holds the words that a text becomes against what an identifier is.
pub fn identifiers(text: &str) {
    let spelled = words::spelled(text);
    for text in [text, &spelled] {
        let (snake, pascal) = (words::snake(text), words::pascal(text));
        let spaced = words::spaced(text);
        assert!(spaced.bytes().all(|it| it.is_ascii_alphanumeric() || it == b' '), "{spaced:?}");
        for name in [words::shouty(&snake), snake, pascal] {
            assert!(name.len() <= 120, "{name:?}");
            let prefixed = RustIdent::new(&format!("x_{name}"));
            let prefixed = prefixed.unwrap_or_else(|| panic!("{name:?} of {text:?}"));
            assert!(prefixed.text().ends_with(&name) && !prefixed.is_keyword());
        }
    }
    if let Some(it) = RustIdent::new(text) {
        let parsed: syn::Ident = syn::parse_str(&it.to_string()).expect("rustc takes it");
        assert_eq!(parsed, it.to_string());
    }
}
