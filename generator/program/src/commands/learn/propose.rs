//! Decides what to do about each difference: correct the document, or say why that is left to a person.

use super::document::{CorrectedDocument, quoted};
use super::evidence::{Drifted, Evidence};
use super::fragment::Fragment;
use super::infer::{self, Dialect};
use super::{responses, types, variants};
use generator::Node;
use generator::diag::SpecPtr;

/// Values that an enum lacks above which it is no closed set: 20.
const MAX_VALUES: usize = 20;
/// The runtime's words for what it does not keep.
pub(super) const NOT_KEPT: &str = "(not kept)";
const OTHER_NAMES: &str = "(other names)";

/// A correction of the document, or the reason not to propose one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Correction {
    /// The document says it, with its overlay.
    Covered,
    Proposed(Vec<Action>),
    /// Why nothing is proposed.
    Told(String),
}

/// An action of an overlay.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Action {
    pub(super) target: String,
    /// The value to merge; `None` removes the target.
    pub(super) update: Option<Fragment>,
}

impl Action {
    pub(super) fn update(target: String, value: Fragment) -> Self {
        Self { target, update: Some(value) }
    }

    pub(super) fn remove(target: String) -> Self {
        Self { target, update: None }
    }
}

/// Differences of one place, and what is done about them.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) evidence: Vec<Evidence>,
    pub(super) correction: Correction,
}

pub(super) fn told(why: &str) -> Correction {
    Correction::Told(why.to_owned())
}

/// All differences, those that one action is about together.
pub(super) fn findings(document: &CorrectedDocument, all: Vec<Evidence>) -> Vec<Finding> {
    let mut groups: Vec<Vec<Evidence>> = Vec::new();
    for it in all {
        let is_open = |it: &Evidence| it.detail == NOT_KEPT || it.detail == OTHER_NAMES;
        let belongs = |group: &&mut Vec<Evidence>| {
            let first = &group[0];
            let is_joined = match (first.kind, it.kind) {
                (Drifted::Null | Drifted::OtherType, Drifted::Null | Drifted::OtherType) => true,
                (Drifted::UnknownValue, Drifted::UnknownValue) => is_open(first) == is_open(&it),
                _ => false,
            };
            first.at == it.at && is_joined
        };
        match groups.iter_mut().find(belongs) {
            Some(group) => group.push(it),
            None => groups.push(vec![it]),
        }
    }
    let finding = |group: Vec<Evidence>| {
        let (covered, open): (Vec<_>, Vec<_>) =
            group.into_iter().partition(|it| is_covered(document, it));
        let mut found = Vec::new();
        if !covered.is_empty() {
            found.push(Finding { evidence: covered, correction: Correction::Covered });
        }
        if !open.is_empty() {
            let correction = correction(document, &open);
            found.push(Finding { evidence: open, correction });
        }
        found
    };
    groups.into_iter().flat_map(finding).collect()
}

/// True if the document has what was met.
fn is_covered(document: &CorrectedDocument, it: &Evidence) -> bool {
    let Some(node) = document.at(&it.at) else { return false };
    let detail = &*it.detail;
    match it.kind {
        Drifted::Null | Drifted::OtherType => document.accepts_type(node, detail),
        Drifted::UnknownValue => match (node.get("enum"), node.get("const")) {
            (None, None) => true,
            (Some(it), _) => it.as_list().unwrap_or_default().iter().any(|it| is_value(it, detail)),
            (None, Some(it)) => is_value(it, detail),
        },
        Drifted::UnknownVariant => variants::has(document, it, node),
        Drifted::MissingProperty => {
            let required = node.get("required").and_then(Node::as_list).unwrap_or_default();
            !required.iter().any(|it| it.as_str() == Some(detail))
        }
        Drifted::UndocumentedProperty => {
            let others = node.get("additionalProperties");
            node.get("properties").is_some_and(|it| it.get(detail).is_some())
                || others.is_some_and(|it| it.as_bool() != Some(false))
        }
        Drifted::UndocumentedStatus => responses::documents(node, detail),
        Drifted::UndocumentedBody => node.get("content").is_some(),
    }
}

fn is_value(node: &Node, detail: &str) -> bool {
    match node.as_str() {
        Some(text) => text == detail,
        None => Fragment::of(node).on_one_line() == detail,
    }
}

fn correction(document: &CorrectedDocument, group: &[Evidence]) -> Correction {
    let first = &group[0];
    let Some(node) = document.at(&first.at) else {
        return told(
            "the document has no such place: the client was made of another version of it",
        );
    };
    match first.kind {
        Drifted::Null | Drifted::OtherType => types::widen(document, node, group),
        Drifted::UnknownValue => values(document, node, group),
        Drifted::UnknownVariant => variants::add(document, node, first),
        Drifted::MissingProperty => {
            let path = document.path(&first.at.child("required"));
            let target = format!("{path}[?@ == {}]", quoted(&first.detail));
            Correction::Proposed(vec![Action::remove(target)])
        }
        Drifted::UndocumentedProperty => property(document, first),
        Drifted::UndocumentedStatus => responses::status(document, node, first),
        Drifted::UndocumentedBody => responses::body(document, first),
    }
}

/// Values are added to the enum.
fn values(document: &CorrectedDocument, node: &Node, group: &[Evidence]) -> Correction {
    if group[0].detail == NOT_KEPT {
        return told(
            "the values look like data, and were not kept; if any text will do, remove the `enum`",
        );
    }
    if group.len() > MAX_VALUES {
        return told("so many values are no closed set; remove the `enum`");
    }
    let path = document.path(&group[0].at);
    let known = node.get("enum").and_then(Node::as_list).unwrap_or_default();
    let constant = node.get("const");
    let is_text = known.iter().chain(constant).any(|it| it.as_str().is_some());
    let value = |it: &str| if is_text { Fragment::text(it) } else { Fragment::Word(it.to_owned()) };
    let new = group.iter().map(|it| value(&it.detail));
    let update = |all| Action::update(path.clone(), Fragment::entry("enum", Fragment::List(all)));
    match constant {
        None => Correction::Proposed(vec![update(new.collect())]),
        Some(it) => Correction::Proposed(vec![
            Action::remove(document.path(&group[0].at.child("const"))),
            update(std::iter::once(Fragment::of(it)).chain(new).collect()),
        ]),
    }
}

/// A property is added, or a schema of all that have no name.
fn property(document: &CorrectedDocument, it: &Evidence) -> Correction {
    let schema = it.shape.as_ref().and_then(|it| infer::schema(it, document.dialect));
    let Some(schema) = schema else {
        return told("it was null each time, which says nothing of its type");
    };
    let path = document.path(&it.at);
    if it.detail == OTHER_NAMES {
        return Correction::Proposed(vec![Action::update(
            path,
            Fragment::entry("additionalProperties", schema),
        )]);
    }
    let properties = Fragment::Map(vec![(it.detail.clone(), schema)]);
    Correction::Proposed(vec![Action::update(path, Fragment::entry("properties", properties))])
}

/// A schema of null too, around one that is a reference.
pub(super) fn or_null(document: &CorrectedDocument, at: &SpecPtr, reference: &str) -> Vec<Action> {
    let schema = Fragment::reference(reference);
    let update = match document.dialect {
        Dialect::Nullable => Fragment::entry("allOf", Fragment::List(vec![schema]))
            .with("nullable", Fragment::Word("true".to_owned())),
        Dialect::NullType => {
            let null = Fragment::entry("type", Fragment::text("null"));
            Fragment::entry("anyOf", Fragment::List(vec![schema, null]))
        }
    };
    vec![
        Action::remove(document.path(&at.child("$ref"))),
        Action::update(document.path(at), update),
    ]
}
