//! Path templates: literals and parameters, also within one segment.

use super::{LowerCx, bounds};
use crate::diag::{BAD_PATH, IMPLIED_PARAM, NO_EFFECT, SpecPtr};
use crate::ir::{Docs, Param, ParamPlace, ParamStyle, PathSegment, Scalar, Type};
use crate::load::Reported;
use indexmap::{IndexMap, IndexSet};

/// A path, taken apart.
pub(super) struct PathTemplate {
    pub(super) template: Vec<PathSegment>,
    pub(super) fixed_query: Vec<(String, String)>,
    /// All parameters, those of the path first and in its order.
    pub(super) params: Vec<Param>,
}

/// Takes a path apart and holds it against the parameters.
pub(super) fn of(
    cx: &mut LowerCx<'_>,
    path: &str,
    at: &SpecPtr,
    params: Vec<Param>,
) -> Result<PathTemplate, Reported> {
    bounds::path(cx, path, at)?;
    let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if !fragment.is_empty() {
        let message =
            format_args!("`#{fragment}` tells paths apart in the document, and is not sent");
        cx.sink.report(&NO_EFFECT, at, message);
    }
    let template = segments(path);
    let open = |it: &PathSegment| matches!(it, PathSegment::Literal(text) if text.contains('{'));
    if template.iter().any(open) {
        let message = format_args!("`{path}` has a brace that is not closed");
        cx.sink.report(&BAD_PATH, at, message);
        return Err(Reported);
    }
    for pair in query.split('&').filter(|it| it.contains('{')) {
        let message = format_args!("`{pair}` in the path's query holds a brace, and is not sent");
        cx.sink.report(&NO_EFFECT, at, message);
    }
    let mut names: IndexSet<&str> = IndexSet::new();
    let mut twice = None;
    for segment in &template {
        let PathSegment::Param(name) = segment else { continue };
        if !names.insert(name) {
            twice = Some(name);
        }
    }
    let (in_path, others): (Vec<_>, Vec<_>) =
        params.into_iter().partition(|it| it.place == ParamPlace::Path);
    let mut in_path: IndexMap<String, Option<Param>> =
        in_path.into_iter().map(|it| (it.wire_name.clone(), Some(it))).collect();
    let mut ordered = Vec::new();
    for name in names {
        match in_path.get_mut(name).and_then(Option::take) {
            Some(param) => ordered.push(param),
            None => ordered.push(implied(cx, at, name)),
        }
    }
    // One name in two places has one value in both, unless one of them was meant for another name.
    let left: Vec<_> = in_path.into_values().flatten().collect();
    if let (Some(name), Some(left)) = (twice, left.first()) {
        let left = &left.wire_name;
        let message = format_args!("`{{{name}}}` stands twice in the path, and `{left}` nowhere");
        cx.sink.report(&BAD_PATH, at, message);
        return Err(Reported);
    }
    for left in left {
        let message = format_args!("the path has no `{{{}}}`", left.wire_name);
        cx.sink.report(&NO_EFFECT, &left.at, message);
    }
    ordered.extend(others);
    Ok(PathTemplate { template, fixed_query: pairs(query), params: ordered })
}

fn segments(path: &str) -> Vec<PathSegment> {
    let mut segments = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        if open > 0 {
            segments.push(PathSegment::Literal(rest[..open].to_owned()));
        }
        segments.push(PathSegment::Param(rest[open + 1..open + length].to_owned()));
        rest = &rest[open + length + 1..];
    }
    if !rest.is_empty() {
        segments.push(PathSegment::Literal(rest.to_owned()));
    }
    segments
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|it| !it.is_empty() && !it.contains('{'));
    pairs
        .map(|it| it.split_once('=').unwrap_or((it, "")))
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect()
}

/// A parameter that the path names and the document does not declare.
fn implied(cx: &mut LowerCx<'_>, at: &SpecPtr, name: &str) -> Param {
    let message = format_args!("`{{{name}}}` is no declared parameter: it is taken to be a text");
    cx.sink.report(&IMPLIED_PARAM, at, message);
    Param {
        wire_name: name.to_owned(),
        place: ParamPlace::Path,
        ty: Type::Scalar(Scalar::Text),
        style: ParamStyle::usual(ParamPlace::Path),
        required: true,
        on_client: cx.client.params.iter().any(|it| it.name == name),
        default: None,
        docs: Docs::default(),
        limits: None,
        wish: None,
        at: at.child("parameters").child(name),
    }
}
