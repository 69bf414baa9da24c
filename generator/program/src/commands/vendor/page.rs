//! A documentation page: Markdown with one fenced block that is an OpenAPI or AsyncAPI document.

use crate::text;
use anyhow::{Result, bail};

/// The content of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The last heading of the first level before the block.
    pub(super) title: Option<String>,
    /// The text on the fence behind the language, such as `/latest.yml GET /datasets/`.
    pub(super) operation: Option<String>,
    /// The block.
    pub(super) block: String,
    /// The number of lines of the page before the block.
    pub(super) before: usize,
}

/// The document of a page: its block, with as many lines before it as on the page. `None` if no block is a document.
pub(crate) fn document(text: &str) -> Result<Option<String>> {
    Ok(page(text)?.map(|it| "\n".repeat(it.before) + &it.block))
}

/// An open fence.
struct Fence<'t> {
    mark: char,
    length: usize,
    indent: usize,
    info: &'t str,
    /// The line behind it, counted from zero.
    start: usize,
}

/// The page of a text; `None` if no fenced block of it is a document. It must be the only one.
pub(super) fn page(text: &str) -> Result<Option<Page>> {
    let lines = text.lines().collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut title = None;
    let mut open: Option<Fence<'_>> = None;
    for (number, line) in lines.iter().enumerate() {
        match &open {
            Some(fence) if fence.is_closed_by(line) => {
                found.extend(fence.page(&lines[fence.start..number], title.clone()));
                open = None;
            }
            Some(_) => {}
            None => {
                open = Fence::opened_by(line, number);
                if let Some(heading) = line.strip_prefix("# ") {
                    title = Some(heading.trim().trim_end_matches('#').trim_end().to_owned());
                }
            }
        }
    }
    if let Some(fence) = open {
        bail!("the block that starts on line {} never ends: the page was cut off", fence.start);
    }
    let starts = found.iter().map(|it| it.before.to_string()).collect::<Vec<_>>();
    if starts.len() > 1 {
        bail!("the page has several documents, on lines {}", starts.join(", "));
    }
    Ok(found.pop())
}

impl<'t> Fence<'t> {
    fn opened_by(line: &'t str, number: usize) -> Option<Self> {
        let (indent, rest) = indented(line)?;
        let mark = rest.chars().next().filter(|it| matches!(it, '`' | '~'))?;
        let info = rest.trim_start_matches(mark);
        let length = rest.len() - info.len();
        let info = info.trim();
        if length < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        Some(Self { mark, length, indent, info, start: number + 1 })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let Some((_, rest)) = indented(line) else { return false };
        let after = rest.trim_start_matches(self.mark);
        rest.len() - after.len() >= self.length && after.trim().is_empty()
    }

    /// The page, if the block between the fences is a document.
    fn page(&self, lines: &[&str], title: Option<String>) -> Option<Page> {
        let block = text::lines(lines.iter().map(|it| without(it, self.indent)));
        let operation =
            self.info.split_once(char::is_whitespace).map(|(_, it)| it.trim().to_owned());
        is_document(&block).then_some(Page { title, operation, block, before: self.start })
    }
}

/// True if a text looks like a document of OpenAPI or AsyncAPI, or what documentation tools make of a channel.
pub(super) fn is_document(text: &str) -> bool {
    is_openapi(text) || is_channel(text)
}

/// True if a text looks like an OpenAPI document.
fn is_openapi(text: &str) -> bool {
    let json = text.trim_start().starts_with('{');
    text.lines().any(|line| {
        let key = if json { line.trim_start_matches([' ', '\t', '{']) } else { line };
        ["openapi:", "'openapi':", "\"openapi\":", "\"openapi\" :"]
            .iter()
            .any(|it| key.starts_with(it))
    })
}

/// True if a text is an AsyncAPI document, or what documentation tools make of one of its channels.
fn is_channel(text: &str) -> bool {
    let has = |key: &str| text.lines().any(|it| it.starts_with(key));
    has("asyncapi:") || has("sendOperations:") || has("receiveOperations:")
}

/// The indentation of a line, and what follows; `None` from four blanks on, where no fence can be.
fn indented(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(' ');
    let indent = line.len() - rest.len();
    (indent < 4).then_some((indent, rest))
}

/// A line without up to `indent` blanks at its start.
fn without(line: &str, indent: usize) -> &str {
    let blanks = line.bytes().take(indent).take_while(|it| *it == b' ').count();
    &line[blanks..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Page {
        page(text).expect("it is well-formed").expect("it has a block")
    }

    fn refusal(text: &str) -> String {
        page(text).expect_err("it cannot be read").to_string()
    }

    #[test]
    fn the_block_is_found_with_what_the_page_says_about_it() {
        let text = "# Source: x\n# List  #\n> text\n````yaml /latest.yml GET /a/\nopenapi: 3.0.1\nx: |\n  ```\n  y\n\n````";
        let page = one(text);
        assert_eq!(page.title.as_deref(), Some("List"));
        assert_eq!(page.operation.as_deref(), Some("/latest.yml GET /a/"));
        assert_eq!(page.block, "openapi: 3.0.1\nx: |\n  ```\n  y\n\n");
        assert_eq!(page.before, 4);
    }

    #[test]
    fn fences_of_any_kind_count() {
        for (open, close) in [("```", "```"), ("~~~~yaml", "~~~~~  "), ("  ```json x", "```")] {
            let page = one(&format!("{open}\n  openapi: 3\n{close}\n")
                .replace("\n  ", if open.starts_with(' ') { "\n  " } else { "\n" }));
            assert_eq!(page.block, "openapi: 3\n", "{open}");
        }
    }

    #[test]
    fn other_blocks_are_passed_over() {
        let page =
            one("```bash\n# curl\n```\n```yaml\nopenapi: 3\n```\n```json\n{\"a\": 1}\n```\n");
        assert_eq!((page.before, page.title), (4, None));
    }

    #[test]
    fn a_page_that_was_cut_off_is_refused() {
        let text = refusal("a\n```yaml\nopenapi: 3\ninfo:\n");
        assert!(text.contains("line 2 never ends"), "{text}");
    }

    #[test]
    fn a_page_with_two_documents_is_refused() {
        let text = refusal("```\nopenapi: 3\n```\n```\nopenapi: 3\n```\n");
        assert!(text.contains("lines 1, 4"), "{text}");
    }

    #[test]
    fn the_block_of_a_channel_keeps_its_lines() {
        let text = "# Live\n\n````yaml asyncapi.yml /live\nid: /live\nsendOperations: []\n````\n";
        let document = document(text).expect("it is well-formed").expect("it has a channel");
        assert_eq!(document, "\n\n\nid: /live\nsendOperations: []\n");
        assert_eq!(
            super::document("id: /live\nsendOperations: []\n").expect("no fence is open"),
            None
        );
    }

    #[test]
    fn json_is_recognised_on_one_line_and_on_many() {
        assert!(is_openapi("{\"openapi\": \"3.0.0\"}"));
        assert!(is_openapi("{\n  \"info\": {},\n  \"openapi\": \"3.0.0\"\n}"));
        assert!(!is_openapi("info:\n  openapi: 3"));
    }
}
