//! Any text comes out inert, stable and soon.

use std::time::{Duration, Instant};

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::super::{lines, summary};

/// Reads as rustdoc reads and objects to all that its lints, or a test run, could object to.
pub(super) fn check(text: &str) {
    let out = lines(text, 60);
    let joined = out.join("\n");
    assert_eq!(lines(&joined, 60), out, "not stable: {text:?}");
    for line in &out {
        assert!(!line.contains(['\n', '\r', '\t', '\0']), "{text:?} gives {line:?}");
        assert_eq!(line, line.trim_end(), "{text:?}");
    }
    assert!(out.first().is_none_or(|it| !it.is_empty()), "{text:?}");
    assert!(out.last().is_none_or(|it| !it.is_empty()), "{text:?}");
    events(text, &joined);
    let line = summary(text);
    assert!(!line.contains('\n'), "{text:?}");
    assert_eq!(summary(&line), line, "not stable: {text:?}");
    events(text, &line);
}

fn events(text: &str, markdown: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut broken = Vec::new();
    let mut note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        broken.push(link.reference.to_string());
        None
    };
    let mut linked = false;
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(&mut note)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "text" => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                linked = true;
                assert!(dest_url.contains([':', '@']), "{text:?} links to {dest_url:?}");
            }
            Event::End(pulldown_cmark::TagEnd::Link) => linked = false,
            Event::Text(it) => {
                let bare = it.contains("https://a.b") || it.contains("https://x.y");
                assert!(linked || !bare || markdown.contains("```"), "{text:?} gives {it:?}");
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
            | Event::FootnoteReference(_) => panic!("{text:?} gives {event:?} in {markdown:?}"),
            _ => {}
        }
    }
    assert!(broken.is_empty(), "{text:?} leaves {broken:?}");
}

const FRAGMENTS: &[&str] = &[
    "```",
    "```rust\n",
    "~~~\n",
    "    let x;\n",
    "\tlet y;\n",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "> ",
    ">",
    "# ",
    "===\n",
    "---\n",
    "***\n",
    "_",
    "*",
    "**",
    "~~",
    "`",
    "``",
    "[",
    "]",
    "(",
    ")",
    "[x](",
    "[x][y]",
    "[^1]",
    "[^1]: ",
    "[y]: /z\n",
    "<",
    "<b>",
    "</b>",
    "<p>",
    "<br>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<a href=\"https://a.b\">",
    "</a>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<string>",
    "<https://x.y>",
    "<a@b>",
    "<foo:bar>",
    "https://x.y/a_(b)",
    "http://",
    "://",
    "https://{h}/x",
    "[m](mailto:a@b)",
    "![i](x.png)",
    "[`Vec`]",
    "&amp;",
    "&#x202e;",
    "&#10;",
    "&nbsp;",
    "&",
    "\\",
    "\\\n",
    "  \n",
    "\n",
    "\n\n",
    "\n    ",
    " ",
    "\t",
    "\r",
    "\u{2028}",
    "\u{a0}",
    "\0",
    "\u{202e}",
    "\u{feff}",
    "*/",
    "\"#",
    "!",
    "#",
    "|",
    "| a | b |\n|---|---|\n",
    "a|b\n-|-\n",
    "foo",
    "Bar.",
    "snake_case",
    "2024.",
    "日本",
    "“q”",
    "🎉",
    "[ ] ",
    "<h1>",
    "</h1>",
    "<Note>",
    "</Note>",
];

#[test]
fn no_mixture_of_fragments_gets_through() {
    // A fixed sequence (Knuth's multiplier): the test shows the same thing each time.
    let mut state = 7_u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).expect("31 bits") % bound
    };
    for _ in 0..4000 {
        let text: String = (0..=below(9)).map(|_| FRAGMENTS[below(FRAGMENTS.len())]).collect();
        check(&text);
    }
}

#[test]
fn fragments_in_rows_take_no_time() {
    for fragment in FRAGMENTS {
        let text = fragment.repeat(60_000 / fragment.len());
        within(Duration::from_secs(5), &format!("x{text}x"));
        within(Duration::from_secs(5), &text);
    }
}

#[test]
fn nesting_is_bounded() {
    let item = |depth| "  ".repeat(depth) + "- a\n";
    let list: String = (0..300).map(item).collect();
    within(Duration::from_secs(5), &list);
    within(Duration::from_secs(5), &"<ul><li>".repeat(20_000));
    assert!(lines(&list, 60).iter().all(|line| line.len() < 40));
}

/// A quadratic pass would need minutes; the bound allows for a slow machine.
fn within(bound: Duration, text: &str) {
    let start = Instant::now();
    let out = lines(text, 60);
    let taken = start.elapsed();
    let beginning: String = text.chars().take(20).collect();
    assert!(taken < bound, "{beginning:?} takes {taken:?} for {} lines", out.len());
}
