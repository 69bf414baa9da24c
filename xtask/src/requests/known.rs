//! The list of known objections, each with its reason: a limit of a judge, or a contradiction in a document.

use super::judged::Objection;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Stands for all operations of a document, and for all documents where another judge accepts the request.
const ALL: &str = "*";

/// The list.
pub(super) struct Known(Vec<Entry>);

struct Entry {
    /// The line, as it is written.
    line: String,
    document: String,
    judge: String,
    operation: String,
    said: String,
    /// True if it has explained something.
    used: bool,
}

/// Objections to the requests of a document.
pub(super) struct Sorted {
    pub(super) explained: Vec<String>,
    pub(super) open: Vec<String>,
}

impl Known {
    pub(super) fn of(list: &Path) -> Result<Self> {
        let name = list.display();
        let text = fs::read_to_string(list).with_context(|| format!("cannot read {name}"))?;
        let lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let entries = lines.map(|it| entry(it).with_context(|| format!("{name}: `{it}`")));
        Ok(Self(entries.collect::<Result<_>>()?))
    }

    /// Tells what is explained from what is not.
    pub(super) fn sort(&mut self, document: &str, objections: &BTreeSet<Objection>) -> Sorted {
        let mut sorted = Sorted { explained: Vec::new(), open: Vec::new() };
        for it in objections {
            match self.0.iter_mut().find(|entry| entry.explains(document, it)) {
                Some(entry) => {
                    entry.used = true;
                    sorted.explained.push(it.to_string());
                }
                None => sorted.open.push(it.to_string()),
            }
        }
        sorted
    }

    /// Entries of documents that have explained nothing.
    pub(super) fn stale(&self, is_taken: impl Fn(&str) -> bool) -> Vec<String> {
        let stale = self.0.iter().filter(|it| !it.used && is_taken(&it.document));
        stale.map(|it| format!("nothing is explained by the line\n  {}", it.line)).collect()
    }
}

impl Entry {
    fn explains(&self, document: &str, it: &Objection) -> bool {
        let is_there = match &*self.document {
            ALL => it.is_accepted,
            other => other == document,
        };
        is_there
            && self.judge == it.judge
            && (self.operation == ALL || self.operation == it.operation)
            && it.said.contains(&self.said)
    }
}

fn entry(line: &str) -> Result<Entry> {
    let parts: Vec<_> = line.split(" | ").map(str::trim).collect();
    let [document, judge, operation, said, why] = parts[..] else {
        bail!("it is not `DOCUMENT | JUDGE | METHOD PATH | PART OF THE OBJECTION | WHY`");
    };
    if parts.iter().any(|it| it.is_empty()) || why.len() < 10 {
        bail!("something of it is empty");
    }
    Ok(Entry {
        line: line.to_owned(),
        document: document.to_owned(),
        judge: judge.to_owned(),
        operation: operation.to_owned(),
        said: said.to_owned(),
        used: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lines: &[&str]) -> Known {
        Known(lines.iter().map(|it| entry(it).expect("it is well-formed")).collect())
    }

    fn objection(judge: &str, operation: &str, said: &str) -> Objection {
        let [judge, operation, said] = [judge, operation, said].map(str::to_owned);
        Objection { judge, operation, said, sent: "GET /x".to_owned(), is_accepted: false }
    }

    #[test]
    fn what_is_not_known_is_open_and_what_explains_nothing_is_told() {
        let mut known = known(&[
            "a.yaml | prism | GET /x | must be array | it reads no lists",
            "a.yaml | prism | GET /y | must be array | it reads no lists",
            "b.yaml | prism | * | fails | it cannot read it",
        ]);
        let objections = BTreeSet::from([
            objection("prism", "GET /x", "query.a must be array"),
            objection("prism", "GET /x", "query.a must be text"),
            objection("express", "GET /x", "query.a must be array"),
        ]);
        let sorted = known.sort("a.yaml", &objections);
        assert_eq!((sorted.explained.len(), sorted.open.len()), (1, 2));
        let stale = known.stale(|it| it == "a.yaml");
        assert_eq!(stale.len(), 1);
        assert!(stale[0].contains("GET /y"), "{stale:?}");
        let other =
            known.sort("b.yaml", &BTreeSet::from([objection("prism", "PUT /z", "it fails")]));
        assert_eq!((other.explained.len(), other.open.len()), (1, 0));
    }

    #[test]
    fn what_a_judge_never_understands_is_explained_where_another_accepts_the_request() {
        let mut known = known(&["* | prism | * | must be array | it reads no lists"]);
        let one = objection("prism", "GET /x", "query.a must be array");
        let other = Objection { is_accepted: true, ..one.clone() };
        let sorted = known.sort("a.yaml", &BTreeSet::from([one, other]));
        assert_eq!((sorted.explained.len(), sorted.open.len()), (1, 1));
    }

    #[test]
    fn lines_without_a_reason_are_refused() {
        for line in
            ["a | prism | GET /x | y", "a | prism | GET /x |  | because of it", "a | b | c | d | x"]
        {
            assert!(entry(line).is_err(), "{line}");
        }
    }
}
