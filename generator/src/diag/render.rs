//! Findings as text: for people with the line that each is about, for programs as JSON.

use super::excerpt::Lines;
use super::report::{Highlight, ReportedFile, Shown};
use super::{Diagnostic, Severity, SourceId, visible};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;
use std::collections::BTreeMap;

/// The style of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportStyle {
    /// Text only.
    Plain,
    /// With the terminal's colours.
    Coloured,
}

type Files<'r> = BTreeMap<SourceId, (&'r str, Lines<'r>)>;

/// All findings, one paragraph each.
pub(super) fn text(
    files: &BTreeMap<SourceId, ReportedFile>,
    all: &[Shown<'_>],
    style: ReportStyle,
) -> String {
    let files = lines(files);
    let renderer = match style {
        ReportStyle::Plain => Renderer::plain(),
        ReportStyle::Coloured => Renderer::styled().hyperlink(false),
    };
    let texts = all.iter().map(|shown| finding(&files, shown, &renderer) + "\n");
    texts.collect::<Vec<_>>().join("\n")
}

/// A placeholder for the origin while the renderer works: it would count columns in the excerpt.
const ORIGIN: char = '\u{fffc}';

fn finding(files: &Files<'_>, shown: &Shown<'_>, renderer: &Renderer) -> String {
    let text = renderer.render(&[group(files, shown)]);
    let marks = [shown.main.as_ref(), shown.also.as_ref()];
    let pointer = shown.diagnostic.place.at.text();
    let mut origins = marks.into_iter().flatten().zip([&*pointer, ""]);
    let mut parts = text.split(ORIGIN);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mark, pointer) = origins.next().expect("each mark has an origin");
        text.push_str(&origin(&place(files, mark), pointer));
        text.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    text
}

/// All findings, one JSON object a line.
pub(super) fn json(files: &BTreeMap<SourceId, ReportedFile>, all: &[Shown<'_>]) -> String {
    let files = lines(files);
    all.iter().map(|shown| object(&files, shown).to_string() + "\n").collect()
}

fn lines(files: &BTreeMap<SourceId, ReportedFile>) -> Files<'_> {
    files.iter().map(|(id, file)| (*id, (&*file.name, Lines::new(&file.text)))).collect()
}

fn group<'g>(files: &Files<'_>, shown: &Shown<'_>) -> Group<'g> {
    let it = shown.diagnostic;
    let title = level(it.rule.severity).primary_title(visible::line(&it.message)).id(it.rule.code);
    let main = shown.main.as_ref();
    let main = main.and_then(|at| snippet(files, at, AnnotationKind::Primary, it.label.as_deref()));
    let mut group = match main {
        Some(snippet) => title.element(snippet),
        None => title.element(Origin::path(origin(name(files, it), &it.place.at.text()))),
    };
    if let (Some(at), Some((_, label))) = (&shown.also, &it.also) {
        group = group.elements(snippet(files, at, AnnotationKind::Context, Some(label)));
    }
    if let Some(origin) = &it.origin {
        let message = format!("it came from {}", visible::line(origin));
        group = group.element(Level::NOTE.message(message));
    }
    match &it.help {
        Some(help) => group.element(Level::HELP.message(visible::line(help))),
        None => group,
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Skipped => Level::WARNING.with_name("skipped"),
        Severity::Warning => Level::WARNING,
    }
}

fn name<'f>(files: &'f Files<'_>, it: &Diagnostic) -> &'f str {
    files.get(&it.place.source).map_or("", |(name, _)| name)
}

/// `name:line:column  #/pointer`.
fn origin(place: &str, pointer: &str) -> String {
    let place = visible::line(place);
    let gap = if place.is_empty() { "" } else { "  " };
    if pointer.is_empty() { place } else { format!("{place}{gap}#{}", visible::line(pointer)) }
}

fn place(files: &Files<'_>, mark: &Highlight) -> String {
    let Some((name, lines)) = files.get(&mark.source) else { return String::new() };
    let (line, column) = lines.position(mark.bytes.start);
    format!("{name}:{line}:{column}")
}

fn snippet<'g>(
    files: &Files<'_>,
    mark: &Highlight,
    kind: AnnotationKind,
    label: Option<&str>,
) -> Option<Snippet<'g, annotate_snippets::Annotation<'g>>> {
    let (_, lines) = files.get(&mark.source)?;
    let excerpt = lines.excerpt(mark.bytes.clone());
    let annotation = kind.span(excerpt.mark).label(label.map(visible::line));
    let (line, _) = lines.position(mark.bytes.start);
    let snippet = Snippet::source(excerpt.text).path(ORIGIN.to_string()).line_start(line);
    Some(snippet.annotation(annotation))
}

fn object(files: &Files<'_>, shown: &Shown<'_>) -> serde_json::Value {
    let it = shown.diagnostic;
    let position = |mark: &Option<Highlight>| {
        let mark = mark.as_ref()?;
        let (name, lines) = files.get(&mark.source)?;
        let (line, column) = lines.position(mark.bytes.start);
        Some(json!({ "file": name, "line": line, "column": column }))
    };
    let mut object = json!({
        "code": it.rule.code,
        "severity": severity(it.rule.severity),
        "message": it.message,
        "file": name(files, it),
        "line": null,
        "column": null,
        "pointer": it.place.at.to_string(),
        "label": it.label,
        "help": it.help,
        "also": position(&shown.also),
    });
    if let Some(origin) = &it.origin {
        object["origin"] = json!(origin);
    }
    if let Some(place) = position(&shown.main) {
        for key in ["file", "line", "column"] {
            object[key] = place[key].clone();
        }
    }
    object
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Skipped => "skipped",
        Severity::Warning => "warning",
    }
}
