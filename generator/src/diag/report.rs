//! The findings of a run, ready to be shown: each knows which node it is about.

use super::locate::{Located, Locations};
use super::pointer_key;
use super::render::{self, ReportStyle};
use super::{
    Diagnostic, Exact, Location, NodeId, SKIPPED_SCHEMA, Severity, Sink, SourceId, SpecPtr,
};
use crate::load::{Trees, body};
use crate::{Edits, Source, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// The findings of a run and the files that they are about.
#[derive(Debug, Default)]
pub struct Report {
    findings: Vec<Finding>,
    files: BTreeMap<SourceId, ReportedFile>,
}

/// A finding, and where to look for it.
#[derive(Debug)]
struct Finding {
    diagnostic: Diagnostic,
    exact: Option<Exact>,
}

/// A file that has findings.
#[derive(Debug)]
pub(super) struct ReportedFile {
    pub(super) name: String,
    pub(super) text: String,
}

/// A finding with the places that are shown.
pub(super) struct Shown<'r> {
    pub(super) diagnostic: &'r Diagnostic,
    pub(super) main: Option<Highlight>,
    pub(super) also: Option<Highlight>,
}

/// Some bytes of a file.
#[derive(Clone)]
pub(super) struct Highlight {
    pub(super) source: SourceId,
    pub(super) bytes: Range<usize>,
}

impl Report {
    /// Looks up each finding's node in the trees as the passes saw them. Lines are counted only when something is
    /// shown.
    pub(crate) fn new(sink: Sink, trees: &Trees, source: &Source) -> Self {
        let findings =
            sink.into_diagnostics().into_iter().map(|it| Finding::new(it, trees, source));
        let findings: Vec<_> = findings.collect();
        let mut files = BTreeMap::new();
        for id in findings.iter().flat_map(Finding::sources) {
            if let Some(text) = file(source, trees, id) {
                files.entry(id).or_insert_with(|| ReportedFile::new(text));
            }
        }
        Self { findings, files }
    }

    /// True if there are no findings.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// The findings, in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().map(|it| &it.diagnostic)
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|it| it.rule.severity == severity).count()
    }

    /// The number of findings of each rule, by its code.
    pub fn by_rule(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for it in self.iter() {
            *counts.entry(it.rule.code).or_default() += 1;
        }
        counts
    }

    /// All findings for people, with the lines that they are about.
    pub fn render(&self, style: ReportStyle) -> String {
        render::text(&self.files, &self.shown(), style)
    }

    /// The findings of at least a severity, for people.
    pub fn render_from(&self, least: Severity, style: ReportStyle) -> String {
        let findings = self.findings.iter().filter(|it| it.diagnostic.rule.severity >= least);
        render::text(&self.files, &self.shown_of(findings), style)
    }

    /// All findings for programs: one JSON object a line.
    pub fn json(&self) -> String {
        render::json(&self.files, &self.shown())
    }

    /// Finds all places, with one pass over each file.
    fn shown(&self) -> Vec<Shown<'_>> {
        self.shown_of(self.findings.iter())
    }

    fn shown_of<'r>(&'r self, findings: impl Iterator<Item = &'r Finding>) -> Vec<Shown<'r>> {
        let findings: Vec<_> = findings.collect();
        let nodes = Nodes::new(&self.files, findings.iter().flat_map(|it| it.nodes()));
        let mut shown = Vec::new();
        for Finding { diagnostic, exact } in findings {
            let main = match exact {
                Some(Exact::Node(id)) => nodes.mark(*id, bytes),
                Some(Exact::Key(id)) => nodes.mark(*id, key),
                Some(Exact::Offset(byte)) => {
                    Some(Highlight { source: diagnostic.place.source, bytes: *byte..byte + 1 })
                }
                None => None,
            };
            let also = diagnostic.also.as_ref().and_then(|(id, _)| nodes.mark(*id, bytes));
            shown.push(Shown { diagnostic, main, also });
        }
        shown
    }
}

impl Finding {
    fn new(mut diagnostic: Diagnostic, trees: &Trees, source: &Source) -> Self {
        if let Some(text) = way_out(&diagnostic) {
            let Edits { overlay, client } = &source.edits;
            diagnostic.help(text.replace("{overlay}", overlay).replace("{client}", client));
        }
        let place = &diagnostic.place;
        let nearest = || Some(Exact::Node(trees.get(place.source)?.nearest(&place.at).id));
        let exact = diagnostic.exact.or_else(nearest);
        diagnostic.place.at = diagnostic.place.at.written();
        diagnostic.origin = origin(&diagnostic, &source.origins);
        if let Some(Exact::Node(id) | Exact::Key(id)) = exact
            && let Some(at) = trees.in_asyncapi(id)
        {
            diagnostic.place = Location { source: id.source, at };
        }
        Self { diagnostic, exact }
    }

    /// The files that are needed to show it.
    fn sources(&self) -> impl Iterator<Item = SourceId> {
        let place = self.diagnostic.place.source;
        self.nodes().map(|it| it.source).chain([place])
    }

    /// The nodes that are marked.
    fn nodes(&self) -> impl Iterator<Item = NodeId> {
        let node = match self.exact {
            Some(Exact::Node(id) | Exact::Key(id)) => Some(id),
            Some(Exact::Offset(_)) | None => None,
        };
        let also = self.diagnostic.also.as_ref().map(|(id, _)| *id);
        node.into_iter().chain(also)
    }
}

/// The place in the file that a part of a document came from: by the innermost part around a finding.
fn origin(it: &Diagnostic, origins: &[(SpecPtr, String)]) -> Option<String> {
    let place = Some(&it.place).filter(|it| it.source == SourceId::Document)?;
    let around = origins.iter().filter(|(at, _)| place.at == *at || place.at.is_below(at));
    let (at, from) = around.max_by_key(|(at, _)| at.keys().count())?;
    let rest = place.at.keys().skip(at.keys().count());
    let rest: String =
        rest.flat_map(|it| ["/".to_owned(), pointer_key(&it).into_owned()]).collect();
    let mark = if rest.is_empty() || from.contains('#') { "" } else { "#" };
    Some(format!("{from}{mark}{rest}"))
}

/// The advice that fits nearly every finding in a document.
pub(crate) const OVERLAY_HELP: &str = "correct it in {overlay}";

/// The file to edit, where a finding names one, or leaves something out and says nothing else.
fn way_out(it: &Diagnostic) -> Option<&'static str> {
    let left_out = it.rule.severity == Severity::Skipped && it.rule != &SKIPPED_SCHEMA;
    let plain = left_out && it.place.source == SourceId::Document && it.help.is_none();
    it.edit.or(plain.then_some(OVERLAY_HELP))
}

impl ReportedFile {
    fn new(text: &Text) -> Self {
        let body = String::from_utf8_lossy(body(&text.bytes)).into_owned();
        Self { name: text.name.clone(), text: body }
    }
}

/// The line of a node in a file, counted from one.
pub fn line(text: &Text, id: NodeId) -> Option<usize> {
    let text = String::from_utf8_lossy(body(&text.bytes)).into_owned();
    let locations = Locations::up_to(id.serial, &text);
    let start = bytes(&text, locations.get(id.serial)?).start;
    Some(text.get(..start)?.matches('\n').count() + 1)
}

fn file<'s>(source: &'s Source, trees: &'s Trees, id: SourceId) -> Option<&'s Text> {
    match id {
        SourceId::Document => Some(&source.document),
        SourceId::File(number) => trees.file(number),
        SourceId::Asyncapi => source.asyncapi.as_ref(),
        SourceId::Overlay => source.overlay.as_ref(),
        SourceId::Client => source.client.as_ref(),
        SourceId::Names => source.names.as_ref(),
    }
}

/// The nodes of all files, each of which is scanned once, as far as a node is wanted.
struct Nodes<'r> {
    files: &'r BTreeMap<SourceId, ReportedFile>,
    scanned: BTreeMap<SourceId, Locations>,
}

impl<'r> Nodes<'r> {
    fn new(
        files: &'r BTreeMap<SourceId, ReportedFile>,
        wanted: impl Iterator<Item = NodeId>,
    ) -> Self {
        let mut last: BTreeMap<SourceId, u32> = BTreeMap::new();
        for id in wanted {
            let last = last.entry(id.source).or_default();
            *last = id.serial.max(*last);
        }
        let scan = |(id, last)| Some((id, Locations::up_to(last, &files.get(&id)?.text)));
        Self { files, scanned: last.into_iter().filter_map(scan).collect() }
    }

    /// The bytes to mark for a node.
    fn mark(&self, id: NodeId, bytes: fn(&str, &Located) -> Range<usize>) -> Option<Highlight> {
        let text = &self.files.get(&id.source)?.text;
        let bytes = bytes(text, self.scanned.get(&id.source)?.get(id.serial)?);
        Some(Highlight { source: id.source, bytes })
    }
}

/// A scalar itself; the key of a list, of an object and of a text that starts on another line.
fn bytes(text: &str, located: &Located) -> Range<usize> {
    let value = &located.value;
    let apart = |key: &Range<usize>| value.is_empty() || text[key.end..value.start].contains('\n');
    match &located.key {
        Some(key) if located.holds || apart(key) => key.clone(),
        _ if !located.holds && !value.is_empty() => value.clone(),
        _ => first_word(text, value.start),
    }
}

fn key(text: &str, located: &Located) -> Range<usize> {
    located.key.clone().unwrap_or_else(|| bytes(text, located))
}

fn first_word(text: &str, start: usize) -> Range<usize> {
    let ends = |c: char| c.is_whitespace() || matches!(c, ':' | ',' | '}' | ']');
    let rest = &text[start..];
    start..start + rest.find(ends).unwrap_or(rest.len()).clamp(1, 60)
}
