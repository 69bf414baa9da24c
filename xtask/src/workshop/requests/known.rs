//! Which objections are known, each for a reason: a limit of a judge, or a contradiction in a document.

use super::judged::Objection;
use crate::workshop::known::KnownList;
use std::collections::BTreeSet;

/// The form of the list's lines.
pub(super) const FORM: &str = "DOCUMENT | JUDGE | METHOD PATH | PART OF THE OBJECTION | WHY";
/// Stands for all operations of a document, and for all documents where another judge accepts the request.
const ALL: &str = "*";

/// The list.
pub(super) type KnownObjections = KnownList<4>;

/// Objections to the requests of a document.
pub(super) struct Sorted {
    pub(super) explained: Vec<String>,
    pub(super) open: Vec<String>,
}

/// Tells what is explained from what is not.
pub(super) fn sort(
    known: &mut KnownObjections,
    document: &str,
    objections: &BTreeSet<Objection>,
) -> Sorted {
    let mut sorted = Sorted { explained: Vec::new(), open: Vec::new() };
    for it in objections {
        match known.explains(|parts| explains(parts, document, it)) {
            true => sorted.explained.push(it.to_string()),
            false => sorted.open.push(it.to_string()),
        }
    }
    sorted
}

fn explains(
    [of_document, judge, operation, said]: &[String; 4],
    document: &str,
    it: &Objection,
) -> bool {
    let is_there = match &**of_document {
        ALL => it.is_accepted,
        other => other == document,
    };
    is_there
        && *judge == it.judge
        && (operation == ALL || *operation == it.operation)
        && it.said.contains(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lines: &[&str]) -> KnownObjections {
        KnownObjections::read(&lines.join("\n"), FORM).expect("it is well-formed")
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
        let sorted = sort(&mut known, "a.yaml", &objections);
        assert_eq!((sorted.explained.len(), sorted.open.len()), (1, 2));
        let stale = known.unused(|[document, ..]| document == "a.yaml");
        assert_eq!(stale.len(), 1);
        assert!(stale[0].contains("GET /y"), "{stale:?}");
        let other =
            sort(&mut known, "b.yaml", &BTreeSet::from([objection("prism", "PUT /z", "it fails")]));
        assert_eq!((other.explained.len(), other.open.len()), (1, 0));
    }

    #[test]
    fn what_a_judge_never_understands_is_explained_where_another_accepts_the_request() {
        let mut known = known(&["* | prism | * | must be array | it reads no lists"]);
        let one = objection("prism", "GET /x", "query.a must be array");
        let other = Objection { is_accepted: true, ..one.clone() };
        let sorted = sort(&mut known, "a.yaml", &BTreeSet::from([one, other]));
        assert_eq!((sorted.explained.len(), sorted.open.len()), (1, 1));
    }
}
