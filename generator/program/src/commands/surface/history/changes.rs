//! Single changes of a document, and what each is to those who call the client.

use super::super::rules::{self, Rule};
use serde_json::{Value, json};

/// A change of the notes' document.
pub(super) struct Single {
    pub(super) name: &'static str,
    pub(super) edit: fn(&mut Value),
    /// The rules that judge the surface's changes, in the order of their paths, each kind once.
    pub(super) rules: &'static [&'static Rule],
}

macro_rules! singles {
    ($($name:ident [$($rule:ident)*] $edit:expr;)*) => {
        pub(super) static SINGLES: &[Single] = &[$(Single {
            name: stringify!($name),
            edit: $edit,
            rules: &[$(&rules::$rule),*],
        }),*];
    };
}

singles! {
    nothing [] |_| {};
    optional_field_added_to_an_answer [NEW] |it| {
        add(it, "/components/schemas/Note/properties", "made", json!({"type": "string"}));
    };
    required_field_added_to_an_answer [NEW] |it| {
        add(it, "/components/schemas/Note/properties", "made", json!({"type": "string"}));
        push(it, "/components/schemas/Note/required", json!("made"));
    };
    optional_field_added_to_a_request [NEW] |it| {
        add(it, "/components/schemas/NewNote/properties", "kind", json!({"type": "string"}));
    };
    required_field_added_to_a_request [NEW ARGUMENTS] |it| {
        add(it, "/components/schemas/NewNote/properties", "kind", json!({"type": "string"}));
        push(it, "/components/schemas/NewNote/required", json!("kind"));
    };
    required_field_added_to_a_builder [NEW REQUIRED] |it| {
        add(it, "/components/schemas/Report/properties", "since", json!({"type": "string"}));
        push(it, "/components/schemas/Report/required", json!("since"));
    };
    field_removed [GONE] |it| {
        remove(it, "/components/schemas/Note/properties", "size");
    };
    field_renamed [NEW GONE] |it| {
        remove(it, "/components/schemas/Note/properties", "size");
        add(it, "/components/schemas/Note/properties", "length", json!({"type": "integer"}));
    };
    type_of_a_field_changed [FIELD] |it| {
        put(it, "/components/schemas/Note/properties/size/type", json!("string"));
    };
    required_field_made_optional [FIELD] |it| {
        put(it, "/components/schemas/Note/required", json!(["id"]));
    };
    enum_value_added [NEW] |it| {
        push(it, "/components/schemas/Color/enum", json!("white"));
    };
    enum_value_removed [GONE] |it| {
        put(it, "/components/schemas/Color/enum", json!(["red", "green"]));
    };
    operation_added [NEW] |it| {
        let get = it["paths"]["/notes/{id}"]["get"].clone();
        add(it, "/paths/~1notes~1{id}", "post", get);
        put(it, "/paths/~1notes~1{id}/post/operationId", json!("notes_copy"));
    };
    operation_removed [GONE] |it| {
        remove(it, "/paths/~1notes~1{id}", "delete");
    };
    optional_parameter_added [NEW] |it| {
        let added = json!({"name": "after", "in": "query", "schema": {"type": "string"}});
        push(it, "/paths/~1notes/get/parameters", added);
    };
    required_parameter_added [NEW REQUIRED] |it| {
        let added =
            json!({"name": "owner", "in": "query", "required": true, "schema": {"type": "string"}});
        push(it, "/paths/~1notes/get/parameters", added);
    };
    parameter_made_required [REQUIRED] |it| {
        put(it, "/paths/~1notes/get/parameters/1/required", json!(true));
    };
    parameter_removed [GONE] |it| {
        put(it, "/paths/~1notes/get/parameters", json!([]));
    };
    type_of_a_parameter_changed [ARGUMENTS] |it| {
        put(it, "/paths/~1notes/get/parameters/1/schema/type", json!("string"));
    };
    parameters_of_a_path_change_places [ORDER] |it| {
        let item = remove(it, "/paths", "/notes/{id}/tags/{tag}");
        add(it, "/paths", "/notes/{tag}/tags/{id}", item);
    };
    answer_of_an_operation_changed [RESULT] |it| {
        let answer = "/paths/~1notes~1{id}/get/responses/200/content/application~1json/schema";
        put(it, answer, json!({"type": "array", "items": {"type": "string"}}));
    };
    answer_where_there_was_none [RESULT] |it| {
        let answer = it["paths"]["/notes/{id}"]["get"]["responses"].clone();
        put(it, "/paths/~1notes~1{id}/delete/responses", answer);
    };
    operation_deprecated [DEPRECATED] |it| {
        add(it, "/paths/~1notes~1{id}/get", "deprecated", json!(true));
    };
    body_made_optional [NEW ARGUMENTS] |it| {
        put(it, "/paths/~1notes/post/requestBody/required", json!(false));
    };
    request_needs_nothing_any_more [TRAIT_NEW FIELD ARGUMENTS NEW] |it| {
        remove(it, "/components/schemas/NewNote", "required");
    };
}

fn at<'v>(document: &'v mut Value, pointer: &str) -> &'v mut Value {
    document.pointer_mut(pointer).unwrap_or_else(|| panic!("there is no {pointer}"))
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("it has a last step");
    at(document, parent)[key] = value;
}

fn add(document: &mut Value, pointer: &str, key: &str, value: Value) {
    let map = at(document, pointer).as_object_mut().expect("it is an object");
    assert!(map.insert(key.to_owned(), value).is_none(), "{key} is there already");
}

fn push(document: &mut Value, pointer: &str, value: Value) {
    at(document, pointer).as_array_mut().expect("it is a list").push(value);
}

fn remove(document: &mut Value, pointer: &str, key: &str) -> Value {
    let map = at(document, pointer).as_object_mut().expect("it is an object");
    map.remove(key).unwrap_or_else(|| panic!("there is no {key}"))
}
