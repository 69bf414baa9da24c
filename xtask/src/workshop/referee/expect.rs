//! Known failures, each with its reason: a contradiction in a document, or a limit of Prism.

use crate::workshop::known::KnownList;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The kind of Prism's response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    /// The examples of the document.
    Examples,
    /// Random values, from a seed.
    Random(u32),
}

impl fmt::Display for Round {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Examples => f.write_str("examples"),
            Self::Random(seed) => write!(f, "random {seed}"),
        }
    }
}

/// The form of the list's lines.
const FORM: &str = "DOCUMENT | always, examples or random | TEST | WHY";

/// The list: documents, rounds and tests.
#[derive(Debug, Default)]
pub(super) struct Expected(KnownList<3>);

#[derive(Clone, Copy, Debug)]
enum When {
    Always,
    Examples,
    Random,
}

impl Expected {
    pub(super) fn of(list: &Path) -> Result<Self> {
        Self::new(KnownList::of(list, FORM)?)
    }

    fn new(list: KnownList<3>) -> Result<Self> {
        for [document, when, test] in list.all() {
            When::of(when)
                .with_context(|| format!("`{when}` of {document}, {test} is no round"))?;
        }
        Ok(Self(list))
    }

    /// The failures that were not expected, and the expected ones that did not come.
    pub(super) fn compare(
        &self,
        name: &str,
        round: Round,
        failed: &BTreeMap<String, String>,
    ) -> Vec<String> {
        let is_due = |when: &str| When::of(when).is_some_and(|it| it.is(round));
        let expected = self.0.all().filter(|[document, when, _]| document == name && is_due(when));
        let expected: Vec<_> = expected.map(|[_, _, test]| &**test).collect();
        let unexpected = failed.iter().filter(|(name, _)| !expected.contains(&&***name));
        let stale = expected.iter().filter(|it| !failed.contains_key(**it));
        let unexpected = unexpected.map(|(name, said)| format!("{name} fails\n{said}"));
        unexpected.chain(stale.map(|it| format!("{it} was expected to fail"))).collect()
    }
}

impl When {
    fn of(word: &str) -> Option<Self> {
        match word {
            "always" => Some(Self::Always),
            "examples" => Some(Self::Examples),
            "random" => Some(Self::Random),
            _ => None,
        }
    }

    fn is(self, round: Round) -> bool {
        match self {
            Self::Always => true,
            Self::Examples => round == Round::Examples,
            Self::Random => round != Round::Examples,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_expected_and_what_does_not_come_is_told() {
        let list = "a.yaml | always | x::get | it is known\na.yaml | random | x::list | it is known\n\
                    b.yaml | always | y | it is known";
        let list = KnownList::read(list, FORM).expect("it is well-formed");
        let list = Expected::new(list).expect("it names rounds");
        let failed = |names: &[&str]| {
            names
                .iter()
                .map(|it| ((*it).to_owned(), "words".to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let compare = |round, names: &[&str]| list.compare("a.yaml", round, &failed(names));
        assert!(compare(Round::Examples, &["x::get"]).is_empty());
        assert!(compare(Round::Random(1), &["x::get", "x::list"]).is_empty());
        assert_eq!(compare(Round::Examples, &["x::get", "x::new"]), ["x::new fails\nwords"]);
        assert_eq!(compare(Round::Random(1), &["x::get"]), ["x::list was expected to fail"]);
    }

    #[test]
    fn other_words_than_those_of_rounds_are_refused() {
        let list = KnownList::read("a.yaml | never | x | it is known", FORM);
        assert!(Expected::new(list.expect("it is well-formed")).is_err());
    }
}
