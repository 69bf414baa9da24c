//! The step from one page to the next. It ends on every server.

use super::next_page::{NextPageHint, integer};
use super::{NextPage, Page, Paged};
use crate::call::RequestParts;
use crate::error::{Error, ErrorKind};
use crate::operation::{PageParam, Paging};
use crate::param::{Node, Style, query};
use crate::redact::redact;
use crate::response::ReceivedResponse;
use crate::response_future::ResponseFuture;
use crate::uri::Url;
use http::header::LINK;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// The step after a page: the end, the call for the next page, or an error.
#[derive(Clone)]
pub(super) enum NextStep {
    End,
    Send(Box<RequestParts>),
    Fail(&'static str, String),
}

impl NextStep {
    pub(super) fn send<O: Paged>(self) -> Option<ResponseFuture<Page<O>>> {
        match self {
            Self::End => None,
            Self::Send(call) => Some(Page::ask(call)),
            Self::Fail(operation, why) => {
                let error = Error::new(ErrorKind::Paging, why).with_operation(operation);
                Some(ResponseFuture::new(Box::pin(std::future::ready(Err(error))), Page::read))
            }
        }
    }
}

/// The data of a page that decides the next step, without the type of the page.
struct PageSummary<'i> {
    hint: NextPageHint,
    len: usize,
    first: &'i dyn Fn() -> Option<String>,
    last: &'i dyn Fn() -> Option<String>,
}

/// The step after a page of which `left_out` items were left out.
pub(super) fn after_page<O: Paged>(
    page: &O::Page,
    skipped: usize,
    response: ReceivedResponse,
) -> NextStep {
    let items = O::peek(page);
    let summary = PageSummary {
        hint: O::next(page).0,
        len: items.len() + skipped,
        first: &|| items.first().and_then(O::id),
        last: &|| items.last().and_then(O::id),
    };
    next_step(summary, response)
}

fn next_step(mut summary: PageSummary<'_>, mut response: ReceivedResponse) -> NextStep {
    let Some(paging) = response.call.operation.paging else { return NextStep::End };
    let empty = summary.len == 0;
    response.call.empty = if empty { response.call.empty.saturating_add(1) } else { 0 };
    let fail = |why: &str| NextStep::Fail(response.call.operation.id, why.to_owned());
    if let Some(name) = paging.header {
        summary.hint = NextPage::token(&header(&response, name)).0;
    }
    match &summary.hint {
        NextPageHint::More(false) => return NextStep::End,
        NextPageHint::More(true) if empty => {
            return fail("the page is empty and yet says that there is more");
        }
        NextPageHint::WhileAny if empty && !matches!(paging.param, PageParam::Link) => {
            return NextStep::End;
        }
        NextPageHint::Total(_) | NextPageHint::Pages(_) if empty => return NextStep::End,
        NextPageHint::More(true)
        | NextPageHint::WhileAny
        | NextPageHint::Total(_)
        | NextPageHint::Pages(_)
        | NextPageHint::To(_) => {}
    }
    match (paging.param, summary.hint) {
        (PageParam::Cursor(param), _) => {
            let backwards =
                paging.backwards.filter(|it| response.call.query.iter().any(|set| set.0 == *it));
            let (param, id) = backwards.map_or((param, summary.last), |it| (it, summary.first));
            match id() {
                Some(id) => follow(response, Some(param), id),
                None => fail(
                    "the page says that there is more, and its items have no id to continue from",
                ),
            }
        }
        (PageParam::Offset(param), hint) => {
            let at = number(&response.call, param).unwrap_or(paging.first);
            let next = at.saturating_add(count(summary.len));
            let is_last = matches!(hint, NextPageHint::Total(total) if total > 0 && next.saturating_sub(paging.first) >= total);
            if is_last { NextStep::End } else { to_number(response, param, next) }
        }
        (PageParam::Page(param), hint) => page_number(paging, param, &hint, summary.len, response),
        (PageParam::Link, _) => match link(&response) {
            Some(url) => follow(response, None, url),
            None => NextStep::End,
        },
        (PageParam::Token(param), NextPageHint::To(Some(token))) => {
            follow(response, Some(param), token)
        }
        (PageParam::Url(param), NextPageHint::To(Some(next))) => follow_url(response, param, next),
        (PageParam::Token(_) | PageParam::Url(_), _) => NextStep::End,
    }
}

/// Follows a URL or path, or sends what is neither as a token where a parameter takes one.
fn follow_url(response: ReceivedResponse, param: Option<&'static str>, next: String) -> NextStep {
    match (is_url(&response, &next, param), param) {
        (true, _) => follow(response, None, next),
        (false, Some(param)) => follow(response, Some(param), next),
        (false, None) => NextStep::Fail(
            response.call.operation.id,
            "what the page holds for the next one is neither a URL nor a path".to_owned(),
        ),
    }
}

/// Takes the next number, unless all pages or items have arrived. Items that arrived are counted, not
/// those that were asked for: a server may give less.
fn page_number(
    paging: Paging,
    param: &'static str,
    hint: &NextPageHint,
    len: usize,
    mut response: ReceivedResponse,
) -> NextStep {
    let page = number(&response.call, param).unwrap_or(paging.first);
    let before = page.saturating_sub(paging.first).max(0);
    let len = count(len);
    let known = response.call.items_before;
    let items_before = known.unwrap_or_else(|| before.saturating_mul(len)).saturating_add(len);
    // The pages start in the middle, perhaps with the last one, which is shorter than others.
    let limit = paging.limit.filter(|_| known.is_none() && before > 0);
    let limit = limit.and_then(|it| number(&response.call, it));
    let asked = limit.map(|it| before.saturating_mul(it).saturating_add(len));
    let is_last = match hint {
        NextPageHint::Total(total) => {
            *total > 0 && (items_before >= *total || asked == Some(*total))
        }
        NextPageHint::Pages(pages) => *pages > 0 && before.saturating_add(1) >= *pages,
        NextPageHint::More(_) | NextPageHint::WhileAny | NextPageHint::To(_) => false,
    };
    response.call.items_before = Some(items_before);
    if is_last { NextStep::End } else { to_number(response, param, page.saturating_add(1)) }
}

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// Sends the next number. A server that ignores it would send the same page for ever, which is
/// recognized by its bytes.
fn to_number(mut response: ReceivedResponse, param: &'static str, next: i64) -> NextStep {
    let page = hash(response.bytes());
    if response.call.seen.contains(&page) {
        return NextStep::Fail(
            response.call.operation.id,
            format!("the server sends the same page for another `{param}`"),
        );
    }
    response.call.seen.push(page);
    follow(response, Some(param), next.to_string())
}

/// True if a page holds a URL or a path. Where a parameter would take it, a text that only
/// starts like a path may be a token.
fn is_url(response: &ReceivedResponse, next: &str, param: Option<&str>) -> bool {
    let scheme = next.split_once("://").map_or("", |it| it.0);
    if !scheme.is_empty() {
        return scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    }
    let is_path = next.starts_with(['/', '?', '.']);
    match param {
        None => is_path || next.contains('?'),
        Some(_) => {
            let current = current(response);
            let path = current.as_ref().map_or("", Url::path);
            let path = if path.is_empty() { "/" } else { path };
            is_path && (next.contains('?') || next.starts_with(path))
        }
    }
}

/// The value of a response header.
fn header<'r>(response: &'r ReceivedResponse, name: &str) -> Option<&'r str> {
    response.parts.headers.get(name)?.to_str().ok().map(str::trim)
}

/// Follows a cursor, or a URL where there is no parameter for one; each only once.
fn follow(mut response: ReceivedResponse, param: Option<&'static str>, cursor: String) -> NextStep {
    let operation = response.call.operation.id;
    let seen = hash(&(param, &cursor));
    let shown = || {
        let shown = redact(cursor.clone(), &response.secrets());
        shown.chars().take(80).collect::<String>()
    };
    if response.call.seen.contains(&seen) {
        let shown = shown();
        return NextStep::Fail(
            operation,
            format!("the cursor {shown:?} came before: the pages would never end"),
        );
    }
    let (empty, max) = (response.call.empty, response.call.max_empty_pages());
    if empty > max {
        let shown = shown();
        return NextStep::Fail(
            operation,
            format!(
                "{empty} pages in a row are empty, and the last one leads on to {shown:?}; `max_empty_pages` permits {max}"
            ),
        );
    }
    response.call.seen.push(seen);
    response.call.deadline = None;
    match param {
        Some(param) => {
            let text = query(param, &Node::Text(cursor), Style::FORM);
            response.call.url = None;
            response.call.set_query(Cow::Borrowed(param), text);
        }
        None => match resolve(&response, &cursor) {
            Ok(url) => response.call.url = Some(url),
            Err(why) => return NextStep::Fail(operation, why),
        },
    }
    NextStep::Send(response.call)
}

/// The URL of the current page, against which others are resolved (RFC 3986, 5.1.3).
fn current(response: &ReceivedResponse) -> Option<Url> {
    let (url, _) = crate::send::url(&response.call).ok()?;
    Url::parse(&url)
}

/// The URL of a next page, which must be on the server of the client.
fn resolve(response: &ReceivedResponse, target: &str) -> Result<String, String> {
    let server = &response.call.core.0.server;
    let url = current(response)
        .and_then(|it| it.join(target))
        .ok_or_else(|| "the URL of the next page is not valid".to_owned())?;
    if !server.may_hold_credentials(url.as_str(), false) {
        return Err(format!(
            "the next page is elsewhere, at `{:.200}`, where no credential goes",
            redact(url.origin().to_owned(), &response.secrets())
        ));
    }
    Ok(url.as_str().to_owned())
}

/// The target of `Link: <…>; rel="next"` (RFC 8288).
fn link(response: &ReceivedResponse) -> Option<String> {
    let headers = response.parts.headers.get_all(LINK).iter().filter_map(|it| it.to_str().ok());
    headers.flat_map(|it| it.split(",<").flat_map(|it| it.split(", <"))).find_map(|it| {
        let (target, params) = it.trim_start().trim_start_matches('<').split_once('>')?;
        let is_next = |param: &str| {
            let (name, value) = param.split_once('=').unwrap_or_default();
            name.trim().eq_ignore_ascii_case("rel")
                && value
                    .trim()
                    .trim_matches('"')
                    .split_ascii_whitespace()
                    .any(|it| it.eq_ignore_ascii_case("next"))
        };
        params.split(';').any(is_next).then(|| target.to_owned())
    })
}

/// The value of a query parameter that holds a number.
fn number(call: &RequestParts, param: &str) -> Option<i64> {
    let pair = call.query.iter().find(|it| it.0 == param)?;
    let value = pair.1.split_once('=')?.1;
    integer(&percent_decode_str(value).decode_utf8().ok()?)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
