//! Lists of what is known to be objected to: each line has parts between ` | `, of which the last is the reason.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The shortest reason that can be one, in bytes.
const SHORTEST_REASON: usize = 10;

/// A list whose lines have so many parts, besides the reason.
#[derive(Debug, Default)]
pub(crate) struct KnownList<const PARTS: usize>(Vec<KnownLine<PARTS>>);

#[derive(Debug)]
struct KnownLine<const PARTS: usize> {
    /// As it is written.
    text: String,
    parts: [String; PARTS],
    /// True if it has explained something.
    is_used: bool,
}

impl<const PARTS: usize> KnownList<PARTS> {
    /// Reads a file whose lines have a form, such as `DOCUMENT | TEST | WHY`.
    pub(crate) fn of(list: &Path, form: &str) -> Result<Self> {
        let name = list.display();
        let text = fs::read_to_string(list).with_context(|| format!("cannot read {name}"))?;
        Self::read(&text, form).with_context(|| format!("{name} cannot be read"))
    }

    pub(crate) fn read(text: &str, form: &str) -> Result<Self> {
        let read = |it| line(it).with_context(|| format!("`{it}` is not `{form}`"));
        lines(text).map(read).collect::<Result<_>>().map(Self)
    }

    /// The parts of each line.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[String; PARTS]> {
        self.0.iter().map(|it| &it.parts)
    }

    /// True if a line fits, which then counts as needed.
    pub(crate) fn explains(&mut self, fits: impl Fn(&[String; PARTS]) -> bool) -> bool {
        let found = self.0.iter_mut().find(|it| fits(&it.parts));
        found.map(|it| it.is_used = true).is_some()
    }

    /// Those lines of the wanted ones that have explained nothing.
    pub(crate) fn unused(&self, is_wanted: impl Fn(&[String; PARTS]) -> bool) -> Vec<&str> {
        let unused = self.0.iter().filter(|it| !it.is_used && is_wanted(&it.parts));
        unused.map(|it| &*it.text).collect()
    }
}

/// The lines of a list, without comments.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'))
}

fn line<const PARTS: usize>(text: &str) -> Result<KnownLine<PARTS>> {
    let mut parts: Vec<_> = text.split(" | ").map(|it| it.trim().to_owned()).collect();
    let reason = parts.pop().unwrap_or_default();
    if reason.len() < SHORTEST_REASON {
        bail!("it gives no reason");
    }
    match <[String; PARTS]>::try_from(parts) {
        Ok(parts) if parts.iter().all(|it| !it.is_empty()) => {
            Ok(KnownLine { text: text.to_owned(), parts, is_used: false })
        }
        Ok(_) | Err(_) => bail!("it has not {PARTS} parts before the reason"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_explains_nothing_is_unused() {
        let text = "# why\na | get /x 200 | it is so there\n\na | * | it is everywhere so\n";
        let mut list = KnownList::<2>::read(text, "").expect("it is well-formed");
        assert!(list.explains(|[document, name]| document == "a" && name == "get /x 200"));
        assert!(!list.explains(|[document, _]| document == "b"));
        assert_eq!(list.unused(|_| true), ["a | * | it is everywhere so"]);
        assert!(list.unused(|[_, name]| name != "*").is_empty());
    }

    #[test]
    fn lines_without_a_reason_or_with_other_parts_are_refused() {
        for text in [
            "a | b",
            "a | b | ",
            "a | b | short",
            "a | it has one part",
            "a |  | it has an empty part",
        ] {
            assert!(KnownList::<2>::read(text, "A | B | WHY").is_err(), "{text}");
        }
    }
}
