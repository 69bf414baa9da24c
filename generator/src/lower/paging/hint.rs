//! Paging as `x-speakeasy-pagination` of an operation describes it: parameters by name, properties by JSONPath.

use super::page::groups;
use super::page::{Items, follow, items, list};
use super::rules::{PageSchema, number, rest};
use super::words::LIMITS;
use super::{ListPaging, PagingCx, structure};
use crate::diag::{NOT_EXPRESSED, Sink};
use crate::ir::{NextPage, Operation, PageParam, Paging, Param, ParamPlace, Type};
use crate::load::{Document, NodeRef};

pub(super) const KEY: &str = "x-speakeasy-pagination";

/// The paging that the extension describes. One that a client does not express is told, and counts for nothing.
pub(super) fn paging(cx: &PagingCx<'_>, page: &Type, sink: &mut Sink) -> Option<Paging> {
    let hint = cx.document.at(&cx.operation.at)?.child(KEY)?;
    let found = described(cx, &hint, page);
    // The media types of a body share what the operation gives.
    if let (Err(why), None) = (&found, &cx.operation.variant) {
        let message = format_args!("this paging is not expressed: {why}");
        sink.report(&NOT_EXPRESSED, &hint.at, message)
            .edit("say under `pagination` in {client} how the list goes on");
    }
    found.ok()
}

/// Passes over the extension where `client.yaml` says how the list goes on.
pub(super) fn pass_over(document: &Document, operation: &Operation) {
    if let Some(hint) = document.at(&operation.at).and_then(|it| it.child(KEY)) {
        hint.pass_over();
    }
}

fn described(cx: &PagingCx<'_>, hint: &NodeRef<'_>, page: &Type) -> Result<Paging, String> {
    let outputs = hint.child("outputs");
    let output = |key: &str| outputs.as_ref().and_then(|it| it.text(key));
    let Items { path, item } = match output("results") {
        Some(text) => listed(cx, page, text)?,
        None => items(cx, page, None).map_err(|_| "`results` is missing".to_owned())?,
    };
    let property = |key: &str| {
        let text = output(key).ok_or_else(|| format!("`{key}` is missing"))?;
        let (path, found) = property(cx, page, text)?;
        // An object or a list leads nowhere.
        match structure(cx.api, found).is_none() && list(cx, found).is_none() {
            true => Ok(path),
            false => Err(format!("`{text}` is no plain value")),
        }
    };
    let groups = groups(cx, structure(cx.api, page));
    let schema = PageSchema { groups: &groups, item: &item };
    let way = match hint.text("type") {
        Some("cursor") => {
            let param = input(cx, hint, "cursor")?.ok_or("no input is a cursor")?.wire_name.clone();
            ListPaging::new(PageParam::Token { param }, NextPage::Value(property("nextCursor")?))
        }
        Some("url") => {
            let next = NextPage::Value(property("nextUrl")?);
            ListPaging::new(PageParam::NextUrl { token: None }, next)
        }
        Some("offsetLimit") => match (input(cx, hint, "page")?, input(cx, hint, "offset")?) {
            (Some(param), _) => {
                let first = number(cx, param).unwrap_or(1);
                let next = match output("numPages") {
                    Some(_) => NextPage::Pages(property("numPages")?),
                    None => rest(cx, &schema, &[]),
                };
                ListPaging::new(PageParam::Page { param: param.wire_name.clone(), first }, next)
            }
            (None, Some(param)) => {
                let first = number(cx, param).unwrap_or(0);
                let walk = PageParam::Offset { param: param.wire_name.clone(), first };
                ListPaging::new(walk, rest(cx, &schema, &[]))
            }
            (None, None) => return Err("no input is a page or an offset".to_owned()),
        },
        other => return Err(format!("`{}` is no known type", other.unwrap_or_default())),
    };
    let limit = input(cx, hint, "limit")?.or_else(|| cx.param(LIMITS));
    Ok(Paging {
        walk: way.walk,
        limit: limit.map(|it| it.wire_name.clone()),
        page: page.clone(),
        items: path,
        item,
        next: way.next,
        more: way.more,
    })
}

/// The parameter of the query that is the input of a type.
fn input<'a>(cx: &PagingCx<'a>, hint: &NodeRef<'_>, ty: &str) -> Result<Option<&'a Param>, String> {
    let mut inputs = hint.items("inputs");
    let Some(found) = inputs.find(|it| it.text("type") == Some(ty)) else { return Ok(None) };
    let name = found.text("name").unwrap_or_default();
    if found.text("in") == Some("requestBody") {
        return Err(format!("`{name}` is sent in the body"));
    }
    let mut query = cx.operation.params.iter().filter(|it| it.place == ParamPlace::Query);
    let param = query.find(|it| it.wire_name == name);
    param.map(Some).ok_or_else(|| format!("`{name}` is no parameter of the query"))
}

/// The list that a JSONPath leads to.
fn listed(cx: &PagingCx<'_>, page: &Type, text: &str) -> Result<Items, String> {
    let (path, found) = property(cx, page, text)?;
    let item = list(cx, found).ok_or_else(|| format!("`{text}` is no list"))?;
    Ok(Items { path, item })
}

/// The properties on the way of a JSONPath, and the type of the last.
fn property<'a>(
    cx: &PagingCx<'a>,
    page: &'a Type,
    text: &str,
) -> Result<(Vec<String>, &'a Type), String> {
    let path = names(text).ok_or_else(|| format!("`{text}` does not name one property"))?;
    let found = follow(cx, page, &path).ok_or_else(|| format!("the page has no `{text}`"))?;
    Ok((path, found))
}

/// The names in a JSONPath that is nothing but names: `$.meta.next`.
fn names(text: &str) -> Option<Vec<String>> {
    let rest = text.strip_prefix('$')?;
    let names: Vec<_> = rest.split('.').skip(1).map(str::to_owned).collect();
    let is_name = |it: &String| {
        !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | '$'))
    };
    let is_rooted = rest.is_empty() || rest.starts_with('.');
    (is_rooted && names.iter().all(is_name)).then_some(names)
}
