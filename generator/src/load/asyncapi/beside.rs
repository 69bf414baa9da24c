//! Puts the sockets of an AsyncAPI document, in the words of OpenAPI, beside the operations of an OpenAPI document.

use super::super::document::{percent_decoded, reference_key};
use super::super::downgrade::downgrade;
use super::super::node::{Map, Node, Value};
use super::same::SchemaComparison;
use super::tree::{SchemaPartContent, entries, held, items, node, text};
use super::unexpressed;
use crate::diag::{Exact, NodeId, SCHEMA_CLASH, Sink, SpecPtr};
use std::collections::{HashMap, HashSet};

/// The names in the client of schemas or schemes of the AsyncAPI document, where these are not their own.
type NewNames = HashMap<String, String>;

/// Adds the sockets, whose types and credentials are those of the operations where they are the same.
pub(in super::super) fn join(api: &mut Node, mut sockets: Node, sink: &mut Sink) {
    let id = sockets.id;
    let schemas = own_schemas(api, &mut sockets, sink);
    let (schemes, names) = own_schemes(api, &sockets);
    let paths = paths(api, &sockets, &names, sink);
    let Value::Map(api) = &mut api.value else { return };
    if let Some(all) = object(api, "paths", id) {
        for (path, item) in paths {
            add_path(all, &path, item);
        }
    }
    let Some(components) = object(api, "components", id) else { return };
    for (kind, own) in [("schemas", schemas), ("securitySchemes", schemes)] {
        if let Some(all) = object(components, kind, id) {
            all.extend(own);
        }
    }
}

/// The object under a key, made if it is not there.
fn object<'m>(map: &'m mut Map, key: &str, id: NodeId) -> Option<&'m mut Map> {
    let made = || node(id, Value::Map(Map::new()));
    match &mut map.entry(key.to_owned()).or_insert_with(made).value {
        Value::Map(map) => Some(map),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_) => None,
    }
}

fn components<'a>(root: &'a Node, kind: &str) -> impl Iterator<Item = (&'a String, &'a Node)> {
    let all = root.get("components").and_then(|it| it.get(kind));
    all.and_then(Node::as_map).into_iter().flatten()
}

/// The schemas that are not those of the API, by the names that they have beside them.
fn own_schemas(api: &Node, sockets: &mut Node, sink: &mut Sink) -> Map {
    let theirs: HashMap<_, _> = components(api, "schemas").collect();
    let shared = shared(api, sockets);
    let mut names = NewNames::new();
    let mut taken: HashSet<String> =
        components(sockets, "schemas").map(|it| it.0.clone()).collect();
    for (name, schema) in components(sockets, "schemas").filter(|it| !shared.contains(it.0)) {
        let Some(other) = theirs.get(name) else { continue };
        let mut new = format!("{name} message");
        let mut count = 1;
        while taken.contains(&new) || theirs.contains_key(&new) {
            count += 1;
            new = format!("{name} message {count}");
        }
        let at = SpecPtr::root().child("components").child("schemas").child(name);
        let message = format_args!(
            "`{name}` is another schema in the OpenAPI document: the one of the sockets is called `{new}`"
        );
        sink.report(&SCHEMA_CLASH, &at, message)
            .exactly(Exact::Node(schema.id))
            .also(other.id, "the schema of the operations")
            .edit("if they mean the same, correct one of them in {overlay}");
        taken.insert(new.clone());
        names.insert(name.clone(), new);
    }
    let Value::Map(root) = &mut sockets.value else { return Map::new() };
    for it in root.values_mut() {
        rename_below(it, &names);
    }
    let own = components(sockets, "schemas").filter(|it| !shared.contains(it.0));
    own.map(|(name, it)| (names.get(name).unwrap_or(name).clone(), it.clone())).collect()
}

/// The names of schemas that both documents have with the same content, compared as the passes see them.
fn shared(api: &Node, sockets: &Node) -> HashSet<String> {
    let mut both = [api.clone(), sockets.clone()];
    // Whatever is wrong with them is told once they are one document.
    if both.iter_mut().any(|it| downgrade(it, &mut Sink::default()).is_err()) {
        return HashSet::new();
    }
    let [api, sockets] = &both;
    let theirs: HashMap<_, _> = components(api, "schemas").collect();
    let mut comparison = SchemaComparison::of(sockets, api);
    let all = components(sockets, "schemas");
    let same = all
        .filter(|(name, it)| theirs.get(name).is_some_and(|other| comparison.is_same(it, other)));
    same.map(|it| it.0.clone()).collect()
}

/// Gives references new names, below paths and components.
fn rename_below(node: &mut Node, names: &NewNames) {
    // Names stand there, which are no keywords of schemas.
    let Value::Map(groups) = &mut node.value else { return };
    for group in groups.values_mut() {
        match &mut group.value {
            Value::Map(all) => {
                all.values_mut().for_each(|it| rename(it, names, SchemaPartContent::Schema));
            }
            Value::List(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }
}

fn rename(node: &mut Node, names: &NewNames, holds: SchemaPartContent) {
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|it| rename(it, names, holds)),
        Value::Map(map) => {
            for (key, it) in map {
                let is_keyword = holds == SchemaPartContent::Schema;
                match it.as_str() {
                    Some(to) if is_keyword && key == "$ref" => {
                        if let Some(new) = renamed(to, names) {
                            *it = text(it.id, &new);
                        }
                    }
                    _ if is_keyword && key == "mapping" => rename_mapping(it, names),
                    _ => {
                        if let Some(holds) = held(holds, key, it) {
                            rename(it, names, holds);
                        }
                    }
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// In a discriminator's mapping schemas may stand by their names alone.
fn rename_mapping(mapping: &mut Node, names: &NewNames) {
    let Value::Map(map) = &mut mapping.value else { return };
    for it in map.values_mut() {
        let new = it.as_str().and_then(|to| match names.get(to) {
            Some(new) => Some(reference(new)),
            None => renamed(to, names),
        });
        if let Some(new) = new {
            *it = text(it.id, &new);
        }
    }
}

fn renamed(reference_to: &str, names: &NewNames) -> Option<String> {
    let name = reference_to.strip_prefix("#/components/schemas/")?;
    let (name, below) = name.split_at(name.find('/').unwrap_or(name.len()));
    let name = percent_decoded(name).replace("~1", "/").replace("~0", "~");
    Some(reference(names.get(&name)?) + below)
}

fn reference(name: &str) -> String {
    format!("#/components/schemas/{}", reference_key(name))
}

/// The security schemes that are not those of the API, and the names of all that are called otherwise there.
fn own_schemes(api: &Node, sockets: &Node) -> (Map, NewNames) {
    let theirs: HashMap<_, _> = components(api, "securitySchemes").collect();
    let (mut own, mut names) = (Map::new(), NewNames::new());
    for (name, scheme) in components(sockets, "securitySchemes") {
        let named = theirs.get(name).filter(|it| is_same_scheme(it, scheme)).map(|_| name);
        let mut all = components(api, "securitySchemes");
        let same = named.or_else(|| Some(all.find(|it| is_same_scheme(it.1, scheme))?.0));
        match same {
            Some(other) => drop(names.insert(name.clone(), other.clone())),
            None if theirs.contains_key(name) => {
                let new = format!("{name} of sockets");
                names.insert(name.clone(), new.clone());
                own.insert(new, scheme.clone());
            }
            None => drop(own.insert(name.clone(), scheme.clone())),
        }
    }
    (own, names)
}

/// Tells whether two schemes put the same credential at the same place.
fn is_same_scheme(one: &Node, other: &Node) -> bool {
    let is = |key: &str| match (one.text(key), other.text(key)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (one, other) => one == other,
    };
    ["type", "in", "name", "scheme", "openIdConnectUrl"].into_iter().all(is)
        && one.get("flows") == other.get("flows")
}

/// The path items of all sockets: at the server of the API where they are below it, and with its names of schemes.
fn paths(api: &Node, sockets: &Node, names: &NewNames, sink: &mut Sink) -> Vec<(String, Node)> {
    let first = |root: &Node| Some(items(root, "servers").first()?.clone());
    let (base, own_base) = (first(api), first(sockets));
    let mut found = Vec::new();
    let mut is_told = items(api, "security").iter().all(|it| it.as_map().is_none_or(Map::is_empty));
    for (path, item) in entries(sockets, "paths") {
        let Some(mut operation) = item.get("get").cloned() else { continue };
        let id = operation.id;
        let Value::Map(map) = &mut operation.value else { continue };
        let stated = map.shift_remove("servers").and_then(|it| it.as_list()?.first().cloned());
        let server = stated.or_else(|| own_base.clone());
        let url = |it: &Option<Node>| it.as_ref().and_then(|it| it.text("url")).map(as_http);
        let below = below_server(path, url(&base), url(&server));
        if below.is_none() {
            map.extend(server.map(|it| ("servers".to_owned(), node(id, Value::List(vec![it])))));
        }
        match map.get_mut("security") {
            Some(it) => rename_schemes(it, names),
            None => {
                map.insert("security".to_owned(), node(id, Value::List(Vec::new())));
                if !std::mem::replace(&mut is_told, true) {
                    let message = "the AsyncAPI document states no security: its sockets are opened without the \
                                   credentials of the operations";
                    unexpressed(&operation, &SpecPtr::root(), message, sink);
                }
            }
        }
        let item = node(item.id, Value::Map(Map::from_iter([("get".to_owned(), operation)])));
        found.push((below.unwrap_or_else(|| path.clone()), item));
    }
    found
}

/// The path of a socket from the server of the API on, if it is below that server.
fn below_server(path: &str, base: Option<String>, own: Option<String>) -> Option<String> {
    let own = own.unwrap_or_default();
    if own.is_empty() {
        return Some(path.to_owned());
    }
    let whole = own + path;
    let rest = whole.strip_prefix(&base?)?;
    rest.starts_with('/').then(|| rest.to_owned())
}

/// A server's URL as one of http, without a slash at its end.
fn as_http(url: &str) -> String {
    let url = url.trim_end_matches('/');
    match url.split_once("://") {
        Some(("ws", rest)) => format!("http://{rest}"),
        Some(("wss", rest)) => format!("https://{rest}"),
        _ => url.to_owned(),
    }
}

fn rename_schemes(security: &mut Node, names: &NewNames) {
    let Value::List(list) = &mut security.value else { return };
    for it in list {
        let Value::Map(map) = &mut it.value else { continue };
        let renamed =
            std::mem::take(map).into_iter().map(|(name, scopes)| match names.get(&name) {
                Some(new) => (new.clone(), scopes),
                None => (name, scopes),
            });
        *map = renamed.collect();
    }
}

/// OpenAPI tells operations of one path and method apart by fragments.
fn add_path(all: &mut Map, path: &str, item: Node) {
    let mut key = path.to_owned();
    let mut count = 0;
    while all.contains_key(&key) {
        count += 1;
        key = format!("{path}#{count}");
    }
    all.insert(key, item);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::SourceId;
    use crate::load::{Json, tree};
    use serde_json::json;

    const API: &str =
        "openapi: 3.0.0\ninfo: {title: T, version: '1'}\nservers: [{url: https://t.example/v1/}]\n";

    fn read(text: &str) -> Node {
        let text = Text { name: String::new(), bytes: text.into() };
        tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML")
    }

    /// Both documents as one, and what is told of them.
    fn joined(api: &str, sockets: &str) -> (Json, Vec<String>) {
        let (mut api, sockets) = (read(&(API.to_owned() + api)), read(sockets));
        let mut sink = Sink::default();
        join(&mut api, sockets, &mut sink);
        let told = sink.iter().map(|it| format!("{}: {}", it.rule.code, it.message));
        (api.to_json(), told.collect())
    }

    #[test]
    fn a_socket_below_the_server_of_the_api_is_at_that_server() {
        let at = |url: &str, path: &str| {
            let sockets = format!(
                "openapi: 3.1.0\nservers: [{{url: '{url}'}}]\npaths: {{'{path}': {{get: {{security: []}}}}}}"
            );
            let (made, told) = joined("paths: {/a: {get: {}}}", &sockets);
            assert_eq!(told, [""; 0]);
            let new =
                made["paths"].as_object().expect("an object").iter().nth(1).expect("a socket");
            (new.0.clone(), new.1["get"]["servers"][0]["url"].as_str().map(str::to_owned))
        };
        let own = |it: &str| Some(it.to_owned());
        assert_eq!(at("wss://t.example", "/v1/live"), ("/live".to_owned(), None));
        assert_eq!(at("wss://t.example/v1", "/live"), ("/live".to_owned(), None));
        assert_eq!(at("", "/live"), ("/live".to_owned(), None));
        let elsewhere = "wss://t.example";
        assert_eq!(at(elsewhere, "/v2/live"), ("/v2/live".to_owned(), own(elsewhere)));
        assert_eq!(at("wss://u.example/v1", "/a"), ("/a#1".to_owned(), own("wss://u.example/v1")));
        assert_eq!(at("ws://t.example/v1", "/b"), ("/b".to_owned(), own("ws://t.example/v1")));
    }

    #[test]
    fn a_name_with_a_percent_sign_is_found_in_a_reference() {
        let api = "paths: {}\ncomponents: {schemas: {'50%': {type: string}}}";
        let sockets = "openapi: 3.1.0\npaths: {}\ncomponents: {schemas: {'50%': {type: number}, \
                       B: {properties: {a: {$ref: '#/components/schemas/50%25'}}}}}";
        let (made, _) = joined(api, sockets);
        let at = &made["components"]["schemas"]["B"]["properties"]["a"]["$ref"];
        assert_eq!(at, "#/components/schemas/50%25 message");
    }

    #[test]
    fn references_lead_to_the_schemas_of_their_own_document() {
        let api = "components: {schemas: {A: {type: string, enum: [a]}, B: {properties: {a: {$ref: '#/components/schemas/A'}}}}}";
        let sockets = "openapi: 3.1.0\npaths: {/s: {get: {security: [], requestBody: {content: {application/json: {schema: \
                       {$ref: '#/components/schemas/B'}}}}}}}\ncomponents: {schemas: {A: {type: string, enum: [b]}, \
                       B: {properties: {a: {$ref: '#/components/schemas/A'}}}, C: {discriminator: {propertyName: t, mapping: \
                       {a: A, b: '#/components/schemas/B', c: C}}, default: {$ref: '#/components/schemas/A'}}}}";
        let (made, told) = joined(api, sockets);
        // `B` differs too, since what it refers to does.
        assert_eq!(told.len(), 2, "{told:?}");
        let schemas = &made["components"]["schemas"];
        assert_eq!(schemas["A message"]["enum"], json!(["b"]));
        assert_eq!(
            schemas["B message"]["properties"]["a"]["$ref"],
            json!("#/components/schemas/A message")
        );
        assert_eq!(schemas["B"]["properties"]["a"]["$ref"], json!("#/components/schemas/A"));
        let mapping = json!({"a": "#/components/schemas/A message", "b": "#/components/schemas/B message", "c": "C"});
        assert_eq!(schemas["C"]["discriminator"]["mapping"], mapping);
        assert_eq!(
            schemas["C"]["default"]["$ref"],
            json!("#/components/schemas/A"),
            "it is a value"
        );
        let body = &made["paths"]["/s"]["get"]["requestBody"]["content"]["application/json"];
        assert_eq!(body["schema"]["$ref"], json!("#/components/schemas/B message"));
    }

    #[test]
    fn one_credential_has_one_name() {
        let api = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}}";
        let sockets = "openapi: 3.1.0\npaths: {/s: {get: {security: [{id: []}, {token: []}, {other: []}]}}}\ncomponents: \
                       {securitySchemes: {id: {type: apiKey, in: header, name: x-key}, token: {type: http, scheme: basic}, \
                       other: {type: http, scheme: Bearer, description: d}}}";
        let (made, told) = joined(api, sockets);
        assert_eq!(told, [""; 0]);
        let security = json!([{"key": []}, {"token of sockets": []}, {"token": []}]);
        assert_eq!(made["paths"]["/s"]["get"]["security"], security);
        let names: Vec<_> =
            made["components"]["securitySchemes"].as_object().expect("an object").keys().collect();
        assert_eq!(names, ["key", "token", "token of sockets"]);
    }

    #[test]
    fn sockets_do_not_take_the_credentials_of_calls_unless_they_say_so() {
        let sockets = "openapi: 3.1.0\npaths: {/s: {get: {}}, /t: {get: {}}}";
        let (made, told) = joined("security: [{key: []}]", sockets);
        assert_eq!(made["paths"]["/s"]["get"]["security"], json!([]));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("opened without the credentials of the operations"), "{told:?}");
        assert_eq!(joined("security: []", sockets).1, [""; 0]);
    }
}
