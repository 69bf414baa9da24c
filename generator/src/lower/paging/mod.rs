//! Paging: the way to the next page of a list, inferred from the names and types of parameters and properties.

mod hint;
mod page;
mod rules;
mod value;
mod words;

use crate::config::{Client, Pagination, PaginationStyle};
use crate::diag::{Sink, UNPAGED_LIST};
use crate::ir::{
    Api, BodyContent, Field, Id, NextPage, Operation, PageParam, Paging, Param, ParamPlace, Shape,
    Struct, StyleKind, Success, Type, ValueHint,
};
use crate::load::Document;
use page::{NoItems, PropertyGroup, groups, items, properties};
use value::{ValueKind, said, value};
use words::{HEADERS, LIMITS, MORE, MOVES, NEXT_TOKENS, is_key};

pub(crate) use words::key;

/// The facts about an operation that may give one page of many.
struct PagingCx<'a> {
    api: &'a Api,
    document: &'a Document,
    operation: &'a Operation,
    /// The rule for it in `client.yaml`.
    rule: Option<&'a Pagination>,
}

/// The way to the next page of a list.
struct ListPaging {
    walk: PageParam,
    next: NextPage,
    /// The flag beside a token that says whether there is more.
    more: Option<Vec<String>>,
}

/// The result of an operation, as far as lists go.
enum Listing {
    /// One page of many.
    Paged(Box<Paging>),
    /// No page of a list, as far as anything says.
    Whole,
    /// A page, though how to come to the next one is not plain, for this reason.
    Unclear(Option<String>),
}

/// Finds out, for each operation, whether it gives one page of many.
pub(super) fn infer(api: &mut Api, document: &Document, client: &Client, sink: &mut Sink) {
    let ids: Vec<Id<Operation>> = api.operations.ids().collect();
    for id in ids {
        let operation = &api.operations[id];
        match listing(api, document, operation, client, sink) {
            Listing::Whole => {}
            Listing::Paged(paging) => api.operations[id].paging = Some(*paging),
            // The media types of a body share what the operation gives.
            Listing::Unclear(_) if operation.variant.is_some() => {}
            Listing::Unclear(why) => {
                let why = why.map(|it| format!(": {it}")).unwrap_or_default();
                let message = format_args!(
                    "this looks like a list in pages, but how it goes on is not plain{why}"
                );
                sink.report(&UNPAGED_LIST, &operation.at, message)
                    .edit("say so under `pagination` in {client}");
            }
        }
    }
}

fn listing(
    api: &Api,
    document: &Document,
    operation: &Operation,
    client: &Client,
    sink: &mut Sink,
) -> Listing {
    let rules = client.pagination.iter();
    let own = rules.clone().find(|it| it.operations.contains(&operation.at));
    let cx = |rule| PagingCx { api, document, operation, rule };
    if own.is_some() {
        hint::pass_over(document, operation);
        return decide(&cx(own));
    }
    // An entry that names no operation is for each that has its fields.
    let general = rules.filter(|it| it.operations.is_empty() && it.style != PaginationStyle::None);
    let fitting =
        general.map(|it| decide(&cx(Some(it)))).find(|it| matches!(it, Listing::Paged(_)));
    if let Some(found) = fitting {
        hint::pass_over(document, operation);
        return found;
    }
    let cx = cx(None);
    let page = answer(&cx).filter(|_| matches!(operation.success, Success::Json(_)));
    match page.and_then(|page| hint::paging(&cx, page, sink)) {
        Some(paging) => Listing::Paged(Box::new(paging)),
        None => decide(&cx),
    }
}

fn decide(cx: &PagingCx<'_>) -> Listing {
    if cx.rule.is_some_and(|it| it.style == PaginationStyle::None) {
        return Listing::Whole;
    }
    let Some(page) = answer(cx) else { return Listing::Whole };
    let groups = groups(cx, structure(cx.api, page));
    let found = items(cx, page, cx.rule.and_then(|it| it.items.as_deref()));
    let moves = cx.rule.is_some_and(|it| !it.operations.is_empty()) || moves(cx, &groups);
    let found = match found {
        Ok(found) => found,
        Err(NoItems::Several) if moves => {
            return Listing::Unclear(Some("the page has several lists".to_owned()));
        }
        Err(NoItems::NoList | NoItems::Several) => return Listing::Whole,
    };
    let mut why = None;
    let way = rules::of(cx, &groups, &found.item, &mut why);
    let elsewhere = if way.is_none() { cx.sent_elsewhere() } else { None };
    let moves = moves || elsewhere.is_some();
    let why = elsewhere.or(why);
    match (way, &cx.operation.success) {
        (Some(way), Success::Json(_)) => Listing::Paged(Box::new(Paging {
            walk: way.walk,
            limit: cx.param(LIMITS).map(|it| it.wire_name.clone()),
            page: page.clone(),
            items: found.path,
            item: found.item,
            next: way.next,
            more: way.more,
        })),
        (Some(_), _) if moves => {
            Listing::Unclear(Some("there is a success that is no page".to_owned()))
        }
        (None, _) if moves => Listing::Unclear(why),
        (_, _) => Listing::Whole,
    }
}

/// The type of the operation's response, if that is JSON.
fn answer<'a>(cx: &PagingCx<'a>) -> Option<&'a Type> {
    use crate::ir::OutcomeBody;
    match &cx.operation.success {
        Success::Json(page) => Some(page),
        Success::Outcome(id) => match &cx.api.types[*id].shape {
            Shape::Outcome(cases) => cases.iter().find_map(|it| match &it.body {
                OutcomeBody::Json(page) => Some(page),
                OutcomeBody::Nothing | OutcomeBody::Text | OutcomeBody::Bytes => None,
            }),
            _ => None,
        },
        Success::Socket(_)
        | Success::Nothing
        | Success::Text
        | Success::Bytes
        | Success::Events(_)
        | Success::Lines(..) => None,
    }
}

/// True if a list is one of many pages: by a parameter that only paging needs, or by the properties
/// of the page.
fn moves(cx: &PagingCx<'_>, groups: &[PropertyGroup<'_>]) -> bool {
    let flags = properties(groups, MORE).into_iter().any(|it| is_flag(cx.api, &it.field.ty));
    let tokens = || {
        let found = properties(groups, NEXT_TOKENS).into_iter();
        found.map(|it| it.value(cx)).any(|it| it != ValueKind::Other)
    };
    cx.param(MOVES).is_some() || flags || tokens() || cx.token_header().is_some()
}

fn is_flag(api: &Api, ty: &Type) -> bool {
    use crate::ir::Scalar;
    match api.types.behind(ty) {
        Type::Nullable(inner) => is_flag(api, inner),
        other => *other == Type::Scalar(Scalar::Bool),
    }
}

impl<'a> PagingCx<'a> {
    /// The query parameters with one of these names, in the order of the names.
    fn params(&self, names: &'a [&str]) -> impl Iterator<Item = &'a Param> + use<'a> {
        let all = &self.operation.params;
        let query = move || all.iter().filter(|it| it.place == ParamPlace::Query);
        names.iter().flat_map(move |name| query().filter(move |it| is_key(&it.wire_name, name)))
    }

    fn param(&self, names: &'a [&str]) -> Option<&'a Param> {
        self.params(names).next()
    }

    /// The parameter that `client.yaml` names.
    fn stated(&self) -> Option<&'a Param> {
        let name = self.rule?.param.as_deref()?;
        let mut query = self.operation.params.iter().filter(|it| it.place == ParamPlace::Query);
        query.find(|it| it.wire_name == name)
    }

    fn said(&self, param: &Param) -> ValueHint {
        said(self.document, &param.at)
    }

    /// The values that a parameter takes.
    fn value(&self, param: &Param) -> ValueKind {
        match (value(self.api, &param.ty, &self.said(param)), param.style.kind) {
            // A text has quotes there, with which no token leads to the next page.
            (ValueKind::Text(_) | ValueKind::Any | ValueKind::Time(_), StyleKind::Json) => {
                ValueKind::Other
            }
            (value, _) => value,
        }
    }

    /// Why a list cannot be paged, if what moves through it is no parameter of the query.
    fn sent_elsewhere(&self) -> Option<String> {
        let moves = |name: &str| MOVES.contains(&key(name).trim_start_matches('x'));
        let mut params = self.operation.params.iter();
        let header = params.find(|it| it.place == ParamPlace::Header && moves(&it.wire_name));
        if let Some(header) = header {
            return Some(format!("`{}` is sent as a header", header.wire_name));
        }
        let mut query = self.operation.params.iter().filter(|it| it.place == ParamPlace::Query);
        let within = query.find_map(|it| {
            let inner = &structure(self.api, &it.ty)?.fields;
            Some((inner.iter().find(|it| moves(&it.wire_name))?, it))
        });
        if let Some((field, param)) = within {
            return Some(format!("`{}` is sent within `{}`", field.wire_name, param.wire_name));
        }
        let BodyContent::Json(body) = &self.operation.body.as_ref()?.content else { return None };
        let fields = &structure(self.api, body)?.fields;
        let limited = fields.iter().any(|it| LIMITS.contains(&&*key(&it.wire_name)));
        let field = fields.iter().find(|it| limited && moves(&it.wire_name))?;
        Some(format!("`{}` is sent in the body", field.wire_name))
    }

    /// The response header that holds a token.
    fn token_header(&self) -> Option<&'a str> {
        let names = self.operation.response_headers.iter().map(|it| it.0.as_str());
        let mut found = names.filter(|it| {
            let key = key(it);
            HEADERS.contains(&key.trim_start_matches('x'))
        });
        found.next()
    }
}

pub(super) fn find<'a>(it: &'a Struct, name: &str) -> Option<&'a Field> {
    it.fields.iter().find(|it| it.wire_name == name && it.constant.is_none())
}

pub(super) fn structure<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Struct> {
    let Type::Def(id) = api.types.behind(ty) else { return None };
    match &api.types[*id].shape {
        Shape::Struct(it) => Some(it),
        _ => None,
    }
}
