//! The ways to the next page of a list. Each looks for its parameters and properties, by name and type.

use super::page::{PageProperty, PropertyGroup, properties};
use super::value::{ValueKind, first, is_dated, is_number, said, takes, takes_id, value};
use super::words::{
    BACKWARDS, CURSORS, HREFS, IN_NEXT, LAST_IDS, LIMITS, MORE, NEXT, NEXT_TOKENS, NEXT_URLS,
    OFFSETS, PAGES, RANGE_ENDS, RANGE_STARTS, SAME, TOKENS, TOTAL_PAGES, TOTALS, is_key, key,
};
use super::{ListPaging, PagingCx, is_flag, structure};
use crate::config::PaginationStyle;
use crate::ir::{NextPage, PageParam, Param, Type};

/// The properties and the item that each way looks at.
pub(super) struct PageSchema<'a> {
    pub(super) groups: &'a [PropertyGroup<'a>],
    pub(super) item: &'a Type,
}

/// Looks for one way to the next page; gives the reason why something that looks like this way is not usable.
type PagingRule = fn(&PagingCx<'_>, &PageSchema<'_>, &mut Option<String>) -> Option<ListPaging>;

/// The way to the next page: the one that `client.yaml` states, or the first that is there.
pub(super) fn of(
    cx: &PagingCx<'_>,
    groups: &[PropertyGroup<'_>],
    item: &Type,
    why: &mut Option<String>,
) -> Option<ListPaging> {
    let all: [PagingRule; 8] =
        [token, cursor, last_id, header, link, next_url, offset, page_number];
    let page = PageSchema { groups, item };
    match cx.rule.map(|it| it.style) {
        None => all.iter().find_map(|it| it(cx, &page, why)),
        Some(PaginationStyle::Cursor) => cursor(cx, &page, why),
        Some(PaginationStyle::Token) => token(cx, &page, why)
            .or_else(|| last_id(cx, &page, why))
            .or_else(|| header(cx, &page, why)),
        Some(PaginationStyle::Link) => {
            Some(ListPaging::new(PageParam::Link, NextPage::Header(None)))
        }
        Some(PaginationStyle::NextUrl) => next_url(cx, &page, why),
        Some(PaginationStyle::Offset) => offset(cx, &page, why),
        Some(PaginationStyle::Page) => page_number(cx, &page, why),
        Some(PaginationStyle::None) => None,
    }
}

impl ListPaging {
    pub(super) fn new(walk: PageParam, next: NextPage) -> Self {
        Self { walk, next, more: None }
    }
}

/// `starting_after` the id of the last item, while `has_more`.
fn cursor(
    cx: &PagingCx<'_>,
    page: &PageSchema<'_>,
    why: &mut Option<String>,
) -> Option<ListPaging> {
    let more = flag(cx, page)?;
    let id = structure(cx.api, page.item)?.fields.iter().find(|it| is_key(&it.wire_name, "id"))?;
    let id_value = value(cx.api, &id.ty, &said(cx.document, &id.at));
    if id_value == ValueKind::Other {
        return None;
    }
    let fits = |it: &&Param| takes_id(&cx.value(it), &id_value) && !is_dated(&cx.said(it));
    let param = cx.stated().or_else(|| cx.params(CURSORS).find(fits));
    let Some(param) = param else {
        if let Some(other) = cx.param(CURSORS) {
            let text = format!("`{}` does not take what the `id` of an item is", other.wire_name);
            why.get_or_insert(text);
        }
        return None;
    };
    let stated = cx.rule.and_then(|it| it.backwards.clone());
    let backwards =
        stated.or_else(|| cx.params(BACKWARDS).find(fits).map(|it| it.wire_name.clone()));
    let walk =
        PageParam::Cursor { param: param.wire_name.clone(), backwards, id: id.wire_name.clone() };
    Some(ListPaging::new(walk, NextPage::HasMore(more)))
}

/// A token in the page, to be sent back as it is.
fn token(cx: &PagingCx<'_>, page: &PageSchema<'_>, why: &mut Option<String>) -> Option<ListPaging> {
    let stated_next = cx.rule.and_then(|it| it.next.as_deref());
    let of_rule = cx.stated();
    let params: Vec<_> = match of_rule {
        Some(param) => vec![param],
        None => cx.params(TOKENS).chain(cx.params(OFFSETS)).chain(cx.params(PAGES)).collect(),
    };
    let next = match stated_next {
        Some(name) => {
            let found = properties(page.groups, &[&*key(name)]).into_iter().next()?;
            Some((*params.first()?, found))
        }
        None => paired(cx, page, &params).or_else(|| usual(cx, page, &params, why)),
    };
    let (param, next) = next?;
    let name = param.wire_name.clone();
    // The name of the property leaves open if it is a token or a URL.
    let walk = match NEXT.contains(&&*next.key) && next.value(cx) != ValueKind::Integer {
        true => PageParam::NextUrl { token: Some(name) },
        false => PageParam::Token { param: name },
    };
    Some(ListPaging { walk, next: NextPage::Value(next.path), more: flag(cx, page) })
}

/// A parameter and the property that is named after it: `cursor` and `next_cursor`.
fn paired<'p>(
    cx: &PagingCx<'_>,
    page: &'p PageSchema<'_>,
    params: &[&'p Param],
) -> Option<(&'p Param, PageProperty<'p>)> {
    params.iter().find_map(|param| {
        let name = key(&param.wire_name);
        let takes_value = cx.value(param);
        // A number under the parameter's own name is the one that was asked for.
        let same = match &takes_value {
            ValueKind::Integer => name == "cursor",
            _ => SAME.contains(&&*name),
        };
        let after = format!("next{name}");
        let mut names = vec![after.as_str()];
        names.extend(Some(name.as_str()).filter(|it| same || it.starts_with("next")));
        let mut found = properties(page.groups, &names).into_iter();
        let found = found.find(|it| takes(&takes_value, &it.value(cx)))?;
        Some((*param, found))
    })
}

/// A parameter for a token and a property with one, under usual names.
fn usual<'p>(
    cx: &PagingCx<'_>,
    page: &'p PageSchema<'_>,
    params: &[&'p Param],
    why: &mut Option<String>,
) -> Option<(&'p Param, PageProperty<'p>)> {
    let named = properties(page.groups, NEXT_TOKENS).into_iter();
    let inside = properties(page.groups, &[NEXT, IN_NEXT].concat()).into_iter();
    let inside = inside.filter(|it| match (it.container, &*it.key) {
        ("", key) => NEXT.contains(&key),
        ("next" | "nextpage", key) => IN_NEXT.contains(&key),
        ("cursor" | "cursors", "after") | (_, "next" | "nextpage") => true,
        _ => false,
    });
    let found: Vec<_> = named.chain(inside).collect();
    for param in params {
        let takes_value = cx.value(param);
        // A number, or the text of a page's number, is a token only if it is the next one.
        let number = takes_value == ValueKind::Integer
            || is_number(cx.api, &param.ty, &cx.said(param))
            || !TOKENS.contains(&&*key(&param.wire_name))
            || PAGES.contains(&&*key(&param.wire_name));
        let fits = |it: &PageProperty<'_>| match (number, it.value(cx)) {
            (false, value) => takes(&takes_value, &value),
            (true, value) => {
                NEXT.contains(&&*it.key) && value != ValueKind::Any && takes(&takes_value, &value)
            }
        };
        if let Some(index) = found.iter().position(fits) {
            return Some((*param, found.into_iter().nth(index)?));
        }
        if let Some(other) = found.first().filter(|_| !number) {
            let text = format!(
                "`{}` does not take what `{}` holds",
                param.wire_name,
                other.path.join(".")
            );
            why.get_or_insert(text);
        }
    }
    None
}

/// The id of the last item, which the page repeats, while there is more.
fn last_id(cx: &PagingCx<'_>, page: &PageSchema<'_>, _: &mut Option<String>) -> Option<ListPaging> {
    let more = flag(cx, page)?;
    let last = properties(page.groups, LAST_IDS).into_iter().next()?;
    let fits = |it: &&Param| takes_id(&cx.value(it), &last.value(cx));
    let param = cx.params(CURSORS).chain(cx.params(TOKENS)).find(fits)?;
    let walk = PageParam::Token { param: param.wire_name.clone() };
    Some(ListPaging { walk, next: NextPage::Value(last.path), more: Some(more) })
}

/// A token in a header of the response.
fn header(cx: &PagingCx<'_>, page: &PageSchema<'_>, _: &mut Option<String>) -> Option<ListPaging> {
    let header = cx.token_header()?;
    let name = key(header);
    let name = name.trim_start_matches('x');
    let name = name.strip_prefix("next").unwrap_or(name);
    let ends = |it: &&Param| {
        let param = key(&it.wire_name);
        param == name || param == format!("next{name}")
    };
    let takes_token = |it: &&Param| !matches!(cx.value(it), ValueKind::Other | ValueKind::Time(_));
    let all = || cx.params(TOKENS).chain(cx.params(PAGES)).filter(takes_token);
    let number = |it: &&Param| !PAGES.contains(&&*key(&it.wire_name));
    let param = all().find(ends).or_else(|| all().find(number))?;
    let walk = PageParam::Token { param: param.wire_name.clone() };
    Some(ListPaging { walk, next: NextPage::Header(Some(header.to_owned())), more: flag(cx, page) })
}

/// A `Link` header, where the document declares one.
fn link(cx: &PagingCx<'_>, _: &PageSchema<'_>, _: &mut Option<String>) -> Option<ListPaging> {
    let headers = &cx.operation.response_headers;
    let declared = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("link"));
    declared.then(|| ListPaging::new(PageParam::Link, NextPage::Header(None)))
}

/// The next page's URL in the page.
fn next_url(
    cx: &PagingCx<'_>,
    page: &PageSchema<'_>,
    _: &mut Option<String>,
) -> Option<ListPaging> {
    let is_text =
        |it: &PageProperty<'_>| matches!(it.value(cx), ValueKind::Text(_) | ValueKind::Url);
    let stated = cx.rule.and_then(|it| it.next.as_deref()).map(key);
    let found = match &stated {
        Some(name) => properties(page.groups, &[name.as_str()]),
        None => {
            let mut found = properties(page.groups, &[NEXT_URLS, HREFS].concat());
            found.retain(|it| match it.container {
                "next" | "nextpage" => true,
                _ => !HREFS.contains(&&*it.key),
            });
            found
        }
    };
    let next = found.into_iter().find(is_text)?;
    let moves = [OFFSETS, PAGES, LIMITS, TOKENS].iter().any(|it| cx.param(it).is_some());
    let certain = next.value(cx) == ValueKind::Url || !NEXT.contains(&&*next.key);
    if !(moves || stated.is_some() || certain) {
        return None;
    }
    let mut way = ListPaging::new(PageParam::NextUrl { token: None }, NextPage::Value(next.path));
    way.more = flag(cx, page);
    Some(way)
}

/// Paging by the number of items to skip.
fn offset(
    cx: &PagingCx<'_>,
    page: &PageSchema<'_>,
    why: &mut Option<String>,
) -> Option<ListPaging> {
    let param = numbered(cx, OFFSETS, why)?;
    let is_range =
        RANGE_STARTS.contains(&&*key(&param.wire_name)) && cx.param(RANGE_ENDS).is_some();
    if is_range && cx.stated().is_none() {
        return None;
    }
    let next = rest(cx, page, &[]);
    let stated = cx.stated().is_some();
    if cx.param(LIMITS).is_none() && next == NextPage::AnyItems && !stated {
        return None;
    }
    // The positions of SCIM start at 1 (RFC 7644, 3.4.2.4).
    let scim = is_key(&param.wire_name, "startindex") && has(page, "totalresults");
    let first = number(cx, param).unwrap_or(i64::from(scim));
    Some(ListPaging::new(PageParam::Offset { param: param.wire_name.clone(), first }, next))
}

/// The page's number.
fn page_number(
    cx: &PagingCx<'_>,
    page: &PageSchema<'_>,
    why: &mut Option<String>,
) -> Option<ListPaging> {
    let param = numbered(cx, PAGES, why)?;
    let first = number(cx, param).unwrap_or(1);
    let mut next = rest(cx, page, TOTAL_PAGES);
    // The number of the last page is how many there are only if the first one is 1.
    if first != 1
        && matches!(&next, NextPage::Pages(path) if path.last().is_some_and(|it| is_key(it, "lastpage")))
    {
        next = rest(cx, page, &[]);
    }
    Some(ListPaging::new(PageParam::Page { param: param.wire_name.clone(), first }, next))
}

/// The first parameter that takes numbers.
fn numbered<'a>(
    cx: &PagingCx<'a>,
    names: &'a [&str],
    why: &mut Option<String>,
) -> Option<&'a Param> {
    if let Some(stated) = cx.stated() {
        return Some(stated);
    }
    let found = cx.params(names).find(|it| is_number(cx.api, &it.ty, &cx.said(it)));
    if found.is_none()
        && let Some(other) = cx.param(names)
    {
        let text =
            format!("`{}` takes no number, and the page has no token for it", other.wire_name);
        why.get_or_insert(text);
    }
    found
}

/// The first number that a parameter takes.
pub(super) fn number(cx: &PagingCx<'_>, param: &Param) -> Option<i64> {
    let stated = cx.rule.and_then(|it| it.first);
    stated.or_else(|| first(cx.api, &param.ty, &cx.said(param)))
}

/// The property that says whether a list has more pages, where pages or items are counted.
pub(super) fn rest(cx: &PagingCx<'_>, page: &PageSchema<'_>, pages: &[&str]) -> NextPage {
    if let Some(more) = flag(cx, page) {
        return NextPage::HasMore(more);
    }
    let number = |names: &[&str]| {
        let mut found = properties(page.groups, names).into_iter();
        found.find(|it| it.value(cx) == ValueKind::Integer).map(|it| it.path)
    };
    number(pages)
        .map(NextPage::Pages)
        .or_else(|| number(TOTALS).map(NextPage::Total))
        .unwrap_or(NextPage::AnyItems)
}

/// The property that says whether there is more.
fn flag(cx: &PagingCx<'_>, page: &PageSchema<'_>) -> Option<Vec<String>> {
    let stated = cx.rule.and_then(|it| it.next.as_deref()).map(key);
    let stated = stated.iter().flat_map(|it| properties(page.groups, &[it.as_str()]));
    let mut found = stated.chain(properties(page.groups, MORE));
    found.find(|it| is_flag(cx.api, &it.field.ty)).map(|it| it.path)
}

fn has(page: &PageSchema<'_>, name: &str) -> bool {
    !properties(page.groups, &[name]).is_empty()
}
