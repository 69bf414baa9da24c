//! The way from one page to the next, which always ends.

use super::next::{Says, integer};
use super::{Next, Page, Paged};
use crate::call::Draft;
use crate::error::{Error, ErrorKind};
use crate::operation::{By, Paging};
use crate::param::{Node, Style, query};
use crate::redact::redact;
use crate::reply::Reply;
use crate::sending::Sending;
use crate::uri::Url;
use http::header::LINK;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher as _};

/// Where a page leads.
#[derive(Clone)]
pub(super) enum Step {
    End,
    To(Box<Draft>),
    Fail(&'static str, String),
}

impl Step {
    pub(super) fn send<O: Paged>(self) -> Option<Sending<Page<O>>> {
        match self {
            Self::End => None,
            Self::To(draft) => Some(Page::ask(draft)),
            Self::Fail(operation, why) => {
                let error = Error::new(ErrorKind::Paging, why).with_operation(operation);
                Some(Sending::new(Box::pin(std::future::ready(Err(error))), Page::read))
            }
        }
    }
}

/// What of a page matters for the next one, without its type.
struct Seen<'i> {
    says: Says,
    len: usize,
    first: &'i dyn Fn() -> Option<String>,
    last: &'i dyn Fn() -> Option<String>,
}

/// Where a page leads, of which some items were left out.
pub(super) fn step<O: Paged>(page: &O::Page, left_out: usize, reply: Reply) -> Step {
    let items = O::peek(page);
    let seen = Seen {
        says: O::next(page).0,
        len: items.len() + left_out,
        first: &|| items.first().and_then(O::id),
        last: &|| items.last().and_then(O::id),
    };
    lead(seen, reply)
}

fn lead(mut seen: Seen<'_>, mut reply: Reply) -> Step {
    let Some(paging) = reply.draft.operation.paging else { return Step::End };
    let empty = seen.len == 0;
    reply.draft.empty = if empty { reply.draft.empty.saturating_add(1) } else { 0 };
    let fail = |why: &str| Step::Fail(reply.draft.operation.id, why.to_owned());
    if let Some(name) = paging.header {
        seen.says = Next::token(&header(&reply, name)).0;
    }
    match &seen.says {
        Says::More(false) => return Step::End,
        Says::More(true) if empty => {
            return fail("the page is empty and yet says that there is more");
        }
        Says::WhileAny if empty && !matches!(paging.by, By::Link) => return Step::End,
        Says::Total(_) | Says::Pages(_) if empty => return Step::End,
        Says::More(true) | Says::WhileAny | Says::Total(_) | Says::Pages(_) | Says::To(_) => {}
    }
    match (paging.by, seen.says) {
        (By::Cursor(param), _) => {
            let backwards =
                paging.backwards.filter(|it| reply.draft.query.iter().any(|set| set.0 == *it));
            let (param, id) = backwards.map_or((param, seen.last), |it| (it, seen.first));
            match id() {
                Some(id) => follow(reply, Some(param), id),
                None => {
                    fail("the page says that there is more, and its items have no id to go on from")
                }
            }
        }
        (By::Offset(param), says) => {
            let at = number(&reply.draft, param).unwrap_or(paging.first);
            let next = at.saturating_add(count(seen.len));
            let is_last = matches!(says, Says::Total(total) if total > 0 && next.saturating_sub(paging.first) >= total);
            if is_last { Step::End } else { count_on(reply, param, next) }
        }
        (By::Page(param), says) => page_number(paging, param, &says, seen.len, reply),
        (By::Link, _) => match link(&reply) {
            Some(url) => follow(reply, None, url),
            None => Step::End,
        },
        (By::Token(param), Says::To(Some(token))) => follow(reply, Some(param), token),
        (By::Url(param), Says::To(Some(next))) => match (is_url(&reply, &next, param), param) {
            (true, _) => follow(reply, None, next),
            (false, Some(param)) => follow(reply, Some(param), next),
            (false, None) => {
                fail("what the page holds for the next one is neither a URL nor a path")
            }
        },
        (By::Token(_) | By::Url(_), _) => Step::End,
    }
}

/// Goes on to the next number, unless as many pages or items have come as there are. What has come
/// counts, and not what was asked for: a server may give less.
fn page_number(
    paging: Paging,
    param: &'static str,
    says: &Says,
    len: usize,
    mut reply: Reply,
) -> Step {
    let page = number(&reply.draft, param).unwrap_or(paging.first);
    let before = page.saturating_sub(paging.first).max(0);
    let len = count(len);
    let known = reply.draft.passed;
    let passed = known.unwrap_or_else(|| before.saturating_mul(len)).saturating_add(len);
    // A walk that starts in the middle, perhaps with the last page, which is shorter than others.
    let limit = paging.limit.filter(|_| known.is_none() && before > 0);
    let limit = limit.and_then(|it| number(&reply.draft, it));
    let asked = limit.map(|it| before.saturating_mul(it).saturating_add(len));
    let is_last = match says {
        Says::Total(total) => *total > 0 && (passed >= *total || asked == Some(*total)),
        Says::Pages(pages) => *pages > 0 && before.saturating_add(1) >= *pages,
        Says::More(_) | Says::WhileAny | Says::To(_) => false,
    };
    reply.draft.passed = Some(passed);
    if is_last { Step::End } else { count_on(reply, param, page.saturating_add(1)) }
}

fn count(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// Goes on by a number. A server that pays no heed to the number would send the same page for ever:
/// it is known by its bytes.
fn count_on(mut reply: Reply, param: &'static str, next: i64) -> Step {
    let page = hash(reply.bytes());
    if reply.draft.met.contains(&page) {
        return Step::Fail(
            reply.draft.operation.id,
            format!("the server sends the same page for another `{param}`"),
        );
    }
    reply.draft.met.push(page);
    follow(reply, Some(param), next.to_string())
}

/// Whether what a page holds is a URL or a path. Where a parameter would take it, a text that only
/// starts like a path may be a token.
fn is_url(reply: &Reply, next: &str, param: Option<&str>) -> bool {
    let scheme = next.split_once("://").map_or("", |it| it.0);
    if !scheme.is_empty() {
        return scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    }
    let is_path = next.starts_with(['/', '?', '.']);
    match param {
        None => is_path || next.contains('?'),
        Some(_) => {
            let current = current(reply);
            let path = current.as_ref().map_or("", Url::path);
            let path = if path.is_empty() { "/" } else { path };
            is_path && (next.contains('?') || next.starts_with(path))
        }
    }
}

/// The value of a response header.
fn header<'r>(reply: &'r Reply, name: &str) -> Option<&'r str> {
    reply.answer.headers.get(name)?.to_str().ok().map(str::trim)
}

/// Goes on by a cursor, or by a URL where there is no parameter for one; each only once.
fn follow(mut reply: Reply, param: Option<&'static str>, cursor: String) -> Step {
    let operation = reply.draft.operation.id;
    let met = hash(&(param, &cursor));
    let shown = || {
        let shown = redact(cursor.clone(), &reply.secrets());
        shown.chars().take(80).collect::<String>()
    };
    if reply.draft.met.contains(&met) {
        let shown = shown();
        return Step::Fail(
            operation,
            format!("the cursor {shown:?} came before: the pages would never end"),
        );
    }
    let (empty, max) = (reply.draft.empty, reply.draft.max_empty_pages());
    if empty > max {
        let shown = shown();
        return Step::Fail(
            operation,
            format!(
                "{empty} pages in a row are empty, and the last one leads on to {shown:?}; `max_empty_pages` permits {max}"
            ),
        );
    }
    reply.draft.met.push(met);
    reply.draft.deadline = None;
    match param {
        Some(param) => {
            let text = query(param, &Node::Text(cursor), Style::FORM);
            reply.draft.url = None;
            reply.draft.set_query(Cow::Borrowed(param), text);
        }
        None => match resolve(&reply, &cursor) {
            Ok(url) => reply.draft.url = Some(url),
            Err(why) => return Step::Fail(operation, why),
        },
    }
    Step::To(reply.draft)
}

/// The URL of the page at hand, against which others are resolved (RFC 3986, 5.1.3).
fn current(reply: &Reply) -> Option<Url> {
    let (url, _) = crate::send::url(&reply.draft).ok()?;
    Url::parse(&url)
}

/// The URL of a next page, which must be on the server of the client.
fn resolve(reply: &Reply, target: &str) -> Result<String, String> {
    let server = &reply.draft.core.0.server;
    let url = current(reply)
        .and_then(|it| it.join(target))
        .ok_or_else(|| "the URL of the next page is none".to_owned())?;
    if !server.may_hold_credentials(url.as_str(), false) {
        return Err(format!(
            "the next page is elsewhere, at `{:.200}`, where no credential goes",
            redact(url.origin().to_owned(), &reply.secrets())
        ));
    }
    Ok(url.as_str().to_owned())
}

/// The target of `Link: <…>; rel="next"` (RFC 8288).
fn link(reply: &Reply) -> Option<String> {
    let headers = reply.answer.headers.get_all(LINK).iter().filter_map(|it| it.to_str().ok());
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
fn number(draft: &Draft, param: &str) -> Option<i64> {
    let pair = draft.query.iter().find(|it| it.0 == param)?;
    let value = pair.1.split_once('=')?.1;
    integer(&percent_decode_str(value).decode_utf8().ok()?)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
