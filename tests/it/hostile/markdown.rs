//! Documentation as rustdoc and web pages read it: nothing in it runs, loads or leads astray.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// Fails where a text holds more than words, lists, tables, code that is no Rust, and plain links.
pub(crate) fn inert(text: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let text = undented(text);
    let mut broken = Vec::new();
    let mut note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        // Our own links to items, which rustdoc resolves.
        if !link.reference.starts_with('`') {
            broken.push(link.reference.to_string());
        }
        None
    };
    for event in Parser::new_with_broken_link_callback(&text, options, Some(&mut note)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                let ours = dest_url.contains("::") && dest_url.split("::").all(is_name);
                let scheme = dest_url.split(':').next().unwrap_or_default().to_lowercase();
                let plain = ["http", "https", "mailto"].contains(&&*scheme);
                assert!(ours || plain || dest_url.contains('@'), "a link to {dest_url:?}: {text}");
            }
            Event::Start(
                Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Image { .. }
                | Tag::FootnoteDefinition(_)
                | Tag::MetadataBlock(_),
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => panic!("{event:?} in {text}"),
            _ => {}
        }
    }
    assert!(broken.is_empty(), "links to nowhere: {broken:?} in {text}");
}

/// True if a text may be part of the path to an item, which rustdoc resolves.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_alphanumeric() || it == '_')
}

/// Without the blank behind `///`.
fn undented(text: &str) -> String {
    let lines = text.lines().map(|it| it.strip_prefix(' ').unwrap_or(it));
    lines.collect::<Vec<_>>().join("\n")
}
