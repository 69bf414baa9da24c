//! Paging: how a list goes on, read off the names of parameters and properties.

use crate::config::{Client, Pagination, PaginationStyle};
use crate::ir::{
    Api, Field, Id, Next, Operation, Paging, Param, ParamPlace, Scalar, Shape, Struct, Success,
    Type, Walk,
};

const CURSORS: &[&str] = &["starting_after", "startingAfter", "after", "after_id"];
const BACKWARDS: &[&str] = &["ending_before", "endingBefore", "before", "before_id"];
const MORE: &[&str] =
    &["has_more", "hasMore", "has_next", "hasNext", "has_next_page", "hasNextPage", "more"];
const TOKENS: &[&str] = &[
    "pageToken",
    "page_token",
    "cursor",
    "next_token",
    "nextToken",
    "NextToken",
    "next_cursor",
    "nextCursor",
    "continuation_token",
    "continuationToken",
    "continue_token",
    "start_cursor",
    "next_page_token",
    "nextPageToken",
    "page_cursor",
    "pageCursor",
    "after",
    "starting_after",
    "marker",
    "PageToken",
    "offset",
    "next",
];
const NEXT_TOKENS: &[&str] = &[
    "nextPageToken",
    "next_page_token",
    "next_cursor",
    "nextCursor",
    "next_token",
    "nextToken",
    "NextToken",
    "continuation_token",
    "continuationToken",
    "next_page_cursor",
    "nextPageCursor",
    "next_marker",
    "endCursor",
    "end_cursor",
    "next_page",
    "nextPage",
];
const NEXT_URLS: &[&str] = &[
    "next",
    "next_url",
    "nextUrl",
    "next_page_url",
    "nextPageUrl",
    "next_page_uri",
    "next_link",
    "nextLink",
];
const OFFSETS: &[&str] = &["offset", "skip", "start"];
const PAGES: &[&str] = &["page", "page_number", "pageNumber", "page[number]", "pageIndex"];
const LIMITS: &[&str] = &[
    "limit",
    "page_size",
    "pageSize",
    "PageSize",
    "per_page",
    "perPage",
    "max_results",
    "maxResults",
    "count",
    "size",
    "take",
    "page[size]",
    "MaxResults",
    "first",
];
const TOTALS: &[&str] = &[
    "total",
    "total_count",
    "totalCount",
    "totalSize",
    "total_size",
    "total_results",
    "totalResults",
];
const LISTS: &[&str] =
    &["data", "items", "results", "entries", "records", "values", "list", "objects", "result"];
const NESTED: &[&str] = &[
    "meta",
    "paging",
    "pagination",
    "response_metadata",
    "links",
    "page_info",
    "pageInfo",
    "metadata",
    "cursor",
    "_links",
    "next_page",
    "_meta",
    "page",
];

/// Looks for one way of going on: with the page, its items' type and the operation's parameters.
type Style = fn(&Api, Option<&Struct>, &Type, &Names<'_>) -> Option<(Walk, Next)>;

/// Finds out, for each operation, whether it gives one page of many.
pub(super) fn infer(api: &mut Api, client: &Client) {
    let ids: Vec<Id<Operation>> = api.operations.ids().collect();
    for id in ids {
        api.operations[id].paging = of(api, &api.operations[id], client);
    }
}

fn of(api: &Api, operation: &Operation, client: &Client) -> Option<Paging> {
    let Success::Json(page) = &operation.success else { return None };
    let rule = client.pagination.iter().find(|it| it.operations.contains(&operation.at));
    let page_struct = structure(api, page);
    let names = Names { operation, rule };
    let (items, item) = match (list(api, page), page_struct) {
        (Some(item), _) => (Vec::new(), item),
        (None, Some(it)) => items(api, it, operation, rule)?,
        (None, None) => return None,
    };
    let (walk, next) = walk(api, page_struct, &item, &names)?;
    let limit = names.param(LIMITS).map(|it| it.wire_name.clone());
    Some(Paging { walk, limit, page: page.clone(), items, item, next })
}

/// The parameters of an operation, and what `client.yaml` says of it.
struct Names<'a> {
    operation: &'a Operation,
    rule: Option<&'a Pagination>,
}

impl<'a> Names<'a> {
    fn param(&self, names: &[&str]) -> Option<&'a Param> {
        let query = |it: &&Param| it.place == ParamPlace::Query;
        let find = |name: &&str| {
            self.operation.params.iter().filter(query).find(|it| it.wire_name == **name)
        };
        names.iter().find_map(find)
    }

    fn stated(&self) -> Option<&'a Param> {
        let name = self.rule?.param.as_deref()?;
        self.operation.params.iter().find(|it| it.wire_name == name)
    }
}

fn walk(api: &Api, page: Option<&Struct>, item: &Type, names: &Names<'_>) -> Option<(Walk, Next)> {
    let all: [Style; 6] = [cursor, token, link, next_url, offset, page_number];
    match names.rule.map(|it| it.style) {
        None => all.iter().find_map(|it| it(api, page, item, names)),
        Some(PaginationStyle::Cursor) => cursor(api, page, item, names),
        Some(PaginationStyle::Token) => token(api, page, item, names),
        Some(PaginationStyle::Link) => Some((Walk::Link, Next::Header)),
        Some(PaginationStyle::NextUrl) => next_url(api, page, item, names),
        Some(PaginationStyle::Offset) => offset(api, page, item, names),
        Some(PaginationStyle::Page) => page_number(api, page, item, names),
        Some(PaginationStyle::None) => None,
    }
}

/// `starting_after` the id of the last item, while `has_more`.
fn cursor(
    api: &Api,
    page: Option<&Struct>,
    item: &Type,
    names: &Names<'_>,
) -> Option<(Walk, Next)> {
    let param = names.stated().or_else(|| names.param(CURSORS))?;
    let more = flag(api, page?, MORE)?;
    let id = structure(api, item)?.fields.iter().find(|it| it.wire_name == "id")?;
    if !matches!(id.ty, Type::Scalar(Scalar::Text | Scalar::Int(_))) {
        return None;
    }
    let stated = names.rule.and_then(|it| it.backwards.clone());
    let backwards = stated.or_else(|| names.param(BACKWARDS).map(|it| it.wire_name.clone()));
    let walk = Walk::Cursor { param: param.wire_name.clone(), backwards, id: "id".to_owned() };
    Some((walk, Next::HasMore(more)))
}

/// A token in the page, to be sent back as it is.
fn token(api: &Api, page: Option<&Struct>, _: &Type, names: &Names<'_>) -> Option<(Walk, Next)> {
    let param = names.stated().or_else(|| names.param(TOKENS))?;
    if !is_text(api, &param.ty) {
        return None;
    }
    let stated = names.rule.and_then(|it| it.next.as_deref());
    let next = match stated {
        Some(name) => field(api, page?, &[name], is_text)?,
        None => field(api, page?, NEXT_TOKENS, is_text).or_else(|| {
            nested(api, page?, &[param.wire_name.as_str(), "next", "after"], is_text)
        })?,
    };
    Some((Walk::Token { param: param.wire_name.clone() }, Next::Value(next)))
}

/// A `Link` header, where the document declares one.
fn link(_: &Api, _: Option<&Struct>, _: &Type, names: &Names<'_>) -> Option<(Walk, Next)> {
    let headers = &names.operation.response_headers;
    let declared = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("link"));
    declared.then_some((Walk::Link, Next::Header))
}

/// The next page's URL in the page.
fn next_url(api: &Api, page: Option<&Struct>, _: &Type, names: &Names<'_>) -> Option<(Walk, Next)> {
    let stated = names.rule.and_then(|it| it.next.as_deref());
    let fields = stated.map_or(NEXT_URLS.to_vec(), |it| vec![it]);
    let next = field(api, page?, &fields, is_text)?;
    let moves = names.param(OFFSETS).or(names.param(PAGES)).or(names.param(LIMITS)).is_some();
    (moves || stated.is_some()).then_some((Walk::NextUrl, Next::Value(next)))
}

/// How many items to pass over.
fn offset(api: &Api, page: Option<&Struct>, _: &Type, names: &Names<'_>) -> Option<(Walk, Next)> {
    let param = names.stated().or_else(|| names.param(OFFSETS)).filter(|it| is_int(&it.ty))?;
    names.param(LIMITS)?;
    Some((Walk::Offset { param: param.wire_name.clone() }, rest(api, page)))
}

/// The page's number.
fn page_number(
    api: &Api,
    page: Option<&Struct>,
    _: &Type,
    names: &Names<'_>,
) -> Option<(Walk, Next)> {
    let param = names.stated().or_else(|| names.param(PAGES)).filter(|it| is_int(&it.ty))?;
    Some((Walk::Page { param: param.wire_name.clone() }, rest(api, page)))
}

/// What says whether a list goes on that is counted through.
fn rest(api: &Api, page: Option<&Struct>) -> Next {
    let Some(page) = page else { return Next::AnyItems };
    if let Some(more) = flag(api, page, MORE) {
        return Next::HasMore(more);
    }
    field(api, page, TOTALS, |_, ty| is_int(ty)).map_or(Next::AnyItems, Next::Total)
}

/// The list of items in a page: the one list, or the one with a usual name.
fn items(
    api: &Api,
    page: &Struct,
    operation: &Operation,
    rule: Option<&Pagination>,
) -> Option<(Vec<String>, Type)> {
    let lists: Vec<_> =
        page.fields.iter().filter_map(|it| Some((it, list(api, &it.ty)?))).collect();
    let named = |name: &str| lists.iter().find(|(it, _)| it.wire_name == name);
    let resource = api.resources[operation.resource].wire_name.as_str();
    let chosen = match (rule.and_then(|it| it.items.as_deref()), &lists[..]) {
        (Some(name), _) => named(name)?,
        (None, [one]) => one,
        (None, _) => named(resource).or_else(|| LISTS.iter().find_map(|it| named(it)))?,
    };
    Some((vec![chosen.0.wire_name.clone()], chosen.1.clone()))
}

fn flag(api: &Api, page: &Struct, names: &[&str]) -> Option<Vec<String>> {
    let bool = |_: &Api, ty: &Type| *ty == Type::Scalar(Scalar::Bool);
    field(api, page, names, bool)
}

/// A property of the page, or of one of the objects in which pages keep such things.
fn field(
    api: &Api,
    page: &Struct,
    names: &[&str],
    fits: impl Fn(&Api, &Type) -> bool + Copy,
) -> Option<Vec<String>> {
    let own = names.iter().find_map(|name| find(page, name)).filter(|it| fits(api, &it.ty));
    own.map(|it| vec![it.wire_name.clone()]).or_else(|| nested(api, page, names, fits))
}

fn nested(
    api: &Api,
    page: &Struct,
    names: &[&str],
    fits: impl Fn(&Api, &Type) -> bool,
) -> Option<Vec<String>> {
    NESTED.iter().find_map(|outer| {
        let outer = find(page, outer)?;
        let inner = structure(api, &outer.ty)?;
        let found =
            names.iter().find_map(|name| find(inner, name)).filter(|it| fits(api, &it.ty))?;
        Some(vec![outer.wire_name.clone(), found.wire_name.clone()])
    })
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

fn list(api: &Api, ty: &Type) -> Option<Type> {
    match api.types.behind(ty) {
        Type::List(item) => Some((**item).clone()),
        _ => None,
    }
}

fn is_text(api: &Api, ty: &Type) -> bool {
    *api.types.behind(ty) == Type::Scalar(Scalar::Text)
}

fn is_int(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::Int(_)))
}
