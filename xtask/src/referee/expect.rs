//! What is known to fail, each with its reason: a contradiction in a document, or a limit of Prism.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

/// What Prism answers with.
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

/// The list.
#[derive(Debug, Default)]
pub(super) struct Expected(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    document: String,
    when: When,
    operation: String,
}

#[derive(Clone, Copy, Debug)]
enum When {
    Always,
    Examples,
    Random,
}

impl Expected {
    pub(super) fn of(list: &Path) -> Result<Self> {
        let name = list.display();
        let text = fs::read_to_string(list).with_context(|| format!("cannot read {name}"))?;
        let lines = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let read = |line: &str| {
            entry(line).with_context(|| {
                format!("{name}: `{line}` is not `DOCUMENT always|examples|random OPERATION: WHY`")
            })
        };
        Ok(Self(lines.map(read).collect::<Result<_>>()?))
    }

    /// What failed and was not expected, and what was expected and did not fail.
    pub(super) fn compare(
        &self,
        document: &str,
        round: Round,
        failed: &BTreeMap<String, String>,
    ) -> Vec<String> {
        let entries = self.0.iter().filter(|it| it.document == document && it.when.is(round));
        let expected: Vec<_> = entries.map(|it| &*it.operation).collect();
        let unexpected = failed.iter().filter(|(name, _)| !expected.contains(&&***name));
        let stale = expected.iter().filter(|it| !failed.contains_key(**it));
        let unexpected = unexpected.map(|(name, said)| format!("{name} fails\n{said}"));
        unexpected.chain(stale.map(|it| format!("{it} was expected to fail"))).collect()
    }
}

impl When {
    fn is(self, round: Round) -> bool {
        match self {
            Self::Always => true,
            Self::Examples => round == Round::Examples,
            Self::Random => round != Round::Examples,
        }
    }
}

fn entry(line: &str) -> Result<Entry> {
    let (head, why) = line.split_once(": ").context("it gives no reason")?;
    let mut words = head.split_whitespace();
    let (Some(document), Some(when), Some(operation), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        bail!("it has not three words before the colon");
    };
    let when = match when {
        "always" => When::Always,
        "examples" => When::Examples,
        "random" => When::Random,
        other => bail!("`{other}` is no round"),
    };
    if why.trim().is_empty() {
        bail!("it gives no reason");
    }
    Ok(Entry { document: document.to_owned(), when, operation: operation.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_expected_and_what_does_not_come_is_told() {
        let list =
            ["a.yaml always x::get: why", "a.yaml random x::list: why", "b.yaml always y: z"];
        let list = Expected(list.map(|it| entry(it).expect("it is well-formed")).to_vec());
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
    fn lines_without_a_reason_are_refused() {
        for line in ["a.yaml always x", "a.yaml x: why", "a.yaml never x: why", "a.yaml always x: "]
        {
            assert!(entry(line).is_err(), "{line}");
        }
    }
}
