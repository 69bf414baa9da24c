//! Base URLs: of the API, and of operations that have their own.

use super::LowerCx;
use crate::diag::{BAD_SERVER, NOT_EXPRESSED};
use crate::ir::{Server, ServerVariable};
use crate::load::{Json, NodeRef};

/// The API's first server; empty where there is none, so that the caller must give a base URL.
pub(super) fn of_document(cx: &mut LowerCx<'_>) -> Server {
    let root = cx.document.root();
    first(cx, &root).or_else(|| common(cx)).unwrap_or_default()
}

/// Says that a client uses one server where the document has several.
pub(super) fn report_others(cx: &mut LowerCx<'_>) {
    for other in cx.document.root().items("servers").skip(1) {
        let url = other.text("url").unwrap_or_default().to_owned();
        let message = format_args!(
            "the client's default is the first server: `{url}` is reached by `base_url`"
        );
        cx.sink.report(&NOT_EXPRESSED, &other.at, message);
        other.pass_over();
    }
}

/// Where the document has no server, the one that all its paths name.
fn common(cx: &mut LowerCx<'_>) -> Option<Server> {
    let items: Vec<_> = cx.document.root().entries("paths").map(|(_, it)| it).collect();
    let mut servers = Vec::new();
    for item in items {
        servers.push(first(cx, &item)?);
    }
    servers.sort_by_key(|it| it.url.len());
    let shortest = servers.first()?.clone();
    servers.iter().all(|it| it.url.starts_with(&shortest.url)).then_some(shortest)
}

/// The server of an operation, where it is not the API's.
pub(super) fn of_operation<'a>(
    cx: &mut LowerCx<'a>,
    item: &NodeRef<'a>,
    operation: &NodeRef<'a>,
) -> Option<Server> {
    let own = first(cx, operation).or_else(|| first(cx, item))?;
    (own.url.trim_end_matches('/') != cx.server.url.trim_end_matches('/')).then_some(own)
}

/// The description of a variable and its allowed values.
fn variable_docs(spot: &NodeRef<'_>, values: &[String]) -> Option<String> {
    let listed: Vec<_> = values.iter().map(|it| format!("`{it}`")).collect();
    let listed = (!listed.is_empty()).then(|| format!("One of {}.", listed.join(", ")));
    let said = spot.text("description").map(|it| it.trim().to_owned());
    let both: Vec<_> = said.into_iter().chain(listed).collect();
    (!both.is_empty()).then(|| both.join("\n\n"))
}

fn first<'a>(cx: &mut LowerCx<'a>, spot: &NodeRef<'a>) -> Option<Server> {
    let spot = spot.items("servers").next()?;
    let read = spot.server(cx.sink).ok()?;
    let text = |it: Json| match it {
        Json::String(text) => text,
        other => other.to_string(),
    };
    let variables = spot.entries("variables").map(|(name, it)| {
        let values = it.values("enum").unwrap_or_default().iter().map(|it| text(it.to_json()));
        let values: Vec<_> = values.collect();
        ServerVariable {
            name: name.to_owned(),
            default: it.json("default").map(text).unwrap_or_default(),
            docs: variable_docs(&it, &values),
            values,
        }
    });
    let variables: Vec<ServerVariable> = variables.collect();
    let url = read.url().to_owned();
    let Some(why) = objection(cx, &url, &spot) else { return Some(Server { url, variables }) };
    // Many operations may share it.
    if cx.told.insert(spot.at.clone()) {
        cx.sink.report(&BAD_SERVER, &spot.at, why);
    }
    None
}

/// Why no client can call a server by its URL.
fn objection(cx: &LowerCx<'_>, url: &str, spot: &NodeRef<'_>) -> Option<String> {
    if let Some(why) = unfilled(cx, url, spot) {
        return Some(why);
    }
    malformed(url).or_else(|| beyond_path(url)).map(|why| format!("a server's URL {why}"))
}

/// Why paths cannot be added to a URL, or keys not be kept out of messages.
fn beyond_path(url: &str) -> Option<&'static str> {
    let authority =
        url.split_once("//").map_or("", |it| it.1.split('/').next().unwrap_or_default());
    if authority.contains('@') {
        Some("names a user")
    } else if url.contains(['?', '#']) {
        Some("has a query or a fragment, to which no path can be added")
    } else {
        None
    }
}

/// Why a text is no URL that a client can call.
pub(super) fn malformed(url: &str) -> Option<&'static str> {
    if url.chars().any(|it| it.is_whitespace() || it.is_control()) {
        Some("holds blanks")
    } else if url.split_once("://").is_some_and(|it| it.1.is_empty() || it.1.starts_with('/')) {
        Some("names no host")
    } else if !url.contains("://") && has_scheme(url) {
        Some("has no `//` behind its scheme")
    } else {
        None
    }
}

/// True if a URL begins with a scheme (RFC 3986, 3.1).
fn has_scheme(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |it| it.0);
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
}

/// Why a URL cannot be completed: a variable in it is not declared, or has no default.
fn unfilled(cx: &LowerCx<'_>, url: &str, spot: &NodeRef<'_>) -> Option<String> {
    let variables = spot.child("variables");
    let mut names = url.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0));
    names.find_map(|name| match variables.as_ref().and_then(|it| it.child(name)) {
        // An operation's own server has the variables of the document's.
        None if cx.server.variables.iter().any(|it| it.name == name) => None,
        None => Some(format!("`{{{name}}}` of a server's URL is no declared variable")),
        Some(it) if !it.mentions("default") => {
            Some(format!("the variable `{name}` of a server's URL has no default"))
        }
        Some(_) => None,
    })
}
