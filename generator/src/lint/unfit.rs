//! Entries of `client.yaml` with names that nothing in the document has.

use crate::analysis::Analysis;
use crate::config::{
    DeriveRule, Pagination, PaginationStyle, TypeRule, TypeTarget, WebhookSignature,
};
use crate::diag::{NO_EFFECT, STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use crate::ir::{Api, Id, NextPage, Operation, PageParam, Paging, ParamPlace, Shape, TypeDef};
use crate::load::{Document, Node, Value};
use crate::lower::paging_key;

/// Reports them.
pub(super) fn run(api: &Api, analysis: &Analysis, document: &Document, sink: &mut Sink) {
    let client = &document.client;
    let is_whole = document.selection.is_none();
    if is_whole {
        named(document, sink);
    }
    client.pagination.iter().for_each(|it| pagination(api, it, is_whole, sink));
    client.webhooks.iter().for_each(|it| webhooks(it, sink));
    let rules = client.types.rules.iter().enumerate();
    let unused = rules.filter(|(index, _)| !api.externals.used.contains(index));
    unused.for_each(|(_, it)| unused_type(api, document, it, sink));
    undocumented(api, analysis, document, sink);
    client.types.derive_at.iter().for_each(|it| derived(api, analysis, document, it, sink));
    if is_whole && client.accessors {
        accessors(api, analysis, sink);
    }
}

/// Places below which there is no type that a trait could be derived for.
fn derived(
    api: &Api,
    analysis: &Analysis,
    document: &Document,
    rule: &DeriveRule,
    sink: &mut Sink,
) {
    let is_type = |id: Id<TypeDef>, shape: &Shape| match shape {
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => analysis.is_live(id),
        Shape::Alias(_) => analysis.is_wrapped(id),
        Shape::Outcome(_) | Shape::Broken => false,
    };
    for (it, (target, at)) in rule.places.iter().zip(rule.entries()) {
        let is_there = document.at(&target).is_some() && !document.leaves_out(&target);
        let mut types = api.types.iter();
        if is_there && !types.any(|(id, def)| it.means(&def.at) && is_type(id, &def.shape)) {
            let message = format_args!("`{target}` is no type of the client");
            sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
        }
    }
}

/// Methods of unions, where there is no union.
fn accessors(api: &Api, analysis: &Analysis, sink: &mut Sink) {
    let is_union = |shape: &Shape| matches!(shape, Shape::Union(_));
    if !api.types.iter().any(|(id, it)| is_union(&it.shape) && analysis.is_live(id)) {
        let at = SpecPtr::root().child("accessors");
        let message = "there is no union that could have methods";
        sink.report_in(SourceId::Client, &NO_EFFECT, &at, message).help("remove it");
    }
}

/// Places whose types keep no properties that the document does not name.
fn undocumented(api: &Api, analysis: &Analysis, document: &Document, sink: &mut Sink) {
    for (index, place) in document.client.undocumented.places.iter().enumerate() {
        if document.at(place).is_none() || document.leaves_out(place) {
            continue;
        }
        let ids = || api.types.iter().filter(|(_, it)| it.at == *place).map(|(id, _)| id);
        if ids().any(|id| analysis.keeps_undocumented(id)) {
            continue;
        }
        let why = ids().find_map(|id| analysis.excludes_undocumented(api, id));
        let why = why.unwrap_or("it is no object that names properties");
        let at = SpecPtr::parse("/extra_at").item(index);
        let message = format_args!("`{place}` keeps no properties beyond its own: {why}");
        sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
    }
}

/// Entries that name parameters, headers or beginnings of names. If only some operations are chosen, the others may
/// have them.
fn named(document: &Document, sink: &mut Sink) {
    let client = &document.client;
    let names = &client.names.strip_prefix;
    // Few documents have such entries, and then all of the document is gone through.
    let is_named = !(client.params.is_empty() && client.headers.is_empty() && names.is_empty());
    let found = if is_named { EntryNames::of(document.tree()) } else { EntryNames::default() };
    for it in &client.params {
        if !found.path_params.contains(&&*it.name) {
            let at = it.at.child("name");
            report(sink, &at, "path parameter", &it.name, &found.path_params);
        }
    }
    for (index, it) in client.headers.iter().enumerate() {
        if !found.headers.iter().any(|name| name.eq_ignore_ascii_case(&it.name)) {
            let at = SpecPtr::parse("/headers").item(index).child("name");
            report(sink, &at, "header parameter", &it.name, &found.headers);
        }
    }
    for (index, prefix) in names.iter().enumerate() {
        if !found.named.iter().any(|it| it.starts_with(prefix.as_str())) {
            let at = SpecPtr::parse("/names/strip_prefix").item(index);
            let message =
                format_args!("no name of a schema and no operationId begins with `{prefix}`");
            sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
        }
    }
}

/// A type of another crate that stands for nothing.
fn unused_type(api: &Api, document: &Document, rule: &TypeRule, sink: &mut Sink) {
    match &rule.target {
        // Operations that are not chosen may have it.
        TypeTarget::Format(_) if document.selection.is_some() => {}
        TypeTarget::Format(format) => {
            let at = rule.at.child("format");
            let message = format_args!("no text has the format `{format}`");
            let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
            let formats = api.externals.formats.iter().map(String::as_str);
            if let Some(near) = nearest_name(format, formats) {
                found.label(format_args!("did you mean `{near}`?"));
            }
        }
        // A place that the document does not have is told with those of other entries.
        TypeTarget::Place(place) if document.at(place).is_some() => {
            let message = format_args!("`{place}` is no schema that the client needs");
            let at = rule.at.child("at");
            let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
            let inner = place.child("schema");
            if document.at(&inner).is_some() {
                found.label(format_args!("did you mean `{inner}`?"));
            }
        }
        TypeTarget::Place(_) => {}
    }
}

/// Placeholders of what is signed that stand for nothing.
fn webhooks(stated: &WebhookSignature, sink: &mut Sink) {
    let Some(template) = &stated.signed else { return };
    let at = stated.at.child("signed");
    let mut report = |message: String| {
        sink.report_in(SourceId::Client, &STALE_CLIENT, &at, message);
    };
    let names = template.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0));
    for name in names {
        match name {
            "body" => {}
            "timestamp" if stated.timestamp_header.is_some() => {}
            "id" if stated.id_header.is_some() => {}
            "timestamp" | "id" => {
                report(format!("`{{{name}}}` is signed, and no `{name}_header` holds it"));
            }
            name => {
                report(format!("`{{{name}}}` is neither `{{body}}`, `{{timestamp}}` nor `{{id}}`"));
            }
        }
    }
    if !template.contains("{body}") {
        report("a signature without `{body}` says nothing of what arrives".to_owned());
    }
}

fn report(sink: &mut Sink, at: &SpecPtr, what: &str, name: &str, others: &[&str]) {
    let message = format_args!("there is no {what} `{name}`");
    let found = sink.report_in(SourceId::Client, &STALE_CLIENT, at, message);
    found.help("remove the entry, or correct its name");
    if let Some(near) = nearest_name(name, others.iter().copied()) {
        found.label(format_args!("did you mean `{near}`?"));
    }
}

/// The names of a document that entries speak of.
#[derive(Default)]
struct EntryNames<'t> {
    path_params: Vec<&'t str>,
    headers: Vec<&'t str>,
    /// Schemas and operations.
    named: Vec<&'t str>,
}

impl<'t> EntryNames<'t> {
    fn of(tree: &'t Node) -> Self {
        let mut names = Self::default();
        names.visit(tree);
        let schemas = tree.at(&SpecPtr::parse("/components/schemas")).and_then(Node::as_map);
        names.named.extend(schemas.into_iter().flatten().map(|it| it.0.as_str()));
        names
    }

    fn visit(&mut self, node: &'t Node) {
        match &node.value {
            Value::Map(map) => {
                self.named.extend(node.text("operationId"));
                match (node.text("in"), node.text("name")) {
                    (Some("path"), Some(name)) => self.path_params.push(name),
                    (Some("header"), Some(name)) => self.headers.push(name),
                    _ => {}
                }
                map.values().for_each(|it| self.visit(it));
            }
            Value::List(items) => items.iter().for_each(|it| self.visit(it)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }
}

/// An entry must page each operation that it names, or else at least one.
fn pagination(api: &Api, rule: &Pagination, is_whole: bool, sink: &mut Sink) {
    if rule.style == PaginationStyle::None {
        return;
    }
    let all = || api.operations.iter().map(|it| it.1);
    if rule.operations.is_empty() {
        let mut fits = false;
        let mut mismatches = Vec::new();
        for operation in all().filter(|it| is_of_style(it, rule.style)) {
            let found = mismatch(operation, rule);
            fits |= found.is_none();
            mismatches.extend(found);
        }
        if !fits && is_whole {
            unfit(
                sink,
                rule,
                &rule.at,
                "there is no list that this entry fits",
                mismatches.first(),
            );
        }
        return;
    }
    for (index, target) in rule.operations.iter().enumerate() {
        // One that is left out cannot be judged.
        let Some(operation) = all().find(|it| it.at == *target) else { continue };
        let at = rule.at.child("operations").item(index);
        let found = mismatch(operation, rule);
        if found.is_some() || !is_of_style(operation, rule.style) {
            let message = format!("the entry does not fit `{target}`");
            unfit(sink, rule, &at, &message, found.as_ref());
        }
    }
}

/// A key of an entry, its value, and the possible values.
struct Mismatch<'a> {
    key: &'static str,
    value: &'a str,
    others: Vec<&'a str>,
}

fn unfit(
    sink: &mut Sink,
    rule: &Pagination,
    at: &SpecPtr,
    message: &str,
    found: Option<&Mismatch<'_>>,
) {
    let Some(Mismatch { key, value, others }) = found else {
        let found = sink.report_in(SourceId::Client, &STALE_CLIENT, at, message);
        found.help("the operation must be a list with such parameters and properties");
        return;
    };
    let message = format_args!("{message}: nothing there is `{key}: {value}`");
    let found = sink.report_in(SourceId::Client, &STALE_CLIENT, &rule.at.child(key), message);
    if let Some(near) = nearest_name(value, others.iter().copied()) {
        found.label(format_args!("did you mean `{near}`?"));
    }
}

/// True if an operation is paged in a style.
fn is_of_style(operation: &Operation, style: PaginationStyle) -> bool {
    let Some(paging) = &operation.paging else {
        // Of what is missing, a key may be the reason.
        return false;
    };
    match style {
        PaginationStyle::Cursor => matches!(paging.walk, PageParam::Cursor { .. }),
        PaginationStyle::Token => {
            matches!(
                paging.walk,
                PageParam::Token { .. } | PageParam::Cursor { .. } | PageParam::NextUrl { .. }
            )
        }
        PaginationStyle::Offset => matches!(paging.walk, PageParam::Offset { .. }),
        PaginationStyle::Page => matches!(paging.walk, PageParam::Page { .. }),
        PaginationStyle::Link => matches!(paging.walk, PageParam::Link),
        PaginationStyle::NextUrl => matches!(paging.walk, PageParam::NextUrl { .. }),
        PaginationStyle::None => true,
    }
}

/// The first key of an entry that nothing of an operation fits.
fn mismatch<'a>(operation: &'a Operation, rule: &'a Pagination) -> Option<Mismatch<'a>> {
    let params = operation.params.iter().filter(|it| it.place == ParamPlace::Query);
    let params: Vec<_> = params.map(|it| it.wire_name.as_str()).collect();
    for (key, value) in [("param", &rule.param), ("backwards", &rule.backwards)] {
        if let Some(value) = value.as_deref().filter(|it| !params.contains(it)) {
            return Some(Mismatch { key, value, others: params });
        }
    }
    let paging = operation.paging.as_ref()?;
    let others: Vec<_> = next(paging).collect();
    let value = rule.next.as_deref()?;
    let known = paging_key(value);
    (!others.iter().any(|it| paging_key(it) == known)).then_some(Mismatch {
        key: "next",
        value,
        others,
    })
}

/// The properties that say where the next page of a list is, or whether there is one.
fn next(paging: &Paging) -> impl Iterator<Item = &str> {
    let path = match &paging.next {
        NextPage::HasMore(path)
        | NextPage::Value(path)
        | NextPage::Total(path)
        | NextPage::Pages(path) => path.last(),
        NextPage::Header(name) => name.as_ref(),
        NextPage::AnyItems => None,
    };
    let more = paging.more.as_ref().and_then(|it| it.last());
    path.into_iter().chain(more).map(String::as_str)
}
