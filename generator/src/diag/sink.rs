//! Collects what the passes object to; `check` marks where broken input may go no further.

use super::{Location, NodeId, Rule, Severity, SourceId, SpecPtr};
use std::collections::HashMap;
use std::fmt;

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that the finding belongs to.
    pub rule: &'static Rule,
    /// Its location.
    pub place: Location,
    /// The problem, in lower case and without a full stop.
    pub message: String,
    /// The text under the excerpt's marker, such as a suggestion.
    pub label: Option<String>,
    /// A suggested fix.
    pub help: Option<String>,
    /// A suggested fix in a file that exists or could be created.
    pub(super) edit: Option<&'static str>,
    /// The exact spot, where the pointer alone does not say it.
    pub exact: Option<Exact>,
    /// A second spot that belongs to the finding, and the text under its marker.
    pub also: Option<(NodeId, String)>,
    /// The place in the file from which this part of a vendored document came.
    pub(super) origin: Option<String>,
}

/// A spot in a file that no pointer leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exact {
    /// A node that is no longer in the tree, such as the second value of a key.
    Node(NodeId),
    /// The key that a node is the value of.
    Key(NodeId),
    /// Bytes from the start of the text, after a byte order mark: in text that is no tree.
    Offset(usize),
}

impl Diagnostic {
    /// Writes `text` under the excerpt's marker.
    pub fn label(&mut self, text: impl fmt::Display) -> &mut Self {
        self.label = Some(text.to_string());
        self
    }

    /// Suggests a fix.
    pub fn help(&mut self, text: impl fmt::Display) -> &mut Self {
        self.help = Some(text.to_string());
        self
    }

    /// Suggests a fix in other files: `{overlay}` and `{client}` stand for [`Edits`](crate::Edits).
    pub fn edit(&mut self, text: &'static str) -> &mut Self {
        self.edit = Some(text);
        self
    }

    /// Points at exactly this spot.
    pub fn exactly(&mut self, exact: Exact) -> &mut Self {
        self.exact = Some(exact);
        self
    }

    /// Shows a second spot too.
    pub fn also(&mut self, id: NodeId, text: impl fmt::Display) -> &mut Self {
        self.also = Some((id, text.to_string()));
        self
    }
}

/// The findings of a run, in the order in which the passes made them.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

/// Marks that an error was reported: nothing may be written.
#[derive(Debug)]
pub struct Failed;

impl Sink {
    /// Reports a finding in the document.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        at: &SpecPtr,
        message: impl fmt::Display,
    ) -> &mut Diagnostic {
        self.report_in(SourceId::Document, rule, at, message)
    }

    /// Reports a finding in one of the vendor's other files.
    pub fn report_in(
        &mut self,
        source: SourceId,
        rule: &'static Rule,
        at: &SpecPtr,
        message: impl fmt::Display,
    ) -> &mut Diagnostic {
        let index = self.diagnostics.len();
        self.diagnostics.push(Diagnostic {
            rule,
            place: Location { source, at: at.clone() },
            message: message.to_string(),
            label: None,
            help: None,
            edit: None,
            exact: None,
            also: None,
            origin: None,
        });
        &mut self.diagnostics[index]
    }

    /// Blames places of another file for findings of a rule at places of the document.
    pub(crate) fn blame(&mut self, rule: &'static Rule, places: &HashMap<&SpecPtr, Location>) {
        let found = self.diagnostics.iter_mut().filter(|it| it.rule == rule);
        for it in found.filter(|it| it.place.source == SourceId::Document) {
            if let Some(place) = places.get(&it.place.at) {
                it.place = place.clone();
            }
        }
    }

    /// The findings so far.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// The number of findings.
    pub(crate) fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Forgets findings that are known and accepted; errors cannot be.
    pub(crate) fn forget(&mut self, accepted: impl Fn(&Diagnostic) -> bool) {
        self.diagnostics.retain(|it| it.rule.severity == Severity::Error || !accepted(it));
    }

    /// Takes over the findings of another sink, all of which are about another file than the document.
    pub(crate) fn absorb_from(&mut self, source: SourceId, other: Sink) {
        let all = other.diagnostics.into_iter().map(|mut it| {
            it.place.source = source;
            it
        });
        self.diagnostics.extend(all);
    }

    /// Takes over the findings of another sink, such as a thread's.
    pub fn absorb(&mut self, other: Sink) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Fails if an error was reported.
    pub fn check(&self) -> Result<(), Failed> {
        let broken = self.diagnostics.iter().any(|it| it.rule.severity == Severity::Error);
        if broken { Err(Failed) } else { Ok(()) }
    }

    /// The findings, in the order in which they were made.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
