//! Differences and the corrections that a person would write for them.

use super::evidence::evidence;
use super::propose::{Action, Correction, findings};
use super::*;
use generator::Edits;
use serde_json::json;

/// A document whose version is put before it.
const DOCUMENT: &str = "
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '400': {description: bad, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: string, format: uuid}
        state: {type: string, enum: [young]}
        level: {type: integer, enum: [1]}
        size: {oneOf: [{type: string}, {type: boolean}]}
        kind: {enum: [a], type: string, nullable: true}
        map: {type: object, additionalProperties: {type: string}}
        event: {oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}]}
        tagged: {oneOf: [{$ref: '#/components/schemas/Born'}], discriminator: {propertyName: type}}
    Born: {type: object, properties: {type: {type: string}}}
    Error: {type: object, required: [message], properties: {message: {type: string}}}
";

fn source(version: &str, overlay: Option<&str>) -> Source {
    let text = |name: &str, text: String| Text { name: name.to_owned(), bytes: text.into_bytes() };
    Source {
        document: text("openapi.yaml", format!("openapi: {version}{DOCUMENT}")),
        overlay: overlay.map(|it| text("overlay.yaml", it.to_owned())),
        edits: Edits::default(),
        ..Source::default()
    }
}

/// A file about one place, whose details each of three responses had.
fn noted(at: &str, kind: &str, details: &Value) -> Value {
    let of = |it: &Value| json!({"responses": 3, "shape": it});
    let plain = |it: &Value| if it.is_null() { json!({"responses": 3}) } else { of(it) };
    let details: serde_json::Map<_, _> =
        evidence::entries(details).map(|(name, it)| (name.clone(), plain(it))).collect();
    json!({"GET /pets": {"200": {"responses": 40, "differences": {at: {kind: details}}}}})
}

fn correction(version: &str, at: &str, kind: &str, details: &Value) -> Correction {
    let source = source(version, None);
    let noted = noted(at, kind, details);
    // Whatever is proposed fits the document, and covers what was met.
    let (found, _, new) = proposed(&source, &noted).expect("it fits");
    if is_proposed(&found[0]) {
        let text = Text { name: "overlay.yaml".to_owned(), bytes: new.into_bytes() };
        let (found, _, _) = proposed(&Source { overlay: Some(text), ..source.clone() }, &noted)
            .expect("it fits again");
        assert_eq!(found[0].correction, Correction::Covered, "{at}: {kind}");
    }
    let document = CorrectedDocument::new(corrected(&source).expect("it is a document"));
    findings(&document, evidence(&noted)).remove(0).correction
}

/// The actions in short, or the reason not to propose any.
fn actions(version: &str, at: &str, kind: &str, details: &Value) -> Vec<String> {
    match correction(version, at, kind, details) {
        Correction::Proposed(actions) => {
            let short = |Action { target, update }: &Action| match update {
                Some(it) => format!("{target} + {}", it.on_one_line()),
                None => format!("{target} -"),
            };
            actions.iter().map(short).collect()
        }
        Correction::Told(why) => vec![format!("told: {why}")],
        Correction::Covered => vec!["covered".to_owned()],
    }
}

const PET: &str = "#/components/schemas/Pet";

#[test]
fn types_are_widened_in_the_words_of_the_version() {
    let id = format!("{PET}/properties/id");
    let path = "$.components.schemas.Pet.properties.id";
    let types = json!({"integer": null});
    let old = actions("3.0.3", &id, "other type", &types);
    let any_of = format!("{path} + {{anyOf: [{{type: string, format: uuid}}, {{type: integer}}]}}");
    assert_eq!(old, [format!("{path}['type', 'format'] -"), any_of]);
    let new = actions("3.1.0", &id, "other type", &types);
    assert_eq!(new, [format!("{path} + {{type: [string, integer]}}")]);
    let object = json!({"object": {"object": 3, "properties": {"a": {"string": 3}}}});
    let new = actions("3.1.0", &id, "other type", &object);
    let expected =
        format!("{path} + {{type: [string, object], properties: {{a: {{type: string}}}}}}");
    assert_eq!(new, [expected]);
    let size = format!("{PET}/properties/size");
    let new = actions("3.1.0", &size, "other type", &json!({"number": null}));
    let path = "$.components.schemas.Pet.properties.size";
    assert_eq!(new, [format!("{path} + {{oneOf: [{{type: number}}]}}")]);
}

#[test]
fn values_of_an_enum_have_its_type() {
    let level = format!("{PET}/properties/level");
    let new = actions("3.1.0", &level, "unknown value", &json!({"2": null, "3": null}));
    assert_eq!(new, ["$.components.schemas.Pet.properties.level + {enum: [2, 3]}"]);
    let state = format!("{PET}/properties/state");
    let new = actions("3.1.0", &state, "unknown value", &json!({"2": null, "no": null}));
    assert_eq!(new, ["$.components.schemas.Pet.properties.state + {enum: ['2', 'no']}"]);
}

#[test]
fn what_nobody_could_say_is_told() {
    let state = format!("{PET}/properties/state");
    let many = (0..21).map(|it| (format!("a{it}"), Value::Null)).collect();
    let told = [
        actions("3.1.0", &state, "unknown value", &json!({"(not kept)": null})),
        actions("3.1.0", &state, "unknown value", &Value::Object(many)),
        actions("3.1.0", &state, "other type", &json!({"integer": null})),
        actions("3.1.0", PET, "undocumented property", &json!({"x": {"null": 3}})),
        actions("3.1.0", "#/components/schemas/Gone", "missing property", &json!({"x": null})),
        actions(
            "3.1.0",
            "#/paths/~1pets/get/responses",
            "undocumented status",
            &json!({"502": null}),
        ),
        actions(
            "3.1.0",
            &format!("{PET}/properties/event/oneOf"),
            "unknown variant",
            &json!({"x": {"object": 1}}),
        ),
    ];
    let words = [
        "were not kept",
        "no closed set",
        "of another type",
        "null each time",
        "no such place",
        "no body of JSON",
        "told apart",
    ];
    for (told, word) in told.iter().zip(words) {
        assert!(told[0].starts_with("told: ") && told[0].contains(word), "{told:?}: {word}");
    }
}

#[test]
fn properties_are_inferred_and_those_without_a_name_are_a_map() {
    let shape = json!({"object": 3, "null": 1, "properties": {"b": {"integer": 1, "number": 2}, "a": {"array": 1}}});
    let new = actions("3.0.3", PET, "undocumented property", &json!({"x-y": shape}));
    let expected = "$.components.schemas.Pet + {properties: {x-y: {type: object, properties: \
                    {a: {type: array, items: {}}, b: {type: number}}, nullable: true}}}";
    assert_eq!(new, [expected]);
    let new = actions(
        "3.1.0",
        PET,
        "undocumented property",
        &json!({"(other names)": {"string": 2, "integer": 1}}),
    );
    let expected = "$.components.schemas.Pet + {additionalProperties: {type: [string, integer]}}";
    assert_eq!(new, [expected]);
}

#[test]
fn an_undocumented_error_is_that_of_another_status_if_it_fits() {
    let at = "#/paths/~1pets/get/responses";
    let path = "$.paths['/pets'].get.responses";
    let fits = json!({"404": {"object": 2, "properties": {"message": {"string": 2}}}});
    let expected = format!(
        "{path} + {{'404': {{description: 'Not found.', content: {{application/json: {{schema: {{$ref: '#/components/schemas/Error'}}}}}}}}}}"
    );
    assert_eq!(actions("3.1.0", at, "undocumented status", &fits), [expected]);
    let other = json!({"404": {"object": 2, "properties": {"message": {"string": 1}}}});
    let found = actions("3.1.0", at, "undocumented status", &other);
    assert!(
        found[0].contains("{type: object, properties: {message: {type: string}}}"),
        "{found:?}"
    );
    let none = actions("3.1.0", at, "undocumented status", &json!({"202": null}));
    assert_eq!(none, [format!("{path} + {{'202': {{description: Accepted.}}}}")]);
}

#[test]
fn a_variant_without_a_mapping_has_its_tag_for_a_name() {
    let at = format!("{PET}/properties/tagged/oneOf");
    let shape = json!({"lost": {"object": 1, "properties": {"type": {"string": 1}}}});
    let found = actions("3.0.3", &at, "unknown variant", &shape);
    let expected = [
        "$.components.schemas + {lost: {type: object, required: [type], properties: {type: {type: string, enum: [lost]}}}}",
        "$.components.schemas.Pet.properties.tagged + {oneOf: [{$ref: '#/components/schemas/lost'}]}",
    ];
    assert_eq!(found, expected);
}

#[test]
fn drift_that_the_overlay_covers_is_covered() {
    let overlay = "overlay: 1.0.0\nactions:\n  - target: $.components.schemas.Pet.properties.state\n    update: {enum: [old]}\n";
    let state = format!("{PET}/properties/state");
    let noted = noted(&state, "unknown value", &json!({"old": null, "lost": null}));
    let (found, _, new) = proposed(&source("3.1.0", Some(overlay)), &noted).expect("it fits");
    let text = summary("pets", &found);
    let first =
        "pets: 2 differences: 1 proposed, 1 covered by the document and its overlay, 0 told below";
    let second = "  covered: #/components/schemas/Pet/properties/state: 3 of 40 responses of GET /pets had `old`";
    assert_eq!(text, format!("{first}\n{second}\n"));
    let added = "  # 3 of 40 responses of GET /pets had `lost`.\n  - target: $.components.schemas.Pet.properties.state\n    update: {enum: [lost]}\n";
    assert_eq!(new, format!("{overlay}{added}"));
}

#[test]
fn actions_are_added_to_the_list_wherever_it_is() {
    let source = |overlay: &str| source("3.1.0", Some(overlay));
    let noted = noted(PET, "missing property", &json!({"id": null}));
    let overlay = "overlay: 1.0.0\nactions:\n- target: $.info\n  update: {title: T}\n\n# The end.\ninfo: {title: C, version: '1'}\n";
    let (_, _, new) = proposed(&source(overlay), &noted).expect("it fits");
    let action = "# 3 of 40 responses of GET /pets lacked `id`.\n- target: \"$.components.schemas.Pet.required[?@ == 'id']\"\n  remove: true\n";
    assert!(new.contains(action) && new.ends_with("info: {title: C, version: '1'}\n"), "{new}");
    let flow = "overlay: 1.0.0\nactions: [{target: $.info, update: {title: T}}]\n";
    let error = proposed(&source(flow), &noted).expect_err("nothing can be added").to_string();
    assert!(
        error.contains("overlay.yaml has no line `actions:`") && error.contains("help"),
        "{error}"
    );
}

#[test]
fn files_are_added_up_and_others_are_refused() {
    let folder = tempfile::tempdir().expect("it can be made");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("the test may write there");
        path
    };
    let noted = noted(PET, "missing property", &json!({"id": null}));
    let file = json!({"format": "drift 1", "clients": {"pets": noted}}).to_string();
    let clients = evidence::read(&[put("a.json", &file), put("b.json", &file)]).expect("both are");
    let sentence = evidence(&clients["pets"])[0].sentence();
    assert_eq!(sentence, "6 of 80 responses of GET /pets lacked `id`");
    for (text, word) in [
        ("", "is no drift file"),
        ("{}", "`format` is missing"),
        ("{\"format\": \"drift 2\"}", "only `drift 1`"),
    ] {
        let error = evidence::read(&[put("c.json", text)])
            .expect_err("it holds something else")
            .to_string();
        assert!(error.contains(word), "{error}");
    }
}

#[test]
fn nothing_of_a_file_leaves_its_comment() {
    let mut noted = noted(PET, "missing property", &json!({"id": null}));
    let operation = noted["GET /pets"].take();
    let noted = json!({"GET /pets\n  - target: $": operation});
    let sentence = evidence(&noted)[0].sentence();
    assert!(!sentence.contains('\n'), "{sentence}");
}
