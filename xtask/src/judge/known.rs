//! The list of known faults, each with a reason that lies in the document.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The list.
#[derive(Debug, Default)]
pub(super) struct Known(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    document: String,
    kind: String,
    schema: String,
    used: bool,
}

impl Known {
    pub(super) fn of(list: &Path) -> Result<Self> {
        let name = list.display();
        let text = fs::read_to_string(list).with_context(|| format!("cannot read {name}"))?;
        Self::read(&text).with_context(|| format!("{name} cannot be read"))
    }

    fn read(text: &str) -> Result<Self> {
        let lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let read = |line: &str| {
            entry(line).with_context(|| format!("`{line}` is not `DOCUMENT KIND SCHEMA: WHY`"))
        };
        Ok(Self(lines.map(read).collect::<Result<_>>()?))
    }

    /// True if the list explains a fault; the entry then counts as needed.
    pub(super) fn explains(&mut self, document: &str, kind: &str, schema: &str) -> bool {
        let fits = |it: &&mut Entry| {
            it.document == document && it.kind == kind && (it.schema == schema || it.schema == "*")
        };
        let found = self.0.iter_mut().find(fits);
        found.is_some_and(|it| {
            it.used = true;
            true
        })
    }

    /// The entries of these documents that explain nothing.
    pub(super) fn stale<'n>(&self, documents: impl Iterator<Item = &'n str>) -> Vec<String> {
        let documents: Vec<_> = documents.collect();
        let stale = self.0.iter().filter(|it| !it.used && documents.contains(&&*it.document));
        stale.map(|it| format!("{} {} {}", it.document, it.kind, it.schema)).collect()
    }
}

fn entry(line: &str) -> Result<Entry> {
    let (head, why) = line.split_once(": ").context("it gives no reason")?;
    let mut words = head.splitn(3, ' ').map(str::to_owned);
    let (Some(document), Some(kind), Some(schema)) = (words.next(), words.next(), words.next())
    else {
        bail!("it has not three words before the colon");
    };
    if why.trim().is_empty() {
        bail!("it gives no reason");
    }
    Ok(Entry { document, kind, schema, used: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_explains_nothing_is_told() {
        let list =
            "# why\na/x.yaml lost get /x 200: why\na/x.yaml refused *: why\nb/y.yaml lost Y: why\n";
        let mut known = Known::read(list).expect("it is well-formed");
        assert!(known.explains("a/x.yaml", "lost", "get /x 200"));
        assert!(!known.explains("a/x.yaml", "lost", "Other"));
        assert!(!known.explains("a/x.yaml", "changed", "get /x 200"));
        assert_eq!(known.stale(["a/x.yaml"].into_iter()), ["a/x.yaml refused *"]);
        assert!(known.explains("a/x.yaml", "refused", "Other"));
        assert!(known.stale(["a/x.yaml"].into_iter()).is_empty());
    }

    #[test]
    fn entries_without_a_reason_are_refused() {
        for line in ["a.yaml lost X", "a.yaml lost X: ", "a.yaml lost: why"] {
            assert!(Known::read(line).is_err(), "{line}");
        }
    }
}
