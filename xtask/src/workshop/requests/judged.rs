//! The objections of judges to a client's requests.

use super::known::Sorted;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Speaks for the server itself, which knows which operations were called.
const SERVER: &str = "server";

/// The results for a document.
pub(super) struct Judged {
    /// Methods and paths of the document.
    pub(super) operations: Vec<String>,
    pub(super) requests: Vec<Request>,
}

pub(super) struct Request {
    /// Method and target.
    sent: String,
    /// The method and the path of the document that a judge sees in it.
    operation: Option<String>,
    /// The objections of each judge.
    objections: BTreeMap<String, Vec<String>>,
}

/// One thing that a judge objects to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Objection {
    pub(super) judge: String,
    /// Method and path.
    pub(super) operation: String,
    pub(super) said: String,
    /// The request.
    pub(super) sent: String,
    /// True if another judge has nothing against the request.
    pub(super) is_accepted: bool,
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { judge, operation, said, sent, is_accepted: _ } = self;
        write!(f, "{judge} | {operation} | {said}\n  request: {sent}")
    }
}

pub(super) fn request(line: &Value) -> Result<Request> {
    let sent = line["request"].as_str().with_context(|| format!("the server says {line}"))?;
    let judges = line["objections"].as_object().context("a line has objections")?;
    let objections = judges
        .iter()
        .map(|(judge, said)| Ok((judge.clone(), texts(said)?)))
        .collect::<Result<_>>()?;
    let operation = line["operation"].as_str().map(str::to_owned);
    Ok(Request { sent: sent.to_owned(), operation, objections })
}

pub(super) fn texts(list: &Value) -> Result<Vec<String>> {
    let list = list.as_array().context("there is no list")?;
    list.iter().map(|it| it.as_str().map(str::to_owned).context("it is no text")).collect()
}

impl Judged {
    /// All objections, and the operations that were not called.
    pub(super) fn objections(&self) -> BTreeSet<Objection> {
        let mut all = BTreeSet::new();
        for request in &self.requests {
            let path = request.sent.split('?').next().unwrap_or_default();
            let operation = request.operation.as_deref().unwrap_or(path);
            let is_accepted = request.objections.values().any(Vec::is_empty);
            for (judge, objections) in &request.objections {
                all.extend(objections.iter().map(|said| Objection {
                    judge: judge.clone(),
                    operation: operation.to_owned(),
                    said: said.clone(),
                    sent: request.sent.clone(),
                    is_accepted,
                }));
            }
        }
        let called = self.called();
        for it in self.operations.iter().filter(|it| !called.contains(&***it)) {
            let (judge, said) = (SERVER.to_owned(), "not called".to_owned());
            let sent = "none".to_owned();
            all.insert(Objection { judge, operation: it.clone(), said, sent, is_accepted: false });
        }
        all
    }

    fn called(&self) -> BTreeSet<&str> {
        self.requests.iter().filter_map(|it| it.operation.as_deref()).collect()
    }

    /// The line of a document in the table.
    pub(super) fn row(&self, name: &str, sorted: &Sorted) -> Vec<String> {
        let nobody =
            self.requests.iter().filter(|it| it.objections.values().all(|it| !it.is_empty()));
        let called = self.called();
        let called = self.operations.iter().filter(|it| called.contains(&***it)).count();
        let figures = [
            self.operations.len(),
            called,
            self.requests.len(),
            self.accepted("express-openapi-validator"),
            self.accepted("prism"),
            nobody.count(),
            sorted.explained.len(),
            sorted.open.len(),
        ];
        [name.to_owned()].into_iter().chain(figures.map(|it| it.to_string())).collect()
    }

    /// Requests that a judge has nothing against.
    fn accepted(&self, judge: &str) -> usize {
        self.requests
            .iter()
            .filter(|it| it.objections.get(judge).is_some_and(Vec::is_empty))
            .count()
    }
}

/// The first line of the table.
pub(super) const HEADING: [&str; 9] = [
    "document",
    "operations",
    "called",
    "requests",
    "express",
    "prism",
    "by nobody",
    "explained",
    "open",
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_no_judge_finds_and_what_is_not_called_are_objections() {
        let line = |sent: &str, operation: Option<&str>, express: &[&str], prism: &[&str]| {
            let objections = json!({"express-openapi-validator": express, "prism": prism});
            let line = json!({"request": sent, "operation": operation, "objections": objections});
            request(&line).expect("it is well-formed")
        };
        let judged = Judged {
            operations: ["GET /x", "GET /y"].map(str::to_owned).to_vec(),
            requests: vec![
                line("GET /x?a=1", Some("GET /x"), &[], &["a must be text"]),
                line("GET /z?a=1", None, &["not found"], &["no such path"]),
            ],
        };
        let objections = judged.objections();
        let all = objections.iter().map(|it| (&*it.judge, &*it.operation, it.is_accepted));
        let wanted = [
            ("express-openapi-validator", "GET /z", false),
            ("prism", "GET /x", true),
            ("prism", "GET /z", false),
            ("server", "GET /y", false),
        ];
        assert_eq!(all.collect::<Vec<_>>(), wanted);
        let sorted = Sorted { explained: Vec::new(), open: vec![String::new()] };
        let row = judged.row("a.yaml", &sorted);
        assert_eq!(row, ["a.yaml", "2", "1", "2", "1", "0", "1", "0", "1"]);
    }
}
