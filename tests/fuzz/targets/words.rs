//! One text wherever a document has names or descriptions: identifiers stay identifiers, and words words.
#![no_main]

use serde_json::json;

libfuzzer_sys::fuzz_target!(|input: (String, String)| {
    let (name, words) = input;
    let pointer = name.replace('~', "~0").replace('/', "~1");
    let target = json!({"$ref": format!("#/components/schemas/{pointer}")});
    let mut schema = json!({"type": "object", "title": words, "description": words});
    schema["properties"][&name] = json!({"enum": [name, "b"], "description": words});
    let mut components = json!({});
    components[&name] = schema;
    let operation = json!({
        "operationId": name, "summary": words, "description": words, "tags": [name],
        "parameters": [{"name": name, "in": "query", "description": words, "schema": {"type": "string"}}],
        "responses": {"200": {"description": words, "content": {"application/json": {"schema": target}}}},
    });
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1", "description": words},
        "servers": [{"url": "https://api.example.com"}],
        "tags": [{"name": name, "description": words}],
        "paths": {"/things": {"get": operation}},
        "components": {"schemas": components},
    });
    fuzz::generate_alone(document.to_string().as_bytes());
});
