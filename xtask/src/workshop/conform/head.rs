//! The head of a request, by what the document says: its URL, its `Accept`, its credentials.

use super::document::{At, CheckedDocument};
use super::text::{self, matches, percent_decoded};
use super::{Sent, choice};
use serde_json::Value;

/// The credential of wire tests.
pub(super) const KEY: &str = "wire-test";
const BASIC: &str = "Basic d2lyZS10ZXN0OndpcmUtdGVzdA==";

/// The values of a path's parameters as they stand in a URL; nothing if it is none of this path.
pub(super) fn path_values<'u>(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    item: &At<'_>,
    template: &str,
    url: &'u str,
) -> Option<Vec<(String, &'u str)>> {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let template = template.split(['?', '#']).next().unwrap_or(template);
    let mut servers = server_urls(operation);
    for at in [item, &document.root()] {
        if servers.is_empty() {
            servers = server_urls(at);
        }
    }
    // Of one that a client must be told of, only the end of its URLs is known.
    let is_odd =
        |it: &String| it.is_empty() || it.contains(['{', ' ', '?', '#']) || it.ends_with(':');
    let has_user = |it: &String| it.split('/').nth(2).is_some_and(|it| it.contains('@'));
    let is_known = |it: &String| !is_odd(it) && !has_user(it);
    if !servers.iter().all(is_known) || servers.is_empty() {
        servers.push(String::new());
    }
    servers.iter().find_map(|server| {
        if server.contains("://") {
            return values(template, url.strip_prefix(server.as_str())?);
        }
        let rest = url.split_once("://")?.1;
        let path = &rest[rest.find('/').unwrap_or(rest.len())..];
        let own = path.strip_prefix(server.as_str()).and_then(|it| values(template, it));
        own.or_else(|| values(template, path_behind(path, template)?))
    })
}

/// The end of a path that a template describes, where only a client knows the server's prefix.
fn path_behind<'u>(path: &'u str, template: &str) -> Option<&'u str> {
    let segments = template.matches('/').count();
    let (start, _) = path.rmatch_indices('/').nth(segments.checked_sub(1)?)?;
    path.get(start..)
}

/// The URLs of servers, variables filled, without a slash at their ends.
fn server_urls(at: &At<'_>) -> Vec<String> {
    let urls = at.items("servers").into_iter().filter_map(|it| {
        let mut url = it.text("url")?.trim().to_owned();
        // One without a default stays, and makes a URL that only a client knows.
        for (name, variable) in it.entries("variables") {
            if let Some(default) = variable.node.get("default") {
                url = url.replace(&format!("{{{name}}}"), &plain(default));
            }
        }
        Some(url.trim_end_matches('/').to_owned())
    });
    // A relative one adds to the path, save for the dot that it may begin with.
    urls.map(|it| it.strip_prefix('.').map(str::to_owned).unwrap_or(it)).collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Takes a path apart by its template.
fn values<'u>(template: &str, path: &'u str) -> Option<Vec<(String, &'u str)>> {
    let mut found = Vec::new();
    let (mut template, mut path) = (template, path);
    loop {
        let start = template.find('{').unwrap_or(template.len());
        let literal = &template[..start];
        path = &path[literal_length(path, literal)?..];
        template = &template[start..];
        let Some(rest) = template.strip_prefix('{') else {
            return path.is_empty().then_some(found);
        };
        let (name, rest) = rest.split_once('}')?;
        let next = &rest[..rest.find('{').unwrap_or(rest.len())];
        let is_next = |at: &usize| literal_length(&path[*at..], next).is_some();
        let end = match next {
            "" => path.len(),
            _ => (1..=path.len()).filter(|it| path.is_char_boundary(*it)).find(is_next)?,
        };
        found.push((name.to_owned(), &path[..end]));
        (template, path) = (rest, &path[end..]);
    }
}

/// The length of a literal at the start of a path, where it may be percent-encoded.
fn literal_length(path: &str, literal: &str) -> Option<usize> {
    if path.starts_with(literal) {
        return Some(literal.len());
    }
    let ends = (0..=path.len()).filter(|it| path.is_char_boundary(*it));
    let mut ends = ends.filter(|it| percent_decoded(&path[..*it]) == percent_decoded(literal));
    ends.next()
}

/// The media types of success.
pub(super) fn successes<'d>(document: &CheckedDocument<'d>, operation: &At<'d>) -> Vec<&'d str> {
    let responses = operation.entries("responses");
    let successes: Vec<_> = responses.iter().filter(|it| it.0.starts_with('2')).collect();
    let successes = match successes.is_empty() {
        true => responses.iter().filter(|it| it.0 == "default").collect(),
        false => successes,
    };
    let responses = successes.into_iter().filter_map(|it| document.resolve(&it.1));
    responses.flat_map(|it| it.entries("content")).map(|it| it.0).collect()
}

/// The objection to `Accept`, if any: each of its types is one of a success, and it is there if a success has a type.
pub(super) fn accept(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    sent: &Sent,
) -> Option<String> {
    let mut declared = successes(document, operation);
    declared.extend(choice::undeclared_types(document, operation));
    let accept = sent.header("accept").unwrap_or_default();
    let names: Vec<_> = accept.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
    if declared.is_empty() {
        return None;
    }
    let fits = |name: &&str| declared.iter().any(|it| matches(it, name) || matches(name, it));
    let wrong = names.iter().find(|it| !fits(it));
    match wrong {
        Some(it) => Some(format!("Accept: `{it}` is none of {}", declared.join(", "))),
        None if names.is_empty() => Some(format!("Accept: none of {}", declared.join(", "))),
        None => None,
    }
}

/// A credential as it stands in a request.
#[derive(Debug, PartialEq, Eq)]
enum Credential {
    Header(String, String),
    Query(String),
    Cookie(String),
}

/// The objection to the credentials, if any: all of one alternative must be there.
pub(super) fn security(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    sent: &Sent,
) -> Option<String> {
    let alternatives = alternatives(document, operation);
    let carried = carried(document, sent);
    if alternatives.is_empty() {
        let extra = carried.first()?;
        let is_param = operation.items("parameters").iter().any(|it| {
            let name = document.resolve(it).and_then(|it| it.text("name"));
            name.is_some_and(|it| extra.is_named(it))
        });
        return (!is_param).then(|| format!("no credential is due, but there is {extra:?}"));
    }
    let mut wanted = Vec::new();
    for it in &alternatives {
        let keys = it.members();
        let each: Option<Vec<_>> = keys.iter().map(|it| credential(document, it.0)).collect();
        // One that a client cannot have, or that is declared nowhere.
        let each = each?;
        if each.iter().all(|it| carried.contains(it)) && (!each.is_empty() || carried.is_empty()) {
            return None;
        }
        wanted.push(each);
    }
    Some(format!("credentials: {carried:?} instead of one of {wanted:?}"))
}

/// The credentials that an operation takes, by alternatives: its own, else those of the document.
fn alternatives<'d>(document: &CheckedDocument<'d>, operation: &At<'d>) -> Vec<At<'d>> {
    match operation.node.get("security") {
        Some(_) => operation.items("security"),
        None => document.root().items("security"),
    }
}

fn credential(document: &CheckedDocument<'_>, key: &str) -> Option<Credential> {
    let scheme = document.root().child("components")?.child("securitySchemes")?.child(key)?;
    let scheme = document.resolve(&scheme)?;
    let bearer = || Credential::Header("authorization".to_owned(), format!("Bearer {KEY}"));
    match (scheme.text("type")?, scheme.text("scheme").map(str::to_ascii_lowercase).as_deref()) {
        ("apiKey", _) => {
            let name = scheme.text("name")?.to_owned();
            match scheme.text("in")? {
                "header" => Some(Credential::Header(name.to_ascii_lowercase(), KEY.to_owned())),
                "query" => Some(Credential::Query(name)),
                "cookie" => Some(Credential::Cookie(name)),
                _ => None,
            }
        }
        ("http", Some("bearer")) | ("oauth2" | "openIdConnect", _) => Some(bearer()),
        ("http", Some("basic")) => {
            Some(Credential::Header("authorization".to_owned(), BASIC.to_owned()))
        }
        _ => None,
    }
}

/// The credentials of declared schemes that a request carries.
fn carried(document: &CheckedDocument<'_>, sent: &Sent) -> Vec<Credential> {
    let components = document.root().child("components");
    let schemes = components.map(|it| it.entries("securitySchemes")).unwrap_or_default();
    let known = schemes.iter().filter_map(|it| credential(document, it.0));
    let mut found: Vec<Credential> = Vec::new();
    for it in known {
        let is_there = match &it {
            Credential::Header(name, value) if name == "cookie" => {
                sent.header(name).is_some_and(|it| it.split("; ").any(|it| it == value))
            }
            Credential::Header(name, value) => sent.header(name) == Some(value),
            Credential::Query(name) => text::has_pair(sent.query(), "&", name, KEY),
            Credential::Cookie(name) => {
                text::has_pair(sent.header("cookie").unwrap_or_default(), "; ", name, KEY)
            }
        };
        if is_there && !found.contains(&it) {
            found.push(it);
        }
    }
    found
}

/// True if a name in the query, in cookies or in the head is that of a credential that an operation takes.
pub(super) fn is_credential(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    place: &str,
    name: &str,
) -> bool {
    let alternatives = alternatives(document, operation);
    let mut keys = alternatives.iter().flat_map(At::members);
    keys.any(|(key, _)| {
        credential(document, key).is_some_and(|it| it.place() == place && it.is_named(name))
    })
}

impl Credential {
    fn place(&self) -> &'static str {
        match self {
            Self::Header(..) => "header",
            Self::Query(_) => "query",
            Self::Cookie(_) => "cookie",
        }
    }

    fn is_named(&self, name: &str) -> bool {
        match self {
            Self::Header(it, _) => it.eq_ignore_ascii_case(name),
            Self::Query(it) | Self::Cookie(it) => it == name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_variable_without_a_default_leaves_the_end_of_urls() {
        let root = serde_json::json!({"servers": [{"url": "https://{region}.a.example/v1", "variables": {"region": {}}}]});
        let document = CheckedDocument::new(&root, &[], &[]);
        let nothing = document.root().child("servers").expect("it is there");
        let values = |url| path_values(&document, &nothing, &nothing, "/doors/{id}", url);
        assert_eq!(values("http://localhost/v1/doors/x"), Some(vec![("id".to_owned(), "x")]));
        assert_eq!(values("http://localhost/v1/locks/x"), None);
    }

    #[test]
    fn paths_are_taken_apart_by_their_templates() {
        let values = |template, path| {
            let values = values(template, path)?;
            Some(values.into_iter().map(|it| it.1).collect::<Vec<_>>())
        };
        assert_eq!(values("/a/{b}:c", "/a/x%20y:c"), Some(vec!["x%20y"]));
        assert_eq!(values("/a/{b}.{c}", "/a/x.json"), Some(vec!["x", "json"]));
        assert_eq!(values("/a b/{c}{d}", "/a%20b/x;y"), Some(vec!["x;y", ""]));
        assert_eq!(values("/a/{b}", "/a/x/y"), Some(vec!["x/y"]));
        assert_eq!(values("/a/{b}", "/c/x"), None);
    }
}
