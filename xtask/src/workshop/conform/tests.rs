//! Requests that are right, and each slip that a client may make in them.

use super::document::{CheckedDocument, Finding};
use super::presence;
use serde_json::{Value, json};

fn objections(root: &Value, told: &[Finding], record: &str) -> Vec<String> {
    super::objections(&CheckedDocument::new(root, told, &[]), record)
}

/// Says things in more than one way, of which a client must send each as it is said.
fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "servers": [{"url": "https://a.example/v1"}],
        "security": [{"key": []}],
        "paths": {
            "/things/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}, "style": "matrix"}],
                "post": {
                    "parameters": [
                        {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                        {"name": "sizes", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "integer"}}},
                        {"name": "X-Level", "in": "header", "required": true, "schema": {"type": "integer"}}
                    ],
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                    "responses": {"200": {"content": {"text/csv": {}}}}
                },
                "put": {
                    "requestBody": {"content": {"multipart/form-data": {
                        "schema": {"type": "object", "properties": {"doc": {"type": "string"}, "meta": {"type": "object"}}},
                        "encoding": {"doc": {"contentType": "text/markdown"}}
                    }}},
                    "security": [],
                    "responses": {"204": {}}
                }
            }
        },
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
            "schemas": {
                "Pet": {
                    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                    "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}}
                },
                "Cat": {"type": "object", "required": ["kind", "name"], "properties": {
                    "kind": {"type": "string"}, "id": {"type": "string", "readOnly": true},
                    "name": {"type": "string"}, "lives": {"type": "integer"}}},
                "Dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
            }
        }
    })
}

/// A call with all that can be given.
fn post() -> Value {
    json!({
        "given": {
            "method": "POST", "path": "/things/{id}", "least": false,
            "params": {"path": {"id": "a b"}, "query": {"tags": ["x,y", "z"], "sizes": [1, 2]}, "header": {"X-Level": 3}},
            "body": {"kind": "cat", "id": "1", "name": "Tom", "lives": 9}
        },
        "method": "POST",
        "url": "https://a.example/v1/things/;id=a%20b?tags=x%2Cy&tags=z&sizes=1,2",
        "headers": {"x-level": "3", "x-key": "wire-test", "accept": "text/csv", "content-type": "application/json"},
        "body": r#"{"kind":"cat","name":"Tom","lives":9}"#
    })
}

/// The same with what is required alone.
fn least() -> Value {
    let mut sent = post();
    sent["given"]["least"] = true.into();
    sent["given"]["params"] = json!({"path": {"id": "a b"}, "header": {"X-Level": 3}});
    sent["given"]["body"] = json!({"kind": "cat", "name": "Tom"});
    sent["url"] = "https://a.example/v1/things/;id=a%20b".into();
    sent["body"] = r#"{"kind":"cat","name":"Tom"}"#.into();
    sent
}

fn put() -> Value {
    let part = |name: &str, mime: &str, text: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {mime}\r\n\r\n{text}\r\n"
        )
    };
    let body =
        part("doc", "text/markdown", "text") + &part("meta", "application/json", "{\"a\":1}");
    json!({
        "given": {
            "method": "PUT", "path": "/things/{id}", "least": false, "params": {"path": {"id": "x"}},
            "body": {"doc": "text", "meta": {"a": 1}}
        },
        "method": "PUT",
        "url": "https://a.example/v1/things/;id=x",
        "headers": {"content-type": "multipart/form-data; boundary=b"},
        "body": body + "--b--\r\n"
    })
}

fn found(sent: &Value) -> Vec<String> {
    // Of the other operation there is a request that is right.
    let other = if sent["given"]["method"] == "POST" { put() } else { post() };
    objections(&document(), &[], &format!("{sent}\n{other}"))
}

/// Changes a request, which gives exactly the objection that names the slip.
fn objects(sent: Value, pointer: &str, value: impl Into<Value>, word: &str) {
    let mut sent = sent;
    let (folder, key) = pointer.rsplit_once('/').expect("it is a pointer");
    sent.pointer_mut(folder).expect("it is there")[key] = value.into();
    let found = found(&sent);
    assert!(found.len() == 1 && found[0].contains(word), "{pointer}, {word}: {found:#?}");
}

#[test]
fn requests_that_say_what_the_document_says_are_right() {
    for sent in [post(), least(), put()] {
        assert_eq!(found(&sent), Vec::<String>::new());
    }
}

#[test]
fn slips_of_the_head_are_found() {
    let url = "https://a.example/v1/things";
    let query = "tags=x%2Cy&tags=z&sizes=1,2";
    objects(post(), "/method", "PUT", "PUT was sent");
    objects(post(), "/url", format!("{url}/a%20b?{query}"), "has not the style `matrix`");
    objects(post(), "/url", format!("https://a.example/v2/thing/;id=a%20b?{query}"), "not a URL");
    objects(post(), "/url", format!("{url}/;id=a%20b?tags=x%2Cy,z&sizes=1,2"), "query `tags`");
    objects(
        post(),
        "/url",
        format!("{url}/;id=a%20b?tags=x%2Cy&tags=z&sizes=1&sizes=2"),
        "`sizes`",
    );
    objects(post(), "/url", format!("{url}/;id=a%20b?{query}&more=1"), "nothing declares");
    objects(post(), "/headers/x-level", Value::Null, "it is not sent");
    objects(post(), "/headers/accept", "application/json", "Accept");
    objects(post(), "/headers/x-key", Value::Null, "credentials");
    objects(put(), "/headers/x-key", "wire-test", "no credential is due");
}

#[test]
fn slips_of_presence_are_found() {
    let mut without = least();
    without["given"]["params"]["header"] = json!({});
    objects(without, "/headers/x-level", Value::Null, "declared, but was not given");
    objects(post(), "/given/params/query/sizes", Value::Null, "nothing declares");
    objects(least(), "/given/params/query", json!({"sizes": []}), "though it is not required");
    let mut with_more = least();
    with_more["given"]["body"]["lives"] = 9.into();
    objects(
        with_more,
        "/body",
        r#"{"kind":"cat","name":"Tom","lives":9}"#,
        "which nothing requires",
    );
    let mut with_less = least();
    with_less["given"]["body"] = json!({"kind": "cat"});
    objects(with_less, "/body", r#"{"kind":"cat"}"#, "lacks `name`");
    let mut without = put();
    without["given"]["least"] = true.into();
    assert!(found(&without).iter().any(|it| it.contains("not required")), "{:?}", found(&without));
}

#[test]
fn slips_of_bodies_are_found() {
    objects(
        post(),
        "/headers/content-type",
        "application/hal+json",
        "declared is application/json",
    );
    objects(post(), "/body", r#"{"kind":"cat","name":"Tom"}"#, "`/lives` is not sent");
    objects(post(), "/body", r#"{"kind":"cat","name":"Tom","lives":8}"#, "instead of 9");
    let mut tag = post();
    tag["given"]["body"]["kind"] = "Cats".into();
    objects(tag, "/body", r#"{"kind":"Cats","name":"Tom","lives":9}"#, "names no schema");
    let plain = put()["body"].as_str().unwrap_or_default().replace("text/markdown", "text/plain");
    objects(put(), "/body", plain, "stated is text/markdown");
    let form = put()["body"].as_str().unwrap_or_default().replace("application/json", "text/plain");
    objects(put(), "/body", form, "instead of application/json");
}

#[test]
fn of_what_was_told_nothing_is_said_again() {
    let mut sent = least();
    sent["given"]["params"]["header"] = json!({});
    sent["headers"]["x-level"] = Value::Null;
    let record = [sent, put()].map(|it| it.to_string()).join("\n");
    let told = |code, pointer: &str| {
        let told = Finding { code, pointer: pointer.to_owned(), is_left_out: false };
        objections(&document(), &[told], &record)
    };
    let at = "#/paths/~1things~1{id}/post/parameters/2";
    assert_eq!(told("no-effect", at), Vec::<String>::new());
    // Other findings, and those of what is below, are about something else.
    assert_eq!(told("mistyped", at).len(), 1);
    assert_eq!(told("no-effect", &format!("{at}/schema/format")).len(), 1);
}

/// A record that cannot be read must not pass for one without objections.
#[test]
fn a_line_that_is_no_request_is_an_objection() {
    let found = objections(&document(), &[], "{}");
    assert!(found.iter().any(|it| it.starts_with("a request was not recorded")), "{found:?}");
}

#[test]
fn an_operation_without_a_request_is_an_objection_unless_it_is_left_out() {
    let found = |told: &[Finding]| objections(&document(), told, &post().to_string());
    assert_eq!(found(&[]), ["PUT /things/{id}: it was not called"]);
    let told = |pointer: &str, is_left_out| {
        let pointer = format!("#/paths/~1things~1{{id}}{pointer}");
        [Finding { code: "dangling-ref", pointer, is_left_out }]
    };
    assert!(found(&told("/put", false)).is_empty());
    assert!(found(&told("/put/requestBody", true)).is_empty());
    assert_eq!(found(&told("/put/requestBody", false)).len(), 1);
    assert_eq!(found(&told("/post/requestBody", true)).len(), 1);
}

#[test]
fn parts_are_whole() {
    let mut sent = put();
    sent["given"]["body"]["meta"] = json!({"a": 1, "b": 2});
    assert!(found(&sent).iter().any(|it| it.contains("parts: `meta`")), "{:?}", found(&sent));
}

#[test]
fn a_tag_names_a_schema_or_is_the_constant_of_a_variant() {
    let document = |kind: Value| {
        let mut document = document();
        document["components"]["schemas"]["Pet"]["discriminator"] = json!({"propertyName": "kind"});
        document["components"]["schemas"]["Cat"]["properties"]["kind"] = kind;
        document
    };
    let record = format!("{}\n{}", post(), put());
    let found = objections(&document(json!({"type": "string"})), &[], &record);
    assert!(found.len() == 1 && found[0].contains("names no schema"), "{found:?}");
    let found = objections(&document(json!({"const": "cat"})), &[], &record);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn schemas_that_extend_themselves_are_no_constants() {
    let root = json!({"A": {"allOf": [{"$ref": "#/A"}]}});
    let document = CheckedDocument::new(&root, &[], &[]);
    let schema = document.target("#/A").expect("it is there");
    assert!(!presence::is_only_value(&document, &schema));
}

/// A request for `application/json` of an operation that may stream, whose caller gave `mode: words` everywhere.
fn choosing(responses: &Value, sent: &str) -> Vec<String> {
    let mode = json!({"type": "string", "enum": ["words", "sse"]});
    let body = json!({"type": "object", "properties": {"mode": mode, "name": {"type": "string"}}});
    let root = json!({"openapi": "3.1.0", "servers": [{"url": "https://a.example"}], "paths": {"/t": {"post": {
        "parameters": [{"name": "mode", "in": "query", "schema": mode}],
        "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": body}}},
        "responses": {"200": {"content": responses}}
    }}}});
    let record = json!({
        "given": {
            "method": "POST", "path": "/t", "least": false, "params": {"query": {"mode": "words"}},
            "body": {"mode": "words", "name": "words"}
        },
        "method": "POST",
        "url": "https://a.example/t?mode=sse",
        "headers": {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"},
        "body": sent
    });
    objections(&root, &[], &record.to_string())
}

#[test]
fn a_call_may_set_the_word_that_chooses_a_kind_of_response() {
    let both = json!({"application/json": {}, "text/event-stream": {}});
    assert_eq!(choosing(&both, "mode=sse&name=words"), Vec::<String>::new());
    let found = choosing(&both, "mode=sse&name=sse");
    assert!(found.len() == 1 && found[0].contains("form: `name`"), "{found:?}");
    let found = choosing(&json!({"application/json": {}}), "mode=sse&name=words");
    assert!(found.len() == 2 && found.iter().all(|it| it.contains("`mode`")), "{found:?}");
}

#[test]
fn a_client_yaml_may_say_nothing_of_streams() {
    let streams = |text: &str| {
        let text = generator::Text { name: "client.yaml".to_owned(), bytes: text.into() };
        super::choice::streams(&text).expect("it is read").len()
    };
    let one = "streams: {operations: [{at: '#/paths/~1a/get', format: events, why: It does.}]}";
    assert_eq!((streams("# Nothing.\n"), streams("skip: []\n"), streams(one)), (0, 0, 1));
}
