//! More and more operations, and more and more of one operation.

use super::{GrowthKind, document, list, map, text, to, with_operation};
use serde_json::{Value, json};

pub(super) const KINDS: &[GrowthKind] = &[
    GrowthKind { name: "placeholders of a path", first: 1_000, document: placeholders },
    GrowthKind { name: "literals of a path", first: 20_000, document: literals },
    GrowthKind {
        name: "parameters in the query",
        first: 500,
        document: |it| parameters(it, "query"),
    },
    GrowthKind {
        name: "parameters in headers",
        first: 500,
        document: |it| parameters(it, "header"),
    },
    GrowthKind {
        name: "parameters in cookies",
        first: 500,
        document: |it| parameters(it, "cookie"),
    },
    GrowthKind { name: "parameters by reference", first: 1_000, document: referred_parameters },
    GrowthKind { name: "operations with a prefix", first: 250, document: prefixed },
    GrowthKind { name: "operations of a tag", first: 250, document: tagged },
    GrowthKind { name: "operations of many tags", first: 250, document: many_tags },
    GrowthKind { name: "operations of many resources", first: 250, document: resources },
    GrowthKind { name: "operations of one name", first: 250, document: one_name },
    GrowthKind { name: "operations with pages", first: 250, document: pages },
    GrowthKind { name: "operations left out", first: 1_000, document: left_out },
    GrowthKind { name: "tags of an operation", first: 20_000, document: tags },
    GrowthKind { name: "headers of a response", first: 32_000, document: headers },
    GrowthKind { name: "types of a response", first: 8_000, document: response_types },
    GrowthKind { name: "types of a body", first: 2_000, document: body_types },
    GrowthKind { name: "responses of an operation", first: 60, document: responses },
    GrowthKind { name: "schemes", first: 500, document: schemes },
    GrowthKind { name: "alternative schemes", first: 500, document: alternatives },
    GrowthKind { name: "servers", first: 4_000, document: servers },
    GrowthKind { name: "variables of a server", first: 1_000, document: variables },
    GrowthKind {
        name: "properties of a form",
        first: 500,
        document: |it| form(it, "application/x-www-form-urlencoded"),
    },
    GrowthKind {
        name: "parts of a body",
        first: 500,
        document: |it| form(it, "multipart/form-data"),
    },
    GrowthKind { name: "kinds of events", first: 500, document: events },
];

fn done() -> Value {
    json!({"204": {"description": "ok"}})
}

fn placeholders(count: usize) -> Value {
    let path = (0..count).map(|it| format!("/{{p{it}}}")).collect::<Vec<_>>().concat();
    let parameter =
        |it| json!({"name": format!("p{it}"), "in": "path", "required": true, "schema": text()});
    let get =
        json!({"operationId": "deep", "parameters": list(count, parameter), "responses": done()});
    document(json!({path: {"get": get}}), json!({}))
}

fn literals(count: usize) -> Value {
    let path = (0..count).map(|it| format!("/part{it}")).collect::<Vec<_>>().concat();
    document(json!({path: {"get": {"operationId": "deep", "responses": done()}}}), json!({}))
}

fn parameters(count: usize, place: &str) -> Value {
    let parameter = |it| json!({"name": format!("p{it}"), "in": place, "schema": text()});
    with_operation("get", json!({"parameters": list(count, parameter)}))
}

fn referred_parameters(count: usize) -> Value {
    let parameter = |it| {
        (
            format!("P{it}"),
            json!({"name": format!("p{it}"), "in": "query", "required": true, "schema": text()}),
        )
    };
    let reference = |it| json!({"$ref": format!("#/components/parameters/P{it}")});
    let get =
        json!({"operationId": "call", "parameters": list(count, reference), "responses": done()});
    document(json!({"/things": {"get": get}}), json!({"parameters": map(count, parameter)}))
}

fn operations(count: usize, of: impl Fn(usize) -> (String, Value)) -> Value {
    document(map(count, of), json!({}))
}

fn prefixed(count: usize) -> Value {
    operations(count, |it| {
        (format!("/v1/projects/things/thing{it}"), json!({"get": {"responses": done()}}))
    })
}

fn tagged(count: usize) -> Value {
    operations(count, |it| {
        let get = json!({"operationId": format!("getThing{it}"), "tags": ["things"], "responses": done()});
        (format!("/path{it}/here"), json!({"get": get}))
    })
}

fn many_tags(count: usize) -> Value {
    operations(count, |it| {
        let id = format!("tag{it}/get");
        let get = json!({"operationId": id, "tags": [format!("tag{it}")], "responses": done()});
        (format!("/path{it}"), json!({"get": get}))
    })
}

fn resources(count: usize) -> Value {
    operations(count, |it| {
        let get = json!({"operationId": format!("get{it}"), "responses": done()});
        (format!("/resource{it}/{{id}}/parts/{{part}}"), json!({"get": get}))
    })
}

fn one_name(count: usize) -> Value {
    operations(count, |it| {
        (
            format!("/things/{}", strange(it)),
            json!({"get": {"operationId": strange(it), "responses": done()}}),
        )
    })
}

/// A text without a letter that a name could have.
pub(super) fn strange(number: usize) -> String {
    let letter = |it: usize| char::from_u32(0x4E00 + u32::try_from(it).unwrap_or(0)).unwrap_or('-');
    [letter(number / 1000), letter(number % 1000)].iter().collect()
}

fn pages(count: usize) -> Value {
    let page = json!({"type": "object", "required": ["data", "has_more"], "properties": {
        "data": {"type": "array", "items": to("Thing")},
        "has_more": {"type": "boolean"},
        "next": {"type": "string"},
    }});
    let thing = json!({"type": "object", "required": ["id"], "properties": {"id": text()}});
    let paths = map(count, |it| {
        let parameters = json!([
            {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            {"name": "after", "in": "query", "schema": text()},
        ]);
        let content = json!({"application/json": {"schema": to("Page")}});
        let responses = json!({"200": {"description": "ok", "content": content}});
        (format!("/things{it}"), json!({"get": {"parameters": parameters, "responses": responses}}))
    });
    document(paths, json!({"schemas": {"Page": page, "Thing": thing}}))
}

fn left_out(count: usize) -> Value {
    operations(count, |it| {
        let lost = json!({"$ref": format!("#/components/responses/Lost{it}")});
        (format!("/things{it}"), json!({"get": {"responses": {"200": lost}}}))
    })
}

fn tags(count: usize) -> Value {
    with_operation("get", json!({"tags": list(count, |it| json!(format!("tag {it}")))}))
}

fn headers(count: usize) -> Value {
    let header = |it| (format!("X-Header-{it}"), json!({"schema": text()}));
    let ok = json!({"description": "ok", "headers": map(count, header)});
    with_operation("get", json!({"responses": {"200": ok}}))
}

fn types(count: usize) -> Value {
    map(count, |it| {
        let schema = json!({"type": "object", "properties": {format!("p{it}"): text()}});
        (format!("application/vnd.type{it}+json"), json!({"schema": schema}))
    })
}

fn response_types(count: usize) -> Value {
    let ok = json!({"description": "ok", "content": types(count)});
    with_operation("get", json!({"responses": {"200": ok}}))
}

fn body_types(count: usize) -> Value {
    with_operation("post", json!({"requestBody": {"content": types(count)}}))
}

fn responses(count: usize) -> Value {
    let response = |it| {
        let schema = json!({"type": "object", "properties": {format!("p{it}"): text()}});
        let content = json!({"application/json": {"schema": schema}});
        (format!("{}", 100 + it), json!({"description": "ok", "content": content}))
    };
    with_operation("get", json!({"responses": map(count, response)}))
}

fn schemes(count: usize) -> Value {
    let scheme = |it| {
        (
            format!("key{it}"),
            json!({"type": "apiKey", "in": "header", "name": format!("X-Key-{it}")}),
        )
    };
    let paths = map(count, |it| {
        (
            format!("/things{it}"),
            json!({"get": {"security": [{format!("key{it}"): []}], "responses": done()}}),
        )
    });
    document(paths, json!({"securitySchemes": map(count, scheme)}))
}

fn alternatives(count: usize) -> Value {
    let scheme = |it| {
        (
            format!("key{it}"),
            json!({"type": "apiKey", "in": "header", "name": format!("X-Key-{it}")}),
        )
    };
    let security = list(count, |it| json!({format!("key{it}"): []}));
    let paths = json!({"/things": {"get": {"security": security, "responses": done()}}});
    document(paths, json!({"securitySchemes": map(count, scheme)}))
}

fn servers(count: usize) -> Value {
    let server = |it| json!({"url": format!("https://host{it}.example.com"), "description": format!("Host {it}.")});
    let mut document = with_operation("get", json!({}));
    document["servers"] = list(count, server);
    document
}

fn variables(count: usize) -> Value {
    let url = (0..count).map(|it| format!("/{{v{it}}}")).collect::<Vec<_>>().concat();
    let variable = |it| (format!("v{it}"), json!({"default": "a", "enum": ["a", "b"]}));
    let mut document = with_operation("get", json!({}));
    document["servers"] =
        json!([{"url": format!("https://example.com{url}"), "variables": map(count, variable)}]);
    document
}

fn form(count: usize, media: &str) -> Value {
    let property = |it| (format!("p{it}"), json!({"type": "array", "items": text()}));
    let schema = json!({"type": "object", "properties": map(count, property)});
    let encoding = map(count, |it| (format!("p{it}"), json!({"style": "form", "explode": false})));
    let body = json!({"content": {media: {"schema": schema, "encoding": encoding}}});
    with_operation("post", json!({"requestBody": body}))
}

fn events(count: usize) -> Value {
    let event = |it| {
        json!({"type": "object", "required": ["type"], "properties": {
            "type": {"const": format!("event{it}")}, "value": {"type": "integer"}}})
    };
    let content = json!({"text/event-stream": {"schema": {"oneOf": list(count, event)}}});
    with_operation("get", json!({"responses": {"200": {"description": "ok", "content": content}}}))
}
